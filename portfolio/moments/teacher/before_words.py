"""Written once for all families: what we learn, about our school, letters, whom to ask; and in other languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, cast

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import ClassWords, SchoolClass, Student, Translation
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import class_words as rules
from portfolio.rules.class_words import BLOCKS, Block
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.before_words_page import (
    BlockSeen,
    LanguageSeen,
    OtherLanguagePage,
    Remark,
    RemarksPart,
    TextSeen,
    WordsPage,
    inside,
)
from portfolio.words import Speech, find, hints, language
from portfolio.words.finder.swap import swapped
from portfolio.words.language_names import named
from portfolio.words.reading import sentences

BACK: Final = "before"
_ABOUT_A_PAGE: Final = 180
"""Words of a text beside which everything else still fits on one sheet."""
_LONG_LINE: Final = 60
"""Words about one subject that a busy family still reads."""
_MOST_REMARKS: Final = 6


def show_words(desk: TeacherDesk) -> Screen:
    """Return the screen with everything that is written once."""
    school = desk.school_class
    page = WordsPage(
        say=desk.say,
        lang=school.language,
        blocks=tuple(_block(desk, school, block) for block in BLOCKS),
        languages=other_languages(school, desk.store.students(), desk.say),
        teachers=tuple((t.name, t.role, t.reach) for t in school.teachers),
    )
    return Screen(
        desk.say("Written once, for all families"), render(page), back=(BACK, desk.say("Before the meeting"))
    )


def _block(desk: TeacherDesk, school: SchoolClass, block: Block) -> BlockSeen:
    words = school.words
    return BlockSeen(
        block=block,
        title=desk.say(BLOCKS[block]),
        version=rules.version_of(words, block),
        values=rules.values_of(words, block),
        rows=rules.rows_of(words, block) if block in ("learning", "contacts") else 0,
        remarks=inside(remarks_of(desk, words, block)),
    )


def do_words(desk: TeacherDesk, asked: Asked) -> Outcome:
    """Keep a block of words, or make room for more rows."""
    if asked.what == "more-rows":
        return Outcome()  # the screen is drawn anew, with empty rows below what is filled by now
    block = next((one for one in BLOCKS if asked.what == f"words-{one}"), None)
    if block is None:
        raise unknown(asked)
    values = {name: asked.one(name) for name in asked.values}
    with desk.store.together():
        school = desk.store.school_class()
        changed = rules.told(school.words, block, values, school.language)
        _refuse_two_hands(school.words, changed, block, asked)
        if changed != school.words:
            desk.store.keep_class(school.but(words=changed))
    return Outcome(
        version=rules.version_of(changed, block),
        asides={f"remarks-{block}": remarks_of(desk, changed, block)},
    )


def _refuse_two_hands(there: ClassWords, changed: ClassWords, block: Block, asked: Asked) -> None:
    now, mine = rules.values_of(there, block), rules.values_of(changed, block)
    if asked.version == rules.version_of(there, block) or now == mine:
        return
    theirs = {name: now.get(name, "") for name in {*now, *mine} if now.get(name, "") != mine.get(name, "")}
    raise ChangedMeanwhile(
        "Somebody else wrote here too. Nothing is lost: choose what should stay.",
        theirs=dict(sorted(theirs.items())),
        version=rules.version_of(there, block),
    )


def remarks_of(desk: TeacherDesk, words: ClassWords, block: Block) -> SafePage:
    """Return what may be said more plainly in a block, as a part of the screen: school words, long sentences."""
    found: list[Remark] = []
    glossary = desk.folder.glossary()
    long = _LONG_LINE if block == "learning" else _ABOUT_A_PAGE
    lang = desk.school_class.language
    for name, text in rules.values_of(words, block).items():
        if not name.startswith(("words", "text")) or not text:
            continue
        seen: set[str] = set()
        for one in find(text, glossary):
            if one.confidence != "sure" or one.explained or one.term in seen:
                continue
            seen.add(one.term)
            done = swapped(text, one, glossary) if lang.split("-")[0] == "en" else None
            found.append(
                Remark(
                    "word",
                    text[one.start : one.end],
                    glossary.term(one.term).plain,
                    done.words if done else "",
                )
            )
        found += [
            Remark("long", " ".join(text[hint.start : hint.end].split()), "", "")
            for hint in hints(text, lang=lang, band="6-8")
            if hint.kind == "long"
        ]
        if sum(part.count for part in sentences(text)) > long:
            found.append(Remark("page", "", "", ""))
    return render(
        RemarksPart(say=desk.say, remarks=tuple(found[:_MOST_REMARKS]), more=len(found) > _MOST_REMARKS)
    )


# ------------------------------------------------------------------------------------------ in other languages


def other_languages(
    school: SchoolClass, students: tuple[Student, ...], say: Speech
) -> tuple[LanguageSeen, ...]:
    """Return the languages homes of the class read best, other than the class's: tag, name, how much is there."""
    ours = school.language.split("-")[0]
    texts = list(rules.passages(school.words))
    tags = dict.fromkeys(home.reads[0] for s in students for home in s.households if home.reads)
    return tuple(
        LanguageSeen(
            tag=tag,
            name=named(tag, say.lang),
            texts=len(texts),
            there=len(rules.in_language(school.words, tag)),
            drafts=sum(t.made_by != "human" for t in rules.in_language(school.words, tag).values()),
            ours=language(tag).catalog,
        )
        for tag in tags
        if tag.split("-")[0] != ours
    )


