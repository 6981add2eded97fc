"""A book that cannot be read says so: never an empty page, never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.served import sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page


def test_a_damaged_book_is_said_kindly(page: Page, tmp_path: Path, offline_guard: list[str]) -> None:
    """Desk and presentation of a child whose record is damaged show one sentence for the child, and no code."""
    folder = sample("class-4b", tmp_path / "class-4b")
    with serving(folder, links=True) as served:
        with closing(sqlite3.connect(folder.database)) as base:
            changed = base.execute("UPDATE portfolios SET body = '{}' WHERE student_id = 'mateo'").rowcount
            base.commit()
        assert changed > 0
        for room in ("", "?to=talk"):
            page.goto(served.links["Mateo"] + room)
            page.wait_for_selector("html[data-ready]", state="attached", timeout=60_000)
            told = page.get_by_role("alert")
            expect(told).to_be_visible()
            expect(told).to_have_text(
                "Something on this page did not work. What you wrote is safe. Please tell your teacher."
            )
            assert "Traceback" not in page.content()
            assert "portfolio/" not in page.inner_text("body")
    assert offline_guard == []
