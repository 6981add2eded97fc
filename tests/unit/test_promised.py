"""What was promised goes on until it is kept, and a worry until its family says that it is over."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, PortfolioError
from portfolio.model import Agreement, Concern, LookBack, Passage, Portfolio, Progress
from portfolio.model.entries import ConcernStatus
from portfolio.rules import for_audience
from portfolio.rules.promised import (
    MAY,
    MEANS,
    OVER,
    Mark,
    due,
    first_what_was,
    gone_on,
    mark_of,
    marked,
    promises,
)
from portfolio.rules.worries import closed, is_open, planned, reopened, stepped, told_to_home, turns, worries
from portfolio.testing import small_book, small_portfolio

TODAY = date(2026, 11, 22)
PROGRESS: tuple[Progress | None, ...] = (None, *get_args(Progress))


def promise(entry_id: str, who: str = "teacher", **more: Any) -> Agreement:
    """Return a promise that says something."""
    return Agreement.model_validate(
        {"entry_id": entry_id, "who": who, "what": Passage(text=f"does {entry_id}"), **more}
    )


def in_round(name: str, *agreements: Agreement, began: date = date(2026, 9, 1), **shelves: Any) -> Portfolio:
    """Return a portfolio of a round with these promises."""
    whole = small_portfolio(**{"agreements": agreements, "concerns": (), **shelves})
    meta = whole.meta.but(portfolio_id=f"ines.{name}", round=name, started_on=began)
    return whole.but(meta=meta)


def worry(**more: Any) -> Concern:
    """Return a worry of Mama."""
    told = {"entry_id": "concern-1", "household_id": "mama", "words": Passage(text="Pesa mucho.", lang="es")}
    return Concern.model_validate({**told, **more})


# ----------------------------------------------------------------------------------------------- promises


def names(found: Sequence[Any]) -> list[tuple[str, str]]:
    """Return which promises of which round were found."""
    return [(one.round, one.promise.entry_id) for one in found]


def test_a_teachers_promise_goes_on_through_all_rounds_until_it_is_kept() -> None:
    """It is listed once, wherever it was made, however many rounds begin; a kept one of long ago is not."""
    old = in_round("old", promise("a"), promise("b", how_far="done"))
    rounds = [old, *(in_round(f"r{n}") for n in range(3))]
    for known in range(1, len(rounds) + 1):
        still = [one for one in promises(rounds[:known]) if one.open]
        assert names(still) == [("old", "a")]
    assert names(promises(rounds)) == [("old", "a")]


def test_promises_of_children_and_homes_stand_for_the_round_that_looks_back_and_no_longer() -> None:
    """Nobody is asked for years about what was said at one table."""
    first = in_round("first", promise("c", "student"), promise("f", "family"))
    assert names(promises([first, in_round("second")])) == [("first", "c"), ("first", "f")]
    assert promises([first, in_round("second"), in_round("third")]) == ()


def test_promises_with_one_id_in_two_rounds_are_two() -> None:
    """Ids repeat from round to round: each promise is found in its own book."""
    rounds = [in_round("one", promise("a")), in_round("two", promise("a"))]
    assert names(promises(rounds)) == [("one", "a"), ("two", "a")]


@pytest.mark.parametrize("word", [None, *get_args(Progress)])
def test_what_a_child_says_itself_comes_before_what_was_noted(word: Progress | None) -> None:
    """The look back in the next book is the last word on a child's promise; on nobody else's."""
    one = in_round("one", promise("c", "student", how_far="just_starting"), promise("t", how_far="nearly"))
    back = LookBack(entry_id="l", promise_id="c", result=word)
    other = LookBack(entry_id="m", promise_id="t", result="done")
    child, teacher = promises([one, in_round("two", look_backs=(back, other))])
    assert (child.how_far, child.told) == (word or "just_starting", word is not None)
    assert child.open == (word not in OVER)
    assert (teacher.how_far, teacher.told) == ("nearly", False)


def test_a_promise_that_says_nothing_is_none() -> None:
    """An empty line somebody began at the table is not on the list."""
    assert promises([in_round("one", Agreement(entry_id="a", who="teacher"))]) == ()


def test_the_family_reads_what_its_teacher_still_owes_from_any_round() -> None:
    """The next book looks back on all of the last round, and on what a teacher has owed for longer."""
    old = in_round("old", promise("owed"), promise("kept", how_far="done"), promise("f", "family"))
    last = in_round("last", promise("new"), promise("c", "student"))
    assert [one.entry_id for one in gone_on([old, last])] == ["owed", "new", "c"]
    assert gone_on([]) == ()


@given(st.sampled_from(PROGRESS), st.sampled_from(get_args(Mark)))
def test_a_mark_is_read_as_it_was_noted_and_keeps_finer_words(how_far: Progress | None, mark: Mark) -> None:
    """Noting the mark that stands changes nothing; any other stands afterwards; the promise itself is not touched."""
    before = promise("a", how_far=how_far)
    after = marked(before, mark)
    assert mark_of(after.how_far) == mark
    assert after.but(how_far=how_far) == before
    if mark_of(how_far) == mark:
        assert after == before


def test_only_who_made_a_promise_changes_their_mind_about_it() -> None:
    """A teacher may take back a teacher's promise, not a child's and not a home's; every word has one mark."""
    assert {who for who, may in MAY.items() if "not_any_more" in may} == {"teacher"}
    words = [word for some in MEANS.values() for word in some]
    assert sorted(map(str, words)) == sorted(map(str, PROGRESS))


