"""What homes told the teacher alone, one by one, new ones first; and how the meeting was for them.

Nothing of it is printed, and nothing of it is on any other screen but that something is there.
"""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Portfolio, Sound, ToTeacher
from portfolio.moments.room import Asked, Outcome, Screen, unknown
from portfolio.moments.teacher.meetings_books import Books, ChildMeets, frame
from portfolio.moments.teacher.promised_reading import home_label
from portfolio.rules.answering import ABOUT, FACES
from portfolio.rules.meetings import reached
from portfolio.views.phrases import length
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import MediumSeen
from portfolio.views.teacher.meetings_page import TalkLine, ToldLine, ToldPage
from portfolio.words import Speech
from portfolio.words.language_names import named


class Told:
    """The screens ``meetings/told`` and ``meetings/felt`` (``felt``: about the meeting itself)."""

    def __init__(self, books: Books, *, felt: bool) -> None:
        self._books = books
        self._desk = books.desk
        self._felt = felt

    def show(self) -> Screen:
        """Return the screen. Raises ``StorageTrouble``."""
        say, children = self._desk.say, self._books.all()
        lines = [
            self._line(child, book, note, say)
            for child in children
            for book, note in child.notes()
            if (note.about == "meeting") == self._felt and (self._felt or not note.private_talk)
        ]
        talks = () if self._felt else tuple(self._talks(children, say))
        page = ToldPage(
            say=say,
            frame=frame(self._books, "felt" if self._felt else "told"),
            felt=self._felt,
            talks=tuple(sorted(talks, key=lambda one: one.done)),
            new=tuple(one for one in lines if not one.seen),
            read=tuple(one for one in lines if one.seen),
            unread=tuple(one.student.name for one in children if one.damaged),
        )
        title = say("How the meetings were for families") if self._felt else say("Told to you alone")
        return Screen(title, render(page), ("meetings", say("The meetings")))

    def _line(self, child: ChildMeets, book: Portfolio, note: ToTeacher, say: Speech) -> ToldLine:
        student, words = child.student, note.words
        ours = words.lang.split("-")[0] == say.lang.split("-")[0]
        other = None if ours or not words else words.translated(say.lang)
        icon, about = ABOUT.get(note.about, ("thumb-side", ""))
        return ToldLine(
            portfolio_id=book.meta.portfolio_id,
            entry_id=note.entry_id,
            version=self._desk.store.entry(book.meta.portfolio_id, note.entry_id).version,
            student_id=student.student_id,
            name=student.name,
            home=home_label(say, student, note.household_id),
            household_id=note.household_id if student.household(note.household_id) else "",
            who=note.who,
            day=say.day(note.on) if note.on else "",
            round="" if book is child.book else book.meta.round,
            icon=icon,
            about=say(about) if about else "",
            words=words.text,
            lang=words.lang,
            language="" if ours or not words else named(words.lang, say.lang),
            other=_translated(other.text, other.made_by == "human", say) if other else "",
            face=note.face if note.face and note.face in FACES else "",
            media=tuple(self._medium(student.student_id, one, say) for one in note.media),
            talk=note.private_talk,
            seen=note.seen,
        )

    def _medium(self, student_id: str, medium: object, say: Speech) -> MediumSeen:
        if not isinstance(medium, Sound):
            return MediumSeen("other", say("Something that is not a recording. It cannot be shown here."))
        address = self._desk.media_of(student_id)(medium.sha256, medium.suffix, medium.size)
        what = say("A recording, {length}", length=length(medium.seconds, say))
        return MediumSeen("sound", what, medium.caption.text, address, medium.transcript.text)

    def _talks(self, children: tuple[ChildMeets, ...], say: Speech) -> Iterator[TalkLine]:
        """Yield the homes that would like to talk alone: what they said at the meeting, then before it."""
        for child in children:
            student = child.student
            for book, note in child.notes():
                if note.private_talk:
                    line = self._line(child, book, note, say)
                    yield TalkLine(
                        student.student_id, student.name, line.home, line.household_id, note.who,
                        line.day, _reach(child, note.household_id), note.seen, line,
                    )  # fmt: skip
            for page in child.book.home_words if child.book else ():
                if page.private_talk and not reached(child.meetings, page.household_id):
                    home = home_label(say, student, page.household_id)
                    said = say("said before the meeting")
                    yield TalkLine(
                        student.student_id, student.name, home, page.household_id, page.who,
                        said, _reach(child, page.household_id), done=False, note=None,
                    )  # fmt: skip

    # --------------------------------------------------------------------------------------- forms

    def do(self, asked: Asked) -> Outcome:
        """Note that words were read (or an answer to a wish was found), or take that back. Raises ``PortfolioError``."""
        if asked.what != "seen":
            raise unknown(asked)
        book, entry_id, seen = asked.one("book"), asked.one("entry"), asked.one("seen") != "no"
        gone = NotFound("These words are not there any more. Look at the list again.")
        known = {
            (book.meta.portfolio_id, note.entry_id)
            for child in self._books.all()
            for book, note in child.notes()
        }
        if (book, entry_id) not in known:
            raise gone
        kept = self._desk.store.entry(book, entry_id)
        if not isinstance(kept.entry, ToTeacher):
            raise gone
        if kept.entry.seen != seen:
            if asked.version != kept.version:
                raise ChangedMeanwhile("Something was added here just now. Read it once more.")
            desk = self._desk
            desk.store.keep(book, kept.entry.but(seen=seen), expected=kept.version, by=desk.by, at=desk.now())
        told = self._desk.say("Noted. It stands below, with what you have read.")
        return Outcome(say=told if seen else self._desk.say("It is new again."))


def _translated(text: str, checked: bool, say: Speech) -> str:
    return text if checked else say("{words} (draft)", words=text)


def _reach(child: ChildMeets, household_id: str) -> str:
    """Return the best way and time to reach a home, in its own words."""
    home = child.student.household(household_id)
    return " · ".join(filter(None, (home.reach_by, home.reach_when))) if home else ""
