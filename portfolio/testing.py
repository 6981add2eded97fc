"""For tests, notebooks and docs alike: a small invented book, a store in memory, finding widgets.

Nothing in the package imports this module.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any, TypeVar

from portfolio import files
from portfolio.model import (
    AgeBand,
    Answer,
    Book,
    Cue,
    Goal,
    Household,
    Passage,
    Portfolio,
    PortfolioMeta,
    Reply,
    ReplyLine,
    SchoolClass,
    SectionCell,
    Strength,
    Student,
    Teacher,
    Work,
)
from portfolio.store.fake import FakeStore
from portfolio.store.template_file import load_template

W = TypeVar("W")

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A moment for tests."""


def small_student() -> Student:
    """Return an invented child with two homes that read different languages."""
    return Student(
        student_id="ines",
        name="Inés",
        grade="grade 4",
        households=(
            Household(household_id="mama", label="Mama", adults=("Mama",), reads=("es",)),
            Household(household_id="papa", label="Papa", adults=("Papa",), reads=("en",)),
        ),
    )


def small_class(band: AgeBand = "3-5") -> SchoolClass:
    """Return an invented class."""
    return SchoolClass(
        class_id="test-class",
        name="Test class",
        age_band=band,
        round="Fall 2026",
        teachers=(Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher"),),
        conference_on=date(2026, 11, 24),
    )


def small_portfolio(**shelves: Any) -> Portfolio:
    """Return a small portfolio; ``shelves`` replace its parts (``strengths=…``, ``work=…``)."""
    meta = PortfolioMeta(
        portfolio_id="ines.fall-2026",
        student_id="ines",
        round="Fall 2026",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="3-5",
    )
    parts: dict[str, Any] = {
        "answers": (
            Answer(
                entry_id="welcome.today", section="welcome", prompt="today", words=Passage(text="My map.")
            ),
        ),
        "strengths": (Strength(entry_id="strength-1", what=Passage(text="drawing maps"), piece="work-1"),),
        "work": (Work(entry_id="work-1", title=Passage(text="My way to school")),),
        "goals": (Goal(entry_id="goal-1", goal=Passage(text="I will read aloud.")),),
        "cues": (Cue(entry_id="cue-1", step="welcome", words=Passage(text="Breathe first.")),),
        "replies": (
            Reply(
                entry_id="reply-1",
                household_id="mama",
                lines=(ReplyLine(words=Passage(text="Te quiero.", lang="es")),),
            ),
        ),
    }
    return Portfolio(meta=meta, **(parts | shelves))


def small_book(**shelves: Any) -> Book:
    """Return a small book of band 3–5 with every section of its template in the outline."""
    template = load_template(files.class_templates() / "3-5.yaml")
    return Book(
        school_class=small_class(),
        template=template,
        outline=tuple(SectionCell(section=s.section_id) for s in template.sections),
        student=small_student(),
        portfolio=small_portfolio(**shelves),
    )


def small_store(book: Book) -> FakeStore:
    """Return a store in memory that keeps a book's class, student and portfolios."""
    store = FakeStore()
    store.keep_class(book.school_class)
    store.keep_student(book.student)
    for portfolio in (*book.earlier, book.portfolio):
        store.keep_meta(portfolio.meta, expected=0)
        for entry in portfolio.entries():
            store.keep(portfolio.meta.portfolio_id, entry, expected=0, by="student", at=NOON)  # type: ignore[arg-type]  # entries() gives AnyEntry
    return store


def find_widgets(root: Any, kind: type[W]) -> Iterator[W]:
    """Yield every widget of a class in a layout, the outermost first."""
    if isinstance(root, kind):
        yield root
    for child in getattr(root, "children", ()):
        yield from find_widgets(child, kind)
