"""The file for a home, read by somebody who has nothing else: beginnings, ways between languages, what is agreed, sheets."""

from __future__ import annotations

import re
from datetime import date

import pytest

from portfolio.model import Agreement, Growing, Parked, Passage, Strength, Work
from portfolio.rules import for_audience
from portfolio.rules.family_view import Part, RatingSeen, RatingsPart
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.views.pages import render, talk_page
from portfolio.views.phrases import without_echo
from portfolio.views.running import running
from portfolio.words import speak
from tests.unit.test_home_page import all_lead_somewhere, bilingual, home_for, parts_of, said_in
from tests.unit.test_pages import Tags


def test_each_passage_leads_to_the_same_in_the_other_language_and_back() -> None:
    """Every section of the first telling that the second has, too, has a link to it, and the other way round."""
    page = home_for(bilingual(), ("ar",))
    told, again = parts_of(page)
    there = [str(a["href"]) for a in Tags(told).all("a") if a.get("class") == "swap noprint"]
    back = [str(a["href"]) for a in Tags(again).all("a") if a.get("class") == "swap noprint"]
    assert "#again-work" in there and "#work" in back
    assert ["#two", *(one.replace("#again-", "#") for one in there)] == back
    assert {a["lang"] for a in Tags(told).all("a") if a.get("class") == "swap noprint"} == {"en"}
    all_lead_somewhere(page)
    assert "swap" not in home_for(bilingual(), ("en",)).split("<body")[1]


def test_a_beginning_is_in_the_language_of_the_home_before_words_nobody_translated() -> None:
    """The home reads our beginning in its language; the child's words stand apart, in theirs, and the short version says in which."""
    book = small_book(strengths=(Strength(entry_id="s-1", what=Passage(text="drawing maps")),))
    page = home_for(book, ("es",))
    words = '<b>Una cosa que hago bien es</b> <span class="apart" lang="en" dir="auto">“drawing maps”</span>'
    short = page[page.index('id="two"') : page.index('id="strengths"')]
    assert f'{words} <span class="small">(en inglés)</span>' in short.replace("in inglés", "en inglés")
    assert words in page[page.index('id="strengths"') :]
    assert "One thing I do well is" not in page
    shown = render(talk_page(for_audience(book, "conference"), lambda _: b"RIFF"))
    assert "<b>One thing I do well is</b> drawing maps" in shown


@pytest.mark.parametrize(
    ("begin", "words", "left"),
    [
        ("I chose this because", "because it is blue", "I chose this"),
        ("I chose this because", "Because, you see", "I chose this"),
        ("I chose this because", "it is blue, because", "I chose this because"),
        ("I will", "I will read", ""),
        ("then I will", "I will ask", "then"),
        ("For example,", "for example three", ""),
        ("Elegí este porque", "porque es azul", "Elegí este"),
        ("اخترت هذا لأن", "لأنه لم ينجح", "اخترت هذا"),
        ("One thing I do well is", "island maps", "One thing I do well is"),
        ("", "because", ""),
        ("because", "", "because"),
    ],
)
def test_a_beginning_is_not_said_twice(begin: str, words: str, left: str) -> None:
    """What the child's words begin with is taken off the end of ours; the child's words are never touched."""
    assert without_echo(begin, words) == left


def test_a_doubled_beginning_is_one_on_the_page() -> None:
    """The word stands once, whoever wrote it, in the translation, too."""
    why = said_in("because it is blue", es="porque es azul")
    book = small_book(work=(Work(entry_id="work-1", title=Passage(text="T"), why=why),))
    assert "<b>I chose this</b> because it is blue" in home_for(book, ("en",))
    assert "<b>Elegí este</b> porque es azul" in home_for(book, ("es",))


