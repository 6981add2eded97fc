"""A book as a message: short, in the home's language, without marks and addresses."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Link, LookHere, Passage, Picture, Sound, Translation, Video
from portfolio.rules import for_audience
from portfolio.rules.activities import Activity, Suggested, Topic
from portfolio.rules.family_view import (
    AgreementsPart,
    ContactSeen,
    FamilyView,
    GoalsPart,
    LearningSeen,
    ParkedSeen,
    Part,
    Said,
    ShortVersion,
    StrengthSeen,
    StrengthsPart,
    passages_in,
    recordings_in,
)
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.shown import FOR_THE_TABLE
from portfolio.store.class_folder import book_of
from portfolio.testing import small_book
from portfolio.views.mail_letter import mail_subject
from portfolio.views.phrases import PROGRESS, no_day_yet
from portfolio.views.plain_parts import Told
from portfolio.views.plain_text import short_text, whole_text
from portfolio.words import speak
from tests.samples import make_sample

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BEGINNINGS = (
    "One thing",
    "Something not",
    "You can see",
    "because",
    "My first",
    "I chose",
    "At home",
    "At school",
    "This year",
)
"""How some of our beginnings begin in English."""


@pytest.fixture(scope="module", params=["ladybirds", "class-4b", "grade-7", "grade-11"])
def views(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[FamilyView]:
    """Return what each home of a sample class may see."""
    place = tmp_path_factory.mktemp("text") / request.param
    folder = make_sample(request.param, place, at=NOW, randomness=secrets.token_bytes)
    store = folder.store()
    try:
        books = [
            book_of(store, folder.template(), folder.outline(), one.student_id) for one in store.students()
        ]
    finally:
        store.close()
    return [for_audience(b, "home", h.household_id) for b in books for h in b.student.households]


def view_with(**changed: object) -> FamilyView:
    """Return what the home of the small book may see, with changes."""
    book = small_book()
    return for_audience(book, "home", book.student.households[0].household_id).but(**changed)


def test_the_short_text_fits_a_message(views: list[FamilyView]) -> None:
    """The two minutes of every sample home fit a thousand signs, hold every point, no mark and no address."""
    for view in views:
        text = short_text(view)
        assert len(text) <= 1_000
        assert view.student_name in text and not re.search(r"https?:|www\.|[<>]|&[a-z]+;|\*\*", text)
        points = [line for line in text.splitlines() if line.startswith("• ")]
        short = view.short
        wanted = (
            len(short.strengths)
            + len(short.help)
            + sum(
                map(
                    bool,
                    (short.growing, short.goal, short.look_again or no_day_yet(view, speak(view.reads[0]))),
                )
            )
        )
        assert len(points) == wanted and "\n\n\n" not in text and text.endswith("\n")


def test_the_whole_text_begins_with_the_short_one_and_tells_every_page(views: list[FamilyView]) -> None:
    """Everything written stands in it, in the home's language where there is a translation, page by page."""
    for view in views:
        text = whole_text(view)
        head = short_text(view).split("\n\n")
        assert text.startswith(f"{head[0]}\n\n{head[1]}")
        assert not re.search(r"https?:|data:|<[a-z]", text) and "\n\n\n" not in text
        for part in view.parts:
            if not part.filled or part.section in FOR_THE_TABLE:
                continue
            stills = [
                one.poster.alt for one in videos_in(part) if one.poster
            ]  # told by what one sees in the film
            for passage in (one for one in passages_in(part) if one not in stills):
                other = view.translation(passage, text_language(view))
                for line in (other.text if other else passage.text).split("\n"):
                    assert line.strip() in text, (view.household, part.section)


def videos_in(part: Part) -> list[Video]:
    """Return the films on a page."""
    return [one for one in recordings_in(part) if isinstance(one, Video)]


def text_language(view: FamilyView) -> str:
    """Return the language our texts are in for a home."""
    return speak(view.reads[0]).lang


