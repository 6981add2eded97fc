"""The teacher's plain note: kept by field, never overwritten, remarked while one writes, the child untouched."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, NotFound, PortfolioError, TextRefused
from portfolio.model import Passage, Portfolio, Teacher, TeacherNote
from portfolio.moments.teacher.note_room import NoteRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import for_audience
from portfolio.rules.notes import in_the_form, is_written, laid_over, note_id, own_note
from portfolio.store.class_folder import book_of
from tests.teachers import form, sample_desk, teacher_desk, with_teachers

CHILD = "amal"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of the sample class's teacher."""
    opened = sample_desk(tmp_path)
    with closing(opened.store):
        yield opened


def book(desk: TeacherDesk, child: str = CHILD) -> Portfolio:
    """Return a child's portfolio of this round."""
    folder = desk.folder
    return book_of(desk.store, folder.template(), folder.outline(), child).portfolio


def version(desk: TeacherDesk) -> int:
    """Return the version of the note of whoever sits at the desk."""
    note = own_note(book(desk), desk.teacher_id)
    portfolio_id = book(desk).meta.portfolio_id
    kept = {k.entry.entry_id: k.version for k in desk.store.entries(portfolio_id)}
    return kept.get(note.entry_id, 0)


def test_a_note_is_kept_part_by_part_and_the_child_is_not_touched(desk: TeacherDesk) -> None:
    """Each part is kept as it comes; every entry of the child is the same before and after."""
    room, before = NoteRoom(desk), book(desk)
    done = room.do((CHILD,), form("note", version=version(desk), strength="You ask before you measure."))
    done = room.do(
        (CHILD,), form("note", version=done.version, home_help="Cook together.", look_again="2026-12-01")
    )
    after = book(desk)
    mine = own_note(after, desk.teacher_id)
    assert (mine.strength.text, mine.home_help.text, str(mine.look_again)) == (
        "You ask before you measure.", "Cook together.", "2026-12-01",
    )  # fmt: skip
    assert after.but(teacher_page=()) == before.but(teacher_page=())
    assert done.version == version(desk)


def test_two_windows_on_different_parts_lose_nothing(desk: TeacherDesk) -> None:
    """What two windows wrote in different parts stands both; in one part both are shown."""
    room, at = NoteRoom(desk), version(desk)
    room.do((CHILD,), form("note", version=at, strength="One."))
    room.do((CHILD,), form("note", version=at, next_step="Two."))
    mine = own_note(book(desk), desk.teacher_id)
    assert (mine.strength.text, mine.next_step.text) == ("One.", "Two.")
    with pytest.raises(ChangedMeanwhile) as refused:
        room.do((CHILD,), form("note", version=at, strength="Other."))
    assert refused.value.values["theirs"] == {"strength": "One."}
    assert refused.value.values["version"] == version(desk)
    assert own_note(book(desk), desk.teacher_id).strength.text == "One."


def test_each_author_has_a_note_of_its_own(desk: TeacherDesk) -> None:
    """A specialist writes beside the class teacher; neither changes the other's, the family reads both."""
    first = desk.school_class.teachers[0]
    with_teachers(
        desk.folder,
        *desk.school_class.teachers,
        Teacher(teacher_id="speech", name="Mr. Okafor", role="speech"),
    )
    other = teacher_desk(desk.folder, "speech")
    with closing(other.store):
        NoteRoom(desk).do((CHILD,), form("note", version=version(desk), strength="You listen."))
        NoteRoom(other).do((CHILD,), form("note", version=0, strength="You say the long words."))
        assert "You listen." in NoteRoom(other).show((CHILD,)).body
    folder = desk.folder
    seen = for_audience(book_of(desk.store, folder.template(), folder.outline(), CHILD), "conference")
    notes = [part.content.notes for part in seen.parts if part.content.holds == "teacher_page"]
    read = {n.name: n.strength.text for n in notes[0]}
    assert (read[first.name], read["Mr. Okafor"]) == ("You listen.", "You say the long words.")


def test_what_drives_a_child_goes_into_no_family_copy(desk: TeacherDesk) -> None:
    """Words under "what I see drives" are kept, and no view of a family holds them."""
    NoteRoom(desk).do(
        (CHILD,), form("note", version=version(desk), drives="MARKER drives", strength="You ask.")
    )
    folder = desk.folder
    whole = book_of(desk.store, folder.template(), folder.outline(), CHILD)
    assert "MARKER" in whole.model_dump_json()
    for home in whole.student.households:
        assert "MARKER" not in for_audience(whole, "home", home.household_id).model_dump_json()
    assert "MARKER" not in for_audience(whole, "conference").model_dump_json()


def test_remarks_come_with_each_save_and_block_nothing(desk: TeacherDesk) -> None:
    """A part that compares with others is kept all the same, and the remark stands below it."""
    done = NoteRoom(desk).do(
        (CHILD,), form("note", version=version(desk), strength="You read better than most children.")
    )
    assert "compares with others" in done.asides["said-strength"]
    assert own_note(book(desk), desk.teacher_id).strength.text == "You read better than most children."


