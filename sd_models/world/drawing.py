"""Draw a staged panel: each figure looks by its own seed, stands where its values say, and the camera sees it.

Positions inside are in frame heights. Perspective is one rule: what stands at `depth` is `1 / (1 + 1.4 * depth)` as
large as in front, and its foot is as much nearer to the horizon.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import combinations

from PIL import Image

from sd_models.world import objects, styles
from sd_models.world import vocabulary as v
from sd_models.world.attributes import WATER_SETTINGS, Figure
from sd_models.world.canvas import Canvas, Raster
from sd_models.world.composition import TALL, Placed, crown, draw_figure, soften, standing_shadow
from sd_models.world.figures import animals, people, roles
from sd_models.world.figures.faces import FEELINGS
from sd_models.world.figures.poses import ALSO, POSES
from sd_models.world.figures.roles import ALSO as ROLE_NAMES
from sd_models.world.figures.wardrobe import PIECES, dressed, known_garment
from sd_models.world.figures.wear import PAINT
from sd_models.world.light import Light, Tint, fall, light_of, sky, veil
from sd_models.world.pen import OVERSAMPLE, Colour, Pen
from sd_models.world.places import PLACES
from sd_models.world.stage import Stage
from sd_models.world.svg import Vectors
from sd_models.world.things.catalogue import THINGS
from sd_models.world.values import Box, FigureBoxes, Looks, StagedFigure, StagedPanel, StagedProp, Worn

_WIDE = 16 / 9
"""The width for which settings are painted, in frame heights."""
_HORIZON = 0.55
_SKIN = dict(zip(("pale", "fair", "tan", "brown", "dark"), people.SKINS, strict=True))
_HAIR = {style: style for style in ("bald", "long", "bob", "bun", "curls", "bunches", "spiky", "short")} | {
    "curly": "curls",
    "wavy": "long",
    "straight": "long",
    "braid": "bunches",
    "pigtail": "bunches",
    "ponytail": "bun",
}
"""What is said of hair -> how it is drawn."""
_BEARDS = {
    "moustache": "moustache",
    "mustache": "moustache",
    "long": "long",
    "grey": "grey",
    "full": "full",
    "beard": "full",
}
_PLAIN: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(("woman", "girl"), ("purple", "pink", "green", "red", "orange", "blue", "brown", "yellow")),
    **dict.fromkeys(("man", "boy"), ("black", "blue", "green", "red", "orange", "grey", "brown", "white")),
    **dict.fromkeys(("old woman", "old man"), ("grey", "brown", "green", "purple", "blue")),
}
"""The colours that plain people wear, by their seeds: neighbours in a cast never wear the same."""
_MEN = ("moustache", "", "full", "")
_AGES = {"baby": 0.5, "child": 0.75, "teen": 0.9, "adult": 1.0, "old": 0.94}
_BUILDS = {"slim": (1.0, 0.85), "stout": (1.0, 1.3), "tall": (1.12, 1.0), "short": (0.86, 1.0)}
_ACCESSORIES = {
    **dict.fromkeys(("hood", "scarf", "cape", "glasses"), ""),
    **dict.fromkeys((piece.cut for piece in PIECES.values() if piece.slot == "head"), "hat"),
    **dict.fromkeys(("crown", "tiara"), "crown"),
}
_ACCESSORIES |= {name: name for name, worn in _ACCESSORIES.items() if not worn}
"""The cut of a garment -> what a dressed animal wears for it."""
_UNEVEN = 0.2
"""From this difference in height on, as a share of a grown-up's, two do not fit a frame that fits either."""
_TILT, _TILT_ZOOM = 7.0, 1.15
"""Degrees of a dutch angle, and the enlargement that keeps most corners filled."""


@dataclass(frozen=True)
class Camera:
    """How tall a grown-up in front is, where its foot is, and how near the setting."""

    grown: float
    feet: float
    zoom: float


CAMERAS = {
    "extreme wide": Camera(0.34, 0.87, 1.0),
    "wide": Camera(0.46, 0.92, 1.0),
    "full": Camera(0.76, 0.95, 1.15),
    "medium wide": Camera(1.0, 1.15, 1.25),
    "medium": Camera(1.3, 1.5, 1.35),
    "medium close-up": Camera(1.7, 1.93, 1.5),
    "close-up": Camera(2.1, 2.1, 1.8),
    "extreme close-up": Camera(3.2, 2.92, 2.2),
}
_ANGLES = {"high": -0.14, "overhead": -0.3, "low": 0.14}
"""How far each angle moves the horizon down the frame."""


