# long: the rules and words of two languages stand in one place
"""What could be said better in a teacher's plain note: remarks, field by field, that block nothing.

Few rules, each precise and each with specimens in ``tests/cases/note_check.txt``. Words that rank, label or blame
are found by :mod:`portfolio.rules.kind_words`; here stands what only a note can do: praise that says nothing, a
step nobody can take, help at home that costs money, numbers of tests in place of what was seen. English, and the
plainest of it in Spanish; in other languages only length is looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from portfolio.rules.kind_words import remarks

NoteField = Literal["strength", "next_step", "home_help", "drives"]
"""What a note has in words."""

NOTE_FIELDS: Final[tuple[NoteField, ...]] = ("strength", "next_step", "home_help", "drives")

RemarkKind = Literal["ranking", "label", "blame", "scores", "only_praise", "vague", "needs_things", "long"]
"""``scores``: numbers of tests or marks · ``only_praise``: praise without what was seen · ``vague``: a step nobody
can take · ``needs_things``: what not every home has · ``long``: more than a family reads of one field."""

ABOUT_WORDS: Final = 40
"""Words of one field that a family reads while it stands in the corridor; a soft cap."""

LONGEST: Final = 10_000
"""Letters of a text that are looked at."""


@dataclass(frozen=True)
class NoteRemark:
    """A remark on ``text[start:end]`` of one field; ``words`` is what stands there, in one line."""

    kind: RemarkKind
    start: int
    end: int
    words: str


_TEST: Final = r"(?:tests?|quiz(?:zes)?|exams?|assessments?|report card)"
_SCORES: Final[Mapping[str, str]] = {
    "en": (
        r"\bscor(?:e|es|ed|ing)\b(?:\W+\w+){0,4}?\W+\d+(?:\.\d+)?%?"
        rf"|\b\d{{1,3}}(?:\.\d+)?\s?(?:%|percent\b)"
        r"|\b\d{1,3}\s?/\s?(?:10|15|20|25|30|40|50|60|100)\b"
        r"|\b\d{1,3}\s(?:out of)\s(?:10|15|20|25|30|40|50|60|100)\b"
        r"|\b(?:reading |guided reading |maths? )?level (?:\d+|[A-Z])\b"
        r"|\blexile\b(?:\W+\w+){0,3}?\W+\d+"
        rf"|\b\d+ (?:more )?(?:points?|marks?) (?:on|in|for) (?:the |her |his |your )?(?:\w+ )?{_TEST}\b"
        r"|\b(?:got|gets|earned|made|has|have|from|to) an? (?-i:[ABCDF][+-]?)(?![\w'’])(?= in\b| on\b| to\b| for\b|[.,;!]|$)"
    ),
    "es": r"\b(?:sac(?:ó|aste|a)|obtuvo|tuvo) (?:un |una )?\d+|\b\d{1,3}\s?(?:%|por ciento\b)|\b(?:nota|calificación) (?:de |es )?\d+",
}

_PRAISE: Final[Mapping[str, str]] = {
    "en": (
        "great good nice super excellent amazing awesome wonderful fantastic brilliant lovely outstanding perfect best "
        "fine proud well done job work working effort student child kid pupil girl boy doing does did keep up going it "
        "progress year term week month so far very really so such a an the is are was has have had been be being this "
        "that these in class to joy pleasure delight treat with of i am i'm we we're you you're your he he's she she's "
        "they they're him her his their our my and all always every day way go for at school everything just "
        "continue continues thank thanks bravo star superstar improving improved improvement much"
    ),
    "es": (
        "muy bien excelente genial gran buen buena bueno trabajo sigue así sigan adelante felicidades enhorabuena "
        "estupendo maravilloso orgullosa orgulloso estoy de ti tu su un una el la es está va este año en clase qué "
        "alumno alumna estudiante niño niña todo"
    ),
}
_PRAISED: Final = {lang: frozenset(words.split()) for lang, words in _PRAISE.items()}
_SAYS_PRAISE: Final = {
    "en": frozenset(
        "great good nice super excellent amazing awesome wonderful fantastic brilliant lovely outstanding perfect "
        "proud well joy pleasure delight bravo star superstar".split()
    ),
    "es": frozenset(
        "bien excelente genial gran buen buena estupendo maravilloso felicidades enhorabuena".split()
    ),
}

_OF_PERSON: Final = {
    "en": frozenset(
        "smart smartest bright clever intelligent talented sweet sweetheart kind caring nice polite friendly helpful "
        "charming adorable delightful terrific incredible fabulous remarkable exceptional special capable gem angel "
        "leader hardworking thoughtful respectful responsible mature cheerful happy positive enthusiastic motivated "
        "curious creative confident funny likeable likable popular admirable asset addition inspiration love loved "
        "favourite favorite enjoyed enjoy gifted perfectly blessing".split()
    ),
    "es": frozenset(
        "inteligente inteligentes listo lista brillante lindo linda dulce amable simpático simpática educado educada "
        "talentoso talentosa encantador encantadora cariñoso cariñosa aplicado aplicada responsable trabajador "
        "trabajadora bueno buena especial encanto placer gusto amor sol ángel tesoro encanta encantado encantada líder "
        "ejemplar capaz alegre feliz curioso curiosa creativo creativa".split()
    ),
}
"""Words that say what a person is. They count as praise only where nothing at all stands beside them."""

_BESIDE_PERSON: Final = {
    "en": frozenset(
        "young lady gentleman man little big real true natural born role model member part addition our us who has have "
        "got heart attitude personality character person people human being company fun others other everyone "
        "everybody anyone classmates friends teachers adults teach know around it's that's what can't without would "
        "could been always ever one most absolutely truly genuinely simply extremely incredibly such super pretty "
        "too also both or but as more than teaching having getting loved he'll she'll kiddo friend sunshine ray "
        "bundle energy here student learner ones like her him them at full".split()
    ),
    "es": frozenset(
        "es son eres era tan mucho más y o con para por que los las del de al a lo le su sus nuestra nuestro persona chica chico "
        "niños compañeros compañeras todos todas demás otros otras clase mi nuestra clases tener tenerla tenerlo conocer conocerla "
        "conocerlo enseñar enseñarle gran grande realmente siempre ha sido tiene corazón actitud me nos ella él "
        "verdadero verdadera hija hijo".split()
    ),
}
"""Words that say nothing seen either, beside those of a person."""

_BEFORE_VAGUE: Final = frozenset(
    "you he she they i want him her them please just and now next we let's needs need has have should must could can "
    "ought to tries try wants continue continues tiene debe necesita tienes debes necesitas que hay él ella".split()
)
"""Words that may stand before what is asked for; so may names. They are taken away one by one, never by a pattern."""

_VAGUE: Final[Mapping[str, str]] = {
    "en": (
        r"(?:work(?:ing)? harder|try(?:ing)? (?:harder|his best|her best|your best|their best)"
        r"|pay(?:ing)? (?:more |better )?attention|be(?:ing)? (?:more |much more )?(?:careful|focused|responsible|mature|organi[sz]ed|"
        r"serious|motivated)|do(?:ing)? better|focus(?:ing)?(?: more| better)?|keep (?:it up|going|trying|practi[sc]ing|working hard)"
        r"|practi[sc]e more|improv(?:e|ing|ement)|more effort|listen (?:more|better)|behave(?: better)?|concentrate(?: more)?)"
        r"(?: (?:in|at|on|with|his|her|your|their|the|its|next|more|this|class|school|time|year|term|behaviou?r|reading|writing|"
        r"maths?|spelling|work|lessons?|harder))*"
    ),
    "es": (
        r"(?:esforzarse más|trabajar más|poner más atención|"
        r"prestar más atención|portarse mejor|mejorar|estudiar más)(?: (?:en|su|la|el|clase|lectura|matemáticas|conducta))*"
    ),
}

_NEEDS: Final[Mapping[str, str]] = {
    "en": (
        r"\b(?:buy|purchase|order)\b(?! (?:in|the ticket))|\b(?:hire|pay for|sign (?:\w+ )?up for|find) (?:a |an )?(?:private )?tutor\w*"
        r"|\btutor(?:s|ing)?\b|\bsubscri(?:be|ption)\w*|\bdownload\b|\b(?:reading|maths?|spelling|learning) apps?\b|\bthe app\b"
        r"|\bon (?:the|a|your|her|his) (?:computer|laptop|tablet|ipad)\b|\bprint (?:out )?(?:the|these|this|some)\b"
        r"|\b(?:our|the|this|a) website\b|\blog ?in\b"
    ),
    "es": r"\b(?:compr(?:e|en|ar)|descargu?(?:e|en|ar)|impriman?|imprimir)\b|\b(?:la|una) (?:aplicación|app|computadora)\b",
}

_FLAGS: Final = re.IGNORECASE
_RULES: Final[Mapping[str, Mapping[str, re.Pattern[str]]]] = {
    lang: {
        "scores": re.compile(_SCORES[lang], _FLAGS),
        "vague": re.compile(_VAGUE[lang], _FLAGS),
        "needs_things": re.compile(_NEEDS[lang], _FLAGS),
    }
    for lang in ("en", "es")
}
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…]*")


def note_remarks(
    field: NoteField, text: str, lang: str = "en", names: tuple[str, ...] = ()
) -> tuple[NoteRemark, ...]:
    """Return what could be said better in one field, in the order it stands there; nothing is told twice.

    ``lang`` is the BCP 47 tag of the text; ``names`` are names that say nothing by themselves ("Good work, Amal").
    Never raises; of a very long text only the beginning is looked at.
    """
    looked = text[:LONGEST]
    main = lang.split("-")[0].lower()
    found = [NoteRemark(one.kind, one.start, one.end, one.words) for one in remarks(looked, lang)]
    if main in _RULES:
        found += _by_rule(field, looked, main, names)
    kept: list[NoteRemark] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    if len(_WORD.findall(looked)) > ABOUT_WORDS:
        kept.append(NoteRemark("long", 0, len(looked), ""))
    return tuple(kept)


def _by_rule(field: NoteField, text: str, main: str, names: tuple[str, ...]) -> Iterator[NoteRemark]:
    rules = _RULES[main]
    for match in rules["scores"].finditer(text):
        yield _remark("scores", text, match.start(), match.end())
    if field in ("strength", "drives") and _is_only_praise(text, main, names):
        yield _remark("only_praise", text, 0, len(text.rstrip()))
    if field == "next_step":
        vague = tuple(_vague(text, rules["vague"]))
        yield from vague
        if not vague and _is_only_praise(text, main, names):
            yield _remark("vague", text, 0, len(text.rstrip()))
    if field == "home_help":
        for match in rules["needs_things"].finditer(text):
            yield _remark("needs_things", text, match.start(), match.end())


def _is_only_praise(text: str, main: str, names: tuple[str, ...]) -> bool:
    """Return whether a text praises and says nothing that was seen.

    Two words of its own are taken to say something; beside words that say what a person is ("smart") already one.
    """
    said = [word.replace("’", "'").casefold() for word in _WORD.findall(text)]
    named = {part.casefold() for name in names for part in name.split()}
    own = [word for word in said if word not in _PRAISED[main] and word not in named]
    praises = any(word in _SAYS_PRAISE[main] for word in said)
    if praises and len(own) < (2 if len(said) > 3 else 1):
        return True
    person = any(word in _OF_PERSON[main] for word in said)
    return (praises or person) and not [
        word for word in own if word not in _OF_PERSON[main] and word not in _BESIDE_PERSON[main]
    ]


def _vague(text: str, rule: re.Pattern[str]) -> Iterator[NoteRemark]:
    """Yield what asks for more of something and names nothing to do; only if no other sentence names it."""
    sentences = [match for match in _SENTENCE.finditer(text) if _WORD.search(match[0])]
    if sentences and all(_asks_for_more(match[0], rule) for match in sentences):
        yield _remark("vague", text, sentences[0].start(), sentences[-1].end())


def _asks_for_more(sentence: str, rule: re.Pattern[str]) -> bool:
    """Return whether a sentence is nothing but "work harder", whoever should."""
    words = sentence.strip().rstrip(".!?… ").replace("’", "'").split()
    while words:
        if rule.fullmatch(" ".join(words)):
            return True
        first = words[0]
        if first.casefold() not in _BEFORE_VAGUE and not first[:1].isupper():
            return False
        words = words[1:]
    return False


def _remark(kind: RemarkKind, text: str, start: int, end: int) -> NoteRemark:
    return NoteRemark(kind, start, end, " ".join(text[start:end].split()))
