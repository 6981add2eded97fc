"""Writing on its way in: letters stay letters, what is no text is refused, nothing is cut."""

from __future__ import annotations

import contextlib
import json
import random
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media.writing import LANGUAGES, MOST_CHARACTERS, read_writing
from tests import bombs, sounds
from tests.camera_notes import SECRET
from tests.specimens import camera_png, corners, plain_jpeg

STORY = "Der Fuchs läuft über die Straße – „schnell“!\nС тех пор 我们 𝄞 👩‍🚀\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_marked_encoding_is_read(encoding: str) -> None:
    """UTF-8 with or without a mark, UTF-16 and UTF-32 with theirs, give the same letters."""
    assert read_writing(STORY.encode(encoding)).text == STORY


@pytest.mark.parametrize("mark", ["utf-16-be", "utf-32-be"])
def test_the_other_byte_order_is_read(mark: str) -> None:
    """A mark in big-endian order is followed."""
    assert read_writing(("\ufeff" + STORY).encode(mark)).text == STORY


@pytest.mark.parametrize(
    "text", ["Schöne Grüße – „bald“", "¿Qué pasó? Él comió piñas.", "Það er gott veður í dag, ég fer út."]
)
def test_old_windows_texts_are_read(text: str) -> None:
    """A text from an old Windows editor keeps its accents."""
    assert read_writing(text.encode("cp1252")).text == text


def test_line_ends_and_letters_come_in_one_form() -> None:
    """Line ends become one kind, composed letters one character, control characters go."""
    assert read_writing(b"a\r\nb\rc\x0cd" + b"." * 200 + b"\x1b" + "e\u0301".encode()).text == (
        "a\nb\nc\nd" + "." * 200 + "é"
    )


REFUSED = {
    "nothing": (b"", "nothing in this file"),
    "blanks": (b" \n\t \r\n", "nothing in this file"),
    "a mark alone": (b"\xef\xbb\xbf", "nothing in this file"),
    "a photo": (plain_jpeg(corners()), "no writing"),
    "a screenshot": (camera_png(), "no writing"),
    "a recording": (sounds.plain_mp3(), "no writing"),
    "a nought": (b"one\0two", "no writing"),
    "a nought in UTF-16": ("\ufeffone\0two".encode("utf-16-le"), "no writing"),
    "half a letter in UTF-16": ("\ufeffone".encode("utf-16-le") + b"x", "no writing"),
    "Cyrillic of old": ("Привет, как дела".encode("koi8-r"), "no writing"),
    "a packed folder": (b"PK\3\4" + b"text" * 20, "no writing"),
    "bells": (b"\x07\x08\x1b" * 20, "no writing"),
    "a character too many": (b"x" * (MOST_CHARACTERS + 1), "20001 characters, and 20000"),
    "very much too many": (b"x" * 5_000_000, "5000000 characters, and 20000"),
    "much noise": (random.Random(3).randbytes(300_000), "no writing"),
}


