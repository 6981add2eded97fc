"""Pictures that help with a question: cleaned once, shown or left out, told to the teacher, kept in a backup."""

from __future__ import annotations

import base64
import secrets
import shutil
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from portfolio.errors import InputRefused, MediaRefused, NotFound, PictureRefused
from portfolio.model import Prompt
from portfolio.moments.desk import StudentDesk
from portfolio.moments.doctor import examine
from portfolio.moments.help_pictures import (
    help_picture,
    keep_help_picture,
    picture_address,
    picture_troubles,
)
from portfolio.moments.keeping import back_up, restore
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.help_files import LARGEST_HELP, PICTURES, is_help_name
from portfolio.store.template_file import load_template
from portfolio.store.template_write import template_text
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MARKER = "Room 12, Ms. Rivera"


def photo(color: str = "green", size: tuple[int, int] = (2400, 1200)) -> bytes:
    """Return a picture as somebody's computer has it: large, and saying where it was made."""
    about = PngInfo()
    about.add_text("Comment", MARKER)
    out = BytesIO()
    Image.new("RGB", size, color).save(out, "PNG", pnginfo=about)
    return out.getvalue()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """A class."""
    place = tmp_path_factory.mktemp("sample") / "class"
    return make_sample("ladybirds", place, at=AT, randomness=secrets.token_bytes)


@pytest.fixture
def folder(made: ClassFolder, tmp_path: Path) -> ClassFolder:
    """The same class with an empty folder for pictures."""
    copy = ClassFolder(Path(shutil.copytree(made.path, tmp_path / "class")))
    (copy.path / PICTURES).mkdir()
    return copy


def put(folder: ClassFolder, name: str, raw: bytes) -> None:
    """Put a file there, as a teacher does."""
    (folder.path / PICTURES / name).write_bytes(raw)


def name_it(folder: ClassFolder, name: str, alt: str = "A clock at nine") -> Prompt:
    """Name a picture beside the first question of the template and return the question."""
    template = load_template(folder.template_file)
    first = template.sections[0]
    asked = first.prompts[0].but(picture=name, picture_alt=alt)
    sections = (first.but(prompts=(asked, *first.prompts[1:])), *template.sections[1:])
    folder.template_file.write_text(template_text(template.but(sections=sections)), "utf-8")
    return asked


def test_a_picture_is_cleaned_once_and_kept(folder: ClassFolder) -> None:
    """What a file says about itself is gone, it is small; the second time the kept copy is used, a new one anew."""
    put(folder, "clock.png", photo())
    found = help_picture(folder, "clock.png").copy
    data = found.read(0, found.size)
    with Image.open(BytesIO(data)) as shown:
        assert (shown.format, max(shown.size) <= 1600) == ("WEBP", True)
    assert MARKER.encode() not in data and len(data) < 70_000
    assert help_picture(folder, "clock.png").copy.stamp == found.stamp
    put(folder, "clock.png", photo("red"))
    assert help_picture(folder, "clock.png").copy.read(0, 99_999) != data
    assert len(list((folder.hidden / PICTURES).iterdir())) == 1


def test_what_is_no_picture_is_not_shown(folder: ClassFolder, tmp_path: Path) -> None:
    """Missing, broken, too large, a link, a way out of the folder: no address, whoever asks."""
    put(folder, "script.png", b"<svg onload=alert(1)>")
    put(folder, "large.png", photo(size=(9, 9)) + bytes(LARGEST_HELP))
    (tmp_path / "away.png").write_bytes(photo())
    (folder.path / PICTURES / "away.png").symlink_to(tmp_path / "away.png")
    odd = [
        "none.png",
        "script.png",
        "large.png",
        "away.png",
        "../class.yaml",
        "../../x.png",
        "",
        "x" * 9_000,
        "a.svg",
    ]
    for served in (True, False):
        assert [picture_address(folder, served=served)(name) for name in odd] == [""] * len(odd)
    with pytest.raises(MediaRefused, match="larger than 20 MB"):
        help_picture(folder, "large.png")
    with pytest.raises(NotFound):
        help_picture(folder, "away.png")


