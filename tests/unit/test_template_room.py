# long: the builder is tested screen by screen in one place
"""The template builder: a draft no book knows of, seen before it is pushed, and no word lost by it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markupsafe import escape

from portfolio.errors import ChangedMeanwhile, NotFound, PortfolioError
from portfolio.model import Choice, Portfolio
from portfolio.moments.room import Brought
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.template_room import TemplateRoom
from portfolio.rules.template_choices import choices_from
from portfolio.rules.unasked import unasked
from portfolio.store.class_folder import book_of
from portfolio.store.template_draft import read_draft
from tests.teachers import form, sample_desk

CLASSES = ("class-4b", "ladybirds", "grade-7", "grade-11")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of the sample class's teacher."""
    opened = sample_desk(tmp_path)
    with closing(opened.store):
        yield opened


def books(desk: TeacherDesk) -> dict[str, Portfolio]:
    """Return every child's portfolio."""
    rounds = desk.store.all_rounds()
    return {m.portfolio_id: desk.store.portfolio(m.portfolio_id) for metas in rounds.values() for m in metas}


def version_of(body: str, key: str) -> int:
    """Return the version the form with this key carries on a screen."""
    found = re.search(rf'data-key="{key}" data-version="(\d+)"', body)
    assert found, key
    return int(found[1])


def pushed(room: TemplateRoom) -> None:
    """Look at what would change, and push it."""
    body = room.show(("push",)).body
    seen = re.search(r'name="seen" value="([^"]+)"', body)
    assert seen, body
    room.do(("push",), form("push", seen=seen[1]))


@pytest.mark.more
@pytest.mark.parametrize("name", CLASSES)
def test_every_screen_of_every_band_can_be_shown(name: str, tmp_path: Path) -> None:
    """List, each page with both previews, each agenda, pushing and files: all four bands."""
    desk = sample_desk(tmp_path, name)
    with closing(desk.store):
        room, template = TemplateRoom(desk), desk.folder.template()
        assert all(str(escape(s.title)) in room.show(()).body for s in template.sections)
        for section in template.sections:
            body = room.show(("page", section.section_id)).body
            if section.holds not in ("teacher_page", "replies", "look_backs", "agreements"):
                assert "data-sheet=" in body, section.section_id
                assert "srcdoc=" in body, section.section_id
        for agenda in template.agendas:
            assert str(agenda.child_minutes) in room.show(("agenda", agenda.preset_id)).body
        assert room.show(("push",)).body
        assert room.show(("file",)).body
    assert read_draft(desk.folder) is None, "looking begins no draft"


def test_no_book_knows_of_a_draft_until_it_is_pushed(desk: TeacherDesk) -> None:
    """A reworded question stands in the draft alone; pushed, it stands in the books, and answers stay."""
    room, before = TemplateRoom(desk), books(desk)
    section = next(s for s in desk.folder.template().sections if s.holds == "answers" and s.prompts)
    field = section.prompts[0].field
    body = room.show(("page", section.section_id)).body
    asked = form("question", version=version_of(body, field), field=field, ask="What do you want us to see?")
    room.do(("page", section.section_id), asked)
    assert desk.folder.template().section(section.section_id) == section
    assert "What do you want us to see?" in room.show(("push",)).body
    pushed(room)
    now = desk.folder.template().section(section.section_id)
    assert now is not None
    assert now.prompts[0].ask == "What do you want us to see?"
    assert books(desk) == before
    assert read_draft(desk.folder) is None


def test_a_question_taken_out_keeps_its_words_and_brings_them_back(desk: TeacherDesk) -> None:
    """Words of a question that is gone are told as such; the earlier template brings both back."""
    room, before = TemplateRoom(desk), books(desk)
    portfolio = next(p for p in before.values() if any(a.words for a in p.answers))
    answer = next(a for a in portfolio.answers if a.words and desk.folder.template().section(a.section))
    room.do(("page", answer.section), form("remove", field=answer.prompt))
    pushed(room)
    assert books(desk) == before
    student = portfolio.meta.student_id
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), student)
    if book.portfolio.meta.portfolio_id == portfolio.meta.portfolio_id:
        assert any(answer.entry_id in repr(one) for one in unasked(book))
    stamp = re.search(r"#template/back/([\w-]+)", room.show(("push",)).body)
    assert stamp
    body = room.show(("back", stamp[1])).body
    seen = re.search(r'name="seen" value="([^"]+)"', body)
    assert seen
    room.do(("back", stamp[1]), form("bring-back", seen=seen[1]))
    there = desk.folder.template().section(answer.section)
    assert there is not None
    assert there.prompt(answer.prompt) is not None
    assert books(desk) == before