@pytest.mark.parametrize(("raw", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_each_wrong_file_gets_the_sentence_that_helps(raw: bytes, words: str) -> None:
    """Each cause has its own sentence; a long text is refused, never cut."""
    with pytest.raises(MediaRefused) as refused:
        read_writing(raw)
    assert words in str(refused.value)


def test_the_longest_text_is_kept_whole() -> None:
    """Twenty thousand characters of four bytes each are kept."""
    text = "𝄞" * MOST_CHARACTERS
    assert read_writing(text.encode()).text == text


@pytest.mark.parametrize(
    ("name", "sort", "language"),
    [
        ("snake.py", "code", "python"),
        ("SNAKE.PY", "code", "python"),
        ("a.b/page.html", "code", "html"),
        ("blink.ino", "code", "cpp"),
        ("poem.txt", "text", ""),
        ("poem", "text", ""),
        ("py", "text", ""),
        ("project.sb3", "text", ""),
        ("../../etc/passwd", "text", ""),
    ],
)
def test_the_ending_of_the_name_labels_the_language_and_nothing_else(
    name: str, sort: str, language: str
) -> None:
    """A small table of endings decides what the code is called; the text is the same either way."""
    found = read_writing(b"<script>alert(1)</script>", name)
    assert (found.text, found.sort, found.code_language) == ("<script>alert(1)</script>", sort, language)


def notebook(*cells: dict[str, object], language: str = "python") -> bytes:
    """Return a notebook of these cells."""
    about = {"language_info": {"name": language}}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": about, "cells": [*cells]}).encode()


TOLD = notebook(
    {
        "cell_type": "markdown",
        "metadata": {"author": SECRET.decode()},
        "source": ["# My rocket\n", "It flies."],
    },
    {
        "cell_type": "code",
        "metadata": {},
        "source": "height = 3\nprint(height)",
        "outputs": [{"output_type": "stream", "text": SECRET.decode()}],
        "execution_count": 1,
    },
    {"cell_type": "raw", "metadata": {}, "source": SECRET.decode()},
)


@pytest.mark.parametrize("name", ["rocket.ipynb", "", "rocket.txt"])
def test_a_notebook_gives_its_text_and_code_and_no_outputs(name: str) -> None:
    """Text cells become remarks between the code; what was printed, raw cells and metadata stay behind."""
    found = read_writing(TOLD, name)
    assert found.text == "# # My rocket\n# It flies.\n\nheight = 3\nprint(height)"
    assert (found.sort, found.code_language) == ("code", "python")


def test_a_notebook_of_text_alone_is_text() -> None:
    """Without code the text cells come as they are."""
    found = read_writing(notebook({"cell_type": "markdown", "source": "# A story"}))
    assert (found.text, found.sort, found.code_language) == ("# A story", "text", "")


def test_a_notebook_in_another_language_is_labeled_so_if_we_know_it() -> None:
    """Remarks are written in the language of the code; an unknown one has no label."""
    cells: tuple[dict[str, object], ...] = (
        {"cell_type": "markdown", "source": "Add"},
        {"cell_type": "code", "source": "1 + 1"},
    )
    script = read_writing(notebook(*cells, language="JavaScript"))
    assert (script.text, script.code_language) == ("// Add\n\n1 + 1", "javascript")
    assert read_writing(notebook(*cells, language="brainfudge")).code_language == ""


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b'{"nbformat": 4, "cells": 3}',
        b'{"nbformat": 4, "cells": [{}]}',
        b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": 7}]}',
        b'{"nbformat": 4, "cells": [], "metadata": []}',
        b'{"nbformat": 4, "cells": ' + b"[" * 200_000,
        b"\xff\xfe\x00",
    ],
)
def test_a_broken_notebook_is_refused(raw: bytes) -> None:
    """Whatever is wrong inside, the sentence says that the notebook is damaged."""
    with pytest.raises(MediaRefused, match="notebook is damaged"):
        read_writing(raw, "rocket.ipynb")


def test_a_notebook_without_words_is_empty() -> None:
    """A notebook of empty cells holds nothing."""
    with pytest.raises(MediaRefused, match="nothing in this file"):
        read_writing(notebook({"cell_type": "code", "source": " "}))


@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
@example("\ufeff\ufeff", "utf-8")
def test_any_text_is_kept_or_refused_with_a_sentence(text: str, encoding: str) -> None:
    """What is kept is clean: composed, without control characters, not empty; keeping it twice is the same."""
    with contextlib.suppress(MediaRefused):
        found = read_writing(text.encode(encoding, "surrogatepass"))
        assert found.text.strip()
        assert unicodedata.is_normalized("NFC", found.text)
        assert not any(unicodedata.category(each) == "Cc" and each not in "\n\t" for each in found.text)
        assert read_writing(("\ufeff" + found.text).encode()).text == found.text


@given(st.binary(max_size=400), st.sampled_from(["", "a.py", "a.ipynb"]))
def test_any_bytes_are_kept_or_refused_with_a_sentence(raw: bytes, name: str) -> None:
    """Nothing but a refusal comes of bytes that are no text."""
    with contextlib.suppress(MediaRefused):
        assert len(read_writing(raw, name).text) <= MOST_CHARACTERS


def test_the_table_of_languages_holds_endings_in_lower_case() -> None:
    """Every ending has its dot and is found whatever case the name has."""
    assert all(ending.startswith(".") and ending == ending.lower() for ending in LANGUAGES)
    assert read_writing(bombs.script()).sort == "text"
