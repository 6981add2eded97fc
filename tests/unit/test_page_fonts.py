"""The fonts pages carry: whole words in our families' languages, honest sizes, licences."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from portfolio import files

PAGES = files.page_templates()

LETTERS = {
    "Polish": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻ", "Turkish": "çğıİöşüÇĞÖŞÜ", "Portuguese": "ãõâêôáéíóúàçÃÕÇ", "Haitian": "èòéÈÒÉ",
    "Vietnamese": "ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ", "Romanian": "șțăâîȘȚ", "Czech": "ěščřžůťďň",
    "Hungarian": "őűŐŰ", "German": "äöüßẞ", "Spanish": "ñ¿¡áéíóúü", "signs": "“”‘’«»–—…€×−",
}  # fmt: skip
ARABIC = {
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأؤإئةىًٌٍَُِّْ،؛؟٠١٢٣٤٥٦٧٨٩",
    "Persian": "پچژگکی۰۱۲۳۴۵۶۷۸۹",
    "Urdu": "ٹڈڑںھہےۓ",
}


def _fonts() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads((PAGES / "fonts" / "fonts.json").read_text(encoding="utf-8"))
    return listed


def _points(ranges: str) -> set[int]:
    pairs = (part.removeprefix("U+").split("-") for part in ranges.split(","))
    return {
        point for first, *last in pairs for point in range(int(first, 16), int((last or [first])[0], 16) + 1)
    }


def _covered(family: str) -> dict[tuple[str, str], set[int]]:
    faces: dict[tuple[str, str], set[int]] = {}
    for font in _fonts():
        if font["family"] == family:
            faces.setdefault((font["style"], font["weight"]), set()).update(_points(font["range"]))
    return faces


@pytest.mark.parametrize(
    ("family", "letters"), [("Literata", LETTERS), ("Andika", LETTERS), ("Noto Naskh Arabic", ARABIC)]
)
def test_no_letter_of_our_families_falls_back_in_the_middle_of_a_word(
    family: str, letters: dict[str, str]
) -> None:
    """Every style of a family has every letter of the languages it is for."""
    for face, points in _covered(family).items():
        missing = {name: [s for s in signs if ord(s) not in points] for name, signs in letters.items()}
        assert {name: gone for name, gone in missing.items() if gone} == {}, face


def test_font_files_are_as_large_as_said_and_small_enough() -> None:
    """The list tells the truth about sizes; the letters of a page weigh at most 80 kB, Arabic 60 kB."""
    folder = PAGES / "fonts"
    for font in _fonts():
        data = (folder / font["file"]).read_bytes()
        assert data[:4] == b"wOF2"
        assert len(data) == font["bytes"]
    weight = {
        script: sum(f["bytes"] for f in _fonts() if f["script"] == script)
        for script in ("latin", "ext", "viet", "arabic")
    }
    assert weight["latin"] <= 80_000
    assert weight["ext"] <= 45_000
    assert weight["viet"] <= 22_000
    assert weight["arabic"] <= 60_000
    assert {path.name for path in folder.glob("*.woff2")} == {font["file"] for font in _fonts()}


def test_served_styles_name_the_same_files_and_letters_as_the_list() -> None:
    """fonts.css and fonts.json are two views of one list, with addresses beside the style sheet."""
    text = (PAGES / "fonts" / "fonts.css").read_text(encoding="utf-8")
    faces = re.findall(r"url\(([^)]+)\).*?unicode-range:([^}]+)\}", text)
    assert faces == [(font["file"], font["range"]) for font in _fonts()]


def test_each_font_travels_with_its_licence() -> None:
    """Three families, three licence texts."""
    licences = sorted((PAGES / "fonts").glob("OFL-*.txt"))
    assert [path.stem for path in licences] == ["OFL-andika", "OFL-literata", "OFL-noto-naskh-arabic"]
    assert all("SIL OPEN FONT LICENSE Version 1.1" in path.read_text(encoding="utf-8") for path in licences)
