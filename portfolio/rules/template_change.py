"""One change of a class template and what becomes of whose words, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

What = Literal[
    "class_words", "class_band",
    "page_on", "page_off", "page_gone", "page_ready", "page_moved", "page_renamed", "page_words", "page_counts",
    "page_family", "page_kind", "page_id",
    "question_added", "question_removed", "question_reworded", "question_control", "question_cap",
    "question_at_most", "question_beginnings", "question_choices", "question_help", "questions_moved",
    "question_id",
    "agenda_added", "agenda_removed", "agenda_changed", "agendas_moved",
]  # fmt: skip
"""What is different. ``page_ready``: a new page that no book shows yet; ``page_family``: whether families see it
from the start; ``question_help``: hint, picture, recording, columns; ``…_id``: the same under another name."""

Fate = Literal["", "out_of_sight", "shown", "over", "as_chosen", "carried"]
"""What becomes of words: they stay out of sight · stay and are shown · are more than is asked for now, and nothing
is cut · are shown to whom they were shown · go along to the new name."""


@dataclass(frozen=True)
class Change:
    """One change: what, where (ids), how it was called and is called now, whose words it touches (student ids).

    ``section`` is also the id of an agenda. ``before`` and ``after`` are texts a sentence can use: the title of a
    page, the words of a question, a number.
    """

    what: What
    section: str = ""
    field: str = ""
    before: str = ""
    after: str = ""
    touched: tuple[str, ...] = ()
    words: Fate = ""


@dataclass(frozen=True)
class Changes:
    """Everything that would be different, in the order of the pages."""

    all: tuple[Change, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything is different."""
        return bool(self.all)

    @property
    def touched(self) -> tuple[str, ...]:
        """The ids of the students whose words anything touches, in the order of the portfolios."""
        return tuple(dict.fromkeys(student for change in self.all for student in change.touched))

    def of(self, section_id: str) -> tuple[Change, ...]:
        """Return the changes of one page (or agenda)."""
        return tuple(change for change in self.all if change.section == section_id)
