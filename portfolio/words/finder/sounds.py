"""How an English word sounds, roughly: its consonants in order, with a dot wherever vowels stand.

"rubric" and "roobrick" sound alike here, "fluency" and "flooensy", "phonemic" and "fonemick", "-tion" and "-shun".
The rules are our own; they are made for comparing spellings, not for speaking.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_RULES: Final = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"^(?:kn|gn|pn)", "n"),
        (r"^wr", "r"),
        (r"^ps", "s"),
        (r"^x", "s"),
        (r"^wh", "w"),
        (r"rh", "r"),
        (r"ph", "f"),
        (r"gh(?=[aeiou])", "g"),
        (r"gh", ""),
        (r"e(?=(?:ness|ment|ly|ful|less|able)(?:s|ly)?$)", ""),
        (r"(?<=[a-z])(?:ti|ci|si|ssi|sci|shi|sh|xi)(?:on|an|en|un|in)(?=s?$|[^aeiou])", "X.n"),
        (r"(?<=[a-z])(?:ti|ci|sh)[aeou]+", "X."),
        (r"(?<=[a-z])t(?:ure|cher|chur|sher)(?=[sd]?$)", "C.r"),
        (r"(?<=[a-z])(?:ch|sh)ure?(?=[sd]?$)", "C.r"),
        (r"sch", "sk"),
        (r"tch", "C"),
        (r"ch(?=[rl])", "k"),
        (r"ch", "C"),
        (r"sh", "X"),
        (r"th", "0"),
        (r"s?c(?=[eiy])", "s"),
        (r"dg(?=[eiy])|dj", "j"),
        (r"g(?=[eiy])", "j"),
        (r"qu?|c?kw", "kw"),
        (r"x", "ks"),
        (r"c?k|c", "k"),
        (r"z", "s"),
        (r"v", "f"),
        (r"mb$", "m"),
        (r"(?<=[^aeiouy.])(?:le|[aeiou]l+)(?=s?$)", ".l"),
        (r"(?<=[^aeiouy.sjCX])e(?=s$)", ""),
        (r"(?<=[^aeiouy.])e$", ""),
        (r"(?<=[aeiou])w(?![aeiouy])", "."),
        (r"(?<=[aeiouy])h", ""),
        (r"[aeiouy.]+", "."),
        (r"([^.])\1+", r"\1"),
    )
)
_SOFT: Final = re.compile(r"g(?=[eiy])")
_PLAIN: Final = (
    ("ph", "f"), ("tch", "ch"), ("ck", "k"), ("kn", "n"), ("wr", "r"), ("gh", ""), ("qu", "kw"),
    ("shun", "tion"), ("shon", "tion"), ("sion", "tion"),
)  # fmt: skip
_DOUBLED: Final = re.compile(r"(.)\1+")


@lru_cache(maxsize=4096)
def sound(word: str) -> str:
    """Return the sound of a word in small letters a to z."""
    for pattern, heard in _RULES:
        word = pattern.sub(heard, word)
    return word


def sounds(word: str) -> set[str]:
    """Return all the ways a word may be heard: "ch" as in chart and in anchor, "g" as in gem and in get."""
    found = {sound(word)}
    if "ch" in word:
        found.add(sound(word.replace("tch", "ch").replace("ch", "k")))
    if _SOFT.search(word):
        found.add(
            sound(_SOFT.sub("gh", word).replace("ghe", "gha").replace("ghi", "gha").replace("ghy", "gha"))
        )
    return found


def consonants(heard: str) -> int:
    """Return how many consonants a sound has."""
    return len(heard) - heard.count(".")


@lru_cache(maxsize=16384)
def letters(word: str) -> str:
    """Return a word with what is written in two ways written in one: ph, ck, tch, doubled letters."""
    for pair, one in _PLAIN:
        if pair in word:
            word = word.replace(pair, one)
    return _DOUBLED.sub(r"\1", word)
