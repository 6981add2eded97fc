"""Names that pages, questions and choices have had: what a child wrote under one is never shown under something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from portfolio.model import Choice, ClassTemplate, Portfolio, Section
from portfolio.rules.answers import kept
from portfolio.rules.template_choices import Had
from portfolio.rules.template_places import asked_of


@dataclass(frozen=True)
class Used:
    """The ``templates`` of a class, that of now and those of before, and all its ``books``, of every round."""

    now: ClassTemplate
    before: tuple[ClassTemplate, ...]
    books: tuple[Portfolio, ...]

    def pages(self) -> frozenset[str]:
        """Return the ids of all pages there are, were, or that something in a book is kept under."""
        asked = {s.section_id for template in self._templates() for s in template.sections}
        told = {name.partition(".")[0] for book in self.books for name in _names(book)}
        chosen = {one.section for book in self.books for one in book.meta.sections}
        given = {name for book in self.books for name in book.meta.next_teacher}
        about = {one.section for book in self.books for one in book.comments if one.section}
        return frozenset(asked | told | chosen | given | about)

    def questions(self, section_id: str) -> frozenset[str]:
        """Return the names of all questions a page has, had, or that an answer is kept under."""
        asked = {prompt.field for section in self._sections(section_id) for prompt in section.prompts}
        told = (name.partition(".") for book in self.books for name in _names(book))
        return frozenset(asked | {field for page, _, field in told if page == section_id and field})

    def choices(self, section: Section, field: str) -> Had:
        """Return what can be chosen for a question now, and the ids of all that ever could be, or was picked."""
        offered = [list(self._choices(one, field)) for one in self._sections(section.section_id)]
        now = self.now.section(section.section_id)
        ids = {choice.id for choices in offered for choice in choices} | self._picked(section, field)
        return Had(tuple(self._choices(now, field)) if now else (), frozenset(ids))

    def _picked(self, section: Section, field: str) -> set[str]:
        prompt = section.prompt(field)
        found = set[str]()
        for book in self.books if prompt else ():
            for entry, place in asked_of(book, section, prompt) if prompt else ():
                # an answer keeps what was picked also while it is asked for in words
                value = kept(entry, "picks" if section.holds == "answers" else place)
                values = value if isinstance(value, tuple) else (value,)
                found |= {one for one in values if isinstance(one, str)}
        return found

    def _templates(self) -> tuple[ClassTemplate, ...]:
        return (self.now, *self.before)

    def _sections(self, section_id: str) -> Iterator[Section]:
        yield from (s for template in self._templates() if (s := template.section(section_id)) is not None)

    @staticmethod
    def _choices(section: Section, field: str) -> Iterator[Choice]:
        prompt = section.prompt(field)
        yield from prompt.choices if prompt else ()


def _names(book: Portfolio) -> Iterator[str]:
    """Yield the places answers are kept under, ``page.question``: as they say it, and as their ids do."""
    for answer in book.answers:
        yield from (f"{answer.section}.{answer.prompt}", answer.entry_id)
    for rating in book.ratings:
        yield from (f"{rating.section}.{rating.question}", rating.entry_id)
