"""Days for a family's own calendar, as a file every calendar reads (iCalendar, RFC 5545).

Nothing but whole days: no time, no place, nobody's address, nothing anybody wrote. The same day has the same name
(UID) each time, so that a file opened twice is one day and not two.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

_LONGEST: Final = 75  # bytes of a line
_NAMES: Final = uuid.UUID("6f2d8c1e-6a54-5d0b-9a0b-0c7be3c1a2f4")
_ESCAPED: Final = re.compile(r"([\\;,])")
_NOT_PRINTED: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True)
class CalendarDay:
    """One whole day: ``about`` names what it is for, the same each time; ``title`` and ``words`` are read by people."""

    about: str
    on: date
    title: str
    words: str = ""


def calendar_file(days: Sequence[CalendarDay], *, stamp: datetime, lang: str) -> bytes:
    """Return a calendar of these days, in their order. ``stamp`` is when it was made, ``lang`` the language of the texts."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Portfolio//Student-led meetings//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        *(line for day in days for line in _event(day, stamp, lang)),
        "END:VCALENDAR",
    ]
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode("utf-8")


def _event(day: CalendarDay, stamp: datetime, lang: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uuid.uuid5(_NAMES, day.about)}"
    yield f"DTSTAMP:{stamp.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{_day(day.on)}"
    if day.on < date.max:
        yield f"DTEND;VALUE=DATE:{_day(day.on + timedelta(days=1))}"
    yield f"SUMMARY;LANGUAGE={lang}:{_escaped(day.title)}"
    if day.words:
        yield f"DESCRIPTION;LANGUAGE={lang}:{_escaped(day.words)}"
    yield "CLASS:PRIVATE"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _day(day: date) -> str:
    return day.isoformat().replace("-", "")


def _escaped(text: str) -> str:
    """Return a text as a value: its own signs marked, its lines in one, nothing that is no sign."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _ESCAPED.sub(r"\\\1", _NOT_PRINTED.sub(" ", text)).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most 75 bytes, the further ones begun with a blank; no sign is cut in two."""
    part, size = "", 0
    for sign in line:
        width = len(sign.encode("utf-8"))
        if size + width > _LONGEST:
            yield part
            part, size = " ", 1
        part += sign
        size += width
    yield part
