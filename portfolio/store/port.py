"""What the rest of the house asks of a store, and the small records it answers with.

Two stores keep this promise: :class:`portfolio.store.sql.SqlStore` (a file on disk) and
:class:`portfolio.store.fake.FakeStore` (in memory). One suite of tests holds both to it.

A save names the version it was made from. If somebody else was quicker, nothing is written and
``ChangedMeanwhile`` says what is there now. A version goes up by one with each change of a record, also
when it is removed; nothing ever sets it back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from portfolio.model import (
    AnyEntry,
    MediaSuffix,
    Portfolio,
    PortfolioMeta,
    SchoolClass,
    Student,
)
from portfolio.store.records import (
    Change,
    Forgotten,
    Instant,
    Kept,
    LastChange,
    Latest,
    Touched,
    Version,
    Whole,
)

__all__ = [
    "Change",
    "ClassStore",
    "Forgotten",
    "Instant",
    "Kept",
    "LastChange",
    "Latest",
    "Touched",
    "Version",
    "Whole",
]


class ClassStore(Protocol):
    """Keeps one class: its people, portfolios with their history, keys and pictures.

    Every method may raise ``StorageTrouble`` when the place where things are kept fails, and ``NotFound``
    when it names a student, portfolio or entry that is not there. Ids may come from anywhere: whatever
    cannot be an id is simply not found. Times without a zone raise ``pydantic.ValidationError``.
    A store may be used from several threads, and several stores may have the same class open.
    """

    def together(self) -> AbstractContextManager[None]:
        """Return a ``with`` block whose changes are kept all at once at its end, or not at all.

        An exception undoes the whole block. A block inside a block joins it: its changes stay only if the
        outer one ends well; if the inner one fails and that is caught, only the inner one is undone. Other
        threads see nothing of it before its end, and may read meanwhile; whoever wants to write waits.
        Pictures and media are files: they are kept at once, whatever becomes of the block.
        """

    def school_class(self) -> SchoolClass:
        """Return the class. Raises ``NotFound`` before the first :meth:`keep_class`."""

    def keep_class(self, school_class: SchoolClass) -> None:
        """Keep the class in place of what was there."""

    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order, without those in :meth:`damaged_students`."""

    def student_names(self) -> tuple[str, ...]:
        """Return the names of all students in roster order: far cheaper than :meth:`students`.

        Whose record cannot be read is left out.
        """

    def student(self, student_id: str) -> Student:
        """Return one student."""

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster.

        Raises ``InputRefused`` for an id that some computer could not use as the name of a folder.
        """

    def arrange_students(self, order: Sequence[str]) -> None:
        """Put the students in this order of the roster; those not named follow in the order they had.

        The first mention of an id counts. Raises ``NotFound`` for an id that is not there.
        """

    def forget_student(self, student_id: str) -> Forgotten:
        """Delete a student with portfolios, entries, history, keys and media, and overwrite what they said.

        Nothing brings them back but a backup. May be asked again after it was interrupted. Raises
        ``NotFound``, and ``RuntimeError`` inside of :meth:`together` (files cannot be undone).
        """

    def sweep(self) -> bool:
        """Write the file anew without the gaps of what was deleted; return whether that could be done.

        While others read or write it cannot: ask again later.
        """

    def damaged_students(self) -> tuple[str, ...]:
        """Return the ids of students whose record cannot be read, in roster order."""

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""

    def all_rounds(self) -> Mapping[str, tuple[PortfolioMeta, ...]]:
        """Return what is known of everybody's portfolios by student id, each student's oldest first.

        Who has none is not in it. What cannot be read is left out (``integrity.examine`` names it).
        """

    def latest(self) -> tuple[Latest, ...]:
        """Return where every portfolio is now, by its id: also one of which nothing else can be read.

        One question for a whole class. What has the revision it had before says what it said before.
        """

    def wholes(self, portfolio_ids: Iterable[str]) -> Mapping[str, Whole]:
        """Return several portfolios at once, all as they are in one moment: far faster than one by one.

        Left out is what is not there, and what :meth:`meta` cannot read. The order is that of the ids.
        """

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio besides its entries, and the version of that."""

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version.

        ``expected`` is the version this change was made from, 0 for a new portfolio; ``None`` keeps it
        whatever was there. Raises ``ChangedMeanwhile`` when the version does not fit or the student
        already has another portfolio for this round, ``InputRefused`` when it would change owners.
        """

    def keep_portfolio(self, portfolio: Portfolio, *, by: str, at: datetime) -> None:
        """Keep a whole portfolio that is not there yet, as one change: fast, for imports.

        All entries get version 1 and stand in the order they have. Raises ``ChangedMeanwhile`` if it is
        there or the student has another for this round, ``InputRefused`` if two entries share an id.
        """

    def portfolio(self, portfolio_id: str) -> Portfolio:
        """Return the whole portfolio, without the entries in :meth:`damaged`."""

    def entries(self, portfolio_id: str) -> tuple[Kept, ...]:
        """Return the entries, kind by kind, each kind in order, without those in :meth:`damaged`."""

    def damaged(self, portfolio_id: str) -> tuple[str, ...]:
        """Return the ids of entries that cannot be read. Ask before anything goes home."""

    def entry(self, portfolio_id: str, entry_id: str) -> Kept:
        """Return one entry.

        If it is damaged, ``StorageTrouble`` carries its ``version``: keep a good state from
        :meth:`history` over it.
        """

    def keep(self, portfolio_id: str, entry: AnyEntry, *, expected: int, by: str, at: datetime) -> Kept:
        """Keep an entry and return it with its new version.

        ``expected`` is the version this change was made from: 0 for a new entry, which goes to the end of
        its kind; the version of the removal to bring a removed entry back to its old place.
        Raises ``ChangedMeanwhile`` (see :func:`portfolio.store.trouble.what_is_there`) for any other
        version, ``InputRefused`` when the id belongs to an entry of another kind.
        """

    def remove(self, portfolio_id: str, entry_id: str, *, expected: int, by: str, at: datetime) -> None:
        """Remove an entry; its history stays. Raises ``ChangedMeanwhile`` like :meth:`keep`."""

    def arrange(self, portfolio_id: str, kind: str, order: Sequence[str], *, by: str, at: datetime) -> None:
        """Put the entries of one kind in this order; those not named follow in the order they had.

        The first mention of an id counts. Raises ``NotFound`` for an id or a kind that is not there.
        """

    def history(self, portfolio_id: str, entry_id: str) -> tuple[Change, ...]:
        """Return every change of an entry, oldest first, without those that cannot be read."""

    def recent(self, portfolio_id: str, kind: str, *, at_most: int) -> Mapping[str, tuple[Change, ...]]:
        """Return the newest changes of all entries of a kind, also of removed ones, by entry id, oldest first.

        No more than ``at_most`` changes in all; those that cannot be read are left out.
        """

    def restore(
        self, portfolio_id: str, entry_id: str, version: int, *, expected: int, by: str, at: datetime
    ) -> Kept | None:
        """Bring back an entry as it was in a version, as a new version; ``None`` where it is then not there.

        Version 0 is the time before it was made. Also brings back what was removed, and mends a damaged
        entry. Raises ``ChangedMeanwhile`` like :meth:`keep`, ``NotFound`` for a version that never was and
        when the entry neither is nor was there, ``StorageTrouble`` if that state cannot be read.
        """

    def changes_since(self, portfolio_id: str, since: int | datetime) -> tuple[Touched, ...]:
        """Return what became of each entry since a revision (``int``) or a moment, in the order of entries.

        One for each entry: what it was then against what it is now. What is now as it was then is left
        out, so is what cannot be read now; a state of then that cannot be read gives way to the one before
        it. Changes from before store version 2 count as revision 1.
        """

    def revision(self, portfolio_id: str) -> int:
        """Return a number that goes up with every change of a portfolio: live windows ask for it."""

    def last_change(self, portfolio_id: str) -> LastChange | None:
        """Return who changed an entry or the order last, or ``None`` if nobody has yet."""

    def add_key(self, student_id: str, fingerprint: str) -> None:
        """Keep the fingerprint (SHA-256, 64 hex signs) of a student's key; the key itself is never kept.

        Raises ``InputRefused`` for anything else, and for a fingerprint that belongs to another student.
        """

    def drop_keys(self, student_id: str) -> None:
        """Make all keys of a student worthless."""

    def drop_key(self, fingerprint: str) -> None:
        """Make one key worthless; one that nobody has does nothing."""

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return the id of the student a key belongs to, or ``None``."""

    def keep_picture(self, student_id: str, sha256: str, data: bytes, thumb: bytes) -> None:
        """Keep a cleaned picture (WebP) and its small copy.

        Raises ``InputRefused`` if ``sha256`` is not the digest of ``data`` or one is not a whole WebP.
        """

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture. Raises ``StorageTrouble`` if its bytes are not what they were."""

    def thumb(self, student_id: str, sha256: str) -> bytes:
        """Return the small copy of a picture. Raises ``StorageTrouble`` if it is cut off."""

    def keep_media(self, student_id: str, sha256: str, suffix: MediaSuffix, data: bytes) -> None:
        """Keep a recording or film. Raises ``InputRefused`` for a wrong digest or an unknown suffix."""

    def media(self, student_id: str, sha256: str, suffix: MediaSuffix) -> bytes:
        """Return a recording or film. Raises ``StorageTrouble`` if its bytes are not what they were."""

    def media_names(self, student_id: str) -> tuple[str, ...]:
        """Return the names of a student's kept files, pictures too, sorted; nothing that is not ours."""

    def media_size(self, student_id: str) -> int:
        """Return how many bytes a student's kept files take."""

    def drop_media(self, student_id: str, name: str) -> None:
        """Delete a kept file by its name: only for what no entry and no history refers to.

        Raises ``NotFound``; a name that is not ours is simply not found.
        """

    def close(self) -> None:
        """Let go of files and connections."""
