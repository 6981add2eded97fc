"""Making a class: a folder from a template, children on its roster, an empty book for each."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from pydantic import ValidationError

from portfolio import files
from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import (
    AgeBand,
    AgendaChoice,
    ClassTemplate,
    Household,
    PortfolioMeta,
    Reading,
    SchoolClass,
    Student,
    Teacher,
)
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.store.port import ClassStore

PICTURES = (
    *("boat", "leaf", "kite", "key", "shell", "drum", "moon", "pear", "umbrella", "snail"),
    *(
        "cat",
        "sun",
        "tree",
        "ball",
        "house",
        "fish",
        "bell",
        "flower",
        "car",
        "bird",
        "hat",
        "apple",
        "cloud",
    ),
    *(
        "crown",
        "sock",
        "whale",
        "cup",
        "rocket",
        "heart",
        "tent",
        "cherries",
        "cactus",
        "balloon",
        "mushroom",
    ),
    *("butterfly", "cone"),
)
"""The drawn pictures children find themselves by, given out in turn: no two of 36 children share one."""

MOST_NAMES = 200
LONGEST_ID = 64
"""Characters of an id (``portfolio.model.record.Identifier``)."""


def new_class(
    path: Path,
    *,
    name: str,
    band: AgeBand,
    round_name: str,
    students: Iterable[str],
    today: date,
    randomness: Callable[[int], bytes],
    teacher_names: Sequence[str] = (),
) -> ClassFolder:
    """Make a class folder with these children and return it.

    ``students`` are lines as :func:`roster` reads them; ``teacher_names`` as children say them. Raises
    ``InputRefused`` for a folder that is not empty or a roster that cannot be right.
    """
    lines = [line for line in students if line.strip()]
    if len(lines) > MOST_NAMES:
        raise InputRefused(
            "{n} names are too many for one class (at most {most}). Is this the right list?",
            n=len(lines),
            most=MOST_NAMES,
        )
    listed = roster(lines)
    teachers = tuple(Teacher(teacher_id=f"teacher-{n}", name=t) for n, t in enumerate(teacher_names, 1))
    school = SchoolClass(
        class_id=slug(name) or "class", name=name, age_band=band, round=round_name, teachers=teachers
    )
    folder = create_class(path, files.class_templates() / f"{band}.yaml", school, randomness=randomness)
    store = folder.store()
    try:
        for student in listed:
            store.keep_student(student)
            begin(store, folder.template(), student.student_id, today)
    finally:
        store.close()
    return folder


def roster(lines: Iterable[str]) -> tuple[Student, ...]:
    """Return students for lines of text, in order; twins of a name get a number, pictures are given in turn.

    A line is a name, and after it, if known, its homes, each with the languages read there::

        Amal; Teta, Mama and Baba; ar en
        Mateo; Mamá y Abuelo; es; Dad; en

    Raises ``InputRefused`` for a language that is not a tag such as ``es`` or ``zh-Hans``.
    """
    made: list[Student] = []
    taken: set[str] = set()
    for n, line in enumerate(lines):
        name, *rest = [" ".join(part.split()) for part in line.split(";")]
        student_id = _free(slug(name) or "student", taken)
        taken.add(student_id)
        picture = PICTURES[n % len(PICTURES)]
        made.append(Student(student_id=student_id, name=name, picture=picture, households=_homes(name, rest)))
    return tuple(made)


def _homes(name: str, told: Sequence[str]) -> tuple[Household, ...]:
    """Return the homes a line tells: label and languages in turn; one plain home if it tells none."""
    homes: list[Household] = []
    for label, reads in zip(told[::2], [*told[1::2], ""], strict=False):
        household_id = _free(slug(label) or "home", {home.household_id for home in homes})
        tags = tuple(reads.replace(",", " ").split())
        try:
            home = Household(household_id=household_id, label=label, adults=(label,), reads=tags, speaks=tags)
        except ValidationError as error:
            raise InputRefused(
                "“{languages}” in the line of {name} are not language tags. Write them like: es, ar, zh-Hans.",
                languages=reads,
                name=name,
            ) from error
        homes.append(home)
    return tuple(homes) or (Household(household_id="home", label="", reads=(), speaks=()),)


def slug(name: str) -> str:
    """Return a name as an id: small Latin letters, digits and hyphens; empty if nothing is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def _free(wanted: str, taken: set[str]) -> str:
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(name for name in numbered if name not in taken)


