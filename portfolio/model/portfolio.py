"""The portfolio of one student in one round: the value that passes through the whole product."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portfolio.model import entries as e
from portfolio.model import leaving, plans
from portfolio.model import meeting as m
from portfolio.model.entry import Entry
from portfolio.model.people import AgeBand, Cloth
from portfolio.model.record import Identifier, LanguageTag, Line, Record

SCHEMA_VERSION = 8
"""Goes up by one whenever a field is added or changes its meaning, so that an older program says "newer"
and not "damaged". Older documents are brought up step by step: :mod:`portfolio.model.upgrade`."""

Status = Literal["draft", "practising", "ready", "checked", "presented", "home"]
"""Where a portfolio is on its way. A word for the teacher's overview, never a mark."""


class SectionChoice(Record):
    """What the child decided about one section: who may see it.

    ``shown_to_family`` is at the table and at home; ``in_home_copy`` takes it out of the file only.
    """

    section: Identifier
    shown_to_family: bool = True
    shown_to_class: bool = False
    in_home_copy: bool = True


class StepMinutes(Record):
    """Minutes a teacher gave one step of the agenda, in place of those in the template."""

    step: Identifier
    minutes: Annotated[int, Field(ge=1, le=60)]


class AgendaChoice(Record):
    """Which agenda preset the conference follows, and minutes changed by the teacher (by step)."""

    preset: Identifier = "full"
    interpreter: bool = False
    minutes: tuple[StepMinutes, ...] = ()


class Reading(Record):
    """How a child likes its pages: letters, their size, the space between them, how dark the ink is.

    Only the child's own desk follows it. ``plain`` letters are those made for early readers.
    """

    letters: Literal["book", "plain"] = "book"
    size: Literal["usual", "large", "larger"] = "usual"
    spacing: Literal["usual", "wide"] = "usual"
    contrast: Literal["usual", "high"] = "usual"


Prepared = Literal["met", "work", "notes", "called", "interpreter", "words", "path"]
"""What a teacher has done before a meeting: met the child, looked at its work, read the last notes, called the
families who asked for it, told the interpreter, looked at school words, looked at the way forward."""


CueLines = Literal["script", "words", "none"]
"""How much of its cue lines a child sees: the whole script, some words, nothing. A ladder one climbs by practising."""


class Approval(Record):
    """A teacher has looked at a book before it goes home: who, when, and at which revision of it."""

    teacher_id: Identifier
    on: date
    revision: Annotated[int, Field(ge=0)]


class PortfolioMeta(Record):
    """What is known about a portfolio besides its entries.

    ``approved``: a teacher has looked at it (what came later, nobody has) · ``next_teacher``: the sections the
    child picked for its next teacher · ``prepared``: what the teacher has done before the meeting · ``cue_lines``: how
    much of its lines the child wants to see while it presents.
    """

    schema_version: Literal[8] = 8
    portfolio_id: Identifier
    student_id: Identifier
    round: Line
    school_year: Line = ""
    started_on: date
    age_band: AgeBand
    template_id: Identifier
    template_version: Annotated[int, Field(ge=1)] = 1
    language: LanguageTag = "en"
    cloth: Cloth = "sea"
    reading: Reading = Reading()
    status: Status = "draft"
    agenda: AgendaChoice = AgendaChoice()
    sections: tuple[SectionChoice, ...] = ()
    delete_by: date | None = None
    approved: Approval | None = None
    next_teacher: tuple[Identifier, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    cue_lines: CueLines = "script"


class Portfolio(Record):
    """One student's portfolio in one round.

    Entries of a kind stand in the order the child gave them. A portfolio never changes: the desk
    makes a new one from the rows the store holds (:meth:`of`).
    """

    meta: PortfolioMeta
    answers: tuple[e.Answer, ...] = ()
    strengths: tuple[e.Strength, ...] = ()
    work: tuple[e.Work, ...] = ()
    growth_pairs: tuple[e.GrowthPair, ...] = ()
    growing: tuple[plans.Growing, ...] = ()
    ratings: tuple[e.Rating, ...] = ()
    look_backs: tuple[plans.LookBack, ...] = ()
    goals: tuple[plans.Goal, ...] = ()
    cues: tuple[m.Cue, ...] = ()
    agreements: tuple[plans.Agreement, ...] = ()
    teacher_page: tuple[e.TeacherNote, ...] = ()
    replies: tuple[e.Reply, ...] = ()
    concerns: tuple[e.Concern, ...] = ()
    comments: tuple[e.Comment, ...] = ()
    home_words: tuple[e.HomeWords, ...] = ()
    statements: tuple[m.Statement, ...] = ()
    practices: tuple[m.Practice, ...] = ()
    to_teacher: tuple[m.ToTeacher, ...] = ()
    parked: tuple[m.Parked, ...] = ()
    meetings: tuple[m.Meeting, ...] = ()
    namings: tuple[leaving.Naming, ...] = ()

    @classmethod
    def of(cls, meta: PortfolioMeta, entries: Iterable[Entry]) -> Portfolio:
        """Return the portfolio that these entries make, each kind in the order given."""
        shelves: dict[str, list[Entry]] = {}
        for entry in entries:
            shelves.setdefault(SHELF[type(entry)], []).append(entry)
        return cls.model_validate({"meta": meta, **{name: tuple(found) for name, found in shelves.items()}})

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry, kind by kind, each kind in order."""
        return tuple(entry for shelf in SHELF.values() for entry in getattr(self, shelf))

    def answer(self, section: str, prompt: str) -> e.Answer | None:
        """Return the answer to one prompt of a section, or ``None``."""
        return next((a for a in self.answers if (a.section, a.prompt) == (section, prompt)), None)

    def piece(self, entry_id: str | None) -> e.Work | None:
        """Return the work sample with this id, or ``None``."""
        return next((w for w in self.work if w.entry_id == entry_id), None)


SHELF: dict[type[Entry], str] = {
    e.Answer: "answers",
    e.Strength: "strengths",
    e.Work: "work",
    e.GrowthPair: "growth_pairs",
    plans.Growing: "growing",
    e.Rating: "ratings",
    plans.LookBack: "look_backs",
    plans.Goal: "goals",
    m.Cue: "cues",
    plans.Agreement: "agreements",
    e.TeacherNote: "teacher_page",
    e.Reply: "replies",
    e.Concern: "concerns",
    e.Comment: "comments",
    e.HomeWords: "home_words",
    m.Statement: "statements",
    m.Practice: "practices",
    m.ToTeacher: "to_teacher",
    m.Parked: "parked",
    m.Meeting: "meetings",
    leaving.Naming: "namings",
}
"""Which field of a portfolio holds which kind of entry."""

KIND: dict[str, type[Entry]] = {cls.model_fields["kind"].default: cls for cls in SHELF}
"""The record behind each ``kind``."""
