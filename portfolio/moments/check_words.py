"""School words in a class: which stand in what families will read, where, and what was chosen for them.

For the teacher: the youngest children's words are looked at too, and words that are only perhaps school words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from portfolio.model import Book, ClassTemplate, Entry, Passage, Record, Section, TeacherNote, Work
from portfolio.rules.school_words import entries_of
from portfolio.rules.shown import seen_by
from portfolio.words import find, hints, reading_level, swapped

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary
    from portfolio.words.reading import Hint, Level
    from portfolio.words.terms import Finding, Term

_NOT_THE_SCHOOLS: Final = frozenset({"replies"})
"""Shelves of what families wrote: nobody corrects their words."""
_NOT_READ: Final = frozenset({"alt", "translations"})
"""Fields inside an entry that are not looked at: a picture's name for who cannot see it, other languages."""
_TEACHERS: Final = frozenset({"teacher_note"})
"""Fields of a child's entry that its teacher writes."""
_AROUND: Final = 60
"""Letters shown before and after a word, so that one knows the place again."""


@dataclass(frozen=True)
class Place:
    """One text of a book that its families read: on which page, in which entry and field, whose words."""

    section: Section
    entry: Entry
    field: str
    by_teacher: bool
    passage: Passage


@dataclass(frozen=True)
class WordHere:
    """A school word in one text.

    ``word`` as written there · ``around`` the text near it · ``count`` how often it stands in this text ·
    ``sure`` or else only perhaps a school word · ``explained`` by the text itself · ``chosen`` "explain", "fine"
    or "" · ``work`` the title of the piece of work it belongs to, if any · ``instead`` the near text with plain words in its place, "" if none fit.
    """

    term: Term
    word: str
    around: str
    section_id: str
    page: str
    field: str
    entry_id: str = ""
    by_teacher: bool = True
    count: int = 1
    sure: bool = True
    explained: bool = False
    chosen: str = ""
    instead: str = ""
    work: str = ""

    @property
    def open(self) -> bool:
        """Return whether it is a school word that nobody has explained or called fine."""
        return self.sure and not self.explained and not self.chosen


@dataclass(frozen=True)
class SentenceHere:
    """A long sentence or a hard word, and the page it stands on; ``text`` is the sentence or the word."""

    page: str
    hint: Hint
    text: str
    anew: str = ""
    """The words a long sentence could begin anew with, if there is a good place."""


def places(book: Book) -> Iterator[Place]:
    """Yield every text of a book that families read and that child or teacher wrote, page by page."""
    meta = book.portfolio.meta
    for section in book.sections():
        if section.holds in _NOT_THE_SCHOOLS or not seen_by(meta, section, at_home=False):
            continue
        for entry in entries_of(book.portfolio, section):
            for field, passage in passages_of(entry):
                teachers = isinstance(entry, TeacherNote) or field in _TEACHERS
                yield Place(section, entry, field, teachers, passage)


def passages_of(entry: Entry) -> Iterator[tuple[str, Passage]]:
    """Yield the texts of an entry that have words, each with the field it stands in."""
    for field, value in vars(entry).items():
        yield from ((field, passage) for passage in _passages(value) if passage)


def _passages(value: object) -> Iterator[Passage]:
    if isinstance(value, Passage):
        yield value
    elif isinstance(value, tuple):
        for inner in value:
            yield from _passages(inner)
    elif isinstance(value, Record):
        for name, inner in vars(value).items():
            if name not in _NOT_READ:
                yield from _passages(inner)


def words_of_book(book: Book, glossary: Glossary) -> tuple[WordHere, ...]:
    """Return the school words of a book, page by page; a word that stands often in one text counts once there."""
    return tuple(
        WordHere(
            term=term,
            section_id=one.section.section_id,
            page=one.section.title,
            field=one.field,
            entry_id=one.entry.entry_id,
            by_teacher=one.by_teacher,
            chosen=one.entry.chose(term.term_id),
            work=one.entry.title.text.strip() if isinstance(one.entry, Work) else "",
            **rest,
        )
        for one in places(book)
        for term, rest in _told(one.passage.text, glossary, perhaps=True, lang=one.passage.lang)
    )


