"""The page about our family: asked in every band, shown to nobody until the child says so, then in book, meeting and file."""

from __future__ import annotations

import pytest

from portfolio.files import class_templates
from portfolio.model import Answer, Book, Passage, SectionCell
from portfolio.model.portfolio import SectionChoice
from portfolio.rules import for_audience
from portfolio.rules.next_teacher import for_next_teacher
from portfolio.store.template_file import load_template
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.views.pages import render

BANDS = ("k-2", "3-5", "6-8", "9-12")
OURS = "our_family"


def told(band: str, *, shown: bool) -> Book:
    """Return a book of a band in which child and family wrote something on the page."""
    book, template = small_book(), load_template(class_templates() / f"{band}.yaml")
    words = Passage(text="MARKER on Sundays we cook.", lang="en")
    answer = Answer(entry_id=f"{OURS}.celebrate", section=OURS, prompt="celebrate", words=words)
    choices = (SectionChoice(section=OURS, shown_to_family=True),) if shown else ()
    meta = book.portfolio.meta.but(sections=choices, age_band=band, agenda={"preset": "full"})
    return book.but(
        template=template,
        outline=tuple(SectionCell(section=section.section_id) for section in template.sections),
        portfolio=book.portfolio.but(meta=meta, answers=(*book.portfolio.answers, answer)),
    )


@pytest.mark.parametrize("band", BANDS)
def test_a_page_about_our_family_is_shown_only_if_the_child_says_so(band: str) -> None:
    """Unless it is shown, no home, no table and no pack has it; shown, homes and the full meeting do."""
    for audience, home in (("home", "mama"), ("home", "papa"), ("conference", None), ("own_time", "mama")):
        kept, shown = (for_audience(told(band, shown=shown), audience, home) for shown in (False, True))  # type: ignore[arg-type]  # known words
        assert "MARKER" not in kept.model_dump_json()
        assert [part.section for part in kept.parts].count(OURS) == 0
        assert [part.section for part in shown.parts].count(OURS) == 1


@pytest.mark.parametrize("band", BANDS)
def test_a_page_left_out_is_not_missed(band: str) -> None:
    """A child that shows the page but wrote nothing on it has no empty page in the file: nobody asks why."""
    book = told(band, shown=True)
    kept = tuple(a for a in book.portfolio.answers if a.section != OURS)
    book = book.but(portfolio=book.portfolio.but(answers=kept))
    page = render(home_page(for_audience(book, "home", "mama"), lambda _: b""))
    assert f'id="{OURS}"' not in page
    assert f'id="{OURS}"' in render(
        home_page(for_audience(told(band, shown=True), "home", "mama"), lambda _: b"")
    )


def test_the_next_teacher_gets_it_only_where_the_child_picks_it() -> None:
    """What a family told of itself goes to nobody by itself."""
    assert "MARKER" not in for_next_teacher(told("3-5", shown=True)).model_dump_json()


@pytest.mark.parametrize("band", BANDS)
def test_it_asks_nothing_that_intrudes(band: str) -> None:
    """No question about papers, work, money, belief, health or who lives where; all of it may stay empty."""
    section = load_template(class_templates() / f"{band}.yaml").section(OURS)
    assert section is not None and section.at_least == 0
    asked = " ".join((section.intro, *(p.ask for p in section.prompts))).casefold()
    for word in (
        "live",
        "work",
        "money",
        "religio",
        "church",
        "country",
        "born",
        "ill",
        "married",
        "mother",
        "father",
    ):
        assert word not in asked.split()
    assert "only if you like" in asked
