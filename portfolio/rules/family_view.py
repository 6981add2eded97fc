# long: the allow-list of what may leave is read in one place
"""What a family may see: a type of its own, so that nothing else can slip through.

A page, presentation or file for families takes a :class:`FamilyView` and nothing else. The type has
no field for cue lines, for other households, for words meant only for the teacher. It is made by an
allow-list (:func:`portfolio.rules.for_audience`): every field is filled by name, none is copied whole.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeVar, cast

from pydantic import Field

from portfolio.model import (
    AgeBand,
    Choice,
    Cloth,
    Medium,
    OwnCell,
    Passage,
    Picture,
    Progress,
    Record,
    Sound,
    Translation,
    Video,
    Voice,
)
from portfolio.model.entries import ConcernStatus
from portfolio.model.template import Speaker

Audience = Literal["conference", "home", "own_time"]
"""Who looks: the people at the table, a household with its own copy, or a household that holds the meeting by itself, in
its own time: it sees what both of the others see, and what the child shows in place of speaking."""


class Said(Record):
    """Words with what they answer: the prompt, a fixed beginning, picks, pictures and media."""

    field: str
    ask: str = ""
    lead: str = ""
    words: Passage = Passage()
    picks: tuple[Choice, ...] = ()
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()


class Shown(Record):
    """What was said, drawn or photographed beside words that stand in a line: a title, a promise, a quotation."""

    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()

    def __bool__(self) -> bool:
        """Return whether there is anything."""
        return bool(self.pictures or self.media)


class AnswersPart(Record):
    """Prompts and what the child said to them."""

    holds: Literal["answers"] = "answers"
    answers: tuple[Said, ...]


class StrengthSeen(Record):
    """A strength and how one can see it."""

    what: Said
    proof: Said | None
    piece_title: Passage | None
    pictures: tuple[Picture, ...]
    media: tuple[Medium, ...]
    quote: Passage
    quote_by: str
    quote_beside: Shown = Shown()


class StrengthsPart(Record):
    """What I am good at."""

    holds: Literal["strengths"] = "strengths"
    strengths: tuple[StrengthSeen, ...]


class WorkSeen(Record):
    """A work sample and what the child says about it, in the order of the prompts."""

    title: Passage
    subject: str
    made_on: date | None
    pictures: tuple[Picture, ...]
    media: tuple[Medium, ...]
    said: tuple[Said, ...]
    look: Said | None
    teacher_note: Passage
    title_beside: Shown = Shown()
    teacher_note_beside: Shown = Shown()


class WorkPart(Record):
    """My work."""

    holds: Literal["work"] = "work"
    pieces: tuple[WorkSeen, ...]


class PairSeen(Record):
    """Then and now."""

    before: tuple[Picture, ...]
    now: tuple[Picture, ...]
    before_media: tuple[Medium, ...]
    now_media: tuple[Medium, ...]
    said: tuple[Said, ...]


class PairsPart(Record):
    """Pictures of then and now."""

    holds: Literal["growth_pairs"] = "growth_pairs"
    pairs: tuple[PairSeen, ...]


class GrowingSeen(Record):
    """Something I am still learning."""

    said: tuple[Said, ...]
    look_again: date | None


class GrowingPart(Record):
    """What I am still learning."""

    holds: Literal["growing"] = "growing"
    growing: tuple[GrowingSeen, ...]


class RatingSeen(Record):
    """A question and its answer in each round: one entry for each of ``RatingsPart.rounds``."""

    question: str
    answers: tuple[Choice | None, ...]
    example: Said | None
    against: Said | None
    teacher_says: Said | None
    better: Said | None


class RatingsPart(Record):
    """How I work, or how school feels, over the rounds (oldest first, this round last).

    ``scale`` holds the words from most to least, as the template lists them.
    """

    holds: Literal["ratings"] = "ratings"
    rounds: tuple[str, ...]
    scale: tuple[Choice, ...]
    ratings: tuple[RatingSeen, ...]


class LookedAt(Record):
    """How far a goal was when it was looked at: the day (``None``: now) and one of the five words, no note."""

    on: date | None
    word: Progress


class LookBackSeen(Record):
    """A goal or promise from last time, in words, pictures or picks, and what became of it."""

    who: Voice
    name: str
    promised: Passage
    how_far: Progress | None
    because: Said | None
    keep_change: Said | None
    tells: Said | None
    promised_beside: Shown = Shown()
    picks: tuple[Choice, ...] = ()
    over_time: tuple[LookedAt, ...] = ()


class LookBacksPart(Record):
    """What we promised last time."""

    holds: Literal["look_backs"] = "look_backs"
    round: str
    goals: tuple[LookBackSeen, ...]
    promises: tuple[LookBackSeen, ...]


class StepSeen(Record):
    """One step: what, when, where."""

    what: Passage
    when: str
    where: str


class HelperSeen(Record):
    """Who helps with what exactly, by when they are asked, and whether they said yes."""

    who: str
    what: Passage
    ask_by: str
    agreed: bool | None


class IfThenSeen(Record):
    """A plan for a bad day."""

    if_this: Passage
    then_that: Passage
    beside: Shown = Shown()


class GoalSeen(Record):
    """A goal with its plan. ``set_together`` is true for the goal made at the table, ``agreed`` who said yes to it."""

    goal: Said
    area: Choice | None
    by_when: date | None
    why: tuple[Said, ...]
    now: tuple[Said, ...]
    steps: tuple[StepSeen, ...]
    obstacle: Said | None
    obstacle_around: Said | None
    if_thens: tuple[IfThenSeen, ...]
    helpers: tuple[HelperSeen, ...]
    helper_picks: tuple[Choice, ...]
    know_by: Said | None
    evidence: Said | None
    look_again: tuple[date, ...]
    set_together: bool
    how_far: Progress | None
    over_time: tuple[LookedAt, ...] = ()
    agreed: tuple[Voice, ...] = ()


class GoalsPart(Record):
    """My goals; ``open_slots`` says how many wait for the table."""

    holds: Literal["goals"] = "goals"
    goals: tuple[GoalSeen, ...]
    open_slots: int


class TeacherSeen(Record):
    """A teacher's plain note."""

    name: str
    role: str
    strength: Passage
    next_step: Passage
    home_help: Passage
    look_again: date | None