@dataclass(frozen=True)
class Vocabulary:
    """Every word that can be drawn, by class, each with its synonyms."""

    subjects: Mapping[str, Sequence[str]]
    props: Mapping[str, Sequence[str]]
    settings: Mapping[str, Sequence[str]]
    garments: Mapping[str, Sequence[str]]
    poses: Mapping[str, Sequence[str]]
    feelings: Mapping[str, Sequence[str]]


@cache
def known() -> Vocabulary:
    """Return what can be drawn."""
    return Vocabulary(
        {**ROLE_NAMES, **v.CLASSES["subjects"]},
        {name: (*thing.also, *v.OBJECTS.get(name, ())) for name, thing in THINGS.items()},
        {name: place.also for name, place in PLACES.items()},
        {name: piece.also for name, piece in PIECES.items()},
        {name: (*ALSO.get(name, ()), *v.ACTIONS.get(name, ())) for name in reversed(POSES)},
        {**FEELINGS, **v.MOODS},
    )


def _word(table: Mapping[str, Sequence[str]], said: str) -> str:
    """Return the word of the table that `said` is, or is a synonym of; "" when there is none."""
    said = said.lower().strip()
    if said in table:
        return said
    return next((word for word, synonyms in table.items() if said in synonyms), "")


def unknown(panel: StagedPanel) -> tuple[str, ...]:
    """Return the words of the panel that are drawn as stand-ins, or not at all, each once."""
    words = known()
    asked = [(words.settings, panel.setting)]
    asked += [(words.subjects, figure.looks.subject) for figure in panel.figures]
    asked += [(words.props, figure.holds) for figure in panel.figures]
    asked += [(words.garments, worn.what) for figure in panel.figures for worn in figure.looks.wears]
    asked += [(words.poses, figure.pose) for figure in panel.figures]
    asked += [(words.feelings, figure.feeling) for figure in panel.figures]
    asked += [(words.props, prop.what) for prop in panel.props]
    return tuple(dict.fromkeys(word for table, word in asked if word and not _word(table, word)))


def _dressed(staged: StagedFigure) -> Figure:
    """Return the drawable figure: pose, feeling and coat; a dressed animal wears one garment and one accessory.

    What people wear is part of their look (`_look`).
    """
    looks = staged.looks
    subject = _word(known().subjects, looks.subject)
    garment = garment_colour = accessory = accessory_colour = ""
    for worn in () if subject in roles.LOOKS else looks.wears:
        piece = PIECES.get(known_garment(worn.what))
        colour = _word(v.COLOURS, worn.colour)
        if piece and piece.slot == "body" and not garment:
            garment, garment_colour = piece.cut, colour or piece.colour
        elif piece and piece.slot != "body" and not accessory and (name := _ACCESSORIES.get(piece.cut, "")):
            accessory, accessory_colour = name, colour or piece.colour
    action = _word(known().poses, staged.pose) or "standing"
    if subject not in roles.LOOKS and subject not in people.OTHERS and not garment:
        action = POSES[action].like or action
    coat = _word(v.COLOURS, looks.coat)
    hair = _word(v.HAIR, looks.hair_colour) or ("grey" if looks.age == "old" else "")
    return Figure(
        subject=subject,
        coat=coat if coat in animals.COATS else "",
        hair=hair,
        garment=garment,
        garment_colour=garment_colour,
        accessory=accessory,
        accessory_colour=accessory_colour,
        held=_word(known().props, staged.holds),
        mood=_word(known().feelings, staged.feeling),
        action=action,
    )


