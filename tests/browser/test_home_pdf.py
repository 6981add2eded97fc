"""The PDF of a home as a real browser makes it, looked at with a real reader; the printed list; the pile for the printer."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from portfolio.moments.home import home_file, kit_of
from portfolio.moments.home_doors import Doors
from portfolio.moments.home_pdf import PaperSize, close_browser, home_pdf
from portfolio.moments.pdf_browser import find_browser, printed_once
from portfolio.moments.send_home import Wishes, run_home
from portfolio.moments.sent_list import list_of, to_print
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.safe import SafePage
from portfolio.words import speak
from tests.pdfs import blank_pdf, texts_of
from tests.samples import make_sample
from tests.unit.test_sent_list import SCHOOL, child, sent, written

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
SIZES: dict[PaperSize, tuple[int, int]] = {"a4": (595, 842), "letter": (612, 792)}


@pytest.fixture(scope="module", autouse=True)
def no_browser_left() -> Iterator[None]:
    """End the browser that is kept for a class."""
    yield
    close_browser()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """The fourth grade of the samples."""
    place = tmp_path_factory.mktemp("pdf") / "class-4b"
    return make_sample("class-4b", place, at=NOW, randomness=secrets.token_bytes)


@pytest.fixture(scope="module")
def pages(folder: ClassFolder) -> dict[str, SafePage]:
    """Return the page of each home of the sample, by the first language it reads."""
    store = folder.store()
    try:
        kit, found = kit_of(folder, store), {}
        for student in store.students():
            book = book_of(store, folder.template(), folder.outline(), student.student_id)
            for home in student.households:
                found[home.reads[0]] = home_file(book, home.household_id, kit).page
    finally:
        store.close()
    return found


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("lang", ["en", "es", "ar"])
def test_a_pdf_is_tagged_in_its_language_with_an_outline_and_small(
    pages: dict[str, SafePage], lang: str, paper: PaperSize
) -> None:
    """It has the right sheets, language, title, structure and bookmarks, tells nothing of this computer, and is no larger than the page by half."""
    page = pages[lang]
    made = home_pdf(page, paper=paper, made_on=date(2026, 11, 20))
    with pikepdf.open(BytesIO(made.data)) as pdf:
        root = pdf.Root
        assert str(root.Lang) == lang and bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root
        title = re.search("<title>(.*?)</title>", page)
        assert (
            title and str(pdf.docinfo["/Title"]) == title[1] and bool(root.ViewerPreferences.DisplayDocTitle)
        )
        assert int(root.Outlines.Count) >= 5
        told = {name: str(pdf.docinfo[name]) for name in ("/Creator", "/CreationDate", "/ModDate")}
        assert told == {"/Creator": "Portfolio", "/CreationDate": DAY, "/ModDate": DAY}
        box = [round(float(n)) for n in pdf.pages[0].mediabox[2:]]
        assert all(abs(n - wanted) <= 1 for n, wanted in zip(box, SIZES[paper], strict=True))
        assert len(pdf.pages) == made.pages > 1
    assert (
        len(made.data) <= 1.5 * len(page.encode()) and b"/tmp" not in made.data and b"/home" not in made.data
    )


DAY = "D:20261120000000+00'00'"


def test_the_words_and_pictures_of_the_page_are_on_paper(pages: dict[str, SafePage]) -> None:
    """The short version, the answer sheet and every picture are in it, no page is empty."""
    made = home_pdf(pages["en"])
    text = " ".join(" ".join(texts_of(made.data)).split())
    assert "knowing where I am" in text and "My goal" in text
    with pypdfium2.PdfDocument(BytesIO(made.data)) as pdf:
        inked = [pdf[n].render(scale=0.3).to_pil().convert("L").getextrema()[0] for n in range(len(pdf))]
    assert max(inked) < 200
    with pikepdf.open(BytesIO(made.data)) as opened:
        drawn = [
            one
            for one in opened.objects
            if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
        kinds = {str(one.get("/Filter")) for one in drawn if int(one.Width) >= 200}
    assert kinds == {"/DCTDecode"}


def test_the_same_page_gives_the_same_file(pages: dict[str, SafePage]) -> None:
    """Two runs, a fresh browser and one that has printed before: the same bytes."""
    first = home_pdf(pages["es"]).data
    home_pdf(pages["en"])
    again = home_pdf(pages["es"]).data
    close_browser()
    assert first == again == home_pdf(pages["es"]).data


def test_both_ways_to_the_browser_print_the_same(pages: dict[str, SafePage]) -> None:
    """Where there are no pipes, the page looks the same and is tagged as well."""
    from portfolio.moments.home_pdf import for_paper

    program = find_browser()
    assert program
    once, piped = printed_once(program, for_paper(pages["es"], "a4")), home_pdf(pages["es"]).data
    assert texts_of(once) == texts_of(piped)
    with pikepdf.open(BytesIO(once)) as pdf:
        assert "/StructTreeRoot" in pdf.Root and "/Outlines" in pdf.Root


def test_scripts_in_a_page_do_not_run_and_nothing_is_fetched() -> None:
    """Whatever stands in a page, the printing browser runs none of it and shows what was there."""
    page = (
        "<!doctype html><html lang=en><head><title>x</title></head><body><p>before</p>"
        "<script>document.body.textContent='after'</script><img src='file:///etc/hostname' onerror=\"document.body.textContent='after'\">"
        "<iframe src='file:///etc/passwd'></iframe></body></html>"
    )
    text = " ".join(texts_of(home_pdf(page).data))
    assert "before" in text and "after" not in text and "root:" not in text


def test_a_worker_with_little_memory_still_gets_its_pdf(only_on: Callable[..., None]) -> None:
    """The limit of a worker that makes files is not that of the browser, and it is the worker's again afterwards."""
    only_on("Linux")
    import resource

    before = resource.getrlimit(resource.RLIMIT_DATA)
    close_browser()
    resource.setrlimit(resource.RLIMIT_DATA, (1_600_000_000, before[1]))
    try:
        page = "<!doctype html><html lang=en><head><title>x</title></head><body>words</body></html>"
        assert home_pdf(page).pages == 1
        assert resource.getrlimit(resource.RLIMIT_DATA)[0] == 1_600_000_000
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, before)
        close_browser()


