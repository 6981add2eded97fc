"""How many syllables a word has: short rules of our own for English and Spanish, no dictionary."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from portfolio.words.reading.tokens import plain

_ODD: Final = {
    "business": 2, "businesses": 3, "evening": 2, "evenings": 2, "someone": 2, "maybe": 2, "eye": 1, "eyes": 1,
    "people": 2, "science": 2, "recipe": 3, "karate": 3, "coyote": 3, "simile": 3, "apostrophe": 4, "catastrophe": 4, "argue": 2, "area": 3, "idea": 3, "clothes": 1,
    "wednesday": 2, "poem": 2, "poet": 2, "ocean": 2, "naked": 2, "soldier": 2, "hour": 1, "our": 1, "being": 2,
    "vehicle": 3, "forever": 3, "reality": 4, "doing": 2, "going": 2, "lion": 2, "colonel": 2, "beautiful": 3,
    "element": 3, "elements": 3, "implement": 3, "supplement": 3, "complement": 3, "does": 1, "shoes": 1, "goes": 1,
}  # fmt: skip
_COMPOUND: Final = re.compile(
    r"^(some|home|there|where|here|fore|fire|safe|face|base|note|life|side|time|place|game|space|like|make|case|care|"
    r"grape|rattle|store|stone|wide|wine|lone|some|horse|house|mouse|nose|ice|juice|bone|cave|whole|name|love|pine)"
    r"(?=[bcdfghjklmnpqrstvwz])(?!s$|st)"
)
_INNER_SILENT: Final = re.compile(r"[aeiouy][^aeiouy]+e(?=(?:ly|less|ful|fully|ness|ment|ments|some|ty)$)")
_LOST: Final = (  # vowel letters that are written and not heard as a syllable of their own
    re.compile(r"[^aeiou](?<![td])(?<![bcdfgkpstz]l)(?<![bcdgkpt]r)ed$"),
    re.compile(r"[^aeiousxzcg](?<!sh)(?<!ch)(?<![bcdfgkpstz]l)es$"),
    re.compile(r"[^aeiou](?<![^aeiourlw]l)(?<![bcdgkpt]r)e$"),
    re.compile(r"[aeiou].*[qg]ue[sd]?$"),
)
_GAINED: Final = (  # vowels side by side that are two syllables
    re.compile(r"(?<!^)y(?=[aeiou])(?!e[sd]$)"),
    re.compile(r"[aeiou]ing(?=s?$)"),
    re.compile(r"i(?=a)(?<![ctsh]i)(?!age)(?!a(?:r|rs|rly|ment|ments)$)|(?<=[cts]i)a(?=t)"),
    re.compile(r"i(?=o)(?<![tscgxhnl]i)(?!o(?<=vio)r)"),
    re.compile(r"i(?=u)|[ae](?=um)|u(?=ou)|e(?=ous)(?<![gc]e)|[aeiou]isms?$"),
    re.compile(r"u(?=a)(?<![qg]u)(?!ade)"),
    re.compile(r"u(?=e[ln])(?<![qg]u)"),
    re.compile(r"i(?=en[tc])(?<![cts]i)|(?<=sc)i(?=en)|i(?=et)"),
    re.compile(
        r"(?<=[aeiouy].)i(?=er$|est$)|(?<=[aeiouy]..)i(?=er$|est$)|(?<=^.)i(?=ar$)|(?<=^..)i(?=er$|ar$)"
    ),
    re.compile(r"e(?=o)(?<!p)(?!ople|ons?$|ous|pard|rg)"),
    re.compile(
        r"(?<=cr)e(?=at(?!u))|(?<=th)e(?=at)|^re(?=a(?:ct|ss|ffirm)|e|i)|(?<=[aeiouy][^aeiouy])e(?=as?$)"
    ),
    re.compile(
        r"(?<=[^q]u)i(?=t(?:ion|ive))|(?<=fl)ui(?=d)|(?<=r)u(?=in)|(?<=n)u(?=in)|o(?=ic)|o(?=et)|a(?=o)|^o(?=a)"
    ),
    re.compile(r"(?<=[st])m(?=s?$)|(?<=th)m(?=s?$)"),
)
_LONGEST: Final = 40  # letters; beyond it nobody wrote a word, and the rules would take their time
_STRONG_ES: Final = frozenset("aeoáéóíúàèòâêô")
_VOWELS_ES: Final = re.compile("[aeoáéóíúiuüàèòâêô]+")


def syllables(word: str, lang: str = "en") -> int:
    """Return how many syllables a word has; at least 1 (also for numbers and signs).

    English by spelling rules (right for about nine common words in ten); Spanish (``es``) by its spelling, which
    tells almost always. Other languages are counted by their groups of vowels, a rough guess.
    """
    return _counted(plain(word), lang.partition("-")[0].lower())


@lru_cache(maxsize=8192)
def _counted(word: str, main: str) -> int:
    count = {"en": _english, "es": _spanish}.get(main, _groups)
    return max(1, sum(count(part) for part in word.split("-") if part))


def _groups(word: str) -> int:
    return max(1, len(re.findall(r"[aeiouyáéíóúàèìòùâêîôûäëïöüãõåæøœ]+", word)))


def _english(word: str) -> int:
    if len(word) > _LONGEST:
        return _groups(word)
    if word.endswith("n't"):
        spoken = word[:-3]
        return _english(spoken) + (spoken[-1:] not in {"", *"aeiou"} or spoken == "have")
    head, apostrophe, tail = word.partition("'")
    if apostrophe:
        return _english(head) + (tail in {"ll", "ve"} and head[-1:] not in {"", *"aeiouy"})
    if word in _ODD:
        return _ODD[word]
    spoken = _COMPOUND.sub(lambda one: one[0][:-1], word.replace("every", "evry"))
    spoken = _INNER_SILENT.sub(lambda one: one[0][:-1], spoken)
    if spoken.startswith("y"):
        spoken = "j" + spoken[1:] if spoken[1:2] in set("aeiou") else spoken
    count = len(re.findall(r"[aeiouy]+", spoken))
    count += sum(len(rule.findall(spoken)) for rule in _GAINED)
    return max(1, count - any(rule.search(spoken) for rule in _LOST))


def _spanish(word: str) -> int:
    spoken = re.sub(r"qu(?=[eiéí])", "k", word)
    spoken = re.sub(r"gu(?=[eiéí])", "g", spoken)
    spoken = re.sub(r"(?<!c)h", "", spoken)
    spoken = re.sub(r"y(?![aeiouáéíóú])", "i", spoken)
    runs = _VOWELS_ES.findall(spoken)
    return max(1, sum(max(1, sum(vowel in _STRONG_ES for vowel in run)) for run in runs))
