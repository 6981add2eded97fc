"""What a teacher does before the meeting with one child: seven ticks, each with what it means here."""

from __future__ import annotations

from typing import Final, get_args

from portfolio.errors import N_, InputRefused
from portfolio.model import PortfolioMeta
from portfolio.model.portfolio import Prepared
from portfolio.moments.approval import looked_at
from portfolio.moments.comments import change_meta
from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.child_book import ChildBook, meta_id
from portfolio.moments.teacher.child_frame import frame_of
from portfolio.moments.teacher.child_words import open_words
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import ChildPreparePage, TickSeen

TICKS: Final[tuple[Prepared, ...]] = get_args(Prepared)

WORDS: Final[dict[Prepared, str]] = {
    "met": N_("I have talked with {name} about the book"),
    "work": N_("I have looked at the work in it"),
    "notes": N_("I have read the last notes"),
    "called": N_("I have called the homes that asked for a call"),
    "interpreter": N_("The interpreter knows what to expect"),
    "words": N_("School words are explained or plain"),
    "path": N_("The book shows a way forward"),
}


def as_version(prepared: tuple[Prepared, ...]) -> int:
    """Return a number for a set of ticks: what the page shows is what the next change is made from."""
    return sum(1 << n for n, name in enumerate(TICKS) if name in prepared)


def of_version(version: int | None) -> frozenset[Prepared]:
    """Return the ticks a number stands for. Raises ``InputRefused`` for a number that stands for none."""
    if version is None or not 0 <= version < 1 << len(TICKS):
        raise InputRefused("This page is older than the book. Load it again, then look once more.")
    return frozenset(name for n, name in enumerate(TICKS) if version >> n & 1)


def prepare_screen(desk: TeacherDesk, child: ChildBook) -> SafePage:
    """Return the screen of the ticks, each with what is known of it."""
    done = child.book.portfolio.meta.prepared
    root = child.student.student_id
    places: dict[Prepared, str] = {
        "met": f"child/{root}/interview",
        "work": f"child/{root}/page/work"
        if any(s.section_id == "work" for s in child.book.sections())
        else "",
        "notes": f"note/{root}",
        "words": f"child/{root}/words",
        "path": f"child/{root}",
        "interpreter": f"setup/homes/{root}"
        if any(one.interpreter for one in child.student.households)
        else "",
    }
    ticks = tuple(
        TickSeen(
            name,
            desk.say(WORDS[name], name=child.student.name),
            _hint(desk, child, name),
            places.get(name, ""),
            name in done,
        )
        for name in TICKS
    )
    return render(
        ChildPreparePage(desk.say, frame_of(desk, child.student, "prepare"), ticks, as_version(done))
    )


def _hint(desk: TeacherDesk, child: ChildBook, name: Prepared) -> str:
    """Return what is known about one tick, in a sentence."""
    hints = {
        "met": _met, "work": _work, "notes": _notes, "called": _called,
        "interpreter": _interpreter, "words": _words, "path": _path,
    }  # fmt: skip
    return hints[name](desk, child)


def _met(desk: TeacherDesk, _child: ChildBook) -> str:
    return desk.say("There is a sheet for it to print.")


def _work(desk: TeacherDesk, child: ChildBook) -> str:
    n = len(child.book.portfolio.work)
    if not n:
        return desk.say("No piece of work is in it yet.")
    state = looked_at(desk.store, child.book.portfolio.meta).state
    words = desk.say.many("{n} piece of work is in it.", "{n} pieces of work are in it.", n)
    more = desk.say("Something has changed since you looked at the book.") if state == "changed_since" else ""
    return f"{words} {more}".strip()


def _notes(desk: TeacherDesk, child: ChildBook) -> str:
    if not child.book.earlier:
        return desk.say("This is the first book we have of {name}.", name=child.student.name)
    last = child.book.earlier[-1]
    n = len([note for note in last.teacher_page if note.strength or note.next_step])
    if not n:
        return desk.say("From {round} there is no note.", round=last.meta.round)
    return desk.say.many(
        "From {round} there is {n} note.", "From {round} there are {n} notes.", n, round=last.meta.round
    )


def _called(desk: TeacherDesk, child: ChildBook) -> str:
    asked = [one for one in child.book.portfolio.home_words if one.call_before]
    homes = [child.student.household(one.household_id) for one in asked]
    names = ", ".join(home.label for home in homes if home)
    return (
        desk.say("Asked for a call: {names}", names=names)
        if names
        else desk.say("Nobody has asked for a call.")
    )


def _interpreter(desk: TeacherDesk, child: ChildBook) -> str:
    homes = [home.label for home in child.student.households if home.interpreter]
    if not homes:
        return desk.say("No home asks for an interpreter.")
    return desk.say("An interpreter is wanted by: {names}", names=", ".join(homes))


def _words(desk: TeacherDesk, child: ChildBook) -> str:
    n = open_words(child)
    if not n:
        return desk.say("No school word is open.")
    return desk.say.many("{n} school word is open.", "{n} school words are open.", n)


def _path(desk: TeacherDesk, child: ChildBook) -> str:
    n = sum(map(len, child.nudges.values()))
    if not n:
        return desk.say("Strengths, what is growing and the goals fit together.") if _way_told(child) else ""
    return desk.say.many("{n} thing could still be said.", "{n} things could still be said.", n)


def _way_told(child: ChildBook) -> bool:
    """Return whether there is something on every page that a way forward is made of: before, nothing fits together."""
    about = [
        one.state for one in child.states.values() if one.section.holds in ("strengths", "growing", "goals")
    ]
    return bool(about) and "empty" not in about


def do_prepare(desk: TeacherDesk, child: ChildBook, asked: Asked) -> Outcome:
    """Keep the ticks. What changed on this page is laid over what others have ticked meanwhile."""
    was, now = of_version(asked.version), {name for name in TICKS if asked.ticked(name)}

    def change(meta: PortfolioMeta) -> PortfolioMeta:
        done = (set(meta.prepared) | (now - was)) - (was - now)
        return meta.but(prepared=tuple(name for name in TICKS if name in done))

    change_meta(desk.store, meta_id(desk, child.student), change)
    return Outcome(version=as_version(tuple(now)))
