"""A page without a kernel: rooms over plain HTTP.

``GET /x`` sends a small page with the first screen in it; its script sends every message to ``POST /x/ask`` and gets
the answer there (:mod:`portfolio.serve.room_bodies`).
"""

from __future__ import annotations

import re
from typing import Any, Final

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError, stream_request_body

from portfolio.errors import PortfolioError
from portfolio.serve import policies
from portfolio.serve.doorstep import DoorPage, Doorstep
from portfolio.serve.guests import Closed, Guests, Seat, TooMany
from portfolio.serve.keys import Visit
from portfolio.serve.room_bodies import Unreadable, packed, unpacked
from portfolio.serve.room_hosts import RoomPage, mark_of
from portfolio.serve.room_shell import shell_of

SMALL: Final = 64 * 1024
"""Bytes every question may have at once; larger ones come in one after the other."""
LARGEST_ALL: Final = 16_000_000
"""Bytes of a question with all its files."""
IN_TIME: Final = 120.0  # seconds for a body: five megabytes from a slow phone
_MARK: Final = re.compile(r"[0-9a-f]{16}", re.ASCII)


class GuestDoor(Doorstep):
    """What a page of rooms and its questions share: which page it is, and whose visit."""

    by_hand = False  # a teacher's browser may send its cookie along; it says nothing about the teacher
    page: RoomPage
    guests: Guests

    def initialize(self, page: RoomPage, guests: Guests) -> None:
        """Take the page and the list of all that are open."""
        self.page, self.guests = page, guests

    @property
    def guest(self) -> Visit | None:
        """Return the visit this page is for, or None: the child's own."""
        return self.visit

    def mark(self, visit: Visit) -> str:
        """Return the name of a visit on this page."""
        return mark_of(visit, self.front.secret, self.page.name)


class RoomDoor(GuestDoor, DoorPage):
    """``GET /x``: the page itself, with its first screen."""

    SUPPORTED_METHODS = ("GET",)

    @property
    def content_security_policy(self) -> str:
        """Return the policy of a page of rooms."""
        return policies.ROOM

    def turn_away(self) -> None:
        """Go to the door: this page is not for whoever asks."""
        self.see_other("/")

    @allow_unauthenticated
    async def get(self) -> None:
        """Send the page; turn away whoever it is not for."""
        visit = self.guest
        if visit is None:
            self.turn_away()
            return
        page_id = self.front.randomness(8).hex()
        try:
            opened = await self.guests.come(Seat(self.page, visit, page_id))
        except Closed:
            self.turn_away()
            return
        except TooMany:
            raise HTTPError(429) from None
        except PortfolioError as error:
            self.log.warning("A page could not be opened: %s", error)
            raise HTTPError(500) from None
        xsrf, mark = self.xsrf_token.decode(), self.mark(visit)
        self.show(shell_of(opened, address=f"/{self.page.name}", page_id=page_id, mark=mark, xsrf=xsrf))


@stream_request_body
class RoomAsk(GuestDoor):
    """``POST /x/ask``: one message of the page, and its answer.

    A large body is only let in for a valid visit, and before it is read.
    """

    SUPPORTED_METHODS = ("POST",)

    def initialize(self, page: RoomPage, guests: Guests) -> None:
        """Take the page; nothing has come in yet."""
        super().initialize(page, guests)
        self._came = bytearray()
        self._holds = False
        self.by_itself = False
        """Whether the page asked without anybody's hand: such questions stand in no log."""

    async def prepare(self, **kwargs: Any) -> None:
        """Look who asks before anything of the body is read."""
        await super().prepare(**kwargs)
        visit = self.guest
        said = self.request.headers.get("X-Portfolio-Page", "")
        mark, _, page_id = said.partition(".")
        # another home (or child) may have come in at this browser since the page was opened
        if visit is None or mark != self.mark(visit) or not _MARK.fullmatch(page_id):
            raise HTTPError(403)
        self._visit, self._page_id = visit, page_id
        length = self.request.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit():
            raise HTTPError(411)
        if int(length) > LARGEST_ALL:
            raise HTTPError(413)
        if int(length) > SMALL:
            await self._let_in(visit)

    async def _let_in(self, visit: Visit) -> None:
        """Let a large body in when there is room for one."""
        try:
            await self.guests.begin_large(visit)
        except TooMany:
            self._wait_a_little()
            return
        self._holds = True
        connection: Any = self.request.connection
        connection.set_max_body_size(LARGEST_ALL)
        connection.set_body_timeout(IN_TIME)

    def _wait_a_little(self) -> None:
        self.set_status(429)
        self.set_header("Retry-After", "2")
        self.finish()

    def data_received(self, chunk: bytes) -> None:
        """Take a piece of the body."""
        self._came += chunk

    @allow_unauthenticated
    async def post(self) -> None:
        """Answer the message."""
        try:
            content, files = unpacked("content", bytes(self._came))
            seat = Seat(self.page, self._visit, self._page_id)
            self._came.clear()
            answer, out = await self.guests.hear(seat, content, files)
        except Unreadable:
            raise HTTPError(400) from None
        except Closed:
            raise HTTPError(403) from None
        except TooMany:
            self._wait_a_little()
            return
        self.by_itself = answer["type"] in ("looked", "pong")
        self.set_header("Content-Type", "application/octet-stream")
        self.set_header("Cache-Control", "no-store")
        self.finish(packed("answer", answer, out))

    def on_finish(self) -> None:
        """Let the next large one in."""
        super().on_finish()
        self._let_go()

    def on_connection_close(self) -> None:
        """Let the next large one in: this line was cut."""
        super().on_connection_close()
        self._let_go()

    def _let_go(self) -> None:
        if self._holds:
            self._holds = False
            self.guests.end_large(self._visit)