def words_of_template(template: ClassTemplate, glossary: Glossary) -> tuple[WordHere, ...]:
    """Return the sure school words in what a class template asks and says."""
    return tuple(
        WordHere(term=term, section_id=section.section_id, page=section.title, field=field, **rest)
        for section in template.sections
        for field, text in _texts(section)
        for term, rest in _told(text, glossary, perhaps=False)
    )


def _texts(section: Section) -> Iterator[tuple[str, str]]:
    for name in ("title", "intro", "each", "add"):
        yield name, getattr(section, name)
    for prompt in section.prompts:
        choices = (choice.label for choice in prompt.choices)
        columns = (column.ask for column in prompt.columns)
        for text in (prompt.ask, prompt.hint, prompt.lead, *prompt.starters, *choices, *columns):
            yield prompt.field, text


def _told(
    text: str, glossary: Glossary, *, perhaps: bool, lang: str = "en"
) -> Iterator[tuple[Term, dict[str, Any]]]:
    """Yield each school word of a text once: where it is surest, with how often it stands there."""
    by_term: dict[str, list[Finding]] = {}
    for one in find(text, glossary) if text.strip() else ():
        if perhaps or one.confidence == "sure":
            by_term.setdefault(one.term, []).append(one)
    for term_id, found in by_term.items():
        first = next((one for one in found if one.confidence == "sure"), found[0])
        yield (
            glossary.term(term_id),
            {
                "word": text[first.start : first.end],
                "around": _around(text, first.start, first.end),
                "count": len(found),
                "sure": first.confidence == "sure",
                "explained": any(one.explained for one in found),
                "instead": _instead(text, first, glossary) if lang.split("-")[0] == "en" else "",
            },
        )


def _instead(text: str, finding: Finding, glossary: Glossary) -> str:
    done = swapped(text, finding, glossary)
    return _around(done.text, done.start, done.start + len(done.words)) if done else ""


def _around(text: str, start: int, end: int) -> str:
    """Return a piece of a text with what stands near it, whole words, on one line."""
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    before, after = text[first:start], text[end:last]
    if first:
        before = "… " + before.partition(" ")[2]
    if last < len(text):
        after = after.rpartition(" ")[0] + " …"
    return " ".join((before + text[start:end] + after).split())


def sentences_of_book(book: Book) -> tuple[SentenceHere, ...]:
    """Return the long sentences and hard words of a book, page by page."""
    band = book.portfolio.meta.age_band
    return tuple(
        _sentence(one.section.title, hint, one.passage.text)
        for one in places(book)
        for hint in hints(one.passage.text, lang=one.passage.lang, band=band)
    )


def _sentence(page: str, hint: Hint, text: str) -> SentenceHere:
    anew = " ".join(text[hint.at : hint.end].split()[:3]) if hint.at is not None else ""
    return SentenceHere(page, hint, " ".join(text[hint.start : hint.end].split()), anew)


def levels_of_book(book: Book) -> tuple[Level, Level]:
    """Return how hard it is to read what the child wrote, and what its teachers wrote.

    Only texts in the language most of them are in.
    """
    found = list(places(book))
    return _level(one.passage for one in found if not one.by_teacher), _level(
        one.passage for one in found if one.by_teacher
    )


def _level(passages: Iterable[Passage]) -> Level:
    by_lang: dict[str, list[str]] = {}
    for one in passages:
        by_lang.setdefault(one.lang, []).append(one.text)
    if not by_lang:
        return "too_short"
    lang = max(by_lang, key=lambda tag: sum(map(len, by_lang[tag])))
    return reading_level("\n\n".join(by_lang[lang]), lang)
