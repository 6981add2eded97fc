"""Another template into work that is begun: both files or neither, no word lost, and always a way back."""
# long: every way a push can be cut off, and every way back, in one place

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from portfolio.errors import (
    ChangedMeanwhile,
    InputRefused,
    NotebookMistake,
    NotFound,
    StorageTrouble,
    TemplateMistake,
)
from portfolio.files import class_templates
from portfolio.model import Answer, Book, ClassTemplate, Passage, Section, SectionCell
from portfolio.moments.desk import StudentDesk
from portfolio.moments.keeping import back_up
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.template_push import bring_back, earlier, push, review, review_earlier, settle
from portfolio.rules.shown import seen_by, who_sees
from portfolio.store import atomic, template_pair
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.store.database import Database
from portfolio.store.notebook_file import LARGEST as LARGEST_NOTEBOOK
from portfolio.store.port import ClassStore
from portfolio.store.template_pair import MOST_EARLIER, read_pair
from tests.pusher import RENAMES, other
from tests.tally import tally
from tests.teachers import sample_desk, teacher_desk

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class whose books are begun."""
    desk = sample_desk(tmp_path_factory.mktemp("sample"))
    desk.store.close()
    return desk.folder.path


@pytest.fixture
def desk(made: Path, tmp_path: Path) -> Iterator[TeacherDesk]:
    """The desk of the teacher of that class."""
    opened = teacher_desk(ClassFolder(Path(shutil.copytree(made, tmp_path / "class"))))
    yield opened
    opened.store.close()


def ids(template: ClassTemplate) -> list[str]:
    """Return the ids of all sections."""
    return [section.section_id for section in template.sections]


def shown(folder: ClassFolder) -> list[str]:
    """Return which pages the notebook shows."""
    return [cell.section for cell in folder.outline() if isinstance(cell, SectionCell)]


def section(template: ClassTemplate, section_id: str) -> Section:
    """Return a section that is there."""
    found = template.section(section_id)
    assert found is not None
    return found


def without(template: ClassTemplate, section_id: str, *fields: str) -> ClassTemplate:
    """Return a template without some questions."""
    return template.but(
        sections=tuple(
            s.but(prompts=tuple(p for p in s.prompts if p.field not in fields))
            if s.section_id == section_id
            else s
            for s in template.sections
        )
    )


def entries(store: ClassStore) -> dict[str, tuple[Any, ...]]:
    """Return every entry of every book, and what is known of each book."""
    metas = [meta for rounds in store.all_rounds().values() for meta in rounds]
    return {m.portfolio_id: (m, *(k.entry for k in store.entries(m.portfolio_id))) for m in metas}


def child(desk: TeacherDesk, student: str = "amal") -> StudentDesk:
    """Open a child's desk, as its page does: with the template there is now."""
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student)
    return StudentDesk(store=desk.folder.store(), book=book, now=desk.now, new_id=desk.new_id)


def do(desk: TeacherDesk, after: ClassTemplate, order: list[str], **more: Any) -> str:
    """Look and push; return the name of the earlier pair."""
    looked = review(desk.folder, desk.store, after, order, **more)
    return push(desk.folder, desk.store, looked, by=desk.by, at=desk.now()).earlier


# ------------------------------------------------------------------------------------------- look, then do


def test_a_push_writes_both_files_and_no_word(desk: TeacherDesk) -> None:
    """The template goes up by one version, the notebook shows the pages asked for, every entry is as it was."""
    before, words = desk.folder.template(), entries(desk.store)
    after = without(before, "me", "love")
    order = [name for name in ids(before) if name != "goals"][::-1]
    looked = review(desk.folder, desk.store, after, order)
    assert desk.folder.template() == before and shown(desk.folder) == ids(before)
    done = push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    assert desk.folder.template() == after.but(version=before.version + 1)
    assert (shown(desk.folder), done.version, done.carried) == (order, before.version + 1, 0)
    assert entries(desk.store) == words and not settle(desk.folder, desk.store)


