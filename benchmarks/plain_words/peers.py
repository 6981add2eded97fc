"""What a school could use instead of our finder, given the very same dictionary forms.

Every peer gets the terms, their long forms and their variants, and nothing of our engine: no cues, no skips, no
inflection by part of speech. Three are what people reach for; ``careful`` is the strongest we could write in an hour
with ``re`` alone. Longest match first, left to right, as we do.

The packages are no dependencies: ``pip install snowballstemmer spacy spacy-lookups-data``. spaCy was chosen over
flashtext as the peer with a package behind it because it is kept up, tokenises, and brings lemmas as a table that
works without a network; flashtext had its last release in 2018 and does what ``re`` does, only faster.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from benchmarks.plain_words.labels import Span
    from benchmarks.plain_words.score import Finder
    from portfolio.words.terms import Term

_SPACES = re.compile(r"[\s-]+")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Peer:
    """One way to find the forms. ``build`` raises ``ImportError`` if one of ``packages`` is not installed."""

    key: str
    name: str
    build: Callable[[Sequence[str]], Finder]
    packages: tuple[str, ...] = ()


def forms_of(terms: Iterable[Term]) -> list[str]:
    """Return every dictionary form once: terms, what acronyms stand for, variants."""
    forms = [form for term in terms for form in (term.term, *term.expand, *term.match.variants)]
    return list(dict.fromkeys(form.strip() for form in forms if form.strip()))


def plain_re(forms: Sequence[str]) -> Finder:
    """Return the forms as one regular expression: word boundaries, any case."""
    return _searching(_any_of(re.escape(form) for form in _longest_first(forms)), re.IGNORECASE)


def careful_re(forms: Sequence[str]) -> Finder:
    """Return the forms as a careful person would write them: capitals where the form has them, -s, any space."""
    return _searching(_any_of(_careful(form) for form in _longest_first(forms)))


def _careful(form: str) -> str:
    """Return one form: an acronym keeps its case, between words any spaces and hyphens, then s, 's or es."""
    body = r"[\s-]+".join(map(re.escape, _SPACES.split(form)))
    acronym = any(sum(sign.isupper() for sign in word) > 1 for word in form.split())
    cased = body if acronym else f"(?i:{body})"
    return cased + (r"(?:['’]?s|es)?" if form[-1].isalpha() else "s?")


def _longest_first(forms: Iterable[str]) -> list[str]:
    return sorted(forms, key=lambda form: (-len(form), form))


def _any_of(patterns: Iterable[str]) -> str:
    return r"(?<!\w)(?:" + "|".join(patterns) + r")(?!\w)"


def _searching(pattern: str, flags: int = 0) -> Finder:
    compiled = re.compile(pattern, flags)
    return lambda text: [found.span() for found in compiled.finditer(text)]


def stems(forms: Sequence[str]) -> Finder:
    """Return the forms by Snowball's English stems; between two words of a form only spaces and hyphens may stand."""
    stem: Callable[[str], str] = import_module("snowballstemmer").stemmer("english").stemWord

    def stemmed(text: str) -> list[tuple[str, int, int]]:
        return [(stem(word[0].lower()), *word.span()) for word in _WORD.finditer(text)]

    known = {tuple(word for word, _, _ in stemmed(form)) for form in forms} - {()}
    longest = max(map(len, known), default=0)

    def find(text: str) -> list[Span]:
        words = stemmed(text)
        found: list[Span] = []
        at = 0
        while at < len(words):
            size = _longest_run(text, words[at : at + longest], known)
            if size:
                found.append((words[at][1], words[at + size - 1][2]))
            at += size or 1
        return found

    return find


def _longest_run(text: str, words: Sequence[tuple[str, int, int]], known: set[tuple[str, ...]]) -> int:
    """Return how many of the words, from the first on, make up the longest known form; 0 for none."""
    best, run = 0, []
    for place, (word, start, _) in enumerate(words):
        if place and not _SPACES.fullmatch(text, words[place - 1][2], start):
            break
        run.append(word)
        if tuple(run) in known:
            best = len(run)
    return best


def spacy_phrases(forms: Sequence[str]) -> Finder:
    """Return the forms by spaCy's PhraseMatcher, on small letters and on lemmas from its tables (no model)."""
    import_module("spacy_lookups_data")
    spacy, matching, util = (import_module(name) for name in ("spacy", "spacy.matcher", "spacy.util"))
    nlp: Any = spacy.blank("en")
    nlp.add_pipe("lemmatizer", config={"mode": "lookup"})
    nlp.initialize()
    matchers = [matching.PhraseMatcher(nlp.vocab, attr=attribute) for attribute in ("LOWER", "LEMMA")]
    patterns = list(nlp.pipe(form.lower() for form in forms))
    for matcher in matchers:
        matcher.add("school", patterns)

    def find(text: str) -> list[Span]:
        small = text.lower()  # its tables know small letters only
        document = nlp(small if len(small) == len(text) else text)
        spans = [span for matcher in matchers for span in matcher(document, as_spans=True)]
        return [(span.start_char, span.end_char) for span in util.filter_spans(spans)]

    return find


PEERS: Final = (
    Peer("re", "`re`, word boundaries, any case", plain_re),
    Peer("careful", "`re`, an hour's care: acronyms in capitals, -s, any space or hyphen", careful_re),
    Peer("stems", "Snowball stemmer, stems in a row", stems, ("snowballstemmer",)),
    Peer(
        "spacy",
        "spaCy PhraseMatcher, small letters and lemma tables",
        spacy_phrases,
        ("spacy", "spacy-lookups-data"),
    ),
)