@given(st.lists(st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1))))
def test_days_that_were_come_first_and_what_has_no_day_last(days: list[date | None]) -> None:
    """Past days, the longest ago first; then today and what is to come; then no day at all."""
    kinds = [due(day, TODAY) for day in sorted(days, key=lambda day: first_what_was(day, TODAY))]
    order = {"past": 0, "today": 1, "to_come": 2, "no_day": 3}
    assert [order[kind] for kind in kinds] == sorted(order[kind] for kind in kinds)
    assert [due(TODAY + timedelta(days=n), TODAY) for n in (-1, 0, 1)] == ["past", "today", "to_come"]


# ------------------------------------------------------------------------------------------------- worries


def test_an_open_worry_is_told_in_every_later_round_once_and_its_close_once_more() -> None:
    """However many rounds have begun: the home reads it once, until it has closed it and in the round it did."""
    first = in_round("first", concerns=(worry(),), began=date(2025, 9, 1))
    rounds = [first, in_round("second", began=date(2026, 2, 1)), in_round("third", began=date(2026, 9, 1))]
    for n, now in enumerate(rounds):
        assert [one.entry_id for one in told_to_home(now, rounds[:n], "mama")] == ["concern-1"]
    over = worry(status="closed", closed_with=Passage(text="Ya está."), closed_on=date(2026, 3, 1))
    rounds[0] = first.but(concerns=(over,))
    assert [len(told_to_home(now, rounds[:n], "mama")) for n, now in enumerate(rounds)] == [1, 1, 0]
    assert [one.round for one in worries(rounds)] == ["first"]


def test_a_worry_of_an_earlier_round_reaches_its_own_home_and_nobody_else() -> None:
    """The copy of that home tells it; another home's, the table, and what goes to a next teacher do not."""
    mark = Passage(text="WORRY-MARK")
    book = small_book(concerns=(), agreements=())
    before = in_round("before", concerns=(worry(words=mark, answer=Passage(text="ANSWER-MARK")),))
    book = book.but(earlier=(before,))
    seen = {home: for_audience(book, "home", home).model_dump_json() for home in ("mama", "papa")}
    seen["table"] = for_audience(book, "conference", None).model_dump_json()
    assert "WORRY-MARK" in seen["mama"] and "ANSWER-MARK" in seen["mama"]
    assert all("-MARK" not in seen[other] for other in ("papa", "table"))


def test_a_plan_has_an_answer_a_name_and_a_day_and_the_familys_words_stay() -> None:
    """What the school adds is kept as typed; what the family said is the same afterwards."""
    plan = planned(
        worry(), {"answer": " We lend a second book. ", "owner": "Ms. R.", "due": "2026-12-01"}, "en"
    )
    assert (plan.answer.text, plan.owner, plan.due) == ("We lend a second book.", "Ms. R.", date(2026, 12, 1))
    assert plan.but(answer=Passage(), owner="", due=None) == worry()
    assert planned(plan, {}, "en") == plan
    assert planned(plan, {"answer": plan.answer.text}, "es").answer.lang == "es"


@pytest.mark.parametrize(
    ("told", "field"),
    [({"due": "soon"}, "due"), ({"answer": "x" * 200_001}, "answer"), ({"owner": "x" * 2_001}, "owner")],
)
def test_what_cannot_be_kept_is_told_at_its_field(told: dict[str, str], field: str) -> None:
    """A day that is none, a text far too long: a sentence that names where."""
    with pytest.raises(InputRefused) as refused:
        planned(worry(), told, "en")
    assert refused.value.values["field"] == field


