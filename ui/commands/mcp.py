"""`taleboard mcp`."""

from __future__ import annotations

import click

from ui.commands.common import opened_services

__all__ = ["mcp"]


@click.command()
@click.option("--read-only", is_flag=True, help="Let the guest look, and change nothing.")
def mcp(read_only: bool) -> None:
    """Let another agent use the tools, over the Model Context Protocol on standard input and output.

    Set this command up in the agent's list of MCP servers; the README shows how for some.
    """
    import anyio
    from mcp.server.stdio import stdio_server

    from ui.guests import Guests, guest_server

    async def serve() -> None:
        server = guest_server(Guests(lambda: services, read_only=read_only))
        async with stdio_server() as (reader, writer):
            await server.run(reader, writer, server.create_initialization_options())

    with opened_services() as services:
        anyio.run(serve)
