"""Draw all that the world knows (`--catalogue FOLDER`); write the vocabulary (`--words FILE`)."""

from __future__ import annotations

import argparse
from pathlib import Path

from sd_models.world import vocabulary
from sd_models.world.sheets import write_sheets


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sd_models.world", description=__doc__)
    parser.add_argument("--catalogue", type=Path, help="a folder for contact sheets of settings, people, things …")
    parser.add_argument("--words", type=Path, help="where to write vocabulary.json")
    args = parser.parse_args()
    if args.words:
        vocabulary.write(args.words)
    if args.catalogue:
        for path in write_sheets(args.catalogue):
            print(path)


if __name__ == "__main__":
    main()
