"""What every reader of sound files hands on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CleanStream:
    """Sound taken out of its file and put into a new one of the same form that holds nothing else."""

    data: bytes
    seconds: float
