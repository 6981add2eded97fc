"""What kind of file this is, by its first bytes alone: names and promised types are never believed."""

from __future__ import annotations

from portfolio.errors import PictureRefused
from portfolio.media import refusals
from portfolio.media.parts import MAX_FILE_BYTES, Kind

_JPEG = b"\xff\xd8\xff"
_PNG = b"\x89PNG\r\n\x1a\n"

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1"}
_AVIF_BRANDS = {b"avif", b"avis"}

_OTHER_FORMS = (
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"8BPS", "PSD"),
    (b"\0\0\1\0", "ICO"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\0\0\0\x0cJXL ", "JPEG XL"),
    (b"\xff\x4f\xff\x51", "JPEG 2000"),
    (b"\0\0\0\x0cjP  ", "JPEG 2000"),
)
_FILMS = (b"\x1aE\xdf\xa3", b"\0\0\1\xba", b"\0\0\1\xb3", b"FLV\1")
_DOCUMENTS = (b"%PDF", b"PK\3\4", b"\xd0\xcf\x11\xe0", b"%!PS", b"{\\rtf")


def kind_of(raw: bytes) -> Kind:
    """Return the kind of picture in ``raw`` (a whole file), or raise ``PictureRefused`` saying why not."""
    if not raw:
        raise refusals.empty()
    if len(raw) > MAX_FILE_BYTES:
        # Rounded up, so that the sentence never says "64 MB, and 64 MB is the most".
        raise refusals.too_heavy(-(-len(raw) // 1_000_000), MAX_FILE_BYTES // 1_000_000)
    if raw.startswith(_JPEG):
        return "JPEG"
    if raw.startswith(_PNG):
        return "PNG"
    if raw.startswith(b"RIFF") and raw[8:12] == b"WEBP":
        return "WEBP"
    raise _refusal_of(raw)


def _refusal_of(raw: bytes) -> PictureRefused:
    """Return the most helpful sentence for a file that is none of the kinds we open."""
    if raw[4:8] == b"ftyp":
        return _refusal_of_box_file(raw)
    if _JPEG.startswith(raw) or _PNG.startswith(raw):
        return refusals.cut_off()
    if raw.startswith((b"\xff\xd8", b"\x89PNG")):
        return refusals.damaged()
    if raw.startswith(_FILMS) or (raw.startswith(b"RIFF") and raw[8:12] == b"AVI "):
        return refusals.film()
    if raw.startswith(_DOCUMENTS):
        return refusals.document()
    for start, form in _OTHER_FORMS:
        if raw.startswith(start):
            return refusals.other_form(form)
    if raw[:200].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<" and b"<svg" in raw[:2000]:
        return refusals.other_form("SVG")
    return refusals.not_a_picture()


def _refusal_of_box_file(raw: bytes) -> PictureRefused:
    """Return the refusal of a file of boxes (HEIC, AVIF, MP4, MOV) by the brands its first box names."""
    length = min(int.from_bytes(raw[:4], "big"), 256)
    brands = {raw[8:12], *(raw[at : at + 4] for at in range(16, length, 4))}
    # AVIF files name "mif1" as well, so the narrower brand is asked first.
    if brands & _AVIF_BRANDS:
        return refusals.other_form("AVIF")
    if brands & _HEIC_BRANDS:
        return refusals.heic()
    return refusals.film()
