"""What a teacher says to a child about its book: which words belong to which page, and who may still change them.

A book that goes back to its child carries one comment with two parts: what is good, and one thing to try. They
stand in ``words``, parted by an empty line; :func:`sent_back_words` and :func:`good_and_try` are the only two who know.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from portfolio.model import Book, Comment, Entry, Portfolio
from portfolio.model.record import clean_text

_PARTS: Final = "\n\n"
_EMPTY_LINES: Final = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_LIST: Final = re.compile(r"(?m)^[^\S\n]*(?:[-*•–]|\d{1,2}[.)])[^\S\n]+\S")


class SentBack(NamedTuple):
    """The two parts of what a child reads when its book comes back; ``good`` may be "" in what came from elsewhere."""

    good: str
    to_try: str


def one_part(text: str) -> str:
    """Return a text as it may be kept, without empty lines inside, and without white space around it."""
    return _EMPTY_LINES.sub("\n", str(clean_text(text)).strip())


def sent_back_words(good: str, to_try: str) -> str:
    """Return both parts as they are kept in one comment."""
    return f"{one_part(good)}{_PARTS}{one_part(to_try)}"


def good_and_try(comment: Comment) -> SentBack:
    """Return the parts of a comment that sent a book back."""
    good, parted, to_try = comment.words.text.strip().partition(_PARTS)
    return SentBack(good.strip(), to_try.strip()) if parted else SentBack("", good.strip())


def several_things(text: str) -> bool:
    """Return whether a text is a list: more than one thing to try is none that gets done."""
    return len(_LIST.findall(text)) > 1


def may_change(comment: Comment, teacher_id: str) -> bool:
    """Return whether a teacher may still change or take away a comment: one's own, until the child has read it."""
    return comment.teacher_id == teacher_id and not comment.seen


def page_of(book: Book, comment: Comment) -> str | None:
    """Return the page of the book a comment stands on; ``None`` for the whole book, or a page that is gone.

    A comment whose page the notebook does not show any more is told with the book: it is never out of sight. What
    sent the book back is told there too: it comes first, whatever page it is about.
    """
    known = {section.section_id for section in book.sections()}
    return comment.section if comment.section in known and not comment.sends_back else None


def on_page(book: Book, section_id: str | None) -> tuple[Comment, ...]:
    """Return the comments on a page, or (``None``) on the book as a whole, in the order they were written."""
    return tuple(one for one in book.portfolio.comments if one.words and page_of(book, one) == section_id)


def last_sent_back(portfolio: Portfolio) -> Comment | None:
    """Return what the book was sent back with last, or ``None`` if it never was."""
    return next((one for one in reversed(portfolio.comments) if one.sends_back and one.words), None)


def about(portfolio: Portfolio, comment: Comment) -> Entry | None:
    """Return the entry a comment is about, or ``None`` if it is about a page, or the entry is gone."""
    if comment.about is None:
        return None
    return next((one for one in portfolio.entries() if one.entry_id == comment.about), None)
