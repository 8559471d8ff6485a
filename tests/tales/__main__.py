"""Print how faithfully tales are read: `python -m tests.tales [FOLDER ...] [--faults]`, by default this folder's.

A folder holds NAME.txt and NAME.gold.json; the README beside this file says what the gold holds and what is faithful.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from agent.staging import settled
from agent.story import read_story
from agent.story.readers import load_story
from tests.tales.scoring import COLUMNS, f1, line, score_tale, total

HERE = Path(__file__).parent


def planned(path: Path) -> dict[str, Any]:
    """The board that a story file becomes, as JSON with positions."""
    board = settled(read_story(load_story(path.read_bytes(), path.name)), None).to_json()
    scenes = [{"position": position, **scene} for position, scene in enumerate(board["scenes"], start=1)]
    return {**board, "scenes": scenes}


def scored(folder: Path) -> dict[str, Any]:
    """The scores of every tale of a folder, by name."""
    results = {}
    for file in sorted(folder.glob("*.gold.json")):
        gold = json.loads(file.read_text("utf-8"))
        result = score_tale(gold, planned(file.with_name(gold["tale"])))
        low, high = result["range"]
        result["in_range"] = low <= result["panels"] <= high
        result["count_cell"] = f"{result['panels']} of {low}-{high}{'' if result['in_range'] else '!'}"
        result["part_cell"] = "NO" if result["partition"] else "ok"
        result["f1"] = f1(result["cut"])
        results[file.name.removesuffix(".gold.json")] = result
    return results


def main() -> None:
    """Print a line for each tale, their sum, and with --faults every fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[HERE])
    parser.add_argument("--faults", action="store_true")
    args = parser.parse_args()
    for folder in args.folders:
        results = scored(folder)
        print("".join(f"{name:<{width}}" if not at else f"{name:>{width}}" for at, (name, width) in enumerate(COLUMNS)))
        for name, result in results.items():
            print(line(name, result))
            for fault in result["faults"] if args.faults else ():
                print(f"    panel {fault['panel']}: {fault['kind']}: {fault['note']}")
        print(line("TOTAL", total(list(results.values()))))


if __name__ == "__main__":
    main()
