"""Presenting: the same sections as the home file, one leaf at a time, driven by the child."""

from __future__ import annotations

from portfolio.model import Book
from portfolio.rules import for_audience
from portfolio.store.port import ClassStore
from portfolio.views.pages import DrawChart, MediaAddress, media_bytes, render, talk_page
from portfolio.views.safe import SafePage


def talk_html(book: Book, store: ClassStore, draw: DrawChart, media: MediaAddress | None = None) -> SafePage:
    """Return the presentation of a book, for the page widget.

    ``media`` gives the addresses of recordings; without it their bytes stand in the page.
    """
    student = book.student.student_id
    view = for_audience(book, "conference")
    inside = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    return render(talk_page(view, lambda sha: store.picture(student, sha), draw, media or inside))
