"""What became of a promise, as a teacher notes it: kept, partly, not yet, not any more, and one line on it."""

from __future__ import annotations

from typing import Final

from portfolio.errors import N_, ChangedMeanwhile, InputRefused, NotFound, TextRefused
from portfolio.model import Agreement, Passage
from portfolio.model.record import clean_text
from portfolio.moments.desk import TRIES
from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.promised_reading import MARKS, note_by_a_teacher
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.promised import MAY, Mark, mark_of, marked, promises
from portfolio.rules.two_hands import laid_over
from portfolio.store.port import Kept

LONGEST_NOTE: Final = 2_000

_SAID: Final[dict[Mark, str]] = {
    "kept": N_("Noted: it is kept. You find it under “What is over”."),
    "partly": N_("Noted: partly. It stays on the list."),
    "not_yet": N_("Noted: not yet. It stays on the list."),
    "not_any_more": N_("Noted: it is not promised any more. You find it under “What is over”."),
}


def mark(desk: TeacherDesk, asked: Asked) -> Outcome:
    """Note what became of a promise. What was promised is not touched. Raises ``PortfolioError``."""
    book, entry_id, how = asked.one("book"), asked.one("entry"), asked.one("how")
    _known_book(desk, book, entry_id)
    for _ in range(TRIES):
        kept = desk.store.entry(book, entry_id)
        there = _promise(kept)
        if how not in MAY[there.who]:
            raise InputRefused(
                "Choose what became of it. Only who made a promise can take it back.", field="how"
            )
        base = _base(desk, book, kept, asked.version)
        mine = _with_note(desk, book, there, marked(base, how), asked)
        changed, clash = laid_over(base, mine, there, ("how_far", "note"))
        if clash:
            raise _meanwhile(desk, there, kept.version)
        if changed != there:
            try:
                desk.store.keep(book, changed, expected=kept.version, by=desk.by, at=desk.now())
            except ChangedMeanwhile:
                continue
        return Outcome(say=desk.say(_SAID[mark_of(changed.how_far)]))
    raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")


def _meanwhile(desk: TeacherDesk, there: Agreement, version: int) -> ChangedMeanwhile:
    """Return the error that tells what somebody else noted: the form keeps one's own words until the list is new."""
    how = mark_of(there.how_far)
    noted = [desk.say(MARKS[how]), *([there.note.text] if there.note else [])]
    return ChangedMeanwhile(
        "Somebody else noted here meanwhile: “{noted}”. Yours is not lost. Open the list again, then note it.",
        noted=": ".join(noted),
        theirs={"how": how, "note": there.note.text},
        version=version,
    )


def _known_book(desk: TeacherDesk, book: str, entry_id: str) -> None:
    """Raise ``NotFound`` unless this is a promise of a child of the class that a teacher may note something on."""
    for student_id, rounds in desk.store.all_rounds().items():
        if book in {meta.portfolio_id for meta in rounds}:
            wholes = desk.store.wholes(meta.portfolio_id for meta in desk.store.rounds(student_id))
            listed = promises([one.portfolio for one in wholes.values()])
            one = next((p for p in listed if (p.portfolio_id, p.promise.entry_id) == (book, entry_id)), None)
            if one and one.told:
                raise InputRefused("The child has said itself what became of it. That stands.")
            if one:
                return
    raise NotFound("This promise is not there any more. Look at the list again.")


def _promise(kept: Kept) -> Agreement:
    if not isinstance(kept.entry, Agreement):
        raise NotFound("This promise is not there any more. Look at the list again.")
    return kept.entry


def _base(desk: TeacherDesk, book: str, kept: Kept, version: int | None) -> Agreement:
    """Return the promise as it was in the version a form was drawn from; as it is now if that cannot be told."""
    if version in (None, kept.version):
        return _promise(kept)
    past = desk.store.history(book, kept.entry.entry_id)
    entry = next((change.entry for change in past if change.version == version), None)
    return entry if isinstance(entry, Agreement) else _promise(kept)


def _with_note(desk: TeacherDesk, book: str, there: Agreement, mine: Agreement, asked: Asked) -> Agreement:
    """Return a promise with the line on what became of it: a teacher's own to write, nobody else's."""
    if "note" not in asked.values:
        return mine
    text = " ".join(str(clean_text(asked.one("note"))).split())
    if text == mine.note.text.strip():
        return mine
    if len(text) > LONGEST_NOTE:
        raise TextRefused(
            "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
            field="note",
        )
    if there.note and not note_by_a_teacher(desk, book, there):
        raise InputRefused("Somebody else wrote what became of it. Their words stay.", field="note")
    return mine.but(note=Passage(text=text, lang=desk.school_class.language))
