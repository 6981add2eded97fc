# long: one goal, from its first words to the copy at home
"""The goal that is set at the table: made once, two hands on it, three who say yes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.model import Goal
from portfolio.moments.conference.goal_piece import GoalPiece
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.conference.together import agree, goal_of, goals_section
from portfolio.moments.home import home_html, kept_charts
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import family_view as v
from portfolio.rules import for_audience
from portfolio.rules.running_order import running_order
from portfolio.words import speak
from tests.quick_class import quick_desk
from tests.tables import Clock, table_of
from tests.teachers import form, sample_folder


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    """Return Amal's table, in a class with no books written yet."""
    desk = quick_desk(tmp_path)
    made = table_of(desk.folder, desk.store.students()[0].student_id, Clock())
    yield made
    made.store.close()
    desk.store.close()


def other(table: Table, by: str) -> Table:
    """Return the table of somebody else at the same meeting."""
    return table_of(table.folder, table.student_id, Clock(), store=table.store, by=by)


def keep(table: Table, version: int | None = None, /, **told: str | list[str]) -> Outcome:
    """Write in the form of the goal."""
    outcome = GoalPiece().do(table, form("goal", version=version, **told))
    assert outcome is not None
    return outcome


def goal(table: Table) -> Goal:
    """Return the goal of the table."""
    found = goal_of(table.book.portfolio)
    assert found is not None
    return found


def say_yes(table: Table, voice: str, *, yes: bool = True) -> Outcome:
    """Press a seat."""
    told = {"goal": (goal(table).entry_id,), "yes" if yes else "no": (voice,)}
    outcome = GoalPiece().do(table, Asked("agree", told))
    assert outcome is not None
    return outcome


def test_the_first_words_make_one_goal(table: Table) -> None:
    """Nothing is there before the first words; they make one goal, set together, in the language of the book."""
    assert goal_of(table.book.portfolio) is None
    done = keep(table, goal="read with Teta", step_what="choose a book", step_when="on Saturday")
    made = goal(table)
    assert (made.set_by, made.goal.text, made.goal.lang) == ("together", "read with Teta", "en")
    assert [(s.what.text, s.when) for s in made.steps] == [("choose a book", "on Saturday")]
    assert done.version == 1
    assert len(table.book.portfolio.goals) == 1


def test_a_lost_answer_makes_no_twin(table: Table) -> None:
    """The same first words sent again, as a page does that heard no answer, stay one goal."""
    keep(table, goal="read with Teta")
    again = keep(table, goal="read with Teta")
    assert again.version == 1
    assert len(table.book.portfolio.goals) == 1


def test_a_goal_set_together_before_is_the_one_that_is_written(table: Table) -> None:
    """Where a goal was set together already, under any name, the form is its form."""
    there = Goal(entry_id="g7", set_by="together")
    table.store.keep(table.portfolio_id, there, expected=0, by="student", at=table.now())
    keep(table, 1, goal="swim")
    assert [one.entry_id for one in table.book.portfolio.goals] == ["g7"]


def test_two_write_different_fields_and_both_stay(table: Table) -> None:
    """From the same version one writes the step and one who helps: both are kept."""
    first = keep(table, goal="read").version
    keep(table, first, goal="read", step_what="choose a book")
    keep(other(table, "teacher:t"), first, goal="read", helper_who="Baba", helper_what="listening")
    made = goal(table)
    assert made.steps[0].what.text == "choose a book"
    assert (made.helpers[0].who, made.helpers[0].what.text) == ("Baba", "listening")


def test_two_write_the_same_field_and_both_are_shown(table: Table) -> None:
    """The second hand is told what the first wrote, and on which version to go on; nothing is written over."""
    first = keep(table, goal="read").version
    keep(table, first, goal="read every day")
    with pytest.raises(ChangedMeanwhile) as caught:
        keep(other(table, "teacher:t"), first, goal="read on Sundays")
    assert caught.value.values["theirs"] == {"goal": ["read every day"]}
    assert caught.value.values["version"] == 2
    assert goal(table).goal.text == "read every day"


def test_a_form_that_tells_little_takes_nothing_away(table: Table) -> None:
    """What a form does not name stays as it was."""
    keep(table, goal="read", step_what="a book", helper_who="Baba", again="2026-12-18")
    keep(table, 1, step_when="on Monday")
    made = goal(table)
    assert (made.goal.text, made.steps[0].when, made.helpers[0].who) == ("read", "on Monday", "Baba")
    assert [day.isoformat() for day in made.look_again] == ["2026-12-18"]


