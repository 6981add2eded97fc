"""Where things stand on a page: ids for pictures, recordings and drawings, so that one may go there and back.

In a file for a home a picture becomes as large as the window by a plain link. Where a book stands twice, in two languages,
the second telling has no picture of its own: it leads to where the first one shows it.
"""

from __future__ import annotations

from typing import Literal

Way = Literal["plain", "zoom", "back"]
"""``plain``: a page without such ids. ``zoom``: things have ids, pictures grow. ``back``: links stand in their place."""


class Places:
    """What keeps count of things while one page is put together. Templates call it in the order of the page."""

    def __init__(
        self, way: Way = "plain", stood: dict[str, list[str]] | None = None, *, folds: bool = False
    ) -> None:
        """Begin a page that shows nothing yet; ``stood``: the ids by thing that another telling has given.

        ``folds``: what is written in a picture is folded however short it is, as on a screen of a deck, where it is large.
        """
        self.way = way
        self.folds = folds
        self._stood: dict[str, list[str]] = {} if stood is None else stood
        self._met: dict[str, int] = {}
        self._pictures = 0
        self._texts = 0

    def fresh(self) -> Places:
        """Return the same for a page that is put together anew."""
        return Places(self.way, folds=self.folds)

    def back(self) -> Places:
        """Return the places of a second telling: the k-th time it comes to a thing it leads to the k-th place of it."""
        return Places("back", self._stood)

    def at(self, thing: str) -> str:
        """Return the id of the place where a thing is shown next, or that its link leads to; empty where there is none."""
        if self.way == "plain":
            return ""
        if self.way == "zoom":
            places = self._stood.setdefault(thing, [])
            places.append(f"P{sum(map(len, self._stood.values())) + 1}")
            return places[-1]
        places = self._stood.get(thing, [])
        met = self._met[thing] = self._met.get(thing, -1) + 1
        return places[min(met, len(places) - 1)] if places else ""

    def larger(self) -> str:
        """Return the id of the next picture that can become larger; empty on a page where none can."""
        if self.way != "zoom":
            return ""
        self._pictures += 1
        return f"Z{self._pictures}"

    def text(self) -> str:
        """Return the id of the next text that says what is written in a picture; empty where the picture itself is not."""
        if self.way == "back":
            return ""
        self._texts += 1
        return f"T{self._texts}"
