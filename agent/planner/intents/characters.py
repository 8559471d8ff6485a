"""Who is in the story, how they look, and in which scenes they are."""

from __future__ import annotations

import re

from agent.language import participle
from agent.planner.intents.describing import bare, is_look, looking, topic_looks
from agent.planner.intents.kit import Asked, Call, Choice, Doubt, Intent, Say, call, can_be_seen, unread
from agent.requests.lexicon import LEXICON

__all__ = ["INTENTS"]

SINCE = "[from_here|{since}]"
ALTOGETHER = frozenset(("story", "board", "everywhere", "altogether", "completely", "entirely"))
_NEW = re.compile(
    r"^(?P<name>[^,:;(]+?)\s*(?:[,:;(]|\s-\s|\bwho\b|\bis\b|\bwith\b)\s*(?P<description>.+?)\)?$", re.IGNORECASE
)


def _first(a: Asked) -> int | None:
    """The scene from which on something holds; None for the whole story."""
    if a.has("since"):
        return min(a.scenes("since"))
    if any(item.word == "from_here" for item in a.clause):
        if not a.index.focus and not a.spoken and "scenes" not in a.given:
            raise Doubt(
                "From which scene on?",
                "scenes",
                [Choice(a.index.label(p), (p,)) for p in range(1, a.index.count + 1)][:8],
            )
        return min(a.scenes(""))
    return None


def _describe(a: Asked) -> list[Call]:
    words = _said(a)
    if not a.item("character").values["character"] and a.topic.thing:  # "I cannot see the stars, make them bigger"
        return [topic_looks(a, words)]
    if deed := _deed(a, words):
        return [call("edit_scenes", scenes=_places(a), action=f"{a.names()} {deed}")]
    return [_described(a, a.name(who), words) for who in a.characters()]


def _all_look(a: Asked) -> list[Call]:
    """ "Everyone wears a coat from 4 on"."""
    a.require_board()
    words, since = _said(a), _first(a)
    placed = any("scenes" in item.values for item in a.match.slots["what"])
    if placed or words.split()[0].lower() in LEXICON.grammar["deeds"]:  # "make everyone wave", "happy in 5"
        raise unread(a.message.raw(a.clause))
    names = [one.name for one in a.index.board.characters]
    return [call("describe_character", character=name, description=words, from_scene=since) for name in names]


def _described(a: Asked, name: str, words: str) -> Call:
    if _is_deed(a):
        raise unread(a.message.raw(a.clause))
    if re.match(r"(?:not|never|no longer)\b|\w+n['’]t\b", words, re.IGNORECASE):
        raise Doubt(f"How should {name} look instead?")
    if a.topic.character == name and a.topic.scenes and not a.has("since"):  # "he is too big in 6, make him tiny"
        return call("edit_scenes", scenes=list(a.topic.scenes), add_objects=[looking(name, words)])
    if a.has("scenes") and is_look(a, words):  # "can the wolf be bigger in 4?"
        return call("edit_scenes", scenes=a.scenes(), add_objects=[looking(name, words)])
    if a.has("scenes"):  # "in scene 4 the wolf is howling" is no description of the wolf
        return call("edit_scenes", scenes=a.scenes(), action=f"{name} {words}")
    if _is_kind(a, words):
        if name.lower().startswith(("the ", "a ", "an ")):  # "make the wolf a bear": someone else
            return call("swap_character", character=name, by=re.sub(r"^an? ", "", words))
        return call("describe_character", character=name, description=words, replace=True)
    return call("describe_character", character=name, description=words, from_scene=_first(a))


