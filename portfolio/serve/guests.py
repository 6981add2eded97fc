# long: every limit on open pages in one place
"""Who has a page of rooms open: a carrier for each, forgotten in time, asked in turn.

A page that is watched asks every second, and thirty families may sit in one house. So what did not change is answered
without a thread; one visit has one question answered at a time, all together have a few; and whoever asks without end
is told to wait.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections import Counter, OrderedDict, defaultdict
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portfolio.carry.answers import ALWAYS, Answered, Carrier
from portfolio.carry.checks import rev_of
from portfolio.carry.sentences import sentence
from portfolio.errors import NotFound, PortfolioError
from portfolio.serve.front import Front
from portfolio.serve.keys import Visit
from portfolio.serve.room_hosts import RoomHost, RoomPage, host_of, table_of
from portfolio.serve.room_shell import Opened
from portfolio.store.class_folder import ClassFolder, open_class
from portfolio.store.port import ClassStore
from portfolio.views.icons import drawings
from portfolio.words import speak

AT_ONCE: Final = 3
"""Questions answered at the same time, for all visits together."""
LARGE_AT_ONCE: Final = 4
"""Questions with files that come in at the same time: each of another visit."""
WAITING: Final = 8
"""Questions of one visit that may wait for their turn."""
A_WINDOW: Final = 10.0  # seconds
MOST_IN_A_WINDOW: Final = 150
"""Questions of one visit in a window: some ten times what its pages ask by themselves."""
OPEN_EACH: Final = 4
"""Pages one visit may have open: the one it forgot first is made anew when it asks."""
OPEN_ALL: Final = 120
IDLE: Final = 4 * 3600.0  # seconds
FRESH: Final = 5.0
"""Seconds after which a watched screen is asked about although nothing seems to have changed: clocks go on."""


class TooMany(Exception):
    """Somebody asks more than a page of ours ever does; never shown to anybody."""


class Closed(Exception):
    """There is nobody any more for whom this page is; never shown to anybody."""


@dataclass(frozen=True)
class Seat:
    """Where a question comes from: which page of which visit, opened under which id."""

    page: RoomPage
    visit: Visit
    page_id: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What the page is known by."""
        return self.page.name, self.visit.visit_id, self.page_id


@dataclass
class Sitting:
    """One open page."""

    carrier: Carrier
    host: RoomHost
    asked: float
    quiet: tuple[object, ...] = ()
    """What was looked for when nothing was new, on which pulse, and when."""
    nothing: Mapping[str, Any] | None = None
    """What was answered then."""


