"""WHAT THINGS ARE: frozen records, no files, no clock, no chance.

``record`` is the ground, ``passage`` the smallest thing (words and pictures), ``media`` what is not a
picture (recordings, documents, writing, links), ``people``, ``entries`` and ``plans`` (what goes into a
portfolio), ``portfolio`` (one child, one round), ``template`` (what a class asks), ``book`` (all of it
together), ``upgrade`` (older documents).
"""

from __future__ import annotations

from portfolio.model.book import Book, Outline, OwnCell, OwnPicture, SectionCell
from portfolio.model.entries import (
    Answer,
    AnyEntry,
    Concern,
    Cue,
    GrowthPair,
    Rating,
    Reply,
    ReplyLine,
    Strength,
    TeacherNote,
    Work,
)
from portfolio.model.entry import Beside, Entry, WordChoice
from portfolio.model.media import (
    LONGEST_WRITING,
    MEDIA_TYPE,
    Document,
    Link,
    MediaSuffix,
    Medium,
    Sound,
    Video,
    Writing,
)
from portfolio.model.passage import LookHere, Passage, Picture, Translation
from portfolio.model.people import AgeBand, Cloth, Household, SchoolClass, Student, Teacher, Voice
from portfolio.model.plans import (
    Agreement,
    Goal,
    Growing,
    Helper,
    IfThen,
    LookBack,
    Progress,
    ProgressNote,
    Step,
)
from portfolio.model.portfolio import (
    KIND,
    SCHEMA_VERSION,
    SHELF,
    AgendaChoice,
    Portfolio,
    PortfolioMeta,
    Reading,
    SectionChoice,
    Status,
)
from portfolio.model.record import Record, clean_text
from portfolio.model.template import (
    AgendaPreset,
    AgendaStep,
    Choice,
    ClassTemplate,
    Column,
    Control,
    Prompt,
    Section,
)

__all__ = [
    "KIND",
    "LONGEST_WRITING",
    "MEDIA_TYPE",
    "SCHEMA_VERSION",
    "SHELF",
    "AgeBand",
    "AgendaChoice",
    "AgendaPreset",
    "AgendaStep",
    "Agreement",
    "Answer",
    "AnyEntry",
    "Beside",
    "Book",
    "Choice",
    "ClassTemplate",
    "Cloth",
    "Column",
    "Concern",
    "Control",
    "Cue",
    "Document",
    "Entry",
    "Goal",
    "Growing",
    "GrowthPair",
    "Helper",
    "Household",
    "IfThen",
    "Link",
    "LookBack",
    "LookHere",
    "MediaSuffix",
    "Medium",
    "Outline",
    "OwnCell",
    "OwnPicture",
    "Passage",
    "Picture",
    "Portfolio",
    "PortfolioMeta",
    "Progress",
    "ProgressNote",
    "Prompt",
    "Rating",
    "Reading",
    "Record",
    "Reply",
    "ReplyLine",
    "SchoolClass",
    "Section",
    "SectionCell",
    "SectionChoice",
    "Sound",
    "Status",
    "Step",
    "Strength",
    "Student",
    "Teacher",
    "TeacherNote",
    "Translation",
    "Video",
    "Voice",
    "WordChoice",
    "Work",
    "Writing",
    "clean_text",
]
