# long: everything that lies in a class's folder is told in one place
"""A class on disk: one folder that can be copied, backed up and deleted as a whole.

::

    class.yaml          the teacher's copy of the class template: what is asked
    glossary.yaml       the class's own school words, if it has any (school-glossary.yaml: those of its school)
    activities.yaml     the class's own cards for ten minutes at home, if it has any
    places-that-help.csv  places that help families, if the school has written them down
    student.ipynb       the outline of every book: which sections, in which order
    conference.ipynb    shows the conference of the same outline
    teacher.ipynb       the teacher's own desk; made anew when it is missing
    rehearsal.ipynb     where a child gets ready for its meeting; made anew when it is missing
    class.sqlite        everything anybody wrote, with its history
    media/              pictures, one folder for each student
    home/               files ready to go home, a folder for each home
    spoken/             questions in the teacher's own voice, if there are any
    pictures/           pictures that help with a question, if there are any
    .portfolio/         the secret that signs visits; the key of answers in a class out of a backup; drawings, smaller pictures, found school words
                        and lists of files made (``runs/``), which can be made anew
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portfolio.errors import InputRefused, NotFound, PortfolioError, StorageTrouble
from portfolio.model import Book, ClassTemplate, Outline, SchoolClass
from portfolio.store import trouble
from portfolio.store.atomic import make_folder, write_atomically
from portfolio.store.port import ClassStore

if TYPE_CHECKING:
    from portfolio.rules.activities import Deck
    from portfolio.rules.help_places import PlacesRead
    from portfolio.store.glossary_layers import Layers
    from portfolio.words.glossary.load import Glossary

SECRET_BYTES: Final = 32


@dataclass(frozen=True)
class ClassFolder:
    """Where the parts of a class are. Reading a part raises a sentence if it is missing or damaged."""

    path: Path
    """The folder itself, as an absolute path."""

    @property
    def template_file(self) -> Path:
        """The teacher's copy of the class template."""
        return self.path / "class.yaml"

    @property
    def student_notebook(self) -> Path:
        """The notebook that is the outline of every book."""
        return self.path / "student.ipynb"

    @property
    def conference_notebook(self) -> Path:
        """The notebook that shows the conference."""
        return self.path / "conference.ipynb"

    @property
    def teacher_notebook(self) -> Path:
        """The notebook that is the teacher's own desk; an older class may not have it yet."""
        return self.path / "teacher.ipynb"

    @property
    def rehearsal_notebook(self) -> Path:
        """The notebook in which a child gets ready for its meeting; an older class may not have it yet."""
        return self.path / "rehearsal.ipynb"

    @property
    def database(self) -> Path:
        """The file with everything anybody wrote."""
        return self.path / "class.sqlite"

    @property
    def media(self) -> Path:
        """The folder of the pictures. No server may ever have it below its root."""
        return self.path / "media"

    @property
    def home(self) -> Path:
        """The folder of the files that go home."""
        return self.path / "home"

    @property
    def hidden(self) -> Path:
        """The folder of what nobody needs to look at."""
        return self.path / ".portfolio"

    @property
    def secret(self) -> Path:
        """The file with the 32 bytes that sign visits."""
        return self.hidden / "secret"

    @property
    def answers(self) -> Path:
        """The key a backup brought along: codes on answers are made of it (:mod:`portfolio.store.answer_key`)."""
        return self.hidden / "answers"

    @property
    def charts(self) -> Path:
        """The folder of drawings that are kept to save time; it may be deleted."""
        return self.hidden / "charts"

    @property
    def smaller(self) -> Path:
        """The folder of pictures made smaller, one folder for each student; it may be deleted."""
        return self.hidden / "smaller"

    def store(self) -> ClassStore:
        """Open the records and pictures; the caller closes them. Raises ``StorageTrouble``."""
        from portfolio.store.sql import SqlStore  # SQLAlchemy takes its time

        return SqlStore(self.database, self.media)

    def reading(self) -> ClassStore:
        """Open the records and pictures to read them, which is quicker; the caller closes them. Raises ``StorageTrouble``."""
        from portfolio.store.quick import reading

        return reading(self.database, self.media, self.store)

    def template(self) -> ClassTemplate:
        """Read what the class asks; read again only after the file changed.

        Raises ``NotFound`` if there is no such file, ``TemplateMistake`` if it says what we don't know.
        """
        return _template_at(self.template_file, _state_of(self.template_file))

    def outline(self) -> Outline:
        """Read which sections a book has; read again only after the notebook changed.

        Raises ``NotFound`` if there is no such file, ``NotebookMistake`` if it is not a notebook.
        """
        return _outline_at(self.student_notebook, _state_of(self.student_notebook))

    def glossary(self) -> Glossary:
        """Return the school words of the class: ours, the school's over them, the class's over both.

        Never raises for a file with mistakes: it is left out, and :meth:`glossary_troubles` tells of it.
        """
        return self._layers().glossary

    def glossary_troubles(self) -> tuple[PortfolioError, ...]:
        """Return what is wrong with the glossary files of the class, a sentence for each file; none, if all is well."""
        return self._layers().troubles

    def activities(self, lang: str) -> Deck:
        """Return the cards for ten minutes at home: ours, the class's own over them; ``lang`` is that of the class.

        Never raises for a file with mistakes: it is left out, and :meth:`activities_troubles` tells of it.
        """
        return self._deck(lang)[0]

    def activities_troubles(self, lang: str) -> tuple[PortfolioError, ...]:
        """Return what is wrong with the class's own cards, as sentences; none, if all is well."""
        return self._deck(lang)[1]

    def _deck(self, lang: str) -> tuple[Deck, tuple[PortfolioError, ...]]:
        from portfolio.store.our_deck import FILE, our_deck

        if not os.path.lexists(self.path / FILE):
            return our_deck(), ()
        from portfolio.store.activities_file import deck_in  # YAML is only needed here

        return deck_in(self.path, lang, _state_of(self.path / FILE))

    def help_places(self, lang: str) -> PlacesRead:
        """Return the school's list of places that help, with what is wrong in it; ``lang`` is that of the class."""
        from portfolio.store.help_places_file import FILE, places_in

        return places_in(self.path, lang, _state_of(self.path / FILE))

    def _layers(self) -> Layers:
        from portfolio.store.glossary_layers import FILES, layers_of

        return layers_of(self.path, tuple(_state_of(self.path / name) for name in FILES))


