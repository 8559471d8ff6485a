"""Scenes of a story: where a storyboard artist would cut.

Every border between two sentences is scored: lexical cohesion around it (the depth of TextTiling: Hearst 1997,
"TextTiling",
Computational Linguistics 23(1)), what the next sentence says (a jump in time, another place, an entrance), and the
text's own form (chapters, breaks, paragraphs, dialogue). The best set of borders is then found by dynamic programming,
which weighs them against scenes of very unequal length.
"""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from agent.errors import StoryError
from agent.story.lexicon import content_words, find
from agent.story.readers import StoryText, is_slug, parse_story
from agent.story.sentences import Sentence, detect_language, split_sentences

__all__ = ["MAX_SCENES", "SceneText", "default_count", "segment_story", "story_units"]

MAX_SCENES = 500
SHORT = 10  # panels; from there on a text gets fewer panels for its length
_BALANCE = 1.2  # how much unequal lengths count against what the borders say
_WINDOW = 4  # sentences on each side of a border whose words are compared

_NUMBER = r"(?:an?|one|two|three|four|five|six|seven|ten|many|some|several|a few|a couple of|a hundred|\d+)"
_UNIT = (
    r"(?:moments?|minutes?|hours?|days?|nights?|weeks?|months?|years?|seasons?|winters?|summers?|mornings?|evenings?)"
)
_PART = (
    r"(?:morning|day|night|evening|afternoon|week|month|year|spring|summer|autumn|fall|winter|dawn|dusk|noon|"
    r"midnight|sunrise|sunset|nightfall|weekend|monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
)
_JUMP = {
    "en": rf"(?:early |late |at last,? |but |and |then |so )*(?:(?:the |that |one (?:\w+ )?|on the |in the |by the |"
    rf"at |by |all |early the )?"
    rf"(?:next|following|same|third|second|seventh|last|very next)? ?(?:early |late )?{_PART}\b|"
    rf"that (?:very )?{_PART}|(?:when|as|before|after|until|till) "
    rf"(?:the )?(?:{_PART}|sun|moon|storm|rain|snow|clock)\b|{_NUMBER} (?:long |whole )?{_UNIT} (?:later|after|"
    rf"passed|went|had|ago)"
    rf"|(?:for|after|within) {_NUMBER} (?:long |whole )?{_UNIT}|(?:much |a little |some time |sometime |years |"
    rf"days |hours |weeks )?later\b|meanwhile|"
    r"(?:the )?years (?:passed|went)|(?:the )?days (?:passed|went)|time passed|(?:spring|summer|autumn|winter|"
    r"morning|night|evening|dawn) (?:came|fell|arrived)|"
    r"from that (?:day|night|time)|ever since|once upon a time|long ago|the (?:day|night|morning) (?:after|before|"
    r"of)|back (?:at|in|home|on)\b)",
    "es": r"(?:al día siguiente|a la mañana siguiente|esa (?:noche|tarde|mañana)|aquella (?:noche|tarde|mañana)|"
    r"una (?:noche|tarde|mañana)|un día|"
    r"(?:\w+ )?(?:días|años|horas|meses|semanas|minutos) (?:después|más tarde)|más tarde|mientras tanto|"
    r"al (?:amanecer|anochecer|atardecer|mediodía)|"
    r"por la (?:noche|mañana|tarde)|cuando (?:cayó|llegó|salió|amaneció)|a medianoche|de vuelta|había una vez|"
    r"érase una vez|desde (?:ese|aquel) día|pasaron)",
    "fr": r"(?:le lendemain|ce (?:soir|matin|jour)-là|cette nuit-là|un (?:jour|soir|matin)|une nuit|"
    r"(?:\w+ )?(?:jours|ans|heures|mois|semaines|minutes) (?:plus tard|après)|"
    r"plus tard|pendant ce temps|à (?:l'aube|minuit|midi)|au (?:matin|lever|coucher|crépuscule)|quand (?:la nuit|"
    r"le soleil|vint)|il était une fois|depuis ce jour|de retour|le soir)",
    "de": r"(?:am (?:nächsten|folgenden|anderen|dritten) (?:tag|morgen|abend)|an (?:diesem|jenem) (?:tag|abend|"
    r"morgen)|in (?:dieser|jener|der) nacht|eines (?:tages|abends|morgens|nachts)|"
    r"(?:\w+ )?(?:tage|jahre|stunden|wochen|monate|minuten) (?:später|danach)|später|inzwischen|währenddessen|"
    r"als (?:die nacht|die sonne|der morgen|es abend)|es war einmal|seit diesem tag|"
    r"um mitternacht|bei sonnen|am (?:abend|morgen|nachmittag)|zurück|wieder zu hause|nachts)",
    "zh": r"(?:第二天|第三天|次日|那天|当天|这天|有一天|一天|后来|几天后|"
    r"多年后|很久以前|从前|从此|与此同时|晚上|夜里|半夜|"
    r"清晨|早上|黄昏|傍晚|过了|不久|[一二三四五六七八九十几]+[天年个小]+.{0,2}后|到了)",
    "ja": r"(?:次の日|翌日|翌朝|その(?:日|夜|晩|朝)|ある(?:日|夜|朝|晩)|やがて|それから|しばらく|昔|むかし|一方|夜|"
    r"朝|夕方|夜明け|[一二三四五六七八九十数]+(?:日|年|時間|週間)後|真夜中)",
}
_TURN = {
    "en": r"(?:suddenly|at last|finally|just then|at that moment|soon|then one|without warning|all at once|"
    r"in the end|eventually|outside|inside|far away|across|beyond|there (?:was|stood|lived)|out of|down in|deep in)\b",
    "es": r"(?:de repente|de pronto|por fin|finalmente|entonces|en ese momento|pronto|fuera|afuera|dentro)\b",
    "fr": r"(?:soudain|tout à coup|enfin|finalement|alors|à ce moment|bientôt|dehors|dedans)\b",
    "de": r"(?:plötzlich|endlich|schließlich|da |in diesem moment|bald|draußen|drinnen|auf einmal)",
    "zh": r"(?:突然|忽然|终于|这时|就在这时|最后|于是|外面)",
    "ja": r"(?:突然|急に|ついに|その時|そのとき|とうとう|すると|最後に|外)",
}
_ARRIVAL = {
    "en": r"\b(?:arrived|reached|entered|came (?:to|upon|into)|went (?:to|into|back|home)|set (?:off|out|sail)|left|"
    r"returned|climbed|stepped (?:into|out|onto)|hurried|ran (?:to|into|home)|crept|followed|walked (?:to|into|"
    r"home)|inside|outside|landed|crossed|drove|rode|flew|sailed|led)\b",
    "es": r"\b(?:llegó|llegaron|entró|entraron|salió|salieron|volvió|regresó|fue a|subió|bajó|cruzó)\b",
    "fr": r"\b(?:arriva|arrivèrent|entra|entrèrent|sortit|partit|revint|retourna|monta|descendit|traversa)\b",
    "de": r"\b(?:kam|kamen|erreichte|betrat|ging|gingen|verließ|kehrte|stieg|lief)\b",
    "zh": r"(?:来到|走进|回到|到达|离开|出发|走出|跑到)",
    "ja": r"(?:着い|着き|入っ|出かけ|帰っ|戻っ|向かっ|出発|やって来|やってき)",
}
_PRONOUN = re.compile(
    r"(?:he|she|they|it|his|her|their|but|and|so|because|then|él|ella|ellos|pero|il|elle|ils|elles|mais|er|sie|es|"
    r"aber|und)\b",
    re.IGNORECASE,
)
_CUES = {
    language: tuple(re.compile(table[language], re.IGNORECASE) for table in (_JUMP, _TURN, _ARRIVAL))
    for language in _JUMP
}
_QUOTE_MARKS = '"“”«»„「」『』'


