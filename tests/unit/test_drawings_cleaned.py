"""Drawings (SVG) and plots on their way into the book: only what is seen stays."""

from __future__ import annotations

import base64
from io import BytesIO

import pytest
from PIL import Image

from portfolio.errors import PictureRefused
from portfolio.media import clean_drawing
from portfolio.media.svg import clean_svg
from tests.notebook_cells import picture

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def cleaned(inside: str) -> str:
    """Return a drawing with this in it, cleaned."""
    return clean_svg(f"{OPEN}{inside}</svg>", lambda raw: clean_drawing(raw, most=300_000))


@pytest.mark.parametrize(
    "inside",
    [
        "<script>private()</script>",
        '<circle onload="private()"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">private</p></foreignObject>',
        '<image href="https://private.example/x.png"/>',
        '<image xlink:href="file:///private.png"/>',
        '<image href="data:image/svg+xml;base64,cHJpdmF0ZQ=="/>',
        '<image href="data:image/png;base64,cHJpdmF0ZQ=="/>',
        '<use href="https://private.example/x.svg#a"/>',
        '<a href="javascript:private()"><circle/></a>',
        '<circle fill="url(https://private.example/x)"/>',
        "<circle fill=\"url( '//private.example/x')\"/>",
        "<circle style=\"background:image-set('private.png' 1x)\"/>",
        '<circle style="fill:u\\72l(private)"/>',
        "<style>@import 'private.css';</style>",
        "<style>@font-face{src:url(private.woff)}</style>",
        "<style><circle id='private'/></style>",
        '<set attributeName="href" to="javascript:private()"/>',
        '<animate attributeName="x" values="private"/>',
        "<metadata><x>private</x></metadata>",
        "<!-- private --><?private?>",
        '<x xmlns="https://private.example">private</x>',
        '<circle xmlns:q="https://private.example" q:label="1"/>',
    ],
)
def test_what_runs_loads_or_tells_is_gone(inside: str) -> None:
    """Scripts, pages, links, animations, addresses of other places and data about the program do not stay."""
    made = cleaned(f'{inside}<rect width="3"/>')
    assert "private" not in made.lower() and '<rect width="3"' in made


def test_what_is_seen_stays() -> None:
    """Shapes, texts, styles and gradients of the drawing itself stay as they are."""
    inside = (
        '<style>*{stroke-linejoin: round}</style><defs><linearGradient id="g"/><path id="p" d="M0 0"/></defs>'
        '<use xlink:href="#p" fill="url(#g)"/><text x="1">Ä &lt;b&gt; 5</text>'
    )
    assert cleaned(inside) == (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        + inside.replace("xlink:href", "href").replace("/>", " />")
        + "</svg>"
    )


def test_a_picture_in_a_drawing_is_cleaned_too() -> None:
    """A photo inside a drawing loses what it says about itself, as any other."""
    exif = Image.Exif()
    exif[0x010E] = "private words"
    made = cleaned(f'<image href="data:image/jpeg;base64,{picture("JPEG", exif=exif)}"/>')
    kept = base64.b64decode(made.partition("base64,")[2].partition('"')[0])
    assert b"private" not in kept and Image.open(BytesIO(kept)).size == (8, 6)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no drawing",
        "<svg/>",
        "<html/>",
        OPEN,
        f'<!DOCTYPE svg [<!ENTITY a "b">]>{OPEN}&a;</svg>',
        f"{OPEN}{' ' * 3_000_000}</svg>",
        "half \ud800",
    ],
)
def test_what_is_no_drawing_is_refused(text: str) -> None:
    """Anything that is no drawing, names things of its own, or is far too large, is refused with a sentence."""
    with pytest.raises(PictureRefused):
        clean_svg(text, lambda raw: ("image/png", raw))


def test_a_deep_drawing_loses_its_depths() -> None:
    """A hundred thousand groups in one another break nothing: what is drawn far inside is left out."""
    made = cleaned("<g>" * 100_000 + "<rect/>" + "</g>" * 100_000)
    assert made.count("<g") < 300 and "rect" not in made


def test_a_plot_stays_sharp_and_a_photo_becomes_small() -> None:
    """Dots of a plot stay what they are; noise as PNG becomes a JPEG within the bytes; twice gives the same."""
    plot = base64.b64decode(picture("PNG", (640, 480)))
    kind, data = clean_drawing(plot, most=300_000)
    assert kind == "image/png" and Image.open(BytesIO(data)).tobytes() == Image.open(BytesIO(plot)).tobytes()
    assert clean_drawing(data, most=300_000) == (kind, data)
    noise = BytesIO()
    Image.effect_noise((1200, 900), 90).save(noise, "PNG")
    kind, data = clean_drawing(noise.getvalue(), most=100_000)
    assert kind == "image/jpeg" and len(data) <= 100_000
