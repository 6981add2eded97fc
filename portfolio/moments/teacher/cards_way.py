"""Which cards fit how children come in, and how a class is started so that other computers find it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Final

from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.teacher.cards_page import Way

_NOW: Final[Mapping[str, Way]] = {"links": "links", "pictures": "pictures", "secret pictures": "secret"}


def usual_way(desk: TeacherDesk) -> Way:
    """Return how the children come in now; while nothing is served, how children of their age usually do."""
    young = desk.school_class.age_band == "k-2"
    return _NOW.get(desk.way_in, "pictures" if young else "links")


def command_for_others(folder: str) -> str:
    """Return the command that opens the class in this folder to other computers; NAME stands for this one's name."""
    return f"portfolio teacher {shlex.quote(folder)} --links --address 0.0.0.0 --public-url http://NAME:8866/"
