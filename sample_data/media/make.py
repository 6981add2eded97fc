"""Makes the recordings and papers of the sample classes: ``python -m sample_data.media.make [name ...]``.

Everything goes through the product's own cleaners before it is kept, so that a committed file is, byte by
byte, what a child's file becomes when it comes in.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from portfolio.media.sound import clean_sound
from portfolio.media.video import clean_video
from sample_data.pictures.ink import Array

from . import bridge, robot, sounds, voices

HERE = Path(__file__).resolve().parent


def _sound(made: Callable[[], Array], bits: int) -> bytes:
    return clean_sound(sounds.mp3(made(), bits)).data


MADE: dict[str, Callable[[], bytes]] = {
    "drum_rhythm.mp3": lambda: _sound(sounds.drum_rhythm, 40_000),
    "ukulele_tune.mp3": lambda: _sound(sounds.ukulele_tune, 40_000),
    "noa_bigger.mp3": lambda: _sound(voices.noa_bigger, 40_000),
    "wren_hello.mp3": lambda: _sound(voices.wren_hello, 40_000),
    "wren_did.mp3": lambda: _sound(voices.wren_did, 40_000),
    "wren_bigger.mp3": lambda: _sound(voices.wren_bigger, 40_000),
    "mateo_try.mp3": lambda: _sound(voices.mateo_try, 40_000),
    "robot_car.mp4": lambda: clean_video(robot.mp4(robot.frames())).data,
    "robot_car.jpg": lambda: robot.poster(robot.frames()),
    "bridge_report.pdf": bridge.report,
}
"""Every file that is made, and how. The texts ``quiz.py`` and ``poem_tr.txt`` are written by hand."""


def main(names: list[str]) -> None:
    """Make the named files, or all of them."""
    unknown = sorted(set(names) - set(MADE))
    if unknown:
        raise SystemExit(f"No such file: {', '.join(unknown)}. There are: {', '.join(MADE)}.")
    for name in names or MADE:
        (HERE / name).write_bytes(MADE[name]())
        print(name)


if __name__ == "__main__":
    main(sys.argv[1:])
