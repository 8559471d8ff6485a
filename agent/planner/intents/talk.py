"""Courtesies, and what cannot be done."""

from __future__ import annotations

from agent.planner.intents.kit import Asked, Intent, Say, call

__all__ = ["INTENTS", "LIMITS"]

LIMITS = (
    "I did not understand that, so nothing was changed. I read plain English requests such as “make scene "
    "3 darker”; ask “what can you do?” for more. A language model can be connected with TALEBOARD_LLM."
)


def _write_a_story(a: Asked) -> Say:
    return Say(
        "I cannot write stories: without a language model I only draw the ones that you paste or attach. "
        "A language model can be connected with TALEBOARD_LLM."
    )


INTENTS = (
    Intent(
        "what can you do", ("help [me]",), lambda a: call("what_can_you_do"), ("what can you do?", "help"), asks=True
    ),
    Intent(
        "what if",
        ("how|what would|could|might {what...}", "what if {what...}"),
        lambda a: Say(
            "I can only show that by doing it. Say it as a request, for example “make 3 night”; undo takes it back."
        ),
        ("what if it rained?",),
        asks=True,
    ),
    Intent(
        "hello",
        ("hello [again]",),
        lambda a: Say("Hello! Paste a story, or tell me what to change; ask “what can you do?” for examples."),
        ("hello",),
    ),
    Intent("bye", ("bye",), lambda a: Say("Goodbye. Everything is saved."), ("bye",)),
    Intent("thanks", ("[praise] thanks", "thanks [praise]"), lambda a: Say("You are welcome."), ("thanks!",)),
    Intent(
        "who are you",
        (
            "who|what are|is you",
            "are|is you [human|real|robot|ai|bot|person|character|alive]",
            "[what] [is] your call|title",
        ),
        lambda a: Say(
            "I am Taleboard's offline planner: rules and grammar, no language model. I turn what you say into edits of "
            "the storyboard. A language model can be connected with TALEBOARD_LLM."
        ),
        ("who are you?",),
        asks=True,
    ),
    Intent(
        "praise",
        (
            "praise [as_it_is]",
            "[it|that|this|{scenes}] [look|looks] praise",
            "love it|that|this|{scenes}",
            "well done|good",
        ),
        lambda a: Say("Glad you like it."),
        ("perfect",),
        remarks=True,
    ),
    Intent(
        "continue",
        ("continue [story|board|it|here]",),
        lambda a: Say("Write or paste the next part behind “continue with:”, and I add its scenes at the end."),
        ("continue the story",),
    ),
    Intent(
        "pardon",
        ("what_now", "what"),
        lambda a: Say("Say it as a request, for example “make scene 3 darker”."),
        ("huh?",),
    ),
    Intent("yes", ("yes",), lambda a: Say("All right. What shall I change?"), ("ok",)),
    Intent(
        "no",
        ("no", "never_mind", "not", "stop", "changed_mind [about] [it|that|this]"),
        lambda a: Say("All right, nothing was changed."),
        ("never mind",),
    ),
    Intent(
        "the rest stays",
        (
            "nothing else|other",
            "not touch|change|edit|move|delete [anything|everything|a|thing] else|other",
            "nothing else",
        ),
        lambda a: Say("All right, nothing was changed."),
        ("don't touch anything else",),
    ),
    Intent(
        "hands off",
        (
            "nothing",
            "not|never touch|change|edit|delete [anything|everything|a|thing]",
            "leave [{scenes}] as_it_is",
        ),
        lambda a: Say("All right, I change nothing."),
        ("don't change anything",),
    ),
    Intent(
        "write a story",
        ("write|invent|tell|imagine [me] [a] [new|short|another] story|poem|joke [{what...}]",),
        _write_a_story,
        ("write me a story about a dragon",),
        asks=True,
    ),
)
