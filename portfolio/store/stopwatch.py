"""How long each step of a rehearsal has taken so far: one small file a book, so that a page may be loaded again.

Nothing anybody said stands in it. What is worth keeping becomes a ``Practice`` entry; then the file is no longer needed.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from pydantic import AwareDatetime, TypeAdapter, ValidationError

from portfolio.store.live import keep_small, read_small

STEPS: Final = 60
"""More steps no agenda has; a file with more is not ours."""
AWAY: Final = timedelta(seconds=10)
"""Who was not looked at for longer had the page closed, or in the background: that time does not count."""
STALE: Final = timedelta(hours=2)
"""After that a rehearsal begins anew."""
_EVERY: Final = timedelta(seconds=5)


@dataclass(frozen=True)
class Times:
    """``began``: the first look; it names the rehearsal. ``step`` is open since ``last``, ``seconds`` are those of each."""

    began: AwareDatetime | None = None
    last: AwareDatetime | None = None
    step: str = ""
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """Seconds of all steps."""
        return sum(self.seconds.values())

    def looked(self, step: str, now: datetime) -> Times:
        """Return the times after a look: the step that was open has had the time since the one before."""
        seconds = dict(self.seconds)
        if self.step and self.last is not None and timedelta(0) < now - self.last <= AWAY:
            seconds[self.step] = seconds.get(self.step, 0.0) + (now - self.last).total_seconds()
        began = self.began or (now if step else None)
        return replace(self, began=began, last=now, step=step, seconds=seconds)


class Stopwatch:
    """The times of one book. Kept every few seconds, and when another step is opened."""

    def __init__(self, hidden: Path, portfolio_id: str) -> None:
        self.path = hidden / "practise" / f"{portfolio_id}.json"
        self.times = Times()
        self._kept: datetime | None = None

    def open(self, now: datetime) -> Times:
        """Take up the times of a rehearsal that is not long ago; else none."""
        try:
            found = TypeAdapter(Times).validate_python(read_small(self.path))
        except (OSError, ValueError, ValidationError, TypeError):
            found = Times()
        fits = len(found.seconds) <= STEPS and all(0 <= one < 86_400 for one in found.seconds.values())
        fresh = found.last is not None and timedelta(0) <= now - found.last <= STALE
        self.times = replace(found, last=None) if fits and fresh else Times()
        return self.times

    def look(self, step: str, now: datetime) -> Times:
        """Note which step is open, "" for none. Raises ``StorageTrouble``."""
        was, self.times = self.times, self.times.looked(step, now)
        if self.times.began and (step != was.step or self._kept is None or now - self._kept >= _EVERY):
            self._kept = now
            keep_small(self.path, TypeAdapter(Times).dump_json(self.times))
        return self.times

    def clear(self) -> None:
        """Begin from zero."""
        self.times, self._kept = Times(), None
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)
