"""The plain notes of teachers: whose they are, in which order they stand, two hands on one note."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Final

from portfolio.errors import TextRefused
from portfolio.model import Passage, Portfolio, TeacherNote
from portfolio.model.record import LONGEST_TEXT, clean_text
from portfolio.rules import two_hands
from portfolio.rules.note_check import NOTE_FIELDS

_LONGEST_ID: Final = 64


def note_id(teacher_id: str) -> str:
    """Return the id a teacher's note gets: always the same one, so that two windows meet on one note."""
    whole = f"note.{teacher_id}"
    if len(whole) <= _LONGEST_ID:
        return whole
    return f"{whole[: _LONGEST_ID - 9]}-{hashlib.sha256(whole.encode()).hexdigest()[:8]}"


def own_note(portfolio: Portfolio, teacher_id: str) -> TeacherNote:
    """Return the note of one teacher, whatever its id; an empty one if it has not been begun."""
    mine = [note for note in portfolio.teacher_page if note.teacher_id == teacher_id]
    named = next((note for note in mine if note.entry_id == note_id(teacher_id)), None)
    return named or (mine[0] if mine else TeacherNote(entry_id=note_id(teacher_id), teacher_id=teacher_id))


def is_written(note: TeacherNote) -> bool:
    """Return whether a note says anything a family reads."""
    return bool(note.strength or note.next_step or note.home_help)


def typed(before: TeacherNote, told: Mapping[str, str], lang: str) -> TeacherNote:
    """Return a note as it stands in a form: its fields in words, and ``look_again`` as an ISO day or "".

    Fields that are not told stay. Raises ``TextRefused``, naming the field, for a text that is too long or a day
    that is none.
    """
    changed: dict[str, object] = {
        name: _words(getattr(before, name), told[name], lang, name) for name in NOTE_FIELDS if name in told
    }
    if "look_again" in told:
        changed["look_again"] = _day(told["look_again"])
    return before.but(**changed)


def _words(before: Passage, text: str, lang: str, field: str) -> Passage:
    if len(text) > LONGEST_TEXT:
        raise TextRefused(
            "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
            field=field,
        )
    cleaned = str(clean_text(text)).strip()
    if cleaned == before.text.strip():  # a translation stays with its words
        return before
    return Passage(text=cleaned, lang=lang)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise TextRefused("“{text}” is not a day. Choose one.", text=text[:40], field="look_again") from error


def laid_over(
    base: TeacherNote, mine: TeacherNote, theirs: TeacherNote
) -> tuple[TeacherNote, tuple[str, ...]]:
    """Return what stands now with what this hand changed since ``base``, and the fields both changed differently."""
    return two_hands.laid_over(base, mine, theirs, (*NOTE_FIELDS, "look_again"))


def in_the_form(note: TeacherNote) -> dict[str, str]:
    """Return a note as its form shows it: each field as text, a day as ISO text."""
    return {name: _plain(note, name) for name in (*NOTE_FIELDS, "look_again")}


def _plain(note: TeacherNote, name: str) -> str:
    value = getattr(note, name)
    if isinstance(value, Passage):
        return value.text
    return value.isoformat() if value else ""
