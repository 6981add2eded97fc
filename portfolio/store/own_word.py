"""A word of a teacher's own, to come back with at a computer children use, too.

Kept is what scrypt makes of the word and of 16 random bytes, never the word: in a file that only its owner can
read, in the hidden folder of the class. It is in no database, no archive and no backup (a lost backup opens
nothing): in a class made from a backup the teacher chooses a word anew. Each teacher has a file, so two who set
theirs at one moment do not meet.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from portfolio.store.atomic import make_durable, make_folder, told_kindly, write_atomically
from portfolio.store.trouble import regular

LONGEST_WORD: Final = 200
"""Characters of a word; a longer one is not even looked at."""

_SALT: Final = 16  # bytes
_DIGEST: Final = 32  # bytes
_COST, _BLOCK, _LANES = 2**14, 8, 1  # 16 MB and some 50 ms for each try
_LARGEST: Final = 1_000  # bytes of the file; ours have 130


@dataclass(frozen=True)
class OwnWord:
    """The word of one teacher. ``hidden`` is the hidden folder of the class."""

    hidden: Path
    teacher_id: str

    @property
    def path(self) -> Path:
        """The file; its name follows from the id and can hold nothing but hex digits."""
        return self.hidden / f"word-{hashlib.sha256(self.teacher_id.encode()).hexdigest()[:32]}"

    def there(self) -> bool:
        """Return whether a word is set; a damaged file counts as none."""
        return self._kept() is not None

    def fits(self, word: str) -> bool:
        """Return whether this is the word. False where none is set; takes as long for a wrong one as for the right one."""
        kept = self._kept()
        if kept is None or len(word) > LONGEST_WORD:
            return False
        salt, digest = kept
        return hmac.compare_digest(_digest(word, salt), digest)

    def keep(self, word: str, randomness: Callable[[int], bytes]) -> None:
        """Set the word; one that was set before opens nothing any more. Raises ``StorageTrouble``."""
        salt = randomness(_SALT)
        kept = {"salt": salt.hex(), "scrypt": _digest(word, salt).hex()}
        make_folder(self.hidden, mode=0o700)
        regular(self.path)
        write_atomically(self.path, json.dumps(kept).encode(), mode=0o600)

    def drop(self) -> None:
        """Take the word away; nothing happens where there is none. Raises ``StorageTrouble``."""
        with told_kindly(self.path):
            self.path.unlink(missing_ok=True)
        if self.hidden.is_dir():
            make_durable(self.hidden)

    def _kept(self) -> tuple[bytes, bytes] | None:
        try:
            if self.path.is_symlink():
                return None
            with self.path.open("rb") as file:
                told = json.loads(file.read(_LARGEST))
            salt, digest = bytes.fromhex(told["salt"]), bytes.fromhex(told["scrypt"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return (salt, digest) if (len(salt), len(digest)) == (_SALT, _DIGEST) else None


def same_word(word: str) -> str:
    """Return a word as it is compared: accents written either way are the same, white space is single spaces."""
    return unicodedata.normalize("NFC", " ".join(word.split()))


def _digest(word: str, salt: bytes) -> bytes:
    plain = same_word(word).encode("utf-8", "replace")
    return hashlib.scrypt(plain, salt=salt, n=_COST, r=_BLOCK, p=_LANES, dklen=_DIGEST)