def test_a_review_says_whose_words_it_touches(desk: TeacherDesk) -> None:
    """The children are named as the roster has them; of a page nobody has written on nobody is named."""
    before = desk.folder.template()
    looked = review(desk.folder, desk.store, without(before, "me", "love"), ids(before))
    (change,) = looked.changes.all
    wrote = [s.student_id for s in desk.store.students() if _love(desk.store, s.student_id)]
    assert wrote and list(change.touched) == wrote and looked.names["amal"] == desk.store.student("amal").name


def _love(store: ClassStore, student_id: str) -> bool:
    found = store.portfolio(store.rounds(student_id)[-1].portfolio_id).answer("me", "love")
    return bool(found and (found.words or found.besides))


def test_what_goes_comes_back_with_its_words(desk: TeacherDesk) -> None:
    """A page switched off and on again shows what was written on it; so does a question."""
    before = desk.folder.template()
    there = child(desk).form("me")
    do(desk, without(before, "me", "love"), [name for name in ids(before) if name != "friends"])
    assert [c["entry_id"] for c in child(desk).form("me")["cards"]] == ["me.try", "me.stuck"]
    assert "friends" not in [page["id"] for page in child(desk).path()]
    do(desk, before, ids(before))
    assert child(desk).form("me") == there and "friends" in [page["id"] for page in child(desk).path()]


def test_nothing_different_is_nothing_done(desk: TeacherDesk) -> None:
    """The same template and pages again: the review says so, the push refuses, both files stay byte for byte."""
    pair = read_pair(desk.folder)
    looked = review(desk.folder, desk.store, desk.folder.template(), shown(desk.folder))
    assert not looked
    with pytest.raises(InputRefused, match="Nothing is different"):
        push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    assert read_pair(desk.folder) == pair and earlier(desk.folder) == ()


def test_a_teachers_own_file_stays_where_only_pages_move(desk: TeacherDesk) -> None:
    """Where only pages come and go, class.yaml keeps every remark; its version is the only line that is another."""
    path = desk.folder.template_file
    mine = path.read_text("utf-8").replace("sections:\n", "sections:\n  # mine, in the middle\n", 1)
    path.write_text(mine, "utf-8")
    before = desk.folder.template()
    do(desk, before, ids(before)[1:])
    assert path.read_text("utf-8") == mine.replace(
        f"version: {before.version}", f"version: {before.version + 1}", 1
    )


def test_a_title_changed_here_wins_over_the_notebook(desk: TeacherDesk) -> None:
    """A heading typed in JupyterLab is the title a builder begins with; changed there, the new title is shown."""
    path = desk.folder.student_notebook
    path.write_text(path.read_text("utf-8").replace("## Me as a learner", "## About you"), "utf-8")
    looked = review(desk.folder, desk.store, desk.folder.template(), ids(desk.folder.template()))
    assert [(c.what, c.before, c.after) for c in looked.changes.all] == [
        ("page_renamed", "About you", "Me as a learner")
    ]
    before = desk.folder.template()
    after = before.but(
        sections=tuple(s.but(title="You") if s.section_id == "me" else s for s in before.sections)
    )
    do(desk, after, ids(before))
    assert next(page["title"] for page in child(desk).path() if page["id"] == "me") == "You"


@pytest.mark.parametrize("file", ["template_file", "student_notebook"])
def test_a_file_changed_since_the_look_is_not_overwritten(desk: TeacherDesk, file: str) -> None:
    """Whoever saved class.yaml or student.ipynb after the review is told of, and keeps what was saved."""
    before = desk.folder.template()
    looked = review(desk.folder, desk.store, before, ids(before)[1:])
    path: Path = getattr(desk.folder, file)
    path.write_bytes(path.read_bytes() + b"\n")
    pair = read_pair(desk.folder)
    with pytest.raises(ChangedMeanwhile, match="Look once more"):
        push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    assert read_pair(desk.folder) == pair and earlier(desk.folder) == ()


