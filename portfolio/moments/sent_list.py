"""What belongs to a whole class that goes home: the printed list with faces, and one PDF with all that goes on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portfolio.errors import N_, NotFound, PortfolioError, StorageTrouble
from portfolio.model import SchoolClass
from portfolio.moments.home_doors import Doors
from portfolio.moments.home_pdf import Pdf, home_pdf, page_count, settled
from portfolio.moments.run_report import became
from portfolio.rules.door_pictures import WORDS
from portfolio.views.on_paper import roster_picture
from portfolio.views.phrases import size_in_words
from portfolio.views.safe import SafePage
from portfolio.views.sent_list import SentLine, sent_list
from portfolio.words import Speech
from portfolio.words import say as say_error
from portfolio.words.language_names import all_named

if TYPE_CHECKING:
    from portfolio.moments.send_home import Sent

GOES: Final = {"file": N_("as a file"), "print": N_("on paper"), "both": N_("as a file and on paper")}
"""How a home likes its copy."""

_KINDS: Final = {
    ".html": N_("page"),
    ".pdf": N_("PDF"),
    ".txt": N_("message"),
    ".eml": N_("mail"),
}


def list_of(sent: Sequence[Sent], doors: Doors, school: SchoolClass, say: Speech) -> SafePage:
    """Return the list of what goes home, in the order of the class, as a page to print."""
    return sent_list([_line(one, doors, school, say) for one in sent], school.name, school.round, say)


def _line(one: Sent, doors: Doors, school: SchoolClass, say: Speech) -> SentLine:
    home, student = one.household, one.student
    own = bool(doors.pdf and doors.secret and not doors.password and one.path and home)
    password = doors.password_for(student.student_id, home.household_id) if own and home else ""
    trouble = one.trouble or one.beside
    left_out = became(one, say) if not one.path else ""
    return SentLine(
        picture=roster_picture(student.picture),
        picture_word=say(WORDS[student.picture]) if student.picture in WORDS else "",
        name=student.name,
        home=home.label if home else "–",
        reads=all_named(home.reads or (school.language,), say.lang) if home else "",
        goes=say(GOES[home.copy_as]) if home else "",
        reach=home.reach_by if home else "",
        file=one.path.stem if one.path else "",
        sizes=tuple(_sizes(one, doors, say)),
        password=password,
        trouble=say_error(trouble, say) if trouble else left_out,
    )


def _sizes(one: Sent, doors: Doors, say: Speech) -> Iterator[str]:
    for path in one.files or ((one.path,) if one.path else ()):
        try:
            size = path.stat().st_size
            kind = say(_KINDS.get(path.suffix, N_("file")))
            told = f"{kind} {size_in_words(size, say)}" if path.suffix in (".html", ".pdf") else kind
            if path.suffix == ".pdf" and one.household:
                password = doors.password_for(one.student.student_id, one.household.household_id)
                sides = page_count(path.read_bytes(), password)
                told += ", " + say.many("{n} page", "{n} pages", sides)
        except (OSError, PortfolioError):  # taken away meanwhile: the list says what is there
            continue
        yield told


def to_print(sent: Sequence[Sent], doors: Doors) -> Pdf:
    """Return one PDF with the pages of all homes that get their copy on paper, in the order of the class.

    Each begins on a sheet of its own, also where sheets are printed on both sides, and ends with its reply sheet. It
    is for the printer: nothing in it is locked. Raises ``NotFound`` if no home gets paper, ``SetupTrouble`` without a browser,
    ``StorageTrouble`` if a page is gone.
    """
    pages = [
        one.path for one in sent if one.path and one.household and one.household.copy_as in ("print", "both")
    ]
    if not pages:
        raise NotFound(
            "No home of these gets its copy on paper. Say so for a home under “Setting up”, then try again."
        )
    return joined([home_pdf(_read(path), paper=doors.paper).data for path in pages])


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise StorageTrouble(
            "The file {path} cannot be read. Make the files again, then print.", path=path
        ) from error


def joined(pdfs: Sequence[bytes]) -> Pdf:
    """Return PDFs as one, each beginning on the front of a sheet."""
    import pypdfium2

    with pypdfium2.PdfDocument.new() as whole:
        for data in pdfs:
            with pypdfium2.PdfDocument(BytesIO(data)) as one:
                whole.import_pages(one)
                if len(one) % 2:
                    whole.new_page(*one[0].get_size())
        made, sides = BytesIO(), len(whole)
        whole.save(made)
    return Pdf(settled(made.getvalue(), None), sides)
