"""How it was each time: one small drawing for each question or goal, compared only with itself, and nothing for nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.model import Goal, Passage
from portfolio.moments.home import home_html, kept_charts
from portfolio.rules import for_audience
from portfolio.rules.family_view import GoalsPart, LookBacksPart, RatingsPart
from portfolio.rules.over_time import MOST, tracks, worth_drawing
from portfolio.rules.running_order import running_order
from portfolio.testing import small_book, small_store
from portfolio.views.charts import draw_over_time
from portfolio.views.pages import render, talk_page
from portfolio.words import speak
from tests.half_filled import SECRET, empty, filled, progress


def part_of(kind: type, **shelves: object) -> object:
    """Return the page of a kind in the home file of the filled book."""
    book = filled()
    book = book.but(portfolio=book.portfolio.but(**shelves))
    return next(p.content for p in for_audience(book, "home", "papa").parts if isinstance(p.content, kind))


def test_a_goal_is_followed_from_look_to_look() -> None:
    """Looks stand in the order of their days; the word of each says how high it stands."""
    goal = Goal(
        entry_id="g", goal=Passage(text="read"), progress=progress("just_starting", "nearly", "done")[::-1]
    )
    content = part_of(GoalsPart, goals=(goal,))
    assert isinstance(content, GoalsPart)
    (track,) = tracks(content)
    assert [look.word for look in track.looks] == ["just_starting", "nearly", "done"]
    assert [look.height for look in track.looks] == [0, 2, 3]


def test_changing_ones_mind_is_no_step_back() -> None:
    """The line stays where it was, and says that from there on something else was wanted."""
    goal = Goal(entry_id="g", goal=Passage(text="read"), progress=progress("nearly", "changed_my_mind"))
    (track,) = tracks(part_of(GoalsPart, goals=(goal,)))  # type: ignore[arg-type]  # a page of goals
    assert [(look.height, look.turned) for look in track.looks] == [(2, False), (2, True)]


def test_a_long_way_shows_its_last_looks() -> None:
    """A drawing has room for a few looks; the table below it has all of them."""
    goal = Goal(
        entry_id="g",
        goal=Passage(text="read"),
        progress=progress(
            "just_starting", "just_starting", "just_starting", "just_starting", "just_starting", "done"
        ),
    )
    book = small_book(goals=(goal,))
    content = next(
        p.content for p in for_audience(book, "home", "papa").parts if isinstance(p.content, GoalsPart)
    )
    (track,) = tracks(content)
    assert len(track.looks) == MOST and track.looks[-1].word == "done"
    page = home_html(book, "papa", small_store(book), draw_over_time)
    assert page.count("<td>just starting</td>") == 5


def test_last_times_goal_goes_on_with_what_the_child_says_now() -> None:
    """What the child says a round later is one more look, unless it is the word that stood there already."""
    content = part_of(LookBacksPart)
    assert isinstance(content, LookBacksPart)
    assert [one.word for one in content.goals[0].over_time] == ["just_starting", "getting_there", "done"]
    assert content.goals[0].over_time[-1].on is None
    book = filled()
    back = book.portfolio.look_backs[0].but(result="getting_there")
    book = book.but(portfolio=book.portfolio.but(look_backs=(back,)))
    again = next(
        p.content for p in for_audience(book, "home", "papa").parts if isinstance(p.content, LookBacksPart)
    )
    assert len(again.goals[0].over_time) == 2


@pytest.mark.parametrize("seen", ["one look", "none", "one round"])
def test_nothing_is_drawn_where_nothing_was_looked_at_twice(seen: str) -> None:
    """One look is no line: no drawing at home, no screen in the presentation."""
    goal = Goal(
        entry_id="g", goal=Passage(text="read"), progress=progress("done") if seen == "one look" else ()
    )
    book = small_book(goals=(goal,)) if seen != "one round" else filled().but(earlier=())
    if seen == "one round":
        book = book.but(portfolio=book.portfolio.but(goals=(), look_backs=()))
    assert not any(worth_drawing(p.content) for p in for_audience(book, "home", "papa").parts)
    assert '<svg class="chart"' not in home_html(book, "papa", small_store(book), draw_over_time)
    assert not [s for s in running_order(for_audience(book, "conference")) if s.kind == "chart"]


def full_agenda() -> object:
    """Return what the table sees of the filled book when there is time for everything."""
    book = filled()
    meta = book.portfolio.meta
    return for_audience(
        book.but(portfolio=book.portfolio.but(meta=meta.but(agenda=meta.agenda.but(preset="full")))),
        "conference",
    )


def test_every_line_has_its_question_above_it_in_the_presentation() -> None:
    """No line is numbered: the question or the goal itself stands above its own drawing, and words at each mark."""
    view = full_agenda()
    page = render(talk_page(view, lambda _: b"RIFF"))  # type: ignore[arg-type]  # it is a view
    overs = re.findall(r'<p class="over-name">(.*?)</p>(<svg.*?</svg>)', page, re.DOTALL)
    scenes = [s for s in running_order(view) if s.kind == "chart"]  # type: ignore[arg-type]  # it is a view
    assert {type(s.part.content) for s in scenes if s.part} == {RatingsPart, GoalsPart, LookBacksPart}
    assert len(overs) == sum(len(tracks(s.part.content)) for s in scenes if s.part)
    assert any("I keep trying when it is hard." in name for name, _ in overs)
    for _, svg in overs:
        assert len(re.findall(r"<text[^>]*>", svg)) >= 4
        numbers = re.findall(r"<text[^>]*>\s*([\d.,%]+)\s*</text>", svg)
        assert all(re.fullmatch(r"20\d\d", one) for one in numbers)  # a day may have its year below it


def test_a_drawing_says_the_same_in_words_and_notes_stay_in_the_book() -> None:
    """Each drawing has a description; what was noted beside a look is for the child and its teacher."""
    book = filled()
    page = home_html(book, "mama", small_store(book), draw_over_time)
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == page.count("<desc ") > 2
    assert SECRET not in page


def test_drawings_are_kept_and_a_damaged_one_is_drawn_anew(tmp_path: Path) -> None:
    """The second time a drawing comes from its file; a file somebody broke does no harm."""
    part = part_of(GoalsPart)
    assert isinstance(part, GoalsPart)
    say = speak("en")
    first = kept_charts(tmp_path)(part, "My goals", say)
    (kept,) = tmp_path.glob("*.json")
    text = kept.read_text(encoding="utf-8")
    kept.write_text(text.replace("My goals", "From the file"), encoding="utf-8")
    assert kept_charts(tmp_path)(part, "My goals", say).title == "From the file"
    for broken in ("{", "[]", '{"panels": [[1]], "title": "", "summary": ""}', '{"svg": "x"}'):
        kept.write_text(broken, encoding="utf-8")
        assert kept_charts(tmp_path)(part, "My goals", say) == first


def test_other_words_of_a_goal_need_no_new_drawing(tmp_path: Path) -> None:
    """What is kept hangs on what is drawn: a new plan for the same goal is not drawn again."""
    draw, say = kept_charts(tmp_path), speak("en")
    goals = filled().portfolio.goals
    for changed in (goals, tuple(one.but(why=Passage(text="because")) for one in goals)):
        part = part_of(GoalsPart, goals=changed)
        assert isinstance(part, GoalsPart)
        draw(part, "My goals", say)
    assert len(list(tmp_path.glob("*.json"))) == 1


def test_time_runs_the_way_one_reads() -> None:
    """In Arabic the first look stands on the right, in English on the left."""
    part = part_of(GoalsPart)
    assert isinstance(part, GoalsPart)
    places = {}
    for lang in ("en", "ar"):
        svg = draw_over_time(part, "x", speak(lang)).panels[0][1]
        places[lang] = {name: float(x) for name, x in re.findall(r'href="#i-([a-z-]+)" x="([\d.]+)"', svg)}
    assert places["en"]["just-starting"] < places["en"]["nearly"]
    assert places["ar"]["just-starting"] > places["ar"]["nearly"]


def test_an_empty_book_has_nothing_to_draw() -> None:
    """Nothing written, nothing drawn, and nothing goes wrong."""
    assert not any(worth_drawing(p.content) for p in for_audience(empty(), "conference").parts)