def begin(store: ClassStore, template: ClassTemplate, student_id: str, today: date) -> PortfolioMeta:
    """Begin a student's portfolio for the round the class is in, unless it has been begun; return it."""
    school = store.school_class()
    rounds = store.rounds(student_id)
    there = next((meta for meta in rounds if meta.round == school.round), None)
    if there is not None:
        return there
    last = rounds[-1] if rounds else None
    meta = PortfolioMeta(
        portfolio_id=_free_book_id(student_id, school.round, rounds),
        student_id=student_id,
        round=school.round,
        started_on=_day_of(today, last),
        age_band=school.age_band,
        template_id=template.template_id,
        agenda=AgendaChoice(preset=template.agendas[0].preset_id),
        language=school.language,
        cloth=last.cloth if last else "sea",
        reading=last.reading if last else Reading(),
        # what a child kept back stays back until it says otherwise; what it opened, it opens anew
        sections=tuple(c for c in last.sections if not (c.shown_to_family and c.in_home_copy))
        if last
        else (),
    )
    try:
        store.keep_meta(meta, expected=0)
    except ChangedMeanwhile:  # another window of the same child was quicker
        return store.meta(meta.portfolio_id)[0]
    return meta


def _day_of(today: date, last: PortfolioMeta | None) -> date:
    """Return the day a round begins: today, but later than the last one, since rounds stand in the order of their days.

    So a second round on one day begins on the next, also after a clock that ran ahead.
    """
    if last is None or last.started_on < today:
        return today
    return min(last.started_on, date.max - timedelta(days=1)) + timedelta(days=1)


def _free_book_id(student_id: str, round_name: str, rounds: Sequence[PortfolioMeta]) -> str:
    """Return an id for a book that no other round of the child has.

    Two rounds may come to one: names without Latin letters, and a name that a renamed round had before.
    """
    wanted, taken = slug(round_name) or "round", {meta.portfolio_id for meta in rounds}
    numbered = (wanted if n == 1 else f"{wanted}-{n}" for n in range(1, len(taken) + 2))
    return next(one for name in numbered if (one := _book_id(student_id, name)) not in taken)


def untouched(store: ClassStore, portfolio_id: str) -> bool:
    """Return whether nobody has ever put anything into a book."""
    return store.last_change(portfolio_id) is None


def change_language(store: ClassStore, language: str) -> None:
    """Let children write in another language (BCP 47) in books of this round that nobody has begun yet."""
    current = store.school_class().round
    for rounds in store.all_rounds().values():
        for meta in rounds:
            if meta.round == current and meta.language != language and untouched(store, meta.portfolio_id):
                kept, version = store.meta(meta.portfolio_id)
                store.keep_meta(kept.but(language=language), expected=version)


def _book_id(student_id: str, round_id: str) -> str:
    """Return the id of a book. A long one is cut; the digest keeps it another one in each round."""
    whole = f"{student_id}.{round_id}"
    if len(whole) <= LONGEST_ID:
        return whole
    return f"{whole[: LONGEST_ID - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def new_links(
    store: ClassStore,
    students: Sequence[str],
    make_key: Callable[[], str],
    fingerprint: Callable[[str], str],
) -> tuple[tuple[Student, str], ...]:
    """Give these children (ids) a fresh personal key and return (student, key) pairs.

    Their earlier keys stop working; other children's go on. Raises ``NotFound`` if there is nobody.

    Only fingerprints are kept: the keys themselves are in the answer and nowhere else.
    """
    given = []
    for student in (store.student(student_id) for student_id in students):
        key = make_key()
        store.drop_keys(student.student_id)
        store.add_key(student.student_id, fingerprint(key))
        given.append((student, key))
    if not given:
        raise NotFound("There are no students in this class yet. Add them, then make the links.")
    return tuple(given)
