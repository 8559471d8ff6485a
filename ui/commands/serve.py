"""`taleboard serve`."""

from __future__ import annotations

import ipaddress

import click

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
    application().run(
        config={
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


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
