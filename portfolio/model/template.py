"""What a class template says: which sections, which prompts, how many, in which order, how long.

The notebook decides which sections a class uses and their order; the template decides what they ask.
Templates are data (YAML files); :mod:`portfolio.store.template_file` reads them.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portfolio.model.people import AgeBand
from portfolio.model.record import Identifier, LanguageTag, Line, Record

Control = Literal[
    "line", "long", "picks", "one", "scale", "photos", "rows", "date", "dates", "piece", "media"
]
"""How something is asked: one line, a long text, pictures to pick (several, or one), a scale of words
or faces, photos, rows of small lines (steps, helpers), a day, several days, a piece of work, media (recordings, documents, writing, links)."""

Holds = Literal[
    "answers",
    "strengths",
    "work",
    "growth_pairs",
    "growing",
    "ratings",
    "look_backs",
    "goals",
    "agreements",
    "teacher_page",
    "replies",
]
"""Which shelf of the portfolio a section fills."""

Speaker = Literal["student", "family", "teacher", "all", "adults"]
"""Whose turn an agenda step is."""


SpokenName = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]{0,63}\.(mp3|wav|ogg|m4a))?$")]
"""The file name of a recorded question, or nothing. No folder can be named with it."""


PictureName = Annotated[str, Field(pattern=r"^([a-z0-9][a-z0-9_-]{0,63}\.(webp|png|jpg|jpeg))?$")]
"""The file name of a picture that helps with a question, or nothing. No folder can be named with it."""


class Choice(Record):
    """Something to pick: an id, the word under it, and the drawn icon."""

    id: Identifier
    label: Line
    icon: Identifier | None = None


class Column(Record):
    """One small line of a row, for example *what* and *when* of a step."""

    field: Identifier
    ask: Line


class Prompt(Record):
    """One question: which field it fills, how it is asked, how the answer may begin, about how long.

    ``lead`` is a fixed beginning that belongs to the child's sentence on every page ("I am good at");
    ``starters`` are beginnings the child may take into its text. ``words`` is a soft cap: about how many
    words; nothing is cut. ``at_most`` counts picks, photos, rows or days. ``spoken`` names a recording of
    the question in the class's folder ``spoken/``: the teacher's own voice, for who cannot read yet. ``picture``
    names a picture in its folder ``pictures/`` that helps with the question, ``picture_alt`` says what it shows.
    """

    field: Identifier
    ask: Line
    control: Control
    hint: Line = ""
    lead: Line = ""
    starters: tuple[Line, ...] = ()
    words: Annotated[int, Field(ge=1, le=1000)] | None = None
    at_most: Annotated[int, Field(ge=1, le=12)] | None = None
    spoken: SpokenName = ""
    picture: PictureName = ""
    picture_alt: Line = ""
    choices: tuple[Choice, ...] = ()
    columns: tuple[Column, ...] = ()


class Section(Record):
    """One page of the book: what it is called, what it holds, what it asks, how many."""

    section_id: Identifier
    title: Line
    icon: Identifier
    holds: Holds
    speaker: Speaker = "student"
    intro: Line = ""
    each: Line = ""
    """What one entry is called, with ``{n}`` for its number: "Strength {n}"."""
    add: Line = ""
    """The words on the button for one more entry."""
    at_least: Annotated[int, Field(ge=0, le=12)] = 0
    at_most: Annotated[int, Field(ge=1, le=12)] = 1
    kept_for_the_table: Annotated[int, Field(ge=0, le=3)] = 0
    """How many of the entries stay empty until the conference (goal 2 is set together)."""
    shown_to_family: bool = True
    optional: bool = False
    prompts: tuple[Prompt, ...] = ()

    def prompt(self, field: str) -> Prompt | None:
        """Return the prompt that fills a field, or ``None``."""
        return next((p for p in self.prompts if p.field == field), None)


class AgendaStep(Record):
    """One step of the meeting: whose turn, how many minutes, which sections are shown."""

    step_id: Identifier
    title: Line
    speaker: Speaker
    minutes: Annotated[int, Field(ge=1, le=60)]
    sections: tuple[Identifier, ...] = ()
    private: bool = False
    at_most: Annotated[int, Field(ge=1, le=12)] | None = None
    """How many entries of each section are shown (a short agenda has time for one sample); all if not said."""


class AgendaPreset(Record):
    """An agenda with tested sums: the child's part, and the part with private minutes."""

    preset_id: Identifier
    title: Line
    child_minutes: int
    all_minutes: int
    steps: tuple[AgendaStep, ...]

    @model_validator(mode="after")
    def _sums_hold(self) -> Self:
        child = sum(s.minutes for s in self.steps if not s.private)
        everyone = sum(s.minutes for s in self.steps)
        if (child, everyone) != (self.child_minutes, self.all_minutes):
            raise ValueError(
                f"the steps of agenda “{self.preset_id}” add up to {child} and {everyone} minutes, "
                f"not {self.child_minutes} and {self.all_minutes}"
            )
        return self


class ClassTemplate(Record):
    """Everything a class starts from in one age band."""

    template_id: Identifier
    version: Annotated[int, Field(ge=1, le=1_000_000)]
    title: Line
    age_band: AgeBand
    language: LanguageTag = "en"
    about_words: Annotated[int, Field(ge=1, le=1000)]
    sections: tuple[Section, ...]
    agendas: tuple[AgendaPreset, ...]

    def section(self, section_id: str) -> Section | None:
        """Return the section with this id, or ``None``."""
        return next((s for s in self.sections if s.section_id == section_id), None)

    def agenda(self, preset_id: str) -> AgendaPreset:
        """Return the agenda with this id; an unknown id gives the first one."""
        return next((a for a in self.agendas if a.preset_id == preset_id), self.agendas[0])

    @model_validator(mode="after")
    def _names_are_used_once_and_known(self) -> Self:
        ids = [s.section_id for s in self.sections]
        twice = sorted({i for i in ids if ids.count(i) > 1})
        if twice:
            raise ValueError(f"section “{twice[0]}” is written twice")
        for agenda in self.agendas:
            for step in agenda.steps:
                for section in step.sections:
                    if section not in ids:
                        raise ValueError(
                            f"agenda “{agenda.preset_id}”, step “{step.step_id}” names the section "
                            f"“{section}”, which this template does not have"
                        )
        return self
