"""A kept picture in its full size: for the child whose desk it is, and for nothing but its own pictures."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.papers import pdf
from tests.unit.test_widgets_media import Desk
from tests.wires import wires


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


def picture() -> bytes:
    """Return a picture larger than any small copy."""
    out = io.BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "PNG")
    return out.getvalue()


def test_a_picture_comes_back_in_its_full_size(tmp_path: Path) -> None:
    """What was brought in is given as WebP, in its own size, also by the next kernel."""
    desk = Desk(tmp_path)
    photo = desk.bring(picture(), field="pictures")["medium"]
    for one in (desk, desk.again()):
        answer = one.say("media_whole", field="pictures", sha256=photo["sha256"])
        kind, data = answer["picture"].split(",", 1)
        assert (answer["type"], kind) == ("media_whole", "data:image/webp;base64")
        with Image.open(io.BytesIO(base64.b64decode(data))) as found:
            assert found.size == (900, 600)


@pytest.mark.parametrize("sha256", ["a" * 64, "", "../../class", "document:" + "a" * 64])
def test_nothing_else_is_given(tmp_path: Path, sha256: str) -> None:
    """A digest nobody has seen here, a path, a name of something else: a sentence, no bytes."""
    answer = Desk(tmp_path).say("media_whole", field="pictures", sha256=sha256)
    assert (answer["type"], "picture" in answer) == ("refused", False)


def test_a_document_is_no_picture(tmp_path: Path) -> None:
    """What stands among the recordings is not given by this door, neither by its name nor from its field."""
    desk = Desk(tmp_path)
    paper = desk.bring(pdf(pages=1))["medium"]
    digest = paper["pages"][0]["sha256"]
    for field in ("media", "pictures"):
        for name in (digest, f"document:{digest}"):
            assert desk.say("media_whole", field=field, sha256=name)["type"] == "refused"
