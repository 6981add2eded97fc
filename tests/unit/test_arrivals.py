"""What somebody has put in is told by its content, and what we do not take has a sentence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import MediaRefused
from portfolio.media.arrivals import refusal_of, what_is
from portfolio.media.sniff import form_of
from tests import bombs, papers, sounds
from tests.specimens import camera_jpeg, camera_png, camera_webp


def movie(form: str, codec: str) -> bytes:
    """Return a few pictures as a video."""
    import av

    buffer = BytesIO()
    with av.open(buffer, "w", format=form) as container:
        stream: Any = container.add_stream(codec, rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for _ in range(3):
            container.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        container.mux(stream.encode(None))
    return buffer.getvalue()


KNOWN = {
    "JPEG": (camera_jpeg(), "picture"),
    "PNG": (camera_png(), "picture"),
    "WebP": (camera_webp(), "picture"),
    "GIF": (sounds.told_gif(), "picture"),
    "HEIC": (bombs.box_file(b"heic", b"mif1"), "picture"),
    "MP3 with a tag": (sounds.told_mp3(), "sound"),
    "MP3": (sounds.plain_mp3(), "sound"),
    "WAV": (sounds.told_wav(), "sound"),
    "Ogg": (sounds.told_ogg(), "sound"),
    "M4A": (sounds.encoded("aac", "ipod"), "sound"),
    "sound alone in MP4": (sounds.encoded("aac", "mp4"), "sound"),
    "sound alone in WebM": (sounds.encoded("libopus", "webm", rate=48_000), "sound"),
    "MP4": (movie("mp4", "mpeg4"), "video"),
    "QuickTime": (movie("mov", "mpeg4"), "video"),
    "WebM": (movie("webm", "libvpx"), "video"),
    "PDF": (papers.pdf(), "document"),
    "PDF behind a few bytes": (b"\n\n" + papers.pdf(), "document"),
    "a poem": ("Füchse\n".encode(), "writing"),
    "an old poem": ("Füchse laufen\n".encode("cp1252"), "writing"),
    "a poem in UTF-16": ("Füchse\n".encode("utf-16"), "writing"),
    "a long poem": (("x" + "ü" * 1_100_000).encode(), "writing"),
    "a text that begins like a picture": (b"BMX bikes are fast.", "writing"),
    "a text that begins like a program": (b"MZ means something.", "writing"),
    "a script": (bombs.script(), "writing"),
    "a web page": (b"<!DOCTYPE html><html><p>Hello</p></html>", "writing"),
    "a notebook": (b'{"nbformat": 4, "cells": []}', "writing"),
}


@pytest.mark.parametrize(("raw", "sort"), KNOWN.values(), ids=KNOWN.keys())
def test_a_file_is_told_by_its_content(raw: bytes, sort: str) -> None:
    """The first bytes, and for video the tracks, say what something is."""
    assert what_is(raw) == sort


def packed(*names: str) -> bytes:
    """Return a ZIP file of files with these names."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"content")
    return buffer.getvalue()


UNKNOWN = {
    "nothing": (b"", "nothing in this file"),
    "Word": (packed("[Content_Types].xml", "word/document.xml"), "of the kind Word"),
    "PowerPoint": (packed("[Content_Types].xml", "ppt/presentation.xml"), "of the kind PowerPoint"),
    "Excel": (packed("[Content_Types].xml", "xl/workbook.xml"), "of the kind Excel"),
    "LibreOffice": (
        b"PK\3\4" + bytes(26) + b"mimetypeapplication/vnd.oasis.opendocument.text",
        "of the kind Writer",
    ),
    "old Word": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
        "of the kind Word",
    ),
    "old something": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(60), "of the kind Office"),
    "RTF": (b"{\\rtf1 hello}", "of the kind RTF"),
    "a folder": (packed("a.txt"), "a packed folder"),
    "RAR": (b"Rar!\x1a\x07\x00", "a packed folder"),
    "a Windows program": (b"MZ\x90\0" + bytes(100), "never open programs"),
    "a Linux program": (b"\x7fELF" + bytes(100), "never open programs"),
    "Photoshop": (b"8BPS\0\1" + bytes(40), "form called PSD"),
    "SVG": (bombs.drawing_with_script(), "form called SVG"),
    "AVIF": (bombs.box_file(b"avif", b"mif1"), "form called AVIF"),
    "BMP": (b"BM\x36\0\0\0\0\0\0\0\x36\0\0\0", "form called BMP"),
    "FLAC": (b"fLaC" + bytes(9), "form called FLAC"),
    "AVI": (b"RIFF\x20\0\0\0AVI " + bytes(40), "This video is in a form called AVI"),
    "noise": (bytes(range(256)), "do not know this kind"),
}


@pytest.mark.parametrize(("raw", "words"), UNKNOWN.values(), ids=UNKNOWN.keys())
def test_what_we_do_not_take_has_a_sentence_that_helps(raw: bytes, words: str) -> None:
    """Office files, packed folders, programs and rare pictures each say what to do."""
    assert what_is(raw) == "unknown"
    assert words in str(refusal_of(raw))


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"\0\0\0\x20ftypisom", b"\x1aE\xdf\xa3", b"PK\3\4", b"hdlr", b"RIFF"]),
)
def test_any_bytes_are_something(raw: bytes, start: bytes) -> None:
    """Whatever comes in has one of six names, and a sentence if it is unknown."""
    assert what_is(start + raw) in {"picture", "sound", "video", "document", "writing", "unknown"}
    assert isinstance(refusal_of(start + raw), MediaRefused)
    assert isinstance(form_of(raw), str)