def test_a_translation_stands_in_place_of_the_original_and_a_draft_is_called_one() -> None:
    """A home reads its own language first; what no person checked is called a draft."""
    said = Said(
        field="what",
        lead="One thing I do well is",
        words=Passage(
            text="waiting",
            lang="en",
            translations=(Translation(lang="es", text="esperar", made_by="machine"),),
        ),
    )
    view = view_with(reads=("es",), short=ShortVersion(strengths=(said,)))
    text = short_text(view)
    assert "esperar" in text and "waiting" not in text
    assert speak("es")("Some of this is a draft translation. Nobody has checked it yet.") in text
    english = short_text(view_with(reads=("en",), short=ShortVersion(strengths=(said,))))
    assert "• One thing I do well is waiting" in english and "draft" not in english


def test_words_in_another_language_stand_apart_from_their_beginning() -> None:
    """Where our beginning stands in another language than somebody's words, these stand apart from it."""
    words = Passage(
        text="work", lang="en", translations=(Translation(lang="vi", text="nghe ra", made_by="human"),)
    )
    said = Said(field="what", lead="One thing I do well is", words=words)
    view = view_with(reads=("vi",), short=ShortVersion(strengths=(said,), growing=said, help=(said,)))
    lines = [line for line in short_text(view).splitlines() if "nghe ra" in line]
    assert len(lines) == 3 and all(line == "• One thing I do well is “nghe ra”" for line in lines)
    assert "We have no texts of our own in Tiếng Việt yet." in short_text(view)
    assert "no texts of our own" not in short_text(view_with(reads=("es",), short=ShortVersion(growing=said)))


def test_a_home_reads_every_beginning_of_ours_in_its_own_language(views: list[FamilyView]) -> None:
    """Words nobody has translated stand apart behind a beginning in the home's language, on every page, as in the book."""
    for view in views:
        text = whole_text(view.but(reads=("ar",)))
        foreign = [line for line in text.splitlines() if "\u2068" in line]
        for begin in BEGINNINGS:
            assert not [line for line in foreign if line.lstrip("•– \u2068").startswith(begin)], begin
    said = Said(field="w", lead="One thing I do well is", words=Passage(text="waiting", lang="en"))
    one = StrengthSeen(
        what=said, proof=None, piece_title=None, pictures=(), media=(), quote=Passage(), quote_by=""
    )
    part = Part(
        section="s",
        title="",
        icon="",
        speaker="student",
        filled=True,
        content=StrengthsPart(strengths=(one,)),
    )
    spanish = whole_text(view_with(reads=("es",), parts=(part,), short=ShortVersion()))
    assert f"• {speak('es')('One thing I do well is')} “waiting”" in spanish
    assert (
        speak("es")(
            "What nobody has translated yet stands as it was written, in {language}.", language="inglés"
        )
        in spanish
    )
    assert "has translated" not in whole_text(view_with(reads=("en",), parts=(part,), short=ShortVersion()))


def test_what_stands_beside_the_book_stands_in_its_text_too() -> None:
    """Cards for home, places that help, what is kept for later, what we learn, whom one can ask: all in the home's language."""
    card = Activity(
        activity_id="a", topic="t", bands=("3-5",), what=Passage(text="Read a sign together."),
        needs=Passage(text="a street"), tell=Passage(text="What does it say?"),
    )  # fmt: skip
    found = Suggested(topic=Topic(topic_id="t", title=Passage(text="Reading")), cards=(card,))
    place = HelpPlace(
        name="Heron Library",
        what=Passage(text="quiet tables"),
        phone="555-0111",
        languages="English, Spanish",
    )
    later = ParkedSeen(
        who="family", name="Mama", words=Passage(text="The bus"), on=None, until=date(2026, 12, 8), done=False
    )
    view = view_with(
        reads=("ar",),
        parked=(later, later.but(words=Passage(text="DONE"), done=True)),
        learning=(LearningSeen(subject="Math", words=Passage(text="Big numbers")),),
        contacts=(ContactSeen(name="Mr. Okoye", about="buses", reach="555 0101"),),
    )
    text, say = whole_text(view, found, (place,)), speak("ar")
    for title, *words in (
        ("Kept for later", "ماما (Mama): \u2068The bus", say.day(date(2026, 12, 8))),
        ("Short things to do together", "Reading", "Read a sign together.", "a street", "What does it say?"),
        ("What we are learning this term", "Big numbers"),
        ("Whom you can ask", "Mr. Okoye · buses · 555 0101"),
        ("Places that help", "Heron Library · \u2068quiet tables", "\u2068555-0111", "الإنجليزية، الإسبانية"),
    ):
        below = text.split(f"— {say(title)} —")[1].split("\n—")[0]
        assert all(one in below for one in words), (title, below)
    assert "DONE" not in text and "<" not in text
    ours = found.but(
        topic=None, cards=(card.but(ours=True, what=Passage(text="Tell a story in three lines.")),)
    )
    assert say("They help with any goal.") in whole_text(view, ours)
    bare = whole_text(view.but(parked=(), learning=(), contacts=()))
    assert not any(
        f"— {say(title)} —" in bare
        for title in ("Kept for later", "Short things to do together", "Places that help")
    )


