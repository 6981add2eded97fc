"""The screen of the pages: which ones the books have, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from portfolio.words import Speech


@dataclass(frozen=True, slots=True)
class BookPage:
    """One page a book can have."""

    section_id: str
    """Its name in the class template."""
    title: str
    """What children see: the teacher's heading, or the template's title."""
    icon: str
    """The name of its drawing."""
    purpose: str
    """What it is for."""
    asks: Sequence[str]
    """Its questions."""
    written: str
    """Who has something on it already; empty if nobody."""


@dataclass(frozen=True, slots=True)
class SetupSectionsPage:
    """“The pages of the books”."""

    template: ClassVar = "setup_sections.html.j2"
    say: Speech
    """Our texts in the teacher's language."""
    shown: Sequence[BookPage]
    """In the order of the books."""
    others: Sequence[BookPage]
    """Left out now, in the order of the template."""