def _said(a: Asked) -> str:
    """The look that a request names, as words of a description. Raises Doubt where it can be none."""
    words = re.sub(r"(?:^|\s+)(?:everywhere|throughout|all the time|in every scene)$", "", a.text("what"))
    if a.has("part"):
        part = a.text("part")
        short = len(words.split()) <= 2 and not words.startswith(("like", "as "))
        words = f"{words} {part}" if short else f"{part} {words}"
    whole = a.match.slots["what"]
    if a.names_scenes("what") or (len(whole) == 1 and "character" in whole[0].values):  # "give the wolf to Mira"
        raise unread(a.message.raw(a.clause))
    words = re.sub(r"^(?:to be|be|being|wearing|to have|to wear|having)\s+", "", words)
    if not can_be_seen(words):
        raise unread(words)
    return words


def _is_kind(a: Asked, words: str) -> bool:
    """ "Make Otto a young man": what somebody is, and no detail of how they look."""
    told = any(item.word in {"make", "change"} for item in a.clause)
    return told and not a.has("since") and re.fullmatch(r"an? \w+(?: \w+)?", words) is not None


def _places(a: Asked) -> list[int]:
    """The scenes that a deed is for: named by their place ("wave from the harbor"), or as ever."""
    at = re.search(r"\b(?:from|in|at|on|by) the (\w+)$", a.text("what"))
    return list(a.index.placed([at[1].lower()]) if at else ()) or a.scenes()


def _redescribe(a: Asked) -> Call:
    return call("describe_character", character=a.name(a.character()), description=a.text("what"), replace=True)


def _not_enough(a: Asked) -> list[Call]:
    """ "The wolf is not scary enough": everywhere, or in the scenes that are named."""
    words = f"very {re.sub(r'^very ', '', a.seen('what'))}"
    if a.has("scenes"):
        return [call("edit_scenes", scenes=a.scenes(), add_objects=[looking(a.names(), words)])]
    return [call("describe_character", character=a.name(who), description=words) for who in a.characters()]


def _wears_here(a: Asked) -> Call:
    who = a.character()
    scenes = a.scenes()
    always = a.every() or (len(scenes) > 1 and tuple(scenes) == a.index.with_character(a.characters()))
    if always and not a.item("character").values.get("with"):
        return call("describe_character", character=a.name(who), description=a.text("what"))
    if any(item.word == "give" for item in a.clause):
        return call("edit_scenes", scenes=scenes, add_objects=[f"{a.names()} with {a.seen('what')}"])
    if any(item.word == "until" for item in a.clause):
        scenes = [p for p in range(1, max(scenes) + 1) if who in a.index.board.scenes[p - 1].characters]
    held = any(a.message.raw([item]).lower().startswith(("hold", "carr")) for item in a.clause if item.word == "has")
    if held:
        return call("edit_scenes", scenes=scenes, action=f"{a.names()} holding {a.seen('what')}")
    return call("edit_scenes", scenes=scenes, add_objects=[f"{a.names()} wearing {a.text('what')}"])


def _is_deed(a: Asked) -> bool:
    """ "Have the baker wave" is no look of his; "have him be taller" is."""
    causing = any(item.word == "make" and a.message.raw([item]).lower() in {"have", "let"} for item in a.clause)
    return causing and not any(item.word in {"be", "look", "wears", "has", "with", "in"} for item in a.clause)


def _deed(a: Asked, words: str) -> str:
    """ "Make Pim dance" is what he does: "dancing"; "" for a look."""
    verb, _, rest = words.partition(" ")
    told = a.clause and any(item.word in {"make", "want", "let"} for item in a.clause)
    if not told or verb.lower() not in LEXICON.grammar["deeds"]:
        return ""
    rest = re.sub(r"\b(?:in|on|at)\s+(?:it|there|that|this)\b", "", rest).strip()
    return f"{participle(verb.lower())} {rest}".strip()


def _looks_here(a: Asked) -> Call:
    return call("edit_scenes", scenes=a.scenes(), add_objects=[f"{a.names()} looking {a.seen('what')}"])


def _rename(a: Asked) -> Call:
    name = a.text("name")
    return call("rename_character", character=a.name(a.character()), name=name[:1].upper() + name[1:])


def _add(a: Asked) -> list[Call]:
    return [call("add_character", name=a.name(who), scenes=a.where()) for who in a.characters()]