def test_a_school_word_is_said_plainly_by_one_press(desk: TeacherDesk) -> None:
    """The offer puts the plain words in place of the school word, and the rest of the sentence stays."""
    room = NoteRoom(desk)
    done = room.do((CHILD,), form("note", version=version(desk), strength="You use the rubric for your map."))
    assert "rubric" in done.asides["said-strength"]
    room.do((CHILD,), form("plainly", field="strength", term="rubric"))
    words = own_note(book(desk), desk.teacher_id).strength.text
    assert "rubric" not in words
    assert words.startswith("You use ")
    assert words.endswith(" for your map.")
    with pytest.raises(NotFound):
        room.do((CHILD,), form("plainly", field="strength", term="rubric"))


def test_a_word_may_be_explained_to_the_family(desk: TeacherDesk) -> None:
    """What is chosen for a word is kept with the note and can be taken back."""
    room = NoteRoom(desk)
    room.do((CHILD,), form("note", version=version(desk), strength="You use the rubric."))
    room.do((CHILD,), form("word", term="rubric", how="explain"))
    assert own_note(book(desk), desk.teacher_id).chose("rubric") == "explain"
    room.do((CHILD,), form("word", term="rubric", how=""))
    assert own_note(book(desk), desk.teacher_id).chose("rubric") == ""


def test_an_earlier_note_comes_back_and_the_later_one_is_kept(desk: TeacherDesk, tmp_path: Path) -> None:
    """Another day's note can be brought back; the one it replaces can be brought back as well."""
    room = NoteRoom(desk)
    first = room.do((CHILD,), form("note", version=version(desk), strength="First."))
    later = teacher_desk(desk.folder, at=desk.now().replace(day=25))
    with closing(later.store):
        room = NoteRoom(later)
        room.do((CHILD,), form("note", version=first.version, strength="Second."))
        assert "First." in room.show((CHILD,)).body
        room.do((CHILD,), form("bring-back", was=str(first.version)))
        assert own_note(book(later), later.teacher_id).strength.text == "First."
        assert any(
            isinstance(c.entry, TeacherNote) and c.entry.strength.text == "Second."
            for c in later.store.history(
                book(later).meta.portfolio_id, own_note(book(later), later.teacher_id).entry_id
            )
        )


@pytest.mark.parametrize(
    "asked",
    [
        form("note", version=0, look_again="tomorrow"),
        form("note", version=0, strength="x" * 200_001),
        form("plainly", field="besides", term="rubric"),
        form("word", term="rubric", how="erase"),
        form("bring-back", was="-1"),
        form("bring-back", was="9999"),
        form("erase-everything"),
    ],
    ids=lambda asked: f"{asked.what}-{sorted(asked.values)}",
)
def test_what_a_browser_makes_up_gets_a_sentence_and_changes_nothing(
    desk: TeacherDesk, asked: object
) -> None:
    """Nonsense is refused with a sentence; the whole book stays as it was."""
    before = book(desk)
    with pytest.raises(PortfolioError):
        NoteRoom(desk).do((CHILD,), asked)  # type: ignore[arg-type] # a form, made above
    assert book(desk) == before


def test_places_that_are_not_there_get_a_sentence(desk: TeacherDesk) -> None:
    """A child who is not in the class has no note."""
    for place in (("nobody",), ("../amal",), ("",)):
        with pytest.raises(NotFound):
            NoteRoom(desk).show(place)


def test_the_list_says_who_has_a_note_and_leads_to_the_next(desk: TeacherDesk) -> None:
    """The list names every child; the note's screen leads to the next child without one."""
    room = NoteRoom(desk)
    page = room.show(())
    for student in desk.store.students():
        assert f"#note/{student.student_id}" in page.body
    waiting = [
        s
        for s in desk.store.students()
        if not is_written(own_note(book(desk, s.student_id), desk.teacher_id))
    ]
    shown = room.show((CHILD,)).body
    others = [s for s in waiting if s.student_id != CHILD]
    assert ("Next: " in shown) == bool(others)


NOTES = st.builds(
    TeacherNote,
    entry_id=st.just("n"),
    teacher_id=st.just("t"),
    **{
        name: st.sampled_from(["", "a", "b"]).map(lambda text: Passage(text=text))
        for name in ("strength", "next_step", "home_help", "drives")
    },
)


@given(base=NOTES, mine=NOTES, theirs=NOTES)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_nothing_either_hand_wrote_is_overwritten(
    base: TeacherNote, mine: TeacherNote, theirs: TeacherNote
) -> None:
    """Each part both changed differently is told; every other part is as whoever changed it left it."""
    made, clash = laid_over(base, mine, theirs)
    was, own, other, now = (in_the_form(note) for note in (base, mine, theirs, made))
    for name in was:
        if own[name] != was[name] and other[name] != was[name] and own[name] != other[name]:
            assert name in clash
            assert now[name] == other[name]
        else:
            assert name not in clash
            assert now[name] == (own[name] if own[name] != was[name] else other[name])


def test_the_id_of_a_note_is_its_authors_alone() -> None:
    """Two authors never meet on one note, however long their ids are."""
    assert note_id("a") != note_id("b")
    assert len(note_id("x" * 64)) <= 64
    assert note_id("x" * 64) != note_id("x" * 63 + "y")


def test_a_text_too_long_says_which_part(desk: TeacherDesk) -> None:
    """The sentence names the field, and nothing that was written before is lost."""
    with pytest.raises(TextRefused) as refused:
        NoteRoom(desk).do((CHILD,), form("note", version=version(desk), next_step="x" * 200_001))
    assert refused.value.values["field"] == "next_step"
