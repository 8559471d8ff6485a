"""Rules about saved versions: back and forth, what was taken from one, comparing, branches, and deleting a board."""

from __future__ import annotations

from agent.requests import frames as f
from agent.requests.clauses import Clause
from agent.requests.gist import Gist
from agent.requests.state import DoubtError, State, UnreadError
from agent.requests.words import Word

__all__ = ["VERSION_RULES"]

_DONE = "change edit thing step steps move time version versions num ord last both every all everything board edits"
_TAKING = """
    take use get put bring restore keep want show fond pick praise better back again as was like from in of
    duplicate version one as_it_is need have describe old previous good more liked
"""


def undo(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "undo the last two changes", "take that back", "I liked it better two versions ago"."""
    gist = Gist(clause)
    numbers = [number for number in gist.numbers() if number > 0]
    counted = bool(numbers) and gist.has("change", "step", "steps", "version", "versions", "edit", "edits", "time")
    ago = (
        gist.has("ago", "earlier") and counted and gist.only(f"{_DONE} ago earlier pick fond better praise good liked")
    )
    back = gist.has("restore") and counted and gist.only(f"{_DONE} restore")
    if gist.has("restore") and not gist.scopes and gist.only("restore one num"):
        return [f.Travel("undo")]
    if {"put", "back"} <= set(clause.low):
        return None
    if gist.has("undo", "redo") and gist.only(f"{_DONE} undo redo") and not (gist.has("redo") and gist.scopes):
        if gist.has("everything", "every", "all"):
            choices = (
                ("the last change", (f.Travel("undo"),)),
                ("everything, back to version 1", (f.Travel("restore", version=1),)),
            )
            raise DoubtError(f.Doubt("How far back?", choices))
        scoped = sum(len(word.scope.positions) for word in gist.scopes if word.scope)
        steps = 2 if "both" in clause.low else max([*numbers, scoped, 1])
        return [f.Travel("redo" if gist.has("redo") and not gist.has("undo") else "undo", steps)]
    return [f.Travel("undo", numbers[0])] if ago or back else None


def restore(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "go back to version 2", "I want the original back", "get me back to the version before the ink"."""
    gist = Gist(clause)
    returning = gist.has("restore", "undo", "back") or (gist.has("start") and gist.has("over", "again"))
    versions = gist.numbers("version")
    if versions and gist.scopes and not (returning and not gist.scopes):
        return None
    small = "restore undo back again start over make use take want show open bring get original story board version go"
    if versions and gist.only(small):
        return [f.Travel("restore", version=_known(state, versions[0]))]
    if returning and gist.has("original", "beginning", "front") and gist.only(f"{small} front beginning ord"):
        return [f.Travel("restore", version=1)]
    if gist.scopes and returning and "before" in clause.low and "how" in clause.low:
        told = list(clause.words[clause.low.index("before") :])
        return [f.Travel("restore", description=state.text.raw(told))]
    if gist.scopes or not returning:
        return None
    low = [word.low for word in gist.rest]
    begin = next((i for i, word in enumerate(low) if word in ("before", "when", "where", "with", "after") and i), None)
    told = gist.rest[begin:] if begin is not None else []
    if begin is None or not ({"to", "version", "from", "board", "back"} & set(low[:begin])) or len(told) < 2:
        return None
    led = told[0].low in ("before", "after")
    words = [word for word in told[1:] if word.low not in ("i", "it", "the", "that", "style", "look", "part", "edit")]
    words = [word for word in words if not word.is_word("thing", "change", "was", "were", "had")]
    if not words:
        return None
    return [
        f.Travel("restore", description=f"{told[0].low} {state.text.plain(words)}" if led else state.text.plain(words))
    ]


def take(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "take scene 3 from version 2", "scene 4 as it was before the rain"."""
    gist = Gist(clause)
    versions = gist.numbers("version")
    if versions and (gist.scopes or state.scope) and gist.only(_TAKING):
        places = state.places(gist.scopes) or ()
        state.hold(places)
        return [f.Tell("take_scenes", {"scenes": list(places), "version": _known(state, versions[0])})]
    low = [word.low for word in gist.rest]
    if (
        gist.scopes
        and "was" in low
        and "before" in low[low.index("was") :]
        and low[0] in ("as", "like", "put", "take", "make")
    ):
        told = gist.rest[low.index("before") :]
        return [f.Tell("take_scenes", {"scenes": list(state.places(gist.scopes) or ()),
                                       "description": state.text.plain(told)})]  # fmt: skip
    only_back = (
        bool(low) and set(low) <= {"bring", "that", "one", "it", "back", "take", "use", "get", "this"} and "back" in low
    )
    if only_back and state.last and isinstance(state.last[0], f.Tell) and state.last[0].name == "take_scenes":
        return [f.Meta()]
    return None


def compare(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "compare 2 and 5", "what changed in version 3?", "what did version 2 look like?", "show me all versions"."""
    gist = Gist(clause)
    numbers = gist.numbers("version") + gist.numbers()
    asks = gist.has("what", "how", "which", "show", "tell", "list", "where", "see", "did")
    different = gist.has("compare", "different", "differ", "differs")
    if (different or (asks and "between" in gist.names)) and (numbers or gist.scopes):
        numbers += [
            place for word in gist.scopes if word.scope for place in (*word.scope.positions, *word.scope.missing)
        ]
        comparing = "compare different differ differs what how which show tell version versions change num candidates"
        if not gist.only(f"{comparing} where see list did"):
            return None
        second = _known(state, numbers[1]) if len(numbers) > 1 else None
        return _asked("compare_versions", first=_known(state, numbers[0]), second=second)
    shown = gist.has("describe", "was", "like") and (asks or gist.has("what"))
    if numbers and not gist.scopes and shown and gist.only("what how show tell version describe like was see did look"):
        return _asked("compare_versions", first=_known(state, numbers[0]))
    if gist.scopes or (not asks and not gist.has("versions")):
        return None
    if gist.has("change", "different", "new", "edit") and gist.has("what", "did", "which"):
        if gist.has("far") or (gist.has("i", "we") and gist.has("have") and not gist.has("last")):
            return _asked("list_versions") if gist.only("what change edit far") else None
        if "start" in clause.low or "started" in clause.low:
            return _asked("compare_versions", first=1)
        if gist.only("what change different new did version ord edit tell show last time anything something which"):
            version = gist.numbers("version")
            return _asked("what_changed", version=version[0] if version else None)
    if gist.has("versions", "version") and gist.only(
        "versions version list show see what which tell give board far num many"
    ):
        return _asked("list_versions")
    return None


def _asked(tool: str, **args: int | None) -> list[f.Frame]:
    return [f.Ask(tool, {name: value for name, value in args.items() if value is not None})]


def branch(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "branch from version 3", "save this as a new branch called The Sad Ending"."""
    gist = Gist(clause)
    copied = gist.has("duplicate", "branch") and gist.has("board")
    if gist.scopes or not (gist.has("branch") or copied):
        return None
    named = next((i for i, word in enumerate(gist.rest) if word.low in ("called", "named")), len(gist.rest))
    if not Gist(gist.rest[:named]).only("branch duplicate board make start keep export new another version separate"):
        return None
    title = state.text.raw(gist.rest[named + 1 :]).strip(" .\"“”'") or None
    versions = gist.numbers("version")
    args = {"version": _known(state, versions[0]) if versions else None, "title": title}
    return [f.Tell("branch", {name: value for name, value in args.items() if value is not None})]


def delete_board(state: State, clause: Clause) -> list[f.Frame] | None:
    """ "delete this board", "wipe the whole conversation", "erase all scenes"; the tools ask for a yes first."""
    gist = Gist(clause)
    everything = [word for word in gist.scopes if _is_everything(state, word)]
    if gist.names[:1] == ["start"] and clause.low == ["start", "from", "scratch"]:
        return [f.Tell("delete_storyboard", {})]
    if gist.names[:1] not in (["delete"], ["clear"], ["reset"], ["empty"]) or gist.scopes != everything:
        return None
    if gist.has("conversation", "chat", "messages") and gist.only(
        "delete clear conversation chat messages all everything"
    ):
        return [f.Tell("delete_conversation", {})]
    if (gist.has("board", "story", "everything", "film") or everything) and gist.only(
        "delete clear reset empty board story everything every film"
    ):
        return [f.Tell("delete_storyboard", {})]
    return None


def _is_everything(state: State, word: Word) -> bool:
    scope = word.scope
    return scope is not None and scope.kind == "all" and len(scope.positions) == state.index.count


def _known(state: State, number: int) -> int:
    """A version that exists. Raises DoubtError."""
    known = [version.number for version in state.index.context.versions]
    if known and number not in known and not 1 <= number <= max(known):
        raise DoubtError(
            f.Doubt(
                f"There is no version {number}; there are versions {known[0]} to {known[-1]}. Which one do you mean?"
            )
        )
    if number < 1:
        raise UnreadError
    return number


VERSION_RULES = (undo, delete_board, branch, take, compare, restore)
