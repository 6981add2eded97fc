"""For tests, notebooks and docs alike: a small invented book, a store in memory, finding widgets.

Nothing in the package imports this module.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, TypeVar

from portfolio import files
from portfolio.model import (
    AgeBand,
    Answer,
    Book,
    ClassTemplate,
    Concern,
    Cue,
    Document,
    Goal,
    Helper,
    Household,
    IfThen,
    Link,
    Medium,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    Reply,
    ReplyLine,
    SchoolClass,
    SectionCell,
    Sound,
    Strength,
    Student,
    Teacher,
    Video,
    Work,
    Writing,
)
from portfolio.store.fake import FakeStore
from portfolio.store.template_file import load_template

W = TypeVar("W")

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A moment for tests."""


def quiet_wav(seconds: float = 0.25) -> bytes:
    """Return a recording of silence: WAV, one channel, 8,000 samples a second."""
    samples = bytes([128]) * int(8000 * seconds)
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 8000, 8000, 1, 8)
    body = b"WAVE" + form + b"data" + struct.pack("<I", len(samples)) + samples
    return b"RIFF" + struct.pack("<I", len(body)) + body


DOTS = (
    base64.b64decode("UklGRiQAAABXRUJQVlA4TBcAAAAvB0ABAA9wJPBjQR8Iff7jAYMQ0f9AAAA="),
    base64.b64decode("UklGRiQAAABXRUJQVlA4TBcAAAAvB0ABAA9wJu7jwB8Mef7jAYMQ0f9AAAA="),
)
"""Two pictures of eight by six dots (WebP)."""

SILENCE = quiet_wav()
FILM = b"not a real film"
"""Stands for a film where nobody plays it."""


def named(data: bytes) -> str:
    """Return the name of some bytes: their SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def dots(n: int, alt: str = "") -> Picture:
    """Return the picture made of the ``n``-th dots, as it stands in an entry."""
    return Picture(sha256=named(DOTS[n]), width=8, height=6, alt=Passage(text=alt))


def small_media() -> tuple[Medium, ...]:
    """Return one medium of each kind; its bytes are in :func:`small_store`."""
    return (
        Sound(
            sha256=named(SILENCE),
            suffix="wav",
            seconds=42,
            size=len(SILENCE),
            caption=Passage(text="I read my poem"),
            transcript=Passage(text="The rain is a drum."),
        ),
        Video(
            sha256=named(FILM),
            suffix="mp4",
            seconds=65,
            size=len(FILM),
            width=640,
            height=360,
            plays="some",
            poster=dots(0),
            alt=Passage(text="A paper boat floats in the sink."),
            caption=Passage(text="My boat"),
        ),
        Document(
            pages=(dots(0, "A page of notes"), dots(1)),
            page_count=3,
            alt=Passage(text="My notes about rivers"),
            caption=Passage(text="Notes"),
        ),
        Writing(text=Passage(text="Once a map\nlost its way.\n\nThe end."), caption=Passage(text="A story")),
        Writing(text=Passage(text="for n in range(3):\n    print(n)"), sort="code", language="Python"),
        Link(address="https://maps.example/river?a=1&b=2", caption=Passage(text="The river I drew")),
    )


def small_student() -> Student:
    """Return an invented child with two homes that read different languages."""
    return Student(
        student_id="ines",
        name="Inés",
        grade="grade 4",
        class_name="Room 7",
        shows_learning=Passage(text="with maps and by telling it"),
        households=(
            Household(
                household_id="mama",
                label="Mama",
                adults=("Mama",),
                reads=("es",),
                reach_by="a call",
                reach_when="after six",
                other_children="a baby",
                access_needs="a place for a stroller",
            ),
            Household(household_id="papa", label="Papa", adults=("Papa",), reads=("en",)),
        ),
    )


def small_class(band: AgeBand = "3-5") -> SchoolClass:
    """Return an invented class."""
    return SchoolClass(
        class_id="test-class",
        name="Test class",
        age_band=band,
        round="Fall 2026",
        teachers=(Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher"),),
        conference_on=date(2026, 11, 24),
    )


def small_portfolio(**shelves: Any) -> Portfolio:
    """Return a small portfolio; ``shelves`` replace its parts (``strengths=…``, ``work=…``)."""
    meta = PortfolioMeta(
        portfolio_id="ines.fall-2026",
        student_id="ines",
        round="Fall 2026",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="3-5",
    )
    parts: dict[str, Any] = {
        "answers": (
            Answer(
                entry_id="welcome.today", section="welcome", prompt="today", words=Passage(text="My map.")
            ),
        ),
        "strengths": (Strength(entry_id="strength-1", what=Passage(text="drawing maps"), piece="work-1"),),
        "work": (Work(entry_id="work-1", title=Passage(text="My way to school"), media=small_media()),),
        "goals": (_small_goal(),),
        "cues": (Cue(entry_id="cue-1", step="welcome", words=Passage(text="Breathe first.")),),
        "replies": (
            Reply(
                entry_id="reply-1",
                household_id="mama",
                lines=(ReplyLine(words=Passage(text="Te quiero.", lang="es")),),
            ),
        ),
        "concerns": (
            Concern(
                entry_id="concern-1",
                household_id="mama",
                words=Passage(text="La mochila pesa mucho.", lang="es"),
                answer=Passage(text="The heavy books stay at school now."),
                owner="Ms. Rivera",
                status="answered",
            ),
        ),
    }
    return Portfolio(meta=meta, **(parts | shelves))


def _small_goal() -> Goal:
    return Goal(
        entry_id="goal-1",
        goal=Passage(text="I will read aloud."),
        if_this=Passage(text="my voice is small"),
        then_that=Passage(text="read to the cat first"),
        obstacle_around=Passage(text="a loud room"),
        if_thens=(IfThen(if_this=Passage(text="it is loud"), then_that=Passage(text="ask for the corner")),),
        helpers=(Helper(who="Papa", what=Passage(text="listens"), ask_by="Friday", agreed=True),),
        evidence=Passage(text="a recording of me"),
    )


def small_book(**shelves: Any) -> Book:
    """Return a small book of band 3–5 with every section of its template in the outline."""
    template = _small_template()
    return Book(
        school_class=small_class(),
        template=template,
        outline=tuple(SectionCell(section=s.section_id) for s in template.sections),
        student=small_student(),
        portfolio=small_portfolio(**shelves),
    )


@cache
def _small_template() -> ClassTemplate:
    """Return the template of the small book: read once, since reading takes longer than all the rest."""
    return load_template(files.class_templates() / "3-5.yaml")


def small_store(book: Book) -> FakeStore:
    """Return a store in memory that keeps a book's class, student and portfolios, and the small media."""
    store = FakeStore()
    store.keep_class(book.school_class)
    store.keep_student(book.student)
    for picture in DOTS:
        store.keep_picture(book.student.student_id, named(picture), picture, picture)
    store.keep_media(book.student.student_id, named(SILENCE), "wav", SILENCE)
    store.keep_media(book.student.student_id, named(FILM), "mp4", FILM)
    for portfolio in (*book.earlier, book.portfolio):
        store.keep_portfolio(portfolio, by="student", at=NOON)
    return store


def find_widgets(root: Any, kind: type[W]) -> Iterator[W]:
    """Yield every widget of a class in a layout, the outermost first."""
    if isinstance(root, kind):
        yield root
    for child in getattr(root, "children", ()):
        yield from find_widgets(child, kind)
