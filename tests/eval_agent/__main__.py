"""`python -m tests.eval_agent --llm offline`: how well a chat model edits a storyboard by conversation."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from agent.models import chat_model
from tests.eval_agent.expect import Request
from tests.eval_agent.requests import REQUESTS
from tests.eval_agent.run import Result, evaluate, score


@click.command()
@click.option(
    "--llm", default="offline", show_default=True, help="As TALEBOARD_LLM: offline, PROVIDER:MODEL, transformers:PATH."
)
@click.option("--intent", "intents", multiple=True, help="Only requests of this intent; may be given several times.")
@click.option("--set", "which", type=click.Choice(["all", "tuned", "held-out"]), default="all", show_default=True)
@click.option("--show-failures", is_flag=True, help="Say what went wrong with each request that failed.")
def main(llm: str, intents: tuple[str, ...], which: str, show_failures: bool) -> None:
    """Makes every request on a board of its own; says, per intent, how many did what they should and nothing else."""
    requests = [request for request in REQUESTS if _wanted(request, intents, which)]
    results: list[Result] = []
    with tempfile.TemporaryDirectory() as home:
        for result in evaluate(requests, Path(home), chat_model(llm), llm):
            results.append(result)
            if show_failures and not result.passed:
                _explain(result)
    _report(llm, results)


def _wanted(request: Request, intents: tuple[str, ...], which: str) -> bool:
    return (not intents or request.intent in intents) and (which == "all" or request.held_out == (which == "held-out"))


def _explain(result: Result) -> None:
    request = result.request
    click.echo(f"{' | '.join((*request.after, request.text))[:160]}")
    for line in result.missing:
        click.echo(f"    missing: {line}")
    for line in result.collateral:
        click.echo(f"    collateral: {line}")
    click.echo(f"    reply: {' / '.join(result.outcome.reply.split(chr(10)))[:200]}")


def _report(llm: str, results: list[Result]) -> None:
    table = Table(title=f"Editing by conversation: {llm}")
    for heading in ("intent", "passed", "of", "collateral"):
        table.add_column(heading, justify="left" if heading == "intent" else "right")
    groups: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        groups[result.request.intent].append(result)
    for intent, group in sorted(groups.items()):
        table.add_row(intent, *map(str, score(group)))
    table.add_section()
    for name, group in (
        ("tuned on", [r for r in results if not r.request.held_out]),
        ("held out", [r for r in results if r.request.held_out]),
        ("all", results),
    ):
        if group:
            passed, count, collateral = score(group)
            table.add_row(f"{name} ({100 * passed / count:.1f}%)", str(passed), str(count), str(collateral))
    Console().print(table)
    times = sorted(result.seconds for result in results)
    if times:
        click.echo(
            f"a turn: median {1000 * times[len(times) // 2]:.0f} ms, p95 {1000 * times[int(len(times) * 0.95)]:.0f} ms"
        )


if __name__ == "__main__":
    main()