class Guests:
    """All open pages of one server. ``clock`` gives seconds that only go forward."""

    def __init__(self, front: Front, clock: Callable[[], float]) -> None:
        self._front, self._clock = front, clock
        self._open: OrderedDict[tuple[str, str, str], Sitting] = OrderedDict()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._waiting: Counter[str] = Counter()
        self._asked: Counter[str] = Counter()
        self._window = clock()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)
        self._bringing: set[str] = set()
        self._opening = threading.Lock()
        self._list = threading.RLock()
        self._folder = ClassFolder(front.class_folder)
        self._class: tuple[ClassFolder, ClassStore] | None = None

    async def come(self, seat: Seat) -> Opened:
        """Open a page. Raises ``Closed``, ``TooMany``, ``PortfolioError``."""
        self._count(seat.visit)
        async with self._turn(seat.visit):
            return await asyncio.to_thread(self._opened, seat)

    async def hear(self, seat: Seat, content: object, buffers: Sequence[bytes]) -> Answered:
        """Answer one message of a page. Raises ``Closed`` and ``TooMany``."""
        said = content if isinstance(content, dict) else {}
        self._count(seat.visit)
        if said.get("type") == "ping":
            return {"type": "pong"}, []
        looked = _looked_for(said)
        unchanged = self._unchanged(seat, looked)
        if unchanged is not None:
            return {**unchanged, "rev": rev_of(said)}, []
        async with self._turn(seat.visit):
            return await asyncio.to_thread(self._answer, seat, content, buffers, looked)

    async def begin_large(self, visit: Visit) -> None:
        """Wait until a large question may come in. Raises ``TooMany`` for a second one of the same visit."""
        if visit.visit_id in self._bringing:
            raise TooMany
        self._bringing.add(visit.visit_id)
        try:
            await self._large.acquire()
        except BaseException:
            self._bringing.discard(visit.visit_id)
            raise

    def end_large(self, visit: Visit) -> None:
        """Let the next large question in: this one is answered, or its line was cut."""
        self._bringing.discard(visit.visit_id)
        self._large.release()

    def end(self, visit: Visit) -> None:
        """Forget the pages of a visit that is over."""
        with self._list:
            for key in [key for key in self._open if key[1] == visit.visit_id]:
                del self._open[key]

    def close(self) -> None:
        """Forget everything: the server ends."""
        with self._list:
            self._open.clear()
        if self._class is not None:
            self._class[1].close()
            self._class = None

    # ------------------------------------------------------------------------------------ in turn

    def _count(self, visit: Visit) -> None:
        now = self._clock()
        if now - self._window >= A_WINDOW:
            self._window = now
            self._asked.clear()
        self._asked[visit.visit_id] += 1
        if self._asked[visit.visit_id] > MOST_IN_A_WINDOW:
            raise TooMany

    @contextlib.asynccontextmanager
    async def _turn(self, visit: Visit) -> AsyncIterator[None]:
        """Wait for one's turn: one question of a visit at a time, a few of all."""
        who = visit.visit_id
        if self._waiting[who] >= WAITING:
            raise TooMany
        self._waiting[who] += 1
        try:
            async with self._turns[who], self._room:
                yield
        finally:
            self._waiting[who] -= 1
            if not self._waiting[who]:
                del self._waiting[who]
                self._turns.pop(who, None)

    # ------------------------------------------------------------------------- in a thread, by turns

    def _opened(self, seat: Seat) -> Opened:
        sitting = self._sit(seat)
        host = sitting.host
        return Opened(sitting.carrier.first, host.words(), host.look(), drawings(ALWAYS), host.leave())

    def _answer(
        self,
        seat: Seat,
        content: object,
        buffers: Sequence[bytes],
        looked: tuple[str, ...],
    ) -> Answered:
        pulse = self._pulse()  # before anything is read: what changes meanwhile is seen at the next look
        try:
            sitting = self._sit(seat)
        except PortfolioError as error:
            told = sentence(error, speak(self._front.door.language))
            return {"type": "refused", "rev": rev_of(content), "sentence": told, "field": ""}, []
        answer, files = sitting.carrier.hear(content, buffers)
        new = answer["type"] != "looked" or answer["asides"] or answer["seen"] not in ("", *looked[1:2])
        same = bool(looked) and not new
        sitting.quiet = (looked, pulse, self._clock()) if same else ()
        sitting.nothing = answer if same else None
        return answer, files

    def _sit(self, seat: Seat) -> Sitting:
        """Return the open page, made anew if it is not known (any more). Raises ``Closed``, ``PortfolioError``."""
        folder, store = self._kept()
        self._check(seat.visit, store)
        key, front = seat.key, self._front
        with self._list:
            sitting = self._open.get(key)
        if sitting is None:
            table = table_of(seat.visit, folder, store, front.now)
            host = host_of(seat.page, seat.visit, table, front.secret)
            sitting = Sitting(Carrier(host), host, self._clock())
        with self._list:
            sitting.asked = self._clock()
            self._open[key] = sitting
            self._open.move_to_end(key)
            self._forget(seat.visit, sitting.asked)
        return sitting

    def _check(self, visit: Visit, store: ClassStore) -> None:
        """Let nobody in who is not in the class any more: a child that was erased, a home that was split."""
        try:
            student = store.student(visit.student_id)
        except NotFound:
            raise Closed from None
        if visit.role == "family" and student.household(visit.household_id) is None:
            raise Closed

    def _kept(self) -> tuple[ClassFolder, ClassStore]:
        with self._opening:
            if self._class is None:
                folder = open_class(self._front.class_folder)
                self._class = folder, folder.store()
            return self._class

    def _forget(self, visit: Visit, now: float) -> None:
        """Forget pages nobody has asked for in hours, and the oldest where there are too many."""
        own = [key for key in self._open if key[1] == visit.visit_id]
        gone = {*own[:-OPEN_EACH], *list(self._open)[:-OPEN_ALL]}
        gone |= {key for key, one in self._open.items() if now - one.asked > IDLE}
        for key in gone:
            del self._open[key]

    # ---------------------------------------------------------------------------- what did not change

    def _unchanged(self, seat: Seat, looked: tuple[str, ...]) -> Mapping[str, Any] | None:
        """Return what was answered to the same look, if nothing was new then and nothing has been written since."""
        sitting = self._open.get(seat.key)
        if not looked or sitting is None or sitting.nothing is None or not sitting.quiet:
            return None
        before, pulse, at = sitting.quiet
        fresh = isinstance(at, float) and self._clock() - at < FRESH
        if not fresh or before != looked or pulse != self._pulse():
            return None
        sitting.asked = self._clock()
        return sitting.nothing

    def _pulse(self) -> tuple[object, ...]:
        """Return what is another one after everything anybody writes in this class."""
        database, live = self._folder.database, self._folder.hidden / "live"
        beside = database.with_name(f"{database.name}-wal")
        return tuple(map(_state_of, (database, beside, live)))


def _state_of(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_mtime_ns, found.st_size


def _looked_for(said: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a look asks about: place, what was seen, where the page stands; nothing for other messages."""
    asked = tuple(said.get(name, "") for name in ("place", "seen", "here"))
    proper = said.get("type") == "look" and rev_of(said) and all(isinstance(one, str) for one in asked)
    return asked if proper else ()
