"""What ``send-home`` makes beside the pages: the wishes for PDFs, messages and mails, and the papers of a whole class."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from portfolio.cli.face import tell, voice
from portfolio.words import say

if TYPE_CHECKING:
    from portfolio.moments.home_doors import Doors
    from portfolio.moments.sent import Sent
    from portfolio.store.class_folder import ClassFolder

_LARGEST: Final = 1_000
"""Bytes of a password file that are looked at."""

_OF_A_SHELL: Final = (Path("/dev/fd"), Path("/proc/self/fd"))
"""Where shells put what another program says: ``--password-file <(pass show class)``."""


class PaperChoice(StrEnum):
    """The sheets a PDF may be for."""

    A4 = "a4"
    LETTER = "letter"


class NameChoice(StrEnum):
    """How a child is named in names of files."""

    ID = "id"
    FIRST = "first"
    INITIALS = "initials"


Pdf = Annotated[bool, typer.Option("--pdf", help="Also as PDF, made by Chromium, Chrome or Edge.")]
Sheet = Annotated[PaperChoice, typer.Option("--paper", help="The sheets of the PDF.")]
Ask = Annotated[
    bool, typer.Option("--ask-password", help="Lock the PDFs with one password, which is asked for.")
]
FromFile = Annotated[
    Path | None,
    typer.Option("--password-file", help="Lock the PDFs with the password on the first line of this file."),
]
Each = Annotated[
    bool, typer.Option("--password-each", help="Lock each PDF with its own password; --list tells them.")
]
AsText = Annotated[bool, typer.Option("--text", help="Also the two-minute version as a message.")]
Whole = Annotated[bool, typer.Option("--whole-text", help="Also the whole story as plain text.")]
Mail = Annotated[bool, typer.Option("--mail", help="Also a mail for each home that waits to be sent.")]
ListTo = Annotated[
    Path | None, typer.Option("--list", help="Write a list with faces, to print and tick, into this file.")
]
PrintTo = Annotated[
    Path | None,
    typer.Option("--to-print", help="Write one PDF with all that goes home on paper, into this file."),
]
Names = Annotated[NameChoice, typer.Option("--names", help="How children are named in names of files.")]


@dataclass(frozen=True)
class Locks:
    """How PDFs are to be locked; ``listed`` says whether there will be a list that can tell passwords."""

    ask: bool = False
    file: Path | None = None
    each: bool = False
    listed: bool = False

    def password(self) -> str:
        """Return the one password, asked for or read; "" if none is wished for. It is never shown.

        Raises ``InputRefused`` for two wishes at once, and for a password nobody could type.
        """
        from portfolio.errors import InputRefused
        from portfolio.moments.pdf_lock import known_password

        if (self.ask, self.file is not None, self.each).count(True) > 1:
            raise InputRefused("Choose one way to lock the PDFs, not two.")
        if self.each and not self.listed:
            raise InputRefused("Each PDF gets a password of its own, so you need the list: add --list FILE.")
        if self.ask:
            words = voice()("Password for the PDFs")
            return known_password(typer.prompt(words, hide_input=True, confirmation_prompt=True, err=True))
        return known_password(_first_line(self.file)) if self.file else ""


def _first_line(path: Path) -> str:
    from portfolio.errors import InputRefused
    from portfolio.store.trouble import no_special

    if path.parent not in _OF_A_SHELL:
        no_special(path)
    try:
        with path.open("rb") as file:
            text = file.read(_LARGEST).decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputRefused("The password file {path} cannot be read as text.", path=path) from error
    return next(iter(text.splitlines()), "")


def doors_of(
    folder: ClassFolder,
    locks: Locks,
    *,
    pdf: bool,
    paper: PaperChoice,
    text: bool,
    whole: bool,
    mail: bool,
    names: NameChoice,
) -> Doors | None:
    """Return what is wished for beside each page, if anything is; a wish for a lock is one for a PDF.

    Raises ``PortfolioError``.
    """
    wishes = (pdf, text, whole, mail, names is not NameChoice.ID, locks.ask, locks.file, locks.each)
    if not any(wishes):  # the usual run imports nothing of all this
        return None
    from portfolio.moments.cards import class_secret
    from portfolio.moments.home_doors import Doors

    password = locks.password()
    return Doors(
        pdf=pdf or bool(password) or locks.each,
        paper=paper.value,
        password=password,
        secret=class_secret(folder) if locks.each else b"",
        text="whole" if whole else "short" if text else "",
        mail=mail,
        names=names.value,
    )


def free_places(*paths: Path | None) -> None:
    """Make sure that papers of the whole class take the place of no file. Raises ``InputRefused``."""
    for path in filter(None, paths):
        from portfolio.store.archive_zip import refuse_taken

        refuse_taken(path)


def for_all(
    folder: ClassFolder,
    sent: Sequence[Sent],
    doors: Doors | None,
    list_to: Path | None,
    print_to: Path | None,
    *,
    paper: PaperChoice,
    quiet: bool = False,
) -> bool:
    """Write the list with faces and the PDF for the printer, where they are wished for, and say where they are.

    The PDF is for ``paper``. Returns whether all that was wished for is there; trouble is told at once.
    """
    from portfolio.errors import PortfolioError

    try:
        _for_all(folder, sent, doors, list_to, print_to, paper, (lambda _: None) if quiet else tell)
    except PortfolioError as trouble:
        typer.echo(say(trouble, voice()), err=True)
        return False
    return True


def _for_all(
    folder: ClassFolder,
    sent: Sequence[Sent],
    doors: Doors | None,
    list_to: Path | None,
    print_to: Path | None,
    paper: PaperChoice,
    say_so: Callable[[str], None],
) -> None:
    if list_to is None and print_to is None:
        return
    from portfolio.moments.home_doors import Doors
    from portfolio.moments.home_pdf import close_browser
    from portfolio.moments.sent_list import list_of, to_print
    from portfolio.store.atomic import write_atomically

    wished = doors or Doors(paper=paper.value)
    speech = voice()
    if list_to is not None:
        store = folder.store()
        try:
            page = list_of(sent, wished, store.school_class(), speech)
        finally:
            store.close()
        write_atomically(list_to, page.encode("utf-8"), mode=0o600)
        say_so(speech("The list to print: {path}", path=list_to))
    if print_to is not None:
        made = to_print(sent, wished)
        write_atomically(print_to, made.data, mode=0o600)
        pages = speech.many("{n} page", "{n} pages", made.pages)
        say_so(
            speech("All that goes home on paper, in one file: {path} ({pages})", path=print_to, pages=pages)
        )
        close_browser()
