"""The files of a class being made while its teacher looks on: how far it is, how long it may take, what came of it.

It goes on beside the page. A page that is closed ends it; what is made is made, and doing the same again goes on from there.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field

from portfolio.errors import PortfolioError, StorageTrouble
from portfolio.model import SchoolClass
from portfolio.moments.class_run import Stop
from portfolio.moments.home_doors import Doors
from portfolio.moments.run_pace import Pace
from portfolio.moments.send_home import run_home
from portfolio.moments.sent import Run, Sent, Watching, Wishes
from portfolio.moments.teacher.out_doors import Papers, papers_of
from portfolio.store.class_folder import ClassFolder

log = logging.getLogger("portfolio.out")


@dataclass(frozen=True)
class Order:
    """What a teacher ordered: the wishes for the files, what goes beside them, the papers of the class, whose class it is."""

    folder: ClassFolder
    school: SchoolClass
    wishes: Wishes
    doors: Doors
    papers: Papers


@dataclass
class UnderWay:
    """A run that goes on beside the page. Read it at any time; only its own thread writes to it."""

    order: Order
    before: tuple[Sent, ...] = ()
    """What became of homes in the run this one goes on with."""
    total: int = 0
    done: int = 0
    left: float | None = None
    run: Run | None = None
    made: tuple[Sent, ...] = ()
    """What became of every home, those of the run before among them."""
    trouble: PortfolioError | None = None
    _stop: Stop = field(default_factory=Stop)
    _thread: threading.Thread | None = None

    def begin(self, patience: float) -> bool:
        """Begin, and wait some seconds; return whether it is over by then."""
        self._thread = threading.Thread(target=self._do, name="files for homes", daemon=True)
        self._thread.start()
        self._thread.join(patience)
        return self.over

    @property
    def over(self) -> bool:
        """Whether it has ended, well or not."""
        return self._thread is not None and not self._thread.is_alive()

    @property
    def stopping(self) -> bool:
        """Whether somebody asked to stop."""
        return self._stop.asked

    @property
    def state(self) -> str:
        """Another text as soon as there is something new to see."""
        return (
            f"{id(self):x}.{self.done}.{self.total}.{self.over}.{self.stopping}.{round(self.left or 0) // 10}"
        )

    def stop(self) -> None:
        """Ask it to stop after what has begun."""
        self._stop.asked = True

    def _do(self) -> None:
        order = self.order
        try:
            self.run = run_home(order.folder, order.wishes, Watching(on_pace=self._paced), stop=self._stop)
            self.made = _together(self.before, self.run.sent)
            papers_of(order.papers, self.made, order.doors, order.school)
        except PortfolioError as trouble:
            self.trouble = trouble
        except Exception:  # a reader must read a sentence, whatever went wrong
            log.exception("The files for the homes could not be made")
            self.trouble = StorageTrouble(
                "Something went wrong while the files were made. What is made is made: do the same again."
            )

    def _paced(self, pace: Pace) -> None:
        self.total, self.done, self.left = pace.total, pace.done, pace.left


def _together(before: tuple[Sent, ...], now: tuple[Sent, ...]) -> tuple[Sent, ...]:
    """Return what became of every home: what is new in its place, the rest as it was."""
    new = {_home(one): one for one in now}
    kept = tuple(new.pop(_home(one), one) for one in before)
    return (*kept, *new.values())


def _home(one: Sent) -> tuple[str, str]:
    return one.student.student_id, one.household.household_id if one.household else ""
