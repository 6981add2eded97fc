"""What is said of an answer that came back: whose it is, who reads it, what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from portfolio.moments.replies_in import Whose
from portfolio.moments.reply_keep import Kind
from portfolio.rules.answering import FACES, WAYS
from portfolio.rules.sent_back import FOR_SCHOOL, KNOWN, SentBack
from portfolio.views.answer_form import ALONE, TO_SCHOOL, TOGETHER
from portfolio.words import Speech


def home_words(whose: Whose, say: Speech) -> str:
    """Return whose answer it is: child and home."""
    return f"{whose.student.name}, {whose.household.label or say('home')}"


def readers(said: SentBack, whose: Whose | None, say: Speech) -> str:
    """Return who may read it, as the family chose; ``whose`` is ``None`` while nobody knows whose it is."""
    if said.child_reads and whose is None:
        return say("The child and you may read it.")
    if said.child_reads and whose is not None:
        return say("{name} and you may read it.", name=whose.student.name)
    return say("Only you read it.")


def beside(said: SentBack, say: Speech) -> Iterator[str]:
    """Yield what a teacher should know of an answer besides: words apart, wishes, numbers nobody knows."""
    if said.child_reads and said.texts.keys() & FOR_SCHOOL:
        yield say("Some words in it are for you alone. They stand under “Told to you alone”.")
    if said.doubt:
        yield say(
            "“{label}” may be a label with a mistake in it, so the child reads nothing of this answer. "
            "If it has none, write that line in another way and put the answer in again.",
            label=said.doubt,
        )
    if said.talk:
        yield say("They would like to talk alone with you.")
    if said.call:
        yield say("They ask you to call them.")
    for number, _ in said.strange:
        if number in KNOWN:
            yield say(
                "Words stand below [{n}], a tick. They are kept for you alone, under “Told to you alone”.",
                n=number,
            )
            continue
        yield say(
            "[{n}] is a number we do not know. What stands below it is kept for you alone, under “Told to you alone”.",
            n=number,
        )


def nameless(said: SentBack, say: Speech) -> str:
    """Return that nobody's name is in it; "" where one is."""
    return "" if said.who else say("No name stands in it, so it is kept in the name of the home.")


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
    for one in (*asks, *TOGETHER, *TO_SCHOOL, ALONE):
        if one.key in said.texts:
            words = say(one.starter) if one.starter else say("In their own words")
            yield words, said.texts[one.key], said.shared and one.key not in FOR_SCHOOL
    for number, below in said.strange:
        known = number in KNOWN
        words = (
            say("Words below [{n}]", n=number) if known else say("A number we do not know: [{n}]", n=number)
        )
        yield words, below, False
    if said.call:
        yield say("Please call us."), "", False
    if said.talk:
        yield say("They would like to talk alone with you."), "", False
