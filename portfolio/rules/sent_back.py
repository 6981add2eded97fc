# long: the whole form of an answer that comes back as text is read in one place
"""An answer that comes back as plain text: how it is written, how it is read, and the code that says whose it is.

A family's file makes it (or a hand types it), a mail carries it, a teacher puts it in. Each thing said stands below a
label such as ``[21 I notice]``. Only the number counts: the words are in the family's language. What comes before the
first label and after the code is no part of it: greetings, signatures. So wrapped lines, ``>`` before each line,
other digits or spaces, marks for the direction of writing do no harm.

The code is made from the secret of the class and ids alone. It names nobody, and is worth nothing to anybody but who
has the secret.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from portfolio.errors import InputRefused
from portfolio.rules.near_labels import CLOSE, OPEN, UNSEEN, doubtful

ALPHABET: Final = "23456789abcdefghijkmnpqrstuvwxyz"
"""Signs of a code: none that looks like another (no 0 and o, 1 and l)."""
CLASS_SIGNS, SEAL_SIGNS, CHECK_SIGNS = 3, 11, 2
SIGNS: Final = CLASS_SIGNS + SEAL_SIGNS + CHECK_SIGNS
GROUP: Final = 4

FROM, CODE = 10, 99
FACE_OF: Final[Mapping[int, str]] = MappingProxyType({11: "face-5", 12: "face-3", 13: "face-1"})
BOTH_READ, TEACHER_READS, TALK, CALL_US = 51, 52, 53, 75
TEXTS: Final[Mapping[int, str]] = MappingProxyType(
    {
        41: "letter-1", 42: "letter-2", 43: "letter-3", 44: "letter-4", 45: "letter-own",
        21: "notice", 22: "wonder", 23: "ask",
        31: "glow", 32: "grow", 33: "promise",
        61: "together", 62: "who-does",
        71: "thanks", 72: "question", 73: "try", 74: "reach", 76: "teacher-only",
    }
)  # fmt: skip
"""What is said, by the number of its label, in the order of the sheet. The numbers stand on paper in families' homes: none ever gets another meaning."""
NUMBER: Final[Mapping[str, int]] = MappingProxyType({key: number for number, key in TEXTS.items()})
FOR_SCHOOL: Final = frozenset({"thanks", "question", "try", "reach", "teacher-only"})
"""Words the teacher alone gets, whoever may read the rest."""
KNOWN: Final = frozenset({FROM, CODE, *FACE_OF, BOTH_READ, TEACHER_READS, TALK, CALL_US, *TEXTS})

TICKS: Final = frozenset({*FACE_OF, BOTH_READ, TEACHER_READS, TALK, CALL_US})
"""Numbers below which no words belong."""

LONGEST: Final = 400_000
"""Letters of a text that may be read as answers: twenty times the longest letter."""
MOST: Final = 200
"""Answers in one text."""
LONGEST_TYPED: Final = 64
"""Letters looked at where a code should be."""

_BETWEEN: Final = rf"[\s>|*_{UNSEEN}]{{0,40}}"
_LABEL: Final = re.compile(
    rf"(?<![\w/\\]){OPEN}{_BETWEEN}(\d){_BETWEEN}(\d)(?![\d]|{_BETWEEN}[/.:,-]{_BETWEEN}\d)([^\[\]［］【】〔〕]{{0,240}}){CLOSE}"
)
"""What stands in a label: two digits, and words; no date, such as messengers put before what was said."""
_LIKE_A_LABEL: Final = re.compile(rf"(?<!\\)(\\*{OPEN}[\W_]{{0,60}}\d)")
_HELD_BACK: Final = re.compile(rf"(?<!\\)\\(\\*{OPEN}[\W_]{{0,120}}\d)")
_SPLIT_UP: Final = re.compile(rf"\\[{UNSEEN}]+(?={OPEN})")
_MARKS: Final = re.compile(f"[{UNSEEN}]")
_QUOTED: Final = re.compile(r"[ \t]*>[ \t]?")
_ALIKE: Final = str.maketrans({**dict.fromkeys("“”„«»‟″", '"'), **dict.fromkeys("‘’‚‹›′`", "'"), **dict.fromkeys("‐‑‒–—−", "-")})  # fmt: skip

