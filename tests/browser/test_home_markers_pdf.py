"""What is on paper and in the mail: every mark of a class searched in PDFs, in what they say of themselves, in mails with them."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.marked_class import FRIEND, Left, Marked, _sent_home, marked_class
from tests.unit.test_doors_marked import OWN_LETTERS, decided

MUST = {"Work.title", "Goal.goal", "Reply.lines", "Concern.answer", "Household.adults", "Student.name"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Marked:
    """A class in which every field has a mark."""
    return marked_class(tmp_path_factory.mktemp("paper") / "class", besides=False)


@pytest.fixture(scope="module")
def lefts(made: Marked, tmp_path_factory: pytest.TempPathFactory) -> tuple[Left, ...]:
    """What ``send-home --pdf --mail`` writes."""
    return tuple(_sent_home(made, tmp_path_factory.mktemp("left") / "sent", pdf=True))


@pytest.mark.parametrize("door", ["home.pdf", "home.eml"])
def test_on_paper_and_in_the_mail_stands_what_may(made: Marked, lefts: tuple[Left, ...], door: str) -> None:
    """No mark of anybody else, no word for the teacher; what belongs there is there, on paper too."""
    may = decided("home", also=("Household.reach_by",) if door == "home.eml" else ())
    found = [one for one in lefts if one.door == door]
    assert len(found) == 4
    for one in found:
        marks = made.found(one.text)
        wrong = [made.ways[mark] for mark in marks if not may(made, mark, one)]
        assert wrong == [], (one.child, one.home)
        fields = {step for mark in marks for step in made.whose(mark)[1]}
        assert len(marks) > 100 and fields >= MUST, MUST - fields
        names = (
            re.findall(rf"(mk\d{{5}}q) and {FRIEND}", re.sub(r"\s+", " ", one.text))
            if one.child == "kid-0"
            else []
        )
        assert all(OWN_LETTERS.match("/".join(made.whose(mark)[1])) for mark in names)


def test_a_pdf_says_of_itself_only_what_it_is(made: Marked, lefts: tuple[Left, ...]) -> None:
    """Title, author, subject, keywords, maker: the title is the page's, no days of this computer, nothing else."""
    import ast

    for one in (one for one in lefts if one.door == "home.pdf"):
        told: dict[str, Any] = ast.literal_eval(re.findall(r"\{'Title'.*\}", one.text)[-1])
        assert {name for name, words in told.items() if words} <= {
            "Title",
            "Creator",
            "Producer",
            "CreationDate",
            "ModDate",
        }
        assert told["Creator"] == "Portfolio" and "Skia" in told["Producer"]
        ways = {made.whose(mark)[1][-1] for mark in made.found(told["Title"])}
        assert ways <= {"Student.name"}
        assert not re.search("/(root|home|tmp|work|Users)/", one.text)
