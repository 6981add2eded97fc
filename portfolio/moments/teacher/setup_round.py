"""A round of conferences gets another name, or a new one begins: new books for everybody, the last ones stay."""

from __future__ import annotations

from portfolio.errors import InputRefused
from portfolio.moments.classes import begin
from portfolio.moments.room import Outcome
from portfolio.moments.teacher.room import TeacherDesk


def rename_round(desk: TeacherDesk, name: str) -> Outcome:
    """Call the round of now something else, in the class and in every book of it. Raises ``InputRefused``."""
    store = desk.store
    with store.together():
        school = store.school_class()
        if name == school.round:
            return Outcome(say=desk.say("It is called that already."))
        _check(desk, name, "round")
        for rounds in store.all_rounds().values():
            for meta in rounds:
                if meta.round == school.round:
                    kept, version = store.meta(meta.portfolio_id)
                    store.keep_meta(kept.but(round=name), expected=version)
        store.keep_class(school.but(round=name))
    return Outcome(say=desk.say("These meetings are called “{name}” now.", name=name))


def begin_round(desk: TeacherDesk, name: str) -> Outcome:
    """Begin a round: an empty book for every child, all books of before stay as they are. Raises ``InputRefused``."""
    store, template = desk.store, desk.folder.template()
    with store.together():
        _check(desk, name, "new-round")
        school = store.school_class()
        # the days and looks of the last round say nothing about this one
        store.keep_class(school.but(round=name, conference_on=None, conference_until=None))
        students = store.students()
        for student in students:
            begin(store, template, student.student_id, desk.today())
    return Outcome(
        say=desk.say(
            "“{name}” has begun. Every child has a new book, and the books of before are kept. "
            "Children who have a book open see the new one when they load the page again.",
            name=name,
        )
    )


def _check(desk: TeacherDesk, name: str, field: str) -> None:
    if not name:
        raise InputRefused("Give these meetings a name, such as “Fall 2026”.", field=field)
    known = {meta.round for rounds in desk.store.all_rounds().values() for meta in rounds}
    if name in known or name == desk.school_class.round:
        raise InputRefused(
            "There were meetings called “{name}” already. Give these another name.",
            name=name,
            field=field,
        )
