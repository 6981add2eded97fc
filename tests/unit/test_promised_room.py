"""The room of promises and worries: the overdue list of all three, and a worry on its way until the family closes it."""

# long: one class in which promises are kept and worries go on, in every way
from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.model import Agreement, Concern, LookBack, Passage, Teacher, Translation
from portfolio.moments.archive_in import take_in
from portfolio.moments.archiving import archive_class
from portfolio.moments.class_hopes import hopes_of
from portfolio.moments.desk import StudentDesk
from portfolio.moments.next_teacher import for_next
from portfolio.moments.progress_table import progress_table
from portfolio.moments.room import Asked, At, Outcome
from portfolio.moments.send_home import send_home
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.child_room import ChildRoom
from portfolio.moments.teacher.class_room import ClassRoom
from portfolio.moments.teacher.promised_room import PromisedRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.moments.teacher.setup_round import begin_round
from portfolio.store.class_folder import book_of
from portfolio.views.environment import environment
from portfolio.views.teacher import promised_page
from portfolio.words import speak
from tests.quick_class import book_id, quick_desk
from tests.teachers import NOW, form, teacher_desk

NAMES = ("Amal; Teta; ar", "Mateo; Mamá; es; Dad; en", "Linh")
WORRY: At = ("worry", "mateo", "concern-1")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a class with two homes for Mateo, a past promise of each of three, and one worry."""
    desk = quick_desk(tmp_path, NAMES)
    keep(desk, "mateo", promise("t", "teacher", name="Ms. Rivera", by_when=date(2026, 11, 12)))
    keep(desk, "mateo", promise("c", "student", by_when=date(2026, 11, 16)))
    keep(desk, "amal", promise("f", "family", name="Teta", by_when=date(2026, 12, 1)))
    keep(desk, "mateo", worry())
    yield desk
    desk.store.close()


def promise(entry_id: str, who: str, **more: Any) -> Agreement:
    """Return a promise with words of its own."""
    told = {"entry_id": entry_id, "who": who, "what": Passage(text=f"does thing {entry_id.upper()}")}
    return Agreement.model_validate({**told, **more})


def worry(**more: Any) -> Concern:
    """Return a worry of Mamá's home, in Spanish."""
    told = {
        "entry_id": "concern-1",
        "household_id": "mama",
        "words": Passage(text="La mochila pesa.", lang="es"),
    }
    return Concern.model_validate({**told, "on": date(2026, 11, 1), **more})


def keep(desk: TeacherDesk, student_id: str, entry: Any, by: str = "student") -> None:
    """Keep an entry in a child's book of now, in place of what was there."""
    book = book_id(desk, student_id)
    try:
        expected = desk.store.entry(book, entry.entry_id).version
    except NotFound:
        expected = 0
    desk.store.keep(book, entry, expected=expected, by=by, at=desk.now())


def kept(desk: TeacherDesk, student_id: str, entry_id: str) -> Any:
    """Return an entry of the book of now."""
    return desk.store.entry(book_id(desk, student_id), entry_id).entry


def body(desk: TeacherDesk, *at: str) -> str:
    """Return the HTML of a screen."""
    return str(PromisedRoom(desk).show(at).body)


def note(
    desk: TeacherDesk, student_id: str, entry_id: str, how: str, version: int | None = None, **more: str
) -> Outcome:
    """Send the form below a promise."""
    asked = form("mark", version=version, book=book_id(desk, student_id), entry=entry_id, how=how, **more)
    return PromisedRoom(desk).do((), asked)


def plan(desk: TeacherDesk, version: int | None = None, **told: str) -> Outcome:
    """Send the form of the answer."""
    return PromisedRoom(desk).do(WORRY, form("plan", version=version, **told))


def step(desk: TeacherDesk, what: str, version: int | None = None, **told: str) -> Outcome:
    """Send another form of the worry."""
    return PromisedRoom(desk).do(WORRY, form(what, version=version, **told))


def sent(what: str, told: Mapping[str, str]) -> Asked:
    """Return a form with these values."""
    return Asked(what, {name: (value,) for name, value in told.items()})


