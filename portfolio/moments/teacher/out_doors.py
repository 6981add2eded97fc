"""What goes beside the files for the homes, as a teacher ticks it: PDFs, messages, mails, a list, a pile to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import PortfolioError
from portfolio.model import SchoolClass
from portfolio.moments.cards import class_secret
from portfolio.moments.home_doors import Doors
from portfolio.moments.home_pdf import close_browser
from portfolio.moments.room import Asked, Download
from portfolio.moments.sent import Sent
from portfolio.moments.sent_list import list_of, to_print
from portfolio.moments.teacher.out_files import name_of
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.views.phrases import size_in_words
from portfolio.views.room import HOME_BUDGET
from portfolio.words import Speech
from portfolio.words import say as say_error


def ticks(say: Speech) -> tuple[tuple[str, str], ...]:
    """Return what may be chosen beside the files: name and words."""
    return (
        ("pdf", say("Also as PDF, where a mail does not let pages through")),
        ("letter", say("PDFs on Letter sheets, not on A4")),
        ("lock", say("A password of its own for each PDF; the list tells it")),
        ("text", say("Also as a short message to copy")),
        ("mail", say("Also as mails that wait to be sent")),
        ("list", say("A list with faces, to print and tick")),
        ("to-print", say("One PDF with all that goes home on paper")),
    )


BUDGETS: Final = {"small": 500_000, "": HOME_BUDGET, "large": 2_000_000}
"""How large words and pictures of a file may be together, by what a teacher chooses; bytes."""


def budgets(say: Speech) -> tuple[tuple[str, str], ...]:
    """Return the sizes a teacher may choose: name and words, the usual one among them."""
    return (
        (
            "small",
            say(
                "Small, about {size}: for old phones and slow internet",
                size=size_in_words(BUDGETS["small"], say),
            ),
        ),
        ("", say("As usual, about {size}", size=size_in_words(BUDGETS[""], say))),
        (
            "large",
            say("Large, about {size}: pictures stay sharper", size=size_in_words(BUDGETS["large"], say)),
        ),
    )


def budget_asked(asked: Asked) -> int:
    """Return the size that was chosen, in bytes; the usual one for anything unknown."""
    return BUDGETS.get(asked.one("size"), HOME_BUDGET)


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


@dataclass
class Papers:
    """The papers of a whole class: which are wished for, and, once they are made, their files and what to say of them.

    The list is handed over and kept nowhere: it may tell passwords.
    """

    listed: bool
    printed: bool
    say: Speech
    named: Callable[[str, str], str]
    """Makes the name of a file from its kind and ending."""
    files: tuple[Download, ...] = ()
    told: str = ""


def papers_asked(asked: Asked, desk: TeacherDesk, doors: Doors) -> Papers:
    """Return which papers were ticked; a list comes wherever there are passwords."""
    return Papers(
        listed=asked.ticked("list") or doors.locks,
        printed=asked.ticked("to-print"),
        say=desk.say,
        named=lambda kind, ending: name_of(desk.folder, kind, desk.now(), ending),
    )


def papers_of(papers: Papers, sent: Sequence[Sent], doors: Doors, school: SchoolClass) -> None:
    """Make the papers that are wished for; what cannot be made is told. Nothing but files is read."""
    made, told = [], []
    if papers.listed:
        page = list_of(sent, doors, school, papers.say)
        name = papers.named("list", "html")
        made.append(Download(name, "text/html", page.encode("utf-8")))
        told.append(papers.say("Print the list: {file}.", file=name))
    if papers.printed:
        try:
            pile = to_print(sent, doors)
        except PortfolioError as trouble:
            told.append(say_error(trouble, papers.say))
        else:
            name = papers.named("to-print", "pdf")
            made.append(Download(name, "application/pdf", pile.data))
            told.append(
                papers.say.many(
                    "To print: {file}, {n} page.", "To print: {file}, {n} pages.", pile.pages, file=name
                )
            )
        finally:
            close_browser()
    papers.files, papers.told = tuple(made), " ".join(told)
