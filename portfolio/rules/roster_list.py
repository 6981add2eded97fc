"""Names as somebody types them: one in each line, or all in one line with commas between them."""

from __future__ import annotations

import re
from typing import Final

FEWEST: Final = 3
"""Names in one line. Two with a comma between them are a family name and a first name."""


def lines_of_one(text: str) -> str:
    """Return a text with one name in each line, if all of it stands in one line; any other text as it is."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != 1 or "\t" in lines[0]:
        return text
    names = [name.strip() for name in re.split("[,;،؛、]", lines[0])]
    return "\n".join(name for name in names if name) if len(names) >= FEWEST else text
