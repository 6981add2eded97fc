"""Names of pages, questions and choices: none is given again, so a child's words never answer something else."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.model import Answer, Choice, Passage, Prompt
from portfolio.moments.desk import StudentDesk
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.template_drafting import Drafting
from portfolio.moments.teacher.template_room import TemplateRoom
from portfolio.rules.template_choices import Had, alike, choices_from, named_anew
from portfolio.rules.unasked import unasked
from portfolio.store.class_folder import book_of
from portfolio.testing import NOON
from tests.quick_class import book_id, quick_desk
from tests.teachers import form

LABELS = [
    "dog",
    "dogs",
    "cat",
    "a cat",
    "the blue house",
    "the green house",
    "كلب",
    "قطة",
    "yes",
    "not yet",
    "x",
]
LINES = st.lists(st.sampled_from(LABELS), min_size=1, max_size=6, unique=True)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a small class."""
    made = quick_desk(tmp_path)
    with closing(made.store):
        yield made


def pushed(room: TemplateRoom) -> None:
    """Look at what would change, and push it."""
    seen = re.search(r'name="seen" value="([^"]+)"', room.show(("push",)).body)
    assert seen
    room.do(("push",), form("push", seen=seen[1]))


def childs(desk: TeacherDesk) -> StudentDesk:
    """Return Amal's desk, opened now."""
    folder, numbers = desk.folder, itertools.count(1)
    book = book_of(desk.store, folder.template(), folder.outline(), "amal")
    return StudentDesk(desk.store, book, now=lambda: NOON, new_id=lambda: f"new{next(numbers)}")


def question(desk: TeacherDesk, page: str = "me") -> Prompt:
    """Return the last question of a page, as books ask it."""
    section = desk.folder.template().section(page)
    assert section is not None
    return section.prompts[-1]


def chosen(room: TemplateRoom, field: str, text: str) -> None:
    """Write these choices into the form of a question."""
    version = re.search(rf'data-key="{field}" data-version="(\d+)"', room.show(("page", "me")).body)
    assert version
    room.do(("page", "me"), form("question", version=int(version[1]), field=field, choices=text))


@given(rows=st.lists(LINES, min_size=2, max_size=7), pushes=st.lists(st.booleans(), min_size=7, max_size=7))
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_pick_never_changes_its_meaning(rows: list[list[str]], pushes: list[bool]) -> None:
    """However choices are rewritten, step by step, an id that books have known only ever says something like it."""
    known = tuple(Choice(id=f"c{n}", label=label) for n, label in enumerate(rows[0]))
    ever = {choice.id: {choice.label} for choice in known}
    draft = known
    for lines, push in zip(rows[1:], pushes, strict=False):
        draft = choices_from(lines, draft, (), Had(known, frozenset(ever)))
        assert [one.label for one in draft] == lines
        assert len({one.id for one in draft}) == len(draft)
        offered = {one.id: one.label for one in known}
        for one in draft:
            if one.id in offered:
                assert alike(offered[one.id], one.label)
            else:
                assert one.id not in ever, "what books had once is given to nothing else"
        if push:
            known = draft
            for one in known:
                ever.setdefault(one.id, set()).add(one.label)


def test_words_that_are_written_back_are_the_same_choice() -> None:
    """Typing takes a while: “dog” becomes “d” and is “dog” again in the end, under the id children have picked."""
    known: tuple[Choice, ...] = (
        Choice(id="first", label="dog", icon="cat"),
        Choice(id="second", label="fish"),
    )
    had = Had(known, frozenset({"first", "second"}))
    typed = known
    for line in ("do", "d", "do", "dog"):
        typed = choices_from([line, "fish"], typed, (), had)
    assert typed == known
    for line in ("dot", "cot", "cat"):  # each like the last one, and the last no more like the first
        typed = choices_from([line, "fish"], typed, (), had)
    assert typed[0].id not in {"first", "second"} and typed[0].icon == "cat" and typed[1] == known[1]


def test_a_fixed_set_can_be_put_in_any_words() -> None:
    """Where records know their choices by name, another language changes no name, and none can be added."""
    known = (Choice(id="always", label="always"), Choice(id="not_yet", label="not yet"))
    fixed = ("always", "not_yet")
    made = choices_from(["دائمًا", "ليس بعد"], known, fixed, Had(known, frozenset(fixed)))
    assert [one.id for one in made] == ["always", "not_yet"]
    with pytest.raises(InputRefused):
        choices_from(["a", "b", "c"], known, fixed)


def test_first_choices_take_no_id_somebody_picked() -> None:
    """A question that is picked from again begins with choices of its own, unless books offer just these."""
    yes = Choice(id="yes", label="yes")
    assert named_anew((yes,), Had((), frozenset({"yes"})))[0].id == "yes-2"
    assert named_anew((yes,), Had((yes,), frozenset({"yes"}))) == (yes,)
    assert named_anew((yes,), Had()) == (yes,)


