"""The rehearsal as a page uses it: its sheets save, merge and take back; its notebook runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import ipywidgets
import pytest

import portfolio
from portfolio.files import shipped
from portfolio.model import Book, Practice
from portfolio.moments.arrivals import served_address
from portfolio.moments.classes import new_class
from portfolio.moments.desk import StudentDesk
from portfolio.moments.rehearsal import RehearsalDesk
from portfolio.rules.rehearsal import HOW_MUCH, INSTEAD, PAGES, PRACTISE, SAY
from portfolio.serve.classes import childrens_notebooks
from portfolio.serve.door import ROOMS
from portfolio.store.class_folder import ClassFolder
from portfolio.store.fake import FakeStore
from portfolio.store.notebook_new import rehearsal_notebook
from portfolio.store.uploads import Uploads
from portfolio.testing import NOON, find_widgets, small_book, small_store
from portfolio.widgets import Desk, Done, Sheet
from portfolio.widgets.host import OpenDesk
from portfolio.widgets.rehearsal import Rehearsal
from portfolio.widgets.rehearsal_host import OpenRehearsal
from portfolio.widgets.wire import every_field
from tests.sounds import plain_mp3
from tests.wires import ask, wires

_revs = count(1)


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


class Child:
    """A child at its rehearsal; every :meth:`opened` is a kernel of its own on the same store."""

    def __init__(self, folder: Path, **shelves: Any) -> None:
        self.book: Book = small_book(**shelves)
        self.store: FakeStore = small_store(self.book)
        self.folder = folder

    def opened(self, *, served: bool = True) -> Rehearsal:
        """Return the rehearsal as a new page gets it."""
        uploads = Uploads(self.folder / "uploads")
        desk = RehearsalDesk(
            self.store,
            self.book,
            now=lambda: NOON,
            new_id=lambda: "new",
            uploads=uploads,
            address=served_address,
        )
        return Rehearsal(OpenRehearsal(desk, served=served))


def small_class(path: Path) -> ClassFolder:
    """Return a new class with one child."""
    return new_class(
        path, name="Our class", band="k-2", round_name="Fall 2026", students=("Robin; Home; en",),
        today=NOON.date(), randomness=bytes,
    )  # fmt: skip


def sheet_of(made: Rehearsal, page: str) -> Sheet:
    """Return the sheet of a page, found as it would be in any layout."""
    (found,) = find_widgets(ipywidgets.VBox([made.section(page)]), Sheet)
    return found


def write(sheet: Sheet, entry: str, field: str, value: Any, base: int = 0) -> dict[str, Any]:
    """Save one value as a page does and return the answer."""
    told = {"type": "save", "entry": entry, "field": field, "value": value, "base": base, "rev": next(_revs)}
    return ask(sheet, told)


def value(sheet: Sheet, entry: str, field: str) -> Any:
    """Return what stands in a place of a card."""
    cards = [card for card in sheet.form["cards"] if card["entry_id"] == entry]
    return next(one["value"] for one in every_field(cards) if one["field"] == field)


def test_a_line_is_saved_and_there_when_the_kernel_was_killed(tmp_path: Path) -> None:
    """The answer says saved; another kernel on the same store shows the words; the contents follow."""
    child = Child(tmp_path, cues=())
    made = child.opened()
    assert made.path().parts[0]["word"] == "not yet"
    saved = write(sheet_of(made, SAY), "cue.welcome", "words", "Welcome, all of you.")
    assert (saved["type"], saved["version"]) == ("saved", 1)
    assert made.path().parts[0]["word"] == "started"
    again = child.opened()
    assert value(sheet_of(again, SAY), "cue.welcome", "words") == "Welcome, all of you."
    assert again.path().last == SAY


def test_two_windows_are_both_shown(tmp_path: Path) -> None:
    """Who writes over words of another window is shown both; other questions of the card are merged."""
    child = Child(tmp_path, cues=())
    first, second = (sheet_of(child.opened(), SAY) for _ in range(2))
    write(first, "cue.work", "words", "mine")
    both = write(second, "cue.work", "words", "theirs")
    assert (both["type"], both["mine"], both["theirs"]) == ("both", "theirs", "mine")
    assert write(second, "cue.work", "short", "two words")["merged"]


def test_taking_back_shows_the_cards_as_they_were(tmp_path: Path) -> None:
    """The foot of the page takes the last words back and brings them again, with title and fold of the card."""
    sheet = sheet_of(Child(tmp_path, cues=()).opened(), SAY)
    write(sheet, "cue.work", "words", "first")
    back = ask(sheet, {"type": "take_back", "rev": next(_revs)})
    assert (back["entry"], value(sheet, "cue.work", "words")) == ("cue.work", "")
    assert all(card["fold"] and card["icon"] and card["title"] for card in back["cards"])
    ask(sheet, {"type": "do_again", "rev": next(_revs)})
    assert value(sheet, "cue.work", "words") == "first"


@pytest.mark.parametrize(
    ("page", "entry", "field"), [(INSTEAD, "statement.work", "media"), (SAY, "cue.work", "words.media")]
)
def test_what_one_says_is_recorded_instead_of_written(
    tmp_path: Path, page: str, entry: str, field: str
) -> None:
    """A recording comes in parts like any other, in place of speaking and beside lines one cannot spell."""
    child = Child(tmp_path, cues=())
    sheet, data = sheet_of(child.opened(), page), plain_mp3(1.0)
    about = {"entry": entry, "field": field, "upload": "0" * 16, "name": "a.mp3", "size": len(data)}
    ask(sheet, {"type": "media_part", "offset": 0, "rev": next(_revs), **about}, data)
    made = ask(sheet, {"type": "media_take", "rev": next(_revs), **about})
    assert made["type"] == "media_ok", made
    assert write(sheet, entry, field, [made["medium"]])["type"] == "saved"
    (shown,) = value(sheet_of(child.opened(), page), entry, field)
    assert (shown["sha256"], shown["src"]) == (made["medium"]["sha256"], made["medium"]["src"])


def test_how_much_one_sees_is_chosen_on_a_sheet_like_any_other(tmp_path: Path) -> None:
    """The choice is saved; taken back it is the first one again, and the page is told which."""
    child = Child(tmp_path)
    sheet = sheet_of(child.opened(), HOW_MUCH)
    (entry,) = [card["entry_id"] for card in sheet.form["cards"]]
    assert write(sheet, entry, "picks", "none")["value"] == "none"
    assert write(sheet, entry, "picks", None)["value"] == "script"
    assert write(sheet, entry, "picks", "everything")["type"] == "refused"
    assert value(sheet_of(child.opened(), HOW_MUCH), entry, "picks") == "script"
    assert child.store.meta(child.book.portfolio.meta.portfolio_id)[0].cue_lines == "script"


def test_a_rehearsal_goes_and_no_page_makes_one(tmp_path: Path) -> None:
    """The child takes one away; a page that asks for one more is refused, also where one just went."""
    child = Child(tmp_path, practices=(Practice(entry_id="p1", partner="Baba"), Practice(entry_id="p2")))
    sheet = sheet_of(child.opened(), PRACTISE)
    left = ask(sheet, {"type": "remove", "entry": "p1", "base": 1, "rev": next(_revs)})
    assert [card["entry_id"] for card in left["cards"]] == ["p2"]
    for page in (SAY, INSTEAD, PRACTISE, HOW_MUCH):
        answer = ask(sheet_of(child.opened(), page), {"type": "add", "rev": next(_revs)})
        assert answer["type"] == "refused" and answer["sentence"]


def test_ways_are_there_where_there_is_a_server(tmp_path: Path) -> None:
    """Served, one goes on to practise, back to the desk, and from the desk here; in JupyterLab there is no such place."""
    child = Child(tmp_path)
    assert [way["href"] for way in sheet_of(child.opened(), PRACTISE).form["ways"]] == ["practise"]
    assert "ways" not in sheet_of(child.opened(served=False), PRACTISE).form
    done: Done = child.opened().done()
    assert ([link["href"] for link in done.links], done.leave, done.asks) == (
        ["desk", "cues", "talk"],
        "done",
        False,
    )
    desk = StudentDesk(child.store, child.book, now=lambda: NOON, new_id=lambda: "new")
    assert "lines" in [link["href"] for link in OpenDesk(desk, served=True).links()]
    assert "lines" in ROOMS
    assert Desk(OpenDesk(desk, served=False)).done().links == []


def test_unsaved_words_of_desk_and_rehearsal_never_meet(tmp_path: Path) -> None:
    """The browser keeps them under two names; who sees it is said, and that the family does not."""
    child = Child(tmp_path)
    desk = StudentDesk(child.store, child.book, now=lambda: NOON, new_id=lambda: "new")
    made = child.opened()
    assert made.done().kit.alias not in ("", OpenDesk(desk, served=True).alias())
    assert [line[0] for line in made.status().who] == ["Now", "Never"]
    assert "family" in made.status().who[1][1] and "Ms. Rivera" in made.status().who[0][1]


def test_an_unknown_page_is_a_sentence(tmp_path: Path) -> None:
    """A teacher who mistypes a page reads which there are."""
    assert "say, instead, how-much, practise" in repr(Child(tmp_path).opened().section("lines"))


def test_the_notebook_runs_in_a_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cell gives something to show, for the child who is asked for; its pages are those of the rehearsal."""
    folder = small_class(tmp_path / "class")
    monkeypatch.chdir(folder.path)
    cells = json.loads(folder.rehearsal_notebook.read_text("utf-8"))["cells"]
    space: dict[str, Any] = {"portfolio": portfolio}
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        *lines, last = "".join(cell["source"]).split("\n")
        exec("\n".join(lines), space)  # noqa: S102 - our own notebook
        shown = eval(last, space)  # noqa: S307 - our own notebook
        bundle = shown._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert "application/vnd.jupyter.widget-view+json" in data
    assert isinstance(space["rehearsal"], Rehearsal)
    headed = [
        cell["metadata"]["portfolio"].get("section") for cell in cells if cell["cell_type"] == "markdown"
    ]
    assert headed[1:] == list(space["rehearsal"].sheets()) == [name for name, _, _ in PAGES]


def test_a_missing_notebook_is_made_again_and_a_changed_one_stays(tmp_path: Path) -> None:
    """An older class has none: opening the class makes it, in its language; a teacher's own is left alone."""
    folder = small_class(tmp_path / "class")
    store = folder.store()
    folder.rehearsal_notebook.unlink()
    made = childrens_notebooks(folder, store)
    assert made["lines"].read_text("utf-8") == rehearsal_notebook(store.school_class().name, "en")
    assert set(made) == set(ROOMS)
    made["lines"].write_text("mine", "utf-8")
    assert childrens_notebooks(folder, store)["lines"].read_text("utf-8") == "mine"
    store.close()


def test_the_shipped_notebook_is_the_generated_one() -> None:
    """What lies in ``notebooks/`` is what our own code makes; its headings speak the class's language."""
    ours = shipped("notebooks") / "rehearsal.ipynb"
    assert ours.read_text("utf-8") == rehearsal_notebook("Our class", "en")
    page = json.loads(rehearsal_notebook("مدرستنا", "ar"))["metadata"]["portfolio"]
    assert (page["page"], page["lang"], page["dir"]) == ("desk", "ar", "rtl")
