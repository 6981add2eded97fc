"""What a portfolio is made of: one small record for each thing a child, family or teacher says.

Every entry has a ``kind`` (which of the records it is) and an ``entry_id`` that stays the same for
its whole life. The store keeps one row for each, with a version and its history.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from portfolio.model.passage import Passage, Picture
from portfolio.model.people import Voice
from portfolio.model.record import Identifier, Line, Record

Progress = Literal["just_starting", "getting_there", "nearly", "done", "changed_my_mind"]
"""How far a goal or promise is: five words, no numbers. Changing one's mind is honourable."""

nothing_yet = Passage()


class Entry(Record):
    """Something somebody put into the portfolio."""

    entry_id: Identifier


class Answer(Entry):
    """What a child says to one prompt: words, picked pictures, a face or photos."""

    kind: Literal["answer"] = "answer"
    section: Identifier
    prompt: Identifier
    words: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    pictures: tuple[Picture, ...] = ()


class Strength(Entry):
    """Something I do well, and how one can see it: a piece of work, a picture or somebody's words."""

    kind: Literal["strength"] = "strength"
    what: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    proof: Passage = nothing_yet
    piece: Identifier | None = None
    pictures: tuple[Picture, ...] = ()
    quote: Passage = nothing_yet
    quote_by: Line = ""


class Work(Entry):
    """A work sample with its reflection: why this one, what I did, learned, found hard, would do next."""

    kind: Literal["work"] = "work"
    title: Passage = nothing_yet
    subject: Line = ""
    made_on: date | None = None
    sort: Literal["proud", "hard", "growing", "favourite", "in-progress"] | None = None
    pictures: tuple[Picture, ...] = ()
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
    """Then and now: two pictures of my work, what changed, and what I did to change it."""

    kind: Literal["growth_pair"] = "growth_pair"
    before: tuple[Picture, ...] = ()
    now: tuple[Picture, ...] = ()
    changed: Passage = nothing_yet
    did: Passage = nothing_yet


class Growing(Entry):
    """Something not easy yet, my first step, how you can help, and when we look again."""

    kind: Literal["growing"] = "growing"
    what: Passage = nothing_yet
    picks: tuple[Identifier, ...] = ()
    tried: Passage = nothing_yet
    first_step: Passage = nothing_yet
    help: Passage = nothing_yet
    look_again: date | None = None


class Rating(Entry):
    """How I work, or how school feels: a question answered with a word or a face, never a number."""

    kind: Literal["rating"] = "rating"
    section: Identifier
    question: Identifier
    answer: Identifier | None = None
    example: Passage = nothing_yet
    teacher_says: Passage = nothing_yet


class LookBack(Entry):
    """What became of a goal from last time, in the child's own words."""

    kind: Literal["look_back"] = "look_back"
    goal_id: Identifier
    result: Progress | None = None
    because: Passage = nothing_yet


class Step(Record):
    """One small thing to do: what, when, where."""

    what: Passage = nothing_yet
    when: Line = ""
    where: Line = ""


class Helper(Record):
    """Who helps, and with what exactly."""

    who: Line = ""
    what: Passage = nothing_yet


class ProgressNote(Record):
    """One look at a goal: the day, one of the five words, a note."""

    on: date
    word: Progress
    note: Passage = nothing_yet


class Goal(Entry):
    """A goal with the whole form: why, where I am, steps, what gets in the way, who helps, when we look.

    The youngest pick pictures (``picks``, ``why_is``, ``now_is``, ``helper_picks``) where the older write.
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
    if_this: Passage = nothing_yet
    then_that: Passage = nothing_yet
    helpers: tuple[Helper, ...] = ()
    helper_picks: tuple[Identifier, ...] = ()
    know_by: Passage = nothing_yet
    look_again: tuple[date, ...] = ()
    set_by: Literal["me", "together"] = "me"
    progress: tuple[ProgressNote, ...] = ()


class Cue(Entry):
    """A line only the child (and teacher) sees while presenting. Never leaves for home."""

    kind: Literal["cue"] = "cue"
    step: Identifier
    words: Passage = nothing_yet


class Agreement(Entry):
    """A promise made at the table: who will do what by when, and how far it is."""

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
    share_with_child: bool = True


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
    | Reply,
    Field(discriminator="kind"),
]
"""Any of the entries, told apart by ``kind``."""