class TeacherPart(Record):
    """What teachers say."""

    holds: Literal["teacher_page"] = "teacher_page"
    notes: tuple[TeacherSeen, ...]


class AgreementSeen(Record):
    """A promise made at the table."""

    who: Voice
    name: str
    what: Passage
    by_when: date | None
    how_far: Progress | None
    beside: Shown = Shown()


class AgreementsPart(Record):
    """What we agreed."""

    holds: Literal["agreements"] = "agreements"
    agreements: tuple[AgreementSeen, ...]


class ReplySeen(Record):
    """What this household wrote back. ``turn``: the newest of several of the same adult and way, or an earlier one."""

    who: str
    on: date | None
    lines: tuple[tuple[str, Passage], ...]
    pictures: tuple[Picture, ...]
    media: tuple[Medium, ...]
    face: Choice | None = None
    turn: Literal["", "newest", "earlier"] = ""


class RepliesPart(Record):
    """A letter back."""

    holds: Literal["replies"] = "replies"
    replies: tuple[ReplySeen, ...]


class ConcernSeen(Record):
    """A worry of this household in its own words, what was answered, who does it by when, where it stands."""

    words: Passage
    on: date | None
    answer: Passage
    owner: str
    due: date | None
    stands: ConcernStatus
    closed_with: Passage
    closed_on: date | None


class ConcernsPart(Record):
    """You said, we did: only in the copy of the household that said it."""

    holds: Literal["concerns"] = "concerns"
    concerns: tuple[ConcernSeen, ...]


class OwnPart(Record):
    """What the teacher put into the notebook: Markdown or drawn pictures, the same for every child."""

    holds: Literal["own"] = "own"
    cell: OwnCell


Content = Annotated[
    AnswersPart
    | StrengthsPart
    | WorkPart
    | PairsPart
    | GrowingPart
    | RatingsPart
    | LookBacksPart
    | GoalsPart
    | TeacherPart
    | AgreementsPart
    | RepliesPart
    | ConcernsPart
    | OwnPart,
    Field(discriminator="holds"),
]


class Part(Record):
    """One page of the book as a family sees it. ``filled`` is false for "not yet".

    ``fine`` are the school words (ids of the glossary) that its writer said need no explaining here, ``explain``
    those it wants explained.
    """

    section: str
    title: str
    icon: str
    speaker: Speaker
    filled: bool
    content: Content
    fine: tuple[str, ...] = ()
    explain: tuple[str, ...] = ()


class LearningSeen(Record):
    """What the class is learning in one subject, in the teacher's words."""

    subject: str
    words: Passage


class ContactSeen(Record):
    """Somebody this family may turn to: name, what for, how."""

    name: str
    about: str
    reach: str


