# long: the room, the stopwatch below it, and the door that says which page it is
"""A child practises with the deck: its lines below each slide, the time of each step, a rehearsal kept once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound, PortfolioError
from portfolio.model import Cue, Passage
from portfolio.moments.conference.practise_room import PractiseRoom
from portfolio.moments.conference.table import Table
from portfolio.moments.erasing import erase
from portfolio.moments.room import Asked, Outcome
from portfolio.serve.visit import PAGE_VARIABLE, PRACTISE
from portfolio.store.stopwatch import AWAY, STALE, Stopwatch, Times
from portfolio.views.pages import PRACTISED
from portfolio.widgets.table_host import OpenTable
from tests.tables import Clock, table_of
from tests.teachers import sample_folder

MARK = "Zebrafinch"


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands still."""
    return Clock()


@pytest.fixture
def table(tmp_path: Path, clock: Clock) -> Iterator[Table]:
    """Return Amal's table, where it practises."""
    made = table_of(sample_folder(tmp_path), clock=clock, practise=True)
    yield made
    made.store.close()


def talk(room: PractiseRoom, clock: Clock, scene: str, seconds: int) -> None:
    """Stay on a screen for some time, looked at every second."""
    seen = room.look((), "", scene).seen
    for _ in range(seconds):
        clock.pass_(seconds=1)
        seen = room.look((), seen, scene).seen


def keep(room: PractiseRoom, **values: str | tuple[str, ...]) -> Outcome:
    """Press "Keep this time"."""
    told = {name: (value,) if isinstance(value, str) else value for name, value in values.items()}
    return room.do((), Asked(what="practised", values=told))


def test_each_step_has_its_own_time(table: Table, clock: Clock) -> None:
    """The seconds of all screens of a step are together, those between screens are lost to none, rest counts nothing."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 30)
    talk(room, clock, "work", 50)
    talk(room, clock, "work-2", 40)
    talk(room, clock, "", 25)  # the pause stands in front
    talk(room, clock, "strengths", 5)
    keep(room)
    (kept,) = table.book.portfolio.practices
    assert {one.step: one.seconds for one in kept.steps} == {"welcome": 30, "work": 90, "strengths": 5}
    order = [line.step for line in room._there().lines]
    assert [one.step for one in kept.steps] == sorted((one.step for one in kept.steps), key=order.index)


def test_a_reload_in_the_middle_keeps_the_times(table: Table, clock: Clock) -> None:
    """A page loaded again, in another kernel, goes on where it was; the clock of the step too."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 60)
    talk(room, clock, "work", 20)
    clock.pass_(seconds=40)
    again = PractiseRoom(table)
    body = again.show(()).body
    assert 'data-step="work"' in body.split('<section class="slide"')[0]
    talk(again, clock, "work", 10)
    keep(again)
    (kept,) = table.book.portfolio.practices
    assert {one.step: one.seconds for one in kept.steps} == {"welcome": 60, "work": 30}


def test_it_is_kept_once(table: Table, clock: Clock) -> None:
    """The same rehearsal kept twice, also from a page loaded again, is one; the next one is another."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 60)
    other = PractiseRoom(table)
    other.show(())
    keep(room)
    assert keep(room).say == "This was kept already."
    assert keep(other).say == "This was kept already."
    assert len(table.book.portfolio.practices) == 1
    later = PractiseRoom(table)
    later.show(())
    talk(later, clock, "welcome", 20)
    keep(later)
    assert [sum(s.seconds for s in one.steps) for one in table.book.portfolio.practices] == [60, 20]


def test_more_or_less_of_ones_lines_does_not_bring_the_time(table: Table, clock: Clock) -> None:
    """Only a rehearsal that was cut off says on its first screen that its time goes on, and less of one's lines changes nothing there."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 60)
    parts = room.do((), Asked("ladder", {"how": ("less",)})).asides
    assert "Your time so far" not in parts["live-cue-welcome"]
    again = PractiseRoom(table)
    again.show(())
    parts = again.do((), Asked("ladder", {"how": ("more",)})).asides
    assert "Your time so far" in parts["live-cue-welcome"]
    assert "Your time so far" not in again.do((), Asked("anew", {})).asides["live-cue-welcome"]


