"""EDGE, what hands touch: the controls children fill in their desk with, and the pages in notebooks.

A widget here holds traits and carries messages; what is true and what is kept is decided further in
(:mod:`portfolio.moments`). How the parts fit::

    notebook cell ── Desk.section ──► Sheet ◄── messages (wire) ──► static/*.js, one script per page
                                        │
                                        └── SheetKeeper (moments) ──► store

Three promises hold everything together. "Saved" is said only after the keeper has returned. Words that
are not saved yet stay in the browser until they are. The page can ask, but never set: whose desk it is
and what is kept are plain attributes that no message reaches.
"""

from __future__ import annotations

from portfolio.widgets.base import Kit
from portfolio.widgets.desk import Conference, ConferenceHost, Desk, DeskHost, PageHost
from portfolio.widgets.keeper import Saved, SheetKeeper
from portfolio.widgets.path import Done, Note, Path, SaveStatus
from portfolio.widgets.sheet import Sheet
from portfolio.widgets.talk import Talk

__all__ = [
    "Conference",
    "ConferenceHost",
    "Desk",
    "DeskHost",
    "Done",
    "Kit",
    "Note",
    "PageHost",
    "Path",
    "SaveStatus",
    "Saved",
    "Sheet",
    "SheetKeeper",
    "Talk",
]
