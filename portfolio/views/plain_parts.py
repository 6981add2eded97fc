# long: every kind of page is told here in one order, each in a few lines
"""The pages of a book as lines of plain text: what each kind of page says, in the order of its page.

A picture is told by what was written down of it, a recording by its words. What nobody described is named, not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from portfolio.errors import N_
from portfolio.model import Choice, Medium, Passage, Picture
from portfolio.rules import family_view as v
from portfolio.views.phrases import PROGRESS, STANDS, without_echo
from portfolio.views.school_lines import school_line
from portfolio.views.two_languages import base
from portfolio.words import language
from portfolio.words.kin import kin_in
from portfolio.words.speech import Speech

_APART, _TOGETHER = "\u2068", "\u2069"
"""Around words that run the other way than the text they stand in: signs nobody sees."""


@dataclass(frozen=True)
class Told:
    """How one home is told: what it may see, and our texts in its language."""

    view: v.FamilyView
    say: Speech

    def words(self, passage: Passage, lead: str = "") -> str:
        """Return words somebody wrote, in the home's language where there is a translation, with their beginning.

        A beginning of ours is always in the home's language: words in another one stand apart from it, as in the book.
        """
        other = self.view.translation(passage, self.say.lang)
        lang, text = (other.lang, other.text) if other else (passage.lang, passage.text)
        if lead and text and base(lang) != base(self.say.lang):
            return f"{self.say(lead)} {self.apart(f'“{text}”', lang)}"
        begin = without_echo(self.say(lead), text) if lead else ""
        return self.apart(f"{begin} {text}".strip(), lang)

    def aside(self, *texts: str) -> str:
        """Return a few words of the child's beside something, that nobody translates: when, where."""
        return self.apart(", ".join(filter(None, texts)), self.view.writing_language)

    def person(self, name: str) -> str:
        """Return the name of a grown-up; a word of a family ("Mama") also in the letters of the home, if these are others."""
        there = kin_in(name, self.say.lang)
        return f"{there} ({name})" if there else name

    def for_whom(self) -> str:
        """Return whom the book is for: the grown-ups of the home."""
        names = self.say.comma.join(self.person(one) for one in self.view.adults)
        return self.say("for {names}", names=names)

    def promised(self, name: str, what: Passage) -> str:
        """Return who promised what; only a name where nothing is said of it."""
        return f"{self.person(name)}: {self.words(what)}" if what else self.person(name)

    def apart(self, text: str, lang: str) -> str:
        """Return a text in a language so that its signs keep their order in a line of ours."""
        return (
            f"{_APART}{text}{_TOGETHER}" if language(lang).direction != self.say.direction and text else text
        )

    def said(self, one: v.Said) -> str:
        """Return an answer in a line: its words, else what was picked."""
        if one.words:
            return self.words(one.words, one.lead)
        return f"{self.say(one.lead)} {self.picked(one.picks)}".strip()

    def picked(self, picks: Iterable[Choice]) -> str:
        """Return what was picked."""
        return self.say.comma.join(self.say(one.label) for one in picks)

    def picked_too(self, one: v.Said) -> str:
        """Return what was picked beside words that say the same."""
        return self.picked(one.picks) if one.words else ""

    def answer(self, one: v.Said | None, *, ask: bool = True) -> Iterator[str]:
        """Yield an answer with its question, and in words what was drawn or said with it."""
        if one is None:
            return
        if ask and one.ask and not (one.lead and (one.words or one.picks)):
            yield self.say(one.ask)
        if one.words:
            yield self.words(one.words, one.lead)
        if one.picks:
            yield self.picked(one.picks)
        yield from self.shown(one.pictures, one.media)

    def shown(self, pictures: Iterable[Picture], media: Iterable[Medium]) -> Iterator[str]:
        """Yield what pictures show and recordings say, in words."""
        for picture in pictures:
            yield self._bracket(self.say("A picture"), self._all(picture.caption, picture.alt))
            for n, look in enumerate(picture.looks, 1):
                if look.words:
                    yield f"({n}) {self.words(look.words)}"
            if picture.written:
                yield f"{self.say('What is written in the picture')}: {self.words(picture.written)}"
        for medium in media:
            yield from self._medium(medium)

    def _medium(self, one: Medium) -> Iterator[str]:
        caption = self.words(one.caption)
        if one.kind == "sound":
            yield self._bracket(self.say("A recording"), self._all(one.caption, one.transcript))
        elif one.kind == "video":
            seen = one.alt or (one.poster.alt if one.poster else one.alt)
            yield self._bracket(self.say("A film"), self._all(one.caption, seen, one.transcript))
        elif one.kind == "document":
            yield self._bracket(self.say("A text on paper"), self._all(one.caption, one.alt))
        elif one.kind == "writing":
            yield self._bracket(self.say("A text"), caption)
            yield self.words(one.text)
        else:  # an address is for the file, not for a message
            yield self._bracket(self.say("A place on the internet"), caption)

    def _all(self, *texts: Passage) -> str:
        """Return what was written down of a thing, each once."""
        return " · ".join(dict.fromkeys(self.words(one) for one in texts if one))

    @staticmethod
    def _bracket(what: str, words: str) -> str:
        return f"[{what}: {words}]" if words else f"[{what}]"


