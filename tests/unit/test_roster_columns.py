"""Which column is what: headings in several languages, contents where there are none, corrections."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from portfolio.errors import InputRefused
from portfolio.moments.roster import plan_sheet
from portfolio.rules.roster import Column, RosterPlan, Table
from portfolio.rules.roster_columns import letter, read_table
from portfolio.rules.roster_headings import read_heading
from portfolio.store.roster_file import parse_sheet
from portfolio.words.language_names import tags_in


def table(text: str, asked: Mapping[str, str] | None = None, ids: frozenset[str] = frozenset()) -> Table:
    """Return the table a CSV text is read as."""
    return read_table(parse_sheet(text.encode(), "x").rows, tags_of=tags_in, known_ids=ids, asked=asked)


def plan(text: str, asked: Mapping[str, str] | None = None) -> RosterPlan:
    """Return the plan for a new class."""
    return plan_sheet(parse_sheet(text.encode(), "x"), columns=asked)


def roles(found: Table) -> list[str]:
    """Return what the columns are: the role with the number of its home, or why it is left out in brackets."""
    return [_role(column) for column in found.columns]


def _role(column: Column) -> str:
    if not column.role:
        return f"({column.left_out})"
    return column.role + (str(column.home) if column.home > 1 else "")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("Name", "name"), ("STUDENT", "name"), ("Student Name", "name"), ("Last, First", "name"),
        ("Student (Last, First MI)", "name"), ("Nombre del alumno", "name"), ("اسم الطالب", "name"), ("Schüler", "name"),
        ("First name", "first"), ("Given", "first"), ("Legal Last Name", "last"), ("Apellidos", "last"),
        ("اسم العائلة", "last"), ("Preferred name", "preferred"), ("Pronombres", "pronouns"), ("Gr.", "grade"),
        ("الصف", "grade"), ("Homeroom", "homeroom"), ("Parent/Guardian", "guardian"), ("ولي الأمر", "guardian"),
        ("Madre, padre o tutor", "guardian"), ("Home language", "language"), ("Idioma del hogar", "language"),
        ("لغة المنزل", "language"), ("Spoken language", "spoken"), ("Interpreter (Y/N)", "interpreter"),
        ("¿Necesita intérprete?", "interpreter"), ("مترجم", "interpreter"), ("Household", "household"),
        ("Guardian first name", "guardian_first"),
    ],
)  # fmt: skip
def test_headings_are_understood(heading: str, role: str) -> None:
    """Words schools use, in English, Spanish, Arabic and some more, whatever their case and signs."""
    found = read_heading(heading)
    assert found is not None and found.role == role


@pytest.mark.parametrize(
    ("heading", "role", "home"),
    [
        ("Guardian 2", "guardian", 2), ("Guardian2Lang", "language", 2), ("P/G 1 Language", "language", 1),
        ("Secondary Guardian Home Language", "language", 2), ("لغة ولي الأمر 2", "language", 2), ("Interpreter 2", "interpreter", 2),
    ],
)  # fmt: skip
def test_a_number_in_a_heading_is_a_home(heading: str, role: str, home: int) -> None:
    """Guardians, languages and interpreters belong to the home whose number they have."""
    found = read_heading(heading)
    assert found is not None and (found.role, found.home) == (role, home)


@pytest.mark.parametrize(
    ("heading", "why"),
    [
        ("DOB", "not needed"), ("Date of Birth", "not needed"), ("Student #", "not needed"), ("Home address", "not needed"),
        ("Fecha de nacimiento", "not needed"), ("تاريخ الميلاد", "not needed"), ("Gender", "not needed"),
        ("Parent email", "not used"), ("Home phone", "not used"), ("Correo", "not used"), ("Teacher", "not used"),
    ],
)  # fmt: skip
def test_what_is_not_needed_is_left_out(heading: str, why: str) -> None:
    """Birth dates, numbers, addresses never come in, also where “name” or “home” stands beside them."""
    found = read_heading(heading)
    assert found is not None and (found.role, found.left_out) == ("", why)


def test_a_heading_nobody_knows_is_left_out_and_said() -> None:
    """What is not understood is not guessed where the names are known."""
    assert roles(table("Name,Zxq\nAmal,Spanish\n")) == ["name", "(not understood)"]


def test_name_beside_family_name_is_the_first_name() -> None:
    """“Nombre, Apellidos” and “Name, Vorname” are read as people mean them."""
    assert roles(table("Nombre;Apellidos\nInés;Peña\n")) == ["first", "last"]
    assert roles(table("Name;Vorname\nBrandt;Teo\n")) == ["last", "first"]
    assert roles(table("Name;Vorname\nTeo Brandt;Teo\n")) == ["name", "first"]


def test_headings_that_repeat_belong_to_the_next_home() -> None:
    """“Guardian, Language, Guardian, Language” are two homes; a second “Grade” is left out."""
    found = table("Name,Guardian,Language,Guardian,Language,Grade,Grade\nA,B,ar,C,en,4,5\n")
    assert roles(found) == ["name", "guardian", "language", "guardian2", "language2", "grade", "(twice)"]


def test_without_headings_contents_tell() -> None:
    """Names, grades, languages, yes and no, e-mail addresses and birth dates are known by what they look like."""
    text = (
        "Haddad, Amal\t4\tArabic\tyes\ta@b.org\t01/02/2016\tshe/her\n"
        "Brandt, Teo\t5\tGerman\tno\tc@d.org\t02/03/2016\t"
        "he/him\n"
    )
    found = table(text)
    assert roles(found) == [
        "name", "grade", "language", "interpreter", "(not used)", "(not needed)", "pronouns",
    ]  # fmt: skip
    assert {column.sure for column in found.columns if column.role} == {"guess"}
    assert len(found.rows) == 2


def test_a_plain_list_of_names_is_a_roster() -> None:
    """One name a line, no heading: everybody is read."""
    assert [s.name for s in plan("Amal\nInés Peña\nTeo\n").new] == ["Amal", "Inés Peña", "Teo"]


def test_each_column_shows_three_values() -> None:
    """The preview shows up to three different values of a column."""
    found = table("Name,Grade\nA,4\nB,4\nC,5\nD,6\nE,K\n")
    assert [column.samples for column in found.columns] == [("A", "B", "C"), ("4", "5", "6")]


def test_somebody_may_say_what_a_column_is() -> None:
    """By heading, letter or number; the column we had chosen is left out then."""
    text = "Name,Zxq,Code\nA-1,Amal,ar\nB-2,Teo,de\n"
    assert roles(table(text, {"zxq": "name"})) == ["(not wanted)", "name", "(not understood)"]
    assert roles(table(text, {"B": "name", "3": "language2"})) == ["(not wanted)", "name", "language2"]
    assert roles(table(text, {"Name": "skip", "B": "name", "C": "skip"})) == [
        "(not wanted)",
        "name",
        "(not wanted)",
    ]


def test_a_heading_somebody_names_is_where_the_headings_are() -> None:
    """A heading row nobody understands is found by the word that was said."""
    found = plan("Zxq;Qqq\nAmal;4\nTeo;5\n", {"Zxq": "name"})
    assert [s.name for s in found.new] == ["Amal", "Teo"]


@pytest.mark.parametrize(
    "asked", [{"Nowhere": "name"}, {"Name": "hero"}, {"Name": "name2"}, {"Name": "language77"}]
)
def test_what_is_said_must_be_there(asked: dict[str, str]) -> None:
    """A column or a meaning that does not exist is answered with those that do."""
    with pytest.raises(InputRefused, match=r"Name|guardian2"):
        table("Name,Grade\nA,4\n", asked)


def test_a_file_without_names_is_refused_with_its_columns() -> None:
    """A list of numbers names its columns and how to say which has the names."""
    with pytest.raises(InputRefused, match=r"A Grade.*--column name="):
        table("Grade,DOB\n4,01/02/2016\n5,02/02/2016\n")


def test_an_id_counts_only_if_it_is_ours() -> None:
    """“Student ID” is read if the class has such an id; a number of the school is left out."""
    text = "Student ID,Name\namal,Amal H.\n4711,Teo\n"
    assert roles(table(text, ids=frozenset({"amal"}))) == ["id", "name"]
    assert roles(table(text)) == ["(not needed)", "name"]


def test_titles_totals_footers_and_page_headings_are_no_children() -> None:
    """What stands around a list is left out and told; a child with nothing but a name stays."""
    text = (
        "Elm School,,\nList of 2026,,\nName,Grade,Language\nAmal,4,ar\nTeo,,\n"
        "Name,Grade,Language\nInés,4,es\nTotal:,3,\nPrinted 11/02/2026,,\n"
    )
    found = plan(text)
    assert [s.name for s in found.new] == ["Amal", "Teo", "Inés"]
    assert [said.row for said in found.warnings] == [0, 8, 9]


@pytest.mark.parametrize("name", ["Total Recall", "Countess Ada", "Sum-Yi"])
def test_a_child_whose_name_begins_like_a_total_is_a_child(name: str) -> None:
    """Only a row that counts is a total."""
    assert [s.name for s in plan(f"Name,Grade,Language\nAmal,4,ar\n{name},4,zh\n").new] == ["Amal", name]


@pytest.mark.parametrize(("index", "shown"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, shown: str) -> None:
    """A to Z, then AA."""
    assert letter(index) == shown


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Spanish", "es"), ("español", "es"), ("العربية", "ar"), ("Chinese (Simplified)", "zh-Hans"), ("SPA", "es"),
        ("ar en", "ar en"), ("Arabic and English", "ar en"), ("español e inglés", "es en"), ("EN/es", "en es"),
        ("Kreyòl", "ht"), ("Farsi; Dari", "fa prs"), ("zh_hans", "zh-Hans"), ("Tagalog", "fil"), ("Somali, Somali", "so"),
        ("Portuguese (Brazil)", "pt-BR"), ("العربية والإنجليزية", "ar en"),
    ],
)  # fmt: skip
def test_languages_are_known_by_name_or_tag(text: str, tags: str) -> None:
    """In English, Spanish, Arabic, in themselves, as codes of school programs, one or several."""
    assert tags_in(text) == (tuple(tags.split()), ())


def test_a_language_nobody_knows_is_handed_back() -> None:
    """What is understood counts, the rest is told."""
    assert tags_in("Arabic, Blorpish") == (("ar",), ("Blorpish",))


@pytest.mark.parametrize("word", ["9" * 5000, "²", "٣", "0"])
def test_a_number_no_column_has_is_no_error(word: str) -> None:
    """Where names are expected a number may be as long as it likes, or written in any way."""
    assert read_heading(word) is None
    heading = read_heading(f"Parent {word}")
    assert heading is not None and heading.role == "guardian"
