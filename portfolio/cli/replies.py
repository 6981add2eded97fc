"""The command that takes in what families sent back: ``reply import``."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.cli.face import NOT_EVERYBODY, AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.cli.rosters import somebody_is_there
from portfolio.errors import InputRefused, PortfolioError
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.moments.replies_in import Coming, Kept, Replies
    from portfolio.store.class_folder import ClassFolder
    from portfolio.store.port import ClassStore

reply = typer.Typer(no_args_is_help=True, add_completion=False, rich_markup_mode=None)
app.add_typer(reply, name="reply", help="Answers families sent back.")

Got = tuple[str, "Kept | PortfolioError"]
"""What became of one answer: the name of its file, and the answer or why it was not kept."""


@reply.callback()
def group() -> None:
    """Answers families sent back."""


@reply.command("import", epilog="Example: portfolio reply import class-4b answer.txt")
def take_in(
    folder: Folder,
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Files of answers; - for pasted text.")],
    student: Annotated[str, typer.Option("--student", metavar="ID", help="The child an answer without a code is for; one of another child is refused.")] = "",
    home: Annotated[str, typer.Option("--home", metavar="ID", help="The home it is from, where a child has several.")] = "",
    who: Annotated[str, typer.Option("--who", help="The name of who answers, if it does not say so.")] = "",
    lang: Annotated[str, typer.Option("--lang", metavar="TAG", help="The language of its words, if it is not the first of the home.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Keep an answer without a code where --student says, without asking.")] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take in answers families sent back: the text their file made, saved or pasted (then FILE is -).

    Each is shown to those the family chose. The same answer twice is one; another one never replaces it.

    Is it on paper? Type each line below its number in brackets, as it stands in small print on the sheet: "[21] You
    count aloud." Ticks are a number alone: [11] good, [12] so-so, [13] hard; [51] the child and the teacher may read it,
    [52] only the teacher; [53] they would like to talk alone; [75] please call us. [10] is who answers, [99] the code.
    Without [51] only the teacher reads it, and [71] to [76] never reach the child. At the desk the sheet is a form:
    "The meetings", "Answers that came back", "An answer on paper".
    """
    given = _Given(student, home, who, lang, yes=yes, asks=not as_json and somebody_is_there())
    with sentences():
        class_folder = open_class_at(folder)
        store = class_folder.store()
        try:
            replies = _replies(class_folder, store)
            done = [one for file in files for one in _each(replies, file, given)]
        finally:
            store.close()
    _report(done, folder, as_json=as_json)


@reply.command("undo", epilog="Example: portfolio reply undo class-4b mateo 1a2b3c4d")
def take_out(
    folder: Folder,
    student: Annotated[str, typer.Argument(metavar="STUDENT", help="The id of the child whose book it was put into.")],
    marks: Annotated[list[str], typer.Argument(metavar="MARK…", help="The marks that were told when it was taken in.")],
) -> None:  # fmt: skip
    """Take out of a book again what was taken in by mistake. Its history stays, and it can be taken in again."""
    with sentences():
        class_folder = open_class_at(folder)
        store = class_folder.store()
        try:
            replies = _replies(class_folder, store)
            whose, entries = replies.brought(student, marks)
            replies.take_out(whose, entries)
        finally:
            store.close()
        from portfolio.moments.reply_words import home_words

        tell(f"{home_words(whose, voice())}. {voice()('It is taken out again. Its history stays.')}")


@dataclass(frozen=True)
class _Given:
    """What was said besides the files; ``asks``: somebody is there to be asked."""

    student: str
    home: str
    who: str
    lang: str
    yes: bool
    asks: bool


def _replies(folder: ClassFolder, store: ClassStore) -> Replies:
    from portfolio.moments.replies_in import Replies

    return Replies(folder, store, _now, lambda: _now().astimezone().date(), _new_id)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    import secrets

    return secrets.token_hex(4)


