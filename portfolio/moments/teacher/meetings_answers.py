# long: what came, what is seen of it and what becomes of it is read in one place
"""Answers that came back: pasted, as files, or on paper. One sees first whose it is and who reads it, then keeps it.

::

    meetings/answers                      paste a message or give files, look, keep
    meetings/answers/<child>/<home>       type in what stands on a sheet of paper
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import Student
from portfolio.moments.replies_in import Coming, Kept, Replies, Whose, name_in
from portfolio.moments.reply_doubts import which
from portfolio.moments.reply_text import text_of
from portfolio.moments.reply_words import became, beside, home_words, lines, readers
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, frame, home_of
from portfolio.rules.answering import FACES
from portfolio.rules.sent_back import TEXTS, SentBack
from portfolio.views.answer_form import TOGETHER, alone_line, groups_of, lines_of, school_lines
from portfolio.views.teacher import render
from portfolio.views.teacher.meetings_answers_page import (
    AnswersPage,
    CameLine,
    CameSeen,
    KeptLine,
    PaperAnswerPage,
)
from portfolio.views.teacher.meetings_page import Choices
from portfolio.words import say as say_error
from portfolio.words.language_names import named

HERE: Final = "meetings/answers"


@dataclass(frozen=True)
class _Came:
    """What came, before it is kept: an answer, or why there is none, and the name of its file."""

    file: str
    coming: Coming | None = None
    trouble: str = ""


class Answers:
    """The screens ``meetings/answers`` and, for one home, ``meetings/answers/<child>/<home>``."""

    def __init__(self, books: Books) -> None:
        """Begin with nothing given."""
        self._books = books
        self._desk = books.desk
        self._came: tuple[_Came, ...] = ()
        self._kept: tuple[Kept | None, ...] = ()  # none: taken out again

    @property
    def _replies(self) -> Replies:
        desk = self._desk
        return Replies(desk.folder, desk.store, desk.now, desk.today, desk.new_id, desk.by)

    # ------------------------------------------------------------------------------------------ screens

    def show(self, at: At) -> Screen:
        """Return the screen of a place. Raises ``NotFound`` for a child or home that is not there."""
        return self._paper(at) if at else self._all()

    def _all(self) -> Screen:
        say = self._desk.say
        came = tuple(self._seen(n, one) for n, one in enumerate(self._came))
        page = AnswersPage(
            say=say,
            frame=frame(self._books, "answers"),
            came=came,
            homes=(("", say("Choose …")), *self._homes()),
            some=any(not one.trouble for one in came),
            kept=tuple(self._line(n, one) for n, one in enumerate(self._kept)),
        )
        return Screen(say("Answers that came back"), render(page), ("meetings", say("The meetings")))

    def _homes(self) -> Choices:
        students = self._desk.store.students()
        return tuple(
            (f"{one.student_id}/{home.household_id}", f"{one.name}, {home.label or self._desk.say('home')}")
            for one in students
            for home in one.households
        )

    def _seen(self, n: int, one: _Came) -> CameSeen:
        say, coming = self._desk.say, one.coming
        if coming is None:
            return CameSeen(n, one.file, trouble=one.trouble)
        said, whose = coming.said, coming.whose
        reads = self._languages(whose)
        return CameSeen(
            n=n,
            file=one.file,
            home=home_words(whose, say) if whose else "",
            who=name_in(said, whose) if whose else said.who[:80],
            readers=readers(said, whose, say),
            beside=tuple(beside(said, say)),
            lines=tuple(CameLine(asks, words, not shared) for asks, words, shared in lines(said, say)),
            languages=reads,
            lang=reads[0][0] if whose else "",
        )

    def _languages(self, whose: Whose | None) -> Choices:
        desk = self._desk
        own = whose.household.reads if whose else [tag for s in desk.store.students() for h in s.households for tag in h.reads]  # fmt: skip
        tags = dict.fromkeys((*own, desk.school_class.language, "en"))
        first = () if whose else (("", desk.say("The first one this home reads")),)
        return (*first, *((tag, named(tag, desk.say.lang)) for tag in tags))

    def _paper(self, at: At) -> Screen:
        say = self._desk.say
        child, home = home_of(self._desk, at, self._books.of)
        reads = tuple(dict.fromkeys((*home.reads, self._desk.school_class.language)))
        page = PaperAnswerPage(
            say=say,
            student=child.student.name,
            home=home.label,
            adults=home.adults,
            groups=groups_of(say),
            alone=alone_line(say),
            together=lines_of(TOGETHER, say),
            faces=tuple((face, say(word)) for face, word in FACES.items()),
            languages=tuple((tag, named(tag, say.lang)) for tag in reads),
            lang=reads[0],
            school=school_lines(say),
        )
        title = say(
            "An answer on paper: {name}, {home}", name=child.student.name, home=home.label or say("home")
        )
        return Screen(title, render(page), (HERE, say("Answers that came back")))

    # -------------------------------------------------------------------------------------------- forms

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks: look, keep, put away, type in. Raises ``PortfolioError``: then nothing was kept."""
        if at:
            return self._write(at, asked)
        does = {
            "look": self._look, "keep": self._keep, "drop": self._drop, "paper": self._to_paper, "undo": self._undo
        }  # fmt: skip
        if asked.what not in does:
            raise unknown(asked)
        return does[asked.what](asked)

    def _look(self, asked: Asked) -> Outcome:
        text = next(iter(asked.values.get("text", ())), "")
        came = [*(self._read("", text) if text.strip() else ())]
        for file in asked.files:
            came.extend(self._read(file.name[:80], file.data))
        if not came:
            raise InputRefused("Paste a message, or choose a file.", field="text")
        if not asked.files and all(one.coming is None for one in came):
            raise InputRefused("{trouble}", trouble=" ".join(one.trouble for one in came), field="text")
        self._came, self._kept = tuple(came), ()
        say = self._desk.say
        return Outcome(say=say.many("{n} thing came. Look at it below.", "{n} things came. Look at them below.", len(came)), focus="h-came")  # fmt: skip

    def _read(self, name: str, given: str | bytes) -> Iterator[_Came]:
        try:
            text = given if isinstance(given, str) else text_of(given)
            found = self._replies.read(text)
        except PortfolioError as error:
            yield _Came(name, trouble=say_error(error, self._desk.say))
            return
        for one in found:
            try:
                if one.trouble is not None:
                    raise one.trouble
                if one.whose is not None:
                    name_in(one.said, one.whose)
                yield _Came(name, one)
            except PortfolioError as error:
                yield _Came(name, trouble=say_error(error, self._desk.say))

    def _keep(self, asked: Asked) -> Outcome:
        if not self._came:
            raise InputRefused("There is nothing to keep any more. Give the message or the file again.")
        made: list[Kept] = []
        left: list[_Came] = []
        ready = [(n, one, self._ready(n, one, asked)) for n, one in enumerate(self._came) if one.coming]
        for n, one, coming in ready:
            if coming is None:
                left.append(one)  # nobody has said whose it is: it waits
                continue
            try:
                made.append(self._replies.keep(coming, lang=asked.one(f"lang-{n}")))
            except PortfolioError as error:
                numbered = which(n + 1, len(self._came), coming.said, error)
                left.append(_Came(one.file, trouble=say_error(numbered, self._desk.say)))
        if not made and any(one.coming for one in left):
            first = next(n for n, _, coming in ready if coming is None)
            raise InputRefused("Say whose answer it is: the child and the home.", field=f"whose-{first}")
        self._came, self._kept = tuple(left), tuple(made)
        say = self._desk.say
        told = say.many("{n} answer is where it belongs.", "{n} answers are where they belong.", len(made))
        return Outcome(say=told if not left else f"{told} {say('Not all could be kept: see below.')}", focus="h-kept" if made else "h-came")  # fmt: skip

    def _ready(self, n: int, one: _Came, asked: Asked) -> Coming | None:
        """Return an answer with the home it is from, said by its code or by the teacher; ``None`` while nobody has."""
        if one.coming is None or one.coming.whose is not None:
            return one.coming
        if not asked.one(f"whose-{n}"):
            return None
        return dataclasses.replace(one.coming, whose=self._chosen(asked.one(f"whose-{n}"), f"whose-{n}"))

    def _chosen(self, value: str, field: str) -> Whose:
        student_id, _, household_id = value.partition("/")
        if not household_id:
            raise InputRefused("Say whose answer it is: the child and the home.", field=field)
        student, household = self._replies.home(student_id, household_id)
        if household is None:  # a home of nobody was refused above
            raise InputRefused("Say whose answer it is: the child and the home.", field=field)
        self._begun(student)
        return self._replies.whose(student, household)

    def _begun(self, student: Student) -> None:
        """Begin the book of a child that has none in this round: an answer must have a place."""
        self._books.meetings(student)

    def _line(self, n: int, kept: Kept | None) -> KeptLine:
        say = self._desk.say
        if kept is None:
            return KeptLine(n, "", say("It is taken out again. Its history stays."))
        home = home_words(kept.whose, say)
        if kept.kind == "taken_back":
            return KeptLine(n, home, became(kept.kind, say))
        if kept.said.child_reads:
            place = (f"child/{kept.whose.student.student_id}/book", say("Open the book"))
        else:
            place = ("meetings/told", say("Read it"))
        says = f"{became(kept.kind, say)} {readers(kept.said, kept.whose, say)}"
        return KeptLine(n, home, says, *place, tuple(beside(kept.said, say)), bool(kept.entries))

    def _undo(self, asked: Asked) -> Outcome:
        """Take out again what was put into a wrong book."""
        n = int(asked.one("n")) if asked.one("n").isdecimal() else -1
        kept = self._kept[n] if 0 <= n < len(self._kept) else None
        if kept is None or not kept.entries:
            raise InputRefused("This answer is not here any more. Look for it in the book of the child.")
        self._replies.take_out(kept.whose, kept.entries)
        self._kept = (*self._kept[:n], None, *self._kept[n + 1 :])
        return Outcome(say=self._desk.say("It is taken out again. Its history stays."), focus="h-kept")

    def _drop(self, asked: Asked) -> Outcome:
        del asked
        self.leave()
        return Outcome(say=self._desk.say("Nothing of it was kept."))

    def leave(self) -> None:
        """Forget what was given and not kept."""
        self._came, self._kept = (), ()

    def _to_paper(self, asked: Asked) -> Outcome:
        if asked.one("code"):
            try:
                whose = self._replies.by_code(asked.one("code"))
            except PortfolioError as error:
                raise InputRefused(
                    "{trouble}", trouble=say_error(error, self._desk.say), field="code"
                ) from error
        else:
            whose = self._chosen(asked.one("whose"), "whose")
        return Outcome(go=f"{HERE}/{whose.student.student_id}/{whose.household.household_id}")

    def _write(self, at: At, asked: Asked) -> Outcome:
        if asked.what != "write":
            raise unknown(asked)
        child, home = home_of(self._desk, at, self._books.of)
        said = SentBack(
            who=asked.one("who"),
            face=asked.one("face") if asked.one("face") in FACES else "",
            shared=asked.one("read") == "both",
            talk=asked.ticked("talk"),
            call=asked.ticked("call"),
            texts={key: asked.one(key) for key in TEXTS.values() if asked.one(key)},
        )
        if not said.says_anything:
            raise InputRefused("There is nothing in it yet. One line is enough.")
        self._begun(child.student)
        kept = self._replies.keep(
            Coming(said, self._replies.whose(child.student, home)), lang=asked.one("lang")
        )
        self._came, self._kept = (), (kept,)
        return Outcome(say=became(kept.kind, self._desk.say), go=HERE)
