"""What a row makes of a child: a new one, or the child of the class with what the row says anew.

A cell that is empty changes nothing, and nothing is taken away: a home keeps its id, since replies and
files hang on it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from portfolio.errors import N_
from portfolio.model import Household, Student
from portfolio.model.own_language import nobody_looked
from portfolio.rules.roster import Difference, Listed, Remark, ToldHome, remark
from portfolio.rules.roster_match import By
from portfolio.rules.roster_names import bare, free, key, look_alike

Slug = Callable[[str], str]
"""Turns a name into an id; empty where nothing is left of it."""


def new_student(
    child: Listed, student_id: str, picture: str, *, slug: Slug, reads: tuple[str, ...]
) -> Student:
    """Return the child of a row that the class does not know yet; ``reads`` is for homes that say nothing."""
    homes: list[Household] = []
    for told in child.homes:
        homes.append(_new_home(told, homes, slug, reads))
    return Student(
        student_id=student_id,
        name=child.name,
        say_it=child.say_it,
        pronouns=child.pronouns,
        grade=child.grade,
        class_name=child.class_name,
        picture=picture,
        households=tuple(homes) or (Household(household_id="home", label="", reads=reads, speaks=reads),),
    )


def _new_home(told: ToldHome, others: Sequence[Household], slug: Slug, reads: tuple[str, ...]) -> Household:
    read = told.reads or told.speaks or reads
    return Household(
        household_id=free(slug(label_of(told)) or "home", [home.household_id for home in others]),
        label=label_of(told),
        adults=told.adults,
        reads=read,
        speaks=told.speaks or read,
        interpreter=bool(told.interpreter),
    )


def changed_student(
    before: Student, child: Listed, by: By, *, slug: Slug, reads: tuple[str, ...]
) -> tuple[Student, tuple[Household, ...]]:
    """Return the child as the row tells it now, and homes of the class that the row does not name."""
    homes, unnamed = merged_homes(before.households, child.homes, slug, reads)
    renamed = by in {"id", "asked", "form"} and key(child.name) != key(before.name)
    after = before.but(
        name=child.name if renamed else before.name,
        say_it=child.say_it or before.say_it,
        pronouns=child.pronouns or before.pronouns,
        grade=child.grade or before.grade,
        class_name=child.class_name or before.class_name,
        households=homes,
    )
    return after, unnamed


def merged_homes(
    before: Sequence[Household], told: Sequence[ToldHome], slug: Slug, reads: tuple[str, ...]
) -> tuple[tuple[Household, ...], tuple[Household, ...]]:
    """Return the homes with what is told anew, and those nobody told about (they stay as they are).

    A home is found again by its label, by a grown-up in it, by a label that is nearly the same, or as the
    nameless one a class begins with. One language is not enough: letters of one home would go to another.
    """
    left = list(before)
    found: dict[int, Household] = {}
    for same in (_same_label, _same_adult, _near_label, _nameless):
        for n, home in enumerate(told):
            fitting = [old for old in left if same(old, home)] if n not in found else []
            fitting = [old for old in fitting if old.reads == home.reads] or fitting
            if fitting and (len(fitting) == 1 or same is not _near_label):
                found[n] = fitting[0]
                left.remove(fitting[0])
    by_id = {
        found[n].household_id: _updated(found[n], _only_here(found[n], home, before), reads)
        for n, home in enumerate(told)
        if n in found
    }
    homes = [by_id.get(old.household_id, old) for old in before]
    for n, home in enumerate(told):
        if n not in found:
            homes.append(_new_home(home, homes, slug, reads))
    named = {bare(adult) for home in told for adult in home.adults}
    unnamed = (home for home in left if not _people(home) & named)
    return tuple(homes), tuple(unnamed) if told else ()


def _only_here(old: Household, told: ToldHome, homes: Sequence[Household]) -> ToldHome:
    """Return what is told of a home without grown-ups of the child's other homes: one row may name both parents."""
    others = [_people(home) for home in homes if home.household_id != old.household_id]
    elsewhere = set[str]().union(*others) - _people(old)
    return replace(told, adults=tuple(adult for adult in told.adults if bare(adult) not in elsewhere))


