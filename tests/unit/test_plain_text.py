"""A book as a message: short, in the home's language, without marks and addresses."""

from __future__ import annotations

import html
import re
import secrets
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Link, Passage, Sound, Translation
from portfolio.moments.sample import make_sample
from portfolio.rules import for_audience
from portfolio.rules.family_view import FamilyView, Said, ShortVersion
from portfolio.rules.mail_address import mail_addresses
from portfolio.store.class_folder import book_of
from portfolio.testing import small_book
from portfolio.views.mail_letter import mail_html, mail_subject, mail_text
from portfolio.views.plain_parts import Told
from portfolio.views.plain_text import short_text, whole_text
from portfolio.words import speak

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)


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
            + sum(map(bool, (short.growing, short.goal, short.look_again)))
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
            for said in getattr(part.content, "answers", ()):
                if part.filled and isinstance(said, Said) and said.words:
                    other = view.translation(said.words, text_language(view))
                    assert (other.text if other else said.words.text) in text


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


def test_a_mail_offers_an_interpreter_in_the_homes_language_only_where_it_is_another() -> None:
    """The offer stands in every language the home reads that the child does not write in."""
    view = view_with(reads=("ar", "so"), writing_language="en")
    assert "مترجم" in mail_text(view) and "turjubaan" in mail_text(view).lower()
    assert "interpreter" not in mail_text(view_with(reads=("en",), writing_language="en"))
    english = view_with(reads=("en",))
    assert "password" in mail_text(english, locked=True) and "password" not in mail_text(english)


def test_a_mail_says_which_file_to_open_and_how_in_the_homes_language_first() -> None:
    """The home reads in its language what to do with which file; below stands the same in the child's, in both bodies."""
    said = Said(field="goal", words=Passage(text="read", translations=(Translation(lang="es", text="leer"),)))
    view = view_with(reads=("es",), writing_language="en", adults=("Ana",), short=ShortVersion(goal=said))
    text = mail_text(view, ["a-home.html", "a-home.pdf"])
    spanish, english = text.split("\n* * *\n")
    assert speak("es")("You need no internet to read it.") in spanish and "You need no internet" in english
    assert (
        "a-home.html" in spanish and "a-home.pdf" in spanish and "leer" in spanish and "leer" not in english
    )
    page = mail_html(view, ["a-home.html", "a-home.pdf"])
    assert (
        page.index('<div lang="es"') < page.index('<div lang="en"')
        and "style" not in page
        and "http" not in page
    )
    assert text_in(page).split() == text.replace("* * *", "").split()
    arabic = mail_html(view_with(reads=("ar",), writing_language="en"), ["x.html"])
    assert '<div lang="ar" dir="rtl">' in arabic and '<div lang="en" dir="ltr">' in arabic
    only = mail_text(view_with(reads=("en",), writing_language="en"), ["x.pdf"], locked=True)
    assert "* * *" not in only and "Open the file \u2068x.pdf\u2069" in only and "browser" not in only


def text_in(page: str) -> str:
    """Return the words of a mail as a browser shows them."""
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def test_a_mail_calls_a_draft_only_what_is_one() -> None:
    """Where nothing is translated, nothing is called a translation; our own texts and somebody's words are told apart."""
    plain = Said(field="goal", words=Passage(text="read", lang="en"))
    drawn = Said(
        field="goal", words=Passage(text="read", translations=(Translation(lang="es", text="leer"),))
    )
    for reads, said, wanted in (
        ("en", plain, (False, False)),
        ("en", drawn, (False, False)),
        ("es", plain, (True, False)),
        ("es", drawn, (True, True)),
        ("vi", plain, (False, False)),
    ):
        view = view_with(reads=(reads,), writing_language="en", short=ShortVersion(goal=said))
        first = mail_text(view, ["x.html"]).split("\n* * *\n")[0]
        say = speak(reads)
        sentences = (
            "The texts around the child’s words are a draft translation. Nobody has checked it yet.",
            "Some of this is a draft translation. Nobody has checked it yet.",
        )
        assert tuple(say(one) in first for one in sentences) == wanted, reads


@given(st.text(max_size=200), st.text(min_size=1, max_size=60))
def test_whatever_people_write_is_text_in_a_mail(words: str, name: str) -> None:
    """Nothing in the HTML of a mail is a tag but ours."""
    view = view_with(
        student_name=name,
        adults=(words[:80],),
        short=ShortVersion(goal=Said(field="g", words=Passage(text=words.strip() or "x"))),
    )
    tags = set(re.findall(r"<[^>]*>", mail_html(view, [f"{name}.html"])))
    assert {re.match(r"</?[a-z!]*", tag)[0] for tag in tags} <= {  # type: ignore[index]  # every tag begins so
        "<!doctype", "<html", "</html", "<head", "</head", "<meta", "<body", "</body", "<div", "</div", "<p", "</p", "<br", "<hr"
    }  # fmt: skip


@given(st.text(max_size=300), st.text(min_size=1, max_size=60))
def test_whatever_people_write_makes_one_subject_and_a_clean_text(words: str, name: str) -> None:
    """Hostile texts make no second line in the subject and no error."""
    view = view_with(
        student_name=name, short=ShortVersion(goal=Said(field="g", words=Passage(text=words.strip() or "x")))
    )
    assert len(mail_subject(view).splitlines()) <= 1
    assert short_text(view).endswith("\n") and whole_text(view)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ana@example.org", ("ana@example.org",)),
        (
            " ana.b+c@mail.example.co.uk ; papa@example.org",
            ("ana.b+c@mail.example.co.uk", "papa@example.org"),
        ),
        ("ana@example.org, ana@example.org", ("ana@example.org",)),
        ("", ()),
        ("a text message", ()),
        ("call, or ana@example.org", ()),
        ("ana@example", ()),
        ("ana..b@example.org", ()),
        (".ana@example.org", ()),
        ("ana@-example.org", ()),
        ("<ana@example.org>", ()),
        ("mailto:ana@example.org", ()),
        ("ana@example.org?bcc=x@example.org", ()),
        ("ana@exаmple.org", ()),
        ("a@example.org b@example.org c@example.org d@example.org e@example.org", ()),
        ("x" * 65 + "@example.org", ()),
        ("ana@example.org\u200b", ()),
    ],
)
def test_only_what_is_clearly_an_address_is_one(text: str, found: tuple[str, ...]) -> None:
    """One doubtful sign, and the teacher is asked instead of somebody unknown being written to."""
    assert mail_addresses(text) == found


@given(st.text(max_size=2_000))
def test_addresses_are_found_in_no_time_and_never_half(text: str) -> None:
    """Whatever stands there, an address found is a part of the text between two gaps."""
    parts = re.split(r"[,;\s]+", text)
    assert all(one in parts for one in mail_addresses(text))
