"""What a portfolio is made of: one small record for each thing a child, family or teacher says.

Every entry has a ``kind`` (which of the records it is) and an ``entry_id`` that stays the same for
its whole life. The store keeps one row for each, with a version and its history.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portfolio.model.entry import Entry, nothing_yet
from portfolio.model.leaving import Naming
from portfolio.model.media import Medium
from portfolio.model.meeting import Cue, Meeting, Parked, Practice, Statement, ToTeacher
from portfolio.model.passage import Passage, Picture
from portfolio.model.plans import Agreement, Goal, Growing, LookBack
from portfolio.model.record import Identifier, LanguageTag, Line, Record

ConcernStatus = Literal["heard", "working", "answered", "closed"]
"""Where a concern is: heard, being worked on, answered by the school, closed by the family."""


class Answer(Entry):
    """What a child says to one prompt: words, picked pictures, a face, photos, a recording."""

    kind: Literal["answer"] = "answer"
    section: Identifier
    prompt: Identifier
    words: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()


class Strength(Entry):
    """Something I do well, and how one can see it: a piece of work, a picture or somebody's words."""

    kind: Literal["strength"] = "strength"
    what: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    proof: Passage = nothing_yet
    piece: Identifier | None = None
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()
    quote: Passage = nothing_yet
    quote_by: Line = ""


class Work(Entry):
    """A work sample with its reflection: why this one, what I did, learned, found hard, would do next.

    ``pictures`` show it; ``media`` are recordings, documents, writing and links that belong to it.
    """

    kind: Literal["work"] = "work"
    title: Passage = nothing_yet
    subject: Line = ""
    made_on: date | None = None
    sort: Literal["proud", "hard", "growing", "favourite", "in-progress"] | None = None
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()
    feeling: Identifier | None = None
    why_is: Identifier | None = None
    why: Passage = nothing_yet
    did: Passage = nothing_yet
    learned: Passage = nothing_yet
    hard: Passage = nothing_yet
    next: Passage = nothing_yet
    look: Passage = nothing_yet
    helped_by: Passage = nothing_yet
    helped_picks: tuple[Identifier, ...] = ()
    teacher_note: Passage = nothing_yet


class GrowthPair(Entry):
    """Then and now: pictures or recordings of my work, what changed, and what I did to change it."""

    kind: Literal["growth_pair"] = "growth_pair"
    before: tuple[Picture, ...] = ()
    now: tuple[Picture, ...] = ()
    before_media: tuple[Medium, ...] = ()
    now_media: tuple[Medium, ...] = ()
    changed: Passage = nothing_yet
    did: Passage = nothing_yet


class Rating(Entry):
    """How I work, or how school feels: a question answered with a word or a face, never a number.

    ``example`` shows that it is true and ``against`` when it is not; ``teacher_says`` is what I think my
    teacher (or another person) would say, ``better`` what would make it better.
    """

    kind: Literal["rating"] = "rating"
    section: Identifier
    question: Identifier
    answer: Identifier | None = None
    example: Passage = nothing_yet
    against: Passage = nothing_yet
    teacher_says: Passage = nothing_yet
    better: Passage = nothing_yet


class TeacherNote(Entry):
    """A teacher's plain note: one strength I see, one honest next step, how home can help.

    One for each author: class teacher, specialist (``teacher_id``). ``drives`` is what this teacher sees moves
    the child; it stands beside what the child and its homes say of that, and in no family's copy of the note.
    """

    kind: Literal["teacher_note"] = "teacher_note"
    teacher_id: Identifier
    strength: Passage = nothing_yet
    next_step: Passage = nothing_yet
    home_help: Passage = nothing_yet
    look_again: date | None = None
    drives: Passage = nothing_yet


class Comment(Entry):
    """A teacher's words to the child about its book: between the two of them, never for a family.

    ``section`` is the page it is about (``None``: the whole book), ``about`` an entry on it. ``sends_back``: with
    it the book went back to the child, for one thing more. ``seen``: the child says it has read it.
    """

    kind: Literal["comment"] = "comment"
    teacher_id: Identifier
    section: Identifier | None = None
    about: Identifier | None = None
    words: Passage = nothing_yet
    on: date | None = None
    sends_back: bool = False
    seen: bool = False


class HomeWords(Entry):
    """What a household says before the meeting: *what we see at home*. All of it optional.

    The child sees it if the household likes (``share_with_child``); another household never does.
    ``private_talk``: they would like to talk alone, no reason asked; ``call_before``: please call us first.
    """

    kind: Literal["home_words"] = "home_words"
    household_id: Identifier
    who: Line = ""
    on: date | None = None
    lang: LanguageTag = "en"
    loves: Passage = nothing_yet
    good_at: Passage = nothing_yet
    enjoys: Passage = nothing_yet
    drives: Passage = nothing_yet
    hopes: Passage = nothing_yet
    talk_about: Passage = nothing_yet
    private_talk: bool = False
    call_before: bool = False
    share_with_child: bool = True


class ReplyLine(Record):
    """One line of a family's answer: the starter it answers and the words."""

    starter: Line = ""
    words: Passage = nothing_yet


class Reply(Entry):
    """What a household wrote back. Only that household's copy shows it, and the child if they wish."""

    kind: Literal["reply"] = "reply"
    household_id: Identifier
    who: Line = ""
    on: date | None = None
    form: Literal["notice_wonder", "glow_grow_promise", "letter", "faces", "drawing"] = "letter"
    face: Identifier | None = None
    lines: tuple[ReplyLine, ...] = ()
    lang: LanguageTag = "en"
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()
    share_with_child: bool = True


class Concern(Entry):
    """What worries a household, in its own words, what was answered, and who does what by when.

    Only that household's copy shows it, never the office. It is over when the family says so: ``closed``
    without the family's words in ``closed_with`` is refused.
    """

    kind: Literal["concern"] = "concern"
    household_id: Identifier
    words: Passage = nothing_yet
    on: date | None = None
    answer: Passage = nothing_yet
    owner: Line = ""
    due: date | None = None
    status: ConcernStatus = "heard"
    closed_with: Passage = nothing_yet
    closed_on: date | None = None

    @model_validator(mode="after")
    def _closed_by_the_family(self) -> Self:
        if self.status == "closed" and not self.closed_with:
            raise ValueError("a concern is closed with the family's own words: write them in closed_with")
        return self


AnyEntry = Annotated[
    Answer
    | Strength
    | Work
    | GrowthPair
    | Growing
    | Rating
    | LookBack
    | Goal
    | Cue
    | Agreement
    | TeacherNote
    | Reply
    | Concern
    | Comment
    | HomeWords
    | Statement
    | Practice
    | ToTeacher
    | Parked
    | Meeting
    | Naming,
    Field(discriminator="kind"),
]
"""Any of the entries, told apart by ``kind``."""
