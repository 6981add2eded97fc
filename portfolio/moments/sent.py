"""What is wished for when files for homes are made, and what became of each home."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from portfolio.errors import PortfolioError
from portfolio.model import Household, Student
from portfolio.moments.approval import LookState
from portfolio.moments.class_run import SECONDS
from portfolio.moments.home import home_file
from portfolio.moments.home_maker import MakePage
from portfolio.moments.home_tidy import Tidied
from portfolio.moments.run_pace import Pace
from portfolio.views.room import HOME_BUDGET, HOME_LIMIT, Missing

if TYPE_CHECKING:
    from portfolio.moments.home_doors import Doors


@dataclass(frozen=True)
class Sent:
    """The files of one home that are ready to go, or the reason why they are not (``trouble``).

    ``path`` is the page, ``files`` is all there is for the home, the page first; ``size`` is the page's, in bytes.
    ``earlier``: an older page of this home still lies there. ``looked`` says whether a teacher has looked at the book as it is; without ``path``, ``trouble`` and ``stopped`` it
    was left out, because only such books were asked for. ``unchanged``: the files were ready and would be the same
    again. ``stopped``: somebody stopped the run before. ``missing`` is what is not in the page; ``beside`` is why
    something beside the page could not be made. ``writing``: the child has not said yet that its book is ready.
    ``out_for``: why it was left out, as it was asked for.
    """

    student: Student
    household: Household | None
    path: Path | None
    size: int
    trouble: PortfolioError | None = None
    looked: LookState = "not_yet"
    files: tuple[Path, ...] = ()
    missing: tuple[Missing, ...] = ()
    beside: PortfolioError | None = None
    unchanged: bool = False
    stopped: bool = False
    earlier: bool = False
    writing: bool = False
    out_for: Literal["", "not_looked_at", "writing"] = ""

    @property
    def left_out(self) -> bool:
        """Whether only books somebody has looked at, or that are ready, were asked for, and this is none."""
        return self.path is None and self.trouble is None and not self.stopped


@dataclass(frozen=True)
class Run:
    """What became of each home, in the order of the class, and of files of earlier runs.

    ``stopped`` says whether somebody stopped it; ``seconds`` is how long it took.
    """

    sent: tuple[Sent, ...]
    tidied: Tidied = field(default_factory=Tidied)
    stopped: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Wishes:
    """What is wished for: for whom, where to, and how.

    ``students`` are ids; none means the whole class. Files go to ``out`` (else ``home/`` in the class folder), each home's
    in a folder of its own; each page has at most ``limit`` bytes, its words and pictures ``budget`` where that is possible, ``doors`` make what lies beside it. ``only_looked_at``
    leaves out books no teacher has looked at as they are, ``only_ready`` those their child still writes. ``again`` makes everything anew. ``workers`` and
    ``seconds`` are those of :class:`portfolio.moments.class_run.Limits`. ``make`` makes a page.
    """

    students: tuple[str, ...] = ()
    out: Path | None = None
    limit: int = HOME_LIMIT
    budget: int = HOME_BUDGET
    only_looked_at: bool = False
    only_ready: bool = False
    doors: Doors | None = None
    again: bool = False
    workers: int | None = None
    seconds: float = SECONDS
    make: MakePage = home_file


@dataclass(frozen=True)
class Watching:
    """Who is told while it goes on: of each home as it is done, and of the pace several times a second."""

    on_each: Callable[[Sent], None] = lambda _: None
    on_pace: Callable[[Pace], None] = lambda _: None
