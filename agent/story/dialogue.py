"""Who says what: quotations and a screenplay's cues, with their speakers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.story.lexicon import BEINGS, find
from agent.story.readers import speaker_name
from agent.story.sentences import detect_language
from agent.story.speech import SPEECH_VERBS, find_speech, told
from db.board import Character
from db.words import fold

__all__ = ["speaking"]


def speaking(text: str, characters: Sequence[Character]) -> tuple[str, ...]:
    """The lines of dialogue of a text, in order, each as "Name: words" (only the words where the speaker is unknown).
    What one person says in one paragraph, with a "she said" between, is one line."""
    forms = {fold(form): c for c in reversed(characters) for form in (*c.aliases, c.name) if form}
    spelled = {form for c in characters for form in (*c.aliases, c.name) if form}
    named = "|".join(re.escape(form) for form in sorted({*spelled, *forms}, key=len, reverse=True))
    edge = "" if detect_language(text) in ("zh", "ja") else r"\b"
    names = re.compile(rf"{edge}(?:{named}){edge}", re.IGNORECASE) if forms else None
    speech = find_speech(text)
    tale = told(text, speech)
    lines: list[tuple[str, str]] = []
    last, end = "", 0
    for number, said in enumerate(speech):
        gap = tale[end : said.start]
        after = tale[said.end : speech[number + 1].start if number + 1 < len(speech) else len(tale)]
        if said.cue:
            known = forms.get(fold(said.cue))
            speaker = known.name if known else speaker_name(said.cue)
        else:
            speaker = _speaker(said.words, gap, after, forms, names, last)
        if lines and lines[-1][0] == speaker and speaker and "\n" not in gap and not said.cue:
            before = lines[-1][1]
            before = before[:-1] + "." if before.endswith(",") and said.words[:1].isupper() else before
            lines[-1] = (speaker, f"{before} {said.words}")
        else:
            lines.append((speaker, said.words))
        last, end = speaker or last, said.end
    return tuple(f"{speaker}: {words.removesuffix(',')}" if speaker else words for speaker, words in lines)


def _speaker(
    words: str, gap: str, after: str, forms: dict[str, Character], names: re.Pattern[str] | None, last: str
) -> str:
    """Who says what stands between `gap` (what is told since the words before) and `after`."""
    here = re.split(r"\n", gap)[-1]
    clause = re.split(r"[.!?。\n]", after)[0][:80]
    opening = re.match(rf"[,;]? ?(?:[\w’'-]+ ){{0,5}}?{SPEECH_VERBS}\b", clause)
    verb = opening if opening and not words.endswith(".") else None
    if names and verb and (found := names.search(clause[: verb.end() + 30])):
        return forms[fold(found[0])].name
    east = re.search(r"说|问|喊|答|言|尋|叫", clause[:16])
    if names and east and (found := names.search(clause[:12])):
        return forms[fold(found[0])].name
    if (
        last
        and here == gap
        and re.fullmatch(rf"[,;]? ?(?:[\w’'-]+ ){{0,5}}?{SPEECH_VERBS}\b[^.!?]{{0,40}}[.,:]? *", gap)
    ):
        return last  # "A fox," he said. "On an island."
    sentences = [piece for piece in re.split(r"(?<=[.!?]) ", here) if piece.strip()]
    if names and sentences and (found := names.search(sentences[-1])):
        return forms[fold(found[0])].name
    subject = re.search(r"\b(he|she)\b", clause if verb else sentences[-1] if sentences else "", re.IGNORECASE)
    if subject:
        fits = [c.name for c in forms.values() if _may_be(c, subject[1].lower())]
        earlier = names.findall(here) if names else []
        known = [who for name in reversed(earlier) if (who := forms[fold(name)].name) in fits]
        return (known or ([last] if last in fits else []) or fits or [""])[0]
    if not sentences and "\n" not in gap:
        return last
    beat = names.match(clause.strip()) if names else None  # "..." Mira laughed.
    return forms[fold(beat[0])].name if beat else ""


def _may_be(character: Character, pronoun: str) -> bool:
    groups = {hit.group for hit in find(character.description, "en") if hit.group in BEINGS}
    return not groups & ({"he", "she"} - {pronoun})
