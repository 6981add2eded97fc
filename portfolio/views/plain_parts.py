# long: every kind of page is told here in one order, each in a few lines
"""The pages of a book as lines of plain text: what each kind of page says, in the order of its page.

A picture is told by what was written down of it, a recording by its words. What nobody described is named, not left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from portfolio.model import Choice, Medium, Passage, Picture
from portfolio.rules import family_view as v
from portfolio.views.phrases import PROGRESS, STANDS, without_echo
from portfolio.views.school_lines import school_line
from portfolio.words import language, speak
from portfolio.words.speech import Speech

_APART, _TOGETHER = "\u2068", "\u2069"
"""Around words that run the other way than the text they stand in: signs nobody sees."""


@dataclass(frozen=True)
class Told:
    """How one home is told: what it may see, and our texts in its language."""

    view: v.FamilyView
    say: Speech

    def words(self, passage: Passage, lead: str = "") -> str:
        """Return words somebody wrote, in the home's language where there is a translation, with their beginning."""
        other = self.view.translation(passage, self.say.lang)
        lang, text = (other.lang, other.text) if other else (passage.lang, passage.text)
        begin = without_echo(speak(lang)(lead), text) if self.begins(passage, lead) else ""
        return self.apart(f"{begin} {text}".strip(), lang)

    def apart(self, text: str, lang: str) -> str:
        """Return a text in a language so that its signs keep their order in a line of ours."""
        return (
            f"{_APART}{text}{_TOGETHER}" if language(lang).direction != self.say.direction and text else text
        )

    def begins(self, passage: Passage, lead: str) -> bool:
        """Return whether a beginning of ours stands before words: it does where we can say it in their language."""
        other = self.view.translation(passage, self.say.lang)
        return bool(lead) and (other is None or other.lang.split("-")[0] == self.say.lang.split("-")[0])

    def said(self, one: v.Said) -> str:
        """Return an answer in a line: its words, else what was picked."""
        if one.words:
            return self.words(one.words, one.lead)
        return f"{self.say(one.lead)} {self.picked(one.picks)}".strip()

    def picked(self, picks: Iterable[Choice]) -> str:
        """Return what was picked."""
        return ", ".join(self.say(one.label) for one in picks)

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
            told = [self.words(one) for one in (picture.caption, picture.alt) if one]
            yield self._bracket(self.say("A picture"), " · ".join(dict.fromkeys(told)))
        for medium in media:
            yield from self._medium(medium)

    def _medium(self, one: Medium) -> Iterator[str]:
        caption = self.words(one.caption)
        if one.kind == "sound":
            yield self._bracket(self.say("A recording"), self.words(one.transcript) or caption)
        elif one.kind == "video":
            told = [self.words(text) for text in (one.alt, one.transcript) if text]
            yield self._bracket(self.say("A film"), " · ".join(told) or caption)
        elif one.kind == "document":
            yield self._bracket(self.say("A text on paper"), self.words(one.alt) or caption)
        elif one.kind == "writing":
            yield self._bracket(self.say("A text"), caption)
            yield self.words(one.text)
        else:  # an address is for the file, not for a message
            yield self._bracket(self.say("A place on the internet"), caption)

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
    for one in c.strengths:
        yield f"• {told.said(one.what)}" if told.said(one.what) else f"• {told.say('Something I am good at')}"
        yield from told.answer(one.proof)
        if one.piece_title:
            yield f"{told.say('Look at my work:')} {told.words(one.piece_title)}"
        if one.quote:
            yield f"“{told.words(one.quote)}”" + (f" ({one.quote_by})" if one.quote_by else "")
        yield from told.shown(one.what.pictures, (*one.what.media, *one.media))


def _work(c: v.WorkPart, told: Told) -> Iterator[str]:
    for one in c.pieces:
        title = told.words(one.title) or told.say("A piece of my work")
        day = told.say.day(one.made_on)
        yield f"• {' · '.join(filter(None, (title, school_line(one.subject, told.say) or one.subject, day)))}"
        yield from told.shown(one.pictures, one.media)
        for said in (*one.said, one.look):
            yield from told.answer(said)
        if one.teacher_note:
            yield f"{told.view.teachers[0] if told.view.teachers else told.say('My teacher')}: {told.words(one.teacher_note)}"


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
        name = f"{one.name}: " if one in c.promises and one.name else ""
        how_far = told.say(PROGRESS[one.how_far])
        yield f"• {name}{what} – {how_far}" if what else f"• {name}{how_far}"
        for said in (one.because, one.keep_change, one.tells):
            yield from told.answer(said)


def _goals(c: v.GoalsPart, told: Told) -> Iterator[str]:
    for one in c.goals:
        yield f"• {told.say('Our goal') if one.set_together else told.say('My goal')}: {told.said(one.goal)}"
        for said in (*one.why, *one.now):
            yield from told.answer(said)
        for step in one.steps:
            yield f"– {', '.join(filter(None, (told.words(step.what), step.when, step.where)))}"
        for met in (one.obstacle, one.obstacle_around):
            yield from told.answer(met)
        for plan in one.if_thens:
            yield f"{told.words(plan.if_this)} → {told.words(plan.then_that)}"
        for helper in one.helpers:
            yield f"{helper.who}: {told.words(helper.what)}" if helper.what else helper.who
        if one.helper_picks:
            yield told.picked(one.helper_picks)
        for seen in (one.know_by, one.evidence):
            yield from told.answer(seen)
        for day in one.look_again:
            yield f"{told.say('We look again')}: {told.say.day(day)}"


def _teachers(c: v.TeacherPart, told: Told) -> Iterator[str]:
    for one in c.notes:
        yield f"• {', '.join(filter(None, (one.name, school_line(one.role, told.say) or one.role)))}"
        yield from (told.words(words) for words in (one.strength, one.next_step, one.home_help) if words)


def _agreements(c: v.AgreementsPart, told: Told) -> Iterator[str]:
    for one in c.agreements:
        until = f" ({told.say.day(one.by_when)})" if one.by_when else ""
        yield f"• {one.name}: {told.words(one.what)}{until}"
        yield from told.shown(one.beside.pictures, one.beside.media)


def _replies(c: v.RepliesPart, told: Told) -> Iterator[str]:
    for one in c.replies:
        yield f"• {', '.join(filter(None, (one.who, told.say.day(one.on))))}"
        if one.turn:
            newer = told.say("A newer answer. The earlier one stands below.")
            yield newer if one.turn == "newest" else told.say("An earlier answer")
        yield from (told.words(words, lead) for lead, words in one.lines)
        yield from told.shown(one.pictures, one.media)


def _concerns(c: v.ConcernsPart, told: Told) -> Iterator[str]:
    for one in c.concerns:
        yield f"• {told.words(one.words)}"
        yield from (told.words(words) for words in (one.answer, one.closed_with) if words)
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
