"""Documents on their way in: the pages of a PDF become pictures, the PDF itself is never kept.

A PDF can carry scripts, attached files, places in its photos and names in its notes. A picture of a page
carries what is seen on it. Drawing happens apart (``apart``), with limits on time and memory.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from portfolio.errors import InputRefused, PictureRefused
from portfolio.media import declined
from portfolio.media.apart import SECONDS_ALL, Stopped, draw_apart
from portfolio.media.pictures import Budget, CleanPicture, clean_page
from portfolio.media.sniff import form_of

PAGE_SIDE = 1400
"""Dots along the longer side of a page: about 120 an inch on A4, print of 8 points stays legible."""

_SECONDS_A_PAGE = 5.0
_MILLION = 1_000_000
_HEAD = 1024
"""PDF readers look for the first words of a PDF this far into a file (ISO 32000-1, annex H, note 13)."""


@dataclass(frozen=True)
class DocumentLimits:
    """How large a PDF may be, how many of its first pages are kept, and how large each may be.

    Raises ``InputRefused`` for limits that no document could meet.
    """

    bytes_in: int = 30 * _MILLION
    pages: int = 12
    seconds: float = SECONDS_ALL
    page: Budget = field(default_factory=Budget)

    def __post_init__(self) -> None:
        """Refuse limits without a page or a second."""
        if self.pages < 1 or not self.seconds > 0 or self.bytes_in < 1:
            raise InputRefused("A document needs room for at least one page, one byte and some time.")


@dataclass(frozen=True)
class CleanDocument:
    """The first pages of a document, as pictures that may be kept and shown."""

    pages: tuple[CleanPicture, ...]
    page_count: int
    """How many pages the document has; more than ``pages`` if it is long."""


def read_document(
    raw: bytes | bytearray | memoryview, *, limits: DocumentLimits = DocumentLimits()
) -> CleanDocument:
    """Return the first pages of the PDF in ``raw`` as pictures, at most 1400 dots along the longer side.

    What a child wrote into the fields of a form, and notes that show, are drawn. Raises ``MediaRefused`` with
    a sentence for a child: no PDF, too large, locked, damaged, too much to draw.
    """
    raw = bytes(raw)
    if not raw:
        raise declined.empty()
    if len(raw) > limits.bytes_in:
        raise declined.too_heavy(-(-len(raw) // _MILLION), limits.bytes_in // _MILLION)
    if b"%PDF-" not in raw[:_HEAD] or form_of(raw) not in ("PDF", ""):
        raise declined.not_a_document()
    pages: list[CleanPicture] = []
    count = 0
    try:
        for drawing in draw_apart(
            "pdf",
            raw,
            longest=PAGE_SIDE,
            most=limits.pages,
            seconds_each=_SECONDS_A_PAGE,
            seconds_all=limits.seconds,
        ):
            pages.append(clean_page(drawing.parts, budget=limits.page))
            count = drawing.page_count
    except Stopped as stopped:
        reasons = {
            "locked": declined.document_locked,
            "broken": declined.document_damaged,
            "missing": declined.documents_do_not_open,
        }
        refusal = reasons.get(stopped.reason, declined.document_too_slow)
        raise refusal() from stopped
    except PictureRefused as refused:
        raise declined.document_damaged() from refused
    if not pages:
        raise declined.document_damaged()
    return CleanDocument(tuple(pages), max(count, len(pages)))
