"""From a turn to its pictures: a turn ends at its commit; whoever waits for what is drawn then follows the queue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agent.events import Event, PanelFailed, PanelReady, TurnFinished
from agent.services import Services
from db.board_json import board_json
from db.errors import NotFoundError
from db.history import LOCAL_OWNER

__all__ = ["with_pictures"]


def with_pictures(services: Services, events: Iterator[Event], owner: str = LOCAL_OWNER) -> Iterator[Event]:
    """Pass the events of a turn on and, before the last one, tell how its panels come along, until each is drawn, has
    failed or was cancelled. The receipt then has the pictures."""
    for event in events:
        if not isinstance(event, TurnFinished) or not event.drawing:
            yield event
            continue
        candidates: list[dict[str, Any]] = []
        for version in event.drawing:
            for panel in services.studio(owner).follow(version):
                if version is not event.drawing[0] and isinstance(panel, PanelReady | PanelFailed):
                    image = panel.image if isinstance(panel, PanelReady) else None
                    candidates.append({"number": panel.position, "image": image})
                yield panel
        try:
            board = board_json(services.history(owner).version(event.drawing[0].storyboard, event.drawing[0].number))
        except NotFoundError:  # it was deleted while it was drawn
            board = None
        receipt = event.receipt | {"board": board} | ({"candidates": candidates} if candidates else {})
        yield TurnFinished(receipt)
