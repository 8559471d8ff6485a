"""`taleboard models`: what boards on this machine may be drawn with."""

from __future__ import annotations

import click

from ui.commands.common import note, print_json

__all__ = ["models"]


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the models that boards may be drawn with; add to them, or take one off.

    Whoever owns this machine keeps the list; everybody who uses the app, and every language model, chooses from it.
    """
    if context.invoked_subcommand is None:
        from agent.drawing.known_models import known_models
        from agent.settings import load_settings

        settings = load_settings()
        known = known_models(settings)
        if as_json:
            print_json([{"model": model, "in_force": model == settings.model} for model in known])
            return
        for model in known:
            click.echo(f"{model} (in force)" if model == settings.model else model)


@models.command()
@click.argument("model")
def add(model: str) -> None:
    """Put MODEL on the list: a diffusers folder, a single file, or a hub id."""
    from agent.drawing.known_models import add_model
    from agent.settings import load_settings

    note(f"{add_model(load_settings(), model)} may be chosen now")


@models.command()
@click.argument("model")
def remove(model: str) -> None:
    """Take MODEL off the list. Boards that are drawn with it stay as they are."""
    from agent.drawing.known_models import remove_model
    from agent.settings import load_settings

    remove_model(load_settings(), model)
    note(f"{model} is off the list")