def test_another_question_never_gets_the_answer_of_one_that_went(desk: TeacherDesk) -> None:
    """In a script without Latin letters all names are alike: the second question begins empty, the first keeps its words."""
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("add", ask="ما الأغنية التي تحبها؟", control="long", field=""))
    pushed(room)
    first = question(desk).field
    childs(desk).save("me", f"me.{first}", "words", "BLUE SONG", 0)
    room.do(("page", "me"), form("remove", field=first))
    pushed(room)
    room.do(("page", "me"), form("add", ask="من يساعدك؟", control="long", field=""))
    pushed(room)
    assert question(desk).field != first
    assert "BLUE SONG" not in str([card["fields"] for card in childs(desk).form("me")["cards"]])
    assert "BLUE SONG" in str(unasked(childs(desk).fresh()))


def test_a_name_nobody_answered_is_free_of_earlier_templates_too(desk: TeacherDesk) -> None:
    """What an earlier set of questions asked may come back: its names are given to nothing else meanwhile."""
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("add", ask="ما؟", control="long", field=""))
    pushed(room)
    first = question(desk).field
    room.do(("page", "me"), form("remove", field=first))
    pushed(room)
    room.do(("page", "me"), form("add", ask="من؟", control="long", field=""))
    assert Drafting(desk).now().template.section("me").prompts[-1].field != first  # type: ignore[union-attr] # a page of ours


def test_the_place_of_a_renamed_answer_is_taken(desk: TeacherDesk) -> None:
    """An answer that went along to another name keeps its place: no new question is called like that place."""
    moved = Answer(entry_id="me.question", section="me", prompt="other", words=Passage(text="MINE"))
    desk.store.keep(book_id(desk, "amal"), moved, expected=0, by="student", at=NOON)
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("add", ask="من؟", control="long", field=""))
    pushed(room)
    assert question(desk).field == "question-2"


def test_another_page_never_gets_what_was_on_one_that_went(desk: TeacherDesk) -> None:
    """Neither its words, nor who may see it: a page made later has a name of its own."""
    room = TemplateRoom(desk)
    first = room.do((), form("new-page", title="رحلتنا", kind="words")).go.rpartition("/")[2]
    pushed(room)
    childs(desk).show_to(first, "teacher")
    room.do(("page", first), form("remove-page"))
    pushed(room)
    second = room.do((), form("new-page", title="حديقتنا", kind="words")).go.rpartition("/")[2]
    assert second != first
    room.do(("page", "work"), form("remove-page"))
    assert room.do((), form("new-page", title="Work", kind="words")).go == "template/page/work-2"


def test_what_was_picked_is_told_when_it_is_not_offered_any_more(desk: TeacherDesk) -> None:
    """A choice that is put out stays the child's: it is told as no longer asked, and nothing new takes its id."""
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("add", ask="Pet?", control="picks", field=""))
    chosen(room, "pet", "كلب\nسمكة")
    pushed(room)
    dog, fish = question(desk).choices
    childs(desk).save("me", "me.pet", "picks", [dog.id, fish.id], 0)
    assert unasked(childs(desk).fresh()) == ()
    chosen(room, "pet", "سمكة")
    pushed(room)
    chosen(room, "pet", "سمكة\nقطة")
    pushed(room)
    assert question(desk).choices[0] == fish and question(desk).choices[1].id not in {dog.id, fish.id}
    (told,) = unasked(childs(desk).fresh())
    assert (told.picks, told.section_id, told.there) == ((dog.id,), "me", True)
    chosen(room, "pet", "طائر\nقطة")  # in one step, in place
    pushed(room)
    assert unasked(childs(desk).fresh())[0].picks == (dog.id, fish.id)


def test_a_question_picked_from_again_offers_what_it_offers(desk: TeacherDesk) -> None:
    """Asked for words and then for picks again, it begins with choices whose ids nobody has picked."""
    room = TemplateRoom(desk)
    room.do(("page", "me"), form("add", ask="Pet?", control="picks", field=""))
    chosen(room, "pet", "yes please\nnot yet")
    pushed(room)
    childs(desk).save("me", "me.pet", "picks", ["yes"], 0)
    for control in ("long", "picks"):
        room.do(("page", "me"), form("otherwise", field="pet", control=control))
        pushed(room)
    assert {one.label: one.id for one in question(desk).choices} == {"yes": "yes-2", "not yet": "not-yet-2"}


def test_a_page_without_a_question_can_be_looked_at_and_asked_on(desk: TeacherDesk) -> None:
    """Every question taken out, whatever the page holds: its screen comes, with a way to ask one again."""
    room = TemplateRoom(desk)
    for section in desk.folder.template().sections:
        for prompt in section.prompts:
            room.do(("page", section.section_id), form("remove", field=prompt.field))
        assert 'data-do="add"' in room.show(("page", section.section_id)).body, section.section_id
    room.do(("page", "welcome"), form("add", ask="What do you want us to see?", control="long", field=""))
    assert "What do you want us to see?" in room.show(("page", "welcome")).body
