"""What changed in one child's book: since yesterday, or since somebody looked at it, card by card."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from portfolio.model import Entry, Prompt, Section
from portfolio.moments.approval import looked_at
from portfolio.moments.teacher.child_book import ChildBook
from portfolio.moments.teacher.child_frame import frame_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.cards import Card, cards
from portfolio.store.port import Touched
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import ChangeSeen, ChildChangedPage, SaidHere

_NOT_IN_THE_BOOK: Final = frozenset(
    {"comment", "home_words", "concern", "reply", "practice", "to_teacher", "parked", "meeting", "naming"}
)
_LONGEST: Final = 1_500
"""Letters of an answer that are shown as it was and as it is; the page has all of it."""


def yesterday(desk: TeacherDesk, zone: tzinfo | None = None) -> datetime:
    """Return the moment yesterday began on the wall of the classroom (``None``: this computer's zone)."""
    begin = datetime.combine(desk.today() - timedelta(days=1), time.min, tzinfo=zone)
    return begin if zone else begin.astimezone()


def changed_screen(desk: TeacherDesk, child: ChildBook, since: str) -> SafePage:
    """Return the screen of what changed; ``since`` is "look" for the last look, else yesterday counts."""
    say, root = desk.say, f"child/{child.student.student_id}/changed"
    looked = looked_at(desk.store, child.book.portfolio.meta)
    to_look = (f"{root}/look", say("What changed since somebody looked at it")) if looked.approval else None
    if since == "look" and looked.approval is not None:
        who = child.teacher(looked.approval.teacher_id)[0]
        words = say("Since {who} looked at it on {day}.", who=who, day=say.day(looked.approval.on))
        other: tuple[str, str] | None = (root, say("What changed since yesterday"))
        touched = looked.changed
    else:
        words = say("Since yesterday morning.")
        other, touched = to_look, desk.store.changes_since(child.portfolio_id, yesterday(desk))
    changes = tuple(made for one in touched if (made := _change(child, one)))
    return render(ChildChangedPage(say, frame_of(desk, child.student, "changed"), words, other, changes))


def _change(child: ChildBook, one: Touched) -> ChangeSeen | None:
    """Return what became of one entry; ``None`` for what is no page's, or where no question of a page changed."""
    if one.kind in _NOT_IN_THE_BOOK:
        return None
    entry = one.now or one.before
    found = _card_of(child, entry) if entry else None
    if entry is None or found is None:
        return None
    section, card, n = found
    lines = tuple(_lines(child, card, one))
    say = child.say
    if not lines and one.before is not None and one.now is not None:
        return None
    what = say("New") if one.before is None else say("Taken away") if one.now is None else say("Changed")
    return ChangeSeen(
        page=child.title(section.section_id),
        place=f"child/{child.student.student_id}/page/{section.section_id}",
        title=child.teller.title(section, card, n),
        when=say.day(one.changed_at.astimezone().date()),
        by=_who(child, one.changed_by),
        what=what,
        lines=lines,
        lang=child.book.portfolio.meta.language,
    )


def _who(child: ChildBook, by: str) -> str:
    kind, _, name = by.partition(":")
    return child.teacher(name)[0] if kind == "teacher" else child.student.name


def _card_of(child: ChildBook, entry: Entry) -> tuple[Section, Card, int] | None:
    """Return the page and card an entry stands on; one that was taken away stands on the page of its kind."""
    for section in child.book.sections():
        there = cards(child.book, section)
        for n, card in enumerate(there, 1):
            if card.entry.entry_id == entry.entry_id:
                return section, card, n
    for section in child.book.sections():
        there = cards(child.book, section)
        alone = section.holds not in ("answers", "ratings", "look_backs")
        if alone and there and type(there[0].entry) is type(entry):
            return section, Card(entry, there[0].asks), len(there) + 1
    return None


def _lines(child: ChildBook, card: Card, one: Touched) -> Iterator[tuple[str, str, str]]:
    """Yield question, how it was, how it is, for each question of a card whose answer is another one now."""
    for field, prompt in card.asks:
        was, now = (
            _in_words(child, card, one.before, field, prompt),
            _in_words(child, card, one.now, field, prompt),
        )
        if was != now:
            yield child.say(prompt.ask), was, now


def _in_words(child: ChildBook, card: Card, entry: Entry | None, field: str, prompt: Prompt) -> str:
    """Return an answer of one state of an entry in words; of pictures and recordings, what they are."""
    if entry is None:
        return ""
    try:
        said = child.teller.field(Card(entry, card.asks), field, prompt)
    except (AttributeError, KeyError, TypeError, ValueError):  # written for another template
        return ""
    return "\n".join(_said_lines(child, said))[:_LONGEST]


def _said_lines(child: ChildBook, said: SaidHere) -> Iterator[str]:
    if said.words:
        yield said.words
    yield from (label for label, _ in said.picks)
    yield from said.rows
    yield from said.days
    for one in said.pictures:
        yield child.say("Picture: {words}", words=one.caption or one.alt)
        if one.written:
            yield f"{child.say('What is written in the picture')}: {one.written}"
    yield from (f"{one.what}: {one.caption or one.text or one.heard}".rstrip(": ") for one in said.media)
