"""One worry of a home: what the family said, what the school answers, who does what by when, until the family closes it.

The family's words are only shown here. It is over when the family says so: with its words, and the day.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.model import Concern, Student
from portfolio.model.entries import ConcernStatus
from portfolio.moments.desk import TRIES
from portfolio.moments.room import Asked, At, Outcome, Screen, unknown
from portfolio.moments.teacher.note_said import MOST, SAID
from portfolio.moments.teacher.promised_reading import STANDS, TEACHER, home_label
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.note_check import note_remarks
from portfolio.rules.two_hands import laid_over
from portfolio.rules.worries import PLAN, closed, planned, reopened, stepped, turns
from portfolio.store.port import Change, Kept
from portfolio.views.safe import SafePage
from portfolio.views.teacher import render
from portfolio.views.teacher.before_words_page import inside
from portfolio.views.teacher.promised_page import AnswerRemarks, Turn, WorryPage
from portfolio.words import LANGUAGES
from portfolio.words.language_names import named

ASIDE: Final = "said-answer"
"""The part of the screen below the answer."""

_STEPS: Final[dict[str, ConcernStatus]] = {"working": "working", "answered": "answered"}


@dataclass(frozen=True)
class OneWorry:
    """A worry that a place is about: the child, the book it stands in, the round, the entry as it is kept."""

    student: Student
    book: str
    round: str
    kept: Kept

    @property
    def concern(self) -> Concern:
        """The worry itself."""
        return _concern(self.kept)


def one_worry(desk: TeacherDesk, at: At) -> OneWorry:
    """Return the worry of a place: child, entry, and its book (else the newest). Raises ``NotFound`` with a sentence."""
    student = desk.student(at)
    entry_id, book = (*at[1:3], "", "")[:2]
    for meta in reversed(desk.store.rounds(student.student_id)):
        if book in ("", meta.portfolio_id):
            try:
                kept = desk.store.entry(meta.portfolio_id, entry_id)
            except NotFound:
                continue
            if isinstance(kept.entry, Concern):
                return OneWorry(student, meta.portfolio_id, meta.round, kept)
    raise NotFound("This worry is not there any more. Go back to the list.")


def _concern(kept: Kept) -> Concern:
    if not isinstance(kept.entry, Concern):
        raise NotFound("This worry is not there any more. Go back to the list.")
    return kept.entry


# ------------------------------------------------------------------------------------------------ the screen


def show_worry(desk: TeacherDesk, at: At) -> Screen:
    """Return the screen of one worry."""
    one, say = one_worry(desk, at), desk.say
    concern, school = one.concern, desk.school_class
    answer_lang = concern.answer.lang if concern.answer else school.language
    page = WorryPage(
        say=say,
        student_id=one.student.student_id,
        name=one.student.name,
        home=home_label(say, one.student, concern.household_id),
        household_id=concern.household_id,
        concern=concern,
        version=one.kept.version,
        stands=say(STANDS[concern.status]),
        round=one.round if one.round != school.round else "",
        languages=_languages(desk, one),
        answer_lang=answer_lang,
        home_lang=concern.words.lang,
        asides={ASIDE: inside(_remarks(desk, one.student, concern))},
        turns=_turns(desk, one),
        today=desk.today().isoformat(),
    )
    title = say("A worry: {name}, {home}", name=one.student.name, home=page.home)
    return Screen(title, render(page), back=("promised", say("What was promised")))


def _languages(desk: TeacherDesk, one: OneWorry) -> tuple[tuple[str, str], ...]:
    """Return the languages words may be in here: those of the class and the home first, then all we know by name."""
    home = one.student.household(one.concern.household_id)
    first = (desk.school_class.language, one.concern.words.lang, one.concern.answer.lang)
    tags = dict.fromkeys((*first, *((*home.reads, *home.speaks) if home else ()), *LANGUAGES))
    return tuple((tag, named(tag, desk.say.lang)) for tag in tags)


def _remarks(desk: TeacherDesk, student: Student, concern: Concern) -> SafePage:
    """Return what is said of an answer: words that rank, label or blame, numbers of tests, school words."""
    from portfolio.words import find  # read when the first answer is looked at

    answer, glossary = concern.answer, desk.folder.glossary()
    remarks = note_remarks("next_step", answer.text, answer.lang, (student.name,))
    found = {
        one.term: answer.text[one.start : one.end]
        for one in reversed(find(answer.text, glossary))
        if one.confidence == "sure" and not one.explained
    }
    words = tuple((word, glossary.term(term).plain) for term, word in reversed(found.items()))
    told = tuple(desk.say(SAID[one.kind], words=one.words) for one in remarks)
    return render(AnswerRemarks(desk.say, told[:MOST], words[:MOST]))


def _turns(desk: TeacherDesk, one: OneWorry) -> tuple[Turn, ...]:
    past = desk.store.history(one.book, one.kept.entry.entry_id)
    known = [(change, change.entry) for change in past if isinstance(change.entry, Concern)]
    told = turns([concern for _, concern in known])
    return tuple(_turn(desk, *known[n], began=not n) for n in told)


def _turn(desk: TeacherDesk, change: Change, concern: Concern, *, began: bool) -> Turn:
    over = concern.status == "closed"
    said = concern.closed_on if over else concern.on if began else None
    day = said or change.changed_at.astimezone().date()
    return Turn(
        day=desk.say.day(day),
        stands=desk.say(STANDS[concern.status]),
        by=_who(desk, change.changed_by),
        words=concern.closed_with.text if over else "",
        lang=concern.closed_with.lang,
    )


def _who(desk: TeacherDesk, hand: str) -> str:
    if not hand.startswith(TEACHER):
        return desk.say("the family") if hand.startswith("family:") else ""
    known = (one.name for one in desk.school_class.teachers if one.teacher_id == hand.removeprefix(TEACHER))
    return next(known, "") or desk.say("a teacher")


# -------------------------------------------------------------------------------------------------- the forms


def do_worry(desk: TeacherDesk, at: At, asked: Asked) -> Outcome:
    """Keep the answer and plan, take a step, close with the family's words, open again. Raises ``PortfolioError``."""
    one, say, today = one_worry(desk, at), desk.say, desk.today()
    if asked.what == "plan":
        return _plan(desk, one, asked)
    if asked.what == "step" and asked.one("to") in _STEPS:
        step = _STEPS[asked.one("to")]
        _turned(desk, one, asked, lambda there: stepped(there, step))
        if step == "working":
            return Outcome(say=say("Noted: we are on it. The family reads who and by when."))
        return Outcome(say=say("Noted: answered. It stays open until the family says it is over."))
    if asked.what == "close":
        lang = _lang(desk, one, asked, "words_lang", one.concern.words.lang)
        words, day = asked.one("words"), asked.one("day")
        _turned(desk, one, asked, lambda there: closed(there, words, lang, day, today))
        return Outcome(say=say("It is over, in the family’s own words. They can open it again at any time."))
    if asked.what == "reopen":
        _turned(desk, one, asked, reopened)
        return Outcome(say=say("It is open again. Answer and plan are as they were."))
    raise unknown(asked)


