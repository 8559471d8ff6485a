"""`taleboard serve`."""

from __future__ import annotations

import ipaddress
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

CONFIG = Path(__file__).parents[2] / ".streamlit" / "config.toml"

__all__ = ["serve"]


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8501, show_default=True, help="The port to answer on.")
@click.option("--open-to-network", is_flag=True, help="Answer others than this machine, without sign-in.")
def serve(host: str, port: int, open_to_network: bool) -> None:
    """Start the chat app.

    It answers this machine only. Another --host needs sign-in (an [auth] section in .streamlit/secrets.toml), or
    --open-to-network, with which everybody who reaches it sees and changes everything.
    """
    from agent.settings import load_settings

    load_settings()
    from ui.identity import sign_in_is_configured
    from ui.server import application

    if not (_is_loopback(host) or open_to_network or sign_in_is_configured()):
        raise click.ClickException(
            f"answering on {host} lets others in; set up sign-in, or say --open-to-network if that is what you want"
        )
    application(local_only=_is_loopback(host)).run(
        config={
            **_appearance(),
            "server.address": host,
            "server.port": port,
            "server.headless": True,
            "server.fileWatcherType": "none",
            "server.maxUploadSize": 100,
            "browser.gatherUsageStats": False,
            "browser.serverAddress": "127.0.0.1" if _is_loopback(host) else host,
            "client.toolbarMode": "minimal",
            "client.showErrorDetails": "none",
        }
    )


def _appearance() -> dict[str, Any]:
    """Theme and the like, as Streamlit's option names. Streamlit reads that file by itself only where the program is
    started in the folder that holds it."""
    if not CONFIG.is_file():
        return {}
    return dict(_flat("", tomllib.loads(CONFIG.read_text(encoding="utf-8"))))


def _flat(prefix: str, options: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in options.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}{name}.", value)
        else:
            yield f"{prefix}{name}", value


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
