# long: every message of a sheet, in one place
"""A sheet without a browser: what it answers, what it never does."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.widgets import Sheet
from tests.desk_kernel import FileKeeper
from tests.wires import answers, ask, wires, write_trait


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


def sheet(tmp_path: Path, section: str = "strengths", **more: Any) -> Sheet:
    """Return the sheet of a section of the demo desk."""
    keeper = FileKeeper(tmp_path / "kept.json", section)
    return Sheet(keeper.form(), keeper, **more)


def save(field: str, value: Any, base: int = 0, rev: int = 1, entry: str = "strength-1") -> dict[str, Any]:
    """Return the message that saves a value."""
    return {"type": "save", "entry": entry, "field": field, "value": value, "base": base, "rev": rev}


def test_saved_is_said_after_the_keeper_has_returned(tmp_path: Path) -> None:
    """The answer carries the version on disk and the time; the value is on disk when it is sent."""
    one = sheet(tmp_path)
    answer = ask(one, save("what", "maps"))
    assert answer["type"] == "saved"
    assert (answer["entry"], answer["field"], answer["rev"], answer["version"]) == (
        "strength-1",
        "what",
        1,
        1,
    )
    assert answer["at"].endswith("+00:00")
    kept = FileKeeper(tmp_path / "kept.json", "strengths").form()["cards"][0]
    assert (kept["version"], kept["fields"][0]["value"]) == (1, "maps")


def test_a_second_view_shows_what_stands_now(tmp_path: Path) -> None:
    """The state a new view asks for holds the saved value, though no form was sent again."""
    one = sheet(tmp_path)
    before = len(one.comm.sent)
    ask(one, save("what", "maps"))
    assert one.get_state()["form"]["cards"][0]["fields"][0]["value"] == "maps"
    assert [m["method"] for m in one.comm.sent[before:]] == ["custom"]


def test_the_same_question_twice_is_answered_twice_and_done_once(tmp_path: Path) -> None:
    """A page that never heard our answer asks again and is told the same; nothing is saved twice."""
    one = sheet(tmp_path)
    first = ask(one, save("what", "maps"))
    assert ask(one, save("what", "maps")) == first
    added = ask(one, {"type": "add", "rev": 7})
    assert ask(one, {"type": "add", "rev": 7}) == added
    assert len(one.form["cards"]) == 3


def test_our_own_steps_are_nobody_elses(tmp_path: Path) -> None:
    """Values sent before the first answer is back carry an old version and are no conflict."""
    one = sheet(tmp_path)
    sent = [
        ask(one, save(field, text, 0, rev))
        for rev, (field, text) in enumerate(
            [("what", "m"), ("what", "maps"), ("proof", "page 3"), ("what", "maps!")], 1
        )
    ]
    assert [answer["type"] for answer in sent] == ["saved"] * 4
    assert not any(answer.get("merged") for answer in sent)


def test_somebody_elses_words_are_shown_not_overwritten(tmp_path: Path) -> None:
    """If another window changed the same words, both come back and nothing is saved."""
    mine, theirs = sheet(tmp_path), sheet(tmp_path)
    ask(theirs, save("what", "theirs"))
    answer = ask(mine, save("what", "mine"))
    assert (answer["type"], answer["mine"], answer["theirs"], answer["version"]) == (
        "both",
        "mine",
        "theirs",
        1,
    )
    assert ask(mine, save("what", "mine", 1, 2))["type"] == "saved"


def test_other_words_of_the_same_card_are_merged(tmp_path: Path) -> None:
    """If another window changed another question, both stand and the page is told."""
    mine, theirs = sheet(tmp_path), sheet(tmp_path)
    ask(theirs, save("what", "theirs"))
    answer = ask(mine, save("proof", "mine"))
    assert (answer["type"], answer["merged"], answer["version"]) == ("saved", True, 2)


def test_a_foreseen_trouble_is_a_sentence_in_the_childs_language(tmp_path: Path) -> None:
    """What the keeper refuses is worded by ``say`` and answers the question that was asked."""
    one = sheet(tmp_path, say=lambda error: f"¡{error.values['name']}!")
    answer = ask(one, save("what", "REFUSE", rev=4))
    assert answer == {
        "type": "refused",
        "entry": "strength-1",
        "field": "what",
        "rev": 4,
        "sentence": "¡Noa!",
    }


def test_a_mistake_of_ours_is_kind_on_the_page_and_whole_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The page gets one sentence without a trace of Python; the log has the traceback."""
    one = sheet(tmp_path)
    with caplog.at_level(logging.ERROR, "portfolio.widgets"):
        answer = ask(one, save("what", "CRASH"))
    assert answer["sentence"] == "That did not work. Your words are still here. Please tell your teacher."
    assert "ZeroDivisionError: a mistake of ours" in caplog.text


