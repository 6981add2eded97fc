# long: one pad by mouse, finger and keys
"""Drawing on the desk: by mouse, finger and keys, through a reload, and the picture that is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.desk_browser import OpenDesk, Server, reload, saved, value

Axe = Callable[..., list[Any]]
Point = tuple[float, float]
PAPER = (1592, 1194)
DREW = "What did you draw?"


def opened(page: Page, button: str = "Draw it") -> Locator:
    """Press the button that opens the pad, and return the paper."""
    page.locator("#work").get_by_role("button", name=button).click()
    return paper(page)


def paper(page: Page) -> Locator:
    """Return the paper once it is there."""
    found = page.get_by_role("application", name="Your paper")
    expect(found).to_be_visible(timeout=15_000)
    return found


def draw(page: Page, start: Point, end: Point) -> None:
    """Draw a line with the mouse, between fractions of the paper's sides."""
    paper(page).scroll_into_view_if_needed()
    frame = paper(page).bounding_box()
    assert frame is not None
    at = [(frame["x"] + x * frame["width"], frame["y"] + y * frame["height"]) for x, y in (start, end)]
    page.mouse.move(*at[0])
    page.mouse.down()
    page.mouse.move(*at[1], steps=12)
    page.mouse.up()


def seen(page: Page, x: float, y: float) -> tuple[int, ...]:
    """Return the color of a point of the paper on the page."""
    js = "(c, [x, y]) => [...c.getContext('2d').getImageData(x * c.width, y * c.height, 1, 1).data].slice(0, 3)"
    return tuple(paper(page).evaluate(js, [x, y]))


def keep(page: Page) -> None:
    """Keep the drawing and wait until it is saved."""
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label(DREW)).to_be_visible(timeout=20_000)
    saved(page)


def pictures(server: Server, page: Page) -> list[Any]:
    """Return the pictures as they are on disk."""
    found: list[Any] = value(server, page, "work", "work-1", "pictures") or []
    return found


def color(server: Server, photo: Any, x: float, y: float) -> tuple[int, ...]:
    """Return the color of a point of a picture on the disk."""
    with Image.open(server[1] / f"{photo['sha256']}.webp") as picture:
        point = picture.convert("RGB").getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(point, tuple)
    return tuple(int(part) for part in point)


def dark(point: tuple[int, ...]) -> bool:
    """Tell ink from paper."""
    return sum(point) < 240


def red(point: tuple[int, ...]) -> bool:
    """Tell red ink from any other."""
    return point[0] > 150 and point[1] < 90 and point[2] < 90


def test_a_line_by_mouse_is_kept_where_it_was_drawn(desk: OpenDesk, server: Server) -> None:
    """Black and red ink stand on the disk where they were drawn; an undone line does not, the rest is white."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.2), (0.9, 0.2))
    page.get_by_role("radio", name="red").check(force=True)
    page.get_by_role("radio", name="thick").check(force=True)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    draw(page, (0.1, 0.8), (0.9, 0.8))
    page.keyboard.press("Control+z")
    keep(page)
    (photo,) = pictures(server, page)
    assert (photo["width"], photo["height"]) == PAPER
    assert dark(color(server, photo, 0.5, 0.2))
    assert red(color(server, photo, 0.5, 0.5))
    for x, y in ((0.5, 0.8), (0.5, 0.35), (0.02, 0.5)):
        assert min(color(server, photo, x, y)) > 240, (x, y)
    name, size, _ = (server[1] / f"{photo['sha256']}.size").read_text().split(" ", 2)
    assert (name, int(size) < 300_000) == ("drawing.png", True)


@pytest.mark.drill
def test_undo_redo_eraser_and_an_empty_paper(desk: OpenDesk) -> None:
    """Each step can be undone and done again, also an empty paper; a new paper is asked about first."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.5), (0.9, 0.5))
    page.get_by_role("radio", name="eraser").check(force=True)
    draw(page, (0.5, 0.2), (0.5, 0.8))
    assert (dark(seen(page, 0.5, 0.5)), dark(seen(page, 0.3, 0.5))) == (False, True)
    page.get_by_role("button", name="Undo").click()
    assert dark(seen(page, 0.5, 0.5))
    page.get_by_role("button", name="Redo").click()
    assert not dark(seen(page, 0.5, 0.5))
    page.get_by_role("button", name="Start again").click()
    assert dark(seen(page, 0.3, 0.5))
    page.get_by_role("button", name="Yes, a new piece of paper").click()
    expect(page.get_by_role("button", name="Start again")).to_be_focused()
    assert not dark(seen(page, 0.3, 0.5))
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("#work .vh[role=status]")).to_contain_text("nothing on the paper")
    page.keyboard.press("Control+z")
    assert dark(seen(page, 0.3, 0.5))
    page.keyboard.press("Control+Shift+Z")
    assert not dark(seen(page, 0.3, 0.5))


