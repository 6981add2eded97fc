# long: the markers and every place they are searched for are read together
"""What leaves in a home's file, word by word: a class in which everything written carries a marker of its own.

The markers are made from the records' fields (``test_family_fields`` decides which of them a family may see), so a new
field cannot be forgotten: here the finished files are searched for them, not the view they are made of.
"""

from __future__ import annotations

import hashlib
import html
import io
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from portfolio.model import (
    Book,
    Household,
    Passage,
    Reply,
    ReplyLine,
    Student,
    ToTeacher,
    Work,
)
from portfolio.moments.arrivals import Arrivals
from portfolio.moments.classes import new_class
from portfolio.moments.home import Kit, home_file, kit_of
from portfolio.moments.own_time import listen_html, send_packs
from portfolio.moments.send_home import send_home
from portfolio.rules import for_audience
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.fake import FakeStore
from portfolio.store.uploads import Uploads
from portfolio.testing import DOTS, SILENCE
from portfolio.views.charts import draw_over_time
from portfolio.words import speak
from portfolio.words.glossary.load import from_data
from tests.camera_notes import SECRET, gps_bytes, xmp_packet
from tests.half_filled import SECRET as NOBODY_READS
from tests.half_filled import filled
from tests.home_files import AT, BY, embedded, sample_homes
from tests.hostile import TEXTS
from tests.recordings import MARKER, mp4_with_gps, webm_with_gps
from tests.sounds import PLACE, told_gif, told_heic, told_mp3, told_ogg, told_wav
from tests.specimens import camera_jpeg, camera_png, camera_webp, corners, hidden_second_picture
from tests.unit.test_family_fields import FIXED, Filling, seen_by_decision, whole_book
from tests.unit.test_family_fields import Path as Way

NO_WORDS = from_data([])
CHILDREN = tuple(f"Kid{n:02}x" for n in range(6))

NOT_PRINTED = (
    "Document.pages/Picture.caption",  # a page of a document has a description, and the document the caption
    "Document.pages/Picture.looks",
    "Video.poster/Picture",  # the film says what one sees
    "Strength.pictures/Picture.caption",  # small beside its words; large with its work
    "Strength.pictures/Picture.looks",
    "Writing.language",  # said of programs
    "Translation.translator",  # "draft" or nothing
    "ProgressNote.on",  # drawn, in the chart's short way to write a day
    "SchoolClass.conference_on",  # on the invitation
    "Parked",  # shown at the table
    "Household.label",  # the file says "for" and the names of the adults
)
"""What a view holds and the file does not print: the end of a way, or a whole record."""


def printed(way: Way) -> bool:
    """Return whether a field with this way has its place in the file."""
    whole = "/".join(way) + "/"
    return not any(f"{one}/" in whole or f"/{one}." in f"/{whole}" for one in NOT_PRINTED)


class Whatever(FakeStore):
    """A store that has every picture and recording somebody asks for, and remembers which."""

    def __init__(self) -> None:
        """Begin with nothing asked for."""
        super().__init__()
        self.asked: set[str] = set()

    def picture(self, student_id: str, sha256: str) -> bytes:
        """Return a picture."""
        self.asked.add(sha256)
        return DOTS[0]

    def media(self, student_id: str, sha256: str, suffix: Any) -> bytes:
        """Return a recording."""
        self.asked.add(sha256)
        return SILENCE


def kit() -> Kit:
    """Return what files are made with, from a store that has everything."""
    return Kit(Whatever(), draw_over_time, NO_WORDS)


PAGES: dict[str, tuple[tuple[str, ...], Callable[[Book, Kit], str]]] = {
    "home": (("home",), lambda book, made: home_file(book, "mama", made).page),
    "own time": (
        ("home", "conference"),
        lambda book, made: listen_html(book, "mama", made.store, made.draw, by=BY, glossary=NO_WORDS),
    ),
}
"""The pages of a home: by whose eyes each field was decided, and how the page is made."""


