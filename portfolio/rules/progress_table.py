"""What a table of a class tells of one book besides where it is: pages begun, days on which somebody looks again."""

from __future__ import annotations

from datetime import date

from portfolio.model import Book, Portfolio, SectionCell
from portfolio.rules.progress import book_state


def pages_begun(book: Book) -> tuple[str, ...]:
    """Return the titles of the pages somebody has begun, in the order of the book, as the teacher calls them."""
    named = {cell.section: cell.heading for cell in book.outline if isinstance(cell, SectionCell)}
    return tuple(
        named.get(state.section.section_id) or state.section.title
        for state in book_state(book)
        if state.state != "empty"
    )


def look_again_days(portfolio: Portfolio) -> tuple[date, ...]:
    """Return the days agreed to look again at a goal, at what is growing, at a teacher's next step; each once."""
    days = {
        *(day for goal in portfolio.goals for day in goal.look_again),
        *(one.look_again for one in portfolio.growing),
        *(note.look_again for note in portfolio.teacher_page),
    }
    return tuple(sorted(day for day in days if day))
