"""Tool calls written as text are read in every spelling; what is no call stays words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.spoken_calls import read_spoken, split_shown

TOOLS = {"edit_scenes", "redraw", "undo"}
EDIT = {"scenes": ["3"], "time": "night"}
NIGHT = ("edit_scenes", EDIT)
AGAIN = ("redraw", {"scenes": ["2"]})
OBJECT = '{"name": "edit_scenes", "arguments": {"scenes": ["3"], "time": "night"}}'
SECOND = '{"name": "redraw", "parameters": {"scenes": ["2"]}}'
XML = """<tool_call>
<function=edit_scenes>
<parameter=scenes>
["3"]
</parameter>
<parameter=time>
night
</parameter>
</function>
</tool_call>"""


def calls(text: str) -> list[tuple[str, dict[str, object]]]:
    return [(call["name"], call["args"]) for call in read_spoken(text, TOOLS).calls]


@pytest.mark.parametrize(
    "text",
    [
        OBJECT,
        f"<tool_call>\n{OBJECT}\n</tool_call>",
        f"<tool_call>{OBJECT}",
        f"[TOOL_CALLS][{OBJECT}]",
        f"[TOOL_CALLS] [{OBJECT}]",
        '[TOOL_CALLS]edit_scenes[ARGS]{"scenes": ["3"], "time": "night"}',
        f"<|tool_call|>[{OBJECT}]",
        f"<|python_tag|>{OBJECT}",
        '<|python_tag|>edit_scenes.call(scenes=["3"], time="night")',
        '[edit_scenes(scenes=["3"], time="night")]',
        'edit_scenes(scenes=["3"], time="night")',
        f"```json\n{OBJECT}\n```",
        f"Here you are:\n```\n[{OBJECT}]\n```",
        f"Sure! {OBJECT}",
        '{"type": "function", "function": {"name": "edit_scenes", "arguments": {"scenes": ["3"], "time": "night"}}}',
        '{"type": "function", "name": "edit_scenes", "parameters": {"scenes": ["3"], "time": "night"}}',
        f'{{"tool_calls": [{OBJECT}]}}',
        '{"name": "edit_scenes", "arguments": "{\\"scenes\\": [\\"3\\"], \\"time\\": \\"night\\"}"}',
        XML,
        f"<think>I could {SECOND} instead.</think>\n{OBJECT}",
        "{'name': 'edit_scenes', 'arguments': {'scenes': ['3'], 'time': 'night'}}",
        '{"name": "edit_scenes", "arguments": {"scenes": ["3"], "time": "night",},}',
        '{"name": "edit_scenes", "arguments": {"scenes": ["3"], "time": "night"',
    ],
)
def test_one_call_is_read_in_every_spelling(text: str) -> None:
    assert calls(text) == [NIGHT]


@pytest.mark.parametrize(
    "text",
    [
        f"{OBJECT}; {SECOND}",
        f"{OBJECT}\n{SECOND}",
        f"[{OBJECT}, {SECOND}]",
        f"<tool_call>{OBJECT}</tool_call>\n<tool_call>{SECOND}</tool_call>",
        f"[TOOL_CALLS][{OBJECT}, {SECOND}]",
        f"<|python_tag|>{OBJECT}; {SECOND}",
        '[edit_scenes(scenes=["3"], time="night"), redraw(scenes=["2"])]',
    ],
)
def test_two_calls_keep_their_order_and_leave_no_words(text: str) -> None:
    assert calls(text) == [NIGHT, AGAIN]
    assert read_spoken(text, TOOLS).words == ""


def test_words_around_a_call_stay() -> None:
    spoken = read_spoken(f"I make it night. {OBJECT} That is all.", TOOLS)
    assert spoken.words == "I make it night. That is all."


@pytest.mark.parametrize(
    "text",
    [
        "Scene 3 is at night [see above] and {that} is that.",
        '{"name": "Mira", "age": 9}',
        '```json\n{"title": "The well", "scenes": 4}\n```',
        "print(42)",
        "He said: undo (if you like).",
        "<tool_call>no JSON at all</tool_call>",
        '{"name": "edit_scenes", "arguments": {"scenes": ["3" "4"]}}',
    ],
)
def test_what_is_no_call_is_shown_as_words(text: str) -> None:
    spoken = read_spoken(text, TOOLS)
    assert spoken.calls == ()
    assert spoken.words == text


def test_thoughts_are_neither_shown_nor_executed() -> None:
    for text in (f"<think>Maybe {OBJECT}</think>Nothing to do.", "<think>hm</think>Nothing to do."):
        spoken = read_spoken(text, TOOLS)
        assert (spoken.words, spoken.calls) == ("Nothing to do.", ())
    assert read_spoken(f"<think>never ended {OBJECT}", TOOLS) == read_spoken("", TOOLS)


def test_a_marked_call_of_an_unknown_tool_is_a_call_so_that_the_model_is_told() -> None:
    assert calls('<tool_call>{"name": "paint", "arguments": {}}</tool_call>') == [("paint", {})]
    assert calls('<tool_call>{"name": "undo"}</tool_call>') == [("undo", {})]


@given(st.dictionaries(st.text(min_size=1), st.text() | st.integers() | st.lists(st.text())))
def test_any_arguments_survive(arguments: dict[str, object]) -> None:
    assert calls(json.dumps({"name": "redraw", "arguments": arguments})) == [("redraw", arguments)]


@given(st.text(alphabet=st.sampled_from('{}[]()<>|"\\`,;: abtool_callTOOL_CALLS=ARGSthink/')))
def test_no_text_breaks_the_reader(text: str) -> None:
    spoken = read_spoken(text, TOOLS)
    assert isinstance(spoken.words, str)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The fox is in scenes 1 and 3.", "The fox is in scenes 1 and 3."),
        (OBJECT, ""),
        ("Sure! {", "Sure! "),
        ("Well <thi", "Well "),
        ("```", ""),
        ("I call edit_scenes", "I call "),
        ("I call edit_scenes now", "I call edit_scenes now"),
    ],
)
def test_what_may_become_a_call_is_held_back(text: str, shown: str) -> None:
    assert split_shown(text) == (shown, text[len(shown) :])
