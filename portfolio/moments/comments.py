"""Between a teacher and a child: comments on its book, a kind way to send it back, "I have read it".

No function here can change a word of the child. What the teacher writes is a :class:`~portfolio.model.Comment` of
its own; the only thing the child does with it is to say that it has read it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast

from portfolio.errors import (
    N_,
    ChangedMeanwhile,
    InputRefused,
    NotAllowed,
    NotFound,
    PortfolioError,
    TextRefused,
)
from portfolio.model import Comment, Passage, PortfolioMeta
from portfolio.model.portfolio import Status
from portfolio.rules.comments import may_change, one_part, sent_back_words, several_things
from portfolio.rules.kind_words import RemarkKind, remarks
from portfolio.store.port import ClassStore, Kept

LONGEST: Final = 2_000
"""Letters one comment may have; a child reads one screen of it."""

TRIES: Final = 5
"""How often a change is made anew because somebody else was quicker."""

BACK_TO_THE_CHILD: Final[tuple[Status, ...]] = ("draft", "practising", "ready", "checked")
"""Where a book may be sent back from: once it was shown, nothing is to be mended for the meeting."""

REMARK: Final[dict[RemarkKind, str]] = {
    "ranking": N_(
        "“{words}” compares with others. Say what you see in this book. Or tick “Keep my words” and send again."
    ),
    "label": N_(
        "“{words}” says what a child is. Say what you see in this book. Or tick “Keep my words” and send again."
    ),
    "blame": N_(
        "“{words}” can sound like blame. Say what would help. Or tick “Keep my words” and send again."
    ),
}
"""What is said to a teacher about words that could hurt; nothing is sent until they are changed or meant."""


def kind_words(text: str, lang: str, field: str, *, as_they_are: bool = False) -> str:
    """Return a teacher's words to a child as they may be kept.

    ``as_they_are``: words that could hurt were looked at, and are meant. Raises ``TextRefused`` for none or too
    many, ``InputRefused`` for words that could hurt; both name the ``field``.
    """
    words = one_part(text)
    if not words:
        raise TextRefused("There are no words here yet. Write one sentence, then press again.", field=field)
    if len(words) > LONGEST:
        raise TextRefused(
            "That is more than a child reads at once. Make it shorter: one or two sentences are enough.",
            field=field,
        )
    found = () if as_they_are else remarks(words, lang)
    if found:
        raise InputRefused(REMARK[found[0].kind], words=found[0].words, field=field)
    return words


@dataclass(frozen=True)
class TeacherComments:
    """What one teacher says in one book. ``lang`` is the language the teacher writes in.

    Every method may raise ``StorageTrouble``, and ``NotFound`` for a comment or book that is gone.
    """

    store: ClassStore
    portfolio_id: str
    teacher_id: str
    lang: str

    @property
    def by(self) -> str:
        """Who writes, as the history says it."""
        return f"teacher:{self.teacher_id}"

    def say(
        self,
        entry_id: str,
        words: str,
        *,
        at: datetime,
        section: str | None = None,
        about: str | None = None,
        as_they_are: bool = False,
    ) -> Kept:
        """Keep a new comment on the book, on a page (``section``) or on an entry of it (``about``).

        Raises as :func:`kind_words`, for the field ``words``.
        """
        comment = Comment(
            entry_id=entry_id,
            teacher_id=self.teacher_id,
            section=section,
            about=about,
            words=self._passage(kind_words(words, self.lang, "words", as_they_are=as_they_are)),
            on=at.date(),
        )
        return self.store.keep(self.portfolio_id, comment, expected=0, by=self.by, at=at)

    def change(
        self, entry_id: str, words: str, *, expected: int, at: datetime, as_they_are: bool = False
    ) -> Kept:
        """Put other words in place of one's own comment, until the child has read it.

        ``expected`` is the version the words were changed from. Raises ``NotAllowed`` for somebody else's comment,
        one that was read, or one that sent the book back; ``ChangedMeanwhile`` if it is another version now; and as
        :func:`kind_words`.
        """
        comment = self._own(entry_id)
        if comment.sends_back:
            raise NotAllowed("These words sent the book back. Take them away, or write a new comment.")
        kind = kind_words(words, self.lang, "words", as_they_are=as_they_are)
        changed = comment.but(words=self._passage(kind), on=at.date())
        return self.store.keep(self.portfolio_id, changed, expected=expected, by=self.by, at=at)

    def take_away(self, entry_id: str, *, expected: int, at: datetime) -> None:
        """Take one's own comment away, until the child has read it; raises as :meth:`change`."""
        self._own(entry_id)
        self.store.remove(self.portfolio_id, entry_id, expected=expected, by=self.by, at=at)

    def send_back(
        self,
        entry_id: str,
        good: str,
        to_try: str,
        *,
        at: datetime,
        section: str | None = None,
        as_they_are: bool = False,
    ) -> Kept:
        """Give the book back to its child, with what is good and one thing to try; both are kept or neither.

        The book is a draft again and nobody has looked at it; what stands in it stays as it is. Raises
        ``InputRefused`` for a book that was shown already, or for more than one thing to try; and as
        :func:`kind_words`, for the fields ``good`` and ``to_try``.
        """
        good = kind_words(good, self.lang, "good", as_they_are=as_they_are)
        to_try = kind_words(to_try, self.lang, "to_try", as_they_are=as_they_are)
        if several_things(to_try):
            raise InputRefused(
                "One thing to try is enough for one time. Choose the one that helps most.", field="to_try"
            )
        comment = Comment(
            entry_id=entry_id,
            teacher_id=self.teacher_id,
            section=section,
            words=self._passage(sent_back_words(good, to_try)),
            on=at.date(),
            sends_back=True,
        )
        with self.store.together():
            kept = self.store.keep(self.portfolio_id, comment, expected=0, by=self.by, at=at)
            change_meta(self.store, self.portfolio_id, _a_draft)
        return kept

    def _passage(self, words: str) -> Passage:
        return Passage(text=words, lang=self.lang)

    def _own(self, entry_id: str) -> Comment:
        comment = _comment(self.store, self.portfolio_id, entry_id).entry
        if not isinstance(comment, Comment) or comment.teacher_id != self.teacher_id:
            raise NotAllowed("Somebody else wrote this comment. You can write one of your own.")
        if not may_change(comment, self.teacher_id):
            raise NotAllowed(
                "The child has read this comment, so it stays as it is. You can write a new one."
            )
        return comment


