# long: what one child looks like to its teacher is read in one place
"""One child's book as its teacher reads it: read-only, page by page, with what the two say to each other.

Values first (what stands on a page of the book), then one dataclass for each screen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from portfolio.model.portfolio import Status
from portfolio.views.teacher.promised_page import PromiseLine
from portfolio.words import Speech


@dataclass(frozen=True)
class PictureSeen:
    """A picture: its small copy as an address, its size, words for who cannot see it, under it, and at its marks.

    ``written`` is what is written in it, word for word. A teacher may write it down, too, where ``entry_id`` says in which
    entry at which ``version`` the picture ``sha256`` stands; ``key`` is the place, which no other picture of a screen has.
    """

    address: str
    width: int
    height: int
    alt: str
    caption: str = ""
    looks: tuple[str, ...] = ()
    others: bool = False
    written: str = ""
    sha256: str = ""
    entry_id: str = ""
    version: int = 0
    key: str = ""


@dataclass(frozen=True)
class MediumSeen:
    """A recording, film, document, text or link: what it is in words, where it is played from ("" if nowhere here).

    ``heard`` is what was written down of it, ``code`` a program, ``pages`` pictures of a document or a film's still.
    """

    kind: str
    what: str
    caption: str = ""
    address: str = ""
    heard: str = ""
    text: str = ""
    code: bool = False
    pages: tuple[PictureSeen, ...] = ()


@dataclass(frozen=True)
class SaidHere:
    """One question and what the child said to it. Empty parts are left out; without any, nothing was said yet.

    ``rows`` are lines of small texts, ``picks`` words with the name of their drawing (or ``None``).
    """

    ask: str
    lead: str = ""
    words: str = ""
    lang: str = "en"
    picks: tuple[tuple[str, str | None], ...] = ()
    rows: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    pictures: tuple[PictureSeen, ...] = ()
    media: tuple[MediumSeen, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything was said."""
        given = (self.words, self.picks, self.rows, self.days, self.pictures, self.media)
        return any(bool(one) for one in given)


@dataclass(frozen=True)
class CardSeen:
    """A card of a page: its title ("" without a frame) and what was said; ``entry_id`` is what a comment names."""

    entry_id: str
    title: str
    said: tuple[SaidHere, ...]


@dataclass(frozen=True)
class NoteSeen:
    """A teacher's own page in the book: whose, what they do, and the lines of it (what it is, the words)."""

    who: str
    role: str
    lines: tuple[tuple[str, str], ...]
    lang: str


@dataclass(frozen=True)
class CommentSeen:
    """A comment: who said what, whether its child has read it; ``mine``: this teacher may still change it.

    ``good`` and ``words`` are the two parts of one that sent the book back.
    """

    entry_id: str
    version: int
    who: str
    words: str
    lang: str
    day: str
    seen: bool
    mine: bool
    good: str = ""
    about: str = ""
    sends_back: bool = False


@dataclass(frozen=True)
class PageSeen:
    """A page of the book.

    ``state`` in words · ``sees`` who sees it (a sentence, "" where that is nobody's choice) · ``kept_back``: the child
    keeps it from its family · ``open_asks`` questions nobody has answered · ``nudges`` what could be said still.
    """

    section_id: str
    title: str
    icon: str
    state: str
    sees: str
    kept_back: bool
    cards: tuple[CardSeen, ...]
    open_asks: tuple[str, ...] = ()
    nudges: tuple[str, ...] = ()
    comments: tuple[CommentSeen, ...] = ()
    notes: tuple[NoteSeen, ...] = ()
    begins: str = ""

    @property
    def unread(self) -> int:
        """How many comments the child has not read yet."""
        return sum(1 for one in self.comments if not one.seen)


@dataclass(frozen=True)
class UnaskedSeen:
    """What stands in the book without a question: the page it was written on, and what was said."""

    title: str
    said: tuple[SaidHere, ...]


