"""How long it still takes, as far as one can know: from what was measured, in words that promise no more."""

from __future__ import annotations

import statistics
from collections import deque
from typing import Final

from portfolio.words import Speech

FIRST: Final = 3
"""So many must be done before anything is said."""
_LAST: Final = 30
"""So many of the last ones count: the first are slow, because everything is new."""
_NEAR: Final = 0.25
"""A new estimate this near to the old one, as a share of it, is no news: the old one goes on."""


class Pace:
    """What has been done, and when. All times are seconds of one clock that never goes back."""

    def __init__(self, total: int, now: float) -> None:
        """Begin: ``total`` are still to be done."""
        self.total = total
        self.done = 0
        self._now = self._last = now
        self._gaps: deque[float] = deque(maxlen=_LAST)
        self._said: float | None = None
        """When it will be over, as it was said last."""

    def step(self, now: float) -> None:
        """Note that one more is done."""
        self.done += 1
        self._gaps.append(max(0.0, now - self._last))
        self._last = now
        self.look(now)

    def look(self, now: float) -> None:
        """Note what time it is: one that takes long makes the rest no shorter."""
        self._now = now
        over = self._over()
        if over is None:
            return
        rest = max(0.0, over - now)
        if self._said is None or abs(over - self._said) > max(2.0, _NEAR * rest):
            self._said = over

    def _over(self) -> float | None:
        """Return when it will be over, by the usual time between two."""
        if self.done < FIRST:
            return None
        # between the mean and the median: a few large books among small ones come again, the first start does not
        usual = (statistics.fmean(self._gaps) + statistics.median(self._gaps)) / 2
        waited = max(usual, self._now - self._last)
        rest = self.total - self.done
        return self._last + waited + usual * (rest - 1) if rest > 0 else self._now

    @property
    def left(self) -> float | None:
        """How many seconds it will still take; ``None`` while nobody can know."""
        if self.done >= self.total:
            return 0.0
        return None if self._said is None else max(0.0, self._said - self._now)


def left_in_words(seconds: float | None, say: Speech) -> str:
    """Return how long it still takes, as people say it; empty while nobody can know."""
    if seconds is None:
        return ""
    if seconds < 8:
        return say("a few seconds left")
    if seconds < 50:
        return say("about {n} seconds left", n=max(10, round(seconds / 10) * 10))
    if seconds < 90:
        return say("about a minute left")
    if seconds < 3600:
        return say("about {n} minutes left", n=max(2, round(seconds / 60)))
    return say("more than an hour left")


def took_in_words(seconds: float, say: Speech) -> str:
    """Return how long something took or will take, as people say it."""
    if seconds < 8:
        return say("a few seconds")
    if seconds < 50:
        return say("about {n} seconds", n=max(10, round(seconds / 10) * 10))
    if seconds < 90:
        return say("about a minute")
    return say("about {n} minutes", n=round(seconds / 60))
