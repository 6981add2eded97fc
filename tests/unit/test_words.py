"""Saying things in somebody's language: the languages table, days, plural forms, errors."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio import files
from portfolio.errors import NotFound, PortfolioError, TemplateMistake
from portfolio.store.template_file import load_template
from portfolio.words import LANGUAGES, Speech, language, say, speak

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("tag", "own_name", "direction"),
    [
        ("en", "English", "ltr"),
        ("es", "Español", "ltr"),
        ("ar", "العربية", "rtl"),
        ("hmn", "Hmoob", "ltr"),
        ("ur", "اردو", "rtl"),
        ("ps", "پښتو", "rtl"),
        ("ht", "Kreyòl ayisyen", "ltr"),
    ],
)
def test_a_language_of_the_table_says_its_own_name_and_direction(
    tag: str, own_name: str, direction: str
) -> None:
    """Families find their language under the name they give it, written the way it runs."""
    found = language(tag)
    assert (found.tag, found.own_name, found.direction) == (tag, own_name, direction)


def test_the_table_holds_each_language_once_with_dates_that_exist() -> None:
    """No two languages share a name, and every line's dates can really be written."""
    from babel.dates import format_date

    assert len({one.own_name for one in LANGUAGES.values()}) == len(LANGUAGES)
    for tag, one in LANGUAGES.items():
        assert tag == one.tag
        assert "2026" in format_date(DAY, "full", locale=one.dates) or one.dates in ("fa", "ps", "ar", "ur")


def test_a_catalogue_stands_for_every_language_that_claims_one() -> None:
    """What the table says about catalogues is what lies in the folder; English needs none."""
    there = {path.parent.parent.name for path in files.catalogs().glob("*/LC_MESSAGES/portfolio.mo")}
    assert there == {tag for tag, one in LANGUAGES.items() if one.catalog} - {"en"}


def test_nobody_has_reviewed_the_drafts() -> None:
    """Spanish and Arabic stay drafts until a person who read them is named here."""
    assert [LANGUAGES[tag].reviewed_by for tag in ("es", "ar")] == ["", ""]


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        ("xh", "ltr"),
        ("ku-Arab", "rtl"),
        ("sd", "rtl"),
        ("sd-Deva", "ltr"),
        ("ur-Latn", "ltr"),
        ("sw-Arab", "rtl"),
        ("es-419", "ltr"),
        ("zh-Hans", "ltr"),
    ],
)
def test_a_tag_runs_the_way_its_script_does(tag: str, direction: str) -> None:
    """Scripts named in the tag decide; without one the language does."""
    assert language(tag).direction == direction


@given(st.from_regex(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}", fullmatch=True))
def test_any_tag_can_be_spoken(tag: str) -> None:
    """A language we have never heard of has a name, a direction, a voice and a day."""
    found, voice = language(tag), speak(tag)
    assert found.own_name
    assert found.direction in ("ltr", "rtl")
    assert voice("Welcome")
    assert "24" in voice.day(DAY)


def test_a_language_without_texts_of_ours_is_spoken_in_english() -> None:
    """Where we have no texts the page says so honestly: English, tagged as English."""
    voice = speak("so")
    assert (voice.lang, voice.direction, voice("Welcome")) == ("en", "ltr", "Welcome")


@pytest.mark.parametrize(
    ("tag", "written"),
    [
        ("en", "Tuesday, November 24, 2026"),
        ("es", "martes, 24 de noviembre de 2026"),
        ("ar", "الثلاثاء، 24 نوفمبر 2026"),
    ],
)
def test_a_day_is_written_as_people_write_it(tag: str, written: str) -> None:
    """Days have their weekday and stand in the order of the language."""
    assert speak(tag).day(DAY) == written


def test_an_english_text_keeps_its_order_on_a_page_from_right_to_left() -> None:
    """What nobody has put into Arabic is set apart, so that its full stop stays behind it; our own words there are not."""
    arabic = speak("ar")
    assert arabic.knows("Welcome") and not arabic.knows("Nobody has ever said {this}.")
    assert arabic("Nobody has ever said {this}.", this="أمل") == "\u2066Nobody has ever said أمل.\u2069"
    assert arabic.many("{n} new thing.", "{n} new things.", 3) == "\u20663 new things.\u2069"
    assert "\u2066" not in arabic("Welcome") and speak("es")("Nobody said so.") == "Nobody said so."
    assert (
        arabic("كتاب أمل.") == "كتاب أمل."
        and arabic("Amal") == "Amal"
        and arabic("{name}: 3", name="X") == "X: 3"
    )


def test_no_day_is_no_words() -> None:
    """Where there is no day nothing is written."""
    assert speak("es").day(None) == ""


def test_an_empty_text_stays_empty() -> None:
    """An empty id never shows the header of a catalogue, which gettext keeps there."""
    assert [speak(tag)("") for tag in ("en", "es", "ar")] == ["", "", ""]


@pytest.mark.parametrize(
    ("tag", "n", "written"),
    [
        ("en", 1, "1 picture without words"),
        ("en", 0, "0 pictures without words"),
        ("es", 1, "1 imagen sin palabras"),
        ("es", 3, "3 imágenes sin palabras"),
        ("es", 0, "0 imágenes sin palabras"),
    ],
)
def test_a_number_takes_the_form_its_language_wants(tag: str, n: int, written: str) -> None:
    """One, none and many are each said rightly."""
    assert speak(tag).many("{n} picture without words", "{n} pictures without words", n) == written


class Six:
    """A catalogue that names which of the two English forms it was asked for, and the number."""

    def gettext(self, message: str) -> str:
        """Return the message."""
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return both forms with the number."""
        return f"{msgid1}/{msgid2}/{n}/{{n}} {{name}}"


def test_the_catalogue_decides_about_forms_and_names_are_filled_in() -> None:
    """Arabic has six forms: the number goes to the catalogue as it is, then ``{n}`` and the names are filled."""
    assert Speech(language("ar"), Six()).many("one", "more", 11, name="Amal") == "one/more/11/11 Amal"


def test_an_error_is_a_spanish_sentence() -> None:
    """Errors are worded at the edge, in the reader's language, with their values."""
    error = NotFound("There is no template for “{band}”. Known are: {known}.", band="9-12", known="k-2, 3-5")
    assert say(error, speak("es")) == "No hay ninguna plantilla para «9-12». Las que hay son: k-2, 3-5."
    assert say(error, speak("en")) == str(error)


def test_errors_inside_an_error_are_worded_too(tmp_path: Path) -> None:
    """All mistakes of a class template are told in Spanish, one to a line, not as a Python list."""
    wrong = (files.class_templates() / "3-5.yaml").read_text(encoding="utf-8")
    path = tmp_path / "class.yaml"
    path.write_text(wrong.replace("title:", "tilte:", 2), encoding="utf-8")
    with pytest.raises(TemplateMistake) as told:
        load_template(path)
    first, *rest = say(told.value, speak("es")).splitlines()
    assert first == f"class.yaml tiene {len(rest)} errores:"
    assert len(rest) == len(told.value.values["mistakes"]) > 1  # type: ignore[arg-type]  # a tuple
    assert all(", línea " in line and "«tilte»" in line for line in rest)


def test_values_that_are_no_errors_are_told_as_they_are() -> None:
    """Only errors are worded; a list of names or a number keeps its own writing."""
    inner = TemplateMistake("{file} is no class template.", file="a.yaml")
    error = PortfolioError("{one} {two} {three}", one=inner, two=(1, 2), three=[])
    assert say(error, speak("es")) == "a.yaml no es una plantilla de clase. (1, 2) []"
