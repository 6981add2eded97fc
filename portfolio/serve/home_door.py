"""What goes home, looked at before it goes: ``/home`` is a frame of ours, ``/home-file`` the file in it.

Only the visit's own child sees it. A home of another child, one that was never there and no visit at all get
the same answer: nobody can find out which is which. Nothing is written; letters and worries of a family are
not in it (:mod:`portfolio.moments.preview`).
"""

from __future__ import annotations

import asyncio
import html
import logging
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar
from urllib.parse import quote

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import Household
from portfolio.moments.preview import Homes, home_preview, homes
from portfolio.serve import policies
from portfolio.serve.doorstep import DoorPage
from portfolio.serve.home_pages import HomeChoice, HomeFramePage, HomeTroublePage
from portfolio.serve.keys import Visit
from portfolio.store.class_folder import open_class
from portfolio.views.pages import BANDS

log = logging.getLogger("portfolio.serve")

AT_ONCE: Final = 2
"""Files made at the same time for all visits: thirty children may look on two slow cores."""

_OWN_POLICY: Final = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_HEAD: Final = 4000  # characters in which a file of ours says its policy

T = TypeVar("T")


@dataclass
class Bench:
    """Where files are made: a few at once, one for each visit, and of those waiting only the newest."""

    room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _turns: dict[str, asyncio.Lock] = field(default_factory=dict)
    _newest: dict[str, int] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, visit_id: str) -> AsyncIterator[bool]:
        """Wait for this visit's turn; gives False if the same visit has asked again meanwhile."""
        ticket = self._newest[visit_id] = self._newest.get(visit_id, 0) + 1
        lock = self._turns.setdefault(visit_id, asyncio.Lock())
        try:
            async with lock, self.room:
                yield self._newest[visit_id] == ticket
        finally:
            if self._newest.get(visit_id) == ticket:  # nobody waits behind the newest
                del self._newest[visit_id], self._turns[visit_id]


class HomeDoor(DoorPage):
    """What both pages share: whose visit it is, and work done beside the event loop."""

    SUPPORTED_METHODS = ("GET",)

    def own_visit(self) -> Visit:
        """Return the visit; 404 without one."""
        if self.visit is None:
            raise HTTPError(404)
        return self.visit

    async def beside(self, work: Callable[[], T]) -> T:
        """Do some work in a thread; what is not there is 404, other trouble a page that says so."""
        try:
            return await asyncio.to_thread(work)
        except NotFound:
            raise HTTPError(404) from None
        except PortfolioError as error:
            log.warning("What goes home could not be shown: %s", error)
            raise HTTPError(500) from None


class HomeFrame(HomeDoor):
    """``/home``: says that this goes home, for whom, and how one gets back to the desk."""

    @property
    def content_security_policy(self) -> str:
        """Return the policy of a page of the door that shows the file in a frame."""
        return policies.FRAME

    @allow_unauthenticated
    async def get(self) -> None:
        """Show the frame; without a visit, go to the door."""
        if self.visit is None:
            self.see_other("/")
            return
        student_id, folder = self.visit.student_id, self.front.class_folder
        there = await self.beside(lambda: homes(open_class(folder), student_id))
        wanted = self.get_query_argument("to", "")
        chosen = there.student.household(wanted) if wanted else next(iter(there.households), None)
        if wanted and chosen is None:
            raise HTTPError(404)
        self.show(_frame(there, chosen))


class HomeFile(HomeDoor):
    """``/home-file?to=<household>``: the file itself, locked in as it locks in itself."""

    def initialize(self, bench: Bench) -> None:
        """Take the place where files are made."""
        self.bench = bench

    @property
    def content_security_policy(self) -> str:
        """Return the policy of the answer: until there is a file, that of the page which says why not."""
        return policies.framed(HomeTroublePage.policy())

    @allow_unauthenticated
    async def get(self) -> None:
        """Make the file and send it."""
        visit, folder = self.own_visit(), self.front.class_folder
        household = self.get_query_argument("to", "")
        async with self.bench.turn(visit.visit_id) as mine:
            if not mine:
                raise HTTPError(429)
            page = await self.beside(lambda: home_preview(open_class(folder), visit.student_id, household))
        own = _OWN_POLICY.search(str(page)[:_HEAD])
        if own is None:
            raise HTTPError(500)
        self.set_header("Content-Security-Policy", policies.framed(html.unescape(own[1])))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(page.encode("utf-8"))

    def write_error(self, status_code: int, **_: Any) -> None:
        """Say in the frame that it did not work; nothing about why."""
        self.show(HomeTroublePage(status_code))


def _frame(there: Homes, chosen: Household | None) -> HomeFramePage:
    meta = there.meta
    return HomeFramePage(
        name=there.student.name,
        homes=[
            HomeChoice(h.label, f"/home?to={quote(h.household_id)}", h == chosen) for h in there.households
        ],
        file=f"/home-file?to={quote(chosen.household_id)}" if chosen else "",
        band=BANDS[meta.age_band],
        cloth=meta.cloth,
        reading=meta.reading,
    )