def _language(desk: TeacherDesk, tag: str) -> LanguageSeen:
    known = other_languages(desk.school_class, desk.store.students(), desk.say)
    found = next((one for one in known if one.tag == tag), None)
    if found is None:
        raise NotFound("No home of this class reads that language. Go back and choose one.")
    return found


def show_language(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen where the teacher's words stand beside what they are in another language."""
    seen, school = _language(desk, at[0]), desk.school_class
    there = rules.in_language(school.words, seen.tag)
    page = OtherLanguagePage(
        say=desk.say,
        other=seen,
        version=rules.language_version(school.words, seen.tag),
        texts=tuple(
            TextSeen(name, desk.say(title) if name in BLOCKS else title, passage, there.get(name))
            for name, title, passage in rules.passages(school.words)
        ),
        read_by=_read_by(there),
    )
    title = desk.say("The same in {language}", language=seen.name)
    return Screen(title, render(page), back=("before/words", desk.say("Written once, for all families")))


def _read_by(there: Mapping[str, Translation]) -> str:
    """Return who has read all there is in a language beside the original; "" if anything is a draft."""
    if any(one.made_by != "human" for one in there.values()):
        return ""
    return next((one.translator for one in there.values()), "")


def do_language(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Keep the teacher's words in another language."""
    if asked.what != "translation":
        raise unknown(asked)
    tag = _language(desk, at[0]).tag
    read_by = asked.one("read_by")
    if len(read_by) > 200:
        raise InputRefused("This name is too long. A first name is enough.", field="read_by")
    with desk.store.together():
        school = desk.store.school_class()
        known = {name for name, _, _ in rules.passages(school.words)}
        values = {name: asked.one(name) for name in asked.values if name in known}
        changed = rules.put_into(school.words, tag, values, read_by=read_by)
        _refuse_two_translators(school.words, changed, tag, asked)
        if changed != school.words:
            desk.store.keep_class(school.but(words=changed))
    return Outcome(version=rules.language_version(changed, tag))


def _refuse_two_translators(there: ClassWords, changed: ClassWords, tag: str, asked: Asked) -> None:
    text: Callable[[ClassWords], dict[str, str]] = lambda words: {  # noqa: E731 - said where it is used
        name: one.text for name, one in rules.in_language(words, tag).items()
    }
    now, mine = text(there), text(changed)
    if asked.version == rules.language_version(there, tag) or now == mine:
        return
    theirs = {name: now.get(name, "") for name in {*now, *mine} if now.get(name, "") != mine.get(name, "")}
    raise ChangedMeanwhile(
        "Somebody else wrote here too. Nothing is lost: choose what should stay.",
        theirs=cast("object", dict(sorted(theirs.items()))),
        version=rules.language_version(there, tag),
    )
