"""What ``check`` says of school words: as lines of text, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from portfolio.errors import N_
from portfolio.moments.check_words import SentenceHere, WordHere
from portfolio.words import Level, Speech
from portfolio.words.language_names import named

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
    """Return the school words of a book in one line, as written and by whom, or "" if none is open."""
    writers: dict[str, dict[bool, str]] = {}
    for one in words:
        if one.open:
            writers.setdefault(one.term.term_id, {}).setdefault(one.by_teacher, one.word)
    if not writers:
        return ""
    names = [
        f"{next(iter(by.values()))} ({', '.join(say('teacher') if who else say('child') for who in sorted(by))})"
        for by in writers.values()
    ]
    shown = ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
    return say.many("{n} school word: {words}", "{n} school words: {words}", len(names), words=shown)


def word_lines(words: Iterable[WordHere], say: Speech) -> Iterator[str]:
    """Yield a line for each school word of a book: where it stands, who wrote it, what it means, what was chosen."""
    for one in words:
        line = say(
            "School word “{word}” ({page}), written by the teacher: {plain}"
            if one.by_teacher
            else "School word “{word}” ({page}), written by the child: {plain}",
            word=one.word,
            page=page_of(one, say),
            plain=one.term.plain,
        )
        remark = word_remark(one, say)
        yield f"{line} [{remark}]" if remark else line


def page_of(one: WordHere, say: Speech) -> str:
    """Return the page of the book a word stands on, and the piece of work there, if it belongs to one."""
    if not one.work:
        return say(one.page)
    title = " ".join(one.work.split())
    return f"{say(one.page)}, “{title if len(title) <= 60 else title[:59] + '…'}”"


def keep_line(one: WordHere, languages: Iterable[str], say: Speech) -> str:
    """Return what the file that goes home says of a word if it stays: ``languages`` are those the homes read."""
    if not one.sure:
        return say("the file that goes home does not explain it, for it may be an everyday word.")
    if one.explained:
        return say("the text explains it already, so the file that goes home adds nothing.")
    if one.chosen == "fine":
        return say("it was called fine here, so the file that goes home does not explain it.")
    said: dict[str, list[str]] = {"checked": [], "draft": [], "none": []}
    for tag in dict.fromkeys(lang for lang in languages if lang.split("-")[0] != "en"):
        there = one.term.translated(tag)
        how = "none" if not (there and there.plain) else "checked" if there.status == "human" else "draft"
        said[how].append(named(tag, say.lang))
    known = {how: ", ".join(names) for how, names in said.items() if names}
    parts = [say("the file that goes home explains it in English.")] if not known else [
        say("the file that goes home explains it by itself.")
    ]  # fmt: skip
    if "checked" in known:
        parts.append(say("In {languages}: checked by a person.", languages=known["checked"]))
    if "draft" in known:
        parts.append(say("In {languages}: a draft, checked by nobody.", languages=known["draft"]))
    if "none" in known:
        parts.append(say("For families who read {languages}: in English only.", languages=known["none"]))
    return " ".join(parts)


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
