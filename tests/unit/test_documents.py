"""PDFs on their way in: pages become pictures, drawn apart, within limits."""

from __future__ import annotations

import contextlib
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused, MediaRefused
from portfolio.media import apart, documents
from portfolio.media.apart import Stopped, draw_apart
from portfolio.media.documents import DocumentLimits, read_document
from portfolio.media.webp import bare_size
from tests import bombs, papers
from tests.camera_notes import SECRET, gps_bytes
from tests.specimens import CORNERS, corners, dot, near, plain_jpeg

PLACES = ((0.2, 0.2), (0.8, 0.2), (0.2, 0.8), (0.8, 0.8))


def test_every_page_becomes_a_picture_in_order() -> None:
    """Three pages come as three upright pictures of 1400 dots, each showing its own number of squares."""
    document = read_document(papers.pdf(3))
    assert document.page_count == 3
    assert [(page.width, page.height) for page in document.pages] == [(990, 1400)] * 3
    for page in document.pages:
        for place, color in zip(PLACES, CORNERS, strict=True):
            assert near(dot(page.data, *place), color, 30)
    squares = [
        [near(dot(page.data, (297.5 + 12 * at + 4) / 595, (421 - 4) / 842), (0, 0, 0), 60) for at in range(4)]
        for page in document.pages
    ]
    assert [sum(row) for row in squares] == [1, 2, 3]


def test_of_a_long_document_the_first_pages_are_kept_and_the_number_told() -> None:
    """Twelve of fourteen pages are kept; that there were fourteen is said."""
    document = read_document(papers.pdf(14))
    assert (len(document.pages), document.page_count) == (12, 14)


def test_nothing_but_what_is_seen_comes_along() -> None:
    """Author, title, XMP, script, attached file and the photo's place are in the PDF and not in the pages."""
    raw = papers.told_pdf()
    kept = b"".join(page.data + page.thumb for page in read_document(raw).pages)
    for words in (SECRET, gps_bytes(), b"+47.37", b"JavaScript"):
        assert words in raw
        assert words not in kept


def test_a_photo_in_a_document_is_drawn() -> None:
    """What is seen on the page is on the picture."""
    (page, _) = read_document(papers.told_pdf()).pages
    for place, color in zip(PLACES, CORNERS, strict=True):
        assert near(dot(page.data, *place), color, 40)


@pytest.mark.parametrize(
    ("size", "shown"), [((842, 595), (1400, 990)), ((14_400, 20), (1400, 2)), ((10, 10), (1400, 1400))]
)
def test_pages_of_any_shape_fit(size: tuple[float, float], shown: tuple[int, int]) -> None:
    """Landscape, ribbons and stamps have a longer side of 1400 dots."""
    (page,) = read_document(papers.pdf(size=size)).pages
    assert (page.width, page.height) == shown


REFUSED = {
    "nothing": (b"", "nothing in this file"),
    "a photo": (plain_jpeg(corners()), "not a PDF"),
    "a photo that mentions a PDF": (plain_jpeg(corners())[:2] + b"\xff\xfe\0\x0a%PDF-1.7", "not a PDF"),
    "a script": (bombs.script(), "not a PDF"),
    "half": (papers.pdf()[:60], "damaged"),
    "no pages": (papers.pdf(0), "damaged"),
    "locked": (papers.locked_pdf(), "locked with a password"),
}


