"""Files that a page brings into one sheet: what has been seen of them, and the work that takes its time.

Cleaning a film or a document takes seconds. It happens in one thread beside the kernel's own, so that the
page hears all the while that its kernel lives; the answer is sent from the kernel's own thread again.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any, TypeVar, cast

from portfolio.errors import InputRefused
from portfolio.store.uploads import LARGEST_PART
from portfolio.widgets.brought import TO_THE_PAGE, known_as
from portfolio.widgets.keeper import Brought, Carrier, SheetKeeper
from portfolio.widgets.plain import strange
from portfolio.widgets.wire import Answer, Card, Field, Value, every_field

T = TypeVar("T")

CARRIERS = ("photos", "media")

AT_ONCE = 4  # files of a sheet that wait to be cleaned; a page sends one after the other


@cache
def _beside() -> ThreadPoolExecutor:
    """Return the one thread in which files are cleaned: two films at once would need twice the memory."""
    return ThreadPoolExecutor(1, thread_name_prefix="cleaning")


def later(work: Callable[[], T], done: Callable[[Callable[[], T]], None]) -> None:
    """Do ``work`` beside the event loop, and call ``done`` in the loop with what gives (or raises) its result.

    Where no loop runs (in a test, in a script) both happen at once.
    """
    try:
        loop = asyncio.get_running_loop()
    except RuntimeError:
        done(work)
        return
    _beside().submit(work).add_done_callback(
        lambda ended: loop.call_soon_threadsafe(done, cast("Callable[[], T]", ended.result))
    )


class Bringing:
    """What one sheet knows of pictures and media, and the files that are on their way to it."""

    def __init__(self, keeper: SheetKeeper) -> None:
        """Know nothing yet; ``keeper`` is asked for what came in before this page was opened."""
        self._keeper = keeper
        self._known: dict[str, Any] = {}
        self._under_way: set[str] = set()

    # ------------------------------------------------------------------------------------- what is known

    def look(self, cards: Sequence[Card]) -> None:
        """Take note of everything that stands in these cards."""
        for field in every_field(cards):
            if field["control"] in CARRIERS:
                self._note(field["value"] or ())

    def known(self, given: Value) -> Mapping[str, Any]:
        """Return what we know, by :func:`~portfolio.widgets.brought.known_as`.

        If ``given`` names something else, the keeper is asked what came in lately: a page that was loaded
        again has what an earlier one brought.
        """
        if any(name not in self._known for name in _names(given)):
            self._note(self._keeper.brought())
        return self._known

    def shown(self, field: Field, value: Value) -> Value:
        """Return a kept value as a page needs it: with small copies and addresses."""
        if field["control"] not in CARRIERS:
            return value
        return [{**one, **self._for_the_page(one)} for one in value]

    def _for_the_page(self, one: Mapping[str, Any]) -> dict[str, Any]:
        seen = self._known.get(known_as(one), {})
        return {name: seen[name] for name in TO_THE_PAGE if name in seen}

    def _note(self, values: Sequence[Mapping[str, Any]]) -> None:
        self._known.update({known_as(one): one for one in values})

    # ------------------------------------------------------------------------------------ what comes in

    def answer(self, field: Field, said: Mapping[str, Any], buffers: Sequence[Any]) -> Answer:
        """Answer a question about a file, a part of one, or a link."""
        control = _carrier(field)
        if said["type"] == "media_link":
            if control != "media":
                raise _no_place()
            return self._ok(said, self._keeper.link(said["address"]))
        if said["type"] == "media_whole":
            return self._whole(field, said)
        if said["type"] == "media_where":
            have = self._keeper.where(said["upload"])
        elif len(buffers) == 1:
            have = self._keeper.part(said["upload"], said["offset"], bytes(buffers[0]), said["size"])
        else:
            raise strange()
        answer: Any = {"type": "media_have", **_about(said), "upload": said["upload"], "have": have}
        return cast("Answer", answer)

    def take(
        self,
        field: Field,
        said: Mapping[str, Any],
        buffers: Sequence[Any],
        done: Callable[[Callable[[], Answer]], None],
    ) -> None:
        """Clean and keep a file; ``done`` gets what gives the answer. Nothing happens if that is under way."""
        control, upload = _carrier(field), said["upload"]
        if len(buffers) > 1:
            raise strange()
        if upload in self._under_way:
            return
        if len(self._under_way) >= AT_ONCE:
            raise strange()
        still = bytes(buffers[0]) if buffers and len(buffers[0]) <= LARGEST_PART else b""
        work = partial(self._keeper.take, control, upload, said["size"], said["name"], still)
        self._under_way.add(upload)

        def ended(made: Callable[[], Brought]) -> None:
            self._under_way.discard(upload)
            done(lambda: self._ok(said, made()))

        later(work, ended)

    def _whole(self, field: Field, said: Mapping[str, Any]) -> Answer:
        """Answer with a picture in its full size; only one that stands in this field or has just come in."""
        seen = self.known([{"sha256": said["sha256"]}]).get(said["sha256"], {"kind": ""})
        if field["control"] != "photos" or "kind" in seen:
            raise strange()
        data = base64.b64encode(self._keeper.whole(said["sha256"])).decode("ascii")
        answer: Any = {"type": "media_whole", **_about(said), "picture": f"data:image/webp;base64,{data}"}
        return cast("Answer", answer)

    def _ok(self, said: Mapping[str, Any], made: Brought) -> Answer:
        self._note([made])
        answer: Any = {"type": "media_ok", **_about(said), "medium": made}
        return cast("Answer", answer)


def _about(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said[name] for name in ("entry", "field", "rev")}


def _names(given: Value) -> Iterator[str]:
    """Yield the names of what a page speaks of, as far as it speaks sense."""
    for one in given if isinstance(given, list) else ():
        if isinstance(one, dict) and one.get("kind") not in ("writing", "link"):
            yield known_as(one)


def _carrier(field: Field) -> Carrier:
    control = field["control"]
    if control != "photos" and control != "media":  # noqa: PLR1714 - so that its type is known
        raise _no_place()
    return control


def _no_place() -> InputRefused:
    return InputRefused("This is no place for a file.")
