"""The parts of a deck that are written at the table: what their templates may use, and what everybody else sees of them."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest
from jinja2 import meta

from portfolio.model import AnyEntry, Comment, Cue, Passage, Practice, TeacherNote, ToTeacher
from portfolio.moments.conference.talk_room import TalkRoom
from portfolio.moments.home import home_html, kept_charts
from portfolio.views import table as views
from portfolio.views.environment import environment
from tests.tables import table_of
from tests.teachers import sample_folder

PARTS = [
    one
    for one in vars(views).values()
    if dataclasses.is_dataclass(one) and isinstance(getattr(one, "template", None), str)
]


def test_there_are_parts() -> None:
    """The list below is not empty by accident."""
    assert len(PARTS) >= 8


@pytest.mark.parametrize("part", PARTS)
def test_every_variable_is_promised_and_used(part: type) -> None:
    """A part's fields and the variables its template reads are the same, both ways."""
    env = environment()
    assert env.loader is not None
    source = env.loader.get_source(env, f"talk/{part.template}")[0]  # type: ignore[attr-defined]  # each part has one
    read = meta.find_undeclared_variables(env.parse(source)) - {"icons", "caller"}
    assert read == {field.name for field in dataclasses.fields(part)}


def test_no_form_of_the_deck_carries_what_is_not_the_tables(tmp_path: Path) -> None:
    """Cue lines, rehearsals, comments, words for the teacher, what drives a child: on no screen, in no part, no file."""
    table = table_of(sample_folder(tmp_path))
    home = table.book.student.households[0].household_id
    words = Passage(text="MARKER-x")
    entries: tuple[AnyEntry, ...] = (
        Cue(entry_id="m0", step="work", words=words, short=words),
        Practice(entry_id="m1", partner="MARKER-x", kind_words=words),
        Comment(entry_id="m2", teacher_id="t", words=words),
        ToTeacher(entry_id="m3", household_id=home, words=words, private_talk=True),
        TeacherNote(entry_id="m4", teacher_id="t", drives=words),
    )
    for entry in entries:
        table.store.keep(table.portfolio_id, entry, expected=0, by="teacher:t", at=table.now())
    room = TalkRoom(table)
    assert "MARKER-x" not in room.show(()).body
    assert all("MARKER-x" not in html for html in room.look((), "0", "").asides.values())
    assert "MARKER-x" not in home_html(table.book, home, table.store, kept_charts(table.folder.charts))
    table.store.close()


def test_ids_on_the_deck_are_there_once(tmp_path: Path) -> None:
    """No two elements of the whole deck share an id: labels, keys and what comes anew would meet the wrong one."""
    table = table_of(sample_folder(tmp_path))
    ids = re.findall(r'\sid="([^"]+)"', TalkRoom(table).show(()).body)
    assert len(ids) == len(set(ids))
    assert not re.search(r"\sstyle=|<script", TalkRoom(table).show(()).body)
    table.store.close()
