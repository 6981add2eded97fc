# long: one archive, child by child, and what stands in it for its readers
"""Archiving: children's portfolios into one file that opens without this program, for ten years and more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portfolio.errors import N_, PortfolioError
from portfolio.model import Book, ClassTemplate, Household, Outline, Portfolio, Student
from portfolio.moments.archive_text import everything
from portfolio.moments.home import Kit, home_file, kept_charts
from portfolio.moments.keeping import chosen
from portfolio.moments.send_home import chosen_students
from portfolio.store.archive import KIND, VERSION, Archivist, shown_media
from portfolio.store.archive_read import opened_archive
from portfolio.store.archive_zip import Packer, appearing
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import Change, ClassStore
from portfolio.views.room import HOME_LIMIT
from portfolio.words import Speech, speak
from portfolio.words import say as say_error

_NOBODY = "archive"


@dataclass(frozen=True)
class ArchiveMade:
    """A finished archive: the file, how many children and portfolios are in it, its size in bytes.

    ``left_out`` says, child by child, what could not be put in and why: (student id, sentence).
    """

    path: Path
    students: int
    portfolios: int
    size: int
    left_out: tuple[tuple[str, PortfolioError], ...]


def archive_class(
    folder: ClassFolder,
    to: Path | None = None,
    *,
    made_at: datetime,
    say: Speech,
    students: Sequence[str] = (),
    history: bool = False,
    pages: bool = True,
    on_each: Callable[[Student], None] = lambda _: None,
) -> ArchiveMade:
    """Write an archive of the whole class, or of the students named (ids), and read it all again.

    It is for the school and the child: it holds the teacher's notes and every household's letters. What homes told
    the teacher alone is only in the archive of a whole class: one of named children may go with the child. ``to``
    is the file or a folder for it, by default beside the class. ``history`` puts in earlier states of entries,
    ``pages`` a readable page for each portfolio. ``say`` words the README beside the English one. What cannot
    be read of one child does not stop the others. Raises ``NotFound``, ``InputRefused``, ``StorageTrouble``.
    """
    store = folder.store()
    try:
        children = chosen_students(store, students)
        one = f".{children[0].student_id}" if len(students) == 1 else ""
        path = chosen(to, folder, f"{folder.path.name}{one}.{made_at:%Y-%m-%dT%H%M}.archive.zip")
        with appearing(path, _prove) as file:
            packer = Packer(file, made_at)
            archivist = Archivist(packer)
            archivist.put_class(store.school_class(), folder, readme(say))
            worker = _Worker(folder, store, archivist, say, history=history, pages=pages, whole=not students)
            for student in children:
                worker.put(student)
                on_each(student)
            packer.close(KIND, VERSION)
            size = file.tell()
        return ArchiveMade(path, len(children), worker.portfolios, size, tuple(worker.left_out))
    finally:
        store.close()


def _prove(path: Path) -> None:
    with opened_archive(path) as archive:
        archive.prove()
        for student_id in archive.students:
            archive.student(student_id)


class _Worker:
    """Puts one child after the other into an archive and remembers what could not be put in."""

    def __init__(
        self,
        folder: ClassFolder,
        store: ClassStore,
        archivist: Archivist,
        say: Speech,
        *,
        history: bool,
        pages: bool,
        whole: bool,
    ) -> None:
        self._folder, self._store, self._archivist, self._say = folder, store, archivist, say
        self._history, self._pages, self._whole = history, pages, whole
        self._template, self._outline = _questions(folder)
        self._draw = kept_charts(folder.charts)
        self.portfolios = 0
        self.left_out: list[tuple[str, PortfolioError]] = []

    def put(self, student: Student) -> None:
        self._archivist.put_student(student)
        shown: frozenset[str] = frozenset()
        earlier: list[Portfolio] = []
        for meta in self._store.rounds(student.student_id):
            try:
                portfolio = self._store.portfolio(meta.portfolio_id)
            except PortfolioError as trouble:
                self.left_out.append((student.student_id, trouble))
                continue
            self._note_damaged(student.student_id, meta.portfolio_id)
            portfolio = portfolio if self._whole else without_teachers_own(portfolio)
            page = self._page(student, portfolio, tuple(earlier)) if self._pages else None
            text = everything(student, portfolio, self._template, self._say, whole=self._whole)
            past = self._changes(portfolio) if self._history else None
            self._archivist.put_portfolio(portfolio, text=text, page=page, history=past)
            shown |= shown_media(portfolio)
            earlier.append(portfolio)
            self.portfolios += 1
        for sha in self._archivist.put_media(self._folder, student.student_id, shown):
            self.left_out.append((student.student_id, _no_medium(student, sha)))

    def _note_damaged(self, student_id: str, portfolio_id: str) -> None:
        for entry_id in self._store.damaged(portfolio_id):
            trouble = PortfolioError("“{entry}” cannot be read", entry=entry_id)
            self.left_out.append((student_id, trouble))

    def _page(self, student: Student, portfolio: Portfolio, earlier: tuple[Portfolio, ...]) -> str | None:
        """Return the book as a family may see it, in the child's language, for no household in particular."""
        if self._template is None:
            return None
        nobody = Household(household_id=_NOBODY, label="", reads=(portfolio.meta.language,))
        book = Book(
            school_class=self._store.school_class(),
            template=self._template,
            outline=self._outline,
            student=student.but(households=(nobody,)),
            portfolio=portfolio,
            earlier=earlier,
        )
        try:
            glossary, deck = self._folder.glossary(), self._folder.activities(book.school_class.language)
            # an archive goes through no mail
            kit = Kit(self._store, self._draw, glossary, budget=HOME_LIMIT, activities=deck)
            return str(home_file(book, _NOBODY, kit).page)
        except PortfolioError as trouble:  # the words are in the archive all the same
            self.left_out.append((student.student_id, trouble))
            return None

    def _changes(self, portfolio: Portfolio) -> list[Change]:
        pid = portfolio.meta.portfolio_id
        return [c for entry in portfolio.entries() for c in self._store.history(pid, entry.entry_id)]


