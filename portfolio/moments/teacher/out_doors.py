"""What goes beside the files for the homes, as a teacher ticks it: PDFs, messages, mails, a list, a pile to print."""

from __future__ import annotations

from collections.abc import Sequence

from portfolio.errors import PortfolioError
from portfolio.moments.cards import class_secret
from portfolio.moments.home_doors import Doors
from portfolio.moments.home_pdf import close_browser
from portfolio.moments.room import Asked, Download
from portfolio.moments.sent import Sent
from portfolio.moments.sent_list import list_of, to_print
from portfolio.moments.teacher.out_files import name_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.words import Speech
from portfolio.words import say as say_error


def ticks(say: Speech) -> tuple[tuple[str, str, bool], ...]:
    """Return what may be chosen beside the files: name, words, whether it is ticked."""
    return (
        ("pdf", say("Also as PDF, where a mail does not let pages through"), False),
        ("letter", say("PDFs on Letter sheets, not on A4"), False),
        ("lock", say("A password of its own for each PDF; the list tells it"), False),
        ("text", say("Also as a short message to copy"), False),
        ("mail", say("Also as mails that wait to be sent"), False),
        ("list", say("A list with faces, to print and tick"), False),
        ("to-print", say("One PDF with all that goes home on paper"), False),
    )


def doors_asked(asked: Asked, desk: TeacherDesk) -> Doors:
    """Return what was ticked; a password needs a PDF. Raises ``StorageTrouble`` without a secret to make passwords from."""
    lock = asked.ticked("lock")
    return Doors(
        pdf=asked.ticked("pdf") or lock,
        paper="letter" if asked.ticked("letter") else "a4",
        secret=class_secret(desk.folder) if lock else b"",
        text="short" if asked.ticked("text") else "",
        mail=asked.ticked("mail"),
    )


def papers(
    asked: Asked, desk: TeacherDesk, sent: Sequence[Sent], doors: Doors
) -> tuple[tuple[Download, ...], str]:
    """Return the papers of the whole class for the browser, and what to say about them.

    The list is handed over and kept nowhere: it may tell passwords. It comes wherever there are passwords.
    """
    made, told = [], []
    if asked.ticked("list") or doors.locks:
        page = list_of(sent, doors, desk.school_class, desk.say)
        name = name_of(desk.folder, "list", desk.now(), "html")
        made.append(Download(name, "text/html", page.encode("utf-8")))
        told.append(desk.say("Print the list: {file}.", file=name))
    if asked.ticked("to-print"):
        try:
            pile = to_print(sent, doors)
        except PortfolioError as trouble:
            told.append(say_error(trouble, desk.say))
        else:
            name = name_of(desk.folder, "to-print", desk.now(), "pdf")
            made.append(Download(name, "application/pdf", pile.data))
            told.append(
                desk.say.many(
                    "To print: {file}, {n} page.", "To print: {file}, {n} pages.", pile.pages, file=name
                )
            )
        finally:
            close_browser()
    return tuple(made), " ".join(told)