Home = tuple[str, str, str]
"""The ids of a child, of one of its homes, and of the book of a round."""


@dataclass(frozen=True)
class SentBack:
    """One answer as it came.

    ``code`` is as it was read ("" if there was none), ``damaged`` whether something stands there that is no code.
    ``who`` may be empty. ``shared``: the child may read it; not chosen is not shared, and ``share_words`` are the words
    that stand in the label which says so. Where a label may be mistyped, nobody knows whom the words below it are for:
    nothing is shared. ``talk``: they would like to talk
    alone. ``texts`` are the words by name of their question. ``strange`` are words below a number that means nothing:
    nobody knows whom they are for, so they are the teacher's alone; so are words below a tick. ``typed`` is a code as it stood there.
    ``labels`` are the words in labels, ``doubt`` is what may be a mistyped one and kept the child from reading what was
    shared. ``run_together``: who reads it is said twice, so that two answers may have become one; ``last_lines`` are
    those above each label, as they came: there a title may stand.
    """

    code: str = ""
    damaged: bool = False
    who: str = ""
    face: str = ""
    shared: bool = False
    share_words: str = field(default="", compare=False)
    talk: bool = False
    call: bool = False
    texts: Mapping[str, str] = field(default_factory=dict)
    strange: tuple[tuple[int, str], ...] = ()
    typed: str = field(default="", compare=False)
    labels: tuple[tuple[int, str], ...] = field(default=(), compare=False)
    doubt: str = field(default="", compare=False)
    run_together: bool = field(default=False, compare=False)
    last_lines: tuple[str, ...] = field(default=(), compare=False)

    @property
    def says_anything(self) -> bool:
        """Whether there is anything in it but a name."""
        return bool(self.face or self.talk or self.call or self.texts or self.strange)

    @property
    def child_reads(self) -> bool:
        """Whether any of it is for the child: shared, and not all of it words for the teacher alone."""
        return self.shared and bool(self.face or self.texts.keys() - FOR_SCHOOL)


# ------------------------------------------------------------------------------------------------- the code


def code_of(key: bytes, class_id: str, home: Home) -> str:
    """Return the code of a home in a round, in groups: always the same one, for as long as the class has this key."""
    seal = hmac.digest(key, _joined(class_id, *home), "sha256")
    body = class_signs(class_id) + _signs(int.from_bytes(seal, "big"), SEAL_SIGNS)
    return grouped(body + _check(body))


def class_signs(class_id: str) -> str:
    """Return the beginning of every code of a class: it tells another class's code from one that nobody made."""
    made = hashlib.sha256(_joined("portfolio answer, class", class_id)).digest()
    return _signs(int.from_bytes(made, "big"), CLASS_SIGNS)