def _a_draft(meta: PortfolioMeta) -> PortfolioMeta:
    if meta.status not in BACK_TO_THE_CHILD:
        raise InputRefused(
            "This book was shown already, so it is not sent back. You can write a comment for next time."
        )
    return meta.but(status="draft", approved=None)


def change_meta(
    store: ClassStore, portfolio_id: str, change: Callable[[PortfolioMeta], PortfolioMeta]
) -> PortfolioMeta:
    """Lay a change over what is known of a portfolio now and return it; what others chose meanwhile stays.

    Raises whatever ``change`` raises, ``NotFound``, ``StorageTrouble``, and ``ChangedMeanwhile`` when others never
    stop changing it.
    """
    for _ in range(TRIES):
        meta, version = store.meta(portfolio_id)
        changed = change(meta)
        if changed == meta:
            return meta
        try:
            store.keep_meta(changed, expected=version)
        except ChangedMeanwhile:
            continue
        return changed
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def read_by_child(store: ClassStore, portfolio_id: str, entry_id: str, *, by: str, at: datetime) -> Comment:
    """Note that the child has read a comment, and return it. Read once more, nothing changes.

    ``by`` is who sits at the desk: only the child can say it. Raises ``NotAllowed``, ``NotFound`` for a comment
    that was taken away, ``StorageTrouble``.
    """
    if by != "student":
        raise NotAllowed("Only the child can say that it has read this.")
    for _ in range(TRIES):
        kept = _comment(store, portfolio_id, entry_id)
        comment = cast("Comment", kept.entry)
        if comment.seen:
            return comment
        read = comment.but(seen=True)
        try:
            store.keep(portfolio_id, read, expected=kept.version, by=by, at=at)
        except ChangedMeanwhile:
            continue
        return read
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def _comment(store: ClassStore, portfolio_id: str, entry_id: str) -> Kept:
    """Return a comment as it is kept. Raises ``NotFound`` also for an entry that is none."""
    gone: PortfolioError = NotFound("This comment is not there any more. Somebody has taken it away.")
    try:
        kept = store.entry(portfolio_id, entry_id)
    except NotFound:
        raise gone from None
    if not isinstance(kept.entry, Comment):
        raise gone
    return kept
