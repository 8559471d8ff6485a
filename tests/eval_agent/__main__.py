"""`python -m tests.eval_agent --llm offline`: how well a chat model edits a storyboard by conversation, and at what
cost."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from tests.eval_agent.expect import Request
from tests.eval_agent.meter import Cost
from tests.eval_agent.requests import SETS
from tests.eval_agent.run import Result, evaluate

__all__ = ["report"]


@click.command()
@click.option(
    "--llm", default="offline", show_default=True, help="As TALEBOARD_LLM: offline, PROVIDER:MODEL, transformers:PATH."
)
@click.option("--window", default=0, help="As TALEBOARD_LLM_WINDOW; 0 finds it out.")
@click.option("--set", "sets", multiple=True, type=click.Choice(list(SETS)), help="Only this set; may be repeated.")
@click.option("--each", default=0, help="Only so many requests of each set, spread over it: for slow models.")
@click.option("--intent", "intents", multiple=True, help="Only requests of this intent; may be given several times.")
@click.option("--by-intent", is_flag=True, help="Count by intent instead of by set.")
@click.option("--show-failures", is_flag=True, help="Say what went wrong with each request that failed.")
def main(
    llm: str,
    window: int,
    sets: tuple[str, ...],
    each: int,
    intents: tuple[str, ...],
    by_intent: bool,
    show_failures: bool,
) -> None:
    """Make every request on a board of its own; say how many did what they should and nothing else."""
    groups: dict[str, list[Result]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as home:
        for name in sets or SETS:
            wanted = [request for request in SETS[name] if not intents or request.intent in intents]
            for result in evaluate(_spread(wanted, each), Path(home), llm, window=window):
                groups[result.request.intent if by_intent else name].append(result)
                if show_failures and not result.passed:
                    _explain(result)
    console = Console()
    console.width = max(console.width, 110)
    console.print(report(llm, groups))


def _spread(requests: Sequence[Request], count: int) -> Sequence[Request]:
    """So many of the requests, at even distances; all of them for 0."""
    if not count or count >= len(requests):
        return requests
    return [requests[place * len(requests) // count] for place in range(count)]


def _explain(result: Result) -> None:
    request = result.request
    click.echo(f"{' | '.join((*request.after, request.text))[:160]}")
    for line in result.missing:
        click.echo(f"    missing: {line}")
    for line in result.collateral:
        click.echo(f"    collateral: {line}")
    click.echo(f"    reply: {' / '.join(result.outcome.reply.split(chr(10)))[:200]}")


def report(llm: str, groups: Mapping[str, Sequence[Result]]) -> Table:
    """Tell how each group went: every request is right, asked about or wrong; collateral is what was changed unasked.
    Calls and tokens are those of a turn on average, seconds its median and the time within which 95 of 100 ended."""
    table = Table(title=f"Editing by conversation: {llm}")
    table.add_column("set")
    costs = () if llm == "offline" else ("calls", "tokens read", "written")
    for heading in ("of", "right", "asked", "wrong", "collateral", "seconds", "p95", *costs):
        table.add_column(heading, justify="right")
    for name, results in groups.items():
        table.add_row(name, *_row(results, costs=bool(costs)))
    everything = [result for results in groups.values() for result in results]
    if everything:
        table.add_section()
        table.add_row("all", *_row(everything, costs=bool(costs)))
    return table


def _row(results: Sequence[Result], *, costs: bool) -> Iterable[str]:
    verdicts = [result.verdict for result in results]
    count, times = len(results), sorted(result.seconds for result in results)
    cost = sum((result.cost for result in results), Cost())
    yield str(count)
    yield f"{verdicts.count('right')} ({100 * verdicts.count('right') / count:.0f}%)"
    yield from (str(verdicts.count("asked")), str(verdicts.count("wrong")))
    yield str(sum(bool(result.collateral) for result in results))
    yield from (f"{times[len(times) // 2]:.2f}", f"{times[min(len(times) - 1, int(0.95 * len(times)))]:.2f}")
    if costs:
        yield f"{cost.calls / count:.1f}"
        yield from (f"{tokens / count:.0f}" for tokens in (cost.read, cost.written))


if __name__ == "__main__":
    main()
