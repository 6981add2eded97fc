"""Large invented classes, the same for the same seed: 30, 1,000 or 100,000 students.

    python -m benchmarks.invented FOLDER --students 1000 [--band 3-5] [--sections 6] [--seed 1]

Nobody in them exists. Every page of the class template may be answered, each by one of a few dozen made-up
variants: what an entry says does not depend on whose it is, so that a hundred thousand books are quick to make
and still hold as much as real ones. Pictures and recordings are left out; what they cost is measured by itself.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from portfolio import files
from portfolio.model import (
    AgendaChoice,
    Book,
    ClassTemplate,
    Entry,
    Household,
    Portfolio,
    PortfolioMeta,
    Prompt,
    SchoolClass,
    Section,
    SectionCell,
    Student,
)
from portfolio.moments.classes import PICTURES
from portfolio.rules.cards import blank, cards
from portfolio.rules.filling import filled
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.store.template_file import load_template

T = TypeVar("T")

ROUND = "Fall 2026"
BEGUN = date(2026, 9, 1)
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
VARIANTS = 24
"""How many different answers there are to each page."""
AT_ONCE = 500
"""Students written in one transaction."""

_NAMES = (
    "Ada Amal Bela Çınar Dao Elif Ferran Giulia Hana Ines Jonas Kwame Léa Mateo Noor Olu Priya Quinn Rosa Søren "
    "Tariq Uma Věra Wren Ximena Yusuf Zoë Анна Борис Δάφνη 小雨 ليلى दीपा ሰላም"
).split()
_SECOND = (
    "Abara Bird Castro Dimas Elm Fox Garnet Holm Iris Juniper Kestrel Linden Moss Nettle Okoro Pine".split()
)
_WORDS = (
    "I we my the a map river story bridge count draw read again slowly with friend because first then now still "
    "try found built measured wrote asked looked changed corner colors garden music seven better page small home"
).split()
_LANGUAGES = (("en",), ("es",), ("ar", "en"), ("en",), ("vi",), ("so", "en"), ("en",), ("zh-Hans",))


@dataclass(frozen=True)
class Told:
    """One invented child and what it has put into its book."""

    student: Student
    portfolio: Portfolio


def invented_school(students: int, template: ClassTemplate) -> SchoolClass:
    """Return a class named after its size."""
    return SchoolClass(
        class_id=f"invented-{students}",
        name=f"Invented class of {students}",
        age_band=template.age_band,
        round=ROUND,
    )


def invented(
    students: int, template: ClassTemplate, *, seed: int = 1, sections: int | None = None
) -> Iterator[Told]:
    """Yield ``students`` children with their books, one by one, in the order of the roster.

    ``sections`` is how many pages a child has begun on average (all of them if not said). The same numbers
    give the same children.
    """
    chance = random.Random(seed)  # noqa: S311 - invented children need no secrets
    pages = _pages(template, chance)
    share = 1.0 if sections is None else min(1.0, sections / len(pages))
    for student in invented_students(students, seed=seed):
        entries = [e for variants in pages if chance.random() < share for e in chance.choice(variants)]
        yield Told(student, Portfolio.of(_meta(student, template), entries))


def invented_students(students: int, *, seed: int = 1) -> Iterator[Student]:
    """Yield the children alone, in the order of the roster: the same ones as :func:`invented`."""
    chance = random.Random(-seed)  # noqa: S311 - invented children need no secrets
    for number in range(1, students + 1):
        yield _student(number, chance)


def _student(number: int, chance: random.Random) -> Student:
    name = f"{chance.choice(_NAMES)} {chance.choice(_SECOND)}"
    homes = tuple(
        Household(household_id=f"home-{n}", label=f"Home {n}", reads=reads, speaks=reads)
        for n, reads in enumerate(chance.choices(_LANGUAGES, k=chance.choice((1, 1, 1, 2))), 1)
    )
    return Student(
        student_id=f"s{number:06}",
        name=name,
        picture=PICTURES[number % len(PICTURES)],
        households=homes,
    )


def _meta(student: Student, template: ClassTemplate) -> PortfolioMeta:
    return PortfolioMeta(
        portfolio_id=f"{student.student_id}.fall-2026",
        student_id=student.student_id,
        round=ROUND,
        started_on=BEGUN,
        age_band=template.age_band,
        template_id=template.template_id,
        agenda=AgendaChoice(preset=template.agendas[0].preset_id),
    )


def _pages(template: ClassTemplate, chance: random.Random) -> list[list[tuple[Entry, ...]]]:
    """Return for each section the ways its page may be filled in."""
    book = Book(
        school_class=invented_school(1, template),
        template=template,
        outline=tuple(SectionCell(section=s.section_id) for s in template.sections),
        student=Student(student_id="s0", name="–"),
        portfolio=Portfolio(meta=_meta(Student(student_id="s0", name="–"), template)),
    )
    ways = [[_page(book, section, chance) for _ in range(VARIANTS)] for section in template.sections]
    return [variants for variants in ways if any(variants)]


def _page(book: Book, section: Section, chance: random.Random) -> tuple[Entry, ...]:
    found = []
    for card in cards(book, section):
        entry = card.entry
        for field, prompt in card.asks:
            value = _value(prompt, chance)
            if value is not None:
                entry = filled(entry, field, prompt, value, "en")
        found.append(entry)
    if section.holds == "agreements":
        one = blank(section, "agreement-1")
        found.append(one.but(who="family", what={"text": _words(12, chance)}))
    return tuple(found)


def _value(prompt: Prompt, chance: random.Random) -> Any:
    """Return something this prompt can be answered with, or ``None`` to leave it."""
    control, most = prompt.control, prompt.at_most or 2
    if control in ("line", "long"):
        return _words(prompt.words or 20, chance)
    if control == "picks":
        ids = [choice.id for choice in prompt.choices]
        return chance.sample(ids, k=min(most, len(ids)))
    if control in ("one", "scale"):
        return chance.choice(prompt.choices).id if prompt.choices else _words(3, chance)
    if control == "rows":
        return [{c.field: _cell(c.field, chance) for c in prompt.columns} for _ in range(most)]
    if control == "date":
        return f"2027-{chance.randint(1, 6):02}-{chance.randint(1, 28):02}"
    if control == "dates":
        return ["2027-01-15", "2027-02-26"][:most]
    return None


def _cell(field: str, chance: random.Random) -> str:
    return chance.choice(("yes", "no")) if field == "agreed" else _words(5, chance)


def _words(about: int, chance: random.Random) -> str:
    return (
        " ".join(chance.choices(_WORDS, k=max(1, round(about * chance.uniform(0.4, 1.1))))).capitalize() + "."
    )


def _batches(told: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(told)
    while some := list(islice(rest, AT_ONCE)):
        yield some


def make_invented(
    path: Path, students: int, *, band: str = "3-5", seed: int = 1, sections: int | None = None
) -> ClassFolder:
    """Make the folder of an invented class at ``path``, which must not exist or be empty, and return it."""
    source = files.class_templates() / f"{band}.yaml"
    template = load_template(source)
    chance = random.Random(seed)  # noqa: S311 - nobody's desk is opened with it
    folder = create_class(path, source, invented_school(students, template), randomness=chance.randbytes)
    store = folder.store()
    try:
        for some in _batches(invented_students(students, seed=seed)):
            with store.together():  # the roster first: it then lies together on the disk
                for student in some:
                    store.keep_student(student)
        for books in _batches(invented(students, template, seed=seed, sections=sections)):
            with store.together():
                for one in books:
                    store.keep_portfolio(one.portfolio, by="student", at=AT)
    finally:
        store.close()
    return folder


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a class as the command line says."""
    reader = argparse.ArgumentParser(description="Make a large invented class.")
    reader.add_argument("folder", type=Path)
    reader.add_argument("--students", type=int, default=30)
    reader.add_argument("--band", default="3-5")
    reader.add_argument("--sections", type=int)
    reader.add_argument("--seed", type=int, default=1)
    asked = reader.parse_args(arguments)
    made = make_invented(
        asked.folder, asked.students, band=asked.band, seed=asked.seed, sections=asked.sections
    )
    print(f"{asked.students} invented students: {made.path}")


if __name__ == "__main__":
    main()
