"""Which drawing of ours stands for a subject or a title: by how its words begin, in the languages we speak."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from portfolio.errors import N_

_BEGINNINGS: Final[Mapping[str, str]] = {
    "counting": "math numb arithm geometr algebra calcul matem numer arit رياضيات حساب عدد اعداد أعداد ارقام أرقام",
    "writing": "writ essay stor poem letter escri redac cuent carta كتابة قصة قصيدة رسالة",
    "reading": "read book novel librar liter leer lectur libr novel قراءة كتاب أدب",
    "painting": "art arts arte paint pint colour color collage clay ceram فن فنون ألوان لون تلوين",
    "drawing": "draw sketch comic dibuj رسم",
    "singing": "music sing song choir piano violin drum guitar músic music canci cant موسيقى غناء أغنية",
    "dancing": "danc theat drama ballet baile danza teatro رقص مسرح",
    "running": "sport gym run swim foot soccer basket ball depor corr nad رياضة جري سباحة كرة",
    "building": "build bridge engineer tech robot comput code wood tower construi puent tecnol هندسة بناء جسر تقنية حاسوب",
    "animals": "animal biolog zoo dog cat bird fish insect bug zool perro gato حيوان أحياء قطة كلب طائر",
    "growing": "scien plant garden natur seed tree cienc jard planta علوم نبات حديقة طبيعة شجرة",
    "lamp": "chem physic experiment invent electr químic quim físic fisic كيمياء فيزياء تجربة",
    "ahead": "geograph map maps river sea boat travel geograf mapa río mar barco جغرافيا خريطة نهر بحر",
    "language": "language english spanish french arabic german chinese lengu idiom inglés لغة",
    "friends": "social histor civic society family people historia famil تاريخ مجتمع عائلة",
    "puzzles": "puzzle logic chess rompe lógic ajedrez لغز منطق شطرنج",
    "lunch": "cook food bak kitchen cocin comid طبخ طعام",
    "kind-words": "debat speech speak talk present debat habl مناظرة خطاب",
    "helping": "help ayud مساعدة",
    "game": "game play jueg لعب لعبة",
}
"""For each drawing: how words begin that it stands for. A beginning of three letters or fewer is a whole word."""

FILLERS: Final = (
    "strength", "animals", "friends", "playing-outside", "painting", "ahead", "growing", "thanks", "singing", "reading",
)  # fmt: skip
"""Drawings for a book that has nothing yet: what most small children like to colour."""

PICTURES: Final[Mapping[str, str]] = {
    "counting": N_("beads to count"),
    "writing": N_("a pencil"),
    "reading": N_("an open book"),
    "painting": N_("a brush"),
    "drawing": N_("a pencil that draws"),
    "singing": N_("notes of a song"),
    "dancing": N_("somebody who dances"),
    "running": N_("a shoe"),
    "building": N_("building blocks"),
    "animals": N_("a cat"),
    "growing": N_("a small plant"),
    "lamp": N_("a lamp"),
    "ahead": N_("a boat"),
    "language": N_("two speech bubbles"),
    "friends": N_("two friends"),
    "puzzles": N_("a puzzle piece"),
    "lunch": N_("an apple"),
    "kind-words": N_("a heart in a speech bubble"),
    "helping": N_("two people who carry a box"),
    "game": N_("a piece of a game"),
    "strength": N_("a star"),
    "playing-outside": N_("a tree"),
    "thanks": N_("a flower"),
    "sharing": N_("a cake in parts"),
    "listening": N_("an ear"),
    "read-with-me": N_("reading with somebody"),
    "home": N_("a house"),
    "book": N_("a book"),
}
"""The drawings a quiet page may use, and what each shows."""

DRAWN: Final = frozenset(PICTURES) - {"home", "book"}
"""The drawings that may stand for something in a child's book."""

_WORD = re.compile(r"\w+")


def motif_of(words: str) -> str:
    """Return the drawing for a subject or a title, or "" where we have none."""
    for word in _WORD.findall(words[:200].casefold()):
        plain = word.removeprefix("ال")
        for motif, beginnings in _BEGINNINGS.items():
            if any(plain == b or (len(b) > 3 and plain.startswith(b)) for b in beginnings.split()):
                return motif
    return ""
