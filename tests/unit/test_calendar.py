"""Days for a family's calendar: a file any calendar reads, with nothing in it that is not theirs to read."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Agreement, Goal, Passage
from portfolio.moments.conference.ending import EndingPiece
from portfolio.moments.conference.look_again import calendar_of
from portfolio.rules.calendar import CalendarDay, calendar_file
from portfolio.words import speak
from tests.tables import table_of
from tests.teachers import form, sample_folder

STAMP = datetime(2026, 11, 20, 12, tzinfo=UTC)
Event = dict[str, str]


def read(data: bytes) -> list[Event]:
    """Read a calendar as strictly as RFC 5545 says: CRLF, 75 bytes, folded lines, marked signs, names that are known."""
    assert data.endswith(b"\r\n")
    assert b"\r" not in data.replace(b"\r\n", b"")
    assert b"\n" not in data.replace(b"\r\n", b"")
    raw = data.split(b"\r\n")[:-1]
    assert all(0 < len(line) <= 75 for line in raw)
    lines = [line.decode("utf-8") for line in raw]  # no sign is cut in two: each line is text by itself
    whole: list[str] = []
    for line in lines:
        if line.startswith(" "):
            whole[-1] += line[1:]
        else:
            whole.append(line)
    assert whole[0] == "BEGIN:VCALENDAR"
    assert whole[-1] == "END:VCALENDAR"
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN"} <= set(whole)
    assert [line for line in whole if line.startswith("PRODID:")]
    return list(_events(whole))


def _events(lines: list[str]) -> list[Event]:
    found: list[Event] = []
    event: Event | None = None
    for line in lines:
        assert re.fullmatch(r"[^\x00-\x08\x0a-\x1f\x7f]*", line)
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            assert event is None
            event = {}
        elif line == "END:VEVENT":
            assert event is not None
            assert {"UID", "DTSTAMP", "DTSTART;VALUE=DATE"} <= set(event)
            found.append(event)
            event = None
        elif event is not None:
            assert name not in event
            event[name] = value
    assert event is None
    return found


def unescaped(value: str) -> str:
    """Return a value as people read it; a sign that should be marked and is not breaks the test."""
    assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value)
    return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)


printed = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")) | st.just("\n"), max_size=200)


@given(st.lists(st.tuples(st.dates(), printed, printed), max_size=4))
def test_whatever_stands_in_it_is_read_back(days: list[tuple[date, str, str]]) -> None:
    """Any day and any text come back as they went in: all-day, folded without cutting a sign, marked where it must be."""
    made = [CalendarDay(f"d{n}", on, title, words) for n, (on, title, words) in enumerate(days)]
    events = read(calendar_file(made, stamp=STAMP, lang="es"))
    assert len(events) == len(days)
    for event, (on, title, words) in zip(events, days, strict=True):
        assert event["DTSTART;VALUE=DATE"] == on.isoformat().replace("-", "")
        assert event["DTSTAMP"] == "20261120T120000Z"
        assert unescaped(event["SUMMARY;LANGUAGE=es"]) == title
        assert unescaped(event.get("DESCRIPTION;LANGUAGE=es", "")) == words
        if on < date.max:
            assert event["DTEND;VALUE=DATE"] == (on + timedelta(days=1)).isoformat().replace("-", "")


@pytest.mark.parametrize("title", ["x" * 300, "ع" * 300, "🦊" * 90, "a" + "字" * 120, ",;" * 80])
def test_long_lines_are_folded(title: str) -> None:
    """A long title goes on in further lines, in any script, and is whole when it is read."""
    (event,) = read(calendar_file([CalendarDay("a", date(2026, 12, 1), title)], stamp=STAMP, lang="en"))
    assert unescaped(event["SUMMARY;LANGUAGE=en"]) == title


def test_signs_that_are_none_are_left_out() -> None:
    """Control signs and halves of a sign never reach a calendar."""
    (event,) = read(
        calendar_file(
            [CalendarDay("a", date(2026, 12, 1), "a\x00b\ud800\u2028c\td\r\ne")], stamp=STAMP, lang="en"
        )
    )
    assert unescaped(event["SUMMARY;LANGUAGE=en"]) == "a b  c d\ne"


def test_a_day_has_the_same_name_each_time() -> None:
    """A file opened twice is one day: the name follows from what it is for, not from when the file was made."""
    day = CalendarDay("book/again-0", date(2026, 12, 1), "x")
    later = calendar_file([day], stamp=STAMP + timedelta(days=3), lang="ar")
    (first,), (second,) = read(calendar_file([day], stamp=STAMP, lang="en")), read(later)
    assert first["UID"] == second["UID"]
    other = read(calendar_file([CalendarDay("book/again-1", day.on, "x")], stamp=STAMP, lang="en"))
    assert other[0]["UID"] != first["UID"]


def test_the_deck_brings_out_the_days_and_nothing_anybody_wrote(tmp_path: Path) -> None:
    """Goal and promises give their days; words, names of adults and what is over stay out; Spanish reads Spanish."""
    table = table_of(sample_folder(tmp_path))
    goal = Goal(
        entry_id="goal-together",
        set_by="together",
        goal=Passage(text="MARKER-goal"),
        look_again=(date(2026, 12, 18), date(2020, 1, 1)),
    )
    promise = Agreement(
        entry_id="p",
        who="family",
        name="MARKER-name",
        what=Passage(text="MARKER-what"),
        by_when=date(2027, 1, 7),
    )
    for entry in (goal, promise):
        table.store.keep(table.portfolio_id, entry, expected=0, by="student", at=table.now())
    outcome = EndingPiece().do(table, form("calendar"))
    assert outcome is not None
    (file,) = outcome.downloads
    assert (file.name, file.media_type) == ("look-again.ics", "text/calendar")
    assert b"MARKER" not in file.data
    days = [event["DTSTART;VALUE=DATE"] for event in read(file.data)]
    assert {"20261218", "20270107"} <= set(days)
    assert "20200101" not in days
    titles = [event["SUMMARY;LANGUAGE=en"] for event in read(file.data)]
    assert all("Amal" in title for title in titles)
    household = table.book.student.households[0].household_id
    home = calendar_of(table.book, household, speak("es"), stamp=STAMP)
    assert home is not None
    assert [event["DTSTART;VALUE=DATE"] for event in read(home.data)] == days
    assert all("SUMMARY;LANGUAGE=es" in event for event in read(home.data))
    table.store.close()
