"""What is written in a picture, written down by a teacher: for a child who cannot type yet, and who can read its letters.

It is the one thing a teacher writes into an entry of a child from the teacher's desk. What somebody else changed in the entry
meanwhile stays; where somebody else wrote down the same picture, theirs stays and the teacher looks again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import AnyEntry, Picture
from portfolio.model.record import clean_text
from portfolio.rules.filling_parts import words_kept
from portfolio.rules.leaving import things_in, with_written
from portfolio.store.port import ClassStore, Kept

LONGEST: Final = 8_000
"""Letters of what is written in one picture: more than a sheet of paper holds."""
_TRIES: Final = 5
"""How often words are laid over what somebody else keeps in the same moment."""


@dataclass(frozen=True)
class WrittenDown:
    """Who writes down what is written in the pictures of one book. Every method may raise ``StorageTrouble``."""

    store: ClassStore
    portfolio_id: str
    by: str

    def write(self, entry_id: str, sha256: str, text: str, *, seen: int, at: datetime) -> None:
        """Keep what is written in a picture of an entry; ``seen`` is the version of the entry the writer looked at.

        Raises ``NotFound`` where it does not stand any more, ``InputRefused`` for a text too long for one picture,
        ``ChangedMeanwhile`` where somebody else has written it down since.
        """
        if len(text) > LONGEST:
            raise InputRefused(
                "This is too long for one picture: it has {n} characters, and {most} is the most. Write down a part of it.",
                n=len(text),
                most=LONGEST,
                field="written",
            )
        text = str(clean_text(text)).strip()
        for _ in range(_TRIES):
            kept = self._kept(entry_id, sha256)
            if _words(kept.entry, sha256) not in (self._words_then(entry_id, sha256, seen), text):
                raise ChangedMeanwhile(
                    "Somebody else has written down this picture just now. Read it, then change it if you want to."
                )
            changed = self._with(kept.entry, sha256, text)
            if changed == kept.entry:
                return
            try:
                self.store.keep(self.portfolio_id, changed, expected=kept.version, by=self.by, at=at)
            except ChangedMeanwhile:
                continue
            return
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    def _kept(self, entry_id: str, sha256: str) -> Kept:
        for kept in self.store.entries(self.portfolio_id):
            if kept.entry.entry_id == entry_id and _pictures(kept.entry, sha256):
                return kept
        raise NotFound("This picture is not in the book any more. Nothing was kept.")

    def _words_then(self, entry_id: str, sha256: str, seen: int) -> str | None:
        """Return what was written down in the version the writer looked at; ``None`` where nobody knows that version."""
        found = (one for one in self.store.history(self.portfolio_id, entry_id) if one.version == seen)
        return next((_words(one.entry, sha256) for one in found if one.entry is not None), None)

    def _with(self, entry: AnyEntry, sha256: str, text: str) -> AnyEntry:
        meta, _ = self.store.meta(self.portfolio_id)
        said: AnyEntry = with_written(entry, sha256, lambda there: words_kept(there, text, meta.language))
        return said


def _pictures(entry: object, sha256: str) -> tuple[Picture, ...]:
    return tuple(one for one in things_in(entry) if isinstance(one, Picture) and one.sha256 == sha256)


def _words(entry: object, sha256: str) -> str:
    """Return what is written down of a picture where it stands first in an entry; "" for nothing."""
    return next((one.written.text for one in _pictures(entry, sha256)), "")
