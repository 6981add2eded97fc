"""A section of the desk as plain data: what the controls in the browser draw.

Everything is JSON: texts are already in the child's language, values as :mod:`portfolio.rules.filling`
describes them. The keys are listed in :mod:`portfolio.widgets.wire`.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.errors import N_
from portfolio.model import Column, Entry, Portfolio, Prompt, Section
from portfolio.rules.answers import earlier_answers, kept
from portfolio.rules.cards import Card
from portfolio.rules.filling import value_of
from portfolio.rules.shown import who_sees
from portfolio.words import Speech

Thumb = Callable[[str], bytes]
"""Gives the bytes (WebP) of the small copy of a picture by its SHA-256 in hex."""

MediaAddress = Callable[[str, str, int], str]
"""Gives the address a page plays a recording from, by SHA-256, suffix and size in bytes; "" if there is none."""

SpokenAddress = Callable[[str], str]
"""Gives the address of a recorded question by its file name; "" if there is none."""

PictureAddress = Callable[[str], str]
"""Gives the address of a picture that helps with a question by its file name; "" if there is none."""

WordsIn = Callable[[Entry, str, Prompt, object], list[dict[str, Any]] | None]
"""Gives the school words of an answer (entry, field, prompt, value), as ``SchoolWord`` of the wire describes
them; ``None`` where nobody looks for any."""

_BESIDE: Mapping[str, str] = {
    "photos": N_("Pictures for: {question}"),
    "media": N_("Recordings for: {question}"),
}
"""What the other ways to answer a question are called, by control."""

_RECORDS = ("strengths", "work", "growth_pairs", "growing", "goals", "agreements")


@dataclass(frozen=True)
class FormMaker:
    """Makes forms for one desk: its language, its pictures, the versions its records have now.

    ``versions`` maps entry ids to versions; an id that is missing has not been kept yet (version 0).
    ``earlier`` are the rounds before, oldest first.
    """

    say: Speech
    thumb: Thumb
    portfolio: Portfolio
    versions: Mapping[str, int]
    media: MediaAddress = lambda *_: ""  # without a server nothing is played
    spoken: SpokenAddress = lambda _: ""
    earlier: tuple[Portfolio, ...] = ()
    school_words: WordsIn = lambda *_: None
    pictures: PictureAddress = lambda _: ""

    def form(self, section: Section, title: str, cards: tuple[Card, ...]) -> dict[str, Any]:
        """Return a whole section: its texts, its cards, whether cards may be added and moved."""
        records = section.holds in _RECORDS
        kept = section.kept_for_the_table
        return {
            "section": section.section_id,
            "title": self.say(title),
            "icon": section.icon,
            "intro": self.say(section.intro),
            "each": self.say(section.each),
            "add": self.say(section.add) or self.say(N_("One more")),
            "at_least": section.at_least,
            "at_most": section.at_most,
            "kept_for_the_table": kept,
            "addable": records and len(cards) < section.at_most,
            "movable": records and section.at_most > 1,
            "who_sees": who_sees(self.portfolio.meta, section),
            "steps": {"back": False, "forth": False},
            "cards": [self.card(section, card, n) for n, card in enumerate(cards, 1)],
        }

    def card(self, section: Section, card: Card, n: int) -> dict[str, Any]:
        """Return one card, the ``n``-th of its section (1, 2, …)."""
        entry = card.entry
        title = card.promised.text or ", ".join(self.say(choice.label) for choice in card.picked)
        return {
            "entry_id": entry.entry_id,
            "version": self.versions.get(entry.entry_id, 0),
            "title": title or self.say(section.each).replace("{n}", str(n)),
            "removable": section.holds in _RECORDS and entry.entry_id in self.versions,
            "fields": [self.field(card, field, prompt) for field, prompt in card.asks],
        }

    def field(self, card: Card, field: str, prompt: Prompt) -> dict[str, Any]:
        """Return one question with its choices and what was answered."""
        value = value_of(card.entry, field, prompt)
        if prompt.control in ("photos", "media"):
            value = [self.shown(one) for one in value]
        words = self.school_words(card.entry, field, prompt, value)
        return {
            "field": field,
            "ask": self.say(prompt.ask),
            "control": prompt.control,
            "hint": self.say(prompt.hint),
            "lead": self.say(prompt.lead),
            "starters": [self.say(starter) for starter in prompt.starters],
            "words": prompt.words,
            "at_most": prompt.at_most,
            "choices": self._pieces() if prompt.control == "piece" else self._choices(prompt),
            "columns": [self._column(column) for column in prompt.columns],
            "value": value,
            "lang": getattr(kept(card.entry, field), "lang", self.portfolio.meta.language),
            "spoken": self.spoken(prompt.spoken) if prompt.spoken else "",
            "besides": [self._beside(card, *ask) for ask in card.besides(field, prompt)],
            "earlier": self._earlier(card, field, prompt),
            **({} if words is None else {"school_words": words}),
            **self._help(prompt),
        }

    def _help(self, prompt: Prompt) -> dict[str, Any]:
        """Return the picture that helps with a question, and what it shows; nothing where there is none."""
        src = self.pictures(prompt.picture) if prompt.picture else ""
        return {"help": {"src": src, "alt": self.say(prompt.picture_alt)}} if src else {}

    def _beside(self, card: Card, place: str, prompt: Prompt) -> dict[str, Any]:
        """Return another way to answer a question for words, named after it."""
        ask = self.say(_BESIDE[prompt.control], question=self.say(prompt.ask))
        return {**self.field(card, place, prompt), "ask": ask}

    def _earlier(self, card: Card, field: str, prompt: Prompt) -> list[dict[str, Any]]:
        told = earlier_answers(self.earlier, card.entry, field, prompt)
        return [{"round": name, "word": self.say(choice.label), "icon": choice.icon} for name, choice in told]

    def shown(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """Return a picture or medium with what only a page needs: a small copy, an address to play it from."""
        pages = value.get("pages") or [value.get("poster")]
        seen = value if "kind" not in value else pages[0]
        more = {"thumb": self.thumb_address(seen["sha256"])} if seen else {}
        if value.get("kind") in ("sound", "video"):
            more["src"] = self.media(value["sha256"], value["suffix"], value["size"])
        return {**value, **more}

    def thumb_address(self, sha256: str) -> str:
        """Return the small copy of a picture as a ``data:`` address."""
        return "data:image/webp;base64," + base64.b64encode(self.thumb(sha256)).decode("ascii")

    def _column(self, column: Column) -> dict[str, Any]:
        """Return one small line of a row; where somebody agreed or not, with two words to choose from."""
        line: dict[str, Any] = {"field": column.field, "ask": self.say(column.ask)}
        if column.field == "agreed":
            words = {"yes": self.say(N_("yes")), "no": self.say(N_("no"))}
            line["choices"] = [{"id": one, "label": word, "icon": None} for one, word in words.items()]
        return line

    def _choices(self, prompt: Prompt) -> list[dict[str, Any]]:
        return [{"id": c.id, "label": self.say(c.label), "icon": c.icon} for c in prompt.choices]

    def _pieces(self) -> list[dict[str, Any]]:
        """Return the work samples one can point to, by title, else by number."""
        return [
            {
                "id": piece.entry_id,
                "label": piece.title.text or self.say(N_("Piece {n}"), n=n),
                "icon": "work",
            }
            for n, piece in enumerate(self.portfolio.work, 1)
        ]
