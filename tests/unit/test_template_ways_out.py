"""The builder leaves nobody standing: what cannot be read or does not fit says so, beside a way out that works."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import ChangedMeanwhile, InputRefused, PortfolioError
from portfolio.files import class_templates
from portfolio.model import Section
from portfolio.moments.desk import StudentDesk
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_band import change_band
from portfolio.moments.teacher.template_room import TemplateRoom
from portfolio.moments.template_push import earlier, push, review, review_earlier
from portfolio.moments.template_rescue import as_far_as_read
from portfolio.rules.shown import who_sees
from portfolio.store.class_folder import book_of
from portfolio.store.integrity import examine
from portfolio.store.template_draft import draft_file, read_draft
from portfolio.store.template_file import load_template
from portfolio.store.template_pair import read_pair
from portfolio.store.template_write import template_text
from tests.quick_class import quick_desk
from tests.teachers import form

OURS = load_template(class_templates() / "3-5.yaml")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a class for grades 3 to 5 that nobody has written in."""
    with closing((made := quick_desk(tmp_path)).store):
        yield made


def seen(body: str) -> str:
    """Return what was looked at, as a screen's form sends it."""
    return str(re.findall(r'name="seen" value="([^"]+)"', body)[0])


def stamps(body: str) -> list[str]:
    """Return the earlier sets a screen has a way to."""
    return re.findall(r'href="#template/back/([\w-]+)"', body)


def give(desk: TeacherDesk, page: Section) -> None:
    """Give the books another page in the place of that of the same name."""
    before = desk.folder.template()
    after = before.but(
        sections=tuple(page if s.section_id == page.section_id else s for s in before.sections)
    )
    looked = review(desk.folder, desk.store, after, [s.section_id for s in after.sections])
    push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())


@pytest.mark.parametrize("place", [(), ("page", "me"), ("push",), ("file",)])
def test_a_draft_that_cannot_be_read_can_be_thrown_away_where_one_stands(
    place: tuple[str, ...], desk: TeacherDesk
) -> None:
    """Every screen of the builder has the button then, in two steps; behind it the builder is as without a draft."""
    draft_file(desk.folder).write_text("{", "utf-8")
    body = TemplateRoom(desk).show(place).body
    assert '<details class="sure">' in body
    assert 'data-do="throw-away"' in body
    assert "cannot be read" in body
    done = TemplateRoom(desk).do(place, form("throw-away"))
    assert done.go == "template"
    assert not draft_file(desk.folder).exists()
    assert 'data-do="new-page"' in TemplateRoom(desk).show(()).body


def test_a_draft_of_other_grades_says_so_and_can_be_thrown_away(desk: TeacherDesk) -> None:
    """After other grades were chosen the old draft cannot be given to the books: the screen says why, with the way out."""
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("remove", field="love"))
    change_band(desk, "k-2")
    for place in ((), ("push",)):
        body = room.show(place).body
        assert "Grades 3 to 5" in body
        assert "Kindergarten to grade 2" in body
        assert 'data-do="throw-away"' in body
    assert 'data-do="push"' not in body
    with pytest.raises(PortfolioError):
        room.do(("push",), form("push", seen="x"))
    room.do(("push",), form("throw-away"))
    assert read_draft(desk.folder) is None
    assert "There is no draft" in room.show(("push",)).body


def test_an_earlier_set_for_other_grades_is_told_and_can_be_had_as_a_file(desk: TeacherDesk) -> None:
    """It cannot be brought back, whatever a form says; the screen says why, and hands the file over."""
    whole = desk.folder.template_file.read_bytes()
    change_band(desk, "k-2")
    room, now = TemplateRoom(desk), read_pair(desk.folder)
    (stamp,) = stamps(room.show(("push",)).body)
    body = room.show(("back", stamp)).body
    assert "Grades 3 to 5" in body
    assert 'data-do="bring-back"' not in body
    (file,) = room.do(("back", stamp), form("take")).downloads
    assert (file.name, file.data) == (f"{stamp}.yaml", whole)
    with pytest.raises(InputRefused):
        room.do(("back", stamp), form("bring-back", seen="x"))
    assert read_pair(desk.folder) == now
    with pytest.raises(PortfolioError):
        room.do(("back", "../../x"), form("take"))


