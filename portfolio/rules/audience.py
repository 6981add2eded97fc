"""From a book to what one audience may see: the only door (an allow-list, field by field)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from portfolio.errors import N_, NotFound
from portfolio.model import Book, Household, OwnCell, Record, SchoolClass, Section, SectionCell
from portfolio.model.template import Speaker
from portfolio.rules import family_view as v
from portfolio.rules.classmates import classmates_of
from portfolio.rules.school_words import chosen_words, fine_words
from portfolio.rules.seen import Lens, answers, growing, pairs, strengths, teacher_page, work
from portfolio.rules.seen_meeting import parked, statement
from portfolio.rules.seen_plans import (
    agreements,
    concerns,
    goals,
    look_backs,
    ratings,
    replies,
    says_anything,
)
from portfolio.rules.short import short_version
from portfolio.rules.unnamed import unnamed

CONCERNS, LETTERS = "you-said-we-did", "your-letter"
"""The name of the page of concerns, which no class template has."""

SEERS: Mapping[str, Callable[[Lens, Section], Record]] = {
    "answers": answers,
    "strengths": strengths,
    "work": work,
    "growth_pairs": pairs,
    "growing": growing,
    "ratings": ratings,
    "look_backs": look_backs,
    "goals": goals,
    "agreements": agreements,
    "teacher_page": teacher_page,
    "replies": replies,
}
"""How each kind of page looks through a lens."""


def for_audience(book: Book, audience: v.Audience, household_id: str | None = None) -> v.FamilyView:
    """Return what the people at the table, or one household at home, may see of a book.

    ``household_id`` is needed for ``"home"`` and ``"own_time"``: each household gets its own copy, with its own reply and
    nobody else's; names of other children of the class stand in neither until somebody ticked them. Raises
    :class:`portfolio.errors.NotFound` if the student has no such household.
    """
    view = with_names(book, audience, household_id)
    if audience == "conference" or not book.class_names:
        return view
    return unnamed(view, classmates_of(book), book.portfolio.meta.language)


def with_names(book: Book, audience: v.Audience, household_id: str | None = None) -> v.FamilyView:
    """Return the same with the names of classmates still in it: for the eyes of a teacher who ticks them."""
    household = _household(book, audience, household_id)
    lens = Lens(book=book, audience=audience, household_id=household.household_id if household else None)
    meta, who, school = book.portfolio.meta, book.student, book.school_class
    parts = _with_letters(lens, tuple(part for cell in book.outline for part in _parts(lens, cell)))
    parts = _with_concerns(lens, parts)
    return v.FamilyView(
        audience=audience,
        student_name=who.name,
        say_it=who.say_it,
        grade=who.grade,
        class_name=school.name,
        homeroom=who.class_name,
        shows_learning=who.shows_learning,
        teachers=tuple(t.name for t in school.teachers if t.name),
        round=meta.round,
        age_band=meta.age_band,
        cloth=meta.cloth,
        writing_language=meta.language,
        reads=(household.reads or (school.language,)) if household else (meta.language,),
        household=household.label if household else "",
        adults=household.adults if household else tuple(a for h in who.households for a in h.adults),
        interpreter=any(h.interpreter for h in who.households),
        conference_on=school.conference_on,
        delete_by=meta.delete_by or school.delete_by,
        short=short_version(parts),
        agenda=_agenda(lens, tuple(part.section for part in parts)),
        parts=parts,
        parked=parked(lens),
        learning=_learning(school) if household else (),
        contacts=_contacts(school) if household else (),
    )


def _learning(school: SchoolClass) -> tuple[v.LearningSeen, ...]:
    """Return what the class is learning, where the teacher wrote something."""
    return tuple(
        v.LearningSeen(subject=one.subject, words=one.words) for one in school.words.learning if one.words
    )


def _contacts(school: SchoolClass) -> tuple[v.ContactSeen, ...]:
    """Return whom a family may turn to: teachers who say how they are reached, and others of the school."""
    teachers = (v.ContactSeen(name=t.name, about=t.role, reach=t.reach) for t in school.teachers if t.reach)
    others = (v.ContactSeen(name=c.name, about=c.about, reach=c.reach) for c in school.words.contacts)
    return (*teachers, *others)


def _household(book: Book, audience: v.Audience, household_id: str | None) -> Household | None:
    if audience == "conference":
        return None
    found = book.student.household(household_id or "")
    if found is None:
        raise NotFound(
            "{student} has no household “{household}”. Known are: {known}.",
            student=book.student.name,
            household=household_id or "",
            known=", ".join(h.household_id for h in book.student.households) or "–",
        )
    return found


def _parts(lens: Lens, cell: SectionCell | OwnCell) -> tuple[v.Part, ...]:
    """Return the page a notebook cell becomes: none if it may not be seen or is unknown."""
    if isinstance(cell, OwnCell):
        own = v.OwnPart(cell=cell)
        return (v.Part(section="", title="", icon="letter", speaker="teacher", filled=True, content=own),)
    section = lens.book.template.section(cell.section)
    if section is None or not _may_be_seen(lens, section):
        return ()
    content = SEERS[section.holds](lens, section)
    part = v.Part.model_validate(
        {
            "section": section.section_id,
            "title": cell.heading or section.title,
            "icon": section.icon,
            "speaker": section.speaker,
            "filled": is_filled(content),
            "content": content,
            "fine": fine_words(lens.portfolio, section),
            "explain": chosen_words(lens.portfolio, section, "explain"),
        }
    )
    return (part,) if part.filled or not section.optional else ()


def _unasked(section: str, title: str, icon: str, speaker: Speaker, content: v.Content) -> v.Part:
    """Return a page that stands in a book without a notebook cell: it is there because somebody wrote."""
    return v.Part(section=section, title=title, icon=icon, speaker=speaker, filled=True, content=content)


def _with_letters(lens: Lens, parts: tuple[v.Part, ...]) -> tuple[v.Part, ...]:
    """Return the pages with what this household wrote, if no notebook cell stands for it."""
    if any(part.content.holds == "replies" for part in parts):
        return parts
    content = replies(lens)
    if not content.replies:
        return parts
    return (*parts, _unasked(LETTERS, N_("Your letter"), "letter", "family", content))


def _with_concerns(lens: Lens, parts: tuple[v.Part, ...]) -> tuple[v.Part, ...]:
    """Return the pages with what came of this household's worries: last, but before what it wrote back.

    No notebook cell stands for it: a class whose teacher never thought of one still owes the answer.
    """
    content = concerns(lens)
    if not content.concerns:
        return parts
    part = _unasked(CONCERNS, N_("You said, we did"), "listening", "adults", content)
    at = next((n for n, p in enumerate(parts) if p.content.holds == "replies"), len(parts))
    return (*parts[:at], part, *parts[at:])


def _may_be_seen(lens: Lens, section: Section) -> bool:
    """Return whether the child shows a section.

    At home it must also go into the file, at the table the agenda must come to it; in a home's own time, both.
    """
    if not lens.sees(lens.portfolio, section):
        return False
    if lens.audience == "home":
        return True
    preset = lens.book.template.agenda(lens.book.portfolio.meta.agenda.preset)
    return any(section.section_id in step.sections for step in preset.steps if not step.private)


def is_filled(content: Record) -> bool:
    """Return whether a page holds anything somebody said: any non-empty tuple among its fields.

    Rounds and scales are frames, not answers; a rating counts once somebody said something to it.
    """
    if isinstance(content, v.RatingsPart):
        return any(says_anything(r) for r in content.ratings)
    return any(isinstance(value, tuple) and len(value) > 0 for _, value in content)


def _agenda(lens: Lens, shown: tuple[str, ...]) -> tuple[v.AgendaLine, ...]:
    """Return the steps of the child's part: those that show something, or need nothing shown.

    They stand in the order of the notebook, which is that of the pages (``shown``); a step that shows nothing stays
    behind the one it follows in the template.
    """
    book = lens.book
    preset = book.template.agenda(book.portfolio.meta.agenda.preset)
    icons = {s.section_id: s.icon for s in book.template.sections}
    changed = {c.step: c.minutes for c in book.portfolio.meta.agenda.minutes}
    lines: list[tuple[int, v.AgendaLine]] = []
    place = 0
    for step in preset.steps:
        visible = tuple(s for s in shown if s and s in step.sections)
        if step.private or (step.sections and not visible):
            continue
        icon = icons[visible[0]] if visible else "friends"
        place = shown.index(visible[0]) if visible else place
        line = v.AgendaLine(
            step=step.step_id,
            title=step.title,
            speaker=step.speaker,
            minutes=changed.get(step.step_id, step.minutes),
            icon=icon,
            sections=visible,
            at_most=step.at_most,
            statement=statement(lens, step.step_id),
        )
        lines.append((place, line))
    return tuple(line for _, line in sorted(lines, key=lambda one: one[0]))
