"""How the small modules become one script, and how much of it there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from portfolio.carry import phrases as room_phrases
from portfolio.carry import source
from portfolio.errors import SetupTrouble
from portfolio.widgets import phrases

USED = re.compile(r"\bsay\.(\w+)|\bwords\.(\w+)|ctx\.words\.(\w+)|shared\.words\.(\w+)")


def write(folder: Path, **modules: str) -> Path:
    """Write modules into a folder."""
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, "utf-8")
    return folder


def test_modules_are_joined_in_one_scope(tmp_path: Path) -> None:
    """Imports and exports go, code stays, the last module's exports are the script's."""
    folder = write(
        tmp_path,
        one='// a word about it\nexport function a() {\n  return "// no comment";\n}\nconst b = 1;\n',
        two='import { a } from "./one.js";\n\n/** Why. */\nexport const c = a();\n',
    )
    assert source.join(("one", "two"), folder) == (
        'function a() {\nreturn "// no comment";\n}\nconst b = 1;\nconst c = a();\nexport { c };\n'
    )


@pytest.mark.parametrize(
    ("modules", "said"),
    [
        ({"one": "const a = 1;\n", "two": "let a = 2;\n"}, "two.js uses a name again: a"),
        ({"one": "const a = 1;\n", "two": 'import { a } from "./one.js";\n'}, "imports a"),
        ({"one": 'import { b } from "./two.js";\n', "two": "export const b = 1;\n"}, "imports b"),
        ({"one": 'import * as x from "./two.js";\n', "two": ""}, "imports import"),
        ({"one": "export default {};\n", "two": ""}, "does not know"),
    ],
)
def test_what_cannot_be_joined_is_said(tmp_path: Path, modules: dict[str, str], said: str) -> None:
    """A name used twice, a missing or late export, an unknown form: an error that names file and reason."""
    with pytest.raises(SetupTrouble, match=re.escape(said)):
        source.join(tuple(modules), write(tmp_path, **modules))


def test_every_module_is_joined_and_the_script_is_small() -> None:
    """No file in static/ is forgotten, the page's script stays under 110 kB, its tools and the loader small too."""
    files = {path.stem for path in source.STATIC.glob("*.js")}
    assert files == {
        *source.MODULES,
        *source.TOOLS,
        *source.ROOMS,
        *source.TALK,
        *(getattr(source, "GUEST", ())),
        "loader",
    }
    assert len(source.rooms().encode()) < 60_000
    assert (
        len(source.script().encode()) < 110_000
    )  # notes of a teacher, words whose question is gone, the next teacher: 5 kB
    assert len(source.tools().encode()) < 40_000
    assert len(source.loader().encode()) < 1_000


def test_every_word_has_a_phrase_and_every_phrase_a_use() -> None:
    """The scripts ask for no word that is missing; no phrase is translated for nothing."""
    text = _text_of({*source.MODULES, *source.TOOLS})
    book = Path(__file__).parents[2] / "templates/nbconvert/templates/portfolio/static/book.js"
    used = _words_in(text + book.read_text("utf-8"))
    assert used - set(phrases.PHRASES) == set()
    assert set(phrases.PHRASES) - used == {"general"}  # worded in Python


def test_every_word_of_the_teachers_desk_has_a_phrase() -> None:
    """The same for the teacher's desk, which says some of the children's phrases in its own words."""
    own = {name for name in source.ROOMS if name not in source.MODULES} | {"status"}
    assert _words_in(_text_of(own)) - set(room_phrases.PHRASES) == set()
    used = _words_in(_text_of(set(source.ROOMS)))
    assert set(room_phrases.PHRASES) - used == {"not_here"}  # worded in Python


def test_every_word_of_a_deck_has_a_phrase() -> None:
    """The same for a meeting's deck: the phrases around rooms, and its own."""
    own = {name for name in source.TALK if name not in source.MODULES} | {"status"}
    known = {**room_phrases.PHRASES, **room_phrases.TALK}
    assert _words_in(_text_of(own)) - set(known) == set()
    assert set(room_phrases.TALK) - _words_in(_text_of(own)) == set()


def _text_of(names: set[str]) -> str:
    return "".join((source.STATIC / f"{name}.js").read_text("utf-8") for name in sorted(names))


def _words_in(text: str) -> set[str]:
    return {name for found in USED.findall(text) for name in found if name}


def test_phrases_fill_the_same_names_in_any_language() -> None:
    """Phrases are translated one by one, and braces hold names only."""
    assert phrases.words(str.upper)["saved"] == "SAVED"
    for text in phrases.PHRASES.values():
        assert set(re.findall(r"\{(.*?)\}", text)) <= {
            "n",
            "of",
            "name",
            "time",
            "round",
            "word",
            "size",
            "most",
        }


def test_no_script_writes_html_from_words() -> None:
    """HTML goes in as HTML in one place only: a screen of rooms, made by our own templates."""
    text = {path.name: path.read_text("utf-8") for path in source.STATIC.glob("*.js")}
    doors = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|srcdoc")
    assert [name for name, code in text.items() if doors.search(code)] == ["room_screen.js"]
