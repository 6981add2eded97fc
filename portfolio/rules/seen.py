"""How each shelf of a portfolio looks to others: words, pictures, picks, in the order of the prompts."""

from __future__ import annotations

from dataclasses import dataclass

from portfolio.model import (
    Answer,
    Book,
    Choice,
    Entry,
    Growing,
    Passage,
    Picture,
    Portfolio,
    Prompt,
    Section,
    Work,
)
from portfolio.rules import family_view as v


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

    def pictures(self, pictures: tuple[Picture, ...]) -> tuple[Picture, ...]:
        """Return the pictures that may leave: one with other people in it only once somebody agreed."""
        return tuple(p for p in pictures if not p.others or p.others_agreed or self.audience == "conference")


def chosen(prompt: Prompt | None, picks: tuple[str, ...]) -> tuple[Choice, ...]:
    """Return the choices behind picked ids, in the order of the template; unknown ids are left out."""
    return tuple(c for c in prompt.choices if c.id in picks) if prompt else ()


def said(lens: Lens, prompt: Prompt | None, value: object, field: str = "") -> v.Said | None:
    """Return what was said to a prompt, or ``None`` if nothing was.

    ``value`` is what a field of a record holds: words, picked ids, one picked id, or pictures.
    """
    words = Passage()
    picks: tuple[Choice, ...] = ()
    pictures: tuple[Picture, ...] = ()
    if isinstance(value, Passage):
        words = value
    elif isinstance(value, str):
        picks = chosen(prompt, (value,))
    elif isinstance(value, tuple) and value and isinstance(value[0], Picture):
        pictures = lens.pictures(value)
    elif isinstance(value, tuple):
        picks = chosen(prompt, value)
    if not (words or picks or pictures):
        return None
    return v.Said(
        field=prompt.field if prompt else field,
        ask=prompt.ask if prompt else "",
        lead=prompt.lead if prompt else "",
        words=words,
        picks=picks,
        pictures=pictures,
    )


def all_said(
    lens: Lens, section: Section, entry: Entry, leave_out: tuple[str, ...] = ()
) -> tuple[v.Said, ...]:
    """Return what an entry says to each prompt of its section, in order, empty ones left out."""
    found = (
        said(lens, p, getattr(entry, p.field, None)) for p in section.prompts if p.field not in leave_out
    )
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
    seen = v.Said(
        field=prompt.field,
        ask=prompt.ask,
        lead=prompt.lead,
        words=answer.words,
        picks=chosen(prompt, answer.picks),
        pictures=lens.pictures(answer.pictures),
    )
    return seen if seen.words or seen.picks or seen.pictures else None


def strengths(lens: Lens, section: Section) -> v.StrengthsPart:
    """Return the strengths that say anything, each with its proof."""
    found = []
    for s in lens.portfolio.strengths:
        picked = chosen(section.prompt("picks"), s.picks)
        what = said(lens, section.prompt("what"), s.what) or said(lens, section.prompt("picks"), s.picks)
        if what is None:
            continue
        piece = lens.portfolio.piece(s.piece)
        proof = said(lens, section.prompt("proof"), s.proof)
        pictures = lens.pictures(s.pictures or (piece.pictures[:1] if piece else ()))
        found.append(
            v.StrengthSeen(
                what=what.but(picks=picked),
                proof=proof,
                piece_title=piece.title if piece and piece.title else None,
                pictures=pictures,
                quote=s.quote,
                quote_by=s.quote_by,
            )
        )
    return v.StrengthsPart(strengths=tuple(found))


_WORK_HEAD = ("title", "subject", "made_on", "pictures", "look", "teacher_note")


def work(lens: Lens, section: Section) -> v.WorkPart:
    """Return the pieces of work that hold a picture or a word."""
    found = (_piece(lens, section, piece) for piece in lens.portfolio.work)
    return v.WorkPart(pieces=tuple(p for p in found if p.pictures or p.title or p.said))


def _piece(lens: Lens, section: Section, piece: Work) -> v.WorkSeen:
    return v.WorkSeen(
        title=piece.title,
        subject=piece.subject,
        made_on=piece.made_on,
        pictures=lens.pictures(piece.pictures),
        said=all_said(lens, section, piece, leave_out=_WORK_HEAD),
        look=said(lens, section.prompt("look"), piece.look),
        teacher_note=piece.teacher_note,
    )


def pairs(lens: Lens, section: Section) -> v.PairsPart:
    """Return the pairs of then and now that hold a picture or a word."""
    found = []
    for pair in lens.portfolio.growth_pairs:
        spoken = all_said(lens, section, pair, leave_out=("before", "now"))
        before, now = lens.pictures(pair.before), lens.pictures(pair.now)
        if spoken or before or now:
            found.append(v.PairSeen(before=before, now=now, said=spoken))
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
