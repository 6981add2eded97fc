# long: one room with six kinds of places, each shown, written in and attacked
"""Before the meeting: every place is shown, words are kept by version, papers are chosen, and nonsense is a sentence."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jinja2 import meta

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError, TextRefused
from portfolio.model import Concern, HomeWords, Passage, Student
from portfolio.moments.paper_files import FOLDER
from portfolio.moments.room import Asked, At, Outcome
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.rooms import Rooms
from portfolio.rules import for_audience
from portfolio.rules.class_words import Block, version_of
from portfolio.rules.home_words import typed_id
from portfolio.store.class_folder import book_of, open_class
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.views.teacher import before_page, before_words_page
from tests.handouts import WORDS, Seen
from tests.teachers import form, sample_desk, teacher_desk

AMAL: At = ("home", "amal", "teta-mama-baba")
BOOK = "amal.fall-2026"
HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)> {{ 7*7 }}'


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a sample class that nobody writes in: its pictures take a while to come in."""
    desk = sample_desk(tmp_path_factory.mktemp("before"))
    desk.store.close()
    return desk.folder.path


@pytest.fixture
def desk(made_once: Path, tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return a teacher's desk of a fresh copy of it."""
    shutil.copytree(made_once, tmp_path / "class-4b")
    desk = teacher_desk(open_class(tmp_path / "class-4b"))
    yield desk
    desk.store.close()


def shown(desk: TeacherDesk, *at: str) -> Seen:
    """Return what stands on a screen of the room."""
    return Seen(BeforeRoom(desk).show(at).body)


def do(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Do what a form asks."""
    return BeforeRoom(desk).do(at, asked)


def page_of(desk: TeacherDesk) -> HomeWords:
    """Return the page of Amal's home as it is kept."""
    entry = desk.store.entry(BOOK, typed_id("teta-mama-baba")).entry
    assert isinstance(entry, HomeWords)
    return entry


PAGES = (
    before_page.BeforePage, before_page.PapersPage, before_page.PreviewPage, before_page.HomePageScreen,
    before_page.DrivesPage, before_page.StartersPage, before_words_page.WordsPage, before_words_page.RemarksPart,
    before_words_page.OtherLanguagePage,
)  # fmt: skip


@pytest.mark.parametrize("screen", PAGES, ids=lambda screen: screen.__name__)
def test_every_variable_of_a_screen_is_promised_and_used(screen: type) -> None:
    """A screen's dataclass fields and the variables its template reads are the same, both ways."""
    env = environment()
    assert env.loader is not None
    source = env.loader.get_source(env, f"teacher/{screen.template}")[0]  # type: ignore[attr-defined]  # each page has one
    read = meta.find_undeclared_variables(env.parse(source)) - {"icons"}
    assert read == {field.name for field in dataclasses.fields(screen)}


PLACES = (
    (), ("words",), ("words", "ar"), ("words", "vi"), ("papers",), ("papers", "invitation"),
    ("papers", "at-home.good-news", "mateo", "dad", "es"), ("papers", "letter", "all", "all", "own"), AMAL,
    ("home", "mateo", "dad"), ("drives", "amal"), ("drives", "mateo", "dad"), ("starters",), ("starters", "ar"),
)  # fmt: skip


@pytest.mark.parametrize("at", PLACES, ids="/".join)
def test_every_place_is_shown_with_words_and_without_styles_of_its_own(desk: TeacherDesk, at: At) -> None:
    """Each screen is a fragment of ours below the heading: no h1 (but on paper none either), no script, no style."""
    desk.store.keep_class(desk.school_class.but(words=WORDS))
    screen = BeforeRoom(desk).show(at)
    assert isinstance(screen.body, SafePage)
    assert screen.title
    tags = Seen(screen.body).tags
    assert not [tag for tag, _ in tags if tag in ("h1", "script", "style", "html", "link")]
    assert not [a for _, attrs in tags for a in attrs if a.startswith("on") or a == "style"]
    assert "&lt;ul" not in screen.body and "&lt;article" not in screen.body
    ids = [attrs["id"] for _, attrs in tags if "id" in attrs]
    assert len(ids) == len(set(ids))
    labels = {attrs.get("for") for tag, attrs in tags if tag == "label"}
    for tag, attrs in tags:
        if tag in ("input", "textarea", "select") and attrs.get("type") not in (
            "hidden",
            "checkbox",
            "radio",
        ):
            assert attrs.get("id") in labels, attrs


WRONG = (
    ("nowhere",), ("home",), ("home", "amal"), ("home", "amal", "nobody"), ("home", "../../etc", "x"), ("drives",),
    ("drives", "nobody"), ("drives", "amal", "dad"), ("words", "xx"), ("words", "es/../.."), ("papers", "poster"),
    ("papers", "invitation", "nobody"), ("papers", "invitation", "amal", "dad"),
    ("papers", "invitation", "all", "all", "klingon"), ("papers", "." * 9000), ("home", "\udcff", "\x00"),
)  # fmt: skip


@pytest.mark.parametrize("at", WRONG, ids=range(len(WRONG)))
def test_a_place_that_is_not_there_is_a_sentence(desk: TeacherDesk, at: At) -> None:
    """Whatever stands in an address, the answer is a sentence of ours, to looking and to doing."""
    with pytest.raises((NotFound, InputRefused)):
        BeforeRoom(desk).show(at)
    with pytest.raises(PortfolioError):
        do(desk, at, form("home-words", loves="x"))


anything = st.dictionaries(
    st.sampled_from(
        ["paper", "who", "language", "loves", "on", "lang", "worry", "entry", "at", "words-0", "text"]
    ),
    st.lists(st.text(max_size=20), max_size=3).map(tuple),
    max_size=5,
)
SCENES = (
    ("words",),
    ("words", "es"),
    ("papers",),
    ("papers", "letter", "amal"),
    AMAL,
    ("drives", "amal"),
    (),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(SCENES),
    st.sampled_from(
        [
            "words-letter",
            "words-learning",
            "more-rows",
            "translation",
            "look-at-papers",
            "home-words",
            "worry",
            "take-worry-away",
            "x",
        ]
    ),
    anything,
    st.one_of(st.none(), st.integers()),
)
def test_nothing_a_browser_sends_is_a_traceback(
    desk: TeacherDesk, at: At, what: str, values: dict[str, tuple[str, ...]], version: int | None
) -> None:
    """Any form with any values on any screen is done or answered with a sentence of ours."""
    with contextlib.suppress(PortfolioError):
        do(desk, at, Asked(what=what, values=values, version=version))


# ------------------------------------------------------------------------------------------ written once


def test_what_is_written_once_is_kept_and_reaches_every_home(desk: TeacherDesk) -> None:
    """A subject written on the desk stands in the file of every home and on paper, with its school word explained."""
    version = version_of(desk.school_class.words, "learning")
    values = {"subject-0": "Reading", "words-0": "We look for text evidence."}
    done = do(desk, ("words",), form("words-learning", version=version, **values))
    assert done.version == version_of(desk.school_class.words, "learning") != version
    assert "text evidence" in Seen(done.asides["remarks-learning"]).text
    assert "is a school word" in done.asides["remarks-learning"]
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "amal")
    assert [one.subject for one in for_audience(book, "home", "teta-mama-baba").learning] == ["Reading"]
    assert for_audience(book, "conference").learning == ()


def test_long_sentences_are_told_and_plain_words_are_not(desk: TeacherDesk) -> None:
    """A sentence no busy family reads to its end is told; plain words leave the part empty."""
    long = "We read " + "and read " * 15 + "again."
    version = version_of(desk.school_class.words, "letter")
    done = do(desk, ("words",), form("words-letter", version=version, text=long))
    assert "A long sentence." in done.asides["remarks-letter"]
    done = do(desk, ("words",), form("words-letter", version=done.version, text="I like maps."))
    assert done.asides["remarks-letter"].strip() == ""


def test_two_windows_on_one_text_are_both_shown(desk: TeacherDesk) -> None:
    """Who writes on an old version is shown what is there; nothing is overwritten; other blocks are free."""
    version = version_of(desk.school_class.words, "letter")
    do(desk, ("words",), form("words-letter", version=version, text="First."))
    with pytest.raises(ChangedMeanwhile) as caught:
        do(desk, ("words",), form("words-letter", version=version, text="Second."))
    assert caught.value.values["theirs"] == {"text": "First."}
    assert caught.value.values["version"] == version_of(desk.school_class.words, "letter")
    assert desk.school_class.words.letter.text == "First."
    do(
        desk, ("words",), form("words-letter", version=version, text="First.")
    )  # the same words clash with nobody
    do(
        desk,
        ("words",),
        form(
            "words-invitation",
            version=version_of(WORDS.but(invitation="", place=""), "invitation"),
            text="Tea.",
            place="Hall",
        ),
    )
    assert desk.school_class.words.place == "Hall"


def test_two_hands_at_once_keep_both_blocks(desk: TeacherDesk) -> None:
    """Two windows that keep different blocks in the same moment both find their words kept."""
    other = teacher_desk(desk.folder)
    start = threading.Barrier(2)

    def write(at: TeacherDesk, block: Block) -> None:
        version: int | None = version_of(at.school_class.words, block)
        start.wait()
        for n in range(15):  # each from the version the last one answered: words that went lost are refused
            asked = form(f"words-{block}", version=version, text=f"{block} {n}")
            version = do(at, ("words",), asked).version

    with ThreadPoolExecutor() as hands:
        both = [hands.submit(write, desk, "letter"), hands.submit(write, other, "about_school")]
        for one in both:
            one.result()
    other.store.close()
    words = desk.school_class.words
    assert (words.letter.text, words.about_school.text) == ("letter 14", "about_school 14")


def test_the_teachers_words_in_another_language_reach_the_paper(desk: TeacherDesk) -> None:
    """What somebody wrote in Spanish stands on the papers of homes that read Spanish, in place of the original."""
    desk.store.keep_class(desk.school_class.but(words=WORDS.but(invitation="There will be tea.")))
    seen = shown(desk, "words", "es")
    (form_,) = [attrs for tag, attrs in seen.tags if tag == "form"]
    version = int(str(form_["data-version"]))
    done = do(
        desk, ("words", "es"), form("translation", version=version, invitation="Habrá té.", read_by="Ana")
    )
    assert "Habrá té." in shown(desk, "papers", "invitation", "mateo", "mama-y-abuelo").text
    assert "There will be tea." not in shown(desk, "papers", "invitation", "mateo", "mama-y-abuelo").text
    with pytest.raises(ChangedMeanwhile) as caught:
        do(desk, ("words", "es"), form("translation", version=version, invitation="Otra cosa."))
    assert caught.value.values["theirs"] == {"invitation": "Habrá té."}
    assert caught.value.values["version"] == done.version


def test_only_languages_of_the_class_are_offered(desk: TeacherDesk) -> None:
    """The words screen offers the languages homes read best, not that of the class, and says which we cannot speak."""
    text = shown(desk, "words").text
    for name in ("Arabic (العربية)", "Spanish (Español)", "Vietnamese (Tiếng Việt)"):
        assert f"Write it in {name}" in text
    assert "Write it in English" not in text
    assert text.count("our own texts are English there") == 1


# ------------------------------------------------------------------------------------------ papers


def test_papers_are_chosen_looked_at_kept_and_taken_along(desk: TeacherDesk) -> None:
    """Ticked papers lead to their sheets; they can be kept in the class or taken as one file."""
    done = do(
        desk, ("papers",), form("look-at-papers", paper=["letter", "invitation"], who="mateo", language="")
    )
    assert done.go == "before/papers/invitation.letter/mateo/all/own"
    at = tuple(done.go.split("/")[1:])
    seen = shown(desk, *at)
    assert [attrs["lang"] for attrs in seen.of_class("handout")] == ["es", "es", "en", "en"]
    kept = do(desk, at, form("keep-papers"))
    assert "4 files" in kept.say
    assert len(list((desk.folder.path / FOLDER).iterdir())) == 4
    (download,) = do(desk, at, form("take-papers")).downloads
    assert (download.name, download.media_type) == ("papers.html", "text/html")
    assert len(Seen(download.data.decode()).of_class("handout")) == 4


def test_no_paper_chosen_is_told_at_the_field(desk: TeacherDesk) -> None:
    """Nothing ticked: a sentence at the ticks."""
    with pytest.raises(InputRefused) as caught:
        do(desk, ("papers",), form("look-at-papers", who="all"))
    assert caught.value.values["field"] == "paper"


def test_who_gets_another_language_is_told_before_printing(desk: TeacherDesk) -> None:
    """A home whose language we do not have is named on the list and above the sheets; others are not."""
    assert "papers are in English: we have none in theirs yet" in shown(desk, "papers").text
    assert "Tiếng Việt" in shown(desk, "papers", "letter").text
    assert "We have no texts yet in:" not in shown(desk, "papers", "letter", "amal").text


def test_every_paper_says_in_another_language_what_it_is_asked_to(desk: TeacherDesk) -> None:
    """A paper can be looked at in each language we have; the link to it stands above."""
    seen = shown(desk, "papers", "letter", "amal", "teta-mama-baba", "en")
    assert [attrs["lang"] for attrs in seen.of_class("handout")] == ["en"]
    links = [attrs["href"] for attrs in seen.of_class("quiet-link")]
    assert "#before/papers/letter/amal/teta-mama-baba/es" in links


# ------------------------------------------------------------------------------------------ what came back


def test_what_came_back_is_typed_in_and_told_with_the_class(desk: TeacherDesk) -> None:
    """A typed page is kept as that home's words by the teacher, and the overview says what the home asks for."""
    told = {
        "who": "Teta",
        "on": "2026-11-19",
        "lang": "ar",
        "drives": "التجارب",
        "private_talk": "1",
        "share_with_child": "1",
    }
    done = do(desk, AMAL, form("home-words", version=0, **told))
    page = page_of(desk)
    assert (page.who, page.drives, page.private_talk, page.call_before) == (
        "Teta", Passage(text="التجارب", lang="ar"), True, False,
    )  # fmt: skip
    assert done.version == 1
    assert desk.store.entry(BOOK, typed_id("teta-mama-baba")).changed_by == "teacher:rivera"
    text = shown(desk).text
    assert "has written" in text and "would like to talk alone" in text
    assert "asks for a call before the meeting" not in text
    assert "التجارب" in shown(desk, "drives", "amal").text


def test_an_empty_page_is_not_kept(desk: TeacherDesk) -> None:
    """Looking at a form, or leaving it empty, makes no words of a home."""
    shown(desk, *AMAL)
    assert do(desk, AMAL, form("home-words", version=0, lang="ar", share_with_child="1")).version == 0
    with pytest.raises(NotFound):
        desk.store.entry(BOOK, typed_id("teta-mama-baba"))


def test_two_hands_on_a_home_page_are_merged_or_shown(desk: TeacherDesk) -> None:
    """Different answers are both kept; the same answer written twice shows what is there and overwrites nothing."""
    first = do(desk, AMAL, form("home-words", version=0, loves="A", lang="ar", share_with_child="1")).version
    second = do(
        desk, AMAL, form("home-words", version=first, loves="A", hopes="B", lang="ar", share_with_child="1")
    ).version
    assert second == 2
    merged = do(
        desk, AMAL, form("home-words", version=first, loves="A", enjoys="C", lang="ar", share_with_child="1")
    )
    assert [page_of(desk).loves.text, page_of(desk).hopes.text, page_of(desk).enjoys.text] == ["A", "B", "C"]
    with pytest.raises(ChangedMeanwhile) as caught:
        do(
            desk,
            AMAL,
            form("home-words", version=first, loves="A", hopes="D", lang="ar", share_with_child="1"),
        )
    assert caught.value.values["theirs"] == {"hopes": "B"}
    assert caught.value.values["version"] == merged.version
    with pytest.raises(ChangedMeanwhile):
        do(desk, AMAL, form("home-words", loves="Z", lang="ar"))  # a form that knows no version
    assert page_of(desk).hopes.text == "B" and page_of(desk).loves.text == "A"


def test_what_a_family_wrote_itself_is_read_and_never_changed(desk: TeacherDesk) -> None:
    """Words a family wrote stand there to read; what a teacher types is another page."""
    own = HomeWords(
        entry_id="hw-1", household_id="teta-mama-baba", loves=Passage(text="FAMILY-OWN"), lang="ar"
    )
    desk.store.keep(BOOK, own, expected=0, by="family:teta-mama-baba", at=desk.now())
    text = shown(desk, *AMAL).text
    assert "FAMILY-OWN" in text and "written by the family: nobody changes it here" in text
    do(desk, AMAL, form("home-words", version=0, loves="typed", lang="ar"))
    assert desk.store.entry(BOOK, "hw-1").entry == own
    assert desk.store.entry(BOOK, "hw-1").version == 1
    assert page_of(desk).loves.text == "typed"


def test_a_worry_is_kept_in_the_familys_words_and_only_for_that_home(desk: TeacherDesk) -> None:
    """A worry becomes a concern of that home; the other home's file and the table know nothing of it."""
    at: At = ("home", "mateo", "dad")
    do(desk, at, form("worry", worry="WORRY he is tired", worry_lang="en"))
    book = book_of(desk.store, desk.folder.template(), desk.folder.outline(), "mateo")
    (kept,) = [one for one in book.portfolio.concerns if "WORRY" in one.words.text]
    assert (kept.household_id, kept.status, kept.on) == ("dad", "heard", desk.today())
    assert "WORRY" in for_audience(book, "home", "dad").model_dump_json()
    assert "WORRY" not in for_audience(book, "home", "mama-y-abuelo").model_dump_json()
    assert "WORRY" not in for_audience(book, "conference").model_dump_json()
    assert "1 open worry" in shown(desk).text


def test_a_worry_typed_by_mistake_can_be_taken_away_and_no_other(desk: TeacherDesk) -> None:
    """Only a worry this teacher typed in, unanswered and unchanged, goes; its history stays."""
    do(desk, AMAL, form("worry", worry="By mistake.", worry_lang="en"))
    kept = next(
        k
        for k in desk.store.entries(BOOK)
        if isinstance(k.entry, Concern) and k.entry.words.text == "By mistake."
    )
    entry = kept.entry.entry_id
    with pytest.raises(ChangedMeanwhile):
        do(desk, AMAL, form("take-worry-away", entry=entry, at="7"))
    with pytest.raises(InputRefused):  # the form of another home
        do(desk, ("home", "mateo", "dad"), form("worry", worry=""))
    do(desk, AMAL, form("take-worry-away", entry=entry, at="1"))
    assert desk.store.history(BOOK, entry)[0].entry == kept.entry
    heard = Concern(entry_id="c9", household_id="teta-mama-baba", words=Passage(text="Theirs."))
    desk.store.keep(BOOK, heard, expected=0, by="family:teta-mama-baba", at=desk.now())
    for entry_id in ("c9", "work-volcano"):
        with pytest.raises(InputRefused):
            do(desk, AMAL, form("take-worry-away", entry=entry_id, at="1"))
    assert desk.store.entry(BOOK, "c9").entry == heard


def test_a_text_that_is_far_too_long_is_refused_at_its_field(desk: TeacherDesk) -> None:
    """Nothing is cut or half kept: a sentence points to the field."""
    for at, asked in (
        (AMAL, form("home-words", version=0, loves="x" * 200_001, lang="ar")),
        (AMAL, form("worry", worry="x" * 200_001, worry_lang="ar")),
    ):
        with pytest.raises(TextRefused) as caught:
            do(desk, at, asked)
        assert caught.value.values["field"] in ("loves", "worry")


def test_no_form_of_this_room_touches_a_childs_words(desk: TeacherDesk) -> None:
    """After everything this room can do, every entry of the child is the one that was there, at its version."""

    def of_child() -> list[object]:
        return [(k.entry, k.version) for k in desk.store.entries(BOOK) if k.changed_by == "student"]

    before = of_child()
    do(desk, AMAL, form("home-words", version=0, loves="A", drives="B", private_talk="1", lang="ar"))
    do(desk, AMAL, form("worry", worry="W", worry_lang="ar"))
    do(
        desk,
        ("words",),
        form("words-letter", version=version_of(desk.school_class.words, "letter"), text="Hi."),
    )
    assert len(before) > 20
    assert of_child() == before


def test_a_book_that_was_not_begun_is_begun_when_its_home_writes(desk: TeacherDesk) -> None:
    """A child new in the class has no book: looking makes none, typing in what its home sent does."""
    student = Student(student_id="noor", name="Noor", households=(desk.store.student("amal").households[0],))
    desk.store.keep_student(student)
    shown(desk, "home", "noor", "teta-mama-baba")
    assert desk.store.rounds("noor") == ()
    do(desk, ("home", "noor", "teta-mama-baba"), form("home-words", version=0, loves="A", lang="ar"))
    assert [m.round for m in desk.store.rounds("noor")] == ["Fall 2026"]


def test_hostile_words_stay_words_on_every_screen(desk: TeacherDesk) -> None:
    """Whatever families, children and teachers are called and write, it is text on each screen."""
    home = desk.store.student("amal").households[0].but(label=HOSTILE, adults=(HOSTILE,), reach_by=HOSTILE)
    desk.store.keep_student(desk.store.student("amal").but(name=HOSTILE, households=(home,)))
    do(desk, AMAL, form("home-words", version=0, loves=HOSTILE, drives=HOSTILE, who=HOSTILE, lang="ar"))
    do(desk, AMAL, form("worry", worry=HOSTILE, worry_lang="ar"))
    blocks: tuple[Block, ...] = ("letter", "about_school", "invitation")
    for block in blocks:
        do(
            desk,
            ("words",),
            form(f"words-{block}", version=version_of(desk.school_class.words, block), text=HOSTILE),
        )
    for at in (
        (),
        ("words",),
        ("words", "ar"),
        AMAL,
        ("drives", "amal"),
        ("papers",),
        ("papers", "invitation.letter.our-school", "amal"),
    ):
        seen = shown(desk, *at)
        assert not [tag for tag, _ in seen.tags if tag in ("script", "img")], at
        assert "<script>alert(1)</script>" in seen.text, at


def test_the_sheet_of_what_drives_holds_one_home(desk: TeacherDesk) -> None:
    """The printed sheet names the chosen home and holds nothing another home said."""
    for home, mark in (("mama-y-abuelo", "MARK-MAMA"), ("dad", "MARK-DAD")):
        do(
            desk,
            ("home", "mateo", home),
            form("home-words", version=0, drives=mark, lang="en", share_with_child="1"),
        )
    page = BeforeRoom(desk).show(("drives", "mateo", "dad")).body
    screen, sheet = page.split('<article class="handout handout-drives')
    assert "MARK-MAMA" in screen and "MARK-DAD" in screen
    assert "MARK-DAD" in sheet and "MARK-MAMA" not in sheet


def test_the_room_is_reached_from_the_desk(desk: TeacherDesk) -> None:
    """The way “Before the meeting” leads here, and an old form is answered with a sentence."""
    rooms = Rooms(desk)
    assert ("before", "Before the meeting", "letter") in rooms.ways()
    assert rooms.show("before/words").title == "Written once, for all families"
    with pytest.raises(NotFound, match="older than the program"):
        rooms.do("before", form("anything"))
