"""What media tests share: books with one medium or all, their pages, and what stands in a page."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from portfolio.model import Book, Medium, Passage, Sound, Video, Work
from portfolio.moments.home import home_html
from portfolio.moments.talk import talk_html
from portfolio.testing import FILM, SILENCE, named, small_book, small_store
from portfolio.views import room
from portfolio.views.charts import draw_over_time


class Tags(HTMLParser):
    """Collects the tags and texts of a page."""

    def __init__(self, page: str) -> None:
        """Read a page."""
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep a tag."""
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every such tag."""
        return [attrs for name, attrs in self.tags if name == tag]


def with_media(*media: Medium) -> Book:
    """Return a book with one piece of work that has these media."""
    return small_book(work=(Work(entry_id="work-1", title=Passage(text="P"), media=media),))


def home(book: Book, limit: int = room.HOME_LIMIT, household: str = "papa") -> str:
    """Return the home file, from a store that has the small media."""
    return home_html(book, household, small_store(book), draw_over_time, limit)


def talk(book: Book) -> str:
    """Return the presentation."""
    return talk_html(book, small_store(book), draw_over_time)


def sound(data: bytes = SILENCE, **more: Any) -> Sound:
    """Return a recording."""
    return Sound(sha256=named(data), suffix="wav", seconds=5, size=len(data), **more)


def film(data: bytes = FILM, **more: Any) -> Video:
    """Return a film."""
    return Video(sha256=named(data), suffix="mp4", seconds=5, size=len(data), width=640, height=360, **more)
