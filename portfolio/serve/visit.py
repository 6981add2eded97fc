"""The kernel's side of the door: whose book a notebook may open.

The server puts two lines into the environment of every kernel it starts: the signed visit and the
folder of the class. A notebook has no other way to learn who is there; what the browser says counts for
nothing. It learns where links begin (a family scans one at the meeting); a teacher's also, which way children come in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from portfolio.errors import NotAllowed
from portfolio.serve.keys import Purpose, Visit, check

VISIT_VARIABLE: Final = "PORTFOLIO_VISIT"
CLASS_VARIABLE: Final = "PORTFOLIO_CLASS"
ADDRESS_VARIABLE: Final = "PORTFOLIO_ADDRESS"
WAY_VARIABLE: Final = "PORTFOLIO_WAY_IN"
PASSING_VARIABLE: Final = "PORTFOLIO_ADDRESS_PASSES"
PAGE_VARIABLE: Final = "PORTFOLIO_PAGE"
"""Which page a notebook is run for, where one notebook makes several."""

PRACTISE: Final = "practise"
"""The page on which a child practises its meeting: the notebook of the conference, for nobody else."""


def utc_now() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)


def current_visit(
    environ: Mapping[str, str], secret: bytes, *, now: Callable[[], datetime] = utc_now
) -> Visit:
    """Return who this kernel was started for.

    ``environ`` is usually ``os.environ``, ``secret`` the 32 bytes of the class.

    Raises:
        NotAllowed: nobody signed this kernel for a visit of this class, or too long ago.
    """
    token = environ.get(VISIT_VARIABLE)
    if not token:
        raise NotAllowed("Nobody has come in through the door of the class. Please open the book from there.")
    return check(token, secret, Purpose.KERNEL, now=now())


def class_folder(environ: Mapping[str, str]) -> Path:
    """Return the folder of the class this kernel works for.

    Raises:
        NotAllowed: the kernel was not started by the server of a class.
    """
    folder = environ.get(CLASS_VARIABLE)
    if not folder:
        raise NotAllowed("Nobody has come in through the door of the class. Please open the book from there.")
    return Path(folder)
