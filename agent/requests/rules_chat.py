"""Rules for small talk, for complaints, and for what is too vague to do: a question with what might be meant."""

from __future__ import annotations

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State
from agent.requests.words import word_set

__all__ = ["CHAT_RULES", "VAGUE_RULES"]

_ANSWERS = (
    ("hello", "Hello! Paste a story, or tell me what to change; ask “what can you do?” for examples."),
    ("bye", "Goodbye. Everything is saved."),
    ("thanks", "You are welcome."),
    ("praise", "Glad you like it."),
    ("continue", "Write or paste the next part behind “continue with:”, and I add its scenes at the end."),
    ("what_now", "Say it as a request, for example “make scene 3 darker”."),
    ("never_mind", "All right, nothing was changed."),
    ("no", "All right, nothing was changed."),
    ("nothing", "All right, I change nothing."),
    ("yes", "All right. What shall I change?"),
)
_COURTEOUS = frozenset(("hello", "bye", "thanks", "praise"))
_WHO_AM_I = (
    "I am Taleboard's offline planner: rules and grammar, no language model. I turn what you say into edits of the "
    "storyboard. A language model can be connected with TALEBOARD_LLM."
)
_NO_STORIES = (
    "I cannot write stories: without a language model I only draw the ones that you paste or attach. A language model "
    "can be connected with TALEBOARD_LLM."
)
_WHAT_IF = "I can only show that by doing it. Say it as a request, for example “make 3 night”; undo takes it back."
_VAGUE = word_set("better nicer different differently something good improve improved anything off wrong bad pop")
_JUDGED = word_set("judged too_much great fine ready")


def small_talk(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "thanks!", "hello", "who are you?", "write me a story about a dragon"."""
    gist = Gist(clause)
    if gist.has("oops", "wait", "sorry") and gist.only("oops wait sorry") and not gist.scopes:
        return [f.Meta()]
    if gist.has("help") and gist.only("help"):
        return [f.Ask("what_can_you_do")]
    if clause.low[:2] == ["what", "if"]:
        return [f.Say(_WHAT_IF)]
    writes = bool({"write", "invent", "imagine", "tell"} & set(gist.names[:1])) and not gist.numbers()
    if writes and gist.has("story", "poem", "joke"):
        return [f.Say(_NO_STORIES)]
    if "you" in clause.low and gist.only(
        "who what are is you human real robot ai bot person alive call called name title"
    ):
        return [f.Say(_WHO_AM_I)]
    for name, words in _ANSWERS:
        if not gist.has(name) or (gist.scopes and name == "nothing"):
            continue
        if gist.only(f"{name} it that this look looks story {'thanks praise' if name in _COURTEOUS else ''}"):
            if name == "praise" and state.frames:
                return [f.Meta()]
            state.hold(state.places(gist.scopes) if gist.scopes else None)
            return [f.Say(words)]
    return None


def complaint(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "the snake isn't needed, take it out of 2", "I don't like the wolf. Make him white": what "it" and "him" are."""
    gist = Gist(clause)
    low = [word.low for word in gist.rest] or [""]
    seeing = {"like", "love", "see", "find", "spot"}
    dislikes = low[0] in ("i", "we") and "not" in low[:4] and bool(seeing & set(low[:5]))
    needless = "not" in low and low[-1] in ("needed", "necessary", "wanted", "right", "good") and "should" not in low
    too = "too" in low and bool(gist.rest) and gist.rest[0].kind == "person" and not state.alone
    if not (dislikes or needless or too) or clause.mood in ("wish", "order"):
        return None
    if dislikes:
        words = gist.rest[next(i for i, word in enumerate(low) if word in seeing) + 1 :]
    else:
        verbs = ("is", "are", "was", "looks", "look", "not", "too", "seems")
        words = gist.rest[: next(i for i, word in enumerate(low) if word in verbs)]
    small = word_set("the a an how came turned out in to it that this")
    words = [word for word in words if word.kind != "word" or word.low not in small]
    places = state.places(gist.scopes) if gist.scopes else None
    person = next((word for word in words if word.kind == "person"), None)
    who = state.whom([person], places) if person else None
    about = state.name(who) if who else " ".join(word.low for word in words)
    if state.alone and (about or places):
        what = f"scene {places[0]}" if places and not about else about if who else f"the {about}"
        raise DoubtError(f.Doubt(f"What shall I change about {what}?"))
    if state.alone:
        return None
    state.hold(places)
    state.thing = "" if who else about
    state.answered = [who] if who else state.answered
    return [f.Meta()]


def vague(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "make it better", "change scene 3", "something's off in 4": asks which of some changes is meant."""
    gist = Gist(clause)
    verbs = "judged picture board more improve make change try redo fix set edit twice"
    wishes = gist.only(f"{verbs} {' '.join(_VAGUE)}") and (
        gist.has(*_VAGUE, "judged") or gist.names[:1] in (["change"], ["fix"], ["edit"], ["improve"])
    )
    if gist.has("fix") and wishes and not gist.scopes and (state.judged or state.frames):
        return list(state.judged) or [f.Meta()]
    places = state.places(gist.scopes) if gist.scopes else None
    if gist.has(*_JUDGED) and not state.alone and gist.only(" ".join(_JUDGED)):
        state.hold(places)
        return [f.Meta()]
    dislikes = clause.low[0] in ("i", "we") and gist.only("not like hate how turned out") and gist.has("not", "hate")
    if dislikes and not state.alone:
        state.hold(places)
        return [f.Meta()]
    if not (wishes or dislikes) or (clause.mood == "question" and not wishes):
        return None
    places = places or state.scope or state.index.focus
    if not places:
        question = "What should I change, and in which scene? For example “make scene 3 darker” or “redraw 5 closer”."
        raise DoubtError(f.Doubt(question))
    where = "it" if len(places) > 1 else f"scene {places[0]}"
    ideas: tuple[tuple[str, f.Frame], ...] = (
        ("draw it again", f.Redraw(tuple(places))),
        ("brighter", f.Change(tuple(places), {"mood": "brighter"})),
        ("darker", f.Change(tuple(places), {"mood": "darker"})),
        ("closer", f.Change(tuple(places), {"shot": "close-up"})),
        ("further away", f.Change(tuple(places), {"shot": "wide shot"})),
    )
    raise DoubtError(f.Doubt(f"What should change in {where}?", tuple((label, (frame,)) for label, frame in ideas)))


CHAT_RULES = (small_talk,)
VAGUE_RULES = (vague, complaint)
