"""What was cut off on the phone, gone for good: an edit list hides pictures and sounds, but leaves them in.

A child cuts a film because something at its beginning or end is not for others. What lies before and after
the shown part is dropped here, except for the few pieces a decoder needs to begin: a picture is packed as the
difference to others, back to the last one that is whole.
"""

from __future__ import annotations

from itertools import accumulate

from portfolio.media.mp4_samples import Samples
from portfolio.media.mp4_tracks import Edit, Track

_USUAL_RATE = 1 << 16

_ROOM = 10
"""A tenth of a second is left around: decoders of sound need what comes before, and clocks are rounded."""


def trim(track: Track, film_scale: int) -> None:
    """Drop the pieces of ``track`` that its edit list does not show, and move the list along."""
    shown = [edit for edit in track.edits if edit.start >= 0]
    if not shown or any(edit.rate != _USUAL_RATE for edit in shown):
        return
    room = track.scale // _ROOM
    begin = min(edit.start for edit in shown) - (room if track.kind == "sound" else 0)
    end = max(edit.start - (-edit.lasting * track.scale // film_scale) for edit in shown) + room
    samples = track.samples
    turns = [0, *accumulate(samples.lasting)]
    times = [turn + _signed(shift) for turn, shift in zip(turns, samples.shifts, strict=False)]
    first = max((at for at, time in enumerate(times) if time <= begin and samples.jumps[at]), default=0)
    last = max((at for at, time in enumerate(times) if time < end), default=len(times) - 1)
    if first == 0 and last == len(times) - 1:
        return
    track.samples = _part(samples, first, max(first, last) + 1)
    track.edits = [
        Edit(edit.lasting, edit.start - turns[first] if edit.start >= 0 else edit.start, edit.rate)
        for edit in track.edits
    ]


def _signed(shift: int) -> int:
    """Return a shift that may be below zero."""
    return shift - (1 << 32) if shift >= 1 << 31 else shift


def _part(samples: Samples, first: int, end: int) -> Samples:
    """Return the pieces from ``first`` up to ``end``."""
    return Samples(
        offsets=samples.offsets[first:end],
        sizes=samples.sizes[first:end],
        lasting=samples.lasting[first:end],
        shifts=samples.shifts[first:end],
        jumps=samples.jumps[first:end],
        entries=samples.entries[first:end],
        chunks=[0, *(chunk - first for chunk in samples.chunks if first < chunk < end)],
        shift_version=samples.shift_version,
    )
