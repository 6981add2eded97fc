"""What people may begin to talk with: ten topics, each with a first sentence for family, teacher and child.

The topics are those of the first article's list for a first meeting (line 17: how can I help, how to reach you, what
a child enjoys, what moves it, whether it is happy, its friends, strengths and weaknesses, what is expected, help
with one matter). Weaknesses are said as what is not easy *yet*. :data:`ANSWERED_IN` says where each has its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portfolio.errors import N_
from portfolio.model.people import AgeBand

Talker = Literal["family", "teacher", "student"]
"""Who begins: a family asks teacher and child, a teacher asks family and child, a child asks both."""

TopicId = Literal[
    "enjoys", "motivates", "happy", "peers", "strengths", "growing", "expectations", "issue", "help", "reach"
]


@dataclass(frozen=True)
class Topic:
    """One thing to talk about: its name, its drawing, and how each of the three may begin.

    Sentences are message ids with ``{name}`` for the child's name where the child is spoken of. ``kindly`` is a
    remark on how to say it.
    """

    topic_id: TopicId
    title: str
    icon: str
    family: str
    teacher: str
    student: str
    kindly: str = ""

    def begins(self, talker: Talker) -> str:
        """Return the first sentence of one of the three."""
        return {"family": self.family, "teacher": self.teacher, "student": self.student}[talker]


TOPICS: Final[tuple[Topic, ...]] = (
    Topic(
        "enjoys",
        N_("What brings joy"),
        "feels",
        N_("What does {name} enjoy at school?"),
        N_("What does {name} enjoy at home?"),
        N_("Do you want to see what I like most here?"),
    ),
    Topic(
        "motivates",
        N_("What makes one want to try"),
        "trying",
        N_("What makes {name} want to try at school? At home I see this: …"),
        N_("What makes {name} want to try at home? Shall we compare what we see?"),
        N_("What do you think makes me want to try?"),
    ),
    Topic(
        "happy",
        N_("How it feels to be at school"),
        "face-5",
        N_("Does {name} seem happy at school? When most of all?"),
        N_("What does {name} tell at home about the days here?"),
        N_("May I tell you when I feel well here, and when not?"),
    ),
    Topic(
        "peers",
        N_("Other children"),
        "friends",
        N_("Who does {name} like to be with? How do they get along?"),
        N_("Who does {name} talk about at home?"),
        N_("May I tell you who I like to work with?"),
    ),
    Topic(
        "strengths",
        N_("What goes well"),
        "strength",
        N_("What is {name} good at here? How can you tell?"),
        N_("What is {name} good at that we never see at school?"),
        N_("What do you think I am good at?"),
    ),
    Topic(
        "growing",
        N_("What is not easy yet"),
        "growing",
        N_("What is not easy for {name} yet? What is the next small step?"),
        N_("What is hard at home just now? What helps a little?"),
        N_("What is one thing I could work on?"),
        N_("Say what comes next, not what is wrong. One thing is enough."),
    ),
    Topic(
        "expectations",
        N_("What we hope for"),
        "ahead",
        N_("What will {name} be able to do at the end of this term?"),
        N_("What do you hope for {name} this year?"),
        N_("What do you hope I learn this year?"),
    ),
    Topic(
        "issue",
        N_("One thing that matters now"),
        "listening",
        N_("I would like your help with one thing: …"),
        N_("Is there one thing on your mind? We can also talk alone."),
        N_("I want help with one thing: …"),
        N_("You may ask to talk without the child. Nobody asks why."),
    ),
    Topic(
        "help",
        N_("Helping one another"),
        "help",
        N_("How can I help? What would be good on an ordinary evening?"),
        N_("How can I help? What would you like us to try at school?"),
        N_("May I tell you what helps me, and what does not?"),
    ),
    Topic(
        "reach",
        N_("How we reach each other"),
        "phone",
        N_("What is the best way to reach you?"),
        N_("What is the best way to reach you, and when?"),
        N_("Who can I tell when something is not all right?"),
    ),
)
"""In an order that begins with joy, comes to what is hard after what goes well, and ends with help."""

ANSWERED_IN: Final[Mapping[TopicId, tuple[str, ...]]] = {
    "enjoys": ("home_words.enjoys", "section.me"),
    "motivates": ("home_words.drives", "teacher_note.drives", "section.me"),
    "happy": ("section.feels", "section.friends"),
    "peers": ("section.friends",),
    "strengths": ("section.strengths", "home_words.good_at", "teacher_note.strength"),
    "growing": ("section.growing", "teacher_note.next_step"),
    "expectations": ("class_words.learning", "home_words.hopes"),
    "issue": ("concern.words", "home_words.private_talk", "home_words.talk_about"),
    "help": ("section.help", "teacher_note.home_help"),
    "reach": ("household.reach_by", "teacher.reach"),
}
"""Where the answer to a topic is kept: a section of every class template, or a field of a record."""

CARDS: Final = (
    N_("What are you proudest of here?"),
    N_("Show me where it got hard."),
    N_("How did you get from this to that?"),
    N_("Who helped you?"),
    N_("What would you do with one more day?"),
    N_("How does it feel when you do this?"),
    N_("What do you want me to ask your teacher?"),
    N_("What can I do on a Tuesday evening that would help?"),
)
"""What a family may ask the child during the meeting."""

OLDER_CARD: Final = N_("What would you change about how you planned?")


def cards_for(band: AgeBand) -> tuple[str, ...]:
    """Return the questions a family may ask a child of this age during the meeting (message ids)."""
    return (*CARDS, OLDER_CARD) if band in ("6-8", "9-12") else CARDS