def create_class(
    path: Path, template_file: Path, school_class: SchoolClass, *, randomness: Callable[[int], bytes]
) -> ClassFolder:
    """Make the folder of a new class and return it; if that fails, nothing is left behind.

    ``path`` must not exist yet or be an empty folder. The template is copied as it is, with the teacher's
    comments. ``randomness`` hands out unpredictable bytes, like ``secrets.token_bytes``.

    Raises:
        InputRefused: the folder has something in it, or is a file.
        TemplateMistake: the template says what we do not know (nothing was made then).
        StorageTrouble: the disk is full, or the place is not ours to write.
    """
    from portfolio.store.template_file import load_template  # YAML is only needed here

    template = load_template(template_file)
    folder = ClassFolder(path.absolute())
    made = _make_room(folder.path)
    try:
        _fill(folder, template_file, template, school_class, randomness)
    except BaseException:
        _clear(folder.path, whole=made)
        raise
    return folder


def _make_room(path: Path) -> bool:
    """Make the folder, readable only by its owner; return whether it was not there."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            make_folder(path, mode=0o700)
            return True
        if not path.is_dir():
            raise InputRefused("{path} is a file. Choose the name of a new folder for the class.", path=path)
        if any(path.iterdir()):
            raise InputRefused(
                "The folder {path} is not empty. Choose a new one: a class needs a folder of its own.",
                path=path,
            )
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be made or read ({why}). Choose another place for the class.",
            path=path,
            why=error.strerror or type(error).__name__,
        ) from error
    return False


def _fill(
    folder: ClassFolder,
    template_file: Path,
    template: ClassTemplate,
    school_class: SchoolClass,
    randomness: Callable[[int], bytes],
) -> None:
    from portfolio.store.notebook_new import (
        conference_notebook,
        rehearsal_notebook,
        student_notebook,
        teacher_notebook,
    )
    from portfolio.store.sql import SqlStore

    for part in (folder.media, folder.home, folder.hidden):
        make_folder(part, mode=0o700)
    write_atomically(folder.secret, randomness(SECRET_BYTES), mode=0o600)
    for path, notebook in (
        (folder.student_notebook, student_notebook(template, school_class.name)),
        (folder.conference_notebook, conference_notebook(template, school_class.name)),
        (folder.teacher_notebook, teacher_notebook(school_class.name, school_class.language)),
        (folder.rehearsal_notebook, rehearsal_notebook(school_class.name, school_class.language)),
    ):
        write_atomically(path, notebook.encode("utf-8"))
    store = SqlStore(folder.database, folder.media, create=True)
    try:
        store.keep_class(school_class)
    finally:
        store.close()
    # last: a folder is a class once its template is there
    write_atomically(folder.template_file, template_file.read_bytes())


def _clear(path: Path, *, whole: bool) -> None:
    with contextlib.suppress(OSError):  # what went wrong first is what matters
        for part in path.iterdir():
            if part.is_dir():
                shutil.rmtree(part, ignore_errors=True)
            else:
                part.unlink(missing_ok=True)
        if whole:
            path.rmdir()


def open_class(path: Path | str) -> ClassFolder:
    """Return the class in a folder.

    Raises:
        NotFound: there is none; the sentence says how to make one.
        StorageTrouble: a part is missing, or a link to some other place.
    """
    folder = ClassFolder(Path(path).absolute())
    try:
        _check_parts(folder)
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be opened ({why}). Check that it belongs to you, then try again.",
            path=folder.path,
            why=error.strerror or type(error).__name__,
        ) from error
    return folder


def _check_parts(folder: ClassFolder) -> None:
    if not folder.template_file.is_file():
        raise NotFound(
            "There is no class in {path}. Go to the folder of your class, or make one: portfolio new {path}",
            path=folder.path,
        )
    needed = (folder.student_notebook, folder.database)
    for part in (folder.template_file, *needed, folder.media, folder.home, folder.hidden):
        trouble.regular(part)
    for part in needed:
        if not part.is_file():
            raise StorageTrouble(
                "{part} is missing from the class in {path}. Take it from a backup of the class.",
                part=part.name,
                path=folder.path,
            )


def book_of(
    store: ClassStore,
    template: ClassTemplate,
    outline: Outline,
    student_id: str,
    round_name: str | None = None,
    *,
    class_names: tuple[str, ...] | None = None,
    school_class: SchoolClass | None = None,
) -> Book:
    """Return a student's book in one round, with the portfolios of the rounds before it.

    ``round_name`` is by default the round the class is in: a child who has not begun that one has no book
    yet, rather than the book of last time. Damaged entries are left out: see ``ClassStore.damaged``.
    ``class_names`` and ``school_class`` are for who reads many books and has asked the store for them once.
    Raises ``NotFound`` (student, or round: then it names those there are) and ``StorageTrouble``.
    """
    school_class = school_class or store.school_class()
    student = store.student(student_id)
    wanted = school_class.round if round_name is None else round_name
    rounds = store.rounds(student_id)
    at = next((i for i, meta in enumerate(rounds) if meta.round == wanted), None)
    if at is None:
        raise NotFound(
            "{student} has no portfolio for “{round}” yet. There is: {known}. Open the desk to begin one.",
            student=student.name,
            round=trouble.shown(wanted),
            known=", ".join(meta.round for meta in rounds) or "–",
        )
    ids = [meta.portfolio_id for meta in rounds[: at + 1]]
    wholes = store.wholes(ids)
    # one that is not among them cannot be read: asking for it alone says why
    *earlier, portfolio = (wholes[one].portfolio if one in wholes else store.portfolio(one) for one in ids)
    return Book(
        school_class=school_class,
        template=template,
        outline=outline,
        student=student,
        portfolio=portfolio,
        earlier=tuple(earlier),
        class_names=store.student_names() if class_names is None else class_names,
    )


_State = tuple[int, int, int]
"""What changes when a file does: which file it is, when it was written, its size in bytes."""


def _state_of(path: Path) -> _State | None:
    try:
        found = path.stat()
    except OSError:
        return None  # reading it will say what is wrong
    return found.st_ino, found.st_mtime_ns, found.st_size


# Sending a class home reads both files once, not thirty times. The values never change, so sharing is safe.
@lru_cache(maxsize=8)
def _template_at(path: Path, _state: _State | None) -> ClassTemplate:
    from portfolio.store.template_file import load_template

    return load_template(path)


@lru_cache(maxsize=8)
def _outline_at(path: Path, _state: _State | None) -> Outline:
    from portfolio.store.notebook_file import outline_of

    return outline_of(path)
