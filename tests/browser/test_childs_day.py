"""A child's day at the desk: from an empty book to a ready one, by keyboard alone and by finger alone."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from portfolio.moments.classes import new_class
from portfolio.rules.progress import book_state
from portfolio.store.class_folder import ClassFolder, book_of
from tests.browser.hands import READY, WAIT, Day, Finger, Keys
from tests.browser.served import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURE = Path(__file__).parents[2] / "sample_data" / "pictures"
LAPTOP = {"viewport": {"width": 1280, "height": 800}}
PHONE = {"viewport": {"width": 390, "height": 800}, "has_touch": True, "is_mobile": True}
TABLET = {"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True}
POINTS_AHEAD = {"strengths"}  # asks for a piece of work, which stands on a later page of an empty book

DAYS = [
    pytest.param("k-2", Keys, LAPTOP, id="k-2 by keys"),
    pytest.param("k-2", Finger, TABLET, id="k-2 by finger", marks=pytest.mark.drill),
    pytest.param("3-5", Keys, LAPTOP, id="3-5 by keys", marks=pytest.mark.drill),
    pytest.param("3-5", Finger, PHONE, id="3-5 by finger", marks=pytest.mark.drill),
    pytest.param("6-8", Keys, LAPTOP, id="6-8 by keys", marks=pytest.mark.drill),
    pytest.param("6-8", Finger, TABLET, id="6-8 by finger", marks=pytest.mark.drill),
    pytest.param("9-12", Keys, LAPTOP, id="9-12 by keys", marks=pytest.mark.drill),
    pytest.param("9-12", Finger, PHONE, id="9-12 by finger", marks=pytest.mark.drill),
]


@contextmanager
def empty_class(band: Any, path: Path) -> Iterator[Served]:
    """Serve a new class of one child who has not written a word."""
    folder = new_class(
        path, band=band, name="New class", round_name="Fall 2026", students=("Robin; Home; en",),
        teacher_names=("Ms. Hale",), today=date(2026, 11, 20), randomness=secrets.token_bytes,
    )  # fmt: skip
    with serving(folder, links=True) as served:
        yield served


def everything_kept(folder: ClassFolder) -> str:
    """Return all that the store holds of entries, as one text."""
    with closing(sqlite3.connect(f"file:{folder.database}?mode=ro", uri=True)) as base:
        return "\n".join(row[0] for row in base.execute("SELECT body FROM entries WHERE body IS NOT NULL"))


def states(folder: ClassFolder) -> dict[str, str]:
    """Return how far each section is."""
    store = folder.store()
    try:
        (student,) = store.students()
        book = book_of(store, folder.template(), folder.outline(), student.student_id)
        return {state.section.section_id: state.state for state in book_state(book)}
    finally:
        store.close()


@pytest.mark.parametrize(("band", "hands", "device"), DAYS)
def test_from_empty_to_ready(
    band: str,
    hands: type[Keys | Finger],
    device: dict[str, Any],
    tmp_path: Path,
    browser: Browser,
    watch: Callable[..., Any],
) -> None:
    """Every question of the book is answered, every word is kept, no part is left empty, the book is ready."""
    with empty_class(band, tmp_path / "class") as served:
        context = browser.new_context(**device, locale="en-US", timezone_id="UTC")
        watched = watch(context)
        page: Page = context.new_page()
        page.goto(served.links["Robin"])
        page.wait_for_selector(READY, state="attached", timeout=WAIT)
        picture = next(iter(sorted(PICTURE.glob("*.png")) or sorted(PICTURE.glob("*.*"))))
        day = hands(page, f"w{band.replace('-', '')}", picture)
        day.fill_the_book()
        day.saved()
        ready(day)
        lost = [
            f"{mark} ({asked})"
            for mark, asked in day.written.items()
            if mark not in everything_kept(served.folder)
        ]
        assert len(day.written) > 15, "hardly a question was found"
        assert lost == []
        assert day.unseen == [], "these had the focus without showing it"
        parts = states(served.folder)
        assert [name for name, state in parts.items() if state == "empty"] == []
        assert {name for name, state in parts.items() if state == "started"} <= POINTS_AHEAD
        assert status_of(served.folder) == "ready"
        watched.check()
        context.close()


def ready(day: Day) -> None:
    """Say that the book is ready, with the hands this day has."""
    if isinstance(day, Keys):
        day.press("My book is ready")
    else:
        day.page.get_by_role("button", name="My book is ready").tap()
    day.page.get_by_text("Your teacher can see that it is ready", exact=False).first.wait_for(timeout=WAIT)


def status_of(folder: ClassFolder) -> str:
    """Return the word for where the child's book is."""
    with closing(sqlite3.connect(f"file:{folder.database}?mode=ro", uri=True)) as base:
        (body,) = base.execute("SELECT body FROM portfolios").fetchone()
    return str(json.loads(body)["status"])