def _lang(desk: TeacherDesk, one: OneWorry, asked: Asked, field: str, usual: str) -> str:
    lang = asked.one(field) or usual
    if lang not in dict(_languages(desk, one)):
        raise InputRefused("Choose the language from the list.", field=field)
    return lang


def _base(desk: TeacherDesk, one: OneWorry, kept: Kept, version: int | None) -> Concern:
    """Return the worry as it was in the version a form was drawn from; as it is now if that cannot be told."""
    if version in (None, kept.version):
        return _concern(kept)
    past = desk.store.history(one.book, kept.entry.entry_id)
    entry = next((change.entry for change in past if change.version == version), None)
    return entry if isinstance(entry, Concern) else _concern(kept)


def _plan(desk: TeacherDesk, one: OneWorry, asked: Asked) -> Outcome:
    told = {name: asked.one(name) for name in PLAN if name in asked.values}
    for _ in range(TRIES):
        kept = desk.store.entry(one.book, one.kept.entry.entry_id)
        there = _concern(kept)
        if there.status == "closed":
            raise InputRefused("The family said that it is over. Open it again first.")
        base = _base(desk, one, kept, asked.version)
        usual = base.answer.lang if base.answer else desk.school_class.language
        mine = planned(base, told, _lang(desk, one, asked, "lang", usual))
        changed, clash = laid_over(base, mine, there, PLAN)
        if clash:
            raise ChangedMeanwhile(
                "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                theirs={name: _plain(there, name) for name in clash},
                version=kept.version,
            )
        if mine.answer.lang != base.answer.lang and mine.answer.text == changed.answer.text:
            changed = changed.but(answer=mine.answer)  # the same words, said to be in another language
        version = kept.version
        if changed != there:
            try:
                done = desk.store.keep(one.book, changed, expected=version, by=desk.by, at=desk.now())
            except ChangedMeanwhile:
                continue
            version = done.version
        return Outcome(version=version, asides={ASIDE: _remarks(desk, one.student, changed)})
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def _plain(concern: Concern, name: str) -> str:
    if name == "answer":
        return concern.answer.text
    return concern.due.isoformat() if name == "due" and concern.due else getattr(concern, name) or ""


def _turned(desk: TeacherDesk, one: OneWorry, asked: Asked, turn: Callable[[Concern], Concern]) -> None:
    """Keep a worry after a step, unless somebody else has taken one since the form was drawn."""
    for _ in range(TRIES):
        kept = desk.store.entry(one.book, one.kept.entry.entry_id)
        there, base = _concern(kept), _base(desk, one, kept, asked.version)
        if (base.status, base.closed_with) != (there.status, there.closed_with):
            raise ChangedMeanwhile(
                "Somebody else noted where this worry is just now. Look again, then choose."
            )
        changed = turn(there)
        if changed == there:
            return
        try:
            desk.store.keep(one.book, changed, expected=kept.version, by=desk.by, at=desk.now())
        except ChangedMeanwhile:
            continue
        return
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")
