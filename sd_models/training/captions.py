"""Captions in the language of the storybook model: a grammar with paraphrases and dropped words.

`plain` gives the full caption in the dialect's own words and order (`vocabulary.TEMPLATE`); `caption` says the same
with synonyms, in another order, and with some things left out, as stories do.
"""

from __future__ import annotations

import random

from sd_models.world import vocabulary as v
from sd_models.world.attributes import Attributes, Figure


def article(noun: str) -> str:
    """`noun` with "a" or "an" before it; armour and glasses take none."""
    if noun.split()[-1] in ("armour", "armor", "glasses", "spectacles", "bread"):
        return noun
    return ("an " if noun[0] in "aeiou" and not noun.startswith(("uniform", "unicorn", "ufo")) else "a ") + noun


class _Plain:
    """Says everything, in the words themselves."""

    def say(self, kind: str, word: str) -> str:
        return word

    def keep(self, chance: float) -> bool:
        return True

    def pick(self, *options: str) -> str:
        return options[0]

    def order(self, parts: list[str]) -> list[str]:
        return parts


class _Varied(_Plain):
    def __init__(self, rng: random.Random) -> None:
        self.rng = rng

    def say(self, kind: str, word: str) -> str:
        options = v.spoken(kind, word)
        return options[-1] if self.rng.random() < 0.15 else word

    def keep(self, chance: float) -> bool:
        return self.rng.random() < chance

    def pick(self, *options: str) -> str:
        return options[0] if self.rng.random() < 0.6 else self.rng.choice(options)

    def order(self, parts: list[str]) -> list[str]:
        if self.rng.random() < 0.25:
            self.rng.shuffle(parts)
        return parts


def noun_phrase(figure: Figure, voice: _Plain) -> str:
    """ "a happy girl with red hair in a blue coat and a green hat with a lantern"."""
    noun = voice.say("subjects", figure.subject)
    if figure.coat and voice.keep(0.95):
        noun = f"{voice.say('colours', figure.coat)} {noun}"
    if figure.mood and voice.keep(0.95):
        noun = f"{voice.say('moods', figure.mood)} {noun}"
    phrase = article(noun)
    if figure.hair and voice.keep(0.95):
        phrase += f" with {voice.say('hair', figure.hair)} hair"
    worn = []
    for name, colour in ((figure.garment, figure.garment_colour), (figure.accessory, figure.accessory_colour)):
        if name:
            worn.append(
                article(
                    f"{voice.say('colours', colour)} {voice.say('clothes', name)}".strip()
                    if colour
                    else voice.say("clothes", name)
                )
            )
    if len(worn) == 2 and not voice.keep(0.97):
        worn.pop()
    if worn:
        phrase += f" {voice.pick('in', 'wearing', 'in')} {' and '.join(worn)}"
    if figure.held and voice.keep(0.95):
        phrase += f" {voice.pick('with', 'holding')} {article(voice.say('objects', figure.held))}"
    return phrase


def _caption(attributes: Attributes, voice: _Plain) -> str:
    figures = attributes.figures
    phrases = [noun_phrase(figure, voice) for figure in figures]
    actions = [
        voice.say("actions", figure.action) if voice.keep(0.6 if figure.action == "standing" else 0.95) else ""
        for figure in figures
    ]
    thing = article(voice.say("objects", attributes.thing)) if attributes.thing else ""
    relation = voice.say("relations", attributes.relation) if attributes.relation else ""
    parts: list[str] = []
    if len(figures) == 1:
        parts = [phrases[0]]
        if relation and thing:
            place = f"{relation} {thing}"
            if voice.pick("comma", "joined") == "comma":
                parts += [actions[0], place]
            else:
                parts = [" ".join(filter(None, [phrases[0], actions[0], place]))]
        else:
            if voice.pick("comma", "joined") == "comma":
                parts += [actions[0]]
            else:
                parts = [f"{phrases[0]} {actions[0]}".strip()]
            parts.append(thing)
    elif figures:
        # "a girl and a fox, waving": said once where nobody does anything else.
        shared = {figure.action for figure in figures} <= {figures[0].action, "standing"}
        if not shared:
            phrases = [f"{phrase} {action}".strip() for phrase, action in zip(phrases, actions, strict=True)]
        parts = [f"{phrases[0]} {relation} {phrases[1]}" if relation else " and ".join(phrases)]
        if shared:
            parts.append(actions[0])
        parts.append(
            f"{voice.say('relations', 'next to')} {thing}" if thing and voice.pick("near", "plain") == "near" else thing
        )
    else:
        parts = [thing]
    body = ", ".join(filter(None, parts))
    shot = voice.say("shots", attributes.shot) if voice.keep(0.9) else ""
    setting = voice.say("settings", attributes.setting) if attributes.setting and voice.keep(0.96) else ""
    if setting and not body:
        body, setting = article(setting), ""
    context = [
        f"{voice.pick('', 'in the', 'at the')} {setting}".strip() if setting else "",
        "" if attributes.setting in v.WINDOWLESS else voice.say("times", attributes.time) if voice.keep(0.92) else "",
        _weather(attributes, voice),
    ]
    context = voice.order([part for part in context if part])
    style = voice.say("styles", attributes.style) if attributes.style != "storybook" or voice.keep(0.6) else ""
    if style and voice.pick("plain", "style") == "style":
        style = f"{style} style"
    head = f"{shot} of {body}" if shot else body
    if shot and voice.pick("of", "comma") == "comma":
        head = f"{shot}, {body}"
    parts = [head, *context, style]
    if style and voice.pick("last", "first") == "first":
        parts = [style, head, *context]
    return ", ".join(filter(None, parts))


def _weather(attributes: Attributes, voice: _Plain) -> str:
    if attributes.setting in v.WINDOWLESS:
        return ""
    chance = 0.4 if attributes.weather == "clear" else 0.95
    return voice.say("weather", attributes.weather) if voice.keep(chance) else ""


def plain(attributes: Attributes) -> str:
    """The caption that says everything in the dialect's own words and order."""
    return _caption(attributes, _Plain())


def caption(attributes: Attributes, rng: random.Random) -> str:
    """The same in other words and another order, some things left out; `rng` decides."""
    if rng.random() < 0.3:
        return plain(attributes)
    return _caption(attributes, _Varied(rng))


def beyond_layout(attributes: Attributes) -> str:
    """What a layout of the same panel does not tell: feelings, time, weather and style."""
    feelings = [f"{figure.mood} {figure.subject}" for figure in attributes.figures if figure.mood]
    outdoors = [] if attributes.setting in v.WINDOWLESS else [attributes.time, attributes.weather]
    return ", ".join([*feelings, *outdoors, attributes.style])
