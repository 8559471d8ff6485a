"""`python -m sd_models.world --catalogue FILE` draws every object and animal; `--words FILE` writes the vocabulary."""

from __future__ import annotations

import argparse
from pathlib import Path

from sd_models.world import vocabulary
from sd_models.world.things.sheet import catalogue_sheet


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sd_models.world", description=__doc__)
    parser.add_argument("--catalogue", type=Path, help="where to draw every object and animal")
    parser.add_argument("--words", type=Path, help="where to write vocabulary.json")
    args = parser.parse_args()
    if args.words:
        vocabulary.write(args.words)
    if args.catalogue:
        catalogue_sheet().save(args.catalogue)


if __name__ == "__main__":
    main()
