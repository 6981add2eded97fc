# long: a class in which every field has a mark, and every way its words leave, are told in one place
"""A class on disk in which every text of every record carries a mark of its own, and every way its words leave the house.

The marks are made from the records' fields, so a new field cannot be forgotten. A mark is a short word
(``mk00042q``): it is found in a page, on paper and in a mail alike. :class:`Marked` knows whose it is (the class, a
child, one of its homes, an earlier round) and in which field it was written.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import html
import io
import re
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final, get_type_hints

from PIL import Image
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.model import (
    KIND,
    Agreement,
    Choice,
    ClassTemplate,
    Household,
    LookBack,
    PortfolioMeta,
    Prompt,
    SchoolClass,
    Section,
    Student,
)
from portfolio.model.fields import RECORD
from portfolio.model.portfolio import Portfolio
from portfolio.model.record import Identifier, LanguageTag, Line, Sha256, Text
from portfolio.model.template import Column
from portfolio.moments.decided import decided_file
from portfolio.moments.home import home_file, kit_of
from portfolio.moments.next_teacher import write_each
from portfolio.moments.own_time import call_of, listener_of, send_packs
from portfolio.moments.preview import home_preview
from portfolio.moments.quick_look import quick_look_of
from portfolio.store.class_folder import ClassFolder, book_of, create_class
from portfolio.store.template_write import template_text
from portfolio.testing import quiet_wav
from tests.unit.test_family_fields import FIXED, Filling, template
from tests.unit.test_family_fields import Path as Way

AT: Final = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAY: Final = date(2026, 11, 24)
CHILDREN: Final = {"kid-0": "Ottilie", "kid-1": "Bartholomew"}
FRIEND: Final = "Bartholomew"
"""The classmate whose name stands in everything that is written in the first child's book."""
HOMES: Final[dict[str, tuple[str, ...]]] = {"a": ("es", "en"), "b": ("en",)}
"""Each child's homes and what they read: one needs a translation."""
SIZE: Final = (240, 160)
MARK: Final = re.compile(r"mk(\d{5})q", re.IGNORECASE)
Say = Callable[[str, Way], str]
"""A mark, and whose it is with the way to its field → what is written there; the mark must be in it."""


def with_a_friend(mark: str, way: Way) -> str:
    """Write the mark, and into the first child's book the name of a classmate too."""
    in_book = way[1].split(".")[0] in {record.__name__ for record in KIND.values()}
    return f"{mark} and {FRIEND}" if way[0].startswith("kid-0") and in_book else mark


@dataclass
class Marked:
    """A class full of marks: where it lies; of each mark whose it is and in which field; of each file the same."""

    folder: ClassFolder
    besides: bool = True
    ways: dict[str, Way] = field(default_factory=dict)
    files: dict[str, tuple[Way, bytes, str]] = field(default_factory=dict)

    def whose(self, mark: str) -> tuple[str, Way]:
        """Return whose a mark is (``class``, ``kid-0``, ``kid-0+a``, ``kid-0+earlier``) and the way to its field."""
        first, *way = self.ways[mark.lower()]
        return first, tuple(way)

    def found(self, text: str) -> set[str]:
        """Return every mark that stands in a text, however its letters are set; a picture or recording by its bytes."""
        close = re.sub(r"\s+", "", html.unescape(re.sub(r"base64,[A-Za-z0-9+/=]+", "", text)))
        return {mark.group().lower() for mark in MARK.finditer(close)} | {
            sha for sha in self.files if f"[{sha}]" in text
        }


