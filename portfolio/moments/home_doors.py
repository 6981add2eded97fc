"""What goes beside the page of a home: a PDF, a message in plain words, a mail that only waits to be sent.

:class:`Doors` says what is wished for, once for a class; it goes to workers as it is. Everything is made of one
:class:`MadeHome`, which refuses to hold one home's page with another home's name.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from portfolio.errors import PortfolioError
from portfolio.moments.home_names import NameStyle
from portfolio.moments.home_pdf import PaperSize, home_pdf
from portfolio.moments.made_home import MadeHome
from portfolio.store.atomic import write_atomically

__all__ = ["Doors", "MadeHome"]

Text = Literal["", "short", "whole"]
"""How much of a book is written as plain text: nothing, the two-minute version, or the whole story below it."""

ENDINGS: Final = (".pdf", ".txt", ".eml")
"""What the files beside a page end in."""


@dataclass(frozen=True, repr=False)
class Doors:
    """What is wished for beside each page.

    ``pdf`` on ``paper``, locked with one ``password`` for all, or, with the ``secret`` of the class, with one of its own
    for each home. ``text``: the book as a message. ``mail``: a draft with the files in it. ``names``: how the
    child is named in names of files. Neither a password nor the secret is ever shown: not in what this prints of itself,
    and not in anything it writes.
    """

    pdf: bool = False
    paper: PaperSize = "a4"
    password: str = ""
    secret: bytes = b""
    text: Text = ""
    mail: bool = False
    names: NameStyle = "id"

    def __repr__(self) -> str:
        """Tell the wishes; another password tells another mark, from which nobody finds it."""
        plain = (
            f"pdf={self.pdf} paper={self.paper} text={self.text or 'no'} mail={self.mail} names={self.names}"
        )
        return f"Doors({plain} lock={_mark(self.password, self.secret)})"

    def __bool__(self) -> bool:
        """Return whether anything is wished for."""
        return self.pdf or bool(self.text) or self.mail or self.names != "id"

    @property
    def locks(self) -> bool:
        """Whether PDFs are locked."""
        return self.pdf and bool(self.password or self.secret)

    def password_for(self, student_id: str, household_id: str) -> str:
        """Return the password of one home's PDF; "" where it is not locked."""
        from portfolio.moments.pdf_lock import home_password

        if not self.locks:
            return ""
        return self.password or home_password(self.secret, student_id, household_id)

    def write(self, home: MadeHome, into: Path) -> tuple[Path, ...]:
        """Write what is wished for one home into its folder, and return what was written.

        What an earlier run has left there under the same name, and is not wished for now, is taken away: it would be
        older than the page. Trouble with the PDF keeps back neither the message nor the mail. Raises ``PortfolioError``.
        """
        stem = home.path.stem
        wished = dict(zip(ENDINGS, (self.pdf, bool(self.text), self.mail), strict=True))
        for ending in ENDINGS:
            if into.name == stem or wished[ending]:
                (into / f"{stem}{ending}").unlink(missing_ok=True)
        pdf, trouble = self._pdf(home)
        files = {".pdf": pdf, ".txt": self._text(home)}
        if self.mail and not (trouble and self.locks):  # what is to be locked never leaves unlocked
            files[".eml"] = self._mail(home, pdf)
        written = tuple(into / f"{stem}{ending}" for ending, data in files.items() if data)
        for path in written:
            write_atomically(path, files[path.suffix], mode=0o600)
        if trouble:
            raise trouble
        return written

    def close(self) -> None:
        """Let go of the browser that makes the PDFs."""
        if self.pdf:
            from portfolio.moments.home_pdf import close_browser

            close_browser()

    def _pdf(self, home: MadeHome) -> tuple[bytes, PortfolioError | None]:
        if not self.pdf:
            return b"", None
        try:
            made = home_pdf(home.page, paper=self.paper, made_on=home.view.conference_on).data
            if self.locks:
                from portfolio.moments.pdf_lock import locked

                made = locked(made, self.password_for(home.student.student_id, home.home.household_id))
        except PortfolioError as trouble:
            return b"", trouble
        return made, None

    def _text(self, home: MadeHome) -> bytes:
        if not self.text:
            return b""
        from portfolio.views.plain_text import short_text, whole_text

        if self.text == "short":
            return short_text(home.view).encode("utf-8")
        return whole_text(home.view, home.activities, home.help_places).encode("utf-8")

    def _mail(self, home: MadeHome, pdf: bytes) -> bytes:
        from portfolio.moments.mail_drafts import Attached, draft

        page = Attached(f"{home.path.stem}.html", "text/html", home.page.encode("utf-8"))
        printed = Attached(f"{home.path.stem}.pdf", "application/pdf", pdf)
        if self.locks:
            return draft(home, [printed], locked=True)
        return draft(home, [page, *([printed] if pdf else [])])


def _mark(password: str, secret: bytes) -> str:
    """Return a mark that is another one for another password: slow to make, and too short to find the password by."""
    if password:
        return hashlib.scrypt(
            password.encode("utf-8"), salt=b"portfolio doors", n=2**14, r=8, p=1, dklen=4
        ).hex()
    return hmac.digest(secret, b"portfolio doors", "sha256")[:4].hex() if secret else "no"
