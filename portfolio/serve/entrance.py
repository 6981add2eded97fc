"""Coming in and going out: the roster, personal links, hello, goodbye."""

from __future__ import annotations

import asyncio
from typing import Final

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from portfolio.serve.door import ROOMS, Setup
from portfolio.serve.doorstep import DoorPage, Doorstep
from portfolio.serve.keys import Visit, key_fingerprint
from portfolio.serve.pages import AreYouPage, Child, OpenYourLinkPage, PassingPage, RosterPage, SecretPage
from portfolio.serve.pictures import SECRET_PICTURES

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
        """Begin (or go on with) this child's visit."""
        self._teacher_was_here()
        self.admit(self.front.begin(student_id, self.visitor), self.wanted)

    def _teacher_was_here(self) -> None:
        """If the teacher's link may stand in the memory of this browser, let it be over."""
        front = self.front
        before = front.signed_in(self.get_cookie(front.cookie_name))
        teachers_browser = before is not None and before.role == "teacher"
        if front.teachers is not None and (teachers_browser or front.setup is Setup.ONE_MACHINE):
            front.teachers.end_link()

    def admit(self, visit: Visit, room: str) -> None:
        """Give the browser this visit's cookie, end the one it had before, and greet on the way to a room."""
        earlier = self.visitor
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
        self.see_other(f"/in?to={room}")

    def child(self, student_id: str) -> Child:
        """Return the child of the roster with this id; 404 if there is none, or no roster."""
        pages, door = self.front.pages, self.front.door
        child = pages.child(student_id, door.roster()) if self.front.setup is Setup.ONE_MACHINE else None
        if child is None:
            raise HTTPError(404)
        return child

    def ask_secret(self, child: Child, first: str = "", *, wrong: bool = False) -> None:
        """Show the twelve pictures, for the first or the second secret one."""
        self.show(SecretPage(child, self.front.pages.secrets(), first, wrong, self.xsrf_token.decode()))

    async def wait(self, who: str) -> None:
        """Let a wrong answer of ``who`` wait a little longer than the last one."""
        patience = self.front.patience
        seconds = patience.wait_for(who)
        if patience.full:
            raise HTTPError(429)
        patience.waiting += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            patience.waiting -= 1


class Entrance(Comer):
    """``/``: the picture roster, or the page that asks for one's own link."""

    @allow_unauthenticated
    def get(self) -> None:
        """Show who can come in here."""
        front = self.front
        if front.setup is Setup.ONE_MACHINE:
            self.show(
                RosterPage(front.door.class_name, front.pages.children(front.door.roster()), front.takes_word)
            )
        elif self.visitor is not None:
            self.see_other("/desk" if self.visit is not None else "/teacher")
        else:
            self.show(OpenYourLinkPage(front.door.class_name, wrong=False, teacher=front.takes_word))

    @allow_unauthenticated
    def post(self) -> None:
        """Let in the child that has said who it is, or ask for its secret pictures first."""
        child = self.child(self.get_body_argument("student", ""))
        if self.front.secret_pictures:
            self.ask_secret(child)
        else:
            self.let_in(child.student_id)


class AreYou(Comer):
    """``/are-you``: shows whose picture was pressed, large, and asks."""

    @allow_unauthenticated
    def get(self) -> None:
        """Ask whether the right picture was pressed; nothing is opened yet."""
        self.show(AreYouPage(self.child(self.get_query_argument("student", "")), self.xsrf_token.decode()))


class SecretPictures(Comer):
    """``/secret``: the two pictures only one child knows, picked one after the other."""

    @allow_unauthenticated
    def get(self) -> None:
        """Go to the door: somebody came back to this address."""
        self.see_other("/")

    @allow_unauthenticated
    async def post(self) -> None:
        """Take a picture; after the second let the child in, or say kindly that these are others."""
        child = self.child(self.get_body_argument("student", ""))
        first, second = self.get_body_argument("first", ""), self.get_body_argument("second", "")
        if not self.front.secret_pictures:
            raise HTTPError(404)
        if not second:
            self.ask_secret(child, first if first in SECRET_PICTURES else "")
        elif await self._right(child.student_id, first, second):
            self.let_in(child.student_id)
        else:
            self.set_status(403)
            self.ask_secret(child, wrong=True)

    async def _right(self, student_id: str, first: str, second: str) -> bool:
        """Look at two pictures when all asked before are answered; there are too few pairs to try many at once."""
        who, patience = f"pictures of {student_id}", self.front.patience  # all children sit at one computer
        if patience.full:
            raise HTTPError(429)
        patience.waiting += 1
        try:
            async with patience.turn(who):
                right = self.front.is_secret_of(student_id, first, second)
                if not right:
                    await self.wait(who)
                return right
        finally:
            patience.waiting -= 1


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
        await self.wait(self.request.remote_ip or "")
        self.set_status(403)
        self.show(OpenYourLinkPage(front.door.class_name, wrong=True, teacher=front.takes_word))


class Hello(Comer):
    """``/in``: greets the child while its browser forgets what other children left in it."""

    @allow_unauthenticated
    def get(self) -> None:
        """Greet, and go on to the desk (or to the room that was asked for); the teacher to the teacher's desk."""
        visit, teachers = self.visit, self.front.teachers
        if visit is not None:
            child = self.front.pages.child(visit.student_id, self.front.door.roster())
            self.show(PassingPage(child, leaving=False, goto=f"/{self.wanted}", keep=DRAFTS))
        elif teachers is not None and self.teacher_visit is not None:
            name = teachers.called()
            self.show(PassingPage(None, leaving=False, goto="/teacher", keep=DRAFTS, teacher=True, name=name))
        else:
            self.see_other("/")


class Goodbye(DoorPage):
    """``/done``: "I'm done". Ends the visit, and the browser forgets everything of it."""

    @allow_unauthenticated
    def get(self) -> None:
        """Go to the door: somebody came back to this address."""
        self.see_other("/")

    @allow_unauthenticated
    def post(self) -> None:
        """Say goodbye, and go back to the door."""
        visit, visitor = self.visit, self.visitor
        child = None
        if visit is not None:
            child = self.front.pages.child(visit.student_id, self.front.door.roster())
        if visitor is not None:
            self.kernels.end_visit(visitor)
        self.clear_cookie(self.front.cookie_name, path="/")
        # heard on https and on this computer itself; everywhere else the page does it by script
        self.set_header("Clear-Site-Data", '"storage"')
        teacher = visitor is not None and visitor.role == "teacher"
        if teacher and self.front.teachers is not None:
            self.front.teachers.end_link()
        goto = "/teacher?done" if teacher else "/"
        self.show(PassingPage(child, leaving=True, goto=goto, keep="", teacher=teacher))


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
