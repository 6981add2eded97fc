"""The school words of one book, and what a teacher can do with them: explain them, or call them fine in this class.

Both are written into the glossary of the class. Nothing here touches what the child wrote.
"""

from __future__ import annotations

from typing import Final

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.check_told import page_of, word_remark
from portfolio.moments.check_words import WordHere, words_of_book
from portfolio.moments.glossary import NewWord, add_word
from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.child_book import ChildBook
from portfolio.moments.teacher.child_frame import frame_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.glossary_file import read_glossary
from portfolio.store.glossary_layers import CLASS_FILE
from portfolio.store.trouble import regular
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.child_page import ChildWordsPage, WordSeen
from portfolio.words.glossary import starter

LONGEST: Final = 400
"""Letters of an explanation; the glossary itself allows 25 words."""


def words_screen(desk: TeacherDesk, child: ChildBook) -> SafePage:
    """Return the screen of the school words of a book: open ones first, each in the order of the pages."""
    found = sorted(words_of_book(child.book, desk.folder.glossary()), key=lambda one: not one.open)
    words = tuple(_seen(child, one) for one in found)
    return render(ChildWordsPage(desk.say, frame_of(desk, child.student, "words"), words, _off(desk)))


def open_words(child: ChildBook) -> int:
    """Return how many school words of a book nobody has explained or called fine; each word counts once."""
    found = words_of_book(child.book, child.desk.folder.glossary())
    return len({one.term.term_id for one in found if one.open})


def _seen(child: ChildBook, one: WordHere) -> WordSeen:
    root = f"{child.student.student_id}"
    return WordSeen(
        term_id=one.term.term_id,
        term=one.term.term,
        word=one.word,
        plain=one.term.plain,
        around=one.around,
        page=page_of(one, child.say),
        page_place=f"note/{root}" if one.by_teacher else f"child/{root}/page/{one.section_id}",
        by_teacher=one.by_teacher,
        open=one.open,
        remark=word_remark(one, child.say),
        instead=one.instead,
    )


def _off(desk: TeacherDesk) -> tuple[tuple[str, str], ...]:
    """Return the words the class's own glossary file calls fine: id, and how the word is written."""
    try:
        file = read_glossary(regular(desk.folder.path / CLASS_FILE))
    except NotFound:
        return ()
    ours = starter()
    names = [str(entry.said["id"]) for entry in file.entries if entry.said.get("off")]
    return tuple((name, ours.term(name).term if name in ours else name) for name in names)


def do_words(desk: TeacherDesk, asked: Asked) -> Outcome:
    """Explain a word in plain words, call it fine in this class, or take that back."""
    term, say = asked.one("term")[:120], desk.say
    if not term:
        raise InputRefused("This page is older than the book. Load it again, then look once more.")
    if asked.what == "word-fine":
        done = add_word(desk.folder, NewWord(term, off=True))
        return Outcome(
            say=say("“{word}” is fine in this class now. Nobody is told what it means.", word=done.term)
        )
    if asked.what == "word-back":
        done = add_word(desk.folder, NewWord(term, on=True))
        return Outcome(say=say("“{word}” is a school word again.", word=done.term))
    plain = asked.one("plain")
    if not plain:
        raise InputRefused("Say what the word means, in one short sentence.", field="plain")
    if len(plain) > LONGEST:
        raise InputRefused("That is too long for one word. Say it in one short sentence.", field="plain")
    done = add_word(desk.folder, NewWord(term, plain=plain))
    return Outcome(say=say("Families of this class read your words for “{word}” now.", word=done.term))
