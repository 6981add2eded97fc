"""Papers of a meeting without screens: a home's sheets, and the child's own cards, as HTML that prints.

Sheets for homes take a :class:`portfolio.rules.meeting_papers.TableView`, cards a
:class:`portfolio.rules.cue_cards.CueView`: two doors, so that no file can hold both. Pages are made as those of
:mod:`portfolio.views.papers` are: no script, no address, black on white.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, TypeVar

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.model import Passage
from portfolio.rules.cue_cards import ON_A_SIDE, CueView, shortened
from portfolio.rules.family_view import AgendaLine
from portfolio.rules.meeting_papers import OWN_PAPER, PROMISES, HomeSheet, TableView, step_sides
from portfolio.rules.meeting_papers import sides as sides_of
from portfolio.rules.papers import PaperView
from portfolio.rules.quiet_page import activities
from portfolio.views.charts import Chart
from portfolio.views.environment import environment
from portfolio.views.papers import SHEETS, TURN, language_for, reads_one_of
from portfolio.views.phrases import FACES, STARTERS, TURN_STARTERS
from portfolio.views.quiet_page import draw
from portfolio.views.safe import SafePage
from portfolio.words import Speech, language, speak
from portfolio.words.language_names import named

STYLES: Final = (*SHEETS, "meeting-papers.css")
"""The style sheets of a file with papers of the meeting."""

ICONS: Final[Mapping[HomeSheet, str]] = {
    "agenda": "steps",
    "together": "together",
    "questions": "ask",
    "reply": "your-turn",
    "to-teacher": "lock",
    "quiet-page": "painting",
}
_PUZZLES_ON_A_SIDE: Final = 2

T = TypeVar("T")


@dataclass(frozen=True)
class HomeSheetPage:
    """One sheet for one home: everything ``meeting_papers/sheet.html.j2`` and the sheet's own template may use."""

    template: ClassVar[str] = "meeting_papers/sheet.html.j2"

    sheet: HomeSheet
    """Which sheet it is; its template is called so."""
    icon_name: str
    """The drawing beside its title."""
    table: TableView
    """What the sheets of this home may say."""
    view: PaperView
    """The home and the class, as on all papers; the language of the sheet first among those read."""
    say: Speech
    """Our texts in the language of the sheet."""
    top: int
    """The level of the sheet's heading."""
    turn: Mapping[str, str]
    """Whose turn a step is."""
    step_sides: tuple[tuple[tuple[int, AgendaLine], ...], ...]
    """The steps with their numbers, side by side of paper."""
    promises: int
    """Lines for promises."""
    notice: tuple[str, ...]
    """How a family may begin to say what it saw."""
    starters: tuple[str, ...]
    """How a letter back may begin."""
    faces: tuple[tuple[str, str], ...]
    """Three faces: drawing and word."""
    puzzle_sides: tuple[tuple[Chart, ...], ...]
    """The puzzles of the quiet page, drawn, side by side of paper."""
    empty_before: bool
    """Whether an empty side goes before, so that the sheet begins on paper of its own."""
    draft: bool
    """Whether our own texts are in a language nobody has checked."""
    unread: tuple[str, ...]
    """The languages a home reads (by name) where the sheet is in none of them; nothing if it was asked for."""


def home_sheet(
    sheet: HomeSheet, table: TableView, *, lang: str = "", top: int = 1, empty_before: bool = False
) -> HomeSheetPage:
    """Return a sheet for a home in ``lang``, or else in the first language it reads that we have texts in."""
    home = table.home
    say = speak(lang or language_for(home))
    unread = () if lang or reads_one_of(home, say.lang) else tuple(named(tag, say.lang) for tag in home.reads)
    return HomeSheetPage(
        sheet=sheet,
        icon_name=ICONS[sheet],
        table=table,
        view=home.but(reads=(lang, *home.reads) if lang else home.reads),
        say=say,
        top=top,
        turn=TURN,
        step_sides=step_sides(table.steps),
        promises=PROMISES,
        notice=TURN_STARTERS,
        starters=STARTERS,
        faces=FACES,
        puzzle_sides=puzzles(table, say) if sheet == "quiet-page" else (),
        empty_before=empty_before,
        draft=not say.language.reviewed_by,
        unread=unread,
    )


def in_groups(all_of: Sequence[T], most: int) -> tuple[tuple[T, ...], ...]:
    """Return a sequence cut into groups of at most so many."""
    return tuple(tuple(all_of[at : at + most]) for at in range(0, len(all_of), most))


