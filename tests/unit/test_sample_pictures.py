"""The sample class's pictures: drawn by our script, always the same, small, and without metadata."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from sample_data.pictures import crayon, draw, roster, tower, volcano
from sample_data.pictures.ink import color, curve, dice
from sample_data.pictures.letters import GLYPHS, Hand, write
from sample_data.pictures.photo import Shot, photograph, wood
from sample_data.pictures.tools import COLORED, CRAYON, MARKER, PENCIL, brush, paper, relief
from sample_data.pictures.tools import draw as lay

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "sample_data" / "pictures"
VECTORS = ROOT / "templates" / "pages" / "roster"
PHOTOS = sorted(draw.PICTURES)


def _difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are apart, 0..255, looked at from afar."""
    small = [np.asarray(i.convert("RGB").resize((64, 64)), dtype=np.float32) for i in (one, other)]
    return float(np.abs(small[0] - small[1]).mean())


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_is_as_large_as_a_tablet_would_send_and_weighs_little(name: str) -> None:
    """A sample photo is an RGB JPEG with a longest side of 1600 px and under 350 kB."""
    path = PICTURES / f"{name}.jpg"
    with Image.open(path) as image:
        assert (image.format, image.mode, max(image.size)) == ("JPEG", "RGB", 1600)
    assert path.stat().st_size < 350_000


@pytest.mark.parametrize("name", PHOTOS)
def test_a_photo_carries_pixels_only(name: str) -> None:
    """No sample photo has EXIF, XMP, a comment, a profile or any other application segment but JFIF."""
    data = (PICTURES / f"{name}.jpg").read_bytes()
    with Image.open(io.BytesIO(data)) as image:
        assert len(image.getexif()) == 0
        assert {"exif", "xmp", "comment", "icc_profile", "photoshop"}.isdisjoint(image.info)
    assert _segments(data) <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDA}


def _segments(data: bytes) -> set[int]:
    """Return the kinds of segments before the first scan of a JPEG file."""
    found: set[int] = set()
    at = 2
    while 0xDA not in found:
        assert data[at] == 0xFF
        found.add(data[at + 1])
        at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return found


def test_no_picture_lies_about_that_the_script_does_not_draw() -> None:
    """The folder holds exactly the pictures the script draws."""
    there = {p.name for p in PICTURES.iterdir() if p.suffix in {".jpg", ".png", ".webp", ".jpeg"}}
    assert there == {f"{n}.jpg" for n in PHOTOS} | {f"roster_{n}.png" for n in roster.OBJECTS}


def _little_painting() -> Image.Image:
    """Return a photo of a small sheet on which every tool has left a line."""
    d = dice("a little of everything")
    sheet = paper(240, 180, color("#f6f2e8"), d)
    brush(sheet, [(20, 40), (200, 60)], 24, color("#c8352b"))
    for k, tool in enumerate((PENCIL, CRAYON, COLORED, MARKER)):
        lay(sheet, curve([(20, 80 + 24 * k), (120, 70 + 24 * k), (220, 84 + 24 * k)]), tool, color("#3f6fa8"))
    relief(sheet)
    shot = Shot((320, 240), ((0.1, 0.1), (0.9, 0.08), (0.95, 0.9), (0.05, 0.92)))
    return photograph(sheet.rgb, wood((240, 320), d), shot, d)


def test_the_same_seed_draws_the_same_pixels() -> None:
    """A sheet drawn with every tool and photographed twice gives the same bytes."""
    first = _little_painting()
    assert draw.jpeg(first) == draw.jpeg(_little_painting())
    assert np.asarray(first).std() > 20


@pytest.mark.more
def test_the_committed_drawing_is_what_the_script_draws() -> None:
    """The committed crayon dog is the one the script draws today (rounding of another processor apart)."""
    with Image.open(PICTURES / "painting_dog_early.jpg") as kept:
        assert _difference(kept, crayon.early_dog()) < 2.0


