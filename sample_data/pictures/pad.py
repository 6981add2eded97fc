"""What two first graders draw with a finger on a tablet: people, dogs, a table at lunch. Eight colors, white paper."""

from __future__ import annotations

import numpy as np
from PIL import Image

from .ink import Array, color, curve, dice, ring
from .letters import Hand, write
from .tools import Sheet, Tool, draw

W, H = 1600, 1200
FINGER = Tool(width=17, strength=1.0, hard=1.0, glaze=0.0, shake=4.5, press=0.14)
INK, RED, BLUE, GREEN = "#221f1f", "#c2342c", "#2f62a8", "#3f8a3c"
YELLOW, BROWN, PURPLE, ORANGE = "#efbf22", "#8a5228", "#7a4f9e", "#e98a2f"
NOA = Hand("Noa on the tablet", 74, 0.02, 0.9, 1.2, spread=3.4, tool=FINGER, ink=INK, width=0.8)
WREN = Hand("Wren on the tablet", 66, 0.0, 1.1, 1.4, spread=3.6, tool=FINGER, ink=INK, width=0.8)


def _sheet(name: str) -> Sheet:
    """Return the white sheet of a tablet: no grain, no fibers."""
    white = np.full((H, W, 3), 0.995, np.float32)
    return Sheet(white, np.full((H, W), 0.6, np.float32), np.zeros((H, W), np.float32), dice(name))


def _line(s: Sheet, points: list[tuple[float, float]], wax: str, width: float = 1.0) -> None:
    draw(s, curve(points), FINGER, color(wax), width)


def _round(s: Sheet, x: float, y: float, rx: float, ry: float, wax: str, width: float = 1.0) -> None:
    draw(s, ring(x, y, rx, ry, s.d, 0.09, s.d.uniform(1.0, 1.08)), FINGER, color(wax), width)


def _scribble(s: Sheet, x: float, y: float, rx: float, ry: float, wax: str) -> None:
    """Fill a round shape to and fro with one finger, over the edge here and there."""
    rows = np.linspace(-0.85, 0.85, max(4, int(ry / 13)))
    side = np.where(np.arange(len(rows)) % 2 == 0, 1, -1)
    reach = rx * np.sqrt(1 - rows**2) * s.d.uniform(0.8, 1.06, len(rows)) * side
    points: Array = np.stack([x + reach, y + ry * rows + s.d.uniform(-6, 6, len(rows))], axis=1)
    draw(s, curve(points), FINGER, color(wax), 1.1)


def _person(s: Sheet, x: float, foot: float, tall: float, hair: str, dress: str, skirt: bool = False) -> None:
    """Draw somebody as six-year-olds do: a large head, arms that stick out, feet to the side."""
    head, d = tall * 0.19, s.d
    chin, hip = foot - tall + 2 * head, foot - tall * 0.3
    if skirt:
        shape = [(x, chin + 6), (x - tall * 0.17, hip), (x + tall * 0.17, hip + 4), (x, chin + 6)]
        _line(s, [p for p in shape for _ in (0, 1)], dress)
    _scribble(s, x, (chin + hip) / 2 + 6, tall * 0.11, (hip - chin) / 2, dress)
    for side in (-1, 1):
        hand = (x + side * tall * 0.3, chin + tall * d.uniform(0.02, 0.16))
        _line(s, [(x + side * tall * 0.06, chin + tall * 0.1), hand], INK)
        for lean in (-0.05, 0.0, 0.05):
            _line(s, [hand, (hand[0] + side * tall * 0.05, hand[1] + tall * lean)], INK, 0.7)
        shoe = (x + side * tall * 0.08, foot)
        _line(s, [(x + side * tall * 0.05, hip), shoe, shoe, (shoe[0] + side * tall * 0.09, foot + 4)], INK)
    _face(s, x, chin - head, head, hair)


def _face(s: Sheet, x: float, y: float, r: float, hair: str) -> None:
    _round(s, x, y, r * 0.95, r, INK)
    for side in (-1, 1):
        _round(s, x + side * r * 0.36, y - r * 0.15, r * 0.06, r * 0.07, INK, 0.8)
    _line(s, [(x - r * 0.42, y + r * 0.3), (x, y + r * 0.58), (x + r * 0.44, y + r * 0.26)], RED, 0.8)
    for k in np.linspace(-1.25, 1.25, 9):
        root = (x + r * 0.92 * np.sin(k), y - r * 0.95 * np.cos(k))
        tip = (x + r * 1.32 * np.sin(k), y - r * s.d.uniform(1.2, 1.42) * np.cos(k) + 6)
        _line(s, [root, tip], hair)


