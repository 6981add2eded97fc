"""Words that rank a child, put a label on it, or blame it: found so that a teacher can say it another way.

Few and precise: a sentence about the work ("this page is clearer than your first one") is never meant. Nothing
here blocks anybody; who asks decides what to do with a remark. English and Spanish; other languages find nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

RemarkKind = Literal["ranking", "label", "blame"]
"""``ranking`` compares with other children, ``label`` says what a child is, ``blame`` says always or never."""

LONGEST: Final = 10_000
"""So many letters of a text are looked at: far more than a note or comment has."""

_OTHERS: Final = (
    r"(?:(?:the |all |all the |most |many |some |other |your |her |his |their )*"
    r"(?:others?|other (?:children|kids|students|pupils|boys|girls)|children|kids|classmates?|peers?|class)"
    r"|most|everyone(?: else)?|everybody(?: else)?|(?:your|her|his|their) (?:friends?|sisters?|brothers?|siblings?)"
    r"|anyone(?: else)?(?= in)|anybody(?: else)?(?= in))"
)
_COMPARED: Final = r"(?:better|worse|faster|slower|weaker|stronger|smarter|brighter|quicker|more \w+|less \w+|ahead of|behind)"
_LABELS: Final = (
    r"lazy|careless|stupid|dumb|sloppy|naughty|disruptive|hopeless|a (?:poor|weak|bad|slow|low) (?:reader|writer|"
    r"speaker|student|pupil|learner|worker|listener|child|kid)|(?:un)?gifted|a troublemaker|an underachiever|immature|"
    r"bad at \w+|no good at \w+"
)
_LAZY_ES: Final = r"vag[oa]|floj[oa]|perezos[oa]|descuidad[oa]|tont[oa]|torpe|desastre|mal(?:a)? (?:alumn[oa]|estudiante|lector(?:a)?)"

_RULES: Final[Mapping[str, tuple[tuple[RemarkKind, str], ...]]] = {
    "en": (
        ("ranking", rf"\b{_COMPARED}(?: (?:at|in) \w+)? (?:than )?{_OTHERS}\b"),
        ("ranking", (r"\b(?:top|bottom|best|worst|first|last|lowest|highest|slowest|fastest|weakest|strongest)"
                    r"(?: \w+)? (?:of|in|in all of) (?:the|your|her|his|our|this|my) (?:class|group|grade|year)\b")),
        ("ranking", r"\b(?:top|bottom|upper|lower) (?:third|half|quarter|group|set|\d+ ?%?)\b(?! of (?:the )?(?:page|picture|sheet))"),
        ("ranking", r"\b(?:above|below|under|over) (?:the )?(?:class )?average\b"),
        ("ranking", r"\b(?:above|below|under|behind) (?:grade|age|year)[- ]level\b"),
        ("ranking", r"\b\d+(?:st|nd|rd|th) percentile\b|\bpercentile\b"),
        ("ranking", (r"\b(?:among|one of) the (?:lowest|weakest|slowest|best|worst|highest|strongest)"
                    r"(?: (?:readers?|writers?|students?|children|in (?:the|our|my) class))")),
        ("ranking", r"\bwhy (?:can['’]?t|cannot) you be (?:more )?like\b"),
        ("label", (rf"\b(?:you|he|she|they|who|(?-i:(?!(?:This|It|That|What|The|My|Your|Which|There)\b)[A-Z]\w+)) (?:are|is|was|were|can be|seems?|am|were being|are being|is being) "
                  rf"(?:just |so |too |very |often |still |a bit |a little |rather |really |quite |being )*(?:{_LABELS})\b")),
        ("label", (rf"\b(?:you['’]re|she['’]s|he['’]s|they['’]re) "
                  rf"(?:just |so |too |very |often |still |a bit |a little |rather |really |quite |being )*(?:{_LABELS})\b")),
        ("label", r"\b(?:lazy|careless|sloppy) (?:work|mistakes?|child|student|writing|reader|writer)\b"),
        ("blame", (r"\byou (?:always|constantly) (?:forget|lose|talk|interrupt|disturb|complain|leave|make mistakes|"
                  r"make the same|rush|give up|fail|refuse|avoid)\b")),
        ("blame", (r"\byou (?:just )?(?:never|don['’]?t ever) (?:listen|try|finish|check|read|think|follow|remember|learn|help|"
                  r"pay attention|do your|ask|bring|hand)\b")),
        ("blame", r"\b(?:it is|it['’]s|this is|that is|that['’]s) (?:all )?your (?:own )?fault\b"),
        ("blame", r"\byou (?:just )?(?:did not|didn['’]t|do not|don['’]t|won['’]t) (?:even )?(?:bother|care)\b"),
        ("blame", r"\byou should (?:know|have known) (?:this |that |better )?(?:by now|better)\b"),
        ("blame", r"\byou (?:failed|refuse[ds]?) to\b"),
        ("blame", r"\b(?:as usual|once again|yet again),? you\b"),
    ),
    "es": (
        ("ranking", (r"\b(?:mejor|peor|más \w+|menos \w+) que (?:tod[oa]s|la mayoría|(?:(?:tod[oa]s )?(?:los|las|el|la|tus|sus|otr[oa]s|much[oa]s) )"
                    r"(?:demás|otr[oa]s|compañer[oa]s|niñ[oa]s|resto|alumn[oa]s|clase|amig[oa]s|herman[oa]s))\b")),
        ("ranking", r"\b(?:el|la|los|las) (?:mejor|peor|primer[oa]|últim[oa]|más \w+|menos \w+)(?:es)? de (?:la|tu|su|nuestra) clase\b"),
        ("ranking", r"\b(?:por (?:encima|debajo) (?:de la|del)|bajo la|sobre la) (?:media|promedio|nivel)\b"),
        ("label", rf"\b(?:eres|es|sois|son|era|estás siendo) (?:muy |un poco |un |una |algo |tan |demasiado )*(?:{_LAZY_ES})\b"),
        ("blame", r"\bsiempre (?:olvidas|pierdes|hablas|interrumpes|molestas|te olvidas|te quejas|dejas)\b"),
        ("blame", r"\b(?:nunca|jamás) (?:escuchas|intentas|terminas|acabas|revisas|lees|piensas|atiendes|haces|ayudas)\b"),
        ("blame", r"\b(?:es|fue) (?:tu|culpa tuya|por tu) ?culpa\b"),
    ),
}  # fmt: skip
"""Patterns by language; every one has specimens in ``tests/cases/kind_words.txt``."""

_SPACES: Final = re.compile(r"\s")


@dataclass(frozen=True)
class Remark:
    """Words that could hurt: ``text[start:end]`` is ``words``."""

    kind: RemarkKind
    start: int
    end: int
    words: str


def remarks(text: str, lang: str = "en") -> tuple[Remark, ...]:
    """Return what in a text ranks, labels or blames a child, in the order it stands there; none twice.

    ``lang`` is the BCP 47 tag of the text. Never raises; of a very long text only the beginning is looked at.
    """
    found = sorted(_found(text[:LONGEST], lang), key=lambda one: (one.start, -one.end))
    kept: list[Remark] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


@lru_cache(maxsize=len(_RULES))
def _rules(lang: str) -> tuple[tuple[RemarkKind, re.Pattern[str]], ...]:
    """Return the patterns of a language, made when somebody first asks: most programs never do."""
    return tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _RULES.get(lang, ()))


def _found(text: str, lang: str) -> Iterator[Remark]:
    flat = _SPACES.sub(" ", text)  # same length: places stay what they are
    for kind, pattern in _rules(lang.split("-")[0].lower()):
        for match in pattern.finditer(flat):
            yield Remark(
                kind, match.start(), match.end(), " ".join(text[match.start() : match.end()].split())
            )
