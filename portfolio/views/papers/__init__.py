"""Papers for households: sheets that print, one for each paper, and the page they stand on as a file.

A sheet takes a :class:`portfolio.rules.papers.PaperView` and a language. The same sheet is a fragment on the
teacher's desk (:func:`render_sheet`) and part of a file of its own (:func:`render_page`): one page, no script, no
address, nothing loaded.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Final

from markupsafe import Markup

from portfolio.errors import N_
from portfolio.model import Passage, Translation
from portfolio.rules.conversation import TOPICS, Topic, cards_for
from portfolio.rules.home_words import ASKED
from portfolio.rules.papers import PAPERS, Paper, PaperView
from portfolio.views import icons, styles
from portfolio.views.environment import environment
from portfolio.views.explained import SchoolWords
from portfolio.views.safe import SafePage
from portfolio.words import Speech, language, speak
from portfolio.words.interpreter import OfferLine, offer_in
from portfolio.words.language_names import named

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

SHEETS: Final = ("tokens.css", "book.css", "papers.css")
"""The style sheets of a file with papers."""

MOST_OFFERS: Final = 3
"""So many languages offer an interpreter on one sheet; a home that reads more finds one of them."""

ICONS: Final[Mapping[Paper, str]] = {
    "invitation": "letter",
    "prep-card": "steps",
    "at-home": "home",
    "questions": "ask",
    "our-school": "friends",
    "reminder": "calendar",
    "letter": "hello",
    "know-you": "friends",
    "home-cards": "home",
    "help-places": "help",
    "good-news": "thanks",
}

TURN: Final = {
    "student": N_("{name} leads"),
    "family": N_("your turn"),
    "teacher": N_("the teacher speaks"),
    "all": N_("all together"),
    "adults": N_("grown-ups"),
}
"""Whose turn a step of the meeting is, to a family."""


@dataclass(frozen=True)
class PaperSheet:
    """One sheet: everything ``papers/sheet.html.j2`` and the paper's own template may use."""

    template: ClassVar[str] = "papers/sheet.html.j2"

    paper: Paper
    """Which paper it is; its template is called so."""
    icon_name: str
    """The drawing beside its title."""
    views: tuple[PaperView, ...]
    """Whom it is for: one home; several only where small cards share a sheet."""
    view: PaperView
    """The first of them."""
    say: Speech
    """Our texts in the language of the sheet."""
    top: int
    """The level of the sheet's heading: 1 in a file of its own, 2 on the teacher's desk."""
    day: Callable[[date | None], str]
    """A day in words."""
    cards: tuple[str, ...]
    """Questions a family may ask the child."""
    topics: tuple[Topic, ...]
    """What people may begin to talk with."""
    asked: Mapping[str, str]
    """What a home is asked about its child."""
    turn: Mapping[str, str]
    """Whose turn a step is."""
    spoken: tuple[str, ...]
    """The languages of the home by their own names."""
    school: SchoolWords
    """The school words of the teacher's own texts, explained where each is met first."""
    theirs: Callable[[Passage], Translation | None]
    """The translation that helps this home, or ``None`` where it reads the words as they are."""
    draft: bool
    """Whether our own texts are in a language nobody has checked."""
    unread: tuple[str, ...]
    """The languages a home reads (by name) where the sheet is in none of them; nothing if it was asked for."""
    offers: tuple[OfferLine, ...]
    """The offer of an interpreter in the languages the home reads, where the sheet is in none of them."""


