"""The power goes in the middle of a save: what our own statements and settings leave on the disk, state by state."""

from __future__ import annotations

import hashlib
import random
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

import pytest

from portfolio.errors import PortfolioError
from portfolio.model import Goal, Passage, PortfolioMeta, Student
from portfolio.store.sql import SqlStore
from tests.drills.power import ACKNOWLEDGED, MAIN, Request, captured, cuts, record
from tests.drills.test_saving_drill import full
from tests.tally import tally

AT = datetime(2026, 10, 1, tzinfo=UTC)
PADDING = " and so on" * 700
SAVES = 8
IDS = ("g1", "g2")


def goal(entry_id: str, number: int) -> Goal:
    """Return words that take more than a page of the file."""
    return Goal(entry_id=entry_id, goal=Passage(text=f"{number}{PADDING}"))


@lru_cache
def statements(journal: str) -> tuple[list[str], int]:
    """Return what a real store sends while eight saves are made, and where the first of them begins.

    Every save changes two entries together: one is never there without the other.
    """
    import tempfile

    with tempfile.TemporaryDirectory() as place, captured() as noted:
        path = Path(place) / MAIN
        # opened twice: the first makes the file, the second settles its journal as every later program does
        with closing(SqlStore(path, Path(place) / "media", create=True, journal=journal)) as store:  # type: ignore[arg-type]  # one of the two
            store.keep_student(Student(student_id="maya", name="Maya"))
            meta = PortfolioMeta(
                portfolio_id="p1", student_id="maya", round="Fall", started_on=date(2026, 9, 1),
                age_band="3-5", template_id="t",
            )  # fmt: skip
            store.keep_meta(meta, expected=0)
            for entry_id in IDS:
                store.keep("p1", goal(entry_id, 0), expected=0, by="student", at=AT)
            begun = len(noted)
            for number in range(1, SAVES + 1):
                with store.together():
                    for entry_id in IDS:
                        store.keep("p1", goal(entry_id, number), expected=number, by="student", at=AT)
                noted.append(f"-- {ACKNOWLEDGED} {number}")
        return list(noted), begun


def requests(journal: str, synchronous: str = "") -> tuple[list[Request], int]:
    """Return what SQLite asks of the disk, and where the first save begins; ``synchronous`` replaces ours."""
    sent, begun = statements(journal)
    sent = [
        f"-- {ACKNOWLEDGED} 0" if n == begun else s for n, s in enumerate([*sent[:begun], "", *sent[begun:]])
    ]
    if synchronous:
        sent = [s.replace("synchronous=EXTRA", f"synchronous={synchronous}") for s in sent]
    # The paper disk has no memory to share: the log is used by one connection alone, with the same requests.
    # Every 20 pages instead of every 1,000 it goes over into the file, so that cuts fall into that too.
    before = ("PRAGMA locking_mode=EXCLUSIVE", "PRAGMA wal_autocheckpoint=20") if journal == "wal" else ()
    made = record(sent, before=before)
    return made, made.index((ACKNOWLEDGED, 0)) + 1


def trouble_in(folder: Path, acknowledged: int) -> str:
    """Open what a cut left with a real store, and return what is wrong with it, or nothing."""
    try:
        with closing(SqlStore(folder / MAIN, folder / "media", journal="delete")) as store:
            if store.damaged("p1"):
                return "an entry is damaged"
            kept = [store.entry("p1", entry_id) for entry_id in IDS]
            said = [k.entry.goal.text.partition(" ")[0] for k in kept if isinstance(k.entry, Goal)]
            whole = all(isinstance(k.entry, Goal) and k.entry.goal.text.endswith(PADDING) for k in kept)
            if len(set(said)) != 1 or not whole:
                return "half a save"
            if int(said[0]) not in (acknowledged, acknowledged + 1):
                return f"save {acknowledged} was acknowledged, {said[0]} is there"
            if [c.version for c in store.history("p1", "g1")] != list(range(1, int(said[0]) + 2)):
                return "the history has a gap"
    except PortfolioError as error:
        return str(error)
    try:
        with closing(sqlite3.connect(folder / MAIN)) as connection:
            (found,) = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found == "ok" else str(found)


def losses(place: Path, made: tuple[list[Request], int], states: int) -> tuple[int, list[str]]:
    """Draw about so many states over all moments; return how many, and what is wrong with the bad ones."""
    dice, tried = random.Random(7), 0
    wrong: list[str] = []
    known: dict[str, str] = {}
    each = states / (len(made[0]) - made[1])
    for draw in cuts(*made):
        for _ in range(int(each + dice.random())):
            acknowledged, files = draw(dice)
            tried += 1
            named = repr((acknowledged, sorted((n, hashlib.sha256(d).digest()) for n, d in files.items())))
            if named not in known:  # the same files again need no second look
                for old in place.glob(f"{MAIN}*"):
                    old.unlink()
                for name, data in files.items():
                    (place / name).write_bytes(data)
                known[named] = trouble_in(place, acknowledged)
            if known[named]:
                wrong.append(known[named])
    return tried, wrong


@pytest.mark.parametrize("journal", ["delete", "wal"])
@pytest.mark.parametrize("states", [60, full(12_000)])
def test_no_power_cut_loses_an_acknowledged_save(tmp_path: Path, journal: str, states: int) -> None:
    """In every state a power cut may leave, the store opens whole and has each save that was acknowledged."""
    with tally(2, f"states of the database a power cut may leave (journal: {journal})") as told:
        tried, wrong = losses(tmp_path, requests(journal), states)
        told.count(tried, tried - len(wrong))
        assert tried > states * 0.7
        assert wrong == []


def test_the_replay_runs_with_our_own_settings() -> None:
    """What is replayed was sent by the real store: its settings, its journal, its transactions."""
    for journal in ("delete", "wal"):
        sent, begun = statements(journal)
        assert "PRAGMA synchronous=EXTRA" in sent
        assert sent[begun:].count("BEGIN IMMEDIATE") == sent[begun:].count("COMMIT") == SAVES
    made, begun = requests("delete")
    assert sum(what == "delete" for what, *_ in made[begun:]) == SAVES
    made, begun = requests("wal")
    assert {what for what, *_ in made[begun:]} == {"write", "sync", "truncate", ACKNOWLEDGED}


@pytest.mark.parametrize(
    ("journal", "synchronous"), [("delete", "OFF"), ("delete", "FULL"), ("wal", "NORMAL")]
)
def test_the_replay_sees_what_weaker_settings_lose(tmp_path: Path, journal: str, synchronous: str) -> None:
    """With fewer syncs than ours the replay finds lost or torn saves: it can fail."""
    _, wrong = losses(tmp_path, requests(journal, synchronous), 60)
    assert wrong