def test_steps_want_what_makes_them_true() -> None:
    """“We are on it” wants a name and a day, “answered” an answer, “closed” is nobody's step but the family's."""
    for concern, to, field in (
        (worry(), "working", "owner"),
        (worry(owner="Ms. R."), "working", "due"),
        (worry(), "answered", "answer"),
    ):
        with pytest.raises(InputRefused) as refused:
            stepped(concern, to)  # type: ignore[arg-type]  # words of the type, in a table
        assert refused.value.values["field"] == field
    for to in ("heard", "closed"):
        with pytest.raises(InputRefused):
            stepped(worry(answer=Passage(text="Yes."), owner="R", due=TODAY), to)  # type: ignore[arg-type]  # as above
    assert stepped(worry(owner="R", due=TODAY), "working").status == "working"
    answered = stepped(worry(answer=Passage(text="Yes.")), "answered")
    assert answered.status == "answered" and is_open(answered)
    with pytest.raises(InputRefused):
        planned(answered, {"answer": "  "}, "en")


@pytest.mark.parametrize(
    ("words", "day", "field"),
    [("", "2026-11-20", "words"), (" \n\t", "2026-11-20", "words"), ("Ya.", "", "day"), ("Ya.", "no", "day"),
     ("Ya.", "2026-11-23", "day"), ("Ya.", "2026-10-31", "day"), ("x" * 200_001, "2026-11-20", "words")],
)  # fmt: skip
def test_a_worry_is_not_closed_without_the_familys_words_and_their_day(
    words: str, day: str, field: str
) -> None:
    """No words, no day, a day to come or before the worry: refused in a sentence, at the field."""
    with pytest.raises(InputRefused) as refused:
        closed(worry(on=date(2026, 11, 1)), words, "es", day, TODAY)
    assert refused.value.values["field"] == field
    assert words.strip() or "over when the family says so" in str(refused.value)


def test_a_family_closes_its_worry_and_may_open_it_again() -> None:
    """Closed with its words, in its language, on its day; open again, answer and plan are still there."""
    before = worry(status="answered", answer=Passage(text="Yes."), owner="R", due=TODAY)
    over = closed(before, "Ya no pesa.", "es", "2026-11-20", TODAY)
    assert (over.closed_with, over.closed_on) == (Passage(text="Ya no pesa.", lang="es"), date(2026, 11, 20))
    assert reopened(over) == before.but(status="working")
    with pytest.raises(InputRefused):
        closed(over, "Ya.", "es", "2026-11-20", TODAY)
    with pytest.raises(InputRefused):
        reopened(before)
    with pytest.raises(InputRefused):
        stepped(over, "working")
    assert reopened(closed(worry(), "Ya.", "es", "2026-11-20", TODAY)) == worry()


@given(
    st.sampled_from(get_args(ConcernStatus)), st.text(max_size=30), st.text(max_size=12), st.text(max_size=12)
)
def test_nothing_typed_changes_the_familys_words(
    status: ConcernStatus, words: str, day: str, owner: str
) -> None:
    """Whatever comes from a form: a sentence, or a worry whose words, home and day are as they were."""
    before = worry(status=status, closed_with=Passage(text="Ya."), answer=Passage(text="Yes."))
    steps: tuple[Callable[[], Concern], ...] = (
        lambda: planned(before, {"answer": words, "owner": owner, "due": day}, "en"),
        lambda: closed(before, words, "es", day, TODAY),
        lambda: stepped(before, "working"),
        lambda: reopened(before),
    )
    for step in steps:
        after = before
        with contextlib.suppress(PortfolioError):
            after = step()
        assert (after.words, after.household_id, after.on) == (before.words, "mama", None)
        assert after.status != "closed" or after.closed_with


def test_turns_are_where_a_worry_stood_elsewhere() -> None:
    """Each keystroke of an answer is no turn; a step, a close and an opening again are."""
    states = [
        worry(),
        worry(answer=Passage(text="Y")),
        worry(answer=Passage(text="Yes"), status="answered"),
        worry(answer=Passage(text="Yes."), status="answered"),
        worry(status="closed", closed_with=Passage(text="Ya.")),
        worry(status="working"),
    ]
    assert turns(states) == (0, 2, 4, 5)
    assert turns([]) == ()
