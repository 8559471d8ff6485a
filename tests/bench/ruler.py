"""What this machine can do at the moment: the ruler that measured figures are read against."""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

__all__ = ["fsync_seconds", "instruction_set", "matmul_gflops", "peak_mib", "print_ruler"]


def fsync_seconds(times: int = 30) -> float:
    """Median seconds of one 4 KiB write with fsync."""
    seconds = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(times):
            start = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fsync(file.fileno())
            seconds.append(time.perf_counter() - start)
    return statistics.median(seconds)


def peak_mib() -> float:
    """Peak resident memory of this process. (`ru_maxrss` would count that of the process that started it.)"""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def matmul_gflops(dtype: str, size: int = 2048, times: int = 7) -> float:
    """Best rate of a square matrix product, in GFLOP/s, with torch's current number of threads."""
    import torch

    a, b = (torch.randn(size, size).to(getattr(torch, dtype)) for _ in range(2))
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        a @ b
        seconds.append(time.perf_counter() - start)
    return 2 * size**3 / min(seconds) / 1e9


def instruction_set() -> str:
    """The widest instructions that torch's own kernels use on this CPU, such as "AVX2"; with its bfloat16 units."""
    import torch

    units = "AMX" if torch.cpu._is_amx_tile_supported() else "bfloat16" if torch.cpu._is_avx512_bf16_supported() else ""
    return f"{torch.backends.cpu.get_cpu_capability()}{units and f', {units}'}"


def print_ruler() -> None:
    import torch

    table = Table(title="Ruler: this machine, now")
    for column in ("cores", "instruction set", "load", "torch threads", "fsync", "float32 matmul", "bfloat16 matmul"):
        table.add_column(column, justify="right")
    table.add_row(
        str(os.cpu_count()),
        instruction_set(),
        f"{os.getloadavg()[0]:.1f}",
        str(torch.get_num_threads()),
        f"{fsync_seconds() * 1e3:.2f} ms",
        f"{matmul_gflops('float32'):.0f} GFLOP/s",
        # A CPU without bfloat16 units takes minutes for one such product.
        f"{matmul_gflops('bfloat16'):.0f} GFLOP/s" if torch.cpu._is_avx512_bf16_supported() else "no units for it",
    )
    Console().print(table)