def test_the_short_version_says_that_no_day_is_set_where_a_meeting_is_known() -> None:
    """It says so kindly, and nothing before a meeting is known; a day of the teacher's or of what grows is one."""
    book = small_book(growing=(Growing(entry_id="g", what=Passage(text="lines")),))
    told = "We have not set a day yet. Nothing is agreed yet."
    assert told in home_for(book, ("en",))
    agreed = Agreement(entry_id="a", who="student", name="Inés", what=Passage(text="reads"))
    page = home_for(small_book(agreements=(agreed,)), ("en",))
    assert "We have not set a day yet." in page and "Nothing is agreed yet" not in page
    unknown = book.but(school_class=book.school_class.but(conference_on=None))
    assert "We have not set a day yet" not in home_for(unknown, ("en",))
    grows = Growing(entry_id="g", what=Passage(text="lines"), look_again=date(2026, 12, 8))
    page = home_for(small_book(growing=(grows,)), ("en",))
    assert "We have not set a day yet" not in page
    assert "<b>We look again:</b> Tuesday, December 8, 2026" in page


def test_what_is_kept_for_later_is_in_what_we_agreed() -> None:
    """It stands there with who brought it up and until when; what was talked about is gone; another home's is not there."""
    kept = (
        Parked(entry_id="p1", who="student", name="Inés", words=Passage(text="the class trip"), until=date(2026, 12, 8)),
        Parked(entry_id="p2", who="teacher", name="Ms. Rivera", words=Passage(text="the lamp"), done=True),
        Parked(entry_id="p3", who="family", name="Papa", words=Passage(text="the bus"), household_id="papa"),
    )  # fmt: skip
    agreed = Agreement(entry_id="a", who="student", name="Inés", what=Passage(text="reads"))
    for more in ({}, {"agreements": (agreed,)}):
        page = home_for(small_book(parked=kept, **more), ("en",))
        assert page.count("What we agreed</h2>") == 1
        at = page.index("What we agreed</h2>")
        section = page[at : page.index("</section>", at)]
        assert "Kept for later" in section and "the class trip" in section
        assert "Until Tuesday, December 8, 2026" in section
        assert "the lamp" not in page and "the bus" not in page
    translated = Parked(
        entry_id="p1", who="student", name="Inés", words=said_in("the class trip", es="la excursión")
    )
    told, again = parts_of(home_for(bilingual(parked=(translated,)), ("es",)))
    assert "la excursión" in told and "the class trip" in again


@pytest.mark.parametrize("name", ['A"B', "A\\B", "</style><b>", "A\nB", "{x}", "\u202eB", "Inés"])
def test_the_foot_of_a_sheet_keeps_any_name_a_name(name: str) -> None:
    """Whose book it is and the number of the sheet stand at its foot; no name ends the string or the styles."""
    sheet = str(running(name, speak("es")))
    assert re.fullmatch(
        r'@page\{@bottom-center\{content:"(?:[\w ]|\\[0-9a-f]+ )*" counter\(page\) " de " counter\(pages\);direction:ltr\}\}',
        sheet,
    )
    read = re.sub(r"\\([0-9a-f]+) ", lambda sign: chr(int(sign[1], 16)), sheet)
    assert f'content:"{name} · página " counter(page)' in read


def test_a_single_mark_has_its_number_in_the_picture() -> None:
    """The list below a picture says "1": so does the picture, also where there is only one mark."""
    page = home_for(bilingual(), ("en",))
    drawn = page[page.index('<svg class="look"') :]
    assert re.search(r"<text [^>]*>1</text>", drawn[: drawn.index("</svg>")])
    assert '<ol class="looks"><li><b>1</b>' in page


def test_a_question_without_an_answer_is_called_the_same_everywhere() -> None:
    """In the list and in the table a question nobody answered is "we did not ask", and nothing else: no failing of the child."""
    asked = RatingSeen(
        question="Q?", answers=(None, None), example=None, against=None, teacher_says=None, better=None
    )
    part = RatingsPart(rounds=("Fall", "Spring"), scale=(), ratings=(asked,))
    view = for_audience(small_book(), "home", small_book().student.households[0].household_id)
    shown = Part(section="r", title="R", icon="strength", speaker="student", filled=True, content=part)
    page = render(home_page(view.but(parts=(shown,), reads=("en",)), lambda _: b""))
    assert "<b>we did not ask</b>" in page and "not yet asked" not in page
