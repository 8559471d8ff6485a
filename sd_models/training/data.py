"""What the stages learn from: panels of the picture world, drawn by worker processes while the training runs.

A `Pool` is an array on disk that grows by whole blocks, in the order of the panels' seeds. Step s of a stage chooses
from the first `Growth.at(s)` panels, whatever the machine's speed, so a run with the same seed sees the same data; a
trainer that is faster than its workers waits for them. A pool that is there already is not drawn again.
"""

from __future__ import annotations

import json
import os
import pickle
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor

from sd_models.tokenizer import Tokenizer
from sd_models.training import captions
from sd_models.training import panels as world
from sd_models.training.stagings import pair

__all__ = [
    "BLOCK",
    "CAPTIONS",
    "FIGURES",
    "Block",
    "Growth",
    "Pool",
    "batch_indices",
    "drawn_blocks",
    "drawn_pairs",
    "in_order",
    "on_device",
    "pictures",
]

BLOCK = 256  # panels a worker draws at a time
CAPTIONS = 4  # ways in which each panel is told
FIGURES = 3  # in a panel at most
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

Array = np.ndarray[Any, np.dtype[Any]]
T = TypeVar("T")


@dataclass(frozen=True)
class Block:
    """`images` (N, H, W, 3) uint8; `boxes` (N, FIGURES, 4) float16, where figures are seen, as shares of the frame,
    empty ones last; `ids` (N, CAPTIONS, 77) uint16, token ids, absent without a tokenizer. Pairs have `layouts` like
    `images` too, and `heads` like `boxes`."""

    images: Array
    boxes: Array
    ids: Array | None
    layouts: Array | None = None
    heads: Array | None = None


def draw_block(first: int, size: tuple[int, int], tokenizer: Path | None, count: int = BLOCK) -> Block:
    """Panels `first` to `first + count` at `size` (width, height), each told in `CAPTIONS` ways."""
    images, ids = [], []
    boxes = np.zeros((count, FIGURES, 4), np.float16)
    for row, seed in enumerate(range(first, first + count)):
        panel = world.panel(seed, "train", size=size)
        images.append(panel.image)
        boxes[row, : len(panel.boxes)] = np.reshape(panel.boxes, (-1, 4))
        if tokenizer is not None:
            encode = _tokenizer(tokenizer)
            rng = random.Random(f"captions {seed}")
            texts = [captions.caption(panel.attributes, rng) for _ in range(CAPTIONS)]
            ids.append(encode([_with_unknown_word(text, rng) for text in texts]).numpy().astype(np.uint16))
    return Block(np.stack(images), boxes, np.stack(ids) if ids else None)


def draw_pairs(first: int, size: tuple[int, int], tokenizer: Path, count: int = BLOCK) -> Block:
    """Pairs `first` to `first + count`: layouts and what they stand for, told in full, in other words twice, and by
    what the layout leaves open."""
    pairs = [pair(seed, size=size) for seed in range(first, first + count)]
    boxes, heads = np.zeros((2, count, FIGURES, 4), np.float16)
    ids = []
    for row, each in enumerate(pairs):
        for index, figure in enumerate(each.boxes):
            boxes[row, index], heads[row, index] = figure.body, figure.head
        rng = random.Random(f"captions of pair {first + row}")
        texts = [captions.plain(each.attributes), captions.beyond_layout(each.attributes)]
        texts += [_with_unknown_word(captions.caption(each.attributes, rng), rng) for _ in range(CAPTIONS - len(texts))]
        ids.append(_tokenizer(tokenizer)(texts).numpy().astype(np.uint16))
    images, layouts = (np.stack(part) for part in zip(*((each.target, each.layout) for each in pairs), strict=True))
    return Block(images, boxes, np.stack(ids), layouts, heads)


@cache
def _tokenizer(folder: Path) -> Tokenizer:
    """A worker process reads the tokenizer once: a loaded one cannot be sent to it."""
    return Tokenizer.from_folder(folder)


def _with_unknown_word(text: str, rng: random.Random) -> str:
    """Now and then a word that says nothing, so that the model learns to pass over what it does not know."""
    if rng.random() >= 0.06:
        return text
    words = text.split(" ")
    words.insert(rng.randrange(len(words) + 1), "".join(rng.choices(_LETTERS, k=rng.randint(3, 8))))
    return " ".join(words)


def drawn_blocks(first: int, last: int, size: tuple[int, int], tokenizer: Path | None, workers: int) -> Iterator[Block]:
    """The blocks of the training panels from `first` to `last`, in order."""
    return in_order(partial(draw_block, size=size, tokenizer=tokenizer), first, last, workers)


def drawn_pairs(first: int, last: int, size: tuple[int, int], tokenizer: Path, workers: int) -> Iterator[Block]:
    """The blocks of the training pairs from `first` to `last`, in order."""
    return in_order(partial(draw_pairs, size=size, tokenizer=tokenizer), first, last, workers)


