# long: the rules of fitting are read beside one another
"""Whether plain words would read well in a school word's place, and in which form: none is better than a bad one."""

from __future__ import annotations

import re
from typing import Final

from portfolio.words.finder.accept import Hit
from portfolio.words.finder.forms import is_acronym
from portfolio.words.finder.index import Form
from portfolio.words.finder.inflect import is_plural
from portfolio.words.finder.page import Page
from portfolio.words.finder.tokens import NEAR, STOP
from portfolio.words.terms import Swap

DETERMINERS: Final = frozenset("the a an my our your his her their its this that each every".split())
_MANY: Final = frozenset(
    "these those many few several both two three four five six seven eight nine ten".split()
)
ONE_FOR_MANY: Final = {
    "are": "is",
    "were": "was",
    "have": "has",
    "aren't": "isn't",
    "weren't": "wasn't",
    "do": "does",
}
_TAILED: Final = re.compile(
    r"\s(?:(?:that|with|for|of|in|on|from|to|through|how|who|as|about|and|or|when|where|by|at|next|made|shown|taught|known)\s"
    r"|(?:\w+(?:ing|ed)|alone|ahead|first|again)(?:\s|$))|,"
)
"""A swap with such a tail cannot stand before another noun ("growth mindset poster")."""
_ACTS: Final = re.compile(r"^(?:(?:(?:not|the teacher|students?|computer) )?(?!during)\w+ing|what|how)\b")
"""A swap that names an act ("looking at my own work") goes with few neighbours."""
_THINGS: Final = re.compile(
    r"^(?:learning|talking|reading|writing|thinking|planning|calming|helping|school|building) (?!(?:in|of|to|on|at|and|or|about|with|through|by|for|from|before|a|the) )[\w-]+(?: \w+)?$"
)
_ACT_AFTER: Final = frozenset(
    "of in on at by for from with without about through than is was like likes liked love loves loved enjoy enjoyed "
    "practice practiced means called because but when that if so start started try tried hate".split()
)
_ONLY_ONE: Final = re.compile(
    r"^(?:(?!(?:in|of|for|to|with|on|at|from|by|and) )[\w'-]+ )*?(?:list|page|program|plan|form|number|test|student|child|belief|teacher|group|team|class|room|choice|website|"
    r"company|year|meeting|note|task|thing|part|check|look|person|stage|example)(?: (?:of|that|for|who|with|to|from|in)\b|$)"
)
"""Swaps without a plural that need an article all the same."""
_UNCOUNTED: Final = re.compile(
    r"\b(?:\w+ing|help|money|work|practice|feedback|time|control|proof|knowledge|care|food|health|understanding)$"
)
"""Main nouns without a plural, which "a" cannot lead, where the glossary gives one form only."""
_WE: Final = frozenset("i im ive my me mine myself".split())
_NOT_THEY: Final = _WE | frozenset("we our us you your he she his her".split())
_SUBJECTS: Final = frozenset(
    "i we they you he she can will could should would must may might lets dont didnt doesnt cant wont not never".split()
)
_BARE_AFTER: Final = _SUBJECTS | frozenset(
    "to do does did please and then always often also sometimes me us him them students kids who".split()
)
_OBJECTS: Final = frozenset("it them me us him her you this that these those".split())
_BEING: Final = frozenset("am is are was were be been being im get got gets has have had by".split())
_NEEDY: Final = ("fit", "support", "br", "mark", "watch")
"""Verbs that say nothing without an object: "I mark up"."""
_PARTICLES: Final = frozenset("out up over".split())
_CALM: Final = frozenset(
    "so in on at by for from with without during as than because since while when where if too again today now here "
    "there but after before until every".split()
)
"""Words that may stand behind a swap whatever it is: no verb that agrees, no object, no noun."""
_FOLLOWERS: Final = _CALM | frozenset(
    "is are was were am be been has have had do does did can could will would should may might must shall and or "
    "nor to of off into over under about then which that who not no never always also this these those "
    "the a an my our your his her their its i you he she it we they me him us them each all both very really just "
    "only still already soon yet well says said means meant helps helped help makes made make shows showed show gives gave "
    "give tells told tell lets let gets got get goes went go comes came come works worked work takes took take needs needed "
    "need starts started start ends ended end happens happened happen looks looked look feels felt feel keeps kept keep "
    "taught teaches teach uses used use includes included include changed changes next last yesterday tomorrow".split()
)
_NO_PERSON: Final = re.compile(
    r"(?:ists?|ers?|ors?|ly|ics?|ive|al|[ai]ble|[ai]nt|ed|ates?|if(?:y|ies)|i[sz]es?|cy|ity|ness)$"
)
"""Endings of relatives that are another part of speech, or a person: the swap of the term would not fit them."""
_DOING: Final = re.compile(
    r"(?:^| |-)(?:edit|assess|review|monitor|advocate|correct|manage|test|jot|write|rate|score|talk|share|walk|switch|teach|"
    r"reflect|tutor|regulate|struggle|mediate|evaluate|critique|check|jigsaw)(?:s|es)?$"
)
"""Spellings that may be a verb: "peer edit", "self-monitors"."""


