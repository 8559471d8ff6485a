"""Rules about pictures that are drawn: again, slightly otherwise, several to choose from, locked, painted on, and
their prompts."""

from __future__ import annotations

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State, UnreadError
from agent.requests.values import is_clean

__all__ = ["DRAW_RULES"]

_AGAIN = """
    redraw redo try make change give run again anew once more over go do it that this them different other another
    one hate
    not like came out turned how weird picture pictures new draw fresh seed num same use want with for up one paint
    """


def redraw(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "redraw 7", "give 7 another go", "do 6 and 7 over", "redraw 4 with seed 99", "new picture for the bakery"."""
    gist = Gist(clause)
    low = [word.low for word in gist.rest]
    seeds = [word.number for word in gist.rest if word.kind == "number"]
    from_scratch = gist.has("from_scratch")
    again = gist.has("redraw", "hate") or low[:1] in (["redo"], ["repaint"]) or from_scratch
    again = again or (
        low[:1] in (["draw"], ["paint"], ["do"], ["try"], ["run"])
        and bool({"again", "anew", "over", "more"} & set(low))
    )
    again = again or low == ["do", "another", "one"]
    again = again or bool(low and low[-1] == "again" and gist.scopes and len(low) <= 2)
    again = again or (gist.has("seed") and len(seeds) == 1)
    again = again or {"different", "picture"} <= set(low) or ("not" in low and "like" in low and bool(gist.scopes))
    if "not" in low and not ("like" in low or gist.has("hate")):
        return None
    if (
        not again
        or not gist.only(f"{_AGAIN} from_scratch")
        or (gist.has("redo") and not gist.scopes and not from_scratch)
    ):
        return None
    if state.last and not gist.scopes and all(isinstance(frame, f.Redraw) for frame in state.last):
        return [f.Meta()]
    if (gist.scopes and gist.has("different", "hate")) or (gist.has("not") and gist.scopes):
        places = state.places(gist.scopes) or ()
    else:
        named = state.places(gist.scopes) if gist.scopes else ()
        places = named or state.the_one(low) or state.scope or state.index.focus
    if not places:
        raise DoubtError(f.Doubt("Which panels shall I draw again?", wants="scenes"))
    state.hold(tuple(places))
    extra = {"seed": seeds[0]} if seeds and gist.has("seed") else {}
    if extra or from_scratch:
        return [f.Tell("redraw", {"scenes": list(places), **extra, **({"from_scratch": True} if from_scratch else {})})]
    return [f.Redraw(tuple(places))]


def vary(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "a small variation of 6", "show me four options for panel 3", "pick the second"."""
    gist = Gist(clause)
    numbers = [word.number for word in gist.rest if word.kind in ("number", "ordinal")]
    if (
        gist.has("vary")
        and not numbers
        and gist.only("vary make try give on of take change picture little bit slightly")
    ):
        places = state.places(gist.scopes) or state.index.focus
        return [f.Tell("vary", {"scenes": list(places)})] if places else None
    several = gist.has("candidates") or (gist.has("versions", "vary") and numbers and gist.scopes)
    picks = gist.has("pick", "fond") or gist.head in ("candidates", "option")
    one = (
        [place for word in gist.scopes if word.scope for place in word.scope.positions] if picks and not numbers else []
    )
    if len(one) == 1 and gist.only("pick fond take use candidates option"):
        return [f.Tell("pick_candidate", {"number": one[0]})]
    if (
        picks
        and len(numbers) == 1
        and gist.only("pick fond take use candidates option num ord version better more one image")
    ):
        scene = state.places(gist.scopes)
        return [f.Tell("pick_candidate", {"number": numbers[0], **({"scene": scene[0]} if scene else {})})]
    if several and gist.only(
        "candidates versions vary try make show give draw num different other new some few several take of"
    ):
        places = state.places(gist.scopes) or state.index.focus
        if not places:
            raise DoubtError(f.Doubt("Of which panel shall I draw several?", wants="scenes"))
        count = {"count": max(2, min(8, numbers[0]))} if numbers else {}
        return [f.Tell("draw_candidates", {"scene": places[0], **count})]
    return None


def lock(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "lock 2", "freeze the first three panels", "nobody touches 1 and 8 anymore"."""
    gist = Gist(clause)
    untouched = gist.head == "nobody" and gist.has("touch", "change", "edit") and gist.scopes
    locking = gist.head == "lock" or (gist.head in ("keep", "make") and gist.has("lock", "locked"))
    unlocking = gist.has("unlock")
    if not (untouched or locking or unlocking) or gist.has("not"):
        return None
    if not gist.only(
        "lock unlock locked keep make nobody touch change edit again anymore from against in changes it up edits"
    ):
        return None
    places = state.places(gist.scopes) or state.index.focus
    if not places:
        raise DoubtError(f.Doubt("Which panels shall I lock?", wants="scenes"))
    state.hold(tuple(places))
    every = gist.scopes and all(word.scope and word.scope.kind == "all" for word in gist.scopes)
    whole = every and len(places) == state.index.count
    return [f.Tell("lock_scenes", {"scenes": ["all"] if whole else list(places), "locked": not unlocking})]


def prompt(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "set the prompt of 2 to …", "negative prompt for panel 1 should be blurry", "avoid text in 3"."""
    gist = Gist(clause)
    negative = gist.has("negative")
    if gist.head == "avoid" and gist.scopes:
        words = list(gist.behind("avoid"))
        return _prompted(state, gist, {"negative_prompt": state.phrase(words)}) if is_clean(words) else None
    if not (negative or gist.has("prompt")) or not gist.scopes:
        return None
    low = [word.low for word in gist.rest]
    if low[0] in ("reset", "delete", "restore") or gist.head in ("reset", "delete", "restore"):
        return _prompted(state, gist, {"take_away": ["prompt"]})
    mark = next(
        (i for i, word in enumerate(low) if word in ("to", "be", "is", ":", "with", "as", "say", "“”") and i), None
    )
    if mark is None or not Gist(gist.rest[:mark]).only("prompt negative change set make rewrite should must use give"):
        return None
    told = gist.rest[mark + (gist.rest[mark].kind != "quote") :]
    while told and told[0].low in ("be", ":", "to"):
        told = told[1:]
    if not told:
        raise UnreadError
    text = told[0].quote if told[0].kind == "quote" and len(told) == 1 else state.text.raw(told).strip(" .")
    return _prompted(state, gist, {"negative_prompt" if negative else "prompt": text})


def _prompted(state: State, gist: Gist, what: dict[str, object]) -> list[f.Frame]:
    places = state.places(gist.scopes) or ()
    state.hold(places)
    return [f.Tell("set_prompt", {"scenes": list(places), **what})]


def paint(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "add a bird in the top left of 3": painted into the picture where there is one, else said of it."""
    gist = Gist(clause)
    at = next((i for i, key in enumerate(gist.keys) if "region" in key.values and len(key.words) > 1), None)
    if at is None or not gist.scopes or gist.head not in ("add", "put", "redraw", "paint", "change", "repaint"):
        return None
    if any(word.kind == "person" for word in gist.rest):
        return None
    region = gist.keys[at].values["region"]
    if gist.head == "put" and region in ("left", "right", "centre"):
        return None  # where a thing stands, which is staging
    what = [word for key in gist.keys[1:at] for word in key.words if not word.is_word("in", "at", "on", "the")]
    what = what if len(what) else [word for key in gist.keys[at + 1 :] for word in key.words]
    while what and what[0].low in ("in", "at", "on", "the", "into", "as", "with", "to", "so"):
        what = what[1:]
    if not what or not is_clean(what):
        return None
    places = state.places(gist.scopes) or ()
    state.hold(places)
    drawn = {state.board.position(scene) for scene in state.index.context.drawn}
    thing = state.phrase(what)
    if set(places) <= drawn:
        return [f.Tell("edit_picture", {"scenes": list(places), "prompt": thing, "region": region})]
    where = {"left": "on the left", "right": "on the right", "centre": "in the middle", "top": "at the top"}
    return [f.Add(places, (f"{thing} {where.get(region, 'at the ' + region)}",))]


DRAW_RULES = (lock, vary, redraw, prompt, paint)
