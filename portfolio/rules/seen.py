"""How each shelf of a portfolio looks to others: words, pictures, picks, in the order of the prompts."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.model import (
    Answer,
    Beside,
    Book,
    Choice,
    Document,
    Entry,
    Growing,
    Link,
    Medium,
    Passage,
    Picture,
    Portfolio,
    Prompt,
    Section,
    Sound,
    Video,
    Voice,
    Work,
    Writing,
)
from portfolio.rules import family_view as v
from portfolio.rules.shown import seen_by
from portfolio.rules.whose_word import is_of_another_home


@dataclass(frozen=True)
class Lens:
    """Through whose eyes a book is looked at."""

    book: Book
    audience: v.Audience
    household_id: str | None

    @property
    def portfolio(self) -> Portfolio:
        """The portfolio of this round."""
        return self.book.portfolio

    def sees(self, portfolio: Portfolio, section: Section) -> bool:
        """Return whether the child lets these eyes see a section of this or an earlier round."""
        return seen_by(portfolio.meta, section, at_home=self.audience != "conference")

    def sees_any(self, portfolio: Portfolio, holds: str) -> bool:
        """Return whether they see what sections of a kind hold, where another page points at it."""
        sections = [section for section in self.book.template.sections if section.holds == holds]
        return not sections or any(self.sees(portfolio, section) for section in sections)

    def is_others(self, who: Voice, name: str) -> bool:
        """Return whether somebody of another home said it: then it is in no copy of this one."""
        if who != "family" or self.household_id is None:
            return False
        return is_of_another_home(name, self.household_id, self.book.student.households)

    def pictures(self, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        """Return the pictures that may leave: one with other people in it only once somebody agreed."""
        return tuple(p for p in pictures if self._may_leave(p))

    def media(self, media: tuple[Medium, ...]) -> tuple[Medium, ...]:
        """Return the media that may leave, by the same rule; stills and pages of theirs are asked one by one."""
        found = (self._medium(m) for m in media)
        return tuple(m for m in found if m is not None)

    def shown(self, *besides: Beside) -> v.Shown:
        """Return what may leave of what stands beside some words."""
        return v.Shown(
            pictures=self.pictures(tuple(p for beside in besides for p in beside.pictures)),
            media=self.media(tuple(m for beside in besides for m in beside.media)),
        )

    def _medium(self, medium: Medium) -> Medium | None:
        if isinstance(medium, Writing | Link):
            return medium
        if not self._may_leave(medium):
            return None
        if isinstance(medium, Video):
            still = medium.poster
            return medium.but(poster=still if still and self._may_leave(still) else None)
        if isinstance(medium, Document):
            pages = self.pictures(medium.pages)
            return medium.but(pages=pages) if pages else None
        return medium

    def _may_leave(self, thing: Picture | Sound | Video | Document) -> bool:
        return not thing.others or thing.others_agreed or self.audience == "conference"


def chosen(prompt: Prompt | None, picks: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return the choices behind picked ids, in the order of the template; unknown ids are left out."""
    return tuple(c for c in prompt.choices if c.id in picks) if prompt else ()


def said(
    lens: Lens, prompt: Prompt | None, value: object, field: str = "", beside: Beside | None = None
) -> v.Said | None:
    """Return what was said to a prompt, or ``None`` if nothing was.

    ``value`` is what a field of a record holds: words, picked ids, one picked id, pictures, or media;
    ``beside`` is what was said, drawn or photographed beside the words.
    """
    words = Passage()
    picks: tuple[Choice, ...] = ()
    pictures: tuple[Picture, ...] = ()
    media: tuple[Medium, ...] = ()
    if isinstance(value, Passage):
        words = value
    elif isinstance(value, str):
        picks = chosen(prompt, (value,))
    elif isinstance(value, tuple) and value and isinstance(value[0], Picture):
        pictures = lens.pictures(value)
    elif (
        isinstance(value, tuple) and value and isinstance(value[0], Sound | Video | Document | Writing | Link)
    ):
        media = lens.media(value)
    elif isinstance(value, tuple):
        picks = chosen(prompt, value)
    if beside:
        pictures, media = (*pictures, *lens.pictures(beside.pictures)), (*media, *lens.media(beside.media))
    if not (words or picks or pictures or media):
        return None
    return v.Said(
        field=prompt.field if prompt else field,
        ask=prompt.ask if prompt else "",
        lead=prompt.lead if prompt else "",
        words=words,
        picks=picks,
        pictures=pictures,
        media=media,
    )


def told(lens: Lens, section: Section, entry: Entry, field: str) -> v.Said | None:
    """Return what an entry says in one field, in words or beside them, or ``None``."""
    return said(lens, section.prompt(field), getattr(entry, field, None), field, entry.beside(field))


def all_said(
    lens: Lens, section: Section, entry: Entry, leave_out: tuple[str, ...] = ()
) -> tuple[v.Said, ...]:
    """Return what an entry says to each prompt of its section, in order, empty ones left out."""
    found = (told(lens, section, entry, p.field) for p in section.prompts if p.field not in leave_out)
    return tuple(s for s in found if s is not None)


def answers(lens: Lens, section: Section) -> v.AnswersPart:
    """Return the answers of a section, one for each prompt that was answered."""
    found = []
    for prompt in section.prompts:
        answer = lens.portfolio.answer(section.section_id, prompt.field)
        seen = _answer(lens, prompt, answer) if answer else None
        if seen is not None:
            found.append(seen)
    return v.AnswersPart(answers=tuple(found))


