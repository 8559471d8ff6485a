"""A conversation: what one turn does to the board, what it says of it, and what it leaves alone."""

from __future__ import annotations

import dataclasses
import threading
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, BaseMessage, ToolMessage
from langchain_core.messages.tool import tool_call
from langchain_core.outputs import ChatGeneration, ChatResult
from pydantic import Field

from agent import edits
from agent.context import Context
from agent.events import Failure, Question, ToolFinished, ToolStarted, VersionSaved, Words
from agent.services import Services
from agent.session import ChatSession
from db.board import Board
from tests.agent.tales import STORY, finish, receipt_of, tale, talking
from tests.db.written import commit


class Scripted(BaseChatModel):
    """A chat model that makes the calls it is given, one list a turn, and then says its words."""

    calls: list[list[tuple[str, dict[str, Any]]]]
    words: str = "There you are."
    told: list[Any] = Field(default_factory=list)
    contexts: list[Any] = Field(default_factory=list)

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def bind_tools(self, tools: Any, **kwargs: Any) -> Any:
        return self

    def _generate(
        self,
        messages: list[BaseMessage],
        stop: list[str] | None = None,
        run_manager: CallbackManagerForLLMRun | None = None,
        **kwargs: Any,
    ) -> ChatResult:
        self.told.append(messages)
        if isinstance(messages[-1], ToolMessage) or not self.calls:
            message = AIMessage(self.words)
        else:
            calls = [
                tool_call(name=name, args=args, id=f"c{number}")
                for number, (name, args) in enumerate(self.calls.pop(0))
            ]
            message = AIMessage("", tool_calls=calls)
        return ChatResult(generations=[ChatGeneration(message=message)])

    def for_turn(self, context: Context) -> Scripted:
        self.contexts.append(context)
        return self

    @property
    def context(self) -> Context:
        """What the model knew of the board when it was last asked."""
        context: Context = self.contexts[-1]
        return context


def board_of(receipt: dict[str, Any]) -> Board:
    return Board.from_json(receipt["board"])


# -- a turn and its receipt


def test_a_story_becomes_a_board_and_an_edit_the_next_version(services: Services) -> None:
    session = ChatSession(services, draw=False)
    made = receipt_of(session.act("new_story", {"text": STORY, "scenes": 4}))
    assert made["version"] == {"number": 1, "parent": None}
    assert [scene["position"] for scene in made["board"]["scenes"]] == [1, 2, 3, 4]
    darker = receipt_of(session.act("edit_scenes", {"scenes": [2], "mood": "darker"}))
    assert darker["version"] == {"number": 2, "parent": 1}
    assert darker["changed"] == [{"scene": "s2", "position": 2, "fields": ["prompt", "mood", "image"]}]
    assert "Changed 2; 1, 3 and 4 are the same pictures." in darker["reply"]
    before, after = board_of(made), board_of(darker)
    assert [one for one in after.scenes if one != before.scene(one.id)] == [after.scene("s2")]


def test_a_receipt_has_the_form_of_the_contract(services: Services) -> None:
    session = talking(services, tale(), model=Scripted(calls=[[("redraw", {"scenes": [2], "seed": 7})]]))
    told, receipt = finish(session.turn("redraw 2 with seed 7"))
    assert list(receipt) == [
        "turn", "user", "reply", "conversation", "tools", "version", "changed", "clarify", "error", "board",
    ]  # fmt: skip
    assert receipt["user"] == "redraw 2 with seed 7"
    assert receipt["tools"] == [{"name": "redraw", "args": {"scenes": [2], "seed": 7}, "status": "ok"}]
    assert receipt["board"]["scenes"][1]["seed"] == 7
    assert receipt["reply"] == "".join(event.text for event in told if isinstance(event, Words))
    kinds = [type(event) for event in told if not isinstance(event, Words)]
    assert kinds[:3] == [ToolStarted, ToolFinished, VersionSaved]


