"""The PDF of a home: what is handed to the browser, what is settled in its answer, and what is said where there is none."""

from __future__ import annotations

import base64
import os
import re
import stat
import time
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path

import psutil
import pypdfium2
import pytest
from PIL import Image

from portfolio.errors import InputRefused, SetupTrouble
from portfolio.moments import home_pdf as made_by
from portfolio.moments import pdf_browser, pdf_pipe
from portfolio.moments.home_pdf import close_browser, for_paper, home_pdf, page_count, settled
from portfolio.moments.pdf_lock import home_password, known_password, locked
from tests.pdfs import blank_pdf

PAGE = (
    '<!doctype html><html lang=en><head><meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
    "img-src data:; style-src 'sha256-abc='\"><title>x</title><style>p{{}}</style></head><body>{}</body></html>"
)


def picture(side: int = 2000) -> str:
    """Return a picture as it stands in a page."""
    kept = BytesIO()
    Image.radial_gradient("L").resize((side, side // 2)).convert("RGB").save(kept, "WEBP", quality=60)
    return f"data:image/webp;base64,{base64.b64encode(kept.getvalue()).decode()}"


def program(folder: Path, text: str, name: str = "chromium") -> str:
    """Return a program that does what a shell script says."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def _in_group(process: psutil.Process, group: int) -> bool:
    """Return whether a process is of this group and still runs."""
    try:
        return os.getpgid(process.pid) == group and process.info["status"] != psutil.STATUS_ZOMBIE
    except OSError:
        return False


def test_the_browser_gets_jpeg_pictures_the_sheet_and_no_recordings() -> None:
    """Pictures go into a PDF as they are only as JPEG; sound and film cannot go onto paper."""
    text = for_paper(
        PAGE.format(f'<img src="{picture()}"><audio src="data:audio/mpeg;base64,AAAA"></audio>'), "letter"
    )
    found = re.search(r"data:image/jpeg;base64,([A-Za-z0-9+/=]+)", text)
    assert found and "image/webp" not in text and "audio/mpeg" not in text
    with Image.open(BytesIO(base64.b64decode(found[1]))) as drawn:
        assert drawn.format == "JPEG" and max(drawn.size) <= 1280 and not drawn.getexif()
    assert "<style>@page{size:letter}</style></head>" in text


def test_the_sheet_is_in_the_policy_by_its_hash_and_nothing_else_is_let_in() -> None:
    """The size of the sheet is allowed by its hash; the page's own rules stay as they are."""
    import hashlib

    text = for_paper(PAGE.format(""), "a4")
    digest = base64.b64encode(hashlib.sha256(b"@page{size:A4}").digest()).decode()
    assert f"style-src 'sha256-{digest}' 'sha256-abc='" in text
    assert "default-src 'none'" in text and "unsafe" not in text


def test_words_that_look_like_marks_stay_words() -> None:
    """What somebody wrote is not taken for the head of the page or for a picture."""
    words = "&lt;/head&gt; data:image/webp;base64 style-src 'sha256-"
    assert words in for_paper(PAGE.format(words), "a4")


@pytest.mark.parametrize("day", [None, date(2026, 11, 20)])
def test_days_and_the_maker_are_settled_and_nothing_moves(day: date | None) -> None:
    """The day is the one that was asked for or none, the browser's name is gone, and every byte stays where it was."""
    data = (
        rb"1 0 obj <</Creator (Mozilla/5.0 \(X11; Linux x86_64\) HeadlessChrome/156)"
        rb" /CreationDate (D:20261122213000+02'00') /ModDate (D:20261122213000+02'00')>>"
    )
    made = settled(data, day)
    assert len(made) == len(data) and made.endswith(b">>") and b"Mozilla" not in made and b"2130" not in made
    assert made.count(b"D:20261120000000+00'00'") == (2 if day else 0)
    assert b"/Creator (Portfolio)" in made


def test_pages_are_counted_also_where_a_password_is_needed() -> None:
    """The number of sides is known; what is no PDF is a sentence, not a crash."""
    assert page_count(blank_pdf(3)) == 3
    assert page_count(locked(blank_pdf(3), "twelve digits"), "twelve digits") == 3
    for data in (b"", b"%PDF-1.4 nothing", locked(blank_pdf(1), "twelve digits")):
        with pytest.raises(SetupTrouble):
            page_count(data)


def test_a_locked_file_opens_with_its_password_only_and_stays_as_it_is() -> None:
    """A real reader refuses the file without the password and with a wrong one; AES-256 is what locks it."""
    import pikepdf

    made = locked(blank_pdf(2), "4821 0937 5510")
    for wrong in (None, "", "4821 0937 5511"):
        with pytest.raises(pypdfium2.PdfiumError):
            pypdfium2.PdfDocument(BytesIO(made), password=wrong)
    with pikepdf.open(BytesIO(made), password="4821 0937 5510") as opened:
        assert (opened.encryption.R, opened.encryption.bits) == (6, 256)
        assert opened.allow.accessibility and opened.allow.print_highres and len(opened.pages) == 2
    assert b"4821" not in made


def test_each_home_has_a_password_of_its_own_that_stays() -> None:
    """Another home, child or class has another one; the same home has the same one, in digits every phone can type."""
    secret = b"s" * 32
    asked = [("amal", "home"), ("amal", "dad"), ("amal-home", ""), ("mateo", "home")]
    found = {home_password(key, *home) for home in asked for key in (secret, b"t" * 32)}
    assert len(found) == 8 and all(re.fullmatch(r"\d{4} \d{4} \d{4}", one) for one in found)
    assert home_password(secret, "amal", "home") == home_password(secret, "amal", "home")


@pytest.mark.parametrize("text", ["", "short", "x" * 65, "line\nbreak", "bell\a bell"])
def test_a_password_nobody_could_type_is_refused(text: str) -> None:
    """Too short, too long, or with signs no key has: a sentence says what is wanted."""
    with pytest.raises(InputRefused):
        known_password(text)
    assert known_password("\ufeff correct horse \n") == "correct horse"


def test_the_variable_comes_before_path_and_a_wrong_one_is_told(tmp_path: Path) -> None:
    """Who says where the browser is gets that one, or a sentence; else the first name on PATH is taken."""
    (tmp_path / "bin").mkdir()
    chrome = program(tmp_path / "bin", "true", "google-chrome")
    mine = program(tmp_path, "true", "mine")
    path = {"PATH": str(tmp_path / "bin")}
    assert pdf_browser.find_browser(path) == chrome
    assert pdf_browser.find_browser({**path, "PORTFOLIO_CHROMIUM": mine}) == mine
    with pytest.raises(SetupTrouble, match="PORTFOLIO_CHROMIUM"):
        pdf_browser.find_browser({**path, "PORTFOLIO_CHROMIUM": str(tmp_path / "gone")})
    assert pdf_browser.find_browser({"PATH": str(tmp_path)}) is None


def test_without_a_browser_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """It names what to install and how to do it by hand."""
    monkeypatch.setattr(pdf_browser, "find_browser", lambda: None)
    with pytest.raises(SetupTrouble) as told:
        home_pdf(PAGE.format("x"))
    assert "Chrome" in str(told.value) and "Save as PDF" in str(told.value)


@pytest.mark.parametrize("does", ["exit 3", "sleep 60", "cat <&3 >&4", "printf 'no json\\0' >&4; sleep 60"])
def test_a_browser_that_dies_hangs_or_babbles_is_ended_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str
) -> None:
    """Whatever it does, the time is limited, no process and no folder stays behind, and the next one is a new one."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr(pdf_pipe, "_GONE", 0.3)
    browser = pdf_pipe.Browser(program(tmp_path, does))
    pid = browser._pid
    began = time.monotonic()
    with pytest.raises(SetupTrouble):
        browser.pdf("<p>x", time_limit=0.5)
    assert time.monotonic() - began < 30
    assert not [one for one in psutil.process_iter(["status"]) if _in_group(one, pid)]
    assert not list(tmp_path.glob("portfolio-pdf-*"))
    browser.close()


def test_after_trouble_the_next_page_gets_a_new_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    """One browser that went silent does not spoil the rest of the class; a good one is kept for all of it."""
    started: list[object] = []

    class Pretended:
        """A browser that fails with the first page."""

        def __init__(self, name: str) -> None:
            started.append(name)

        def pdf(self, _: str) -> bytes:
            """Return a page."""
            if len(started) == 1:
                raise pdf_browser.silent("x")
            return blank_pdf(1)

        def close(self) -> None:
            """End it."""

    monkeypatch.setattr(pdf_browser, "find_browser", lambda: "x")
    monkeypatch.setattr(pdf_pipe, "Browser", Pretended)
    close_browser()
    with pytest.raises(SetupTrouble):
        home_pdf(PAGE.format("a"))
    assert [home_pdf(PAGE.format("b")).pages for _ in range(3)] == [1, 1, 1]
    assert len(started) == 2
    close_browser()
    assert made_by._KEPT.browser is None


@pytest.mark.parametrize("root", [True, False])
def test_nothing_leaves_and_the_sandbox_is_off_for_root_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: bool
) -> None:
    """No name is resolved, everything goes to a proxy that is not there, and the profile is a folder of its own."""
    monkeypatch.setattr(os, "geteuid", lambda: 0 if root else 1000)
    flags = pdf_browser.flags(tmp_path)
    assert ("--no-sandbox" in flags) is root
    for flag in (
        "--host-resolver-rules=MAP * ~NOTFOUND",
        "--proxy-server=127.0.0.1:9",
        f"--user-data-dir={tmp_path}",
    ):
        assert flag in flags


def test_the_other_way_hands_over_a_file_and_throws_it_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, only_on: Callable[..., None]
) -> None:
    """Where there are no pipes the page goes through a folder that is gone afterwards, whatever happens."""
    only_on("Linux", "Darwin")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    copies = 'for a in "$@"; do case "$a" in --print-to-pdf=*) o="${a#*=}";; file:*) i="${a#file://}";; esac; done; cp "$i" "$o"'
    assert pdf_browser.printed_once(program(tmp_path, copies), "words") == b"words"
    for does in ("exit 1", "sleep 30"):
        with pytest.raises(SetupTrouble):
            pdf_browser.printed_once(program(tmp_path, does), "words", time_limit=0.5)
    assert not list(tmp_path.glob("portfolio-pdf-*"))
