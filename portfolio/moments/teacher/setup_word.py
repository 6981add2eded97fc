"""The word a teacher comes back with: set, changed or taken away at the teacher's own desk."""

from __future__ import annotations

from portfolio.moments.room import Asked, Outcome
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.moments.teacher.setup_keep import line
from portfolio.rules.own_word import good_word
from portfolio.store.own_word import LONGEST_WORD, OwnWord

PLACE = "own-word"
"""The id of the part of the screen, where one looks afterwards."""


def word_of(desk: TeacherDesk, teacher_id: str = "") -> OwnWord:
    """Return the word of a teacher of the class; of who sits here, if nobody is named."""
    return OwnWord(desk.folder.hidden, teacher_id or desk.teacher_id)


def keep_word(desk: TeacherDesk, asked: Asked) -> Outcome:
    """Set the word the form says. Raises ``InputRefused`` naming the field, ``StorageTrouble``."""
    school = desk.school_class
    known = [
        school.name,
        school.round,
        *(one.name for one in school.teachers),
        *(one.name for one in desk.store.students()),
    ]
    word = line(asked.one("word"), "word", LONGEST_WORD)
    good_word(word, line(asked.one("word-again"), "word-again", LONGEST_WORD), known)
    word_of(desk).keep(word, desk.randomness)
    return Outcome(say=desk.say("Your word is kept. It is not shown again."), focus=PLACE)


def drop_word(desk: TeacherDesk) -> Outcome:
    """Take the word away. Raises ``StorageTrouble``."""
    word_of(desk).drop()
    return Outcome(
        say=desk.say("The word is taken away. Only the teacher’s link opens this desk now."), focus=PLACE
    )