def _present(a: Asked) -> list[Call]:
    """ "Does the dog appear in 7? He should"."""
    if a.topic.kind != "presence" or not a.topic.scenes:
        raise unread(a.message.raw(a.clause))
    return [call("add_character", name=a.name(who), scenes=list(a.topic.scenes)) for who in a.characters()]


def _remove(a: Asked) -> list[Call]:
    if not (a.has("scenes") or a.spoken or any(item.word in {"there", "here"} for item in a.clause)):
        return _remove_somewhere(a)
    scenes = None if a.every() else a.scenes()
    return [call("remove_character", character=a.name(who), scenes=scenes) for who in a.characters()]


def _remove_somewhere(a: Asked) -> list[Call]:
    if a.topic.kind == "presence" and a.topic.scenes and not a.topic.character:  # "who is in 6? remove the fox"
        return [call("remove_character", character=a.name(one), scenes=list(a.topic.scenes)) for one in a.characters()]
    who = a.characters()
    names = [a.name(one) for one in who]
    if {item.word for item in a.clause} & ALTOGETHER:
        return [call("remove_character", character=name) for name in names]
    places = [p for p in a.index.with_character(who) if set(who) <= set(a.index.board.scenes[p - 1].characters)]
    choices = [Choice("from the whole story", tuple(call("remove_character", character=name) for name in names))]
    choices += [
        Choice(f"from scene {p}", tuple(call("remove_character", character=name, scenes=[p]) for name in names))
        for p in places[:6]
    ]
    raise Doubt(f"From where shall I remove {a.names()}?", "calls", choices)


def _replace(a: Asked) -> Call:
    both = a.characters()
    if len(both) == 2 and not (a.has("by") or a.has("new")):
        first, by = both
        return call(
            "swap_character", character=a.name(first), by=a.name(by), scenes=a.scenes() if a.has("scenes") else None
        )
    by = a.name(a.character("by")) if a.has("by") else re.sub(r"^(?:an?|the)\s+", "", a.text("new"))
    return call(
        "swap_character", character=a.name(a.character()), by=by, scenes=a.scenes() if a.has("scenes") else None
    )


def _alone(a: Asked) -> list[Call] | Say:
    """Everyone out of these scenes, but who is named."""
    kept = a.characters() if a.has("character") else []
    gone = [
        call("remove_character", character=a.name(other), scenes=[position])
        for position in a.scenes(missing="From which scene shall everybody go?", remembered=False)
        for other in a.index.board.scenes[position - 1].characters
        if other not in kept
    ]
    return gone or Say("Nobody else is there, so nothing was changed." if kept else "Nobody is there as it is.")


def _empty_place(a: Asked) -> list[Call] | Say:
    """ "An empty beach in 1": nobody is on it."""
    if not set(a.scenes()) <= set(a.index.placed(bare(a.text("what")).lower().split())):
        raise unread(a.message.raw(a.clause))
    return _alone(a)


def _everyone(a: Asked) -> list[Call]:
    scenes = a.scenes()
    return [call("add_character", name=character.name, scenes=scenes) for character in a.index.board.characters]


def _new(a: Asked) -> Call:
    a.require_board()
    text = a.text("text")
    found = _NEW.match(text)
    name, description = (found["name"], found["description"]) if found else (text, "")
    if len(name.split()) > 4:
        name, description = name.split()[0], text
    return call(
        "add_character",
        name=name.strip(" ,:“”\"'"),
        description=re.sub(r"^(?:is|who is|who has|with)\s+", "", description),
        scenes=a.scenes() if a.has("scenes") else None,
    )


