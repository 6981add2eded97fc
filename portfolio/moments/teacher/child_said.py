"""What a child said, in words and pictures a teacher reads: from the data of a desk's form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from portfolio.errors import N_
from portfolio.model import Book, Prompt, Section, Work
from portfolio.rules.cards import Card
from portfolio.rules.filling_parts import medium_value, photo_value
from portfolio.rules.unasked import Unasked
from portfolio.views.forms import FormMaker
from portfolio.views.teacher.child_page import MediumSeen, PictureSeen, SaidHere
from portfolio.words import Speech

_IN_PLAIN = re.compile(r"[_.-]+")

WHAT: Mapping[str, str] = {
    "sound": N_("A recording"),
    "video": N_("A film"),
    "document": N_("A document"),
    "writing": N_("A text"),
    "link": N_("A link"),
}
"""What a medium is, in a word."""


@dataclass(frozen=True)
class Teller:
    """Words what stands in one book. ``maker`` gives the form of a card as a desk shows it.

    ``versions`` are those of its entries: only what is kept has one, and only there anybody writes what is in a picture.
    """

    book: Book
    say: Speech
    maker: FormMaker
    versions: Mapping[str, int] = field(default_factory=dict)

    def title(self, section: Section, card: Card, n: int) -> str:
        """Return the title of the ``n``-th card of a page; "" where a page has only one thing to say."""
        if isinstance(card.entry, Work) and card.entry.title:
            return card.entry.title.text.strip()
        form = self.maker.card(section, Card(card.entry, (), card.promised, card.picked), n)
        return str(form["title"])

    def card(self, card: Card, *, only_words: bool = False) -> Iterator[SaidHere]:
        """Yield each question of a card with what was said to it, also where that is nothing.

        ``only_words`` leaves pictures and recordings out: quick, for a first look.
        """
        for name, prompt in card.asks:
            if only_words and prompt.control in ("photos", "media"):
                continue
            yield self.field(card, name, prompt, only_words=only_words)

    def field(self, card: Card, name: str, prompt: Prompt, *, only_words: bool = False) -> SaidHere:
        """Return one question and what was said to it, in words and beside them."""
        bare = _Bare(card.entry, card.asks)
        told = self.maker.field(bare if only_words else card, name, prompt)
        pictures, media = self._carried(told, card.entry.entry_id)
        in_words = isinstance(told["value"], str) and told["control"] in ("line", "long")
        return SaidHere(
            ask=told["ask"],
            lead=told["lead"],
            words=told["value"].strip() if in_words else "",
            lang=told["lang"],
            picks=self._picks(told),
            rows=tuple(self._rows(told)),
            days=tuple(self._days(told)),
            pictures=pictures,
            media=media,
        )

    def _carried(
        self, told: Mapping[str, Any], entry_id: str
    ) -> tuple[tuple[PictureSeen, ...], tuple[MediumSeen, ...]]:
        fields = (told, *told["besides"])
        pictures = [
            self._in_place(value, entry_id, f"{entry_id}.{one['field']}.{n}")
            for one in fields
            if one["control"] == "photos"
            for n, value in enumerate(one["value"])
        ]
        media = [one for place in fields if place["control"] == "media" for one in place["value"]]
        return tuple(pictures), tuple(map(self._medium, media))

    def _in_place(self, value: Mapping[str, Any], entry_id: str, key: str) -> PictureSeen:
        """Return a picture of an entry that is kept with its place: there a teacher may write what is written in it."""
        seen, version = self._picture(value), self.versions.get(entry_id, 0)
        if not version:
            return seen
        return replace(seen, sha256=value["sha256"], entry_id=entry_id, version=version, key=key)

    def _picks(self, told: Mapping[str, Any]) -> tuple[tuple[str, str | None], ...]:
        if told["control"] not in ("picks", "one", "scale", "piece") or not told["value"]:
            return ()
        value = told["value"] if isinstance(told["value"], list) else [told["value"]]
        known = {choice["id"]: (choice["label"], choice["icon"]) for choice in told["choices"]}
        return tuple(known.get(one) or self._label(str(one)) for one in value)

    def _rows(self, told: Mapping[str, Any]) -> Iterator[str]:
        if told["control"] != "rows":
            return
        words = {column["field"]: dict(_labels(column)) for column in told["columns"]}
        for row in told["value"]:
            cells = (words.get(name, {}).get(cell, cell) for name, cell in row.items() if cell)
            line = " · ".join(str(cell) for cell in cells)
            if line:
                yield line

    def _days(self, told: Mapping[str, Any]) -> Iterator[str]:
        if told["control"] in ("date", "dates") and told["value"]:
            days = told["value"] if isinstance(told["value"], list) else [told["value"]]
            yield from (self.say.day(date.fromisoformat(day)) for day in days)

    def _picture(self, value: Mapping[str, Any], address: str = "") -> PictureSeen:
        alt = value["alt"] or self.say("A picture {name} chose. Nobody has described it yet.", name=self.name)
        looks = tuple(mark["words"] or self.say("Look here") for mark in value["looks"])
        thumb = address or value.get("thumb", "")
        shown = thumb if not thumb.endswith(",") else ""
        return PictureSeen(
            shown,
            value["width"],
            value["height"],
            alt,
            value["caption"],
            looks,
            value["others"],
            value["written"],
        )

    def _medium(self, value: Mapping[str, Any]) -> MediumSeen:
        kind = value["kind"]
        pages = value.get("pages") or ([value["poster"]] if value.get("poster") else [])
        pictures = tuple(
            self._picture({**page, "thumb": self.maker.thumb_address(page["sha256"])}) for page in pages
        )
        return MediumSeen(
            kind=kind,
            what=self.say(WHAT[kind]),
            caption=value["caption"],
            address=value.get("address", "") if kind == "link" else value.get("src", ""),
            heard=value.get("transcript", "") or value.get("alt", ""),
            text=value.get("text", ""),
            code=value.get("sort") == "code",
            pages=pictures,
        )

    def unasked(self, one: Unasked) -> SaidHere:
        """Return what stands in a place without its question."""
        pictures = tuple(
            self._picture({**photo_value(picture), "thumb": self.maker.thumb_address(picture.sha256)})
            for picture in one.pictures
        )
        return SaidHere(
            ask="",
            words="\n\n".join(passage.text.strip() for passage in one.words),
            lang=one.words[0].lang if one.words else self.book.portfolio.meta.language,
            picks=tuple(map(self._label, one.picks)),
            days=tuple(self.say.day(day) for day in one.days),
            pictures=pictures,
            media=tuple(self._medium(self.maker.shown(medium_value(medium))) for medium in one.media),
        )

    def _label(self, pick: str) -> tuple[str, str | None]:
        """Return the word for something picked: as any question still words it, else its own name."""
        piece = self.book.portfolio.piece(pick)
        if piece is not None:
            return piece.title.text or self.say("A piece of work"), "work"
        return self._choices.get(pick) or (_IN_PLAIN.sub(" ", pick), None)

    @cached_property
    def _choices(self) -> Mapping[str, tuple[str, str | None]]:
        asks = (prompt for section in self.book.template.sections for prompt in section.prompts)
        return {one.id: (self.say(one.label), one.icon) for prompt in asks for one in prompt.choices}

    @property
    def name(self) -> str:
        """What the child is called."""
        return self.book.student.name


class _Bare(Card):
    """A card of which only the words are told."""

    def besides(self, field: str, prompt: Prompt) -> tuple[tuple[str, Prompt], ...]:
        """Return no other ways to answer, whatever is asked."""
        del field, prompt
        return ()


def _labels(column: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    yield from ((choice["id"], choice["label"]) for choice in column.get("choices", ()))
