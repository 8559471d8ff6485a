"""Rules for questions about the board: they are answered, and change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agent.requests import frames as f
from agent.requests.board_index import stem, words_of
from agent.requests.clauses import REQUEST_VERBS, Clause
from agent.requests.gist import Gist
from agent.requests.state import State
from agent.requests.words import Word, word_set

__all__ = ["ASK_RULES"]

_WHO_WHAT = word_set("who whom whose what which where when why how")
_VERBS = word_set("is are was were does did has have")
_TELLING = word_set("tell show know say see give list read describe explain summarise summarize")
_ABOUT = word_set(
    """
    what which where when who how why describe appear happen happens scene scenes panel panels picture pictures frame
    one ones number is are going go on goes tell show know say read list explain see seen time time_of_day weather mood
    setting shot camera text title note last_for seed look looks describe long happening takes contain all same
    different locked lock drawn anywhere somewhere story everything prompt there ever num many dark bright does can
    visible play set does did give only also everyone person current far now moment currently about summary overview
    outline
    """
)
_BOARD = word_set("""
    steps sampler guidance engine model title seed style last_for board story many summary overview outline status
    recap everything pictures scenes panels
    """)  # fmt: skip


def question(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "who is in scene 5?", "is it raining in 5", "which scene has the map?", "what does Mira look like?"."""
    asked = _asked(state, clause)
    if asked is None:
        return None
    gist = Gist(asked)
    if not gist.names and not gist.scopes:
        return None
    places = state.places(gist.scopes) if gist.scopes else None
    if places:
        state.hold(places)
        state.asked = places
    elif "there" in clause.low or (set(clause.low) & {"it", "that"} and "who" in clause.low):
        places = state.scope or state.index.focus or None
    return (
        _of_prompts(gist, places)
        or _of_neighbours(state, gist, places)
        or _of_people(state, gist, places)
        or _of_board(state, gist, places)
        or _of_scenes(state, gist, places)
    )


def _asked(state: State, clause: Clause) -> list[Word] | None:
    """The words of a question, without "tell me"; None where nothing is asked."""
    words = list(clause.words)
    told = False
    while words and words[0].low in _TELLING | word_set("me us if whether just only do you to please"):
        if words[0].is_word("do") and not (len(words) > 1 and words[1].is_word("we", "you", "they", "i")):
            return None
        told = told or words[0].low in _TELLING or words[0].low == "do"
        words = words[1:]
    if not words:
        return list(clause.words) if clause.low[0] in ("list", "describe", "summarise", "summarize") else None
    first = words[0]
    if first.kind == "word" and first.low in _WHO_WHAT and clause.mood != "wish":
        return None if (words[1:2] and words[1].is_word("if")) or clause.low[:2] == ["what", "about"] else words
    if clause.low[0] == "in" and len(words) > 1 and words[1].is_word("which", "what"):
        return words[1:]
    if first.kind == "word" and first.low in _VERBS and len(words) > 1 and clause.mood not in ("wish", "order"):
        sure = first.low in ("is", "are", "was", "were", "does", "did")
        return words if sure or words[1].is_word("you", "we", "they", "i") else None
    if clause.low[0] in ("describe", "summarise", "summarize", "list", "read", "explain") or (
        told and clause.low[0] != "give" and (first.kind == "scenes" or first.is_word("about"))
    ):
        only = Gist(words).only(" ".join(_ABOUT | _BOARD | word_set("styles prompt character person versions")))
        return words if only and not any(word.low in ("as", "from", ":") for word in words) else None
    if (
        told
        and clause.low[0] in ("show", "see", "give")
        and Gist(words).only(" ".join(_BOARD | {"styles", "character", "prompt"}))
    ):
        return words
    if clause.low[:2] == ["do", "we"] or clause.low[:2] == ["do", "you"] or clause.low[:2] == ["do", "they"]:
        return words
    return words if clause.mood == "question" and first.kind != "scenes" and told else None


