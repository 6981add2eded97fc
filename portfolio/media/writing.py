# long: what may count as writing is decided in one place
"""Writing on its way in: plain text and code, read as letters and never as anything else.

Nothing is run, and nothing is taken for HTML: who shows it escapes it. A notebook gives its text and its code;
what it printed or drew stays behind.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import Any, Literal

from portfolio.errors import MediaRefused
from portfolio.media import declined
from portfolio.media.sniff import form_of
from portfolio.model.record import clean_text

MOST_CHARACTERS = 20_000
MOST_NOTEBOOK_BYTES = 20_000_000
"""Notebooks carry their drawings along; only the words are counted later."""

_MOST_BYTES = 4 * MOST_CHARACTERS + 4
"""No encoding we read takes more than four bytes a character."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""The longer mark first: UTF-32 begins as UTF-16 does."""

_CONTROLS_IN_TEXT = set(b"\t\n\r\f")

LANGUAGES = {
    ".c": "c",
    ".cpp": "cpp",
    ".css": "css",
    ".h": "c",
    ".htm": "html",
    ".html": "html",
    ".ino": "cpp",
    ".java": "java",
    ".js": "javascript",
    ".py": "python",
    ".r": "r",
    ".sql": "sql",
}
"""Which language a file holds, by the end of its name: a guess that decides nothing but how it is labeled."""

_REMARKS = {"javascript": "// ", "java": "// ", "c": "// ", "cpp": "// ", "sql": "-- "}


@dataclass(frozen=True)
class CleanWriting:
    """A text that may be kept and shown."""

    text: str
    """NFC, ``\\n`` line ends, no control characters, at most 20,000 characters."""
    sort: Literal["text", "code"]
    code_language: str
    """One of ``LANGUAGES``, or nothing if it is no code or the language is not known."""


def read_writing(raw: bytes | bytearray | memoryview, name_hint: str = "") -> CleanWriting:
    """Return the text in the file ``raw``; ``name_hint`` is the name it came with, used for its ending alone.

    Read as UTF-8; as UTF-16 or UTF-32 if the file begins with their mark; else as Windows-1252 if that gives
    mostly plain letters. Raises ``MediaRefused`` for what is no text, and for more than 20,000 characters:
    nothing is ever cut.
    """
    raw = bytes(raw)
    if not raw.strip():
        raise declined.empty()
    ending = "." + name_hint.rpartition(".")[2].lower() if "." in name_hint else ""
    if ending == ".ipynb" or _looks_like_notebook(raw):
        return _from_notebook(raw)
    if len(raw) > _MOST_BYTES:
        # A file this long cannot fit, whatever its encoding; each character takes one byte at least.
        raise _too_long(raw)
    text = _cleaned(_decoded(raw))
    language = LANGUAGES.get(ending, "")
    return CleanWriting(text, "code" if language else "text", language)


def is_writing(start: bytes) -> bool:
    """Say whether a file that begins with ``start`` can be read as writing."""
    if not start.strip():
        return False
    # A character may be cut in two at the end: up to three bytes of it are left.
    for cut in range(4):
        try:
            _decoded(start[: len(start) - cut])
        except MediaRefused:
            continue
        return True
    return False


def _decoded(raw: bytes) -> str:
    """Return the characters in ``raw``, or refuse what is no text."""
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return _strictly(raw[len(mark) :], encoding)
    if form_of(raw) not in ("", "HTML", "SVG", "RTF") or b"\0" in raw:
        raise declined.not_writing()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return _old_windows(raw)
    _refuse_binary(text.encode("utf-8"))
    return text


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as cause:
        raise declined.not_writing() from cause
    if "\0" in text:
        raise declined.not_writing()
    return text


def _old_windows(raw: bytes) -> str:
    """Read Windows-1252: every byte must mean a character, and at most three in ten may be beyond ASCII.

    Any bytes at all make "some" Windows-1252 text. In real ones accented letters are few (Icelandic, the
    richest, stays under two in ten); in packed data every second byte is beyond ASCII.
    """
    _refuse_binary(raw)
    if 10 * sum(byte >= 0x80 for byte in raw) > 3 * len(raw):
        raise declined.not_writing()
    return _strictly(raw, "cp1252")


def _refuse_binary(raw: bytes) -> None:
    """Refuse bytes in which more than one in a hundred is a control character that no text needs."""
    controls = sum(byte < 0x20 and byte not in _CONTROLS_IN_TEXT for byte in raw)
    if 100 * controls > len(raw):
        raise declined.not_writing()


def _cleaned(text: str) -> str:
    """Return the text as it may be kept, or refuse it if it is too long or empty."""
    cleaned = str(clean_text(text.removeprefix("\ufeff").replace("\f", "\n")))
    if not cleaned.strip():
        raise declined.empty()
    if len(cleaned) > MOST_CHARACTERS:
        raise declined.writing_too_long(len(cleaned), MOST_CHARACTERS)
    return cleaned


def _too_long(raw: bytes) -> MediaRefused:
    """Return the refusal of a long file, or of one whose beginning is no text at all."""
    if not is_writing(raw[:_MOST_BYTES]):
        return declined.not_writing()
    return declined.writing_too_long(len(raw), MOST_CHARACTERS)


# ------------------------------------------------------------------------------------------------- notebooks


def _looks_like_notebook(raw: bytes) -> bool:
    """Say whether this is a Jupyter notebook, by its content."""
    return raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"nbformat"' in raw and b'"cells"' in raw


def _from_notebook(raw: bytes) -> CleanWriting:
    """Return the text and code cells of a notebook (nbformat 4), one behind the other, without outputs."""
    if len(raw) > MOST_NOTEBOOK_BYTES:
        raise declined.too_heavy(-(-len(raw) // 1_000_000), MOST_NOTEBOOK_BYTES // 1_000_000)
    try:
        told = json.loads(raw.decode("utf-8-sig"))
        cells = [(str(cell["cell_type"]), _joined(cell["source"])) for cell in told["cells"]]
        language = _language_of(told)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as cause:
        raise declined.notebook_damaged() from cause
    is_code = any(sort == "code" and source.strip() for sort, source in cells)
    remark = _REMARKS.get(language, "# ")
    parts = [
        _as_remark(source, remark) if is_code and sort == "markdown" else source
        for sort, source in cells
        if sort in ("code", "markdown") and source.strip()
    ]
    text = _cleaned("\n\n".join(parts))
    return CleanWriting(text, "code" if is_code else "text", language if is_code else "")


def _joined(source: Any) -> str:
    """Return the source of a cell, which is a text or a list of lines."""
    if isinstance(source, str):
        return source
    if not isinstance(source, list):
        raise TypeError("a cell's source is neither a text nor a list")
    return "".join(source)


def _language_of(told: dict[str, Any]) -> str:
    """Return the language a notebook says it is in, if it is one of ours."""
    about = told.get("metadata", {})
    name = about.get("language_info", {}).get("name") or about.get("kernelspec", {}).get("language")
    return name if isinstance(name, str) and (name := name.lower()) in LANGUAGES.values() else ""


def _as_remark(text: str, remark: str) -> str:
    """Return a text cell as remarks, so that it stands apart from the code around it."""
    return "\n".join((remark + line).rstrip() for line in text.splitlines())