class _Place:
    """What stands round a school word: the words before (nearest last) and behind it, in small letters."""

    def __init__(self, page: Page, hit: Hit) -> None:
        """Look round a hit."""
        words, first, last = page.words, hit.first, hit.last
        self.form, self.swap = hit.form, hit.form.term.swap or Swap()
        sentence = [word for word in words if word.sentence == words[first].sentence]
        self.said = {part for word in sentence for part in (word.full, word.full.split("'")[0])}
        self.before: list[str] = []
        for at in range(first, max(first - 4, 0), -1):
            if words[at].gap >= STOP or words[at].sentence != words[first].sentence:
                break
            self.before.insert(0, words[at - 1].full)
        owner = words[first - 1] if self.before else None
        self.last = self.before[-1] if self.before else ""
        self.owned = owner is not None and (owner.base != owner.full or self.last in DETERMINERS)
        self.counted = self.last in _MANY or self.last.isdigit()
        follows = words[last + 1] if last + 1 < len(words) and words[last + 1].gap <= NEAR + 1 else None
        self.after = follows.full if follows and "\n" not in follows.between else ""
        self.after_named = follows is not None and follows.text.istitle() and not words[last].text.istitle()
        near = words[last + 2 : last + 6]
        self.many_later = any(
            w.full in {"are", "were", "have"} and w.sentence == words[last].sentence for w in near
        )
        self.noun_behind = bool(self.after) and not (
            self.after in _FOLLOWERS or self.after.endswith(("ed", "ly"))
        )

    @property
    def calm(self) -> bool:
        """Return whether nothing stands behind that must agree with the word or hang on it."""
        return not self.after or self.after in _CALM


def plain_words(page: Page, hit: Hit) -> str:
    """Return the plain words in the form of the school word, or nothing if they do not fit."""
    place = _Place(page, hit)
    if place.swap.base:
        plain = _verb(place)
    else:
        plain = _adjective(place) if place.form.term.pos == "adj" else _noun(place)
    said = set(plain.lower().split())
    if said & {"i", "my", "me"} and not place.said & _WE:
        return ""
    if said & {"you", "your", "yourself"} and place.said & (_NOT_THEY - {"you", "your"}):
        return ""
    if said & {"they", "their", "them"} and place.said & _NOT_THEY:
        return ""
    return plain


