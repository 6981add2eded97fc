"""Papers for households as files in the class: one for each home and paper, or all in one to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio.errors import NotFound, PortfolioError, StorageTrouble
from portfolio.model import Household, Student
from portfolio.moments.home_names import file_name, file_names, file_owners
from portfolio.moments.papers import ForHome, as_file, homes
from portfolio.moments.send_home import chosen_students
from portfolio.rules.papers import PAPERS, Paper
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.views.papers import language_for
from portfolio.words import speak

FOLDER: Final = "papers"
"""The folder in a class where papers are kept as files. All of them can be made again."""

TOGETHER: Final = "all.html"
"""The file with every chosen paper of every chosen home, one after another, for printing at once."""


@dataclass(frozen=True)
class Written:
    """A paper that was written as a file, or the reason why it is not (``trouble``).

    Without a ``student`` it is the file with all of them in one; without a ``paper``, a child without a home.
    """

    student: Student | None
    household: Household | None
    paper: Paper | None
    path: Path | None
    size: int = 0
    trouble: PortfolioError | None = None


def paper_name(stem: str, paper: Paper) -> str:
    """Return what the file of a paper is called: the name of the home's file, and the paper.

    No name of a paper ends like another one, so that two files never share a name where the homes' files do not.
    """
    return f"{stem.removesuffix('.html')}-{paper}.html"


def write_papers(
    folder: ClassFolder,
    papers: Sequence[Paper],
    *,
    students: Sequence[str] = (),
    lang: str = "",
    out: Path | None = None,
    together: bool = False,
    on_each: Callable[[Written], None] = lambda _: None,
) -> tuple[Written, ...]:
    """Write these papers as files and return what became of each.

    ``students`` are ids; none means the whole class. Files go to ``out`` (else ``papers/`` in the class folder), each
    whole or not at all; those of an earlier time are written anew. ``together``: all in one file, ``all.html``, for
    printing. Trouble with one home never stops the others: it is told in ``Written.trouble``. Raises ``NotFound`` if
    an id is unknown, ``StorageTrouble`` if there is no place for files.
    """
    store = folder.store()
    try:
        roster, chosen = store.students(), chosen_students(store, students)
        found = homes(folder, store, students, papers)
        say = speak(store.school_class().language)
    finally:
        store.close()
    done = tuple(_nobody(one) for one in chosen if not one.households)
    if together and found:
        path = _made(out or folder.path / FOLDER) / TOGETHER
        page = as_file(found, papers, say, lang=lang, glossary=folder.glossary()).encode("utf-8")
        write_atomically(path, page)
        return (*done, Written(None, None, None, path, len(page)))
    return (*done, *write_papers_of(folder, papers, found, roster, lang=lang, out=out, on_each=on_each))


def write_papers_of(
    folder: ClassFolder,
    papers: Sequence[Paper],
    found: Sequence[ForHome],
    roster: Sequence[Student],
    *,
    lang: str = "",
    out: Path | None = None,
    on_each: Callable[[Written], None] = lambda _: None,
) -> tuple[Written, ...]:
    """Write these papers of these homes, a file each, as :func:`write_papers` does; ``roster`` is the whole class."""
    names, done = file_names(roster), []
    target, glossary = _made(out or folder.path / FOLDER), folder.glossary()
    for one, paper in ((one, paper) for one in found for paper in papers):
        ids = (one.student.student_id, one.household.household_id)
        path = target / paper_name(names.get(ids, file_name(one.student, one.household)), paper)
        try:
            say = speak(lang or language_for(one.view))
            page = as_file([one], [paper], say, lang=lang, glossary=glossary).encode("utf-8")
            write_atomically(path, page)
            written = Written(one.student, one.household, paper, path, len(page))
        except PortfolioError as trouble:
            written = Written(one.student, one.household, paper, None, trouble=trouble)
        on_each(written)
        done.append(written)
    return tuple(done)


def _made(target: Path) -> Path:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageTrouble(
            "The folder {path} cannot be made ({why}). Choose another place for the papers.",
            path=target,
            why=error.strerror or type(error).__name__,
        ) from error
    return target


def _nobody(student: Student) -> Written:
    nobody = NotFound(
        "{student} has no household yet. Add one, then make the papers again.", student=student.name
    )
    return Written(student, None, None, None, trouble=nobody)


def paper_files(folder: ClassFolder, student_id: str, roster: Sequence[Student]) -> list[Path]:
    """Return the files of papers that tell of a child: its own, and the one for printing, which tells of everybody.

    A file of a home the child no longer has is known by its beginning; where two ids fit, it is the longer one's.
    """
    here = folder.path / FOLDER
    if not here.is_dir() or here.is_symlink():
        return []
    owners = {paper_name(name, paper): who for name, who in file_owners(roster).items() for paper in PAPERS}
    everybody = {student_id, *(one.student_id for one in roster)}

    def tells_of(name: str) -> set[str]:
        begins = (i for i in everybody if name.startswith((f"{i}-", f"{i}+")))
        return owners.get(name) or {max(begins, key=len, default="")}

    return sorted(
        path for path in here.iterdir() if path.name == TOGETHER or student_id in tells_of(path.name)
    )
