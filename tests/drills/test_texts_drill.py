"""Hostile texts through every control of every class template: kept and shown as written, or refused kindly."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from portfolio import files
from portfolio.errors import TextRefused
from portfolio.model import Goal, Passage, PortfolioMeta, Prompt
from portfolio.model.record import LONGEST_TEXT, clean_text
from portfolio.moments.desk import StudentDesk
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.talk import talk_html
from portfolio.rules.cards import cards
from portfolio.rules.filling import value_of
from portfolio.rules.filling_parts import ROWS, medium_value, photo_value
from portfolio.store.class_folder import book_of, create_class
from portfolio.testing import DOTS, SILENCE, dots, named, small_class, small_media, small_student
from portfolio.words.glossary.load import from_data
from tests.drills.pages_read import bare, words_on
from tests.hostile import TEXTS
from tests.tally import Tally, tally

AT = datetime(2026, 10, 1, tzinfo=UTC)
ALL_AT_ONCE = " / ".join(text for text in TEXTS.values() if len(text) < 150)
BANDS = ("k-2", "3-5", "6-8", "9-12")
ONE_LINE = 2_000
"""Characters of a text on one line (``portfolio.model.record.Line``)."""
NO_WORDS = from_data([])
"""No school words: what explains them stands between the words that are looked for; it has tests of its own."""
_NAMES = {"kind", "sha256", "suffix", "sort", "language", "address", "plays", "agreed"}
"""Texts in the value of a control that nobody writes."""


@dataclass(frozen=True)
class Field:
    """One place of a desk that takes words: which card, which field, how it is asked."""

    section: str
    entry: str
    name: str
    prompt: Prompt

    def value(self, say: Callable[[], str]) -> Any:
        """Return what its control sends when every text in it is what ``say`` gives."""
        control = self.prompt.control
        if control in ("line", "long"):
            return say()
        if control == "rows":
            asked = [c.field for c in self.prompt.columns] or list(ROWS[self.name].model_fields)
            return [{column: "yes" if column == "agreed" else say() for column in asked}]
        if control == "photos":
            marked = {"looks": [{"x": 0.5, "y": 0.5, "words": "here"}], "alt": "seen", "caption": "told"}
            return _worded([{**photo_value(dots(0)), **marked}], say)
        media = [medium_value(m) for m in small_media() if m.kind in ("sound", "writing", "link")]
        return _worded(media[: self.prompt.at_most or 1], say)


def _worded(value: Any, say: Callable[[], str]) -> Any:
    """Return a value with other words in all its texts."""
    if isinstance(value, str):
        return say()
    if isinstance(value, list):
        return [_worded(inner, say) for inner in value]
    if isinstance(value, dict):
        return {name: inner if name in _NAMES else _worded(inner, say) for name, inner in value.items()}
    return value


def texts_in(value: Any) -> Iterator[str]:
    """Yield the texts of a value that somebody wrote, in order."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for inner in value:
            yield from texts_in(inner)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name not in _NAMES:
                yield from texts_in(inner)


def open_table(path: Path, band: str) -> StudentDesk:
    """Return the desk of a child in a new class, with a goal from the round before."""
    template = files.class_templates() / f"{band}.yaml"
    folder = create_class(path, template, small_class(), randomness=lambda n: b"s" * n)
    store = folder.store()
    store.keep_student(small_student())
    for number, term in enumerate(("Spring 2026", "Fall 2026")):
        meta = PortfolioMeta(
            portfolio_id=f"p{number}", student_id="ines", round=term, started_on=date(2026, 2 + 7 * number, 1),
            age_band=folder.template().age_band, template_id=band,
        )  # fmt: skip
        store.keep_meta(meta, expected=0)
    store.keep("p0", Goal(entry_id="old", goal=Passage(text="To swim.")), expected=0, by="student", at=AT)
    for picture in DOTS:
        store.keep_picture("ines", named(picture), picture, picture)
    store.keep_media("ines", named(SILENCE), "wav", SILENCE)
    return StudentDesk(
        store, book_of(store, folder.template(), folder.outline(), "ines"), lambda: AT, lambda: "x"
    )


def fields_of(table: StudentDesk) -> list[Field]:
    """Return every place of the desk that takes words, with one card in each section that has none yet."""
    found = []
    for section in table.book.template.sections:
        fixed = section.holds in ("teacher_page", "replies", "answers", "ratings", "look_backs")
        if not fixed and not cards(table.fresh(), section):
            table.add(section.section_id)
        for card in cards(table.fresh(), section):
            for name, prompt in card.asks:
                if prompt.control in ("line", "long", "rows", "photos", "media"):
                    found.append(Field(section.section_id, card.entry.entry_id, name, prompt))
    return found


