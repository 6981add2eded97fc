"""The screens of a conference: one idea each, in the agenda's order, nothing lost, first and last word the child's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Choice, Passage, Picture, Record, Sound, Video
from portfolio.moments.sample import sample_classes
from portfolio.rules import FamilyView, for_audience
from portfolio.rules import family_view as v
from portfolio.rules.running_order import running_order
from portfolio.rules.screenfuls import LINES, ROOM, by_room, slices
from portfolio.store.class_folder import book_of
from tests.samples import make_sample

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def views(place: Path) -> dict[str, FamilyView]:
    """Return what the table may see of every sample child."""
    found = {}
    for name in sample_classes():
        folder = make_sample(name, place / name, at=NOON, randomness=lambda n: b"7" * n)
        store, template, outline = folder.store(), folder.template(), folder.outline()
        for student in store.students():
            book = book_of(store, template, outline, student.student_id)
            found[f"{name} {student.student_id}"] = for_audience(book, "conference")
        store.close()
    return found


@pytest.fixture(scope="module")
def all_views(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FamilyView]:
    """The views of all sample children."""
    return views(tmp_path_factory.mktemp("classes"))


def said(value: object) -> set[str]:
    """Return everything somebody said in a part of a view: words, what was picked, pictures, recordings."""
    found: set[str] = set()
    for one in _records(value):
        match one:
            case Passage() if one.text:
                found.add(one.text)
            case Choice() | Picture():
                found.add(one.model_dump_json())
            case Sound() | Video():
                found.add(one.sha256)
    return found


def _records(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for _, inner in value:
            yield from _records(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _records(inner)


def test_every_sample_child_has_a_first_and_a_last_word(all_views: dict[str, FamilyView]) -> None:
    """The first screen says what will happen today, the last is the child's own; steps never go back."""
    assert len(all_views) >= 12
    for name, view in all_views.items():
        scenes = running_order(view)
        assert scenes[0].kind == "today", name
        assert scenes[-1].kind == "last", name
        assert scenes[-1].line.speaker == "student", name
        steps = [scene.step for scene in scenes]
        assert steps == sorted(steps), name
        assert set(steps) == set(range(1, len(view.agenda) + 1)), name
        assert len({scene.name for scene in scenes}) == len(scenes), name


def test_nothing_the_agenda_comes_to_is_left_out(all_views: dict[str, FamilyView]) -> None:
    """All that was said, picked or shown on a page of the agenda is on a screen, but for entries there is no time for."""
    for name, view in all_views.items():
        scenes = running_order(view)
        for line in view.agenda:
            for section in line.sections:
                part = next(p for p in view.parts if p.section == section)
                shown = {
                    word for s in scenes if s.part and s.part.section == section for word in said(s.part)
                }
                assert shown <= said(part), (name, section)
                if line.at_most is None or part.content.holds == "answers":
                    assert shown == said(part), (name, section)
                else:
                    assert len(shown) > 1 or not part.filled, (name, section)


def test_one_idea_a_screen(all_views: dict[str, FamilyView]) -> None:
    """One strength, one piece, one pair, one goal, one note a screen; never more promises than one reads aloud."""
    one_each = (v.StrengthsPart, v.WorkPart, v.PairsPart, v.GrowingPart, v.TeacherPart)
    seen = set()
    for view in all_views.values():
        for scene in running_order(view):
            content = scene.part.content if scene.part and scene.kind != "chart" else None
            if isinstance(content, one_each) and scene.part and scene.part.filled:
                (shelf,) = [value for _, value in content if isinstance(value, tuple)]
                assert len(shelf) == 1
                seen.add(content.holds)
            if isinstance(content, v.GoalsPart):
                assert len(content.goals) <= 1
            if isinstance(content, v.LookBacksPart):
                assert len(content.promises) <= LINES
                assert not (content.promises and content.goals)
    assert {"strengths", "work", "growth_pairs", "growing", "teacher_page"} <= seen


def test_one_large_thing_a_screen(all_views: dict[str, FamilyView]) -> None:
    """A piece with a photo and a film has a screen for each; what is shown for a word stands alone with that word."""
    several = 0
    for view in all_views.values():
        for scene in running_order(view):
            content = scene.part.content if scene.part and scene.kind != "chart" else None
            if isinstance(content, v.WorkPart):
                for piece in content.pieces:
                    large = [one for one in piece.media if one.kind != "sound"]
                    assert len(piece.pictures) + len(large) <= 1
            if isinstance(content, v.GrowingPart):
                for one in content.growing:
                    shown = [said for said in one.said if said.pictures or said.media]
                    assert not shown or one.said == tuple(shown[:1])
        works = [part.content for part in view.parts if isinstance(part.content, v.WorkPart)]
        several += sum(len(piece.pictures) + len(piece.media) > 1 for work in works for piece in work.pieces)
    assert several


