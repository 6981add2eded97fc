"""Golden pages: what the small book looks like, kept as pages one can open."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from golden import pages

made = cache(pages)
GOLDEN = Path(__file__).resolve().parents[1] / "golden"


@pytest.mark.parametrize("name", sorted(path.name for path in GOLDEN.glob("*.html")))
def test_the_page_is_the_golden_one(name: str) -> None:
    """A page of the small book is, line by line, the one that was looked at and kept."""
    assert made()[name].splitlines() == (GOLDEN / name).read_text("utf-8").splitlines()


def test_every_golden_page_is_made() -> None:
    """No kept page is left over, and none is empty."""
    kept = {path.name: path.read_text("utf-8") for path in GOLDEN.glob("*.html")}
    assert set(kept) == set(made())
    assert all("Inés" in page for page in kept.values())