def test_several_edits_of_one_sentence_mean_the_board_as_it_was_and_make_one_version(services: Services) -> None:
    calls: list[Any] = [
        ("edit_scenes", {"scenes": [3], "shot": "wide shot"}),
        ("delete_scenes", {"scenes": [5]}),
        ("swap_scenes", {"first": 1, "second": 2}),
        ("move_scenes", {"scenes": [8], "to": 6}),
    ]
    session = talking(services, tale(8), model=Scripted(calls=[calls]))
    receipt = receipt_of(session.turn("3 from afar, delete 5, swap 1 and 2, and move 8 to 6"))
    assert [scene.id for scene in board_of(receipt).scenes] == ["s2", "s1", "s3", "s4", "s8", "s6", "s7"]
    assert receipt["version"] == {"number": 2, "parent": 1}
    assert {change["scene"] for change in receipt["changed"] if "image" in change["fields"]} == {"s3"}
    assert "the same pictures" in receipt["reply"]


def test_a_failed_tool_becomes_an_explanation_and_the_other_edits_stand(services: Services) -> None:
    calls: list[Any] = [("delete_scenes", {"scenes": [9]}), ("edit_scenes", {"scenes": [1], "time": "night"})]
    session = talking(services, tale(), model=Scripted(calls=[calls], words="Scene 9 is not there."))
    receipt = receipt_of(session.turn("delete 9 and make 1 a night scene"))
    assert [call["status"] for call in receipt["tools"]] == ["error", "ok"]
    assert len(receipt["board"]["scenes"]) == 4
    assert [change["scene"] for change in receipt["changed"]] == ["s1"]


def test_a_tool_that_breaks_leaves_the_board_as_it_was(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **kwargs: Any) -> Board:
        raise RuntimeError("a defect")

    monkeypatch.setattr("agent.edits.swap_scenes", broken)
    receipt = receipt_of(talking(services, tale()).act("swap_scenes", {"first": 1, "second": 2}))
    assert receipt["version"] is None
    assert receipt["error"] is None
    assert receipt["tools"][0]["status"] == "error"
    assert "the board is as it was" in receipt["reply"]
    assert board_of(receipt) == tale()


def test_an_answer_to_a_question_gets_no_receipt(services: Services) -> None:
    session = talking(services, tale(), model=Scripted(calls=[[("who_is_where", {})]], words="Mira is in all."))
    receipt = receipt_of(session.turn("who is where?"))
    assert receipt["reply"] == "Mira is in all."
    assert (receipt["version"], receipt["changed"], receipt["clarify"]) == (None, [], False)


# -- versions


def test_undo_redo_and_restore_set_the_version(services: Services) -> None:
    session = talking(services, tale())
    receipt_of(session.act("edit_scenes", {"scenes": [1], "time": "night"}))
    undone = receipt_of(session.act("undo"))
    assert undone["version"] == {"number": 1, "parent": None}
    assert board_of(undone) == tale()
    assert receipt_of(session.act("redo"))["version"] == {"number": 2, "parent": 1}
    restored = receipt_of(session.act("restore", {"version": 1}))
    assert restored["version"] == {"number": 3, "parent": 2}
    assert board_of(restored) == tale()
    assert receipt_of(session.act("undo"))["version"] == {"number": 2, "parent": 1}
    nothing = receipt_of(session.act("undo", {"steps": 5}))
    assert nothing["version"] == {"number": 1, "parent": None}
    assert "nothing to undo" in receipt_of(session.act("undo"))["reply"]


def test_undo_and_an_edit_in_one_sentence(services: Services) -> None:
    calls = [[("undo", {}), ("edit_scenes", {"scenes": [2], "weather": "snow"})]]
    session = talking(services, tale(), model=Scripted(calls=calls))
    receipt_of(session.act("edit_scenes", {"scenes": [1], "time": "night"}))
    receipt = receipt_of(session.turn("undo that and let it snow in 2"))
    assert receipt["version"] == {"number": 3, "parent": 1}
    assert board_of(receipt).scene("s1") == tale().scene("s1")
    assert board_of(receipt).scene("s2").weather == "snow"


@pytest.mark.parametrize(
    ("description", "number"),
    [
        ("the first one", 1),
        ("before the rain", 2),
        ("when it was in ink noir", 2),
        ("version 3", 3),
        ("the rainy one", 3),
    ],
)
def test_a_version_is_found_by_what_it_was_like(services: Services, description: str, number: int) -> None:
    calls: list[Any] = [
        [("set_style", {"style": "ink noir"})],
        [("edit_scenes", {"scenes": [2], "weather": "rain"})],
        [("delete_scenes", {"scenes": [4]})],
        [("restore", {"description": description})],
    ]
    session = talking(services, tale(), model=Scripted(calls=calls))
    words = ("make it ink noir", "let it be rainy in 2", "delete 4")
    boards = {1: tale()} | {n: board_of(receipt_of(session.turn(text))) for n, text in enumerate(words, start=2)}
    assert board_of(receipt_of(session.turn(f"go back to {description}"))) == boards[number]


