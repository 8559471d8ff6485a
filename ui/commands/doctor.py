"""`taleboard doctor`."""

from __future__ import annotations

import dataclasses

import click

from ui.commands.common import console, print_json

__all__ = ["doctor"]

SIGNS = {"ok": "[green]ok[/]", "note": "[cyan]note[/]", "warning": "[yellow]warning[/]", "error": "[red]error[/]"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Machine-readable output.")
def doctor(as_json: bool) -> None:
    """Say what is installed, which device, which model, what is wrong and how to mend it."""
    from agent.doctor import examine
    from agent.settings import load_settings

    settings = load_settings()
    findings = examine(settings)
    broken = any(finding.status == "error" for finding in findings)
    if as_json:
        shown = [dataclasses.asdict(finding) for finding in findings]
        print_json({"ok": not broken, "settings": settings.shown(), "findings": shown})
    else:
        _print(settings.shown(), findings)
    if broken:
        raise click.exceptions.Exit(1)


def _print(settings: dict[str, str], findings: list) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    for finding in findings:
        remedy = f"\n[dim]→ {escape(finding.remedy)}[/]" if finding.remedy else ""
        table.add_row(SIGNS[finding.status], finding.name, escape(finding.value) + remedy)
    for variable, value in settings.items():
        table.add_row("[dim]set[/]", variable, escape(value))
    console(markup=True).print(table)
