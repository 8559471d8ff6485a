"""Print how many shot lines are read rightly: `python -m tests.agent.shots`."""

from __future__ import annotations

from tests.agent.shots.test_language import HALVES, shares

for half in HALVES:
    counts = (f"{name} {right} of {asked} ({right / asked:.1%})" for name, (right, asked) in shares(half).items())
    print(f"{half}: {', '.join(counts)}")