def as_written(marker: str) -> tuple[str, ...]:
    """Return how a marker may stand in a page: as it is, or as a day in words."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", marker):
        return (marker, html.escape(speak("en").day(date.fromisoformat(marker)), quote=True))
    return (marker, html.escape(marker, quote=True))


def stands(marker: str, page: str, asked: set[str]) -> bool:
    """Return whether a marker is on a page; that of a picture or recording is its hash."""
    return marker in asked or any(written in page for written in as_written(marker))


@pytest.mark.parametrize("what", list(PAGES))
def test_no_field_that_was_not_decided_so_is_in_a_file(what: str) -> None:
    """Of a book full of markers no file of a home holds one that no family may see, nor one of another home."""
    audiences, make = PAGES[what]
    book, *fillings = whole_book()
    made = kit()
    page = make(book, made)
    assert isinstance(made.store, Whatever)
    leaked = [
        way
        for filling in fillings
        for marker, way in filling.markers.items()
        if not any(seen_by_decision(way, one) for one in audiences) and stands(marker, page, made.store.asked)
    ]
    assert leaked == []
    assert sum(not seen_by_decision(way, "home") for f in fillings for way in f.markers.values()) > 200


def test_every_field_that_was_decided_so_is_in_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a family may see it does see: each marker of the view is in the file, in the home's language where there is one.

    Every passage is written in another language and translated: a translation stands for its words.
    """
    monkeypatch.setitem(FIXED, "Passage.lang", "fr")
    book, *fillings = whole_book()
    made = kit()
    page = home_file(book, "mama", made).page
    assert isinstance(made.store, Whatever)
    asked, view = made.store.asked, for_audience(book, "home", "mama").model_dump_json()
    seen = {
        way: marker
        for filling in fillings
        for marker, way in filling.markers.items()
        if seen_by_decision(way, "home") and printed(way) and marker in view
    }
    there = {way for way, marker in seen.items() if stands(marker, page, asked)}
    told = {(*way[:-2], "Passage.text") for way in there if way[-1] == "Translation.text"}
    assert sorted("/".join(way) for way in seen if way not in there | told) == []
    assert len(there) > 300 and len(told) > 100
    assert {way[0].split(".")[0] for way in there} >= {
        "Student",
        "Strength",
        "Work",
        "Goal",
        "Reply",
        "Concern",
        "SchoolClass",
    }


# ---------------------------------------------------------------------------------------- a whole class


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> ClassFolder:
    """A class of children with two homes each, all that can be written in every book; who is whose stands in every text."""
    folder = new_class(
        tmp_path_factory.mktemp("markers") / "class", name="Our class", band="3-5", round_name="Fall 2026",
        students=[f"{name}; H{name}a; es" for name in CHILDREN], today=date(2026, 9, 1), randomness=lambda n: b"s" * n,
    )  # fmt: skip
    store = folder.store()
    for student in store.students():
        _fill(store, student)
    store.close()
    return folder


def _fill(store: Any, student: Student) -> None:
    name = student.name
    first = student.households[0]
    second = Household(household_id="other", label=f"H{name}b", adults=(f"Adult{name}b",), reads=("en",))
    store.keep_student(student.but(households=(first.but(adults=(f"Adult{name}a",)), second)))
    meta = store.rounds(student.student_id)[-1]
    told = filled(f"{name} wrote this.", name=f"{name} friend").portfolio
    mine: dict[str, list[Any]] = {
        "replies": [
            Reply(entry_id=f"re-{home}", household_id=home, lines=(ReplyLine(words=Passage(text=f"R{name}{mark} said")),))
            for home, mark in ((first.household_id, "a"), ("other", "b"))
        ],
        "to_teacher": [
            ToTeacher(entry_id="alone", household_id=first.household_id, who=NOBODY_READS, words=Passage(text=NOBODY_READS))
        ],
    }  # fmt: skip
    for picture in DOTS:
        store.keep_picture(student.student_id, _sha(picture), picture, picture)
    store.keep_media(student.student_id, _sha(SILENCE), "wav", SILENCE)
    skipped = {"meta", "home_words", "concerns"} | set(mine)
    for shelf in (name for name in type(told).model_fields if name not in skipped):
        for entry in getattr(told, shelf):
            store.keep(meta.portfolio_id, entry, expected=0, by="student", at=AT)
    for entries in mine.values():
        for entry in entries:
            store.keep(meta.portfolio_id, entry, expected=0, by="student", at=AT)


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def words_in(path: Path) -> str:
    """Return what a reader of a file could find in it: a page without its pictures, a PDF's text, any other file as it is."""
    if path.suffix == ".pdf":
        import pypdfium2

        return "\n".join(side.get_textpage().get_text_bounded() for side in pypdfium2.PdfDocument(path))
    if path.suffix == ".eml":
        import email
        import email.policy

        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = (part for part in message.walk() if part.get_content_maintype() == "text")
        return str(message.items()) + "\n".join(str(part.get_content()) for part in parts)
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "", path.read_text(encoding="utf-8"))


def sent_files(folder: ClassFolder, out: Path) -> dict[str, list[Path]]:
    """Return every file of every home, by the home's marker (``Kid03xa``): books and packs."""
    found: dict[str, list[Path]] = {}
    store = folder.store()
    ids = {
        (s.student_id, h.household_id): s.name + ("b" if h.household_id == "other" else "a")
        for s in store.students()
        for h in s.households
    }
    store.close()
    for sent in send_home(folder, out=out / "books"):
        assert sent.trouble is None and sent.path and sent.household
        found.setdefault(ids[sent.student.student_id, sent.household.household_id], []).append(sent.path)
    for pack in send_packs(folder, by=BY, out=out / "packs"):
        assert pack.trouble is None and pack.folder and pack.household
        home = ids[pack.student.student_id, pack.household.household_id]
        found[home] += [path for path in sorted(pack.folder.rglob("*")) if path.is_file()]
    return found


