"""A book as plain text, for messages: in the home's language, no marks, no addresses, wrapped by whoever reads it.

The short text is the two-minute version. The whole one has the story below it, what was drawn or said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from portfolio.rules.family_view import FamilyView, Said, passages_in
from portfolio.views.plain_parts import Told, part_lines
from portfolio.words import speak
from portfolio.words.interpreter import offer_in

MOST_OFFERS: Final = 3
"""So many languages offer an interpreter in one mail."""


def short_text(view: FamilyView) -> str:
    """Return the book in two minutes, as a message: what a home reads in whatever shows it messages."""
    told = Told(view, speak(view.reads[0]))
    return _joined((*_head(told), *_short(told), *_foot(told, _drafts(told, view.short))))


def whole_text(view: FamilyView) -> str:
    """Return the two-minute version and below it every page of the book, in the child's order."""
    told = Told(view, speak(view.reads[0]))
    say = told.say
    lines = [*_head(told), *_short(told)]
    for part in view.parts:
        if part.filled:
            title = say(part.title)
            # a letter in capitals is no heading in Arabic: a line of its own with space before it is one everywhere
            lines += ["", "", *([f"— {title} —"] if title else []), *part_lines(part, told)]
    return _joined((*lines, "", *_foot(told, _drafts(told, view))))


def mail_subject(view: FamilyView) -> str:
    """Return what a mail with the book is called."""
    say = speak(view.reads[0])
    return _one_line(f"{say('{name}’s book', name=view.student_name)} · {view.round}".removesuffix(" · "))


def mail_text(view: FamilyView, *, locked: bool = False) -> str:
    """Return what stands in the mail: what is attached, the two-minute version, whom to tell where it is hard to read.

    ``locked``: the file opens with a password, which comes another way.
    """
    told = Told(view, speak(view.reads[0]))
    say, lines = told.say, []
    if view.adults:
        lines += [say("for {names}", names=", ".join(view.adults)), ""]
    lines.append(
        say("{name}’s book is attached to this message. It needs no internet.", name=view.student_name)
    )
    if locked:
        lines.append(say("It opens with a password. You get the password from the teacher, not by mail."))
    lines += ["", *_short(told), *_foot(told, _drafts(told, view.short))]
    mains = {view.writing_language.split("-")[0]: ""}
    offers = (offer_in(tag).words for tag in view.reads if tag.split("-")[0] not in mains)
    found = tuple(dict.fromkeys(words for words in offers if words))[:MOST_OFFERS]
    return _joined((*lines, *(("", *found) if found else ())))


def _head(told: Told) -> Iterator[str]:
    view, say = told.view, told.say
    yield mail_subject(view)
    if view.adults:
        yield say("for {names}", names=", ".join(view.adults))
    yield ""


def _short(told: Told) -> Iterator[str]:
    say, short = told.say, told.view.short
    if not (short.strengths or short.growing or short.goal or short.help):
        yield say("This book has just been started. There will be more to see soon.")
        return
    for one in short.strengths:
        yield f"• {_named(one, say('Something I am good at'), told)}"
    if short.growing:
        yield f"• {_named(short.growing, say('Still growing'), told)}"
    if short.goal:
        yield f"• {say('My goal')}: {told.said(short.goal)}"
    for one in short.help:
        yield f"• {_named(one, say('You can help'), told)}"
    if short.look_again:
        yield f"• {say('We look again')}: {say.day(short.look_again)}"


def _named(one: Said, name: str, told: Told) -> str:
    """Return an answer behind its name, where no beginning of its own says what it is."""
    begins = told.begins(one.words, one.lead) if one.words else bool(one.lead)
    return told.said(one) if begins else f"{name}: {told.said(one)}"


def _foot(told: Told, drafts: bool) -> Iterator[str]:
    say = told.say
    yield ""
    if drafts:
        yield say("Some of this is a draft translation. Nobody has checked it yet.")
    yield say("You can answer this message. One line is enough. Any language is good.")


def _drafts(told: Told, shown: object) -> bool:
    """Return whether something shown is in a translation nobody has checked: our own texts, or somebody's words."""
    found = (told.view.translation(one, told.say.lang) for one in passages_in(shown))
    return not told.say.language.reviewed_by or any(one and one.made_by != "human" for one in found)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _joined(lines: Iterable[str]) -> str:
    """Return lines as text, never more than one empty one in a row."""
    made: list[str] = []
    for line in lines:
        if line.strip() or (made and made[-1]):
            made.append(line.rstrip())
    return "\n".join(made).strip("\n") + "\n"
