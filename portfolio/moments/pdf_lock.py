"""A PDF that opens with a password only (AES-256), and the password of each home.

A password guards a file that went to the wrong address. One for the whole class would be known to every family,
so each home may have its own: twelve digits, which every phone can type in every language. They are made from
the secret of the class, the same ones every time, and so are kept nowhere.
"""

from __future__ import annotations

import hmac
import secrets
from io import BytesIO
from typing import Final

from portfolio.errors import InputRefused, SetupTrouble

SHORTEST: Final = 6
"""Signs a password has at least."""

LONGEST: Final = 64
"""Signs a password has at most: readers of PDFs take 127 bytes, and nobody types more."""

_DIGITS: Final = 12


def home_password(secret: bytes, student_id: str, household_id: str) -> str:
    """Return the password of one home of a class with this secret: three groups of four digits."""
    of = b"\0".join(part.encode("utf-8") for part in ("portfolio pdf", student_id, household_id))
    number = int.from_bytes(hmac.digest(secret, of, "sha256"), "big") % 10**_DIGITS
    digits = f"{number:0{_DIGITS}d}"
    return " ".join(digits[at : at + 4] for at in range(0, _DIGITS, 4))


def known_password(text: str) -> str:
    """Return a password as it may be used, without what stands around it. Raises ``InputRefused``."""
    password = text.strip().removeprefix("\ufeff").strip()
    if not SHORTEST <= len(password) <= LONGEST or not password.isprintable():
        raise InputRefused(
            "A password needs {least} to {most} letters or digits, on one line. Choose another one.",
            least=SHORTEST,
            most=LONGEST,
        )
    return password


def locked(pdf: bytes, password: str) -> bytes:
    """Return a PDF that opens with the password only; what is in it can still be read aloud, printed and copied.

    Raises ``SetupTrouble`` where the extra ``pdf`` is not installed.
    """
    try:
        import pikepdf
    except ImportError as error:
        raise SetupTrouble(
            "To lock PDFs with a password, install the extra “pdf” first: pip install 'student-led-portfolio[pdf]'. "
            "Then try again."
        ) from error
    owner = secrets.token_urlsafe(24)
    with pikepdf.open(BytesIO(pdf)) as document:
        made = BytesIO()
        document.save(made, encryption=pikepdf.Encryption(owner=owner, user=password, R=6))
    return made.getvalue()
