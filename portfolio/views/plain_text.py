"""A book as plain text, for messages: in the home's language, no marks, no addresses, wrapped by whoever reads it.

The short text is the two-minute version. The whole one has the story below it, what was drawn or said in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from portfolio.rules.activities import NONE, Suggested
from portfolio.rules.family_view import FamilyView, Said, passages_in
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.shown import FOR_THE_TABLE
from portfolio.views.phrases import no_day_yet
from portfolio.views.plain_beside import beside_lines
from portfolio.views.plain_parts import Told, part_lines
from portfolio.views.school_lines import school_line
from portfolio.views.two_languages import base, name_here, other_tongues
from portfolio.words import language, speak


def short_text(view: FamilyView) -> str:
    """Return the book in two minutes, as a message: what a home reads in whatever shows it messages."""
    told = Told(view, speak(view.reads[0]))
    return joined((*_head(told), *two_minutes(told), *_foot(told, view.short)))


def whole_text(
    view: FamilyView, activities: Suggested = NONE, help_places: tuple[HelpPlace, ...] = ()
) -> str:
    """Return the two-minute version and below it every page of the file, in its order, and what stands beside them.

    ``activities`` are short things to do at home for the goal, ``help_places`` the school's list of places that help.
    """
    told = Told(view, speak(view.reads[0]))
    say = told.say
    lines = [*_head(told), *two_minutes(told)]
    filled = tuple(part for part in view.parts if part.filled and part.section not in FOR_THE_TABLE)
    titled = ((say(part.title), part_lines(part, told)) for part in filled)
    for title, below in (*titled, *beside_lines(told, activities, help_places)):
        # a letter in capitals is no heading in Arabic: a line of its own with space before it is one everywhere
        lines += ["", "", *([f"— {title} —"] if title else []), *below]
    shown = (view.short, filled, view.learning, view.parked)
    return joined((*lines, "", *_foot(told, shown, whole=True)))


def _head(told: Told) -> Iterator[str]:
    view, say = told.view, told.say
    when = school_line(view.round, say) or view.round
    yield one_line(f"{say('{name}’s book', name=view.student_name)} · {when}".removesuffix(" · "))
    if view.adults:
        yield told.for_whom()
    yield ""


def two_minutes(told: Told) -> Iterator[str]:
    """Yield the first things to know, a line each."""
    say, short = told.say, told.view.short
    if not (short.strengths or short.growing or short.goal or short.help):
        yield say("This book has just been started. There will be more to see soon.")
        return
    for one in short.strengths:
        yield f"• {_named(one, say('Something I am good at'), told)}"
    if short.growing:
        yield f"• {_named(short.growing, say('Something I am still learning'), told)}"
    if short.goal:
        yield f"• {say('My goal')}: {_begun(short.goal, told)}"
    for one in short.help:
        yield f"• {_named(one, say('You can help'), told)}"
    if short.look_again:
        yield f"• {say('We look again')}: {say.day(short.look_again)}"
    elif no_day := no_day_yet(told.view, say):
        yield f"• {say('We look again')}: {no_day}"


def _named(one: Said, name: str, told: Told) -> str:
    """Return an answer, behind its name where no beginning of ours says what it is."""
    return _begun(one, told) if one.lead else f"{name}: {_begun(one, told)}"


def _begun(one: Said, told: Told) -> str:
    """Return an answer as it stands in the short version of the book: our beginning is always in the home's language.

    Words in another one stand apart from it, and those nobody translated say which one.
    """
    say = told.say
    other = told.view.translation(one.words, say.lang)
    lang, text = (other.lang, other.text) if other else (one.words.lang, one.words.text)
    if not text or base(lang) == base(say.lang):
        return told.said(one)
    words = f"{say(one.lead)} {told.apart(f'“{text}”', lang)}" if one.lead else told.apart(text, lang)
    return words if other else f"{words} ({say('in {language}', language=name_here(lang, say))})"


def _foot(told: Told, shown: object, *, whole: bool = False) -> Iterator[str]:
    yield ""
    here = told.view.reads[0]
    if base(told.say.lang) != base(here):
        yield told.say(
            "We have no texts of our own in {language} yet. They stand here in English.",
            language=language(here).own_name,
        )
    yield from drafts(told, shown)
    tongues, _ = other_tongues(told.view, passages_in(shown), told.say.lang) if whole else ((), False)
    if tongues:  # the two minutes say it behind each point
        names = told.say.comma.join(name_here(tag, told.say) for tag in tongues)
        yield told.say(
            "What nobody has translated yet stands as it was written, in {language}.", language=names
        )
    yield told.say("You can answer this message. One line is enough. Any language is good.")


def drafts(told: Told, shown: object) -> Iterator[str]:
    """Yield what nobody has checked of what is shown here: our own texts, translations of somebody's words; a sentence each."""
    say = told.say
    if not say.language.reviewed_by:
        yield say("The texts around the child’s words are a draft translation. Nobody has checked it yet.")
    found = (told.view.translation(one, say.lang) for one in passages_in(shown))
    if any(one is not None and one.made_by != "human" for one in found):
        yield say("Some of this is a draft translation. Nobody has checked it yet.")


def one_line(text: str) -> str:
    """Return a text without line ends."""
    return " ".join(text.split())


def joined(lines: Iterable[str]) -> str:
    """Return lines as text, never more than one empty one in a row."""
    made: list[str] = []
    for line in lines:
        if line.strip() or (made and made[-1]):
            made.append(line.rstrip())
    return "\n".join(made).strip("\n") + "\n"