def test_trouble_after_a_save_does_not_take_it_back(tmp_path: Path) -> None:
    """If the rest of the desk cannot be renewed, the page is still told that the words are saved."""

    def broken() -> None:
        raise RuntimeError("no contents")

    assert ask(sheet(tmp_path, on_change=broken), save("what", "maps"))["type"] == "saved"


def test_the_page_can_never_write_a_trait(tmp_path: Path) -> None:
    """No update from a page changes form, words, look, or anything else; there is not even an echo."""
    one = sheet(tmp_path)
    before = len(one.comm.sent)
    write_trait(one, form={}, mark="evil", kit="", _esm="alert(1)", shows="page")
    write_trait(one.kit, words={}, alias="amal", source="alert(1)", look={})
    assert one.form["section"] == "strengths"
    assert one.shows == "sheet"
    assert one.kit.alias == ""
    assert one.kit.words["saved"] == "Saved"
    assert len(one.comm.sent) == before


def test_cards_are_added_arranged_and_removed(tmp_path: Path) -> None:
    """The answers hold the cards as they are now; numbers in titles follow the order."""
    one = sheet(tmp_path)
    assert ask(one, {"type": "add", "rev": 1})["card"]["title"] == "Strength 3"
    order = ["strength-3", "strength-1", "strength-2"]
    arranged = ask(one, {"type": "arrange", "order": order, "rev": 2})
    assert [card["entry_id"] for card in arranged["cards"]] == order
    removed = ask(one, {"type": "remove", "entry": "strength-1", "base": 0, "rev": 3})
    assert [card["title"] for card in removed["cards"]] == ["Strength 1", "Strength 2"]


def test_the_first_card_of_an_empty_page_brings_its_drawings(tmp_path: Path) -> None:
    """A page that began without a card gets what a card shows along with it, so that no picture stays empty."""
    keeper = FileKeeper(tmp_path / "kept.json", "goals")
    form = keeper.form()
    card = form["cards"][0]
    card["fields"][0]["choices"] = [{"id": "student", "label": "me", "icon": "seat-student"}]
    keeper.add = lambda: card  # type: ignore[method-assign]  # what the keeper of a page of promises gives
    one = Sheet({**form, "cards": []}, keeper)
    assert "seat-student" not in one.drawings
    assert ask(one, {"type": "add", "rev": 7})["type"] == "card"
    assert "seat-student" in one.get_state()["drawings"]
    told = [m["method"] for m in one.comm.sent[-2:]]
    assert told == ["update", "custom"], "the drawings are there before the card"


def test_there_is_an_end_to_adding_and_one_goal_waits(tmp_path: Path) -> None:
    """No more cards than the section has room for; a place kept for the conference is not given away."""
    one = sheet(tmp_path)
    assert [ask(one, {"type": "add", "rev": rev})["type"] for rev in (1, 2)] == ["card", "refused"]
    goals = sheet(tmp_path, "goals")
    assert ask(goals, {"type": "add", "rev": 1})["type"] == "refused"


@pytest.mark.parametrize(
    "message",
    [
        save("nothing", "x"),
        save("what", "x", entry="strength-9"),
        save("what", "x", entry="../../etc/passwd"),
        save("what", 7),
        save("what", "x" * 200_001),
        save("what", "x", base=-1),
        {**save("what", "x"), "rev": True},
        {"type": "save"},
        {"type": "remove", "entry": "strength-9", "base": 0, "rev": 1},
        {"type": "arrange", "order": ["strength-1"], "rev": 1},
        {"type": "arrange", "order": ["strength-1", "strength-1"], "rev": 1},
        {
            "type": "media_where",
            "entry": "strength-1",
            "field": "what",
            "rev": 1,
            "upload": "0" * 16,
            "size": 1,
        },
        {"type": "__init__"},
        {"type": ["save"]},
        "save",
        None,
        [],
    ],
)
def test_what_no_page_of_ours_sends_is_refused(tmp_path: Path, message: Any) -> None:
    """Unknown cards, questions, types and sizes are answered with a sentence, and nothing is kept."""
    one = sheet(tmp_path)
    answer = ask(one, message)
    assert answer["type"] == "refused"
    assert answer["sentence"].endswith(".")
    assert not (tmp_path / "kept.json").exists()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["save", "add", "remove", "arrange", "media_take", "ping", "strength-1", "what", "type"]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(
        NAMES | st.sampled_from(["entry", "field", "value", "base", "rev", "order"]), JSON | NAMES
    )
)
def test_nothing_ever_raises_through_the_comm(tmp_path: Path, message: dict[str, Any]) -> None:
    """Whatever arrives, the answer is one of ours and is JSON."""
    import json

    one = sheet(tmp_path)
    answer = ask(one, message)
    assert answer["type"] in {"saved", "refused", "card", "cards", "pong", "both"}
    json.dumps(answer)