# ------------------------------------------------------------------------------------------------ screens


@pytest.mark.parametrize(
    "screen", [promised_page.PromisedPage, promised_page.WorryPage, promised_page.AnswerRemarks]
)
def test_every_variable_of_a_screen_is_promised_and_used(screen: type) -> None:
    """A screen's dataclass fields and the variables its template reads are the same, both ways."""
    env = environment()
    assert env.loader is not None
    source = env.loader.get_source(env, f"teacher/{screen.template}")[0]  # type: ignore[attr-defined]  # each page has one
    read = meta.find_undeclared_variables(env.parse(source)) - {"icons"}
    assert read == {field.name for field in dataclasses.fields(screen)}


def test_the_room_is_between_the_meeting_and_what_the_books_ask(desk: TeacherDesk) -> None:
    """It has a way of its own at the top, and shows itself there."""
    ways = [place for place, _, _ in Rooms(desk).ways()]
    assert ways[ways.index("before") :][:4] == ["before", "meetings", "promised", "template"]
    assert Rooms(desk).show("promised").title == "What was promised"


def test_what_is_due_is_listed_for_all_three_yours_first_and_past_days_first(desk: TeacherDesk) -> None:
    """An overdue list of teacher, child and home, with words for the day and no red, count or percent."""
    keep(desk, "amal", promise("soon", "teacher", by_when=date(2026, 11, 30)))
    keep(desk, "amal", promise("never", "teacher"))
    html = body(desk)
    order = ["Yours", "thing T<", "thing SOON<", "thing NEVER<", "For the children", "thing C<", "For homes", "thing F<",
             "Worries of homes", "La mochila pesa."]  # fmt: skip
    found = [html.index(words) for words in order]
    assert found == sorted(found)
    assert "<b>was for Thursday, November 12, 2026</b>" in html
    assert "by Tuesday, December 1, 2026" in html and "no day was said" in html
    assert "%" not in html
    assert 'lang="es" dir="auto">La mochila pesa.' in html


def test_words_in_another_language_come_with_their_translation(desk: TeacherDesk) -> None:
    """A teacher who does not read it has the translation below, marked as a draft where nobody has looked at it."""
    other = (
        Translation(lang="en", text="The bag is heavy."),
        Translation(lang="fr", text="Le sac est lourd."),
    )
    keep(desk, "mateo", worry(words=Passage(text="La mochila pesa.", lang="es", translations=other)))
    html = body(desk)
    assert "La mochila pesa." in html and "The bag is heavy. (draft)" in html and "Le sac" not in html


def test_promises_of_another_teacher_stand_apart(desk: TeacherDesk) -> None:
    """Only what bears the name of another teacher of the class is not yours."""
    teachers = (*desk.school_class.teachers, Teacher(teacher_id="teacher-2", name="Mr. Haddad"))
    desk.store.keep_class(desk.school_class.but(teachers=teachers))
    keep(desk, "linh", promise("x", "teacher", name="Mr. Haddad"))
    html = body(desk)
    assert (
        html.index("Yours") < html.index("thing T") < html.index("Of other teachers") < html.index("thing X")
    )


@pytest.mark.parametrize(
    "at",
    [("nowhere",), ("child",), ("child", "nobody"), ("child", "amal", "x"), ("worry",), ("worry", "mateo"),
     ("worry", "mateo", "t"), ("worry", "amal", "concern-1"), ("worry", "mateo", "concern-1", "amal.fall-2026"),
     ("worry", "\udcff", "\x00"), ("worry", "mateo", "../../etc"), ("x" * 9000,)],
)  # fmt: skip
def test_a_place_that_is_not_there_is_a_sentence(desk: TeacherDesk, at: At) -> None:
    """Whatever stands in an address, looking and doing answer with a sentence of ours."""
    with pytest.raises(NotFound):
        PromisedRoom(desk).show(at)
    with pytest.raises(PortfolioError):
        PromisedRoom(desk).do(at, form("plan", answer="x"))


def test_an_empty_class_says_so_kindly(tmp_path: Path) -> None:
    """Where nothing was promised there is a sentence, and no empty heading."""
    desk = quick_desk(tmp_path)
    html = body(desk)
    desk.store.close()
    assert "Nothing waits here." in html and "<h2" not in html