def _of_prompts(gist: Gist, places: Sequence[int] | None) -> list[f.Frame] | None:
    if gist.has("help"):
        return [f.Ask("what_can_you_do")]
    if gist.has("prompt", "negative") or (gist.has("prompts") and not gist.content("prompts")):
        return [f.Ask("show_prompts", {"scenes": list(places) if places else ["all"]})]
    if gist.has("styles") or (gist.has("style") and gist.has("list", "many")):
        return [f.Ask("list_styles")]
    pending = gist.has("pending", "drawn") and (gist.has("why", "not") or not places)
    if pending and gist.only("pending drawn why not which what scenes panels pictures still no ready"):
        return [f.Ask("explain_pending", {"scenes": list(places)} if places else {})]
    return None


def _of_neighbours(state: State, gist: Gist, places: Sequence[int] | None) -> list[f.Frame] | None:
    """ "which scene comes after the bridge?", "how does the story end?"."""
    low = [word.low for word in gist.rest]
    edges = "end ends ending finish begin begins start front"
    if gist.has(*edges.split()) and not places and gist.only(f"how does story board it what happen film did {edges}"):
        ending = gist.has("end", "ends", "ending", "finish")
        return [f.Ask("describe_board", {"scenes": [state.index.count if ending else 1]})]
    side = next((name for name in ("before", "after", "follows", "precedes") if gist.has(name)), None)
    if side is None or "who" in low:
        return None
    near = tuple(places or ()) or state.index.about(
        [word.low for word in gist.behind(side) if word.kind == "word"], True
    )
    if not near:
        return [f.Say("I cannot find that on the board.")]
    step = -1 if side in ("before", "precedes") else 1
    place = (min(near) if step < 0 else max(near)) + step
    if not 1 <= place <= state.index.count:
        edge = "the first" if step < 0 else "the last"
        return [f.Say(f"Nothing comes {'before' if step < 0 else 'after'} scene {place - step}: it is {edge}.")]
    return [f.Ask("describe_board", {"scenes": [place]})]


def _of_people(state: State, gist: Gist, places: Sequence[int] | None) -> list[f.Frame] | None:
    who = list(dict.fromkeys(_people(state, gist.rest, places)))
    scenes = {"scenes": list(places)} if places else {}
    asks_who = gist.names[:1] == ["who"] or (gist.has("character", "everyone") and not who)
    if asks_who and not who:
        looks = _by_looks(state, gist.content("who", "has", "wears", "character", "everyone")) if not places else []
        if looks:
            state.spoken += [one.id for one in looks]
            state.answered = [one.id for one in looks]
            return [f.Ask("who_is_where", {"character": one.name}) for one in looks[:4]]
        if gist.has("has", "wears") and not places:
            return _described(state, gist) or [f.Say("Nobody on the board is described so.")]
        if places or gist.only("who character everyone list there all is called what else"):
            here = [one for place in places or () for one in state.board.scenes[place - 1].characters]
            state.answered = list(dict.fromkeys(here))
            return [f.Ask("who_is_where", scenes)]
        return _described(state, gist)
    if not who:
        return None
    state.spoken += [one for one in who if one not in state.spoken]
    names = [state.board.character(one).name for one in who]
    there = state.index.with_character(who)
    if gist.has("not") and not places:
        elsewhere = [place for place in range(1, state.index.count + 1) if place not in there]
        if not elsewhere:
            return [f.Say(f"{names[0]} is in every scene.")]
        return [f.Ask("describe_board", {"scenes": elsewhere})]
    if len(who) == 1 and gist.only(
        "person " + " ".join(_ABOUT | word_set("wears has call called old again like in else"))
    ):
        state.answer = bool(set(there) & set(places)) if places else bool(there)
        state.asked = tuple(places or there)
        state.present = (who[0], tuple(places or ()))
        return [f.Ask("who_is_where", {"character": names[0], **scenes})]
    if gist.names[:1] == ["who"] and places:
        rest = [one for place in places for one in state.board.scenes[place - 1].characters if one not in who]
        state.answered = list(dict.fromkeys(rest))
        return [f.Ask("who_is_where", scenes)]
    return _described(state, gist)