def test_a_scene_comes_from_another_version_with_its_request(services: Services) -> None:
    session = talking(services, tale())
    history = services.history()
    receipt_of(session.act("edit_scenes", {"scenes": [3], "time": "noon"}))
    receipt_of(session.act("set_drawing", {"steps": 20}))
    receipt = receipt_of(session.act("take_scenes", {"scenes": [3], "version": 1}))
    storyboard = receipt["board"]["storyboard"]
    assert board_of(receipt).scene("s3") == tale().scene("s3")
    first, last = history.version(storyboard, 1), history.version(storyboard, 4)
    assert last.requests["s3"] == first.requests["s3"]
    assert last.requests["s1"] != first.requests["s1"]


def test_a_branch_is_a_storyboard_of_its_own(services: Services) -> None:
    session = talking(services, tale())
    first = receipt_of(session.act("edit_scenes", {"scenes": [1], "time": "night"}))["board"]["storyboard"]
    receipt = receipt_of(session.act("branch", {"version": 1, "title": "Another end"}))
    assert receipt["board"]["storyboard"] != first
    assert receipt["board"]["title"] == "Another end"
    assert receipt["version"] == {"number": 1, "parent": None}
    assert services.history().head(first).number == 2
    assert (
        services.history().head(receipt["board"]["storyboard"]).requests
        == services.history().version(first, 1).requests
    )
    assert receipt_of(session.act("delete_scenes", {"scenes": [4]}))["board"]["title"] == "Another end"


# -- questions


def test_a_question_changes_nothing_and_waits_for_its_answer(services: Services) -> None:
    calls: list[Any] = [
        [
            ("edit_scenes", {"scenes": [1], "time": "night"}),
            ("undo", {}),
            ("ask", {"question": "Which Sam?", "choices": ["Sam the baker", "Sam the dog"]}),
            ("delete_scenes", {"scenes": [1]}),
        ],
        [("describe_board", {})],
    ]
    model = Scripted(calls=calls)
    session = talking(services, tale(), model=model)
    receipt_of(session.act("edit_scenes", {"scenes": [2], "time": "noon"}))
    told, receipt = finish(session.turn("give Sam a hat"))
    assert [event for event in told if isinstance(event, Question)] == [
        Question("Which Sam?", ("Sam the baker", "Sam the dog"))
    ]
    assert receipt["clarify"]
    assert receipt["version"] is None
    assert receipt["changed"] == []
    assert board_of(receipt).scene("s2").time == "noon"
    assert receipt["board"]["version"] == 2
    assert receipt["reply"].startswith("Which Sam?")
    receipt_of(ChatSession(services, session.conversation, draw=False, model=model).turn("the dog"))
    pending = model.context.pending
    assert pending is not None
    assert pending.request == "give Sam a hat"
    assert pending.choices == ("Sam the baker", "Sam the dog")
    receipt_of(session.turn("and now?"))
    assert model.context.pending is None


def test_a_model_knows_what_was_last_talked_of_and_done(services: Services) -> None:
    calls: list[Any] = [
        [("edit_scenes", {"scenes": [3], "time": "night"})],
        [("describe_character", {"character": "Tom", "description": "a hat"})],
    ]
    model = Scripted(calls=calls)
    session = talking(services, tale(), model=model)
    receipt_of(session.turn("make 3 a night scene"))
    receipt_of(session.turn("Tom has a hat"))
    receipt_of(session.turn("and her?"))
    context = model.context
    assert context.focus.scenes == ("s3",)
    assert context.focus.characters == ("c2",)
    assert context.last_request == "Tom has a hat"
    assert [version.number for version in context.versions] == [1, 2, 3]
    assert model.told[-1][0].content == "make 3 a night scene"


# -- what cannot be undone