class Marks(Filling):
    """Fills records with marks of one owner and notes them in a class."""

    def __init__(self, into: Marked, owner: str, say: Say = with_a_friend, **fixed: Any) -> None:
        """Begin for one owner; ``fixed`` are fields (``Record__field``) that hold what they are told to."""
        usual: dict[str, Any] = {f"{record.__name__}.entry_id": f"{kind}-1" for kind, record in KIND.items()}
        usual |= {"Translation.lang": "es", "Answer.section": "answers", "Rating.section": "ratings"}
        usual |= {"Picture.others": False, "Sound.others": False, "Video.others": False}
        usual |= {
            "Document.others": False,
            "Naming.name": "Nobody Here",
            "Sound.suffix": "wav",
            "Picture.width": SIZE[0],
            "Picture.height": SIZE[1],
        }
        super().__init__(FIXED | usual | {name.replace("__", "."): one for name, one in fixed.items()})
        self.into, self.owner, self.say = into, owner, say

    def text(self, field: str) -> str:
        """Return a text for a field of the class's template."""
        return self.say(self._mark((field,)), (self.owner, field))

    def _value(self, hint: Any, path: Way) -> Any:
        if hint in (Line, Text) and "address" not in path[-1]:
            return self.say(self._mark(path), (self.owner, *path))
        if "address" in path[-1]:
            return f"https://{self._mark(path)}.example/"
        if hint == Sha256:
            return self._file(path)
        if hint is date:
            return DAY
        if hint is datetime:
            return AT
        if hint in (Identifier, LanguageTag):
            return "en" if hint == LanguageTag else "pick"
        return super()._value(hint, path)

    def _besides(self, record: type[Any], way: Way) -> Any:
        """Return something beside every field of the first child's book of now; of others only words are needed."""
        wanted = self.into.besides and self.owner in ("kid-0", "kid-0+a", "kid-0+b")
        return super()._besides(record, way) if wanted else ()

    def _mark(self, path: Way) -> str:
        mark = f"mk{len(self.into.ways):05}q"
        self.into.ways[mark] = (self.owner, *path)
        return mark

    def _file(self, path: Way) -> str:
        n = len(self.into.ways)
        self._mark(path)
        kind = path[-1].split(".")[0]
        data = {"Picture": picture, "Sound": sound, "Video": film}[kind](n)
        sha = hashlib.sha256(data).hexdigest()
        self.into.files[sha] = ((self.owner, *path), data, kind)
        self.into.ways[sha] = (self.owner, *path)
        return sha


