"""A teacher walks round with a tablet: the tables follow the decks by themselves, ticks stay, axe finds nothing on them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from playwright.sync_api import expect

from portfolio.model import Parked, Passage, ToTeacher
from portfolio.moments.meetings import Meetings
from portfolio.store.live import Live
from tests.browser.served import sample, serving
from tests.browser.teacher_hands import WAIT, Hands

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from portfolio.store.class_folder import ClassFolder

BOOK = "mateo.fall-2026"


def now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


def seeded(folder: ClassFolder) -> Live:
    """Put Mateo at a table with his dad, with words told alone and something kept for later; return where his deck stands."""
    store, live = folder.store(), Live(folder.hidden / "live", BOOK)
    try:
        words = Passage(text="He sleeps badly.")
        for entry in (
            ToTeacher(entry_id="t", household_id="dad", who="Luis", words=words, private_talk=True),
            ToTeacher(entry_id="u", household_id="dad", about="meeting", face="face-3"),
            Parked(entry_id="p", words=Passage(text="The trip"), until=date.today() - timedelta(days=2)),  # noqa: DTZ011 - the day on this wall
        ):
            store.keep(BOOK, entry, expected=0, by="family:dad", at=now())
        meetings = Meetings(store, live, BOOK, "teacher:x", now, lambda: now().date())
        meetings.begin("dad", "station")
    finally:
        store.close()
    return live


def test_the_tables_follow_the_decks(page: Page, axe: Callable[..., list[Any]], tmp_path: Path) -> None:
    """The child opens another step: its card says so without a touch; “I was here” stays; every list of a class in use is fit for all."""
    folder = sample("class-4b", tmp_path / "class-4b")
    live = seeded(folder)
    page.set_viewport_size({"width": 768, "height": 1024})
    with serving(folder, links=False, teacher=True) as served:
        hands = Hands(page)
        hands.come_in(served.teacher)
        hands.go("meetings")
        expect(page.get_by_text("The screen is not open yet.")).to_be_visible(timeout=WAIT)
        live.turn("strengths", "strengths", now())
        expect(page.get_by_text("My strengths")).to_be_visible(timeout=WAIT)
        page.get_by_role("button", name="I was here Mateo").click()
        expect(page.get_by_text("A teacher has been here")).to_be_visible(timeout=WAIT)
        page.get_by_text("When a child cannot go on").click()
        found = {}
        for place in (
            "meetings",
            "meetings/told",
            "meetings/felt",
            "meetings/parked",
            "meetings/after/mateo",
        ):
            hands.go(place)
            if wrong := [f"{one.rule}: {' | '.join(one.where)}" for one in axe(page)]:
                found[place] = wrong
        assert found == {}
        page.emulate_media(media="print")
        hands.go("meetings/told")
        expect(page.get_by_text("What homes tell you alone is not printed.")).to_be_visible()
        expect(page.get_by_text("He sleeps badly.")).to_be_hidden()
