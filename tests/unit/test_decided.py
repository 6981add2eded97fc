"""The paper "What we decided": what one home may read of it, and nothing else, whatever state the book is in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import NotFound
from portfolio.model import (
    Agreement,
    AnyEntry,
    Comment,
    Cue,
    Goal,
    Parked,
    Passage,
    Practice,
    Reply,
    ReplyLine,
    Step,
    ToTeacher,
    Translation,
)
from portfolio.moments.decided import decided_file, decided_for
from portfolio.moments.teacher.room import TeacherDesk
from tests.teachers import NOW, sample_desk, sample_folder, teacher_desk

MARK = "okapi-not-for-home"
BOOK = "mateo.fall-2026"
DAY = date(2026, 12, 18)


@pytest.fixture
def desk(tmp_path: Path) -> TeacherDesk:
    """The desk of class 4B."""
    return sample_desk(tmp_path)


def put(desk: TeacherDesk, *entries: AnyEntry) -> None:
    """Write entries into Mateo's book."""
    for entry in entries:
        desk.store.keep(BOOK, entry, expected=0, by="student", at=NOW)


def paper(desk: TeacherDesk, home: str = "dad", lang: str = "") -> str:
    """Return the paper of one of Mateo's homes as a file."""
    student = desk.store.student("mateo")
    household = student.household(home)
    assert household is not None
    return decided_file(desk.folder, desk.store, student, household, on=DAY, lang=lang)[1]


def test_what_is_private_stands_on_no_paper(desk: TeacherDesk) -> None:
    """Cue lines, rehearsals, comments, words for the teacher, another home's matters: none of it is on the paper."""
    secret = Passage(text=MARK)
    put(
        desk,
        Agreement(entry_id="a", who="student", what=Passage(text="I bring my map.")),
        Cue(entry_id="c", step="work", words=secret, short=secret),
        Practice(entry_id="d", partner=MARK, kind_words=secret),
        Comment(entry_id="e", teacher_id=desk.teacher_id, words=secret),
        ToTeacher(entry_id="f", household_id="dad", words=secret),
        Reply(entry_id="g", household_id="mama-y-abuelo", lines=(ReplyLine(words=secret),)),
        Parked(entry_id="h", household_id="mama-y-abuelo", words=secret),
        Parked(entry_id="i", household_id="dad", words=secret, done=True),
    )
    page = paper(desk)
    assert MARK not in page
    assert "I bring my map." in page


def test_a_translation_stands_first_and_says_that_it_is_a_draft(desk: TeacherDesk) -> None:
    """A home that reads Spanish reads a promise in Spanish, marked as a draft, with the words as they were said."""
    other = Translation(lang="es", text="Traigo mi mapa.", made_by="machine")
    put(desk, Agreement(entry_id="a", what=Passage(text="I bring my map.", translations=(other,))))
    page = paper(desk, "mama-y-abuelo")
    assert page.index("Traigo mi mapa.") < page.index("I bring my map.")
    assert 'lang="es" dir="ltr"' in page


def test_who_said_yes_is_told(desk: TeacherDesk) -> None:
    """All three said yes: it is one sentence; fewer are named."""
    goal = Goal(entry_id="g", set_by="together", goal=Passage(text="I read aloud."), agreed=("student",))
    put(desk, goal)
    assert "Who said yes" in paper(desk)
    desk.store.keep(BOOK, goal.but(agreed=("student", "family", "teacher")), expected=1, by="student", at=NOW)
    assert "All three said yes." in paper(desk)


def test_words_in_markup_stay_words(desk: TeacherDesk) -> None:
    """Whatever somebody typed at the table is text on the paper."""
    put(desk, Agreement(entry_id="a", who="family", name="<b>x", what=Passage(text="<script>1</script>")))
    page = paper(desk)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_before_anything_is_decided_a_sentence_says_so(desk: TeacherDesk) -> None:
    """There is no empty paper: whoever asks too early is told."""
    for meeting in desk.store.portfolio(BOOK).agreements:
        desk.store.remove(BOOK, meeting.entry_id, expected=1, by="student", at=NOW)
    student = desk.store.student("mateo")
    if decided_for(desk.folder, desk.store, student, student.households[0]).anything:
        pytest.fail("the sample has goals set together")
    with pytest.raises(NotFound, match="Nothing is written down yet"):
        paper(desk)


TEXT = st.sampled_from(["", "a word", "كلمة", "🦄 " * 40, "x" * 400, "<&>", "two\n\nlines"])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(goal=TEXT, step=TEXT, promise=TEXT, parked=TEXT, lang=st.sampled_from(["", "es", "ar", "en"]))
def test_any_half_filled_table_makes_a_paper(
    shared: TeacherDesk, goal: str, step: str, promise: str, parked: str, lang: str
) -> None:
    """Whatever is there and whatever is not, in any language, there is a paper or a sentence."""
    made: dict[str, AnyEntry] = {
        "g": Goal(
            entry_id="g",
            set_by="together",
            goal=Passage(text=goal),
            steps=(Step(what=Passage(text=step)),),
            look_again=(DAY,),
        ),
        "a": Agreement(entry_id="a", who="family", what=Passage(text=promise), by_when=DAY),
        "p": Parked(entry_id="p", words=Passage(text=parked), until=DAY),
    }
    for name, entry in made.items():
        past = [one for one in shared.store.entries(BOOK) if one.entry.entry_id == name]
        shared.store.keep(BOOK, entry, expected=past[0].version if past else 0, by="student", at=NOW)
    if not (goal or promise or parked):
        with pytest.raises(NotFound):
            paper(shared, lang=lang)
        return
    page = paper(shared, lang=lang)
    assert "<h1" in page
    assert "style=" not in page


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TeacherDesk:
    """A desk that all examples share."""
    return teacher_desk(sample_folder(tmp_path_factory.mktemp("decided")))
