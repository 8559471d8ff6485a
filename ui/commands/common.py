"""What several commands share: opening the services, reporting progress, printing JSON."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from rich.console import Console

    from agent.events import Event, PanelFailed
    from agent.services import Services
    from db.maintenance import Progress

__all__ = ["console", "note", "opened_services", "print_json", "report_panels", "report_steps"]


@contextmanager
def opened_services(**overrides: str | None) -> Iterator[Services]:
    """The services that the settings describe (`overrides` are settings that a command's own options replace), closed
    at the end."""
    from agent.services import open_services
    from agent.settings import load_settings

    services = open_services(load_settings(**{name: value for name, value in overrides.items() if value is not None}))
    try:
        yield services
    finally:
        services.close()


def console(*, markup: bool = False) -> Console:
    """Standard output, for what people read; wider than a small terminal where it is none. `[red]` and the like mean
    something with `markup` only."""
    from rich.console import Console

    made = Console(highlight=False, markup=markup, emoji=False)
    if not made.is_terminal:
        made.width = 140
    return made


def print_json(value: Any) -> None:
    """One JSON value on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def note(line: str) -> None:
    """A line for a person, on standard error, so that standard output stays what was asked for."""
    click.echo(line, err=True)


def report_panels(events: Iterable[Event], total: int) -> list[PanelFailed]:
    """Shows panels coming along: a bar on a terminal, a line a panel elsewhere. Returns those that failed."""
    from agent.events import PanelFailed, PanelProgress, PanelReady

    failed: list[PanelFailed] = []
    with _bar(total) as bar:
        for event in events:
            if isinstance(event, PanelProgress):
                bar.step(event)
            elif isinstance(event, PanelReady):
                bar.done(f"panel {event.position} drawn")
            elif isinstance(event, PanelFailed):
                failed.append(event)
                bar.done(f"panel {event.position} failed: {event.reason}")
    return failed


@contextmanager
def report_steps(verb: str) -> Iterator[Progress]:
    """Shows work that comes in steps: a bar for each on a terminal, a line for each elsewhere."""
    begun: dict[str, Any] = {}
    if not sys.stderr.isatty():

        def line(step: str, done: int, total: int) -> None:
            if step not in begun:
                begun[step] = True
                note(f"{verb} {step}")

        yield line
        return
    with _progress() as bars:

        def bar(step: str, done: int, total: int) -> None:
            if step not in begun:
                for earlier in begun.values():
                    bars.update(earlier, visible=False)
                begun[step] = bars.add_task(f"{verb} {step}", total=None)
            bars.update(begun[step], completed=done, total=total or None)

        yield bar
        for task in begun.values():
            bars.update(task, visible=False)


def _progress() -> Any:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=Console(stderr=True))


class _Lines:
    """Plain lines, where nobody watches."""

    def step(self, event: Any) -> None: ...

    def done(self, line: str) -> None:
        note(line)


class _Bar:
    """A progress bar with the present panel, its step, and the time left."""

    def __init__(self, total: int) -> None:
        self.progress = _progress()
        self.task = self.progress.add_task("drawing", total=total)
        self.finished = 0

    def step(self, event: Any) -> None:
        left = "" if event.seconds_left is None else f", {event.seconds_left:.0f} s left"
        self.progress.update(
            self.task,
            description=f"panel {event.position}, step {event.step} of {event.total}{left}",
            completed=self.finished + event.step / max(1, event.total),
        )

    def done(self, line: str) -> None:
        self.finished += 1
        self.progress.update(self.task, description=line, completed=self.finished)


@contextmanager
def _bar(total: int) -> Iterator[_Bar | _Lines]:
    if not sys.stderr.isatty():
        yield _Lines()
        return
    bar = _Bar(total)
    with bar.progress:
        yield bar