@pytest.mark.parametrize(("raw", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_wrong_file_gets_the_sentence_that_helps(raw: bytes, words: str) -> None:
    """Each cause has its own sentence."""
    with pytest.raises(MediaRefused) as refused:
        read_document(raw)
    assert words in str(refused.value)


def test_a_file_over_the_limit_is_not_even_looked_at() -> None:
    """Too many bytes are refused first, with both figures."""
    with pytest.raises(MediaRefused, match="31 MB, and 30 MB is the most"):
        read_document(bytes(30_000_001))


@pytest.mark.parametrize("wrong", [{"pages": 0}, {"seconds": 0}, {"bytes_in": 0}, {"seconds": float("nan")}])
def test_limits_that_nothing_meets_are_refused(wrong: dict[str, float]) -> None:
    """Limits without a page, a byte or a second are a mistake of ours and told at once."""
    with pytest.raises(InputRefused, match="at least one page"):
        DocumentLimits(**wrong)  # type: ignore[arg-type]  # wrong on purpose


def test_a_page_that_takes_too_long_is_stopped() -> None:
    """A page that keeps the library busy is refused, and its process is gone."""
    limits = DocumentLimits(seconds=0.5)
    with pytest.raises(MediaRefused, match="too much in it"):
        read_document(papers.heavy_pdf(), limits=limits)


@pytest.mark.drill
def test_a_page_of_a_gigabyte_ends_in_pages_or_a_sentence() -> None:
    """A picture of more than a gigabyte inside a small PDF leaves nothing running behind."""
    packed = bombs.zeros(1_200_000_000)
    bomb = (
        b"<</Type/XObject/Subtype/Image/Width 20000/Height 20000/ColorSpace/DeviceRGB/BitsPerComponent 8"
        b"/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    )
    nothing = b"<</Type/Metadata/Subtype/XML/Length 0>>stream\n\nendstream"
    raw = papers.pdf(
        objects=(nothing, bomb), resources=b"/XObject<</P 5 0 R>>", content=b"q 595 0 0 842 0 0 cm /P Do Q\n"
    )
    with contextlib.suppress(MediaRefused):
        read_document(raw)
    assert not children()


LIMITED = """
import runpy
worker = runpy.run_path({path!r})
worker["_set_limits"](20)
{work}
"""


@pytest.mark.parametrize("work", ["bytearray(700_000_000)", "open({file!r}, 'w').write('x')"])
def test_the_process_apart_gets_no_gigabyte_and_writes_no_file(work: str, tmp_path: Path) -> None:
    """On Linux, memory ends at 500 MB and a file stays empty."""
    file = tmp_path / "file"
    program = LIMITED.format(path=str(apart._WORKER), work=work.format(file=str(file)))
    ended = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=False)
    if sys.platform == "linux":
        assert b"MemoryError" in ended.stderr or file.stat().st_size == 0


def children() -> list[str]:
    """Return the processes this one has started that are still there, where the system tells."""
    tasks = Path(f"/proc/{os.getpid()}/task")
    if not tasks.exists():
        return []
    found = []
    for task in tasks.iterdir():
        with contextlib.suppress(
            FileNotFoundError, ProcessLookupError
        ):  # a thread that ended while we looked
            found.append((task / "children").read_text(encoding="ascii").split())
    return [child for some in found for child in some]


WORKERS = {
    "that says nothing": ("", "died"),
    "that talks nonsense": ("print('nonsense')", "broken"),
    "that never ends its line": ("print('x' * 9000, end='')", "died"),
    "that promises too many dots": (
        """print('{"width": 99999, "height": 99999, "profile": 0, "pages": 1}')""",
        "broken",
    ),
    "that promises less than nothing": (
        """print('{"width": -4, "height": -4, "profile": 0, "pages": 1}')""",
        "broken",
    ),
    "that sends too few dots": (
        """print('{"width": 4, "height": 4, "profile": 0, "pages": 1}')""",
        "broken",
    ),
    "that sends a list": ("print('[]')", "broken"),
    "that hangs": ("import time; time.sleep(60)", "slow"),
}


@pytest.mark.parametrize(("program", "reason"), WORKERS.values(), ids=WORKERS.keys())
def test_a_process_that_has_gone_bad_is_not_believed(
    program: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever the process sends or does not send, nothing but ``Stopped`` comes of it."""
    worker = tmp_path / "worker.py"
    worker.write_text(program, encoding="utf-8")
    monkeypatch.setattr(apart, "_WORKER", worker)
    with pytest.raises(Stopped) as stopped:
        list(draw_apart("pdf", bytes(1_000_000), longest=10, most=2, seconds_each=0.7))
    assert stopped.value.reason == reason


def test_whoever_stops_asking_leaves_no_process_behind() -> None:
    """When a page is refused in the middle, the process that draws is ended."""
    before = children()  # those of other tests in this process
    pages = draw_apart("pdf", papers.pdf(9), longest=900, most=9, seconds_each=5)
    assert isinstance(pages, Iterator)
    next(pages)
    pages.close()  # type: ignore[attr-defined]  # it is a generator
    assert set(children()) <= set(before)


def test_a_page_that_does_not_fit_its_room_is_refused_as_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong with the picture of a page is told of the document."""
    from portfolio.media import refusals

    def refuse(*args: object, **named: object) -> None:
        raise refusals.cannot_shrink()

    monkeypatch.setattr(documents, "clean_page", refuse)
    with pytest.raises(MediaRefused, match="PDF is damaged"):
        read_document(papers.pdf())


def survives(seed: int) -> None:
    """Damage a PDF and read it, letting nothing but a refusal pass."""
    chance = random.Random(seed)
    raw = bytearray(papers.told_pdf(1) if chance.random() < 0.5 else papers.pdf(2))
    for _ in range(chance.choice((1, 3, 10, 40))):
        if len(raw) < 10:
            break
        at = chance.randrange(len(raw))
        if chance.random() < 0.2:
            del raw[at : at + chance.randrange(1, 200)]
        else:
            raw[at] = chance.randrange(256)
    with contextlib.suppress(MediaRefused):
        for page in read_document(raw).pages:
            assert bare_size(page.data) == (page.width, page.height)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1_000_000))
def test_damaged_documents_never_raise_anything_else(seed: int) -> None:
    """Flipped and lost bytes end in pages or in a sentence."""
    survives(seed)


@pytest.mark.drill
@pytest.mark.timeout(1200)
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_hundreds_of_damaged_documents_never_raise_anything_else(seed: int) -> None:
    """The same with four hundred damaged documents."""
    survives(seed)


def test_without_the_part_that_draws_the_sentence_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pdfium is missing nobody reads that the PDF is too large: the computer cannot open it, and who can help."""

    def nothing(*_: object, **__: object) -> Iterator[object]:
        raise Stopped("missing")

    monkeypatch.setattr("portfolio.media.documents.draw_apart", nothing)
    with pytest.raises(MediaRefused, match="cannot open PDFs yet"):
        read_document(papers.pdf(1))
