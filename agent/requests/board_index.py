"""What the words of a request may point at on the board: characters by name or role, scenes by what is in them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

from agent.context import Context
from agent.requests.lexicon import LEXICON
from db.board import Board, Character, Scene
from db.words import fold

__all__ = ["BoardIndex", "stem", "words_of"]

_SMALL = LEXICON.grammar["small"]
_DEED = re.compile(r"\w+(?:ing|s)")
_PLACED = re.compile(r"\w+(?: \w+)? (?:on|in|at|by|with|near|under|over) (?:the|an?|his|her|their) \w+(?: \w+)?")
_ROLE_ENDS = re.compile(r"\b(?:with|in|who|whose|wearing|from|of|that|and|on|at|carrying|holding)\b|[,;:.(]")


def words_of(text: str) -> list[str]:
    """The words of a text, folded, without the possessive "'s"."""
    return re.findall(r"\w+(?:'\w+)*", re.sub(r"'s\b", "", fold(text)))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """Enough to find "rowing" by "rows", "wolves" by "wolf" and "harbor" by "harbour"."""
    for ending, put in (("ies", "y"), ("ves", "f"), ("ing", ""), ("ied", "y"), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)] + put
            break
    if word.endswith("our") and len(word) > 5:
        return f"{word[:-3]}or"
    return word[:-1] if len(word) > 4 and word[-1] in "ey" else word


class BoardIndex:
    """Looks things up on one board. Scenes are positions, from 1; characters are ids."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.board = context.board or Board()
        self.count = len(self.board.scenes)

    @cached_property
    def focus(self) -> tuple[int, ...]:
        """The scenes that were last talked of and still are there."""
        places = {scene.id: position for position, scene in enumerate(self.board.scenes, start=1)}
        return tuple(places[scene_id] for scene_id in self.context.focus.scenes if scene_id in places)

    @cached_property
    def focus_character(self) -> str | None:
        known = {character.id for character in self.board.characters}
        return next((c for c in reversed(self.context.focus.characters) if c in known), None)

    @cached_property
    def names(self) -> frozenset[str]:
        """Every word that is right on this board: names, and the words of its story."""
        texts = [self.board.title, self.board.style]
        for character in self.board.characters:
            texts += [character.name, character.description, *character.aliases]
        for scene in self.board.scenes:
            texts += [scene.title, scene.text, scene.setting, scene.prompt, *scene.props]
        return frozenset(word for text in texts for word in words_of(text) if len(word) > 2)

    @cached_property
    def character_keys(self) -> dict[tuple[str, ...], tuple[str, ...]]:
        """What a character may be called -> the ids it may mean. A full name means its owner alone."""
        full: dict[tuple[str, ...], list[str]] = {}
        parts: dict[tuple[str, ...], list[str]] = {}
        roles: dict[tuple[str, ...], list[str]] = {}
        for character in self.board.characters:
            for name in (character.name, *character.aliases):
                words = _without_article(words_of(name))
                if words:
                    full.setdefault(tuple(words), []).append(character.id)
                for word in words if len(words) > 1 else ():
                    if word not in _SMALL:
                        parts.setdefault((word,), []).append(character.id)
            role = _role(character)
            if role:
                roles.setdefault((role,), []).append(character.id)
        keys = roles | parts | full
        return {words: tuple(dict.fromkeys(ids)) for words, ids in keys.items()}

    def named_character(self, words: Sequence[str]) -> tuple[str, ...]:
        """The ids that these words may mean, plural or not; () where nobody is called so."""
        words = _without_article(words)
        return (
            self.character_keys.get(tuple(words))
            or self.character_keys.get((*words[:-1], stem(words[-1])) if words else ())
            or ()
        )

    def character_at(self, words: Sequence[str]) -> tuple[tuple[str, ...], int]:
        """The longest name, alias or role that these words begin with: the ids that it may mean, and how many words."""
        start = len(words) > 1 and words[0] in {"the", "our", "my", "a"}
        best: tuple[tuple[str, ...], int] = ((), 0)
        for end in range(start + 1, min(start + 5, len(words)) + 1):
            named = tuple(words[start:end])
            if named == ("the",):
                continue
            ids = self.character_keys.get(named) or self.character_keys.get(tuple(w for w in named if w != "the"))
            if ids:
                best = (ids, end)
        return best

    def with_character(self, ids: Iterable[str]) -> tuple[int, ...]:
        wanted = set(ids)
        return tuple(p for p, scene in enumerate(self.board.scenes, start=1) if wanted & set(scene.characters))

    def placed(self, words: Sequence[str]) -> tuple[int, ...]:
        """The scenes whose setting these words name, or, where there is none, whose title they are."""
        wanted = [stem(word) for word in words]
        if not wanted or any(word in _SMALL for word in words):
            return ()
        settings = [[stem(word) for word in words_of(scene.setting)] for scene in self.board.scenes]
        titles = [[stem(word) for word in words_of(scene.title) if word not in _SMALL] for scene in self.board.scenes]
        there = [place for place, setting in enumerate(settings, start=1) if setting[-len(wanted) :] == wanted]
        return tuple(there or [place for place, title in enumerate(titles, start=1) if title == wanted])

    def has_noun(self, word: str) -> bool:
        """Whether the story has a word as a noun: "a well", "the well"."""
        noun = re.compile(
            rf"\b(?:an?|the|his|her|its|their|this|that|of)\s(?:[\w-]+\s)?{re.escape(word)}\b", re.IGNORECASE
        )
        return any(word in scene.props or noun.search(scene.text) for scene in self.board.scenes)

    def happening(self, words: Sequence[str]) -> tuple[int, ...]:
        """The one scene that these words name by what happens there ("the dance", where somebody dances), or by a place
        and more ("the night on the rocks"); () where there is none, or several."""
        wanted = {stem(word) for word in words if word not in _SMALL}
        if len(wanted) == 1 and len(words) == 1:
            bags = [
                {stem(word) for word in words_of(scene.action) if _DEED.fullmatch(word)} for scene in self.board.scenes
            ]
        elif len(wanted) > 1 and _PLACED.fullmatch(" ".join(words)):
            bags = [set(bag) for bag in self._bags]
        else:
            return ()
        found = tuple(place for place, bag in enumerate(bags, start=1) if wanted <= bag)
        return found if len(found) == 1 else ()

    def with_thing(self, words: Sequence[str]) -> tuple[int, ...]:
        """The scenes that have a thing: among their props, else in their text."""
        wanted = {stem(word.lower()) for word in words if word.lower() not in _SMALL}
        if not wanted:
            return ()
        for told in (lambda scene: " ".join(scene.props), lambda scene: scene.text):
            bags = [{stem(word) for word in words_of(told(scene))} for scene in self.board.scenes]
            places = tuple(place for place, bag in enumerate(bags, start=1) if wanted <= bag)
            if places:
                return places
        return ()

    def about(self, words: Sequence[str], best_only: bool = False) -> tuple[int, ...]:
        """The scenes that words describe ("the night scenes", "the one where she finds the map"): the best match
        first. With `best_only`, only those that match best."""
        wanted = {stem(word) for word in words if word not in _SMALL}
        if not wanted:
            return ()
        ids = self.named_character([word for word in words if word not in _SMALL or word == "the"])
        if ids and self.with_character(ids):
            return self.with_character(ids)
        if len(wanted) == 1:
            return self._by_field(next(iter(wanted)))
        scores: dict[int, float] = {}
        for position, bag in enumerate(self._bags, start=1):
            found = wanted & bag.keys()
            if len(found) * 2 >= len(wanted):
                scores[position] = sum(self._rarity(word) * bag[word] for word in found)
        ranked = sorted(scores, key=lambda position: (-scores[position], position))
        if best_only and ranked:
            return tuple(p for p in ranked if scores[p] >= 0.9 * scores[ranked[0]])
        return tuple(ranked)

    def _by_field(self, word: str) -> tuple[int, ...]:
        """One word ("forest", "night"): scenes whose time, weather or place it is; else where it is a thing to be
        seen; else where the text has it."""
        for fields in (_circumstances, _contents, lambda scene: (scene.text,)):
            found = tuple(
                position
                for position, scene in enumerate(self.board.scenes, start=1)
                if word in {stem(w) for w in _meanings(" ".join(fields(scene)))}
            )
            if found:
                return found
        return ()

    @cached_property
    def _bags(self) -> list[Counter[str]]:
        """Per scene, the weight of each word: what the title and the text say counts more than the prompt."""
        bags = []
        for scene in self.board.scenes:
            people = " ".join(f"{c.name} {c.description}" for c in self.board.characters if c.id in scene.characters)
            bag: Counter[str] = Counter()
            for weight, text in (
                (3, scene.title),
                (3, scene.text),
                (2, " ".join(_contents(scene))),
                (2, people),
                (1, scene.prompt),
            ):
                for word in {stem(word) for word in _meanings(text)}:
                    bag[word] = max(bag[word], weight)
            bags.append(bag)
        return bags

    def _rarity(self, word: str) -> float:
        return math.log((self.count + 1) / (1 + sum(word in bag for bag in self._bags))) + 0.1

    def label(self, position: int) -> str:
        """How a scene is offered as a choice: its number and what it is about."""
        scene = self.board.scenes[position - 1]
        about = scene.title or scene.summary or scene.text
        return f"{position}: {about[:40].rstrip()}{'…' if len(about) > 40 else ''}" if about else f"scene {position}"


def _circumstances(scene: Scene) -> tuple[str, ...]:
    return (scene.title, scene.setting, scene.time, scene.weather, scene.mood)


def _contents(scene: Scene) -> tuple[str, ...]:
    return (*scene.props, scene.summary, scene.action, *_circumstances(scene))


def _meanings(text: str) -> Iterable[str]:
    """The words of a text and, for times and weathers, what they mean ("rainy" is also "rain")."""
    for word in words_of(text):
        yield word
        for meaning in LEXICON.phrases.get((word,), ()):
            if meaning.kind in {"time", "weather"}:
                yield meaning.value


def _without_article(words: Sequence[str]) -> list[str]:
    return list(words[1:] if words[:1] and words[0] in {"the", "a", "an"} and len(words) > 1 else words)


def _role(character: Character) -> str | None:
    """The noun of a description: "a small brown dog with a collar" is a dog."""
    head = _without_article(words_of(_ROLE_ENDS.split(character.description.lower(), maxsplit=1)[0]))
    return head[-1] if head and head[-1] not in _SMALL else None
