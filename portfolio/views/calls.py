"""Sheets for a meeting without the family in the room: a call step by step, and a card for who listens in its place.

They print on paper (:func:`portfolio.views.papers.render_page`), take a :class:`FamilyView` and nothing else, and say
our own texts in the language of the class, with those of the home beside them for an interpreter.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar, Final

from markupsafe import Markup

from portfolio.rules.brief import short_names
from portfolio.rules.conversation import cards_for
from portfolio.rules.family_view import FamilyView
from portfolio.rules.own_time import Telling, telling
from portfolio.rules.phone_call import Call, call_of
from portfolio.views.environment import environment
from portfolio.views.papers import SHEETS, render_page
from portfolio.views.safe import SafePage
from portfolio.words import Speech, speak
from portfolio.words.interpreter import MOST_OFFERS, OfferLine, offer_in
from portfolio.words.language_names import named

LOOKS: Final = (*SHEETS, "own-time.css")


@dataclass(frozen=True)
class Beside:
    """Says a text of ours, and below it the same in the language of a home, if that is another one."""

    say: Speech
    other: Speech | None

    def __call__(self, msgid: str, **values: object) -> Markup:
        """Return a text in both languages, as spans; ``values`` fill its names."""
        own = Markup('<span lang="{}" dir="{}">{}</span>')
        first = own.format(self.say.lang, self.say.direction, self.say(msgid, **values))
        if self.other is None or not self.other.knows(msgid):  # nobody has put it into that language yet
            return first
        return first + Markup('<span class="beside" lang="{}" dir="{}">{}</span>').format(
            self.other.lang, self.other.direction, self.other(msgid, **values)
        )


@dataclass(frozen=True)
class CallSheet:
    """A call with one home: everything ``calls/call.html.j2`` may use."""

    template: ClassVar[str] = "calls/call.html.j2"

    view: FamilyView
    """What the home may see."""
    say: Speech
    """Our texts in the language of the class."""
    translate: Beside
    """A text of ours in that language and in the home's."""
    call: Call
    """The steps, shortened to a call."""
    cards: tuple[str, ...]
    """Questions to the family."""
    interpreter: bool
    """Whether somebody speaks the home's language along."""
    top: int
    """The level of the sheet's heading."""


@dataclass(frozen=True)
class ListenerSheet:
    """A card for who listens in a family's place: everything ``calls/listener.html.j2`` may use."""

    template: ClassVar[str] = "calls/listener.html.j2"

    view: FamilyView
    """What may be seen at the table."""
    say: Speech
    """Our texts in the language of the card."""
    translate: Beside
    """A text of ours for what goes home with the book: in the home's language first, in that of the card beside it."""
    reads: tuple[str, ...]
    """What the home reads, by name, where we have no texts in any of it."""
    offers: tuple[OfferLine, ...]
    """The offer of an interpreter for that home, in its languages."""
    steps: tuple[Telling, ...]
    """The steps of the meeting."""
    cards: tuple[str, ...]
    """Questions one may ask."""
    top: int
    """The level of the card's heading."""


def beside(say: Speech, reads: tuple[str, ...]) -> Beside:
    """Return a way to say texts in ``say`` and in the first other language of a home that we have texts in."""
    own = {tag.split("-")[0] for tag in reads[:1]}
    if say.lang.split("-")[0] in own:
        return Beside(say, None)
    found = (speak(tag) for tag in reads if speak(tag).lang.split("-")[0] == tag.split("-")[0])
    return Beside(say, next((one for one in found if one.lang != say.lang), None))


def call_sheet(view: FamilyView, lang: str, *, interpreter: bool, top: int = 1) -> CallSheet:
    """Return the sheet for a call with a home; ``view`` is one for ``own_time``, ``lang`` the language of the class."""
    view, say = short_names(view), speak(lang)
    return CallSheet(
        view=view,
        say=say,
        translate=beside(say, view.reads),
        call=call_of(view, interpreter=interpreter),
        cards=cards_for(view.age_band)[:MOST_CARDS],
        interpreter=interpreter,
        top=top,
    )


MOST_CARDS: Final = 3
"""Questions on a sheet where answers are noted."""


def listener_sheet(view: FamilyView, lang: str, reads: tuple[str, ...] = (), top: int = 1) -> ListenerSheet:
    """Return the card for who listens in a family's place, in ``lang``; ``reads`` are the languages of the home."""
    view, say = short_names(view), speak(lang)
    both = beside(say, reads or (lang,))
    main = {tag.split("-")[0] for tag in reads}
    unread = both.other is None and bool(reads) and say.lang.split("-")[0] not in main
    return ListenerSheet(
        view=view,
        say=say,
        translate=Beside(both.other, say) if both.other else both,
        reads=tuple(named(tag, say.lang) for tag in reads) if unread else (),
        offers=tuple(offer_in(tag) for tag in reads[:MOST_OFFERS]) if unread else (),
        steps=telling(view),
        cards=cards_for(view.age_band),
        top=top,
    )


def render_sheet(sheet: CallSheet | ListenerSheet) -> SafePage:
    """Return a sheet as HTML: a fragment, which needs the styles and icons of the page it stands on."""
    values = {one.name: getattr(sheet, one.name) for one in dataclasses.fields(sheet)}
    return SafePage(environment().get_template(sheet.template).render(values))


def render_alone(sheet: CallSheet | ListenerSheet) -> SafePage:
    """Return a sheet as a file of its own that opens and prints anywhere, offline."""
    return render_page([render_sheet(sheet)], sheet.say, title_of(sheet), LOOKS)


def title_of(sheet: CallSheet | ListenerSheet) -> str:
    """Return what the file is called."""
    say, name = sheet.say, sheet.view.student_name
    if isinstance(sheet, CallSheet):
        return say("A call about {name}’s book", name=name)
    return say("Listening to {name}", name=name)
