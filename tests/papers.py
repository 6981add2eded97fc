"""PDFs for the tests, written by hand: harmless, telling, locked and heavy ones."""

from __future__ import annotations

import zlib

from tests.camera_notes import SECRET, xmp_packet
from tests.sounds import PLACE
from tests.specimens import CORNERS, camera_jpeg


def pdf(
    pages: int = 1,
    *,
    size: tuple[float, float] = (595, 842),
    content: bytes = b"",
    objects: tuple[bytes, ...] = (),
    resources: bytes = b"",
    trailer: bytes = b"",
) -> bytes:
    """Return a PDF: every page shows the corners' colors and its number as so many black squares.

    ``objects`` are further ones, numbered from 4; ``content`` replaces what a page draws.
    """
    width, height = size
    own = list(objects)
    first_page = 4 + len(own)
    kids, bodies = [], []
    for number in range(pages):
        drawn = content or _page_content(width, height, number + 1)
        page_id = first_page + 2 * number
        kids.append(b"%d 0 R" % page_id)
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %g %g]/Resources<<%s>>/Contents %d 0 R>>"
            % (width, height, resources, page_id + 1)
        )
        bodies.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
    catalog = b"<</Type/Catalog/Pages 2 0 R%s>>" % (b"/Metadata 4 0 R" if own else b"")
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), pages)
    info = b"<</Author(%s)/Title(%s)>>" % (SECRET, PLACE)
    return _written_pdf([catalog, tree, info, *own, *bodies], trailer)


def _written_pdf(bodies: list[bytes], trailer: bytes) -> bytes:
    raw, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(raw)
    count = len(bodies) + 1
    return (
        raw
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
        + b"trailer\n<</Size %d/Root 1 0 R/Info 3 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (count, trailer, start)
    )


def _page_content(width: float, height: float, number: int) -> bytes:
    places = ((0, height / 2), (width / 2, height / 2), (0, 0), (width / 2, 0))
    drawn = b""
    for color, (left, low) in zip(CORNERS, places, strict=True):
        drawn += b"%g %g %g rg %g %g %g %g re f\n" % (
            *(part / 255 for part in color), left, low, width / 2, height / 2,
        )  # fmt: skip
    for at in range(number):
        drawn += b"0 g %g %g 8 8 re f\n" % (width / 2 + 12 * at, height / 2)
    return drawn


def told_pdf(pages: int = 2) -> bytes:
    """Return a PDF with Info, XMP, a script, an attached file and a photo that knows where it was taken."""
    photo = camera_jpeg()
    packet = xmp_packet() + SECRET
    objects = (
        b"<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream" % (len(packet), packet),
        b"<</Type/XObject/Subtype/Image/Width 96/Height 64/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (len(photo), photo),
        b"<</Type/EmbeddedFile/Length %d>>stream\n%s\nendstream" % (len(PLACE), PLACE),
        b"<</S/JavaScript/JS(app.alert\\('%s'\\))>>" % SECRET,
    )
    return pdf(
        pages,
        objects=objects,
        resources=b"/XObject<</P 5 0 R>>",
        content=b"q 595 0 0 842 0 0 cm /P Do Q\n",
    )


def locked_pdf() -> bytes:
    """Return a PDF that asks for a password (standard security handler, 40 bits, a password nobody knows)."""
    keys = b"/ID[<%s><%s>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (
        b"00" * 16, b"00" * 16, b"5a" * 32, b"a5" * 32,
    )  # fmt: skip
    return pdf(trailer=keys)


def heavy_pdf(strokes: int = 3_000_000) -> bytes:
    """Return a small PDF that asks for very many large, see-through strokes."""
    drawn = b"/G gs 90 w " + b"0 0 m 595 842 300 1 9 800 c 800 9 4 700 0 0 c S\n" * strokes
    packed = zlib.compress(drawn)
    body = b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
        b"/Resources<</ExtGState<</G<</CA 0.1/BM/Luminosity>>>>>>/Contents 5 0 R>>"
    )
    catalog, tree = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[4 0 R]/Count 1>>"
    return _written_pdf([catalog, tree, b"<<>>", page, body], b"")
