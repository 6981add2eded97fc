# long: all that is asked of a home, and how it is kept, is read in one place
"""What a home may say while its child presents: ways to answer, how an answer begins, two hands on the same one.

One adult has one answer of each way, under an id that follows from home, name and way. So nothing is said twice
because an answer of ours was lost, and no page ever tells us which entry it means. ``Reply.on`` is the day an answer
was given; one that is only being written has none, and is shown at no table.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal

from portfolio.errors import N_, InputRefused, TextRefused
from portfolio.model import Passage, Reply, ReplyLine, ToTeacherAbout
from portfolio.model.record import clean_text

Way = Literal["notice", "glow", "letter", "faces", "voice", "drawing"]
"""How one may answer. A voice is a letter that is spoken."""

Turn = Literal["", "newest", "earlier"]
"""Where an answer stands among those its adult gave in the same way; "" where it is the only one."""

ReplyForm = Literal["notice_wonder", "glow_grow_promise", "letter", "faces", "drawing"]


@dataclass(frozen=True)
class Ask:
    """One text of an answer: its name in a form, how it begins (a message id), its drawing, a short help."""

    key: str
    starter: str
    icon: str
    hint: str = ""


@dataclass(frozen=True)
class WayAsked:
    """A way to answer: the form of :class:`Reply` it makes, what it is called, its drawing, what it asks in words."""

    way: Way
    form: ReplyForm
    title: str
    says: str
    icon: str
    asks: tuple[Ask, ...] = ()


LETTER: Final = (
    N_("When you showed me …, I felt"),
    N_("I did not know that you"),
    N_("At home I see you"),
    N_("I will help by"),
)
"""How a letter back may begin."""

FACES: Final[Mapping[str, str]] = {"face-5": N_("good"), "face-3": N_("so-so"), "face-1": N_("hard")}
"""Three faces, each with its word."""

WAYS: Final[Mapping[Way, WayAsked]] = {
    one.way: one
    for one in (
        WayAsked(
            "notice",
            "notice_wonder",
            N_("I notice, I wonder, I ask"),
            N_("Short lines, while you listen"),
            "eye",
            (
                Ask("notice", N_("I notice"), "eye", N_("Something you see in the work.")),
                Ask("wonder", N_("I wonder"), "lamp", N_("Something you would like to understand.")),
                Ask("ask", N_("I want to ask"), "ask", N_("A question. Questions show that you listen.")),
            ),
        ),
        WayAsked(
            "glow",
            "glow_grow_promise",
            N_("This shines, this can grow, I promise"),
            N_("One line each"),
            "growing",
            (
                Ask("glow", N_("A glow: this shines"), "strength", N_("Something that is good already.")),
                Ask("grow", N_("A grow: this can still grow"), "growing", N_("One thing is enough.")),
                Ask("promise", N_("A promise: this I will do"), "together", N_("What, and when.")),
            ),
        ),
        WayAsked(
            "letter",
            "letter",
            N_("A letter back"),
            N_("To keep and read again"),
            "letter",
            (
                *(Ask(f"letter-{n}", text, "letter") for n, text in enumerate(LETTER, start=1)),
                Ask("letter-own", "", "letter"),
            ),
        ),
        WayAsked(
            "faces",
            "faces",
            N_("Three faces"),
            N_("One tap"),
            "face-5",
            (Ask("face-line", "", "edit"),),
        ),
        WayAsked("voice", "letter", N_("Say it"), N_("Your voice, up to 10 minutes"), "mic"),
        WayAsked("drawing", "drawing", N_("A drawing or photo"), N_("Drawn on paper is fine"), "picture"),
    )
}
"""All ways to answer, in the order they are offered."""

DO_AND_NOT: Final[tuple[tuple[str, str], ...]] = (
    ("tick", N_("Let {name} finish.")),
    ("tick", N_("Ask before you correct.")),
    ("tick", N_("Praise the doing, not the being clever.")),
    ("close", N_("Rather leave the phone, when you do not write.")),
)
"""What helps a child who presents: a drawing (do, rather not) and a sentence."""

ABOUT: Final[Mapping[ToTeacherAbout, tuple[str, str]]] = {
    "thanks": ("thanks", N_("A thank-you")),
    "question": ("ask", N_("A question")),
    "try": ("trying", N_("Something to try")),
    "tell": ("letter", N_("Something to know")),
}
"""What words for the teacher alone may be: drawing and name. How the meeting was is asked apart."""

LONGEST_NAME: Final = 40
LONGEST_WORDS: Final = 20_000
"""Letters in one text of an answer: some ten pages."""

_LONGEST_ID: Final = 64

Told = Mapping[str, str]
"""An answer as it stands in a form: its texts by key, ``face``, ``lang``, ``share`` ("1" or "")."""


def name_of(text: str) -> str:
    """Return a name as it is kept. Raises ``InputRefused`` for none, and for one that is no name any more."""
    name = " ".join(str(clean_text(text)).split())
    if not name:
        raise InputRefused("Write your name. A first name is enough.", field="name")
    if len(name) > LONGEST_NAME:
        raise InputRefused("This name is too long. A first name is enough.", field="name")
    return name


def answer_id(portfolio_id: str, household_id: str, who: str, way: Way, beside: str = "") -> str:
    """Return the id of one adult's answer of a way: always the same one, and nobody else's.

    ``beside`` names another one of the same adult and way, which stands apart from it.
    """
    apart = (beside,) if beside else ()
    return f"reply-{way}-{_digest(portfolio_id, household_id, _same(who), way, *apart)}"


def takes_more(there: Reply, *, shared: bool) -> bool:
    """Return whether words given on the deck may stand below these.

    Not below words that are only begun, nor where one is for the child to read and the other is not: a screen that
    everybody sees would bring out what a home keeps to itself.
    """
    return not says_anything(there) or (bool(there.on) and there.share_with_child == shared)


_BEGUN_HERE: Final = re.compile(rf"reply-(?:{'|'.join(WAYS)})-[0-9a-f]{{32}}")


def is_given(reply: Reply) -> bool:
    """Return whether a home has given an answer. What did not come from these pages was never only begun."""
    return reply.on is not None or not _BEGUN_HERE.fullmatch(reply.entry_id)


def promise_id(reply_id: str) -> str:
    """Return the id of the promise that was made in an answer."""
    return f"agreement-{_digest(reply_id)}"


def note_id(*told: str) -> str:
    """Return the id of words for the teacher: the same words of the same person on one day are one entry."""
    return f"to-teacher-{_digest(*told)}"


def _digest(*parts: str) -> str:
    whole = "\0".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()[:32]


def _same(name: str) -> str:
    """Return a name so that “Teta”, “teta” and “TETA ” are one person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def way_of(reply: Reply) -> Way:
    """Return the way an answer was given in, also one that did not come from these pages."""
    if reply.form == "letter":
        spoken = bool(reply.media) and not any(line.words for line in reply.lines)
        return "voice" if spoken else "letter"
    return next(one.way for one in WAYS.values() if one.form == reply.form)


