"""WHERE THEY ARE KEPT: a class folder with its records, pictures, template and notebooks.

Begin at :mod:`~portfolio.store.class_folder` (a class on disk) and :mod:`~portfolio.store.port` (what any
store promises). ``sql`` keeps the promise in a database file, ``fake`` in memory; ``upgrade`` brings an
older file up, ``integrity`` looks at everything; ``atomic`` writes single files so that no crash leaves
half of one. Importing this package is cheap: SQLAlchemy comes in with the first store that is opened.
"""

from __future__ import annotations

from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, book_of, create_class, open_class
from portfolio.store.fake import FakeStore
from portfolio.store.port import Change, ClassStore, Forgotten, Kept, LastChange, Touched
from portfolio.store.trouble import what_is_there

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
