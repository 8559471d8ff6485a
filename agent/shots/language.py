"""Read a shot's words as a camera, and write a camera in words: "MCU, low angle; slow push in; 50 mm".

The form is that of Ronfard, Gandhi, Boiron and Murukutla 2015, "The Prose Storyboard Language" (arXiv 1508.07593), as
people shorten it: the size and the angle first, then what the camera does, then its lens. Prose is read too: its first
sentence describes the shot, and of the others only what they say of the camera counts ("the camera tilts up", but not
"she tilts her head").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from db.board import SIZES, Angle, Camera, Size
from db.words import fold

Value = TypeVar("Value", bound=str)

__all__ = ["Shot", "camera_in", "nearer", "read_shot", "shot_words", "still_words", "wider"]

_SIZES: Final[dict[Size, str]] = {
    "extreme close-up": r"extreme close(?: up)?|big close up|[ex]cu|macro(?: close up| shot)?",
    "medium close-up": r"medium close(?: up)?|close (?:to )?medium|mcu|bust shot|head and shoulders",
    "close-up": r"(?:tight )?close(?: ?ups?)?|cu|close (?:two |three )?(?:shot|on)|tight on|head ?shot|portrait|insert|"
    r"detail",
    "extreme wide": r"(?:extreme|very) (?:wide|long)|e[wl]s|establishing|panorama|panoramic|aerial|landscape",
    "medium wide": r"medium (?:wide|long|full)|m[wl]s|cowboy|american shot|knee shot",
    "full": r"full(?: body| length| figure)?(?: shot)?|fs|head to toe",
    "wide": r"wide|long shot|[wl]s|master",
    "medium": r"(?:tight )?medium|mid ?shot|ms|waist (?:up|shot)",
}
_TURNED: Final = r"(?:angled|tilted) (?:slightly )?"
_ANGLES: Final[dict[Angle, str]] = {
    "overhead": r"overhead|top down|bird'?s? eye|(?:straight|directly) down|(?:from )?directly (?:above|over)",
    "dutch": r"dutch|canted|slanted|tilted (?:horizon|frame|composition)",
    "eye level": r"eye level",
    "high": rf"high (?:camera )?angle|(?:from|behind and) above|look(?:ing|s)? down|{_TURNED}down|elevated",
    "low": rf"low (?:camera )?angle|from below|worm'?s? eye|look(?:ing|s)? up(?:wards?)?|{_TURNED}up(?:wards?)?",
}
_HANDHELD: Final = "handheld"
_GOES: Final = r"(?:mov|creep|eas|glid|slid|track|doll)(?:e|es|s|ing|y|ies|ying)?"
_HOW: Final = r"(?: \w+ly| an? (?:\w+ )?\w+| \d+ ?\w+)?"
_MOVES: Final[dict[str, str]] = {
    "push in": rf"(?:push(?:es|ing)?|{_GOES}){_HOW} (?:in|forwards?|closer|nearer)|push(?:es|ing)? towards?|"
    r"advanc(?:es|ing)",
    "pull back": rf"(?:pull(?:s|ing)?|{_GOES}){_HOW} (?:back|backwards?|out|away)|retreat(?:s|ing)?|reced(?:es|ing)",
    "zoom": r"zoom(?:s|ing)?",
    "crane": r"cran(?:e|es|ing)|booms|boom(?:ing)? (?:up|down)|pedestal|ris(?:es|ing)|ascend(?:s|ing)?|lowers|"
    r"descend(?:s|ing)?|descent",
    "pan": r"(?:whip |micro )?pan(?:s|ning)?",
    "tilt": r"tilt(?:s|ing)?",
    "arc": r"arc(?:s|ing)?|orbit(?:s|ing)?|circl(?:es|ing)|circular",
    "track": r"track(?:s|ing)?|truck(?:s|ing)?|slid(?:e|es|ing|er)|glid(?:e|es|ing)|doll(?:y|ies|ying)|"
    r"lateral(?:ly)?(?: \w+)? move(?:s|ment)?|follow(?:s|ing)?|steadicam|moves? (?:slightly )?(?:left|right|alongside)",
    "rack focus": r"rack(?:s|ing)?(?: \w+)? focus|focus (?:pull|rack|shift)",
    "roll": r"rotat(?:e|es|ing)|roll(?:s|ing)?",
    _HANDHELD: r"hand ?held|shoulder rig|shak(?:y|es)|sway",
}
_STILL: Final = (
    r"static|locked(?: off| down)?|fixed|tripod|(?:holds?|stays?|remains?|keeps?) (?:still|steady)|no (?:camera )?move"
)
_SIDES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "pan": (("right", r"left to right|right(?:ward)?s?\b(?! to)"), ("left", r"right to left|left(?:ward)?s?\b(?! to)")),
    "tilt": (("up", r"up(?:ward)?s?"), ("down", r"down(?:ward)?s?")),
    "crane": (("down", r"down(?:ward)?s?|lowers|descen\w+|easing down"), ("up", "")),
    "zoom": (("out", r"out|back"), ("in", "")),
}
"""Which way a move goes, by words near it; the first that stands there, and an empty one always."""
_NEAR: Final = 40
"""Characters around a move in which the words of its side stand."""
_PACE: Final = r"(?P<pace>very slow|slow|fast|quick|rapid|sudden|gentle)(?:ly)?"
_SHOULDER: Final = r"over (?:the |his |her |their |\w+'s )?shoulder|ots"
_STEP: Final = (
    r"(?:^|, ?)(?:a )?(?:much |little |bit )?(closer|tighter|wider)(?: shot| framing| view)?(?: on\b.*)?(?:$|[,;])"
)
_LENS: Final = r"(?P<lens>\d{1,4}(?:\.\d+)?) ?mm"
_HEIGHTS: Final = {"floor": 0.1, "ground": 0.1, "rug": 0.1, "knee": 0.5, "waist": 1.0, "chest": 1.3, "shoulder": 1.5}
"""In metres, of a grown person."""
_ABOUT_CAMERA: Final = re.compile(
    r"(?:\bthe |^|\bas |\bslight |\bsteady |\bno )(?:camera|shot|lens)(?:'s)?(?= (?!timer|head|shutter))(?P<rest>.*)"
)
_OF_ITS_OWN: Final = re.compile(r"(?:a |the )?(?:\w+ )?(?:hand ?held|focus shifts|(?:rack|pull)(?:s|ed)? focus)\b.*")
_MEANWHILE: Final = re.compile(r" (?:as|while|letting|because) ")
"""What follows is of others."""
_SIZE_WORDS: Final[dict[Size, str]] = {size: f"{size} shot" if "close" not in size else size for size in SIZES}


@dataclass(frozen=True)
class Shot:
    """What words say of a camera; None, or False, where they leave it open. A `move` of "" is a camera that stands
    still because it is said to."""

    size: Size | None = None
    angle: Angle | None = None
    move: str | None = None
    lens: float | None = None
    height: float | None = None
    over_shoulder: bool = False


def read_shot(words: str) -> Shot:
    """Read what words say of a shot's camera: a line ("MCU, low angle; push in; 50 mm") or a paragraph of prose."""
    sentences = [_normal(sentence) for sentence in re.split(r"(?<=[.!?])\s+", words.strip())]
    line, spoken = sentences[0], [part for sentence in sentences[1:] for part in _of_the_camera(sentence)]
    size = _first(_SIZES, [line, *spoken])
    if size is None and re.search(r"\b(?:two|three) shot\b", line):
        size = "medium"
    heights = [height for word, height in _HEIGHTS.items() if re.search(rf"\b{word} (?:height|level|high)\b", line)]
    lens = re.search(_LENS, line)
    return Shot(
        size,
        _first(_ANGLES, [line]),
        _move([line, *spoken]),
        float(lens["lens"]) if lens else None,
        heights[0] if heights else None,
        bool(re.search(rf"\b(?:{_SHOULDER})\b", line)),
    )


