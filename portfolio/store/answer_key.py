"""The key that codes on answers of homes are made of: it goes into a backup, so that a restored class knows them.

It is made of the secret of a class, from which nobody finds the secret back. All it opens is this: whoever has it can
write an answer that says it is from a home of the class. What else a backup holds is worth more than that. It signs no
visit, opens no desk, and makes no password of a PDF: those hang on the secret, which is in no backup.
"""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Final

from portfolio.store.class_folder import SECRET_BYTES, ClassFolder

IN_BACKUP: Final = "answers.key"
"""What its file is called in a backup."""


def answer_key(folder: ClassFolder) -> bytes:
    """Return the key: the one a backup brought along, else that of the class's secret; empty without a whole secret."""
    kept, secret = _bytes_of(folder.answers), _bytes_of(folder.secret)
    if kept:
        return kept
    return hmac.digest(secret, b"portfolio answer sent back 1", "sha256") if secret else b""


def _bytes_of(path: Path) -> bytes:
    try:
        found = b"" if path.is_symlink() else path.read_bytes()
    except OSError:
        return b""
    return found if len(found) == SECRET_BYTES else b""