def _answer(lens: Lens, prompt: Prompt, answer: Answer) -> v.Said | None:
    beside = answer.beside("words")
    seen = v.Said(
        field=prompt.field,
        ask=prompt.ask,
        lead=prompt.lead,
        words=answer.words,
        picks=chosen(prompt, answer.picks),
        pictures=lens.pictures((*answer.pictures, *beside.pictures)),
        media=lens.media((*answer.media, *beside.media)),
    )
    return seen if seen.words or seen.picks or seen.pictures or seen.media else None


def strengths(lens: Lens, section: Section) -> v.StrengthsPart:
    """Return the strengths that say anything, each with its proof; a piece that is kept back stays back."""
    found, shows_work = [], lens.sees_any(lens.portfolio, "work")
    for s in lens.portfolio.strengths:
        picked = chosen(section.prompt("picks"), s.picks)
        what = told(lens, section, s, "what") or told(lens, section, s, "picks")
        if what is None:
            continue
        piece = lens.portfolio.piece(s.piece) if shows_work else None
        pictures = lens.pictures(s.pictures or _lent(lens, piece))
        found.append(
            v.StrengthSeen(
                what=what.but(picks=picked),
                proof=told(lens, section, s, "proof"),
                piece_title=piece.title if piece and piece.title else None,
                pictures=pictures,
                media=lens.media(s.media),
                quote=s.quote,
                quote_by=s.quote_by,
                quote_beside=lens.shown(s.beside("quote")),
            )
        )
    return v.StrengthsPart(strengths=tuple(found))


def _lent(lens: Lens, piece: Work | None) -> tuple[Picture, ...]:
    """Return the first picture of a piece that shows a strength; its words stand with the piece, where that is in the copy."""
    told = lens.audience != "conference" and any(one.holds == "work" for one in lens.book.sections())
    pictures = piece.pictures[:1] if piece else ()
    return tuple(p.but(written=Passage()) if told and p.written else p for p in pictures)


_WORK_HEAD = ("title", "subject", "made_on", "pictures", "media", "look", "teacher_note")


def work(lens: Lens, section: Section) -> v.WorkPart:
    """Return the pieces of work that hold a picture, a medium or a word of their own."""
    return v.WorkPart(pieces=tuple(seen for _, seen in pieces_shown(lens, section)))


def pieces_shown(lens: Lens, section: Section) -> tuple[tuple[Work, v.WorkSeen], ...]:
    """Return the pieces of work these eyes see, in order, each with how they see it."""
    found = ((piece, _piece(lens, section, piece)) for piece in lens.portfolio.work)
    return tuple((p, seen) for p, seen in found if any(value for name, value in seen if name not in _WHERE))


_WHERE = ("subject", "made_on")
"""A day and a subject alone are not yet a piece of work."""


def _piece(lens: Lens, section: Section, piece: Work) -> v.WorkSeen:
    return v.WorkSeen(
        title=piece.title,
        subject=piece.subject,
        made_on=piece.made_on,
        pictures=lens.pictures(piece.pictures),
        media=lens.media(piece.media),
        said=all_said(lens, section, piece, leave_out=_WORK_HEAD),
        look=told(lens, section, piece, "look"),
        teacher_note=piece.teacher_note,
        title_beside=lens.shown(piece.beside("title")),
        teacher_note_beside=lens.shown(piece.beside("teacher_note")),
    )


_PAIR_HEAD = ("before", "now", "before_media", "now_media")


def pairs(lens: Lens, section: Section) -> v.PairsPart:
    """Return the pairs of then and now that hold a picture, a medium or a word."""
    found = []
    for pair in lens.portfolio.growth_pairs:
        spoken = all_said(lens, section, pair, leave_out=_PAIR_HEAD)
        seen = v.PairSeen(
            before=lens.pictures(pair.before),
            now=lens.pictures(pair.now),
            before_media=lens.media(pair.before_media),
            now_media=lens.media(pair.now_media),
            said=spoken,
        )
        if any(value for _, value in seen):
            found.append(seen)
    return v.PairsPart(pairs=tuple(found))


def growing(lens: Lens, section: Section) -> v.GrowingPart:
    """Return what the child is still learning."""
    found = (_growing(lens, section, g) for g in lens.portfolio.growing)
    return v.GrowingPart(growing=tuple(g for g in found if g.said))


def _growing(lens: Lens, section: Section, entry: Growing) -> v.GrowingSeen:
    spoken = all_said(lens, section, entry, leave_out=("look_again",))
    return v.GrowingSeen(said=spoken, look_again=entry.look_again)


def teacher_page(lens: Lens, section: Section) -> v.TeacherPart:  # noqa: ARG001 - one signature for all
    """Return the plain notes of the teachers, each with name and role."""
    teachers = {t.teacher_id: t for t in lens.book.school_class.teachers}
    found = []
    for note in lens.portfolio.teacher_page:
        if not (note.strength or note.next_step or note.home_help):
            continue
        teacher = teachers.get(note.teacher_id)
        found.append(
            v.TeacherSeen(
                name=teacher.name if teacher else "",
                role=teacher.role if teacher else "",
                strength=note.strength,
                next_step=note.next_step,
                home_help=note.home_help,
                look_again=note.look_again,
            )
        )
    return v.TeacherPart(notes=tuple(found))
