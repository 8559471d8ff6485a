"""An evaluation of the editing conversation that runs on any chat model: `python -m tests.eval_agent --llm …`."""
