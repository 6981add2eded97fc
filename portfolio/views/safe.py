"""Text that may stand in a page as it is: only our own templates make it."""

from __future__ import annotations


class SafePage(str):
    """HTML made by our templates, every foreign text in it escaped.

    The widget that shows pages and the exporter take this type and refuse a plain ``str``, so that no
    second door for scripts can open. Made by :mod:`portfolio.views`, nowhere else.
    """

    __slots__ = ()

    def __html__(self) -> str:
        """Return itself: a page made of such parts does not escape them once more."""
        return str(self)
