"""What leaves for the homes of one child, told to its teacher in plain sentences."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from textwrap import shorten
from typing import Any, Final

from portfolio.errors import N_, PortfolioError, many
from portfolio.model import Document, Passage, Picture, Sound, Video
from portfolio.moments.consent import ThingHere, shown_as
from portfolio.moments.leaving import Leaving
from portfolio.moments.teacher.child_book import ChildBook
from portfolio.rules.classmates import ticked
from portfolio.rules.leaving import Kept, NameHere
from portfolio.views.phrases import missing_told, size_in_words
from portfolio.views.room import data_address
from portfolio.views.teacher.leaving_page import HomeSeen, NameSeen, Sentence, ThingSeen
from portfolio.words import Speech
from portfolio.words.language_names import name_of

MOST_SENTENCES: Final = 6
"""Sentences shown for one name; the rest is counted."""

MOST_LETTERS: Final = 70
"""Letters of what is seen in a picture, where it is only named."""

VOICES: Final = {"student": N_("the child"), "family": N_("this home"), "teacher": N_("teachers")}
KINDS: Final[tuple[tuple[type[Any], str, str], ...]] = (
    (Picture, "picture", N_("Picture")),
    (Sound, "sound", N_("Recording")),
    (Video, "video", N_("Film")),
    (Document, "document", N_("Pages of paper")),
)
WHY_NOT: Final[dict[Kept, str]] = {
    "child": N_("The child keeps for itself and its teacher: {pages}."),
    "table": N_("The child shows at the meeting only: {pages}."),
    "for_table": N_("Made for the meeting only: {pages}."),
    "nothing_said": N_("Nothing stands there yet: {pages}."),
    "no_goal": N_("There is no goal it could go with: {pages}."),
}


# ------------------------------------------------------------------------------------ pictures, recordings


def things_told(
    child: ChildBook, things: Iterable[ThingHere]
) -> tuple[tuple[ThingSeen, ...], tuple[ThingSeen, ...]]:
    """Return what has others in it, what waits first, and the rest."""
    told = [(one, _thing(child, one)) for one in things]
    others = sorted((one for one in told if one[0].others), key=lambda one: one[0].agreed)
    return tuple(seen for _, seen in others), tuple(seen for one, seen in told if not one.others)


def _thing(child: ChildBook, one: ThingHere) -> ThingSeen:
    say, thing = child.say, one.thing
    kind, what = next((kind, words) for cls, kind, words in KINDS if isinstance(thing, cls))
    told = (thing.caption, getattr(thing, "alt", None), getattr(thing, "transcript", None))
    words: Passage = next((passage for passage in told if passage), thing.caption)
    pages = ", ".join(page.title for page in child.holding(one.entries))
    recording = ""
    if isinstance(thing, Sound | Video):
        recording = child.desk.media_of(child.student.student_id)(thing.sha256, thing.suffix, thing.size)
    return ThingSeen(
        name=one.name,
        kind=kind,
        what=say(what),
        words=words.text,
        lang=words.lang,
        picture=_picture(child, one),
        recording=recording,
        pages=pages,
        agreed=one.agreed,
        ticked=_ticked(child, one),
    )


def _picture(child: ChildBook, one: ThingHere) -> str:
    seen = shown_as(one.thing)
    if seen is not None:
        with contextlib.suppress(PortfolioError):  # a damaged picture must not hide the tick
            return str(data_address(child.desk.store.thumb(child.student.student_id, seen.sha256)))
    return ""


def _ticked(child: ChildBook, one: ThingHere) -> str:
    if one.at is None:
        return ""
    who, day = _who(child, one.by), child.say.day(one.at.date())
    if one.agreed:
        return child.say("{who} ticked on {day}: they agreed.", who=who, day=day)
    return child.say("{who} took the tick back on {day}.", who=who, day=day)


def _who(child: ChildBook, by: str) -> str:
    kind, _, teacher_id = by.partition(":")
    return child.teacher(teacher_id)[0] if kind == "teacher" else child.student.name


# --------------------------------------------------------------------------------------------------- names


def names_told(child: ChildBook, homes: Sequence[Leaving]) -> tuple[NameSeen, ...]:
    """Return the names in what any of the homes would get, each once with its sentences; those that are out first."""
    found: dict[str, list[NameHere]] = {}
    for home in homes:
        for one in home.names:
            here = found.setdefault(one.name, [])
            if (one.before, one.after) not in {(other.before, other.after) for other in here}:
                here.append(one)
    told = [_name(child, name, here) for name, here in found.items()]
    return tuple(sorted(told, key=lambda one: (not one.out, one.tick != "", one.name.casefold())))


def _name(child: ChildBook, name: str, here: Sequence[NameHere]) -> NameSeen:
    say, tick = child.say, ticked(child.book, name)
    words = ""
    if tick is not None:
        day = say.day(tick.on) if tick.on else ""
        words = say("{who} ticked this on {day}.", who=child.teacher(tick.teacher_id)[0], day=day)
    more = len(here) - MOST_SENTENCES
    return NameSeen(
        name=name,
        sentences=tuple(Sentence(o.before, o.written, o.after, o.lang) for o in here[:MOST_SENTENCES]),
        more=say.many("and in {n} more sentence", "and in {n} more sentences", more) if more > 0 else "",
        out=any(one.out for one in here),
        sure=any(one.certain == "name" for one in here),
        tick=tick.how if tick else "",
        ticked=words,
    )


# --------------------------------------------------------------------------------------------------- homes


def home_told(one: Leaving, say: Speech) -> HomeSeen:
    """Return what leaves for one home, in sentences."""
    return HomeSeen(
        household_id=one.household_id,
        label=one.home,
        size=_size(one, say),
        inside=tuple(_inside(one, say)),
        pages=tuple((say(p.title), _on_page(p, say)) for p in one.pages),
        out=tuple(_out(one, say)),
        know=tuple(_know(one, say)),
    )


def _size(one: Leaving, say: Speech) -> str:
    size = size_in_words(one.size, say)
    if not one.photos:
        return say("{size}: less than one photo", size=size)
    return say.many("{size}: like {n} photo", "{size}: like {n} photos", one.photos, size=size)


def _inside(one: Leaving, say: Speech) -> Iterable[str]:
    names = ", ".join(say(VOICES[voice]) for voice in one.voices)
    yield say("Words of: {who}.", who=names) if names else say("Nobody has said anything yet.")
    if one.quoted:
        quoted = ", ".join(who or say("somebody without a name") for who in one.quoted)
        yield say("Sentences of others that the child shows: {who}. Ask them if they agree.", who=quoted)
    languages = ", ".join(name_of(tag, say.lang) for tag in one.reads)
    yield say("This home reads: {languages}.", languages=languages)


def _on_page(page: Any, say: Speech) -> str:
    counted = (
        (page.pictures, many("{n} picture", "{n} pictures")),
        (page.recordings, many("{n} recording", "{n} recordings")),
    )
    return ", ".join(say.many(*texts, n) for n, texts in counted if n)


def _out(one: Leaving, say: Speech) -> Iterable[str]:
    for thing in one.things:
        what = next(say(words) for _, kind, words in KINDS if kind == thing.kind)
        short = shorten(thing.words, MOST_LETTERS, placeholder=" …")
        words = f"{what}: {short}" if short else what
        yield say(
            "“{what}”: others can be seen or heard in it, and nobody has ticked that they agreed.", what=words
        )
    for missing in one.missing:
        yield missing_told(missing, say)
    names = dict.fromkeys(name.name for name in one.names if name.out)
    if names:
        yield say(
            "Names of classmates: {names}. In their place stands “a classmate”.", names=", ".join(names)
        )
    for why, words in WHY_NOT.items():
        pages = [f"“{say(page.title)}”" for page in one.left if page.why == why]
        if pages:
            yield say(words, pages=", ".join(pages))


def _know(one: Leaving, say: Speech) -> Iterable[str]:
    if not one.our_words_checked:
        yield say("Our own words in this language are a draft, nobody has checked them.")
    for name, said in one.others:
        told_so = " · ".join(f"“{shorten(words, MOST_LETTERS, placeholder=' …')}”" for words in said[:2])
        yield say("{name} is of another home, and is named here: {sentences}", name=name, sentences=told_so)
    told = one.languages
    if told.drafts:
        yield say.many(
            "{n} translation is a draft, nobody has checked it. The file marks it.",
            "{n} translations are drafts, nobody has checked them. The file marks them.",
            len(told.drafts),
        )
    if told.unread:
        languages = sorted({name_of(lang, say.lang) for _, lang in told.unread})
        yield say.many(
            "{n} text stands in a language this home does not read: {languages}.",
            "{n} texts stand in a language this home does not read: {languages}.",
            len(told.unread),
            languages=", ".join(languages),
        )
    if one.open_words:
        yield say(
            "School words nobody has explained in words of this class: {words}. The file explains them in ours.",
            words=", ".join(one.open_words),
        )


def differences(homes: Sequence[Leaving], say: Speech) -> tuple[str, ...]:
    """Return what is not the same for the homes of a child; never what a home wrote, only that its letter is its own."""
    if len(homes) < 2:
        return ()
    told = [
        say(
            "Each home has a file of its own. What one home writes or promises is never in the file of the other."
        )
    ]
    if len({home.reads[0] for home in homes}) > 1:
        lines = (f"{home.home}: {name_of(home.reads[0], say.lang)}" for home in homes)
        told.append(say("The language that comes first: {languages}.", languages="; ".join(lines)))
    shared = set.intersection(*({page.section for page in home.pages if not page.apart} for home in homes))
    for home in homes:
        only = [say(p.title) for p in home.pages if not p.apart and p.section not in shared]
        if only:
            told.append(say("Only for {home}: {pages}.", home=home.home, pages=", ".join(only)))
    if len(told) == 1:
        told.append(say("Nothing else is different."))
    return tuple(told)
