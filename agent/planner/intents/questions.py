"""Questions about the board."""

from __future__ import annotations

import re

from agent.planner.intents.describing import IN, bare
from agent.planner.intents.kit import Asked, Call, Intent, Say, call
from agent.requests.board_index import stem, words_of
from db.board import Character

__all__ = ["INTENTS"]

TELL = "tell|show|know|say|see"


def _who(a: Asked) -> Call:
    a.require_board()
    return call(
        "who_is_where",
        character=a.name(a.character()) if a.has("character") else None,
        scenes=a.scenes() if a.has("scenes") and not a.every() else None,
    )


def _about(a: Asked) -> Call:
    a.require_board()
    return call("describe_board", scenes=a.scenes() if a.has("scenes") and not a.every() else None)


def _pending(a: Asked) -> Call:
    a.require_board()
    return call("explain_pending", scenes=a.scenes() if a.has("scenes") and not a.every() else None)


def _which(a: Asked) -> Call | Say:
    a.require_board()
    said = str(next(iter(a.item("detail").values.values()))) if a.has("detail") else _asked_for(a.text("what"))
    found = a.index.about(said.lower().split(), best_only=True)
    if not found:
        return Say("I cannot find that on the board.", lost=True)
    return call("describe_board", scenes=sorted(found[:6]), about=None if a.has("detail") else said)


def _who_looks(a: Asked) -> list[Call] | Say:
    """ "Who has a hat?": by what the characters look like, else by what the scenes tell."""
    a.require_board()
    wanted = {stem(word) for word in words_of(bare(a.text("what")))}
    fitting = [
        one
        for one in a.index.board.characters
        if wanted <= {stem(word) for text in (one.description, *_changes(one)) for word in words_of(text)}
    ]
    if fitting:
        return [call("who_is_where", character=one.name) for one in fitting[:4]]
    found = _which(a)
    return Say("Nobody on the board is described so.", lost=True) if isinstance(found, Say) else [found]


def _changes(one: Character) -> list[str]:
    return [change.description for change in one.changes]


def _an_end(a: Asked) -> Call:
    """ "How does the story end?" """
    a.require_board()
    ending = any(item.word in {"end", "ends", "ending", "finish", "finishes"} for item in a.clause)
    return call("describe_board", scenes=[a.index.count if ending else 1])


def _asked_for(words: str) -> str:
    """ "one is the kitchen" -> "kitchen", "the moon anywhere" -> "moon"."""
    words = re.sub(r"^(?:(?:ones?|is|are|has|have|does|do)\s+)+", "", words, flags=re.IGNORECASE)
    return bare(re.sub(r"\s+(?:anywhere|somewhere|ever|at all)$", "", words, flags=re.IGNORECASE)) or words


def _not_in(a: Asked) -> Call | Say:
    there = a.index.with_character([a.character()])
    elsewhere = [place for place in range(1, a.index.count + 1) if place not in there]
    if not elsewhere:
        return Say(f"{a.name(a.character())} is in every scene.")
    return call("describe_board", scenes=elsewhere)


def _both(a: Asked) -> Call:
    return call("describe_board", scenes=list(dict.fromkeys([*a.scenes(), *a.scenes("other")])))


def _is_so(a: Asked) -> Call:
    """ "Is it raining in 5?" """
    item = a.item("detail")
    said = next((str(item.values[kind]) for kind in ("weather", "time", "look") if kind in item.values), None)
    return call("describe_board", scenes=a.scenes(), about=said)


def _has(a: Asked) -> Call:
    """ "Is there a rope in 5?": about that scene, and of "it" the rope is meant further on."""
    return call("describe_board", scenes=a.scenes(), about=bare(a.text("what")))


def _neighbour(a: Asked) -> Call | Say:
    """ "Which scene comes after the bridge?" """
    a.require_board()
    before = any(item.word in {"before", "precedes", "precede"} for item in a.clause)
    side, step = ("before", -1) if before else ("after", 1)
    places = a.index.about(a.text("near").lower().split(), best_only=True) if a.has("near") else a.scenes("other")
    if not places:
        return Say("I cannot find that on the board.")
    place = (min(places) if before else max(places)) + step
    if not 1 <= place <= a.index.count:
        return Say(f"Nothing comes {side} scene {place - step}: it is {'the first' if before else 'the last'}.")
    return call("describe_board", scenes=[place])