def begun(reply_id: str, household_id: str, who: str, way: Way, lang: str) -> Reply:
    """Return an answer that says nothing yet."""
    return Reply(entry_id=reply_id, household_id=household_id, who=who, form=WAYS[way].form, lang=lang)


def says_anything(reply: Reply) -> bool:
    """Return whether there is anything in an answer."""
    return bool(reply.face or reply.pictures or reply.media or any(line.words for line in reply.lines))


def in_the_form(reply: Reply, way: Way) -> dict[str, str]:
    """Return an answer as it stands in its form."""
    there: dict[str, str] = {}
    for line in reply.lines:  # one that came from elsewhere may begin twice the same
        there[line.starter] = f"{there.get(line.starter, '')}\n\n{line.words.text}".strip()
    texts = {one.key: there.get(one.starter, "") for one in WAYS[way].asks}
    shared = "1" if reply.share_with_child else ""
    return {**texts, "face": reply.face or "", "lang": reply.lang, "share": shared}


def written(before: Reply, way: Way, told: Told) -> Reply:
    """Return an answer as a form says it; what is not told stays as it was ``before``.

    A translation stays with its words while they do. Lines this way does not ask for stay too. Raises ``TextRefused``
    with the name of the field.
    """
    now = {**in_the_form(before, way), **told}
    for one in WAYS[way].asks:
        if len(now[one.key]) > LONGEST_WORDS:
            raise TextRefused(
                "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
                field=one.key,
            )
    face = now["face"] if now["face"] in FACES else None
    ours = {one.starter for one in WAYS[way].asks}
    made = tuple(line for one in WAYS[way].asks if (line := _line(before, one, now)).words)
    others = tuple(line for line in before.lines if line.starter not in ours)
    changes: dict[str, Any] = {"lines": (*made, *others), "lang": now["lang"], "face": face}
    return before.but(**changes, share_with_child=bool(now["share"]))


def _line(before: Reply, ask: Ask, now: Told) -> ReplyLine:
    text = str(clean_text(now[ask.key])).strip()
    was = next((line for line in before.lines if line.starter == ask.starter), None)
    if was is not None and was.words.text.strip() == text and was.words.lang == now["lang"]:
        return was
    return ReplyLine(starter=ask.starter, words=Passage(text=text, lang=now["lang"]))


def newest_first(replies: Iterable[Reply]) -> tuple[tuple[Reply, Turn], ...]:
    """Return answers so that what an adult said again in the same way stands above what was said before.

    Groups keep the order in which they began. Nothing is left out, for a newer answer is no reason to lose the older
    one; ``Turn`` says which it is, "" where there is only one.
    """
    groups: dict[tuple[str, str, str], list[Reply]] = {}
    for one in replies:
        groups.setdefault((one.household_id, _same(one.who), way_of(one)), []).append(one)
    told: list[tuple[Reply, Turn]] = []
    for group in groups.values():
        group.sort(key=lambda one: one.on or date.min)  # those of one day stay as they came
        newest, *earlier = reversed(group)
        told.append((newest, "newest" if earlier else ""))
        told.extend((one, "earlier") for one in earlier)
    return tuple(told)


def laid_over(base: Reply, mine: Reply, theirs: Reply, way: Way) -> tuple[Reply, dict[str, str]]:
    """Return what stands now with what this hand changed since ``base``; where both changed differently, what is there.

    The second is empty if nothing is in the way.
    """
    was, own, other = (in_the_form(one, way) for one in (base, mine, theirs))
    changes = {name: own[name] for name in own if own[name] not in (was[name], other[name])}
    clash = {name: other[name] for name in changes if other[name] != was[name]}
    return written(theirs, way, {name: text for name, text in changes.items() if name not in clash}), clash


def added(before: Reply, way: Way, told: Told) -> Reply:
    """Return an answer with new words below those that stand there: for a page that shows nobody what was said before.

    Words that stand there already are not written twice.
    """
    there = in_the_form(before, way)
    texts = {one.key: _below(there[one.key], told.get(one.key, "")) for one in WAYS[way].asks}
    return written(before, way, {**{name: text for name, text in told.items() if name not in texts}, **texts})


def _below(there: str, more: str) -> str:
    more = str(clean_text(more)).strip()
    if not more or more in there.split("\n\n"):
        return there
    return f"{there.strip()}\n\n{more}".strip()
