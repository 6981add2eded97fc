"""The book: everything needed to show one child's portfolio, gathered in one value.

A book is what moments load and rules look at. It is never shown itself: pages see only what
:func:`portfolio.rules.for_audience` lets through.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import StringConstraints

from portfolio.model.people import SchoolClass, Student
from portfolio.model.portfolio import Portfolio
from portfolio.model.record import Identifier, Line, Record, Text
from portfolio.model.template import ClassTemplate, Section


class SectionCell(Record):
    """A cell of the notebook that shows one section.

    ``heading`` is what the teacher made of the heading above the cell; empty if it is still ours (the
    section's title in the class template counts then).
    """

    kind: Literal["section"] = "section"
    section: Identifier
    heading: Line = ""


class OwnPicture(Record):
    """A picture a teacher's own cell has drawn: base64 bytes, media type, what it shows."""

    media_type: Literal["image/png", "image/jpeg", "image/svg+xml"]
    base64: Annotated[str, StringConstraints(max_length=2_000_000)]
    alt: Text = ""


class OwnCell(Record):
    """A cell the teacher added: Markdown text, or pictures that a code cell drew."""

    kind: Literal["own"] = "own"
    markdown: Text = ""
    pictures: tuple[OwnPicture, ...] = ()


Outline = tuple[SectionCell | OwnCell, ...]
"""What a notebook shows, in order."""


class Book(Record):
    """A child's portfolio with all it hangs on: class, template, notebook outline, earlier rounds.

    ``earlier`` holds the portfolios of earlier rounds, oldest first; ``class_names`` the names of all children of the
    class, so that no copy for a home tells of one of them by accident.
    """

    school_class: SchoolClass
    template: ClassTemplate
    outline: Outline
    student: Student
    portfolio: Portfolio
    earlier: tuple[Portfolio, ...] = ()
    class_names: tuple[str, ...] = ()

    def sections(self) -> tuple[Section, ...]:
        """Return the sections the notebook shows, in its order; unknown ones are left out."""
        found = (self.template.section(c.section) for c in self.outline if isinstance(c, SectionCell))
        return tuple(s for s in found if s is not None)
