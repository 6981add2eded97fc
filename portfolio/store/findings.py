"""What an examination of a class finds: one record for each thing that is not as it should be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portfolio.errors import PortfolioError, StorageTrouble

What = Literal[
    "database",  # the file is missing, damaged, newer, or not ours
    "reference",  # a row that belongs to nothing
    "class", "student", "cover", "entry", "change",  # a row that cannot be read
    "differs",  # an entry that is not what its history says
    "media_missing", "media_damaged", "thumb",
    "media_unused", "leftover",  # harmless
    "stranger",  # a link, or a file or folder that is not ours
    "secret", "permissions",
    "template", "notebook",
]  # fmt: skip

HARMLESS: Final[frozenset[What]] = frozenset({"media_unused", "leftover", "stranger"})
"""What takes room or may surprise, and damages nothing."""


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be.

    ``where`` names it: a file, ``student``, ``portfolio/entry``, ``portfolio/entry@version``. ``msgid``
    and ``values`` make the sentence. ``mendable`` is true where ``portfolio.moments.mending`` can put it
    right without losing anything.
    """

    what: What
    where: str
    msgid: str
    values: Mapping[str, object]
    mendable: bool = False

    @classmethod
    def of(cls, error: PortfolioError, what: What, where: str, *, mendable: bool = False) -> Finding:
        """Return a finding that says what an error says."""
        return cls(what, where, error.msgid, dict(error.values), mendable)

    @property
    def harmless(self) -> bool:
        """Whether nothing is damaged by it."""
        return self.what in HARMLESS

    def sentence(self) -> StorageTrouble:
        """Return it as an error: ``str`` of it is English, ``words.say`` any language."""
        return StorageTrouble(self.msgid, **self.values)