def test_a_page_without_our_server_holds_the_picture(folder: ClassFolder) -> None:
    """Served it has an address; in JupyterLab the clean bytes stand in the page."""
    put(folder, "clock.png", photo())
    assert picture_address(folder, served=True)("clock.png") == "/portfolio/pictures/clock.png"
    head, data = picture_address(folder, served=False)("clock.png").split(",")
    found = help_picture(folder, "clock.png").copy
    assert (head, base64.b64decode(data)) == ("data:image/webp;base64", found.read(0, found.size))


def test_what_comes_in_at_the_teachers_desk_is_cleaned_first(folder: ClassFolder) -> None:
    """A picture that is brought in is kept clean, under a name a template can say; the same one under the same."""
    name = keep_help_picture(folder, photo(), "C:/Mes photos/Été à l'école!.PNG")
    assert is_help_name(name) and name == keep_help_picture(
        folder, photo(), "C:/Mes photos/Été à l'école!.PNG"
    )
    kept = (folder.path / PICTURES / name).read_bytes()
    assert MARKER.encode() not in kept and help_picture(folder, name).copy.size < 70_000
    for called in ("", "...", "../../etc/passwd", "👩‍👩‍👧.png", "x" * 5_000, "con.png"):
        assert is_help_name(keep_help_picture(folder, photo("blue"), called))
    assert not (folder.path.parent / "etc").exists()


def test_what_cannot_be_kept_is_told(folder: ClassFolder) -> None:
    """No picture at all and one that is far too large are refused; nothing is left behind."""
    with pytest.raises(PictureRefused):
        keep_help_picture(folder, b"nothing of the kind", "a.png")
    with pytest.raises(MediaRefused, match="larger than 20 MB"):
        keep_help_picture(folder, bytes(LARGEST_HELP + 1), "a.png")
    assert list((folder.path / PICTURES).iterdir()) == []


def test_the_desk_shows_it_beside_its_question(folder: ClassFolder) -> None:
    """The form has the address and what the picture shows; a question without one, or with a broken one, has neither."""
    put(folder, "clock.png", photo())
    asked = name_it(folder, "clock.png")
    store = folder.store()
    try:
        student = store.students()[0].student_id
        book = book_of(store, folder.template(), folder.outline(), student)
        address = picture_address(folder, served=True)
        desk = StudentDesk(store, book, lambda: AT, lambda: "n1", pictures=address)
        cards = desk.form(book.template.sections[0].section_id)["cards"]
        fields = [field for card in cards for field in card["fields"]]
        assert fields[0]["help"] == {"src": "/portfolio/pictures/clock.png", "alt": "A clock at nine"}
        assert not [one for field in fields[1:] for one in (field, *field["besides"]) if "help" in one]
        assert all("help" not in one for one in fields[0]["besides"]) and fields[0]["ask"] == asked.ask
        put(folder, "clock.png", b"broken")
        cards = desk.form(book.template.sections[0].section_id)["cards"]
        assert "help" not in cards[0]["fields"][0]
    finally:
        store.close()


def test_the_teacher_is_told_which_question_and_what_to_do(folder: ClassFolder) -> None:
    """A missing file, a broken one and one without words are one sentence each, with the question; a good one none."""
    question = name_it(folder, "clock.png").ask
    (missing,) = picture_troubles(folder)
    assert question in str(missing) and "is missing. Put it into" in str(missing)
    assert any(question in str(f.values) and not f.well for f in examine(folder.path))
    put(folder, "clock.png", b"nothing of the kind")
    (broken,) = picture_troubles(folder)
    assert question in str(broken) and "Take another one" in str(broken)
    put(folder, "clock.png", photo())
    assert list(picture_troubles(folder)) == []
    name_it(folder, "clock.png", alt="")
    (silent,) = picture_troubles(folder)
    assert isinstance(silent, InputRefused) and "no words for who cannot see it" in str(silent)


def test_a_backup_holds_the_help_pictures(folder: ClassFolder, tmp_path: Path) -> None:
    """They are the teacher's own and cannot be made again; strangers in the folder stay behind."""
    put(folder, "clock.png", photo())
    put(folder, "notes of mine.txt", b"private")
    made = back_up(folder, tmp_path / "b.zip", made_at=AT)
    again = restore(made.path, tmp_path / "again")
    assert [path.name for path in (again.path / PICTURES).iterdir()] == ["clock.png"]
    assert (again.path / PICTURES / "clock.png").read_bytes() == photo()
