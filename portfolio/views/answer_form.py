"""The answer form of a file that goes home: the same ways, words and beginnings as at the meeting, on paper and screen.

It needs no script. One that is in the file, by its hash in the policy, adds buttons: copy, send by mail, save.
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from markupsafe import Markup

from portfolio import files
from portfolio.errors import N_
from portfolio.rules import sent_back
from portfolio.rules.answering import FACES, WAYS, Ask
from portfolio.rules.family_view import FamilyView
from portfolio.rules.near_labels import letters, says_alone
from portfolio.words import LANGUAGES, Speech, speak
from portfolio.words.interpreter import OfferLine, offers_in

_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{2,63}){1,4}")

TOGETHER: Final = (
    Ask("together", N_("What we want to do together next"), "together"),
    Ask("who-does", N_("Who does what, and until when"), "tick"),
)
"""What a home that holds the meeting by itself decides."""
TO_SCHOOL: Final = (
    Ask("thanks", N_("Thank you for"), "thanks"),
    Ask("question", N_("A question"), "ask"),
    Ask("try", N_("Something to try"), "trying"),
    Ask("reach", N_("The best way to reach us, and the best time"), "phone"),
)
"""What it tells the school alone."""

_LONGEST_BESIDE: Final = 140

ALONE: Final = Ask("teacher-only", N_("For the teacher only"), "lock")
"""What an answer to the child may hold for the teacher besides, whoever may read the rest."""

_TAGS: Final = tuple(tag for tag, one in LANGUAGES.items() if one.catalog)
_TITLE: Final = N_("Our answer to {name}")
_WHO_READS: Final = N_("Who may read this?")
TICKS: Final = {
    sent_back.BOTH_READ: N_("{name} and the teacher"),
    sent_back.TEACHER_READS: N_("only the teacher"),
    sent_back.TALK: N_("I would like to talk alone. Nobody asks why."),
    sent_back.CALL_US: N_("Please call us."),
}


@dataclass(frozen=True)
class Line:
    """One line of the form: the number and the words of its label, its name, whole label in the text, help, icon."""

    number: int
    key: str
    words: str
    label: str
    hint: str = ""
    icon: str = ""


@dataclass(frozen=True)
class Group:
    """Lines that belong together: what they are called."""

    title: str
    icon: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class AnswerForm:
    """Everything ``_answer.html.j2`` needs besides the voice of the page.

    ``code`` is "" where no code can be made. ``mail`` is the teacher's address if that is clearly one. ``school`` are
    lines for the school alone, on a sheet apart; without one ``alone`` is the line for the teacher on the child's. ``to``
    are the teachers it goes back to, ``by`` the day until which: each only where it is known. ``teachers`` are the same
    in words. ``apart`` stands above what the teacher alone reads, ``offers`` of an interpreter in languages of the home.
    """

    groups: tuple[Group, ...]
    school: tuple[Line, ...]
    alone: Line | None
    to: tuple[str, ...]
    teachers: str
    by: date | None
    apart: str
    offers: tuple[OfferLine, ...]
    faces: tuple[tuple[str, Line], ...]
    adults: tuple[str, ...]
    ticks: dict[int, Line]
    who: Line
    code: str
    code_label: str
    title: str
    mail: str
    file: str
    script: Markup


def answer_form(
    view: FamilyView, say: Speech, code: str, *, own_time: bool = False, by: date | None = None
) -> AnswerForm:
    """Return the form for one home, in the language of its file; ``own_time``: with what a home decides by itself.

    ``by`` is the day until which it should come back; ``None``: before all look at the goals again, if that day is set.
    """
    ticks = {number: _line(number, say(words, name=view.student_name)) for number, words in TICKS.items()}
    read = say(_WHO_READS)
    for number in (sent_back.BOTH_READ, sent_back.TEACHER_READS):
        ticks[number] = _line(number, ticks[number].words, f"{read} {ticks[number].words}")
    how = say("How was it for you?")
    return AnswerForm(
        groups=groups_of(say, own_time=own_time),
        school=school_lines(say) if own_time else (),
        alone=None if own_time else alone_line(say),
        to=view.teachers,
        teachers=say.comma.join(f"\u2068{name}\u2069" for name in view.teachers) or say("the teacher"),
        by=by or view.short.look_again,
        apart=_plain(
            say("Only the teacher reads what comes now. {name} never sees it.", name=view.student_name)
        ),
        offers=offers_in(view.reads, view.writing_language),
        faces=tuple(
            (face, _line(number, say(FACES[face]), f"{how} {say(FACES[face])}"))
            for number, face in sent_back.FACE_OF.items()
        ),
        adults=view.adults,
        ticks=ticks,
        who=_line(sent_back.FROM, say("From")),
        code=code,
        code_label=sent_back.label(sent_back.CODE, say("Please do not change this line")),
        title=say(_TITLE, name=view.student_name),
        mail=mail_of(view),
        file=f"{say('answer')}{code[-5:]}.txt".replace("/", "-").replace(" ", "-"),
        script=Markup(script()),  # noqa: S704 - a file of ours
    )


def lets_the_child_read(words: str) -> bool:
    """Return whether the words of a label say, in a language of ours, that child and teacher may read; none at all do.

    A number is easily mistyped: where it says another thing than the words beside it, the teacher alone reads.
    """
    told = _letters(words)
    return not told or any(one.fullmatch(told) for one in _both_read())


@lru_cache(maxsize=1)
def _both_read() -> tuple[re.Pattern[str], ...]:
    found = []
    for tag in _TAGS:
        say = speak(tag)
        before, _, behind = say(TICKS[sent_back.BOTH_READ], name="0").partition("0")
        parts = (re.escape(_letters(one)) for one in (before, behind))
        found.append(re.compile(rf"(?:{re.escape(_letters(say(_WHO_READS)))})?{'.{1,400}'.join(parts)}"))
    return tuple(found)


def _letters(text: str) -> str:
    """Return the letters of a text alone: what mail programs do to spaces and signs does not matter."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())