def camera_in(words: str, present: Camera | None = None) -> Camera | None:
    """The camera that words of a shot ask for; None where they say nothing of one. What they leave open is as in
    `present`, but for the angle: a size alone is seen from eye level. "Closer" is a step from there."""
    shot = read_shot(words)
    size = shot.size or ("medium" if shot.over_shoulder else None)
    if size is None and (step := re.search(_STEP, _normal(words))) is not None:
        size = (wider if step[1] == "wider" else nearer)((present or Camera("medium wide")).size)
    if not (size or shot.angle or shot.move is not None or shot.lens):
        return None
    camera = present or Camera("medium wide")
    return replace(
        camera,
        size=size or camera.size,
        angle=shot.angle or ("eye level" if size else camera.angle),
        move=camera.move if shot.move is None else shot.move or None,
        lens=shot.lens or camera.lens,
        height=camera.height if shot.height is None else shot.height,
    )


def shot_words(camera: Camera) -> str:
    """The camera as the words of a shot, in one line: `camera_in` reads them back."""
    angle = (
        "" if camera.angle == "eye level" else camera.angle if camera.angle == "overhead" else f"{camera.angle} angle"
    )
    still = (_SIZE_WORDS[camera.size], angle, "over-the-shoulder shot" if camera.over else "")
    lens = f"{camera.lens:g} mm" if camera.lens else ""
    return "; ".join(part for part in (", ".join(filter(None, still)), camera.move or "", lens) if part)


