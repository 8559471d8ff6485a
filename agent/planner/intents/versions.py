"""Saved versions: back and forth, comparing, taking scenes over."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Instead, Intent, Result, Say, call, elsewhere

__all__ = ["INTENTS"]

DID = "change|changes|edit|edits|thing|step|steps|move|moves|times|things|version|versions|candidates"


def _version(a: Asked, number: object) -> int:
    """A version that exists. Raises Doubt."""
    a.require_board()
    known = [version.number for version in a.index.context.versions]
    wanted = int(str(number))
    if wanted < 0:
        head = a.index.context.version or (known[-1] if known else 1)
        parent = next((v.parent for v in a.index.context.versions if v.number == head), None)
        wanted = parent or head
    if known and wanted not in known and not 1 <= wanted <= max(known):
        raise Doubt(
            f"There is no version {wanted}; there are versions {known[0]} to {known[-1]}. Which one do you mean?",
            "version",
        )
    return wanted


def _restore(a: Asked) -> Call:
    if a.has("version"):
        return call("restore", version=_version(a, a.given.get("version", a.value("version"))))
    if a.has("num"):
        return call("restore", version=_version(a, a.given.get("version", a.number())))
    a.require_board()
    words = a.text("when")
    if words.lower() in {"one", "once", "one step", "a step"}:
        return call("undo")
    if re.fullmatch(
        r"(?:the )?(?:original|start|beginning|first|very first|initial)(?: "
        r"(?:one|version|board|story|state|state of things))?",
        words.lower(),
    ):
        return call("restore", version=1)
    return call("restore", description=re.sub(r"\s+(?:style|look)$", "", words))


def _bring_back(a: Asked) -> Result:
    if a.corrects_itself and any(each["name"] in {"take_scenes", "restore", "undo"} for each in a.before):
        return ()  # that is what was just asked for
    if any(each["name"] == "undo" for each in a.before):
        return call("redo")
    if any(each["name"] in {"delete_scenes", "remove_character"} for each in a.before):
        return call("undo")
    if a.before and not (a.has("scenes") or a.has("character")):  # "put it back"
        return call("undo")
    raise Doubt("From which version shall I bring it back?")


def _undo_all(a: Asked) -> Call:
    a.require_board()
    raise Doubt(
        "How far back?",
        "calls",
        [
            Choice("the last change", (call("undo"),)),
            Choice("everything, back to version 1", (call("restore", version=1),)),
        ],
    )


def _undo(a: Asked) -> Call:
    a.require_board()
    steps = len(a.value("scenes").positions) if a.has("scenes") else a.number() if a.has("num") else 1
    return call("undo", steps=steps if steps > 1 else None)


def _take(a: Asked) -> Call:
    if a.has("when"):
        return call("take_scenes", scenes=a.scenes(), description=a.text("when"))
    return call("take_scenes", scenes=a.scenes(), version=_version(a, a.value("version")))


def _compare(a: Asked) -> Call:
    a.require_board()
    if a.has("nums"):
        numbers = [int(n) for n in a.value("nums")]
        if len(numbers) == 2:
            return call("compare_versions", first=_version(a, numbers[0]), second=_version(a, numbers[1]))
        return call("compare_versions", first=_version(a, numbers[0]))
    first = _version(a, a.value("version", "first")) if a.has("first") else None
    second = a.value("version", "second") if a.has("second") else a.value("num", "other") if a.has("other") else None
    return call("compare_versions", first=first, second=_version(a, int(float(str(second)))) if second else None)


def _repeat(a: Asked) -> Result:
    again = elsewhere(a.before, a.scenes())
    if not again:
        raise Doubt(f"What shall I do in scene {a.scenes()[0]}?" if a.has("scenes") else "What shall I do there?")
    return again


def _instead(a: Asked) -> Result:
    """ "I meant 4", "not 3, 4": the last edit, in another scene."""
    right = a.scenes("right") if a.has("right") else a.scenes()
    wrong: int | None = None
    if a.has("wrong"):
        wrong = a.value("scenes", "wrong").positions[0]
    elif any(item.word == "not" for item in a.clause):
        if len(right) != 2:
            return Say("All right, I leave that as it is.")
        wrong, right = right[0], right[1:]
    calls = a.before
    if not a.corrects_itself:
        right = _as_before(right, calls)
    again = elsewhere(calls, right, wrong)
    if not again:
        raise Doubt("What shall I do instead?")
    if wrong is None and len({str(each["args"].get("scenes") or each["args"].get("scene")) for each in calls}) > 1:
        raise Doubt("In place of which scene?")
    return Instead(tuple(again))


def _as_before(positions: list[int], calls: Sequence[Call]) -> list[int]:
    """Positions on the board before a deletion that is taken back, as positions on the present one."""
    gone = [p for each in calls if each["name"] == "delete_scenes" for p in each["args"]["scenes"]]
    return [p - sum(1 for g in gone if isinstance(g, int) and g < p) for p in positions]


def _instead_of_someone(a: Asked) -> Result:
    name = a.name(a.character())
    changed = [
        {"name": each["name"], "args": each["args"] | {key: name}}
        for each in a.before
        for key in ("character", "name")
        if key in each["args"] and (key == "character" or each["name"] == "add_character")
    ]
    if not changed:
        raise Doubt(f"What shall I do with {name}?")
    return Instead(tuple(changed))


INTENTS = (
    Intent(
        "the same elsewhere",
        (
            "[do|make|give] same [thing] [as|for|to|with|in] {scenes} [too]",
            "[do|make] [it|that] [for|to|with|in] {scenes} too",
            "{scenes} too|same",
            "too {scenes}",
            "what|how about {scenes} [too]",
            "do it|that|same [there|here] too",
            "do it|that|same there|here",
        ),
        _repeat,
        ("and 5 too", "same for 2 and 7"),
    ),
    Intent(
        "I meant",
        (
            "[no|not|wait|sorry|oops|actually] [wait|sorry|actually] mean {scenes}",
            "no|wait|sorry|oops|actually [no|wait|sorry|actually|mean] {scenes}",
            "not {scenes}",
            "not {wrong:scenes} [but|rather] {right:scenes}",
            "{right:scenes} not {wrong:scenes}",
            "{scenes} instead",
        ),
        _instead,
        ("I meant 4", "not 3, 4"),
    ),
    Intent(
        "I meant someone else",
        ("[no|not|wait|sorry|oops] [wait|sorry] mean {character}", "no|sorry|oops {character}"),
        _instead_of_someone,
        ("I meant the fox",),
    ),
    Intent(
        "undo",
        (
            f"undo [that|it|this|last|all] [#] [{DID}]",
            f"undo [last|#] {{num}} [{DID}]",
            f"[restore|pick|fond|want|take] [better|back] {{num}} {DID} ago|earlier",
            f"undo [{{scenes}}] {DID}",
            f"restore [{{num}}] {DID}",
            f"restore {{scenes}} {DID}",
            "restore [it|that|this] [back]",
            "change|set [it|that|this] restore|back",
            "delete [my] {scenes} change|edit|changes|edits",
        ),
        _undo,
        ("undo", "undo the last two changes", "take that back"),
    ),
    Intent(
        "undo all",
        ("undo|redo everything|{scenes}", "undo {what...}"),
        _undo_all,
        ("undo everything",),
    ),
    Intent(
        "bring back",
        (
            "bring|restore|put|give|get {scenes}|{character} back|restore",
            "bring|restore {scenes}|{character}|it|that",
            "bring|put|give it|that|this|them back",
        ),
        _bring_back,
        ("bring scene 3 back",),
    ),
    Intent(
        "redo",
        (f"redo [that|it|this] [{{num}}] [{DID}]", f"redo {{scenes}} {DID}"),
        lambda a: call("redo", steps=a.number() if a.has("num") and a.number() > 0 else None),
        ("redo",),
    ),
    Intent(
        "restore",
        (
            "[restore|use|take|want|show|make|give|open] [back] [to] {version} [back|again]",
            "restore [me] [back] [to] {when...}",
            "take [me|it|everything|board] [back] to {when...}",
            "take [me|it|everything|board] back|restore {when...}",
            "start over|again with|from|at {when...}",
            "want|make|give|take|bring [it|everything|the] [back|restore] [to] {when...} restore|back",
            "make|put [it|everything] back|restore|like [to|the] [way|how] [it|was] {when...}",
            "restore [to|the] version [where|when|with|of|in] {when...}",
        ),
        _restore,
        ("go back to version 2", "go back to before the rain", "restore the first version"),
    ),
    Intent(
        "take from a version",
        (
            (
                "[take|use|restore|get|put|want|give|bring|duplicate|show|pick|need|back] [old|previous] "
                "[version|look] {scenes} [back] from|of|in|as|like|as_it_is [in] {version} [again|back]"
            ),
            "from|in {version} take|use|restore|get {scenes}",
            (
                "[pick|fond] {scenes} better [in|from|as|back] {version} [, [and] bring|take|use|get|put|restore [#] "
                "[back|restore]]"
            ),
            "pick|fond {version} [of|for] {scenes} [better|more]",
            "{scenes} [as|as_it_is] [it] [was] [from|of|in|as|like] {version}",
            "[restore|take|put|bring|make|want] {scenes} [back] as_it_is {when...}",
            (
                "[restore|take|put|bring|make|want] {scenes} [back] like|as|to [how|what|the] [way|how] [it|they] "
                "was|were|looked {when...}"
            ),
        ),
        _take,
        ("take scene 3 from version 2", "scene 4 as it was before the rain"),
    ),
    Intent(
        "branch",
        (
            "branch [off] [from|at|of] [{version}]",
            "start|make [new|another|separate] board|branch|copy [from|of] [{version}]",
            "make|start branch [from|of] [{version}]",
            "duplicate board",
            "[export|keep|make|start] [it|that] [as] [new] branch|board|copy|duplicate call|called|named {title...}",
        ),
        lambda a: call(
            "branch",
            version=_version(a, a.value("version")) if a.has("version") else None,
            title=a.text("title") if a.has("title") else None,
        ),
        ("branch from version 3", "save this as a new branch called The Sad Ending"),
    ),
    Intent(
        "compare",
        (
            "compare [version|versions|candidates] {nums}",
            "compare {first:version} [with|to|and|against|vs] {second:version}",
            "compare {first:version} [with|to|and|against|vs] {other:num}",
            "compare {first:version} [with|to] [now|current|present|this|today]",
            (
                "[what|which|how] [is|are|did] change|compare|different between {first:version} [and|to|with] "
                "{second:version}"
            ),
            "[what|which|how] [is|are|did] change|compare|different between {first:version} [and|to|with] {other:num}",
            "[show|tell] compare {nums} [and|with|to] [now|current|present|this|today]",
            "what change from {first:version} to {second:version}",
            "[tell|show|see] what|how [did|does|do|was|is] {first:version} [look|describe|be]",
            "how|where [do|does] {first:version} differ|different|compare from|to|and|with {second:version}",
        ),
        _compare,
        ("compare 2 and 5", "what changed between version 1 and 3?", "what did version 2 look like?"),
        asks=True,
    ),
    Intent(
        "what changed",
        (
            "what [did|have|has] [you|just] change|do|edit [just|last|now|#] [time]",
            "[tell|show] what change [in|at|with] {version}",
            "what [did|does] {version} change|do",
            "what {scenes} change",
            "did [anything|something|you] change [anything|something]",
            "what|which is|was different|new [now]",
        ),
        lambda a: call("what_changed", version=_version(a, a.value("version")) if a.has("version") else None),
        ("what did you just change?", "what changed in version 3?"),
        asks=True,
    ),
    Intent(
        "versions",
        (
            (
                "[show|list|see|what|which|tell|give] [me] [all] versions|candidates "
                "[there|have|exist|of|board|list|so|far]"
            ),
            "list|show|see [all] [version|versions] versions",
            "many versions|candidates [there|have]",
            "what [have] i|we change|do|edit [so] [far]",
            "[which|what] version",
        ),
        lambda a: call("list_versions"),
        ("show me all versions",),
        asks=True,
    ),
    Intent(
        "delete the board",
        (
            "delete|clear|reset|empty [this|whole|entire|my] board|story|project",
            "delete|clear everything",
            "start from scratch",
        ),
        lambda a: call("delete_storyboard"),
        ("delete this board",),
        destructive=True,
    ),
    Intent(
        "delete the conversation",
        ("delete [this|whole|entire|my|our|all] conversation|chat|messages", "clear conversation|chat"),
        lambda a: call("delete_conversation"),
        ("delete this conversation",),
        destructive=True,
    ),
)
