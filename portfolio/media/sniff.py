"""What kind of file this is, by its first bytes alone: names and promised types are never believed.

:func:`form_of` names the form ("JPEG", "MP3", "Word" …); :func:`kind_of` turns that into a picture we open,
or the sentence why not. ``arrivals`` asks the same table for everything else.
"""

from __future__ import annotations

from portfolio.errors import PictureRefused
from portfolio.media import refusals
from portfolio.media.parts import MAX_FILE_BYTES, Kind

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}
_SOUND_BRANDS = {b"M4A ", b"M4B ", b"M4P "}

_STARTS = (
    (_JPEG, "JPEG"),
    (_PNG, "PNG"),
    (b"GIF8", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "PSD"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
    (b"\x1aE\xdf\xa3", "WebM"),
    (b"\0\0\1\xba", "MPEG"),
    (b"\0\0\1\xb3", "MPEG"),
    (b"FLV\1", "FLV"),
    (b"0&\xb2u\x8ef\xcf\x11", "WMA"),
    (b"OggS", "OGG"),
    (b"fLaC", "FLAC"),
    (b"#!AMR", "AMR"),
    (b"MThd", "MIDI"),
    (b"caff", "CAF"),
    (b".snd", "AU"),
    (b"%PDF-", "PDF"),
    (b"PK\3\4", "ZIP"),
    (b"PK\5\6", "ZIP"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Office"),
    (b"%!PS", "PostScript"),
    (b"{\\rtf", "RTF"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"\x1f\x8b", "GZIP"),
    (b"\x7fELF", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
)

_OPENED: dict[str, Kind] = {"JPEG": "JPEG", "PNG": "PNG", "WEBP": "WEBP", "GIF": "GIF", "HEIC": "HEIC"}
_PICTURES_WE_KNOW = {"BMP", "TIFF", "PSD", "ICO", "JPEG XL", "JPEG 2000", "AVIF", "SVG"}
_FILMS = {"MP4", "M4A", "WebM", "MPEG", "FLV", "AVI"}
_DOCUMENTS = {"PDF", "ZIP", "Office", "PostScript", "RTF"}

_MP3_SECOND_BYTES = b"\xfa\xfb\xf2\xf3\xe2\xe3"
"""Sync bits, one of the three MPEG versions, layer III; with and without check sum (ISO 11172-3, 2.4.1.3)."""

_PROGRAM_HEADER = 64


def form_of(raw: bytes) -> str:
    """Return the name of the form the bytes ``raw`` begin in, or "" if it is none that we know.

    A name is one of those above: ``JPEG``, ``HEIC``, ``MP3``, ``WAV``, ``ZIP``, ``program`` … Plain text has
    no first bytes of its own and is "" too.
    """
    if raw[4:8] == b"ftyp":
        return _box_form(raw)
    if raw.startswith(b"RIFF"):
        return {b"WEBP": "WEBP", b"WAVE": "WAV", b"AVI ": "AVI"}.get(raw[8:12], "")
    if raw.startswith(b"FORM") and raw[8:12] in (b"AIFF", b"AIFC"):
        return "AIFF"
    for start, form in _STARTS:
        if raw.startswith(start):
            return form
    return _form_of_a_weak_start(raw)


def _form_of_a_weak_start(raw: bytes) -> str:
    """Return the form of a file whose first bytes are few, so that a text could begin with them too."""
    # Two letters are no proof: "BM" and "MZ" begin texts as well, the zeros after them do not.
    if raw.startswith(b"BM") and raw[6:10] == bytes(4):
        return "BMP"
    if raw.startswith(b"MZ") and b"\0" in raw[:_PROGRAM_HEADER]:
        return "program"
    if raw.startswith(b"ID3") and len(raw) > 4 and raw[3] < 0x10:
        return "MP3"
    if raw[:1] == b"\xff" and len(raw) > 2:
        if raw[1] in _MP3_SECOND_BYTES:
            return "MP3"
        if raw[1] & 0xF6 == 0xF0:
            return "AAC"
    start = raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:16].lower()
    if start[:1] == b"<":
        if b"<svg" in raw[:2000]:
            return "SVG"
        if start.startswith((b"<!doctype html", b"<html")):
            return "HTML"
    return ""


def _box_form(raw: bytes) -> str:
    """Return the form of a file of boxes (HEIC, AVIF, MP4, MOV) by the brands its first box names."""
    length = min(int.from_bytes(raw[:4], "big"), 256)
    brands = {raw[8:12], *(raw[at : at + 4] for at in range(16, length, 4))}
    # AVIF files name "mif1" as well, so the narrower brand is asked first.
    if brands & _AVIF_BRANDS:
        return "AVIF"
    if brands & _HEIC_BRANDS:
        return "HEIC"
    return "M4A" if raw[8:12] in _SOUND_BRANDS else "MP4"


def kind_of(raw: bytes) -> Kind:
    """Return the kind of picture in ``raw`` (a whole file), or raise ``PictureRefused`` saying why not."""
    if not raw:
        raise refusals.empty()
    if len(raw) > MAX_FILE_BYTES:
        # Rounded up, so that the sentence never says "64 MB, and 64 MB is the most".
        raise refusals.too_heavy(-(-len(raw) // 1_000_000), MAX_FILE_BYTES // 1_000_000)
    form = form_of(raw)
    if form not in _OPENED:
        raise _refusal_of(raw, form)
    return _OPENED[form]


def _refusal_of(raw: bytes, form: str) -> PictureRefused:
    """Return the most helpful sentence for a file that is none of the kinds we open."""
    if form in _PICTURES_WE_KNOW:
        return refusals.other_form(form)
    if form in _FILMS:
        return refusals.film()
    if form in _DOCUMENTS:
        return refusals.document()
    if _JPEG.startswith(raw) or _PNG.startswith(raw):
        return refusals.cut_off()
    if raw.startswith((b"\xff\xd8", b"\x89PNG")):
        return refusals.damaged()
    return refusals.not_a_picture()
