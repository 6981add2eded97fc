"""Commands that take things along: ``cards``, ``progress``, ``next-teacher``."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio.cli.face import NOT_EVERYBODY, AsJson, Folder, Only, app, open_class_at, sentences, tell, voice
from portfolio.errors import InputRefused
from portfolio.words import say

if TYPE_CHECKING:
    from portfolio.moments.teacher.room import TeacherDesk
    from portfolio.store.class_folder import ClassFolder


@contextmanager
def _desk(folder: ClassFolder) -> Iterator[TeacherDesk]:
    """Give the desk of the class's first teacher, as far as a command needs one."""
    from portfolio.moments.teacher.room import TeacherDesk
    from portfolio.serve.keys import key_fingerprint, new_key

    store = folder.store()
    try:
        first = next((one.teacher_id for one in store.school_class().teachers), "teacher-1")
        yield TeacherDesk(
            folder=folder,
            store=store,
            teacher_id=first,
            now=lambda: datetime.now(UTC),
            today=date.today,
            new_id=lambda: secrets.token_hex(8),
            randomness=secrets.token_bytes,
            new_key=new_key,
            fingerprint=key_fingerprint,
        )
    finally:
        store.close()


@app.command(
    epilog="Example: portfolio cards class-4b --address https://books.school.example --to cards.html"
)
def cards(
    folder: Folder,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="FILE", help="The page to write; else in CLASS/out.")
    ] = None,
    address: Annotated[
        str, typer.Option("--address", help="Where the books open, for cards with a link.")
    ] = "",
    pictures: Annotated[
        bool, typer.Option("--pictures", help="Cards with each child's picture, without a link.")
    ] = False,
    secret_pictures: Annotated[
        bool, typer.Option("--secret-pictures", help="Cards with the picture and the two secret pictures.")
    ] = False,
    student: Only = None,
    missing: Annotated[
        bool, typer.Option("--missing", help="Make links for children whose link is not known here.")
    ] = False,
    new_links: Annotated[
        bool, typer.Option("--new-links", help="Make new links; cards given out before stop working.")
    ] = False,
    one_sided: Annotated[bool, typer.Option("--one-sided", help="No empty page after each sheet.")] = False,
) -> None:
    """Write a page with a card for each child: eight on a sheet, to print and cut apart."""
    from portfolio.moments.cards_file import CardsAsked, write_cards

    with sentences(), _desk(open_class_at(folder)) as desk:
        asked = CardsAsked(
            way="secret" if secret_pictures else "pictures" if pictures else "links",
            address=address, students=tuple(student or ()), missing=missing, renew=new_links, backs=not one_sided,
        )  # fmt: skip
        made = write_cards(desk, asked, to)
        speech = voice()
        tell(speech.many("{n} card is in {path}.", "{n} cards are in {path}.", made.cards, path=made.path))
        if asked.way != "pictures":
            tell(speech("A card is a key: give each child only its own. Who has the card can open the book."))
        if made.without:
            tell(
                speech(
                    "These children have no link that could be printed: {names}. Make links with --missing. An old "
                    "card of theirs then stops working.",
                    names=", ".join(made.without),
                )
            )
            raise typer.Exit(NOT_EVERYBODY)


@app.command(epilog="Example: portfolio progress class-4b --xlsx class-4b.xlsx")
def progress(
    folder: Folder,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a table as CSV.")] = None,
    xlsx: Annotated[
        Path | None, typer.Option("--xlsx", metavar="FILE", help="Write a table for Excel.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say where every child is with its book and what comes next: in words, in the order of the list."""
    from portfolio.moments.progress_table import progress_table

    with sentences(), _desk(open_class_at(folder)) as desk:
        files = _two_files(csv, xlsx)
        speech = voice()
        table = progress_table(desk, speech)
        for path in files:
            _write(path, table.xlsx(desk) if path == xlsx else table.csv())
        if as_json:
            return tell(json.dumps(table.data, ensure_ascii=False, indent=1))
        for path in files:
            tell(speech("The table is in {path}.", path=path))
        for one in () if files else table.data:
            tell(f"{one['child']}: {one['place']}. {one['next']}")
        if not table.data:
            tell(speech("There are no students in this class yet."))
    return None


def _two_files(csv: Path | None, xlsx: Path | None) -> list[Path]:
    """Return the files to write. Raises ``InputRefused`` for one that is there, or one name for both."""
    from portfolio.store.archive_zip import refuse_taken

    files = [path for path in (csv, xlsx) if path is not None]
    for path in files:
        refuse_taken(path)
    if len({path.absolute() for path in files}) < len(files):
        raise InputRefused("CSV and Excel need two files: {path} was named for both.", path=csv)
    return files


def _write(path: Path, content: bytes) -> None:
    from portfolio.store.archive_zip import appearing

    with appearing(path) as file:
        file.write(content)


@app.command("next-teacher", epilog="Example: portfolio next-teacher class-4b for-ms-okafor")
def next_teacher(
    folder: Folder,
    target: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to put the files.")],
    student: Only = None,
) -> None:
    """Write for each child's next teacher what the child picked, with the teacher's note. Nothing else leaves."""
    from portfolio.moments.next_teacher import write_each
    from portfolio.views.phrases import missing_told

    with sentences():
        written = write_each(open_class_at(folder), target, students=tuple(student or ()))
        speech = voice()
        for one in written:
            what = say(one.why, speech) if one.why else f"{one.path} ({max(1, one.size // 1000)} kB)"
            tell(f"{one.student.name}: {what}")
            for gone in one.missing:
                tell(f"  {missing_told(gone, speech)}")
        if any(one.why for one in written):
            raise typer.Exit(NOT_EVERYBODY)