def _noun(place: _Place) -> str:
    """Return a noun's plain words in its number."""
    form, swap = place.form, place.swap
    if form.code == "l" or _is_other_word(form) or _is_done(place):
        return ""
    several = is_several(form)
    plain = (swap.pl or swap.sg) if several else swap.sg
    tailed = bool(_TAILED.search(plain))
    if " and " in plain and "and" in {place.last, place.after}:
        return ""
    if counts_one(swap) and set(place.before[-2:-1]) & DETERMINERS:
        return ""  # "my reading extra help"
    many = (several and bool(swap.pl) and swap.pl != swap.sg) or reads_many(plain)
    if place.noun_behind and (tailed or many or _is_act(swap, plain)):
        return ""
    if place.noun_behind and (
        place.after_named or {place.after, place.after.removesuffix("s")} & set(plain.split())
    ):
        return ""  # "college-level class Biology", "help help"
    if many != several and not _may_differ(place, several=several):
        return ""
    if _is_act(swap, plain) and not _act_fits(place):
        return ""
    return "" if not many and _lacks_article(place, plain) else plain


def is_several(form: Form) -> bool:
    """Return whether a noun stands there for many: by its form, or because it always does ("success criteria")."""
    printed, swap = form.printed.lower(), form.term.swap
    own = printed.endswith(("criteria", "phenomena")) or (is_plural(printed) and not is_acronym(form.printed))
    return form.code == "p" or own or (swap is not None and not swap.sg)


def reads_many(plain: str) -> bool:
    """Return whether the main noun of plain words is a plural: "blocks for counting", "quick and correct sums"."""
    return is_plural(_head(plain)) or is_plural(_head(re.sub(r"\s(?:and|or)\s", " ", plain)))


def _head(plain: str) -> str:
    """Return plain words up to their main noun, without what hangs on it."""
    return _TAILED.split(plain, maxsplit=1)[0]


def _is_act(swap: Swap, plain: str) -> bool:
    return swap.pl in {"", swap.sg} and bool(_ACTS.match(plain)) and not _THINGS.match(plain)


def _act_fits(place: _Place) -> bool:
    """Return whether an act may stand here: "about …", "… is fun", not "my …", "… and reading"."""
    if place.last and place.last not in _ACT_AFTER:
        return False
    verb = place.after in {
        "is",
        "was",
        "are",
        "were",
        "helps",
        "helped",
        "means",
        "makes",
        "made",
        "can",
        "will",
    }
    return place.calm or verb


def _may_differ(place: _Place, *, several: bool) -> bool:
    """Return whether one may stand for many here, or many for one: nothing but a verb that can be changed agrees."""
    if place.counted or place.many_later or place.last in {*ONE_FOR_MANY, "and", "or", "is", "was", "does"}:
        return False
    if several and place.after in ONE_FOR_MANY:
        return True
    alone = place.last in {"a", "an", "this", "that", "each", "every", "one", "another"}
    return place.calm and (several or not alone)


def _lacks_article(place: _Place, plain: str) -> bool:
    """Return whether plain words need an article and have none ("in student …"), or have one and need none."""
    counted = place.swap.pl not in {"", place.swap.sg} or bool(_ONLY_ONE.match(plain))
    if (
        not counted
        and not place.swap.pl
        and _UNCOUNTED.search(_head(plain))
        and place.last in {"a", "an"}
        and not place.noun_behind
    ):
        return True  # "a help in another room"
    if not counted or place.noun_behind or not (place.before or place.after):
        return False
    led = set(place.before) & (DETERMINERS | {"one", "another", "no", "any", "some", "next", "last", "first"})
    return not (led or place.owned)


def _is_done(place: _Place) -> bool:
    """Return whether a noun is used as a verb: "we peer edit", "jigsaw the text"."""
    if place.form.code == "p" and place.last not in {"he", "she"}:
        return False
    may = bool(_DOING.search(place.form.printed.lower()))
    if place.last in _SUBJECTS or (may and place.last in {"to", "and", "do", "did", "me", "us", "students"}):
        return True
    return not place.last and place.after in {"the", "my", "our", "your", *_OBJECTS}