def _people(home: Household) -> set[str]:
    """Return who lives in a home, as names are compared; its label may be one of them."""
    return {bare(name) for name in (*home.adults, home.label) if name}


def label_of(told: ToldHome) -> str:
    """Return what a home is called: as told, else by the grown-ups in it."""
    return told.label or ", ".join(told.adults)


def _same_label(old: Household, told: ToldHome) -> bool:
    return key(old.label) == key(label_of(told))


def _same_adult(old: Household, told: ToldHome) -> bool:
    return bool(_people(old) & {bare(a) for a in told.adults})


def _near_label(old: Household, told: ToldHome) -> bool:
    one, other = bare(old.label).split(), bare(label_of(told)).split()
    if not (one and other):
        return False
    if set(one) == set(other):
        return True
    # a slip in a first name or at the end of a word makes somebody else of it: Maria and Mario, abuela and abuelo
    ends = [(a[-1], b[-1]) for a, b in zip(one, other, strict=False)]
    return one[0] == other[0] and all(a == b for a, b in ends) and look_alike(old.label, label_of(told))


def _nameless(old: Household, _told: ToldHome) -> bool:
    return not old.label and not old.adults


def _updated(old: Household, told: ToldHome, unsaid: tuple[str, ...]) -> Household:
    """Return a home with what is told; nothing the class knows besides is taken away.

    A word for a language that nobody has looked at says less than a language somebody has said; only what every
    home begins with (``unsaid``) makes room for it.
    """
    own_label = old.label and old.label != ", ".join(old.adults)
    reads = _more(old.reads, _sayable(told.reads, old.reads, unsaid))
    speaks = _more(old.speaks, _sayable(told.speaks, old.speaks, unsaid))
    if not told.speaks and old.speaks == old.reads:
        speaks = reads
    return old.but(
        label=told.label or (old.label if own_label else label_of(told) or old.label),
        adults=old.adults if set(told.adults) <= set(old.adults) else told.adults,
        reads=reads,
        speaks=speaks,
        interpreter=old.interpreter if told.interpreter is None else told.interpreter,
    )


def _sayable(told: tuple[str, ...], old: tuple[str, ...], unsaid: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages told, without words nobody has looked at where somebody has said more."""
    return told if old in ((), unsaid) else tuple(tag for tag in told if not nobody_looked(tag))


def _more(old: tuple[str, ...], told: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages told; those known if they begin the same way and are more."""
    return old if old[: len(told)] == told else told


def differences(before: Student, after: Student) -> tuple[Difference, ...]:
    """Return what changes, as texts from → to."""
    told = [
        Difference("name", before.name, after.name),
        Difference("say it", before.say_it, after.say_it),
        Difference("pronouns", before.pronouns, after.pronouns),
        Difference("grade", before.grade, after.grade),
        Difference("homeroom", before.class_name, after.class_name),
    ]
    for home in after.households:
        old = before.household(home.household_id)
        if old is None:
            told.append(Difference("home", "", f"{home.label} ({', '.join(home.reads)})"))
            continue
        of = old.label or home.label
        told += [
            Difference("home", old.label, home.label, of),
            Difference("adults", ", ".join(old.adults), ", ".join(home.adults), of),
            Difference("languages", _languages(old), _languages(home), of),
            Difference("interpreter", _yes(old), _yes(home), of),
        ]
    return tuple(d for d in told if d.before != d.after)


def _languages(home: Household) -> str:
    read = ", ".join(home.reads)
    return read if home.speaks == home.reads else f"{read} / {', '.join(home.speaks)}"


def _yes(home: Household) -> str:
    return N_("yes") if home.interpreter else N_("no")


def kept_homes(child: Listed, homes: Sequence[Household]) -> list[Remark]:
    """Return that homes the file no longer names are kept: letters and replies may hang on them."""
    return [
        remark(
            N_(
                "Row {row}: the home “{home}” of {name} is not in the file. It is kept: replies may belong to it."
            ),
            row=child.row,
            home=home.label or home.household_id,
            name=child.name,
        )
        for home in homes
    ]