def _people(state: State, words: Sequence[Word], places: Sequence[int] | None) -> list[str]:
    people = [one for word in words if word.kind == "person" for one in state._there(word.people, places)[:1]]
    if people:
        return people
    pronoun = next((word for word in words if word.kind == "word" and word.low in ("he", "she", "him", "her")), None)
    who = state.whom([pronoun], places) if pronoun else None
    return [who] if who else []


def _by_looks(state: State, content: Sequence[Word]):  # type: ignore[no-untyped-def]
    wanted = {stem(word.low) for word in content}
    return [
        one
        for one in state.board.characters
        if wanted
        and wanted
        <= {stem(w) for text in (one.description, *(c.description for c in one.changes)) for w in words_of(text)}
    ]


def _of_board(state: State, gist: Gist, places: Sequence[int] | None) -> list[f.Frame] | None:
    if places and len(places) < state.index.count:
        return None
    named = [name for name in gist.names if name in _BOARD] or bool(places)
    values = gist.value("style") is not None and bool(set(gist.names[:1]) & _VERBS)
    if values or (
        named and gist.only(" ".join(_ABOUT | _BOARD | word_set("use used using size board whole thing film")))
    ):
        return [f.Ask("describe_board")]
    return None


def _of_scenes(state: State, gist: Gist, places: Sequence[int] | None) -> list[f.Frame] | None:
    if not places:
        return _described(state, gist)
    content = gist.content(*_ABOUT, "person")
    about = " ".join(word.low for word in content)
    value = gist.value("weather") or gist.value("time") or gist.value("look") or about
    if content:
        thing = [word.low for word in content]
        there = set(state.index.with_thing(thing)) & set(places)
        fields = (state.board.scenes[place - 1] for place in places)
        state.answer = bool(there) or any(value in (scene.time, scene.weather, scene.mood) for scene in fields)
        state.thing = about if gist.names[:1] not in (["why"], ["what"]) and not gist.value("weather") else state.thing
    args = {
        "scenes": list(places),
        **({"about": value} if content and set(gist.names[:1]) & (_VERBS | {"where"}) else {}),
    }
    return [f.Ask("describe_board", args)]


def _described(state: State, gist: Gist) -> list[f.Frame] | None:
    """The scenes that the words of a question describe: "which scenes happen at night?"."""
    content = gist.content(*_ABOUT - {"dark", "bright"})
    if not content:
        return [f.Ask("describe_board")] if gist.only(" ".join(_ABOUT)) else None
    value = gist.value("time") or gist.value("weather")
    words = value.split() if value and len(content) <= 2 else [word.low for word in content]
    found = state.index.about(words, best_only=True)
    if not found:
        state.lost = True
        return [f.Say("I cannot find that on the board.")]
    state.asked = tuple(sorted(found))
    state.hold(state.asked)
    return [f.Ask("describe_board", {"scenes": sorted(found[:6]), **({} if value else {"about": " ".join(words)})})]


def condition(clause: Clause) -> tuple[Clause, bool | None]:
    """A clause without the "if so" or "if not" that it begins with, and which answer it is for."""
    low = clause.low
    if low in (["if"], ["if", "so"], ["if", "yes"], ["if", "not"], ["otherwise"]):
        return replace(clause, words=(replace(clause.words[0], low="if"),)), low[-1] not in ("not", "otherwise")
    if low[0] == "if" and len(low) > 1 and low[1] in REQUEST_VERBS:  # "so" was taken for a hesitation
        return replace(clause, words=clause.words[1:]), True
    for lead, wanted in ((("if", "so"), True), (("if", "yes"), True), (("if", "not"), False), (("otherwise",), False)):
        if tuple(low[: len(lead)]) == lead and len(low) > len(lead):
            words = clause.words[len(lead) :]
            while words and words[0].kind == "mark":
                words = words[1:]
            return replace(clause, words=words), wanted
    return clause, None


def look(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "look at 3", "can you look closely at panel 5?"."""
    gist = Gist(clause)
    if clause.low[0] != "look" or not gist.scopes or not gist.only("look closely again at"):
        return None
    return [f.Ask("look_at", {"scenes": list(state.places(gist.scopes) or ())})]


ASK_RULES = (look, question)
