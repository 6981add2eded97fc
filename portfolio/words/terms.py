"""School words as data: what a glossary says of each, and what the finder says it found.

A glossary is a list of :class:`Term`. How it is written down for people (YAML), checked and put together from
layers is told in :mod:`portfolio.words.glossary`; how its words are found in a text, in :mod:`portfolio.words.finder`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

Kind = Literal["acronym", "phrase", "word"]
PartOfSpeech = Literal["noun", "verb", "adj", "name"]
Case = Literal["fold", "upper", "title", "title_or_cue", "upper_first_word"]
"""``fold``: any case counts. ``upper``: capitals only (dotted too). ``title``: each word with a capital.
``title_or_cue``: so, or in small letters beside a cue. ``upper_first_word``: the first word in capitals."""

Confidence = Literal["sure", "maybe"]
"""``maybe``: the word has an everyday meaning too and nothing near tells which; only the teacher is shown it."""

TranslationStatus = Literal["human", "draft", "machine"]

KINDS: Final = ("acronym", "phrase", "word")
CASES: Final = ("fold", "upper", "title", "title_or_cue", "upper_first_word")


@dataclass(frozen=True, slots=True)
class Near:
    """Words to look for round a term, in small letters: anywhere in its sentence, or directly before or after it."""

    near: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.near or self.before or self.after)


@dataclass(frozen=True, slots=True)
class Match:
    """How a term is recognised. With a ``cue`` it counts for sure only beside one; beside a ``skip`` it never counts.

    ``hyphen``: between its words a hyphen must stand. ``det``: a word such as "the", "my" or "an" must stand before it.
    """

    case: Case = "fold"
    variants: tuple[str, ...] = ()
    inflect: bool = True
    hyphen: bool = False
    det: bool = False
    cue: Near = Near()
    skip: Near = Near()


@dataclass(frozen=True, slots=True)
class Swap:
    """Plain words that can stand in the term's place: of a noun ``sg`` and ``pl``, of a verb the four forms.

    ``sg`` alone is one text for every form (``pl`` is empty then).
    """

    sg: str = ""
    pl: str = ""
    base: str = ""
    s: str = ""
    ed: str = ""
    ing: str = ""


@dataclass(frozen=True, slots=True)
class TermTranslation:
    """Term and explanation in another language, who wrote them and whether a person checked them."""

    lang: str
    plain: str
    term: str = ""
    status: TranslationStatus = "draft"
    by: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One school word.

    ``term_id`` never changes and is never shown · ``term`` as a school prints it · ``expand`` what an acronym stands
    for · ``plain`` for a caregiver, at most 25 words · ``kid`` for the child · ``say`` how a child may say it ·
    ``tags`` the field it comes from · ``source`` the kind of list it stands on.
    """

    term_id: str
    term: str
    kind: Kind
    pos: PartOfSpeech
    plain: str
    kid: str = ""
    say: str = ""
    expand: tuple[str, ...] = ()
    match: Match = Match()
    swap: Swap | None = None
    tags: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    translations: tuple[TermTranslation, ...] = field(default=())

    def translated(self, lang: str) -> TermTranslation | None:
        """Return term and explanation in a language (its main part counts), or ``None``."""
        main = lang.split("-")[0]
        return next((one for one in self.translations if one.lang.split("-")[0] == main), None)


@dataclass(frozen=True, slots=True)
class Finding:
    """A school word in a text: ``text[start:end]`` (code points) is ``term``, an id of the glossary.

    ``explained``: the text itself says what it means, here or earlier.
    """

    start: int
    end: int
    term: str
    confidence: Confidence = "sure"
    explained: bool = False
