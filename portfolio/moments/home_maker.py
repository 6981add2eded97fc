"""Making the files of the homes of one child after the other: what a worker of a run does."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.errors import NotFound, PortfolioError, StorageTrouble
from portfolio.model import Book, SchoolClass
from portfolio.moments.home import HomeFile, Kit, home_file, kit_of
from portfolio.moments.run_manifest import FileMade, digests, file_made
from portfolio.store.atomic import make_folder, write_atomically
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.store.trouble import regular
from portfolio.views.environment import environment
from portfolio.views.home import HomePage
from portfolio.views.room import HOME_BUDGET, HOME_LIMIT, Missing
from portfolio.words import LANGUAGES, speak

if TYPE_CHECKING:
    from portfolio.moments.home_doors import Doors


MakePage = Callable[[Book, str, Kit], HomeFile]
"""Makes the page of a household (by its id) from a book."""


@dataclass(frozen=True)
class Work:
    """What all files of a run are made with; goes to workers as it is.

    ``place`` is where the files go, ``doors`` is what is made beside each page. ``make`` makes a page.
    """

    folder: ClassFolder
    place: Path
    limit: int = HOME_LIMIT
    budget: int = HOME_BUDGET
    doors: Doors | None = None
    make: MakePage = home_file


@dataclass(frozen=True)
class Task:
    """One child: its homes (household ids), each with the name of its folder and files."""

    student_id: str
    homes: tuple[tuple[str, str], ...]

    def without(self, household_ids: set[str]) -> Task:
        """Return the task without these homes."""
        return Task(self.student_id, tuple(home for home in self.homes if home[0] not in household_ids))


@dataclass(frozen=True)
class Told:
    """What became of one home: its files, or why there are none (``trouble``).

    ``beside`` is why something beside the page could not be made: the page itself is there.
    """

    household_id: str
    files: tuple[FileMade, ...] = ()
    missing: tuple[Missing, ...] = ()
    trouble: PortfolioError | None = None
    beside: PortfolioError | None = None
    seconds: float = 0.0


class Maker:
    """Makes files in this process; the class is opened once."""

    def __init__(self, work: Work) -> None:
        """Open the class. Raises ``PortfolioError`` if it cannot be read."""
        self._work = work
        self._store: ClassStore = work.folder.reading()
        self._shared: tuple[SchoolClass, tuple[str, ...]] | None = None
        try:
            self._kit = kit_of(work.folder, self._store, limit=work.limit, budget=work.budget)
        except BaseException:
            self._store.close()
            raise

    def close(self) -> None:
        """Let go of the class, and of what the doors have open."""
        self._store.close()
        close = getattr(self._work.doors, "close", None)
        if close is not None:
            close()

    def homes(self, task: Task) -> Iterator[Told]:
        """Make the files of a child's homes, one after the other. Trouble we foresaw is told, any other raised."""
        book = None
        for household_id, stem in task.homes:
            began = time.perf_counter()
            try:
                book = book or self._book(task.student_id)  # read once, also where there are two homes
                told = self._home(book, household_id, stem)
            except PortfolioError as trouble:
                told = Told(household_id, trouble=trouble)
            yield Told(
                household_id,
                told.files,
                told.missing,
                told.trouble,
                told.beside,
                time.perf_counter() - began,
            )

    def _book(self, student_id: str) -> Book:
        """Return a child's book; what is the same for the whole class is read once in a run."""
        if self._shared is None:
            self._shared = self._store.school_class(), self._store.student_names()
        school_class, names = self._shared
        template, outline = self._work.folder.template(), self._work.folder.outline()
        return book_of(
            self._store, template, outline, student_id, class_names=names, school_class=school_class
        )

    def _home(self, book: Book, household_id: str, stem: str) -> Told:
        made = self._work.make(book, household_id, self._kit)
        place = self._work.place / stem
        make_folder(regular(place), mode=0o700)
        path = place / f"{stem}.html"
        data = made.page.encode("utf-8")
        write_atomically(path, data)
        paths: tuple[Path, ...] = ()
        beside: PortfolioError | None = None
        if self._work.doors is not None:
            try:
                paths = self._through_doors(self._work.doors, book, household_id, made, path)
            except PortfolioError as trouble:
                beside, paths = trouble, _beside(path)
            except Exception as error:  # noqa: BLE001 - whatever a reader or browser does, the page is there
                beside, paths = unforeseen(error), _beside(path)
        page = file_made(self._work.place, path, data)  # as it was written: nobody needs to read it again
        files = (page, *digests(self._work.place, (other for other in paths if other != path)))
        return Told(household_id, files, made.missing, beside=beside)

    def _through_doors(
        self, doors: Doors, book: Book, household_id: str, made: HomeFile, path: Path
    ) -> tuple[Path, ...]:
        """Make what goes beside a page. Raises ``PortfolioError`` if some of it cannot be made."""
        from portfolio.moments.home_doors import MadeHome
        from portfolio.rules import for_audience
        from portfolio.rules.activities import for_home

        household = book.student.household(household_id)
        if household is None:
            raise NotFound("This home is not in the class any more. Make its file again.")
        view = for_audience(book, "home", household_id)
        home = MadeHome(
            student=book.student,
            household=household,
            page=made.page,
            view=view,
            path=path,
            activities=for_home(view, self._kit.activities),
            help_places=self._kit.help_places,
        )
        return doors.write(home, path.parent)


def read_ahead(work: Work) -> None:
    """Read what every file of a class is made with, before workers are copied from this process: none reads it again.

    What cannot be read is told by whoever makes a file.
    """
    with suppress(PortfolioError):
        work.folder.template()
        work.folder.outline()
    environment().get_template(HomePage.template)
    for language in LANGUAGES.values():
        if language.catalog:
            speak(language.tag)


def _beside(path: Path) -> tuple[Path, ...]:
    """Return what doors have made beside a page before they were stopped."""
    from portfolio.moments.home_doors import ENDINGS

    found = (path.with_suffix(ending) for ending in ENDINGS)
    return tuple(other for other in found if other.is_file() and not other.is_symlink())


def unforeseen(error: BaseException) -> PortfolioError:
    """Return the sentence for an error nobody foresaw."""
    if isinstance(error, MemoryError):
        return out_of_memory()
    return StorageTrouble(
        "Something went wrong that nobody foresaw ({why}). Look at the book with: portfolio examine. "
        "Then make the file again.",
        why=type(error).__name__,
    )


def out_of_memory() -> PortfolioError:
    """Return the sentence for a book that needs more memory than a file may take."""
    return StorageTrouble(
        "Making the file took more memory than there is for one book. Look for a very large picture or film in it, "
        "or close other programs. Then make the file again."
    )
