"""What this machine can draw with."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Device", "describe_device"]


@dataclass(frozen=True)
class Device:
    """`kind` is "cuda", "mps" or "cpu"; `memory` is in bytes, 0 where it is the machine's own; `bfloat16` says whether
    the device multiplies bfloat16 matrices natively."""

    kind: str
    name: str
    memory: int
    bfloat16: bool


def describe_device() -> Device:
    """The device that `device="auto"` takes."""
    import torch

    if torch.cuda.is_available():
        card = torch.cuda.get_device_properties(0)
        return Device("cuda", card.name, card.total_memory, torch.cuda.is_bf16_supported(including_emulation=False))
    if torch.backends.mps.is_available():
        return Device("mps", "Apple GPU", 0, bfloat16=True)
    return Device("cpu", torch.backends.cpu.get_cpu_capability(), 0, bool(torch.cpu._is_avx512_bf16_supported()))
