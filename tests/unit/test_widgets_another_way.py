"""A sheet, as a page uses it: answers beside words, and who sees a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from portfolio.moments.arrivals import served_address
from portfolio.moments.desk import StudentDesk
from portfolio.store.uploads import Uploads
from portfolio.testing import NOON, small_book, small_store
from portfolio.widgets import Sheet
from portfolio.widgets.host import OpenDesk
from portfolio.widgets.wire import every_field
from tests.sounds import plain_mp3
from tests.wires import ask, wires

_revs = count(1)


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


class Desk:
    """The small book's desk with one section open."""

    def __init__(self, folder: Path, section: str) -> None:
        book = small_book()
        self.desk = StudentDesk(
            small_store(book), book, now=lambda: NOON, new_id=lambda: "new",
            uploads=Uploads(folder / "uploads"), address=served_address,
        )  # fmt: skip
        self.host = OpenDesk(self.desk, served=True)
        self.section = section
        self.sheet = self.opened()

    def opened(self) -> Sheet:
        """Return the section as a new page gets it."""
        return Sheet(self.host.form(self.section), self.host.keeper(self.section), say=self.host.say)

    def say(self, kind: str, *buffers: bytes, **more: Any) -> dict[str, Any]:
        """Send a message about why the first goal is one, said aloud."""
        about = {
            "entry": "goal-1",
            "field": "why.media",
            "upload": "0" * 16,
            "name": "a.mp3",
            "rev": next(_revs),
        }
        return ask(self.sheet, {"type": kind, **about, **more}, *buffers)


def value(sheet: Sheet, place: str) -> Any:
    """Return what stands in a place of the first card."""
    return next(f["value"] for f in every_field(sheet.form["cards"][:1]) if f["field"] == place)


def test_a_recording_beside_words_is_brought_in_and_saved(tmp_path: Path) -> None:
    """It comes in parts like any other, is saved under its place, stands in the form and in a page opened later."""
    desk = Desk(tmp_path, "goals")
    data = plain_mp3(1.0)
    desk.say("media_part", data, offset=0, size=len(data))
    made = desk.say("media_take", size=len(data))
    assert made["type"] == "media_ok", made
    saved = desk.say("save", value=[{**made["medium"], "transcript": "I want to"}], base=1)
    assert (saved["type"], saved["version"]) == ("saved", 2)
    for sheet in (desk.sheet, desk.opened()):
        (shown,) = value(sheet, "why.media")
        assert (shown["transcript"], shown["src"]) == ("I want to", made["medium"]["src"])
    goal = desk.desk.fresh().portfolio.goals[0]
    assert goal.beside("why").media[0].sha256 == made["medium"]["sha256"]  # type: ignore[union-attr]  # a sound


def test_a_page_cannot_put_in_what_never_came(tmp_path: Path) -> None:
    """A recording nobody brought, or more than there is room for, is refused beside words too."""
    desk = Desk(tmp_path, "goals")
    claimed = {"kind": "sound", "sha256": "a" * 64, "transcript": "", "caption": "", "others": False}
    assert desk.say("save", value=[claimed], base=1)["type"] == "refused"
    links = [{"kind": "link", "address": f"https://example.org/{n}", "caption": ""} for n in range(4)]
    assert "room for 3" in desk.say("save", value=links, base=1)["sentence"]
    assert desk.say("save", field="why.words", value="x", base=1)["type"] == "refused"
    assert desk.desk.fresh().portfolio.goals[0].besides == ()


def test_who_sees_a_page_is_chosen_and_stays(tmp_path: Path) -> None:
    """The answer says who sees it now; this page and one opened later show the choice; asked twice, it is done once."""
    desk = Desk(tmp_path, "work")
    assert desk.sheet.form["who_sees"] == "home"
    message = {"type": "show_to", "who": "table", "rev": 900}
    assert ask(desk.sheet, message) == {"type": "shown_to", "rev": 900, "who": "table"}
    assert ask(desk.sheet, message) == {"type": "shown_to", "rev": 900, "who": "table"}
    assert [s.form["who_sees"] for s in (desk.sheet, desk.opened())] == ["table", "table"]


@pytest.mark.parametrize("who", ["everybody", "", 7, None, ["home"]])
def test_nobody_we_do_not_know_is_shown_anything(tmp_path: Path, who: Any) -> None:
    """What no page of ours sends is refused with a sentence, and the choice stays."""
    desk = Desk(tmp_path, "work")
    answer = ask(desk.sheet, {"type": "show_to", "who": who, "rev": 901})
    assert answer["type"] == "refused" and answer["sentence"]
    assert desk.opened().form["who_sees"] == "home"


def test_a_page_that_is_not_the_childs_cannot_be_hidden(tmp_path: Path) -> None:
    """Promises made at the table have no choice, and a page that asks for one is told so."""
    desk = Desk(tmp_path, "together")
    assert desk.sheet.form["who_sees"] is None
    assert ask(desk.sheet, {"type": "show_to", "who": "teacher", "rev": 902})["type"] == "refused"
