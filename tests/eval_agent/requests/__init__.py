"""The requests, by what they are about."""

from __future__ import annotations

from tests.eval_agent.expect import Request
from tests.eval_agent.requests import (
    boards,
    characters,
    conversation,
    eighth,
    fifth,
    fourth,
    looks,
    scenes,
    seventh,
    sixth,
    versions,
)

__all__ = ["REQUESTS", "SETS"]

SETS: dict[str, tuple[Request, ...]] = {
    area.__name__.rpartition(".")[2]: tuple(area.REQUESTS)
    for area in (looks, scenes, characters, boards, versions, conversation, fourth, fifth, sixth, seventh, eighth)
}
"""The requests by the file that they are written in; those from `fourth` on were held out when first run."""

REQUESTS: tuple[Request, ...] = tuple(request for requests in SETS.values() for request in requests)
