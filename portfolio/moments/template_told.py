"""What another template would do, in plain words for a teacher: a sentence for the change, one for the words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from portfolio.errors import N_
from portfolio.rules.template_changes import Change, Changes, Fate, What
from portfolio.words import Speech

NAMED: Final = 6
"""So many children are named in one sentence; of more, how many."""


@dataclass(frozen=True)
class Sentence:
    """One change in words. ``words`` says whose words it touches and what becomes of them, or is empty."""

    change: Change
    what: str
    words: str = ""

    def __str__(self) -> str:
        """Return both in one line."""
        return f"{self.what} {self.words}".strip()


def sentences(changes: Changes, names: Mapping[str, str], say: Speech) -> tuple[Sentence, ...]:
    """Return every change in words, in order. ``names`` are the children's by id, in roster order."""
    return tuple(Sentence(one, _what(one, say), _words(one, names, say)) for one in changes.all)


def _what(change: Change, say: Speech) -> str:
    msgid = _SAYS[change.what]
    if change.what == "page_family" and change.after == "hidden":
        msgid = _HIDDEN
    if change.what == "class_words":
        msgid = _CLASS[change.field]
    if change.what in ("question_cap", "question_at_most") and not change.after:
        msgid = _NO_CAP[change.what]
    before, after = (say(text) if text else say(N_("nothing")) for text in (change.before, change.after))
    return say(msgid, before=before, after=after, name=change.section)


def _words(change: Change, names: Mapping[str, str], say: Speech) -> str:
    if not change.touched:
        return ""
    who = listed([name for student, name in names.items() if student in change.touched], say)
    if change.what == "agenda_removed":
        return say(N_("{names} had chosen it: the first one counts for them now."), names=who)
    return say(_FATES[change.words], names=who)


def listed(names: Sequence[str], say: Speech) -> str:
    """Return names in a row; of many, the first ones and how many more."""
    shown, more = ", ".join(names[:NAMED]), len(names) - NAMED
    return shown if more <= 0 else say.many("{names} and {n} more", "{names} and {n} more", more, names=shown)


_FATES: Final[Mapping[Fate, str]] = {
    "": N_("It is about what {names} wrote."),
    "out_of_sight": N_(
        "What {names} wrote there stays in the book, out of sight. It is back when this is asked again."
    ),
    "shown": N_("What {names} wrote there stays and is shown."),
    "over": N_("{names}: what is there is more than this. Nothing is cut."),
    "as_chosen": N_("For {names} it stays as it was: they have begun this page."),
    "carried": N_("What {names} wrote goes along."),
}

_HIDDEN: Final = N_("Families do not see the page “{before}” from the start any more.")

_CLASS: Final[Mapping[str, str]] = {
    "title": N_("This set of pages is called “{after}” now, not “{before}”."),
    "language": N_("The language of the questions: {after}, not {before}."),
    "about_words": N_("An answer may be about {after} words long, not {before}."),
}

_NO_CAP: Final[Mapping[What, str]] = {
    "question_cap": N_("It does not say any more about how many words an answer should have ({before})."),
    "question_at_most": N_("It does not say any more how many there can be ({before})."),
}

_SAYS: Final[Mapping[What, str]] = {
    "class_words": "",
    "class_band": N_("For grades {after}, not {before}."),
    "page_on": N_("The page “{after}” comes into the books."),
    "page_off": N_("The page “{before}” goes out of the books."),
    "page_gone": N_("The page “{before}” goes, with its questions."),
    "page_ready": N_("The page “{after}” is new, and in no book yet."),
    "page_moved": N_("The page “{after}” stands in another place."),
    "page_renamed": N_("The page “{before}” is called “{after}”."),
    "page_words": N_("The page “{after}”: its drawing, its opening line or the words on its buttons."),
    "page_counts": N_("The page “{after}” asks for more or fewer of its kind."),
    "page_family": N_("Families see the page “{before}” from the start."),
    "page_kind": N_("The page “{after}” holds something else, or somebody else fills it in."),
    "page_id": N_("The page “{before}” goes by the name “{after}” in the file."),
    "question_added": N_("A new question: “{after}”"),
    "question_removed": N_("This question goes: “{before}”"),
    "question_reworded": N_("The question “{before}” becomes “{after}”"),
    "question_control": N_("“{before}” is answered in another way."),
    "question_cap": N_("About how many words an answer should have: {after}, before {before}."),
    "question_at_most": N_("How many there can be: {after}, before {before}."),
    "question_beginnings": N_("“{after}” has other beginnings."),
    "question_choices": N_("“{after}” has other choices."),
    "question_help": N_("“{after}” has another hint, picture or recording."),
    "questions_moved": N_("The questions of the page “{after}” stand in another order."),
    "question_id": N_("The question {before} goes by the name “{after}” in the file."),
    "agenda_added": N_("A new agenda: “{after}”."),
    "agenda_removed": N_("The agenda “{before}” goes."),
    "agenda_changed": N_("The agenda “{after}” has other steps, minutes or words."),
    "agendas_moved": N_("The class begins with the agenda “{after}”."),
}
