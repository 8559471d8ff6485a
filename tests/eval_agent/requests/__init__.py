"""The requests, by what they are about."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.requests import (
    boards,
    characters,
    conversation,
    fifth,
    fourth,
    looks,
    scenes,
    seventh,
    sixth,
    versions,
)

__all__ = ["REQUESTS"]

REQUESTS: tuple[Request, ...] = tuple(
    request
    for area in (looks, scenes, characters, boards, versions, conversation, fourth, fifth, sixth, seventh)
    for request in area.REQUESTS
)