def _each(replies: Replies, file: Path, given: _Given) -> Iterator[Got]:
    """Yield what became of each answer in a file; trouble with one stops no other."""
    from portfolio.moments.reply_doubts import which
    from portfolio.moments.reply_text import read_file, read_from

    pasted = str(file) == "-"
    name = voice()("pasted text") if pasted else file.name
    try:
        text = read_from(sys.stdin.buffer) if pasted else read_file(file)
        coming = replies.read(text, student=given.student, home=given.home, who=given.who)
    except PortfolioError as trouble:
        yield name, trouble
        return
    for n, one in enumerate(coming, 1):
        try:
            _sure(one, given)
            yield name, replies.keep(one, lang=given.lang)
        except PortfolioError as trouble:
            yield name, trouble if trouble is one.trouble else which(n, len(coming), one.said, trouble)


def _sure(coming: Coming, given: _Given) -> None:
    """Ask about an answer that is placed by hand: an option is easily another child's. Raises ``InputRefused``."""
    if coming.trouble or coming.whose is None or coming.said.code or given.yes:
        return
    from portfolio.moments.reply_doubts import first_line
    from portfolio.moments.reply_words import home_words

    say = voice()
    home, line = home_words(coming.whose, say), first_line(coming.said) or say("no words, only ticks")
    if not given.asks:
        raise InputRefused(
            "This answer has no code, so nothing was kept. If it belongs into the book of {home}, add --yes. It begins: “{line}”",
            home=home,
            line=line,
        )
    tell(say("This answer has no code. It goes into the book of {home}: “{line}”", home=home, line=line))
    if not typer.confirm(say("Is that right?")):
        raise InputRefused("Nothing of it was kept.")


def _report(done: list[Got], folder: Path, *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_data(name, one, speech) for name, one in done], ensure_ascii=False, indent=1))
    for name, one in done if not as_json else ():
        if isinstance(one, PortfolioError):
            typer.echo(f"{name}: {say(one, speech)}", err=True)
        else:
            tell(f"{name}: {_line(one, speech)}")
            for more in _more(one, folder, speech):
                tell(f"  {more}")
    troubles = [one for _, one in done if isinstance(one, PortfolioError)]
    if troubles:
        raise typer.Exit(troubles[0].exit_code if len(troubles) == len(done) else NOT_EVERYBODY)


def _line(one: Kept, speech: Speech) -> str:
    from portfolio.moments.reply_words import became, home_words, readers

    return (
        f"{home_words(one.whose, speech)}. {became(one.kind, speech)} {readers(one.said, one.whose, speech)}"
    )


def _more(one: Kept, folder: Path, speech: Speech) -> Iterator[str]:
    from portfolio.moments.replies_in import mark_of
    from portfolio.moments.reply_words import beside, nameless

    yield from filter(None, (*beside(one.said, speech), nameless(one.said, speech)))
    if one.entries:
        marks = " ".join(mark_of(entry) for entry in one.entries)
        where = f'"{folder}"' if " " in str(folder) else str(folder)
        command = f"portfolio reply undo {where} {one.whose.student.student_id} {marks}"
        yield speech("A wrong child? Take it out again: {command}", command=command)


def _data(name: str, one: Kept | PortfolioError, speech: Speech) -> dict[str, Any]:
    if isinstance(one, PortfolioError):
        return {"file": name, "became": "refused", "trouble": say(one, speech)}
    from portfolio.moments.replies_in import mark_of
    from portfolio.rules.sent_back import KNOWN

    whose = one.whose
    return {
        "file": name,
        "student": whose.student.student_id,
        "household": whose.household.household_id,
        "round": whose.round,
        "became": one.kind,
        "child_may_read": one.said.child_reads,
        "private_talk": one.said.talk,
        "call": one.said.call,
        "unknown_numbers": [number for number, _ in one.said.strange if number not in KNOWN],
        "marks": [mark_of(entry) for entry in one.entries],
        "trouble": None,
    }
