"""A finished page in a notebook: the presentation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import traitlets

from portfolio.views.safe import SafePage
from portfolio.widgets.base import Kit, Ours, drawings
from portfolio.widgets.wire import Link


class Page(Ours):
    """Shows HTML that our own templates have made, and nothing else.

    Raises ``TypeError`` for a plain ``str``, so that no text of a child or a teacher can become HTML here.
    Arrow keys, PageUp, PageDown, Home, End and Space turn the leaves, but only while nothing on the leaf
    has use for them; a finger may sweep.
    """

    shows = traitlets.Unicode("page").tag(sync=True)
    html = traitlets.Unicode().tag(sync=True)
    links: traitlets.List[Any] = traitlets.List().tag(sync=True)
    """Where one goes from here: they stand above the page."""

    def __init__(self, html: SafePage, *, links: Sequence[Link] = (), kit: Kit | None = None) -> None:
        needed = drawings(link["icon"] for link in links)
        super().__init__(kit=kit, html=_safe(html), links=list(links), drawings=needed)

    def renew(self, html: SafePage) -> None:
        """Show another page in place of this one. Raises ``TypeError`` as the constructor does."""
        self.html = _safe(html)


def _safe(html: SafePage) -> str:
    if not isinstance(html, SafePage):
        raise TypeError("A Page shows what portfolio.views has made (SafePage), not any text.")
    return html