def test_a_home_gets_its_own_child_and_nobody_elses(school: ClassFolder, tmp_path: Path) -> None:
    """Every file of every home: its own child's words, its own letter, no other child's name, word, home or letter, no words meant for few."""
    homes = sent_files(school, tmp_path)
    assert len(homes) == 2 * len(CHILDREN)
    for home, paths in homes.items():
        own = home[:-1]
        book = paths[0]
        assert len(paths) >= 2
        for path in paths:
            text = words_in(path)
            found = set(re.findall(r"Kid\d\dx", text))
            assert found <= {own}, (path, found)
            assert NOBODY_READS not in text, path
            other = own + ("a" if home.endswith("b") else "b")
            assert f"R{other}" not in text and f"H{other}" not in text and f"Adult{other}" not in text, path
        assert f"{own} wrote this." in words_in(book) and f"R{home} said" in words_in(book)
        names = "/".join(str(path.relative_to(tmp_path)) for path in paths)
        assert not re.search("Kid", names, re.IGNORECASE) or home_names_are_ids(names)


def home_names_are_ids(names: str) -> bool:
    """Return whether files are called by ids, which this class makes of first names: never with more of a name."""
    return not re.search(r"Adult|friend|wrote", names)


# ------------------------------------------------------------------------------------------ hostile words


class Hostile(Filling):
    """Fills every text with words that would do harm, each followed by its marker."""

    def _marked(self, path: Way, marker: str) -> str:
        """Return a hostile text with the marker where the field may hold any words."""
        made = super()._marked(path, marker)
        if not marker.startswith("["):
            return made
        worst = [text for text in TEXTS.values() if len(text) < 150]
        return " ".join((worst[len(self.markers) % len(worst)] + made).split())[:1990]


@pytest.mark.more
def test_hostile_words_make_no_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    """With a hostile text in every field of every record, a file has the tags and attributes of an ordinary one, no more."""
    from html.parser import HTMLParser

    def tags(page: str) -> set[tuple[str, str]]:
        found: set[tuple[str, str]] = set()

        class Reader(HTMLParser):
            def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
                found.update((tag, name) for name, _ in [("", ""), *attrs])

        Reader(convert_charrefs=True).feed(page)
        return found

    plain = tags(home_file(whole_book()[0], "mama", kit()).page)
    monkeypatch.setattr("tests.unit.test_family_fields.Filling", Hostile)
    book, *_ = whole_book()
    page = home_file(book, "mama", kit()).page
    assert "javascript:alert(1)" in page and "&lt;script&gt;alert(1)" in page
    assert tags(page) <= plain | {("br", ""), ("p", ""), ("span", "")}


# ---------------------------------------------------------------------------------- what pictures tell


LEFT_BEHIND = (b"Exif\0", b"EXIF", b"XMP ", b"http://ns.adobe.com", b"<x:xmp", b"GPS", b"udta", b"\xa9xyz", b"ID3", b"APETAG", b"tEXt", b"iTXt", b"LYRICS", b"com.apple.quicktime")  # fmt: skip
"""How notes begin that cameras, phones and programs put into files. ICC profiles (colours) may stay."""


def told_by(kind: str, data: bytes) -> list[str]:
    """Return which notes an embedded picture or recording carries. Raises if a picture cannot be read."""
    notes = [note.decode("latin-1") for note in LEFT_BEHIND if _chunk(kind, note) in data]
    if kind.startswith("image/") and kind != "image/svg+xml":
        with Image.open(io.BytesIO(data)) as picture:
            picture.load()
            notes += [str(tag) for tag in picture.getexif()]
            notes += [
                name for name in picture.info if name in ("exif", "xmp", "comment", "XML:com.adobe.xmp")
            ]
    return notes


def _chunk(kind: str, note: bytes) -> bytes:
    """Return a note as it begins in a file of this kind: three or four letters alone also turn up by chance."""
    if len(note) > 4:
        return note
    if kind == "image/webp":
        return note + b"\0" if note in (b"EXIF", b"XMP ") else b"\0never in pictures\0" + note
    return note + (b"\3" if note == b"ID3" else b"")


@pytest.mark.more
def test_what_is_embedded_in_the_samples_tells_nothing_else(tmp_path: Path) -> None:
    """Every picture and recording inside the files of all sample classes is free of places, times, programs and names."""
    kinds = set()
    for made in sample_homes(tmp_path, every=True):
        for kind, data in embedded(made.text):
            if not kind.startswith(("font/", "application/font")):
                assert told_by(kind, data) == [], (made.name, kind)
                kinds.add(kind.split("/")[0])
    assert kinds >= {"image", "audio", "video"}


