"""What only the child sees while it presents: its own lines for the screen that is open, what it may say, a way on.

No page for families takes anything made here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.model import Book, Choice, Cue, Passage, Picture
from portfolio.model.media import Medium
from portfolio.model.portfolio import CueLines
from portfolio.rules import family_view as v
from portfolio.rules.conversation import cards_for
from portfolio.rules.cue_cards import first_words
from portfolio.rules.now_shown import now_shown
from portfolio.rules.rehearsal import says
from portfolio.rules.rehearsal_words import starters
from portfolio.rules.running_order import Scene
from portfolio.rules.screenfuls import slices
from portfolio.rules.seen import Lens, pieces_shown

LADDER: Final[tuple[CueLines, ...]] = ("none", "words", "script")
"""How much of its lines a child may see, from nothing to everything."""

MOST_ASKS: Final = 6
"""Questions at once: more would be a list to read, and nobody reads lists while standing in front of people."""

_ASK_ME: Final = "ask_me"

_SCREENS: Final = {
    "today": N_("What will happen today"),
    "statement": N_("What you show in place of speaking"),
    "chart": N_("How it was each time"),
}
"""What screens are called that are no page of the book."""

_INVITES: Final[Mapping[str, tuple[str, ...]]] = {
    "work": (N_("Ask me how I did it."), N_("Ask me what was hard."), N_("Which part do you like?")),
    "strengths": (N_("Ask me when I do this."), N_("Where do you see this at home?")),
    "growth_pairs": (N_("What do you see that is new?"), N_("Ask me what I did to get here.")),
    "growing": (N_("Ask me what I have tried."), N_("What helped you, when you learned it?")),
    "goals": (N_("Ask me how I will begin."), N_("How would you help me with this?")),
    "look_backs": (N_("Do you remember what you promised?"),),
    "ratings": (N_("Ask me why I chose this."),),
    "agreements": (N_("What will you do?"), N_("When shall we look again?")),
    "teacher_page": (N_("Is there something you want to ask my teacher?"),),
}
"""What a child may say to bring its family in, by what is on the screen."""

_ALWAYS: Final = (N_("Do you want to ask me something?"),)
_TO_ALL: Final = (N_("What should we do next, together?"), N_("Who helps with what?"))

STUCK: Final[tuple[tuple[str, str], ...]] = (
    ("picture", N_("Point at the picture you like best.")),
    ("together", N_("Say: “Shall we read it together?”")),
    ("speak", N_("Read your first line out loud.")),
    ("wait", N_("Breathe out slowly. They will wait for you.")),
)
"""What helps a child that does not know how to go on: a drawing, and what to do."""

HELPERS: Final = (
    N_("“Point to the page you like best.”"),
    N_("“Shall I start, and you carry on?”"),
    N_("“Read me your first card.”"),
)
"""What somebody may say who helps."""


@dataclass(frozen=True)
class Lines:
    """What a child sees of its own lines at one moment. ``few``: some words only. Things were said or drawn for it."""

    words: Passage
    few: bool
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()


@dataclass(frozen=True)
class CueNow:
    """What stands beside a screen: the child's lines, and how it may begin where it has none (a text of ours)."""

    lines: tuple[Lines, ...]
    begins: str = ""


def cue_now(book: Book, scenes: Sequence[Scene], scene: Scene) -> CueNow:
    """Return what the child sees beside a screen, as much as it wants to see."""
    rung = book.portfolio.meta.cue_lines
    if rung == "none":
        return CueNow(())
    found = tuple(filter(None, (_seen(cue, rung) for cue in _of(book, scenes, scene))))
    return CueNow(found, "" if found else _begins(book, scenes, scene))


def rung(there: CueLines, step: int) -> CueLines:
    """Return how much is seen one step further up (1) or down (-1); the ends of the ladder stay."""
    return LADDER[min(max(LADDER.index(there) + step, 0), len(LADDER) - 1)]


def _of(book: Book, scenes: Sequence[Scene], scene: Scene) -> tuple[Cue, ...]:
    """Return the cues of a screen: those for its piece of work, else for its step; both where a step begins."""
    mine = [cue for cue in book.portfolio.cues if cue.step == scene.line.step and says(cue)]
    step = tuple(cue for cue in mine if cue.about is None)
    piece = piece_of(book, scenes, scene)
    own = tuple(cue for cue in mine if cue.about == piece) if piece else ()
    return (*step, *own) if scene.n == 1 or not own else own


def piece_of(book: Book, scenes: Sequence[Scene], scene: Scene) -> str | None:
    """Return which piece of work a screen shows (its id); ``None`` for any other screen."""
    section = book.template.section(scene.part.section) if scene.part else None
    if scene.part is None or section is None or not isinstance(scene.part.content, v.WorkPart):
        return None
    lens = Lens(book=book, audience="conference", household_id=None)
    shown = pieces_shown(lens, section)[: scene.line.at_most]
    ids = [
        piece.entry_id
        for piece, seen in shown
        for _ in slices(scene.part.but(content=v.WorkPart(pieces=(seen,))))
    ]
    screens = [
        one.name
        for one in scenes
        if one.step == scene.step
        and one.part is not None
        and one.part.section == scene.part.section
        and one.kind != "chart"
    ]
    if scene.name not in screens or len(screens) != len(ids):
        return None
    return ids[screens.index(scene.name)]


def _seen(cue: Cue, rung: CueLines) -> Lines | None:
    if rung == "words":
        short = cue.short or cue.words.but(text=first_words(cue.words.text), translations=())
        return Lines(short, few=True) if short else None
    things = cue.beside("words")
    return Lines(cue.words or cue.short, False, things.pictures, things.media)


def _begins(book: Book, scenes: Sequence[Scene], scene: Scene) -> str:
    """Return how a child may begin that has written nothing for this step; nothing where others speak."""
    if scene.line.speaker not in ("student", "all"):
        return ""
    last = scene.step == max(one.step for one in scenes)
    return next(iter(starters(book.template, scene.line, first=scene.step == 1, last=last)), "")


def screen_name(scenes: Sequence[Scene], scene: Scene) -> Passage | str:
    """Return what a screen is called: the child's own words, or a text of ours."""
    if scene.kind in _SCREENS:
        return _SCREENS[scene.kind]
    there = now_shown(scenes, scene.name)
    return (there.named or there.title if there else "") or N_("From our class")


def invites(scene: Scene) -> tuple[str, ...]:
    """Return what a child may say at a screen to bring the others in (texts of ours)."""
    if scene.kind == "together" or scene.line.speaker == "all":
        return _TO_ALL
    if scene.part is None or not scene.part.filled:
        return _ALWAYS
    return (*_INVITES.get(scene.part.content.holds, ()), *_ALWAYS)


def questions(view: v.FamilyView) -> tuple[Choice | Passage, ...]:
    """Return what a family may ask this child: what it wishes to be asked, then ours (as choices) for its age."""
    parts = [part.content for part in view.parts if part.section == _ASK_ME]
    said = [one for part in parts if isinstance(part, v.AnswersPart) for one in part.answers]
    picked = [choice for one in said for choice in one.picks]
    written = [one.words for one in said if one.words]
    labels = {one.label for one in picked}
    ours = [
        Choice(id=f"card-{n}", label=card)
        for n, card in enumerate(cards_for(view.age_band))
        if card not in labels
    ]
    every: tuple[Choice | Passage, ...] = (*written, *picked, *ours)
    return every[:MOST_ASKS]
