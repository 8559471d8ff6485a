"""Questions about the board."""

from __future__ import annotations

from agent.planner.intents.kit import Asked, Call, Intent, Say, call

__all__ = ["INTENTS"]


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
    found = a.index.about(a.text("what").lower().split(), best_only=True)
    if not found:
        return Say("I cannot find that on the board.")
    return call("describe_board", scenes=sorted(found[:6]))


INTENTS = (
    Intent(
        "who is where",
        (
            "who [appear|is|all|else] [in|on|at] {scenes}",
            "who [appear|is] there|here|it|that",
            "[tell|show] who everyone",
            "how many scenes|panels {character} [in]",
            "[tell|show|know] who [appear|is|all] [in|on|at] {scenes}",
            (
                "where|which|what|when [scenes|panels|pictures|in] [does|do|is|are|did|can|has|show|see] "
                "{character} [show|appear|turn|seen|be|in|go|come|occur|has] [up|in]"
            ),
            "is|are|does [there] {character} [appear|also|be|seen|already|still] [in|on] {scenes}",
            "is|are|does [there] {character} [in|on] it|that|there",
            (
                "what|how [does|do|is|are|should|did] {character} [look|wears|describe|has|be|appearance] [like] "
                "[in|at] [{scenes}]"
            ),
            "describe {character} [in] [{scenes}]",
            "[list|show|call|who|what|tell] [all|are] [the] character [there|in|story|board|have|are]",
            "who [is|are] [all] character|everyone|{character}",
            "list|show|who|tell character {scenes}",
            "which character [are|is|appear] [in] {scenes}",
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
                "time|weather|mood|setting|shot|camera|text|title|note|last_for|seed|happen|action "
                "[of|in|for|does] {scenes} [has|use|last_for]"
            ),
            "is|are|does|has|why {scenes} {detail}",
            "is|are|does {detail} {scenes}",
            "is|are|does {scenes} has|make|show|contain {what...}",
            "is {detail} there|it",
            "is|are {scenes} locked|lock|drawn|ready|as_it_is",
            "which|what scenes|panels|scene|panel|ones|one|pictures [is|are] locked|lock|{detail}",
            "where [is|does|do] {scenes}",
            "when [is|does] {scenes} [happen]",
            "how long [is|does] [{scenes}] [last_for]",
        ),
        _about,
        ("what happens in scene 6?", "tell me about panel 7", "is scene 2 locked?"),
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
        ),
        _about,
        ("how many scenes are there?", "which style are we using?", "show me the board"),
        asks=True,
    ),
    Intent(
        "which scenes",
        (
            "which|what|where [scenes|scene|panels|panel|does|do|is] {what...}",
            "who {what...}",
            "is|are|does there {what...}",
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
            "why [is|are|has|does|not] {scenes} [not] pending|{detail}|drawn|ready",
            "why [is|are|has|not] {scenes} [no|not] pending|drawn|ready|there",
            "[which|what] [scenes|panels|pictures] [is|are] [still] [not] pending|drawn|ready",
            "why pending",
        ),
        _pending,
        ("why is 3 out of date?",),
        asks=True,
    ),
)
