"""Entries of the meeting itself: what the child says and has practised, what the table keeps for later.

What everybody says at the table stands with the rest of the book (goals, agreements, replies). Here is what belongs
to the meeting alone: cue lines and rehearsals are the child's, words for the teacher are the teacher's, and no
family sees either.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from portfolio.model.entry import Entry, nothing_yet
from portfolio.model.media import Medium
from portfolio.model.passage import Passage, Picture
from portfolio.model.people import Voice
from portfolio.model.record import Identifier, LanguageTag, Line, Record

KindTick = Literal["heard", "looked", "showed", "because"]
"""What a partner ticks after a rehearsal: I heard every word, you looked at me, you showed your work, you said why."""

ToTeacherAbout = Literal["thanks", "question", "try", "tell", "meeting"]
"""What words for the teacher alone are: thanks, a question, something to try, something to know, how the meeting was."""

MeetingWay = Literal["table", "station", "call", "own_time", "listener"]
"""How a meeting is held: at a table, at one of several tables, by phone, in the family's own time, with somebody
who listens in the family's place."""


class Cue(Entry):
    """What the child wants to say at a step of the agenda. Only child and teacher see it; it never leaves for home.

    ``words`` is the whole script, ``short`` two or three words that are enough once one has practised. ``about`` is
    an entry (a piece of work) where a step shows several.
    """

    kind: Literal["cue"] = "cue"
    step: Identifier
    about: Identifier | None = None
    words: Passage = nothing_yet
    short: Passage = nothing_yet


class Statement(Entry):
    """What the child recorded, drew or wrote beforehand for a step, to be shown in place of speaking.

    It counts as much as speaking does. ``in_place``: the child wants it shown; until then nobody sees it.
    """

    kind: Literal["statement"] = "statement"
    step: Identifier
    words: Passage = nothing_yet
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()
    in_place: bool = False


class StepTime(Record):
    """How long a step of the agenda took when it was practised, in seconds."""

    step: Identifier
    seconds: Annotated[int, Field(ge=0, le=36_000)]


class Practice(Entry):
    """One rehearsal: how long each step took, and what a partner saw and kindly said. Nobody's but the child's.

    The teacher sees that it was, and the times; a family sees nothing of it.
    """

    kind: Literal["practice"] = "practice"
    on: date | None = None
    steps: tuple[StepTime, ...] = ()
    partner: Line = ""
    seen: tuple[KindTick, ...] = ()
    kind_words: Passage = nothing_yet


class ToTeacher(Entry):
    """What a household tells the teacher alone. It goes to the teacher and nowhere else, not even to the child.

    ``private_talk``: they would like to talk alone; no reason is asked. ``seen``: a teacher has read it.
    """

    kind: Literal["to_teacher"] = "to_teacher"
    household_id: Identifier
    who: Line = ""
    on: date | None = None
    lang: LanguageTag = "en"
    about: ToTeacherAbout = "tell"
    words: Passage = nothing_yet
    face: Identifier | None = None
    media: tuple[Medium, ...] = ()
    private_talk: bool = False
    seen: bool = False


class Parked(Entry):
    """Something there was no time for at the table: who brought it up, and when it is taken up again.

    ``household_id`` is the home it belongs to; ``None`` belongs to everybody at the table.
    """

    kind: Literal["parked"] = "parked"
    household_id: Identifier | None = None
    who: Voice = "family"
    name: Line = ""
    words: Passage = nothing_yet
    on: date | None = None
    until: date | None = None
    done: bool = False


class Meeting(Entry):
    """A conference as it was held: the way, when it began and ended. Who came is not written down.

    ``household_id``: the home it is for where homes come one by one. ``listener`` is who listens in a family's
    place; ``adults_only``: the grown-ups' minutes were wanted; ``visited``: the teacher has been at this table.
    """

    kind: Literal["meeting"] = "meeting"
    way: MeetingWay = "table"
    household_id: Identifier | None = None
    on: date | None = None
    began: datetime | None = None
    ended: datetime | None = None
    listener: Line = ""
    adults_only: bool = False
    visited: bool = False
