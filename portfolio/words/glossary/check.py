"""Whether a school word's entry is a good one: short, plain, written once, free of other school words.

Each remark is a sentence with the file and the line. A mistake must be mended; a hint may stay.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import InputRefused
from portfolio.words.finder.find import find
from portfolio.words.finder.forms import keys_of, spellings
from portfolio.words.glossary.load import Glossary
from portfolio.words.terms import Term

MOST_WORDS: Final = 25
"""Words an explanation may have."""

_WORD: Final = re.compile(r"\w[\w'’-]*")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be said of an entry: the sentence, and whether the entry cannot stay as it is."""

    sentence: InputRefused
    mistake: bool = True


def remarks(term: Term, glossary: Glossary, *, file: str, line: int) -> Iterator[Remark]:
    """Yield what is to be said of one term of a glossary. ``file`` and ``line`` say where it is written."""
    where = {"file": file, "line": line, "term": term.term[:60]}
    for printed in spellings(term):
        if not keys_of(printed):
            sentence = "{file}, line {line}: “{term}” has no letters or digits to look for."
            yield Remark(InputRefused(sentence, **{**where, "term": printed[:60]}))
    count = len(_WORD.findall(term.plain))
    if count > MOST_WORDS:
        yield Remark(
            InputRefused(
                "{file}, line {line}: the explanation of “{term}” has {count} words. At most {most} fit. "
                "Leave out what a family does not need.",
                **where, count=count, most=MOST_WORDS,
            )
        )  # fmt: skip
    yield from _school_words_inside(term, glossary, where)
    yield from _written_twice(term, glossary, where)
    yield from _everyday(term, where)


def _school_words_inside(term: Term, glossary: Glossary, where: dict[str, object]) -> Iterator[Remark]:
    texts = {"plain": term.plain, "kid": term.kid}
    if term.swap:
        texts["swap"] = term.swap.sg or term.swap.base
    for name, text in texts.items():
        inside = (one for one in find(text, glossary) if one.confidence == "sure" and not one.explained)
        found = list(dict.fromkeys(text[one.start : one.end] for one in inside))
        if found:
            yield Remark(
                InputRefused(
                    "{file}, line {line}: “{name}” of “{term}” has a school word in it: {found}. "
                    "Say that in other words too.",
                    **where, name=name, found=", ".join(found),
                )
            )  # fmt: skip


def _written_twice(term: Term, glossary: Glossary, where: dict[str, object]) -> Iterator[Remark]:
    told: set[str] = set()
    for printed in spellings(term):
        other = written_as(printed, glossary, term.term_id)
        if other and other not in told:
            told.add(other)
            yield Remark(
                InputRefused(
                    "{file}, line {line}: “{printed}” is already written for “{other}”. Use the id “{other}” "
                    "to say it anew, or take that one away with: off: true",
                    **where, printed=printed[:60], other=other,
                )
            )  # fmt: skip


def written_as(printed: str, glossary: Glossary, but: str = "", *, exact: bool = True) -> str:
    """Return the id of another term that is written so, or "" if there is none.

    ``exact``: as the glossary prints it; else in any of its forms ("exit slips").
    """
    keys = keys_of(printed)
    key = " ".join(keys)
    for form in glossary.index.beginning(keys[0]).forms.get(key, ()) if keys else ():
        same = not exact or " ".join(keys_of(form.printed)) == key
        if same and form.term.term_id != but:
            return form.term.term_id
    return ""


def _everyday(term: Term, where: dict[str, object]) -> Iterator[Remark]:
    """Yield a hint for a spelling that is one everyday word and has nothing that tells its two meanings apart."""
    from portfolio.words.reading.familiar import familiar_words  # a list to read, only needed here

    match = term.match
    if match.cue or match.skip or match.det or match.hyphen or match.case != "fold":
        return
    for printed in dict.fromkeys(spellings(term)):
        keys = keys_of(printed)
        if len(keys) != 1 or keys[0] not in familiar_words():
            continue
        yield Remark(
            InputRefused(
                "{file}, line {line}: “{term}” is also an everyday word and would be found wherever it stands. "
                "Say under “match” and “cue” which words near it make it a school word.",
                **{**where, "term": printed[:60]},
            ),
            mistake=False,
        )


def level_remark(terms: Sequence[Term], file: str) -> Iterator[Remark]:
    """Yield a hint if the explanations of a file, read one after the other, are hard to read."""
    from portfolio.words.reading import reading_level  # lists to read, only needed here

    if reading_level("\n\n".join(term.plain for term in terms)) == "hard":
        yield Remark(
            InputRefused(
                "{file}: the explanations together are hard to read. Shorter words and sentences would help.",
                file=file,
            ),
            mistake=False,
        )


def translation_counts(terms: Sequence[Term]) -> dict[str, Counter[str]]:
    """Return, for each language any term is explained in, how many are ``human``, ``draft``, ``machine``, ``none``."""
    languages = sorted({one.lang for term in terms for one in term.translations})
    counts: dict[str, Counter[str]] = {}
    for lang in languages:
        found = (term.translated(lang) for term in terms)
        counts[lang] = Counter(one.status if one else "none" for one in found)
    return counts