def test_hostile_words_stay_words(desk: TeacherDesk) -> None:
    """What children and families write is text on both screens."""
    keep(desk, "amal", promise("e", "family", what=Passage(text="<script>x</script>"), name="<b>T</b>"))
    keep(desk, "mateo", worry(words=Passage(text="<img src=x onerror=y>"), owner="<i>"))
    for html in (body(desk), body(desk, *WORRY), body(desk, "child", "amal")):
        assert not any(tag in html for tag in ("<script>x", "<b>T</b>", "<img src=x", "<i>"))


def test_a_book_that_cannot_be_read_is_named_and_hides_nobody(desk: TeacherDesk, monkeypatch: Any) -> None:
    """The others' promises are there; of that child it is said."""
    real, lost = desk.store.wholes, book_id(desk, "amal")

    def wholes(ids: Any) -> Any:
        return {name: whole for name, whole in real(ids).items() if name != lost}

    monkeypatch.setattr(desk.store, "wholes", wholes)
    html = body(desk)
    assert "A part of Amal’s books cannot be read" in html
    assert "thing T" in html and "thing F" not in html


# ----------------------------------------------------------------------------------------------- promises


def test_a_promise_that_is_kept_leaves_the_list_and_says_who_noted_it(desk: TeacherDesk) -> None:
    """Kept with a line on it: under “What is over”; the promise's words, day and maker are as they were."""
    before = kept(desk, "mateo", "t")
    assert "kept" in note(desk, "mateo", "t", "kept", note="On Monday, at the board.").say
    after = kept(desk, "mateo", "t")
    assert (after.how_far, after.note) == ("done", Passage(text="On Monday, at the board."))
    assert after.but(how_far=None, note=Passage()) == before
    html = body(desk)
    assert html.index("What is over") < html.index("thing T")
    assert desk.store.entry(book_id(desk, "mateo"), "t").changed_by == "teacher:teacher-1"
    note(desk, "mateo", "t", "not_yet")
    assert kept(desk, "mateo", "t").note.text == "On Monday, at the board."
    assert body(desk).index("thing T") < body(desk).index("For the children")


def test_a_teacher_cannot_take_back_a_promise_of_a_child_or_home(desk: TeacherDesk) -> None:
    """Only the maker changes their mind; for children and homes one notes what was told."""
    for student, entry in (("mateo", "c"), ("amal", "f")):
        with pytest.raises(InputRefused):
            note(desk, student, entry, "not_any_more")
        assert kept(desk, student, entry).how_far is None
        note(desk, student, entry, "partly")
        assert kept(desk, student, entry).how_far == "getting_there"
    note(desk, "mateo", "t", "not_any_more")
    assert kept(desk, "mateo", "t").how_far == "changed_my_mind"


def test_what_somebody_else_wrote_became_of_it_stays(desk: TeacherDesk) -> None:
    """A line that no teacher wrote has no field, and a form that sends one anyway is refused."""
    keep(desk, "mateo", promise("c", "student", note=Passage(text="My hand hurt.")))
    html = body(desk, "child", "mateo")
    assert "My hand hurt." in html and html.count('name="note"') == 1
    with pytest.raises(InputRefused):
        note(desk, "mateo", "c", "kept", note="He was lazy.")
    assert kept(desk, "mateo", "c").note.text == "My hand hurt."
    assert kept(desk, "mateo", "c").how_far is None


def test_whose_line_it_is_counts_and_not_who_began_the_promise(desk: TeacherDesk) -> None:
    """A line of the child's stays, on a promise that a teacher began and marked; a teacher's own line may change."""
    teacher = "teacher:teacher-1"
    keep(desk, "mateo", promise("n", "student"), by=teacher)
    keep(desk, "mateo", promise("n", "student", note=Passage(text="Every day.")))
    keep(
        desk, "mateo", promise("n", "student", note=Passage(text="Every day."), how_far="nearly"), by=teacher
    )
    with pytest.raises(InputRefused):
        note(desk, "mateo", "n", "partly", note="Some days.")
    note(desk, "mateo", "c", "partly", note="Twice.")
    note(desk, "mateo", "c", "kept", note="Three times.")
    assert kept(desk, "mateo", "c").note.text == "Three times."


