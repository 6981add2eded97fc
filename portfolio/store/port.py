"""What the rest of the house asks of a store, and the small records it answers with.

Two stores keep this promise: :class:`portfolio.store.sql.SqlStore` (a file on disk) and
:class:`portfolio.store.fake.FakeStore` (in memory). One suite of tests holds both to it.

A save names the version it was made from. If somebody else was quicker, nothing is written and
``ChangedMeanwhile`` says what is there now. A version goes up by one with each change of a record, also
when it is removed; nothing ever sets it back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Protocol

from pydantic import AfterValidator, AwareDatetime, Field

from portfolio.model import AnyEntry, Portfolio, PortfolioMeta, Record, SchoolClass, Student
from portfolio.model.record import Line


def _in_utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A point in time, kept in UTC. A time without its zone is refused."""

Version = Annotated[int, Field(ge=1)]
"""How many changes a record has seen, counting its making."""


class Kept(Record):
    """An entry as it is kept now: which version, and who changed it last.

    ``changed_by`` is ``student``, ``teacher:<teacher_id>`` or ``family:<household_id>``.
    """

    entry: AnyEntry
    version: Version
    changed_at: Instant
    changed_by: Line


class Change(Record):
    """One change of an entry; ``entry`` is ``None`` where it was removed."""

    version: Version
    entry: AnyEntry | None
    changed_at: Instant
    changed_by: Line


class LastChange(Record):
    """The newest change among the entries of a portfolio (or their order): which revision, when, whose."""

    revision: Version
    changed_at: Instant
    changed_by: Line


class ClassStore(Protocol):
    """Keeps one class: its people, portfolios with their history, keys and pictures.

    Every method may raise ``StorageTrouble`` when the place where things are kept fails, and ``NotFound``
    when it names a student, portfolio or entry that is not there. Ids may come from anywhere: whatever
    cannot be an id is simply not found. Times without a zone raise ``pydantic.ValidationError``.
    A store may be used from several threads, and several stores may have the same class open.
    """

    def school_class(self) -> SchoolClass:
        """Return the class. Raises ``NotFound`` before the first :meth:`keep_class`."""

    def keep_class(self, school_class: SchoolClass) -> None:
        """Keep the class in place of what was there."""

    def students(self) -> tuple[Student, ...]:
        """Return the students in roster order, without those in :meth:`damaged_students`."""

    def student(self, student_id: str) -> Student:
        """Return one student."""

    def keep_student(self, student: Student) -> None:
        """Keep a student; a new one goes to the end of the roster.

        Raises ``InputRefused`` for an id that some computer could not use as the name of a folder.
        """

    def damaged_students(self) -> tuple[str, ...]:
        """Return the ids of students whose record cannot be read, in roster order."""

    def rounds(self, student_id: str) -> tuple[PortfolioMeta, ...]:
        """Return what is known of a student's portfolios, oldest first."""

    def meta(self, portfolio_id: str) -> tuple[PortfolioMeta, int]:
        """Return what is known of a portfolio besides its entries, and the version of that."""

    def keep_meta(self, meta: PortfolioMeta, *, expected: int | None = None) -> int:
        """Keep what is known of a portfolio and return its new version.

        ``expected`` is the version this change was made from, 0 for a new portfolio; ``None`` keeps it
        whatever was there. Raises ``ChangedMeanwhile`` when the version does not fit or the student
        already has another portfolio for this round, ``InputRefused`` when it would change owners.
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

    def close(self) -> None:
        """Let go of files and connections."""
