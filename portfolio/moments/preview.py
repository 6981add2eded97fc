"""Looking at what goes home before it goes: the same page, for the child's own eyes, and nothing is written."""

from __future__ import annotations

from dataclasses import dataclass, replace

from portfolio.errors import NotFound
from portfolio.model import Household, PortfolioMeta, Student
from portfolio.moments.home import home_file, kit_of
from portfolio.rules.own_eyes import for_own_eyes
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.safe import SafePage


@dataclass(frozen=True)
class Homes:
    """Whose book it is, what is known of it, and the homes it goes to."""

    student: Student
    meta: PortfolioMeta

    @property
    def households(self) -> tuple[Household, ...]:
        """The homes, in the order of the roster."""
        return self.student.households


def homes(folder: ClassFolder, student_id: str) -> Homes:
    """Return the homes a child's book goes to.

    Raises ``NotFound`` if there is no such child, or no book of it yet.
    """
    store = folder.store()
    try:
        student = store.student(student_id)
        rounds = store.rounds(student_id)
        if not rounds:
            raise NotFound("{student} has no book yet. Open the desk first.", student=student.name)
        now = store.school_class().round
        meta = next((meta for meta in rounds if meta.round == now), rounds[-1])
        return Homes(student, meta)
    finally:
        store.close()


def home_preview(folder: ClassFolder, student_id: str, household_id: str) -> SafePage:
    """Return the file one home would get, for the child's own eyes.

    The bytes are those that :func:`portfolio.moments.home.home_file` makes for the home, but for the code on its answer
    form and for what the household wrote in confidence: letters and worries are left out
    (:func:`portfolio.rules.own_eyes.for_own_eyes`). Nothing is written but drawings and smaller pictures that are kept.
    Raises ``NotFound`` for an unknown child or home.
    """
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student_id)
        kit = replace(kit_of(folder, store), secret=b"")  # the code on an answer is the home's alone
        return home_file(for_own_eyes(book), household_id, kit).page
    finally:
        store.close()