@dataclass(frozen=True)
class ChildFrame:
    """What all screens of one child know: who, the address, the way from here, and where one is.

    ``ways`` are the screens of this child: place, words, whether it is this one.
    """

    student_id: str
    name: str
    ways: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class ChildPage:
    """The child at a glance: where the book is, what helps, its pages, and what was said to each other.

    ``place`` and ``looked`` are sentences; ``look`` is the state ("not_yet", "looked_at", "changed_since"),
    ``changed`` the pages that changed since. ``revision`` is the one this screen shows. ``may_send_back`` is false
    once the book was shown. ``damaged`` are ids of what cannot be read.
    """

    template: ClassVar[str] = "child.html.j2"

    say: Speech
    frame: ChildFrame
    place: str
    looked: str
    empty: bool
    """Whether nobody has written anything in it yet."""
    status: Status
    """Where the book is, as the class keeps it."""
    look: str
    changed: tuple[str, ...]
    revision: int
    may_send_back: bool
    pages: tuple[PageSeen, ...]
    comments: tuple[CommentSeen, ...]
    starters: tuple[tuple[str, str], ...]
    unasked: tuple[UnaskedSeen, ...]
    promised: tuple[PromiseLine, ...]
    """What was promised and is not kept yet."""
    worries: int
    """Worries of homes that are open."""
    words_open: int
    damaged: tuple[str, ...]


@dataclass(frozen=True)
class ChildReadPage:
    """Pages of the book to read: one of them (with the way to the ones before and after), or all.

    ``before`` and ``after`` are place and title, or ``None``.
    """

    template: ClassVar[str] = "child_read.html.j2"

    say: Speech
    frame: ChildFrame
    pages: tuple[PageSeen, ...]
    whole: bool
    starters: tuple[tuple[str, str], ...]
    unasked: tuple[UnaskedSeen, ...] = ()
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None


@dataclass(frozen=True)
class WordSeen:
    """A school word of the book: where it stands, what it means, what became of it (a sentence), plain words for it."""

    term_id: str
    term: str
    word: str
    plain: str
    around: str
    page: str
    page_place: str
    by_teacher: bool
    open: bool
    remark: str
    instead: str = ""


@dataclass(frozen=True)
class ChildWordsPage:
    """The school words of the book; ``off`` are words this class has called fine (id, as written)."""

    template: ClassVar[str] = "child_words.html.j2"

    say: Speech
    frame: ChildFrame
    words: tuple[WordSeen, ...]
    off: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ChangeSeen:
    """What became of one card: its page, its title, and for each question how it was and how it is."""

    page: str
    place: str
    title: str
    when: str
    by: str
    what: str
    lines: tuple[tuple[str, str, str], ...]
    lang: str


@dataclass(frozen=True)
class ChildChangedPage:
    """What changed in the book since a day, or since somebody looked at it. ``since`` is a sentence."""

    template: ClassVar[str] = "child_changed.html.j2"

    say: Speech
    frame: ChildFrame
    since: str
    other: tuple[str, str] | None
    changes: tuple[ChangeSeen, ...]


@dataclass(frozen=True)
class TickSeen:
    """One thing to do before the meeting: its name, its words, what it means here, whether it is done."""

    name: str
    words: str
    hint: str
    place: str
    done: bool


@dataclass(frozen=True)
class ChildPreparePage:
    """What to do before the meeting. ``version`` stands for the ticks shown: see ``child_prepare.as_version``."""

    template: ClassVar[str] = "child_prepare.html.j2"

    say: Speech
    frame: ChildFrame
    ticks: tuple[TickSeen, ...]
    version: int


@dataclass(frozen=True)
class InterviewPage:
    """A sheet for a talk with the child, to print: questions in groups, with lines to write on."""

    template: ClassVar[str] = "child_interview.html.j2"

    say: Speech
    frame: ChildFrame
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    lines: int


@dataclass(frozen=True)
class ChildNotBegunPage:
    """A child who has not opened its book in this round."""

    template: ClassVar[str] = "child_not_begun.html.j2"

    say: Speech
    frame: ChildFrame
    round: str
    earlier: tuple[str, ...]
