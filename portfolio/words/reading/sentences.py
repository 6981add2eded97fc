"""Where sentences end: full stops that are none, children's missing ones, lists, quotes, lines.

Rules, first to last: a full stop inside a number, an address or an abbreviation ends nothing; nor does a mark
inside a quote that goes on in small letters; three dots end a sentence only before a capital letter. A line
ends one unless it was long (somebody's mail program broke it) or the next goes on in small letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from portfolio.words.reading.tokens import Word, without_addresses, words

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEVER: Final = frozenset(
    "mr mrs ms mx dr prof rev st mt gen sgt capt lt gov sen rep hon pres fig figs vol vs e.g i.e eg ie approx cf "
    "sr sra srta sres dra ud uds dña prof profa lic ing pág págs núm p p.ej ej tel hr fr mme mlle z.b bzw".split()
)
"""After these the sentence always goes on: a name, a number or an example follows."""

_PERHAPS: Final = frozenset(
    "etc inc ltd co corp jr ave rd blvd dept no nos a.m p.m am pm u.s u.k d.c min max ft lb lbs oz hrs "
    "jan feb apr aug sept oct nov dec mon tue tues wed thu thurs fri avda ee uu d.h usw".split()
)
"""After these it goes on in small letters or with a number, and ends before a capital."""

_WRAPPED: Final = 45  # characters: a shorter line was ended by the writer, not by a program
_OPENING: Final = "\"'“‘«‹„([{¿¡「『（-–—*_"
_BULLET: Final = re.compile(r"[-–—*•·‣▪●○◦☐☑✓✔]\s|#+\s|(?:\d{1,3}|[A-Za-z])[.)]\s")
_LINE: Final = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_MARK: Final = re.compile(
    "(?P<stop>[.!?…‽。！？｡．؟۔।॥።፧։]+)(?P<close>[\"'”’»›)\\]}」』）*_]*(?:[ \u00a0\u202f]»)?)"
    "|(?P<line>(?:\r\n|[\n\r\v\f\x85\u2028\u2029])\\s*)"
)
_LAST_WORD: Final = re.compile(r"[^\s(\[{\"'“”‘’«»]+\Z")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: ``text[start:end]`` (code points) without spaces round it, and its words (at least one)."""

    start: int
    end: int
    words: tuple[Word, ...]

    @property
    def count(self) -> int:
        """How many words it has."""
        return sum(word.count for word in self.words)


def sentences(text: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; what has no word in it belongs to none. Takes linear time."""
    found: list[Sentence] = []
    waiting = iter(words(text))
    word = next(waiting, None)
    begin = 0
    for end in (*_breaks(without_addresses(text)), len(text)):
        inside: list[Word] = []
        while word is not None and word.start < end:
            inside.append(word)
            word = next(waiting, None)
        if inside:
            whole = text[begin:end]
            start = begin + len(whole) - len(whole.lstrip())
            found.append(Sentence(start, begin + len(whole.rstrip()), tuple(inside)))
        begin = end
    return tuple(found)


def _breaks(text: str) -> Iterator[int]:
    """Yield the places after which a new sentence may begin."""
    line = begin = 0
    for mark in _MARK.finditer(text):
        if mark["line"] is None:
            ends = _stop_ends(text, mark, line)
        else:
            ends = _line_ends(text, mark, line, begin)
            line = mark.end()
        if ends:
            begin = mark.end()
            yield begin


def _next_letter(text: str, at: int) -> str:
    """Return the first sign after spaces and opening marks; empty at the end. Looks at 40 signs at most."""
    return text[at : at + 40].lstrip().lstrip(_OPENING).lstrip()[:1]


def _stop_ends(text: str, mark: re.Match[str], line: int) -> bool:
    stop, closed = mark["stop"], bool(mark["close"])
    after = text[mark.end() : mark.end() + 2]
    if not after or stop.strip(".!?…"):  # other scripts' marks are never anything else
        return True
    if not after[0].isspace():
        return not closed and _glued(text[mark.start() - 1 : mark.start()], stop, after)
    following = _next_letter(text, mark.end())
    if closed and following.islower():
        return False
    if stop.strip(".…"):
        return True
    if len(stop) > 1 or stop == "…":
        return not following.islower()
    return closed or _full_stop_ends(text, mark.start(), line, following)


def _glued(before: str, stop: str, after: str) -> bool:
    """Return whether a sentence ends although no space follows: "I like it.We went", but not "3.5" or "e.g."."""
    if stop.strip("."):
        return after[0].isalpha() or after[0] in "¿¡"
    return before.islower() and after[0].isupper() and after[1:].islower()


def _full_stop_ends(text: str, at: int, line: int, following: str) -> bool:
    found = _LAST_WORD.search(text[max(line, at - 14) : at])
    last = found[0] if found else ""
    begins_line = not text[line : at - len(last)].strip() if at - len(last) - line < 40 else False
    if begins_line and last.isalnum() and (last.isdecimal() or len(last) == 1) and len(last) <= 3:
        return False  # "1." and "a." before an item of a list
    small = last.lower()
    if small in _NEVER:
        return False
    if len(last) == 1 and last.isupper():
        return not _initial(text[max(line, at - 24) : at - 1])
    if small in _PERHAPS or ("." in small and all(len(part) == 1 for part in small.split("."))):
        return not (following.islower() or following.isdigit())
    return True


def _initial(before: str) -> bool:
    """Return whether a single capital letter after this belongs to a name: nothing, a name or an initial is before."""
    last = before.split()[-1:]
    return not last or last[0][:1].isupper()


def _line_ends(text: str, mark: re.Match[str], line: int, begin: int) -> bool:
    if len(_LINE.findall(mark["line"])) > 1 or _BULLET.match(text, mark.end()):
        return True
    following = _next_letter(text, mark.end())
    before = text[mark.start() - 1 : mark.start()]
    if mark.start() - line < _WRAPPED:  # children press Enter within a sentence too; then it goes on small
        return not (following.islower() and (before == "," or _next_letter(text, begin).isupper()))
    alone = text[mark.end() : mark.end() + 2] in {"I ", "I'", "I’"}
    return following.isupper() and before not in {",", ";"} and not alone
