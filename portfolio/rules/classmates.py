# long: how a name is told from a word is read in one place
"""Names of other children of the class in somebody's words: where they stand, and what stands there instead.

A name of the child itself, of its homes and its teachers is not looked for, whoever else has it. Where a name is also
a word ("Will", "Rose", "أمل") the words around it decide; what stays in doubt stays a word, and a teacher is shown it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from portfolio.model import Book, Naming
from portfolio.rules import classmate_words as w

Certain = Literal["name", "maybe"]
"""A name as far as one can see, or a word that could be one."""
Key = tuple[str, ...]
"""A name as it is compared: its words, small, without accents."""

_WORD: Final = re.compile(
    r"[^\W_](?:[^\s!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f\u060c\u061b\u061f\u06d4\uff00-\uff20]"
    r"|[\u00ad\u200b-\u200f\u2060](?=\w))*"
)
"""A letter and what follows up to a space or a sign; invisible signs inside a word belong to it."""
_JOINED: Final = re.compile(r"(?:[ \t\u00a0.'’‑-]{1,20}|\n)\Z")
"""What may stand between the words of one name: also several signs, as a list may write them by mistake."""
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u2060]")
_SENTENCE: Final = re.compile(r"[.!?…:;\n\"“”«»¿¡(•\u061f\u06d4\u3002]")
_SIGNS: Final = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"
)
_PREFIXED: Final = re.compile(r"[\u0590-\u05ff\u0600-\u06ff]")
_PREFIXES: Final = ("و", "ف", "ب", "ل", "ك", "ول", "وب", "يا", "ו", "ב", "ל", "ה", "מ", "ש", "כ", "ול")
_BENT: Final = frozenset("ru uk be bg sr hr bs sk cs pl sl lt lv mk tr hu fi et az kk uz ka hy so".split())
"""Languages that put endings on names."""
_LONGEST_ENDING: Final = 4
_HEAD: Final = 3
"""Letters of a name by which most words are told to be none."""


@dataclass(frozen=True)
class Found:
    """A name in ``text[start:end]``: as it is compared, as it is written there, how certain it is.

    ``after`` is what has to follow the words in its place: "’s" where a child left it out.
    """

    start: int
    end: int
    key: Key
    written: str
    certain: Certain
    after: str = ""


@dataclass(frozen=True)
class ClassNames:
    """The names of a whole class, ready to be looked for: by their first word, and those of scripts without spaces."""

    runs: Mapping[str, tuple[Key, ...]]
    signs: tuple[str, ...]
    long: tuple[str, ...]
    heads: Mapping[str, tuple[str, ...]]
    shown: Mapping[Key, str]

    def name(self, key: Key) -> str:
        """Return a name as the list of the class writes it."""
        return self.shown.get(key) or " ".join(key)


@dataclass(frozen=True)
class Classmates:
    """The names one book is searched for: those of the class without its own, and what was ticked."""

    names: ClassNames
    own: frozenset[str]
    ticked: Mapping[Key, str]

    def stays(self, found: Found) -> bool:
        """Return whether what was found may stand in a copy for a home."""
        tick = self.ticked.get(found.key)
        if tick is not None:
            return tick != "is_a_name"
        return found.certain == "maybe" or any(
            how == "may_be_named" and _within(found.key, key) for key, how in self.ticked.items()
        )


def classmates_of(book: Book) -> Classmates:
    """Return the names a book's words are searched for."""
    who = book.student
    own = [who.name, who.say_it, *(t.name for t in book.school_class.teachers)]
    for home in who.households:
        own += [home.label, *home.adults, home.other_children]
    tokens = frozenset(word for line in own for word in _folds(line))
    ticks = {key_of(one.name): one.how for one in book.portfolio.namings if key_of(one.name)}
    return Classmates(_class_names(book.class_names), tokens, ticks)


def key_of(name: str) -> Key:
    """Return a name as it is compared: capitals, accents and signs do not matter."""
    return tuple(_folds(name))


def naming_id(name: str) -> str:
    """Return the id of the tick for a name: always the same one for the same name."""
    import hashlib

    return "naming-" + hashlib.sha256("\n".join(key_of(name)).encode()).hexdigest()[:16]


def ticked(book: Book, name: str) -> Naming | None:
    """Return what was ticked for a name in a book, or ``None``."""
    wanted = key_of(name)
    return next((one for one in book.portfolio.namings if key_of(one.name) == wanted), None)


# ----------------------------------------------------------------------------------------- names of a class


