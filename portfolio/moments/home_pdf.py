"""The second door: the file of a home as PDF, on A4 or Letter, tagged, made of the very page the home gets.

Mail filters strip HTML files, and some previews show nothing; a PDF opens everywhere. The page is printed by a
browser on this computer (:mod:`portfolio.moments.pdf_browser`): its pictures as JPEG, which go into a PDF as
they are, its recordings left out. Where there is no browser, a sentence says how to do it by hand.
"""

from __future__ import annotations

import atexit
import base64
import hashlib
import os
import re
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Final, Literal

from portfolio.errors import SetupTrouble
from portfolio.media.pictures import as_jpeg
from portfolio.moments import pdf_browser

if TYPE_CHECKING:
    from portfolio.moments.pdf_pipe import Browser

PaperSize = Literal["a4", "letter"]
"""The sheets a home may print on."""

_SHEETS: Final[dict[PaperSize, str]] = {"a4": "@page{size:A4}", "letter": "@page{size:letter}"}

_LONGEST: Final = 1280
"""Dots of the longest side of a picture: more than 250 to the inch where it is largest on paper."""

_PICTURE = re.compile("data:image/webp;base64,([A-Za-z0-9+/=]+)")
_RECORDING = re.compile("data:(?:audio|video)/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=]+")
_STYLES_ALLOWED = "style-src 'sha256-"
_DATES = re.compile(rb"/(?:Creation|Mod)Date \(D:[^)]{1,40}\)")
_MADE_WITH = re.compile(rb"/Creator \((?:[^()\\]|\\.){1,400}\)")


@dataclass(frozen=True)
class Pdf:
    """A page as PDF, and how many sides it has."""

    data: bytes
    pages: int


def home_pdf(page: str, *, paper: PaperSize = "a4", made_on: date | None = None) -> Pdf:
    """Return the page of a home, as :func:`portfolio.moments.home.home_file` makes it, as PDF.

    ``made_on`` is the day that stands in the file as the day it was made; without one, none does: the same page
    gives the same file. Raises ``SetupTrouble`` where no browser can be found or it makes nothing, and
    ``PictureRefused`` for a damaged picture.
    """
    data = settled(_printed(for_paper(page, paper)), made_on)
    return Pdf(data, page_count(data))


def for_paper(page: str, paper: PaperSize) -> str:
    """Return a page as the printing browser gets it: the size of the sheet, pictures as JPEG, no recordings."""
    text = _PICTURE.sub(lambda found: f"data:image/jpeg;base64,{_jpeg(found[1])}", page)
    text = _RECORDING.sub("data:,", text)
    sheet = _SHEETS[paper]
    digest = base64.b64encode(hashlib.sha256(sheet.encode("ascii")).digest()).decode("ascii")
    text = text.replace(_STYLES_ALLOWED, f"style-src 'sha256-{digest}' 'sha256-", 1)
    return text.replace("</head>", f"<style>{sheet}</style></head>", 1)


@lru_cache(maxsize=24)
def _jpeg(webp: str) -> str:
    """Return a picture as JPEG, both in base64; two homes of a child show the same ones."""
    made = as_jpeg(base64.b64decode(webp), longest=_LONGEST)
    return base64.b64encode(made).decode("ascii")


def settled(data: bytes, made_on: date | None) -> bytes:
    """Return a PDF without what differs from run to run or tells of this computer: its days, and what printed it.

    Nothing moves in the file: what is shorter is filled up with spaces outside the words, so its table stays right.
    """
    day = made_on.strftime("%Y%m%d000000+00'00'").encode("ascii") if made_on else b""

    def dated(found: re.Match[bytes]) -> bytes:
        name = found[0].partition(b" ")[0]
        return (name + b" (D:" + day + b")" if day else b"").ljust(len(found[0]))

    data = _DATES.sub(dated, data)
    return _MADE_WITH.sub(lambda found: b"/Creator (Portfolio)".ljust(len(found[0])), data, count=1)


def page_count(data: bytes, password: str = "") -> int:
    """Return how many sides a PDF has. Raises ``SetupTrouble`` if it is none that can be read (with this password)."""
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(BytesIO(data), password=password or None) as document:
            return len(document)
    except pypdfium2.PdfiumError as error:
        raise pdf_browser.silent(pdf_browser.find_browser() or "–") from error


@dataclass
class _Kept:
    """The browser this process keeps open, and whose it is: a process that was forked starts its own."""

    browser: Browser | None = None
    process: int = 0


_KEPT: Final = _Kept()
_ONE_AT_A_TIME: Final = threading.Lock()


def _printed(page: str) -> bytes:
    program = pdf_browser.find_browser()
    if program is None:
        raise pdf_browser.missing()
    if not hasattr(os, "posix_spawn"):  # Windows: no pipes with numbers of our own
        return pdf_browser.printed_once(program, page)
    with _ONE_AT_A_TIME:
        browser = _open(program)
        try:
            return browser.pdf(page)
        except SetupTrouble:
            _KEPT.browser = None
            raise


def _open(program: str) -> Browser:
    from portfolio.moments.pdf_pipe import Browser

    if _KEPT.browser is None or _KEPT.process != os.getpid():
        _KEPT.browser, _KEPT.process = Browser(program), os.getpid()
        atexit.register(close_browser)
    return _KEPT.browser


def close_browser() -> None:
    """End the browser this process keeps open, if it has one; the next PDF starts another."""
    if _KEPT.browser is not None and _KEPT.process == os.getpid():
        _KEPT.browser.close()
    _KEPT.browser = None
