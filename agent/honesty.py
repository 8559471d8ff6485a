"""Whether a language model's reply says that something was done which no tool did.

The reply's clauses are read by the parser and compared with the calls that were made; which verb a deed is told with
does not matter. A clause claims a deed where it affirms, as past, finished or under way,
- what "I" or "we" did, or what was done without saying by whom ("Removed the wolf.", "All done!"), or
- what was done to the board ("Panel 3 has been …", "the change is live"), or that something is otherwise *now*.
What one sees, thinks, says or can do is no deed, nor is what the story tells of its people."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence

from agent.language import Clause, Document, Token, parse
from agent.planner.languages import is_foreign
from agent.tools.calling import Call
from db.board import Board

__all__ = ["what_happened"]

ACTS = frozenset({"export_board", "draw_candidates", "pick_candidate", "undo", "redo", "delete_conversation"})
"""Tools that do something even where the board on the desk is the same afterwards."""

QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|`[^`\n]*`|^>.*$", re.MULTILINE)
MARKUP = re.compile(r"[*_#]{1,3}|^\s*[-•✓✔✅]\s*|\s*[✓✔✅]\s*", re.MULTILINE)
SPEAKERS = frozenset({"i", "we"})
PERSONS = SPEAKERS | {"you"}
MIND = frozenset(
    """
    see look notice find read check count know think believe understand mean say tell mention suggest recommend propose
    ask answer explain describe list show discuss talk note hear remember forget assume guess suppose expect hope wish
    want like love prefer need have be seem try consider review search misunderstand misread apologise apologize help
    be get wonder enjoy agree learn recognise recognize spot cover summarise summarize
    """.split()  # noqa: SIM905
)
"""Verbs of seeing, thinking, speaking and being: with them "I …ed" tells of no deed on a board."""
BOARD = frozenset(
    """
    scene panel board storyboard picture image prompt style title shot frame drawing palette weather lighting
    light mood colour color background sky time setting outfit look caption dialogue note
    """.split()  # noqa: SIM905
)
"""What a storyboard is made of; stories seldom tell that something was done to these."""
RESULTS = frozenset(
    "change edit update adjustment modification request wish fix revision tweak alteration deletion version".split()  # noqa: SIM905
)
FINISHED = frozenset("done complete completed ready finished applied saved live made set over".split())  # noqa: SIM905
FRESH = frozenset("new updated revised changed edited modified finished darker brighter".split())  # noqa: SIM905
NUMBERED = re.compile(r"\b(?:scenes?|panels?)\s+((?:\d+(?:\s*(?:,|and|or|&|to|through|-|–)\s*)?)+)", re.IGNORECASE)
EARLIER = re.compile(r"\b(?:already|earlier|previously|last time|so far)\b", re.IGNORECASE)
NO_LONGER = re.compile(r"\bno longer\b(?!.*\b(?:I|you)\b)")
AS_ASKED = re.compile(r"\bas (?:you (?:had |have |'ve )?)?(?:asked|requested|wished|wanted|told|said)\b", re.IGNORECASE)


def what_happened(
    reply: str, request: str, calls: Sequence[Call], before: Board | None, after: Board | None
) -> str | None:
    """Say what a reply must be replaced by, or None where it may stand. `calls` are those of the turn; the boards are
    those at its start and its end. The receipt follows in any case."""
    done = [call for call in calls if call.status == "ok" and (call.changed or call.name in ACTS)]
    if not reply.strip():
        return None if done else _nothing_said(calls)
    if done:
        same_order = before is not None and after is not None and _order(before) == _order(after)
        wrong = same_order and not _places(claims(reply, request, before)) <= _known_places(done, before)
        return "" if wrong else None
    failed = [call.summary for call in calls if call.status != "ok"]
    nothing = " ".join(["Nothing was changed.", *dict.fromkeys(failed)])
    if is_foreign(reply) and not _is_question(request):
        return f"{reply}\n\n{nothing}"
    return nothing if claims(reply, request, before) else None


def claims(reply: str, request: str, board: Board | None) -> list[str]:
    """List the sentences of a reply that say that something was done to the board."""
    plain = MARKUP.sub(" ", QUOTED.sub("this", reply)).replace("’", "'")
    lines = [line.strip() for line in re.split(r"\n+|(?<=[.!?…:])\s+", plain) if line.strip()]
    asked = _is_question(request)
    told = _words(f"{scene.text} {scene.action} {scene.prompt}" for scene in board.scenes) if board else frozenset()
    return [line for line in lines if _claims(line, asked, told)]


def _claims(sentence: str, asked: bool, told: frozenset[str]) -> bool:
    if sentence.endswith("?") or EARLIER.search(sentence):
        return False
    document = parse(sentence)
    affirmed = [clause for clause in document.clauses if clause.happens and not _is_of_nothing(clause)]
    if any(_is_deed(document, clause, asked, told) for clause in affirmed) or _is_short_claim(document):
        return True
    if not asked and (_is_headline(document) or NO_LONGER.search(sentence)):
        return True
    return bool(AS_ASKED.search(sentence)) and any(clause.verb.relation == "ROOT" for clause in affirmed)


def _is_headline(document: Document) -> bool:
    """ "Updated scene 3 with rain", "Rain added to scene 3": a participle and no verb of a sentence."""
    first = document.tokens[0]
    if first.text.lower().endswith("ed") and first.lemma.lower() not in MIND and first.relation != "nsubj":
        return True
    terse = [t for t in document.tokens if t.relation == "nsubj" and t.tag == "NN" and not document.children[t.index]]
    if terse and document.tokens[terse[0].head].tag == "VBD" and NUMBERED.search(document.text):
        return True
    finite = any(token.tag in ("VBZ", "VBP", "VBD", "MD", "VB") for token in document.tokens)
    return not finite and any(token.tag == "VBN" and token.lemma not in MIND for token in document.tokens)


def _is_of_nothing(clause: Clause) -> bool:
    return any(
        phrase.determiner in ("no", "neither") or phrase.head.lemma.lower() in ("nothing", "nobody", "none")
        for phrase in (*clause.subjects, *clause.objects)
    )


def _is_deed(document: Document, clause: Clause, asked: bool, told: frozenset[str]) -> bool:
    verb, children = clause.verb, document.children[clause.verb.index]
    if _hangs_on_a_condition(document, verb):
        return False
    helpers = {child.text.lower() for child in children if child.relation in ("aux", "auxpass")}
    subjects = {phrase.head.lemma.lower() for phrase in clause.subjects}
    if clause.copula:
        return _is_state_of_change(document, clause, asked)
    perfect = bool(helpers & {"has", "have", "'s", "'ve"})
    if clause.passive:
        done_to = {phrase.head.lemma.lower() for phrase in clause.objects}
        if verb.relation in ("relcl", "acl") or _is_told(verb, told) or verb.lemma in MIND or done_to & PERSONS:
            return False
        if perfect:
            return True
        general = any(phrase.determiner in ("every", "each", "any", "a", "all") for phrase in clause.objects)
        past = bool(helpers & {"was", "were", "got"}) or _has_now(document, verb)
        return not asked and not clause.subjects and (past or (bool(done_to & RESULTS) and not general))
    if verb.tag in ("VBD", "VBN") or (verb.tag == "VBG" and helpers & {"am", "'m", "are", "'re", "'ve", "have"}):
        if subjects & SPEAKERS or (not subjects and verb.relation == "ROOT"):
            return verb.lemma not in MIND
        if not asked and subjects & (BOARD | RESULTS):
            return not _is_told(verb, told)
        return not asked and verb.lemma not in MIND and not _is_told(verb, told) and not subjects & PERSONS and perfect
    present = verb.tag in ("VBZ", "VBP") and not helpers & {"do", "does"}
    return present and not asked and _has_now(document, verb) and not subjects & PERSONS and not _is_told(verb, told)


def _is_state_of_change(document: Document, clause: Clause, asked: bool) -> bool:
    """ "The change is complete", "Scene 3 is now darker", "Scene 3 is darker"."""
    verb = clause.verb
    subjects = {phrase.head.lemma.lower() for phrase in clause.subjects}
    rest = [child for child in document.children[verb.index] if child.relation in ("acomp", "attr", "advmod", "prep")]
    if subjects & (RESULTS | {"everything", "all", "it", "that", "this"}) and any(
        token.text.lower() in FINISHED for token in rest
    ):
        return True
    if asked or subjects & (PERSONS | {"there", "what", "which", "here"}):
        return False
    compared = any(token.tag == "JJR" for token in rest)
    return _has_now(document, verb) or (compared and bool(subjects & BOARD))


def _is_short_claim(document: Document) -> bool:
    """ "Done.", "All set!", "Here is the updated board." """
    words = [
        token.text.lower() for token in document.tokens if token.word_class not in ("PUNCT", "SPACE", "INTJ", "SYM")
    ]
    short = [word for word in words if word not in ("all", "and", "it", "'s", "is", "now", "ok", "okay", "consider")]
    if words and len(words) <= 4 and short and set(short) <= FINISHED:
        return True
    if words[:1] != ["here"]:
        return False
    changed = {token.head for token in document.tokens if token.text.lower() in FRESH}
    return any(token.lemma.lower() in BOARD and token.index in changed for token in document.tokens)


def _hangs_on_a_condition(document: Document, verb: Token) -> bool:
    """Whether a clause hangs on a condition, a wish or a time to come: "once I have changed it", "when it is done"."""
    current, seen = verb, set[int]()
    while current.index not in seen:
        seen.add(current.index)
        marks = {
            child.text.lower() for child in document.children[current.index] if child.relation in ("mark", "advmod")
        }
        if (
            marks & {"once", "when", "until", "before", "after", "whenever", "unless", "if", "as"}
            and current.head != current.index
        ):
            return True
        current = document.tokens[current.head]
    return False


def _is_told(verb: Token, told: frozenset[str]) -> bool:
    return bool({verb.text.lower(), verb.lemma} & told)


def _has_now(document: Document, verb: Token) -> bool:
    return any(token.text.lower() in ("now", "finally") for token in document.children[verb.index])


def _is_question(request: str) -> bool:
    """Whether a person asks for an answer: "who is in 3?", and not "can you make it darker?"."""
    text = request.strip().lower()
    if re.match(r"(?:please |can you |could you )?(?:tell|show|list|describe|explain|summari[sz]e|name|read)\b", text):
        return True
    return text.endswith("?") and not re.match(r"(?:can|could|would|will|please|may|shall)\b", text)


def _nothing_said(calls: Sequence[Call]) -> str:
    answers = list(dict.fromkeys(call.summary for call in calls if call.summary))
    return "\n\n".join(["The language model gave an empty answer, and nothing was changed.", *answers])


def _order(board: Board) -> list[str]:
    return [scene.id for scene in board.scenes]


def _places(sentences: Iterable[str]) -> set[int]:
    """The numbers of scenes that sentences name: "scenes 1, 2 and 4 to 6"."""
    places: set[int] = set()
    for listed in (match[1] for sentence in sentences for match in NUMBERED.finditer(sentence)):
        for first, last in re.findall(r"(\d+)(?:\s*(?:to|through|-|–)\s*(\d+))?", listed):
            places |= set(range(int(first), min(int(last or first), int(first) + 1000) + 1))
    return places


def _known_places(done: Sequence[Call], board: Board | None) -> set[int]:
    """The numbers of scenes that calls were about, by their arguments and by what they answered."""
    told = " ".join(f"{call.summary} {json.dumps(call.args)}" for call in done)
    if board is None or not any("scene" in name for call in done for name in call.args) or '"all"' in told:
        return set(range(10_000))
    places = {int(number) for number in re.findall(r"-?\d+", told)}
    return (
        places
        | _places([call.summary for call in done])
        | {board.position(scene.id) for scene in board.scenes if scene.id in told}
        | ({len(board.scenes)} if -1 in places else set())
    )


def _words(texts: Iterable[str]) -> frozenset[str]:
    """The words of a story, so that what it tells is not taken for a deed."""
    return frozenset(re.findall(r"\w+", " ".join(texts).lower()))
