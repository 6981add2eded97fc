"""Draws every picture of the sample class: ``python -m sample_data.pictures.draw [name ...]``.

Without names all are drawn (about six minutes; the two photos of things on a table take most of it).
Saved pictures carry pixels only: no EXIF, no comment, no color profile.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PIL import Image

from . import (
    circuit,
    comic,
    crayon,
    drumming,
    journey,
    linocut,
    maths,
    pad,
    painting,
    plans,
    roster,
    science,
    story,
    tower,
    volcano,
    worksheet,
)

HERE = Path(__file__).resolve().parent
VECTORS = HERE.parents[1] / "templates" / "pages" / "roster"
QUALITY, MOST_BYTES, LONGEST = 82, 350_000, 1600


class Photo(Protocol):
    """Draws a picture; the two traced ones can be made smaller and coarser."""

    def __call__(self, scale: float = 1.0, samples: int = 6) -> Image.Image:
        """Return the picture, ``scale`` times 1600 px, with ``samples`` rays per pixel."""
        ...


PICTURES: dict[str, Callable[[], Image.Image]] = {
    "painting_house_dog": painting.house_and_dog,
    "painting_dog_early": crayon.early_dog,
    "counting_worksheet": worksheet.counting,
    "blocks_tower": tower.blocks,
    "volcano_model": volcano.model,
    "volcano_plan_early": science.volcano_plan,
    "bean_table": science.bean,
    "handwriting_story": story.story,
    "math_strategy": maths.strategy,
    "map_drawing": journey.way_to_school,
    "rain_drum": drumming.rain_drum,
    "comic_page": comic.comic_page,
    "circuit_sketch": circuit.circuit_sketch,
    "linocut_bird": linocut.linocut_bird,
    "us_noa": pad.us_noa,
    "dog_friend": pad.dog_friend,
    "us_wren": pad.us_wren,
    "lunch": pad.lunch,
    "quiz_card": plans.quiz_card,
    "week_plan": plans.week_plan,
}


def jpeg(image: Image.Image) -> bytes:
    """Return the picture as JPEG bytes without metadata; ValueError if it is larger than we allow."""
    held = io.BytesIO()
    image.save(held, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    if held.tell() > MOST_BYTES or max(image.size) > LONGEST:
        raise ValueError(f"the picture is too large: {held.tell()} bytes, {image.size} px")
    return held.getvalue()


def main(names: list[str]) -> None:
    """Draw the named pictures (``roster`` for the ten roster objects), or all of them."""
    known = [*PICTURES, "roster"]
    unknown = sorted(set(names) - set(known))
    if unknown:
        raise SystemExit(f"No such picture: {', '.join(unknown)}. There are: {', '.join(known)}.")
    for name in names or known:
        if name == "roster":
            roster.save_all(HERE, VECTORS)
        else:
            (HERE / f"{name}.jpg").write_bytes(jpeg(PICTURES[name]()))
        print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