def test_of_two_who_push_at_once_one_is_told(desk: TeacherDesk) -> None:
    """Two windows look at the same time: the second to push is told, and nothing of the first is lost."""
    before = desk.folder.template()
    first = review(desk.folder, desk.store, before, ids(before)[1:])
    second = review(desk.folder, desk.store, without(before, "me", "love"), ids(before))
    push(desk.folder, desk.store, first, by=desk.by, at=desk.now())
    with pytest.raises(ChangedMeanwhile):
        push(desk.folder, desk.store, second, by=desk.by, at=desk.now())
    assert shown(desk.folder) == ids(before)[1:]


@pytest.mark.parametrize(
    ("change", "order", "error"),
    [
        (lambda t: t, [], InputRefused),
        (lambda t: t, ["chess_club"], NotFound),
        (
            lambda t: t.but(sections=tuple(s.but(at_least=9, at_most=2) for s in t.sections)),
            ["me"],
            TemplateMistake,
        ),
        (lambda t: t.but(sections=tuple(s.but(icon="a.b") for s in t.sections), title="x"), ["me"], None),
    ],
)
def test_what_cannot_be_is_told_before_anything_happens(
    desk: TeacherDesk,
    change: Callable[[ClassTemplate], ClassTemplate],
    order: list[str],
    error: type[Exception] | None,
) -> None:
    """A book without a page, a page nobody knows, a template no file may say: a sentence, and nothing was changed."""
    pair = read_pair(desk.folder)
    if error is None:
        assert review(desk.folder, desk.store, change(desk.folder.template()), order)
    else:
        with pytest.raises(error):
            review(desk.folder, desk.store, change(desk.folder.template()), order)
    assert read_pair(desk.folder) == pair


def test_a_broken_file_is_told(desk: TeacherDesk) -> None:
    """A class.yaml or a notebook that cannot be read is told as everywhere; nothing is written over it."""
    desk.folder.student_notebook.write_text("{", "utf-8")
    with pytest.raises(NotebookMistake):
        review(desk.folder, desk.store, desk.folder.template(), ["me"])
    template = desk.folder.template()
    desk.folder.template_file.write_text("a: [", "utf-8")
    with pytest.raises(TemplateMistake, match="bracket"):
        review(desk.folder, desk.store, template, ["me"])


# ------------------------------------------------------------------------------------------ both, or neither


