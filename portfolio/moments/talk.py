"""Presenting: the same sections as the home file, one leaf at a time, driven by the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.model import Book
from portfolio.rules import for_audience
from portfolio.store.port import ClassStore
from portfolio.views.pages import DrawChart, MediaAddress, media_bytes, render, talk_page
from portfolio.views.safe import SafePage

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


def talk_html(
    book: Book,
    store: ClassStore,
    draw: DrawChart,
    media: MediaAddress | None = None,
    glossary: Glossary | None = None,
) -> SafePage:
    """Return the presentation of a book, for the page widget.

    ``media`` gives the addresses of recordings; without it their bytes stand in the page.
    ``glossary`` explains the school words: the class's own, else the one we ship.
    """
    student = book.student.student_id
    view = for_audience(book, "conference")
    inside = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    return render(talk_page(view, lambda sha: store.picture(student, sha), draw, media or inside, glossary))
