# long: workers, quarantine and stopping are one loop
"""The files of many homes at once: workers side by side, and a book that breaks one is set apart.

Whose page kills its worker, takes too long or raises what nobody foresaw is tried once more, alone, after all others.
How many workers there are is decided by what the first files cost: a start must pay.
"""

from __future__ import annotations

import os
import signal
import statistics
import threading
import time
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, Final

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.moments.home_maker import Maker, Task, Told, Work, read_ahead, unforeseen
from portfolio.moments.run_apart import DONE, Worker, can_fork

SECONDS: Final = 60.0
"""How long the files of one home may take."""
FEW: Final = 8
"""So many children are done in this process where a worker would have to be started anew: that takes a second."""

_START: Final = {"fork": 0.1, "spawn": 1.5}
"""Seconds until a worker does its first work."""
_KNOWN: Final = 3
"""So many tasks must be done before their cost is known."""
_TICK: Final = 0.25
"""Seconds between two looks at the clock."""
_PATIENCE: Final = 5.0
"""Seconds that workers get to finish what they have begun, once somebody asked to stop."""


@dataclass
class Stop:
    """Whether somebody asked to stop."""

    asked: bool = False

    def is_asked(self) -> bool:
        """Return whether somebody has asked by now: a signal may come at any moment."""
        return self.asked


@contextmanager
def stoppable(stop: Stop | None = None) -> Iterator[Stop]:
    """Give a mark that Ctrl-C sets, instead of breaking off in the middle of something; a second one breaks off.

    ``stop`` is a mark somebody else may set as well, where no Ctrl-C comes.
    """
    stop = stop or Stop()
    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.getsignal(signal.SIGINT)

    def ask(_number: int, _frame: object) -> None:
        if stop.asked:
            raise KeyboardInterrupt
        stop.asked = True

    signal.signal(signal.SIGINT, ask)
    try:
        yield stop
    finally:
        # None: what was there came from outside of Python and cannot be named
        signal.signal(signal.SIGINT, signal.default_int_handler if before is None else before)


@dataclass(frozen=True)
class Limits:
    """How many workers (``None``: by what it costs; 0: none, all in this process), and seconds for a home."""

    workers: int | None = None
    seconds: float = SECONDS


def make_all(
    work: Work, tasks: Sequence[Task], limits: Limits, stop: Stop
) -> Generator[tuple[Task, Told] | None, None, None]:
    """Yield what becomes of each home, as it comes; ``None`` now and then, so that a clock can be shown.

    After ``stop.asked`` no task is begun; homes of which nothing is told have no new file.
    """
    forks = can_fork()
    none = limits.workers == 0 or (limits.workers is None and not forks and len(tasks) <= FEW)
    if none:
        yield from _here(work, tasks, stop)
        return
    crew = _Crew(work, limits, stop, deque(tasks))
    try:
        yield from crew.side_by_side()
        if crew.waiting and not stop.asked:  # no worker can be started on this computer
            yield from _here(work, list(crew.waiting), stop)
            for task, why in crew.apart:
                for household_id, _ in task.homes:
                    yield task, Told(household_id, trouble=why)
            return
        for task, _ in crew.apart:
            yield from crew.alone(task)
    finally:
        crew.send_home(1.0)


def _here(work: Work, tasks: Sequence[Task], stop: Stop) -> Iterator[tuple[Task, Told] | None]:
    """Make everything in this process: an error stops one child's files, but what kills the process kills all."""
    maker = Maker(work)
    try:
        for task in tasks:
            told: set[str] = set()
            if stop.is_asked():
                return
            try:
                for one in maker.homes(task):
                    told.add(one.household_id)
                    yield task, one
                    if stop.is_asked():
                        return
            except Exception as error:  # noqa: BLE001 - set apart, the others go on
                for household_id, _ in task.without(told).homes:
                    yield task, Told(household_id, trouble=unforeseen(error))
    finally:
        maker.close()


