"""Last time's promises, on the deck: whoever made one says how far it is. Nothing is compared.

What a child says of its own stands in its book of this round, as a look back; what adults say of theirs stands with
the promise, in the book it was made in. So the teacher's desk and the next round read the same words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portfolio.errors import InputRefused
from portfolio.model import Agreement, Book, LookBack, Passage, Progress
from portfolio.moments.conference.table import Table
from portfolio.moments.conference.together import Sheet, gone, history, write
from portfolio.moments.room import Asked, Outcome
from portfolio.rules import family_view as v
from portfolio.rules import for_audience
from portfolio.rules.cards import look_back_on
from portfolio.rules.promised import looked_back_on
from portfolio.rules.running_order import running_order
from portfolio.views.phrases import PROGRESS
from portfolio.views.safe import SafePage
from portfolio.views.table import BackLine, BackPart, render


@dataclass(frozen=True)
class _Mark:
    """Where the word for a promise is kept: the entry as it is now, and the book it stands in."""

    entry: Agreement | LookBack
    book: str
    field: str


class BackPiece:
    """How far last time's promises are."""

    def parts(self, table: Table, book: Book) -> Mapping[str, SafePage]:
        """Return a part for each screen with promises of last time: ``live-back-<scene>``."""
        left = list(looked_back_on(book.earlier))
        found = {}
        for scene in running_order(for_audience(book, "conference")):
            content = scene.part.content if scene.part and scene.kind != "chart" else None
            if isinstance(content, v.LookBacksPart) and content.promises:
                lines = tuple(_lines(table, book, content, left))
                found[f"live-back-{scene.name}"] = render(BackPart(table.say, lines))
        return found

    def do(self, table: Table, asked: Asked) -> Outcome | None:
        """Keep the word for a promise."""
        if asked.what != "mark":
            return None
        book = table.book
        promises = looked_back_on(book.earlier)
        key = asked.one("promise")
        promise = next((one for p, one in promises if _key(p.meta.portfolio_id, one) == key), None)
        portfolio_id = next((p.meta.portfolio_id for p, one in promises if one is promise), "")
        if promise is None:
            raise gone()
        told = asked.one("how")
        word = next((one for one in PROGRESS if (one or "") == told), "")
        if word == "" or "how" not in asked.values:
            raise InputRefused("Choose one of the words.", field="how")
        mark = _mark(book, portfolio_id, promise)
        done = write(table, _sheet(mark), lambda one: one.but(**{mark.field: word}), asked.version)
        return Outcome(version=done.version)


def _lines(
    table: Table, book: Book, content: v.LookBacksPart, left: list[tuple[Any, Agreement]]
) -> Iterator[BackLine]:
    """Yield a line for each promise of a screen; the promises behind them are taken out of those that are ``left``."""
    for seen in content.promises:
        at = next(
            (n for n, (_, one) in enumerate(left) if (one.who, one.what) == (seen.who, seen.promised)), None
        )
        if at is None:
            continue
        portfolio, promise = left.pop(at)
        mark = _mark(book, portfolio.meta.portfolio_id, promise)
        past = history(table, mark.book, mark.entry.entry_id)
        yield BackLine(
            key=_key(portfolio.meta.portfolio_id, promise),
            who=seen.who,
            name=seen.name,
            words=seen.promised,
            how_far=seen.how_far,
            because=_because(table, seen),
            version=past[-1].version if past else 0,
        )


def _because(table: Table, seen: v.LookBackSeen) -> tuple[str, Passage] | None:
    said = seen.because
    return (table.say(said.lead), said.words) if said and said.words else None


def _key(portfolio_id: str, promise: Agreement) -> str:
    return f"{portfolio_id}/{promise.entry_id}"


def _mark(book: Book, portfolio_id: str, promise: Agreement) -> _Mark:
    if promise.who != "student":
        return _Mark(promise, portfolio_id, "how_far")
    mine = book.portfolio
    back = next((one for one in mine.look_backs if one.promise_id == promise.entry_id), None)
    return _Mark(back or look_back_on(promise), mine.meta.portfolio_id, "result")


def _sheet(mark: _Mark) -> Sheet[Any]:
    def shown(one: Agreement | LookBack) -> dict[str, tuple[str, ...]]:
        word: Progress | None = getattr(one, mark.field)
        return {"how": (word or "",)}

    return Sheet(mark.entry, {mark.field: ("how",)}, shown, book=mark.book)
