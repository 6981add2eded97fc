"""What stands in the mail that brings a book home: which file to open and how, then the book in two minutes.

The home's language comes first. Below stands the same in the language the child writes in, where that is another one:
so whoever sends the mail can read what it says, and so can whoever at home reads both.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from portfolio.rules.family_view import FamilyView
from portfolio.views.environment import environment
from portfolio.views.plain_parts import Told
from portfolio.views.plain_text import drafts, joined, one_line, two_minutes
from portfolio.views.school_lines import school_line
from portfolio.views.two_languages import base
from portfolio.words import speak
from portfolio.words.interpreter import offer_in

MOST_OFFERS: Final = 3
"""So many languages offer an interpreter in one mail."""

_PAGE, _PAPER = ".html", ".pdf"


@dataclass(frozen=True)
class Letter:
    """The mail in one language: its tag and direction, its lines ("" parts two paragraphs)."""

    lang: str
    direction: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class MailPage:
    """Everything ``mail.html.j2`` may use."""

    template: ClassVar[str] = "mail.html.j2"

    letters: tuple[Letter, ...]
    """The mail in each language, the home's first."""
    offers: tuple[Letter, ...]
    """The line that offers an interpreter, in each language of the home that is not the child's."""
    offers_first: bool
    """Whether these lines come before anything else: there is no other in the home's language."""


def mail_subject(view: FamilyView) -> str:
    """Return what a mail with the book is called."""
    say = speak(view.reads[0])
    when = school_line(view.round, say) or view.round
    return one_line(f"{say('{name}’s book', name=view.student_name)} · {when}".removesuffix(" · "))


def mail_text(view: FamilyView, files: Sequence[str] = (), *, locked: bool = False) -> str:
    """Return the mail as plain text; ``files`` are the names of what is attached.

    ``locked``: the files open with a password, which comes another way.
    """
    first, *others = _letters(view, files, locked=locked)
    offers = (line for one in _offers(view) for line in one.lines)
    below = (line for one in others for line in ("", "* * *", "", *one.lines))
    top = (*offers, "", *first.lines) if _unread(view) else (*first.lines, "", *offers)
    return joined((*top, *below))


def mail_html(view: FamilyView, files: Sequence[str] = (), *, locked: bool = False) -> str:
    """Return the same as HTML without any style, picture or address: there each language has its direction."""
    page = MailPage(_letters(view, files, locked=locked), tuple(_offers(view)), _unread(view))
    values = {field.name: getattr(page, field.name) for field in dataclasses.fields(page)}
    return environment().get_template(page.template).render(values)


def _unread(view: FamilyView) -> bool:
    """Return whether we have no texts in the home's language."""
    return base(speak(view.reads[0]).lang) != base(view.reads[0])


def _letters(view: FamilyView, files: Sequence[str], *, locked: bool) -> tuple[Letter, ...]:
    """Return the letter in the home's language, and in the child's where anything reads otherwise in it."""
    told = Told(view, speak(view.reads[0]))
    own = Told(view.but(reads=(view.writing_language,)), speak(view.writing_language))
    first = _letter(told, _whole(told, files, locked=locked))
    if own.say.language.tag != told.say.language.tag:
        return first, _letter(own, _whole(own, files, locked=locked))
    if tuple(two_minutes(own)) != tuple(
        two_minutes(told)
    ):  # we have no texts in the home's language, people had
        return first, _letter(own, tuple(two_minutes(own)))
    return (first,)


def _letter(told: Told, lines: tuple[str, ...]) -> Letter:
    return Letter(told.say.lang, told.say.direction, lines)


def _whole(told: Told, files: Sequence[str], *, locked: bool) -> tuple[str, ...]:
    view, say = told.view, told.say
    head = (told.for_whom(), "") if view.adults else ()
    answer = (
        say(
            "At the end of the book is a page to write back on. Or just answer this message. One line is enough. Any language is good."
        )
        if files
        else say("You can answer this message. One line is enough. Any language is good.")
    )
    foot = ("", *drafts(told, view.short), answer, "", _signed(told))
    return (*head, *_attached(told, files, locked=locked), "", *two_minutes(told), *foot)


def _signed(told: Told) -> str:
    """Return who sends the mail: the teachers and the class, as they are called."""
    view = told.view
    names = told.say.comma.join(_apart(one) for one in view.teachers if one)
    classes = (_apart(one) for one in (view.homeroom, view.class_name) if one)
    return " · ".join(one for one in (names, *classes) if one)


def _attached(told: Told, files: Sequence[str], *, locked: bool) -> Iterator[str]:
    """Yield which file to open, and how."""
    say, name = told.say, told.view.student_name
    page = next((one for one in files if one.endswith(_PAGE)), "")
    paper = next((one for one in files if one.endswith(_PAPER)), "")
    yield say("{name}’s book is attached to this message.", name=name)
    if page:
        yield say(
            "Open the file {file}. It opens in any browser, on a phone or a computer.", file=_apart(page)
        )
    if paper and page:
        yield say(
            "The file {file} is the same book. Use it to print, or if the first one does not open.",
            file=_apart(paper),
        )
    elif paper:
        yield say(
            "Open the file {file}. You can read it on a phone or a computer, and print it.",
            file=_apart(paper),
        )
    if locked:
        yield say("It opens with a password. You get the password from the teacher, not by mail.")
    yield say("You need no internet to read it.")


def _apart(name: str) -> str:
    """Return a file's name as it reads in a text of any direction."""
    return f"\u2068{name}\u2069"


def _offers(view: FamilyView) -> Iterator[Letter]:
    """Yield the line that offers an interpreter in each language of the home that is not the child's."""
    seen: set[str] = set()
    for tag in view.reads:
        offer = offer_in(tag)
        if (
            tag.split("-")[0] != view.writing_language.split("-")[0]
            and offer.words
            and offer.words not in seen
        ):
            seen.add(offer.words)
            yield Letter(offer.lang, offer.direction, (offer.words,))
        if len(seen) == MOST_OFFERS:
            return