@pytest.mark.parametrize(
    ("answer", "gone"),
    [
        ("yes", True),
        ("Yes, delete it!", True),
        ("ok, go ahead", True),
        ("yes, I’m sure", True),
        ("delete the storyboard", True),
        ("no", False),
        ("no, keep it", False),
        ("don’t", False),
    ],
)
def test_deleting_a_storyboard_takes_the_persons_own_yes(services: Services, answer: str, gone: bool) -> None:
    model = Scripted(calls=[[("delete_storyboard", {}), ("delete_storyboard", {})]])
    session = talking(services, tale(), model=model)
    asked = receipt_of(session.turn("delete the whole storyboard"))
    assert asked["clarify"]
    assert len(services.history().storyboards()) == 1
    told = len(model.told)
    receipt = receipt_of(session.turn(answer))
    assert len(model.told) == told, "no model answers such a question"
    assert len(services.history().storyboards()) == (0 if gone else 1)
    assert (receipt["board"] is None) == gone
    receipt_of(session.turn("and now?"))


@pytest.mark.parametrize(
    "answer",
    ["ok but first make 3 darker", "yes or no?", "ok wait, don't", "sure, what would be lost", "delete scene 2"],
)
def test_what_only_begins_like_a_yes_is_none(services: Services, answer: str) -> None:
    session = talking(services, tale(), model=Scripted(calls=[[("delete_storyboard", {})]]))
    receipt_of(session.turn("delete the storyboard"))
    receipt_of(session.turn(answer))
    assert len(services.history().storyboards()) == 1


def test_another_sentence_instead_of_yes_deletes_nothing(services: Services) -> None:
    delete: list[Any] = [("delete_storyboard", {})]
    model = Scripted(calls=[delete, [("redraw", {"scenes": [1]})], delete])
    session = talking(services, tale(), model=model)
    receipt_of(session.turn("delete the storyboard"))
    assert receipt_of(session.turn("redraw 1"))["version"] == {"number": 2, "parent": 1}
    assert receipt_of(session.turn("yes"))["clarify"], "the yes came too late: it is asked again"
    assert len(services.history().storyboards()) == 1


def test_deleting_the_conversation_leaves_nothing_of_it(services: Services) -> None:
    session = talking(services, tale(), model=Scripted(calls=[[("delete_conversation", {})]]))
    receipt_of(session.turn("delete this conversation"))
    receipt = receipt_of(session.turn("yes"))
    assert receipt["board"] is None
    assert services.conversations().list() == []
    assert services.history().storyboards() == []


class Deleting(Scripted):
    """A model in whose turn somebody else deletes the storyboard."""

    deletes: Any = None

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.deletes()
        return super()._generate(messages, *args, **kwargs)


def test_a_storyboard_that_is_deleted_while_the_reply_is_written_ends_the_reply(services: Services) -> None:
    history = services.history()
    model = Deleting(
        calls=[[("edit_scenes", {"scenes": [1], "time": "night"})]],
        deletes=lambda: [history.delete(board.storyboard) for board in history.storyboards()],
    )
    session = talking(services, tale(), model=model)
    receipt = receipt_of(session.turn("1 at night"))
    assert receipt["error"] == "The change could not be saved: the storyboard was deleted elsewhere meanwhile."
    assert (receipt["board"], receipt["version"]) == (None, None)
    assert services.conversations().messages(session.conversation or "")[-1].status == "failed"


# -- stopping


class Slow(Scripted):
    """A model that takes its time, as over a slow line."""

    left: Any = None
    asked: Any = None
    answers: Any = Field(default_factory=threading.Event)

    def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
        self.asked.set()
        self.left.wait(60)
        self.answers.set()
        return super()._generate(messages, *args, **kwargs)


def test_stop_ends_the_reply_at_once_and_saves_nothing(services: Services) -> None:
    left, asked, answers = threading.Event(), threading.Event(), threading.Event()
    calls = [[("delete_scenes", {"scenes": [1]})]]
    session = talking(services, tale(), model=Slow(calls=calls, left=left, asked=asked, answers=answers))

    def stop() -> None:
        asked.wait(60)
        session.stop()

    threading.Thread(target=stop).start()
    told, receipt = finish(session.turn("delete 1"))
    assert not answers.is_set(), "it does not wait for the model"
    left.set()
    assert receipt["error"]
    assert any(isinstance(event, Failure) for event in told)
    assert board_of(receipt) == tale()
    line = services.conversations().messages(session.conversation or "")
    assert line[-1].status == "stopped"
    assert services.history().head(receipt["board"]["storyboard"]).number == 1


