"""A code that does not check: which of its groups is off, so that a teacher looks there and not at sixteen signs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from portfolio.errors import InputRefused
from portfolio.rules.sent_back import GROUP, LONGEST_TYPED, SIGNS

_GROUPS: Final = SIGNS // GROUP
_BESIDE: Final = re.compile(r"[^0-9a-z]+")


def trouble_with(typed: str, codes: Iterable[str]) -> InputRefused:
    """Return what to say of a code that is nobody's. ``codes`` are those of all homes of the class.

    Where all groups but one are those of a home, that one is named. Nothing of the right code is told: who cannot
    read it must look at the sheet.
    """
    groups = groups_in(typed)
    signs = "".join(groups)
    off = _one_off(groups, codes)
    if off is not None:
        return InputRefused(
            "Group {n} of this code, “{group}”, does not check. Compare it with the sheet, sign by sign: no code has a 0, 1, o or l. "
            "If you cannot read it, say whose answer it is: the child and the home.",
            n=off + 1,
            group=groups[off],
        )
    if len(signs) != SIGNS:
        return InputRefused(
            "This code is damaged: it has {found} signs, a whole one has {n}, in four groups of four. Compare it with the "
            "sheet, or say whose answer it is: the child and the home.",
            found=len(signs),
            n=SIGNS,
        )
    return InputRefused(
        "This code is damaged in more than one place. Compare it with the sheet, sign by sign, or say whose answer it is: "
        "the child and the home."
    )


def groups_in(typed: str) -> tuple[str, ...]:
    """Return the groups of a code as they were typed: apart where the hand set them apart, else four by four."""
    plain = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).casefold().strip()
    apart = [part for part in _BESIDE.split(plain) if part]
    if len(apart) >= _GROUPS and all(abs(len(part) - GROUP) <= 1 for part in apart[:_GROUPS]):
        return tuple(apart[:_GROUPS])
    signs = "".join(part for part in _BESIDE.split(plain.split("\n", 1)[0]) if part)
    return tuple(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def _one_off(groups: tuple[str, ...], codes: Iterable[str]) -> int | None:
    """Return the only group that is not as in a code of a home; ``None`` where no code is so near."""
    if len(groups) != _GROUPS:
        return None
    for code in codes:
        wrong = [
            n for n, (one, other) in enumerate(zip(groups, code.split("-"), strict=True)) if one != other
        ]
        if len(wrong) == 1:
            return wrong[0]
    return None
