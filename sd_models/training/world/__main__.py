"""`python -m sd_models.training.world --sheet FILE`: a contact sheet; `--catalogue FILE`: every object and
animal; `--words FILE` writes the vocabulary."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from PIL import Image

from sd_models.training.world import panel, vocabulary
from sd_models.training.world.things.sheet import catalogue_sheet


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m sd_models.training.world", description=__doc__)
    parser.add_argument("--sheet", type=Path, help="where to write a contact sheet")
    parser.add_argument("--catalogue", type=Path, help="where to draw every object and animal")
    parser.add_argument("--words", type=Path, help="where to write vocabulary.json")
    parser.add_argument("--seed", type=int, default=0, help="the first panel's seed")
    parser.add_argument("--split", choices=("train", "heldout"), default="train")
    parser.add_argument("--grid", default="6x6", help="columns x rows")
    parser.add_argument("--captions", action="store_true", help="print each panel's caption")
    args = parser.parse_args()
    if args.words:
        vocabulary.write(args.words)
    if args.catalogue:
        catalogue_sheet().save(args.catalogue)
    if not args.sheet:
        return
    columns, rows = (int(part) for part in args.grid.split("x"))
    width, height = 256, 144
    sheet = Image.new("RGB", (columns * (width + 4) - 4, rows * (height + 4) - 4))
    started = time.perf_counter()
    for k in range(columns * rows):
        one = panel(args.seed + k, args.split)
        sheet.paste(Image.fromarray(one.image), ((k % columns) * (width + 4), (k // columns) * (height + 4)))
        if args.captions:
            print(f"{args.seed + k}: {one.caption}")
    print(f"{(time.perf_counter() - started) / (columns * rows) * 1000:.1f} ms a panel")
    sheet.save(args.sheet)


if __name__ == "__main__":
    main()
