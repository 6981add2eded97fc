"""Taking a child out of the class, for good: what goes is said before, what went and what is left afterwards."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from portfolio.errors import N_, InputRefused
from portfolio.moments.erasing import Erased, Plan, erase, look
from portfolio.moments.erasing_traces import Trace
from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.roster_names import key
from portfolio.views.teacher.setup_children_page import Erasing, Told
from portfolio.words import Speech

_MOST_NAMES: Final = 12
_LEFT: Final = {
    "copy": N_("{file}: an older copy, which may hold the child too."),
    "packed": N_("{file}: a packed file, into which nobody looks here. Look yourself, or delete it."),
    "database": N_("Books of other children mention the child. Their words are theirs, so they stay."),
    "log": N_("{file}: a list of what happened. Close the desks, then delete it."),
    "file": N_("{file}: mentions the child. Look at it, and change or delete it if it should not."),
}


class Farewell:
    """Erases a child when its name was typed, and keeps the report until it was read."""

    def __init__(self, desk: TeacherDesk) -> None:
        self._desk = desk
        self._erased: Erased | None = None

    def plan(self, student_id: str) -> Erasing:
        """Return what would go, in words. Raises ``NotFound``."""
        plan, say = look(self._desk.folder, student_id), self._desk.say
        return Erasing(
            name=plan.student.name,
            goes=_goes(plan, say),
            copies=[path.name for path in plan.copies],
            beside=[path.name for path in plan.beside],
        )

    def erase(self, student_id: str, asked: Asked) -> Outcome:
        """Erase a child. Raises ``InputRefused`` unless its name is typed, and what ``erasing.erase`` raises."""
        student = self._desk.store.student(student_id)
        if not key(asked.one("typed")) or key(asked.one("typed")) != key(student.name):
            raise InputRefused(
                "Nothing was taken out. To be sure, type the name as it stands here: {name}",
                name=student.name,
                field="typed",
            )
        self._erased = erase(self._desk.folder, student_id, copies_too=asked.ticked("copies"))
        return Outcome(go="setup/children", focus="farewell")  # its heading says what was done

    def told(self) -> Told | None:
        """Return the report of the last child that was taken out, until it is put away.

        If others held the class's file then, it is cleaned up as soon as they let go.
        """
        if self._erased is None:
            return None
        if not self._erased.swept and self._desk.store.sweep():
            self._erased = replace(self._erased, swept=True)
        return _told(self._erased, self._desk.say)

    def read(self, _asked: Asked) -> Outcome:
        """Put the report away."""
        self._erased = None
        return Outcome()


def _goes(plan: Plan, say: Speech) -> list[str]:
    told = [say.many("{n} book", "{n} books", plan.portfolios)]
    if plan.entries:
        told.append(
            say.many(
                "{n} thing in it, with all its changes",
                "{n} things in them, with all their changes",
                plan.entries,
            )
        )
    if plan.media:
        told.append(say.many("{n} picture or recording", "{n} pictures and recordings", plan.media))
    if plan.home:
        told.append(say.many("{n} file for home", "{n} files for home", len(plan.home)))
    told.append(say("its card and its link"))
    return told


def _told(erased: Erased, say: Speech) -> Told:
    left = [_left(trace, say) for trace in erased.traces]
    if not erased.swept:
        left.append(
            say(
                "The file of the class is in use, so what was erased still takes up room in it. "
                "Close the other desks, then load this page again."
            )
        )
    if erased.plan.beside:
        names = ", ".join(path.name for path in erased.plan.beside)
        left.append(say("Copies beside the folder of the class may hold the child too: {names}", names=names))
    left.append(say("Files that went home, and copies in other places, are not touched by this."))
    return Told(
        title=say("{name} is taken out of the class, with everything.", name=erased.plan.student.name),
        searched=say("Every file of the class was searched. None tells of the child any more.")
        if not erased.traces
        else say("Every file of the class was searched. These still tell of the child, or may:"),
        left=left,
    )


def _left(trace: Trace, say: Speech) -> str:
    told = say(_LEFT[trace.where], file=trace.file)
    if not trace.whose:
        return told
    more = ", …" if len(trace.whose) > _MOST_NAMES else ""
    return f"{told} ({', '.join(trace.whose[:_MOST_NAMES])}{more})"
