"""What a class hopes for, so that nobody can tell who: what goals are about, who helps, what homes hope.

Three rules hold for every group that is shown. At least :data:`FEWEST` children are in it, and as many are not:
neither being in it nor being out of it tells of one child. Smaller groups become one, called "other things", which
joins at least two of them: else it could be worked out which one it is. Groups stand in the order of the template,
words of homes in the order of their letters: no order tells whose they are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.model import Choice, ClassTemplate, Goal, Passage, Portfolio, SchoolClass, Student
from portfolio.rules.masked import masked, names_of

FEWEST: Final = 3
"""A group of fewer children would tell who is in it; a language of fewer homes, who wrote."""

FEWEST_HOMES: Final = 5
"""Of so many children somebody at home must have answered before any words of homes are listed."""

OTHER: Final = "other"

HELPS: Final = (
    Choice(id="me", label=N_("me"), icon="me"),
    Choice(id="home", label=N_("someone at home"), icon="home"),
    Choice(id="teacher", label=N_("my teacher"), icon="seat-teacher"),
    Choice(id="friend", label=N_("a friend"), icon="friend"),
)
"""Who may help, in the order they are always shown. Whoever is none of them is joined with other people."""


@dataclass(frozen=True)
class Group:
    """One group of a drawing: its id (``other`` for what was joined), the words for it, how many children."""

    group_id: str
    label: str
    children: int


@dataclass(frozen=True)
class ClassHopes:
    """What may be shown of a class. A part is empty where showing it would tell who is meant.

    ``hopes`` are words of homes, names taken out; ``held_back`` says that some stay back because too few homes
    wrote in their language.
    """

    areas: tuple[Group, ...] = ()
    helpers: tuple[Group, ...] = ()
    hopes: tuple[Passage, ...] = ()
    held_back: bool = False

    def __bool__(self) -> bool:
        """Return whether there is anything to show."""
        return bool(self.areas or self.helpers or self.hopes)


def class_hopes(
    school: SchoolClass,
    template: ClassTemplate,
    books: Sequence[tuple[Student, Portfolio]],
    people: Sequence[Student],
) -> ClassHopes:
    """Return what may be shown of the children of a class, each with its portfolio of this round.

    ``people`` are all children of the class: their names are masked, also those of children without a portfolio.
    """
    areas = _choices(template, "area")
    about = [frozenset(g.area for g in book.goals if g.area) for _, book in books]
    helps = [
        frozenset(who for goal in book.goals for who in _helpers(goal, student, people, school))
        for student, book in books
    ]
    hopes, held_back = _hopes(school, books, people)
    return ClassHopes(
        areas=_groups(about, areas, N_("other things")),
        helpers=_groups(helps, HELPS, N_("other people")),
        hopes=hopes,
        held_back=held_back,
    )


def _choices(template: ClassTemplate, field: str) -> tuple[Choice, ...]:
    """Return what may be picked for a field of a goal, in the order of the template."""
    prompts = (s.prompt(field) for s in template.sections if s.holds == "goals")
    return tuple({c.id: c for prompt in prompts if prompt for c in prompt.choices}.values())


def _groups(answers: Sequence[frozenset[str]], known: Sequence[Choice], others: str) -> tuple[Group, ...]:
    label = {choice.id: choice.label for choice in known}
    counted = joined(answers, tuple(label))
    return tuple(Group(one, label.get(one, others), children) for one, children in counted)


def joined(answers: Sequence[frozenset[str]], order: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return the groups that may be shown, as pairs of id and number of children, in ``order``; ``other`` last.

    ``answers`` are, for each child, what it chose; ids that are not in ``order`` count as further things. The
    answer depends on how many chose what and on nothing else. It is empty where every group would tell too much.
    """
    said = [one for one in answers if one]
    rank = {one: n for n, one in enumerate(dict.fromkeys((*order, *sorted(set().union(*said)))))}
    members = {one: {n for n, chosen in enumerate(said) if one in chosen} for one in rank}
    there = [one for one in rank if members[one]]
    alone = [one for one in there if one in order and FEWEST <= len(members[one]) <= len(said) - FEWEST]
    rest = [one for one in there if one not in alone]
    while alone and rest and not _hides(rest, members):
        smallest = min(alone, key=lambda one: (len(members[one]), rank[one]))
        alone.remove(smallest)
        rest.append(smallest)
    if not alone:
        return ()
    shown = [(one, len(members[one])) for one in alone]
    return (*shown, *([(OTHER, len(_all(rest, members)))] if rest else []))


