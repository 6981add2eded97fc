"""What forms that keep themselves were shown with, so that two who write at once lose nothing.

The class and its children have no version in the store. A form's version is a number made of what stood in
it; what stood in it is remembered here as long as the desk is open. Where both changed one field, both are shown.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from portfolio.errors import ChangedMeanwhile, InputRefused
from portfolio.model.record import clean_text
from portfolio.moments.room import Asked

Values = Mapping[str, str]
"""What stands in the fields of a form, by their names. A box that is ticked is "1", else ""."""

MOST_REMEMBERED: Final = 1_000
LONGEST_LINE: Final = 2_000
"""Characters of one line (``portfolio.model.record.Line``)."""


@dataclass(frozen=True)
class Merged:
    """What is to be kept, field by field; what stands in the form; what it was, as far as the form knows."""

    values: Values
    form: Values
    known: Values
    changed: frozenset[str]


class Shown:
    """What the forms of one desk were shown with, by the version they carry."""

    def __init__(self) -> None:
        self._by_version: OrderedDict[int, tuple[dict[str, str], dict[str, str]]] = OrderedDict()

    def version(self, values: Values) -> int:
        """Remember what a form shows and return the version it carries."""
        return self._remembered(values, values)

    def version_after(self, done: Merged, now: Values) -> int:
        """Return the version of a form whose words were kept; ``now`` is how they are kept."""
        known = {name: now[name] if name in done.changed else was for name, was in done.known.items()}
        return self._remembered(done.form, known)

    def _remembered(self, form: Values, known: Values) -> int:
        both = (dict(form), dict(known))
        digest = hashlib.sha256(json.dumps(both, sort_keys=True).encode()).hexdigest()
        version = int(digest[:12], 16)  # 48 bits: exact in a browser
        self._by_version[version] = both
        self._by_version.move_to_end(version)
        while len(self._by_version) > MOST_REMEMBERED:
            self._by_version.popitem(last=False)
        return version

    def merged(self, asked: Asked, now: Values, ticks: frozenset[str] = frozenset()) -> Merged:
        """Return what is to be kept. ``now`` is what is kept at present, by field.

        Fields the form does not send stay as they are, but boxes (``ticks``) that are not sent are empty.
        Raises ``ChangedMeanwhile`` where a field was changed here and by somebody else since the form was
        shown; it carries all that differs.
        """
        was = self._by_version.get(-1 if asked.version is None else asked.version)
        if was is None and asked.version == self.version(now):
            was = (dict(now), dict(now))
        form, known = was or ({}, {})
        mine = {name: _told(asked, name, form.get(name, now[name]), name in ticks) for name in now}
        changed = {name for name in now if mine[name] != form.get(name) and mine[name] != now[name]}
        if any(known.get(name) != now[name] for name in changed):
            raise ChangedMeanwhile(
                "Somebody else changed this while you wrote. Nothing is lost: choose which words to keep.",
                theirs={name: told for name, told in now.items() if told != mine[name]},
                version=self.version(now),
            )
        values = {name: mine[name] if name in changed else told for name, told in now.items()}
        return Merged(values, mine, known or now, frozenset(changed))


def _told(asked: Asked, name: str, otherwise: str, is_tick: bool) -> str:
    if is_tick:
        return "1" if asked.ticked(name) else ""
    return asked.one(name) if name in asked.values else otherwise


def line(asked_text: str, field: str, most: int = LONGEST_LINE) -> str:
    """Return a text as one line, cleaned. Raises ``InputRefused`` (naming the field) if it is far too long."""
    cleaned = " ".join(str(clean_text(asked_text)).split())
    if len(cleaned) > most:
        raise InputRefused(
            "This is too long for one line: it has {n} letters, and there is room for {most}. Take a part out.",
            n=len(cleaned),
            most=most,
            field=field,
        )
    return cleaned
