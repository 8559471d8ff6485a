"""`taleboard fetch`: gets a language model of the hub, asking first."""

from __future__ import annotations

import click

from ui.commands.common import note

__all__ = ["fetch"]


@click.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def fetch(name: str, yes: bool) -> None:
    """Download a language model of the Hugging Face hub, for TALEBOARD_LLM=transformers:NAME.

    Its size and the memory that it needs are told first.
    """
    from agent.hub_models import download, is_here, look_up

    name = name.removeprefix("transformers:")
    if is_here(name):
        note(f"{name} is on this machine.")
        return
    model = look_up(name)
    note(model.told)
    if not yes:
        click.confirm("Download it?", abort=True, err=True)
    note(f"{name} is in {download(name)}; now TALEBOARD_LLM=transformers:{name} uses it.")
