"""The glossary of a class: what we ship, the school's file over it, the class's file over both."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from portfolio.errors import NotFound, PortfolioError, TemplateMistake
from portfolio.store.trouble import regular
from portfolio.words.glossary.load import Glossary, starter

SCHOOL_FILE: Final = "school-glossary.yaml"
CLASS_FILE: Final = "glossary.yaml"
FILES: Final = (SCHOOL_FILE, CLASS_FILE)
"""The files of a class folder that may hold school words, in their order: the later one wins."""

MOST_TOLD: Final = 10
"""How many ids of left out entries a sentence names."""

State = tuple[int, int, int] | None


@dataclass(frozen=True, slots=True)
class Layers:
    """The glossary a class works with, and a sentence for each file that could not be used."""

    glossary: Glossary
    troubles: tuple[PortfolioError, ...] = ()


@lru_cache(maxsize=8)
def layers_of(folder: Path, _states: tuple[State, ...]) -> Layers:
    """Return the glossary of a class folder; read again only when a file's state is another.

    A file that cannot be used is as if it were not there: a mistake in it never keeps a child from working or
    a page from going home. Its sentence is in ``troubles``. Of a file over it, what stands alone is used.
    """
    if not any(_states):
        return Layers(starter())  # most classes: nothing of what reads these files is imported
    from portfolio.store.glossary_file import alone, put_over, read_glossary

    glossary = starter()
    troubles: list[PortfolioError] = []
    for name in FILES:
        try:
            file = read_glossary(regular(folder / name))
            if troubles:
                file, rest = alone(glossary, file)
                troubles += _left_out(name, rest)
            glossary = put_over(glossary, file)
        except NotFound:
            continue
        except PortfolioError as trouble:
            troubles.append(trouble)
    return Layers(glossary, tuple(troubles))


def _left_out(name: str, ids: tuple[str, ...]) -> list[PortfolioError]:
    if not ids:
        return []
    return [
        TemplateMistake(
            "{file}: these entries say something about words of {other}, which cannot be used: {ids}. They are "
            "left out until {other} is mended.",
            file=name,
            other=SCHOOL_FILE,
            ids=", ".join(ids[:MOST_TOLD]) + (" …" if len(ids) > MOST_TOLD else ""),
        )
    ]