def _adjective(place: _Place) -> str:
    """Return an adjective's plain words; a whole phrase stands only behind a verb, "two-language" only before a noun."""
    form, plain = place.form, place.swap.sg
    term, printed = form.term.term.lower(), form.printed.lower()
    if form.code in "lp" or (
        form.code == "v" and (printed[-3:] != term[-3:] or " " in printed != " " in term)
    ):
        return ""
    if place.noun_behind:
        phrase = _TAILED.search(f" {plain} ") or plain.startswith(("too ", "not "))
        return "" if phrase else plain
    alone = "-" in plain or place.owned or place.last in {"in", "of", "on", "to", "for", "with", "from"}
    return "" if alone or not place.last else plain


def _verb(place: _Place) -> str:
    """Return the verb's plain form; "a scaffold" is no verb, and a scaffolder is a person."""
    code, swap = _tense(place.form), place.swap
    plain = {"b": swap.base, "s": swap.s, "p": swap.s, "d": swap.ed, "g": swap.ing}.get(code, "")
    if not plain or place.owned or place.counted:
        return ""
    if code == "b" and place.last and place.last not in _BARE_AFTER:
        return ""
    if code == "d" and place.last in _BEING and plain.split()[0] in {"broke", "saw", "wrote", "took", "gave"}:
        return ""
    if code == "g" and not plain.split()[0].endswith("ing") and (place.last in _BEING or place.noun_behind):
        return ""
    return plain if _object_fits(place, plain, code) else ""


def _tense(form: Form) -> str:
    """Return which form of a verb stands there; nothing for its relatives ("scaffolder", "decompose numbers")."""
    if form.code not in "vp":
        return form.code
    words = form.printed.lower().replace("-", " ").split()
    if len(words) > len(form.term.term.replace("-", " ").split()) + form.printed.count("-"):
        return ""
    if words[-1].endswith(("er", "ers", "or", "ors", "ion", "ions", "ist", "ists", "ings", "ant", "ants")):
        return ""
    if words[-1].endswith(("ed", "taught", "told")):
        return "d"
    return "g" if words[-1].endswith("ing") else "s" if is_plural(words[-1]) else "b"


def _object_fits(place: _Place, plain: str, code: str) -> bool:
    """Return whether what stands behind goes with the plain words: "sound out words", not "sound out it"."""
    after, (first, *more) = place.after, plain.split()
    lonely = place.calm or after in {"and", "or", "is", "was", "to"}
    if first.startswith(_NEEDY) and lonely and not (code == "d" and place.last in _BEING):
        return False
    if code == "g" and place.noun_behind and not place.last and not after.endswith("s"):
        return False
    if code == "g" and re.match(
        r"(?:skill|strateg|lesson|practice|test|goal|work|group|chart|game|sheet|score)", after
    ):
        return False
    if not more or not after:
        return True
    if len(more) == 1 and more[0] in _PARTICLES:
        return after not in _OBJECTS
    if after in {"that", "what", "how", "why", "who"}:
        return plain.startswith("figur")
    return place.calm or after in {"and", "or", "is", "was", "to", "helps"}


def _is_other_word(form: Form) -> bool:
    """Return whether a variant is another part of speech than its term: interventionist, peer-edited, gamify."""
    if form.code not in "vp" or form.long or not form.spelling:
        return False
    printed, term = form.printed.lower(), form.term.term.lower()
    if " and " in printed and " and " not in term:
        return True  # two things, of which the plain words say one
    ending = _NO_PERSON.search(printed) or _DOING.search(printed)
    if ending and not term.endswith(ending[0].rstrip("s")):
        return True
    return printed.endswith("ing") and not re.search(r"ing$|tion$|instruction", term) and " " not in printed


def counts_one(swap: Swap | None) -> bool:
    """Return whether the plain words cannot be counted: "extra help" for one intervention and for many."""
    return swap is not None and bool(swap.pl) and swap.pl == swap.sg


# ------------------------------------------------------------------------------------------- fitting them in
