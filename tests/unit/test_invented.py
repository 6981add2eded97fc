"""The invented classes that benchmarks use: large, the same each time, and like real ones."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from benchmarks.invented import invented, make_invented
from portfolio import files
from portfolio.model import ClassTemplate
from portfolio.rules.cards import cards
from portfolio.store.class_folder import book_of
from portfolio.store.template_file import load_template


@pytest.fixture(params=["k-2", "3-5", "6-8", "9-12"])
def template(request: pytest.FixtureRequest) -> ClassTemplate:
    """Return each class template."""
    return load_template(files.class_templates() / f"{request.param}.yaml")


def test_the_same_seed_gives_the_same_children(template: ClassTemplate) -> None:
    """Two runs agree word for word; another seed does not."""
    once, again = (list(invented(5, template, seed=7)) for _ in range(2))
    assert once == again
    assert once != list(invented(5, template, seed=8))


def test_a_smaller_class_is_the_beginning_of_a_larger_one(template: ClassTemplate) -> None:
    """The first children of a hundred thousand are made without making the others."""
    assert list(islice(invented(100_000, template), 3)) == list(invented(3, template))


def test_a_full_book_answers_every_page_a_child_writes(template: ClassTemplate) -> None:
    """Where nothing is said about how many pages are begun, each page of the child holds something."""
    (one,) = invented(1, template)
    kinds = {entry.kind for entry in one.portfolio.entries()}  # type: ignore[attr-defined]  # every entry has one
    assert {"answer", "strength", "work", "growing", "rating", "goal", "agreement"} <= kinds
    assert len(one.portfolio.entries()) > 25


def test_fewer_pages_make_a_smaller_book(template: ClassTemplate) -> None:
    """Asked for three pages, a child has begun about three."""
    told = list(invented(60, template, sections=3))
    begun = sum(len(one.portfolio.entries()) for one in told) / len(told)
    (full,) = invented(1, template)
    assert 0 < begun < len(full.portfolio.entries()) / 2


def test_an_invented_class_is_a_class_like_any_other(tmp_path: Path) -> None:
    """It opens, lists its children in order, and every book can be shown."""
    folder = make_invented(tmp_path / "class", 12, seed=3)
    store = folder.store()
    try:
        students = store.students()
        assert [s.student_id for s in students] == [f"s{n:06}" for n in range(1, 13)]
        book = book_of(store, folder.template(), folder.outline(), students[-1].student_id)
        assert sum(len(cards(book, section)) for section in book.sections()) > 25
        assert book.portfolio == list(invented(12, folder.template(), seed=3))[-1].portfolio
    finally:
        store.close()