UPLOAD = "0123456789abcdef"


def file_message(kind: str, **more: Any) -> dict[str, Any]:
    """Return a message about a file for the first piece of work."""
    about = {"entry": "work-1", "field": "pictures", "upload": UPLOAD, "rev": 5, "size": 10, "name": "a.jpg"}
    return {"type": kind, **about, **more}


def test_a_picture_arrives_in_parts(tmp_path: Path) -> None:
    """Each part is acknowledged; a part sent twice does no harm; the last answer brings the picture."""
    from tests.specimens import camera_jpeg

    raw = camera_jpeg()
    one = sheet(tmp_path, "work")
    half, size = len(raw) // 2, len(raw)
    assert ask(one, file_message("media_where", size=size))["have"] == 0
    first = file_message("media_part", size=size, offset=0, rev=6)
    assert ask(one, first, raw[:half])["have"] == half
    assert ask(one, first, raw[:half])["have"] == half
    assert ask(one, file_message("media_part", size=size, offset=half, rev=7), raw[half:])["have"] == size
    done = ask(one, file_message("media_take", size=size, rev=8))
    photo = done["medium"]
    assert photo["thumb"].startswith("data:image/webp;base64,")
    assert ask(one, file_message("media_take", size=size, rev=8)) == done
    value = [{key: photo[key] for key in ("sha256", "width", "height")} | {"alt": "a wall", "looks": []}]
    assert ask(one, save("pictures", value, rev=9, entry="work-1"))["type"] == "saved"
    assert one.form["cards"][0]["fields"][0]["value"][0]["thumb"] == photo["thumb"]


@pytest.mark.parametrize(
    ("offset", "size", "length"), [(0, 2_000_000, 1_048_577), (0, 64_000_001, 10), (0, 9, 10), (5, 10, 6)]
)
def test_parts_that_do_not_fit_are_refused(tmp_path: Path, offset: int, size: int, length: int) -> None:
    """Too large, too many, beyond the end: a sentence, and nothing stays on the disk."""
    one = sheet(tmp_path, "work")
    told = file_message("media_part", offset=offset, size=size)
    assert ask(one, told, b"x" * length)["type"] == "refused"
    assert not list(tmp_path.rglob("*.part"))


def test_renewed_cards_reach_the_page(tmp_path: Path) -> None:
    """What changed elsewhere on the desk (a new piece of work) is sent to the page."""
    one = sheet(tmp_path)
    cards = FileKeeper(tmp_path / "kept.json", "strengths").form()["cards"]
    one.renew(cards[:1])
    assert answers(one)[-1]["type"] == "cards"
    assert len(one.form["cards"]) == 1
    assert ask(one, save("what", "x", entry="strength-2"))["type"] == "refused"


def test_a_page_that_is_opened_again_gets_what_is_new(tmp_path: Path) -> None:
    """Coming back to a page brings the cards if they have changed, and next to nothing if not."""
    keeper = FileKeeper(tmp_path / "kept.json", "strengths")
    one = sheet(tmp_path, fresh=keeper.form)
    assert ask(one, {"type": "renew"}) == {"type": "pong"}
    keeper.save("strength-2", "what", "from elsewhere", 0)
    answer = ask(one, {"type": "renew"})
    assert answer["cards"][1]["fields"][0]["value"] == "from elsewhere"
    assert ask(one, {"type": "renew"}) == {"type": "pong"}
    assert ask(sheet(tmp_path), {"type": "renew"}) == {"type": "pong"}
