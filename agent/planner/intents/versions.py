"""Saved versions: back and forth, comparing, taking scenes over."""

from __future__ import annotations

import re

from agent.planner.intents.kit import Asked, Call, Doubt, Intent, call

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
    if re.fullmatch(
        r"(?:the )?(?:original|start|beginning|first|very first|initial)(?: (?:one|version|board|story|state|state of things))?",
        words.lower(),
    ):
        return call("restore", version=1)
    return call("restore", description=words)


def _undo(a: Asked) -> Call:
    a.require_board()
    return call("undo", steps=a.number() if a.has("num") and a.number() > 0 else None)


def _take(a: Asked) -> Call:
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


INTENTS = (
    Intent(
        "undo",
        (
            f"undo [that|it|this|last|all] [#] [{DID}]",
            f"undo [last] {{num}} [{DID}]",
            f"undo [{{scenes}}] {DID}",
            f"restore [{{num}}] {DID}",
            f"restore {{scenes}} {DID}",
            "restore [it|that|this]",
            "delete [my] {scenes} change|edit|changes|edits",
        ),
        _undo,
        ("undo", "undo the last two changes", "take that back"),
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
            "restore|take [me] [back] [to] {when...}",
            "[want|make|give|take|bring] [it|everything|the] [back|restore] [to] {when...} restore|back",
            "make|put [it|everything] back|restore|like [to|the] [way|how] [it|was] {when...}",
            "restore [to|the] version [where|when|with|before|of|in] {when...}",
        ),
        _restore,
        ("go back to version 2", "go back to before the rain", "restore the first version"),
    ),
    Intent(
        "take from a version",
        (
            "[take|use|restore|get|put|want|give|bring|copy|show|pick|need] {scenes} [back] from|of|in|as|like {version} [again|back]",
            "from|in {version} take|use|restore|get {scenes}",
            "[pick|like] {scenes} better [in|from|as] {version}",
            "{scenes} [from|of|in|as|like] {version}",
        ),
        _take,
        ("take scene 3 from version 2",),
    ),
    Intent(
        "branch",
        (
            "branch [off] [from|at|of] [{version}]",
            "start|make [new|another|separate] board|branch|copy [from|of] [{version}]",
            "make branch [from|of] [{version}]",
            "duplicate board",
        ),
        lambda a: call("branch", version=_version(a, a.value("version")) if a.has("version") else None),
        ("branch from version 3",),
    ),
    Intent(
        "compare",
        (
            "compare [version|versions|candidates] {nums}",
            "compare {first:version} [with|to|and|against|vs] {second:version}",
            "compare {first:version} [with|to|and|against|vs] {other:num}",
            "compare {first:version} [with|to] [now|current|present|this|today]",
            "[what|which|how] [is|are|did] change|compare|different between {first:version} [and|to|with] {second:version}",
            "[what|which|how] [is|are|did] change|compare|different between {first:version} [and|to|with] {other:num}",
            "what change from {first:version} to {second:version}",
        ),
        _compare,
        ("compare 2 and 5", "what changed between version 1 and 3?"),
        asks=True,
    ),
    Intent(
        "what changed",
        (
            "what [did|have|has] [you|just] change|do|edit [just|last|now]",
            "[tell|show] what change [in|at|with] {version}",
            "what [did|does] {version} change|do",
            "what {scenes} change",
            "what|which is|was different|new [now]",
        ),
        lambda a: call("what_changed", version=_version(a, a.value("version")) if a.has("version") else None),
        ("what did you just change?", "what changed in version 3?"),
        asks=True,
    ),
    Intent(
        "versions",
        (
            "[show|list|see|what|which|tell|give] [me] [all] versions|candidates [there|have|exist|of|board|list|so|far]",
            "list|show|see [all] [version|versions] versions",
            "many versions|candidates [there|have]",
            "[which|what] version",
        ),
        lambda a: call("list_versions"),
        ("show me all versions",),
        asks=True,
    ),
    Intent(
        "delete the board",
        ("delete [this|whole|entire|my] board|story|project", "delete everything", "start from scratch"),
        lambda a: call("delete_storyboard"),
        ("delete this board",),
    ),
    Intent(
        "delete the conversation",
        ("delete [this|whole|entire|my|our|all] conversation|chat|messages", "clear conversation|chat"),
        lambda a: call("delete_conversation"),
        ("delete this conversation",),
    ),
)