class Walk:
    """Goes over a desk with one text after the other and counts what became of each."""

    def __init__(self, table: StudentDesk, told: Tally, charts: Path, every: int) -> None:
        self.table, self.told = table, told
        self.fields = fields_of(table)[::every]
        self.versions = {k.entry.entry_id: k.version for k in table.store.entries(table.portfolio_id)}
        self.draw = kept_charts(charts)
        self.lost: list[str] = []
        self.home: set[int] = set()
        self.talk: set[int] = set()
        self.tags: set[str] = set()
        self.put(TEXTS["plain"], first=True)

    def put(self, text: str, *, first: bool = False) -> None:
        """Put a text into every field, look for it at the desk, on the page for home and in the presentation.

        The ``first`` text tells which fields are shown on which page at all.
        """
        kept: dict[int, str] = {}
        for number, field in enumerate(self.fields):
            written: list[str] = []
            for words in self._saved(number, field, text, written):
                kept[len(kept)] = words
        home, talk, tags = self._pages()
        if first:
            self.home = {n for n, words in kept.items() if bare(words) in home}
            self.talk = {n for n, words in kept.items() if bare(words) in talk}
            self.tags = tags
        for n, words in kept.items():
            shown = (n not in self.home or bare(words) in home) and (
                n not in self.talk or bare(words) in talk
            )
            self._count(shown or not words, f"not shown: {words[:60]!r}")
        assert tags - self.tags <= {"br"}, "a text has made tags of its own"

    def _saved(self, number: int, field: Field, text: str, written: list[str]) -> list[str]:
        """Save a text in all places of one field; return what is kept, in order, empty texts for what was refused."""

        def say() -> str:
            mark = f" q{number}q{len(written)}q"
            written.append(text[: LONGEST_TEXT - len(mark)] + mark if len(text) <= LONGEST_TEXT else text)
            return written[-1]

        value = field.value(say)
        version = self.versions.get(field.entry, 0)
        try:
            saved = self.table.save(field.section, field.entry, field.name, value, version)
        except TextRefused as refused:
            self._count(str(refused).endswith(".") and len(text) > ONE_LINE - 20, f"refused: {text[:60]!r}")
            return [""] * len(written)
        self.versions[field.entry] = saved.version
        entry = self.table.store.entry(self.table.portfolio_id, field.entry).entry
        found = list(texts_in(value_of(entry, field.name, field.prompt)))
        assert list(texts_in(saved.value)) == found
        for kept, meant in zip(found, written, strict=True):
            clean = str(clean_text(meant))
            self._count(kept in (clean, " ".join(clean.split())), f"kept differently: {kept[:60]!r}")
        return found

    def _pages(self) -> tuple[str, str, set[str]]:
        book = self.table.fresh()
        for section in self.table.book.template.sections:
            json.dumps(self.table.form(section.section_id), ensure_ascii=False).encode("utf-8")
        home, tags = words_on(str(home_html(book, "papa", self.table.store, self.draw, glossary=NO_WORDS)))
        talk, more = words_on(str(talk_html(book, self.table.store, self.draw, glossary=NO_WORDS)))
        return home, talk, tags | more

    def _count(self, good: bool, sentence: str) -> None:
        self.told.count(1, int(good))
        if not good:
            self.lost.append(sentence)


@pytest.mark.parametrize(
    ("band", "texts", "every"),
    [
        ("6-8", (ALL_AT_ONCE, TEXTS["too long"]), 9),
        *(pytest.param(band, tuple(TEXTS.values()), 1, marks=[pytest.mark.drill, pytest.mark.timeout(1800)]) for band in BANDS),
    ],
    ids=["short", *BANDS],
)  # fmt: skip
def test_every_text_is_kept_and_shown_or_refused_kindly(
    tmp_path: Path, band: str, texts: tuple[str, ...], every: int
) -> None:
    """Whatever is written into any field comes back from the store and from both pages, or a sentence says no."""
    with tally(7, f"hostile texts kept, and shown, field by field (grades {band})") as told:
        walk = Walk(open_table(tmp_path / "class", band), told, tmp_path / "charts", every)
        assert len(walk.fields) >= 20 // every
        assert len(walk.home) > 5 < len(walk.talk)
        for text in texts:
            walk.put(text)
        told.worst = f"{len(walk.fields)} fields, {len(texts)} texts"
        walk.table.store.close()
        assert walk.lost == []
