"""Wrong links, wrong secret pictures and wrong words of the teacher are answered more and more slowly.

Keys have 140 random bits, so guessing is hopeless anyway; this keeps a machine that tries from wearing
out the server. A right link is never slowed: in a school every child may come from the same address. A word
people think of can be guessed: after five wrong ones in a row none is looked at for a minute, after each further one, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

FORGET_AFTER: Final = 600.0  # seconds without a wrong link
LONGEST: Final = 4.0  # seconds; longer only fills the server with waiting requests
IN_A_ROW: Final = 5  # wrong words of the teacher, then nothing is looked at for a while
PAUSE: Final = 60.0  # seconds
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

    def resting(self, who: str) -> bool:
        """Return whether ``who`` has been wrong so often in a row that nothing is looked at for a while."""
        count, last = self._wrong.get(who, (0, 0.0))
        return count >= IN_A_ROW and self.clock() - last < PAUSE

    def forgive(self, who: str) -> None:
        """Forget what was wrong: now it was right."""
        self._wrong.pop(who, None)

    @property
    def full(self) -> bool:
        """Return True if so many answers wait already that the next is answered with "too many"."""
        return self.waiting >= AT_ONCE
