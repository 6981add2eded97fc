"""Our own texts in plain words: no school word that is not explained, no long sentence, no hard word for a child.

    python .ci/plain_words.py            say what each kind of reader gets, then what is wrong
    python .ci/plain_words.py --check    say only what is wrong; either way exit with 1 if anything is

Measured are all texts of the catalogues (prompts, buttons, help, errors, class templates) and the guides for
children and families. Texts of the command line, for whoever looks after the program, are measured for length
only: they speak of files and commands. What a child of the sample class wrote is that child's business.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import catalogs
from gates import Finding
from portfolio.words import find, hints
from portfolio.words.reading import sentences

ROOT = catalogs.ROOT


class Reader(NamedTuple):
    """Whom a text is for: the most words in a sentence, the band of a child, whether school words count."""

    name: str
    most: int
    band: str = ""
    school_words: bool = True


ADMINISTRATOR = Reader("administrators", 25, school_words=False)
TEACHER = Reader("teachers", 25)
FAMILY = Reader("families and children", 20)
CHILDREN = {
    "k-2": Reader("children, k-2", 10, "k-2"),
    "3-5": Reader("children, 3-5", 15, "3-5"),
    "6-8": Reader("children, 6-8", 20, "6-8"),
    "9-12": Reader("children, 9-12", 20, "9-12"),
}

GUIDES = ("docs/family*.md", "docs/student*.md")
SEEN_BY_FAMILIES = (*catalogs.FAMILY, "templates/pages/", "portfolio/widgets/", "portfolio/serve/", "docs/")

ALLOWED: Mapping[str, str] = {
    "{file}, line {line}: an entry should be lines such as “id: exit-ticket”.": (
        "teachers only: it shows how a school word is written down, so it needs one"
    ),
    "{file}, line {line}: the minutes of the steps add up to": (
        "teachers only: whoever writes a class template compares four numbers in one look"
    ),
}
"""How a text begins that may break a rule, and why."""


class Text(NamedTuple):
    """A text of ours and a place where it is said."""

    place: str
    text: str


def reader_of(place: str) -> Reader:
    """Return whom a place speaks to."""
    if place.startswith("templates/classes/"):
        return CHILDREN.get(Path(place).stem, CHILDREN["3-5"])
    if place.startswith("portfolio/cli/"):
        return ADMINISTRATOR
    return FAMILY if place.startswith(SEEN_BY_FAMILIES) else TEACHER


def wrong_with(text: str, reader: Reader) -> Iterator[tuple[str, str]]:
    """Yield what a text breaks for its readers, and what to do."""
    for part in sentences(text):
        if part.count > reader.most:
            wrong = f"{part.count} words in a sentence for {reader.name}, {reader.most} are allowed"
            yield wrong, f"make two of it: “{text[part.start : part.end]}”"
    for found in find(text) if reader.school_words else ():
        if found.confidence == "sure" and not found.explained:
            wrong = f"school word “{text[found.start : found.end]}” for {reader.name}"
            yield wrong, f"say it plainly, or explain it: “{text}”"
    for hint in hints(text, band=reader.band) if reader.band else ():
        if hint.kind == "hard_word":
            yield f"hard word “{hint.word}” for {reader.name}", f"say it in short words: “{text}”"


def broken(texts: Iterable[Text], allowed: Iterable[str] = tuple(ALLOWED)) -> list[Finding]:
    """Return what is wrong with some texts, but for those that begin in an allowed way."""
    excused = tuple(allowed)
    return [
        Finding(place, line_of(place, text), *what)
        for place, text in texts
        if not text.startswith(excused)
        for what in wrong_with(text, reader_of(place))
    ]


def line_of(place: str, text: str) -> int:
    """Return the line on which a text begins; the first if it stands there in another shape."""
    path = ROOT / place
    source = path.read_text(encoding="utf-8") if path.is_file() else ""
    begin = text[:24]
    return source.count("\n", 0, source.find(begin)) + 1 if begin in source else 1


# ------------------------------------------------------------------------------------------ gathering them


def gathered() -> Iterator[Text]:
    """Yield every text we say: of catalogues once for each kind of reader, then the guides."""
    for message in catalogs.gather():
        said = message.id if isinstance(message.id, tuple | list) else (message.id,)
        readers = {reader_of(place): place for place, _ in message.locations}
        yield from (Text(place, str(text)) for place in readers.values() for text in said if text)
    for pattern in GUIDES:
        for path in sorted(ROOT.glob(pattern)):
            place = path.relative_to(ROOT).as_posix()
            yield from (Text(place, text) for text in of_guide(path.read_text(encoding="utf-8")))


_OTHER_LANGUAGE = re.compile(r'<div lang="(?!en")[^>]*>.*?</div>', re.DOTALL)
_SIGNS = re.compile(r"<[^>]+>|!\[|\]\([^)]*\)|[*_`\[\]]+|^\s*(?:#+|[-*>]|\d+\.|\|[-| ]+\|$)", re.MULTILINE)


def of_guide(text: str) -> list[str]:
    """Return the English paragraphs, list items and table cells of a guide, without Markdown's signs."""
    english = _OTHER_LANGUAGE.sub("\n\n", text)
    parts = re.split(r"\n\s*\n|\n(?=\s*(?:[-*>#|]|\d+\.)\s*)|(?<=.)\|", english)
    plain = (" ".join(_SIGNS.sub(" ", part).replace("|", " ").split()) for part in parts)
    return [one for one in plain if one]


# ----------------------------------------------------------------------------------------------- telling


def told(texts: Iterable[Text]) -> Iterator[str]:
    """Yield a line for each kind of reader: how many texts, and their longest sentence in words."""
    sizes: dict[Reader, list[int]] = {}
    for place, text in texts:
        longest = max((part.count for part in sentences(text)), default=0)
        sizes.setdefault(reader_of(place), []).append(longest)
    for reader, counts in sorted(sizes.items()):
        words = "" if reader.school_words else "; measured for length only"
        yield f"{reader.name}: {len(counts)} texts, longest sentence {max(counts)} words{words}"


def main() -> int:
    """Measure, and say it."""
    texts = list(gathered())
    if "--check" not in sys.argv[1:]:
        print("\n".join(told(texts)))
        print("\n".join(f"allowed: {begin} … ({why})" for begin, why in ALLOWED.items()))
    wrong = broken(texts)
    print("\n".join(map(str, wrong)) or "our texts are in plain words")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
