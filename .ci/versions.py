"""Write the kept samples of this version's documents: ``tests/cases/versions/store-N.sqlite``, ``portfolio-N.json``.

    python .ci/versions.py             write those of this version, if they are not there yet
    python .ci/versions.py --anew      write them anew (only before a version has left the house)

Samples of older versions are never touched: they were written by the program of that time, with this file
(its ``PYTHONPATH`` set to a copy of that program). They hold every kind of entry and hostile texts.
"""

from __future__ import annotations

import json
import sqlite3
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from environment import ROOT, say
from portfolio.model import (
    KIND,
    SCHEMA_VERSION,
    Household,
    Passage,
    Portfolio,
    PortfolioMeta,
    SchoolClass,
    Student,
    Teacher,
)
from portfolio.store.sql import SqlStore
from portfolio.store.tables import STORE_VERSION

FOLDER = ROOT / "tests" / "cases" / "versions"
NOON = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)

HOSTILE = (
    "'; DROP TABLE entries; -- %s {x} <script>alert(1)</script> \\ \"",
    "שלום \u202eabc\u202c \u200fمرحبا بالعالم",
    "👩‍👩‍👧‍👦 🏳️‍🌈 e\u0301 ﬁ 𝒻",
    "line one\n\tline two\u2028three \ud83d",
)
"""Texts that went wrong somewhere once: code, directions, joiners, separators, half a letter."""

_NEEDED: dict[str, dict[str, Any]] = {
    "answer": {"section": "welcome", "prompt": "hello", "picks": ["drawing"]},
    "rating": {"section": "faces", "question": "lunch", "answer": "happy"},
    "look_back": {"goal_id": "goal-1", "result": "nearly"},
    "cue": {"step": "welcome"},
    "teacher_note": {"teacher_id": "ms-b"},
    "comment": {"teacher_id": "ms-b", "section": "welcome", "sends_back": True},
    "home_words": {"household_id": "h1", "who": HOSTILE[2], "private_talk": True},
    "statement": {"step": "welcome", "in_place": True},
    "practice": {"on": "2026-10-05", "steps": [{"step": "welcome", "seconds": 61}], "seen": ["heard"]},
    "to_teacher": {"household_id": "h1", "who": HOSTILE[1], "private_talk": True},
    "parked": {"household_id": "h1", "name": HOSTILE[2]},
    "meeting": {"way": "station", "began": "2026-11-24T17:00:00Z", "visited": True},
    "naming": {"name": "Lina", "how": "not_a_name", "teacher_id": "ms-b", "on": "2026-11-02"},
    "reply": {"household_id": "h1", "who": HOSTILE[1]},
    "concern": {"household_id": "h1", "owner": "Ms. B"},
    "work": {
        "pictures": [{"sha256": "a" * 64, "width": 3, "height": 2, "alt": HOSTILE[2], "written": HOSTILE[3]}],
        "made_on": "2026-09-30",
    },
    "goal": {
        "steps": [{"what": HOSTILE[0], "when": "Monday"}],
        "helpers": [{"who": HOSTILE[1], "what": HOSTILE[2]}],
        "look_again": ["2026-11-01"],
        "progress": [{"on": "2026-10-02", "word": "nearly", "note": HOSTILE[3]}],
    },
    "agreement": {"who": "family", "how_far": "getting_there"},
}


def an_entry(kind: str, number: int) -> Any:
    """Return an entry of a kind with a hostile text in every passage."""
    record = KIND[kind]
    texts = {
        name: {"text": HOSTILE[number % len(HOSTILE)], "translations": [{"lang": "uk", "text": HOSTILE[1]}]}
        for name, field in record.model_fields.items()
        if field.annotation is Passage
    }
    return record.model_validate({"entry_id": f"{kind}-1", **texts, **_NEEDED.get(kind, {})})


def a_portfolio() -> Portfolio:
    """Return a portfolio with one entry of every kind."""
    meta = PortfolioMeta(
        portfolio_id="maya.fall-2026",
        student_id="maya",
        round="Fall 2026",
        school_year=HOSTILE[2],
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="3-5",
    )
    return Portfolio.of(meta, [an_entry(kind, number) for number, kind in enumerate(KIND)])


def write_store(place: Path, book: Portfolio) -> None:
    """Write a store that was used: a change, a removal, something brought back, a key, a second child."""
    store = SqlStore(place, place.parent / "media", create=True, journal="delete")
    store.keep_class(
        SchoolClass(
            class_id="4b",
            name=HOSTILE[0],
            age_band="3-5",
            round="Fall 2026",
            teachers=(Teacher(teacher_id="ms-b", name=HOSTILE[1]),),
        )
    )
    home = Household(household_id="h1", label=HOSTILE[2], adults=(HOSTILE[1],), reads=("ar",))
    store.keep_student(Student(student_id="maya", name=HOSTILE[1], households=(home,)))
    store.keep_student(Student(student_id="ben", name="Ben"))
    store.keep_meta(book.meta, expected=0)
    name = book.meta.portfolio_id
    for number, entry in enumerate(book.entries()):
        at = NOON + timedelta(minutes=number)
        store.keep(name, entry, expected=0, by="student", at=at)  # type: ignore[arg-type]  # entries() gives AnyEntry
    goal = book.goals[0]
    later = NOON + timedelta(days=1)
    store.keep(name, goal.but(why=Passage(text="second")), expected=1, by="teacher:ms-b", at=later)
    store.remove(name, "cue-1", expected=1, by="student", at=later)
    if hasattr(store, "restore"):  # the program of store 1 could not
        store.restore(name, goal.entry_id, 1, expected=2, by="student", at=later)
    store.add_key("maya", "c" * 64)
    store.close()
    with sqlite3.connect(place, isolation_level=None) as connection:
        connection.execute("PRAGMA page_size=1024")  # small: these files stay in the repository for ever
        connection.execute("VACUUM")
    connection.close()


def main() -> int:
    """Write the samples of this version where they are missing, or anew when asked."""
    book = a_portfolio()
    FOLDER.mkdir(parents=True, exist_ok=True)
    document, kept = FOLDER / f"portfolio-{SCHEMA_VERSION}.json", FOLDER / f"store-{STORE_VERSION}.sqlite"
    if "--anew" in sys.argv or not document.exists():
        text = json.dumps(book.model_dump(mode="json"), ensure_ascii=False, indent=1)
        document.write_bytes(f"{text}\n".encode())
    if "--anew" in sys.argv or not kept.exists():
        with tempfile.TemporaryDirectory() as folder:
            write_store(Path(folder) / "class.sqlite", book)
            kept.write_bytes((Path(folder) / "class.sqlite").read_bytes())
    say(f"{document.name}: {document.stat().st_size} bytes; {kept.name}: {kept.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
