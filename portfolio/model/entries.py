"""What a portfolio is made of: one small record for each thing a child, family or teacher says.

Every entry has a ``kind`` (which of the records it is) and an ``entry_id`` that stays the same for
its whole life. The store keeps one row for each, with a version and its history.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from portfolio.model.media import Medium
from portfolio.model.passage import Passage, Picture
from portfolio.model.people import Voice
from portfolio.model.record import Identifier, LanguageTag, Line, Record

Progress = Literal["just_starting", "getting_there", "nearly", "done", "changed_my_mind"]
"""How far a goal or promise is: five words, no numbers. Changing one's mind is honourable."""

ConcernStatus = Literal["heard", "working", "answered", "closed"]
"""Where a concern is: heard, being worked on, answered by the school, closed by the family."""

nothing_yet = Passage()


class Entry(Record):
    """Something somebody put into the portfolio."""

    entry_id: Identifier


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


class Growing(Entry):
    """Something not easy yet, what is behind it, my first step, how you can help, when we look again."""

    kind: Literal["growing"] = "growing"
    what: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    behind: Passage = nothing_yet
    tried: Passage = nothing_yet
    first_step: Passage = nothing_yet
    help: Passage = nothing_yet
    look_again: date | None = None


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


class LookBack(Entry):
    """What became of a goal from last time, in the child's own words.

    ``keep_change`` is what to keep, change or drop; ``tells`` what it tells me about how I plan.
    """

    kind: Literal["look_back"] = "look_back"
    goal_id: Identifier
    result: Progress | None = None
    because: Passage = nothing_yet
    keep_change: Passage = nothing_yet
    tells: Passage = nothing_yet


class Step(Record):
    """One small thing to do: what, when, where."""

    what: Passage = nothing_yet
    when: Line = ""
    where: Line = ""


class Helper(Record):
    """Who helps, with what exactly, by when I will ask them, and whether they said yes."""

    who: Line = ""
    what: Passage = nothing_yet
    ask_by: Line = ""
    agreed: bool | None = None


class IfThen(Record):
    """A plan for a bad day: if this happens, then I will do that."""

    if_this: Passage = nothing_yet
    then_that: Passage = nothing_yet


class ProgressNote(Record):
    """One look at a goal: the day, one of the five words, a note, the piece of work that shows it."""

    on: date
    word: Progress
    note: Passage = nothing_yet
    piece: Identifier | None = None


class Goal(Entry):
    """A goal with the whole form: why, where I am, steps, what gets in the way, who helps, when we look.

    The youngest pick pictures (``picks``, ``why_is``, ``now_is``, ``helper_picks``) where the older write.
    ``obstacle`` is inside me, ``obstacle_around`` around me; ``if_thens`` are further plans beside the first.
    """

    kind: Literal["goal"] = "goal"
    area: Identifier | None = None
    goal: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    by_when: date | None = None
    why: Passage = nothing_yet
    why_is: Identifier | None = None
    now: Passage = nothing_yet
    now_is: Identifier | None = None
    now_piece: Identifier | None = None
    steps: tuple[Step, ...] = ()
    obstacle: Passage = nothing_yet
    obstacle_around: Passage = nothing_yet
    if_this: Passage = nothing_yet
    then_that: Passage = nothing_yet
    if_thens: tuple[IfThen, ...] = ()
    helpers: tuple[Helper, ...] = ()
    helper_picks: tuple[Identifier, ...] = ()
    know_by: Passage = nothing_yet
    evidence: Passage = nothing_yet
    look_again: tuple[date, ...] = ()
    set_by: Literal["me", "together"] = "me"
    progress: tuple[ProgressNote, ...] = ()


class Cue(Entry):
    """A line only the child (and teacher) sees while presenting. Never leaves for home."""

    kind: Literal["cue"] = "cue"
    step: Identifier
    words: Passage = nothing_yet


class Agreement(Entry):
    """A promise made at the table: who will do what by when, and how far it is.

    ``note`` says what became of it; families see it when the next round looks back.
    """

    kind: Literal["agreement"] = "agreement"
    who: Voice = "student"
    name: Line = ""
    what: Passage = nothing_yet
    by_when: date | None = None
    how_far: Progress | None = None
    note: Passage = nothing_yet


class TeacherNote(Entry):
    """The teacher's plain note: one strength I see, one honest next step, how home can help."""

    kind: Literal["teacher_note"] = "teacher_note"
    teacher_id: Identifier
    strength: Passage = nothing_yet
    next_step: Passage = nothing_yet
    home_help: Passage = nothing_yet
    look_again: date | None = None


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
    | Concern,
    Field(discriminator="kind"),
]
"""Any of the entries, told apart by ``kind``."""
