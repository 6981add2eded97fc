"""Words for the teacher alone: kept for the desk of the teacher, and shown on no page of the meeting again."""

from __future__ import annotations

import contextlib
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused, TextRefused
from portfolio.model import Passage, ToTeacher, ToTeacherAbout, clean_text
from portfolio.moments.conference.answering import Home
from portfolio.moments.conference.together import history
from portfolio.rules import answering as rules

MOST: Final = 60
"""Messages of one home in one book."""


def send(
    home: Home, who: str, about: ToTeacherAbout, words: str, *, lang: str, face: str = "", alone: bool = False
) -> str:
    """Keep words of a home for the teacher alone and return the id of the entry. The same ones twice on one day are one.

    ``face`` is one of three, for how the meeting was; ``alone``: they would like to talk without the child. Raises
    ``InputRefused`` where nothing is said, ``TextRefused`` for a text that is too long.
    """
    text = str(clean_text(words)).strip()
    if len(text) > rules.LONGEST_WORDS:
        raise TextRefused("This text is too long to send. Take out a part.", field="words")
    face = face if face in rules.FACES else ""
    if not (text or face or alone):
        raise InputRefused("There is nothing in it yet. One line is enough.", field="words")
    table, mine, today = home.table, home.household.household_id, home.table.today()
    entry_id = rules.note_id(home.portfolio_id, mine, who, about, text, face, str(alone), today.isoformat())
    note = ToTeacher(
        entry_id=entry_id,
        household_id=mine,
        who=who,
        on=today,
        lang=lang,
        about=about,
        words=Passage(text=text, lang=lang),
        face=face or None,
        private_talk=alone,
    )
    _refuse_if_many(home)
    with contextlib.suppress(
        ChangedMeanwhile
    ):  # sent a moment ago by another phone, or read and put away already
        expected = _taken_out(home, entry_id)
        table.store.keep(home.portfolio_id, note, expected=expected, by=home.by, at=table.now())
    return entry_id


def _taken_out(home: Home, entry_id: str) -> int:
    """Return the version of the removal of words that were put into a wrong book first and taken out; 0 for new ones."""
    past = history(home.table, home.portfolio_id, entry_id)
    return past[-1].version if past and past[-1].entry is None else 0


def _refuse_if_many(home: Home) -> None:
    mine = home.household.household_id
    notes = home.table.store.portfolio(home.portfolio_id).to_teacher
    if sum(one.household_id == mine for one in notes) >= MOST:
        raise InputRefused("Your teacher has many words from you already. Please talk to your teacher.")
