"""The mail that brings a book home: which file to open, in the home's language first; and addresses it may go to."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Passage, Translation
from portfolio.rules.family_view import Said, ShortVersion
from portfolio.rules.mail_address import mail_addresses
from portfolio.views.mail_letter import mail_html, mail_text
from portfolio.words import speak
from tests.unit.test_plain_text import view_with


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
    arabic = mail_html(view_with(reads=("ar",), writing_language="en", adults=("Teta", "Baba")), ["x.html"])
    assert "إلى تيتا (Teta)، بابا (Baba)" in arabic and "for Teta, Baba" in arabic
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