def test_a_listener_that_leaves_stops_the_turn(services: Services) -> None:
    left, asked = threading.Event(), threading.Event()
    session = talking(
        services, tale(), model=Slow(calls=[[("delete_scenes", {"scenes": [1]})]], left=left, asked=asked)
    )
    events = session.turn("delete 1")
    threading.Thread(target=lambda: asked.wait(20) and session.stop()).start()
    next(events)
    events.close()  # type: ignore[attr-defined]
    left.set()
    assert services.conversations().messages(session.conversation or "")[-1].status == "stopped"


# -- saying it otherwise


def test_saying_an_earlier_message_otherwise_starts_from_the_board_of_that_time(services: Services) -> None:
    calls: list[Any] = [
        [("edit_scenes", {"scenes": [1], "time": "night"})],
        [("edit_scenes", {"scenes": [2], "time": "night"})],
        [("edit_scenes", {"scenes": [3], "time": "noon"})],
    ]
    session = talking(services, tale(), model=Scripted(calls=calls))
    receipt_of(session.turn("1 at night"))
    receipt_of(session.turn("2 at night"))
    second = services.conversations().messages(session.conversation or "")[2]
    receipt = receipt_of(session.turn("3 at noon", replacing=second.id))
    assert receipt["version"] == {"number": 4, "parent": 2}
    board = board_of(receipt)
    assert [scene.time for scene in board.scenes] == ["night", "dawn", "noon", "morning"]


# -- whatever people send


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_an_empty_message_is_refused_in_one_line(services: Services, text: str) -> None:
    told, receipt = finish(ChatSession(services, draw=False).turn(text))
    assert isinstance(told[0], Failure)
    assert receipt["error"] == "Say something, or attach a story."
    assert services.conversations().list() == []


@pytest.mark.parametrize(
    "text", ["🙂🙂🙂", "\x00\x01\x02", "مرحبا بالعالم", "x" * 50_000, "<board-data>{}</board-data>"]
)
def test_any_text_gets_an_answer(services: Services, text: str) -> None:
    session = talking(services, tale(), model=Scripted(calls=[], words="I see."))
    receipt = receipt_of(session.turn(text))
    assert receipt["reply"] == "I see."
    assert receipt["error"] is None


def test_an_attached_file_is_the_story(services: Services) -> None:
    model = Scripted(calls=[[("new_story", {"scenes": 3})]])
    session = ChatSession(services, draw=False, model=model)
    receipt = receipt_of(session.turn("make a storyboard of this", {"tale.md": f"# The map\n\n{STORY}".encode()}))
    assert len(receipt["board"]["scenes"]) == 3
    assert model.told[0][-1].content == "make a storyboard of this", "the file's words are not the person's"


def test_a_file_that_is_no_story_is_refused_in_one_line(services: Services) -> None:
    model = Scripted(calls=[[("new_story", {})]], words="It cannot be read.")
    session = ChatSession(services, draw=False, model=model)
    receipt = receipt_of(session.turn("make a storyboard of this", {"tale.docx": b"\x00\x01\x02" * 1000}))
    assert receipt["tools"][0]["status"] == "error"
    assert receipt["board"] is None


def test_two_hundred_scenes_work(services: Services) -> None:
    session = talking(
        services, tale(200), model=Scripted(calls=[[("edit_scenes", {"scenes": ["all"], "time": "sunset"})]])
    )
    receipt = receipt_of(session.turn("let it all be at sunset"))
    assert len(receipt["changed"]) == 200


# -- prompts written by hand, locked panels


def test_a_reply_says_that_a_prompt_written_by_hand_was_left_alone(services: Services) -> None:
    session = talking(services, tale())
    receipt_of(session.act("set_prompt", {"scenes": [2], "prompt": "two figures on a pier"}))
    receipt = receipt_of(session.act("describe_character", {"character": "Mira", "description": "a green coat"}))
    assert "The prompt of scene 2 was written by hand and left alone." in receipt["reply"]
    assert "s2" not in {change["scene"] for change in receipt["changed"]}


def test_all_scenes_means_all_that_are_not_locked(services: Services) -> None:
    session = talking(services, tale())
    receipt_of(session.act("lock_scenes", {"scenes": [2]}))
    receipt = receipt_of(session.act("redraw", {"scenes": ["all"]}))
    assert {change["scene"] for change in receipt["changed"]} == {"s1", "s3", "s4"}
    assert "Scene 2 is locked and left alone." in receipt["reply"]


