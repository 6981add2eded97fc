"""What came back from a home: its page as the teacher types it in, and a worry in the family's own words.

A page the family wrote by itself is shown and never changed here. Nothing of the box “for the teacher only” is kept
in a portfolio but a worry, which is that home's to close.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import AnyEntry, Concern, HomeWords, Household, Passage, Student
from portfolio.moments.desk import TRIES
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.promised_reading import STANDS, worry_place
from portfolio.moments.teacher.promised_write import book_of_now, keep_worry, languages_from, worry_form
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.home_words import ASKED, TICKS, laid_over, says_anything, typed, typed_id
from portfolio.rules.worries import is_open
from portfolio.store.port import Change, Kept
from portfolio.views.teacher import render
from portfolio.views.teacher.before_page import HomePageScreen, WorrySeen, WrittenSeen
from portfolio.words.language_names import named

_FAMILY: Final = "family:"


@dataclass(frozen=True)
class AtHome:
    """A home one types in for: the child, the household, the id of the child's book ("" while it is not begun)."""

    student: Student
    household: Household
    book: str


def at_home(desk: TeacherDesk, at: At) -> AtHome:
    """Return the home a place is about: child, then home. Raises ``NotFound`` with a sentence."""
    student = desk.student(at)
    household = student.household(at[1]) if len(at) > 1 else None
    if household is None:
        raise NotFound(
            "{student} does not have this home any more. Go back and choose one.", student=student.name
        )
    now = desk.school_class.round
    rounds = desk.store.rounds(student.student_id)
    return AtHome(student, household, next((meta.portfolio_id for meta in rounds if meta.round == now), ""))


