"""The teacher's key and the teacher's visits: made at the start, kept in memory only, over by themselves.

A key is made when the server starts, and only its fingerprint stays. Beside it there is an *opening*: a key for the
browser that the program opens itself. Such an address can be read in a list of processes, so it works once.

A child and a teacher may share a laptop, and a browser remembers addresses. When a child sits down where the
teacher's link was opened, and when the teacher is done, that link is over: a fresh one is told where the server was started.

A visit exists only if this server began it: what was signed before the last start opens nothing. It is over after
"I'm done", when somebody else comes in at the same browser, and when nobody has done anything for a while. No clock
is asked and no dice are rolled here: both come in through parameters.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from portfolio.serve.keys import Randomness, Visit, key_fingerprint, new_key
from portfolio.store.own_word import OwnWord

IDLE: Final = timedelta(minutes=45)  # a lesson: children share this laptop
OPENING: Final = timedelta(minutes=5)  # an old laptop needs its time to open a browser


def _nobody() -> str:
    return ""


def _told_nobody(key: str) -> None:
    del key


@dataclass
class TeacherVisits:
    """Who comes in by the teacher's door. ``now`` is always an aware time."""

    teacher_id: str
    """Which teacher the key is for."""
    randomness: Randomness
    called: Callable[[], str] = _nobody
    """Gives the name children call the teacher by; may be empty."""
    tell: Callable[[str], None] = _told_nobody
    """Told a fresh key when the one before is over."""
    idle: timedelta = IDLE
    """How long a visit goes on with nobody doing anything."""
    own_word: OwnWord | None = None
    """The word this teacher comes back with, where one can be kept."""
    _print: str = ""
    _used: bool = False
    _opening: tuple[str, datetime] | None = None
    _open: dict[str, tuple[Visit, datetime]] = field(default_factory=dict)

    def new_key(self) -> str:
        """Return a fresh key, which takes the place of the one before; only its fingerprint is kept."""
        key = new_key(self.randomness)
        self._print, self._used = key_fingerprint(key), False
        return key

    def new_opening(self, now: datetime) -> str:
        """Return a key that opens the desk once, and soon."""
        key = new_key(self.randomness)
        self._opening = (key_fingerprint(key), now + OPENING)
        return key

    def fits(self, key: str, now: datetime) -> bool:
        """Return whether this is the teacher's key. An opening fits once."""
        tried = key_fingerprint(key)
        main = hmac.compare_digest(tried, self._print)
        print_, until = self._opening or ("", now)
        once = hmac.compare_digest(tried, print_) and now < until
        if once:
            self._opening = None
        self._used = self._used or main
        return main or once

    @property
    def word(self) -> OwnWord | None:
        """Return the word that opens the desk, or ``None`` while none is set."""
        return self.own_word if self.own_word is not None and self.own_word.there() else None

    def end_link(self) -> None:
        """Let the link be over, if it was used: somebody else sits now where a browser may remember it."""
        if self._used:
            self.tell(self.new_key())

    def begin(self, visit: Visit, now: datetime) -> None:
        """Note a visit that begins (or goes on) now."""
        self._open[visit.visit_id] = (visit, now)

    def goes_on(self, visit: Visit, now: datetime) -> bool:
        """Return whether this visit was begun here and is not over."""
        found = self._open.get(visit.visit_id)
        return found is not None and now - found[1] < self.idle

    def stir(self, visit: Visit, now: datetime) -> bool:
        """Note that somebody did something in this visit, unless it is over; return whether it goes on."""
        if not self.goes_on(visit, now):
            return False
        self._open[visit.visit_id] = (visit, now)
        return True

    def left_alone(self, now: datetime) -> list[Visit]:
        """Return the visits in which nobody has done anything for too long."""
        return [visit for visit, _ in self._open.values() if not self.goes_on(visit, now)]

    def end(self, visit: Visit) -> None:
        """Forget a visit: it is over."""
        self._open.pop(visit.visit_id, None)
