"""Cutting and turning a picture: what is kept, what its marks do, by finger and by keys."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.controls.test_drawing import color, pictures
from tests.desk_browser import OpenDesk, Server, saved

Axe = Callable[..., list[Any]]
ALT = "What would you tell a friend who can’t see it?"


def four_fields() -> FilePayload:
    """Return a picture of 800 to 400: red, green above blue, yellow."""
    picture = Image.new("RGB", (800, 400), "red")
    for field, at in (("lime", (400, 0)), ("blue", (0, 200)), ("yellow", (400, 200))):
        picture.paste(Image.new("RGB", (400, 200), field), at)
    out = io.BytesIO()
    picture.save(out, "PNG")
    return {"name": "fields.png", "mimeType": "image/png", "buffer": out.getvalue()}


def chosen(page: Page, words: str = "four fields") -> None:
    """Choose the picture and say what one sees."""
    page.locator("#work").get_by_label("Choose a picture").set_input_files(four_fields())
    page.get_by_label(ALT).fill(words, timeout=20_000)
    saved(page)


def cutting(page: Page) -> None:
    """Open the picture to cut it."""
    page.locator("#work").get_by_role("button", name="Cut or turn").click()
    expect(page.get_by_role("button", name="Top left corner")).to_be_focused(timeout=15_000)


def finished(page: Page) -> None:
    """Keep the part and wait until it has taken the place of the whole."""
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("button", name="Top left corner")).to_have_count(0)
    expect(page.get_by_text("Your picture is on its way.").and_(page.locator(":visible"))).to_have_count(0)
    saved(page)


def press(page: Page, corner: str, key: str, times: int) -> None:
    """Move a corner with an arrow key."""
    node = page.get_by_role("button", name=f"{corner} corner")
    for _ in range(times):
        node.press(key)


def near(point: tuple[int, ...], wanted: tuple[int, int, int]) -> bool:
    """Tell whether two colors are the same but for what packing does to them."""
    return all(abs(a - b) < 60 for a, b in zip(point, wanted, strict=True))


def test_cut_by_keys_and_the_marks_follow(desk: OpenDesk, server: Server) -> None:
    """The right half stays: its size, its corners' colors, its words; marks move, the one outside to the edge."""
    page = desk("work")
    chosen(page)
    for n, moves in ((1, ("ArrowRight", 10)), (2, ("ArrowLeft", 5))):
        page.get_by_role("button", name="Look here!").click()
        mark = page.get_by_role("button", name=f"Mark {n} on")
        for _ in range(moves[1]):
            mark.press(moves[0])
    saved(page)
    first, second = (mark["x"] for mark in pictures(server, page)[0]["looks"])
    assert first > 0.5 > second
    cutting(page)
    press(page, "Top left", "ArrowRight", 25)
    finished(page)
    (photo,) = pictures(server, page)
    assert (photo["width"], photo["height"], photo["alt"]) == (400, 400, "four fields")
    assert near(color(server, photo, 0.1, 0.1), (0, 255, 0))
    assert near(color(server, photo, 0.9, 0.9), (255, 255, 0))
    assert [mark["x"] for mark in photo["looks"]] == [pytest.approx((first - 0.5) * 2, abs=0.01), 0]
    expect(page.get_by_role("button", name="Mark 1 on “four fields”")).to_be_visible()


@pytest.mark.drill
def test_turn_and_the_marks_turn_along(desk: OpenDesk, server: Server) -> None:
    """A quarter to the right: width and height change places, blue comes to the top left, the mark stays on its spot."""
    page = desk("work")
    chosen(page)
    page.get_by_role("button", name="Look here!").click()
    for _ in range(10):
        page.get_by_role("button", name="Mark 1 on").press("ArrowLeft")
    saved(page)
    (mark,) = pictures(server, page)[0]["looks"]
    cutting(page)
    page.get_by_role("button", name="Turn", exact=True).click()
    finished(page)
    (photo,) = pictures(server, page)
    assert (photo["width"], photo["height"]) == (400, 800)
    assert near(color(server, photo, 0.1, 0.1), (0, 0, 255))
    assert near(color(server, photo, 0.9, 0.1), (255, 0, 0))
    assert near(color(server, photo, 0.9, 0.9), (0, 255, 0))
    (turned,) = photo["looks"]
    assert (turned["x"], turned["y"]) == (pytest.approx(1 - mark["y"]), pytest.approx(mark["x"]))


@pytest.mark.drill
def test_corners_are_pulled_and_the_whole_picture_comes_back(desk: OpenDesk, server: Server) -> None:
    """The mouse pulls a corner; "Whole picture" undoes it; left as it was, nothing changes."""
    page = desk("work")
    chosen(page)
    before = pictures(server, page)
    cutting(page)
    corner = page.get_by_role("button", name="Bottom right corner")
    corner.scroll_into_view_if_needed()
    frame, view = corner.bounding_box(), page.locator(".trim-picture").bounding_box()
    assert frame is not None
    assert view is not None
    page.mouse.move(frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2)
    page.mouse.down()
    page.mouse.move(view["x"] + view["width"] / 4, view["y"] + view["height"] / 2, steps=6)
    page.mouse.up()
    width = page.locator(".trim-frame").evaluate("e => parseFloat(e.style.width)")
    assert width == pytest.approx(25, abs=3)
    page.get_by_role("button", name="Whole picture").click()
    assert page.locator(".trim-frame").evaluate("e => parseFloat(e.style.width)") == 100
    page.get_by_role("button", name="Leave it as it was").click()
    expect(page.get_by_role("button", name="Cut or turn")).to_be_focused()
    assert pictures(server, page) == before


@pytest.mark.drill
def test_marks_say_their_words_and_stand_apart(desk: OpenDesk) -> None:
    """On 320 px three new marks do not cover each other, are 44 px and more, and are called by their words."""
    page = desk("work")
    page.set_viewport_size({"width": 320, "height": 640})
    chosen(page)
    for _ in range(3):
        page.get_by_role("button", name="Look here!").click()
        page.wait_for_timeout(50)
    page.get_by_label("Look here 2: what is there to see?").fill("the sea")
    expect(
        page.get_by_role("button", name="Mark 2 on “four fields”: move it with the arrow keys. the sea")
    ).to_be_visible()
    marks = [mark.bounding_box() for mark in page.locator(".spot").all()]
    for n, one in enumerate(marks):
        assert one is not None
        assert min(one["width"], one["height"]) >= 44
        for other in marks[n + 1 :]:
            assert other is not None
            apart = max(abs(one["x"] - other["x"]), abs(one["y"] - other["y"]))
            assert apart >= one["width"] * 0.75


@pytest.mark.drill
@pytest.mark.parametrize("band", ["k2", "68"])
def test_cutting_is_for_everybody(desk: OpenDesk, axe: Axe, band: str) -> None:
    """No axe violation and no sideways scroll while a picture is cut, small and wide, light and dark."""
    page = desk("work", band=band)
    chosen(page)
    cutting(page)
    press(page, "Top left", "ArrowDown", 5)
    for width, scheme in ((320, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert axe(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
