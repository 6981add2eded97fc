"""What every handler of the server shares: whose visit a cookie is, and which visits are over."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from portfolio.errors import NotAllowed
from portfolio.serve.door import Doorkeeper, Setup
from portfolio.serve.keys import Purpose, Randomness, Visit, check, new_visit, secret_pair, sign
from portfolio.serve.pages import Pages
from portfolio.serve.patience import Patience
from portfolio.serve.pictures import SECRET_PICTURES


@dataclass
class Front:
    """The front of the house: the door, the secret, and the list of visits that have ended."""

    door: Doorkeeper
    secret: bytes
    setup: Setup
    class_folder: Path
    pages: Pages
    now: Callable[[], datetime]
    randomness: Randomness
    patience: Patience
    secure: bool = False
    """True if the school's proxy speaks https to the browser: the cookie is then marked ``Secure``."""
    secret_pictures: bool = False
    """True if a child who has found itself on the roster also picks its two secret pictures."""
    ended: set[str] = field(default_factory=set)
    """Ids of visits that are over; their cookies are refused though the signature still fits."""

    @property
    def cookie_name(self) -> str:
        """Return the cookie's name. Browsers share cookies between ports, so every class has its own."""
        return "portfolio_" + hashlib.sha256(self.door.class_id.encode()).hexdigest()[:12]

    def visit_in(self, cookie: str | None) -> Visit | None:
        """Return the visit a cookie stands for, or None if it is missing, not ours, too old or over."""
        try:
            visit = check(cookie or "", self.secret, Purpose.COOKIE, now=self.now())
        except NotAllowed:
            return None
        goes_on = visit.visit_id not in self.ended and visit.class_id == self.door.class_id
        return visit if goes_on else None

    def begin(self, student_id: str, earlier: Visit | None) -> Visit:
        """Return the visit of whoever comes in now; the same child at the same browser goes on with its own."""
        if earlier is not None and earlier.student_id == student_id:
            return replace(earlier, issued_at=self.now().replace(microsecond=0))
        return new_visit(student_id, class_id=self.door.class_id, now=self.now(), randomness=self.randomness)

    def cookie(self, visit: Visit) -> str:
        """Return the cookie's value for a visit."""
        return sign(visit, self.secret, Purpose.COOKIE)

    def kernel_slip(self, visit: Visit) -> str:
        """Return the signed line for the environment of a visit's kernel."""
        return sign(visit, self.secret, Purpose.KERNEL)

    def is_secret_of(self, student_id: str, first: str, second: str) -> bool:
        """Return whether these two pictures, in this order, are the child's secret ones."""
        return (first, second) == secret_names(student_id, self.secret)


def secret_names(student_id: str, secret: bytes) -> tuple[str, str]:
    """Return the names of a child's two secret pictures, in order."""
    first, second = secret_pair(student_id, secret, len(SECRET_PICTURES))
    return SECRET_PICTURES[first], SECRET_PICTURES[second]
