"""Personal keys, and the signed slip of paper that says who is visiting.

A *key* is what stands in a child's link. It is shown once, on the card; the class keeps only its
*fingerprint*. A *visit* is one child (or the teacher, or a family) at one browser from coming in until "I'm done".
It is signed with the secret of the class, for each purpose another time: as the browser's cookie, as a line in
the environment of the notebook's kernel, as a family's cookie. A slip for one purpose is worthless for the others.

A token is ``<purpose>.<visit as base64url JSON>.<HMAC-SHA256 as hex>``. Nothing in here asks a clock or
rolls dice: both come in through parameters.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from portfolio.errors import N_, NotAllowed, StorageTrouble

Randomness: TypeAlias = Callable[[int], bytes]
"""Hands out that many unpredictable bytes, like ``secrets.token_bytes``."""

Role: TypeAlias = Literal["student", "teacher", "family"]

ALPHABET: Final = "23456789abcdefghijkmnpqrstuvwxyz"  # 32 signs; without 0 and o, 1 and l
GROUPS: Final = 7
GROUP_LENGTH: Final = 4  # 7 groups of 4 signs of 5 bits: 140 bits

SECRET_BYTES: Final = 32
CLOCK_SLACK: Final = timedelta(minutes=5)  # a school computer's clock may be set back by a little

_STRANGE: Final = N_(
    "This does not fit this class. Please open the book again from your own link or picture."
)


class Purpose(StrEnum):
    """What a signed visit may be used for."""

    COOKIE = "cookie"
    KERNEL = "kernel"
    FAMILY = "family"
    """The cookie of a family's own page. No other visit is signed for it, and a family's for nothing else."""


LIFE: Final[Mapping[Purpose, timedelta]] = {
    Purpose.COOKIE: timedelta(hours=12),  # a school day and the family evening after it
    Purpose.KERNEL: timedelta(hours=12),  # a page that stays open as long as its cookie still saves
    Purpose.FAMILY: timedelta(hours=12),  # the meeting, and the evening after it
}


@dataclass(frozen=True, slots=True)
class Visit:
    """One child, the teacher, or one home, at one browser, from coming in until "I'm done"."""

    student_id: str
    """Whose book is open: the class's own id, never a name. Empty in a teacher's visit: no book is its own.
    In a family's visit whose family it is."""
    class_id: str
    """The class it belongs to."""
    visit_id: str
    """Random; the kernels of a visit belong to this, not to the student."""
    issued_at: datetime
    """When it began, in UTC, whole seconds."""
    role: Role = "student"
    """Who sits there."""
    teacher_id: str = ""
    """Which teacher sits there; empty in every other visit."""
    household_id: str = ""
    """Which home of the child it is; empty in every other visit than a family's."""


def new_visit(student_id: str, *, class_id: str, now: datetime, randomness: Randomness) -> Visit:
    """Return a child's visit that begins at ``now`` (an aware time), with a fresh random id."""
    return Visit(student_id, class_id, randomness(16).hex(), _whole(now))


def new_teacher_visit(teacher_id: str, *, class_id: str, now: datetime, randomness: Randomness) -> Visit:
    """Return a teacher's visit that begins at ``now`` (an aware time), with a fresh random id."""
    return Visit("", class_id, randomness(16).hex(), _whole(now), "teacher", teacher_id)


def new_family_visit(
    student_id: str, household_id: str, *, class_id: str, now: datetime, randomness: Randomness
) -> Visit:
    """Return the visit of one home of a child that begins at ``now`` (an aware time), with a fresh random id."""
    return Visit(student_id, class_id, randomness(16).hex(), _whole(now), "family", "", household_id)


def _whole(now: datetime) -> datetime:
    return now.astimezone(UTC).replace(microsecond=0)