@pytest.mark.parametrize("turn", range(1, 7))
def test_a_full_disk_leaves_both_as_they_were(
    desk: TeacherDesk, turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever of the six files cannot be written: a sentence, both files and every answer as they were."""
    pair, words = read_pair(desk.folder), entries(desk.store)
    looked = review(desk.folder, desk.store, *other(desk.folder.template()), renames=RENAMES)
    turns = itertools.count(1)

    def full(path: Path, data: bytes, *, mode: int = 0o666) -> None:
        if next(turns) == turn:
            raise StorageTrouble("There is no room left.")
        atomic.write_atomically(path, data, mode=mode)

    monkeypatch.setattr(template_pair, "write_atomically", full)
    with pytest.raises(StorageTrouble):
        push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    monkeypatch.undo()
    assert read_pair(desk.folder) == pair and entries(desk.store) == words
    assert earlier(desk.folder) == () and not settle(desk.folder, desk.store)
    push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    assert read_pair(desk.folder) == looked.pair


def test_answers_that_cannot_move_leave_the_files_too(
    desk: TeacherDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the database gives up at the very end, after both files were written, they are put back."""
    pair, words = read_pair(desk.folder), entries(desk.store)
    looked = review(desk.folder, desk.store, *other(desk.folder.template()), renames=RENAMES)

    def full(*_: object) -> None:
        assert read_pair(desk.folder) == looked.pair
        raise StorageTrouble("There is no room left.")

    monkeypatch.setattr(Database, "_commit", full)
    with pytest.raises(StorageTrouble):
        push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    monkeypatch.undo()
    assert read_pair(desk.folder) == pair and entries(desk.store) == words
    assert earlier(desk.folder) == () and not settle(desk.folder, desk.store)


@pytest.mark.more
def test_killed_at_any_step_it_is_all_or_nothing(
    desk: TeacherDesk, tmp_path: Path, only_on: Callable[..., None]
) -> None:
    """Killed before any step on the disk, the class opens; and the next to look finds all of it done, or none."""
    only_on("Linux", "Darwin")
    before, after = desk.folder.template(), other(desk.folder.template())[0]
    desk.store.close()
    (tmp_path / "killed").mkdir()
    command = [
        sys.executable,
        str(ROOT / "tests" / "pusher.py"),
        str(desk.folder.path),
        str(tmp_path / "killed"),
    ]
    said = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    lines = said.stdout.split("\n")[:-1]
    assert lines[-1].endswith("done") and len(lines) > 12
    outcomes = {_outcome(open_class(tmp_path / "killed" / line.split()[0]), before, after) for line in lines}
    assert outcomes == {"before", "after"}


def _outcome(folder: ClassFolder, before: ClassTemplate, after: ClassTemplate) -> str:
    store = folder.store()
    try:
        for student in store.students():
            assert book_of(store, folder.template(), folder.outline(), student.student_id).sections()
        settle(folder, store)
        answers = store.portfolio(store.rounds("amal")[-1].portfolio_id).answers
        carried = any(one.section == "about_me" and one.prompt == "likes" for one in answers)
        assert carried != any(one.section == "me" for one in answers)
        done = folder.template().but(version=1) == after.but(version=1)
        assert done or folder.template() == before
        assert done == carried == ("about_me" in shown(folder)) == ("goals" not in shown(folder))
        assert not settle(folder, store)
    finally:
        store.close()
    return "after" if done else "before"


def test_a_push_that_was_cut_off_waits_for_nobody_who_edited_since(desk: TeacherDesk) -> None:
    """If a teacher has changed a file by hand after the crash, that stays: the interrupted push is given up."""
    looked = review(desk.folder, desk.store, *other(desk.folder.template()), renames=RENAMES)
    plan = {"renames": RENAMES, "keep": [], "by": desk.by, "at": desk.now().isoformat()}
    template_pair.decide(desk.folder, read_pair(desk.folder), looked.pair, plan)
    path = desk.folder.template_file
    path.write_bytes(path.read_bytes() + b"# mine\n")
    pair, words = read_pair(desk.folder), entries(desk.store)
    assert not settle(desk.folder, desk.store)
    assert read_pair(desk.folder) == pair and entries(desk.store) == words
    assert template_pair.unfinished(desk.folder) is None


def test_a_damaged_note_of_a_push_is_forgotten(desk: TeacherDesk) -> None:
    """Rubbish where an interrupted push would stand stops nobody."""
    place = desk.folder.hidden / "templates"
    place.mkdir(exist_ok=True)
    looked = review(desk.folder, desk.store, *other(desk.folder.template()), renames=RENAMES)
    pair = read_pair(desk.folder)
    template_pair.decide(
        desk.folder, pair, looked.pair, {"renames": RENAMES, "keep": [{}], "by": 1, "at": "x"}
    )
    for rubbish in (
        (place / "coming.json").read_bytes(),
        b"",
        b"{",
        b"[]",
        b'{"before": 1}',
        b'{"before": {}, "template": 1, "notebook": 2, "about": 3}',
    ):
        (place / "coming.json").write_bytes(rubbish)
        assert not settle(desk.folder, desk.store)
        assert not (place / "coming.json").exists() and read_pair(desk.folder) == pair


# --------------------------------------------------------------------------------------------- other names


def test_a_renamed_page_takes_its_words_along(desk: TeacherDesk) -> None:
    """Answers go to the new names as a new version by the teacher; how they were stays in their history."""
    portfolio_id = desk.store.rounds("amal")[-1].portfolio_id
    old = desk.store.entry(portfolio_id, "me.love")
    looked = review(desk.folder, desk.store, *other(desk.folder.template()), renames=RENAMES)
    done = push(desk.folder, desk.store, looked, by=desk.by, at=desk.now())
    new = desk.store.entry(portfolio_id, "me.love")
    assert isinstance(old.entry, Answer) and isinstance(new.entry, Answer) and done.carried > 3
    assert (new.entry.section, new.entry.prompt, new.version) == ("about_me", "likes", old.version + 1)
    assert new.entry.words == old.entry.words
    past = desk.store.history(portfolio_id, "me.love")
    assert (past[-1].changed_by, past[-2].entry) == (desk.by, old.entry)
    form = child(desk).form("about_me")
    assert form["cards"][0]["fields"][0]["value"] == old.entry.words.text


def test_a_desk_open_meanwhile_saves_to_the_same_words(desk: TeacherDesk) -> None:
    """A child who writes on with the old page: its words are kept, in the answer that went along."""
    there = child(desk)
    card = there.form("me")["cards"][0]
    do(desk, *other(desk.folder.template()), renames=RENAMES)
    saved = there.save("me", "me.love", "words", "Drawing, and trees.", card["version"])
    assert saved.merged
    form = child(desk).form("about_me")
    assert form["cards"][0]["fields"][0]["value"] == "Drawing, and trees."
    there.save("me", "me.stuck", "words", "I ask.", there.form("me")["cards"][2]["version"])
    there.store.close()


def test_a_desk_opened_between_two_names_saves_too(desk: TeacherDesk) -> None:
    """Opened while the page had its new name, the desk saves to the same words after the old name came back."""
    first = do(desk, *other(desk.folder.template()), renames=RENAMES)
    there = child(desk)
    card = there.form("about_me")["cards"][0]
    bring_back(desk.folder, desk.store, first, by=desk.by, at=desk.now())
    there.save("about_me", card["entry_id"], "words", "Still mine.", card["version"])
    assert child(desk).form("me")["cards"][0]["fields"][0]["value"] == "Still mine."
    there.store.close()


def test_a_desk_open_meanwhile_saves_to_a_question_that_is_gone(desk: TeacherDesk) -> None:
    """Page and question are gone from the class; what the open desk writes is kept and comes back with them."""
    before = desk.folder.template()
    there = child(desk)
    do(desk, without(before, "me", "love"), [name for name in ids(before) if name != "goals"])
    version = there.form("me")["cards"][0]["version"]
    there.save("me", "me.love", "words", "Written after it was gone.", version)
    goal = there.form("goals")["cards"][0]
    there.save("goals", goal["entry_id"], "goal", "Read to my sister.", goal["version"])
    do(desk, before, ids(before))
    again = child(desk)
    assert again.form("me")["cards"][0]["fields"][0]["value"] == "Written after it was gone."
    assert any(f["value"] == "Read to my sister." for f in again.form("goals")["cards"][0]["fields"])


def test_an_old_name_cannot_be_given_to_a_new_question(desk: TeacherDesk) -> None:
    """After a rename the old name is taken: a new question of that name is refused, before it could mix answers."""
    before = desk.folder.template()
    do(desk, *other(before), renames=RENAMES)
    again = without(before, "me").but(version=1)
    both = again.but(sections=(*again.sections, section(desk.folder.template(), "about_me")))
    with pytest.raises(InputRefused, match=r"“me\.love”"):
        review(desk.folder, desk.store, both, ids(both))


def test_renames_that_are_none_are_refused(desk: TeacherDesk) -> None:
    """A rename to a page that is there, or from one that is not, changes nothing."""
    before = desk.folder.template()
    with pytest.raises(InputRefused, match="cannot become"):
        review(desk.folder, desk.store, before, ids(before), renames={"me": "work"})


# ------------------------------------------------------------------------------------------- who sees a page


def test_a_page_opened_to_families_stays_closed_for_who_wrote_there(desk: TeacherDesk) -> None:
    """What was written while families did not see the page stays unseen until the child shows it."""
    before = desk.folder.template()
    open_now = before.but(sections=tuple(s.but(shown_to_family=True) for s in before.sections))
    amal = desk.store.portfolio(desk.store.rounds("amal")[-1].portfolio_id)
    assert any(a.section == "friends" for a in amal.answers) and not any(
        c.section == "friends" for c in amal.meta.sections
    )
    do(desk, open_now, ids(before))
    for student in desk.store.students():
        book = desk.store.portfolio(desk.store.rounds(student.student_id)[-1].portfolio_id)
        friends = section(desk.folder.template(), "friends")
        wrote = any(a.section == "friends" for a in book.answers)
        chosen = any(c.section == "friends" for c in amal.meta.sections if student.student_id == "amal")
        assert chosen or seen_by(book.meta, friends, at_home=True) != wrote


def test_a_closed_page_does_not_come_back_open(desk: TeacherDesk) -> None:
    """Taken out of the template and put in again, open this time, it stays closed for who wrote on it before."""
    before = desk.folder.template()
    less = before.but(
        sections=tuple(s for s in before.sections if s.section_id != "friends"),
        agendas=tuple(
            a.but(
                steps=tuple(s.but(sections=tuple(n for n in s.sections if n != "friends")) for s in a.steps)
            )
            for a in before.agendas
        ),
    )
    do(desk, less, ids(less))
    do(desk, before.but(sections=tuple(s.but(shown_to_family=True) for s in before.sections)), ids(before))
    meta = desk.store.rounds("amal")[-1]
    assert who_sees(meta, section(desk.folder.template(), "friends")) == "teacher"


# ------------------------------------------------------------------------------------------------ the way back


def test_the_earlier_pair_can_be_brought_back(desk: TeacherDesk) -> None:
    """Every push keeps what was there; brought back it is that again, own cells and all, as one more version."""
    path = desk.folder.student_notebook
    page = json.loads(path.read_text("utf-8"))
    page["cells"].insert(4, {"cell_type": "markdown", "id": "mine", "metadata": {}, "source": ["Our year."]})
    path.write_text(json.dumps(page), "utf-8")
    pair, before, words = read_pair(desk.folder), desk.folder.template(), entries(desk.store)
    stamp = do(desk, *other(before), renames=RENAMES)
    (kept,) = earlier(desk.folder)
    assert (kept.stamp, kept.at, kept.version, kept.title) == (
        stamp,
        desk.now(),
        before.version,
        before.title,
    )
    assert {c.what for c in kept.changes.all} >= {
        "page_id",
        "page_off",
        "page_renamed",
    } and not kept.changes.touched
    looked = review_earlier(desk.folder, desk.store, stamp)
    assert {c.what for c in looked.changes.all} >= {"page_id", "page_on", "page_renamed"}
    bring_back(desk.folder, desk.store, stamp, by=desk.by, at=desk.now() + timedelta(days=1))
    now = read_pair(desk.folder)
    assert now.notebook == pair.notebook
    assert now.template == pair.template.replace(b"\nversion: 3\n", b"\nversion: 5\n")
    assert desk.folder.template().but(version=before.version) == before
    told = entries(desk.store)
    assert {k: v[1:] for k, v in told.items()} == {k: v[1:] for k, v in words.items()}
    assert len(earlier(desk.folder)) == 2


def test_names_are_taken_back_over_several_pushes(desk: TeacherDesk) -> None:
    """Bringing back a pair of three pushes ago takes every new name since back with it."""
    before, words = desk.folder.template(), entries(desk.store)
    first = do(desk, *other(before), renames=RENAMES)
    there = desk.folder.template()
    me = section(there, "about_me")
    third = there.but(
        sections=tuple(s.but(section_id="me_again") if s is me else s for s in there.sections),
        agendas=tuple(
            a.but(
                steps=tuple(
                    s.but(sections=tuple("me_again" if n == "about_me" else n for n in s.sections))
                    for s in a.steps
                )
            )
            for a in there.agendas
        ),
    )
    do(desk, third, ids(third), renames={"about_me": "me_again"})
    do(desk, third.but(title="Ours"), ids(third))
    bring_back(desk.folder, desk.store, first, by=desk.by, at=desk.now())
    assert {k: v[1:] for k, v in entries(desk.store).items()} == {k: v[1:] for k, v in words.items()}


def test_names_are_taken_back_also_after_ten_pushes_in_a_second(desk: TeacherDesk) -> None:
    """Pairs of one second stand in the order they were put away, the tenth behind the ninth."""
    before = desk.folder.template()
    for n in range(10):
        do(desk, before, ids(before)[(n + 1) % 2 :])
    stamp = do(desk, *other(before), renames=RENAMES)
    assert [one.stamp for one in earlier(desk.folder)][:2] == [stamp, stamp[:-1] + "0"]
    assert review_earlier(desk.folder, desk.store, stamp).renames == {
        "about_me": "me",
        "about_me.likes": "love",
    }


def test_earlier_pairs_are_listed_and_hostile_names_are_none(desk: TeacherDesk) -> None:
    """Newest first, also two of the same second; a name that is none, a path, a damaged one: a sentence or left alone."""
    before = desk.folder.template()
    names = [do(desk, before, ids(before)[n % 2 :]) for n in (1, 2, 3)]
    assert [one.stamp for one in earlier(desk.folder)] == names[::-1]
    for odd in ("", "..", "../../class.sqlite", "20261120T120000Z-99", "x" * 10_000, "/etc"):
        with pytest.raises(NotFound, match="not there any more"):
            review_earlier(desk.folder, desk.store, odd)
    place = desk.folder.hidden / "templates" / names[0]
    (place / "about.json").write_text(
        '{"changes": [1, ["nonsense", 1, 2, 3, 4]], "version": "x", "renames": []}', "utf-8"
    )
    assert (earlier(desk.folder)[-1].version, earlier(desk.folder)[-1].changes.all) == (0, ())
    (place / "class.yaml").write_text("a: [", "utf-8")
    with pytest.raises(TemplateMistake):
        review_earlier(desk.folder, desk.store, names[0])
    (place / "student.ipynb").unlink()
    with pytest.raises(NotFound):
        review_earlier(desk.folder, desk.store, names[0])


def test_a_pair_without_a_note_tells_of_itself(desk: TeacherDesk) -> None:
    """A pair that was put there without a note is listed by its template; one of other grades is not brought back."""
    place = desk.folder.hidden / "templates" / "20261001T080000Z"
    place.mkdir(parents=True)
    (place / "student.ipynb").write_bytes(desk.folder.student_notebook.read_bytes())
    (place / "class.yaml").write_bytes((class_templates() / "k-2.yaml").read_bytes())
    (one,) = earlier(desk.folder)
    assert (one.version, one.title) == (3, "Kindergarten to grade 2")
    with pytest.raises(InputRefused, match="for grades k-2, your class is 3-5"):
        review_earlier(desk.folder, desk.store, one.stamp)


def test_only_so_many_are_kept(desk: TeacherDesk) -> None:
    """The oldest goes when there are too many; the folder cannot fill the disk of an old laptop."""
    pair = read_pair(desk.folder)
    for n in range(MOST_EARLIER + 3):
        template_pair.keep_earlier(desk.folder, pair, desk.now() + timedelta(minutes=n), {})
    found = [one.at for one in earlier(desk.folder)]
    assert len(found) == MOST_EARLIER and found[0] == desk.now() + timedelta(minutes=MOST_EARLIER + 2)


def test_a_class_that_is_a_link_is_refused(desk: TeacherDesk, tmp_path: Path) -> None:
    """A class never reaches out of its folder: a linked file is told, and nothing outside is written."""
    away = tmp_path / "away.yaml"
    away.write_bytes(desk.folder.template_file.read_bytes())
    before = desk.folder.template()
    desk.folder.template_file.unlink()
    desk.folder.template_file.symlink_to(away)
    with pytest.raises(StorageTrouble, match="is a link"):
        review(desk.folder, desk.store, before, ids(before)[1:])
    assert LARGEST_NOTEBOOK > 1_000_000


def test_a_backup_is_not_disturbed(desk: TeacherDesk, tmp_path: Path) -> None:
    """A backup after a push holds the pair of now; earlier pairs stay with the class."""
    do(desk, desk.folder.template(), ids(desk.folder.template())[1:])
    made = back_up(desk.folder, tmp_path / "b.zip", made_at=desk.now())
    assert made.files > 4 and not made.missing


# ----------------------------------------------------------------------------------------------- while others save


@pytest.mark.parametrize(
    "pushes", [6, pytest.param(120, marks=[pytest.mark.drill, pytest.mark.timeout(1800)])]
)
def test_no_word_is_lost_while_others_save(desk: TeacherDesk, pushes: int) -> None:
    """Two children write without a pause while pages and names come and go: every word said to be saved is there."""
    with tally(3, "words two children save while their template is changed under them") as told:
        stop, said = threading.Event(), {"amal": 0, "mateo": 0}
        troubles: list[BaseException] = []
        writers = [threading.Thread(target=_write, args=(desk, who, stop, said, troubles)) for who in said]
        for writer in writers:
            writer.start()
        try:
            for n in range(pushes):
                _turn(desk, n)
        finally:
            stop.set()
            for writer in writers:
                writer.join()
        assert not troubles and min(said.values()) > 3
        for who, count in said.items():
            there = _history(desk.store, who)
            told.count(count, sum(f"word {n}" in there for n in range(1, count + 1)))
    assert told.lost == 0
    template = desk.folder.template()
    for student in desk.store.students():
        book: Book = book_of(desk.store, template, desk.folder.outline(), student.student_id)
        assert book.sections()


def _turn(desk: TeacherDesk, n: int) -> None:
    """Rename the page, off and on, and back: as a teacher who cannot decide."""
    if n % 2 == 0:
        do(desk, *other(desk.folder.template()), renames=RENAMES)
    else:
        bring_back(desk.folder, desk.store, earlier(desk.folder)[0].stamp, by=desk.by, at=desk.now())


def _write(
    desk: TeacherDesk, who: str, stop: threading.Event, said: dict[str, int], troubles: list[BaseException]
) -> None:
    """Write at a desk that is opened anew now and then, as a page is: into the first question about oneself."""
    store = desk.folder.store()
    try:
        while not stop.is_set():
            template, outline = desk.folder.template(), desk.folder.outline()
            there = StudentDesk(
                store=store, book=book_of(store, template, outline, who), now=desk.now, new_id=desk.new_id
            )
            page = "me" if template.section("me") else "about_me"
            for _ in range(4):
                number = said[who] + 1
                version = store.entry(there.portfolio_id, "me.love").version
                try:
                    there.save(page, "me.love", "words", f"word {number}", version)
                except ChangedMeanwhile:
                    continue  # both are shown, the child decides and saves again
                said[who] = number
    except BaseException as trouble:  # noqa: BLE001 - a thread tells the test what happened in it
        troubles.append(trouble)
    finally:
        store.close()


def _history(store: ClassStore, who: str) -> set[str]:
    portfolio_id = store.rounds(who)[-1].portfolio_id
    changes = store.history(portfolio_id, "me.love")
    return {
        c.entry.words.text
        for c in changes
        if isinstance(c.entry, Answer) and isinstance(c.entry.words, Passage)
    }
