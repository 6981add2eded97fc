"""Pictures of a home file: made smaller where there are many, and the words by which one knows what is missing."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from portfolio.errors import PictureRefused
from portfolio.media.smaller import ENOUGH, LEGIBLE, STEPS, at_least, shrunk
from portfolio.model import Document, Passage, Picture, Video
from portfolio.rules.family_view import FamilyView, recordings_in, records_in
from portfolio.store.port import ClassStore
from portfolio.store.smaller import SmallerPictures
from portfolio.views.filling import Left, Steps
from portfolio.views.room import Missing

if TYPE_CHECKING:
    from portfolio.rules.next_teacher import NextTeacherView


class SmallerOf:
    """One student's pictures made smaller. They are kept if there is a place to keep them."""

    steps = Steps(enough=ENOUGH, most=len(STEPS))

    def __init__(
        self, student_id: str, store: ClassStore, kept: SmallerPictures | None, view: FamilyView
    ) -> None:
        """Remember whose pictures they are; nothing is read before it is asked for."""
        self._student, self._store, self._kept, self._view = student_id, store, kept, view
        self._made: dict[tuple[str, int], bytes] = {}
        self._whole: dict[str, bytes] = {}

    def at_least(self, sha256: str, step: int) -> int:
        """Return how many bytes it will have at the very least; nothing is made for that."""
        return at_least(len(self.whole(sha256)), self._allowed(sha256, step))

    def size(self, sha256: str, step: int) -> int:
        """Return how many bytes the picture has that is so many steps smaller."""
        whole = len(self.whole(sha256))
        step = self._allowed(sha256, step)
        known = self._kept.size(self._student, sha256, step) if self._kept else None
        return (known or whole) if known is not None else len(self.data(sha256, step))

    def data(self, sha256: str, step: int) -> bytes:
        """Return its bytes (WebP): from where they are kept, else made now and kept."""
        # a variant of what is damaged is not shown: the file would change when it is lost
        whole = self.whole(sha256)
        step = self._allowed(sha256, step)
        if (sha256, step) not in self._made:
            self._made[sha256, step] = self._found(sha256, step, whole)
        return self._made[sha256, step]

    def _found(self, sha256: str, step: int, whole: bytes) -> bytes:
        kept = self._kept.find(self._student, sha256, step) if self._kept else None
        if kept is not None:
            return kept or whole
        try:
            data = shrunk(whole, step)
        except PictureRefused:  # whole as it was kept, and yet no picture we can open: the best there is
            return whole
        if self._kept:
            self._kept.keep(self._student, sha256, step, b"" if data == whole else data)
        return data

    def _allowed(self, sha256: str, step: int) -> int:
        return min(step, LEGIBLE) if step > LEGIBLE and sha256 in self._printed else step

    @cached_property
    def _printed(self) -> frozenset[str]:
        """Pages of documents: print must stay legible."""
        return frozenset(page.sha256 for one in records_in(self._view, Document) for page in one.pages)

    def whole(self, sha256: str) -> bytes:
        """Return the picture's own bytes (WebP), read once. Raises ``StorageTrouble`` or ``NotFound`` for a damaged one."""
        if sha256 not in self._whole:
            self._whole[sha256] = self._store.picture(self._student, sha256)
        return self._whole[sha256]


def missing_in(view: FamilyView | NextTeacherView, left: Iterable[Left]) -> tuple[Missing, ...]:
    """Return what is not in the file of a view, with the words by which one knows it."""
    left = tuple(left)
    known = _known_by(view) if left else {}
    return tuple(Missing(known.get(one.name, ""), one.why, one.kind, one.name) for one in left)


def _known_by(view: FamilyView | NextTeacherView) -> dict[str, str]:
    """Return the words by which one knows each picture and recording, by the name of its file."""
    known = {}
    for one in records_in(view, Picture):
        known[one.sha256] = _words(one.caption, one.alt)
    for recording in recordings_in(view):
        alt = recording.alt if isinstance(recording, Video) else recording.transcript
        known[f"{recording.sha256}.{recording.suffix}"] = _words(recording.caption, alt)
    for document in records_in(view, Document):
        known |= {page.sha256: _words(document.caption, document.alt, page.alt) for page in document.pages}
    return known


def _words(*passages: Passage) -> str:
    return next((" ".join(one.text.split()) for one in passages if one.text.strip()), "")
