"""The teacher's report in a browser: it reads well on a phone, a laptop and in the dark, and nothing in it runs."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from portfolio.model import Goal, Passage
from portfolio.moments.check import check_class
from portfolio.moments.check_report import report_html
from portfolio.words import speak
from tests.samples import make_sample

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Axe = Callable[..., list[Any]]

HOSTILE = '</p><script>document.title="run"</script><img src=x onerror="document.title=1"> my IEP rubric'


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on a sample class, one goal of it hostile."""
    place = tmp_path_factory.mktemp("report")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    folder = make_sample("class-4b", place / "class-4b", at=at, randomness=secrets.token_bytes)
    store = folder.store()
    goal = Goal(entry_id="goal-9", goal=Passage(text=HOSTILE))
    store.keep(store.rounds("linh")[-1].portfolio_id, goal, expected=0, by="student", at=at)
    store.close()
    html = report_html(folder, check_class(folder), speak("en"), on=date(2026, 11, 20), shown="class-4b")
    path = place / "report.html"
    path.write_text(html, "utf-8")
    return path


@pytest.mark.parametrize(
    "look", [(360, "light"), (1280, "light"), (1280, "dark")], ids=["phone", "laptop", "dark"]
)
def test_the_report_reads_well(browser: Browser, axe: Axe, report: Path, look: tuple[int, str]) -> None:
    """No violation of axe with every note open, and no line wider than the window."""
    width, scheme = look
    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]  # a Literal
    page.goto(report.as_uri())
    for place in page.locator("summary").all():
        place.click()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_nothing_a_child_wrote_runs(page: Page, report: Path) -> None:
    """A script and a broken picture in a goal stay words: the page has neither, and its title stays."""
    page.goto(report.as_uri())
    assert page.title() == "Before the meetings · Class 4B"
    assert page.locator("script, img").count() == 0
    page.locator("summary").last.scroll_into_view_if_needed()
    assert page.get_by_text("<script>").count() > 0


def test_the_report_asks_nobody_for_anything(page: Page, report: Path) -> None:
    """Opening the page loads nothing but the file itself."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report.as_uri())
    assert [one for one in asked if not one.startswith("data:")] == [report.as_uri()]
