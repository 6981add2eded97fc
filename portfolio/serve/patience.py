"""Wrong links, and wrong secret pictures, are answered more and more slowly.

Keys have 140 random bits, so guessing is hopeless anyway; this keeps a machine that tries from wearing
out the server. A right link is never slowed: in a school every child may come from the same address.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

FORGET_AFTER: Final = 600.0  # seconds without a wrong link
LONGEST: Final = 4.0  # seconds; longer only fills the server with waiting requests
AT_ONCE: Final = 20  # wrong links waiting for their answer, from everywhere together


@dataclass
class Patience:
    """Counts wrong answers: links by address, secret pictures by child. ``clock`` gives seconds that only go forward."""

    clock: Callable[[], float]
    waiting: int = 0
    _wrong: dict[str, tuple[int, float]] = field(default_factory=dict)
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)

    def turn(self, who: str) -> asyncio.Lock:
        """Return the lock under which answers of ``who`` are looked at: many sent at once gain nothing."""
        return self._turns.setdefault(who, asyncio.Lock())

    def wait_for(self, address: str) -> float:
        """Note one more wrong answer from this address or child and return how many seconds it may wait for ours."""
        now = self.clock()
        self._wrong = {who: seen for who, seen in self._wrong.items() if now - seen[1] < FORGET_AFTER}
        count = self._wrong.get(address, (0, now))[0] + 1
        self._wrong[address] = (count, now)
        return 0.0 if count <= 2 else min(0.25 * 2.0 ** min(count - 3, 10), LONGEST)

    @property
    def full(self) -> bool:
        """Return True if so many answers wait already that the next is answered with "too many"."""
        return self.waiting >= AT_ONCE
