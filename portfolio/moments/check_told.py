"""What ``check`` says of school words: as lines of text, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.moments.check_words import SentenceHere, WordHere
from portfolio.words import Level, Speech

LEVELS: Final[dict[Level, str]] = {
    "easy": N_("easy to read"),
    "ok": N_("some hard parts"),
    "hard": N_("hard to read"),
    "too_short": N_("too short to tell"),
}
"""How hard a text is to read, in words."""

MOST_NAMED: Final = 8
"""School words one line names at most."""


def words_line(words: Sequence[WordHere], say: Speech) -> str:
    """Return the school words of a book in one line, or "" if none is open."""
    names = list(dict.fromkeys(one.term.term for one in words if one.open))
    if not names:
        return ""
    shown = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    return say.many("{n} school word: {words}", "{n} school words: {words}", len(names), words=shown)


def word_lines(words: Iterable[WordHere], say: Speech) -> Iterator[str]:
    """Yield a line for each school word of a book: where it stands, what it means, what was chosen."""
    for one in words:
        line = say(
            "School word “{word}” ({page}): {plain}", word=one.word, page=say(one.page), plain=one.term.plain
        )
        remark = word_remark(one, say)
        yield f"{line} [{remark}]" if remark else line


def word_remark(one: WordHere, say: Speech) -> str:
    """Return what is known of a word at its place, or "" if it is simply open."""
    if not one.sure:
        return say("perhaps")
    if one.explained:
        return say("explained in the text")
    return {"explain": say("explained to the family"), "fine": say("fine here")}.get(one.chosen, "")


def sentence_lines(found: Iterable[SentenceHere], say: Speech) -> Iterator[str]:
    """Yield a line for each long sentence and each hard word."""
    for one in found:
        if one.hint.kind == "hard_word":
            yield say("Hard word “{word}” ({page})", word=one.text, page=say(one.page))
            continue
        line = say.many(
            "Long sentence, {n} word ({page}): “{text}”",
            "Long sentence, {n} words ({page}): “{text}”",
            one.hint.words,
            page=say(one.page),
            text=one.text if len(one.text) <= 120 else one.text[:119] + "…",
        )
        yield line + (" " + say("A new one could begin at “{words}”.", words=one.anew) if one.anew else "")


def word_data(one: WordHere) -> dict[str, object]:
    """Return one school word as plain data: ``docs/plain-words.md`` tells what each name means."""
    return {
        "term": one.term.term_id,
        "word": one.word,
        "plain": one.term.plain,
        "section": one.section_id,
        "entry": one.entry_id,
        "field": one.field,
        "by": "teacher" if one.by_teacher else "student",
        "count": one.count,
        "confidence": "sure" if one.sure else "maybe",
        "explained": one.explained,
        "chosen": one.chosen,
        "instead": one.instead,
    }