@pytest.mark.drill
def test_a_finger_draws_and_a_second_one_changes_nothing(
    desk: OpenDesk, server: Server, browser: Browser
) -> None:
    """On a small touch screen one finger draws, the page stays where it is, a resting hand leaves no ink."""
    phone = browser.new_context(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page = desk("work", within=phone)
    page.locator("#work").get_by_role("button", name="Draw it").tap()
    paper(page).scroll_into_view_if_needed()
    frame = paper(page).bounding_box()
    assert frame is not None
    before = page.evaluate("scrollY")
    hands = phone.new_cdp_session(page)

    def touch(kind: str, *fingers: Point) -> None:
        points = [
            {"x": frame["x"] + x * frame["width"], "y": frame["y"] + y * frame["height"], "id": n}
            for n, (x, y) in enumerate(fingers)
        ]
        hands.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.2, 0.1))
    touch("touchStart", (0.2, 0.1), (0.8, 0.9))
    for n in range(1, 9):
        touch("touchMove", (0.2, 0.1 + n / 10), (0.8 - n / 20, 0.9))
    touch("touchEnd")
    assert dark(seen(page, 0.2, 0.5))
    assert not dark(seen(page, 0.6, 0.9))
    assert page.evaluate("scrollY") == before
    page.get_by_role("button", name="Keep it").tap()
    expect(page.get_by_label(DREW)).to_be_visible(timeout=20_000)
    saved(page)
    assert dark(color(server, pictures(server, page)[0], 0.2, 0.5))
    phone.close()


def test_a_drawing_by_keys_alone(desk: OpenDesk, server: Server) -> None:
    """Enter opens the pad, Space puts the pen down, arrows move it, Tab leads to Keep it; all is said aloud."""
    page = desk("work")
    live = page.locator("#work .vh[role=status]")
    page.locator("#work").get_by_role("button", name="Draw it").press("Enter")
    expect(paper(page)).to_be_focused()
    expect(page.get_by_text("The arrow keys move the pen.", exact=False)).to_be_in_viewport()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Space")
    expect(live).to_have_text("The pen is down.")
    for _ in range(20):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    expect(live).to_have_text("The pen is up.")
    for _ in range(10):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowRight")  # from medium to thick
    expect(page.get_by_role("radio", name="thick")).to_be_checked()
    for _ in range(5):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Keep it")).to_be_focused()
    page.keyboard.press("Enter")
    box = page.get_by_label(DREW)
    expect(box).to_be_focused(timeout=20_000)
    page.keyboard.type("a wall")
    saved(page)
    (photo,) = pictures(server, page)
    assert photo["alt"] == "a wall"
    assert dark(color(server, photo, 0.5 + 160 / PAPER[0], 0.5 - 16 / PAPER[1]))
    assert not dark(color(server, photo, 0.5 - 160 / PAPER[0], 0.5 - 16 / PAPER[1]))


def test_a_reload_in_the_middle_loses_no_stroke(desk: OpenDesk, server: Server) -> None:
    """The pad opens again with the strokes, takes nobody's focus, and the drawing can be finished."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.3), (0.9, 0.3))
    draw(page, (0.1, 0.6), (0.9, 0.6))
    page.wait_for_timeout(300)
    reload(page)
    assert dark(seen(page, 0.5, 0.3))
    assert dark(seen(page, 0.5, 0.6))
    expect(paper(page)).not_to_be_focused()
    page.get_by_role("button", name="Undo").click()
    keep(page)
    (photo,) = pictures(server, page)
    assert dark(color(server, photo, 0.5, 0.3))
    assert not dark(color(server, photo, 0.5, 0.6))
    reload(page)
    expect(
        page.locator("#work").get_by_role("button", name="Draw it")
    ).to_be_visible()  # nothing is left over
    assert len(pictures(server, page)) == 1


@pytest.mark.drill
def test_not_now_keeps_the_drawing_for_later(desk: OpenDesk) -> None:
    """A drawing that was put aside waits behind "Go on drawing", also after a reload; the focus goes back."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.3), (0.9, 0.3))
    page.get_by_role("button", name="Not now").click()
    again = page.locator("#work").get_by_role("button", name="Go on drawing")
    expect(again).to_be_focused()
    page.wait_for_timeout(300)
    reload(page)
    expect(page.get_by_role("application")).to_have_count(0)
    again.click()
    assert dark(seen(page, 0.5, 0.3))