def puzzles(table: TableView, say: Speech) -> tuple[tuple[Chart, ...], ...]:
    """Return the drawings of a quiet page, two on a side; their ids are no other home's and no other language's."""
    unique = f"{table.quiet.seed}|{table.home.household}|{'|'.join(table.home.adults)}|{say.lang}"
    drawn = [draw(one, say, unique) for one in activities(table.quiet)]
    safe = [dataclasses.replace(one, svg=Markup(one.svg)) for one in drawn]  # noqa: S704 - our own drawings
    first = len(safe) - _PUZZLES_ON_A_SIDE
    return tuple(safe[:first]), tuple(safe[first:])


def home_sheets(
    tables: Sequence[TableView], sheets: Sequence[HomeSheet], *, lang: str = "", top: int = 1
) -> Iterator[SafePage]:
    """Yield the sheets of homes, one home after the other; what is cut or handed over has paper of its own."""
    printed = 0
    for table in tables:
        for n, sheet in enumerate(sheets):
            empty = bool(printed % 2) and (n == 0 or sheet in OWN_PAPER)
            page = home_sheet(sheet, table, lang=lang, top=top, empty_before=empty)
            printed += empty + sides_of(table, sheet)
            yield _rendered(page)


# ---------------------------------------------------------------------------------------------- the child's


@dataclass(frozen=True)
class CardSeen:
    """One card as it is printed; ``kind`` ``"show"`` is a card the child may show."""

    kind: str
    number: int
    title: str
    icon: str
    minutes: int = 0
    n: int = 1
    of: int = 1
    about: Passage = Passage()
    words: str = ""
    lang: str = ""
    large: bool = False
    ours: tuple[str, ...] = ()
    begins: str = ""
    lines: int = 0


@dataclass(frozen=True)
class CueSheet:
    """The child's own cards: everything ``meeting_papers/cue-cards.html.j2`` may use."""

    template: ClassVar[str] = "meeting_papers/cue-cards.html.j2"

    name: str
    """Whose cards they are."""
    short_name: str
    """The same, for one line at the foot of a card."""
    sides: tuple[tuple[CardSeen, ...], ...]
    """The cards, side by side of paper."""
    say: Speech
    """Our texts in the child's language."""
    top: int
    """The level of a side's heading."""
    draft: bool
    """Whether our own texts are in a language nobody has checked."""


ASK_ME: Final = N_("Ask me")
PAUSE: Final = N_("A moment, please")


def cue_sheet(view: CueView, asked: Sequence[str] = (), *, lang: str = "", top: int = 1) -> CueSheet:
    """Return the cards of a child; ``asked`` are questions it likes to get (texts of ours), for its ask-me card."""
    say = speak(lang or _childs_language(view))
    cards = [
        CardSeen(
            kind="own",
            number=one.step,
            title=shortened(one.title, 48),
            icon=one.icon,
            minutes=one.minutes if one.n == 1 else 0,
            n=one.n,
            of=one.of,
            about=one.about,
            words=one.words,
            lang=one.lang or view.language,
            large=one.large,
            begins=one.begins,
            lines=one.lines,
        )
        for one in view.cards
    ]
    ask = (say("I show this card when I want to be asked."), *(f"“{say(one)}”" for one in asked[:3]))
    pause = (say("I show this card when I need a moment."), say("I breathe in and out. Then I go on."))
    cards.append(CardSeen("show", 0, ASK_ME, "ask", ours=ask))
    cards.append(CardSeen("show", 0, PAUSE, "quiet-place", ours=pause))
    return CueSheet(
        name=shortened(view.student_name, 40),
        short_name=shortened(view.student_name, 24),
        sides=in_groups(cards, ON_A_SIDE),
        say=say,
        top=top,
        draft=not say.language.reviewed_by,
    )


def _childs_language(view: CueView) -> str:
    """Return the language of our own texts on the cards: the child's, else that of the class."""
    return next((tag for tag in (view.language, view.class_language) if language(tag).catalog), "en")


def cue_pages(sheet: CueSheet) -> SafePage:
    """Return the cards as HTML."""
    return _rendered(sheet)


def _rendered(page: HomeSheetPage | CueSheet) -> SafePage:
    values = {one.name: getattr(page, one.name) for one in dataclasses.fields(page)}
    return SafePage(environment().get_template(page.template).render(values))
