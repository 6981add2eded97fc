"""Coming in and going out: the roster, personal links, hello, goodbye."""

from __future__ import annotations

import asyncio
from typing import Final

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from portfolio.serve.door import ROOMS, Setup
from portfolio.serve.doorstep import DoorPage, Doorstep
from portfolio.serve.keys import key_fingerprint
from portfolio.serve.pages import OpenYourLinkPage, PassingPage, RosterPage

DRAFTS: Final = "portfolio-"
"""How the databases begin in which desks keep what is not saved yet. Which is whose only the desks know:
each forgets the others' when it opens, and keeps its own child's."""


class Comer(DoorPage):
    """A handler that can let a child in."""

    @property
    def wanted(self) -> str:
        """Return the room this request asks for with ``?to=``; the desk if it asks for none we have."""
        room = self.get_query_argument("to", ROOMS[0])
        return room if room in ROOMS else ROOMS[0]

    def let_in(self, student_id: str) -> None:
        """Begin (or go on with) this child's visit, and end another child's at the same browser."""
        earlier = self.visit
        visit = self.front.begin(student_id, earlier)
        if earlier is not None and earlier.visit_id != visit.visit_id:
            self.kernels.end_visit(earlier)
        self.set_cookie(
            self.front.cookie_name,
            self.front.cookie(visit),
            path="/",
            httponly=True,
            # not "strict": a browser that follows a link in a mail would come to the desk without its cookie
            samesite="Lax",
            secure=self.front.secure or self.request.protocol == "https",
        )
        self.see_other(f"/in?to={self.wanted}")


class Entrance(Comer):
    """``/``: the picture roster, or the page that asks for one's own link."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show who can come in here."""
        front = self.front
        if front.setup is Setup.ONE_MACHINE:
            children = [front.pages.child(card) for card in front.door.roster()]
            self.show(RosterPage(front.door.class_name, children, self.xsrf_token.decode()))
        elif self.visit is not None:
            self.see_other("/desk")
        else:
            self.show(OpenYourLinkPage(front.door.class_name, wrong=False))

    @allow_unauthenticated
    def post(self) -> None:
        """Let in the child whose picture was chosen; only where children take turns at one computer."""
        student_id = self.get_body_argument("student", "")
        if self.front.setup is not Setup.ONE_MACHINE or self.front.card(student_id) is None:
            raise HTTPError(404)
        self.let_in(student_id)


class PersonalLink(Comer):
    """``/k/<key>``: a child's own link. The key is used once and stays nowhere."""

    @allow_unauthenticated
    async def get(self, key: str) -> None:
        """Let in the child whose key it is, or say kindly that it is nobody's."""
        self.set_header("Referrer-Policy", "no-referrer")
        front = self.front
        student_id = front.door.student_for_key(key_fingerprint(key))
        if student_id is not None:
            self.let_in(student_id)
            return
        await self._wait()
        self.set_status(403)
        self.show(OpenYourLinkPage(front.door.class_name, wrong=True))

    async def _wait(self) -> None:
        patience = self.front.patience
        seconds = patience.wait_for(self.request.remote_ip or "")
        if patience.full:
            raise HTTPError(429)
        patience.waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            patience.waiting -= 1


class Hello(Comer):
    """``/in``: greets the child while its browser forgets what other children left in it."""

    @allow_unauthenticated
    def get(self) -> None:
        """Greet, and go on to the desk (or to the room that was asked for)."""
        visit = self.visit
        if visit is None:
            self.see_other("/")
            return
        card = self.front.card(visit.student_id)
        child = None if card is None else self.front.pages.child(card)
        self.show(PassingPage(child, leaving=False, goto=f"/{self.wanted}", keep=DRAFTS))


class Goodbye(DoorPage):
    """``/done``: "I'm done". Ends the visit, and the browser forgets everything of it."""

    @allow_unauthenticated
    def get(self) -> None:
        """Go to the door: somebody came back to this address."""
        self.see_other("/")

    @allow_unauthenticated
    def post(self) -> None:
        """Say goodbye, and go back to the door."""
        visit = self.visit
        child = None
        if visit is not None:
            card = self.front.card(visit.student_id)
            child = None if card is None else self.front.pages.child(card)
            self.kernels.end_visit(visit)
        self.clear_cookie(self.front.cookie_name, path="/")
        # heard on https and on this computer itself; everywhere else the page does it by script
        self.set_header("Clear-Site-Data", '"storage"')
        self.show(PassingPage(child, leaving=True, goto="/", keep=""))


class Ready(Doorstep):
    """``/ready``: says that the server is up; for scripts that wait for it."""

    @allow_unauthenticated
    def get(self) -> None:
        """Answer ``ready``."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish("ready\n")


class NotHere(DoorPage):
    """Every other address, for every method."""

    async def prepare(self, **_: object) -> None:
        """Answer 404 before anything else is looked at."""
        raise HTTPError(404)