def picture(n: int) -> bytes:
    """Return a small picture that no other number has."""
    made = io.BytesIO()
    Image.new("RGB", SIZE, (n % 256, n // 256 % 256, 90)).save(made, "WEBP", lossless=True)
    return made.getvalue()


def sound(n: int) -> bytes:
    """Return a recording of a quarter of a second that no other number has."""
    return quiet_wav()[:-4] + struct.pack("<I", n)


def film(n: int) -> bytes:
    """Return what stands for a film."""
    return b"not a real film, number %d" % n


# ------------------------------------------------------------------------------------------ the class


def marked_class(place: Path, say: Say = with_a_friend, *, besides: bool = True) -> Marked:
    """Return a class of children with two homes each; everything that can be written in it is, twice a year.

    Without ``besides`` nothing is said or drawn beside the words of a field: a tenth of the marks.
    """
    into = Marked(ClassFolder(place), besides=besides)
    asks = _asks(into, say)
    written = place.with_suffix(".yaml")
    place.parent.mkdir(parents=True, exist_ok=True)
    written.write_text(template_text(asks), encoding="utf-8")
    fixed = {"SchoolClass.round": "now", "SchoolClass.age_band": "3-5", "SchoolClass.class_id": "c"}
    school = _filled(SchoolClass, Marks(into, "class", say), fixed)
    into.folder = create_class(place, written, school, randomness=lambda n: b"s" * n)
    with closing(into.folder.store()) as store:
        for child in CHILDREN:
            store.keep_student(_student(into, child, say))
        for child in CHILDREN:
            for portfolio in _books(into, child, say):
                store.keep_portfolio(portfolio, by="student", at=AT)
        for way, data, kind in into.files.values():
            owner, sha = way[0].split("+")[0], hashlib.sha256(data).hexdigest()
            if kind == "Picture":
                store.keep_picture(owner, sha, data, data)
            else:
                store.keep_media(owner, sha, "wav" if kind == "Sound" else "mp4", data)
    return into


def _asks(into: Marked, say: Say) -> ClassTemplate:
    """Return the template that asks for every field, as a file may say it; what it asks carries marks as well."""
    asked = template()
    text = Marks(into, "class", say).text
    sections = tuple(
        one.but(
            title=text("Section.title"), prompts=tuple(_fitting(one, prompt, text) for prompt in one.prompts)
        )
        for one in asked.sections
    )
    agendas = tuple(
        one.but(
            title=text("AgendaPreset.title"),
            steps=tuple(step.but(title=text("AgendaStep.title")) for step in one.steps),
        )
        for one in asked.agendas
    )
    return asked.but(title=text("ClassTemplate.title"), sections=sections, agendas=agendas)


def _fitting(section: Section, prompt: Prompt, text: Callable[[str], str]) -> Prompt:
    """Return a question with the choices or columns its control needs: words from a fixed list, or one of our own."""
    prompt = prompt.but(ask=text("Prompt.ask"), choices=())
    if prompt.control in ("line", "long"):
        return prompt.but(lead=text("Prompt.lead"), starters=(text("Prompt.starters"),))
    if prompt.control == "rows":
        names = {
            "steps": ("what", "when", "where"),
            "helpers": ("who", "what"),
            "if_thens": ("if_this", "then_that"),
        }
        return prompt.but(columns=tuple(Column(field=n, ask=text("Column.ask")) for n in names[prompt.field]))
    if prompt.control not in ("picks", "one", "scale"):
        return prompt
    known = RECORD[section.holds].model_fields.get(prompt.field)
    words = (
        re.findall("'([^']+)'", str(known.annotation)) if known and "Literal" in str(known.annotation) else []
    )
    return prompt.but(
        choices=tuple(Choice(id=word, label=text("Choice.label")) for word in words or ["pick"])
    )


def _filled(record: type[Any], marks: Marks, fixed: dict[str, Any]) -> Any:
    marks.fixed |= fixed
    return marks.make(record)


def _student(into: Marked, child: str, say: Say) -> Student:
    homes = tuple(
        _filled(
            Household,
            Marks(into, f"{child}+{home}", say),
            {"Household.household_id": home, "Household.reads": reads, "Household.speaks": reads},
        )
        for home, reads in HOMES.items()
    )
    fixed = {"Student.student_id": child, "Student.households": homes, "Student.picture": "boat"}
    made: Student = _filled(Student, Marks(into, child, say), fixed)
    return made.but(name=f"{CHILDREN[child]} {made.name}")


def _books(into: Marked, child: str, say: Say) -> Iterator[Portfolio]:
    """Yield a child's book of an earlier round and that of now."""
    for n, round_name in enumerate(("earlier", "now")):
        owner = f"{child}+earlier" if round_name == "earlier" else child
        fixed = {
            "PortfolioMeta.portfolio_id": f"{child}.{round_name}", "PortfolioMeta.student_id": child,
            "PortfolioMeta.round": "then" if round_name == "earlier" else "now", "PortfolioMeta.age_band": "3-5",
            "PortfolioMeta.template_id": "t", "PortfolioMeta.started_on": date(2026, 1 + 7 * n, 1), "PortfolioMeta.schema_version": 8,
            "AgendaChoice.preset": "full", "AgendaChoice.minutes": (), "PortfolioMeta.sections": (), "PortfolioMeta.approved": None,
            "PortfolioMeta.next_teacher": tuple(one.section_id for one in template().sections),
        }  # fmt: skip
        meta = _filled(PortfolioMeta, Marks(into, owner, say), fixed)
        yield Portfolio.of(meta, list(_entries(into, owner, say)))


def _entries(into: Marked, owner: str, say: Say) -> Iterator[Any]:
    """Yield an entry of every kind; what belongs to a home, once for each home."""
    make = partial(Marks, into)
    for kind, record in KIND.items():
        if "household_id" not in get_type_hints(record):
            yield make(owner, say).make(record)
            continue
        for home in HOMES:
            whose = f"{owner.split('+')[0]}+{home}" if "+" not in owner else f"{owner}+{home}"
            ids = {f"{record.__name__}.household_id": home, f"{record.__name__}.entry_id": f"{kind}-{home}"}
            yield _filled(record, make(whose, say), ids)
    for voice in ("family", "teacher"):
        ids = {"Agreement.entry_id": f"agreement-{voice}", "Agreement.who": voice}
        yield _filled(Agreement, make(owner, say), ids)
    kept = {
        "LookBack.entry_id": "look-promise",
        "LookBack.goal_id": None,
        "LookBack.promise_id": "agreement-1",
    }
    yield _filled(LookBack, make(owner, say), kept)


# ------------------------------------------------------------------------------------------- the ways out


@dataclass(frozen=True)
class Left:
    """Something that has left: by which door, for which child and home (``""``: the table, or all), what it is called, its words."""

    door: str
    child: str
    home: str
    name: str
    text: str
    page: str = ""


def page_words(page: str, files: dict[str, Any]) -> str:
    """Return a page without its pictures and recordings, and at its end the digests of those."""
    import base64

    inside = re.findall(r"base64,([A-Za-z0-9+/=]+)", page)
    shas = {hashlib.sha256(base64.b64decode(data)).hexdigest() for data in inside}
    return re.sub(r"base64,[A-Za-z0-9+/=]+", "", page) + "".join(f"[{sha}]" for sha in shas if sha in files)


def pdf_words(data: bytes) -> str:
    """Return the words on the sides of a PDF and all that is said about it, its raw bytes too."""
    import pypdfium2

    with pypdfium2.PdfDocument(io.BytesIO(data)) as document:
        sides = [side.get_textpage().get_text_bounded() for side in document]
        listed = [str(one.get_title()) for one in document.get_toc()]
        return "\n".join([*sides, str(document.get_metadata_dict()), *listed])


def mail_words(data: bytes, files: dict[str, Any]) -> str:
    """Return a mail: its head, its words, and what is attached, each as it can be read."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    said = [str(message.items())]
    for part in message.walk():
        kind = part.get_content_type()
        if part.is_multipart():
            continue
        said.append(str(part.items()))
        if kind == "application/pdf":
            said.append(pdf_words(part.get_content()))
        else:
            said.append(page_words(str(part.get_content()), files))
    return "\n".join(said)


def words_of(path: Path, files: dict[str, Any]) -> str:
    """Return what a reader of a file finds in it."""
    if path.suffix == ".pdf":
        return pdf_words(path.read_bytes())
    if path.suffix == ".eml":
        return mail_words(path.read_bytes(), files)
    return page_words(path.read_text(encoding="utf-8"), files)


def all_left(made: Marked, out: Path, *, pdf: bool = False) -> Iterator[Left]:
    """Yield everything that leaves a class, door by door; ``pdf`` needs a browser."""
    yield from _sent_home(made, out / "sent", pdf=pdf)
    yield from _packs(made, out / "packs")
    yield from _pages(made)
    yield from _next_teacher(made, out / "next")
    yield from _exported(made)


def _left(made: Marked, door: str, child: str, home: str, path: Path) -> Left:
    page = path.read_text(encoding="utf-8") if path.suffix == ".html" else ""
    return Left(door, child, home, path.name, words_of(path, made.files), page)


def _sent_home(made: Marked, out: Path, *, pdf: bool) -> Iterator[Left]:
    """Yield what ``send-home`` writes for each home, the papers of the whole class, and what it says."""
    out.mkdir(parents=True)
    listed, report = out.with_name("list.html"), out.with_name("report.html")
    words = [
        "send-home",
        str(made.folder.path),
        "--out",
        str(out),
        "--whole-text",
        "--mail",
        "--even-unfinished",
        "--workers",
        "0",
    ]
    more = ["--list", str(listed), "--report", str(report), *(["--pdf"] if pdf else [])]
    done = CliRunner().invoke(app, [*words, *more])
    assert done.exit_code == 0, done.output
    with closing(made.folder.store()) as store:
        kit = kit_of(made.folder, store)
        pages: dict[str, tuple[str, str]] = {
            home_file(book_of(store, made.folder.template(), made.folder.outline(), child), home, kit).page: (
                child,
                home,
            )
            for child in CHILDREN
            for home in HOMES
        }
    for folder in sorted(one for one in out.iterdir() if one.is_dir()):
        page = next(folder.glob("*.html"))
        child, home = pages[page.read_text(encoding="utf-8")]
        for path in sorted(folder.iterdir()):
            yield _left(made, f"home{path.suffix}", child, home, path)
    yield _left(made, "list", "", "", listed)
    yield _left(made, "report", "", "", report)
    yield Left("send-home says", "", "", "output", done.output)


def _packs(made: Marked, out: Path) -> Iterator[Left]:
    """Yield the packs of homes that hold the meeting by themselves."""
    for pack in send_packs(made.folder, by=DAY, out=out):
        assert pack.trouble is None and pack.folder and pack.household
        for path in sorted(pack.folder.iterdir()):
            yield _left(made, "own time", pack.student.student_id, pack.household.household_id, path)


def _pages(made: Marked) -> Iterator[Left]:
    """Yield pages for one home, and for the table of one child."""
    with closing(made.folder.store()) as store:
        for student in store.students():
            child = student.student_id
            for home in student.households:
                ids = (child, home.household_id)
                pages = {
                    "quick look": quick_look_of(made.folder, *ids),
                    "decided": decided_file(made.folder, store, student, home, on=DAY)[1],
                    "child's eyes": home_preview(made.folder, *ids),
                    "call sheet": call_of(made.folder, *ids),
                }
                for door, page in pages.items():
                    yield Left(door, *ids, door, page_words(page, made.files), page)
            for door, page in {
                "quick look, table": quick_look_of(made.folder, child),
                "listener": listener_of(made.folder, child),
            }.items():
                yield Left(door, child, "", door, page_words(page, made.files), page)


def _next_teacher(made: Marked, out: Path) -> Iterator[Left]:
    for one in write_each(made.folder, out):
        assert one.path, one.why
        yield _left(made, "next teacher", one.student.student_id, "", one.path)


def _exported(made: Marked) -> Iterator[Left]:
    """Yield what nbconvert's door gives in a program and on the command line, and the notebook itself."""
    from portfolio.export import PortfolioExporter

    notebook = made.folder.student_notebook
    with PortfolioExporter(class_folder=str(made.folder.path)) as exporter:
        for child in CHILDREN:
            for home in HOMES:
                page, told = exporter.for_home(child, home).from_filename(str(notebook))
                told = {name: one for name, one in told.items() if name != "portfolio_page"}
                words = page_words(page, made.files)
                yield Left(
                    "exporter", child, home, str(told["portfolio"]["file_name"]), words + str(told), page
                )
    for path in sorted(made.folder.path.glob("*.ipynb")):
        yield Left("notebook", "", "", path.name, path.read_text(encoding="utf-8"))
