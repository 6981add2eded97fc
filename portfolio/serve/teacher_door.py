"""The teacher's own door: the link, the word to come back with, the desk, whether the visit goes on; every child's recordings.

These addresses exist only where the server was started for a teacher. A child's cookie opens none of them, and a
teacher's opens nothing of a child's: ``/desk``, ``/talk`` and ``/home`` belong to children alone.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any, Final, Literal

from jupyter_server.auth.decorator import allow_unauthenticated
from tornado.web import HTTPError

from portfolio.moments.arrivals import BOOKS_PLACE
from portfolio.serve.door import Setup
from portfolio.serve.doorstep import Doorstep
from portfolio.serve.entrance import Comer
from portfolio.serve.kernels import ClassKernels
from portfolio.serve.keys import Visit
from portfolio.serve.media_door import ChildsRecording
from portfolio.serve.notebooks import NotebookPage
from portfolio.serve.teacher_pages import TeacherClosedPage, Why
from portfolio.serve.teacher_visits import TeacherVisits
from portfolio.store.own_word import OwnWord

LOOK_EVERY: Final = 20.0  # seconds until a visit that was left alone is noticed
LONGEST_KEY: Final = 200  # signs; ours have 34
BY_WORD: Final = "the teacher's word"
"""Under which name wrong words are counted."""


class TeachersDoor(Doorstep):
    """What the handlers of this door share."""

    @property
    def teachers(self) -> TeacherVisits:
        """Return who comes in here; 404 if nobody may."""
        if self.front.teachers is None:
            raise HTTPError(404)
        return self.front.teachers

    def closed(self, why: Why) -> TeacherClosedPage:
        """Return the page that says that the desk is closed, or a link over, and how one comes back."""
        front, word = self.front, self.front.takes_word
        return TeacherClosedPage(
            front.door.class_name,
            self.teachers.idle // timedelta(minutes=1),
            why,
            word,
            front.setup is Setup.ONE_MACHINE,
            self.xsrf_token.decode() if word else "",
        )


class TeacherLink(TeachersDoor, Comer):
    """``/t/<key>``: the teacher's link. The key stays nowhere; wrong ones wait like children's."""

    @allow_unauthenticated
    async def get(self, key: str) -> None:
        """Let the teacher in, or say kindly that this link opens nothing."""
        self.set_header("Referrer-Policy", "no-referrer")
        if len(key) <= LONGEST_KEY and self.teachers.fits(key, self.front.now()):
            self.admit(self.front.begin_teacher(self.teachers, self.visitor), "teacher")
            return
        await self.wait(self.request.remote_ip or "")
        self.set_status(403)
        self.show(self.closed("link"))


class TeacherWord(TeachersDoor, Comer):
    """``/t``: the way in by a word of the teacher's own; there is no such address while no word is set."""

    @allow_unauthenticated
    def get(self) -> None:
        """Ask for the word; whoever has the desk open goes there. Words in an address are not read."""
        self._word()
        if self.teacher_visit is not None:
            self.see_other("/teacher")
        else:
            self.show(self.closed("word"))

    @allow_unauthenticated
    async def post(self) -> None:
        """Let the teacher in, or say kindly that this is another word."""
        word = self._word()
        why = await self._looked(word, self.get_body_argument("word", ""))
        if why == "":
            self.admit(self.front.begin_teacher(self.teachers, self.visitor), "teacher")
            return
        self.set_status(403)
        self.show(self.closed(why))

    def _word(self) -> OwnWord:
        word = self.teachers.word
        if word is None:
            raise HTTPError(404)
        return word

    async def _looked(self, word: OwnWord, given: str) -> Literal["", "wrong", "pause"]:
        """Look at a word when all asked before are answered; "" if it fits.

        All wrong ones count together, whoever asks: behind a school's proxy everybody has one address.
        """
        patience = self.front.patience
        if patience.full:
            raise HTTPError(429)
        patience.waiting += 1
        try:
            async with patience.turn(BY_WORD):
                if patience.resting(BY_WORD):
                    return "pause"
                # in a thread: it is slow on purpose, and children go on working meanwhile
                if await asyncio.to_thread(word.fits, given):
                    patience.forgive(BY_WORD)
                    return ""
                await self.wait(BY_WORD)
                return "pause" if patience.resting(BY_WORD) else "wrong"
        finally:
            patience.waiting -= 1


class TeacherPage(TeachersDoor, NotebookPage):
    """``/teacher``: the teacher's desk, in a kernel of the visit's own."""

    @property
    def guest(self) -> Visit | None:
        """Return the teacher's visit."""
        return self.teacher_visit

    def turn_away(self) -> None:
        """Say kindly that the desk is closed: this may be the teacher's own page, a moment later.

        ``?done`` is where “I’m done” leads; it only chooses the words.
        """
        self.set_status(403)
        self.show(self.closed("closed" if self.get_query_argument("done", None) is None else "done"))


class Here(TeachersDoor):
    """``/teacher/here``: the page asks by itself whether its visit goes on; asking does not prolong it."""

    by_hand = False

    @allow_unauthenticated
    def get(self) -> None:
        """Answer 204 while the visit goes on, else 403."""
        self.set_header("Cache-Control", "no-store")
        self.set_status(403 if self.teacher_visit is None else 204)
        self.finish()


class BookRecording(TeachersDoor, ChildsRecording):
    """A recording of any child of the class, for its teacher; 404 for everything and everybody else."""

    @allow_unauthenticated
    async def get(self, student_id: str, name: str) -> None:
        """Send the recording, or the part of it that was asked for."""
        known = self.teacher_visit is not None and any(
            card.student_id == student_id for card in self.front.door.roster()
        )
        await self.give(student_id if known else "", name)

    head = get


def teacher_routes(page: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Return the addresses of this door; ``page`` is what the desk's own page is made from."""
    return [
        (r"/t/?", TeacherWord),
        (r"/t/([^/]+)/?", TeacherLink),
        (r"/teacher", TeacherPage, page),
        (r"/teacher/here", Here),
        (rf"{BOOKS_PLACE}([^/]+)/([^/]+)", BookRecording),
    ]


async def watch(kernels: ClassKernels, every: float = LOOK_EVERY) -> None:
    """End visits of the teacher that were left alone; goes on until it is cancelled."""
    front = kernels.front
    while front.teachers is not None:
        for visit in front.teachers.left_alone(front.now()):
            kernels.end_visit(visit)
        await asyncio.sleep(every)