@lru_cache(maxsize=8)
def _class_names(lines: tuple[str, ...]) -> ClassNames:
    """Return the names of a class as they are looked for: made once for all its books."""
    runs: dict[str, set[Key]] = {}
    signs: set[str] = set()
    shown: dict[Key, str] = {}
    for line in lines:
        plain = unicodedata.normalize("NFC", line)
        marks = list(_WORD.finditer(plain))
        signs |= set(_given([mark.group() for mark in marks]))
        marks = [mark for mark in marks if not _SIGNS.search(mark.group())]
        for start, end in _runs([mark.group() for mark in marks]):
            key = tuple(_folded(mark.group()) for mark in marks[start:end])
            runs.setdefault(key[0], set()).add(key)
            shown.setdefault(key, plain[marks[start].start() : marks[end - 1].end()])
    ordered = {first: tuple(sorted(keys, key=lambda k: (-len(k), k))) for first, keys in runs.items()}
    long = tuple(sorted(first for first, keys in ordered.items() if len(first) > 2 and (first,) in keys))
    shown |= {(_folded(sign),): sign for sign in signs}
    heads: dict[str, list[str]] = {}
    for first in ordered:
        heads.setdefault(first[:_HEAD], []).append(_stem(first))
    return ClassNames(
        ordered,
        tuple(sorted(signs, key=lambda s: (-len(s), s))),
        long,
        {h: tuple(s) for h, s in heads.items()},
        shown,
    )