def test_two_sessions_of_one_conversation_keep_both_edits_in_the_history(services: Services) -> None:
    session = talking(services, tale())
    other = ChatSession(services, session.conversation, draw=False)
    receipt_of(session.act("edit_scenes", {"scenes": [1], "time": "night"}))
    receipt = receipt_of(other.act("edit_scenes", {"scenes": [2], "time": "night"}))
    assert [scene.time for scene in board_of(receipt).scenes][:2] == ["night", "night"]


def test_nobody_reaches_another_owners_conversation(services: Services) -> None:
    session = talking(services, tale())
    with pytest.raises(Exception, match=r"(?i)no conversation|not found|there is no"):
        ChatSession(services, session.conversation, owner="somebody else")


def test_an_edit_made_while_somebody_else_made_one_is_made_on_top_of_it(services: Services) -> None:
    """Another program commits between this turn's start and its end."""
    history = services.history()

    class Meanwhile(Scripted):
        def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
            if self.calls:
                head = history.head(history.storyboards()[0].storyboard)
                commit(history, head.storyboard, edits.move_scenes(head.board, ["s4"], 1), parent=head.number)
            return super()._generate(messages, *args, **kwargs)

    session = talking(services, tale(), model=Meanwhile(calls=[[("edit_scenes", {"scenes": [1], "time": "sunset"})]]))
    receipt = receipt_of(session.turn("1 at sunset"))
    assert [scene.id for scene in board_of(receipt).scenes] == ["s4", "s1", "s2", "s3"]
    assert board_of(receipt).scene("s1").time == "sunset", "scene 1 as the speaker saw it"
    assert receipt["version"] == {"number": 3, "parent": 2}
    assert "version 2 meanwhile" in receipt["reply"]


def test_an_answer_given_again_starts_from_the_board_before_it(services: Services) -> None:
    calls: list[Any] = [[("delete_scenes", {"scenes": [number]})] for number in (1, 2)]
    session = talking(services, tale(), model=Scripted(calls=calls))
    receipt_of(session.turn("delete one of them"))
    line = services.conversations().messages(session.conversation or "")
    receipt = receipt_of(session.again(line[-1].id))
    assert [scene.id for scene in board_of(receipt).scenes] == ["s1", "s3", "s4"]
    assert receipt["version"] == {"number": 3, "parent": 1}
    assert len(services.conversations().messages(session.conversation or "")[-1].siblings) == 2


def test_a_story_is_summarised_by_the_language_model_where_the_settings_say_so(services: Services) -> None:
    class Summarising(Scripted):
        def _generate(self, messages: list[BaseMessage], *args: Any, **kwargs: Any) -> ChatResult:
            if messages[0].text != STORY:
                return ChatResult(generations=[ChatGeneration(message=AIMessage("A girl and a map."))])
            return super()._generate(messages, *args, **kwargs)

    settings = services.settings.model_copy(update={"summarizer": "llm"})
    model = Summarising(calls=[[("new_story", {"scenes": 2})]])
    session = ChatSession(dataclasses.replace(services, settings=settings), draw=False, model=model)
    receipt = receipt_of(session.turn(STORY))
    assert {scene["summary"] for scene in receipt["board"]["scenes"]} == {"A girl and a map."}


def test_characters_that_no_database_takes_are_left_out(services: Services) -> None:
    model = Scripted(calls=[[("set_title", {"title": "The\x00 map \ud800"})]])
    session = talking(services, tale(), model=model)
    receipt = receipt_of(session.turn("call it\x00 the map \udfff"))
    assert receipt["user"] == "call it the map ?"
    assert receipt["board"]["title"] == "The map ?"


def test_a_conversation_takes_its_title_from_its_story(services: Services) -> None:
    session = ChatSession(services, draw=False, model=Scripted(calls=[[("new_story", {"title": "Gold"})]]))
    receipt_of(session.turn(STORY))
    assert services.conversations().list()[0].title == "Gold"


def test_a_long_story_is_not_kept_among_the_calls(services: Services) -> None:
    model = Scripted(calls=[[("new_story", {"text": STORY * 20})], []])
    session = ChatSession(services, draw=False, model=model)
    receipt_of(session.turn("make a board of it"))
    receipt_of(session.turn("thanks"))
    assert len(model.context.last_calls[0]["args"]["text"]) == 400
