"""Working with one child's book: reading it, saying something about it, giving it back, looking at it before it goes home.

Places: ``child/<id>`` at a glance · ``…/book`` all of it · ``…/page/<section>`` · ``…/changed`` and
``…/changed/look`` · ``…/words`` · ``…/prepare`` · ``…/interview``. One form here changes an entry of the child: it says
in words what is written in a picture.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Student
from portfolio.moments.approval import approve, looked_at, withdraw
from portfolio.moments.comments import BACK_TO_THE_CHILD, TeacherComments
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.showing import STEPS, note_step
from portfolio.moments.teacher.child_book import ChildBook, begun, meta_id
from portfolio.moments.teacher.child_changed import changed_screen
from portfolio.moments.teacher.child_frame import PLACE, STARTERS, frame_of, looked_words, starter_words
from portfolio.moments.teacher.child_interview import interview_screen
from portfolio.moments.teacher.child_prepare import do_prepare, prepare_screen
from portfolio.moments.teacher.child_words import do_words, open_words, words_screen
from portfolio.moments.teacher.promised_reading import Reading
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.written_down import WrittenDown
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import ChildNotBegunPage, ChildPage, ChildReadPage

Doing = Callable[[Student, Asked], Outcome]


class ChildRoom:
    """The room of one child's book."""

    def __init__(self, desk: TeacherDesk) -> None:
        self.desk = desk

    # ------------------------------------------------------------------------------------- screens

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for a child or page that is not there."""
        student = self.desk.student(at)
        what, about = (*at[1:], "", "")[:2]
        say = self.desk.say
        title = say("{name}’s book", name=student.name)
        back = ("class", say("The class"))
        if what:
            back = (f"child/{student.student_id}", title)
        if what == "interview":
            return Screen(
                say("A talk with {name}", name=student.name), interview_screen(self.desk, student), back
            )
        if not begun(self.desk, student):
            return Screen(title, self._not_begun(student), ("class", say("The class")))
        return Screen(title, self._body(ChildBook(self.desk, student), what, about), back)

    def _body(self, child: ChildBook, what: str, about: str) -> SafePage:
        if not what:
            return self._glance(child)
        if what == "changed":
            return changed_screen(self.desk, child, about)
        if what == "words":
            return words_screen(self.desk, child)
        if what == "prepare":
            return prepare_screen(self.desk, child)
        if what in ("book", "page"):
            return self._read(child, about if what == "page" else None)
        raise NotFound("There is no such page here. Go back to the class.")

    def _not_begun(self, student: Student) -> SafePage:
        earlier = tuple(meta.round for meta in self.desk.store.rounds(student.student_id))
        now = self.desk.school_class.round
        frame = frame_of(self.desk, student, "")
        return render(ChildNotBegunPage(self.desk.say, frame, now, earlier))

    def _glance(self, child: ChildBook) -> SafePage:
        desk, say = self.desk, self.desk.say
        revision = desk.store.revision(meta_id(desk, child.student))  # before the book is read
        meta = child.book.portfolio.meta
        empty = all(state.state == "empty" for state in child.states.values())
        promised = Reading(desk, (child.student,))
        looked = looked_at(desk.store, meta)
        who = child.teacher(looked.approval.teacher_id)[0] if looked.approval else ""
        return render(
            ChildPage(
                say=say,
                frame=frame_of(desk, child.student, ""),
                place=_place(child, empty=empty),
                empty=empty,
                status=meta.status,
                looked=looked_words(desk, looked, who),
                look=looked.state,
                changed=self._changed_pages(child, tuple(one.entry_id for one in looked.changed)),
                revision=revision,
                may_send_back=meta.status in BACK_TO_THE_CHILD,
                pages=child.pages(whole=False),
                comments=child.comments(None),
                starters=self._starters(),
                unasked=child.unasked(),
                promised=promised.open(),
                worries=len(promised.worry_lines(still=True)),
                words_open=open_words(child),
                damaged=child.damaged(),
            )
        )

    def _changed_pages(self, child: ChildBook, entries: tuple[str, ...]) -> tuple[str, ...]:
        """Return the titles of the pages these entries stand on, in the order of the book."""
        return tuple(page.title for page in child.holding(entries))

    def _read(self, child: ChildBook, section_id: str | None) -> SafePage:
        desk, frame = self.desk, frame_of(self.desk, child.student, "book" if section_id is None else "page")
        if section_id is None:
            pages = child.pages()
            return render(ChildReadPage(desk.say, frame, pages, True, self._starters(), child.unasked()))
        child.section(section_id)
        order = [page.section_id for page in child.outline()]
        here = order.index(section_id) if section_id in order else 0
        root = f"child/{child.student.student_id}/page"

        def way(n: int) -> tuple[str, str] | None:
            return (f"{root}/{order[n]}", child.title(order[n])) if 0 <= n < len(order) else None

        page = child.pages([section_id])
        return render(
            ChildReadPage(
                desk.say, frame, page, False, self._starters(), before=way(here - 1), after=way(here + 1)
            )
        )

    def _starters(self) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.desk.say(words)) for name, words in STARTERS)

    # --------------------------------------------------------------------------------------- forms

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks. Raises ``PortfolioError``: then nothing was done."""
        student = self.desk.student(at)
        doing: Mapping[str, Doing] = {
            "comment": self._comment,
            "change-comment": self._change_comment,
            "remove-comment": self._remove_comment,
            "send-back": self._send_back,
            "look": self._look,
            "unlook": self._unlook,
            "step": self._step,
            "written": self._written,
            "prepared": lambda who, said: do_prepare(self.desk, ChildBook(self.desk, who), said),
        }
        if asked.what in ("word-fine", "word-back", "word-explain"):
            return do_words(self.desk, asked)
        if asked.what not in doing:
            raise unknown(asked)
        return doing[asked.what](student, asked)

    def _comments(self, student: Student) -> TeacherComments:
        desk = self.desk
        return TeacherComments(
            desk.store, meta_id(desk, student), desk.teacher_id, desk.school_class.language
        )

    def _comment(self, student: Student, asked: Asked) -> Outcome:
        child = ChildBook(self.desk, student)
        section = asked.one("section")
        about = asked.one("about")
        if section:
            child.section(section)
        if about and (
            not section or about not in {card.entry_id for card in child.cards(child.section(section))}
        ):
            raise NotFound(
                "What the comment is about is not there any more. Look at the page again.", field="about"
            )
        words = starter_words(self.desk, asked.one("start"), asked.one("words"))
        self._comments(student).say(
            self._new_id("comment"),
            words,
            at=self.desk.now(),
            section=section or None,
            about=about or None,
            as_they_are=asked.ticked("as-they-are"),
        )
        return Outcome(say=self.desk.say("{name} sees your words at the desk.", name=student.name))

    def _change_comment(self, student: Student, asked: Asked) -> Outcome:
        self._comments(student).change(
            asked.one("entry"),
            asked.one("words"),
            expected=_version(asked),
            at=self.desk.now(),
            as_they_are=asked.ticked("as-they-are"),
        )
        return Outcome(say=self.desk.say("Your words are changed."))

    def _remove_comment(self, student: Student, asked: Asked) -> Outcome:
        self._comments(student).take_away(asked.one("entry"), expected=_version(asked), at=self.desk.now())
        return Outcome(say=self.desk.say("Your words are taken away."))

    def _written(self, student: Student, asked: Asked) -> Outcome:
        """Keep what is written in a picture. Raises as :meth:`portfolio.moments.written_down.WrittenDown.write`."""
        desk, entry = self.desk, asked.one("entry")
        if not ChildBook(desk, student).has_card(entry):
            raise NotFound("This picture is not in the book any more. Nothing was kept.")
        WrittenDown(desk.store, meta_id(desk, student), desk.by).write(
            entry,
            asked.one("picture"),
            asked.one("written"),
            seen=_version(asked),
            at=desk.now(),
        )
        return Outcome(say=desk.say("Kept: what is written in the picture."))

    def _send_back(self, student: Student, asked: Asked) -> Outcome:
        section = asked.one("section")
        if section:
            ChildBook(self.desk, student).section(section)
        self._comments(student).send_back(
            self._new_id("back"),
            asked.one("good"),
            asked.one("to_try"),
            at=self.desk.now(),
            section=section or None,
            as_they_are=asked.ticked("as-they-are"),
        )
        return Outcome(
            say=self.desk.say("The book is with {name} again, with your words.", name=student.name)
        )

    def _look(self, student: Student, asked: Asked) -> Outcome:
        desk = self.desk
        book = meta_id(desk, student)
        meta = approve(desk.store, book, desk.teacher_id, on=desk.today(), revision=asked.version)
        if looked_at(desk.store, meta).state == "changed_since":
            return Outcome(
                say=desk.say(
                    "Kept. {name} has written since you opened this page: look again.", name=student.name
                )
            )
        return Outcome(say=desk.say("Kept: you have looked at {name}’s book.", name=student.name))

    def _unlook(self, student: Student, asked: Asked) -> Outcome:  # noqa: ARG002 - a form that only says yes
        withdraw(self.desk.store, meta_id(self.desk, student))
        return Outcome(say=self.desk.say("Taken back. The book waits for a look again."))

    def _step(self, student: Student, asked: Asked) -> Outcome:
        step = next((one for one in STEPS if one == asked.one("how")), None)
        if step is None:
            raise unknown(asked)
        meta = note_step(self.desk.store, meta_id(self.desk, student), step)
        return Outcome(say=self.desk.say(PLACE[meta.status], name=student.name), focus="where")

    def _new_id(self, stem: str) -> str:
        return f"{stem}-{self.desk.new_id()}"


def _version(asked: Asked) -> int:
    """Return the version a form was written on. Raises ``InputRefused`` for a form without one."""
    if asked.version is None or asked.version < 1:
        raise InputRefused("This page is older than the book. Load it again, then look once more.")
    return asked.version


def _place(child: ChildBook, *, empty: bool) -> str:
    """Return where a book is, in a sentence; one nobody has written in is not called "writing"."""
    status = child.book.portfolio.meta.status
    if empty and status == "draft":
        return child.say("{name} has not begun to write yet.", name=child.student.name)
    return child.say(PLACE[status], name=child.student.name)