@dataclass
class _Crew:
    work: Work
    limits: Limits
    stop: Stop
    waiting: deque[Task]
    apart: list[tuple[Task, PortfolioError]] = field(default_factory=list)
    _enough: bool = False
    """A worker could not be started: no more are."""
    _workers: list[Worker] = field(default_factory=list)
    _costs: deque[float] = field(default_factory=lambda: deque(maxlen=30))

    def side_by_side(self) -> Iterator[tuple[Task, Told] | None]:
        """Make everything; what breaks a worker is in ``apart`` afterwards."""
        while True:
            self._hand_out()
            busy = [worker for worker in self._workers if worker.task is not None]
            if not busy:
                return
            yield None
            yield from self._listen(busy)

    def alone(self, task: Task) -> Iterator[tuple[Task, Told] | None]:
        """Make one task that broke a worker, with nobody beside it; if it breaks another one, say so."""
        self.send_home(1.0)
        if self.stop.asked:
            return
        self.apart, done = [], set()
        self.waiting.append(task)
        for one in self.side_by_side():
            if one is not None:
                done.add(one[1].household_id)
            yield one
        for _, why in self.apart[:1]:
            for household_id, _ in task.without(done).homes:
                yield task, Told(household_id, trouble=why)

    def send_home(self, patience: float) -> None:
        """End all workers."""
        for worker in self._workers:
            worker.end(patience)
        self._workers.clear()

    def _hand_out(self) -> None:
        """Give tasks to whoever has none, and start workers while that pays."""
        while self.waiting and not self.stop.asked:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None:
                if not self._pays():
                    return
                idle = self._hired()
            task = self.waiting.popleft()
            if not idle.give(task):
                self._lost(idle, _died())

    def _hired(self) -> Worker:
        if not self._workers and len(self.waiting) > 1 and can_fork():
            read_ahead(self.work)
        worker = Worker(self.work, "fork" if can_fork() else "spawn", self._workers)
        self._workers.append(worker)
        return worker

    def _pays(self) -> bool:
        """Return whether one more worker would be done sooner than those there are."""
        now = len(self._workers)
        if self._enough or now == 0:
            return not self._enough
        if self.limits.workers is not None:
            return now < self.limits.workers
        if now >= cores() or len(self._costs) < _KNOWN:
            return False
        saved = statistics.median(self._costs) * len(self.waiting) / (now * (now + 1))
        return saved > 2 * _START["fork" if can_fork() else "spawn"]

    def _listen(self, busy: Sequence[Worker]) -> Iterator[tuple[Task, Told]]:
        """Hear what comes within a moment; whoever is silent for too long is ended."""
        by_line: dict[Any, Worker] = {worker.connection: worker for worker in busy}
        for line in wait(list(by_line), timeout=_TICK):
            worker = by_line[line]
            task = worker.task
            try:
                said = worker.hears()
            except EOFError:
                self._lost(worker, _died())
                continue
            if isinstance(said, PortfolioError):
                self._lost(worker, said)
            elif isinstance(said, Told) and task is not None:
                self._costs.append(said.seconds)
                yield task, said
            elif said == DONE:
                worker.task = None
        limit = min(self.limits.seconds, _PATIENCE) if self.stop.asked else self.limits.seconds
        for worker in busy:
            if worker.task is not None and time.monotonic() - worker.since > limit:
                self._lost(worker, _too_slow(limit))

    def _lost(self, worker: Worker, why: PortfolioError) -> None:
        """Set the task apart that a worker was lost with."""
        worker.end()
        self._workers.remove(worker)
        if worker.task is None:
            return
        if not worker.begun:  # it never got to the task
            self._enough = True
            self.waiting.appendleft(worker.task)
            return
        rest = worker.task.without(worker.told)
        if rest.homes:
            self.apart.append((rest, why))


def cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _died() -> PortfolioError:
    return StorageTrouble(
        "The program that makes the file broke at this book, twice. All other files are made. "
        "Look at the book with: portfolio examine. Then make the file again."
    )


def _too_slow(seconds: float) -> PortfolioError:
    return StorageTrouble(
        "Making the file took longer than {n} seconds, twice. All other files are made. "
        "Look for a very large picture or film in the book, then make the file again.",
        n=round(seconds),
    )
