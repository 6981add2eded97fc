"""What the door has to know about a class, and the ways in.

The store of a class satisfies :class:`Doorkeeper`; the server knows nothing else of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol

from portfolio.model import MediaSuffix
from portfolio.moments.help_pictures import HelpPicture
from portfolio.moments.spoken import Spoken
from portfolio.store.recordings import Recording

ROOMS: Final = ("desk", "talk", "lines")
"""The pages behind the door: where one works, where one leads the conference, where one gets ready for it."""

TEACHER: Final = "teacher"
"""The page behind the teacher's own door."""


class Setup(Enum):
    """How children come in."""

    ONE_MACHINE = "one machine"
    """Children take turns at one computer and find themselves by a picture."""
    PERSONAL_LINKS = "personal links"
    """Every child opens a link of its own."""


@dataclass(frozen=True, slots=True)
class RosterCard:
    """One child on the picture roster."""

    student_id: str
    """The class's own id."""
    name: str
    """The name the child is called by."""
    picture: str
    """The name of a roster picture, such as ``boat``; an unknown one shows the first letter instead."""


class Doorkeeper(Protocol):
    """Knows the children of one class and whose key a key is."""

    @property
    def class_id(self) -> str:
        """The class's own id; it stands in every visit."""

    @property
    def class_name(self) -> str:
        """What the class is called, as children read it."""

    @property
    def language(self) -> str:
        """The language of the class's pages, a BCP 47 tag."""

    def student_for_key(self, fingerprint: str) -> str | None:
        """Return whose key has this fingerprint (64 hex signs), or None if nobody's has."""

    def roster(self) -> Sequence[RosterCard]:
        """Return the children of the class in the order in which they are shown."""

    def homes(self) -> Sequence[tuple[str, str]]:
        """Return every home of every child of the class as it is now: ids of child and home."""

    def recording(self, student_id: str, sha256: str, suffix: MediaSuffix) -> Recording:
        """Return a recording or film of a student, to be read piece by piece.

        Raises ``NotFound`` for one this student does not have, ``StorageTrouble`` for one that is damaged.
        """

    def spoken(self, name: str) -> Spoken:
        """Return a recorded question of the class.

        Raises ``NotFound`` if there is none of this name, another ``PortfolioError`` if it cannot be used.
        """

    def help_picture(self, name: str) -> HelpPicture:
        """Return a picture that helps with a question of the class; raises as :meth:`spoken`."""
