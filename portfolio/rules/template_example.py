"""An invented child's answers to a page, made of what the page itself offers: beginnings, choices, days.

Only for looking at a page before any child has one; nothing of it is ever kept.
"""

from __future__ import annotations

import contextlib
from datetime import date, timedelta
from typing import Any

from portfolio.errors import PortfolioError
from portfolio.model import (
    Book,
    ClassTemplate,
    Entry,
    Household,
    Passage,
    Portfolio,
    PortfolioMeta,
    Prompt,
    SchoolClass,
    Section,
    SectionCell,
    Student,
    TeacherNote,
)
from portfolio.rules.cards import blank, cards
from portfolio.rules.filling import filled

NAME = "Robin"
"""The invented child."""


def empty_book(template: ClassTemplate, school_class: SchoolClass, section_id: str, today: date) -> Book:
    """Return the book of an invented child with one page, on which nobody has written."""
    home = Household(household_id="home", label="", reads=(school_class.language,))
    meta = PortfolioMeta(
        portfolio_id="example",
        student_id="example",
        round=school_class.round,
        started_on=today,
        age_band=template.age_band,
        template_id=template.template_id,
        language=template.language,
    )
    return Book(
        school_class=school_class,
        template=template,
        outline=(SectionCell(section=section_id),),
        student=Student(student_id="example", name=NAME, households=(home,)),
        portfolio=Portfolio(meta=meta),
    )


def example_book(
    template: ClassTemplate, school_class: SchoolClass, section_id: str, today: date, words: str
) -> Book:
    """Return the same book with example answers on its page; ``words`` go on where a beginning ends."""
    book = empty_book(template, school_class, section_id, today)
    section = template.section(section_id)
    if section is None or section.holds in ("replies", "look_backs"):
        return book
    if section.holds == "teacher_page":
        said = Passage(text=words, lang=template.language)
        note = TeacherNote(entry_id="n", teacher_id="example", strength=said, next_step=said, home_help=said)
        return book.but(portfolio=Portfolio.of(book.portfolio.meta, [note]))
    entries = [
        _answered(card.entry, card.asks, words, template.language, today) for card in cards(book, section)
    ]
    if not entries and section.holds not in ("answers", "ratings"):  # a page that begins empty: show one
        asks = tuple((p.field, p) for p in section.prompts)
        entries = [_answered(blank(section, "example-1"), asks, words, template.language, today)]
    # one of each kind is enough to see how it looks, but answers are one for each question
    shown = entries if section.holds in ("answers", "ratings") else entries[:2]
    return book.but(portfolio=Portfolio.of(book.portfolio.meta, shown))


def _answered(
    entry: Entry, asks: tuple[tuple[str, Prompt], ...], words: str, lang: str, today: date
) -> Entry:
    for field, prompt in asks:
        value = _example(prompt, words, today)
        if value is not None:
            with contextlib.suppress(PortfolioError):  # what cannot be invented stays empty
                entry = filled(entry, field, prompt, value, lang)
    return entry


def _example(prompt: Prompt, words: str, today: date) -> Any:
    first = prompt.choices[0].id if prompt.choices else None
    begin = "" if prompt.lead else next(iter(prompt.starters), "")
    values: dict[str, Any] = {
        "line": f"{begin.rstrip('….')} {words}".strip(),
        "long": f"{begin.rstrip('….')} {words}".strip(),
        "picks": [first] if first else None,
        "one": first,
        "scale": first,
        "rows": [{column.field: words for column in prompt.columns[:2]}],
        "date": (today + timedelta(days=14)).isoformat(),
        "dates": [(today + timedelta(days=14)).isoformat()],
    }
    return values.get(prompt.control)


def is_example(section: Section) -> bool:
    """Return whether example answers can be made for a page at all."""
    return section.holds not in ("replies", "look_backs")
