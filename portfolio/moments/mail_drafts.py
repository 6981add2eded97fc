"""A mail for one home that only waits to be sent: opened in a mail program, looked at, sent by the teacher.

It is addressed only where the home clearly says a mail address. The home's language comes first, the child's after it.
It stands there twice, as plain text and as HTML without styles: there Arabic runs the right way. It carries no day, no sender and no number of its own: the mail program puts them in, and the same book gives the same file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from portfolio.errors import InputRefused
from portfolio.moments.made_home import MadeHome
from portfolio.rules.mail_address import mail_addresses
from portfolio.views.mail_letter import mail_html, mail_subject, mail_text

LARGEST: Final = 18_000_000
"""Bytes of all attachments: a mail is a third larger, and 25 MB is what most mailboxes take."""


@dataclass(frozen=True)
class Attached:
    """A file in a mail: its name, what it is, its bytes."""

    name: str
    media_type: str
    data: bytes


def draft(home: MadeHome, files: Sequence[Attached], *, locked: bool = False) -> bytes:
    """Return an unsent mail with these files, as a file that mail programs open.

    ``locked`` says that the files need a password; it never stands in the mail. Raises ``InputRefused`` for a file
    that is not called as the home's page is, and for files too large for a mailbox.
    """
    if any(file.name.rpartition(".")[0] != home.path.stem for file in files):
        raise InputRefused(
            "A file for another home cannot go into the mail for “{home}”. No mail was made.",
            home=home.home.label,
        )
    if sum(len(file.data) for file in files) > LARGEST:
        raise InputRefused(
            "The files for “{home}” are too large for a mail. Give them another way.", home=home.home.label
        )
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"
    addresses = mail_addresses(home.home.reach_by)
    if addresses:
        mail["To"] = ", ".join(addresses)
    mail["Subject"] = mail_subject(home.view)
    names = [file.name for file in files]
    body = mail_text(home.view, names, locked=locked)
    mail.set_content(body, cte="base64")
    mail.add_alternative(mail_html(home.view, names, locked=locked), subtype="html", cte="base64")
    mail["Content-Language"] = home.view.reads[0]
    for file in files:
        kind, _, sort = file.media_type.partition("/")
        letters = {"charset": "utf-8"} if kind == "text" else {}
        mail.add_attachment(file.data, maintype=kind, subtype=sort, filename=file.name, params=letters)
    mark = hashlib.sha256(b"\0".join([body.encode("utf-8"), *(file.data for file in files)])).hexdigest()
    for n, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        part.set_boundary(f"=_portfolio_{n}_{mark[:32]}")
    return mail.as_bytes()
