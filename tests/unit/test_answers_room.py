"""Answers that came back, at the teacher's desk: one sees first whose it is and who reads it, then keeps it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.errors import InputRefused, NotFound
from portfolio.moments.home import answer_code, secret_of
from portfolio.moments.room import Asked, Brought
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.rules.sent_back import KNOWN, SentBack, as_text, label
from portfolio.store.class_folder import book_of
from tests.teachers import form, sample_desk

HERE = "meetings/answers"
LABELS = {number: label(number, "words of ours") for number in KNOWN} | {
    51: label(51, "Who may read this? Mateo and the teacher")
}


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """The desk of class 4B."""
    return sample_desk(tmp_path)


def asks(what: str, values: dict[str, str]) -> Asked:
    """Return what a form asks whose fields have hyphens in their names."""
    return Asked(what, {name: (value,) for name, value in values.items()})


def code(desk: TeacherDesk, student: str = "mateo", home: str = "dad") -> str:
    """Return the code on the form of a home."""
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student)
    return answer_code(book, home, secret_of(desk.folder))


def text(desk: TeacherDesk, words: str = "MARKER", *, shared: bool = True, bare: bool = False) -> str:
    """Return an answer of Mateo's dad as it comes back; ``bare``: without its code."""
    said = SentBack(who="Dad", shared=shared, texts={"letter-own": words}, code="" if bare else code(desk))
    return as_text("Our answer", LABELS, said)


def replies(desk: TeacherDesk) -> dict[str, tuple[str, bool]]:
    """Return who reads which words of Mateo's dad: words by home and whether the child reads them."""
    book = desk.store.portfolio(desk.store.rounds("mateo")[-1].portfolio_id)
    told = {
        line.words.text: (one.household_id, one.share_with_child)
        for one in book.replies
        for line in one.lines
    }
    return told | {one.words.text.split("\n")[-1]: (one.household_id, False) for one in book.to_teacher}


def test_one_looks_before_anything_is_kept(desk: TeacherDesk) -> None:
    """The child, the home, the reader and the words are on the screen; nothing is in the book until it is kept."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=f"Hello!\n> {text(desk).replace(chr(10), chr(10) + '> ')}"))
    body = rooms.show(HERE).body
    assert "Mateo, Dad" in body and "Mateo and you may read it." in body and "MARKER" in body
    assert "MARKER" not in replies(desk)
    rooms.do(HERE, form("keep"))
    assert replies(desk)["MARKER"] == ("dad", True)
    body = rooms.show(HERE).body
    assert "It is kept." in body and "MARKER" not in body


def test_what_is_for_the_teacher_alone_is_not_printed_and_not_left_lying(desk: TeacherDesk) -> None:
    """The words looked at stand in a part that no printer gets, and are gone when the teacher goes to another room."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=text(desk, shared=False)))
    before, _, inside = rooms.show(HERE).body.partition('<section class="noprint"')
    assert "MARKER" in inside and "MARKER" not in before and "Only you read it." in inside
    rooms.show("class")
    assert "MARKER" not in rooms.show(HERE).body


def test_put_away_keeps_nothing(desk: TeacherDesk) -> None:
    """Put away, it is on no screen and in no book."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=text(desk)))
    rooms.do(HERE, form("drop"))
    assert "MARKER" not in rooms.show(HERE).body and "MARKER" not in replies(desk)
    with pytest.raises(InputRefused):
        rooms.do(HERE, form("keep"))


def test_one_bad_file_stops_none(desk: TeacherDesk) -> None:
    """Of two files the good one is kept; the other says on the screen why it cannot be."""
    files = (Brought("files", "a.txt", text(desk).encode()), Brought("files", "b.txt", bytes(range(256))))
    rooms = Rooms(desk)
    rooms.do(HERE, Asked("look", {}, files))
    assert "This file is not a text" in rooms.show(HERE).body
    rooms.do(HERE, form("keep"))
    assert "MARKER" in replies(desk)


def test_an_answer_without_a_code_asks_whose_it_is(desk: TeacherDesk) -> None:
    """The teacher chooses the home; nothing is kept before, nonsense is refused with a sentence."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=text(desk, bare=True)))
    assert "Whose answer is it?" in rooms.show(HERE).body
    for wrong in ("", "mateo", "mateo/", "nobody/dad", "mateo/nobody", "/", "x" * 5000):
        with pytest.raises((InputRefused, NotFound)):
            rooms.do(HERE, asks("keep", {"whose-0": wrong}))
        assert "MARKER" not in replies(desk)
    rooms.do(HERE, asks("keep", {"whose-0": "mateo/dad", "lang-0": "en"}))
    assert replies(desk)["MARKER"] == ("dad", True)