def without_teachers_own(portfolio: Portfolio) -> Portfolio:
    """Return a portfolio without what homes told the teacher alone."""
    return portfolio.but(to_teacher=()) if portfolio.to_teacher else portfolio


def _questions(folder: ClassFolder) -> tuple[ClassTemplate | None, Outline]:
    """Return what the class asks, or nothing if that cannot be read: the answers are archived anyway."""
    try:
        return folder.template(), folder.outline()
    except PortfolioError:
        return None, ()


def _no_medium(student: Student, sha256: str) -> PortfolioError:
    return PortfolioError(
        "The picture or recording {name} of {student} is missing or damaged, so it is not in the archive.",
        name=sha256[:12],
        student=student.name,
    )


_README = (
    N_("This is an archive of portfolios: what children gathered, wrote and planned for their meetings."),
    N_("You need no special program. Unpack this file, then open what you want to read:"),
    N_("“book.html” opens in any web browser: the book of one child in one round, as its family may see it."),
    N_(
        "“everything.txt” opens in any text editor: every word, also notes of the teacher and letters of families."
    ),
    N_(
        "“media” holds pictures (.webp, which web browsers open) and recordings (.mp3, .m4a, .wav, .ogg, .webm, .mp4)."
    ),
    N_(
        "“portfolio.json”, “student.json” and “class.json” hold the same for programs. They are text, too (UTF-8)."
    ),
    N_("“manifest.json” lists every file with its SHA-256, so that damage can be found."),
    N_(
        "This archive is about children. Keep it where only those who need it can read it, and delete it on the day you promised."
    ),
)


def readme(say: Speech) -> str:
    """Return what stands in README.txt: in English, and in the language of ``say`` below it."""
    voices = [speak("en")] if say.lang == "en" else [speak("en"), say]
    return "\n\n\n".join("\n\n".join(voice(line) for line in _README) for voice in voices) + "\n"


def trouble_lines(made: ArchiveMade, say: Speech) -> list[str]:
    """Return what was left out as lines of text."""
    return [f"{student}: {say_error(trouble, say)}" for student, trouble in made.left_out]
