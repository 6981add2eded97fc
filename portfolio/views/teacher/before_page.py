"""The screens before the meeting: what there is, papers, what came back, what drives a child, first sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from markupsafe import Markup

from portfolio.model import Concern, HomeWords, Household, Student
from portfolio.rules.activities import Activity
from portfolio.rules.conversation import Talker, Topic
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.home_words import HomeAsks
from portfolio.rules.papers import Paper
from portfolio.rules.what_drives import WhatDrives
from portfolio.views.teacher.before_words_page import LanguageSeen
from portfolio.views.teacher.promised_page import WorryForm
from portfolio.words import Speech


@dataclass(frozen=True)
class Once:
    """Something written once for all families: what it is, whether anything is written."""

    title: str
    written: bool


@dataclass(frozen=True)
class CameBack:
    """What came back from one home: its pages that say something, what it asks for, open worries."""

    household_id: str
    label: str
    pages: tuple[HomeWords, ...]
    asks: HomeAsks | None
    worries: int


@dataclass(frozen=True)
class ChildLine:
    """A child and its homes; ``begun``: whether its book is there."""

    student_id: str
    name: str
    homes: tuple[CameBack, ...]
    begun: bool


@dataclass(frozen=True)
class BeforePage:
    """Everything ``before.html.j2`` may use."""

    template: ClassVar[str] = "before.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    once: tuple[Once, ...]
    """What is written once for all families."""
    languages: tuple[LanguageSeen, ...]
    """Other languages homes read."""
    children: tuple[ChildLine, ...]
    """The children, in the order of the roster."""
    on: date | None
    """The first day of the meetings."""
    until: date | None
    """The last one, if there are several."""


@dataclass(frozen=True)
class HomeLine:
    """A home in the list: whose, its label, the languages it reads (empty if nobody has said), the one its papers are in, how it likes copies."""

    student_id: str
    household_id: str
    name: str
    label: str
    reads: str
    ours: str
    as_read: bool
    copy_as: str


@dataclass(frozen=True)
class PapersPage:
    """Everything ``before_papers.html.j2`` may use."""

    template: ClassVar[str] = "before_papers.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    papers: tuple[tuple[Paper, str], ...]
    """Every paper: id and what it is called."""
    usual: tuple[Paper, ...]
    """Those that are ticked at first."""
    children: tuple[tuple[str, str], ...]
    """Children with a home: id and name."""
    languages: tuple[tuple[str, str], ...]
    """Languages we have texts in: tag and own name."""
    homes: tuple[HomeLine, ...]
    """Every home of the class."""
    without: tuple[str, ...]
    """Names of children without a home."""


@dataclass(frozen=True)
class PreviewPage:
    """Everything ``before_preview.html.j2`` may use."""

    template: ClassVar[str] = "before_preview.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    papers: tuple[str, ...]
    """What the papers are called."""
    whom: str
    """For whom they are, in words."""
    sheets: tuple[Markup, ...]
    """The sheets, as they print."""
    languages: tuple[tuple[str, str, bool], ...]
    """Other languages to see them in: place, name, whether it is this one."""
    english: tuple[tuple[str, str], ...]
    """Languages homes read that we have no texts in, each with the one their papers are in (names)."""
    drafts: tuple[str, ...]
    """What nobody has checked yet of our own words on them, a sentence each."""
    blank_day: bool
    """Whether the day of the meetings is not known: a line is left for it."""
    blank_place: bool
    """Whether the place is not known."""


@dataclass(frozen=True)
class BesidePage:
    """Everything ``before_beside.html.j2`` may use."""

    template: ClassVar[str] = "before_beside.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    places: tuple[HelpPlace, ...]
    """The school's list of places that help."""
    places_trouble: tuple[str, ...]
    """What is wrong in that list, a sentence each."""
    cards: tuple[tuple[str, tuple[Activity, ...]], ...]
    """The cards for the grades of this class: what a goal is about in words, and the cards for it."""
    own_cards: int
    """How many of them are the class's own."""
    cards_trouble: tuple[str, ...]
    """What is wrong with the class's own cards, a sentence each."""


@dataclass(frozen=True)
class WrittenSeen:
    """A page of a home that is only read here, and whether the family wrote it by itself."""

    words: HomeWords
    by_family: bool


@dataclass(frozen=True)
class WorrySeen:
    """A worry, its version, where it stands in words, whether it may be taken away (typed in by mistake).

    ``place`` is where it is answered.
    """

    worry: Concern
    version: int
    stands: str
    may_go: bool
    place: str


@dataclass(frozen=True)
class HomePageScreen:
    """Everything ``before_home.html.j2`` may use."""

    template: ClassVar[str] = "before_home.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    student: Student
    """The child."""
    household: Household
    """Its home."""
    version: int
    """The version of the page the form shows; 0 for one that is not kept yet."""
    words: HomeWords
    """The page as it is typed in."""
    asked: Mapping[str, str]
    """What a home is asked: field and question."""
    languages: tuple[tuple[str, str], ...]
    """Languages a page may be written in, those of the home first."""
    written: tuple[WrittenSeen, ...]
    """Pages that are only read here."""
    worries: tuple[WorrySeen, ...]
    """What worries this home."""
    worry_form: WorryForm
    """What one more worry is written down with."""
    speaks: tuple[str, ...]
    """The languages this home reads, by their own names."""
    today: date
    """The day on the wall."""


@dataclass(frozen=True)
class DrivesPage:
    """Everything ``before_drives.html.j2`` may use."""

    template: ClassVar[str] = "before_drives.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    student: Student
    """The child."""
    teacher_id: str
    """Who looks."""
    drives: WhatDrives
    """Everything the teacher may see."""
    table: WhatDrives
    """What may lie on the table with one home."""
    household: Household | None
    """That home."""
    homes: tuple[tuple[str, str], ...]
    """All homes of the child: id and label."""
    on: date | None
    """The day of the meeting."""


@dataclass(frozen=True)
class StartersPage:
    """Everything ``before_starters.html.j2`` may use."""

    template: ClassVar[str] = "before_starters.html.j2"

    say: Speech
    """Our texts in the teacher's language."""
    spoken: Speech
    """Our texts in the language of the sentences."""
    topics: tuple[Topic, ...]
    """What people may begin to talk with."""
    languages: tuple[tuple[str, str, bool], ...]
    """Languages to see them in: tag, name, whether it is this one."""
    begins: Mapping[Talker, str]
    """What the sheet of each of the three is called, teacher first."""
    names: Mapping[Talker, str]
    """What stands in place of a child's name, for each of the three."""