def sign(visit: Visit, secret: bytes, purpose: Purpose) -> str:
    """Return the token for this visit and purpose: ASCII, safe in a cookie and an environment variable."""
    said = {
        "student": visit.student_id,
        "class": visit.class_id,
        "visit": visit.visit_id,
        "issued": int(visit.issued_at.timestamp()),
        "role": visit.role,
        **({"teacher": visit.teacher_id} if visit.teacher_id else {}),
        **({"home": visit.household_id} if visit.household_id else {}),
    }
    text = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    body = base64.urlsafe_b64encode(text).rstrip(b"=").decode()
    return f"{purpose}.{body}.{_seal(body, secret, purpose)}"


def check(token: str, secret: bytes, purpose: Purpose, *, now: datetime) -> Visit:
    """Return the visit a token speaks of.

    Raises:
        NotAllowed: the token is not ours, was changed, is for another purpose, or is too old.
    """
    named, _, rest = token.partition(".")
    body, _, seal = rest.partition(".")
    # the seal is compared as text: two spellings of the same base64 must not both pass
    fits = _same(seal, _seal(body, secret, purpose))
    if not (fits and _same(named, purpose.value)):
        raise NotAllowed(_STRANGE)
    visit = _read(body)
    if (visit.role == "family") != (purpose is Purpose.FAMILY):
        raise NotAllowed(_STRANGE)  # ours, and never signed so by this program
    age = now - visit.issued_at
    if not -CLOCK_SLACK <= age <= LIFE[purpose]:
        raise NotAllowed(
            "This book was opened too long ago. Please open it again from your own link or picture."
        )
    return visit


def _seal(body: str, secret: bytes, purpose: Purpose) -> str:
    # a key of its own per purpose, so that no trick with the text can turn one kind into the other
    own = hmac.digest(secret, f"portfolio visit 1 {purpose}".encode(), "sha256")
    return hmac.digest(own, _raw(body), "sha256").hex()


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(_raw(one), _raw(other))


def _raw(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")  # an environment may hold half a character


def _read(body: str) -> Visit:
    said = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    begun = datetime.fromtimestamp(said["issued"], UTC)
    role = said.get("role", "student")  # a slip without one can only be a child's
    if role not in get_args(Role):
        raise NotAllowed(_STRANGE)  # signed with our secret, by a program that knows more roles than this one
    who = said["student"], said["class"], said["visit"]
    return Visit(*who, begun, role, said.get("teacher", ""), said.get("home", ""))


def new_key(randomness: Randomness = secrets.token_bytes) -> str:
    """Return a fresh personal key of 140 random bits, such as ``k7wm-…`` in seven groups of four."""
    signs = [ALPHABET[byte % len(ALPHABET)] for byte in randomness(GROUPS * GROUP_LENGTH)]
    groups = (signs[at : at + GROUP_LENGTH] for at in range(0, len(signs), GROUP_LENGTH))
    return "-".join("".join(group) for group in groups)


def key_fingerprint(key: str) -> str:
    """Return what the class keeps instead of the key: SHA-256 as 64 hex signs.

    Capitals, hyphens and spaces do not matter, so that a key may be typed from a card. A plain hash is
    enough because the key itself is random; it would not be for a password.
    """
    typed = "".join(sign for sign in key.casefold() if sign != "-" and not sign.isspace())
    return hashlib.sha256(_raw(typed)).hexdigest()


def read_or_make_secret(path: Path, randomness: Randomness = secrets.token_bytes) -> bytes:
    """Return the secret of a class (32 bytes), made now and readable only by its owner if there is none.

    Whoever loses it loses nothing but the open visits: keys do not depend on it.

    Raises:
        StorageTrouble: the file has another length than a secret of ours.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write_once(path, randomness(SECRET_BYTES))
    path.chmod(0o600)
    secret = path.read_bytes()
    if len(secret) != SECRET_BYTES:
        raise StorageTrouble(
            "The secret of this class is damaged: {path}. "
            "Delete that file and start again. Every child then opens the book once more; no work is lost.",
            path=path,
        )
    return secret


def _write_once(path: Path, content: bytes) -> None:
    """Put the whole file there at once, unless somebody else was quicker."""
    beside = path.with_name(f".{path.name}-{os.getpid()}")
    handle = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)  # unlike a rename, a link never takes the place of a file that is there
    except FileExistsError:
        pass
    except OSError:  # a stick or a network drive that has no links
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
