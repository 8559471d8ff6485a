"""Runs every `bench_*.py` beside this file, or those named: `python -m tests.bench db models`.

Each has `run() -> None` and prints its own table with rich."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import tests.bench
from tests.bench.ruler import print_ruler


def main(wanted: list[str]) -> None:
    print_ruler()
    for module in pkgutil.iter_modules(tests.bench.__path__):
        name = module.name.removeprefix("bench_")
        if module.name != name and (not wanted or name in wanted):
            importlib.import_module(f"tests.bench.{module.name}").run()


if __name__ == "__main__":
    main(sys.argv[1:])