INTENTS = (
    Intent(
        "who is where",
        (
            "who [appear|is|all|else] [in|on|at] {scenes}",
            "who [appear|is] there|here|it|that",
            "[tell|show] who everyone",
            (
                "how many scenes|panels|pictures|images|drawings [has|show|is|does|do|are] {character} [appear] "
                "[in] [it|them]"
            ),
            "[tell|show|know] who [appear|is|all] [in|on|at] {scenes}",
            (
                "where|which|what|when [scenes|panels|pictures|in] [does|do|is|are|did|can|has|show|see] "
                "{character} [show|appear|turn|seen|be|in|go|come|occur|has] [up|in]"
            ),
            "is|are|does [there] {character} [appear|also|be|seen|already|still] [in|on] {scenes}",
            "is|are|does [there] {character} [in|on] it|that|there",
            "can|could you|i see {character} [in|on] {scenes}",
            (
                "what|how [does|do|is|are|should|did] {character} [look|wears|describe|has|be|appearance] [like] "
                "[in|at] [{scenes}]"
            ),
            "describe {character} [in] [{scenes}]",
            "[list|show|call|who|what|tell] [all|are] [the] character [there|in|story|board|have|are]",
            "who [is|are] [all] character|everyone|{character}",
            "list|show|who|tell character {scenes}",
            "which character [are|is|appear] [in] {scenes}",
            "what [is|are|does] {character} [call|called|title]",
            "who {what...} in|on|at {scenes}",
            "is|are|does {scenes} has|make|show|contain {character} [in] [it]",
        ),
        _who,
        ("who is in scene 5?", "where does the wolf show up?", "what does Mira look like?", "list the characters"),
        asks=True,
    ),
    Intent(
        "about scenes",
        (
            (
                "what|tell|show|describe|read|see|explain [me] "
                "[happen|about|is|does|goes|go|all|text|of|with|story|up] [in|on|of] {scenes} "
                "[about|say|like|show|contain]"
            ),
            "what [does] {scenes} [look|say|show|about]",
            (
                "what|how [is|are] [there] [the] "
                "time|time_of_day|weather|mood|setting|shot|camera|text|title|note|last_for|seed|happen|action "
                "[of|in|for|does] {scenes} [has|use|last_for]"
            ),
            "why {scenes} {detail}",
            "is|are {scenes} locked|lock|drawn|ready|as_it_is",
            "which|what scenes|panels|scene|panel|ones|one|pictures [is|are] locked|lock",
            "where [is|does|do] {scenes}",
            "when [is|does] {scenes} [happen]",
            "how long [is|does] [{scenes}] [last_for]",
        ),
        _about,
        ("what happens in scene 6?", "tell me about panel 7", "is scene 2 locked?"),
        asks=True,
    ),
    Intent(
        "a look at pictures",
        ("[can|could|please] [you] look [closely|again] at {scenes}",),
        lambda a: call("look_at", scenes=a.scenes()),
        ("look at 3",),
        asks=True,
    ),
    Intent(
        "styles",
        (
            (
                "[what|which|list|show|tell|name|see] [all] styles "
                "[there|have|know|can|exist|available|offer|choose|possible|catalogue|use]"
            ),
            "list style",
            "style list|catalogue",
        ),
        lambda a: call("list_styles"),
        ("what styles are there?",),
        asks=True,
    ),
    Intent(
        "about the board",
        (
            (
                "how many|long|much [scenes|panels|pictures|steps|character|board|story] "
                "[there|have|has|use|does|do|it|board|story|we|got|far]"
            ),
            (
                "[what|which] [is|are] [the] style|steps|sampler|guidance|engine|model|title|seed|pictures|shape "
                "[using|use|used|is|it|board|have|do|does|size|have]"
            ),
            (
                "show|describe|summarise|summarize|list|tell|see|what|read|give|explain [about|is|all] [the] "
                "[current] board|story|scenes|panels|summary|outline|{scenes} [now|so|about|far]"
            ),
            "how many|much steps|sampler [does|use]",
            "summary|overview|status|outline|recap|summarise|summarize",
            "what [do] [i|we] have [far]",
            "which style|sampler|model|engine|steps [use|using|it|used|do|have]",
            "is|are [style|it|this|that|everything|{scenes}] [style] [still|already] {style} [style]",
        ),
        _about,
        ("how many scenes are there?", "which style are we using?", "show me the board"),
        asks=True,
    ),
    Intent(
        "how it begins and ends",
        (
            "how [does|do|did] [story|board|it] end|ends|ending|finish|start|begin",
            "what [is|happen] [in|at] [story|board] end|ending|front [of] [story|board]",
        ),
        _an_end,
        ("how does the story end?",),
        asks=True,
    ),
    Intent(
        "who looks so",
        (f"[{TELL}] who [is] has|wears {{what...}}",),
        _who_looks,
        ("who has a beard?", "who wears a red coat?"),
        asks=True,
    ),
    Intent(
        "a neighbour",
        tuple(
            f"[{TELL}] what|which|who [scene|panel|picture|#] {beside}"
            for beside in (
                "[is|does|happen|come|comes|go] before|after|following {other:scenes}",
                "[is|does|happen|come|comes|go] before|after|following {near...}",
                "follows|follow|precedes|precede {other:scenes}",
            )
        ),
        _neighbour,
        ("which scene comes after 5?", "what happens right before the last scene?"),
        asks=True,
    ),
    Intent(
        "is it so",
        (
            "is|are|does|has [not] {scenes} [not] {detail}",
            "is|are|does [not] {detail} {scenes}",
            "is {detail} there|it",
        ),
        _is_so,
        ("is it raining in 5?",),
        asks=True,
    ),
    Intent(
        "are they the same",
        ("is|are [not] {scenes} [not] same|different|describe [as|describe|to|from] {other:scenes}",),
        _both,
        ("isn't 4 the same as 5?",),
        asks=True,
    ),
    Intent(
        "where somebody is not",
        ("which|what scenes|panels|pictures [is|are|does] {character} not [appear] [in]",),
        _not_in,
        ("which scenes is the wolf not in?",),
        asks=True,
    ),
    Intent(
        "is it there",
        (
            f"[{TELL}] where|is|are|does [there] [any] {{what...}} {IN} {{scenes}}",
            "is|are|does {scenes} has|make|show|contain {what...}",
        ),
        _has,
        ("is there a rope in 5?",),
        last_resort=1,
        asks=True,
    ),
    Intent(
        "which scenes of a kind",
        (
            (
                f"[{TELL}] which|what scenes|panels|scene|panel|ones|one|pictures "
                "[is|are|happen|play|take_place|be] {detail}"
            ),
        ),
        _which,
        ("which scenes happen at night?",),
        asks=True,
    ),
    Intent(
        "which scenes",
        (
            f"[{TELL}] which|what|where [scenes|scene|panels|panel|does|do|is] {{what...}}",
            f"[{TELL}] who {{what...}}",
            "is|are|does there {what...}",
            "do|does we|you|they|i|anyone|anybody [ever|also] see|find|meet|has {what...}",
        ),
        _which,
        last_resort=1,
        examples=("which scene has the map?",),
        asks=True,
    ),
    Intent(
        "prompts",
        (
            "what|show|tell|see|read|give|list prompt|negative {scenes}",
            "what|which prompt [did] [use|used] {scenes}",
            "[what|show|tell] {scenes} prompt",
            "which prompt [did|use|used] [for] {scenes}",
            "[show|list] [all] prompt",
        ),
        lambda a: call("show_prompts", scenes=["all"] if a.every() or not a.has("scenes") else a.scenes()),
        ("what's the prompt of 4?",),
        asks=True,
    ),
    Intent(
        "why pending",
        (
            "why [is|are|has|does|not] {scenes} [not] pending|empty|{detail}|drawn|ready",
            "why [is|are|has|not] {scenes} [no|not] pending|empty|drawn|ready|there",
            "[which|what] [scenes|panels|pictures] [is|are] [still] [not] pending|empty|drawn|ready",
            "why pending",
        ),
        _pending,
        ("why is 3 out of date?",),
        asks=True,
    ),
)
