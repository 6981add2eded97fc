"""The cover of a book: cloth, reading and readiness, kept also where two choose at once; what is still open."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.errors import ChangedMeanwhile, TextRefused
from portfolio.model import Beside, Passage, Reading, Strength, Work
from portfolio.moments.classes import begin
from portfolio.moments.cover import TRIES, Cover
from portfolio.moments.desk import StudentDesk
from portfolio.moments.standing import last_section, standing
from portfolio.rules.still_open import still_open
from portfolio.testing import NOON, dots, small_book, small_store


def opened(**shelves: Any) -> StudentDesk:
    """Return the desk of the small book, on a store in memory."""
    book = small_book(**shelves)
    return StudentDesk(small_store(book), book, now=lambda: NOON, new_id=lambda: "new1")


@pytest.mark.parametrize(
    ("was", "ready", "now"),
    [
        ("draft", True, "ready"),
        ("practising", True, "ready"),
        ("ready", False, "draft"),
        ("draft", False, "draft"),
        ("checked", True, "checked"),
        ("checked", False, "checked"),
        ("home", False, "home"),
    ],
)
def test_a_child_says_ready_and_not_yet_but_takes_nothing_back_from_its_teacher(
    was: Any, ready: bool, now: str
) -> None:
    """Draft and ready are the child's; what the teacher has checked, shown or sent stays so."""
    desk = opened()
    desk.store.keep_meta(desk.store.meta(desk.portfolio_id)[0].but(status=was))
    assert desk.cover.set_ready(ready) == now
    assert desk.store.meta(desk.portfolio_id)[0].status == now
    assert standing(desk).ready == (now != "draft")
    assert standing(desk).final == (now in ("checked", "home"))


def test_a_choice_is_laid_over_one_made_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cloth in one window and size in another: both stay; after many tries a sentence is said."""
    desk = opened()
    keep, store = desk.store.keep_meta, desk.store
    others = iter(["brick"])

    def slow(meta: Any, *, expected: int | None = None) -> int:
        for cloth in others:
            keep(store.meta(desk.portfolio_id)[0].but(cloth=cloth))
        return keep(meta, expected=expected)

    monkeypatch.setattr(store, "keep_meta", slow)
    desk.cover.choose_reading({"size": "large"})
    kept = store.meta(desk.portfolio_id)[0]
    assert (kept.cloth, kept.reading) == ("brick", Reading(size="large"))
    tries = []

    def never(meta: Any, *, expected: int | None = None) -> int:
        tries.append(expected)
        raise ChangedMeanwhile("Changed.")

    monkeypatch.setattr(store, "keep_meta", never)
    with pytest.raises(ChangedMeanwhile, match="wait a moment"):
        Cover(store, desk.portfolio_id).choose_cloth("moss")
    assert len(tries) == TRIES


def test_what_is_not_offered_is_refused() -> None:
    """A cloth or a way to read that we do not have changes nothing."""
    desk = opened()
    for wrong in ({"size": "huge"}, {"script": "x"}, {"size": None}):
        with pytest.raises(TextRefused):
            desk.cover.choose_reading(wrong)
    with pytest.raises(TextRefused):
        desk.cover.choose_cloth("gold")
    assert desk.store.meta(desk.portfolio_id)[1] == 1


def test_the_next_round_is_read_as_the_last_one_was() -> None:
    """How a child likes to read goes along with it, like the cloth of its book."""
    desk = opened()
    desk.cover.choose_reading({"letters": "plain", "contrast": "high"})
    school = desk.store.school_class()
    desk.store.keep_class(school.but(round="Spring 2027"))
    meta = begin(desk.store, desk.book.template, "ines", NOON.date())
    assert (meta.round, meta.reading) == ("Spring 2027", Reading(letters="plain", contrast="high"))


def test_what_says_something_and_shows_nothing_is_noted() -> None:
    """A strength without proof or a piece without a picture is named; anything one can look at is enough."""
    bare = Strength(entry_id="strength-1", what=Passage(text="drawing maps"))
    seen = [
        bare.but(proof=Passage(text="my map")),
        bare.but(pictures=(dots(0),)),
        bare.but(piece="work-1"),
        bare.but(besides=(Beside(field="proof", pictures=(dots(0),)),)),
    ]
    assert still_open(small_book(strengths=(bare,))).unshown == ("strengths",)
    for strength in seen:
        assert still_open(small_book(strengths=(strength,))).unshown == ()
    piece = Work(entry_id="work-1", title=Passage(text="My way"))
    assert still_open(small_book(strengths=(), work=(piece,))).unshown == ("work",)
    empty = still_open(small_book(strengths=(), work=(Work(entry_id="work-1"),)))
    assert {"strengths", "work"} <= set(empty.empty)
    assert empty.unshown == ()


def test_one_goes_on_where_one_wrote_last_oneself() -> None:
    """What a teacher wrote later is not where the child stopped."""
    desk = opened()
    desk.save("goals", "goal-1", "why", "mine", 1)
    assert last_section(desk) == "goals"
    book = desk.book
    teacher = StudentDesk(
        desk.store, book, now=lambda: NOON.replace(hour=13), new_id=lambda: "x", by="teacher:t1"
    )
    teacher.save("welcome", "welcome.today", "words", "Hello", 1)
    assert last_section(desk) == "goals"
    assert last_section(teacher) == "welcome"