def paper_sheet(
    paper: Paper,
    *views: PaperView,
    lang: str = "",
    glossary: Glossary | None = None,
    top: int = 1,
) -> PaperSheet:
    """Return a sheet for a home (for small cards: homes), in ``lang`` or else in the first language it reads.

    ``glossary`` explains school words in the teacher's texts; none is the one we ship.
    """
    first = views[0]
    reads = (lang, *first.reads) if lang else first.reads
    say = speak(lang or language_for(first))
    seen = first.but(reads=reads)
    return PaperSheet(
        paper=paper,
        icon_name=ICONS[paper],
        views=views,
        view=seen,
        say=say,
        top=top,
        day=say.day,
        cards=cards_for(first.age_band),
        topics=TOPICS,
        asked=ASKED,
        turn=TURN,
        spoken=tuple(language(tag).own_name for tag in first.reads),
        school=SchoolWords(glossary, (*reads, say.lang)),
        theirs=lambda passage: seen.translation(passage, say.lang),
        draft=not say.language.reviewed_by,
        unread=()
        if lang or reads_one_of(first, say.lang)
        else tuple(named(tag, say.lang) for tag in first.reads),
        offers=offers_for(first, say.lang),
    )


def offers_for(view: PaperView, lang: str) -> tuple[OfferLine, ...]:
    """Return the offer of an interpreter in each language a home reads; nothing on a sheet (``lang``) it can read."""
    if reads_one_of(view, lang):
        return ()
    found = {tag: dataclasses.replace(offer_in(tag), name=named(tag, lang)) for tag in view.reads}
    found = {one.lang: one for one in found.values()}
    return tuple(found.values())[:MOST_OFFERS]


def reads_one_of(view: PaperView, lang: str) -> bool:
    """Return whether a home reads a language (a tag; its main part counts)."""
    return lang.split("-")[0] in {tag.split("-")[0] for tag in view.reads}


def language_for(view: PaperView) -> str:
    """Return the language of a home's papers: the first it reads that we have texts in, else that of the class."""
    tags = (*view.reads, view.class_language)
    return next((tag for tag in tags if language(tag).catalog), "en")


@dataclass(frozen=True)
class PapersPage:
    """A file with one sheet or many: everything ``papers/page.html.j2`` may use."""

    template: ClassVar[str] = "papers/page.html.j2"

    title: str
    """What the file is called."""
    say: Speech
    """Our texts in the language of the file (each sheet has its own)."""
    sheets: tuple[SafePage, ...]
    """The sheets, one after another; each begins on a new page."""
    styles: Markup
    """All styles, fonts included, as one text."""
    policy: Markup
    """The content policy: nothing but what is in the file itself."""
    sprite: Markup
    """The icons the sheets use, as symbols."""


def render_sheet(sheet: PaperSheet) -> SafePage:
    """Return a sheet as HTML: a fragment, which needs the styles and icons of the page it stands on."""
    values = {one.name: getattr(sheet, one.name) for one in dataclasses.fields(sheet)}
    values["school"] = sheet.school.fresh()
    return SafePage(environment().get_template(sheet.template).render(values))


def render_page(
    sheets: Iterable[SafePage], say: Speech, title: str, looks: tuple[str, ...] = SHEETS
) -> SafePage:
    """Return sheets as a file of its own that opens and prints anywhere, offline; ``looks`` are its style sheets."""
    found = tuple(sheets)
    text = title + "".join(found)
    sheet = styles.page_styles(text, *looks)
    digest = base64.b64encode(hashlib.sha256(sheet.encode("utf-8")).digest()).decode("ascii")
    page = PapersPage(
        title=title,
        say=say,
        sheets=tuple(SafePage(one) for one in found),
        styles=Markup(sheet),  # noqa: S704 - our own style sheets and fonts
        policy=Markup(  # noqa: S704 - our own words around a digest
            f"default-src 'none'; img-src data:; font-src data:; style-src 'sha256-{digest}'; "
            "base-uri 'none'; form-action 'none'"
        ),
        sprite=Markup(icons.sprite(icons.used_in(text))),  # noqa: S704 - our own drawings
    )
    values = {one.name: getattr(page, one.name) for one in dataclasses.fields(page)}
    values["sheets"] = tuple(Markup(one) for one in page.sheets)  # noqa: S704 - made by our templates
    return SafePage(environment().get_template(page.template).render(values))


def title_of(paper: Paper, say: Speech) -> str:
    """Return what a paper is called."""
    return say(PAPERS[paper])
