"""Presenting: the same sections as the home file, one leaf at a time, driven by the child."""

from __future__ import annotations

from portfolio.model import Book
from portfolio.rules import for_audience
from portfolio.store.port import ClassStore
from portfolio.views.pages import DrawChart, render, talk_page
from portfolio.views.safe import SafePage


def talk_html(book: Book, store: ClassStore, draw: DrawChart) -> SafePage:
    """Return the presentation of a book, for the page widget."""
    student = book.student.student_id
    view = for_audience(book, "conference")
    return render(talk_page(view, lambda sha: store.picture(student, sha), draw))