def test_a_partner_says_what_was_good(table: Table, clock: Clock) -> None:
    """Name, ticks and kind words are kept; a tick nobody offered is not."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 60)
    keep(room, name="  Noa ", seen=("because", "heard", "best-of-class"), kind="You looked up. 🙂")
    (kept,) = table.book.portfolio.practices
    assert (kept.partner, kept.seen, kept.kind_words.text) == (
        "Noa",
        ("heard", "because"),
        "You looked up. 🙂",
    )
    assert kept.on == table.today()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"seen": "heard"}, "name"),
        ({"kind": "Well said."}, "name"),
        ({"name": "x" * 60}, "name"),
        ({"name": "Noa", "kind": "y" * 100_000}, "kind"),
    ],
)
def test_what_cannot_be_kept_names_its_field(
    table: Table, clock: Clock, values: dict[str, str], field: str
) -> None:
    """Ticks of nobody, a name that is none, an endless sentence: a sentence at the field, and nothing is written."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 60)
    with pytest.raises(PortfolioError) as refused:
        keep(room, **values)
    assert refused.value.values["field"] == field
    assert not table.book.portfolio.practices


def test_no_time_is_no_rehearsal(table: Table) -> None:
    """Who only opened the page has nothing to keep, and the last screen says what comes there."""
    room = PractiseRoom(table)
    room.show(())
    with pytest.raises(InputRefused):
        keep(room)
    end = room.look((), "", PRACTISED).asides["live-practised"]
    assert "Here you will see how long it took" in end


def test_the_last_screen_tells_the_time_beside_the_plan(table: Table, clock: Clock) -> None:
    """It comes when one gets there: the whole time, each step with what the agenda plans, and no judgement in numbers."""
    room = PractiseRoom(table)
    seen = room.show(()).seen
    talk(room, clock, "welcome", 60)
    talk(room, clock, "work", 180)
    assert "live-practised" not in room.look((), seen, "work").asides
    end = room.look((), seen, PRACTISED).asides["live-practised"]
    assert "That was about 4 minutes." in end
    assert "about 3 minutes · planned: 6 minutes" in end
    assert "%" not in end
    keep(room)
    assert "This time is kept." in room.look((), "", PRACTISED).asides["live-practised"]
    room.do((), Asked(what="anew"))
    assert "Here you will see how long it took" in room.look((), "", PRACTISED).asides["live-practised"]


def test_lines_stand_below_their_slides_by_the_ladder(table: Table) -> None:
    """The lines of a step are below its slides; one press shows less of them, everywhere and at the meeting too."""
    entry = Cue(
        entry_id="c",
        step="strengths",
        words=Passage(text=f"{MARK} is what I like."),
        short=Passage(text="bird"),
    )
    table.store.keep(table.portfolio_id, entry, expected=0, by="student", at=table.now())
    room = PractiseRoom(table)
    slides = room.show(()).body.split('<section class="slide"')
    assert [MARK in slide for slide in slides] == ['data-step="strengths"' in slide for slide in slides]
    asides = room.do((), Asked(what="ladder", values={"how": ("less",)})).asides
    assert MARK not in "".join(asides.values())
    assert "bird" in asides["live-cue-strengths"]
    assert table.book.portfolio.meta.cue_lines == "words"


def test_the_meeting_is_left_alone(table: Table, clock: Clock) -> None:
    """Nothing of a rehearsal is written to the meeting: no live file, no entry; forms of the table are not there."""
    room = PractiseRoom(table)
    room.show(())
    before = table.store.revision(table.portfolio_id)
    talk(room, clock, "welcome", 5)
    talk(room, clock, "together", 5)
    assert not table.live.path.exists()
    assert table.store.revision(table.portfolio_id) == before
    for what in ("tally", "goal", "promise", "finish", "reply", ""):
        with pytest.raises(NotFound):
            room.do((), Asked(what=what))
    assert table.store.revision(table.portfolio_id) == before


