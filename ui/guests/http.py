"""The guests' door beside the app: the protocol's streamable HTTP transport, under `/mcp`."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from urllib.parse import urlsplit

from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from mcp.server.transport_security import TransportSecuritySettings
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from ui.guests.server import Guests, guest_server

__all__ = ["Door"]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Door:
    """An ASGI application. A page of another site cannot use it through the person's browser: a request that names an
    origin must come from the address that it goes to, and an app for this machine only answers to this machine's names
    (DNS rebinding)."""

    def __init__(self, guests: Guests, *, local_only: bool) -> None:
        hosts = [name for host in LOOPBACK for name in (host, f"{host}:*")]
        self._manager = StreamableHTTPSessionManager(
            app=guest_server(guests),
            security_settings=TransportSecuritySettings(
                enable_dns_rebinding_protection=local_only,
                allowed_hosts=hosts,
                allowed_origins=[f"http://{host}" for host in hosts],
            ),
        )

    def open(self) -> AbstractAsyncContextManager[None]:
        """Answer requests for as long as the returned context lasts."""
        return self._manager.run()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        origin = request.headers.get("origin")
        if origin and urlsplit(origin).netloc != request.headers.get("host"):
            await PlainTextResponse("this address answers its own pages only", 403)(scope, receive, send)
            return
        await self._manager.handle_request(scope, receive, send)
