# long: every sentence about a run stands in one place
"""What became of the files for homes, in words: for the command line, for the teacher's desk, and as a page that prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from portfolio.errors import InputRefused, many
from portfolio.moments.sent import Run, Sent
from portfolio.store.atomic import told_kindly, write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.views.phrases import size_in_words
from portfolio.views.room import Missing
from portfolio.views.safe import SafePage
from portfolio.words import Speech
from portfolio.words import say as say_error

if TYPE_CHECKING:
    from portfolio.views.run_list import HomeLine

_HEAD: Final = 2_000
_OURS: Final = (b'<html class="pf" ', b' data-run="list"')
"""What stands at the beginning of every report."""

_NO_ROOM: Final = {
    "picture": many("{n} picture is too large for the file.", "{n} pictures are too large for the file."),
    "sound": many("{n} recording is too large for the file.", "{n} recordings are too large for the file."),
    "film": many("{n} film is too large for the file.", "{n} films are too large for the file."),
    "page": many(
        "{n} page of a document is too large for the file.",
        "{n} pages of documents are too large for the file.",
    ),
    "output": many(
        "{n} piece of a teacher’s page is too large for the file.",
        "{n} pieces of a teacher’s page are too large for the file.",
    ),
}
_NOT_THERE: Final = {
    "picture": many(
        "{n} picture is damaged or gone. Put it into the book again, then make the file again.",
        "{n} pictures are damaged or gone. Put them into the book again, then make the file again.",
    ),
    "output": many(
        "{n} piece of a teacher’s page cannot be shown at home.",
        "{n} pieces of a teacher’s page cannot be shown at home.",
    ),
}
_GONE: Final = many(
    "{n} recording or film is damaged or gone. Put it into the book again, then make the file again.",
    "{n} recordings or films are damaged or gone. Put them into the book again, then make the file again.",
)


def report_html(run: Run, say: Speech, *, class_name: str, on: date) -> SafePage:
    """Return the report on a run as a whole HTML page; ``on`` is the day the files were made."""
    from portfolio.views.run_list import RunListPage, render_run_list  # a page only where one is asked for

    page = RunListPage(
        say=say,
        class_name=class_name,
        day=say.day(on),
        summary=tuple(summary(run, say)),
        todo=tuple((name_of(one, say), note) for one in run.sent for note in to_do(one, say)),
        lines=tuple(_lines(run.sent, say)),
        not_looked=tuple(not_looked_at(run.sent, say)),
        tidied=run.tidied.removed,
        left=run.tidied.left,
    )
    return render_run_list(page)


def report_of(folder: ClassFolder, run: Run, say: Speech, *, on: date) -> SafePage:
    """Return :func:`report_html` for a class on disk. Raises ``StorageTrouble`` if its name cannot be read."""
    store = folder.store()
    try:
        return report_html(run, say, class_name=store.school_class().name, on=on)
    finally:
        store.close()


def write_report(page: SafePage, to: Path) -> None:
    """Write a report to a file; a report that is there is replaced, nothing else ever is.

    Raises ``InputRefused`` where something else lies, ``StorageTrouble`` if it cannot be written.
    """
    if to.exists() or to.is_symlink():
        with told_kindly(to):
            head = to.read_bytes()[:_HEAD] if to.is_file() and not to.is_symlink() else b""
        if not all(mark in head for mark in _OURS):
            raise InputRefused(
                "{path} is there already, and it is no report of this kind. Choose another name.", path=to
            )
    if not to.parent.is_dir():
        raise InputRefused("There is no folder {path}. Make it, or choose another place.", path=to.parent)
    write_atomically(to, page.encode("utf-8"))


def summary(run: Run, say: Speech) -> Iterator[str]:
    """Yield how a run went, a sentence each: made, unchanged, left out, without a file, stopped, and the sizes."""
    made = sum(1 for one in run.sent if one.path and not one.unchanged)
    kept = sum(1 for one in run.sent if one.unchanged)
    trouble = sum(1 for one in run.sent if one.trouble)
    stopped = sum(1 for one in run.sent if one.stopped)
    writing = sum(1 for one in run.sent if one.left_out and one.out_for == "writing")
    out = sum(1 for one in run.sent if one.left_out) - writing
    if made or not kept:
        yield say.many("{n} home has a new file.", "{n} homes have a new file.", made)
    if kept:
        yield say.many(
            "{n} file was ready and would be the same again.",
            "{n} files were ready and would be the same again.",
            kept,
        )
    if out:
        yield say.many(
            "{n} was left out, because nobody has looked at the book as it is now.",
            "{n} were left out, because nobody has looked at the books as they are now.",
            out,
        )
    if writing:
        yield say.many(
            "{n} was left out, because the child still writes the book.",
            "{n} were left out, because the children still write the books.",
            writing,
        )
    if trouble:
        yield say.many("{n} could not be made: see below.", "{n} could not be made: see below.", trouble)
    if stopped:
        yield say.many(
            "You stopped before {n} was made. Do the same again, and it goes on from here.",
            "You stopped before {n} were made. Do the same again, and it goes on from here.",
            stopped,
        )
    whole = sum(one.size for one in run.sent if one.path)
    if whole:
        yield say("All pages together: {size}.", size=size_in_words(whole, say))


def swept_lines(run: Run, say: Speech) -> Iterator[str]:
    """Yield what became of files of earlier runs, a sentence each."""
    if run.tidied.removed:
        yield say(
            "Taken away, because they were made for homes as they were before: {files}",
            files=", ".join(run.tidied.removed),
        )
    if run.tidied.left:
        yield say(
            "Older, but changed by somebody, so they are still there: {files}",
            files=", ".join(run.tidied.left),
        )
    if run.tidied.strange:
        yield say(
            "Not made now, but they lie beside a file for a home. Look at them before you send them: {files}",
            files=", ".join(run.tidied.strange),
        )


def _lines(sent: Sequence[Sent], say: Speech) -> Iterator[HomeLine]:
    from portfolio.views.run_list import HomeLine

    for one in sent:
        yield HomeLine(
            name=one.student.name,
            home=home_of(one),
            became=became(one, say),
            files=tuple((path.name, size_in_words(_size(path), say)) for path in one.files),
            notes=tuple(notes(one, say)),
            ready=one.path is not None,
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def home_of(one: Sent) -> str:
    """Return what a home is called, "" where a child has none."""
    return (one.household.label or one.household.household_id) if one.household else ""


def name_of(one: Sent, say: Speech) -> str:
    """Return whose file it is: child and home."""
    home = home_of(one)
    return say("{name}, {home}", name=one.student.name, home=home) if home else one.student.name


def became(one: Sent, say: Speech) -> str:
    """Return what became of the file of one home, in a few words."""
    if one.trouble:
        return say("not made")
    if one.stopped:
        return say("not made yet: you stopped before")
    if one.left_out and one.out_for == "writing":
        return say("left out: the child still writes this book")
    if one.left_out:
        return say("left out: nobody has looked at the book as it is now")
    return say("ready, as it was") if one.unchanged else say("made")


def notes(one: Sent, say: Speech) -> Iterator[str]:
    """Yield what is to be known about the file of one home, a sentence each."""
    yield from to_do(one, say)
    if one.earlier:
        yield say("The file of an earlier time is still there. It says what the book said then.")
    yield from missing_lines([m for m in one.missing if m.why == "no_room"], say)


def to_do(one: Sent, say: Speech) -> Iterator[str]:
    """Yield what somebody has to do about the file of one home, a sentence each."""
    if one.trouble:
        yield say_error(one.trouble, say)
    if one.beside:
        yield say_error(one.beside, say)
    yield from missing_lines([m for m in one.missing if m.why != "no_room"], say)


def missing_lines(missing: Sequence[Missing], say: Speech) -> Iterator[str]:
    """Yield what is not in a file, counted, a sentence for each kind and reason."""
    counted = Counter((one.why, one.kind) for one in missing)
    for (why, kind), n in counted.items():
        texts = _NO_ROOM[kind] if why == "no_room" else _NOT_THERE.get(kind, _GONE)
        yield say.many(*texts, n)


def not_looked_at(sent: Sequence[Sent], say: Speech) -> Iterator[str]:
    """Yield whose book is still being written, and which no teacher has looked at as it is: a sentence for each, with names."""
    made = dict.fromkeys(one.student.name for one in sent if one.writing and one.path)
    if made:
        yield say("Made as they are now, though the child still writes: {names}", names=", ".join(made))
    told = {
        "not_yet": say("No teacher has looked at the book yet: {names}"),
        "changed_since": say("Changed since a teacher looked at the book: {names}"),
    }
    for state, line in told.items():
        names = dict.fromkeys(one.student.name for one in sent if one.looked == state and not one.trouble)
        if names:
            yield line.format(names=", ".join(names))
