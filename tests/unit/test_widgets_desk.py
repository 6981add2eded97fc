"""The desk, the contents, the conference: what a notebook's cells get."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from portfolio.views.safe import SafePage
from portfolio.widgets import Desk, Done, Note, Page, SaveStatus, Sheet
from portfolio.widgets import Path as Contents
from portfolio.widgets.base import drawings
from tests.desk_kernel import DemoHost, forms
from tests.wires import ask, wires


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a desk with nothing written on it."""
    monkeypatch.setenv("DESK_FOLDER", str(tmp_path))
    return Desk(DemoHost("child=noa&band=k2"))


def test_one_script_for_the_whole_desk(desk: Desk) -> None:
    """Script, words and layout are sent once; every widget only points to them."""
    shown = [desk.section(name) for name in forms()] + [desk.path(), desk.status(), desk.done()]
    assert len({one.kit.model_id for one in shown}) == 1
    assert len({one.layout.model_id for one in shown}) == 1
    assert all(len(str(one._esm)) < 1_000 for one in shown)
    assert len({one.mark for one in shown}) == len(shown)


def test_a_section_is_made_once(desk: Desk) -> None:
    """Asking twice for a section shows the same sheet: there is one truth on a page."""
    assert desk.section("me") is desk.section("me")
    assert list(desk.sheets()) == ["me"]


def test_an_unknown_section_is_a_sentence_that_names_the_known_ones(desk: Desk) -> None:
    """A teacher who mistypes a section reads which ones the class has."""
    note = desk.section("strenghts")
    assert isinstance(note, Note)
    assert note.sentence == (
        "This class has no section called “strenghts”. It has: me, strengths, work, feels, goals."
    )


def test_the_contents_follow_what_is_saved(desk: Desk) -> None:
    """After a save the page's state is sent to the contents, and only if it has changed."""
    contents = desk.path()
    sheet = desk.section("strengths")
    assert [part["state"] for part in contents.parts] == ["empty"] * 5
    told = {"type": "save", "entry": "strength-1", "field": "what", "value": "maps", "base": 0, "rev": 1}
    ask(sheet, told)
    assert [part["state"] for part in contents.parts][1] == "started"
    before = len(contents.comm.sent)
    ask(sheet, {**told, "value": "maps!", "base": 1, "rev": 2})
    assert len(contents.comm.sent) == before


def test_the_line_about_saving_answers_a_ping(desk: Desk) -> None:
    """The heartbeat's question has one answer; anything else has none."""
    status = desk.status()
    assert ask(status, {"type": "ping"}) == {"type": "pong"}
    assert ask(status, {"type": "pong"}) == {}
    assert ask(status, ["ping"]) == {}


def test_styles_are_sent_to_pages_that_ask(desk: Desk) -> None:
    """A page without our style sheet (JupyterLab) gets it from the kit."""
    answer = ask(desk.section("me").kit, {"type": "styles"})
    assert ".pf .picks" in answer["css"]
    assert ask(desk.section("me").kit, {"type": "alias"}) == {}


def test_everything_can_be_shown_without_a_browser(desk: Desk) -> None:
    """A notebook that is run from the command line gets a view and a readable word for each cell."""
    shown: list[Any] = [
        desk,
        desk.section("me"),
        desk.section("nothing"),
        desk.path(),
        desk.status(),
        desk.done(),
    ]
    for one in [*shown, Page(SafePage("<h1>Hello</h1>"))]:
        bundle = one._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert "application/vnd.jupyter.widget-view+json" in data
    assert repr(shown[1]) == "<Sheet “me”: 2 cards>"
    assert "It has: me" in repr(shown[2])
    assert repr(shown[3]) == "<Path: 5 pages>"


def test_a_page_takes_only_what_our_templates_made() -> None:
    """A plain text is refused, at the start and later, whatever is in it."""
    with pytest.raises(TypeError, match="SafePage"):
        Page("<h1>Hello</h1>")  # type: ignore[arg-type] # that is the point
    page = Page(SafePage("<h1>Hello</h1>"))
    with pytest.raises(TypeError, match="SafePage"):
        page.renew("<script>")  # type: ignore[arg-type] # that is the point
    page.renew(SafePage("<h1>Again</h1>"))
    assert page.html == "<h1>Again</h1>"


def test_only_the_drawings_a_page_needs_travel(desk: Desk) -> None:
    """A sheet brings the drawings of its choices; names nobody has drawn are left out."""
    assert set(desk.section("feels").drawings) == {"feels", *(f"face-{n}" for n in range(1, 6))}
    assert drawings(["goal", None, "no-such-drawing", "goal"]).keys() == {"goal"}


def test_words_come_in_the_childs_language(tmp_path: Path) -> None:
    """What the host translates is used; what it leaves out is English."""
    form = forms()["me"]
    from tests.desk_kernel import FileKeeper

    sheet = Sheet(form, FileKeeper(tmp_path / "kept.json", "me"), {"saved": "Guardado"})
    assert (sheet.kit.words["saved"], sheet.kit.words["saving"]) == ("Guardado", "One moment: saving.")


def test_small_widgets_stand_by_themselves() -> None:
    """Contents, status and links can be made without a desk."""
    parts: Any = [{"id": "me", "title": "Me", "icon": "me", "state": "empty", "word": "not yet"}]
    assert Contents(parts, owner="Noa’s book").drawings.keys() == {"me"}
    assert SaveStatus([("Now", "you")]).who == [["Now", "you"]]
    assert Done([{"label": "Look", "href": "talk", "icon": "eye"}], leave="/done").leave == "/done"
