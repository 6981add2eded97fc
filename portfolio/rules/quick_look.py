# long: what is chosen, and in which order, is read in one place
"""A quick look: what one says of a book in five minutes, from whatever of it is there.

Everything comes from what the family may see anyway. What is not there yet is not named as missing: the page asks
for it in a question one can begin to talk with. Long texts are cut, so that any book fits on one side of paper.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Final, TypeVar

from portfolio.errors import N_
from portfolio.model import Passage, Picture, Progress, Record, Sound, Voice
from portfolio.rules import family_view as v
from portfolio.rules.brief import brief, brief_passage, brief_said
from portfolio.rules.conversation import cards_for
from portfolio.rules.family_view import FamilyView
from portfolio.rules.one_side import ROOM, lines_of, with_drawing
from portfolio.rules.over_time import tracks
from portfolio.rules.promised import OVER

C = TypeVar("C", bound=Record)

MOST_GOALS: Final = 2
MOST_PROMISES: Final = 3
LEAST_STARTERS: Final = 3
"""There is always something to begin with, also where a book is full."""

TITLE, LINE, TEXT = 100, 140, 220
"""Letters of a title, a line, a short text at most."""

SHARES: Final = (1.0, 0.75, 0.55, 0.4, 0.3, 0.22, 0.15, 0.1)
"""How much of that is shown: all of it, if one side of paper holds it; else the first share that fits."""

STARTERS: Final = {
    "proud": N_("What did you make that you would like to show?"),
    "strength": N_("What are you good at? How can one see it?"),
    "goal": N_("What would you like to learn next?"),
    "help": N_("What helps you when something is hard?"),
    "promise": N_("What could we all do until next time?"),
}
"""What one may begin to talk with where something is not there yet, in the order of the page."""


class Proud(Record):
    """What the child shows first: a piece of work or a picture of now, with a word on it and what can be heard."""

    title: Passage
    picture: Picture | None
    sound: Sound | None
    said: v.Said | None


class StrengthShort(Record):
    """Something the child is good at, and how one can see it."""

    what: v.Said
    proof: v.Said | None


class PromiseOpen(Record):
    """A promise that somebody still waits for."""

    who: Voice
    name: str
    what: Passage
    by_when: date | None
    how_far: Progress | None


class QuickLook(Record):
    """What stands on the page; ``None`` or nothing where there is nothing yet.

    ``followed`` is the page of the book of which one drawing is shown, cut down to that one. ``starters`` are
    questions (message ids).
    """

    proud: Proud | None
    strength: StrengthShort | None
    goals: tuple[v.GoalSeen, ...]
    promises: tuple[PromiseOpen, ...]
    help: v.Said | None
    note: v.TeacherSeen | None
    followed: v.Part | None
    starters: tuple[str, ...]

    @property
    def boxes(self) -> int:
        """How many boxes the page has, that with the questions among them."""
        found = (self.proud, self.strength, self.goals, self.promises, self.help, self.note)
        return sum(map(bool, found)) + 1 + len(self.starters) // 2

    @property
    def empty(self) -> bool:
        """Return whether nothing of the book is there yet."""
        return not (self.proud or self.strength or self.goals or self.promises or self.help or self.note)


def quick_look(view: FamilyView, lang: str) -> QuickLook:
    """Return what a page in ``lang`` for five minutes shows of a book: as much of each text as one side of paper holds."""
    look = _chosen(view, SHARES[0])
    for share in SHARES:
        look = _chosen(view, share)
        lines = lines_of(look.but(followed=None), view, lang, look.boxes)
        if with_drawing(lines):
            return look
        if lines <= ROOM:
            return look.but(followed=None)
    return look.but(followed=None)


def _chosen(view: FamilyView, share: float) -> QuickLook:
    """Return what is shown, each text cut to this share of its most."""
    proud, strength = _proud(view, share), _strength(view, share)
    goals = tuple(_goal(one, share) for page in _pages(view, v.GoalsPart) for one in page.goals)[:MOST_GOALS]
    promises = tuple(itertools.islice(_promises(view, share), MOST_PROMISES))
    helps = _help(view, share)
    there = {"proud": proud, "strength": strength, "goal": goals, "help": helps, "promise": promises}
    return QuickLook(
        proud=proud,
        strength=strength,
        goals=goals,
        promises=promises,
        help=helps,
        note=next(_notes(view, share), None),
        followed=next(_followed(view), None),
        starters=_starters([name for name, found in there.items() if not found], view),
    )


def _pages(view: FamilyView, kind: type[C]) -> Iterator[C]:
    return (part.content for part in view.parts if isinstance(part.content, kind))


def _proud(view: FamilyView, share: float) -> Proud | None:
    """Return the piece the child says it is proud of, else the first with a picture, else the first with words."""
    pieces = [piece for page in _pages(view, v.WorkPart) for piece in page.pieces]
    found = [(_rank(piece), n, _piece(piece, share)) for n, piece in enumerate(pieces)]
    shown = [one for one in sorted(found, key=lambda one: one[:2]) if _says(one[2])]
    if shown:
        return shown[0][2]
    now = (pair for page in _pages(view, v.PairsPart) for pair in page.pairs)
    others = (
        Proud(title=Passage(), picture=_first(p.now, share), sound=None, said=_first_said(p.said, share))
        for p in now
    )
    return next((one for one in others if _says(one)), None)


_LIKED: Final = {"proud": 0, "favourite": 1}


def _rank(piece: v.WorkSeen) -> tuple[int, bool, bool]:
    picked = {choice.id for said in piece.said if said.field == "sort" for choice in said.picks}
    liked = min((_LIKED.get(one, 2) for one in picked), default=2)
    return liked, not piece.pictures, not piece.title


def _piece(piece: v.WorkSeen, share: float) -> Proud:
    media = (*piece.media, *piece.title_beside.media)
    stills = (still for medium in media for still in _stills(medium))
    sound = next((one for one in media if isinstance(one, Sound)), None)
    said = _first_said((one for one in piece.said if one.field != "sort"), share)
    return Proud(
        title=brief_passage(piece.title, int(TITLE * share)),
        picture=_first((*piece.pictures, *piece.title_beside.pictures, *stills), share),
        sound=_short_sound(sound, share) if sound and not said else None,
        said=said,
    )


def _stills(medium: Record) -> Iterator[Picture]:
    """Yield what can be looked at of a film or a document on paper."""
    pages = (getattr(medium, "poster", None), *getattr(medium, "pages", ())[:1])
    yield from (page for page in pages if page is not None)


def _first(pictures: Iterable[Picture], share: float) -> Picture | None:
    """Return the first picture with the beginning of its words; its marks stay in the book."""
    found = next(iter(pictures), None)
    if found is None:
        return None
    written = brief_passage(found.written, int(TEXT * share))
    return found.but(alt=brief_passage(found.alt, TEXT), caption=Passage(), written=written, looks=())


def _short_sound(sound: Sound, share: float) -> Sound:
    heard = brief_passage(sound.transcript, int(LINE * share))
    return sound.but(transcript=heard, caption=brief_passage(sound.caption, int(TITLE * share)))


def _says(proud: Proud) -> bool:
    return bool(proud.title or proud.picture or proud.sound or proud.said)


def _first_said(said: Iterable[v.Said], share: float) -> v.Said | None:
    """Return the first thing said in words, else in pictures one picks, else in a recording; cut to a short text."""
    found = [
        one
        for one in (brief_said(one, int(TEXT * share)) for one in said)
        if one.words or one.picks or one.media
    ]
    return min(found, key=lambda one: (not one.words, not one.picks), default=None)


def _strength(view: FamilyView, share: float) -> StrengthShort | None:
    for page in _pages(view, v.StrengthsPart):
        for one in page.strengths:
            what = brief_said(one.what, int(LINE * share))
            if what.words or what.picks or what.media:
                return StrengthShort(what=what, proof=_first_said([one.proof] if one.proof else [], share))
    return None


def _goal(goal: v.GoalSeen, share: float) -> v.GoalSeen:
    """Return a goal without its plan: what, how far, and the day it is looked at again."""
    bare: dict[str, object] = dict.fromkeys(
        ("why", "now", "steps", "if_thens", "helpers", "helper_picks"), ()
    )
    bare |= dict.fromkeys(("obstacle", "obstacle_around", "know_by", "evidence"))
    days = sorted(goal.look_again)[:1]
    return goal.but(
        **bare, goal=brief_said(goal.goal, int(LINE * share)), look_again=tuple(days), over_time=()
    )


def _promises(view: FamilyView, share: float) -> Iterator[PromiseOpen]:
    """Yield promises that are not kept yet: those of last time, which have waited longest, then those of this time."""
    for back in (one for page in _pages(view, v.LookBacksPart) for one in page.promises):
        if back.how_far not in OVER and back.promised:
            what = brief_passage(back.promised, int(LINE * share))
            yield PromiseOpen(
                who=back.who, name=brief(back.name, 24), what=what, by_when=None, how_far=back.how_far
            )
    for new in (one for page in _pages(view, v.AgreementsPart) for one in page.agreements):
        if new.how_far not in OVER and new.what:
            what = brief_passage(new.what, int(LINE * share))
            yield PromiseOpen(
                who=new.who, name=brief(new.name, 24), what=what, by_when=new.by_when, how_far=new.how_far
            )


def _help(view: FamilyView, share: float) -> v.Said | None:
    """Return what the child wants help with: from its page on that, else from what is not easy yet."""
    asked = [one for part in view.parts if part.section == "help" for one in _answers(part)]
    growing = [one for page in _pages(view, v.GrowingPart) for entry in page.growing for one in entry.said]
    wanted = [one for one in growing if one.field == "help"] or growing
    return _first_said(asked, share) or _first_said(wanted, share)


def _answers(part: v.Part) -> tuple[v.Said, ...]:
    return part.content.answers if isinstance(part.content, v.AnswersPart) else ()


def _notes(view: FamilyView, share: float) -> Iterator[v.TeacherSeen]:
    for page in _pages(view, v.TeacherPart):
        for note in page.notes:
            texts = {
                f: brief_passage(getattr(note, f), int(TEXT * share))
                for f in ("strength", "next_step", "home_help")
            }
            yield note.but(**texts, name=brief(note.name, 30), role=brief(note.role, 30), look_again=None)


def _followed(view: FamilyView) -> Iterator[v.Part]:
    """Yield pages with one thing to draw each: a goal of now first, then one of last time, then how the child works."""
    order = (v.GoalsPart, v.LookBacksPart, v.RatingsPart)
    for part in sorted(
        view.parts, key=lambda part: order.index(type(part.content)) if isinstance(part.content, order) else 9
    ):
        found = tracks(part.content)
        if found and isinstance(part.content, v.RatingsPart):
            yield part.but(content=part.content.but(ratings=(part.content.ratings[found[0].of],)))
        elif found and isinstance(part.content, v.GoalsPart):
            goal = part.content.goals[found[0].of]
            yield part.but(
                content=part.content.but(goals=(goal.but(goal=brief_said(goal.goal, LINE)),), open_slots=0)
            )
        elif found and isinstance(part.content, v.LookBacksPart):
            back = part.content.goals[found[0].of]
            short = back.but(promised=brief_passage(back.promised, LINE))
            yield part.but(content=part.content.but(goals=(short,), promises=()))


def _starters(missing: Iterable[str], view: FamilyView) -> tuple[str, ...]:
    found = [STARTERS[name] for name in missing]
    more = (card for card in cards_for(view.age_band) if card not in found)
    return (*found, *more)[: max(LEAST_STARTERS, len(found))]
