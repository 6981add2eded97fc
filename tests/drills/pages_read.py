"""What a reader finds on a page: its words and the words its pictures stand for, white space aside."""

from __future__ import annotations

from html.parser import HTMLParser

_UNSEEN = {"style", "script", "template"}
_SPOKEN = {"alt", "title", "aria-label", "content"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self.tags: set[str] = set()
        self._inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.tags |= {name for name, _ in attrs if name.startswith("on")}
        self.found += [f"\n{value}\n" for name, value in attrs if name in _SPOKEN and value]
        if tag in _UNSEEN:
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.found.append(data)


def bare(text: str) -> str:
    """Return a text without its white space: a page may break it where it likes."""
    return "".join(text.split())


def words_on(page: str) -> tuple[str, set[str]]:
    """Return the words of an HTML page without white space, and its tags and event attributes."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return bare("".join(reader.found)), reader.tags
