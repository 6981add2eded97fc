"""The file of one home: a book becomes a page, the same bytes at every door.

Neither nbformat nor nbconvert is imported here, and matplotlib only where a drawing is new.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from portfolio.model import Book
from portfolio.moments.home_pictures import SmallerOf, missing_in
from portfolio.rules import for_audience
from portfolio.rules.activities import Deck, for_home
from portfolio.rules.help_places import HelpPlace
from portfolio.rules.sent_back import code_of
from portfolio.store.answer_key import answer_key
from portfolio.store.atomic import sweep_leftovers, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.smaller import SmallerPictures
from portfolio.views.charts import Charts, Followed, chart_key, draw_over_time
from portfolio.views.home import home_page
from portfolio.views.own_cell import own_missing
from portfolio.views.pages import DrawChart, made, media_bytes
from portfolio.views.room import HOME_BUDGET, HOME_LIMIT, Missing, Sizes
from portfolio.views.safe import SafePage
from portfolio.words import Speech

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary


@dataclass(frozen=True)
class Kit:
    """What all files of a class are made with.

    ``glossary`` explains the school words: the class's own, else (``None``) the one we ship. ``limit`` is how many bytes
    a file may have, ``budget`` how many its words and pictures should have together: pictures are made smaller for it.
    ``smaller`` keeps those, so that each is made once; without it the file is the same. ``secret`` makes the code by which an answer finds its home; empty, and
    there is no code. ``activities`` are cards for ten minutes at home, of which each home gets those for its goal, ``help_places``
    the school's list of places that help; without them there are none.
    """

    store: ClassStore
    draw: DrawChart
    glossary: Glossary | None = None
    limit: int = HOME_LIMIT
    secret: bytes = b""
    budget: int = HOME_BUDGET
    smaller: SmallerPictures | None = None
    activities: Deck = field(default_factory=Deck)
    help_places: tuple[HelpPlace, ...] = ()


@dataclass(frozen=True)
class HomeFile:
    """The file of one home, as a whole HTML page; what is not in it, though it belongs there; what takes its bytes."""

    page: SafePage
    missing: tuple[Missing, ...] = ()
    sizes: Sizes = field(default_factory=Sizes)


def kit_of(
    folder: ClassFolder, store: ClassStore, *, limit: int = HOME_LIMIT, budget: int = HOME_BUDGET
) -> Kit:
    """Return what the files of a class are made with; every door takes it from here."""
    draw, smaller = kept_charts(folder.charts), SmallerPictures(folder.smaller)
    lang = store.school_class().language
    deck, places = folder.activities(lang), folder.help_places(lang).places
    return Kit(store, draw, folder.glossary(), limit, secret_of(folder), budget, smaller, deck, places)


def secret_of(folder: ClassFolder) -> bytes:
    """Return what codes on answers are made of, empty where there is nothing whole: files can be made without it."""
    return answer_key(folder)


def answer_code(book: Book, household_id: str, secret: bytes) -> str:
    """Return the code on the answer form of a home in the round of this book; "" without a secret."""
    if not secret:
        return ""
    home = (book.student.student_id, household_id, book.portfolio.meta.portfolio_id)
    return code_of(secret, book.school_class.class_id, home)


def kept_charts(folder: Path) -> DrawChart:
    """Return a way to get drawings that keeps each one, by content and language, in ``folder``."""
    known: dict[str, Charts] = {}  # the homes of a child have the same ones

    def draw(part: Followed, title: str, say: Speech) -> Charts:
        key = chart_key(part, title, say)
        if key not in known:
            known[key] = kept_or_drawn(key, part, title, say)
        return known[key]

    def kept_or_drawn(key: str, part: Followed, title: str, say: Speech) -> Charts:
        path = folder / f"{key}.json"
        if path.is_file():
            try:
                return _kept(json.loads(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError, KeyError):  # a damaged copy is simply drawn anew
                path.unlink(missing_ok=True)
        charts = draw_over_time(part, title, say)
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        write_atomically(path, json.dumps(asdict(charts), ensure_ascii=False).encode("utf-8"))
        return charts

    return draw


def _kept(found: dict[str, Any]) -> Charts:
    """Return drawings as they were kept. Raises ``KeyError``, ``TypeError`` or ``ValueError`` for anything else."""
    panels = tuple((int(of), str(svg)) for of, svg in found["panels"])
    return Charts(panels=panels, title=str(found["title"]), summary=str(found["summary"]))


def home_file(book: Book, household_id: str, kit: Kit) -> HomeFile:
    """Return the file one household gets, of at most ``kit.limit`` bytes.

    Recordings and pictures for which there is no room, or which are damaged or gone, are told where they would stand,
    and in ``missing``. Raises ``NotFound`` for an unknown household.
    """
    view = for_audience(book, "home", household_id)
    student, store = book.student.student_id, kit.store
    media = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    code = answer_code(book, household_id, kit.secret)
    smaller = SmallerOf(student, store, kit.smaller, view)
    page = home_page(
        view,
        smaller.whole,
        kit.draw,
        media,
        kit.glossary,
        code=code,
        activities=for_home(view, kit.activities),
        help_places=kit.help_places,
    )
    done = made(page, kit.limit, budget=kit.budget, smaller=smaller)
    return HomeFile(done.page, (*missing_in(view, done.left), *own_missing(view, done.page)), done.sizes)


def home_html(
    book: Book,
    household_id: str,
    store: ClassStore,
    draw: DrawChart,
    limit: int = HOME_LIMIT,
    *,
    glossary: Glossary | None = None,
) -> SafePage:
    """Return the page of :func:`home_file` alone."""
    return home_file(book, household_id, Kit(store, draw, glossary, limit)).page
