"""What a change of staging did, in words: who moved where, and who stayed."""

from __future__ import annotations

from agent.edits import name_list
from agent.staging.compose import Staged
from agent.staging.moves import Placed, everything, key_of, side_of
from db.board import Board, Camera, Figure

__all__ = ["camera_words", "tell_moves"]

FACINGS = {"left": "to the left", "right": "to the right", "camera": "to the camera", "away": "away from us"}


def name_of(board: Board, key: str) -> str:
    """A figure's or a thing's name: a character's own, else the words with an article."""
    named = next((one.name for one in board.characters if one.id == key), None)
    if named is not None:
        return named
    return key if key.split(" ", 1)[0].lower() in ("a", "an", "the", "two", "three", "some") else f"the {key}"


def tell_moves(board: Board, before: Staged, after: Staged) -> str:
    """Who moved, how, and who stayed; "" where nothing is different."""
    old = {key_of(one): one for one in everything(before.staging)}
    moved: list[tuple[str, str]] = []
    stayed: list[tuple[str, str]] = []
    for one in everything(after.staging):
        how = _moved(old.get(key_of(one)), one)
        (moved if how else stayed).append((name_of(board, key_of(one)), how))
    said = [f"{name} {how}" for name, how in moved]
    if before.camera != after.camera:
        said.append(f"the camera is {camera_words(board, after.camera)}")
    if not said:
        return ""
    rest = name_list([name for name, _ in stayed])
    verb = "stays" if len(stayed) == 1 and not rest.endswith("s") else "stay"  # "the nets stay"
    kept = f"; {rest} {verb} in place" if stayed and moved else ""
    return f"{'; '.join(said)}{kept}"


def camera_words(board: Board, camera: Camera) -> str:
    """The camera in words: "medium, low angle, over Tom's shoulder"."""
    over = f"over the shoulder of {name_of(board, camera.over)}" if camera.over else ""
    angle = camera.angle if camera.angle == "eye level" else f"{camera.angle} angle"
    return ", ".join(part for part in (camera.size, angle, over, camera.move or "") if part)


def _row(one: Placed) -> str:
    return "" if one.depth < 0.35 else " in the back" if one.depth > 0.65 else " farther back"


def _moved(old: Placed | None, new: Placed) -> str:
    """How somebody is different: where they stand, how near and large, which way they look, what they do."""
    if old is None:
        return f"joins, {side_of(new.x)}"
    parts = []
    if abs(old.x - new.x) > 0.01:
        parts.append(
            f"is {side_of(new.x)} now" if side_of(old.x) != side_of(new.x)
            else f"moves to the {'right' if new.x > old.x else 'left'}"
        )  # fmt: skip
    if abs(old.depth - new.depth) > 0.01:
        parts.append("comes closer" if new.depth < old.depth else "goes farther back")
    if old.scale != new.scale:
        parts.append("is bigger" if new.scale > old.scale else "is smaller")
    if isinstance(old, Figure) and isinstance(new, Figure):
        if old.facing != new.facing:
            parts.append(f"faces {FACINGS[new.facing].removeprefix('to ')}")
        if old.pose != new.pose:
            parts.append(f"is {new.pose}")
        if old.holds != new.holds:
            parts.append(f"holds {new.holds}" if new.holds else f"holds no {old.holds} any more")
        if old.feeling != new.feeling:
            parts.append(f"looks {new.feeling or 'calm'}")
    elif old.flip != new.flip:  # type: ignore[union-attr]
        parts.append("is turned round")
    return name_list(parts)