def _runs(words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield every row of words of a name that tells who it is: no small word and no single letter alone."""
    tells = [not word[0].islower() and len(_folded(word)) > 1 and not word.isdigit() for word in words]
    if words and not any(tells):  # a name nobody wrote with a capital
        tells = [len(word) > 1 for word in words]
    for start in range(len(words)):
        for end in range(start + 1, len(words) + 1):
            if any(tells[start:end]):
                yield start, end


def _given(words: list[str]) -> Iterator[str]:
    """Yield the names written without spaces: whole, and what a child of that name is called by its friends."""
    written = [word for word in words if _SIGNS.search(word)]
    yield from (word for word in ("".join(written), *written) if len(word) > 1)
    if (
        len(written) == 1
        and 3 <= len(written[0]) <= 4
        and re.search(r"[\u3400-\u9fff\uac00-\ud7af]", written[0])
    ):
        yield written[0][-2:]


def _folds(line: str) -> list[str]:
    return [_folded(m.group()) for m in _WORD.finditer(unicodedata.normalize("NFC", line))]


@lru_cache(maxsize=16384)
def _folded(word: str) -> str:
    apart = unicodedata.normalize("NFKD", _UNSEEN.sub("", word)).casefold()
    return unicodedata.normalize("NFC", "".join(c for c in apart if not unicodedata.combining(c)))


def _stem(name: str) -> str:
    """Return what stays of a name when a language puts an ending on it."""
    return name[:-1] if name[-1:] in "aeiouyаяйьиоеуіїюё" and len(name) > 3 else name


def _within(part: Key, whole: Key) -> bool:
    return any(whole[n : n + len(part)] == part for n in range(len(whole) - len(part) + 1))


# ------------------------------------------------------------------------------------------ names in a text


def suspects(texts: Iterable[str], who: Classmates) -> tuple[str, ...]:
    """Return words of some texts, as written there, of which one may be a name: a text without any of them has none.

    Whole books are looked at in a millisecond this way; almost no text of theirs names anybody.
    """
    whole = "\n".join(texts)
    heads = who.names.heads
    found = [sign for sign in who.names.signs if sign in whole]
    for word in set(_WORD.findall(whole)):
        folded = _folded(word)
        if folded in who.own:  # whoever has more names than this has another one that is found
            continue
        stems = (*heads.get(folded[:_HEAD], ()), *(heads.get(folded[:2], ()) if len(folded) == _HEAD else ()))
        if any(folded.startswith(stem) for stem in stems) or (
            _PREFIXED.search(word) and (folded[1:4] in heads or folded[2:5] in heads)
        ):
            found.append(word)
    return tuple(found)


def names_in(text: str, lang: str, who: Classmates) -> tuple[Found, ...]:
    """Return the names of classmates in a text, in order; ``text`` is NFC, as every text of ours."""
    reader = _Reader(text, lang.split("-")[0], who)
    found = [*reader.rows(), *reader.without_spaces()]
    return tuple(sorted(found, key=lambda one: one.start))


class _Reader:
    """One text while it is searched."""

    def __init__(self, text: str, lang: str, who: Classmates) -> None:
        self.text, self.lang, self.who = text, lang, who
        self.marks = list(_WORD.finditer(text))
        self.folds = [_folded(m.group()) for m in self.marks]
        capitals = [
            m.group()[0].isupper() for m in self.marks if m.group()[0].isupper() or m.group()[0].islower()
        ]
        self.loud = len(capitals) > 1 and sum(capitals) >= 0.7 * len(capitals)
        self.words = frozenset(_folded(word) for word in w.NAME_WORDS.get(lang, ()))

    def rows(self) -> Iterator[Found]:
        """Yield names of scripts that put spaces between words, the longest first."""
        at = 0
        while at < len(self.marks):
            found, length = self._at(at)
            if found is not None:
                yield found
            at += length

    def _at(self, at: int) -> tuple[Found | None, int]:
        for key, cut in self._starting(self.folds[at]):
            end = at + len(key)
            rest = tuple(self.folds[at + 1 : end])
            if rest != key[1:] or not self._joined(at, end) or not self._tells(key):
                continue
            certain = self._certain(at, end, key)
            if certain is None:
                return None, 1
            start, stop = self.marks[at].start() + cut, self.marks[end - 1].end()
            after = self._missing(at, key)
            return Found(start, stop, key, self.text[start:stop], certain, after), len(key)
        return None, 1

    def _starting(self, word: str) -> Iterator[tuple[Key, int]]:
        """Yield the names that may begin with a word, each with how many letters of it belong to no name."""
        runs = self.who.names.runs
        yield from ((key, 0) for key in runs.get(word, ()))
        if _PREFIXED.search(word):
            for prefix in _PREFIXES:
                if word.startswith(prefix) and len(word) - len(prefix) > 2:
                    yield from ((key, len(prefix)) for key in runs.get(word[len(prefix) :], ()))
        if word.endswith("s") and len(word) > 3 and self.lang in ("en", "de", "nl", "sv", "da", "no"):
            yield from (
                (key, 0) for key in runs.get(word[:-1], ()) if len(key) == 1 and key[0] not in self.words
            )
        if self.lang in _BENT or (word and not word.isascii() and not _latin(word[0])):
            yield from ((key, 0) for key in self._bent(word))

    def _bent(self, word: str) -> Iterator[Key]:
        """Yield names with an ending of the language on them: "Олена" in "з Оленою"."""
        for name in self.who.names.long:
            stem = _stem(name)
            ending = len(word) - len(stem)
            if word != name and len(stem) > 2 and 0 <= ending <= _LONGEST_ENDING and word.startswith(stem):
                yield (name,)

    def _joined(self, at: int, end: int) -> bool:
        gaps = (self.text[self.marks[n].end() : self.marks[n + 1].start()] for n in range(at, end - 1))
        return all(_JOINED.match(gap) for gap in gaps)

    def _tells(self, key: Key) -> bool:
        """Return whether a row of words tells of somebody who is not of this child's own people."""
        return any(word not in self.who.own and len(word) > 1 for word in key)

    def _missing(self, at: int, key: Key) -> str:
        """Return "’s" where a child wrote "Linas book"."""
        wrote = self.folds[at]
        return "’s" if self.lang == "en" and len(key) == 1 and wrote == key[0] + "s" else ""

    # ------------------------------------------------------------------------------ a name, or a word?

    def _certain(self, at: int, end: int, key: Key) -> Certain | None:
        """Return how certain a name is; ``None`` for what is surely a word."""
        first = self.marks[at].group()[0]
        telling = [word for word in key if len(word) > 1]
        if (self.folds[at], self._fold(end)) in w.KNOWN_PEOPLE or (
            self._fold(at - 1),
            self.folds[at],
        ) in w.KNOWN_PEOPLE:
            return "maybe"
        big = any(self.marks[n].group()[0].isupper() for n in range(at, end))
        if len(telling) > 1 and (big or not first.islower()):
            return "name"
        if telling[0] not in self.words and (len(telling[0]) > 2 or big):
            return "name"
        if self.who.ticked.get(key) == "is_a_name" and not first.islower():
            return "name"
        return self._word_or_name(at, end)

    def _word_or_name(self, at: int, end: int) -> Certain | None:
        """Decide for a name that is also a word."""
        first, before, after = self.marks[at].group()[0], self._fold(at - 1), self._fold(end)
        person = before in w.IS_ENOUGH or before in ("named", "called")
        if first.islower():
            return "name" if person else None
        if self.folds[at] in w.MONTHS and (before in w.IN_TIME or after.isdigit() or before.isdigit()):
            return None
        owns = self.text[self.marks[end - 1].end() :][:2].lower() in ("'s", "’s")
        helps = (
            after in w.BY_VERB
            or before in w.BESIDE
            or (after in w.AND and self._fold(end + 1) in ("i", "me"))
        )
        if person or owns or helps:
            return "name"
        if not first.isupper():
            return "maybe"
        if after in w.AS_QUESTION and self.folds[at] in ("will", "may") and self._begins(at):
            return None
        if self._begins(at) or self.loud or self.lang == "de" or self._beside_capital(at, end):
            return "maybe"
        return "name"

    def _fold(self, at: int) -> str:
        return self.folds[at] if 0 <= at < len(self.folds) else ""

    def _begins(self, at: int) -> bool:
        """Return whether a word stands at the beginning of a sentence."""
        return at == 0 or bool(_SENTENCE.search(self.text[self.marks[at - 1].end() : self.marks[at].start()]))

    def _beside_capital(self, at: int, end: int) -> bool:
        """Return whether another capital stands beside it: "Lake Victoria", "May Day"."""
        if self._fold(at - 1) in w.NO_NAME_AFTER:
            return True
        before = at > 0 and not self._begins(at) and not self._begins(at - 1) and self._big(at - 1)
        after = end < len(self.marks) and not self._begins(end) and self._big(end)
        return before or after

    def _big(self, at: int) -> bool:
        return self.marks[at].group()[0].isupper() and self.folds[at] not in w.SMALL_WORDS

    # -------------------------------------------------------------------------- scripts without spaces

    def without_spaces(self) -> Iterator[Found]:
        """Yield names of scripts that put no spaces between words, the longest first."""
        taken = [False] * len(self.text)
        for sign in self.who.names.signs:
            at = self.text.find(sign)
            while at >= 0:
                end = at + len(sign)
                if not any(taken[at:end]) and not any(
                    sign in own or own in sign for own in self._own_signs()
                ):
                    taken[at:end] = [True] * len(sign)
                    key = (_folded(sign),)
                    doubt = (
                        sign in w.NAME_WORDS.get(self.lang, ()) and self.who.ticked.get(key) != "is_a_name"
                    )
                    yield Found(at, end, key, sign, "maybe" if doubt else "name")
                at = self.text.find(sign, end)

    def _own_signs(self) -> Iterable[str]:
        return (own for own in self.who.own if len(own) > 1 and _SIGNS.search(own))


def _latin(letter: str) -> bool:
    return "LATIN" in unicodedata.name(letter, "")


# -------------------------------------------------------------------------------------------- without them


def without_names(text: str, lang: str, who: Classmates) -> str:
    """Return a text with neutral words where a classmate is named who may not be."""
    plain = text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
    out = [one for one in names_in(plain, lang, who) if not who.stays(one)]
    if not out:
        return text
    made, last = [], 0
    for row in _rows(plain, out):
        words = _instead(plain, row, lang)
        begin = row[0].start
        if not words:  # "my friend Lina": the friend is enough
            begin = len(plain[:begin].rstrip())
        made += [plain[last:begin], words]
        last = row[-1].end
    return "".join((*made, plain[last:]))


def _rows(text: str, found: list[Found]) -> list[list[Found]]:
    """Return the names in rows: those with nothing but commas and "and" between them belong together."""
    rows = [[found[0]]]
    for one in found[1:]:
        between = text[rows[-1][-1].end : one.start]
        joins = {_folded(part) for part in re.split(r"[\s,،、]+", between) if part}
        if one.key in {other.key for other in rows[-1]}:  # "I read to Lina and Lina smiled": two sentences
            rows.append([one])
        elif between and joins <= w.AND and "\n" not in between and (joins or re.search("[,،、]", between)):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _instead(text: str, row: list[Found], lang: str) -> str:
    """Return what stands in place of the names of a row."""
    main = lang.split("-")[0]
    one, many = w.NEUTRAL.get(lang, w.NEUTRAL.get(main, w.NOBODY))
    words = one if len(row) == 1 else many
    before = text[: row[0].start]
    last = list(_WORD.finditer(before[-40:]))
    if len(row) == 1 and last and not before[-1:].isalpha():
        gap = before[-40:][last[-1].end() :]
        owns = text[row[-1].end :][:2] in ("'s", "’s") or row[-1].after
        if _folded(last[-1].group()) in w.IS_ENOUGH and gap in (" ", ", ") and not owns:
            return ""
    if not before.strip() or _SENTENCE.search(before[-2:].strip()[-1:] if before[-1:] != "\n" else "\n"):
        words = words[:1].upper() + words[1:] if before.rstrip()[-1:] not in (":", ";", "(", "،") else words
    return words + row[-1].after