@pytest.mark.drill
def test_im_done_takes_an_unfinished_drawing_along(desk: OpenDesk, server: Server) -> None:
    """A drawing nobody has kept yet is in the book before this browser forgets everything."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.3), (0.9, 0.3))
    page.get_by_role("button", name="I’m done").click()
    expect(page.locator(".ways .field-say")).to_have_text("You can close this page.", timeout=15_000)
    (photo,) = pictures(server, page)
    assert dark(color(server, photo, 0.5, 0.3))


@pytest.mark.drill
def test_a_kept_drawing_is_drawn_on_and_keeps_its_words(desk: OpenDesk, server: Server) -> None:
    """New lines stand on the old ones; the drawing stays in its place, with what was said about it."""
    page = desk("work")
    opened(page)
    draw(page, (0.1, 0.3), (0.9, 0.3))
    keep(page)
    page.get_by_label(DREW).fill("a road")
    saved(page)
    (before,) = pictures(server, page)
    opened(page, "Draw more")
    assert dark(seen(page, 0.5, 0.3))
    draw(page, (0.5, 0.1), (0.5, 0.9))
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("application")).to_have_count(0)
    expect(page.get_by_text("Your picture is on its way.").and_(page.locator(":visible"))).to_have_count(0)
    saved(page)
    (after,) = pictures(server, page)
    assert (after["alt"], after["sha256"] == before["sha256"]) == ("a road", False)
    assert dark(color(server, after, 0.3, 0.3))
    assert dark(color(server, after, 0.5, 0.8))


@pytest.mark.drill
def test_a_laptop_takes_a_photo(desk: OpenDesk, server: Server, axe: Axe) -> None:
    """What the camera sees is shown, taken, looked at and kept; the camera is let go afterwards."""
    page = desk("work")
    page.locator("#work").get_by_role("button", name="Take a photo").press("Enter")
    shutter = page.get_by_role("button", name="Take the picture")
    expect(shutter).to_be_focused(timeout=15_000)
    page.wait_for_function("document.querySelector('video.seen-now').videoWidth > 0")
    assert axe(page) == []
    film = page.evaluate_handle("document.querySelector('video.seen-now').srcObject")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Once more").click()
    shutter.click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("What would you tell a friend who can’t see it?")).to_be_focused(timeout=20_000)
    saved(page)
    (photo,) = pictures(server, page)
    point = color(server, photo, 0.5, 0.85)
    assert point[1] > point[0] + 40  # the pretended camera shows green
    assert film.evaluate("s => s.getTracks().map((track) => track.readyState)") == ["ended"]


REFUSED = {"NotAllowedError": "not allowed to use the camera", "NotFoundError": "cannot find a camera"}


@pytest.mark.drill
@pytest.mark.parametrize("error", REFUSED)
def test_without_a_camera_there_is_a_kind_sentence(
    desk: OpenDesk, context: BrowserContext, error: str
) -> None:
    """Not allowed, or none there: one sentence, and a picture can be chosen instead."""
    context.add_init_script(
        f"navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', '{error}'))"
    )
    page = desk("work")
    button = page.locator("#work").get_by_role("button", name="Take a photo")
    button.click()
    expect(page.locator(".part .field-say:visible")).to_contain_text(REFUSED[error])
    expect(button).to_be_focused()
    expect(page.locator("#work").get_by_label("Choose a picture")).to_be_attached()


@pytest.mark.drill
@pytest.mark.parametrize("band", ["k2", "68"])
def test_the_pad_is_for_everybody(desk: OpenDesk, axe: Axe, band: str) -> None:
    """No axe violation, no sideways scroll and no target under 44 px, small and wide, light and dark."""
    page = desk("work", band=band)
    opened(page)
    draw(page, (0.1, 0.3), (0.9, 0.3))
    page.get_by_role("button", name="Start again").click()
    for width, scheme in ((320, "light"), (1280, "dark")):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        assert axe(page) == [], (width, scheme)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        sizes = page.evaluate(
            "[...document.querySelectorAll('.tool :is(button, label)')].map((e) => e.getBoundingClientRect())"
            ".map(({width, height}) => Math.min(width, height))"
        )
        assert min(sizes) >= (64 if band == "k2" and width > 320 else 44)
