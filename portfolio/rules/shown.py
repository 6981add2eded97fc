"""Who sees a section: the child decides, page by page."""

from __future__ import annotations

from typing import Final, Literal

from portfolio.model import PortfolioMeta, Section, SectionChoice

WhoSees = Literal["home", "table", "teacher"]
"""Everybody the book is shown to and the file at home; only who sits at the table; only child and teacher."""

WHO_SEES: Final[tuple[WhoSees, ...]] = ("home", "table", "teacher")

_NOT_THE_CHILDS: Final = ("teacher_page", "replies", "agreements", "look_backs")
"""Pages that others write as well, or that were promised to all: nobody hides them alone."""

FOR_THE_TABLE: Final = frozenset({"ask_me"})
"""Pages that are of use at the table alone, such as cards to ask from: no copy for a home has them."""


def who_sees(meta: PortfolioMeta, section: Section) -> WhoSees | None:
    """Return who sees a section; ``None`` if that is not the child's to decide."""
    if section.holds in _NOT_THE_CHILDS:
        return None
    chosen = _choice(meta, section)
    if not chosen.shown_to_family:
        return "teacher"
    return "home" if chosen.in_home_copy else "table"


def chosen_by_the_child(meta: PortfolioMeta, section: Section) -> bool:
    """Return whether the child itself said who sees a section; else the template's beginning stands."""
    return any(one.section == section.section_id for one in meta.sections)


def seen_by(meta: PortfolioMeta, section: Section, *, at_home: bool) -> bool:
    """Return whether the child shows a section at the table, or in the file ``at_home``."""
    chosen = _choice(meta, section)
    return chosen.shown_to_family and (chosen.in_home_copy or not at_home)


def shown_to(meta: PortfolioMeta, section: Section, who: WhoSees) -> PortfolioMeta:
    """Return what is known of a portfolio once a section is shown to these people; other sections stay."""
    choice = _choice(meta, section).but(shown_to_family=who != "teacher", in_home_copy=who == "home")
    others = [choice if one.section == choice.section else one for one in meta.sections]
    return meta.but(sections=tuple(others if choice in others else [*others, choice]))


def _choice(meta: PortfolioMeta, section: Section) -> SectionChoice:
    """Return what the child chose for a section, else what the template begins with."""
    chosen = (one for one in meta.sections if one.section == section.section_id)
    begin = SectionChoice(section=section.section_id, shown_to_family=section.shown_to_family)
    return next(chosen, begin)
