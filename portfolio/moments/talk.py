"""Presenting: the same sections as the home file, one leaf at a time, driven by the child."""

from __future__ import annotations

from typing import TYPE_CHECKING

from portfolio.errors import PortfolioError
from portfolio.model import Book, MediaSuffix
from portfolio.rules import for_audience
from portfolio.store.port import ClassStore
from portfolio.views.pages import STILL, DrawChart, MediaAddress, TalkNow, media_bytes, render, talk_page
from portfolio.views.safe import SafePage

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


def talk_html(
    book: Book,
    store: ClassStore,
    draw: DrawChart,
    media: MediaAddress | None = None,
    glossary: Glossary | None = None,
    *,
    now: TalkNow = STILL,
) -> SafePage:
    """Return the presentation of a book: a deck of slides.

    ``media`` gives the addresses of recordings; without it their bytes stand in the page.
    ``glossary`` explains the school words: the class's own, else the one we ship. ``now`` is what is written at
    the table while the deck is shown.
    """
    student = book.student.student_id
    view = for_audience(book, "conference")

    def picture(sha256: str) -> bytes:
        try:
            return store.picture(student, sha256)
        except PortfolioError:  # one that is gone leaves its words; the meeting goes on
            return b""

    def recording(sha256: str, suffix: MediaSuffix) -> bytes:
        try:
            return store.media(student, sha256, suffix)
        except PortfolioError:
            return b""

    page = talk_page(view, picture, draw, media or media_bytes(recording), glossary, now=now)
    return render(page)
