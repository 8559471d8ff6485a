"""From a scene to the request for its picture: pure, and digested. The digest is the panel's cache key, the queue's
uniqueness key, and the proof that an untouched panel is the same picture."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from agent.drawing.models import DrawnWith, drawn_with
from agent.staging import staged_panel
from agent.story.dialect import Phrased, phrase
from db.board import Anchor as BoardAnchor
from db.board import Board, Drawing, Scene, digest
from db.errors import InvalidBoardError
from db.validation import first_mistake
from sd_models.engines import Anchor, DrawRequest
from sd_models.engines.loading import DRAFT

__all__ = [
    "PanelRequest",
    "board_requests",
    "group_of",
    "panel_request",
    "request_digest",
    "request_from_json",
    "with_anchor",
]

WHAT_DRAWS_IT = ("engine", "model", "revision", "width", "height", "steps", "guidance", "sampler")


@dataclasses.dataclass(frozen=True)
class PanelRequest:
    """A panel's request and what became of the board's words on the way to the model; the latter is recorded with the
    picture and is no part of the digest."""

    request: DrawRequest
    phrased: Phrased

    @property
    def digest(self) -> str:
        return request_digest(self.request)

    def to_json(self) -> dict[str, Any]:
        """What the queue keeps: the request, and the notes to record with the picture."""
        return {
            "request": dataclasses.asdict(self.request),
            "mapped": [list(pair) for pair in self.phrased.mapped],
            "dropped": list(self.phrased.dropped),
        }


def request_digest(request: DrawRequest) -> str:
    """SHA-256, in hex, of everything that decides the pixels. A request without a layout has the digest that it had
    before there were any."""
    value = dataclasses.asdict(request)
    if request.layout is None:
        del value["layout"]
    return digest(value)


def request_from_json(value: Mapping[str, Any]) -> DrawRequest:
    """Check and read the request in what `PanelRequest.to_json` wrote. Raises InvalidBoardError."""
    try:
        return _request_adapter().validate_python(value.get("request"))
    except ValidationError as error:
        raise InvalidBoardError(f"a queued panel cannot be read: {first_mistake(error)}") from None


@cache
def _request_adapter() -> TypeAdapter[DrawRequest]:
    return TypeAdapter(DrawRequest)


def group_of(request: DrawRequest) -> str:
    """Requests of one group can be drawn as one batch: the same model, size and steps, the same kind of start."""
    start = f"picture:{request.strength}" if request.source else "layout" if request.layout else "noise"
    start += f":{request.strength}" if start == "layout" else ""
    kind = start if request.mask is None else f"{start}:masked"
    shared = digest([request.sharing, dataclasses.asdict(request.anchor)])[:12] if request.anchor else "alone"
    return ":".join([*(str(getattr(request, name)) for name in WHAT_DRAWS_IT), kind, shared])


def panel_request(board: Board, scene: Scene, model: DrawnWith | None = None) -> PanelRequest:
    """The request for one scene's picture, in the dialect of the model that the board is drawn with; `model` is what is
    known of that one, where the caller has looked it up."""
    drawing = board.drawing
    model = model or drawn_with(drawing.model)
    phrased = phrase(board, scene, model.vocabulary)
    width, height = drawing.size
    edit, variation = scene.edit, scene.variation
    if edit is not None and edit.prompt:
        phrased = dataclasses.replace(phrased, prompt=_edited_prompt(board, scene, edit.prompt, model, phrased))
    drawn_over = edit is None and drawing.freedom is not None
    looked_at = drawing.engine == DRAFT or model.takes_layout
    layout = staged_panel(board, scene) if looked_at or drawn_over else None
    anchor = None if layout else _anchor(drawing, phrased, scene)
    strength = drawing.freedom if layout and not looked_at else None
    return PanelRequest(
        DrawRequest(
            engine=drawing.engine,
            model=drawing.model,
            revision=model.revision,
            prompt=phrased.prompt,
            negative_prompt=phrased.negative,
            seed=scene.seed,
            steps=drawing.steps,
            guidance=drawing.guidance,
            sampler=drawing.sampler,
            width=width,
            height=height,
            source=edit.source if edit else None,
            mask=edit.mask if edit else None,
            strength=edit.strength if edit else strength,
            variation_seed=variation.seed if variation else None,
            variation_amount=variation.amount if variation else 0.0,
            anchor=anchor,
            sharing=drawing.sharing if anchor else 0.0,
            layout=layout,
        ),
        phrased,
    )


def with_anchor(board: Board) -> Board:
    """The board with its first panel, as it is now, for the anchor that all panels share; where sharing is on and there
    is none yet."""
    if not board.drawing.sharing or board.drawing.anchor is not None or not board.scenes:
        return board
    first = board.scenes[0]
    phrased = phrase(board, first, drawn_with(board.drawing.model).vocabulary)
    anchor = BoardAnchor(phrased.prompt, phrased.negative, first.seed)
    return dataclasses.replace(board, drawing=dataclasses.replace(board.drawing, anchor=anchor))


def board_requests(
    board: Board, before: Board | None = None, digests: Mapping[str, str] | None = None
) -> dict[str, tuple[str, PanelRequest]]:
    """Scene id -> (request digest, request). A scene that is as it was in the version `before`, drawn with the same
    settings, keeps the digest that it had there (`digests`), whatever a newer library would make of its words: a drawn
    panel never becomes pending by itself. A locked one keeps it under other settings, too."""
    kept = digests or {}
    same_drawing = before is not None and before.drawing == board.drawing
    scenes_before = {scene.id: scene for scene in before.scenes} if before is not None else {}
    model = drawn_with(board.drawing.model)
    requests = {}
    for scene in board.scenes:
        request = panel_request(board, scene, model)
        old = scenes_before.get(scene.id)
        same = old is not None and _in_its_style(before, old) == _in_its_style(board, scene)
        unchanged = same and (same_drawing or scene.locked)
        requests[scene.id] = (kept.get(scene.id, request.digest) if unchanged else request.digest, request)
    return requests


def _in_its_style(board: Board | None, scene: Scene) -> Scene:
    """The scene with the style that it is drawn in, whether that is its own or the board's."""
    return scene if board is None or scene.style is not None else dataclasses.replace(scene, style=board.style)


def _anchor(drawing: Drawing, phrased: Phrased, scene: Scene) -> Anchor | None:
    """What the panel shares with; None for the anchor itself, and for a panel that starts from a picture."""
    frozen = drawing.anchor
    if not drawing.sharing or frozen is None or scene.edit is not None:
        return None
    itself = BoardAnchor(phrased.prompt, phrased.negative, scene.seed) == frozen and scene.variation is None
    return None if itself else Anchor(frozen.prompt, frozen.negative_prompt, frozen.seed)


def _edited_prompt(board: Board, scene: Scene, words: str, model: DrawnWith, phrased: Phrased) -> str:
    """What a picture edit asks for, said last, in the model's own words."""
    asked = phrase(board, dataclasses.replace(scene, prompt=words, handwritten=("prompt",)), model.vocabulary).prompt
    return ", ".join(part for part in (asked, phrased.prompt) if part)
