"""A file a family sent back, as text: what a phone saved, what a mail program kept, or a page it was pasted into."""

from __future__ import annotations

import codecs
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path
from typing import BinaryIO, Final

from portfolio.errors import InputRefused, NotFound, StorageTrouble

LARGEST: Final = 2_000_000
"""Bytes of a file that may hold answers; a mail with its decoration included."""

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAIL: Final = (b"return-path:", b"received:", b"from:", b"to:", b"subject:", b"date:", b"message-id:", b"mime-version:", b"delivered-to:", b"content-type:", b"x-")  # fmt: skip
_BREAKS: Final = frozenset("p div br li tr h1 h2 h3 h4 blockquote pre table ul ol".split())


def read_from(stream: BinaryIO) -> str:
    """Return the text in a stream. Never reads more than may be an answer. Raises ``InputRefused``."""
    return text_of(stream.read(LARGEST + 1))


def read_file(path: Path) -> str:
    """Return the text in a file. Raises ``NotFound``, ``InputRefused`` or ``StorageTrouble``, each with a sentence."""
    if not path.exists():
        raise NotFound("There is no file {path}. Check its name and folder.", path=path)
    if not path.is_file():
        raise InputRefused("{path} is not a file. Give the file a family sent.", path=path)
    try:
        with path.open("rb") as stream:
            return read_from(stream)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise StorageTrouble("{path} cannot be read ({why}).", path=path, why=why) from error


def text_of(data: bytes) -> str:
    """Return the text that bytes stand for: plain, a saved mail, a page. Raises ``InputRefused`` for anything else."""
    if len(data) > LARGEST:
        raise InputRefused("This file is too large to be an answer. Ask for the text alone.")
    if not data.strip(b"\0 \t\r\n"):
        raise InputRefused("This file is empty. Nothing was kept.")
    if data.lstrip().lower().startswith(_MAIL):
        mail = _mail(data)
        if mail:
            return mail
    text = _decoded(data)
    return _without_tags(text) if _is_a_page(text) else text


def _decoded(data: bytes) -> str:
    name = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not name and b"\0" in data:
        raise _no_text()
    for tried in (name or "utf-8", "cp1252"):
        try:
            text = data.decode(tried)
        except UnicodeError:
            continue
        strange = sum(
            not sign.isprintable() and sign not in "\n\r\t\f\v" and ord(sign) < 160 for sign in text
        )
        if strange * 50 <= len(text):
            return text
    raise _no_text()


def _no_text() -> InputRefused:
    return InputRefused("This file is not a text. If it is a photo of an answer, type the answer in.")


def _mail(data: bytes) -> str:
    """Return the words of a saved mail, "" if it is none."""
    mail = message_from_bytes(data, _class=EmailMessage, policy=policy.default)
    files = [part for part in mail.walk() if part.get_content_type() == "text/plain" and part.is_attachment()]
    part = next(iter(files), None) or mail.get_body(("plain", "html"))
    if part is None:
        return ""
    try:
        words = str(part.get_content())
    except (LookupError, UnicodeError):  # a name of letters nobody knows
        return ""
    return _without_tags(words) if part.get_content_type() == "text/html" else words


def _is_a_page(text: str) -> bool:
    start = text[:2000].casefold()
    return any(tag in start for tag in ("<html", "<!doctype html", "<body", "<div", "<p>", "<span", "<br"))


class _Words(HTMLParser):
    """The words of a page, a line for each block."""

    def __init__(self) -> None:
        """Begin with none."""
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line with each block."""
        del attrs
        self._silent += tag in ("script", "style", "head")
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a line with each block."""
        self._silent -= tag in ("script", "style", "head") and self._silent > 0
        if tag in _BREAKS:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self._silent:
            self.words.append(data)


def _without_tags(page: str) -> str:
    reader = _Words()
    reader.feed(page)
    reader.close()
    return "".join(reader.words)