def test_a_page_left_out_is_out_of_the_notebook_and_its_words_stay(desk: TeacherDesk) -> None:
    """Leaving a page out changes the notebook only; putting it in again shows everything as before."""
    room, before = TemplateRoom(desk), books(desk)
    name = desk.folder.outline()[1].section  # type: ignore[union-attr] # the sample notebook shows sections
    room.do((), form("page", page=name, how="off"))
    pushed(room)
    assert name not in [getattr(c, "section", "") for c in desk.folder.outline()]
    room.do((), form("page", page=name, how="on"))
    pushed(room)
    assert name in [getattr(c, "section", "") for c in desk.folder.outline()]
    assert books(desk) == before


def test_a_page_of_ones_own_is_asked_of_children(desk: TeacherDesk) -> None:
    """A new page with its questions reaches the desks, each kind one can make."""
    room = TemplateRoom(desk)
    for kind in ("words", "pick", "photos", "scale", "recording"):
        done = room.do((), form("new-page", title=f"Our garden {kind}", kind=kind))
        name = done.go.rpartition("/")[2]
        assert "data-sheet=" in room.show(("page", name)).body
    pushed(room)
    titles = {s.title: s for s in desk.folder.template().sections}
    assert titles["Our garden scale"].holds == "ratings"
    assert {"Our garden words", "Our garden pick", "Our garden photos", "Our garden recording"} <= set(titles)
    assert titles["Our garden words"].section_id in [getattr(c, "section", "") for c in desk.folder.outline()]


def test_minutes_are_counted_for_the_teacher(desk: TeacherDesk) -> None:
    """A step made longer changes the sums said, and the pushed file adds up."""
    room = TemplateRoom(desk)
    agenda = desk.folder.template().agendas[0]
    step = agenda.steps[1]
    body = room.show(("agenda", agenda.preset_id)).body
    asked = form(
        "step", version=version_of(body, step.step_id), step=step.step_id, title=step.title,
        speaker=step.speaker, minutes=str(step.minutes + 4), sections=list(step.sections), **{"told-pages": "1"},
    )  # fmt: skip
    done = room.do(("agenda", agenda.preset_id), asked)
    assert str(agenda.child_minutes + 4) in done.asides["sums"]
    pushed(room)
    assert desk.folder.template().agendas[0].child_minutes == agenda.child_minutes + 4
    assert desk.folder.template().agendas[0].steps[1].sections == step.sections


def test_two_windows_on_one_draft_lose_nothing(desk: TeacherDesk) -> None:
    """Different fields of a page stand both; the same field shows both."""
    one, other = TemplateRoom(desk), TemplateRoom(desk)
    name = desk.folder.template().sections[0].section_id
    body = one.show(("page", name)).body
    found = re.search(r'data-keep="page" data-version="(\d+)"', body)
    assert found
    version = int(found[1])
    other.show(("page", name))
    section = desk.folder.template().sections[0]
    rest = {
        "icon": section.icon, "at_least": str(section.at_least), "at_most": str(section.at_most),
        "kept_for_the_table": "0", "shown_to_family": "1" if section.shown_to_family else [],
    }  # fmt: skip
    one.do(("page", name), form("page", version=version, title="Hello", intro=section.intro, **rest))  # type: ignore[arg-type] # a tick is a list
    other.do(("page", name), form("page", version=version, title=section.title, intro="A line", **rest))  # type: ignore[arg-type] # a tick is a list
    draft = read_draft(desk.folder)
    assert draft is not None
    kept = draft.template.section(name)
    assert kept is not None
    assert (kept.title, kept.intro) == ("Hello", "A line")
    with pytest.raises(ChangedMeanwhile) as refused:
        other.do(("page", name), form("page", version=version, title="Other", intro=section.intro, **rest))  # type: ignore[arg-type] # a tick is a list
    theirs = refused.value.values["theirs"]
    assert isinstance(theirs, dict)
    assert theirs["title"] == "Hello"


def test_what_was_not_looked_at_is_not_pushed(desk: TeacherDesk) -> None:
    """If the draft, class.yaml or the notebook changed since one looked, nothing is pushed."""
    room = TemplateRoom(desk)
    room.do((), form("page", page=desk.folder.template().sections[2].section_id, how="off"))
    body = room.show(("push",)).body
    seen = re.search(r'name="seen" value="([^"]+)"', body)
    assert seen
    text = desk.folder.template_file.read_text("utf-8")
    desk.folder.template_file.write_text(f"# a remark\n{text}", "utf-8")
    with pytest.raises(ChangedMeanwhile):
        room.do(("push",), form("push", seen=seen[1]))
    assert "a remark" in desk.folder.template_file.read_text("utf-8")
    assert "changed somewhere else since you began" in room.show(()).body


