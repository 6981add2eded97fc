"""Deck, a family's phone and the teacher's desk at once: nothing is lost, nothing stands twice."""

from __future__ import annotations

import atexit
import dataclasses
import itertools
import shutil
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, PortfolioError
from portfolio.model import Goal
from portfolio.moments.conference.goal_piece import GoalPiece
from portfolio.moments.conference.held import finish
from portfolio.moments.conference.promise_piece import PromisePiece
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import agree, goal_of, keep_goal
from portfolio.moments.room import Asked
from tests.quick_class import quick_desk
from tests.tables import table_of

PLACE = Path(tempfile.mkdtemp(prefix="portfolio-together-"))
atexit.register(shutil.rmtree, PLACE, ignore_errors=True)
FIELDS = ("goal", "step_what", "step_when", "helper_who", "helper_what")
WORDS = ("read", "swim", "", "count to ten", "قرأ")
moves = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(("look", "goal", "yes", "no", "more", "promise", "back")),
        st.sampled_from(FIELDS),
        st.sampled_from(WORDS),
    ),
    max_size=14,
)


@dataclasses.dataclass
class Window:
    """One page at the meeting: it writes on what it saw when it looked last."""

    table: Table
    voice: str
    version: int | None = None
    lines: dict[str, int] = dataclasses.field(default_factory=dict)

    def look(self) -> None:
        """See what is kept now."""
        goal = goal_of(self.table.book.portfolio)
        entries = {k.entry.entry_id: k.version for k in self.table.store.entries(self.table.portfolio_id)}
        self.version = entries[goal.entry_id] if goal else None
        self.lines = {a.entry_id: entries[a.entry_id] for a in self.table.book.portfolio.agreements}

    def act(self, what: str, field: str, words: str) -> None:
        """Do one thing; a sentence is no harm."""
        piece = PromisePiece()
        line = next(iter(self.lines), "")
        if what == "look":
            self.look()
        elif what == "goal":
            self.version = keep_goal(self.table, {field: (words,)}, self.version).version
        elif what in ("yes", "no"):
            agree(self.table, "goal-together", self.voice, what == "yes", self.version)  # type: ignore[arg-type]  # one of the three voices
        elif what == "more":
            piece.do(self.table, Asked("promise-more", {"seat": ("student:Amal",)}))
        elif what == "promise" and line:
            told = {"promise": (line,), "what": (words,)}
            done = piece.do(self.table, Asked("promise", told, version=self.lines[line]))
            self.lines[line] = (done.version if done else None) or 0
        elif line:
            piece.do(self.table, Asked("promise-back", {"promise": (line,)}, version=self.lines[line]))


def windows(place: Path) -> list[Window]:
    """Return three windows on one meeting of a new class."""
    shutil.rmtree(place, ignore_errors=True)
    desk = quick_desk(place, ("Amal",))
    student = desk.store.students()[0].student_id
    return [
        Window(table_of(desk.folder, student, store=desk.store, by=by), voice)
        for by, voice in (("student", "student"), ("family:h1", "family"), ("teacher:t", "teacher"))
    ]


@pytest.mark.more
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(moves)
def test_any_order_of_hands_keeps_every_word(given_moves: list[tuple[int, str, str, str]]) -> None:
    """Whatever three windows do in whatever order: one goal, every word that was kept is in the history, a yes is to these words."""
    three = windows(PLACE / "moves")
    kept: list[tuple[str, str]] = []
    table = three[0].table
    for n, what, field, words in given_moves:
        before = table.store.revision(table.portfolio_id)
        try:
            three[n].act(what, field, words)
        except PortfolioError:
            assert table.store.revision(table.portfolio_id) == before
        else:
            if what == "goal" and words:
                kept.append((field, words))
    portfolio = table.book.portfolio
    assert sum(one.set_by == "together" for one in portfolio.goals) <= 1
    assert len({one.entry_id for one in portfolio.agreements}) == len(portfolio.agreements)
    assert sum(not one.what for one in portfolio.agreements) <= len(given_moves)
    if kept:
        past = table.store.history(table.portfolio_id, "goal-together")
        said = " ".join(one.entry.model_dump_json() for one in past if one.entry)
        assert all(words in said for _, words in kept)
        _yes_is_to_these_words([one.entry for one in past if isinstance(one.entry, Goal)])
    table.store.close()


def _yes_is_to_these_words(states: list[Goal]) -> None:
    for was, now in itertools.pairwise(states):
        if (was.goal, was.steps, was.helpers) != (now.goal, now.steps, now.helpers):
            assert now.agreed == ()


def at_once(*todo: Callable[[], object]) -> list[BaseException]:
    """Do several things at the same time, each in a thread; return what they raised."""
    wrong: list[BaseException] = []
    gate = threading.Barrier(len(todo))

    def run(one: Callable[[], object]) -> None:
        gate.wait()
        try:
            one()
        except PortfolioError as error:
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(one,)) for one in todo]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_hands_in_the_same_moment(tmp_path: Path) -> None:
    """Six threads begin the goal with different fields, say yes, begin a line and end the meeting: one of each, all words there."""
    three = windows(tmp_path)
    table = three[0].table
    tables = [table_of(table.folder, table.student_id, by=one.table.by) for one in three]
    told = ({"goal": ("read",)}, {"step_what": ("a book",)}, {"helper_who": ("Teta",)})
    wrong = at_once(
        *(lambda t=t, one=one: keep_goal(t, one, None) for t, one in zip(tables, told, strict=True))
    )
    assert all(isinstance(one, ChangedMeanwhile) for one in wrong)
    assert not wrong
    (goal,) = table.book.portfolio.goals
    assert (goal.goal.text, goal.steps[0].what.text, goal.helpers[0].who) == ("read", "a book", "Teta")
    seats = ("student", "family", "teacher")
    assert not at_once(
        *(lambda t=t, v=v: agree(t, goal.entry_id, v, True, None) for t, v in zip(tables, seats, strict=True))
    )
    assert set(table.book.portfolio.goals[0].agreed) == set(seats)
    more = Asked("promise-more", {"seat": ("student:Amal",)})
    assert not at_once(*(lambda t=t: PromisePiece().do(t, more) for t in tables))
    assert len(table.book.portfolio.agreements) == 1
    assert not at_once(*(lambda t=t: finish(t) for t in tables))
    assert len(table.book.portfolio.meetings) == 1
    assert "read" in GoalPiece().parts(table, table.book)["live-goal"]
    for one in (*tables, table):
        one.store.close()
