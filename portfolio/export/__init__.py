"""EDGE: files that leave. ``exporter`` is the door of nbconvert (``jupyter nbconvert --to portfolio``).

The name :class:`PortfolioExporter` may be taken from here; nbconvert is imported when it is first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolio.export.exporter import CannotExport, PortfolioExporter

__all__ = ["CannotExport", "PortfolioExporter"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from portfolio.export import exporter

    return getattr(exporter, name)
