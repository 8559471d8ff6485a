"""A request as clauses, each with the scenes it is about; what is polite or thought aloud is taken away by grammar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from agent.requests.words import BREAKS, Text, Word, low, word_set

__all__ = ["Clause", "split_clauses", "strip_courtesy", "take_scope"]

REQUEST_VERBS = word_set(
    """
    add make give put place turn let have set do draw show shoot remove delete drop lose cut move swap merge
    split join combine fold copy duplicate insert include change switch rename call title redraw repaint undo
    redo restore export save lock unlock darken brighten lighten dim zoom push pull pan tilt hold keep leave
    crank bring take get start open end begin play squeeze cover repeat lengthen shorten extend trim replace use
    try frame light dress erase scrap ditch throw stick hang tell name hide separate divide break double halve
    cheer liven spice lift send kick film jot bin fuse relocate rewrite reword paint reduce bring rename
    tone soften warm cool sharpen blur fill raise lower fade stretch clone reorder reverse fix mend continue go
    """
)
MODALS = word_set(
    """
    should must shall ought needs need has have is are was were wears can could might may will would gets get
    looks holds happens happen takes take goes lasts wants want
    """
)  # fmt: skip
_POLITE_ENDS = (
    ("please",), ("thanks",), ("thank", "you"), ("cheers",), ("many", "thanks"), ("would", "you"), ("will", "you"),
    ("can", "you"), ("could", "you"), ("for", "me"), ("for", "us"), ("right",), ("ta",), ("mate",), ("ok",), ("okay",),
    ("thanks", "a", "lot"), ("thank", "you", "so", "much"), ("many", "thanks", "indeed"), ("no", "rush"), ("now",),
    ("thank", "you", "very", "much"), ("thanks", "ever", "so", "much"), ("somehow",), ("if", "possible"), ("lovely",),
    ("so", "much"), ("ever", "so", "much"), ("very", "much"),
    ("when", "you", "can"), ("as", "well"), ("too",), ("also",), ("anymore",), ("any", "more"),
    ("any", "longer"), ("indeed",), ("anyway",), ("at", "all"), ("perhaps",), ("maybe",),
)  # fmt: skip
_GREETINGS = word_set(
    """
    hello hi hey please lovely great perfect thanks thank sorry right alright yes yeah cool nice dear morning
    again nope there now then first next finally also and but so just maybe perhaps kindly actually wait
    alternatively
    """
)  # fmt: skip
_COURTESIES = word_set(
    """
    thanks thank you so much very many indeed ever lovely cheers please no rush again hello hi great ta sorry
    kind a lot advance in appreciated it really ok okay bye wonderful perfect
    """
)  # fmt: skip


@dataclass(frozen=True)
class Clause:
    """One thing that is said. `words` are without courtesy; `mood` is "order", "wish" or "question" as its beginning
    says it ("" where it says nothing); `reason` is whether it only says why."""

    words: tuple[Word, ...]
    mood: str = ""
    lead: str = ""

    @property
    def low(self) -> list[str]:
        """Its plain spellings."""
        return low(self.words)


def split_clauses(text: Text) -> list[Clause]:
    """The clauses of a message, in order."""
    clauses: list[Clause] = []
    for sentence in _sentences(text.words):
        for lead, piece in _pieces(sentence):
            plain = [word for word in piece if word.kind == "word"]
            if low(plain) in (["if"], ["if", "so"], ["if", "not"], ["if", "yes"], ["otherwise"]):
                clauses.append(Clause(tuple(plain), lead=lead))
                continue
            ahead = _scope_ahead(piece)
            words, mood = strip_courtesy(piece[ahead:])
            if words or ahead:
                clauses.append(Clause(tuple(_scenes_last([*piece[:ahead], *words])), mood, lead))
    polite = [clause for clause in clauses if set(clause.low) <= _COURTESIES and not clause.mood]
    return [clause for clause in clauses if clause not in polite] if len(polite) < len(clauses) else clauses


def _scope_ahead(words: Sequence[Word]) -> int:
    """How many words of a clause name its scenes before it begins: "for 10 I'm thinking of …"."""
    first = 1 if words[0].is_word("in", "on", "for", "from", "at") and len(words) > 2 else 0
    if words[first].kind != "scenes" or len(words) < first + 3:
        return 0
    after = words[first + 1]
    if (after.kind == "mark" and after.low in (",", ":")) or (
        first and after.is_word("i", "we", "can", "could", "would", "please", "let", "maybe")
    ):
        return first + 1
    return 0


def _sentences(words: Sequence[Word]) -> list[list[Word]]:
    sentences: list[list[Word]] = [[]]
    for place, word in enumerate(words):
        if word.kind != "mark" or word.low not in BREAKS or _goes_on(sentences[-1], words[place + 1 :]):
            sentences[-1].append(word)
        else:
            if word.low == "?" and sentences[-1]:
                sentences[-1].append(word)
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _goes_on(sentence: Sequence[Word], following: Sequence[Word]) -> bool:
    """Whether the next sentence belongs to the text that this one brings: "rewrite 3: Mira finds a map. It rains."."""
    colon = next((place for place, word in enumerate(sentence) if word.low in (":", "where")), None)
    if colon is None or not following or not _tells(sentence[:colon]):
        return False
    end = next(
        (place for place, word in enumerate(following) if word.kind == "mark" and word.low in BREAKS), len(following)
    )
    said = following[:end]
    wishes = any(word.is_word("should", "must", "needs", "please", "wears") for word in said)
    return (
        bool(said) and said[0].low not in REQUEST_VERBS and not wishes and all(word.kind != "scenes" for word in said)
    )


def _scenes_last(words: list[Word]) -> list[Word]:
    """ "in 3, make it rain" as "make it rain in 3": a request reads the same whichever stands first."""
    first = 1 if words[0].is_word("in", "on", "for", "from", "at") and len(words) > 1 else 0
    if words[first].kind != "scenes" or len(words) <= first + 1:
        return words
    rest = _trim(words[first + 1 :])
    marked = bool(rest) and rest[0] is not words[first + 1]
    if (
        rest
        and rest[0].kind == "word"
        and rest[0].low in REQUEST_VERBS - {"light", "cut", "frame", "warm", "cool", "fade"}
    ):
        return [*rest, Word("in", words[first].start, words[first].start), words[first]]
    if marked and first == 1 and rest:
        return [words[first], *rest]
    return words


def _pieces(words: list[Word]) -> list[tuple[str, list[Word]]]:
    pieces: list[tuple[str, list[Word]]] = []
    lead = ""
    start = i = 0
    while i < len(words):
        if words[i].low == ":" and _tells(words[start:i]):
            break
        gap = _joint(words, i)
        if not gap and _runs_on(words, i) and _complete(words[start:i]):
            pieces.append((lead, words[start:i]))
            lead, start = "", i
        if gap and i > start and _complete(words[start:i]) and _begins(words, i + gap, words[start:i]):
            pieces.append((lead, words[start:i]))
            lead = " ".join(word.low for word in words[i : i + gap] if word.kind == "word")
            start = i + gap
            i = start
        else:
            i += 1
    pieces.append((lead, words[start:]))
    return [(lead, piece) for lead, piece in pieces if piece]


def _tells(words: Sequence[Word]) -> bool:
    """Whether what follows a colon is one text, commas and all: "rewrite 3: Too late, she said", "add a scene: …"."""
    told = word_set("rewrite reword note text prompt says say dialogue line scene panel shot character person add jot")
    return len(words) > 1 and any(word.kind == "word" and word.low in told for word in words)


def _joint(words: Sequence[Word], i: int) -> int:
    """How many words join two clauses here; 0 where none does."""
    joints = word_set(", and but then so & — plus while because since although though as")
    gap = 0
    if (
        words[i].is_word("so", "as", "while", "since")
        and not (i and words[i - 1].kind == "mark")
        and not (i + 1 < len(words) and words[i + 1].is_word("that"))
        and not (
            words[i].low == "so"
            and i + 1 < len(words)
            and words[i + 1].is_word("lock", "make", "move", "delete", "put")
        )
    ):
        return 0
    while i + gap < len(words) and words[i + gap].low in joints and words[i + gap].kind in ("word", "mark"):
        if gap and words[i + gap].low in ("so", "since", "as", "while") and words[i].low != ",":
            break
        gap += 1
    while gap and i + gap < len(words) and words[i + gap].low in _ADVERBS:
        gap += 1
    return gap


def _runs_on(words: Sequence[Word], i: int) -> bool:
    """Whether a new sentence begins here without a mark: "can 3 be brighter it is too grey"."""
    plain = [word.low for word in words[i : i + 3]]
    return (
        i > 1
        and plain[:1] != []
        and plain[0] in ("it", "he", "she", "they")
        and plain[1:2] in (["is"], ["are"])
        and plain[2:3] in (["too"], ["so"])
    )


def _complete(words: Sequence[Word]) -> bool:
    """Whether words before a joint say something by themselves, and are no mere scope or address."""
    again = any(w.kind == "scenes" for w in words) and any(w.is_word("again") for w in words)
    content = [
        w
        for w in words
        if w.kind not in ("mark", "scenes") and (w.low not in _GREETINGS or (again and w.low == "again"))
    ]
    return bool([w for w in content if w.low not in word_set("in on for from of at only the to")])


def _begins(words: Sequence[Word], i: int, before: Sequence[Word]) -> bool:
    """Whether a clause begins here, behind a joint."""
    rest = words[i:]
    if not rest:
        return False
    first = rest[0]
    second = rest[1] if len(rest) > 1 else None
    verb_before = any(w.low in REQUEST_VERBS or w.low in MODALS for w in before)
    if first.is_word("not", "rather", "if", "when", "unless", "whether", "where"):
        return False
    if first.low in _ADJECTIVES and (second is None or second.kind == "mark" or second.is_word("and", "light")):
        return False
    if words[i - 1].low in ("because", "since", "although", "though") or (words[i - 1].low == "so" and i > 1):
        return True
    if words[i - 1].kind != "mark" and words[i - 1].low not in (
        "and",
        "but",
        "then",
        "so",
        "while",
        "plus",
        "&",
        *_ADVERBS,
    ):
        return False
    joint = words[i - 1]
    if all(w.kind in ("person", "mark") or w.low in ("the", "both", "make", "and") for w in before):
        return False
    new = any(w.low in ("another", "new", "extra") for w in before) and any(
        w.low in ("panel", "scene", "shot") for w in before
    )
    if joint.low == "," and new and first.kind == "person":
        return False
    if first.kind == "scenes":
        numbered = any(w.kind == "scenes" for w in before)
        return numbered and second is not None and not second.is_word("and")
    if first.is_word("in", "on", "for", "from", "at") and second is not None and second.kind == "scenes":
        return verb_before or any(w.kind == "scenes" for w in before)
    if joint.low == "," and first.is_word("can", "could", "would", "might", "should", "may") and second is not None:
        return True
    if first.is_word("title") and second is not None:
        return True
    if first.is_word("i", "we", "you") and second is not None:
        return True
    if first.is_word(*REQUEST_VERBS) and not _is_noun(rest, joint):
        return True
    if first.is_word("do", "don't", "never", "leave") or (
        first.is_word("that", "it", "this") and len(rest) > 1 and rest[1].low in MODALS | {"is"}
    ):
        return True
    for k in range(1, min(6, len(rest))):
        word = rest[k]
        if word.kind == "mark" or word.low in ("with", "who", "that", "where", "which", "and"):
            break
        if (
            word.kind == "word"
            and word.low in MODALS
            and (rest[0].kind == "person" or rest[0].low in _SUBJECTS or verb_before)
        ):
            return True
    if any(w.kind == "scenes" for w in rest) and any(w.kind == "scenes" for w in before):
        return not (first.kind == "word" and first.low in ("a", "an", "the") and joint.low == "and" and not verb_before)
    if joint.low == "," and first.kind in ("person",) and second is not None and second.kind == "word":
        return second.low.endswith("s") and second.low not in ("'s",) and verb_before
    return joint.low == "," and first.is_word("he", "she", "it", "they", "nobody") and second is not None


_ADVERBS = ("only", "then", "also", "please", "finally", "maybe", "just", "now")
_ADJECTIVES = word_set("light dim warm cool fade open close double soft sharp blur clean dry cut frame")
_SUBJECTS = word_set(
    """
    he she it they the his her its their nobody everybody everyone this that there a an
    """
)


def _is_noun(rest: Sequence[Word], joint: Word) -> bool:
    """Whether what looks like a verb is a noun: "hat and cut", "light"."""
    return len(rest) == 1 and rest[0].low in word_set("light cut frame title cover cool warm place")


def strip_courtesy(words: Sequence[Word]) -> tuple[list[Word], str]:
    """The words of a request without what makes it polite, and the mood that this said."""
    words = _trim(list(words))
    mood = "question" if words and words[-1].low == "?" else ""
    words = _trim([w for w in words if w.low != "?"])
    for _ in range(8):
        before = len(words)
        words, mood = _front(words, mood)
        words = _without_conditions(_infinitive(words))
        words = _back(words)
        if len(words) == before:
            break
    return words, mood


def _infinitive(words: list[Word]) -> list[Word]:
    """ "(would you mind) making" as "make"."""
    if words and words[0].kind == "word" and words[0].low.endswith("ing"):
        stem = words[0].low[:-3]
        verb = next((one for one in (stem, f"{stem}e", stem[:-1]) if one in REQUEST_VERBS), None)
        if verb is not None and words[0].low not in (
            "lighting",
            "framing",
            "setting",
            "opening",
            "ending",
            "beginning",
        ):
            return [replace(words[0], low=verb), *words[1:]]
    return words


def _trim(words: list[Word]) -> list[Word]:
    while words and words[0].kind == "mark" and words[0].low in (",", ":", "—", "-", "…", "(", "..."):
        words = words[1:]
    while words and words[-1].kind == "mark" and words[-1].low in (",", ":", "—", "-", "…", ")", "..."):
        words = words[:-1]
    return words


def _front(words: list[Word], mood: str) -> tuple[list[Word], str]:
    """Take away what leads a request in: "could you", "I'd like to", "would it be possible to", "I wonder whether"."""
    if not words:
        return words, mood
    plain = low(words)
    if words[0].kind == "word" and plain[0] in _GREETINGS and len(words) > 1:
        if plain[0] == "there" and plain[1:2] in (["is"], ["are"], ["'s"], ["should"], ["must"], ["could"], ["needs"]):
            return words, mood
        if plain[0] in ("thank",) and plain[1:2] == ["you"]:
            return _trim(words[2:]), mood
        return _trim(words[1:]), mood
    if plain[0] in word_set("can could would will might may shall should"):
        if plain[1:3] == ["you", "mind"]:
            return words[3:], "order"
        if plain[1:2] in (["you"], ["we"], ["i"]) and len(words) > 2:
            rest = 3 if plain[2:3] in (["please"], ["just"], ["also"], ["maybe"], ["perhaps"], ["possibly"]) else 2
            return words[rest:], "order"
        if plain[1:2] in (["we"], ["i"], ["you"]):
            return words, mood
        if plain[1:2] == ["it"] and "possible" in plain[2:4]:
            return _behind(words, plain.index("possible") + 1, ("to", "for", "if", "that")), "wish"
        if plain[0] not in ("shall", "should") or mood == "question":
            mood = "wish"
        if plain[1:4] == ["it", "be", "possible"] or plain[1:4] == ["it", "be", "ok"]:
            return _behind(words, 4, ("to", "for", "if", "that")), "order"
        return words, mood
    if plain[0] == "is" and plain[1:3] == ["it", "possible"]:
        return _behind(words, 3, ("to", "for", "if", "that")), "order"
    if plain[0] in ("let",) and plain[1:2] in (["us"], ["me"]) and len(plain) > 2:
        return words[2 + (plain[2] in ("go", "try") and plain[3:4] == ["with"]) :], "order"
    if plain[0] in ("i", "we") and len(plain) > 2:
        if (
            "not" not in plain[:4]
            and plain[1] in ("should", "must", "can", "could", "only")
            and any(p in plain[2:4] or p == plain[1] for p in ("see",))
        ):
            return words[plain.index("see") + 1 :], "shown"
        if plain[1:3] == ["only", "see"] or plain[1:3] == ["just", "see"]:
            return words[1:2] + words[3:], "shown"
        j = 1
        while j < len(plain) and plain[j] in word_set(
            """
            would am do are was were really just also think sort of have will had feel believe guess could can
            even still not only
            """
        ):  # fmt: skip
            if plain[j] == "not":
                return words, mood
            j += 1
        if plain[1:3] in (["do", "not"], ["would", "not"], ["can", "not"]):
            return words, mood
        if j < len(plain) and plain[j] in ("wonder", "wondering"):
            return _behind(words, j + 1, ("if", "whether")), "wish"
        if j < len(plain) and plain[j] in word_set(
            """
            want like love need prefer rather wish thinking hoping imagine see picture envision
            """
        ):
            j += 1
            while j < len(plain) and plain[j] in word_set("to of that for have see about if") and j < len(plain) - 1:
                if plain[j] == "have" and plain[j - 1] not in ("to", "rather"):
                    break
                if plain[j] == "see" and plain[j - 1] != "to":
                    break
                j += 1
            if plain[j : j + 2] == ["it", "if"]:
                return words[j + 2 :], "wish"
            if plain[j : j + 2] == ["you", "to"] and j + 2 < len(plain):
                return words[j + 2 :], "order"
            return words[j:], "wish"
        if plain[1:2] in (["think"], ["feel"], ["believe"], ["guess"], ["decided"], ["say"]):
            return words[2 + (plain[2] == "that") :], "wish"
        if j > 1 and plain[j - 1] in ("think", "feel", "believe", "guess"):
            return words[j + (plain[j] == "that") :], "wish"
        return words, mood
    if plain[:2] in (["what", "about"], ["how", "about"]):
        return words[2:], "wish"
    if plain[0] in ("make", "be") and plain[1:2] == ["sure"]:
        return _behind(words, 2, ("that",)), "wish"
    if plain[:2] == ["make", "that"] and len(words) > 3 and words[1].kind == "word" and _states(words[2:]):
        return words[2:], "wish"
    if plain[:2] == ["feel", "free"] and plain[2:3] == ["to"]:
        return words[3:], "order"
    if plain[0] == "only" and len(words) > 1 and words[1].low in REQUEST_VERBS:
        return words[1:], mood
    if plain[:1] == ["please"]:
        return words[1:], mood
    if plain[0] == "to" and mood != "question" and len(plain) > 1 and words[1].low in REQUEST_VERBS:
        return words[1:], "order"
    return words, mood


def _states(words: Sequence[Word]) -> bool:
    """Whether words are a sentence: a subject, and behind it a verb."""
    return any(word.low in MODALS for word in words[1:5]) and (
        words[0].kind in ("scenes", "person") or words[0].low in _SUBJECTS
    )


def _behind(words: list[Word], i: int, marks: tuple[str, ...]) -> list[Word]:
    """What stands behind a lead-in, past an "if it is not too much trouble" of its own."""
    if i < len(words) and words[i].low == ",":
        close = next((k for k in range(i + 1, len(words)) if words[k].low == ","), None)
        if close is not None:
            i = close + 1
    return words[i + (i < len(words) and words[i].low in marks) :]


_TROUBLES = word_set(
    """
    trouble bother possible problem ok okay right fine easy convenient much inconvenience imposition alright
    """
)


def _without_conditions(words: list[Word]) -> list[Word]:
    """Without "if you don't mind", "when you get a chance": conditions that name nothing on the board."""
    plain = low(words)
    for i, word in enumerate(plain):
        if word not in ("if", "when", "whenever", "unless", "as") or words[i].kind != "word":
            continue
        after = plain[i + 1 : i + 3]
        personal = after[:1] and after[0] in word_set("you i it that possible we soon not ever")
        if after[:1] == ["it"] and not (
            set(plain[i + 2 : i + 6]) & {"is", "not", "possible"} and set(plain[i + 2 : i + 9]) & _TROUBLES
        ):
            continue
        if (
            not personal
            or (word == "as" and after[:1] != ["soon"])
            or (word in ("when", "whenever") and after[0] in ("it", "we", "that"))
        ):
            continue
        end = next(
            (k for k in range(i + 1, len(words)) if words[k].kind == "mark" and words[k].low in (",", "—")), len(words)
        )
        if any(w.kind in ("scenes", "person") for w in words[i:end]):
            continue
        return (
            _trim([*words[:i], *words[end + 1 :]]) if i == 0 or end == len(words) else _trim([*words[:i], *words[end:]])
        )
    return words


def _back(words: list[Word]) -> list[Word]:
    plain = low(words)
    for end in sorted(_POLITE_ENDS, key=len, reverse=True):
        if (
            len(plain) > len(end)
            and tuple(plain[-len(end) :]) == end
            and all(w.kind == "word" for w in words[-len(end) :])
        ):
            if end == ("right",) and plain[-2:-1] in (["the"], ["far"], ["frame"], ["screen"], ["his"], ["her"]):
                continue
            return _trim(words[: -len(end)])
    return words


def take_scope(words: Sequence[Word]) -> tuple[list[Word], list[Word]]:
    """The words without the scenes that they are said of (and the prepositions of these), and the words of these."""
    rest: list[Word] = []
    scopes: list[Word] = []
    for _place, word in enumerate(words):
        if word.kind != "scenes":
            rest.append(word)
            continue
        scopes.append(word)
        if rest and rest[-1].is_word(
            "in", "on", "at", "for", "of", "to", "into", "inside", "from", "form", "during", "by"
        ):
            rest.pop()
        while rest and rest[-1].is_word("just", "only"):
            rest.pop()
    return _trim(list(rest)), scopes
