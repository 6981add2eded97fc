"""Short lines of a school in the words of the page: what every school says is translated, anything else stays as written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.model import Agreement, Passage
from portfolio.testing import small_book
from portfolio.views.school_lines import WORDS, languages, of_school, person, school_line
from portfolio.words import speak
from tests.unit.test_pages import home


@pytest.mark.parametrize(
    ("line", "lang", "there"),
    [
        ("Fall 2026", "es", "Otoño de 2026"),
        ("spring 2027", "ar", "ربيع 2027"),
        ("grade 4", "es", "grado 4"),
        ("4th grade", "es", "grado 4"),
        ("Grade  4", "ar", "الصف 4"),
        ("science", "es", "ciencias"),
        ("Science", "es", "Ciencias"),
        ("Maths", "es", "Matemáticas"),
        ("class teacher", "es", "maestra o maestro de la clase"),
        ("Otoño de 2026", "en", "Fall 2026"),
        ("ciencias", "en", "science"),
        ("ciencias", "ar", "العلوم"),
    ],
)
def test_what_every_school_says_is_said_in_the_words_of_the_page(line: str, lang: str, there: str) -> None:
    """Terms, grades, subjects and roles, written in any language we have, with a large letter where one was written."""
    assert school_line(line, speak(lang)) == there


@pytest.mark.parametrize(
    "line",
    ["Class 4B", "Fall", "Fall 26", "the science of bread", "grade A", "Ms. Rivera", "", "science, math"],
)
def test_any_other_line_stays_the_schools_own(line: str) -> None:
    """Nothing is guessed: a line that is not wholly known is shown as it was written, and says in which language."""
    assert school_line(line, speak("es")) == ""
    told = str(of_school(line, speak("es"), "en"))
    assert told == (f'<bdi lang="en">{line}</bdi>' if line else "")


def test_a_line_in_the_language_of_the_page_is_not_touched() -> None:
    """On an English page "4th grade" stays "4th grade", and on a Spanish one "Ciencias" is nobody's translation."""
    assert str(of_school("4th grade", speak("en"), "en")) == "<bdi>4th grade</bdi>"
    assert str(of_school("Ciencias", speak("es"), "es")) == "<bdi>Ciencias</bdi>"


def test_where_we_have_no_word_the_schools_own_stays() -> None:
    """A page in a language without texts of ours is English: the line is not said to be anything else."""
    assert school_line("Fall 2026", speak("vi")) == "Fall 2026"
    assert all(speak(tag).knows(word) for tag in ("es", "ar") for word in WORDS)


def test_languages_are_called_as_the_page_calls_them() -> None:
    """A list of languages in English is told in the page's words, if each of them is known; else nothing is lost."""
    assert str(languages("English, Spanish and Arabic", speak("es"))) == "<bdi>inglés, español, árabe</bdi>"
    assert "الإنجليزية" in str(languages("English", speak("ar")))
    assert str(languages("English, Klingonese", speak("es"))) == "<bdi>English, Klingonese</bdi>"
    assert str(languages("English, Spanish", speak("en"))) == "<bdi>English, Spanish</bdi>"
    assert str(languages("", speak("es"))) == ""


def test_a_grown_up_is_found_in_the_letters_of_the_home() -> None:
    """Who reads Arabic alone finds «تيتا»; a name is no such word, and no home that reads its letters needs one."""
    assert str(person("Teta", speak("ar"))) == '<bdi lang="ar">تيتا</bdi> (<bdi>Teta</bdi>)'
    assert str(person("Samira", speak("ar"))) == "<bdi>Samira</bdi>"
    assert str(person("Teta", speak("en"))) == "<bdi>Teta</bdi>"
    promise = Agreement(entry_id="a", who="family", name="Mama", what=Passage(text="reads"))
    book = small_book(agreements=(promise,))
    homes = tuple(one.but(reads=("ar",), adults=("Mama", "Samira")) for one in book.student.households)
    page = home(book.but(student=book.student.but(households=homes)), homes[0].household_id)
    box = page[page.index('value="Mama"') :]
    assert box.startswith('value="Mama"><span><bdi lang="ar">ماما</bdi> (<bdi>Mama</bdi>)</span>')
    assert '<b><bdi lang="ar">ماما</bdi> (<bdi>Mama</bdi>)</b>: reads' in page


@given(st.text(max_size=80), st.sampled_from(("en", "es", "ar", "vi")))
def test_no_line_is_lost_or_becomes_markup(line: str, lang: str) -> None:
    """Whatever is written stays text: the one element is ours, and a line we do not know stands in it as it is."""
    say = speak(lang)
    for told in (of_school(line, say, "en"), person(line, say), languages(line, say)):
        tags = {part.partition(">")[0] for part in str(told).split("<")[1:]}
        assert tags <= {"bdi", "/bdi", 'bdi lang="en"'}
    assert line in person(line, say).unescape()
    assert school_line(line, say) or line in of_school(line, say, "en").unescape()
