"""The last list is taken back: it was the wrong one. Who has begun a book or was changed since stays."""

from __future__ import annotations

from portfolio.errors import NotFound
from portfolio.model import Student
from portfolio.moments.classes import untouched
from portfolio.moments.erasing import erase
from portfolio.moments.room import Outcome
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_words import names_in_line
from portfolio.rules.roster import RosterPlan


def take_back(desk: TeacherDesk, done: RosterPlan | None) -> Outcome:
    """Undo what a list did to the class, child by child, as far as nobody has built on it.

    Raises ``NotFound`` if no list came in here.
    """
    if done is None:
        raise NotFound("There is no list that could be taken back.")
    store, say = desk.store, desk.say
    here = {student.student_id for student in store.students()}
    out = [child for child in done.new if _as_it_came(desk, child)]
    kept = [child.name for child in done.new if child not in out and child.student_id in here]
    with store.together():
        now = {student.student_id: student for student in store.students()}
        for one in done.changed:
            if now.get(one.after.student_id) == one.after:
                store.keep_student(one.before)
            elif one.after.student_id in now:
                kept.append(one.after.name)
    for child in out:
        erase(desk.folder, child.student_id)
    told = say.many("{n} child is out again.", "{n} children are out again.", len(out))
    if not kept:
        return Outcome(say=told)
    return Outcome(
        say=f"{told} "
        + say(
            "Somebody went on with these since, so they stay: {names}.", names=names_in_line(tuple(kept), say)
        )
    )


def _as_it_came(desk: TeacherDesk, child: Student) -> bool:
    """Return whether a child is as the list made it, with nothing in any book."""
    store = desk.store
    if child not in store.students():
        return False
    return all(untouched(store, meta.portfolio_id) for meta in store.rounds(child.student_id))
