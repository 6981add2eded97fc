"""Cards children come in with: made for the whole class or one child, from keys that were given out before.

Printing again never breaks a card: a new key is only made where somebody asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from portfolio.errors import N_, StorageTrouble
from portfolio.model import AgeBand, SchoolClass, Student
from portfolio.rules.door_pictures import WORDS, secret_names
from portfolio.store.class_folder import SECRET_BYTES, ClassFolder
from portfolio.views.on_paper import qr, roster_picture
from portfolio.views.teacher.cards_page import Card, Way
from portfolio.words import Speech

ON_A_SHEET: Final = 8
"""Cards on one sheet of A4 or Letter: two beside each other, four below each other."""

DOES: Final[Mapping[Way, Mapping[AgeBand, tuple[str, ...]]]] = {
    "links": {
        "k-2": (N_("Show it to the camera."),),
        "3-5": (N_("Hold this card in front of the camera. Or type what stands below."),),
        "6-8": (
            N_("Scan the square, or type what stands below."),
            N_("Keep this card to yourself."),
        ),
        "9-12": (
            N_("Scan the square, or type what stands below."),
            N_("Whoever has this card can open your book. Keep it to yourself."),
        ),
    },
    "pictures": {
        "k-2": (N_("Find your picture. Press it."),),
        "3-5": (N_("Find your picture on the screen and press it."),),
        "6-8": (N_("Find your picture on the screen and press it."),),
        "9-12": (N_("Find your picture on the screen and press it."),),
    },
    "secret": {
        "k-2": (N_("Press your picture. Then 1. Then 2."),),
        "3-5": (N_("Press your picture. Then press your two secret pictures, in this order."),),
        "6-8": (N_("Press your picture. Then press your two secret pictures, in this order."),),
        "9-12": (N_("Press your picture. Then press your two secret pictures, in this order."),),
    },
}
"""What a card tells its child to do, in the words of its age."""

_HERE: Final = ("localhost", "127.0.0.1", "::1")


def link_cards(
    school: SchoolClass, students: Iterable[Student], keys: Mapping[str, str], address: str, say: Speech
) -> tuple[Card, ...]:
    """Return a card with a link for each child whose key is known; ``address`` is where links begin, with its slash."""
    does = tuple(say(line) for line in DOES["links"][school.age_band])
    return tuple(
        Card(
            student_id=student.student_id,
            name=student.name,
            picture=roster_picture(student.picture),
            picture_word=_word(student.picture, say),
            does=does,
            qr=qr(f"{address}k/{keys[student.student_id]}"),
            begins=f"{address}k/",
            groups=groups_of(keys[student.student_id]),
        )
        for student in students
        if student.student_id in keys
    )


def picture_cards(
    school: SchoolClass, students: Iterable[Student], say: Speech, secret: bytes = b""
) -> tuple[Card, ...]:
    """Return a card for each child with the picture it finds itself by, and with ``secret`` its two secret ones."""
    does = tuple(say(line) for line in DOES["secret" if secret else "pictures"][school.age_band])
    return tuple(
        Card(
            student_id=student.student_id,
            name=student.name,
            picture=roster_picture(student.picture),
            picture_word=_word(student.picture, say),
            does=does,
            secret=tuple(
                (roster_picture(name), say(WORDS[name])) for name in secret_names(student.student_id, secret)
            )
            if secret
            else (),
        )
        for student in students
    )


def _word(picture: str, say: Speech) -> str:
    return say(WORDS[picture]) if picture in WORDS else picture


def groups_of(key: str) -> tuple[str, ...]:
    """Return a key in the groups it is read and typed in: four signs each."""
    return tuple(key.split("-")) if "-" in key else tuple(re.findall(".{1,4}", key))


def sheets_of(cards: Sequence[Card]) -> tuple[tuple[Card, ...], ...]:
    """Return cards sheet by sheet."""
    return tuple(tuple(cards[at : at + ON_A_SHEET]) for at in range(0, len(cards), ON_A_SHEET))


def class_secret(folder: ClassFolder) -> bytes:
    """Return what the secret pictures of a class follow from. Raises ``StorageTrouble`` if it is not there whole."""
    try:
        secret = folder.secret.read_bytes()
    except OSError:
        secret = b""
    if len(secret) != SECRET_BYTES:
        raise StorageTrouble(
            "The secret of this class cannot be read: {path}. Stop the program and start it again, then print the "
            "cards.",
            path=folder.secret,
        )
    return secret


def opens_here_only(address: str) -> bool:
    """Return whether links that begin so open on this computer alone."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return host in _HERE or host.endswith(".localhost") or host.startswith("127.")