def still_words(words: str) -> str:
    """The words of a shot without what one picture cannot show: what the camera does, and its lens."""
    parts = re.split(r"\s*;\s*", words)
    kept = [part for part in parts if not (_only_moves(part) or re.fullmatch(_LENS, part.strip().lower()))]
    return "; ".join(kept)


def wider(size: Size) -> Size:
    """The next wider size of a shot; the widest stays."""
    return SIZES[max(0, SIZES.index(size) - 1)]


def nearer(size: Size) -> Size:
    """The next closer size of a shot; the closest stays."""
    return SIZES[min(len(SIZES) - 1, SIZES.index(size) + 1)]


def _normal(sentence: str) -> str:
    """A sentence in small letters, hyphens as spaces, every apostrophe the plain one."""
    return re.sub(r"\s+", " ", re.sub(r"[-–]", " ", fold(sentence).replace("’", "'"))).strip()


def _of_the_camera(sentence: str) -> Iterator[str]:
    """What a sentence of prose says of the camera: from the word on, as far as the clause goes."""
    for part in re.split(r"; ?", sentence):
        if (about := _ABOUT_CAMERA.search(part)) is not None:
            yield _MEANWHILE.split(about["rest"])[0]
        elif _OF_ITS_OWN.match(part):
            yield part


def _first(patterns: Mapping[Value, str], parts: list[str]) -> Value | None:
    """Whose words come first in the first part that holds any; of two at one place, the longer words'."""
    for part in parts:
        hits = [
            (hit.start(), hit.start() - hit.end(), value)
            for value, pattern in patterns.items()
            if (hit := re.search(rf"\b(?:{pattern})\b", part)) is not None
        ]
        if hits:
            return min(hits)[2]
    return None


def _move(parts: list[str]) -> str | None:
    """The camera's first move, with its pace and side; "" where it is said to stand still. Focus, the roll of a hand
    and a camera that stands still count where it does not go anywhere."""
    for names in (tuple(_MOVES)[:-3], tuple(_MOVES)[-3:-1], (_HANDHELD,)):
        for part in parts:
            found = [
                (hit.start(), hit.start() - hit.end(), name, hit)
                for name in names
                if (hit := re.search(rf"\b(?:{_MOVES[name]})\b", part)) is not None
            ]
            if found:
                *_, name, hit = min(found, key=lambda one: one[:2])
                return _with_side(name, part, hit)
    return "" if any(re.search(rf"\b(?:{_STILL})\b", part) for part in parts) else None


def _with_side(name: str, part: str, hit: re.Match[str]) -> str:
    before, after = part[max(0, hit.start() - _NEAR) : hit.start()], part[hit.start() : hit.end() + _NEAR]
    pace = re.search(rf"\b{_PACE}(?: [\w%]+){{0,2}} ?$", before)
    for side, pattern in _SIDES.get(name, ()):
        if not pattern or re.search(rf"\b(?:{pattern})", after) or re.search(rf"\b(?:{pattern}) \w* ?$", before):
            name = f"{name} {side}"
            break
    return f"{pace['pace']} {name}" if pace else name


def _only_moves(part: str) -> bool:
    shot = read_shot(part)
    return shot.move is not None and shot.size is None and shot.angle is None
