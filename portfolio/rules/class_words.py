"""What a teacher tells all families, written once: as fields of forms, and back again.

Each form on the teacher's desk is a *block*. A version is made of what stands in a block, so that two windows
notice one another though a class has no history. When a text changes, its translations stay and become drafts:
nobody has read them beside the new words.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from typing import Final, Literal

from pydantic import ValidationError

from portfolio.errors import N_, TextRefused
from portfolio.model import ClassWords, Contact, Learning, Passage, Translation
from portfolio.model.record import LONGEST_TEXT, clean_text

Block = Literal["learning", "about_school", "letter", "invitation", "contacts"]

BLOCKS: Final[dict[Block, str]] = {
    "learning": N_("What we are learning this term"),
    "invitation": N_("The invitation"),
    "about_school": N_("About our school"),
    "letter": N_("Letter at the start of the year"),
    "contacts": N_("Whom families can ask"),
}
"""The blocks in the order they stand on the desk, and what they are called."""

MOST_ROWS: Final = 20
"""Subjects, or people, there is room for."""

SPARE: Final = 3
"""Empty rows below those that are filled."""

_LONGEST_LINE: Final = 2_000
_ONE_TEXT: Final = ("about_school", "letter", "invitation")


def values_of(words: ClassWords, block: Block) -> dict[str, str]:
    """Return what stands in the fields of a block, by name; rows are numbered from 0: ``subject-0``, ``words-0``."""
    if block == "learning":
        pairs = enumerate(words.learning)
        return {
            k: v
            for n, one in pairs
            for k, v in ((f"subject-{n}", one.subject), (f"words-{n}", one.words.text))
        }
    if block == "contacts":
        return {
            f"{name}-{n}": getattr(one, name)
            for n, one in enumerate(words.contacts)
            for name in ("name", "about", "reach")
        }
    values = {"text": getattr(words, block).text}
    return {**values, "place": words.place} if block == "invitation" else values


def rows_of(words: ClassWords, block: Block) -> int:
    """Return how many rows a form shows: those there are, and some to write in."""
    there = len(words.learning if block == "learning" else words.contacts)
    return min(MOST_ROWS, there + SPARE)


def version_of(words: ClassWords, block: Block) -> int:
    """Return a number that is another one when the fields of a block say something else."""
    told = {name: value for name, value in values_of(words, block).items() if value}
    return zlib.crc32(repr(sorted(told.items())).encode("utf-8", "surrogatepass"))


def filled(words: ClassWords, block: Block) -> bool:
    """Return whether anything stands in a block."""
    return any(value.strip() for value in values_of(words, block).values())


def told(words: ClassWords, block: Block, values: Mapping[str, str], lang: str) -> ClassWords:
    """Return the words with a block as it stands in its form. ``lang`` is the language the teacher writes in.

    Fields that are not told stay as they are; rows without any word are left out. Raises ``TextRefused`` with the
    name of the field for a text that is too long.
    """
    _check(values)
    now = {**values_of(words, block), **values}
    try:
        if block == "learning":
            return words.but(learning=tuple(_learning(words, now, lang)))
        if block == "contacts":
            return words.but(contacts=tuple(_contacts(now)))
        changed = changed_passage(getattr(words, block), now.get("text", ""), lang)
        if block == "invitation":
            return words.but(invitation=changed, place=now.get("place", ""))
        return words.but(**{block: changed})
    except ValidationError as error:  # what was checked above leaves nothing we know of
        raise TextRefused("This does not fit here. Look at it once more.") from error


def _check(values: Mapping[str, str]) -> None:
    for name, text in values.items():
        long = name.startswith(("words", "text"))
        if len(text) > (LONGEST_TEXT if long else _LONGEST_LINE):
            raise TextRefused(
                "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
                field=name,
            )


def _learning(words: ClassWords, now: Mapping[str, str], lang: str) -> Iterator[Learning]:
    for n in range(MOST_ROWS):
        subject, text = now.get(f"subject-{n}", "").strip(), _clean(now.get(f"words-{n}", ""))
        if not subject and not text:
            continue
        same = (one.words for one in words.learning if one.words.text == text and text)
        named = (one.words for one in words.learning if one.subject == subject and subject)
        before = next(same, None) or next(named, None) or Passage()
        yield Learning(subject=subject, words=changed_passage(before, text, lang))


def _contacts(now: Mapping[str, str]) -> Iterator[Contact]:
    for n in range(MOST_ROWS):
        name, about, reach = (now.get(f"{part}-{n}", "").strip() for part in ("name", "about", "reach"))
        if name or about or reach:
            yield Contact(name=name, about=about, reach=reach)


def changed_passage(before: Passage, text: str, lang: str) -> Passage:
    """Return a text as it was written anew. Translations stay; where the words changed, each becomes a draft."""
    cleaned = _clean(text)
    if cleaned == before.text:
        return before
    drafts = tuple(t.but(made_by="draft") if t.made_by == "human" else t for t in before.translations)
    return Passage(text=cleaned, lang=lang, translations=drafts)


def _clean(text: str) -> str:
    return str(clean_text(text)).strip()


# ------------------------------------------------------------------------------------------ in other languages


def passages(words: ClassWords) -> Iterator[tuple[str, str, Passage]]:
    """Yield every text that may be put into other languages: a name for its field, what it is, the text.

    What it is: a subject, or a message id of ours. Texts that say nothing are left out.
    """
    for n, one in enumerate(words.learning):
        if one.words:
            yield f"learning-{n}", one.subject, one.words
    for block in _ONE_TEXT:
        passage: Passage = getattr(words, block)
        if passage:
            yield block, BLOCKS[block], passage


def in_language(words: ClassWords, lang: str) -> dict[str, Translation]:
    """Return what there is in a language already, by the field of its text."""
    found = ((name, passage.translated(lang)) for name, _, passage in passages(words))
    return {name: there for name, there in found if there is not None}


def language_version(words: ClassWords, lang: str) -> int:
    """Return a number that is another one when the texts, or what they are in a language, say something else."""
    there = in_language(words, lang)
    said = [(name, p.text, t.text if (t := there.get(name)) else "") for name, _, p in passages(words)]
    return zlib.crc32(repr(said).encode("utf-8", "surrogatepass"))


def put_into(words: ClassWords, lang: str, values: Mapping[str, str], *, read_by: str = "") -> ClassWords:
    """Return the words with these texts in another language, by field; empty ones are taken away.

    ``read_by`` is who has read all of them beside the original; without anybody, those that changed are drafts.
    What stands in another language stays. Raises ``TextRefused`` with the name of the field.
    """
    for name, text in values.items():
        if len(text) > LONGEST_TEXT:
            raise TextRefused(
                "This text is too long to keep. Take out a part. Nothing that was written before is lost.",
                field=name,
            )

    def put(name: str, passage: Passage) -> Passage:
        if name not in values:
            return passage
        text, others = _clean(values[name]), tuple(t for t in passage.translations if t.lang != lang)
        if not text:
            return passage.but(translations=others)
        same = next((t for t in passage.translations if (t.lang, t.text) == (lang, text)), None)
        if same and not read_by:
            return passage
        made = Translation(lang=lang, text=text, made_by="human" if read_by else "draft", translator=read_by)
        return passage.but(translations=(*others, made))

    learning = tuple(one.but(words=put(f"learning-{n}", one.words)) for n, one in enumerate(words.learning))
    rest = {block: put(block, getattr(words, block)) for block in _ONE_TEXT}
    return words.but(learning=learning, **rest)