@dataclass(frozen=True)
class SceneText:
    """The text of one scene, `[start:end]` of the story."""

    text: str
    start: int
    end: int


def default_count(words: int, sentences: int) -> int:
    """Choose how many panels an artist would draw: one for one or two sentences of a short story, fewer for a long one
    (a chapter of 5,000 words has 30 to 60), at most MAX_SCENES."""
    size = max(words / 50 + sentences / 5, sentences // 2)
    thinned = size if size <= SHORT else SHORT + (size - SHORT) ** 0.65
    return max(1, min(MAX_SCENES, sentences, round(thinned)))


def segment_story(story: str | StoryText, count: int | None = None) -> tuple[SceneText, ...]:
    """The story cut into `count` scenes (fewer only where it has fewer sentences), or into a sensible number.
    Every sentence is in exactly one scene, in order. Raises StoryError (no words; count below 1 or above 500)."""
    if isinstance(story, str):
        story = parse_story(story)
    if count is not None and not 1 <= count <= MAX_SCENES:
        raise StoryError(f"a storyboard has 1 to {MAX_SCENES} scenes, not {count}")
    language = detect_language(story.text)
    sentences = split_sentences(story.text, language)
    if count is not None and len(_units(sentences)) < count:
        sentences = split_sentences(story.text, language, whole_quotes=False)
    units = _units(sentences)
    lengths = np.array([_length(story.text[a.start : b.end]) for a, b in units])
    scores = _border_scores(story, [a if not a.heading else b for a, b in units], units, language)
    if count is None:  # what the author set apart stays apart
        apart = {offset for offset, _ in story.chapters} | set(story.breaks)
        set_apart = sum(any(first.start <= at <= last.start for at in apart) for first, last in units[1:])
        count = max(default_count(int(lengths.sum()), len(units)), set_apart + 1)
    count = min(count, len(units))
    cuts = _best_cuts(lengths, scores, lengths.sum() / count, count)
    scenes = []
    for first, last in zip([0, *cuts], [*cuts, len(units)], strict=True):
        start, end = units[first][0].start, units[last - 1][1].end
        scenes.append(SceneText(story.text[start:end], start, end))
    return tuple(scenes)


def story_units(story: StoryText) -> list[tuple[Sentence, Sentence]]:
    """List what no cut of a story divides: its sentences, each with the headings before it, as (first, last)."""
    return _units(split_sentences(story.text, detect_language(story.text)))


def _units(sentences: Sequence[Sentence]) -> list[tuple[Sentence, Sentence]]:
    """What a border never divides: a sentence, together with the headings before it, as (first, last)."""
    units: list[tuple[Sentence, Sentence]] = []
    first: Sentence | None = None
    for sentence in sentences:
        first = first or sentence
        if not sentence.heading:
            units.append((first, sentence))
            first = None
    if first is not None:  # headings at the very end
        if units:
            units[-1] = (units[-1][0], sentences[-1])
        else:
            units.append((first, sentences[-1]))
    return units


def _length(text: str) -> float:
    """Words; three letters of Chinese or Japanese count as two words."""
    east = sum("\u3040" <= letter <= "\u9fff" for letter in text) if not text.isascii() else 0
    return max(1.0, east / 1.5 if east > len(text) / 3 else float(text.count(" ") + 1))


def _border_scores(
    story: StoryText, sentences: list[Sentence], units: list[tuple[Sentence, Sentence]], language: str
) -> np.ndarray:
    """What a cut before each unit is worth; the first, where the story begins, is never cut."""
    jump, turn, arrival = _CUES[language]
    chapters = {offset for offset, _ in story.chapters}
    breaks = set(story.breaks)
    bags = [_bag(sentence.text, language) for sentence in sentences]
    scores = 1.2 * _depths(bags)
    place = ""
    quoted = [sentence.text[:1] in _QUOTE_MARKS or sentence.text[:2] in ("- ", "— ", "– ") for sentence in sentences]
    for number, (sentence, (first, last)) in enumerate(zip(sentences, units, strict=True)):
        start = max((sentence.text.find(mark) for mark in _QUOTE_MARKS), default=-1)
        told = sentence.text if start < 0 else re.sub(r"[\"“«„「『][^\"”»“」』]*[\"”»“」』]?", " ", sentence.text)
        here = next((hit.concept for hit in find(told, language) if hit.group == "settings"), "")
        if number == 0:
            place = here
            continue
        score = 0.0
        if first.start in chapters or (first is not last and (is_slug(first.text) or first.heading)):
            score += 7.0
        if first.start in breaks:
            score += 6.0
        score += 0.9 if first.paragraph != units[number - 1][1].paragraph else -0.7
        opening = sentence.text.lstrip(_QUOTE_MARKS + "¿¡—–- ")
        if not quoted[number]:
            if jump.match(opening):
                score += 2.2
            elif turn.match(opening):
                score += 0.7
            if here and here != place:
                score += 1.3 if arrival.search(told) else 0.6
            elif arrival.search(told):
                score += 0.3
        if here:
            place = here
        if quoted[number] and quoted[number - 1]:
            score -= 1.2
        elif quoted[number]:
            score -= 0.5
        if _PRONOUN.match(opening):
            score -= 0.5
        scores[number] += score
    return scores


def _bag(text: str, language: str) -> Counter[str]:
    if language in ("zh", "ja"):
        letters = [letter for letter in text if "\u30a0" <= letter <= "\u9fff"]
        return Counter(a + b for a, b in itertools.pairwise(letters))
    return Counter(word[:6] for word in content_words(text))


class _Window:
    """Word counts of a few sentences that move on one at a time. `squares` is the sum of their squares; `shared` of
    both windows together is their product with the other window's."""

    def __init__(self) -> None:
        self.counts: dict[str, int] = {}
        self.squares = 0
        self.shared = 0

    def add(self, bag: Counter[str], sign: int, other: _Window) -> None:
        """Takes a sentence in (`sign` 1) or leaves it behind (-1)."""
        counts, others = self.counts, other.counts
        for word, times in bag.items():
            before, change = counts.get(word, 0), sign * times
            counts[word] = before + change
            self.squares += change * (2 * before + change)
            self.shared += change * others.get(word, 0)


def _depths(bags: list[Counter[str]]) -> np.ndarray:
    """TextTiling's depth at each border (index of the sentence after it), in [0, 1]."""
    size = len(bags)
    similar = np.ones(size)
    left, right = _Window(), _Window()
    for bag in bags[:_WINDOW]:
        right.add(bag, 1, left)
    for number in range(1, size):
        here = bags[number - 1]
        right.add(here, -1, left)
        left.add(here, 1, right)
        if number + _WINDOW <= size:
            right.add(bags[number + _WINDOW - 1], 1, left)
        if number > _WINDOW:
            left.add(bags[number - _WINDOW - 1], -1, right)
        norm = math.sqrt(left.squares * right.squares)
        similar[number] = (left.shared + right.shared) / norm if norm else 0.0
    depths = np.zeros(size)
    for number in range(1, size):
        around = similar[max(1, number - _WINDOW) : number + _WINDOW + 1]
        before, after = around[: min(_WINDOW, number - 1) + 1], around[min(_WINDOW, number - 1) :]
        depths[number] = min(1.0, float(before.max() + after.max() - 2 * similar[number]))
    return depths


def _best_cuts(lengths: np.ndarray, scores: np.ndarray, mean: float, count: int) -> list[int]:
    """Find the cuts into `count` scenes that maximise the sum of scores less `_BALANCE` * log(length / mean)^2 for each
    scene: indices of the unit after each cut."""
    size = len(lengths)
    total = np.concatenate([[0.0], np.cumsum(lengths)])
    gain = scores.copy()
    gain[0] = 0.0
    # No scene is longer than this many units: four times the mean, but always enough that `count` scenes cover all.
    widest = int(np.max(np.searchsorted(total, total[:-1] + 4 * mean) - np.arange(size)))
    widest = min(size, max(widest, math.ceil(size / count) + 1, 8))
    # spans[w - 1][j]: what the scene of w units that begins with unit j is worth, its own border included
    spans = [
        gain[: size - width + 1] - _BALANCE * np.log((total[width:] - total[:-width]) / mean) ** 2
        for width in range(1, widest + 1)
    ]
    bests = np.full((count + 1, size + 1), -np.inf)  # [n, j]: the most that n scenes up to unit j are worth
    bests[0, 0] = 0.0
    values = np.empty(size)
    for number in range(count):
        # only units that `number` scenes can reach and from which the others can reach the end
        first = max(number, size - (count - number) * widest)
        last = min(size - 1, number * widest)
        for width in range(1, widest + 1):
            stop = min(last, size - width) + 1
            if first < stop:
                worth = np.add(bests[number, first:stop], spans[width - 1][first:stop], out=values[: stop - first])
                fresh = bests[number + 1, first + width : stop + width]
                np.maximum(fresh, worth, out=fresh)
    cuts, end = [], size
    for number in range(count, 0, -1):
        widths = range(1, min(widest, end) + 1)
        worths = np.array([bests[number - 1, end - width] + spans[width - 1][end - width] for width in widths])
        end -= 1 + int(np.argmax(worths))
        cuts.append(end)
    return cuts[::-1][1:]
