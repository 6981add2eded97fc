"""Cards as a file of their own: what the command line writes, for who prints without the teacher's desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Student
from portfolio.moments.cards import class_secret, link_cards, picture_cards, sheets_of
from portfolio.moments.links import give_links, known_links
from portfolio.moments.send_home import chosen_students
from portfolio.moments.teacher.out_files import out_file
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.store.archive_zip import appearing, refuse_taken
from portfolio.views.alone import alone
from portfolio.views.teacher import render
from portfolio.views.teacher.cards_page import Card, CardsFile, Way


@dataclass(frozen=True)
class CardsAsked:
    """Which cards: for how children come in, where links begin, for whom (ids; none: everybody).

    ``missing`` makes links for children whose link is not known here, ``renew`` makes all of theirs new; ``backs``
    puts an empty page after each sheet.
    """

    way: Way = "links"
    address: str = ""
    students: tuple[str, ...] = ()
    missing: bool = False
    renew: bool = False
    backs: bool = True


@dataclass(frozen=True)
class CardsMade:
    """The file, how many cards are in it, and the names of children who have none in it."""

    path: Path
    cards: int
    without: tuple[str, ...]


def write_cards(desk: TeacherDesk, asked: CardsAsked, to: Path | None = None) -> CardsMade:
    """Write a page with cards and return what became of it; ``to`` none: into the class's folder ``out``.

    Only its owner may read it, and it never takes the place of another file. Raises ``InputRefused`` without an
    address for links or for a file that is there, ``NotFound`` for an unknown child or if there is no card at all.
    """
    address = _address(asked)
    chosen = chosen_students(desk.store, asked.students)
    if not chosen:
        raise NotFound("There are no students in this class yet. Add them, then make the cards.")
    path = to or out_file(desk, "cards", "html")
    refuse_taken(path)
    made, without = _cards(desk, asked, chosen, address)
    if not made:
        raise NotFound(
            "None of these children has a link that could be printed: {names}. Make links with --missing. An old card "
            "of theirs then stops working.",
            names=", ".join(without),
        )
    say = desk.say
    body = render(CardsFile(say=say, way=asked.way, sheets=sheets_of(made), backs=asked.backs))
    page = alone(body, say("Cards for the children"), say, "teacher-cards.css")
    with appearing(path) as file:
        file.write(page.encode("utf-8"))
    return CardsMade(path, len(made), without)


def _cards(
    desk: TeacherDesk, asked: CardsAsked, chosen: tuple[Student, ...], address: str
) -> tuple[tuple[Card, ...], tuple[str, ...]]:
    school, say = desk.school_class, desk.say
    if asked.way != "links":
        secret = class_secret(desk.folder) if asked.way == "secret" else b""
        return picture_cards(school, chosen, say, secret), ()
    known = known_links(desk.folder, desk.store, desk.fingerprint)
    fresh = [s.student_id for s in chosen if asked.renew or (asked.missing and s.student_id not in known)]
    if fresh:
        known = give_links(desk.folder, desk.store, fresh, desk.new_key, desk.fingerprint)
    without = tuple(s.name for s in chosen if s.student_id not in known)
    return link_cards(school, chosen, known, address, say), without


def _address(asked: CardsAsked) -> str:
    if asked.way != "links":
        return ""
    if not asked.address.startswith(("http://", "https://")):
        raise InputRefused(
            "Say where the books open, with --address: https://books.school.example, or what portfolio serve told. For "
            "cards without a link, add --pictures."
        )
    return asked.address.rstrip("/") + "/"
