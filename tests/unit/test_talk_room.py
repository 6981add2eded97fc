"""The deck as a room: what it shows, what it notes, what comes anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from portfolio.errors import NotFound
from portfolio.model import Agreement, Book, Meeting, Passage
from portfolio.moments.conference.phones_piece import PhonesPiece
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import for_audience
from portfolio.rules.running_order import running_order
from portfolio.views.safe import SafePage
from tests.tables import Clock, table_of
from tests.teachers import form, sample_folder


class Tally:
    """A piece that tells how many promises there are, and takes one form."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return two parts."""
        del table
        told = SafePage(f"<p>{len(book.portfolio.agreements)} promises</p>")
        return {"live-turn": SafePage("<p>Your turn</p>"), "live-said": told}

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Answer to its own form alone."""
        return Outcome(say=table.say("Saved"), stay=True) if asked.what == "tally" else None


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Return Amal's table."""
    made = table_of(sample_folder(tmp_path), clock=Clock())
    yield made
    made.store.close()


def test_the_deck_stands_whole_in_one_screen(table: Table) -> None:
    """Every screen of the running order is in the page, once and in order, with its minutes and its pieces."""
    body = TalkRoom(table, [Tally()]).show(()).body
    scenes = running_order(for_audience(table.book, "conference"))
    assert [f'data-scene="{scene.name}"' in body for scene in scenes] == [True] * len(scenes)
    assert body.count('<section class="slide"') == len(scenes)
    assert [body.index(f'data-scene="{scene.name}"') for scene in scenes] == sorted(
        body.index(f'data-scene="{scene.name}"') for scene in scenes
    )
    assert '<div class="live" id="live-said"><p>' in body


def test_a_look_tells_only_what_is_new(table: Table) -> None:
    """While nobody writes there is nothing to draw; a promise somebody wrote is there with the next look."""
    room = TalkRoom(table, [Tally()])
    seen = room.show(()).seen
    assert room.look((), seen, "").asides == {}
    before = len(table.book.portfolio.agreements)
    entry = Agreement(entry_id="new", who="family", what=Passage(text="We read on Tuesdays."))
    table.store.keep(
        table.portfolio_id, entry, expected=0, by="family:mama", at=datetime(2026, 11, 20, tzinfo=UTC)
    )
    looked = room.look((), seen, "")
    assert looked.asides["live-said"] == f"<p>{before + 1} promises</p>"
    assert room.look((), looked.seen, "").asides == {}


def test_the_open_screen_is_noted(table: Table) -> None:
    """Other pages learn which screen is open; names that are no screen of this deck change nothing."""
    room = TalkRoom(table, [])
    scene = running_order(for_audience(table.book, "conference"))[3]
    room.look((), "", scene.name)
    assert (table.live.standing().scene, table.live.standing().step) == (scene.name, scene.line.step)
    for nonsense in ("no-such-screen", "../../etc", "x" * 300, ""):
        room.look((), "", nonsense)
        assert table.live.standing().scene == scene.name


def test_a_wish_of_another_page_reaches_the_deck(table: Table) -> None:
    """The cue page asks for a screen; the deck hears which, and that it is a new wish."""
    room = TalkRoom(table, [])
    assert room.look((), "", "").at == ""
    table.live.want("work")
    assert room.look((), "", "").at == "1 work"


def test_practising_leaves_the_meeting_alone(tmp_path: Path) -> None:
    """A child who practises turns no family's page."""
    table = table_of(sample_folder(tmp_path), practise=True)
    scene = running_order(for_audience(table.book, "conference"))[2]
    TalkRoom(table, []).look((), "", scene.name)
    assert table.live.standing().scene == ""
    table.store.close()


def test_forms_go_to_the_piece_they_belong_to(table: Table) -> None:
    """The first piece that knows a form does it; an unknown one is a sentence."""
    room = TalkRoom(table, [Tally()])
    assert room.do((), form("tally")).stay
    with pytest.raises(NotFound, match="older than the program"):
        room.do((), form("something else"))


def test_a_picture_that_is_gone_does_not_stop_the_meeting(tmp_path: Path) -> None:
    """The deck opens; the words of the picture stand there."""
    table = table_of(sample_folder(tmp_path))
    work = next(one for one in table.book.portfolio.work if one.pictures)
    gone = list((tmp_path / "class-4b" / "media").rglob(f"*{work.pictures[0].sha256}*"))
    assert gone
    for path in gone:
        path.unlink()
    body = TalkRoom(table, []).show(()).body
    assert work.title.text in body
    table.store.close()


def test_what_others_write_arrives_though_the_place_is_not_kept(tmp_path: Path) -> None:
    """Where the file of the open screen cannot be written, a look still brings what is new."""
    table = table_of(sample_folder(tmp_path))
    (tmp_path / "class-4b" / ".portfolio" / "live").write_text("a file where the folder should be")
    scene = running_order(for_audience(table.book, "conference"))[2]
    looked = TalkRoom(table, [Tally()]).look((), "another state", scene.name)
    assert "promises" in looked.asides["live-said"]
    table.store.close()


def test_a_square_stands_on_the_deck_only_while_the_meeting_is_held(tmp_path: Path) -> None:
    """A child alone with its deck cannot open its home's own page; once the teacher has begun the meeting, its home can."""
    address = "https://books.example/f/2345"
    table = table_of(sample_folder(tmp_path), family_pass=lambda _: address)
    assert PhonesPiece().parts(table, table.book)["live-phones"] == ""
    held = Meeting(entry_id="meeting-1", began=table.now())
    table.store.keep(table.portfolio_id, held, expected=0, by="teacher:t", at=table.now())
    assert "<svg" in PhonesPiece().parts(table, table.book)["live-phones"]
    assert not any(PhonesPiece().parts(replace(table, practise=True), table.book).values())
    table.store.close()
