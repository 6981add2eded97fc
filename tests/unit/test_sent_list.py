"""The printed list of what goes home, and the one PDF for the printer."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import NotFound, StorageTrouble
from portfolio.model import Household, SchoolClass, Student
from portfolio.moments.home_doors import Doors
from portfolio.moments.pdf_lock import locked
from portfolio.moments.sent import Sent
from portfolio.moments.sent_list import joined, list_of, to_print
from portfolio.rules.door_pictures import WORDS
from portfolio.words import speak
from tests.pdfs import blank_pdf

SCHOOL = SchoolClass(class_id="class-4b", name="Class 4B", age_band="3-5", round="Fall 2026")


def child(number: int, **home: str) -> Student:
    """Return an invented child with one home."""
    return Student(
        student_id=f"child-{number}",
        name=f"Child {number}",
        picture=sorted(WORDS)[number % len(WORDS)],
        households=(Household(household_id="home", label=f"Home {number}", **home),),  # type: ignore[arg-type]  # only texts that fit
    )


def sent(student: Student, path: Path | None, *more: Path, **said: object) -> Sent:
    """Return that a child's file was made."""
    files = (path, *more) if path else ()
    return Sent(student, student.households[0], path, 10, files=files, **said)  # type: ignore[arg-type]  # fields of Sent


def written(folder: Path, name: str, data: bytes) -> Path:
    """Return a file with these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_list_shows_face_home_languages_way_files_and_pages(tmp_path: Path) -> None:
    """A line says whose file it is, with the child's picture, how it goes, how large it is, how many pages."""
    one = child(1, copy_as="both", reach_by="a text message")
    page = written(tmp_path, "child-1-home.html", b"x" * 300_000)
    pdf = written(tmp_path, "child-1-home.pdf", blank_pdf(3))
    mail = written(tmp_path, "child-1-home.eml", b"x")
    made = list_of([sent(one, page, pdf, mail)], Doors(pdf=True), SCHOOL, speak("en"))
    for words in ("Child 1", "Home 1", "English", "as a file and on paper", "a text message", "child-1-home"):
        assert words in made
    assert "page 300 kB" in made and "3 pages" in made and "mail" in made
    assert f'data-picture="{one.picture}"' in made
    assert made.count('class="sent-box"') == 2 and "Password" not in made


def test_the_list_keeps_the_order_it_is_given(tmp_path: Path) -> None:
    """The list is sorted as the class is, not by name or size."""
    page = written(tmp_path, "x.html", b"x")
    made = list_of([sent(child(n), page) for n in (9, 2, 5)], Doors(), SCHOOL, speak("en"))
    assert made.index("Child 9<") < made.index("Child 2<") < made.index("Child 5<")


def test_passwords_of_their_own_stand_on_the_list_and_one_for_all_never_does(tmp_path: Path) -> None:
    """What only this home's file opens with is told; a password the teacher chose is printed nowhere."""
    one = child(1)
    doors = Doors(pdf=True, secret=b"s" * 32)
    key = doors.password_for("child-1", "home")
    page = written(tmp_path, "a.html", b"x")
    pdf = written(tmp_path, "a.pdf", locked(blank_pdf(2), key))
    made = list_of([sent(one, page, pdf)], doors, SCHOOL, speak("en"))
    assert key in made and "2 pages" in made and "Keep it away from the files." in made
    chosen = Doors(pdf=True, password="correct horse")
    pdf.write_bytes(locked(blank_pdf(2), "correct horse"))
    made = list_of([sent(one, page, pdf)], chosen, SCHOOL, speak("en"))
    assert "correct horse" not in made and "2 pages" in made


def test_trouble_and_what_was_left_out_is_told_in_the_line(tmp_path: Path) -> None:
    """A home without a file, or without its PDF, is on the list with the reason."""
    page = written(tmp_path, "a.html", b"x")
    lines = [
        sent(child(1), None, trouble=NotFound("There is no book.")),
        sent(child(2), page, beside=StorageTrouble("There is no browser.")),
        sent(child(3), None),
    ]
    made = list_of(lines, Doors(pdf=True), SCHOOL, speak("en"))
    assert "There is no book." in made and "There is no browser." in made and "left out" in made


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
def test_each_home_begins_on_the_front_of_a_sheet(lengths: list[int]) -> None:
    """Whatever lengths the files have, each begins on an odd page, and no page is lost."""
    made = joined([blank_pdf(n, mark=n) for n in lengths])
    with pypdfium2.PdfDocument(BytesIO(made.data)) as whole:
        widths = [whole[n].get_width() for n in range(len(whole))]
    at = 0
    for n in lengths:
        assert at % 2 == 0 and widths[at : at + n] == [500.0 + n] * n
        at += n + n % 2
    assert at == made.pages == len(widths)


def test_it_is_said_when_no_home_gets_paper_or_a_page_is_gone(tmp_path: Path) -> None:
    """Nothing is printed where nobody wants paper, and a page that cannot be read stops it with a sentence."""
    with pytest.raises(NotFound):
        to_print([sent(child(1, copy_as="file"), written(tmp_path, "a.html", b"x"))], Doors())
    with pytest.raises(StorageTrouble):
        to_print([sent(child(1, copy_as="print"), tmp_path / "gone.html")], Doors())