def test_a_draft_says_so_at_the_foot_of_every_screen_of_the_builder(desk: TeacherDesk) -> None:
    """From the first change on, also of a form that keeps itself: how many, that children see the old pages, the way on."""
    room = TemplateRoom(desk)
    section = desk.folder.template().sections[0].section_id
    agenda = desk.folder.template().agendas[0].preset_id
    places = ((), ("page", section), ("agenda", agenda), ("file",))

    def foot(body: str) -> str:
        return " ".join(body.rpartition('id="draft-bar"')[2].split())

    assert not any("Children still see the old pages." in foot(room.show(at).body) for at in places)
    version = re.search(r'data-keep="title" data-version="(\d+)"', room.show(()).body)
    assert version
    told = room.do((), form("title", title="Our pages", version=int(version[1]))).asides["draft-bar"]
    assert "A draft: 1 change." in told and 'href="#template/push"' in told
    pages = [s.section_id for s in desk.folder.template().sections]
    room.do((), form("page", page=pages[2], how="off"))
    for at in places:
        assert "A draft: 2 changes." in foot(room.show(at).body)
        assert "Children still see the old pages." in foot(room.show(at).body)
    room.do((), form("throw-away"))
    assert not any("Children still see" in foot(room.show(at).body) for at in places)


def test_a_page_that_is_left_out_stays_where_it_stands(desk: TeacherDesk) -> None:
    """Its line keeps its place and says so; the button that takes it in again has the focus."""
    room = TemplateRoom(desk)

    def lines() -> list[str]:
        return re.findall(r'<li id="p-([\w-]+)"', room.show(()).body)

    before = lines()
    for name in (before[2], before[0], before[-1]):
        outcome = room.do((), form("page", page=name, how="off"))
        assert lines() == before and outcome.focus == f"t-{name}"
        line = room.show(()).body.partition(f'id="p-{name}"')[2].partition("</li>")[0]
        assert "Left out: no book shows it." in line and f'id="t-{name}"' in line
        assert 'value="on"' in line and 'value="up"' not in line
    for name in (before[-1], before[2], before[0]):
        assert room.do((), form("page", page=name, how="on")).focus == f"t-{name}"
    assert lines() == before and "Left out" not in room.show(()).body


def test_no_screen_of_the_builder_speaks_of_templates_or_pushing(desk: TeacherDesk) -> None:
    """A teacher reads of pages and questions, and of giving them to the books."""
    room = TemplateRoom(desk)
    room.do((), form("page", page=desk.folder.template().sections[2].section_id, how="off"))
    section, agenda = desk.folder.template().sections[0], desk.folder.template().agendas[0]
    pushed(room)
    room.do((), form("page", page=desk.folder.template().sections[3].section_id, how="off"))
    stamp = re.search(r"#template/back/([\w-]+)", room.show(("push",)).body)
    assert stamp
    for at in (
        (), ("page", section.section_id), ("agenda", agenda.preset_id), ("push",), ("file",), ("back", stamp[1]),
    ):  # fmt: skip
        words = re.sub(r"(?s)<iframe.*?</iframe>|<code.*?</code>|<[^>]+>", " ", room.show(at).body)
        assert not re.search(r"(?i)\btemplate|\bpush", words), (at, words)


def test_a_file_is_taken_along_and_read_again(desk: TeacherDesk) -> None:
    """The file one takes gives the same draft again; a wrong one is answered with its line, and nothing changes."""
    room = TemplateRoom(desk)
    (download,) = room.do(("file",), form("take")).downloads
    room.do(("file",), form("give", Brought("file", "ours.yaml", download.data)))
    assert "There is no draft" in room.show(("push",)).body
    wrong = download.data.replace(b"control: long", b"control: lnog", 1)
    with pytest.raises(PortfolioError) as refused:
        room.do(("file",), form("give", Brought("file", "wrong.yaml", wrong)))
    assert "wrong.yaml, line" in str(refused.value)
    for data in (b"", b"\x00" * 100, b"- a", "é".encode("utf-16")):
        with pytest.raises(PortfolioError):
            room.do(("file",), form("give", Brought("file", "../x.yaml", data)))
    assert not (desk.folder.hidden / "template-draft.json").exists() or read_draft(desk.folder) is not None


def test_the_draft_begins_as_the_notebook_says(desk: TeacherDesk) -> None:
    """A heading changed in JupyterLab is the page's title in the builder."""
    path = desk.folder.student_notebook
    page = json.loads(path.read_text("utf-8"))
    heading = next(c for c in page["cells"] if c["source"] and c["source"][0].startswith("## "))
    heading["source"] = ["## What we grew"]
    path.write_text(json.dumps(page), "utf-8")
    assert "What we grew" in TemplateRoom(desk).show(()).body