def test_a_child_that_has_looked_back_has_the_last_word(desk: TeacherDesk) -> None:
    """What the child says in the next book is shown; there is no form, and one that is sent is refused."""
    old = book_id(desk, "mateo")
    begin_round(desk, "Spring 2027")
    keep(desk, "mateo", LookBack(entry_id="l", promise_id="c", result="nearly"))
    assert "the child says: nearly" in body(desk)
    with pytest.raises(InputRefused):
        PromisedRoom(desk).do((), form("mark", book=old, entry="c", how="kept"))
    assert desk.store.entry(old, "c").version == 1


def test_two_hands_on_one_promise_lose_nothing(desk: TeacherDesk) -> None:
    """A child that writes a promise anew and a teacher that marks it: both; two marks: both are shown."""
    drawn = desk.store.entry(book_id(desk, "mateo"), "t").version
    keep(desk, "mateo", promise("t", "teacher", what=Passage(text="does it on Fridays")))
    note(desk, "mateo", "t", "partly", version=drawn, note="Twice.")
    there = kept(desk, "mateo", "t")
    assert (there.what.text, there.how_far, there.note.text) == (
        "does it on Fridays",
        "getting_there",
        "Twice.",
    )
    with pytest.raises(ChangedMeanwhile) as clash:
        note(desk, "mateo", "t", "kept", version=drawn, note="Done.")
    assert clash.value.values["theirs"] == {"how": "partly", "note": "Twice."}
    assert "“partly: Twice.”" in str(clash.value)
    assert kept(desk, "mateo", "t") == there


@pytest.mark.parametrize(
    ("book", "entry"),
    [
        ("amal.fall-2026", "t"),
        ("nowhere", "t"),
        ("", ""),
        ("mateo.fall-2026", "concern-1"),
        ("\x00", "\udcff"),
    ],
)
def test_what_is_no_promise_of_the_class_is_refused(desk: TeacherDesk, book: str, entry: str) -> None:
    """Ids come from a browser: no other entry is ever marked."""
    with pytest.raises(NotFound):
        PromisedRoom(desk).do((), form("mark", book=book, entry=entry, how="kept"))


def test_the_class_and_the_childs_book_lead_to_it(desk: TeacherDesk) -> None:
    """A past promise of the teacher is one of today's small things; the child's book shows all of its promises."""
    html = str(ClassRoom(desk).show(()).body)
    assert 'href="#promised"' in html
    child = str(ChildRoom(desk).show(("mateo",)).body)
    assert (
        'href="#promised/child/mateo"' in child
        and "thing T" in child
        and "1 worry of a home is open" in child
    )
    assert "thing F" not in body(desk, "child", "mateo")


def test_a_past_promise_of_the_last_meetings_still_leads_there(desk: TeacherDesk) -> None:
    """A new round makes nobody forget: today's small things name it until it is kept, and then no more."""
    old = book_id(desk, "mateo")
    begin_round(desk, "Spring 2027")
    assert 'href="#promised"' in str(ClassRoom(desk).show(()).body)
    PromisedRoom(desk).do((), form("mark", book=old, entry="t", how="kept"))
    assert 'href="#promised"' not in str(ClassRoom(desk).show(()).body)


# ------------------------------------------------------------------------------------------------- worries


