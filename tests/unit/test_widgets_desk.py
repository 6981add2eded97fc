"""The desk, the contents, the conference: what a notebook's cells get."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from portfolio.errors import PortfolioError
from portfolio.model import Reading
from portfolio.views.icons import drawings
from portfolio.widgets import Desk, Done, Note, SaveStatus, Sheet, Talk
from portfolio.widgets import Path as Contents
from portfolio.widgets.path import Ready
from portfolio.widgets.reading import QUESTIONS
from portfolio.widgets.wire import Link
from tests.deck_kernel import StillDeck
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


def test_what_stands_at_the_top_stands_beside_the_contents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A way that says so is offered beside the contents, with its drawing; the others stand at the end alone."""
    monkeypatch.setenv("DESK_FOLDER", str(tmp_path))
    host = DemoHost("child=noa&band=k2")
    top: Link = {"label": "Get ready", "href": "lines", "icon": "speak", "top": True}
    monkeypatch.setattr(host, "links", lambda: [top, {"label": "Show", "href": "talk", "icon": "book"}])
    desk = Desk(host)
    contents = desk.path()
    assert [one["href"] for one in contents.ways] == ["lines"] and "speak" in contents.drawings
    contents.renew([])
    assert "speak" in contents.drawings
    assert [one["href"] for one in desk.done().links] == ["lines", "talk"]


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
    for one in [*shown, Talk(StillDeck.of("<h1>Hello</h1>"))]:
        bundle = one._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        assert "application/vnd.jupyter.widget-view+json" in data
    assert repr(shown[1]) == "<Sheet “me”: 2 cards>"
    assert "It has: me" in repr(shown[2])
    assert repr(shown[3]) == "<Path: 5 pages>"


def test_a_deck_takes_only_what_our_templates_made() -> None:
    """A plain text never becomes HTML: the page says that it cannot show this."""
    assert Talk(StillDeck.of("<h1>Hello</h1>")).first["html"] == "<h1>Hello</h1>"
    plain = Talk(StillDeck("<script>alert(1)</script>")).first
    assert plain["html"] == ""
    assert plain["trouble"]


def test_only_the_drawings_a_page_needs_travel(desk: Desk) -> None:
    """A sheet brings the drawings of its choices and of its steps back; names nobody has drawn are left out."""
    faces = {f"face-{n}" for n in range(1, 6)}
    assert set(desk.section("feels").drawings) == {"feels", "undo", "calendar", *faces}
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


def test_the_contents_know_where_the_child_wrote_last(desk: Desk) -> None:
    """Nothing was written: nothing is offered to go on with; after a save it is that section."""
    assert desk.path().last == ""
    told = {"type": "save", "entry": "strength-1", "field": "what", "value": "maps", "base": 0, "rev": 1}
    ask(desk.section("strengths"), told)
    assert Desk(desk._host).path().last == "strengths"


def test_ready_and_not_yet_are_kept_and_told(desk: Desk) -> None:
    """The end of the desk answers how the book stands; nonsense has no answer."""
    done = desk.done()
    before = ask(done, {"type": "standing"})
    assert (before["type"], before["ready"], len(before["empty"])) == ("standing", False, 5)
    assert ask(done, {"type": "ready", "ready": True})["ready"]
    assert ask(done, {"type": "standing"})["ready"]
    assert not ask(done, {"type": "ready", "ready": "yes"})["ready"]
    assert ask(done, {"type": "finish"}) == {}
    assert ask(done, ["ready"]) == {}
    assert ask(Done(), {"type": "ready", "ready": True}) == {}


def test_trouble_with_ready_is_a_sentence() -> None:
    """What cannot be kept is said beside the button."""

    def fails(_: bool) -> None:
        raise PortfolioError("The disk is full. Tell your teacher.")

    nothing: Any = {"ready": False, "final": False, "empty": [], "unshown": [], "nudges": []}
    done = Done(ready=Ready(lambda: nothing, fails, str))
    said = ask(done, {"type": "ready", "ready": True})
    assert said == {"type": "refused", "sentence": "The disk is full. Tell your teacher."}


def test_how_one_likes_to_read_is_kept_one_answer_at_a_time(desk: Desk) -> None:
    """Each choice keeps the others; one we do not have is refused and the page told what holds."""
    panel = desk.reading()
    assert [name for name, _, _ in panel.asks] == ["letters", "size", "spacing", "contrast"]
    assert ask(panel, {"type": "reading", "name": "size", "choice": "large"})["type"] == "saved"
    told = ask(panel, {"type": "reading", "name": "contrast", "choice": "high"})["reading"]
    assert told == {"letters": "book", "size": "large", "spacing": "usual", "contrast": "high"}
    for name, choice in (("size", "huge"), ("kind", "x"), (None, None), ("size", ["large"])):
        answer = ask(panel, {"type": "reading", "name": name, "choice": choice})
        assert (answer["type"], answer["reading"]) == ("refused", told)
    assert Desk(desk._host).reading().chosen == told


def test_every_choice_of_reading_is_one_the_book_can_keep() -> None:
    """The panel offers what the model has, and all of it."""
    offered = {name: [choice for choice, _ in choices] for name, _, choices in QUESTIONS}
    known = {name: list(get_args(field.annotation)) for name, field in Reading.model_fields.items()}
    assert offered == known
