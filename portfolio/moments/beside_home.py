"""What a school lays beside the books: cards for ten minutes at home, and the list of places that help.

Both are plain files in the class folder. A file is looked at before it is taken: a mistake is told with its row or line,
and the file that was there stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from portfolio.errors import InputRefused, PortfolioError
from portfolio.store.activities_file import beginning, parse_file
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.help_places_file import FILE as PLACES_FILE
from portfolio.store.help_places_file import empty_list, parse_places
from portfolio.store.our_deck import FILE as CARDS_FILE
from portfolio.store.our_deck import our_deck
from portfolio.store.trouble import regular
from portfolio.store.yaml_lines import LARGEST

if TYPE_CHECKING:
    from portfolio.model import SchoolClass, Student
    from portfolio.rules.activities import Deck
    from portfolio.rules.help_places import HelpPlace

Sort = Literal["places", "activities"]

FILES: Final[dict[Sort, str]] = {"places": PLACES_FILE, "activities": CARDS_FILE}
"""What each file is called in the folder of a class."""


@dataclass(frozen=True)
class Looked:
    """What a class has: its places, its cards, whether it has a file of its own for each, what is wrong in them."""

    places: tuple[HelpPlace, ...]
    deck: Deck
    own: dict[Sort, bool]
    trouble: dict[Sort, tuple[PortfolioError, ...]]

    @property
    def own_cards(self) -> int:
        """How many cards are the class's own."""
        return sum(not card.ours for card in self.deck.activities)


def look(folder: ClassFolder, lang: str) -> Looked:
    """Return what lies beside the books of a class; ``lang`` is the language of the class."""
    read = folder.help_places(lang)
    return Looked(
        places=read.places,
        deck=folder.activities(lang),
        own={sort: (folder.path / name).is_file() for sort, name in FILES.items()},
        trouble={"places": read.trouble, "activities": folder.activities_troubles(lang)},
    )


def to_begin(sort: Sort, school: SchoolClass, students: tuple[Student, ...]) -> bytes:
    """Return a file to fill in. The list of places has columns for the languages homes read beside that of the class."""
    if sort == "activities":
        return beginning().encode("utf-8")
    own = school.language.split("-")[0]
    tags = {tag: None for one in students for home in one.households for tag in home.reads}
    return empty_list(tuple(tag for tag in tags if tag.split("-")[0] != own))


def begin(folder: ClassFolder, sort: Sort) -> str:
    """Write a file to fill in into the class and return its path. Raises ``InputRefused`` if there is one already."""
    path = regular(folder.path / FILES[sort])
    if path.exists():
        raise InputRefused("{path} is there already. Open it and go on writing in it.", path=path)
    store = folder.store()
    try:
        data = to_begin(sort, store.school_class(), store.students())
    finally:
        store.close()
    write_atomically(path, data)
    return str(path)


def take_in(folder: ClassFolder, sort: Sort, data: bytes, name: str, lang: str) -> int:
    """Keep a file that was brought as that of the class and return how many places or cards it holds.

    Rows of a list of places that cannot be used stay in the file; the screen goes on telling of them. Raises
    ``InputRefused`` where nothing in it can be used: then nothing was changed.
    """
    path = regular(folder.path / FILES[sort])
    if sort == "places":
        read = parse_places(data, name, lang)
        count = len(read.places)
        if not count:
            raise next(iter(read.trouble), None) or InputRefused(
                "{file} has no place in it yet. Write each place in a row of its own, below the headings.",
                file=name,
            )
    else:
        if len(data) > LARGEST:
            raise InputRefused("{file} is too large for this. Is it the right file?", file=name)
        shape = parse_file(data.decode("utf-8-sig", "replace"), name, our_deck())
        count = len(shape.activities)
    write_atomically(path, data)
    return count