def test_a_worry_goes_its_way_and_only_the_family_ends_it(desk: TeacherDesk) -> None:
    """Heard, planned with a name and a day, answered, and closed with the family's words: never before."""
    said = plan(
        desk, 1, answer="We lend a second book. See the rubric.", owner="Ms. Rivera", due="2026-11-30"
    )
    assert said.version == 2 and "rubric" in said.asides["said-answer"]
    step(desk, "step", to="working")
    step(desk, "step", to="answered")
    assert kept(desk, "mateo", "concern-1").status == "answered"
    for told in ({"day": "2026-11-20"}, {"words": "  ", "day": "2026-11-20"}, {"words": "Ya no pesa."}):
        with pytest.raises(InputRefused):
            PromisedRoom(desk).do(WORRY, sent("close", told))
        assert kept(desk, "mateo", "concern-1").status == "answered"
    step(desk, "close", words="Ya no pesa.", day="2026-11-20")
    over = kept(desk, "mateo", "concern-1")
    assert (over.status, over.closed_with) == ("closed", Passage(text="Ya no pesa.", lang="es"))
    assert over.words == worry().words
    assert "Worries of homes" not in body(desk)
    with pytest.raises(InputRefused):
        plan(desk, answer="We know better.")
    step(desk, "reopen")
    html = body(desk, *WORRY)
    assert kept(desk, "mateo", "concern-1").status == "working"
    assert "How it went" in html and "Ya no pesa." in html


@pytest.mark.parametrize("told", [{"to": "closed"}, {"to": "heard"}, {"to": ""}, {}])
def test_there_is_no_step_to_closed(desk: TeacherDesk, told: dict[str, str]) -> None:
    """A form of a step cannot end a worry."""
    with pytest.raises(PortfolioError):
        PromisedRoom(desk).do(WORRY, sent("step", told))
    assert kept(desk, "mateo", "concern-1") == worry()


def test_two_windows_on_one_answer_are_merged_or_both_shown(desk: TeacherDesk) -> None:
    """Different fields: both. The same words: theirs are shown with the version to go on from."""
    plan(desk, 1, answer="From one.")
    plan(desk, 1, answer="", owner="Ms. Rivera")
    there = kept(desk, "mateo", "concern-1")
    assert (there.answer.text, there.owner) == ("From one.", "Ms. Rivera")
    with pytest.raises(ChangedMeanwhile) as clash:
        plan(desk, 1, answer="From two.")
    assert clash.value.values["theirs"] == {"answer": "From one."}
    plan(desk, clash.value.values["version"], answer="From both.")  # type: ignore[arg-type]  # an int, as every version
    assert kept(desk, "mateo", "concern-1").answer.text == "From both."


def test_a_step_on_a_worry_that_stands_elsewhere_meanwhile_is_not_taken(desk: TeacherDesk) -> None:
    """A close that another window was quicker with is not closed twice; an answer typed meanwhile hinders nobody."""
    plan(desk, 1, answer="Yes.", owner="R", due="2026-12-01")
    step(desk, "step", 1, to="answered")
    with pytest.raises(ChangedMeanwhile):
        step(desk, "step", 1, to="working")
    with pytest.raises(ChangedMeanwhile):
        step(desk, "close", 2, words="Ya.", day="2026-11-20")
    assert kept(desk, "mateo", "concern-1").status == "answered"


def test_an_open_worry_and_promises_go_on_into_the_next_rounds_once(desk: TeacherDesk) -> None:
    """Two rounds later: listed once, answered where it was written; nothing is copied, nothing untouched is touched."""
    old = book_id(desk, "mateo")
    for name in ("Spring 2027", "Fall 2027"):
        begin_round(desk, name)
        with pytest.raises(InputRefused):
            begin_round(desk, name)
    assert body(desk).count("La mochila pesa.") == 1
    assert body(desk).count("does thing T</p>") == 1
    assert "from Fall 2026" in body(desk)
    assert all(desk.store.last_change(book_id(desk, name)) is None for name in ("amal", "mateo", "linh"))
    plan(desk, 1, answer="We lend a second book.")
    assert desk.store.entry(old, "concern-1").version == 2
    assert "La mochila pesa." in str(BeforeRoom(desk).show(("home", "mateo", "mama")).body)
    assert "La mochila pesa." not in str(BeforeRoom(desk).show(("home", "mateo", "dad")).body)
    assert homes(desk) == {"mama": True, "dad": False}


def homes(desk: TeacherDesk) -> dict[str, bool]:
    """Return of each of Mateo's homes whether the file that goes there tells the worry and its answer."""
    told = {}
    for home, text in copies(desk).items():
        told[home] = "La mochila pesa." in text
        assert ("We lend a second book." in text) == told[home]
    return told