def test_a_draft_that_cannot_be_read_is_told_and_can_be_thrown_away(desk: TeacherDesk) -> None:
    """A damaged draft harms nothing but itself."""
    (desk.folder.hidden / "template-draft.json").write_text("{", "utf-8")
    room = TemplateRoom(desk)
    assert 'data-do="throw-away"' in room.show(()).body
    room.do((), form("throw-away"))
    assert room.show(()).body


@pytest.mark.parametrize(
    ("at", "asked"),
    [
        ((), form("page", page="nobody", how="up")),
        ((), form("new-page", title="", kind="words")),
        ((), form("new-page", title="A", kind="erase")),
        ((), form("known-page", known="../x")),
        ((), form("new-agenda", title="")),
        (("page", "welcome"), form("add", ask="", control="long")),
        (("page", "welcome"), form("add", ask="A", control="eval")),
        (("page", "welcome"), form("remove", field="nothing")),
        (("page", "welcome"), form("picture", field="hello")),
        (("page", "nobody"), form("where", how="on")),
        (("agenda", "nobody"), form("add", title="A")),
        (("file",), form("ours", band="13-14")),
        (("file",), form("give")),
        (("push",), form("push", seen="")),
        (("push",), form("push", seen="abc")),
        (("back", "20990101T000000Z"), form("bring-back", seen="x")),
        (("nowhere",), form("push")),
    ],
    ids=lambda given: str(getattr(given, "what", given)),
)
def test_what_a_browser_makes_up_gets_a_sentence_and_changes_nothing(
    desk: TeacherDesk, at: tuple[str, ...], asked: object
) -> None:
    """Nonsense is refused with a sentence; draft, files and books are as they were."""
    room, before = TemplateRoom(desk), books(desk)
    files = [path.read_bytes() for path in (desk.folder.template_file, desk.folder.student_notebook)]
    with pytest.raises(PortfolioError):
        room.do(at, asked)  # type: ignore[arg-type] # a form, made above
    assert [path.read_bytes() for path in (desk.folder.template_file, desk.folder.student_notebook)] == files
    assert books(desk) == before
    assert read_draft(desk.folder) is None


def test_places_that_are_not_there_get_a_sentence(desk: TeacherDesk) -> None:
    """Unknown pages, agendas and stamps are said to be gone."""
    for at in (
        ("page", "nobody"),
        ("agenda", "nobody"),
        ("back", "x"),
        ("page",),
        ("page", "welcome", "more"),
    ):
        with pytest.raises(NotFound):
            TemplateRoom(desk).show(at)


LABELS = st.lists(
    st.sampled_from(["yes", "no", "a bit", "often", "never", "now"]), min_size=1, max_size=6, unique=True
)


@given(before=LABELS, after=LABELS)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_a_choice_that_keeps_its_words_keeps_its_name(before: list[str], after: list[str]) -> None:
    """Ids are unique, and whatever a child picked stays what it picked while its words stand there."""
    there = tuple(Choice(id=f"c{n}", label=label) for n, label in enumerate(before))
    made = choices_from(after, there)
    assert [c.label for c in made] == after
    assert len({c.id for c in made}) == len(made)
    names = {c.label: c.id for c in there}
    assert all(c.id == names[c.label] for c in made if c.label in names)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["off", "on", "up", "down", "remove", "add", "page", "agenda"]), st.integers(0, 20)
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.more
@given(steps=STEPS)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_whatever_is_changed_no_word_is_lost_and_the_file_can_be_read(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Any row of changes, pushed: every book is as it was, and class.yaml and the notebook open."""
    desk = _shared(tmp_path_factory)
    room, before = TemplateRoom(desk), books(desk)
    for what, n in steps:
        draft = room._pages._draft.now()
        section = draft.template.sections[n % len(draft.template.sections)]
        field = section.prompts[n % len(section.prompts)].field if section.prompts else ""
        try:
            if what in ("off", "on", "up", "down"):
                room.do((), form("page", page=section.section_id, how=what))
            elif what == "remove":
                room.do(("page", section.section_id), form("remove", field=field))
            elif what == "add":
                room.do(("page", section.section_id), form("add", ask=f"Why {n}?", control="long"))
            elif what == "page":
                room.do((), form("new-page", title=f"Page {n}", kind="words"))
            else:
                room.do((), form("new-agenda", title=f"Agenda {n}"))
        except PortfolioError:
            continue
    if 'name="seen"' in room.show(("push",)).body:
        pushed(room)
    room.do((), form("throw-away"))
    assert books(desk) == before
    assert desk.folder.template().sections
    assert desk.folder.outline()


_DESKS: list[TeacherDesk] = []


def _shared(factory: pytest.TempPathFactory) -> TeacherDesk:
    """Return one desk for all examples: each begins where the last one ended."""
    if not _DESKS:
        _DESKS.append(sample_desk(factory.mktemp("shared")))
    return _DESKS[0]