def _dog(s: Sheet, x: float, y: float, size: float, wax: str) -> None:
    """Draw a dog from the side, with an ear that hangs down."""
    _round(s, x, y, 150 * size, 78 * size, wax)
    _scribble(s, x, y, 140 * size, 70 * size, wax)
    for dx in (-105, -45, 50, 108):
        _line(s, [(x + dx * size, y + 60 * size), (x + (dx + 6) * size, y + 165 * size)], wax, 1.2)
    _round(s, x + 190 * size, y - 90 * size, 70 * size, 62 * size, wax)
    ear = [(x + 160 * size, y - 140 * size), (x + 128 * size, y - 80 * size), (x + 146 * size, y - 24 * size)]
    _line(s, ear, INK, 1.7)
    _round(s, x + 208 * size, y - 104 * size, 7 * size, 7 * size, INK)
    _line(s, [(x + 225 * size, y - 62 * size), (x + 252 * size, y - 66 * size)], RED)
    tail = [
        (x - 145 * size, y - 20 * size),
        (x - 205 * size, y - 80 * size),
        (x - 180 * size, y - 150 * size),
    ]
    _line(s, tail, wax, 1.2)


def _grass(s: Sheet) -> None:
    points = [(20.0 + k * 45, 1150 - (k % 2) * s.d.uniform(20, 64)) for k in range(36)]
    _line(s, points, GREEN)


def us_noa() -> Image.Image:
    """Return Noa's "us": Ima, Papa, Noa, and Abuela, who looks out of the telephone. 1600 x 1200."""
    s = _sheet("Noa draws us")
    _round(s, 1440, 150, 84, 82, YELLOW)
    for k in range(9):
        t = k * 0.7
        ends = [(1440 + r * np.cos(t), 150 + r * np.sin(t)) for r in (108, 168)]
        _line(s, ends, YELLOW)
    _grass(s)
    _person(s, 260, 1110, 720, BROWN, PURPLE, skirt=True)
    _person(s, 1010, 1100, 780, INK, BLUE)
    _person(s, 630, 1120, 460, BROWN, ORANGE)
    phone = [(1265, 560), (1270, 930), (1475, 925), (1470, 556), (1265, 560)]
    _line(s, [p for p in phone for _ in (0, 1)], INK, 1.3)
    _face(s, 1368, 742, 76, "#8d8f95")
    write(s, "NOA", 520, 560, NOA, 0.02)
    return _picture(s)


def dog_friend() -> Image.Image:
    """Return Noa's dog and the friend it will have next time, 1600 x 1200."""
    s = _sheet("a friend for the dog")
    _grass(s)
    _dog(s, 440, 880, 1.35, BROWN)
    _dog(s, 1130, 930, 0.9, INK)
    for x, y, r in ((820, 330, 60), (930, 330, 60)):
        _round(s, x, y, r, r * 0.9, RED)
    _line(s, [(762, 350), (872, 490), (872, 490), (988, 352)], RED)
    write(s, "frend", 1010, 640, NOA, 0.03)
    return _picture(s)


def us_wren() -> Image.Image:
    """Return Wren's "us": Auntie Bea and Wren on one bench, and the drum. 1600 x 1200."""
    s = _sheet("Wren draws us")
    for y in (905, 950):
        _line(s, [(180, y), (700, y + 12), (1180, y - 6)], BROWN, 1.5)
    for x in (240, 1120):
        _line(s, [(x, 950), (x - 6, 1110)], BROWN, 1.5)
    _person(s, 450, 1080, 800, "#8d8f95", GREEN, skirt=True)
    _person(s, 860, 1070, 500, INK, RED)
    _round(s, 1370, 860, 140, 52, ORANGE)
    for x, lean in ((1232, 24), (1508, -22)):
        _line(s, [(x, 866), (x + lean, 1090)], ORANGE)
    _line(s, [(1258, 1092), (1370, 1124), (1484, 1088)], ORANGE)
    for k in range(4):
        _line(s, [(1270 + k * 54, 925), (1298 + k * 54, 1090), (1322 + k * 54, 922)], RED, 0.8)
    return _picture(s)


def lunch() -> Image.Image:
    """Return Wren's goal: two at one table, an apple, and the noise far away. 1600 x 1200."""
    s = _sheet("a table at lunch")
    _person(s, 420, 1010, 560, INK, RED)
    _person(s, 1150, 1020, 600, BROWN, BLUE)
    _line(s, [(180, 830), (800, 812), (1420, 836)], BROWN, 1.9)
    for x in (260, 1340):
        _line(s, [(x, 838), (x + 8, 1130)], BROWN, 1.6)
    _round(s, 760, 752, 52, 48, RED)
    _scribble(s, 760, 752, 48, 56, RED)
    _line(s, [(762, 705), (776, 668)], BROWN)
    _line(s, [(776, 684), (814, 670)], GREEN, 1.3)
    for k in range(5):
        x = 90 + k * 62
        _line(s, [(x, 250 - (k % 2) * 120), (x + 62, 250 - ((k + 1) % 2) * 120)], PURPLE)
    _line(s, [(60, 330), (430, 60)], INK, 1.3)
    write(s, "shh", 470, 190, WREN, 0.02)
    return _picture(s)


def _picture(s: Sheet) -> Image.Image:
    return Image.fromarray((np.clip(s.rgb, 0, 1) * 255 + 0.5).astype(np.uint8))