class ShortVersion(Record):
    """The book in two minutes: what a busy person reads first."""

    strengths: tuple[Said, ...] = ()
    growing: Said | None = None
    goal: Said | None = None
    help: tuple[Said, ...] = ()
    look_again: date | None = None


class StatementSeen(Record):
    """What the child prepared for a step, shown in place of speaking: words, pictures, recordings."""

    words: Said | None
    shown: Shown


class ParkedSeen(Record):
    """Something the table keeps for later: who brought it up, when it is taken up again, whether it has been."""

    who: Voice
    name: str
    words: Passage
    on: date | None
    until: date | None
    done: bool


class AgendaLine(Record):
    """One step of the meeting as everybody may see it; ``at_most`` says how many pieces it has time for.

    ``statement`` is what the child shows in place of speaking, where it wants that.
    """

    step: str
    title: str
    speaker: Speaker
    minutes: int
    icon: str
    sections: tuple[str, ...]
    at_most: int | None = None
    statement: StatementSeen | None = None


class FamilyView(Record):
    """One child's book for one audience. Made by :func:`portfolio.rules.for_audience`, never by hand.

    ``reads`` are the language tags of the pages, first one leading; ``household`` is a label such as
    "Mama and Baba", empty at the table. ``homeroom`` is the child's own where a class mixes several;
    ``shows_learning`` says how the child likes to show what it can.
    """

    audience: Audience
    student_name: str
    say_it: str
    grade: str
    class_name: str
    homeroom: str
    shows_learning: Passage
    teachers: tuple[str, ...]
    round: str
    age_band: AgeBand
    cloth: Cloth
    writing_language: str
    reads: tuple[str, ...]
    household: str
    adults: tuple[str, ...]
    interpreter: bool
    conference_on: date | None
    delete_by: date | None
    short: ShortVersion
    agenda: tuple[AgendaLine, ...]
    parts: tuple[Part, ...]
    parked: tuple[ParkedSeen, ...] = ()
    learning: tuple[LearningSeen, ...] = ()
    contacts: tuple[ContactSeen, ...] = ()

    def translation(self, passage: Passage, page_language: str) -> Translation | None:
        """Return the translation that helps these readers, or ``None``: see :func:`translation_for`."""
        return translation_for(passage, (*self.reads, page_language))

    def pictures(self) -> tuple[Picture, ...]:
        """Return every picture the view shows, each once, in order."""
        return pictures_in(self)


def translation_for(passage: Passage, reads: tuple[str, ...]) -> Translation | None:
    """Return the translation that helps readers of these languages, or ``None`` if they read the words as they are.

    ``reads`` are tags, the best one first: those of a home, then that of the page, which is another one where we
    have no texts in theirs. ``None`` also where there is no translation into any of them.
    """
    for lang in reads:
        if lang.split("-")[0] == passage.lang.split("-")[0]:
            return None
        found = passage.translated(lang)
        if found is not None:
            return found
    return None


def recordings_in(value: object) -> tuple[Sound | Video, ...]:
    """Return every recording in a record and all it holds, in order."""
    return (*records_in(value, Sound), *records_in(value, Video))


def pictures_in(value: object) -> tuple[Picture, ...]:
    """Return every picture in a record and all it holds, each once, in order."""
    return tuple({found.sha256: found for found in records_in(value, Picture)}.values())


def passages_in(value: object) -> tuple[Passage, ...]:
    """Return every text somebody wrote in a record and all it holds, in order."""
    return records_in(value, Passage)


R = TypeVar("R", bound=Record)


def records_in(value: object, kind: type[R]) -> tuple[R, ...]:
    """Return every record of a kind in a record and all it holds, in order."""
    found: list[R] = []
    ahead = [value]
    # every page of a class walks through hundreds of records: calls would take five times as long
    while ahead:
        one = ahead.pop()
        what: Any = type(one)
        if what in PLAIN:
            continue
        if what is tuple:
            ahead.extend(reversed(cast("tuple[object, ...]", one)))
        elif is_record(what):
            if issubclass(what, kind):
                found.append(cast("R", one))
            ahead.extend(reversed(vars(one).values()))  # the fields, without pydantic's checks for extra ones
    return tuple(found)


PLAIN: Final = frozenset({str, int, float, bool, type(None), date})
"""What holds nothing else: most of what stands in a record."""


@cache
def is_record(what: type[Any]) -> bool:
    """Return whether things of a type are records; pydantic looks longer at each thing."""
    return issubclass(what, Record)
