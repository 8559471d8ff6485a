"""Spans of turns, model calls, tools and drawings, by the conventions; without words of a story unless asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

from agent.services import Services
from agent.session import ChatSession
from agent.tracing import start_tracing
from tests.agent.drawing.test_worker import Room
from tests.agent.llm_server import Fail, Say, call, serve
from tests.agent.tales import receipt_of, tale, talking
from tests.agent.test_graph import model_of

NIGHT = Say(calls=(call("edit_scenes", scenes=["2"], time="night"),))
SECRET = "the lighthouse keeper's secret"


@pytest.fixture
def spans() -> Iterator[InMemorySpanExporter]:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    start_tracing(provider)
    yield exporter
    start_tracing(None)


def by_name(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def test_a_turn_its_model_calls_and_its_tools_are_one_trace(services: Services, spans: InMemorySpanExporter) -> None:
    with serve([NIGHT, Say("It is night.")]) as llm:
        receipt = receipt_of(talking(services, tale(), model=model_of(llm)).turn("make scene 2 night"))
    told = by_name(spans)
    turn, tool, chat = told["invoke_agent taleboard"], told["execute_tool edit_scenes"], told["chat scripted"]
    assert attributes(turn)["gen_ai.operation.name"] == "invoke_agent"
    assert attributes(turn)["gen_ai.conversation.id"] == receipt["conversation"]
    assert attributes(tool)["gen_ai.tool.name"] == "edit_scenes"
    assert attributes(tool)["gen_ai.tool.type"] == "function"
    assert attributes(chat)["gen_ai.operation.name"] == "chat"
    assert attributes(chat)["gen_ai.provider.name"] == "openai"
    assert attributes(chat)["gen_ai.request.model"] == "scripted"
    assert chat.kind is SpanKind.CLIENT
    assert turn.context is not None
    for span in (tool, chat):
        assert span.parent is not None
        assert span.parent.span_id == turn.context.span_id
    assert sum(span.name == "chat scripted" for span in spans.get_finished_spans()) == 2


def test_no_words_are_in_spans(services: Services, spans: InMemorySpanExporter) -> None:
    story = f"A fox learns {SECRET}. It tells nobody."
    script = [Say(calls=(call("new_story", text=story), (f"tell_{SECRET}", "{}"))), Say(f"Read: {SECRET}.")]
    with serve(script) as llm:
        receipt_of(ChatSession(services, draw=False, model=model_of(llm)).turn(story))
    with serve([Fail(400, message=f"no, {SECRET}")]) as llm:
        receipt_of(talking(services, tale(), model=model_of(llm)).turn(SECRET))
    told = json.dumps([json.loads(span.to_json()) for span in spans.get_finished_spans()])
    assert "lighthouse" not in told
    assert any("RequestError" in attributes(span).get("error.type", "") for span in spans.get_finished_spans())


def test_words_are_there_where_they_are_asked_for(services: Services) -> None:
    exporter = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(exporter))
    start_tracing(provider, words=True)
    try:
        with serve([NIGHT, Say("It is night.")]) as llm:
            receipt_of(talking(services, tale(), model=model_of(llm)).turn("make scene 2 night"))
    finally:
        start_tracing(None)
    told = by_name(exporter)
    assert "night" in attributes(told["execute_tool edit_scenes"])["gen_ai.tool.call.arguments"]
    messages = json.loads(attributes(told["chat scripted"])["gen_ai.input.messages"])
    assert any("make scene 2 night" in message["content"] for message in messages)


def test_a_tool_that_fails_marks_its_span(services: Services, spans: InMemorySpanExporter) -> None:
    receipt_of(talking(services, tale()).act("delete_scenes", {"scenes": ["99"]}))
    span = by_name(spans)["execute_tool delete_scenes"]
    assert attributes(span)["error.type"] == "EditError"
    assert not span.status.is_ok
    assert span.status.description is None


def test_a_drawing_is_a_span(own_home: Path, spans: InMemorySpanExporter) -> None:
    room = Room(own_home)
    list(room.studio.enqueue(room.create(tale(2))))
    room.draw()
    drawn = next(span for span in spans.get_finished_spans() if span.name.startswith("generate_content"))
    assert attributes(drawn)["gen_ai.output.type"] == "image"
    assert attributes(drawn)["gen_ai.request.model"] == "storybook"


def test_it_is_off_by_default(services: Services) -> None:
    code = "import sys, agent.session, agent.services; print('opentelemetry.sdk' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
    assert services.settings.tracing == "off"


LANGSMITH = """
import sys
from pathlib import Path
from agent.services import open_services
from agent.session import ChatSession
from agent.settings import Settings
from langchain_core.tracers.langchain import wait_for_all_tracers
services = open_services(Settings(home=Path(sys.argv[1]), llm="openai:scripted"))
for _ in ChatSession(services, draw=False).turn("hello"):
    pass
wait_for_all_tracers()
services.close()
"""


@pytest.mark.slow
def test_langsmith_is_told_where_its_own_variables_say_so(tmp_path: Path) -> None:
    heard = threading.Event()
    paths: list[str] = []

    class Smith(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            paths.append(self.path)
            heard.set()
            self.send_response(202)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def do_GET(self) -> None:
            self.send_response(404)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Smith)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with serve([Say("Hello.")]) as llm:
            environment = {
                **{name: value for name, value in os.environ.items() if not name.startswith("TALEBOARD_")},
                "OPENAI_BASE_URL": llm.url,
                "LANGSMITH_TRACING": "true",
                "LANGSMITH_API_KEY": "none",
                "LANGSMITH_ENDPOINT": f"http://127.0.0.1:{server.server_address[1]}",
            }
            subprocess.run([sys.executable, "-c", LANGSMITH, str(tmp_path / "smith")], env=environment, check=True)
        assert heard.wait(60)
    finally:
        server.shutdown()
        server.server_close()
    assert any("runs" in path for path in paths)
