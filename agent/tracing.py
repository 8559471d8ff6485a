"""Spans for who operates Taleboard, by OpenTelemetry's conventions for generative AI: a turn, a model's call, a tool, a
drawing. Off by default. No words of stories, people or models are in a span unless they are asked for."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from agent.errors import SettingsError
from agent.settings import Settings

if TYPE_CHECKING:
    from langchain_core.messages import BaseMessage
    from opentelemetry.trace import Span, Tracer, TracerProvider

__all__ = ["Traced", "note_answer", "set_up_tracing", "start_tracing", "traced"]

Attributes = Mapping[str, str | int | float | None]

NAME = "taleboard"


class Traced:
    """A span that is being recorded, or nothing where tracing is off."""

    def __init__(self, span: Span | None = None, *, words: bool = False) -> None:
        self._span, self._words = span, words

    def note(self, attributes: Attributes) -> None:
        """Add attributes; those that are None are left out."""
        if self._span is not None:
            for name, value in attributes.items():
                if value is not None:
                    self._span.set_attribute(name, value)

    def note_words(self, attributes: Mapping[str, Any]) -> None:
        """Add what people, stories and models said, as JSON, where words are asked for."""
        if self._words:
            self.note({name: json.dumps(value, ensure_ascii=False) for name, value in attributes.items()})

    def fail(self, kind: str) -> None:
        """Mark the span as failed, by the kind of error alone."""
        if self._span is not None:
            from opentelemetry.trace import Status, StatusCode

            self._span.set_attribute("error.type", kind)
            self._span.set_status(Status(StatusCode.ERROR))


_tracer: Tracer | None = None
_words = False


def set_up_tracing(settings: Settings) -> None:
    """Begin to trace where the settings say so. Spans go to the program's tracer provider if it has one (as under
    `opentelemetry-instrument`), or else by OTLP to where OTEL_EXPORTER_OTLP_ENDPOINT says. Raises SettingsError where
    the packages are missing."""
    if settings.tracing == "off":
        return
    try:
        from opentelemetry import trace
        from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider as Provider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor
    except ImportError as error:
        raise SettingsError(
            f"TALEBOARD_TRACING={settings.tracing} needs packages that are not installed ({error.name}): "
            "pip install --constraint requirements.lock '.[tracing]'"
        ) from None
    if not isinstance(trace.get_tracer_provider(), Provider):
        service = os.environ.get("OTEL_SERVICE_NAME", NAME)
        provider = Provider(resource=Resource.create({"service.name": service}))
        provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
        trace.set_tracer_provider(provider)
    start_tracing(trace.get_tracer_provider(), words=settings.tracing == "words")


def start_tracing(provider: TracerProvider | None, *, words: bool = False) -> None:
    """Trace with this provider from now on; None ends tracing. `words` records what was said, too."""
    global _tracer, _words
    _tracer = provider.get_tracer(NAME) if provider is not None else None
    _words = words


@contextmanager
def traced(name: str, attributes: Attributes, *, client: bool = False) -> Iterator[Traced]:
    """Record a span around a block. An error that leaves the block marks it by its class; its text may hold words of a
    story, and stays out."""
    if _tracer is None:
        yield Traced()
        return
    from opentelemetry.trace import SpanKind

    kind = SpanKind.CLIENT if client else SpanKind.INTERNAL
    with _tracer.start_as_current_span(name, kind=kind, record_exception=False, set_status_on_exception=False) as span:
        recorded = Traced(span, words=_words)
        recorded.note(attributes)
        try:
            yield recorded
        except BaseException as error:
            recorded.fail(type(error).__name__)
            raise


def note_answer(recorded: Traced, asked: Sequence[BaseMessage], answer: BaseMessage) -> None:
    """Add what a chat model's answer tells about itself, and the words where they are asked for."""
    usage: Mapping[str, Any] = getattr(answer, "usage_metadata", None) or {}
    recorded.note(
        {
            "gen_ai.usage.input_tokens": usage.get("input_tokens"),
            "gen_ai.usage.output_tokens": usage.get("output_tokens"),
            "gen_ai.response.model": answer.response_metadata.get("model_name"),
        }
    )
    told = {"role": "assistant", "content": str(answer.text), "tool_calls": getattr(answer, "tool_calls", [])}
    recorded.note_words(
        {
            "gen_ai.input.messages": [{"role": one.type, "content": str(one.text)} for one in asked],
            "gen_ai.output.messages": [told],
        }
    )
