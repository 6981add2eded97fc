"""What is said of an answer that came back: whose it is, who reads it, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.moments.replies_in import Whose
from portfolio.moments.reply_keep import Kind
from portfolio.rules.answering import FACES, WAYS
from portfolio.rules.sent_back import SentBack
from portfolio.views.answer_form import TO_SCHOOL, TOGETHER
from portfolio.words import Speech


def home_words(whose: Whose, say: Speech) -> str:
    """Return whose answer it is: child and home."""
    return f"{whose.student.name}, {whose.household.label or say('home')}"


def readers(said: SentBack, whose: Whose, say: Speech) -> str:
    """Return who may read it, as the family chose."""
    if said.shared:
        return say("{name} and you may read it.", name=whose.student.name)
    return say("Only you read it.")


def became(kind: Kind, say: Speech) -> str:
    """Return what became of an answer, as a sentence."""
    return {
        "kept": say("It is kept."),
        "already": say("It was there already. Nothing is in there twice."),
        "taken_back": say("The family had taken it back. It stays away."),
    }[kind]


def lines(said: SentBack, say: Speech) -> Iterator[tuple[str, str, bool]]:
    """Yield what an answer says: the question in the teacher's language, the words ("" for a tick), whether all readers get it."""
    if said.face:
        yield say("How was it?"), say(FACES[said.face]), said.shared
    asks = [one for way in WAYS.values() for one in way.asks]
    for one in (*asks, *TOGETHER, *TO_SCHOOL):
        if one.key in said.texts:
            words = say(one.starter) if one.starter else say("In their own words")
            yield words, said.texts[one.key], said.shared and one not in TO_SCHOOL
    if said.call:
        yield say("Please call us."), "", False
    if said.talk:
        yield say("They would like to talk alone with you."), "", False