def part_lines(part: v.Part, told: Told) -> Iterator[str]:
    """Yield what one page of the book says."""
    tell = _TELLS.get(part.content.holds)
    for line in tell(part.content, told) if tell else ():
        if line:
            yield line


def _answers(c: v.AnswersPart, told: Told) -> Iterator[str]:
    for one in c.answers:
        yield from told.answer(one)


def _strengths(c: v.StrengthsPart, told: Told) -> Iterator[str]:
    works = (part for part in told.view.parts if part.content.holds == "work")
    there = {picture.sha256 for part in works for picture in v.pictures_in(part)}
    for one in c.strengths:
        yield f"• {told.said(one.what) or told.say('Something I am good at')}"
        yield told.picked_too(one.what)
        yield from told.answer(one.proof)
        if one.piece_title:
            yield f"{told.say('Look at my work:')} {told.words(one.piece_title)}"
        if one.quote:
            yield f"“{told.words(one.quote)}”" + (f" ({one.quote_by})" if one.quote_by else "")
        own = (
            picture for picture in one.pictures if picture.sha256 not in there
        )  # the others are told with the work
        yield from told.shown(
            (*one.what.pictures, *own, *one.quote_beside.pictures),
            (*one.what.media, *one.quote_beside.media, *one.media),
        )


def _work(c: v.WorkPart, told: Told) -> Iterator[str]:
    for one in c.pieces:
        title = told.words(one.title) or told.say("A piece of my work")
        day = told.say.day(one.made_on)
        yield f"• {' · '.join(filter(None, (title, school_line(one.subject, told.say) or one.subject, day)))}"
        yield from told.shown(
            (*one.title_beside.pictures, *one.pictures), (*one.title_beside.media, *one.media)
        )
        for said in (*one.said, one.look):
            yield from told.answer(said)
        if one.teacher_note:
            yield f"{told.view.teachers[0] if told.view.teachers else told.say('My teacher')}: {told.words(one.teacher_note)}"
        yield from told.shown(one.teacher_note_beside.pictures, one.teacher_note_beside.media)


def _pairs(c: v.PairsPart, told: Told) -> Iterator[str]:
    for one in c.pairs:
        for name, pictures, media in (
            (told.say("Then"), one.before, one.before_media),
            (told.say("Now"), one.now, one.now_media),
        ):
            shown = list(told.shown(pictures, media))
            if shown:
                yield f"{name}: {' '.join(shown)}"
        for said in one.said:
            yield from told.answer(said)


def _growing(c: v.GrowingPart, told: Told) -> Iterator[str]:
    for one in c.growing:
        for said in one.said:
            yield from told.answer(said)
        if one.look_again:
            yield f"{told.say('We look again')}: {told.say.day(one.look_again)}"


def _ratings(c: v.RatingsPart, told: Told) -> Iterator[str]:
    for one in c.ratings:
        now = one.answers[-1] if one.answers else None
        yield f"• {told.say(one.question)} {told.say(now.label) if now else told.say('we did not ask')}"
        for said in (one.example, one.against, one.teacher_says, one.better):
            yield from told.answer(said)


def _look_backs(c: v.LookBacksPart, told: Told) -> Iterator[str]:
    for one in (*c.goals, *c.promises):
        what = told.words(one.promised) or told.picked(one.picks)
        name = f"{told.person(one.name)}: " if one in c.promises and one.name else ""
        how_far = told.say(PROGRESS[one.how_far])
        yield f"• {name}{what} – {how_far}" if what else f"• {name}{how_far}"
        yield from told.shown(one.promised_beside.pictures, one.promised_beside.media)
        for said in (one.because, one.keep_change, one.tells):
            yield from told.answer(said)