def test_days_are_suggested_from_today_and_checked(table: Table) -> None:
    """Two, four and six weeks from today are offered; a day that is over or far away is refused, by its field."""
    html = GoalPiece().parts(table, table.book)["live-goal"]
    for weeks in (2, 4, 6):
        assert f'value="{(table.today() + timedelta(weeks=weeks)).isoformat()}"' in html
    for told in (
        {"again": "2020-01-01"},
        {"again": "other", "again_day": "9999-12-31"},
        {"again_day": "soon"},
    ):
        with pytest.raises(InputRefused) as caught:
            keep(table, goal="read", **told)
        assert caught.value.values["field"] in told
    assert goal_of(table.book.portfolio) is None
    keep(table, goal="read", again="other", again_day="2026-12-01")
    html = GoalPiece().parts(table, table.book)["live-goal"]
    assert 'value="other" checked' in html
    assert 'value="2026-12-01"' in html


def test_further_days_of_the_goal_stay(table: Table) -> None:
    """The form changes the first day; others that somebody chose on the desk stay."""
    days = (table.today() + timedelta(days=3), table.today() + timedelta(days=9))
    there = Goal(entry_id="g", set_by="together", look_again=days)
    table.store.keep(table.portfolio_id, there, expected=0, by="student", at=table.now())
    keep(table, 1, goal="swim", again="other", again_day=(table.today() + timedelta(days=4)).isoformat())
    assert goal(table).look_again == (table.today() + timedelta(days=4), days[1])


def test_the_youngest_choose_pictures(tmp_path: Path) -> None:
    """In K–2 the goal and who helps are picked; only what the class offers is taken, one goal, and it may be taken out again."""
    desk = quick_desk(tmp_path, band="k-2")
    table = table_of(desk.folder, desk.store.students()[0].student_id)
    html = GoalPiece().parts(table, table.book)["live-goal"]
    assert 'type="radio" name="picks" value="reading"' in html
    assert 'type="checkbox" name="helper_picks" value="home"' in html
    done = keep(table, picks="reading", helper_picks=["home", "me"], asks=["picks", "helper_picks"])
    assert (goal(table).picks, goal(table).helper_picks) == (("reading",), ("home", "me"))
    for picks in ("nonsense", ["reading", "writing"]):
        with pytest.raises(InputRefused):
            keep(table, done.version, picks=picks, asks=["picks"])
    keep(table, done.version, asks=["picks", "helper_picks"])
    assert goal(table).picks == ()
    table.store.close()
    desk.store.close()


def test_three_say_yes_and_may_take_it_back(table: Table) -> None:
    """Each seat says yes once, however often it is pressed; all three are said in words, also at home."""
    keep(table, goal="read with Teta")
    for voice in ("student", "family", "family", "teacher"):
        outcome = say_yes(table, voice)
        assert outcome.stay
    assert goal(table).agreed == ("student", "family", "teacher")
    assert "All three said yes." in GoalPiece().parts(table, table.book)["live-yes"]
    assert "I say yes" not in GoalPiece().parts(table, table.book)["live-yes"]
    say_yes(table, "family", yes=False)
    say_yes(table, "family", yes=False)
    assert GoalPiece().parts(table, table.book)["live-yes"].count("I say yes") == 1
    assert goal(table).agreed == ("student", "teacher")


def test_other_words_take_a_yes_back_and_say_so(table: Table) -> None:
    """Who said yes to other words has not said yes to these; saving the same words again takes nothing back."""
    first = keep(table, goal="read").version
    say_yes(table, "family")
    again = keep(table, first, goal="read")
    assert again.say == ""
    assert goal(table).agreed == ("family",)
    changed = keep(table, again.version, goal="read every single day")
    assert "say yes once more" in changed.say
    assert goal(table).agreed == ()
    assert 'aria-pressed="true"' not in changed.asides["live-yes"]


def test_a_phone_says_yes_only_to_what_it_read(table: Table) -> None:
    """A home that read other words is asked to read again; a yes of somebody else in between is no change."""
    keep(table, goal="read")
    phone = other(table, "family:h1")
    agree(table, "goal-together", "student", True, 1)
    agree(phone, "goal-together", "family", True, 1)
    assert goal(table).agreed == ("student", "family")
    version = table.store.entry(table.portfolio_id, "goal-together").version
    keep(table, version, goal="read a lot")
    with pytest.raises(ChangedMeanwhile, match="other words"):
        agree(phone, "goal-together", "family", True, version)
    assert goal(table).agreed == ()


