"""From a book to what the child's next teacher may see: pages the child picked, and what its teachers noted.

A type of its own with an allow-list of its own, for a reader who is neither family nor at the table. It has no
place for cue lines, letters and worries of families, comments, or what teacher and homes wrote for each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from portfolio.model import (
    AgeBand,
    Book,
    Cloth,
    Passage,
    Portfolio,
    PortfolioMeta,
    Record,
    Section,
    SectionCell,
    Translation,
)
from portfolio.rules import family_view as v
from portfolio.rules.audience import SEERS, is_filled
from portfolio.rules.classmates import classmates_of
from portfolio.rules.seen import Lens, teacher_page
from portfolio.rules.shown import seen_by
from portfolio.rules.unnamed import unnamed

MAY_BE_PICKED: Final = (
    "answers",
    "strengths",
    "work",
    "growth_pairs",
    "growing",
    "ratings",
    "look_backs",
    "goals",
    "agreements",
)
"""What pages for a next teacher may hold. An allow-list: what is new stays here. Letters of families never go."""


class NextTeacherView(Record):
    """What one child's next teacher may see. Made by :func:`for_next_teacher`, never by hand.

    ``parts`` are the pages the child picked that say something, in the order of its book; ``notes`` what its
    teachers wrote for the family, too. ``reads`` is the language of the class.
    """

    student_name: str
    say_it: str
    pronouns: str
    grade: str
    class_name: str
    homeroom: str
    shows_learning: Passage
    teachers: tuple[str, ...]
    round: str
    age_band: AgeBand
    cloth: Cloth
    writing_language: str
    reads: tuple[str, ...]
    delete_by: date | None
    parts: tuple[v.Part, ...]
    notes: v.TeacherPart

    def translation(self, passage: Passage, page_language: str) -> Translation | None:
        """Return the translation that helps this reader, or ``None`` if the words can be read as they are."""
        return v.translation_for(passage, (*self.reads, page_language))


def may_be_picked(section: Section) -> bool:
    """Return whether a child may pick a page of this kind for its next teacher."""
    return section.holds in MAY_BE_PICKED


def picked_sections(meta: PortfolioMeta, sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections a child picked that may go to its next teacher, in the order of its book.

    Nothing goes that was not picked; a page about friends and feelings is one of them. What the child keeps from
    its family it may still give to a teacher, and the other way round.
    """
    return tuple(
        section for section in sections if section.section_id in meta.next_teacher and may_be_picked(section)
    )


@dataclass(frozen=True)
class _NextLens(Lens):
    """Eyes of a next teacher: picked pages of now, and of earlier rounds what the child showed then."""

    def sees(self, portfolio: Portfolio, section: Section) -> bool:
        """Return whether the child lets these eyes see a section of this or an earlier round."""
        if portfolio is not self.portfolio:
            return seen_by(portfolio.meta, section, at_home=True)
        return section in picked_sections(portfolio.meta, self.book.sections())


def for_next_teacher(book: Book) -> NextTeacherView:
    """Return what the child's next teacher may see; without ``parts`` where the child has picked nothing yet.

    Names of other children of the class stand in it no more than in a file for a home.
    """
    view = _with_names(book)
    return unnamed(view, classmates_of(book), book.portfolio.meta.language) if book.class_names else view


def _with_names(book: Book) -> NextTeacherView:
    lens = _NextLens(book=book, audience="home", household_id=None)
    meta, who, school = book.portfolio.meta, book.student, book.school_class
    picked = {section.section_id: section for section in picked_sections(meta, book.sections())}
    cells = (cell for cell in book.outline if isinstance(cell, SectionCell) and cell.section in picked)
    parts = tuple(_part(lens, picked[cell.section], cell.heading) for cell in cells)
    note_page = next((s for s in book.template.sections if s.holds == "teacher_page"), None)
    return NextTeacherView(
        student_name=who.name,
        say_it=who.say_it,
        pronouns=who.pronouns,
        grade=who.grade,
        class_name=school.name,
        homeroom=who.class_name,
        shows_learning=who.shows_learning,
        teachers=tuple(t.name for t in school.teachers if t.name),
        round=meta.round,
        age_band=meta.age_band,
        cloth=meta.cloth,
        writing_language=meta.language,
        reads=(school.language,),
        delete_by=meta.delete_by or school.delete_by,
        parts=tuple(part for part in parts if part.filled),
        notes=teacher_page(lens, note_page) if note_page else v.TeacherPart(notes=()),
    )


def _part(lens: Lens, section: Section, heading: str) -> v.Part:
    content = _WITHOUT_FAMILIES.get(section.holds, lambda seen: seen)(SEERS[section.holds](lens, section))
    return v.Part.model_validate(
        {
            "section": section.section_id,
            "title": heading or section.title,
            "icon": section.icon,
            "speaker": section.speaker,
            "filled": is_filled(content),
            "content": content,
        }
    )


def _own_agreements(seen: v.AgreementsPart) -> v.AgreementsPart:
    return seen.but(agreements=tuple(a for a in seen.agreements if a.who != "family"))


def _own_look_backs(seen: v.LookBacksPart) -> v.LookBacksPart:
    return seen.but(promises=tuple(p for p in seen.promises if p.who != "family"))


_WITHOUT_FAMILIES: Final[Mapping[str, Any]] = {"agreements": _own_agreements, "look_backs": _own_look_backs}
"""What families promised at the table is theirs: it is not the child's to hand on."""