def is_mistyped(number: int, words: str) -> bool:
    """Return whether the words of a label say, in a language of ours, that the teacher alone reads, and its number does not.

    ``words`` of no language of ours, or none at all, are those of a hand, and fit any number.
    """
    if number not in _CHILD_READS or not (told := letters(words)):
        return False
    own, alone = _labels()
    return (number, told) not in own and (told in alone or says_alone(told))


_CHILD_READS: Final = frozenset(
    {sent_back.FROM, *sent_back.FACE_OF}
    | {number for number, key in sent_back.TEXTS.items() if key not in sent_back.FOR_SCHOOL}
)


@lru_cache(maxsize=1)
def _labels() -> tuple[frozenset[tuple[int, str]], frozenset[str]]:
    """Return the letters of all labels with their numbers, and of those for the teacher alone, in languages of ours."""
    lines = []
    for say in map(speak, _TAGS):
        lines += [line for group in groups_of(say, own_time=True) for line in group.lines]
        lines += [*school_lines(say), alone_line(say)]
        lines += [_line(n, say(words)) for n, words in TICKS.items() if n != sent_back.BOTH_READ]
    told = frozenset((line.number, letters(line.words)) for line in lines)
    return told, frozenset(words for number, words in told if number not in _CHILD_READS)


def is_title(line: str, names: Iterable[str]) -> bool:
    """Return whether a line is the title of an answer to one of these children, in a language of ours, or as the subject of a mail."""
    told = letters(_FIELD.sub("", line)) if len(line) <= _LONGEST_TITLE else ""
    return bool(told) and any(told == letters(speak(tag)(_TITLE, name=one)) for one in names for tag in _TAGS)


_FIELD: Final = re.compile(r"^[\s>|*_]{0,40}(?:\w{1,20}\s?[:：])?")
"""What a mail puts before a title: a quotation, the name of a field."""
_LONGEST_TITLE: Final = 400


def groups_of(say: Speech, *, own_time: bool = False) -> tuple[Group, ...]:
    """Return the lines of the form in their groups; ``own_time``: with what a home decides by itself."""
    ways = [
        _group(WAYS[way].title, WAYS[way].icon, WAYS[way].asks, say) for way in ("letter", "notice", "glow")
    ]
    if own_time:
        ways.append(_group(N_("All of us"), "together", TOGETHER, say))
    return tuple(ways)


def school_lines(say: Speech) -> tuple[Line, ...]:
    """Return the lines for the school alone."""
    return lines_of(TO_SCHOOL, say)


def alone_line(say: Speech) -> Line:
    """Return the line for the teacher alone on the sheet for the child."""
    return next(_asked((ALONE,), say))


def lines_of(asks: Sequence[Ask], say: Speech) -> tuple[Line, ...]:
    """Return questions as lines of the form."""
    return tuple(_asked(asks, say))


def mail_of(view: FamilyView) -> str:
    """Return the address of the teacher, if one of them is reached by mail and by nothing else; else ""."""
    of_teachers = (one.reach.strip() for one in view.contacts if one.name in view.teachers)
    return next((reach for reach in of_teachers if _ADDRESS.fullmatch(reach)), "")


def _group(title: str, icon: str, asks: Sequence[Ask], say: Speech) -> Group:
    return Group(say(title), icon, tuple(_asked(asks, say)))


def _asked(asks: Sequence[Ask], say: Speech) -> Iterator[Line]:
    for one in asks:
        words = say(one.starter) if one.starter else say("In your own words")
        number = sent_back.NUMBER[one.key]
        hint = say(one.hint) if one.hint else ""
        yield Line(number, one.key, words, sent_back.label(number, words), hint, one.icon)


def _plain(words: str) -> str:
    """Return words that may stand in a label besides its own."""
    return sent_back.label(0, words)[3:-1][:_LONGEST_BESIDE]


def _line(number: int, words: str, whole: str = "") -> Line:
    return Line(number, str(number), words, sent_back.label(number, whole or words))


@lru_cache(maxsize=1)
def script() -> str:
    """Return the script of the form, without its remarks: the same for every file."""
    text = (files.page_templates() / "home-answer.js").read_text(encoding="utf-8")
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@lru_cache(maxsize=1)
def script_source() -> str:
    """Return how the policy of a page names the script: by its hash."""
    digest = hashlib.sha256(script().encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