def _goals(c: v.GoalsPart, told: Told) -> Iterator[str]:
    for one in c.goals:
        yield f"• {told.say('Our goal') if one.set_together else told.say('My goal')}: {told.said(one.goal)}"
        yield told.picked_too(one.goal)
        yield from told.shown(one.goal.pictures, one.goal.media)
        for said in (*one.why, *one.now):
            yield from told.answer(said)
        for step in one.steps:
            yield f"– {told.say.comma.join(filter(None, (told.words(step.what), told.aside(step.when, step.where))))}"
        for met in (one.obstacle, one.obstacle_around):
            yield from told.answer(met)
        for plan in one.if_thens:
            yield _bad_day(plan, told)
            yield from told.shown(plan.beside.pictures, plan.beside.media)
        for helper in one.helpers:
            yield from _helper(helper, told)
        if one.helper_picks:
            yield f"{told.say('Who helps')}: {told.picked(one.helper_picks)}"
        for seen in (one.know_by, one.evidence):
            yield from told.answer(seen)
        yield from _goal_facts(one, told)


def _bad_day(plan: v.IfThenSeen, told: Told) -> str:
    halves = ((plan.if_this, N_("If")), (plan.then_that, N_("then I will")))
    return told.say.comma.join(told.words(words, begin) for words, begin in halves if words)


def _helper(one: v.HelperSeen, told: Told) -> Iterator[str]:
    yield told.promised(one.who, one.what)
    if one.ask_by:
        yield f"{told.say('I ask by:')} {told.aside(one.ask_by)}"
    if one.agreed is not None:
        yield told.say("said yes") if one.agreed else told.say("has not said yes yet")


def _goal_facts(one: v.GoalSeen, told: Told) -> Iterator[str]:
    say = told.say
    yield f"{say('How far')}: {say(PROGRESS[one.how_far])}"
    if one.by_when:
        yield f"{say('Until when')}: {say.day(one.by_when)}"
    for day in one.look_again:
        yield f"{say('We look again')}: {say.day(day)}"
    if len(one.agreed) == 3:
        yield say("All three said yes.")
    elif one.agreed:
        names = {"student": told.view.student_name, "family": say("My family")}
        names["teacher"] = told.view.teachers[0] if told.view.teachers else say("My teacher")
        yield f"{say('Who said yes')}: {say.comma.join(names[who] for who in one.agreed)}"


def _teachers(c: v.TeacherPart, told: Told) -> Iterator[str]:
    for one in c.notes:
        yield f"• {told.say.comma.join(filter(None, (one.name, school_line(one.role, told.say) or one.role)))}"
        yield from (told.words(words) for words in (one.strength, one.next_step, one.home_help) if words)
        if one.look_again:
            yield f"{told.say('We look again')}: {told.say.day(one.look_again)}"


def _agreements(c: v.AgreementsPart, told: Told) -> Iterator[str]:
    for one in c.agreements:
        until = told.say("Until {day}", day=told.say.day(one.by_when)) if one.by_when else ""
        yield f"• {told.promised(one.name, one.what)}"
        yield " · ".join(filter(None, (until, told.say(PROGRESS[one.how_far]))))
        yield from told.shown(one.beside.pictures, one.beside.media)


def _replies(c: v.RepliesPart, told: Told) -> Iterator[str]:
    for one in c.replies:
        yield f"• {told.say.comma.join(filter(None, (one.who, told.say.day(one.on))))}"
        if one.turn:
            newer = told.say("A newer answer. The earlier one stands below.")
            yield newer if one.turn == "newest" else told.say("An earlier answer")
        yield from (told.words(words, lead) for lead, words in one.lines)
        yield from told.shown(one.pictures, one.media)


def _concerns(c: v.ConcernsPart, told: Told) -> Iterator[str]:
    for one in c.concerns:
        yield f"• {told.words(one.words)}"
        if one.answer:
            yield f"{told.say('What we did')}: {told.words(one.answer)}"
        if one.owner:
            yield f"{told.say('Who takes care of it')}: {one.owner}"
        if one.due:
            yield f"{told.say('Until when')}: {told.say.day(one.due)}"
        if one.closed_with:
            yield told.words(one.closed_with)
        yield told.say(STANDS[one.stands])


_TELLS: Final[dict[str, Callable[[Any, Told], Iterator[str]]]] = {
    "answers": _answers,
    "strengths": _strengths,
    "work": _work,
    "growth_pairs": _pairs,
    "growing": _growing,
    "ratings": _ratings,
    "look_backs": _look_backs,
    "goals": _goals,
    "teacher_page": _teachers,
    "agreements": _agreements,
    "replies": _replies,
    "concerns": _concerns,
}
"""What tells each kind of page. What a teacher drew or wrote into the notebook is for the file only."""
