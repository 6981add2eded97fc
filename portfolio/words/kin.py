"""What children call their grown-ups, in letters that their homes read.

A home that reads Arabic alone cannot find "Teta" on a page. A name of somebody cannot be written in other letters by
us, but these few are words, not names, and Arabic has its own for each. A draft: no family has checked it.
"""

from __future__ import annotations

import unicodedata
from typing import Final

_ARABIC: Final = {
    "ماما": "mama mamma mom mum mommy mummy mamá mother",
    "بابا": "baba papa dad daddy papá father",
    "تيتا": "teta tayta tete",
    "ستّي": "sitti sitty siti sitto",
    "جدّتي": "grandma grandmother granny nana abuela jiddati",
    "جدّو": "jiddo jeddo jido geddo giddo",
    "سيدو": "sido seedo",
    "جدّي": "grandpa grandfather granddad abuelo jiddi",
    "خالو": "khalo khalou",
    "خالتو": "khalto khala khaltou",
    "عمّو": "ammo amo ammou",
    "عمتو": "amto ammto amtou",
    "أختي": "sister",
    "أخي": "brother",
}
_WORDS: Final = {"ar": {word: there for there, words in _ARABIC.items() for word in words.split()}}


def kin_in(name: str, lang: str) -> str:
    """Return a word for one of a family in the letters of a language, or "" where it is a name or we know none."""
    folded = unicodedata.normalize("NFC", name).strip().casefold()
    return _WORDS.get(lang.split("-", maxsplit=1)[0].lower(), {}).get(folded, "")