@pytest.mark.more
@pytest.mark.parametrize(
    ("name", "photo"), [("blocks_tower", tower.blocks), ("volcano_model", volcano.model)]
)
def test_the_committed_photo_shows_the_scene_the_script_sets_up(name: str, photo: draw.Photo) -> None:
    """A thing on a table, traced small and coarse, looks like its committed photo."""
    coarse = photo(0.08, 1)
    with Image.open(PICTURES / f"{name}.jpg") as kept:
        assert _difference(kept, coarse) < 9.0


def test_the_same_scene_is_traced_to_the_same_pixels() -> None:
    """The blocks, traced twice, are the same pixel by pixel."""
    assert tower.blocks(0.04, 1).tobytes() == tower.blocks(0.04, 1).tobytes()


@pytest.mark.parametrize("name", sorted(roster.OBJECTS))
def test_a_roster_picture_is_small_square_and_drawn_by_the_script(name: str) -> None:
    """A roster PNG is 320 px square, holds no text chunk and is what the script draws."""
    path = PICTURES / f"roster_{name}.png"
    with Image.open(path) as image:
        assert (image.format, image.size) == ("PNG", (320, 320))
        assert not {"exif", "Comment", "Software", "XML:com.adobe.xmp"} & set(image.info)
        assert _difference(image, roster.picture(name)) < 1.0


@pytest.mark.parametrize("name", sorted(roster.OBJECTS))
def test_a_roster_drawing_is_one_wash_and_one_line(name: str) -> None:
    """A roster SVG is the 48 grid with two paths, ``w`` and ``l``, inside the grid, and names no address."""
    text = (VECTORS / f"{name}.svg").read_text(encoding="utf-8")
    assert text == roster.svg(name)
    root = ET.fromstring(text)  # noqa: S314 - our own file, compared with our own text one line above
    assert root.get("viewBox") == "0 0 48 48"
    assert [child.get("class") for child in root] == ["w", "l"]
    for child in root:
        numbers = [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", child.get("d") or "")]
        assert numbers
        assert min(numbers) > -1
        assert max(numbers) < 49


def test_the_wash_is_the_first_line_moved_down_and_right() -> None:
    """The wash of a roster object lies two units down and right of where its ink begins."""
    text = roster.svg("pear")
    wash, ink = (np.array([float(v) for v in m.split()]) for m in re.findall(r'd="M([\d. ]+)C', text))
    assert np.abs(wash - ink - roster.MOVED).max() < 0.7


def test_no_letter_is_written_the_same_way_twice() -> None:
    """Handwriting differs from letter to letter and stays the same from redraw to redraw."""
    twice = []
    for _ in range(2):
        sheet = paper(400, 120, color("#ffffff"), dice("two letters"))
        middle = write(sheet, "a", 40, 90, Hand("someone", 50))
        write(sheet, "a", 40 + round(middle), 90, Hand("someone", 50))
        ink = sheet.rgb.mean(axis=2) < 0.6
        first = ink[:, 30 : 30 + round(middle)]
        second = ink[:, 30 + round(middle) : 30 + 2 * round(middle)]
        assert first.any()
        assert (first != second).any()
        twice.append(ink)
    assert (twice[0] == twice[1]).all()


def test_every_letter_a_child_might_write_has_strokes() -> None:
    """The alphabet, the digits and the signs of the sample texts can all be written."""
    needed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.,'\"!?-+=*:()"
    assert set(needed) <= set(GLYPHS)


def test_a_curve_keeps_its_ends_and_its_corners() -> None:
    """A line through given points starts, turns (at a doubled point) and ends exactly there."""
    line = curve([(0, 0), (50, 0), (50, 0), (50, 80)], 2)
    for corner in ((0, 0), (50, 0), (50, 80)):
        assert np.hypot(*(line - np.array(corner, dtype=np.float32)).T).min() < 1.5
    assert line[:, 0].max() < 50.01


def test_an_unknown_picture_is_refused_with_the_list_of_those_there_are() -> None:
    """Asking the script for a picture it does not know names the ones it knows."""
    with pytest.raises(SystemExit, match="No such picture: moonshot") as told:
        draw.main(["moonshot"])
    assert "map_drawing" in str(told.value)
