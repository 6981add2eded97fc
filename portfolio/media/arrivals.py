"""What somebody has put in: a picture, a sound, a video, a document or writing, by content alone."""

from __future__ import annotations

from typing import Literal

from portfolio.errors import MediaRefused
from portfolio.media import declined, refusals
from portfolio.media.sniff import form_of

Sort = Literal["picture", "sound", "video", "document", "writing", "unknown"]

_SORTS: dict[str, Sort] = {
    **dict.fromkeys(("JPEG", "PNG", "WEBP", "GIF", "HEIC"), "picture"),
    **dict.fromkeys(("MP3", "WAV", "OGG", "M4A"), "sound"),
    "PDF": "document",
    "HTML": "writing",
}

_HEAD = 1_000_000
"""Bytes in which a text is looked for, and a video among the tracks of a WebM file."""

_VIDEO_CODECS = (b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG", b"V_MS/", b"V_THEORA", b"V_REAL", b"V_UNCOMPRESSED")
"""As the tracks of Matroska files name them: too long to stand in packed sound by chance."""

_MOST_TRACKS = 1000
_OFFICE_PARTS = (
    (b"word/", "Word"),
    (b"ppt/", "PowerPoint"),
    (b"xl/", "Excel"),
    (b"opendocument.text", "Writer"),
    (b"opendocument.presentation", "Impress"),
    (b"opendocument.spreadsheet", "Calc"),
)
_OLD_OFFICE = (
    ("WordDocument", "Word"),
    ("PowerPoint Document", "PowerPoint"),
    ("Workbook", "Excel"),
)


def what_is(raw: bytes) -> Sort:
    """Return what the file ``raw`` is, by its content; "unknown" is what ``refusal_of`` has a sentence for.

    This only decides which reader gets it: the reader may still refuse it. A web page is writing (its code is
    shown, never run). Nothing is believed of names and promised types.
    """
    form = form_of(raw)
    if form == "MP4":
        return _what_in_boxes(raw)
    if form == "WebM":
        return "video" if any(name in raw[:_HEAD] for name in _VIDEO_CODECS) else "sound"
    if form in _SORTS:
        return _SORTS[form]
    if form == "" and b"%PDF-" in raw[:1024]:
        return "document"
    return "writing" if form == "" and _is_text(raw) else "unknown"


def refusal_of(raw: bytes) -> MediaRefused:
    """Return the sentence for a file that is ``unknown``: what it is, and what to do with it instead."""
    form = form_of(raw)
    if not raw:
        return declined.empty()
    if form == "ZIP":
        return _refusal_of_zip(raw)
    if form == "Office":
        return declined.save_as_pdf(
            next((name for part, name in _OLD_OFFICE if part.encode("utf-16-le") in raw), "Office")
        )
    if form in ("RTF", "PostScript"):
        return declined.save_as_pdf(form)
    if form in ("7Z", "RAR", "GZIP"):
        return declined.packed()
    if form == "program":
        return declined.a_program()
    if form in ("FLAC", "AMR", "AAC", "AIFF", "WMA", "MIDI", "CAF", "AU"):
        return declined.other_sound(form)
    if form in ("AVI", "MPEG", "FLV"):
        return declined.other_video(form)
    if form:
        picture = refusals.other_form(form)
        return MediaRefused(picture.msgid, **picture.values)
    return declined.unknown()


def _what_in_boxes(raw: bytes) -> Sort:
    """Tell a video from a sound in a file of boxes, by the handlers its tracks name (ISO 14496-12, 8.4.3)."""
    found: set[bytes] = set()
    at = -1
    for _ in range(_MOST_TRACKS):
        at = raw.find(b"hdlr", at + 1)
        if at < 0:
            break
        found.add(raw[at + 12 : at + 16])
    return "sound" if b"soun" in found and b"vide" not in found else "video"


def _is_text(raw: bytes) -> bool:
    """Say whether the bytes can be read as writing."""
    from portfolio.media.writing import is_writing

    return is_writing(raw[:_HEAD])


def _refusal_of_zip(raw: bytes) -> MediaRefused:
    """Return the sentence for a ZIP file: an office document, or a packed folder."""
    for part, name in _OFFICE_PARTS:
        if part in raw[:_HEAD] or part in raw[-_HEAD:]:
            return declined.save_as_pdf(name)
    return declined.packed()
