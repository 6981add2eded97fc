"""WHERE THEY ARE KEPT: a class folder with its records, pictures, recordings, template and notebooks.

Begin at :mod:`~portfolio.store.class_folder` (a class on disk) and :mod:`~portfolio.store.port` (what any
store promises)::

    the promise       port records                     kept by  sql sql_* (a database file)  fake* (in memory)
    the database      database sqlite_file tables bodies wholes upgrade migrations/   read without SQLAlchemy: quick
    files             atomic (whole or not at all)  media recordings  uploads (on their way in, part by part)
    out and in again  backup*  archive*                looked after by  integrity* findings
    read from people  template_* yaml_lines  notebook_*  roster_*

Importing this package is cheap: SQLAlchemy comes in with the first store that is opened, Alembic with the
first older one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, book_of, create_class, open_class
from portfolio.store.port import Change, ClassStore, Forgotten, Kept, LastChange, Touched
from portfolio.store.trouble import what_is_there

if TYPE_CHECKING:
    from portfolio.store.fake import FakeStore

__all__ = [
    "Change",
    "ClassFolder",
    "ClassStore",
    "FakeStore",
    "Forgotten",
    "Kept",
    "LastChange",
    "Touched",
    "book_of",
    "create_class",
    "open_class",
    "what_is_there",
    "write_atomically",
]


def __getattr__(name: str) -> Any:
    """Import the store in memory when it is first asked for: tests and previews have it."""
    if name != "FakeStore":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from portfolio.store.fake import FakeStore

    return FakeStore