def _look(looks: Looks, subject: str) -> roles.Look | None:
    """Return the look of a person's role with what is said of this one; None for animals and others."""
    role = roles.LOOKS.get(subject)
    if not role:
        return None
    hair = next((style for word, style in _HAIR.items() if word in looks.hair), "")
    beard = next((style for word, style in _BEARDS.items() if word in looks.beard), "")
    beardless = looks.age in ("baby", "child") or "female" in looks.features
    if "female" in looks.features and not hair and role.hair in ("short", "spiky", "bald"):
        hair = "bun" if looks.age == "old" else "long"
    if subject in _PLAIN:  # of whom nothing is said: two of them are told apart by what they wear, and by their beards
        role = replace(role, colour=_PLAIN[subject][looks.seed % len(_PLAIN[subject])])
    if subject == "man":
        role = replace(role, beard=_MEN[(looks.seed + looks.seed // len(_MEN)) % len(_MEN)])
    clothed = dressed(role, (*looks.wears, *map(Worn, looks.features)))
    return replace(
        clothed,
        skin=role.skin or _SKIN.get(looks.skin),
        hair=hair or role.hair,
        beard=beard or ("" if beardless else role.beard),
        wide=role.wide * _BUILDS.get(looks.build, (1.0, 1.0))[1],
    )


def _camera(panel: StagedPanel) -> tuple[Camera, float]:
    """Return the camera of the shot's size and the horizon of its angle."""
    return CAMERAS.get(panel.view.size, CAMERAS["wide"]), 0.5 + _ANGLES.get(panel.view.angle, 0.0)


def ground(panel: StagedPanel, size: tuple[int, int] = (1280, 720)) -> tuple[float, float]:
    """Return where the horizon and the foot of the nearest are, as shares of the height."""
    horizon, feet, _ = _ground(panel, size[0] / size[1])
    return horizon, feet


Ground = tuple[float, float, float]
"""The horizon, where the nearest foot is seen, and how tall a grown-up is there, in frame heights."""


def _foot(on: Ground, x: float, depth: float, wide: float) -> tuple[float, float, float]:
    """Return where a foot is seen (x, y) and the height of a grown-up there."""
    horizon, feet, grown = on
    near = 1 / (1 + 1.4 * min(max(depth, 0.0), 1.0))
    return x * wide, horizon + (feet - horizon) * near, grown * near


@lru_cache(maxsize=256)
def _ground(panel: StagedPanel, wide: float) -> Ground:
    """Return the ground of a panel `wide` frame heights wide: in a narrow frame the camera steps back until nobody's
    head is cut off at a side or covered."""
    camera, horizon = _camera(panel)
    feet, grown = camera.feet + 0.35 * (horizon - 0.5), camera.grown
    if grown >= 1 and panel.figures:
        # A near camera is as high as the faces that it shows, wherever they stand; it steps back from a tall one and a
        # small one until it has both.
        reaches = [_reach(figure) for figure in panel.figures]
        low, high = min(reaches), max(reaches)
        if high - low > _UNEVEN:
            grown = min(grown, 0.9 / (1.08 * high - 0.6 * low))
            feet = 0.04 + grown * 1.08 * high
        else:
            feet -= grown * (1 - sum(reaches) / len(reaches))
    elif panel.view.size != "extreme wide":
        faces = [0.4 * _share(figure) / (1 + 1.4 * figure.depth) for figure in panel.figures if figure.depth < 0.4]
        grown = min(1.4 * grown, max(grown, _FACE / min(faces, default=1.0)))
    eyes = feet - 0.8 * grown
    for step in _STEPS_BACK:
        back = (horizon, min(feet, eyes + 0.8 * grown * step), grown * step)
        if _has_room(panel, back, wide):
            return back
    return back


_STEPS_BACK = tuple(0.93**k for k in range(20))
_FACE = 0.065
"""How tall a head is at least, in frame heights, where no distance is wanted."""


def _has_room(panel: StagedPanel, on: Ground, wide: float) -> bool:
    """Whether no head is cut off at a side, and none covers another by more than a third."""
    heads = []
    for figure in panel.figures:
        left, top, right, bottom = _head(figure, _stand(panel, figure, on, wide))
        # A shoulder at the edge is looked over, and an extreme close-up cuts whomever it shows.
        cut = panel.view.size == "extreme close-up" or (figure.facing == "away" and not 0.2 < figure.x < 0.8)
        if not cut and not 0.1 < figure.x < 0.9:
            left, right = max(left, 0.0), min(right, wide)  # somebody who was put at the edge is there on purpose
        elif not cut and (left < 0 or right > wide):
            return False
        heads.append((left, top, right, bottom))
    return all(_covered(a, b) <= _COVERED for a, b in combinations(heads, 2))


_COVERED = 0.32


def _covered(a: Box, b: Box) -> float:
    """Return the share of the smaller box that the other covers."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return width * height / smaller if min(width, height, smaller) > 0 else 0.0


def _head(staged: StagedFigure, place: Placed) -> Box:
    """Return where the head of a figure in its place is, in frame heights."""
    figure, pose = _dressed(staged), POSES[_dressed(staged).action]
    x, y, h = place.x, place.y, place.height
    if figure.subject and people.is_upright(figure) and not pose.lies:
        middle = y - h * 0.76 + h * (pose.hip[1] + 0.26)
        return x - 0.21 * h, middle - 0.2 * h, x + 0.21 * h, middle + 0.2 * h
    side = -1 if place.flip else 1
    if figure.subject in animals.SPECIES and staged.facing in ("camera", "away"):
        side = 0  # seen from the front, or from behind
    top = y - h * (crown(figure) if figure.subject else 1.0)
    return x + side * 0.3 * h - 0.2 * h, top, x + side * 0.3 * h + 0.2 * h, top + 0.45 * h


def _reach(staged: StagedFigure) -> float:
    """Return how high the figure's head is, as a share of a standing grown-up's: who sits or lies is lower."""
    pose = POSES[_dressed(staged).action]
    return _share(staged) * (0.45 if pose.lies else 1 - (pose.hip[1] + 0.26))


def _share(staged: StagedFigure) -> float:
    """Return the figure's height as a share of a grown-up's, by subject, age and build."""
    figure, looks = _dressed(staged), staged.looks
    kind = animals.SPECIES.get(figure.subject)
    if not figure.subject:
        share = 0.8
    elif people.is_upright(figure):
        share = people.height_of(figure.subject)
    else:
        share = 0.35 + 0.4 * (kind.tall if kind else TALL[figure.subject])
    childlike = figure.subject in roles.LOOKS and people.height_of(figure.subject) < 0.85
    age = 1.0 if childlike and looks.age == "child" else _AGES.get(looks.age, 1.0)
    return share * age * _BUILDS.get(looks.build, (1.0, 1.0))[0] * staged.scale


def _stand(panel: StagedPanel, staged: StagedFigure, on: Ground, wide: float) -> Placed:
    x, y, grown = _foot(on, staged.x, staged.depth, wide)
    figure, height = _dressed(staged), grown * _share(staged)
    wet = 0.0
    setting = _word(known().settings, panel.setting)
    if figure.action == "flying" or setting in ("sky", "space"):
        y = max(
            y - 0.3 * height, min(y, 0.03 + height * crown(figure) if figure.subject else y)
        )  # not out of the frame
    elif figure.action == "swimming" and setting in WATER_SETTINGS and setting != "underwater":
        wet = 0.5
    flies = figure.action == "flying" or setting in ("sky", "space", "underwater")
    return Placed(x, y, height, staged.facing == "left", wet, shadow=not flies and not wet)


def _stand_prop(panel: StagedPanel, prop: StagedProp, wide: float) -> Placed:
    x, y, grown = _foot(_ground(panel, wide), prop.x, prop.depth, wide)
    name = _word(known().props, prop.what)
    return Placed(x, y, grown * (objects.size_of(name) if name else 0.45) * prop.scale, prop.flip)


def _seen(panel: StagedPanel, box: Box, wide: float) -> Box:
    """Cut a box in frame heights to the frame, as shares of it; a dutch angle turns it first."""
    left, top, right, bottom = box
    if panel.view.angle == "dutch":
        c, s = math.cos(math.radians(_TILT)) * _TILT_ZOOM, math.sin(math.radians(_TILT)) * _TILT_ZOOM
        corners = [(x - wide / 2, y - 0.5) for x in (left, right) for y in (top, bottom)]
        xs = [wide / 2 + x * c + y * s for x, y in corners]
        ys = [0.5 - x * s + y * c for x, y in corners]
        left, right, top, bottom = min(xs), max(xs), min(ys), max(ys)
    shares = (left / wide, top, right / wide, bottom)
    left, top, right, bottom = (min(1.0, max(0.0, share)) for share in shares)
    return left, top, right, bottom


def boxes(panel: StagedPanel, size: tuple[int, int] = (1280, 720)) -> tuple[FigureBoxes, ...]:
    """Return where each figure and its head are seen, as shares of the frame, in the order of `figures`."""
    wide = size[0] / size[1]
    answer = []
    for staged in panel.figures:
        place, figure = _stand(panel, staged, _ground(panel, wide), wide), _dressed(staged)
        x, y, h = place.x, place.y, place.height
        upright = bool(figure.subject) and people.is_upright(figure)
        half = h * (0.34 if upright and not POSES[figure.action].lies else 0.5)
        top = y - h * (crown(figure) if figure.subject else 1.0)
        body = (x - half, top, x + half, y - h * place.wet)
        answer.append(FigureBoxes(_seen(panel, body, wide), _seen(panel, _head(staged, place), wide)))
    return tuple(answer)


def prop_boxes(panel: StagedPanel, size: tuple[int, int] = (1280, 720)) -> tuple[Box, ...]:
    """Return where each prop is seen, as shares of the frame, in the order of `props`."""
    wide = size[0] / size[1]
    answer = []
    for prop in panel.props:
        place, name = _stand_prop(panel, prop, wide), _word(known().props, prop.what)
        half = (objects.width_of(name) if name else 0.5) * place.height
        answer.append(_seen(panel, (place.x - half, place.y - place.height, place.x + half, place.y), wide))
    return tuple(answer)


def layout(panel: StagedPanel, size: tuple[int, int] = (256, 144)) -> Image.Image:
    """Draw the panel in plain daylight and the storybook style, everything in the same place."""
    return draw(replace(panel, time="day", weather="clear", style="storybook"), size)


def draw(panel: StagedPanel, size: tuple[int, int] = (1280, 720)) -> Image.Image:
    """Draw the panel at `size` (width, height) in pixels, of any shape; the same panel is the same picture."""
    canvas = Raster(Image.new("RGB", (size[0] * OVERSAMPLE, size[1] * OVERSAMPLE)))
    light = _paint(canvas, panel)
    rng = random.Random(f"weather:{panel.seed}")
    style = panel.style if panel.style in v.STYLES else "storybook"
    if light and style not in styles.LINED:
        fall(canvas, light, rng)
    picture = Image.fromarray(styles.render(canvas.image.reduce(OVERSAMPLE), style, rng))
    if light and style in styles.LINED:
        fall(Raster(picture), light, rng, rain=styles.LINED[style])
    return picture


def draw_svg(panel: StagedPanel, size: tuple[int, int] = (1280, 720)) -> str:
    """Draw the panel as an SVG document: the same shapes, before a style makes pixels of them."""
    canvas = Vectors(size)
    light = _paint(canvas, panel)
    if light:
        fall(canvas, light, random.Random(f"weather:{panel.seed}"))
    return canvas.document()


def sprite(panel: StagedPanel, placed: StagedFigure | StagedProp, size: tuple[int, int] = (1280, 720)) -> str:
    """Draw one figure or prop of the panel alone, as an SVG document of the whole frame with nothing behind it."""
    canvas = Vectors(size)
    _place(canvas, panel, placed, (1.0, 1.0, 1.0), [])
    if panel.view.angle == "dutch":
        canvas.tilt(_TILT, _TILT_ZOOM, None)
    return canvas.document()


def _paint(canvas: Canvas, panel: StagedPanel) -> Light | None:
    """Draw everything but what falls from the sky; return the light where that is seen."""
    setting = _word(known().settings, panel.setting)
    light = light_of(panel.time, panel.weather)
    indoors = PLACES[setting].inside if setting else bool(panel.inside)
    sealed = bool(setting) and PLACES[setting].sealed
    tint = _backdrop(canvas, panel, setting, indoors, light)
    h = canvas.height
    glows: list[tuple[float, float, float, str]] = []
    queue: list[tuple[float, str, StagedFigure | StagedProp]] = [
        *((-prop.depth, repr(prop), prop) for prop in panel.props),
        *((-figure.depth, repr(figure), figure) for figure in panel.figures),
    ]
    for _, _, placed in sorted(queue, key=lambda item: item[:2]):
        _place(canvas, panel, placed, tint, glows)
    if light.dark or light.weather == "storm" or setting in ("cave", "dungeon"):
        for x, y, radius, name in glows:
            canvas.glow(x * h, y * h, min(radius, 0.4) * h, objects.GLOWS[name], objects.GLOW)
    if panel.view.angle == "dutch":
        canvas.tilt(_TILT, _TILT_ZOOM, (30, 28, 40))
    if indoors or sealed:
        return None
    if light.weather == "fog":
        veil(canvas, light, 0.3)
    return light


def _place(
    canvas: Canvas,
    panel: StagedPanel,
    placed: StagedFigure | StagedProp,
    tint: Tint,
    glows: list[tuple[float, float, float, str]],
) -> None:
    """Draw one figure or prop where it stands."""
    wide = canvas.width / canvas.height
    if isinstance(placed, StagedProp):
        _draw_prop(canvas, placed, _stand_prop(panel, placed, wide), tint, glows)
        return
    figure, place = _dressed(placed), _stand(panel, placed, _ground(panel, wide), wide)
    if not figure.subject:
        _stand_in(canvas, place, placed.label or placed.looks.subject)
        return
    if place.wet:
        canvas.keep()  # what shows through the water, others among it
    draw_figure(
        canvas,
        figure,
        place,
        tint,
        random.Random(f"{placed.looks.subject}:{placed.looks.seed}"),
        glows,
        underwater=_word(known().settings, panel.setting) == "underwater",
        look=_look(placed.looks, figure.subject),
        view={"camera": "front", "away": "away"}.get(placed.facing, "side"),
    )


def _backdrop(canvas: Canvas, panel: StagedPanel, setting: str, indoors: bool, light: Light) -> Tint:
    """Paint the setting by the panel's own seed; return the tint that its light gives to figures."""
    camera, horizon = _camera(panel)
    rng = random.Random(f"backdrop:{panel.seed}")
    plain = bool(setting) and PLACES[setting].sealed
    height, wide = canvas.height, canvas.width / canvas.height
    sky(canvas, light, rng, 1.1 if setting == "sky" else 0.62 if indoors else max(horizon, 0.2))
    if indoors and not plain:
        fall(canvas, light, rng, 0.8)
    tint: Tint = (1.0, 1.0, 1.0) if plain else light.scene
    figure: Tint = (1.0, 1.0, 1.0) if plain else light.figure
    if indoors and not plain:
        tint, figure = soften(tint, 0.42), soften(figure, 0.4)
    zoom = camera.zoom * max(1.0, wide / _WIDE) * (1.3 if panel.view.angle in _ANGLES else 1.0)
    x = (wide / 2 - _WIDE / 2 * zoom) * height
    pen = Pen(canvas, x, (horizon - _HORIZON * zoom) * height, height * zoom, tint=tint)
    if setting:
        PLACES[setting].paint(Stage(canvas, pen, light, rng, _WIDE, _HORIZON))
    else:
        pen.rect(-3, _HORIZON, 5, 4, (172, 150, 126) if indoors else (150, 172, 120))
        if indoors:
            pen.rect(-3, -2, 5, _HORIZON, (214, 206, 190))
        _label(canvas, canvas.width / 2, height * 0.04, panel.setting)
    return figure


def _label(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.write(x, y, text[:40], max(10, canvas.height // 24))


def _stand_in(canvas: Canvas, place: Placed, text: str) -> None:
    """Draw a plain block with its name on it."""
    h = canvas.height
    pen = Pen(canvas, place.x * h, place.y * h, place.height * h)
    pen.rect(-0.3, -1.0, 0.3, 0.0, (190, 188, 196))
    pen.line([(-0.3, 0), (-0.3, -1), (0.3, -1), (0.3, 0), (-0.3, 0)], 0.02, (90, 88, 100))
    _label(canvas, place.x * h, (place.y - place.height * 0.6) * h, text)


def _draw_prop(
    canvas: Canvas, prop: StagedProp, place: Placed, tint: Tint, glows: list[tuple[float, float, float, str]]
) -> None:
    name = _word(known().props, prop.what)
    if not name:
        _stand_in(canvas, place, prop.label or prop.what)
        return
    standing_shadow(canvas, place.x, place.y, objects.width_of(name) * place.height * 0.95)
    h = canvas.height
    colour: Colour | None = PAINT.get(_word(v.COLOURS, prop.colour))
    lit = (1.0, 1.0, 1.0) if name in ("campfire", "ufo", "lantern") else tint
    pen = Pen(canvas, place.x * h, place.y * h, place.height * h, place.flip, tint=lit)
    objects.thing(pen, name, random.Random(name), colour)
    if name in objects.GLOWS:
        glows.append((place.x, place.y - place.height * 0.4, place.height * 0.9, name))
