"""A page from a fourth grader's notebook: a story, with a word crossed out and one put in."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
from PIL import Image

from .ink import color, curve, dice, step
from .letters import Hand, caret, strike, width_of, write
from .photo import Shot, photograph, wood
from .tools import PENCIL, Sheet, draw, paper, wash

LINES = [
    "It was raining so hard that the windows",
    "shook. Then click! Everything went black.",
    "Even the refrigerator stopped humming.",
    "My brother ~screemed~ screamed and held my",
    'arm. Papa said "Nobody move" and then',
    "he walked right into the ^kitchen^ door. We",
    "laughed so much I forgot to be scared.",
    "We made shadow animals on the wall with",
    "one flashlight. Mine was a dog with three",
    "ears. When the lights came back we all",
    "said oh no! and turned them off again.",
]


def lined(width: int, height: int, top: int, gap: int, margin: int, sheet: Sheet) -> None:
    """Print blue lines, a red margin and three punched holes on a sheet."""
    blue, red = color("#9dbbd8"), color("#dd8f92")
    for y in range(top, height - 20, gap):
        sheet.rgb[y : y + 3] += 0.75 * (blue - sheet.rgb[y : y + 3])
    sheet.rgb[:, margin : margin + 3] += 0.75 * (red - sheet.rgb[:, margin : margin + 3])
    yy, xx = np.mgrid[0:height, 0:width].astype(np.float32)
    for part in (0.11, 0.5, 0.89):
        far = np.hypot(xx - margin * 0.42, yy - height * part)
        hole = 1 - step(19, 22, far)
        edge = step(17, 21, far) * (1 - step(21, 26, far))
        sheet.rgb += hole[..., None] * (color("#7a5a3a") - sheet.rgb) - 0.1 * edge[..., None]


def _line(s: Sheet, text: str, x: float, y: float, hand: Hand, tilt: float) -> None:
    """Write one line; ``~word~`` is crossed out, ``^word^`` is put in above."""
    for k, part in enumerate(re.split(r"([~^])", text)):
        mark = text[: sum(len(p) for p in re.split(r"([~^])", text)[:k])]
        if part in "~^":
            continue
        if mark.count("~") == 1:
            end = write(s, part, x, y, hand, tilt)
            strike(s, x, end - hand.size * 0.2, y, hand)
            x = end + hand.size * 0.3
        elif mark.count("^") == 1:
            small = replace(hand, size=hand.size * 0.8, slant=hand.slant + 0.04, gap=6)
            caret(s, x + hand.size * 0.2, y + 6, hand)
            write(
                s, part, x + hand.size * 0.2 - width_of(part, small) / 2, y - hand.size * 1.85, small, -0.02
            )
            x += hand.size * 0.4
        else:
            x = write(s, part, x, y, hand, tilt)


def story() -> Image.Image:
    """Return the photo of the page, 1280 x 1600."""
    d = dice("the night the lights went out")
    w, h, top, gap, margin = 1600, 1900, 240, 116, 176
    s = paper(w, h, color("#fbfaf5"), d, 2.0)
    lined(w, h, top, gap, margin, s)
    hand = Hand("the one with the flashlight", 34, 0.05, 0.5, 0.8, spread=2.5, gap=7.6)
    write(s, "The night the lights went out", margin + 110, top - 14, replace(hand, size=41), -0.004)
    for k, text in enumerate(LINES):
        y = top + gap * (k + 1) - 5 + d.uniform(-5, 4)
        x = margin + 24 + d.uniform(-8, 14) + (60 if k == 0 else 0)
        room = min(1.0, (w - 50 - x) / width_of(re.sub(r"\^.*\^|~", "", text), hand))
        own = replace(hand, size=hand.size * room, loose=hand.loose * d.uniform(0.8, 1.3))
        _line(s, text, x, y, own, d.uniform(-0.006, 0.004))
    for _ in range(2):
        line = [
            (margin + 120, top + 8),
            (margin + 640, top + 12 + d.uniform(-4, 4)),
            (margin + 1190, top + 4),
        ]
        draw(s, curve(line), PENCIL, color(hand.ink))
    smear = np.array([(560, 560), (840, 540), (860, 600), (580, 620)], dtype=np.float32)
    wash(s, smear, color("#a9a8a8"), 0.1)
    shot = Shot(
        (1280, 1600),
        ((0.05, 0.035), (0.965, 0.055), (0.985, 1.03), (0.015, 1.02)),
        waves=5,
        sun=(0.0, 0.0),
        fall=0.2,
        tint="#fffaf2",
    )
    return photograph(s.rgb, wood((1600, 1280), d, "#b98a5a", "#8a5f37"), shot, d)
