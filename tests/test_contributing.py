"""The worked example of CONTRIBUTING.md, run as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.events import TurnFinished
from agent.services import open_services
from agent.session import ChatSession
from agent.settings import load_settings
from agent.tools.kit import CATALOGUE

ROOT = Path(__file__).parents[1]


@pytest.fixture
def example_tool() -> Iterator[None]:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    # Under the name of a module, for that is where annotations are looked up.
    exec(compile(code, "CONTRIBUTING.md", "exec"), {"__name__": __name__})
    yield
    del CATALOGUE["slow_scenes"]


@pytest.mark.usefixtures("example_tool")
def test_the_example_tool_makes_a_version_with_a_true_receipt() -> None:
    services = open_services(load_settings())
    session = ChatSession(services, draw=False)
    *_, begun = session.act("new_story", {"text": "A fox ran. It was night. An owl sat in a tree.", "scenes": 2})
    assert isinstance(begun, TurnFinished)
    *_, slowed = session.act("slow_scenes", {"scenes": [2], "factor": 3})
    services.close()
    assert isinstance(slowed, TurnFinished)
    before, after = ([scene["duration"] for scene in turn.receipt["board"]["scenes"]] for turn in (begun, slowed))
    assert after == [before[0], before[1] * 3]
    assert slowed.receipt["version"] == {"number": 2, "parent": 1}
    assert slowed.receipt["changed"] == [
        {"scene": slowed.receipt["board"]["scenes"][1]["id"], "position": 2, "fields": ["duration"]}
    ]
