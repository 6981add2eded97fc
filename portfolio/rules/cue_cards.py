"""Cue cards on paper: the child's own lines, one card for each step, as much of them as the child wants to see.

They are the child's alone. So they are a type of their own, which no page for a family takes; nothing else of the
meeting's papers knows this module.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.model import ClassTemplate, Passage, Portfolio, Record, SchoolClass, Student
from portfolio.model.meeting import Cue
from portfolio.model.portfolio import CueLines
from portfolio.model.template import Speaker
from portfolio.rules.family_view import AgendaLine

ON_A_SIDE: Final = 4
"""Cards on one side of paper."""
LINES: Final = 9
WIDE: Final = 28
BESIDE_TITLE: Final = 7
LARGE: Final = (5, 17)
"""Lines on a card, and letters in a line: what surely fits, also below the title of a piece and in large letters. Wide signs (capitals, Chinese, drawn faces) count twice."""
FIRST_WORDS: Final = 6
_LONGEST_TITLE: Final = 60

BEGINS: Final[Mapping[str, str]] = {
    "welcome": N_("Hello. I am glad that you are here. Today you will see …"),
    "look_backs": N_("Last time we promised …"),
    "strengths": N_("I am good at …"),
    "work": N_("I picked this because …"),
    "growth_pairs": N_("Before, I … Now, I …"),
    "growing": N_("It is not easy yet to …"),
    "goals": N_("I want to learn …"),
    "ratings": N_("This is how I see it: …"),
    "agreements": N_("Let us choose together …"),
    "family": N_("Now it is your turn. What do you want to ask me?"),
    "teacher": N_("Now my teacher says something."),
    "all": N_("Let us choose together …"),
    "student": N_("I want to tell you …"),
    "last": N_("Thank you for coming. What I liked best was …"),
}
"""How a card may begin where nothing is written yet: by what the step shows (the first of these), else by whose turn."""


class CueCard(Record):
    """One card: its step, what it is about, the lines on it.

    ``n`` of ``of``: cards of one step, where it needs several. ``begins`` is how empty lines begin (a text of ours),
    ``lines`` how many of them there are to write on.
    """

    step: int
    title: str
    icon: str
    minutes: int
    speaker: Speaker
    n: int = 1
    of: int = 1
    about: Passage = Passage()
    words: str = ""
    lang: str = ""
    large: bool = False
    begins: str = ""
    lines: int = 0


class CueView(Record):
    """All cards of one child. Made by :func:`cue_view`, and shown to nobody but child and teacher.

    ``language`` is the one the child writes in.
    """

    student_name: str
    language: str
    class_language: str
    cards: tuple[CueCard, ...]


def cue_cards(
    agenda: Sequence[AgendaLine], template: ClassTemplate, portfolio: Portfolio | None
) -> tuple[CueCard, ...]:
    """Return the cards of an agenda in order; ``portfolio`` is ``None`` where the book has not begun."""
    rung: CueLines = portfolio.meta.cue_lines if portfolio else "script"
    found: list[CueCard] = []
    for number, line in enumerate(agenda, start=1):
        bare = CueCard(
            step=number, title=line.title, icon=line.icon, minutes=line.minutes, speaker=line.speaker
        )
        cues = [cue for cue in portfolio.cues if cue.step == line.step] if portfolio else []
        cards = [card for cue in cues for card in _of_cue(bare, cue, portfolio, rung)]
        if not cards and rung == "none":
            cards = [bare]
        elif not cards:
            begins = _begins(line, template, first=number == 1, last=number == len(agenda))
            few = rung == "words" or line.speaker != "student"
            cards = [bare.but(begins=begins, lines=3 if few else 6)]
        found += [card.but(n=n, of=len(cards)) for n, card in enumerate(cards, start=1)]
    return tuple(found)


def cue_view(
    student: Student, school: SchoolClass, cards: tuple[CueCard, ...], portfolio: Portfolio | None
) -> CueView:
    """Return the cards of a child with whose they are."""
    return CueView(
        student_name=student.name,
        language=portfolio.meta.language if portfolio else school.language,
        class_language=school.language,
        cards=cards,
    )


def _of_cue(bare: CueCard, cue: Cue, portfolio: Portfolio | None, rung: CueLines) -> list[CueCard]:
    """Return the cards of one cue line; none where it says nothing that is to be seen."""
    piece = portfolio.piece(cue.about) if portfolio and cue.about else None
    title = piece.title if piece else Passage()
    named = bare.but(about=title.but(text=shortened(title.text, _LONGEST_TITLE), translations=()))
    if rung == "none":
        return [named] if title else []
    said = cue.short or cue.words if rung == "words" else cue.words or cue.short
    if not said:
        return []
    text, large = said.text, rung == "words"
    if large and not cue.short:
        text = first_words(text)
    room = LARGE if large else (BESIDE_TITLE if title else LINES, WIDE)
    return [named.but(words=part, lang=said.lang, large=large) for part in parts(text, *room)]


def _begins(line: AgendaLine, template: ClassTemplate, *, first: bool, last: bool) -> str:
    """Return how the child may begin at a step nothing is written for."""
    if first or last:
        return BEGINS["welcome" if first else "last"]
    if line.speaker != "student":
        return BEGINS.get(line.speaker, BEGINS["all"])
    holds = {section.holds for name in line.sections if (section := template.section(name))}
    return next((begins for one, begins in BEGINS.items() if one in holds), BEGINS["student"])


def first_words(text: str) -> str:
    """Return how a script begins, as a reminder of the rest."""
    words = text.split()
    return " ".join(words[:FIRST_WORDS]) + (" …" if len(words) > FIRST_WORDS else "")


def shortened(text: str, most: int) -> str:
    """Return a name or title that fits where it stands, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


# ---------------------------------------------------------------------------------------------- what fits


_JOINER = "\u200d"
_CLUSTERS = re.compile(
    rf"(?:.[\u0300-\u036f\u064b-\u065f\ufe0f\U0001f3fb-\U0001f3ff]*(?:{_JOINER}.[\ufe0f\U0001f3fb-\U0001f3ff]*)*){{1,12}}\s*",
    re.DOTALL,
)
"""A few signs that belong together: a letter with its marks, a drawn face made of several."""


def parts(text: str, lines: int = LINES, wide: int = WIDE) -> tuple[str, ...]:
    """Return a script cut so that each part fits on a card: between lines, sentences, words; nothing is left out."""
    found: list[str] = []
    left = lines
    for piece in _sentences(text, lines * wide):
        need = _rows(piece, wide)
        if found and need <= left:
            found[-1] += piece
        else:
            found.append(piece)
            left = lines
        left -= need
    return tuple(part.strip() for part in found if part.strip())


def _sentences(text: str, most: int) -> Iterator[str]:
    """Yield a text in pieces with the space behind each: sentences; words, where a sentence is longer than a card."""
    for piece in re.findall(r".+?(?:[.!?…؟。！？]+\s+|\n+|$)|\n+", text, re.DOTALL):
        if _width(piece) <= most:
            yield piece
            continue
        for word in re.findall(r"\S+\s*|\s+", piece):
            yield from _CLUSTERS.findall(word) if _width(word) > most // 4 else (word,)


def _rows(piece: str, wide: int) -> int:
    """Return how many lines a piece takes at most."""
    return sum(max(1, -(-_width(row) // wide)) for row in piece.rstrip("\n").split("\n")) + piece.count(
        "\n\n"
    )


def _width(text: str) -> int:
    return sum(
        2 if sign in "mw—" or sign.isupper() or unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
