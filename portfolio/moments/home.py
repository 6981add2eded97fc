"""Sending home: one file for each household of a child, for one child or the whole class.

The plain door: neither nbformat nor nbconvert is imported, and matplotlib only where a drawing is new.
The other door (:mod:`portfolio.export`) makes its page with the same :func:`home_html`.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from portfolio.errors import NotFound, PortfolioError
from portfolio.model import Book, Household, Student
from portfolio.moments.approval import LookState, looked_at
from portfolio.moments.classes import slug
from portfolio.rules import for_audience
from portfolio.rules.family_view import RatingsPart
from portfolio.rules.roster_changes import free
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.charts import Chart, chart_key, draw_ratings
from portfolio.views.pages import DrawChart, home_page, media_bytes, render
from portfolio.views.room import HOME_LIMIT
from portfolio.views.safe import SafePage
from portfolio.words import Speech

if TYPE_CHECKING:
    from portfolio.words.glossary import Glossary

MOST_NAMED = 60
"""Ids a sentence names at most; nobody reads a thousand."""

_HOME = "home"
"""What a home without a label in Latin letters is called in names of files."""


@dataclass(frozen=True)
class Sent:
    """One file that is ready to go home, or the reason why it is not (``trouble``).

    ``looked`` says whether a teacher has looked at the book as it is; without ``path`` and ``trouble`` it was left
    out, because only such books were asked for.
    """

    student: Student
    household: Household | None
    path: Path | None
    size: int
    trouble: PortfolioError | None = None
    looked: LookState = "not_yet"


def kept_charts(folder: Path) -> DrawChart:
    """Return a way to get drawings that keeps each one, by content and language, in ``folder``."""

    def draw(part: RatingsPart, title: str, say: Speech) -> Chart:
        path = folder / f"{chart_key(part, title, say)}.json"
        if path.is_file():
            try:
                return Chart(**json.loads(path.read_text(encoding="utf-8")))
            except (ValueError, TypeError):  # a damaged copy is simply drawn anew
                path.unlink(missing_ok=True)
        chart = draw_ratings(part, title, say)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json.dumps(asdict(chart), ensure_ascii=False).encode("utf-8"))
        return chart

    return draw


def home_html(
    book: Book,
    household_id: str,
    store: ClassStore,
    draw: DrawChart,
    limit: int = HOME_LIMIT,
    *,
    glossary: Glossary | None = None,
) -> SafePage:
    """Return the file one household gets, as a whole HTML page of at most ``limit`` bytes.

    Recordings and pictures for which there is no room are told where they would stand. ``glossary`` explains the
    school words: the class's own, else the one we ship.
    Raises ``NotFound`` for an unknown household and ``StorageTrouble`` for a damaged picture or recording.
    """
    view = for_audience(book, "home", household_id)
    student = book.student.student_id
    media = media_bytes(lambda sha, suffix: store.media(student, sha, suffix))
    page = home_page(view, lambda sha: store.picture(student, sha), draw, media, glossary)
    return render(page, limit)


def file_name(student: Student, household: Household) -> str:
    """Return what the file is called: the child's id and what its home is called now, in letters of every computer."""
    words = home_words(student)
    return f"{student.student_id}-{words.get(household.household_id) or slug(household.label) or _HOME}.html"


def home_words(student: Student) -> dict[str, str]:
    """Return the word for each home in names of files, by household id: its label now, no two the same.

    Ids of homes are no good for that: they keep who lived there once. What has no Latin letters is called
    ``home``; the second home of one word gets a number, in the order of the homes.
    """
    words: dict[str, str] = {}
    for home in student.households:
        words[home.household_id] = free(slug(home.label) or _HOME, words.values())
    return words


def file_names(roster: Iterable[Student]) -> dict[tuple[str, str], str]:
    """Return what the file of each home is called, by student id and household id.

    Where two would be called the same (the home “Maria, Papa” of ``ana`` and the home “Papa” of ``ana-maria``),
    a plus stands behind the id of the child, which no id has: a home never gets another child's file.
    """
    plain = {
        (s.student_id, home): (s.student_id, word) for s in roster for home, word in home_words(s).items()
    }
    times = Counter("-".join(parts) for parts in plain.values())
    return {ids: f"{('-' if times['-'.join(p)] == 1 else '+').join(p)}.html" for ids, p in plain.items()}


