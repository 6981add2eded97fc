"""The same page or question under another name: what was written goes along.

Renames map old names to new ones: ``{"me": "about_me"}`` for a section, ``{"me.love": "likes"}`` for a question of
it (the section as it was called before). Ids of entries stay, so that a desk that is open meanwhile saves to the
same entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from portfolio.errors import InputRefused
from portfolio.model import (
    Answer,
    AnyEntry,
    ClassTemplate,
    Entry,
    Portfolio,
    PortfolioMeta,
    Rating,
    Section,
)
from portfolio.model.fields import BESIDE_A_RATING
from portfolio.rules.cards import answer_field
from portfolio.rules.shown import who_sees
from portfolio.rules.template_places import shelf_of

Renames = Mapping[str, str]


def section_now(renames: Renames, section_id: str) -> str:
    """Return what a section of before is called now."""
    return renames.get(section_id, section_id)


def field_now(renames: Renames, section_id: str, field: str) -> str:
    """Return what a question of before is called now."""
    return renames.get(f"{section_id}.{field}", field)


def check_renames(before: ClassTemplate, after: ClassTemplate, renames: Renames) -> None:
    """Raise ``InputRefused`` for a rename that is none: nothing of that name, or two things made one."""
    for old, new in renames.items():
        section_id, _, field = old.partition(".")
        was, now = before.section(section_id), after.section(section_now(renames, section_id))
        if not (_fits_field(was, now, field, new) if field else _fits(before, after, old, new)):
            raise InputRefused(
                "“{old}” cannot become “{new}”: both must be of the same kind, and neither name used twice. "
                "Nothing was changed.",
                old=old[:130],
                new=new[:64],
            )


def _fits(before: ClassTemplate, after: ClassTemplate, old: str, new: str) -> bool:
    was, now = before.section(old), after.section(new)
    free = before.section(new) is None and after.section(old) is None
    return was is not None and now is not None and free and was.holds == now.holds


def _fits_field(was: Section | None, now: Section | None, old: str, new: str) -> bool:
    if was is None or now is None:
        return False
    there, here = was.prompt(old), now.prompt(new)
    if there is None or here is None or was.prompt(new) or now.prompt(old):
        return False
    if was.holds == now.holds == "ratings":
        return not {old, new}.intersection(BESIDE_A_RATING)
    return was.holds == now.holds == "answers" and answer_field(there) == answer_field(here)


def renamed(template: ClassTemplate, renames: Renames) -> ClassTemplate:
    """Return the template of before under the names there are now."""
    if not renames:
        return template
    sections = tuple(
        section.but(
            section_id=section_now(renames, section.section_id),
            prompts=tuple(
                p.but(field=field_now(renames, section.section_id, p.field)) for p in section.prompts
            ),
        )
        for section in template.sections
    )
    agendas = tuple(
        agenda.but(
            steps=tuple(
                step.but(sections=tuple(section_now(renames, one) for one in step.sections))
                for step in agenda.steps
            )
        )
        for agenda in template.agendas
    )
    return template.but(sections=sections, agendas=agendas)


def carried_over(portfolio: Portfolio, renames: Renames) -> Portfolio:
    """Return a portfolio as it is once its entries go by the new names."""
    if not renames:
        return portfolio
    changed = {entry.entry_id: entry for entry in carried_entries(portfolio, renames)}
    entries = (changed.get(entry.entry_id, entry) for entry in portfolio.entries())
    return Portfolio.of(carried_meta(portfolio.meta, renames), entries)


def carried_entries(portfolio: Portfolio, renames: Renames) -> Iterator[AnyEntry]:
    """Yield the entries that go by another name now, with it; the others are left out."""
    for answer in portfolio.answers:
        field = field_now(renames, answer.section, answer.prompt)
        changed: AnyEntry = answer.but(section=section_now(renames, answer.section), prompt=field)
        if changed != answer:
            yield changed
    for rating in portfolio.ratings:
        field = field_now(renames, rating.section, rating.question)
        changed = rating.but(section=section_now(renames, rating.section), question=field)
        if changed != rating:
            yield changed
    for comment in portfolio.comments:
        if comment.section is not None and comment.section in renames:
            yield comment.but(section=renames[comment.section])


def carried_meta(meta: PortfolioMeta, renames: Renames) -> PortfolioMeta:
    """Return what is known of a portfolio under the new names: who sees a page, what the next teacher gets."""
    return meta.but(
        sections=tuple(choice.but(section=section_now(renames, choice.section)) for choice in meta.sections),
        next_teacher=tuple(section_now(renames, one) for one in meta.next_teacher),
    )


def keeps_its_choice(portfolio: Portfolio, section: Section) -> bool:
    """Return whether a child has begun a page and never chose who sees it: it followed the template."""
    chosen = any(choice.section == section.section_id for choice in portfolio.meta.sections)
    return not chosen and who_sees(portfolio.meta, section) is not None and _begun(portfolio, section)


def _begun(portfolio: Portfolio, section: Section) -> bool:
    """Return whether anything stands on a page, or did: also answers to questions that are not asked now."""
    if section.holds in ("answers", "ratings"):
        said = [*(one.section for one in portfolio.answers), *(one.section for one in portfolio.ratings)]
        return section.section_id in said
    return bool(shelf_of(portfolio, section))


def taken_names(after: ClassTemplate, portfolio: Portfolio) -> tuple[str, ...]:
    """Return the questions of a template whose place in this book is taken by an answer of another name.

    An answer to ``me.love`` is kept under that id also when the question was renamed; a new question of the old
    name would write into it.
    """
    kept: dict[str, Entry] = {entry.entry_id: entry for entry in (*portfolio.answers, *portfolio.ratings)}
    found = []
    for section in after.sections:
        for prompt in section.prompts:
            name = f"{section.section_id}.{prompt.field}"
            there = kept.get(name)
            if isinstance(there, Answer) and (there.section, there.prompt) != (
                section.section_id,
                prompt.field,
            ):
                found.append(name)
            if isinstance(there, Rating) and (there.section, there.question) != (
                section.section_id,
                prompt.field,
            ):
                found.append(name)
    return tuple(found)


def inverse(renames: Renames) -> Renames:
    """Return the renames that take these back."""
    back = {new: old for old, new in renames.items() if "." not in old}
    for old, new in renames.items():
        section_id, dot, field = old.partition(".")
        if dot:
            back[f"{section_now(renames, section_id)}.{new}"] = field
    return back


def composed(first: Renames, then: Renames) -> Renames:
    """Return the renames that do ``first`` and then ``then``."""
    back = inverse(first)
    sections = {
        *(old for old in first if "." not in old),
        *(back.get(old, old) for old in then if "." not in old),
    }
    fields = {old for old in first if "." in old}
    for old in then:
        section_id, dot, field = old.partition(".")
        if dot:
            fields.add(f"{back.get(section_id, section_id)}.{back.get(old, field)}")
    found = {old: section_now(then, section_now(first, old)) for old in sections}
    for old in fields:
        section_id, _, field = old.partition(".")
        found[old] = field_now(then, section_now(first, section_id), field_now(first, section_id, field))
    return {old: new for old, new in found.items() if new != old.rpartition(".")[2]}