def test_a_goal_says_how_far_it_is_and_until_when(views: list[FamilyView]) -> None:
    """What the file says below a goal and a promise stands in the text, too: how far, until when, who said yes."""
    seen = 0
    for view in views:
        text, say = whole_text(view), speak(view.reads[0])
        for part in view.parts:
            for goal in part.content.goals if isinstance(part.content, GoalsPart) else ():
                assert f"{say('How far')}: {say(PROGRESS[goal.how_far])}" in text
                assert not goal.by_when or f"{say('Until when')}: {say.day(goal.by_when)}" in text
                seen += 1
            for one in part.content.agreements if isinstance(part.content, AgreementsPart) else ():
                assert not one.by_when or say("Until {day}", day=say.day(one.by_when)) in text
                seen += 1
    assert seen


def test_the_text_has_no_page_that_the_file_has_not(views: list[FamilyView]) -> None:
    """Cards to ask from are for the table: neither the file that goes home nor its text has them."""
    for view in views:
        (asked,) = [part for part in view.parts if part.section == "ask_me"]
        assert f"— {speak(view.reads[0])(asked.title)} —" not in whole_text(view)


def test_marks_on_a_picture_are_told_with_it() -> None:
    """What a child shows in a picture is words: they stand below what the picture is of, with their number."""
    looks = (LookHere(x=0.1, y=0.1, words=Passage(text="the patch")), LookHere(x=0.2, y=0.2))
    picture = Picture(sha256="a" * 64, width=2, height=2, alt=Passage(text="A volcano"), looks=looks)
    assert list(Told(view_with(), speak("en")).shown((picture,), ())) == [
        "[A picture: A volcano]",
        "(1) the patch",
    ]


def test_words_that_run_the_other_way_are_set_apart() -> None:
    """Arabic in an English message and the other way round keeps its order: signs nobody sees stand around it."""
    said = Said(field="what", words=Passage(text="أنا (1)", lang="ar"))
    text = short_text(view_with(reads=("en",), short=ShortVersion(goal=said)))
    assert "My goal: \u2068أنا (1)\u2069" in text


def test_a_recording_is_told_by_its_words_and_a_link_without_its_address() -> None:
    """What cannot be in a message is told in words, and no address makes a message look like a trap."""
    told = Told(view_with(), speak("en"))
    heard = Sound(sha256="a" * 64, suffix="mp3", seconds=3, size=9, transcript=Passage(text="I sing."))
    link = Link(address="https://example.org/x", caption=Passage(text="My game"))
    lines = list(told.shown((), (heard, link)))
    assert lines[0] == "[A recording: I sing.]" and "My game" in lines[1] and "example.org" not in lines[1]


def test_a_book_with_nothing_in_it_is_a_kind_message() -> None:
    """A book that was just begun says so, and asks for an answer all the same."""
    text = short_text(view_with(reads=("en",), short=ShortVersion(), adults=()))
    assert "just been started" in text and "Any language is good." in text


@given(st.text(max_size=300), st.text(min_size=1, max_size=60))
def test_whatever_people_write_makes_one_subject_and_a_clean_text(words: str, name: str) -> None:
    """Hostile texts make no second line in the subject and no error."""
    view = view_with(
        student_name=name, short=ShortVersion(goal=Said(field="g", words=Passage(text=words.strip() or "x")))
    )
    assert len(mail_subject(view).splitlines()) <= 1
    assert short_text(view).endswith("\n") and whole_text(view)