@pytest.mark.parametrize("rubbish", [b"title: [\n", b"", b"\x00\x01\xff", b"just a line"])
def test_a_broken_class_file_is_healed_from_what_was_there_before(rubbish: bytes, desk: TeacherDesk) -> None:
    """What was asked before is brought back, and the broken file stands beside it under the name that is told."""
    me = OURS.section("me")
    assert me
    give(desk, me.but(title="All about me"))
    broken = desk.folder.template_file.read_bytes().replace(b"All about me", rubbish) if rubbish else b""
    desk.folder.template_file.write_bytes(rubbish if b"line" in rubbish else broken[:40] + rubbish)
    stood = desk.folder.template_file.read_bytes()
    room = TemplateRoom(desk)
    for place in ((), ("page", "me"), ("push",), ("file",)):
        body = room.show(place).body
        assert "class.yaml" in body
        (stamp,) = stamps(body)
    body = room.show(("back", stamp)).body
    assert "“class.yaml” cannot be read now" in body
    done = room.do(("back", stamp), form("bring-back", seen=seen(body)))
    beside = desk.folder.path / "class.yaml.unreadable-20261120T120000Z"
    assert beside.name in done.say
    assert beside.read_bytes() == stood
    assert desk.folder.template().but(version=OURS.version) == OURS
    assert desk.folder.template().version > OURS.version
    assert len(earlier(desk.folder)) == 1, "what cannot be read is not offered as something to bring back"
    assert not [one for one in examine(desk.folder) if not one.harmless]
    assert 'data-do="new-page"' in room.show(()).body


def test_a_broken_notebook_is_healed_too(desk: TeacherDesk) -> None:
    """The same for student.ipynb."""
    me = OURS.section("me")
    assert me
    give(desk, me.but(title="All about me"))
    desk.folder.student_notebook.write_text("[]", "utf-8")
    room = TemplateRoom(desk)
    (stamp,) = stamps(room.show(()).body)
    room.do(("back", stamp), form("bring-back", seen=seen(room.show(("back", stamp)).body)))
    assert (desk.folder.path / "student.ipynb.unreadable-20261120T120000Z").read_text("utf-8") == "[]"
    assert desk.folder.outline()


def test_a_file_mended_meanwhile_is_not_written_over(desk: TeacherDesk) -> None:
    """Looked at while broken, put right by hand since: nothing is brought back over it."""
    me = OURS.section("me")
    assert me
    give(desk, me.but(title="All about me"))
    whole = desk.folder.template_file.read_bytes()
    desk.folder.template_file.write_bytes(b"title: [\n")
    room = TemplateRoom(desk)
    (stamp,) = stamps(room.show(()).body)
    looked = seen(room.show(("back", stamp)).body)
    desk.folder.template_file.write_bytes(whole)
    with pytest.raises(ChangedMeanwhile):
        room.do(("back", stamp), form("bring-back", seen=looked))
    assert desk.folder.template_file.read_bytes() == whole
    assert not list(desk.folder.path.glob("*.unreadable-*"))


def test_without_anything_earlier_the_screen_says_what_to_do(desk: TeacherDesk) -> None:
    """A class that never changed its pages has nothing to bring back: the file, or a backup."""
    desk.folder.template_file.write_bytes(b"title: [\n")
    body = TemplateRoom(desk).show(()).body
    assert "backup" in body
    assert not stamps(body)


def test_a_page_closed_to_families_stays_closed_for_who_wrote_there(desk: TeacherDesk) -> None:
    """Closed in the file that broke, open in the one brought back: what was written meanwhile stays unseen."""
    page = desk.folder.template().section("me")
    assert page
    assert page.shown_to_family
    give(desk, page.but(shown_to_family=False))
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    child = StudentDesk(
        store=desk.store, book=book, now=desk.now, new_id=desk.new_id, by="student", uploads=None
    )
    child.save("me", "me.love", "words", "Trees.", 0)
    desk.folder.template_file.write_bytes(desk.folder.template_file.read_bytes() + b"\nagendas: [\n")
    looked = review_earlier(desk.folder, desk.store, earlier(desk.folder)[0].stamp)
    assert looked.unreadable == ("class.yaml",)
    push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    now = desk.folder.template().section("me")
    assert now
    assert now.shown_to_family
    assert who_sees(desk.store.rounds("amal")[-1], now) == "teacher"
    assert who_sees(desk.store.rounds("mateo")[-1], now) != "teacher"


@given(st.sets(st.sampled_from([s.section_id for s in OURS.sections])), st.integers(0, 400))
def test_a_broken_text_never_opens_a_page(closed: set[str], cut: int) -> None:
    """Wherever a file is cut off, no page it closed is read as open; whole, it is read as it says."""
    says = OURS.but(sections=tuple(s.but(shown_to_family=s.section_id not in closed) for s in OURS.sections))
    text = template_text(says)
    whole = as_far_as_read(text, OURS)
    assert {s.section_id for s in whole.sections if not s.shown_to_family} == closed
    part = as_far_as_read(text[: len(text) * cut // 400], OURS)
    assert {s.section_id for s in part.sections if not s.shown_to_family} >= closed


@given(st.text(max_size=300))
def test_any_text_is_read_as_far_as_it_goes(text: str) -> None:
    """Whatever stands in the file, a template comes out, with the pages that are known."""
    found = as_far_as_read(text, OURS)
    assert [s.section_id for s in found.sections] == [s.section_id for s in OURS.sections]
