"""Keeping one teacher's note: two windows lose nothing, and every version of it can be had again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from portfolio.errors import ChangedMeanwhile, NotFound
from portfolio.model import Passage, TeacherNote
from portfolio.moments.desk import TRIES
from portfolio.moments.school_words import WordChoices
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules.notes import in_the_form, laid_over, own_note, typed
from portfolio.store.port import Change


@dataclass(frozen=True)
class NoteKeeper:
    """The note of whoever sits at the desk, in one book."""

    desk: TeacherDesk
    portfolio_id: str

    def now(self) -> tuple[TeacherNote, int]:
        """Return the note as it is kept, and its version (that of its removal if it was taken away, else 0)."""
        store, mine = self.desk.store, self.desk.teacher_id
        kept = [k for k in store.entries(self.portfolio_id) if isinstance(k.entry, TeacherNote)]
        portfolio = store.portfolio(self.portfolio_id)
        note = own_note(portfolio, mine)
        version = next((k.version for k in kept if k.entry.entry_id == note.entry_id), None)
        if version is None:
            past = self.past(note.entry_id)
            version = past[-1].version if past else 0
        return note, version

    def past(self, entry_id: str) -> tuple[Change, ...]:
        """Return every change of the note, oldest first."""
        try:
            return self.desk.store.history(self.portfolio_id, entry_id)
        except NotFound:
            return ()

    def keep(self, told: Mapping[str, str], version: int | None) -> tuple[TeacherNote, int]:
        """Keep what stands in a form that was drawn from ``version``; return the note and its version now.

        Raises ``ChangedMeanwhile`` (with ``theirs`` and ``version``) where another window changed the same words,
        ``TextRefused`` for what does not fit.
        """
        desk, lang = self.desk, self.desk.school_class.language
        for _ in range(TRIES):
            there, at = self.now()
            base = there if version in (at, None) else self._as_it_was(there, version or 0)
            mine = typed(base, told, lang)
            changed, clash = laid_over(base, mine, there)
            if clash:
                form = in_the_form(there)
                raise ChangedMeanwhile(
                    "Somebody else wrote here too. Nothing is lost: choose what should stay.",
                    theirs={name: form[name] for name in clash},
                    version=at,
                )
            if changed == there:
                return there, at
            try:
                done = desk.store.keep(self.portfolio_id, changed, expected=at, by=desk.by, at=desk.now())
            except ChangedMeanwhile:
                continue
            return changed, done.version
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")

    def _as_it_was(self, there: TeacherNote, version: int) -> TeacherNote:
        entries = {change.version: change.entry for change in self.past(there.entry_id)}
        found = entries.get(version)
        if isinstance(found, TeacherNote):
            return found
        return TeacherNote(entry_id=there.entry_id, teacher_id=there.teacher_id)

    def choose(self, term: str, how: str, version: int | None) -> None:
        """Keep what is chosen for a school word of the note: ``explain``, ``fine`` or "" (nothing any more)."""
        note, at = self.now()
        choices = WordChoices(self.desk.store, self.portfolio_id, self.desk.by)
        choices.choose(note.entry_id, term, how, at if version is None else version, self.desk.now())

    def earlier(self) -> tuple[tuple[Change, TeacherNote], ...]:
        """Return what the note was before, newest first: the last version of each day it was written on."""
        note, at = self.now()
        by_day: dict[object, tuple[Change, TeacherNote]] = {}
        for change in self.past(note.entry_id):
            if change.version != at and isinstance(change.entry, TeacherNote) and _says(change.entry):
                by_day[change.changed_at.date()] = (change, change.entry)
        return tuple(reversed([one for one in by_day.values() if in_the_form(one[1]) != in_the_form(note)]))

    def bring_back(self, version: int, expected: int | None) -> None:
        """Bring back the note as it was in a version. Raises ``ChangedMeanwhile``, ``NotFound``."""
        note, at = self.now()
        desk = self.desk
        desk.store.restore(
            self.portfolio_id,
            note.entry_id,
            version,
            expected=at if expected is None else expected,
            by=desk.by,
            at=desk.now(),
        )


def _says(note: TeacherNote) -> bool:
    return any(isinstance(value, Passage) and value for _, value in note)
