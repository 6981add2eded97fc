"""A film of six seconds, seen from above: a small robot car follows a black line and misses the turn."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image, ImageDraw

from sample_data.pictures.ink import Array, curve, dice
from sample_data.pictures.photo import wood

SIZE, FPS, SECONDS = (320, 240), 12, 6
BIG = 3
"""Everything is drawn three times as large and made smaller: soft edges for nothing."""

LINE = ((20, 196), (90, 190), (150, 172), (196, 140), (222, 96), (222, 96), (130, 66), (62, 58))
"""The tape on the table, in px. The doubled point is the turn."""

TURN = (222.0, 96.0)


def _table() -> Image.Image:
    """Return the table with the tape on it, ``BIG`` times as large."""
    w, h = SIZE[0] * BIG, SIZE[1] * BIG
    planks = wood((h, w), dice("the table of the robot club"), "#d9c3a0", "#b99a72", 300)
    image = Image.fromarray((planks.clip(0, 1) * 255).astype(np.uint8))
    tape = [(float(x) * BIG, float(y) * BIG) for x, y in curve(LINE, 3)]
    ImageDraw.Draw(image).line(tape, fill="#26241f", width=9 * BIG, joint="curve")
    return image


def way() -> Array:
    """Return where the middle of the car is in each frame and where it looks: rows of x, y, angle (radians)."""
    tape = curve(LINE, 2)
    corner = int(np.hypot(*(tape - TURN).T).argmin())
    on = tape[: corner + 1]
    heading = np.arctan2(on[-1, 1] - on[-6, 1], on[-1, 0] - on[-6, 0])
    ahead = np.array([np.cos(heading), np.sin(heading)])
    path = np.concatenate([on, on[-1] + ahead * np.arange(2, 62, 2)[:, None]])  # straight on, off the line
    total = FPS * SECONDS
    drive = int(total * 0.72)
    at = np.linspace(0, len(path) - 1, drive)
    rows = []
    for k in range(total):
        here = int(at[min(k, drive - 1)])
        before = path[max(0, here - 5)]
        step = path[here] - before if here else path[5] - path[0]
        angle = float(np.arctan2(step[1], step[0]))
        if k >= drive:  # it stands and looks left and right for the line
            angle += 0.5 * np.sin((k - drive) / (total - drive) * 4 * np.pi)
        else:
            angle += 0.13 * np.sin(k * 1.3)  # a line is followed by swaying from edge to edge
        rows.append((path[here][0], path[here][1], angle))
    return np.array(rows, dtype=np.float32)


def _car(image: Image.Image, x: float, y: float, angle: float, lost: bool) -> None:
    """Draw the car: board, two wheels, battery, a front lamp that is red when there is no line below it."""
    pen = ImageDraw.Draw(image)
    c, s = np.cos(angle), np.sin(angle)

    def part(shape: tuple[tuple[float, float], ...], fill: str) -> None:
        pen.polygon([((x + a * c - b * s) * BIG, (y + a * s + b * c) * BIG) for a, b in shape], fill=fill)

    def box(left: float, top: float, right: float, low: float) -> tuple[tuple[float, float], ...]:
        return ((left, top), (right, top), (right, low), (left, low))

    part(box(-13, -11, 17, 15), "#8f795b")  # its shadow
    part(box(-10, -16, 4, -10), "#2d2b2a")
    part(box(-10, 10, 4, 16), "#2d2b2a")
    part(((-15, -11), (11, -11), (18, -5), (18, 5), (11, 11), (-15, 11)), "#3c6e8f")
    part(box(-11, -6, 3, 6), "#e3b23c")
    part(box(-11, -6, -8, 6), "#c4532f")
    part(box(13, -3, 16, 3), "#d8322c" if lost else "#6bbf59")


def frames() -> list[Image.Image]:
    """Return the pictures of the film in order, all 320 x 240."""
    table = _table()
    turned = next(k for k, (x, y, _) in enumerate(way()) if np.hypot(x - TURN[0], y - TURN[1]) < 4)
    made = []
    for k, (x, y, angle) in enumerate(way()):
        one = table.copy()
        _car(one, float(x), float(y), float(angle), k > turned + 2)
        made.append(one.resize(SIZE, Image.Resampling.LANCZOS))
    return made


def mp4(pictures: list[Image.Image]) -> bytes:
    """Return the pictures as a film (H.264 in MP4) without sound."""
    import av

    held = io.BytesIO()
    with av.open(held, "w", format="mp4") as container:
        options = {"crf": "27", "preset": "slow", "threads": "1", "profile": "main"}
        stream: Any = container.add_stream("libx264", rate=FPS, options=options)
        stream.width, stream.height, stream.pix_fmt = (*SIZE, "yuv420p")
        for picture in pictures:
            for packet in stream.encode(av.VideoFrame.from_image(picture)):
                container.mux(packet)
        for packet in stream.encode(None):
            container.mux(packet)
    return held.getvalue()


def poster(pictures: list[Image.Image]) -> bytes:
    """Return the moment the car leaves the line, twice as large, as JPEG bytes."""
    moment = next(k for k, (x, y, _) in enumerate(way()) if np.hypot(x - TURN[0], y - TURN[1]) < 4) + 5
    held = io.BytesIO()
    twice = pictures[moment].resize((SIZE[0] * 2, SIZE[1] * 2), Image.Resampling.LANCZOS)
    twice.save(held, "JPEG", quality=80, optimize=True)
    return held.getvalue()