def test_a_class_goes_through_all_doors_at_once(folder: ClassFolder, tmp_path: Path) -> None:
    """Every home gets page, locked PDF, message and mail; a second run makes nothing anew; another wish makes all anew."""
    doors = Doors(pdf=True, secret=b"s" * 32, text="short", mail=True)
    run = run_home(folder, Wishes(out=tmp_path, doors=doors))
    assert len(run.sent) == 4
    for one in run.sent:
        assert one.beside is None and one.household
        assert [path.suffix for path in one.files] == [".html", ".pdf", ".txt", ".eml"]
        key = doors.password_for(one.student.student_id, one.household.household_id)
        words = " ".join(texts_of(one.files[1].read_bytes(), key))
        assert one.student.name in words
    assert all(one.unchanged for one in run_home(folder, Wishes(out=tmp_path, doors=doors)).sent)
    plain = run_home(folder, Wishes(out=tmp_path, doors=Doors(text="short")))
    assert not any(one.unchanged for one in plain.sent)
    assert {path.suffix for path in tmp_path.rglob("*.*")} == {".html", ".txt"}


def test_a_picture_with_holes_is_white_on_paper() -> None:
    """A drawing without a ground does not become black."""
    import base64

    kept = BytesIO()
    Image.new("RGBA", (400, 400), (0, 0, 0, 0)).save(kept, "WEBP")
    src = base64.b64encode(kept.getvalue()).decode()
    made = home_pdf(
        f"<!doctype html><html lang=en><head><title>x</title></head><body><img src='data:image/webp;base64,{src}'></body></html>"
    )
    with pypdfium2.PdfDocument(BytesIO(made.data)) as pdf:
        assert pdf[0].render(scale=0.3).to_pil().convert("L").getextrema()[0] > 240


@pytest.mark.parametrize("files", [1, 4])
def test_thirty_homes_stand_on_two_sheets(tmp_path: Path, files: int) -> None:
    """A class of thirty homes with long names prints on two sides of A4, with every kind of file."""
    ends = (".html", ".pdf", ".txt", ".eml")[:files]
    rows = []
    for n in range(30):
        one = child(n, copy_as="both", reach_by="grandma.of.child@example.org")
        paths = [
            written(tmp_path, f"child-{n}-teta-mama-and-baba{end}", blank_pdf(9) if end == ".pdf" else b"x")
            for end in ends
        ]
        rows.append(sent(one, *paths))
    made = list_of(rows, Doors(pdf=files > 1, secret=b"s" * (32 if files == 1 else 0)), SCHOOL, speak("en"))
    assert home_pdf(made).pages == 2
    assert home_pdf(made, paper="letter").pages <= 3


def test_only_homes_that_want_paper_are_printed(tmp_path: Path) -> None:
    """The PDF for the printer holds the homes that get paper, in the order of the class."""
    page = "<!doctype html><html lang=en><head><title>x</title></head><body>{}</body></html>"
    rows = [
        sent(child(n, copy_as=way), written(tmp_path, f"{n}.html", page.format(f"marker{n}").encode()))
        for n, way in enumerate(("print", "file", "both"))
    ]
    made = to_print(rows, Doors(pdf=True, password="secret words"))
    with pypdfium2.PdfDocument(BytesIO(made.data)) as whole:
        texts = [whole[n].get_textpage().get_text_range().strip() for n in range(len(whole))]
    assert texts == ["marker0", "", "marker2", ""]
