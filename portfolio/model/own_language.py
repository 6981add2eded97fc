"""Languages nobody here knows by name: the word a person wrote for one is kept, as a tag of our own.

BCP 47 sets the codes ``qaa`` to ``qtz`` aside for such uses. Behind one of them stands whether anybody has looked at
the word, then the word itself: nothing that stood in a list is lost, and it can be shown as it was written.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from typing import Final

from portfolio.model.record import clean_text

LONGEST_WORD: Final = 40
"""Characters that are kept of a word."""

_LISTED: Final = "listed"
_NAMED: Final = "named"
_OWN: Final = re.compile(rf"q[a-t][a-z]-({_LISTED}|{_NAMED})((?:-[a-z2-7]{{8}})+)")
_GROUP: Final = 5  # bytes that make eight letters: subtags of full length


def own_tag(word: str, *, looked_at: bool) -> str:
    """Return the tag that keeps a word for a language; ``looked_at``: a person said that it is one.

    Different words nearly always differ in the first part too, so that none passes for another language.
    """
    plain = _plain(word).encode("utf-8")
    padded = plain + b" " * (-len(plain) % _GROUP)
    letters = base64.b32encode(padded).decode("ascii").lower()
    first, second = hashlib.sha256(plain.lower()).digest()[:2]
    main = f"q{chr(ord('a') + first % 20)}{chr(ord('a') + second % 26)}"
    parts = [letters[at : at + 8] for at in range(0, len(letters), 8)]
    return "-".join((main, _NAMED if looked_at else _LISTED, *parts))


def own_word(tag: str) -> str:
    """Return the word a tag of ours keeps; "" for any other tag."""
    found = _OWN.fullmatch(tag)
    if found is None:
        return ""
    try:
        return _plain(base64.b32decode(found[2].replace("-", "").upper()).decode("utf-8"))
    except (UnicodeDecodeError, binascii.Error):
        return ""


def nobody_looked(tag: str) -> bool:
    """Return whether a tag keeps a word that stood in a list and nobody has looked at yet."""
    return bool(own_word(tag)) and f"-{_LISTED}-" in tag


def _plain(word: str) -> str:
    return " ".join(str(clean_text(word)).split())[:LONGEST_WORD].strip()