def grouped(code: str) -> str:
    """Return a code as it is written: in groups of four."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def code_in(typed: str) -> str:
    """Return the code that stands at the beginning of a text, without its hyphens; "" if there is none or it is damaged.

    Capitals, spaces, hyphens, line ends and ``>`` do not matter. ``o`` and ``l`` are none of our signs.
    """
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", typed[:400])).casefold().translate(_ALIKE)
    signs = re.sub(r"[\s>|*_.\-]", "", plain)[:SIGNS]
    whole = len(signs) == SIGNS and set(signs) <= set(ALPHABET)
    return signs if whole and _check(signs[:-CHECK_SIGNS]) == signs[-CHECK_SIGNS:] else ""


def whose(key: bytes, class_id: str, homes: Iterable[Home], code: str) -> Home | None:
    """Return the home a code belongs to, or ``None``. Every home is compared, whichever it is."""
    found = None
    for home in homes:
        if hmac.compare_digest(code, code_of(key, class_id, home).replace("-", "")):
            found = home
    return found


def _joined(*parts: str) -> bytes:
    return "".join(f"{len(part)}:{part}," for part in parts).encode("utf-8", "surrogatepass")


def _check(body: str) -> str:
    return _signs(int.from_bytes(hashlib.sha256(body.encode("ascii")).digest(), "big"), CHECK_SIGNS)


def _signs(number: int, count: int) -> str:
    return "".join(ALPHABET[(number >> (5 * at)) & 31] for at in reversed(range(count)))


# ------------------------------------------------------------------------------------------------ the text


def label(number: int, words: str) -> str:
    """Return a label as it stands in the text: its number, and words that are for people alone."""
    plain = re.sub(r"[\[\]［］【】〔〕]", " ", words)
    return f"[{number} {' '.join(plain.split())[:200]}]"


def as_text(title: str, labels: Mapping[int, str], said: SentBack) -> str:
    """Return an answer as text, as the script of the file writes it: last what the teacher alone reads. ``labels`` are whole ones."""
    lines = [title]
    for number, words in _labelled(said):
        own = (f"{labels[number]} {words}",) if number == CODE else (labels[number], words)
        lines.extend(("", *(line for line in own if line)))
    return "\n".join(lines) + "\n"


def _labelled(said: SentBack) -> Iterator[tuple[int, str]]:
    """Yield the number of each label an answer has, in the order of the text, with the words below it ("" for a tick)."""
    written = [
        (number, said.texts[key], key in FOR_SCHOOL) for number, key in TEXTS.items() if said.texts.get(key)
    ]
    if said.who:
        yield FROM, held_back(said.who)
    yield from ((number, "") for number, face in FACE_OF.items() if said.face == face)
    yield from ((number, held_back(words)) for number, words, alone in written if not alone)
    yield (BOTH_READ if said.shared else TEACHER_READS), ""
    yield from ((number, held_back(words)) for number, words, alone in written if alone)
    yield from ((number, "") for number, on in ((TALK, said.talk), (CALL_US, said.call)) if on)
    if said.code:
        yield CODE, grouped(said.code.replace("-", ""))


def held_back(words: str) -> str:
    """Return somebody's words so that nothing in them is taken for a label."""
    return _LIKE_A_LABEL.sub(r"\\\1", words)


def parse(text: str) -> tuple[SentBack, ...]:
    """Return the answers in a text, in order; none where there is no label of ours.

    One text may hold several: each ends with its code. Raises ``InputRefused`` for a text that is too long.
    """
    if len(text) > LONGEST:
        raise _too_much()
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    plain = _SPLIT_UP.sub(r"\\", plain)
    numbered = ((one, _value(one[1]) * 10 + _value(one[2])) for one in _LABEL.finditer(plain))
    found = [(one, number) for one, number in numbered if number in KNOWN or _is_strange(one[3])]
    if not any(number in KNOWN for _, number in found):
        return ()
    if len(found) > MOST * 10:
        raise _too_much()
    wrapped = all(len(line) <= _WIDEST for line in plain.split("\n"))
    answers: list[SentBack] = []
    said: list[_Part] = []
    ends = [*(one.start() for one, _ in found), len(plain)][1:]
    for (one, number), end in zip(found, ends, strict=True):
        if not said and number not in KNOWN and not _begins_a_line(plain, one.start()):
            continue  # no part of it yet: a greeting
        if number == FROM and any(part.number == FROM for part in said):  # the one before has lost its code
            answers.append(_answer(said))
            said = []
        words = _below(plain, one, number, end, wrapped=wrapped)
        below = plain[one.end() : end].strip(_AROUND) if number != CODE else ""
        said.append(_Part(number, words, one[3], doubtful(below), below.rpartition("\n")[2]))
        if number == CODE:
            answers.append(_answer(said))
            said = []
    rest = _answer(said)
    signed = bool(answers) and not any(part.number in KNOWN for part in said)
    if not signed and (
        rest.says_anything or (said and not answers)
    ):  # below a whole answer a number in a signature is none
        answers.append(rest)
    return tuple(answers)


@dataclass(frozen=True)
class _Part:
    """A label and what stands below it: its number, the words below and in it, what may be a label in them, their last line."""

    number: int
    words: str
    label: str
    doubt: str
    last: str


def _is_strange(words: str) -> bool:
    """Return whether a number nobody knows stands in what may be a label of ours: none with further digits in it."""
    return not any(sign.isdigit() for sign in words)


def _too_much() -> InputRefused:
    return InputRefused("This text is too long to be answers. Take them one by one.")


_AROUND: Final = " \t\n\u00a0\u202f\u3000\u200e\u200f\ufeff"
_WIDEST: Final = 80
"""Letters of a line that a mail program may have broken."""
_NARROWEST: Final = 60
"""A broken line is at least so long, the first word of the next one included."""


