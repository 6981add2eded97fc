"""Which files entries need."""

from __future__ import annotations

from typing import Any

from portfolio.model import (
    KIND,
    Beside,
    Document,
    Entry,
    Link,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    Sound,
    Video,
    Work,
    Writing,
)
from portfolio.rules.needs import referenced_media


def picture(sign: str) -> Picture:
    """Return a picture whose digest is one sign."""
    return Picture(sha256=sign * 64, width=3, height=2)


def files(sign: str) -> set[str]:
    """Return the two files of such a picture."""
    return {f"{sign * 64}.webp", f"{sign * 64}.thumb.webp"}


FILM = Video(sha256="2" * 64, suffix="mp4", seconds=1, size=1, width=1, height=1, poster=picture("b"))
EVERYTHING = (
    Sound(sha256="1" * 64, suffix="mp3", seconds=1, size=1),
    FILM,
    Document(pages=(picture("c"), picture("d")), page_count=2),
    Writing(text=Passage(text="words")),
    Link(address="https://example.org"),
)


def test_every_file_of_a_piece_of_work_is_named() -> None:
    """Pictures, recordings, films with their still, pages of documents; writing and links need none."""
    work = Work(entry_id="w1", pictures=(picture("a"),), media=EVERYTHING)
    wanted = {f"{'1' * 64}.mp3", f"{'2' * 64}.mp4"}.union(*(files(sign) for sign in "abcd"))
    assert referenced_media([work]) == wanted
    assert referenced_media([]) == frozenset()
    assert referenced_media([Work(entry_id="w2", media=(FILM.but(poster=None),))]) == {f"{'2' * 64}.mp4"}


def _needed(record: type[Entry], **more: Any) -> Any:
    """Return an entry with what it must have, and this."""
    needed = {
        key: {"who": "student", "status": "heard"}.get(key, "x")
        for key, field in record.model_fields.items()
        if field.is_required()
    }
    on = {"goal_id": "x"} if "goal_id" in record.model_fields else {}
    return record.model_validate({**needed, **on, **more})


def _filled(record: type[Entry], name: str) -> Any:
    """Return an entry with one field filled with pictures or media, ``None`` if it holds neither."""
    for things in ((picture("a"),), EVERYTHING):
        try:
            return _needed(record, **{name: things})
        except ValueError:
            continue
    return None


def test_no_field_of_any_entry_is_overlooked() -> None:
    """Every field that takes pictures or media is looked into, in every kind of entry."""
    found = {
        f"{kind}.{name}": len(referenced_media([entry]))
        for kind, record in KIND.items()
        for name in record.model_fields
        if (entry := _filled(record, name)) is not None
    }
    assert found.keys() >= {"answer.pictures", "work.media", "growth_pair.now_media", "reply.media"}
    assert set(found.values()) == {2, 8}


def test_what_stands_beside_words_is_needed_too() -> None:
    """In every kind of entry the files of an answer that was said or drawn beside its words are named."""
    beside = Beside(field="x", pictures=(picture("e"),), media=EVERYTHING)
    wanted = files("e") | referenced_media([Work(entry_id="w", media=EVERYTHING)])
    for record in KIND.values():
        entry = _needed(record, besides=(beside,))
        assert referenced_media([entry]) == wanted, record.__name__


def test_a_portfolio_needs_what_its_entries_need() -> None:
    """A whole portfolio names the files of all its entries."""
    from datetime import date

    meta = PortfolioMeta(
        portfolio_id="p1",
        student_id="maya",
        round="Fall",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="t",
    )
    work = [Work(entry_id=f"w{sign}", pictures=(picture(sign),)) for sign in "ab"]
    assert referenced_media(Portfolio.of(meta, work)) == files("a") | files("b")
