"""The pass of a home: whose it is, until when, and that nobody can make or change one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.moments.conference.way_in import family_way
from portfolio.serve.doorstep import shown_path
from portfolio.serve.keys import ALPHABET
from portfolio.serve.passes import EPOCH, SHORT, SIGNS, STEP, family_pass, mint, read, until_from

SECRET, OTHER = bytes(range(32)), b"\x01" * 32
NOW = datetime(2026, 11, 20, 17, 12, tzinfo=UTC)
UNTIL = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
HOMES = [("s-1", "h-1"), ("s-1", "h-2"), ("s-2", "h-1"), ("s-12", "h"), ("s-1", "2h")]

times = st.timedeltas(timedelta(days=1), timedelta(days=20_000)).map(lambda gone: EPOCH + gone)
ids = st.text(min_size=1, max_size=20)


@given(ids, ids, ids, times)
def test_a_pass_says_whose_home_it_is_and_until_when(
    class_id: str, student: str, home: str, until: datetime
) -> None:
    """Whatever ids a class has: its own pass is found among all homes, to the minute."""
    made = mint(SECRET, class_id, student, home, until)
    shown = read(SECRET, class_id, [*HOMES, (student, home)], made)
    assert shown is not None
    assert (shown.student_id, shown.household_id) == (student, home)
    assert shown.until == until.replace(second=0, microsecond=0)


def test_no_two_homes_of_a_class_share_a_pass() -> None:
    """Ids that only together look alike ("s-1" and "2h", "s-12" and "h") have passes of their own."""
    made = [mint(SECRET, "c", *home, UNTIL) for home in HOMES]
    assert len(set(made)) == len(HOMES)
    for home, one in zip(HOMES, made, strict=True):
        shown = read(SECRET, "c", HOMES, one)
        assert shown is not None
        assert (shown.student_id, shown.household_id) == home


@given(st.data())
def test_a_pass_with_any_one_sign_changed_is_nobodys(data: st.DataObject) -> None:
    """Also in the signs that say until when: nobody makes a pass last longer."""
    made = mint(SECRET, "c", "s-1", "h-1", UNTIL)
    at = data.draw(st.integers(0, SIGNS - 1))
    other = data.draw(st.sampled_from([sign for sign in ALPHABET if sign != made[at]]))
    assert read(SECRET, "c", HOMES, made[:at] + other + made[at + 1 :]) is None


@given(st.text(max_size=100))
def test_any_other_text_is_nobodys_pass(text: str) -> None:
    """Whatever stands behind /f/ is read without trouble."""
    assert read(SECRET, "c", HOMES, text) is None


def test_another_class_another_secret_and_a_home_that_is_gone_open_nothing() -> None:
    """A pass is worth something only with its class, its secret and its home."""
    made = mint(SECRET, "c", "s-1", "h-1", UNTIL)
    assert read(SECRET, "c", HOMES, made) is not None
    assert read(OTHER, "c", HOMES, made) is None
    assert read(SECRET, "d", HOMES, made) is None
    assert read(SECRET, "c", HOMES[1:], made) is None


def test_a_pass_may_be_typed_with_capitals_hyphens_and_spaces() -> None:
    """It has the signs of a child's key, so it can be read out and typed from a screen."""
    made = mint(SECRET, "c", "s-1", "h-1", UNTIL)
    assert len(made) == SIGNS == 28
    assert set(made) <= set(ALPHABET)
    way = family_way(f"https://books.example/f/{made}")
    assert [len(group) for group in way.groups] == [4] * 7
    assert way.begins == "https://books.example/f/"
    for typed in ("-".join(way.groups), " ".join(way.groups).upper()):
        assert read(SECRET, "c", HOMES, typed) is not None


@pytest.mark.parametrize("until", [EPOCH - timedelta(minutes=1), datetime(2100, 1, 1, tzinfo=UTC)])
def test_a_clock_that_is_far_off_is_a_sentence(until: datetime) -> None:
    """A computer that thinks it is 1970 makes no pass and says why."""
    with pytest.raises(InputRefused, match="clock"):
        mint(SECRET, "c", "s-1", "h-1", until)


@given(times)
def test_a_square_stays_the_same_for_an_hour_and_works_for_two(now: datetime) -> None:
    """While it is scanned it must not change under the camera; it is over some three hours later at most."""
    until = until_from(now)
    assert SHORT <= until - now < SHORT + STEP
    assert (until.minute, until.second, until.microsecond) == (0, 0, 0)


def test_the_address_of_a_pass_is_there_only_where_something_is_served() -> None:
    """Without an address there is no link; with one it is found again by the server."""
    address_of = family_pass(SECRET, "c", "s-1", "https://books.example/", lambda: NOW)
    address = address_of("h-2")
    shown = read(SECRET, "c", HOMES, address.rpartition("/")[2])
    assert address.startswith("https://books.example/f/")
    assert shown is not None
    assert (shown.student_id, shown.household_id, shown.until) == ("s-1", "h-2", UNTIL)
    assert address_of("") == ""
    assert family_pass(SECRET, "c", "s-1", "", lambda: NOW)("h-2") == ""


@pytest.mark.parametrize(
    ("begins", "square"),
    [
        ("https://books.example/", True),
        ("http://192.168.1.20:8866/", True),
        ("http://127.0.0.1:8866/", False),
        ("http://localhost:8866/", False),
        ("http://0.0.0.0:8866/", False),
        ("http://[::]:8866/", False),
    ],
)
def test_a_square_is_drawn_only_where_a_phone_can_follow_it(begins: str, square: bool) -> None:
    """On one machine the way is a link to press; a square there would lead a phone to itself."""
    way = family_way(f"{begins}f/{mint(SECRET, 'c', 's-1', 'h-1', UNTIL)}")
    assert bool(way.square) is square is not way.here_only
    assert family_way("") == family_way("").__class__("", False, way.square.__class__(), "", ())


def test_a_log_shows_no_pass() -> None:
    """The address of a link holds the pass: a log has three dots in its place."""
    made = mint(SECRET, "c", "s-1", "h-1", UNTIL)
    for path in (f"/f/{made}", f"/f/{made}/x", f"/{made}", f"/family/{made}", f"/family/in/{made}"):
        assert made not in shown_path(path)
    for path in ("/family", "/family/ask", "/family/done", "/cues", "/cues/ask"):
        assert shown_path(path) == path