def copies(desk: TeacherDesk) -> dict[str, str]:
    """Return the files of Mateo's homes, as they go there."""
    files = {}
    for sent in send_home(desk.folder, students=["mateo"]):
        assert sent.path and sent.household
        files[sent.household.household_id] = sent.path.read_text("utf-8")
    return files


def test_a_worry_reaches_its_own_home_and_nothing_else(desk: TeacherDesk) -> None:
    """Not another home, the child's desk, the table for the office, what the class hopes, or the next teacher's page."""
    marked = worry(
        words=Passage(text="WORRY-MARK"), answer=Passage(text="We lend a second book."), owner="OWNER-MARK"
    )
    keep(desk, "mateo", marked.but(closed_with=Passage(text="CLOSE-MARK")))
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "mateo")
    child = StudentDesk(desk.store, book, desk.now, desk.new_id)
    forms = [child.form(section.section_id) for section in book.sections()]
    rows = progress_table(desk).rows
    seen = {"desk": str([*forms, child.path()]), "office": str(rows)}
    seen["hopes"] = str(hopes_of(desk.folder, desk.store, desk.say))
    about, version = desk.store.meta(book_id(desk, "mateo"))
    picked = tuple(section.section_id for section in book.sections())
    desk.store.keep_meta(about.but(next_teacher=picked), expected=version)
    (page,) = for_next(desk.folder, desk.store, [book.student])
    assert page.page and "does thing C" in page.page
    seen["next"] = page.page
    assert {place: "-MARK" in text for place, text in seen.items()} == dict.fromkeys(seen, False)
    files = copies(desk)
    assert "WORRY-MARK" in files["mama"] and "-MARK" not in files["dad"]


def test_an_open_worry_comes_to_the_next_teacher_with_the_class_archive(
    desk: TeacherDesk, tmp_path: Path
) -> None:
    """Handed over, it stands open on the next desk, in the same words, and is still closed only with the family's."""
    plan(desk, 1, answer="We lend a second book.", owner="Ms. Rivera", due="2026-11-30")
    made = archive_class(desk.folder, tmp_path / "class.zip", made_at=NOW, say=speak("en"))
    other = quick_desk(tmp_path / "next", ("Zoe",))
    take_in(other.folder, made.path, at=NOW)
    begin_round(other, "Fall 2027")
    html = body(other)
    assert "La mochila pesa." in html and "does thing T</p>" in html
    room = PromisedRoom(other)
    with pytest.raises(InputRefused):
        room.do(WORRY, form("close"))
    room.do(WORRY, form("close", words="Ya no pesa.", day="2026-11-20"))
    assert "Worries of homes" not in body(other)
    other.store.close()


texts = st.text(max_size=20) | st.sampled_from(
    ["mark", "mateo.fall-2026", "t", "c", "kept", "closed", "2026-11-20"]
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["mark", "plan", "step", "close", "reopen", "other"]),
    st.dictionaries(
        st.sampled_from(["book", "entry", "how", "note", "answer", "owner", "due", "lang", "to", "words", "day", "words_lang"]),
        texts,
    ),
    st.none() | st.integers(-3, 30),
)  # fmt: skip
def test_nothing_a_browser_sends_is_a_traceback_or_touches_words(
    desk: TeacherDesk, what: str, values: dict[str, str], version: int | None
) -> None:
    """Any form with anything in it: done, or a sentence; what was promised and what worries stays word for word."""
    for at in ((), WORRY, ("child", "mateo")):
        with contextlib.suppress(PortfolioError):
            PromisedRoom(desk).do(at, form(what, version=version, **values))
    assert kept(desk, "mateo", "concern-1").words == worry().words
    assert [kept(desk, "mateo", name).what.text for name in "tc"] == ["does thing T", "does thing C"]
    assert body(desk) and body(desk, *WORRY)


def test_the_desk_of_another_class_shows_its_own(desk: TeacherDesk) -> None:
    """A second window on the same class sees what the first has noted."""
    note(desk, "mateo", "t", "kept")
    second = teacher_desk(desk.folder)
    assert "Yours" not in body(second)
    second.store.close()