def encoded_with_a_place(form: str) -> bytes:
    """Return a picture as Pillow's encoders write it, a place on the map in its EXIF, a note in its XMP."""
    exif = Image.Exif()
    exif[0x010E], exif[0x9286] = SECRET.decode(), SECRET.decode()
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (46.0, 57.0, 9.5), 3: "E", 4: (7.0, 26.0, 40.1), 29: SECRET.decode()}
    )
    out, told = (
        io.BytesIO(),
        {"JPEG": {"comment": SECRET, "xmp": xmp_packet()}, "WEBP": {"xmp": xmp_packet()}},
    )
    corners().save(out, form, exif=exif.tobytes(), **told.get(form, {}))
    return out.getvalue()


PHOTOS: dict[str, Callable[[], bytes]] = {
    "JPEG of a phone": camera_jpeg,
    "JPEG, other byte order, turned": lambda: camera_jpeg(orientation=6, order="<"),
    "JPEG of a program": lambda: encoded_with_a_place("JPEG"),
    "JPEG with another behind it": hidden_second_picture,
    "PNG of a phone": camera_png,
    "PNG of a program": lambda: encoded_with_a_place("PNG"),
    "WebP": camera_webp,
    "WebP without loss": lambda: camera_webp(lossless=True),
    "WebP of a program": lambda: encoded_with_a_place("WEBP"),
    "GIF": told_gif,
    "HEIC": told_heic,
}
MEDIA: dict[str, Callable[[], bytes]] = {
    "MP3": told_mp3,
    "WAV": told_wav,
    "Ogg Opus": told_ogg,
    "Ogg Vorbis": lambda: told_ogg("vorbis"),
    "MP4 H.264": mp4_with_gps,
    "MOV H.264": lambda: mp4_with_gps("mov"),
    "WebM VP8, live": webm_with_gps,
    "WebM VP9": lambda: webm_with_gps("libvpx-vp9"),
    "WebM Opus alone": lambda: webm_with_gps(None),
}
"""Pictures and recordings as several programs write them, each with a place in every corner it knows."""
PLACES = (SECRET, MARKER, PLACE, gps_bytes(), gps_bytes("<"))


def test_a_photo_and_a_recording_with_a_place_go_home_without_it(tmp_path: Path) -> None:
    """Uploads with EXIF, GPS, XMP, tags and boxes of many encoders: in the bytes of the file that goes home none is left."""
    folder = new_class(
        tmp_path / "class", name="C", band="3-5", round_name="Fall 2026", students=["Ana; Home; en"],
        today=date(2026, 9, 1), randomness=lambda n: b"s" * n,
    )  # fmt: skip
    store = folder.store()
    come = Arrivals(store, Uploads(tmp_path / "up"), "ana", "en", lambda: datetime(2026, 10, 1, tzinfo=UTC))
    meta = store.rounds("ana")[-1]
    for control, makers in (("photos", PHOTOS), ("media", MEDIA)):
        for n, (name, make) in enumerate(makers.items()):
            data = make()
            assert any(place in data for place in PLACES), name
            upload = control[0].encode().hex() + f"{n}".zfill(62)
            come.part(upload, 0, data, len(data))
            taken = come.take(control, upload, len(data), "n")  # type: ignore[arg-type]  # two known words
            shelf = {"pictures" if control == "photos" else "media": [taken]}
            work = Work.model_validate({"entry_id": f"{control}-{n}", "title": name, **shelf})
            store.keep(meta.portfolio_id, work, expected=0, by="student", at=AT)
    book = book_of(store, folder.template(), folder.outline(), "ana")
    page = home_file(book, book.student.households[0].household_id, kit_of(folder, store)).page
    store.close()
    inside = [(kind, data) for kind, data in embedded(page) if not kind.startswith("font/")]
    kinds = [kind.split("/")[0] for kind, _ in inside]
    assert kinds.count("image") >= len(PHOTOS) and kinds.count("audio") + kinds.count("video") == len(MEDIA)
    assert [told for one in inside for told in told_by(*one)] == []
    assert [(kind, place) for kind, data in inside for place in PLACES if place in data] == []
    assert [place for place in PLACES if place in page.encode()] == []


def test_the_search_finds_what_is_there() -> None:
    """What is searched for is found in files as they come from a phone: the tests above can fail."""
    assert "exif" in told_by("image/jpeg", camera_jpeg()) and told_by("image/webp", camera_webp())
    assert told_by("image/png", camera_png())
    assert told_by("audio/mpeg", told_mp3()) and told_by("video/mp4", mp4_with_gps())
    for form in ("JPEG", "PNG", "WEBP"):
        assert told_by(f"image/{form.lower()}", encoded_with_a_place(form)), form
