"""What another template means for books that are begun: every change, and what becomes of whose words.

Nothing here changes anything. Words are never lost by a change of the template: an answer whose question goes
stays in the book, out of sight, and is there again when the question is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from portfolio.model import ClassTemplate, Outline, Portfolio, SectionCell
from portfolio.rules.template_change import Change, Changes, Fate, What
from portfolio.rules.template_compare import Comparison

__all__ = [
    "Change",
    "Changes",
    "Fate",
    "What",
    "effective",
    "order_with",
    "shown_sections",
    "template_changes",
]


def effective(template: ClassTemplate, outline: Outline) -> ClassTemplate:
    """Return the template as the notebook makes it: titles as it heads them, its sections first to last.

    A section the notebook does not show keeps its place behind the one it follows in the template.
    """
    cells = [cell for cell in outline if isinstance(cell, SectionCell) and template.section(cell.section)]
    headed = {cell.section: cell.heading for cell in cells if cell.heading}
    order = list(dict.fromkeys(cell.section for cell in cells))
    above = ""
    for section in template.sections:
        if section.section_id not in order:
            order.insert(order.index(above) + 1 if above else 0, section.section_id)
        above = section.section_id
    known = {section.section_id: section for section in template.sections}
    return template.but(
        sections=tuple(known[one].but(title=headed.get(one, known[one].title)) for one in order)
    )


def shown_sections(template: ClassTemplate, outline: Outline) -> tuple[str, ...]:
    """Return the ids of the sections a notebook shows that the template has, in its order."""
    called = (cell.section for cell in outline if isinstance(cell, SectionCell))
    return tuple(dict.fromkeys(section for section in called if template.section(section)))


def order_with(before: ClassTemplate, before_order: Sequence[str], after: ClassTemplate) -> tuple[str, ...]:
    """Return the pages to show once a class has another template, when nobody says which.

    What was shown is shown in its order, as far as it is there; a page nobody could show before comes behind the one
    it follows in the new template; a page that was out of the books stays out.
    """
    order = [name for name in before_order if after.section(name)]
    above = ""
    for section in after.sections:
        if before.section(section.section_id) is None:
            order.insert(order.index(above) + 1 if above else 0, section.section_id)
        if section.section_id in order:
            above = section.section_id
    return tuple(order)


def template_changes(
    before: ClassTemplate,
    after: ClassTemplate,
    before_order: Sequence[str],
    after_order: Sequence[str],
    portfolios: Iterable[Portfolio],
    *,
    renames: Mapping[str, str] | None = None,
) -> Changes:
    """Return what putting ``after`` in the place of ``before`` would do.

    The orders name the sections shown. ``renames`` maps old names to new ones, ``me`` → ``about_me`` for a section,
    ``me.love`` → ``me.likes`` for a question (the section as it was called before): only what is named there is
    the same thing under another name. Versions of the templates are not looked at.
    """
    compared = Comparison(before, after, tuple(before_order), tuple(after_order), renames or {})
    return Changes(tuple(compared.changes(tuple(portfolios))))
