"""Where a meeting stands: one small file, whatever is in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import StorageTrouble
from portfolio.store.live import Live, Standing

NOW = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)


@pytest.fixture
def live(tmp_path: Path) -> Live:
    """Return the file of a book, not there yet."""
    return Live(tmp_path / "live", "amal.fall")


def test_nothing_is_open_before_a_deck_says_so(live: Live) -> None:
    """Without a file nobody presents, and nothing is written by looking."""
    assert live.standing() == Standing()
    assert live.mark() == "0"
    assert not live.path.parent.exists()


def test_the_time_of_a_part_begins_with_another_part(live: Live) -> None:
    """Screens of one part share its time; turning back and on within it does not begin it anew."""
    live.turn("work", "work", NOW)
    later = NOW + timedelta(minutes=2)
    assert live.turn("work-2", "work", later).turned == NOW
    assert live.turn("goal", "growing", later).turned == later
    assert Live(live.path.parent, "amal.fall").standing().scene == "goal"


def test_a_meeting_begins_once_and_ends(live: Live) -> None:
    """A second beginning changes nothing; after its end nothing is left."""
    assert live.begin(NOW).began == NOW
    assert live.begin(NOW + timedelta(hours=1)).began == NOW
    live.end()
    live.end()
    assert live.standing() == Standing()
    assert not list(live.path.parent.iterdir())


def test_every_wish_for_a_screen_counts(live: Live) -> None:
    """Two wishes for the same screen are two: the deck follows each once."""
    assert live.want("work-2").asked == 1
    again = live.want("work-2")
    assert (again.asked, again.wanted) == (2, "work-2")
    assert live.turn("work", "work", NOW).asked == 2


def test_the_mark_changes_with_every_change(live: Live) -> None:
    """Another page sees by the mark alone that something is new."""
    marks = {live.mark()}
    for scene in ("a", "b", "a"):
        live.turn(scene, "step", NOW)
        marks.add(live.mark())
    assert len(marks) == 4


@given(st.binary(max_size=6000))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_stands_in_the_file_the_meeting_goes_on(live: Live, text: bytes) -> None:
    """A damaged file counts as none, and the next turn writes it anew."""
    live.path.parent.mkdir(exist_ok=True)
    live.path.write_bytes(text)
    assert isinstance(live.standing(), Standing)
    assert live.turn("work", "work", NOW).scene == "work"
    assert live.standing().scene == "work"


def test_times_without_a_zone_are_no_times(live: Live) -> None:
    """A file written by another hand cannot break the clock of the deck."""
    live.path.parent.mkdir()
    live.path.write_text('{"scene": "work", "turned": "2026-11-20T16:00:00"}')
    assert live.standing() == Standing()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    """What cannot be kept is a sentence, and no half-written file stays."""
    (tmp_path / "live").write_text("a file where the folder should be")
    with pytest.raises(StorageTrouble, match="meeting stands"):
        Live(tmp_path / "live", "amal.fall").turn("work", "work", NOW)
    assert [path.name for path in tmp_path.iterdir()] == ["live"]