def test_what_nobody_has_placed_waits_and_keeps_no_other_back(desk: TeacherDesk) -> None:
    """Of two answers one has a code: it is kept; the other stays on the screen with its question."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=text(desk) + text(desk, "WAITS", bare=True)))
    told = rooms.do(HERE, asks("keep", {"whose-1": ""}))
    assert (
        "Not all could be kept" in told.say
        and set(replies(desk)) >= {"MARKER"}
        and "WAITS" not in replies(desk)
    )
    assert "WAITS" in rooms.show(HERE).body
    rooms.do(HERE, asks("keep", {"whose-0": "mateo/dad"}))
    assert "WAITS" in replies(desk)


def test_one_bad_answer_of_several_is_told_and_keeps_no_other_back(desk: TeacherDesk) -> None:
    """Which one it is, how it begins and what is wrong stand on the screen; the other one is kept."""
    rooms, whole = Rooms(desk), code(desk)
    bad = text(desk, "BAD").replace(whole, whole.replace(whole[5:9], "oooo"))
    rooms.do(HERE, form("look", text=bad + text(desk)))
    assert "Answer 1 of 2, “BAD”: Group 2 of this code, “oooo”," in rooms.show(HERE).body
    rooms.do(HERE, asks("keep", {}))
    assert "MARKER" in replies(desk) and "BAD" not in replies(desk)
    with pytest.raises(InputRefused, match=r"Answer 1 of 2, .* Answer 2 of 2, "):
        rooms.do(HERE, form("look", text=bad * 2))


def test_a_sheet_of_paper_is_found_by_its_code_and_typed_in(desk: TeacherDesk) -> None:
    """The code in capitals with spaces leads to the home; what is typed is kept as the sheet says, once."""
    rooms = Rooms(desk)
    typed = code(desk).upper().replace("-", " ")
    assert rooms.do(HERE, form("paper", code=typed)).go == f"{HERE}/mateo/dad"
    with pytest.raises(InputRefused):
        rooms.do(HERE, form("paper", code="zzzz"))
    sheet = {"who": "Dad", "read": "teacher", "letter-own": "MARKER on paper", "talk": "1", "face": "face-9"}
    for said in ("It is kept.", "It was there already. Nothing is in there twice."):
        assert rooms.do(f"{HERE}/mateo/dad", asks("write", sheet)).say == said
    assert replies(desk)["MARKER on paper"] == ("dad", False)
    with pytest.raises(InputRefused, match="nothing in it"):
        rooms.do(f"{HERE}/mateo/dad", form("write", who="Dad"))


def test_the_paper_screen_asks_all_the_sheet_holds(desk: TeacherDesk) -> None:
    """Every line a family may fill in has a field of the same name."""
    from portfolio.rules.sent_back import TEXTS

    named = set(re.findall(r'name="([\w-]+)"', Rooms(desk).show(f"{HERE}/mateo/dad").body))
    assert set(TEXTS.values()) | {"who", "read", "face", "talk", "call"} <= named


def test_the_paper_screen_has_the_lines_of_the_sheet_in_its_order(desk: TeacherDesk) -> None:
    """What the sheet does not hold is folded away; the rest stands as on the sheet."""
    from portfolio.moments.home import home_file, kit_of

    body = Rooms(desk).show(f"{HERE}/mateo/dad").body.partition("<details")[0]
    named = re.findall(r'<textarea[^>]* name="([\w-]+)"', body)
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "mateo")
    page = home_file(book, "dad", kit_of(desk.folder, desk.store)).page
    assert named == re.findall(r'<textarea[^>]* id="r-([\w-]+)"', page) and named[-1] == "teacher-only"


def test_a_wrong_child_is_mended_where_it_was_seen(desk: TeacherDesk) -> None:
    """What was kept is taken out again by one button, once, by the teacher; words for the teacher are told apart before."""
    rooms, typed = Rooms(desk), text(desk, bare=True).replace("[51", "[46] APART\n[53]\n[51", 1)
    rooms.do(HERE, form("look", text=typed))
    body = rooms.show(HERE).body
    assert "[46] is a number we do not know" in body and "talk alone with you" in body
    rooms.do(HERE, asks("keep", {"whose-0": "mateo/dad"}))
    body = rooms.show(HERE).body
    assert 'data-do="undo"' in body and "talk alone with you" in body and "APART" not in body
    assert "MARKER" in replies(desk) and "[46] APART" in replies(desk)
    rooms.do(HERE, form("undo", n="0"))
    assert "MARKER" not in replies(desk) and "[46] APART" not in replies(desk)
    body = rooms.show(HERE).body
    assert "taken out again" in body and 'data-do="undo"' not in body
    for n in ("0", "1", "-1", "x", ""):
        with pytest.raises(InputRefused, match="not here any more"):
            rooms.do(HERE, form("undo", n=n))


def test_a_mistyped_code_says_where_to_look(desk: TeacherDesk) -> None:
    """At the desk the group that does not check is named below the field."""
    parts = code(desk).split("-")
    with pytest.raises(InputRefused, match="Group 2 of this code, “oooo”"):
        Rooms(desk).do(HERE, form("paper", code="-".join((parts[0], "oooo", *parts[2:]))))


def test_words_from_a_family_are_only_words(desk: TeacherDesk) -> None:
    """Markup in an answer is shown as it was written, never as markup."""
    rooms = Rooms(desk)
    rooms.do(HERE, form("look", text=text(desk, '<img src=x onerror=alert(1)> <b>"')))
    assert "&lt;img src=x" in rooms.show(HERE).body and "<img src=x" not in rooms.show(HERE).body
