"""The paper "What we decided": one sheet for one home, in its language, on the desk and as a file."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from portfolio.rules.decided import Decided
from portfolio.rules.papers import PaperView
from portfolio.views.environment import environment
from portfolio.views.explained import SchoolWords
from portfolio.views.papers import language_for, offers_for, reads_one_of
from portfolio.views.safe import SafePage
from portfolio.words import Speech, speak
from portfolio.words.interpreter import OfferLine
from portfolio.words.language_names import named

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


@dataclass(frozen=True)
class DecidedSheet:
    """The sheet: everything ``papers/sheet.html.j2`` and ``papers/decided.html.j2`` may use."""

    template: ClassVar[str] = "papers/sheet.html.j2"

    paper: str
    icon_name: str
    view: PaperView
    decided: Decided
    say: Speech
    top: int
    """The level of the sheet's heading: 1 in a file of its own, 2 on the teacher's desk."""
    day: Callable[[date | None], str]
    on: date
    """The day it is made."""
    school: SchoolWords
    draft: bool
    unread: tuple[str, ...]
    offers: tuple[OfferLine, ...]


def decided_sheet(
    found: Decided, *, on: date, lang: str = "", glossary: Glossary | None = None, top: int = 1
) -> SafePage:
    """Return the sheet of a home as a fragment, in ``lang`` or else in the first language it reads that we have."""
    first = found.home
    reads = (lang, *first.reads) if lang else first.reads
    say = speak(lang or language_for(first))
    known = bool(lang) or reads_one_of(first, say.lang)
    sheet = DecidedSheet(
        paper="decided",
        icon_name="together",
        view=first.but(reads=reads),
        decided=found,
        say=say,
        top=top,
        day=say.day,
        on=on,
        school=SchoolWords(glossary, (*reads, say.lang)),
        draft=not say.language.reviewed_by,
        unread=() if known else tuple(named(tag, say.lang) for tag in first.reads),
        offers=offers_for(first, say.lang),
    )
    values = {one.name: getattr(sheet, one.name) for one in dataclasses.fields(sheet)}
    return SafePage(environment().get_template(sheet.template).render(values))
