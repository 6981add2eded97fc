"""The families' door: a pass opens a home's own page; and the child's cues, which need no kernel either.

A family's visit has a cookie of its own, which browsers send to ``/family`` alone and which opens nothing else. A
child's or a teacher's cookie does not open ``/family``: both may be in one browser, and neither knows of the other.
"""

from __future__ import annotations

import asyncio
from typing import Any
from urllib.parse import quote

from jupyter_server.auth.decorator import allow_unauthenticated

from portfolio.errors import PortfolioError
from portfolio.serve import passes
from portfolio.serve.entrance import Comer
from portfolio.serve.family_pages import Why, ended_page
from portfolio.serve.guests import Guests
from portfolio.serve.keys import Visit
from portfolio.serve.room_hosts import CUES, FAMILY, RoomPage
from portfolio.serve.room_page import GuestDoor, RoomAsk, RoomDoor

PLACE = "/family"


class OfAFamily(GuestDoor):
    """A handler for a family's visit, and nobody else's."""

    @property
    def guest(self) -> Visit | None:
        """Return the family's visit."""
        return self.front.family_in(self.get_cookie(self.front.family_cookie_name))


class FamilyLink(Comer):
    """``/f/<pass>``: what the square says; short. Browsers send a family's cookie to ``/family`` alone, so one is looked at there."""

    by_hand = False

    @allow_unauthenticated
    def get(self, tried: str) -> None:
        """Go on to where the pass is looked at; it stands in no referrer and no history."""
        self.set_header("Referrer-Policy", "no-referrer")
        self.see_other(f"{PLACE}/in/{quote(tried[: passes.LONGEST + 1], safe='')}")


class FamilyIn(OfAFamily, Comer):
    """``/family/in/<pass>``: the way in of one home. Wrong and old ones wait like wrong keys."""

    @allow_unauthenticated
    async def get(self, tried: str) -> None:
        """Let the home in, or say kindly that this link has ended."""
        self.set_header("Referrer-Policy", "no-referrer")
        front = self.front
        try:
            homes = await asyncio.to_thread(front.door.homes)
        except PortfolioError as error:
            self.log.warning("A family could not be let in: %s", error)
            homes = ()
        shown = passes.read(front.secret, front.door.class_id, homes, tried)
        if shown is None or shown.until <= front.now():
            await self.wait(self.request.remote_ip or "")
            self.set_status(403)
            self.show(ended_page("link", front.door.language))
            return
        earlier = self.guest
        visit = front.begin_family(shown.student_id, shown.household_id, earlier)
        if earlier is not None and earlier.visit_id != visit.visit_id:
            front.end(earlier)
            self.guests.end(earlier)
        self._give(visit)
        self.see_other(PLACE)

    def _give(self, visit: Visit) -> None:
        self.set_cookie(
            self.front.family_cookie_name,
            self.front.family_cookie(visit),
            path=PLACE,
            httponly=True,
            samesite="Lax",  # not "strict": a camera app opens the link
            secure=self.front.secure or self.request.protocol == "https",
        )


class FamilyPage(OfAFamily, RoomDoor):
    """``/family``: the home's own page."""

    def turn_away(self) -> None:
        """Say kindly that this page is closed."""
        self.closed("closed")

    def closed(self, why: Why) -> None:
        """Show the page that stands here for nobody in particular."""
        self.set_status(403)
        self.show(ended_page(why, self.front.door.language))


class FamilyAsk(OfAFamily, RoomAsk):
    """``/family/ask``: what the page asks."""


class FamilyDone(FamilyPage):
    """``/family/done``: "I'm done". Ends this visit; whatever else is open in this browser stays."""

    SUPPORTED_METHODS = ("GET", "POST")  # type: ignore[assignment]  # one more than the page itself

    @allow_unauthenticated
    async def get(self) -> None:
        """Go to the page: somebody came back to this address."""
        self.see_other(PLACE)

    @allow_unauthenticated
    def post(self) -> None:
        """Say thank you."""
        visit = self.guest
        if visit is not None:
            self.front.end(visit)
            self.guests.end(visit)
        self.clear_cookie(self.front.family_cookie_name, path=PLACE)
        self.show(ended_page("done", self.front.door.language))


def guest_routes(guests: Guests) -> list[tuple[Any, ...]]:
    """Return the addresses of pages without a kernel."""

    def given(page: RoomPage) -> dict[str, Any]:
        return {"page": page, "guests": guests}

    return [
        (r"/f/([^/]+)/?", FamilyLink),
        (r"/family/in/([^/]+)", FamilyIn, given(FAMILY)),
        (r"/family", FamilyPage, given(FAMILY)),
        (r"/family/ask", FamilyAsk, given(FAMILY)),
        (r"/family/done", FamilyDone, given(FAMILY)),
        (r"/cues", RoomDoor, given(CUES)),
        (r"/cues/ask", RoomAsk, given(CUES)),
    ]
