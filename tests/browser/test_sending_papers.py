"""What a teacher gets beside the files for the homes: the list with faces and the report, in every light and direction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from portfolio.errors import StorageTrouble
from portfolio.moments.home_doors import Doors
from portfolio.moments.run_report import report_html
from portfolio.moments.sent import Run, Sent
from portfolio.moments.sent_list import list_of
from portfolio.testing import small_book
from portfolio.words import speak

if TYPE_CHECKING:
    from playwright.sync_api import Browser

LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark phone": {"color_scheme": "dark", "viewport": {"width": 390, "height": 844}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 700}},
}


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The list (with passwords) and the report of a run in which one home has no file, in English and in Arabic."""
    place = tmp_path_factory.mktemp("papers")
    book = small_book()
    student, home = book.student, book.student.households[0]
    page = place / "a-very-long-name-of-a-child-and-its-home.html"
    page.write_bytes(b"x" * 300_000)
    trouble = StorageTrouble("Look for a very large picture or film in the book, then make the file again.")
    sent = (
        Sent(student, home, page, 300_000, files=(page,), writing=True),
        Sent(student, home, None, 0, trouble),
        Sent(student, None, None, 0, StorageTrouble("There is no room left.")),
    )
    made = {}
    for lang in ("en", "ar"):
        pages = {
            "list": list_of(sent, Doors(pdf=True, secret=b"s" * 32), book.school_class, speak(lang)),
            "report": report_html(Run(sent), speak(lang), class_name="Class 4B", on=date(2026, 11, 23)),
        }
        for name, text in pages.items():
            made[f"{name}-{lang}"] = place / f"{name}-{lang}.html"
            made[f"{name}-{lang}"].write_text(text, "utf-8")
    return made


@pytest.mark.parametrize("look", LOOKS)
def test_the_list_and_the_report_break_no_rule(
    papers: dict[str, Path],
    browser: Browser,
    watch: Callable[..., Any],
    axe: Callable[..., list[Any]],
    look: str,
) -> None:
    """In light and dark, on a phone and in Arabic: axe finds nothing, nothing is wider than the window, nothing leaves."""
    context = browser.new_context(**LOOKS[look], service_workers="block")
    watching = watch(context)
    page, found = context.new_page(), {}
    for name, path in papers.items():
        page.goto(path.as_uri())
        rules = [f"{one.rule}: {' | '.join(one.where)}" for one in axe(page)]
        wide = page.evaluate(
            "() => [document.scrollingElement, ...document.querySelectorAll('.tablebox, .run-box')].some((el) => el.scrollWidth > el.clientWidth + 1)"
        )
        if rules or (wide and look != "light"):
            found[name] = (rules, wide)
        assert "very large picture" in page.inner_text("body")
    assert found == {}
    watching.check()
    context.close()