def _value(sign: str) -> int:
    return int(unicodedata.digit(sign))


def _begins_a_line(text: str, at: int) -> bool:
    return not _MARKS.sub("", text[text.rfind("\n", 0, at) + 1 : at]).strip(" \t>|*_\u00a0")


def _depth(text: str, at: int) -> int:
    """Return how often the line of a label is quoted."""
    start = text.rfind("\n", 0, at) + 1
    return text[start:at].count(">")


def _below(text: str, label: re.Match[str], number: int, end: int, *, wrapped: bool) -> str:
    """Return the words below a label; what stands behind a tick, on its line, says what the tick means."""
    body = text[label.end() : end]
    if number in TICKS - {TALK, CALL_US} and "\n" not in body.rstrip(_AROUND):
        return ""
    return _words(body, _depth(text, label.start()), wrapped=wrapped)


def _words(body: str, depth: int, *, wrapped: bool) -> str:
    """Return the words below a label without what a mail program put around them."""
    lines = [_unquoted(line, depth) for line in body.split("\n")]
    if wrapped:
        lines = _unbroken(lines)
    words = "\n".join(line.rstrip(" \t\u00a0") for line in lines)
    return words.strip(_AROUND)


def _unquoted(line: str, depth: int) -> str:
    for _ in range(depth):
        quote = _QUOTED.match(line)
        if quote is None:
            break
        line = line[quote.end() :]
    return line


def _unbroken(lines: list[str]) -> list[str]:
    """Return lines put together again where a mail program broke them."""
    made: list[str] = []
    last = ""
    for line in lines:
        first = next(iter(line.split()), "")
        if last.strip() and first and _was_broken(last, first):
            made[-1] = f"{made[-1].rstrip()} {line.lstrip()}"
        else:
            made.append(line)
        last = line
    return made


def _was_broken(line: str, first: str) -> bool:
    return line.endswith(" ") or len(line) + 1 + len(first) > _NARROWEST


def _says(words: str) -> bool:
    return any(sign.isalnum() for sign in words)


def _answer(parts: list[_Part]) -> SentBack:
    """Return the answer that labels and the words below them make. What is said twice stands once."""
    numbers = {part.number for part in parts}
    meant = BOTH_READ in numbers and TEACHER_READS not in numbers
    doubt = next((part.doubt for part in parts if part.doubt), "")
    said = [(part.number, _HELD_BACK.sub(r"\1", part.words)) for part in parts]
    texts: dict[str, str] = {}
    for number, words in said:
        key = TEXTS.get(number, "")
        before = texts.get(key, "")
        if key and words and words not in before.split("\n\n"):
            texts[key] = f"{before}\n\n{words}".strip()
    raw = next((words for number, words in said if number == CODE), "")
    code = code_in(raw)
    return SentBack(
        code=code,
        damaged=CODE in numbers and not code,
        who=" ".join(next((words for number, words in said if number == FROM), "").split()),
        face=next((face for number, face in FACE_OF.items() if number in numbers), ""),
        shared=meant and not doubt,
        share_words=" ".join(part.label for part in parts if part.number == BOTH_READ).strip(),
        talk=TALK in numbers,
        call=CALL_US in numbers,
        texts=texts,
        strange=tuple(one for one in said if one[0] not in KNOWN or (one[0] in TICKS and _says(one[1]))),
        typed=raw[:LONGEST_TYPED],
        labels=tuple((part.number, part.label.strip()) for part in parts),
        doubt=doubt if meant else "",
        run_together=_run_together(parts),
        last_lines=tuple(part.last for part in parts if part.last),
    )


def _run_together(parts: list[_Part]) -> bool:
    """Return whether it is said twice who reads it, with something said between: the end of another answer is lost."""
    at = [n for n, part in enumerate(parts) if part.number in {BOTH_READ, TEACHER_READS}]
    return bool(at) and any(part.number in {FROM, *FACE_OF, *TEXTS} for part in parts[at[0] : at[-1]])


def alike(words: str) -> str:
    """Return words so that the same ones are the same, whatever a mail program did to quotation marks and spaces."""
    plain = unicodedata.normalize("NFKC", _MARKS.sub("", words)).translate(_ALIKE)
    return " ".join(plain.split()).casefold()