def a_goal(steps: int, helpers: int, know_by: str) -> v.Part:
    """Return a page with one goal."""
    goal = v.GoalSeen(
        goal=v.Said(field="goal", words=Passage(text="swim")),
        area=None,
        by_when=NOON.date(),
        why=(v.Said(field="why", lead="because", words=Passage(text="I want to")),),
        now=(v.Said(field="now", words=Passage(text="one width")),),
        steps=tuple(v.StepSeen(what=Passage(text=f"step {n}"), when="soon", where="") for n in range(steps)),
        obstacle=None,
        obstacle_around=None,
        if_thens=(),
        helpers=tuple(
            v.HelperSeen(who=f"H{n}", what=Passage(text="comes"), ask_by="May", agreed=None)
            for n in range(helpers)
        ),
        helper_picks=(),
        know_by=v.Said(field="know_by", words=Passage(text=know_by)),
        evidence=None,
        look_again=(NOON.date(),),
        set_together=False,
        how_far=None,
    )
    content = v.GoalsPart(goals=(goal,), open_slots=0)
    return v.Part(section="g", title="G", icon="goal", speaker="student", filled=True, content=content)


@pytest.mark.parametrize(
    ("steps", "helpers", "know_by", "screens"),
    [(1, 1, "a width", 1), (3, 1, "a width", 2), (3, 5, "a width", 3), (1, 1, "a width and more " * 40, 2)],
)
def test_a_goal_is_cut_where_another_matter_begins(
    steps: int, helpers: int, know_by: str, screens: int
) -> None:
    """A short plan is one screen, a long one several: no matter is split, nothing lost or said twice, days come last."""
    part = a_goal(steps, helpers, know_by)
    cut = [one.content for one in slices(part)]
    goals = [goal for content in cut if isinstance(content, v.GoalsPart) for goal in content.goals]
    assert len(goals) == screens
    assert {word for goal in goals for word in said(goal)} == said(part)
    assert [len(goal.steps) for goal in goals if goal.steps] == [steps]
    assert [len(goal.helpers) for goal in goals if goal.helpers] == [helpers]
    assert [bool(goal.look_again and goal.know_by) for goal in goals] == [False] * (screens - 1) + [True]
    assert all(goal.goal.words.text == "swim" for goal in goals)


def test_last_times_promises_come_before_its_goals(all_views: dict[str, FamilyView]) -> None:
    """What adults promised is looked at first, the teacher's promise included."""
    found = 0
    for view in all_views.values():
        contents = [s.part.content for s in running_order(view) if s.part and s.kind != "chart"]
        backs = [one for one in contents if isinstance(one, v.LookBacksPart)]
        kinds = ["promises" if one.promises else "goals" for one in backs]
        if len(set(kinds)) == 2:
            assert kinds == sorted(kinds, reverse=True)
            found += any(promise.who == "teacher" for one in backs for promise in one.promises)
    assert found


def test_the_family_has_a_turn_and_the_table_a_place(all_views: dict[str, FamilyView]) -> None:
    """Every agenda with a family's step has a screen for it; the goal set together has its own."""
    for name, view in all_views.items():
        kinds = [scene.kind for scene in running_order(view)]
        speakers = [line.speaker for line in view.agenda]
        assert kinds.count("turn") == speakers.count("family"), name
        assert ("together" in kinds) == ("all" in speakers), name


answers = st.builds(
    v.Said,
    field=st.just("x"),
    words=st.builds(Passage, text=st.text(alphabet="ab cé字", max_size=ROOM * 2)),
)


@given(st.lists(answers, max_size=12))
def test_answers_are_grouped_in_order_and_fit(given_answers: list[v.Said]) -> None:
    """Every answer is there once, in order; only a single one may be longer than a screen."""
    groups = by_room(given_answers)
    assert [one for group in groups for one in group] == given_answers
    assert all(group for group in groups)
    for group in groups:
        assert len(group) == 1 or sum(len(one.words.text) for one in group) <= ROOM


def test_an_empty_page_is_one_screen() -> None:
    """A page that says "not yet" stays: something can be said to it at the table."""
    part = v.Part(
        section="x",
        title="X",
        icon="me",
        speaker="student",
        filled=False,
        content=v.StrengthsPart(strengths=()),
    )
    assert slices(part) == (part,)