def test_yes_goes_to_no_other_entry(table: Table) -> None:
    """A goal of the child's own, no goal at all, an empty one, a seat that is none: a sentence, and nothing is written."""
    table.store.keep(table.portfolio_id, Goal(entry_id="mine"), expected=0, by="student", at=table.now())
    table.store.keep(
        table.portfolio_id, Goal(entry_id="t", set_by="together"), expected=0, by="student", at=table.now()
    )
    before = table.store.revision(table.portfolio_id)
    for entry_id in ("mine", "t", "none", "", "../x", "é" * 300):
        with pytest.raises(NotFound):
            agree(table, entry_id, "family", True, None)
    with pytest.raises(InputRefused):
        GoalPiece().do(table, form("agree", goal="t", yes="principal"))
    assert table.store.revision(table.portfolio_id) == before


NASTY = (
    "\u202eevil\u202c",
    "🦊" * 50,
    "<script>alert(1)</script>",
    "\x00\x07",
    "مرحبا بكم",
    "e\u0301" * 9,
    "\ud800",
    "   ",
)


@pytest.mark.parametrize("field", ["goal", "step_what", "step_when", "helper_who", "helper_what"])
def test_any_text_is_kept_or_refused_by_its_field(table: Table, field: str) -> None:
    """Nonsense, right-to-left and emoji are kept and shown as text; 100 kB are refused beside the field, and nothing is lost."""
    version: int | None = None
    for text in NASTY:
        version = keep(table, version, **{field: text}).version
        html = TalkRoom(table).show(()).body
        assert "<script>alert" not in html
    keep(table, version, **{field: "a good word"})
    version = keep(table, version, **{field: "a good word"}).version
    with pytest.raises(PortfolioError) as caught:
        keep(table, version, **{field: "x" * 100_000})
    assert caught.value.values["field"] == field
    assert "a good word" in goal(table).model_dump_json()


def test_the_goal_is_set_in_the_step_of_all(tmp_path: Path) -> None:
    """The child's own goals stand in its part, the one set together where all speak, whether it is written yet or not."""
    table = table_of(sample_folder(tmp_path))
    for _ in range(2):
        scenes = running_order(for_audience(table.book, "conference"))
        (at,) = [scene for scene in scenes if scene.kind == "goal"]
        assert at.line.speaker == "all"
        alone = [s.part.content for s in scenes if s.part and s is not at and s.kind != "chart"]
        goals = [g for c in alone if isinstance(c, v.GoalsPart) for g in c.goals]
        assert goals
        assert not any(one.set_together for one in goals)
        assert not any(isinstance(c, v.GoalsPart) and c.open_slots for c in alone)
        for one in [one for one in table.book.portfolio.goals if one.set_by == "together"]:
            version = table.store.entry(table.portfolio_id, one.entry_id).version
            table.store.remove(
                table.portfolio_id, one.entry_id, expected=version, by="student", at=table.now()
            )
        keep(table, None, goal="read with Teta")
    table.store.close()


def test_home_reads_who_said_yes(tmp_path: Path) -> None:
    """The copy at home says in words who agreed: all three, or which ones."""
    table = table_of(sample_folder(tmp_path))
    book = table.book
    assert goals_section(book) is not None
    there = goal_of(book.portfolio)
    version = table.store.entry(table.portfolio_id, there.entry_id).version if there else None
    keep(table, version, goal="read with Teta on Sundays")
    say_yes(table, "student")

    def home() -> str:
        household = table.book.student.households[0].household_id
        return home_html(table.book, household, table.store, kept_charts(table.folder.charts))

    say = speak("ar")  # what this home reads
    assert f"<dt>{say('Who said yes')}</dt><dd><bdi>Amal</bdi></dd>" in home()
    for voice in ("family", "teacher"):
        say_yes(table, voice)
    assert f"<dt>{say('Who said yes')}</dt><dd>{say('All three said yes.')}</dd>" in home()
    table.store.close()


def test_practising_keeps_nothing(tmp_path: Path) -> None:
    """On a deck for practising every form answers with a sentence, and nothing is written."""
    table = table_of(sample_folder(tmp_path), practise=True)
    before = table.store.revision(table.portfolio_id)
    for what in (
        "goal",
        "agree",
        "promise",
        "promise-more",
        "promise-back",
        "park",
        "mark",
        "calendar",
        "finish",
    ):
        with pytest.raises(InputRefused, match="practising"):
            TalkRoom(table).do((), form(what, goal="x", seat="student:Amal"))
    assert table.store.revision(table.portfolio_id) == before
    table.store.close()
