"""Two plans on paper, photographed beside a goal: a card that says what to press, and a week on squared paper."""

from __future__ import annotations

from dataclasses import replace

from PIL import Image

from .desk import arrow, ruled, squared
from .ink import color, dice, ring
from .letters import Hand, strike, width_of, write
from .photo import Shot, laminate, photograph, wood
from .tools import COLORED, PEN, PENCIL, draw, paper

PRESS = Hand(
    "the one with the quiz", 46, 0.1, 0.5, 0.7, spread=2.7, gap=7, tool=replace(PEN, width=5), ink="#2b3f86"
)
WEEK = Hand(
    "the one on the night bus", 36, 0.16, 0.5, 0.7, spread=2.5, gap=7, tool=replace(PENCIL, width=4.2)
)


def quiz_card() -> Image.Image:
    """Return the photo of an index card: what to press, and where two people stopped. 1600 x 1200."""
    d = dice("a card that says what to press")
    s = paper(1700, 1120, color("#fbf9f1"), d, 2.4)
    for k in range(8):
        ruled(s, (0, 210 + k * 115), (1700, 210 + k * 115), "#9fbcd0", 0.8)
    ruled(s, (0, 118), (1700, 118), "#d0837c", 0.9)
    write(s, "How to play  (I am not here)", 90, 105, PRESS)
    for k, words in enumerate(("1. press the green arrow", "2. type a, b or c", "3. press enter")):
        write(s, words, 120, 300 + k * 172, PRESS)
    red = replace(PRESS, ink="#b9362d", size=36)
    note = "2 people stopped here"
    start = 1640 - width_of(note, red)
    write(s, note, start, 440, red, -0.02)
    arrow(s, [(start - 20, 425), (start - 70, 400), (start - 120, 432)], red)
    left = 120 + width_of("2. type ", PRESS)
    strike(s, left, left + width_of("a, b or c", PRESS), 472, PRESS, 1)
    write(s, "write: type ONE letter, then enter", 120, 900, red)
    corners = ((0.06, 0.1), (0.95, 0.07), (0.965, 0.9), (0.045, 0.93))
    shot = Shot((1600, 1200), corners, waves=4, sun=(0.0, 0.0), fall=0.24)
    return photograph(s.rgb, laminate((1200, 1600), d, "#a9aeb0"), shot, d)


def week_plan() -> Image.Image:
    """Return the photo of a week on squared paper: two evenings of work, one crossed out. 1600 x 1200."""
    d = dice("a week with two evenings of work")
    s = paper(1800, 1300, color("#f8f6ee"), d, 2.4)
    squared(s, 50)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    plans = ("work", "work", "chem help", "", "Jiayi 4 pm", "work", "plan, 1 line")
    for k in range(8):
        ruled(s, (120, 200 + k * 140), (1680, 200 + k * 140))
    for x in (120, 400, 1040, 1680):
        ruled(s, (x, 200), (x, 1180))
    write(s, "until January:  2 evenings, none before a test", 130, 160, WEEK)
    for k, (day, plan) in enumerate(zip(days, plans, strict=True)):
        y = 300 + k * 140
        write(s, day, 150, y, WEEK)
        end = write(s, plan, 440, y, WEEK) if plan else 440.0
        if day == "Mon":
            strike(s, 440, end, y, WEEK, 3)
        if k < 5:
            write(s, "bus: 1 task", 1080, y, WEEK)
    draw(s, ring(560, 560, 190, 62, d, 0.05, 1.05), COLORED, color("#2f62a8"), 1.3)
    corners = ((0.05, 0.06), (0.945, 0.045), (0.965, 0.95), (0.035, 0.945))
    shot = Shot((1600, 1200), corners, waves=7, sun=(1.0, 0.0), fall=0.28)
    return photograph(s.rgb, wood((1200, 1600), d), shot, d)