def test_the_deck_of_the_meeting_has_no_place_for_lines(table: Table) -> None:
    """Only a table that practises has cue lines and a clock of its own in its page."""
    from dataclasses import replace

    held = OpenTable(replace(table, practise=False))
    body = held.show("talk").body
    assert "live-cue" not in body
    assert PRACTISED not in body
    alone = OpenTable(table)
    assert "live-cue-welcome" in alone.show("talk").body
    assert alone.alias() != held.alias()


def test_erasing_a_child_takes_the_times_along(table: Table, clock: Clock) -> None:
    """What was timed and where a meeting stood go with the child."""
    room = PractiseRoom(table)
    room.show(())
    talk(room, clock, "welcome", 5)
    table.live.turn("welcome", "welcome", table.now())
    files = [room._watch.path, table.live.path]
    assert all(one.exists() for one in files)
    erase(table.folder, table.student_id)
    assert not any(one.exists() for one in files)


# -------------------------------------------------------------------------------------------------- stopwatch

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
_LOOKS = st.lists(st.tuples(st.sampled_from(["a", "b", ""]), st.floats(-5, 30)), max_size=30)


@given(looks=_LOOKS)
def test_time_is_never_invented(looks: list[tuple[str, float]]) -> None:
    """However looks come (late, twice, backwards), no step has more time than has gone by while it was open."""
    times, now, open_for, last = Times(), NOW, {"a": 0.0, "b": 0.0}, ""
    for step, gap in looks:
        now += timedelta(seconds=gap)
        if last and 0 < gap <= AWAY.total_seconds():
            open_for[last] += gap
        times, last = times.looked(step, now), step
    assert all(abs(times.seconds.get(step, 0.0) - n) < 0.01 for step, n in open_for.items())
    assert times.total >= 0


def test_a_page_that_was_away_counts_no_time() -> None:
    """A minute in which nobody looked (the page was closed, or the computer slept) belongs to no step."""
    times = Times().looked("a", NOW).looked("a", NOW + timedelta(seconds=5))
    assert times.looked("a", NOW + timedelta(seconds=65)).seconds == {"a": 5.0}


@pytest.mark.parametrize(
    "found",
    [
        "",
        "{",
        "[]",
        '{"seconds": {"a": -5}, "last": "2026-11-20T12:00:00Z"}',
        "x" * 9000,
        '{"seconds": {"a": "NaN"}}',
    ],
)
def test_a_damaged_file_begins_anew(tmp_path: Path, found: str) -> None:
    """Whatever stands in the file, a rehearsal begins."""
    watch = Stopwatch(tmp_path, "amal.fall")
    watch.path.parent.mkdir()
    watch.path.write_text(found, "utf-8")
    assert watch.open(NOW) == Times()


def test_yesterdays_rehearsal_is_over(tmp_path: Path) -> None:
    """After some hours the time begins from zero."""
    watch = Stopwatch(tmp_path, "amal.fall")
    watch.open(NOW)
    watch.look("a", NOW)
    watch.look("b", NOW + timedelta(seconds=5))
    assert Stopwatch(tmp_path, "amal.fall").open(NOW + STALE).seconds == {"a": 5.0}
    assert Stopwatch(tmp_path, "amal.fall").open(NOW + STALE + timedelta(minutes=1)) == Times()


def test_the_server_alone_says_which_page_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a kernel of ours the page named in its environment counts, whatever the notebook asks for."""
    from portfolio import notebook
    from portfolio.serve.kernels import kernel_environment
    from portfolio.widgets.desk import Conference

    folder = sample_folder(tmp_path)
    opened = notebook.Opened(folder, folder.store(), "amal", "student", served=True)
    monkeypatch.setattr(notebook, "_opened", lambda *_: opened)

    def alone(page: str, *, practise: bool = False) -> bool:
        monkeypatch.setenv(PAGE_VARIABLE, page)
        made: Conference = notebook.open_conference(practise=practise)
        return "live-cue-" in made.show().first["html"]

    assert alone(PRACTISE)
    assert not alone("", practise=True)
    given_by_browser = kernel_environment({PAGE_VARIABLE: PRACTISE}, slip="", class_folder=folder.path)
    assert PAGE_VARIABLE not in given_by_browser
    opened.store.close()