def file_owners(roster: Sequence[Student]) -> dict[str, set[str]]:
    """Return whose file each name may be (student ids): the names of today, and those made of the ids of homes once."""
    owners: dict[str, set[str]] = {}
    for (owner, home), name in file_names(roster).items():
        for one in (name, f"{owner}-{home}.html", f"{owner}+{home}.html"):
            owners.setdefault(one, set()).add(owner)
    return owners


def send_home(
    folder: ClassFolder,
    *,
    students: Sequence[str] = (),
    out: Path | None = None,
    limit: int = HOME_LIMIT,
    only_looked_at: bool = False,
    on_each: Callable[[Sent], None] = lambda _: None,
) -> tuple[Sent, ...]:
    """Write one file for each household and return what became of each.

    ``students`` are ids; none means the whole class. Files go to ``out`` (else ``home/`` in the class
    folder), each one whole or not at all, of at most ``limit`` bytes. ``only_looked_at`` leaves out books no teacher
    has looked at as they are. Trouble with one child never stops the others: it is told in ``Sent.trouble``. Raises ``NotFound`` if an id is unknown.
    """
    store = folder.store()
    try:
        chosen = chosen_students(store, students)
        target = out or folder.home
        target.mkdir(parents=True, exist_ok=True)
        done = []
        for sent in _each(folder, store, chosen, target, limit, only_looked_at=only_looked_at):
            on_each(sent)
            done.append(sent)
        return tuple(done)
    finally:
        store.close()


def chosen_students(store: ClassStore, students: Sequence[str]) -> tuple[Student, ...]:
    """Return the students with these ids, the whole roster for none. Raises ``NotFound`` naming the known."""
    if not students:
        return store.students()
    return tuple(_known(store, student_id) for student_id in students)  # a school is not read for one child


def _known(store: ClassStore, student_id: str) -> Student:
    try:
        return store.student(student_id)
    except NotFound as error:
        ids = [student.student_id for student in store.students()]
        shown = ", ".join(ids[:MOST_NAMED]) + (" …" if len(ids) > MOST_NAMED else "")
        raise NotFound(
            "There is no student “{student}” in this class. Known are: {known}.",
            student=student_id,
            known=shown or "–",
        ) from error


def _with_like_named(store: ClassStore, chosen: Sequence[Student]) -> Iterable[Student]:
    """Yield these children, and whoever else might have a file of the same name."""
    ids = {student.student_id for student in chosen}
    yield from chosen
    for student in chosen:
        words = home_words(student)
        for household in student.households:
            parts = f"{student.student_id}-{words[household.household_id]}".split("-")
            owners = {"-".join(parts[:at]) for at in range(1, len(parts))} - ids
            ids |= owners
            for owner in sorted(owners):
                with contextlib.suppress(NotFound):
                    yield store.student(owner)


def _each(
    folder: ClassFolder,
    store: ClassStore,
    chosen: Sequence[Student],
    target: Path,
    limit: int,
    *,
    only_looked_at: bool,
) -> Iterable[Sent]:
    template, outline, glossary = folder.template(), folder.outline(), folder.glossary()
    draw, names = kept_charts(folder.charts), file_names(_with_like_named(store, chosen))
    for student in chosen:
        if not student.households:
            nobody = NotFound(
                "{student} has no household yet. Add one, then send again.", student=student.name
            )
            yield Sent(student, None, None, 0, nobody)
        book: Book | None = None  # read once, also where there are two homes
        looked: LookState = "not_yet"
        for household in student.households:
            try:
                if book is None:
                    book = book_of(store, template, outline, student.student_id)
                    looked = looked_at(store, book.portfolio.meta).state
                if only_looked_at and looked != "looked_at":
                    yield Sent(student, household, None, 0, looked=looked)
                    continue
                made = home_html(book, household.household_id, store, draw, limit, glossary=glossary)
                page = made.encode("utf-8")
                path = target / names.get(
                    (student.student_id, household.household_id), file_name(student, household)
                )
                write_atomically(path, page)
            except PortfolioError as trouble:
                yield Sent(student, household, None, 0, trouble, looked)
            else:
                yield Sent(student, household, path, len(page), looked=looked)