def _hides(rest: Sequence[str], members: dict[str, set[int]]) -> bool:
    """Return whether things joined into one tell of nobody: several things, of several children."""
    return len(rest) > 1 and len(_all(rest, members)) >= FEWEST


def _all(rest: Iterable[str], members: dict[str, set[int]]) -> set[int]:
    return set().union(*(members[one] for one in rest))


# ------------------------------------------------------------------------------------------------ who helps


def _helpers(goal: Goal, student: Student, people: Sequence[Student], school: SchoolClass) -> Iterable[str]:
    yield from (choice.id for choice in HELPS if choice.id in goal.helper_picks)
    for helper in goal.helpers:
        if helper.who or helper.what:
            yield helper_group(helper.who, student, people, school)


def helper_group(who: str, student: Student, people: Sequence[Student], school: SchoolClass) -> str:
    """Return which group a helper belongs to whom a child wrote down by name: one of :data:`HELPS`, or a group of its own."""
    words = set(_words(who))
    homes = (*(a for h in student.households for a in h.adults), *(h.label for h in student.households))
    if words & _names((student.name,)):
        return "me"
    if words & _names(homes):
        return "home"
    if words & _names(t.name for t in school.teachers):
        return "teacher"
    if words & _names(one.name for one in people):
        return "friend"
    return f"somebody {' '.join(sorted(words))}"


def _names(names: Iterable[str]) -> set[str]:
    return {word for name in names for word in _words(name)}


def _words(text: str) -> list[str]:
    """Return the words of a name for comparing; those of one letter and titles tell nothing."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(c if c.isalnum() else " " for c in apart if not unicodedata.combining(c))
    return [word for word in letters.split() if len(word) > 1 and word not in _TITLES]


_TITLES: Final = frozenset("mr mrs ms miss dr and the my".split())


# ------------------------------------------------------------------------------------------ what homes hope


def _hopes(
    school: SchoolClass, books: Sequence[tuple[Student, Portfolio]], people: Sequence[Student]
) -> tuple[tuple[Passage, ...], bool]:
    """Return what homes hope, names masked, and whether some of it stays back for its language."""
    written = [
        (student.student_id, one.household_id, one.hopes)
        for student, book in books
        for one in book.home_words
        if one.hopes
    ]
    if len({student_id for student_id, _, _ in written}) < FEWEST_HOMES:
        return (), False
    homes: dict[str, set[str]] = {}
    for student_id, _, hope in written:
        homes.setdefault(_main(hope.lang), set()).add(student_id)
    names = names_of(school, people)
    found: dict[str, Passage] = {}
    held_back = False
    for _, _, hope in written:
        shown = hope if len(homes[_main(hope.lang)]) >= FEWEST else _in_words_of(school, hope)
        held_back = held_back or shown is None
        if shown is not None:
            text = masked(" ".join(shown.text.split()), names)
            found.setdefault(text.casefold(), Passage(text=text, lang=shown.lang))
    return tuple(found[text] for text in sorted(found)), held_back


def _in_words_of(school: SchoolClass, hope: Passage) -> Passage | None:
    """Return a hope in the language of the class, if a person has put it into that."""
    other = hope.translated(school.language)
    if other is None or other.made_by != "human":
        return None
    return Passage(text=other.text, lang=other.lang)


def _main(lang: str) -> str:
    return lang.split("-")[0]
