"""A desk in the language of its child: headings nobody changed, too, and those a teacher wrote stay."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from tests.browser.served import sample, serving

if TYPE_CHECKING:
    from playwright.sync_api import Page

WAIT = 60_000


@pytest.mark.drill
def test_the_headings_of_pages_speak_the_childs_language(
    page: Page, tmp_path: Path, offline_guard: list[str]
) -> None:
    """In a Spanish book the pages are headed in Spanish; a heading the teacher changed stays as written."""
    folder = sample("ladybirds", tmp_path / "ladybirds")
    store = folder.store()
    student = store.students()[0]
    meta, version = store.meta(store.rounds(student.student_id)[-1].portfolio_id)
    store.keep_meta(meta.but(language="es"), expected=version)
    store.close()
    notebook = folder.path / "student.ipynb"
    told = json.loads(notebook.read_text(encoding="utf-8"))
    headings = [cell for cell in told["cells"] if "title" in cell["metadata"].get("portfolio", {})]
    headings[1]["source"] = ["## A page of *our* own"]
    notebook.write_text(json.dumps(told), encoding="utf-8")
    with serving(folder, links=True) as served:
        page.goto(served.links[student.name])
        page.wait_for_selector("html[data-ready=true]", timeout=WAIT)
        expect(page.locator(".part h1").first).to_have_text("Hola")
        expect(page.locator(".part h1").nth(1)).to_have_text("A page of our own")
        expect(page).to_have_title(f"Hola · El libro de {student.name}")
    assert offline_guard == []