INTENTS = (
    Intent(
        "rename",
        (
            "rename {character} [to|as|into] {name...}",
            "call {character} {name...}",
            "[@change] {character} [be|is|should] call|rename [be] {name...}",
            "[@change] {character} 's call [to|be|is|should] {name...}",
            "[@change] [the] call|title of {character} [to|be|is|should] {name...}",
            "[@change] call {character} [to|be] {name...}",
            "[make] {character} be|is call|rename {name...}",
        ),
        _rename,
        ("rename Mira to Mara", "Mira's name should be Lena", "the fox is called Ember"),
    ),
    Intent(
        "how someone looks",
        (
            (
                f"{SINCE} [give|make|want|let|dress] {{character}} [should|must|to|also] wears|has|with "
                f"{{what...}} {SINCE}"
            ),
            (
                f"{SINCE} {{character}} needs|should|must|is|are|has|gets|look|looks|be|was [also] [look|be] "
                f"{{what...}} {SINCE}"
            ),
            f"{SINCE} give|make|want|dress|change|turn {{character}} [look|be|to|into] {{what...}} {SINCE}",
            (
                f"{SINCE} [give|make|want|@change] {{character}} 's {{part...}} "
                f"be|is|should|to|are|turn|into|look {{what...}} {SINCE}"
            ),
            f"{SINCE} give|make|want|change|turn|colour {{character}} 's {{part...}} {{what...}} {SINCE}",
            f"{SINCE} give|make|want {{character}} 's {{what...}} {SINCE}",
            f"{SINCE} [put|dress] {{character}} in {{what...}} {SINCE}",
            f"{SINCE} add|put|give {{what...}} to|on|onto {{character}} {SINCE}",
            "from_here|{since} {character} {what...}",
            "{character} {what...} from_here|{since}",
        ),
        _describe,
        (
            "the fox wears a red scarf from here on",
            "Mira has short black hair",
            "from 5 on Mira wears a green cloak",
            "make the wolf white",
            "put a hat on Otto",
        ),
    ),
    Intent(
        "how everyone looks",
        (
            f"{SINCE} [make|want|let|dress] everyone [should|must|to|also] wears|has|in {{what...}} {SINCE}",
            f"{SINCE} make|dress everyone [look|be] {{what...}} {SINCE}",
            f"{SINCE} everyone needs|should|must|is|looks [look|be] {{what...}} {SINCE}",
        ),
        _all_look,
        ("everyone wears winter clothes from 4 on",),
        last_resort=1,
    ),
    Intent(
        "a new description",
        ("describe {character} [as|to|into|:] {what...}", "[@change] description {character} [:|to|be] {what...}"),
        _redescribe,
        ("describe Mira as a tall girl with freckles",),
    ),
    Intent(
        "worn in some scenes",
        (
            "[make|give|put|let] {character} [should|to] wears|has|in|with {what...} [only] in|for|on|at {scenes}",
            "in|for|until {scenes} [only] {character} wears|has|in {what...}",
            "give {character} {what...} [only] in|for|on|at {scenes}",
            "{character} wears|has {what...} {scenes}",
            "{character} wears|has {what...} until {scenes}",
        ),
        _wears_here,
        ("Mira wears a straw hat in 2",),
    ),
    Intent(
        "how someone looks in some scenes",
        ("[make|want] {character} in|on|at {scenes} should|be|look|looks|needs [look|be] {what...}",),
        _looks_here,
        ("the fox in 5 should look sadder",),
    ),
    Intent(
        "alone",
        ("[make] {character} [be] alone [in|on] {scenes}", "[make] ({scenes} & only|just {character})"),
        _alone,
        ("Mira should be alone in 3",),
    ),
    Intent(
        "nobody",
        (
            "[make|want] nobody [be] in|on|at {scenes}",
            "{scenes} should|must|needs [be] empty",
            "make|want|keep {scenes} empty",
            "delete everyone|character [out] [of|from|in] [{scenes}]",
            "take|get everyone|character out|away [of|from|in] [{scenes}]",
            "no|without character|everyone [at] [all] in|on|at {scenes}",
            "{scenes} no|without character|everyone|nobody",
        ),
        _alone,
        ("nobody should be in 1",),
        destructive=True,
    ),
    Intent(
        "nobody else",
        (
            "delete everyone|character except|but {character} [out] [of|from|in] {scenes}",
            "take|get everyone|character out|away [of|from|in] {scenes} except|but {character}",
            "delete everyone|character [out] [of|from|in] {scenes} except|but {character}",
            "nobody|everyone except|but {character} [leave|go|be|away|out] in|on|at|from|of {scenes}",
            "everyone except|but {character} leave {scenes}",
        ),
        _alone,
        ("remove everybody but Mira from 8",),
        destructive=True,
    ),
    Intent(
        "an empty place",
        ("[make|want|show] empty {what...} in|on|at|for {scenes}",),
        _empty_place,
        ("an empty beach in 1",),
    ),
    Intent(
        "not enough of someone",
        ("{character} not [look|looks|seem|seems] {what...} enough [in|on|at] [{scenes}]",),
        _not_enough,
        ("the wolf isn't scary enough",),
    ),
    Intent(
        "into a scene",
        (
            "add|put|include|move|bring {character} [back] [in|into|to|on] {scenes}",
            "{character} [should|be|join|appear|also|go|come] in|into|to|join|merge|appear [be] {scenes}",
            "[make|let|want|see] {character} [join|come|go|appear|be|merge] [in|on|into] {scenes}",
            "{scenes} {character} too|appears|appear|join",
            "{character} missing|absent [in|from] {scenes}",
            "add|put|include {character} [too]",
            "[add|put] {character} {scenes}",
        ),
        _add,
        ("add the fox to 4", "put Otto in 1 and 7", "Otto should also be in scene 2"),
    ),
    Intent(
        "should be there",
        ("{character} should|must|ought|needs [be] [in] [there|here|it|too]",),
        _present,
        ("the fox should be there",),
    ),
    Intent(
        "everyone into a scene",
        ("[add|put|make] everyone [be] [in|into|to] {scenes}",),
        _everyone,
        ("everyone should be in 8",),
    ),
    Intent(
        "out of a scene",
        (
            "delete {character} [out] [of|from|in] {scenes}",
            "take|get|make|leave|move {character} out|disappear|away [of|from|in] {scenes}",
            "no|without {character} [any|more|anymore] [in] {scenes} [any|more|anymore]",
            "there no {character} [any] [more] in {scenes} [any|more]",
            "{scenes} without|no {character}",
            "{character} not|leave [be] [in] {scenes} [any|more|anymore]",
            "not want|see {character} [in] {scenes}",
            "delete {character} [out] [of|from|in] there|here",
            "take|get|send {character} out|away [of|from] [there|here]",
        ),
        _remove,
        ("remove the dog from 3", "take Mira out of the last scene"),
        destructive=True,
    ),
    Intent(
        "out of the story",
        (
            (
                "delete|take {character} [out] [completely|altogether|entirely] [from|of] "
                "story|board|everywhere|altogether|completely"
            ),
            "delete {character} [everywhere|altogether|completely|entirely]",
        ),
        _remove_somewhere,
        ("delete the wolf from the story",),
        destructive=True,
    ),
    Intent(
        "instead of someone",
        (
            "replace|swap|change {character} [with|by|for|to|into] {by:character} [in] [{scenes}]",
            "replace|swap {character} with|by|for {new...} in {scenes}",
            "replace|swap {character} with|by|for {new...}",
            "in {scenes} replace|swap {character} with|by|for {by:character}",
            "{by:character} instead of {character} [in] {scenes}",
            "use {by:character} instead of {character} [in] [{scenes}]",
        ),
        _replace,
        ("replace the fox with the wolf in 6",),
    ),
    Intent(
        "a new character",
        (
            "add|make|new|invent [a] [new] character [to|in] [{scenes}] [call|rename|:|,] {text...}",
            "new|another character [call|rename|:|,] {text...}",
        ),
        _new,
        ("add a new character: Nell, a lighthouse keeper with a silver braid",),
    ),
)