def _worker(parent: int) -> None:
    """A worker computes on one thread, and ends when whoever started it is gone, even killed."""
    torch.set_num_threads(1)

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def in_order(draw: Callable[[int], T], first: int, last: int, workers: int) -> Iterator[T]:
    """`draw(start)` of every block, by `workers` processes a little ahead of who asks (0: by this one)."""
    starts = iter(range(first, last, BLOCK))
    if workers == 0:
        yield from map(draw, starts)
        return
    with (
        tempfile.TemporaryDirectory(prefix="panels-") as folder,
        ProcessPoolExecutor(workers, get_context("spawn"), initializer=_worker, initargs=(os.getpid(),)) as pool,
    ):
        ahead: list[Future[Path]] = []
        try:
            for start in starts:
                ahead.append(pool.submit(_handed_over, draw, start, Path(folder)))
                if len(ahead) > 2 * workers:
                    yield _taken(ahead.pop(0).result())
            while ahead:
                yield _taken(ahead.pop(0).result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _handed_over(draw: Callable[[int], T], start: int, folder: Path) -> Path:
    """A worker's block as a file: through a pipe, its 28 MB would hold up whoever trains."""
    path = folder / str(start)
    with path.open("wb") as file:
        pickle.dump(draw(start), file, protocol=5)
    return path


def _taken(path: Path) -> Any:
    """What a worker of this process has left there."""
    with path.open("rb") as file:
        block = pickle.load(file)
    path.unlink()
    return block


@dataclass(frozen=True)
class Growth:
    """How many of a pool's `total` panels step s chooses from: `start`, growing evenly to all of them at `full`."""

    start: int
    total: int
    full: int

    def at(self, step: int) -> int:
        grown = self.start + (self.total - self.start) * step // max(self.full, 1)
        return min(self.total, -(-grown // BLOCK) * BLOCK)


class Pool:
    """Arrays on disk, one for each name, that grow by blocks of BLOCK rows. What is written stays valid if the process
    is killed: the number of rows is written last."""

    def __init__(self, folder: Path, total: int, arrays: dict[str, tuple[tuple[int, ...], Any]]) -> None:
        """`arrays`: name to (shape of a row, dtype). A pool that was made with other shapes is begun anew."""
        folder.mkdir(parents=True, exist_ok=True)
        self.total = -(-total // BLOCK) * BLOCK
        self._count = folder / "count.json"
        shapes = {name: [list(shape), np.dtype(kind).str] for name, (shape, kind) in arrays.items()}
        known = json.loads(self._count.read_text()) if self._count.exists() else {}
        self.count: int = known.get("count", 0) if known.get("arrays") == shapes else 0
        self._shapes = shapes
        self.arrays: dict[str, Array] = {}
        for name, (shape, kind) in arrays.items():
            path, row = folder / f"{name}.raw", int(np.prod(shape)) * np.dtype(kind).itemsize
            with path.open("ab") as file:
                file.truncate(max(self.total, self.count) * row)
            self.arrays[name] = np.memmap(path, dtype=kind, mode="r+", shape=(max(self.total, self.count), *shape))

    def append(self, **blocks: Array) -> None:
        """Adds one block of rows to each array."""
        for name, rows in blocks.items():
            self.arrays[name][self.count : self.count + len(rows)] = rows
        self.count += len(next(iter(blocks.values())))
        part = self._count.with_suffix(".part")
        part.write_text(json.dumps({"count": self.count, "arrays": self._shapes}))
        part.replace(self._count)

    def fill(self, wanted: int, blocks: Iterator[Block], keep: Callable[[Block], dict[str, Array]]) -> None:
        """Appends `keep(block)` until there are `wanted` rows."""
        while self.count < min(wanted, self.total):
            self.append(**keep(next(blocks)))


def batch_indices(seed: int, step: int, count: int, size: int) -> Array:
    """The rows of step `step`: `size` of the first `count`, by chance that depends on seed and step alone."""
    return np.sort(np.random.default_rng((seed, step)).integers(0, count, size))


def pictures(images: Array, device: torch.device | str = "cpu") -> Tensor:
    """(N, H, W, 3) uint8 to (N, 3, H, W) float32 in [-1, 1] on the device, channels last in memory."""
    x = on_device(torch.from_numpy(np.ascontiguousarray(images)), device).permute(0, 3, 1, 2)
    return x.float().div_(127.5).sub_(1).contiguous(memory_format=torch.channels_last)


def on_device(tensor: Tensor, device: torch.device | str) -> Tensor:
    """The tensor on the device; a GPU is not waited for."""
    if torch.device(device).type != "cuda":
        return tensor.to(device)
    return tensor.pin_memory().to(device, non_blocking=True)
