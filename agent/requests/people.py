"""Who words mean: names, roles and pronouns, against the people of the board."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.language import PRONOUNS
from agent.requests.board_index import BoardIndex, words_of
from agent.requests.words import Word, word_set

__all__ = ["People", "mark_people"]

_WOMEN = word_set(
    """
    woman girl mother sister daughter queen princess aunt grandmother grandma lady wife witch she
    """
)
_MEN = word_set(
    """
    man boy father brother son king prince uncle grandfather grandpa gentleman husband wizard he
    """
)


class People:
    """The people of one board."""

    def __init__(self, index: BoardIndex) -> None:
        self.index = index
        self.board = index.board
        self.words = frozenset(word for one in index.board.characters for word in words_of(one.name))
        self.index_ids = frozenset(one.id for one in index.board.characters)

    def at(self, words: Sequence[Word], i: int) -> tuple[tuple[str, ...], int] | None:
        """Whom a name or role that begins at `i` may mean, and the place behind it."""
        spelled = []
        for word in words[i : i + 6]:
            if word.kind != "word":
                break
            spelled.append(word.low)
        if not spelled:
            return None
        ids, count = self.index.character_at(spelled)
        if ids and count:
            return ids, i + count
        return self._by_looks(spelled, i)

    def _by_looks(self, spelled: Sequence[str], i: int) -> tuple[tuple[str, ...], int] | None:
        """ "the captain", "the tall guard": the one whose name or description has all these words."""
        if spelled[0] != "the" or len(spelled) < 2:
            return None
        for end in (3, 2):
            words = set(spelled[1:end])
            if len(words) != end - 1:
                continue
            kinds = [
                one.id
                for one in self.board.characters
                if words
                <= set(words_of(re.split(r"\b(?:in|with|who|wearing)\b", one.description)[0])) | set(words_of(one.name))
                and spelled[end - 1] not in ("small", "tall", "young", "old")
            ]
            if len(kinds) == 1 and spelled[end - 1].isalpha() and spelled[end - 1] not in ("of", "a", "the"):
                return (kinds[0],), i + end
        return None

    def gender(self, character_id: str) -> str:
        """ "he", "she", "it" or "" where nothing tells: by the description, else by the pronouns of their scenes."""
        one = self.board.character(character_id)
        kind = set(words_of(f"{one.description} {one.name} {' '.join(one.aliases)}"))
        if kind & _WOMEN:
            return "she"
        if kind & _MEN:
            return "he"
        counts = {"he": 0, "she": 0, "it": 0}
        for scene in self.board.scenes:
            if character_id not in scene.characters or len(scene.characters) > 2:
                continue
            for sentence in re.split(r"(?<=[.!?])\s+", scene.text):
                name = next((n for n in (one.name, *one.aliases) if n.lower() in sentence.lower()), None)
                if name is None:
                    continue
                tail = sentence.lower().split(name.lower(), 1)[1]
                for word in words_of(tail):
                    pronoun = PRONOUNS.get(word)
                    if pronoun is not None and pronoun.gender:
                        counts[pronoun.gender] += 1
                        break
        best = max(counts, key=lambda gender: counts[gender])
        return best if counts[best] else ""

    def fits(self, character_id: str, pronoun: str) -> bool:
        """Whether a pronoun may mean somebody."""
        wanted = PRONOUNS[pronoun].gender
        gender = self.gender(character_id)
        return not wanted or not gender or gender == wanted or (gender == "it" and wanted in ("he", "she"))

    def meant(self, pronoun: str, spoken: Sequence[str], scenes: Sequence[int]) -> tuple[str, ...]:
        """Whom "her" means: the last who was spoken of and fits, of those in the scenes, else whoever is there."""
        if PRONOUNS[pronoun].number == 2:
            present = [one for place in scenes for one in self.board.scenes[place - 1].characters]
            return tuple(dict.fromkeys(spoken[-2:] if len(spoken) > 1 else present))
        fitting = [one for one in reversed(spoken) if self.fits(one, pronoun)]
        if fitting:
            return (fitting[0],)
        there = tuple(
            dict.fromkeys(
                one for place in scenes for one in self.board.scenes[place - 1].characters if self.fits(one, pronoun)
            )
        )
        if there:
            sure = tuple(one for one in there if self.gender(one) == PRONOUNS[pronoun].gender)
            return sure or there
        focus = self.index.focus_character
        return (focus,) if focus and self.fits(focus, pronoun) else ()

    def named(self, words: Sequence[Word]) -> tuple[str, ...]:
        """Whom words name, pronouns apart."""
        return tuple(dict.fromkeys(one for word in words for one in word.people))


def mark_people(words: Sequence[Word], people: People) -> tuple[Word, ...]:
    """The words, with names and roles made one, and pronouns given whom they mean where somebody was named before."""
    marked: list[Word] = []
    spoken: list[str] = [one for one in people.index.context.focus.characters if one in people.index_ids]
    i = 0
    while i < len(words):
        found = people.at(words, i) if words[i].kind == "word" else None
        if found is not None:
            ids, end = found
            marked.append(replace(words[i], low="person", end=words[end - 1].end, kind="person", people=ids))
            spoken += ids if len(ids) == 1 else ()
            i = end
            continue
        word = words[i]
        pronoun = PRONOUNS.get(word.low) if word.kind == "word" else None
        if pronoun is not None and pronoun.person == 3 and pronoun.gender in ("he", "she"):
            fitting = [one for one in reversed(spoken) if people.fits(one, word.low)]
            marked.append(replace(word, people=tuple(fitting[:1])))
        else:
            marked.append(word)
        i += 1
    return tuple(marked)
