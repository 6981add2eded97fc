"""The teacher's report on a class as one page: what ``check`` found, in calm words, to read or to print."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from portfolio.moments.check import Checked, unknown_sections
from portfolio.moments.check_told import LEVELS, keep_line, page_of, word_remark
from portfolio.moments.check_words import WordHere, words_of_template
from portfolio.moments.desk import STATE_WORDS
from portfolio.moments.help_pictures import picture_troubles
from portfolio.moments.nudges import told_to_teacher
from portfolio.moments.spoken import troubles
from portfolio.store.class_folder import ClassFolder
from portfolio.views.check_page import CheckPage, OneChild, OnePart, WordSeen, render_check
from portfolio.views.safe import SafePage
from portfolio.words import Speech
from portfolio.words import say as say_error


@dataclass(frozen=True)
class WordTold(WordSeen):
    """A school word, and what becomes of it if it stays."""

    keep: str
    """What the file that goes home says of it, in which languages."""


def report_html(
    folder: ClassFolder, found: tuple[Checked, ...], say: Speech, *, on: date, shown: str
) -> SafePage:
    """Return the report on a class as a whole HTML page.

    ``on`` is the day, ``shown`` the folder as the teacher names it: the commands on the page say it so.
    Raises ``StorageTrouble`` and ``TemplateMistake`` like every look at a class.
    """
    store = folder.store()
    try:
        name = store.school_class().name
    finally:
        store.close()
    asked = words_of_template(folder.template(), folder.glossary())
    everybody = [lang for one in found for lang in _read_by(one)]
    unknown = (
        say("The notebook names a section “{name}” that class.yaml does not have.", name=one)
        for one in unknown_sections(folder)
    )
    told = (*troubles(folder), *picture_troubles(folder), *folder.glossary_troubles())
    wrong = (say_error(one, say) for one in told)
    page = CheckPage(
        say=say,
        class_name=name,
        day=say.day(on),
        children=tuple(_child(one, say, shown) for one in found),
        asked=tuple(_word(one, say, shown, everybody) for one in asked if one.open),
        troubles=(*unknown, *wrong),
    )
    return render_check(page)


def _read_by(one: Checked) -> list[str]:
    """Return the languages the homes of a child read."""
    return [lang for home in one.student.households for lang in home.reads]


def _child(one: Checked, say: Speech, shown: str) -> OneChild:
    reads = _read_by(one)
    level, teachers = (say(LEVELS[each]) for each in one.levels)
    remarks = [say("“{entry}” cannot be read", entry=entry) for entry in one.damaged]
    if one.undescribed:
        remarks.append(say.many("{n} picture without words", "{n} pictures without words", one.undescribed))
    return OneChild(
        student_id=one.student.student_id,
        name=one.student.name,
        trouble=say_error(one.trouble, say) if one.trouble else "",
        parts=tuple(
            OnePart(say(s.section.title), say(STATE_WORDS[s.state]), tuple(say(ask) for ask in s.open_asks))
            for s in one.sections
            if s.state != "filled"
        ),
        remarks=tuple(remarks),
        steps=tuple((say(page), told_to_teacher(nudge, say).sentence) for page, nudge in one.nudges),
        words=tuple(_word(word, say, shown, reads) for word in one.words if not word.by_teacher),
        teachers_words=tuple(_word(word, say, shown, reads) for word in one.words if word.by_teacher),
        level=level,
        teachers_level=teachers,
    )


def _word(one: WordHere, say: Speech, shown: str, reads: Iterable[str]) -> WordTold:
    return WordTold(
        word=one.word,
        term=one.term.term,
        plain=one.term.plain,
        page=page_of(one, say),
        around=one.around,
        count=one.count,
        remark=word_remark(one, say),
        instead=one.instead,
        command=f"portfolio glossary add {shlex.quote(shown)} {shlex.quote(one.term.term_id)} --off",
        keep=keep_line(one, reads, say),
    )
