"""Pictures on their way from a camera to the desk."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.desk_browser import OpenDesk, Server, reload, saved, value
from tests.kernels import kill_kernel


def camera_picture(side: tuple[int, int], quality: int = 95) -> bytes:
    """Return a large JPEG as a camera makes it: held upright (orientation 6), with a place in it."""
    from PIL import Image

    noise = Image.effect_noise((side[0] // 4, side[1] // 4), 90).resize(side)
    picture = Image.merge("RGB", (noise, noise.rotate(180), Image.effect_noise(side, 60)))
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, exif=exif)
    return out.getvalue()


@pytest.mark.drill
def test_a_25_megabyte_photo_is_made_small_in_the_browser(
    desk: OpenDesk, server: Server, tmp_path: Path
) -> None:
    """A camera's picture arrives upright and small, asks for words, and is there after a reload."""
    raw = camera_picture((7600, 5700), 97)
    assert len(raw) > 25_000_000
    page = desk("work")
    camera = tmp_path / "IMG_1.JPG"
    camera.write_bytes(raw)
    page.get_by_label("Choose a picture", exact=True).set_input_files(camera)
    alt = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alt).to_be_focused(timeout=90_000)
    alt.fill("My volcano")
    saved(page)
    (photo,) = value(server, page, "work", "work-1", "pictures")
    assert photo["alt"] == "My volcano"
    assert photo["height"] > photo["width"]
    name, size, arrived = (server[1] / f"{photo['sha256']}.size").read_text().split(" ", 2)
    assert (name, arrived) == ("IMG_1.JPG", "(1200, 1600)")
    assert int(size) < 2_500_000
    reload(page)
    expect(page.get_by_role("img", name="My volcano")).to_be_visible()


def small_picture(colour: str = "red") -> FilePayload:
    """Return a small PNG as a file a child chooses."""
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, "PNG")
    return {"name": f"{colour}.png", "mimeType": "image/png", "buffer": out.getvalue()}


@pytest.mark.parametrize(
    ("band", "offer"),
    [("35", "Write down what is written in it"), ("k2", "Somebody can write here what you wrote")],
)
def test_what_is_written_in_a_picture_is_offered_and_kept(
    desk: OpenDesk, server: Server, band: str, offer: str
) -> None:
    """The box is folded away until somebody wants it; its words are saved, and open to be read after a reload."""
    page = desk("work", band=band, desk=f"written-{band}")
    page.get_by_label("Choose a picture", exact=True).set_input_files([small_picture("red")])
    fold = page.get_by_text(offer, exact=True)
    expect(fold).to_be_visible(timeout=30_000)
    box = page.get_by_role("textbox", name="What is written in the picture?")
    expect(box).to_be_hidden()
    fold.click()
    expect(box).to_be_visible()
    expect(box).to_have_accessible_description("Word for word, so that everybody can read it.")
    box.fill("The rain\nis a drum.")
    saved(page)
    (photo,) = value(server, page, "work", "work-1", "pictures")
    assert photo["written"] == "The rain\nis a drum."
    reload(page)
    expect(box).to_have_value("The rain\nis a drum.")
    expect(box).to_be_visible()


def test_several_pictures_their_order_and_their_marks(desk: OpenDesk, server: Server) -> None:
    """Several pictures come at once; they are moved, marked with the arrow keys, and taken away."""
    page = desk("work")
    page.get_by_label("Choose a picture", exact=True).set_input_files(
        [small_picture("red"), small_picture("blue")]
    )
    alts = page.get_by_label("What would you tell a friend who can’t see it?")
    expect(alts).to_have_count(2, timeout=15_000)
    alts.nth(0).fill("red wall")
    alts.nth(1).fill("blue wall")
    page.get_by_role("button", name="Move “blue wall” up").press("Enter")
    page.get_by_role("button", name="Look here!").first.click()
    mark = page.get_by_role("button", name="Mark 1 on “blue wall”")
    expect(mark).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    page.get_by_label("Look here 1: what is there to see?").fill("a crack")
    page.get_by_label("Other people can be seen in it.").nth(1).check()
    saved(page)
    one, two = value(server, page, "work", "work-1", "pictures")
    assert (one["alt"], one["looks"]) == ("blue wall", [{"x": 0.52, "y": 0.48, "words": "a crack"}])
    assert (two["alt"], two["others"]) == ("red wall", True)
    page.get_by_role("button", name="Take away “red wall”").click()
    page.get_by_role("button", name="Yes, take it away").click()
    saved(page)
    assert len(value(server, page, "work", "work-1", "pictures")) == 1


def test_a_file_that_is_no_picture_gets_a_kind_sentence(desk: OpenDesk) -> None:
    """A wrong file is answered beside the control with what to do next; nothing else changes."""
    page = desk("work")
    page.get_by_label("Choose a picture", exact=True).set_input_files(
        {"name": "holiday.jpg", "mimeType": "image/jpeg", "buffer": b"these are only words, no picture"}
    )
    expect(page.locator(".part .field-say:visible")).to_contain_text(
        "not a picture we can open", timeout=15_000
    )
    expect(page.get_by_text("No picture yet")).to_be_visible()


def test_a_picture_on_its_way_comes_back_after_a_reload(desk: OpenDesk, server: Server) -> None:
    """A picture chosen while the kernel is dead is sent again when the page is opened again."""
    page = desk("work")
    kill_kernel(page)
    page.get_by_label("Choose a picture", exact=True).set_input_files(small_picture("green"))
    expect(page.get_by_text("Your picture is on its way.").first).to_be_visible()
    page.wait_for_timeout(500)
    reload(page)
    expect(page.get_by_label("What would you tell a friend who can’t see it?")).to_be_visible(timeout=15_000)
    saved(page)
    assert len(value(server, page, "work", "work-1", "pictures")) == 1
