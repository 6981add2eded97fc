"""Looking over a class: what is still empty, in words, child by child. It nudges; it never blocks."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.errors import PortfolioError
from portfolio.model import Document, Picture, Portfolio, SectionCell, Student, Video
from portfolio.moments.check_told import sentence_lines, word_data, word_lines
from portfolio.moments.check_words import (
    SentenceHere,
    WordHere,
    levels_of_book,
    sentences_of_book,
    words_of_book,
)
from portfolio.moments.desk import STATE_WORDS
from portfolio.moments.nudges import TestWords, about_tests, told_to_teacher
from portfolio.moments.send_home import chosen_students
from portfolio.rules.family_view import pictures_in
from portfolio.rules.nudge import Nudge
from portfolio.rules.path_check import path_check
from portfolio.rules.progress import SectionState, book_state
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.words import Level, Speech
from portfolio.words import say as say_error


@dataclass(frozen=True)
class Checked:
    """One child's book: how far each section is; pictures nobody has described; damaged entries by id.

    ``nudges`` are what the book could still say, each behind the title of its page. ``words`` are its
    school words, ``sentences`` its long sentences and hard words (where asked for), ``levels`` how hard it is to
    read what the child and what its teachers wrote.
    """

    student: Student
    sections: tuple[SectionState, ...]
    undescribed: int
    damaged: tuple[str, ...]
    trouble: PortfolioError | None = None
    nudges: tuple[tuple[str, Nudge], ...] = ()
    words: tuple[WordHere, ...] = ()
    sentences: tuple[SentenceHere, ...] = ()
    levels: tuple[Level, Level] = ("too_short", "too_short")


def check_class(
    folder: ClassFolder,
    students: tuple[str, ...] = (),
    *,
    test_words: TestWords = about_tests,
    sentences: bool = False,
) -> tuple[Checked, ...]:
    """Return what is filled in and what is not, for the whole class or the students named.

    ``test_words`` counts the words in a text that name tests; without it nothing is said about tests.
    ``sentences``: look for long sentences and hard words too.
    """
    glossary = folder.glossary()
    store = folder.store()
    try:
        template, outline = folder.template(), folder.outline()
        found = []
        for student in chosen_students(store, students):
            try:
                book = book_of(store, template, outline, student.student_id)
                damaged = store.damaged(book.portfolio.meta.portfolio_id)
                plain = _undescribed(book.portfolio)
                title = {section.section_id: section.title for section in template.sections}
                nudges = path_check(book, test_words=test_words)
                told = tuple((title[nudge.section_id], nudge) for nudge in nudges)
                checked = Checked(
                    student, book_state(book), len(plain), damaged, nudges=told,
                    words=words_of_book(book, glossary),
                    sentences=sentences_of_book(book) if sentences else (),
                    levels=levels_of_book(book),
                )  # fmt: skip
                found.append(checked)
            except PortfolioError as trouble:
                found.append(Checked(student, (), 0, (), trouble))
        return tuple(found)
    finally:
        store.close()


def _undescribed(portfolio: Portfolio) -> list[Picture]:
    """Return the pictures without words; pages and stills are told by the words of their document or film."""
    inside = {
        picture.sha256
        for entry in portfolio.entries()
        for _, field in entry
        if isinstance(field, tuple)
        for medium in field
        if isinstance(medium, Document | Video) and medium.alt
        for picture in pictures_in(medium)
    }
    return [p for p in pictures_in(portfolio) if not p.alt and p.sha256 not in inside]


def unknown_sections(folder: ClassFolder) -> tuple[str, ...]:
    """Return the sections the notebook names that the class template does not have: they show nothing."""
    known = {section.section_id for section in folder.template().sections}
    named = (cell.section for cell in folder.outline() if isinstance(cell, SectionCell))
    return tuple(name for name in named if name not in known)


def as_lines(found: tuple[Checked, ...], say: Speech) -> list[str]:
    """Return what was found as lines of text, child by child, in roster order."""
    lines: list[str] = []
    for one in found:
        lines.append(one.student.name)
        if one.trouble is not None:
            lines.append("  " + say_error(one.trouble, say))
        for state in one.sections:
            word = say(STATE_WORDS[state.state])
            asks = "; ".join(say(ask) for ask in state.open_asks) if state.state != "filled" else ""
            lines.append(f"  {say(state.section.title)}: {word}" + (f" ({asks})" if asks else ""))
        if one.undescribed:
            lines.append(
                "  " + say.many("{n} picture without words", "{n} pictures without words", one.undescribed)
            )
        lines += ["  " + say("“{entry}” cannot be read", entry=entry) for entry in one.damaged]
        lines += [f"  → {say(page)}: {told_to_teacher(nudge, say).sentence}" for page, nudge in one.nudges]
        lines += [f"  {line}" for line in (*word_lines(one.words, say), *sentence_lines(one.sentences, say))]
    return lines or [say("There are no students in this class yet.")]


def as_data(found: tuple[Checked, ...], say: Speech) -> list[dict[str, object]]:
    """Return the same as plain data for JSON."""
    return [
        {
            "student": one.student.student_id,
            "sections": {
                s.section.section_id: {"state": s.state, "open": list(s.open_asks)} for s in one.sections
            },
            "pictures_without_words": one.undescribed,
            "damaged": list(one.damaged),
            "nudges": [
                {
                    "kind": nudge.kind,
                    "section": nudge.section_id,
                    "entry": nudge.entry_id,
                    "sentence": told_to_teacher(nudge, say).sentence,
                }
                for _, nudge in one.nudges
            ],
            "school_words": [word_data(word) for word in one.words],
            "reading": {"student": one.levels[0], "teacher": one.levels[1]},
            "trouble": say_error(one.trouble, say) if one.trouble else None,
        }
        for one in found
    ]
