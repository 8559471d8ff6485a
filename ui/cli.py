"""The command line. Each command lives in its own module of `ui/commands`, imported only when it is called, so that
`taleboard --help` starts without the database, torch or LangChain."""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

__all__ = ["cli", "main"]

# name -> (module:attribute, one line for --help), in the order in which help lists them
COMMANDS: dict[str, tuple[str, str]] = {
    "serve": ("ui.commands.serve:serve", "Start the chat app."),
    "draw": ("ui.commands.draw:draw", "Turn a story file into a saved storyboard."),
    "chat": ("ui.commands.chat:chat", "Talk about a story, a turn per line of standard input."),
    "generate": ("ui.commands.generate:generate", "Draw one picture."),
    "boards": ("ui.commands.boards:boards", "List storyboards."),
    "versions": ("ui.commands.boards:versions", "List the versions of a storyboard."),
    "show": ("ui.commands.boards:show", "Show one version of a storyboard."),
    "diff": ("ui.commands.boards:diff", "Compare two versions of a storyboard."),
    "restore": ("ui.commands.boards:restore", "Make an old version the newest."),
    "export": ("ui.commands.export:export", "Write a storyboard as PDF, PPTX, MP4 and more."),
    "import": ("ui.commands.export:import_", "Make a storyboard from an exported file."),
    "models": ("ui.commands.models:models", "List the models to draw with; add and remove them."),
    "worker": ("ui.commands.worker:worker", "Draw queued panels for every app on the same database."),
    "fetch": ("ui.commands.fetch:fetch", "Download a language model, asking first."),
    "mcp": ("ui.commands.mcp:mcp", "Let another agent use the tools, over the Model Context Protocol."),
    "db": ("ui.commands.db:db", "Look after the data: upgrade, check, backup, restore, gc."),
    "doctor": ("ui.commands.doctor:doctor", "Say what is installed, what is wrong and how to mend it."),
}


# The libraries underneath report their use to their makers unless they are told not to (Streamlit: in `serve`).
SILENCE = {"HF_HUB_DISABLE_TELEMETRY": "1", "RAY_USAGE_STATS_ENABLED": "0", "DO_NOT_TRACK": "1"}


class LazyGroup(click.Group):
    """A group that imports a command when it is called, and lists it from the table above."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[cmd_name][0].partition(":")
        command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="taleboard", prog_name="taleboard")
def cli() -> None:
    """Turns a story into a storyboard by conversation, on your own machine."""


def _is_ours(error: BaseException) -> bool:
    """Errors that `agent`, `db` and `sd_models` raise on purpose carry one line for a person. Looked up by name, so
    that reporting one imports none of those packages."""
    ours = {"AgentError", "DatabaseError", "ModelError"}
    return any(base.__name__ in ours for base in type(error).__mro__)


def main() -> None:
    """The console script. Exit status: 0 done, 1 failed with one line on stderr, 2 bad arguments. Python's development
    mode (PYTHONDEVMODE=1) shows the traceback of a mistake of ours."""
    os.environ.update(SILENCE)
    try:
        if status := cli(standalone_mode=False):  # what a command left with `click.exceptions.Exit`
            sys.exit(status)
    except click.UsageError as error:
        error.show()
        sys.exit(error.exit_code)
    except click.ClickException as error:
        _fail(error.format_message())
    except (click.exceptions.Abort, KeyboardInterrupt):
        _fail("stopped")
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except (Exception, ExceptionGroup) as error:
        if _is_ours(error) or isinstance(error, OSError):
            _fail(str(error))
        if sys.flags.dev_mode:
            raise
        _fail(f"a mistake in the program: {error!r} (PYTHONDEVMODE=1 shows where)".replace("\n", " "))


def _fail(message: str) -> NoReturn:
    for line in message.splitlines():
        print(f"taleboard: {line}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
