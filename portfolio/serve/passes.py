"""The pass of one home of one child: what stands in the square a family scans at the meeting.

A pass is as long as a child's key: 28 signs without look-alikes, 25 bits that say until when it works and 115 that only
the secret of the class can make for this class, child, home and time. It names nobody. Whoever has it and the
secret finds whose it is by making the pass of every home once more: one that has left the class has none any more.
Nothing in here asks a clock: the time comes in through parameters.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from portfolio.errors import InputRefused
from portfolio.serve.keys import ALPHABET

EPOCH: Final = datetime(2024, 1, 1, tzinfo=UTC)
"""Minutes are counted from here, for some sixty years."""
TIME_SIGNS: Final = 5
SEAL_SIGNS: Final = 23
SIGNS: Final = TIME_SIGNS + SEAL_SIGNS
LONGEST: Final = 64
"""Signs of what may be tried as a pass: ours with room for hyphens and spaces."""

SHORT: Final = timedelta(hours=2)
"""A pass shown now works at least so long …"""
STEP: Final = timedelta(hours=1)
"""… and at most this much longer: so the square on a screen stays the same while it is scanned."""

Home = tuple[str, str]
"""The ids of a child and of one of its homes."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a pass says: whose home it is for, and until when it works. One that is over is still known as ours."""

    student_id: str
    household_id: str
    until: datetime


def mint(secret: bytes, class_id: str, student_id: str, household_id: str, until: datetime) -> str:
    """Return the pass of a home; it works until ``until`` (an aware time, rounded down to the minute).

    Raises ``InputRefused`` for a time that no pass can say.
    """
    minutes = (until - EPOCH) // timedelta(minutes=1)
    if not 0 <= minutes < 1 << (5 * TIME_SIGNS):
        raise InputRefused("A pass cannot be made for that day. Is the clock of this computer right?")
    return _signs(minutes, TIME_SIGNS) + _seal(secret, class_id, (student_id, household_id), minutes)


def read(secret: bytes, class_id: str, homes: Iterable[Home], tried: str) -> Shown | None:
    """Return what a pass says, or ``None`` if no home of these has it. Capitals, hyphens and spaces do not matter.

    Every home is compared, whichever it is: how long that takes tells nothing.
    """
    typed = "".join(sign for sign in tried[:LONGEST].casefold() if sign != "-" and not sign.isspace())
    if len(typed) != SIGNS or len(tried) > LONGEST or not set(typed) <= set(ALPHABET):
        return None
    minutes, seal = _number(typed[:TIME_SIGNS]), typed[TIME_SIGNS:]
    found = None
    for home in homes:
        if hmac.compare_digest(seal, _seal(secret, class_id, home, minutes)):
            found = home
    return None if found is None else Shown(*found, EPOCH + timedelta(minutes=minutes))


def until_from(now: datetime) -> datetime:
    """Return until when a pass works that is shown now: two to three hours, at a full hour."""
    hours = -(-(now + SHORT - EPOCH) // STEP)
    return EPOCH + hours * STEP


def family_pass(
    secret: bytes, class_id: str, student_id: str, address: str, now: Callable[[], datetime]
) -> Callable[[str], str]:
    """Return what makes the address a home (its id) opens on its own phone: ``Table.family_pass``.

    ``address`` is where the server's links begin, with its slash; "" while nothing is served: then there is none.
    """

    def address_of(household_id: str) -> str:
        if not address or not household_id:
            return ""
        return f"{address}f/{mint(secret, class_id, student_id, household_id, until_from(now()))}"

    return address_of


def _seal(secret: bytes, class_id: str, home: Home, minutes: int) -> str:
    # a key of its own, so that no visit can be turned into a pass; lengths first, so that no two homes run together
    own = hmac.digest(secret, b"portfolio family pass 1", "sha256")
    said = "".join(f"{len(part)}:{part}," for part in (class_id, *home, str(minutes)))
    made = hmac.digest(own, said.encode("utf-8", "surrogatepass"), "sha256")
    return _signs(int.from_bytes(made, "big") >> (256 - 5 * SEAL_SIGNS), SEAL_SIGNS)


def _signs(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> (5 * at)) & 31] for at in reversed(range(count)))


def _number(signs: str) -> int:
    number = 0
    for sign in signs:
        number = (number << 5) | ALPHABET.index(sign)
    return number