def show_home(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen of a home: what it wrote, the form to type in, its worries."""
    one = at_home(desk, at)
    entries = desk.store.entries(one.book) if one.book else ()
    own = _typed(desk, one)
    page = _page(desk, one, own)
    values = own.entry if own and isinstance(own.entry, HomeWords) else page
    written = tuple(_written(kept) for kept in entries if _by_family(one, kept))
    pages = (values, *(seen.words for seen in reversed(written)))
    screen = HomePageScreen(
        say=desk.say,
        student=one.student,
        household=one.household,
        version=own.version if own else _gone_at(desk, one),
        words=values,
        asked={field: desk.say(ask, name=one.student.name) for field, ask in ASKED.items()},
        languages=languages_from(desk.say, (*one.household.reads, *one.household.speaks, values.lang)),
        written=written,
        worries=tuple(_worries(desk, one)),
        worry_form=worry_form(desk, one.household, pages),
        speaks=tuple(named(tag, desk.say.lang) for tag in one.household.reads),
        today=desk.today(),
    )
    label = one.household.label or desk.say("home")
    title = desk.say("What this home says: {name}, {home}", name=one.student.name, home=label)
    return Screen(title, render(screen), back=("before", desk.say("Before the meeting")))


def _worries(desk: TeacherDesk, one: AtHome) -> Iterator[WorrySeen]:
    """Yield the worries of a home: those it still has from earlier rounds, then those of this one."""
    for meta in desk.store.rounds(one.student.student_id):
        for kept in desk.store.entries(meta.portfolio_id):
            there, here = kept.entry, meta.portfolio_id == one.book
            if isinstance(there, Concern) and there.household_id == one.household.household_id:
                place = worry_place(one.student, there, meta.portfolio_id)
                may_go = here and _may_go(desk, there, kept)
                if here or is_open(there):
                    yield WorrySeen(there, kept.version, desk.say(STANDS[there.status]), may_go, place)


def _may_go(desk: TeacherDesk, there: AnyEntry, kept: Kept) -> bool:
    """Return whether a worry may be taken away: typed in by this teacher, and nothing has become of it yet."""
    return isinstance(there, Concern) and there.status == "heard" and kept.changed_by == desk.by


def _by_family(one: AtHome, kept: Kept) -> bool:
    entry = kept.entry
    ours = isinstance(entry, HomeWords) and entry.household_id == one.household.household_id
    return ours and entry.entry_id != typed_id(one.household.household_id)


def _written(kept: Kept) -> WrittenSeen:
    words = kept.entry
    if not isinstance(words, HomeWords):
        raise TypeError("only pages of homes are shown here")
    return WrittenSeen(words, kept.changed_by.startswith(_FAMILY))


def _page(desk: TeacherDesk, one: AtHome, own: Kept | None) -> HomeWords:
    """Return the page of a home, empty if nothing is typed in."""
    if own and isinstance(own.entry, HomeWords):
        return own.entry
    home = one.household
    lang = (home.reads or (desk.school_class.language,))[0]
    return HomeWords(entry_id=typed_id(home.household_id), household_id=home.household_id, lang=lang)


def _typed(desk: TeacherDesk, one: AtHome) -> Kept | None:
    if not one.book:
        return None
    try:
        return desk.store.entry(one.book, typed_id(one.household.household_id))
    except NotFound:
        return None


def _gone_at(desk: TeacherDesk, one: AtHome) -> int:
    """Return the version of the removal if a page was taken away before, else 0."""
    past = _history(desk, one)
    return past[-1].version if past else 0


def _history(desk: TeacherDesk, one: AtHome) -> tuple[Change, ...]:
    try:
        return desk.store.history(one.book, typed_id(one.household.household_id)) if one.book else ()
    except NotFound:
        return ()


def do_home(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Keep the page of a home, a worry, or take a worry away that was typed in by mistake."""
    one = at_home(desk, at)
    if not one.book:
        one = replace(one, book=book_of_now(desk, one.student))
    if asked.what == "home-words":
        return _keep(desk, one, asked)
    if asked.what == "worry":
        return _worry(desk, one, asked)
    if asked.what == "take-worry-away":
        return _take_away(desk, one, asked)
    raise unknown(asked)


def _keep(desk: TeacherDesk, one: AtHome, asked: Asked) -> Outcome:
    told = {name: asked.one(name) for name in (*ASKED, "who", "on", "lang") if name in asked.values}
    told = {name: text for name, text in told.items() if name != "lang" or text}
    ticked = {name: asked.ticked(name) for name in TICKS}
    for _ in range(TRIES):
        kept = _typed(desk, one)
        there, version = _page(desk, one, kept), kept.version if kept else _gone_at(desk, one)
        base = there if asked.version == version else _base(desk, one, asked.version)
        mine = typed(base or there, told, ticked)
        changed, clash = (mine, ()) if base is there else laid_over(base, mine, there)
        if clash:
            raise ChangedMeanwhile(
                "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                theirs={name: _plain(there, name) for name in clash},
                version=version,
            )
        if changed == there or (kept is None and not says_anything(changed)):
            return Outcome(version=version)
        try:
            done = desk.store.keep(one.book, changed, expected=version, by=desk.by, at=desk.now())
        except ChangedMeanwhile:
            continue
        return Outcome(version=done.version)
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def _base(desk: TeacherDesk, one: AtHome, version: int | None) -> HomeWords | None:
    """Return the page as it was in the version a form was drawn from."""
    if not version:
        return None
    past = _history(desk, one)
    entry = next((change.entry for change in past if change.version == version), None)
    return entry if isinstance(entry, HomeWords) else None


def _plain(page: HomeWords, name: str) -> str:
    value = getattr(page, name)
    if isinstance(value, bool):
        return "1" if value else ""
    return value.text if isinstance(value, Passage) else str(value or "")


def _worry(desk: TeacherDesk, one: AtHome, asked: Asked) -> Outcome:
    keep_worry(desk, one.student, one.household, asked)
    return Outcome(say=desk.say("It is kept in the family’s own words. It is over when they say so."))


def _take_away(desk: TeacherDesk, one: AtHome, asked: Asked) -> Outcome:
    entry_id, version = asked.one("entry"), asked.one("at")
    kept = desk.store.entry(one.book, entry_id)
    there = kept.entry
    own = isinstance(there, Concern) and there.household_id == one.household.household_id
    if not own or not _may_go(desk, there, kept):
        raise InputRefused(
            "Only a worry you have typed in yourself, and nobody has answered, can be taken away."
        )
    if version != str(kept.version):
        raise ChangedMeanwhile("Somebody wrote here just now, so it was not taken away. Look again.")
    desk.store.remove(one.book, entry_id, expected=kept.version, by=desk.by, at=desk.now())
    return Outcome(say=desk.say("It is taken away."))
