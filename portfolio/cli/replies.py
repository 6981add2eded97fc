"""The command that takes in what families sent back: ``reply import``."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from portfolio.cli.face import NOT_EVERYBODY, AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.errors import PortfolioError
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from portfolio.moments.replies_in import Kept, Replies

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
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take in answers families sent back: the text their file made, saved or pasted (then FILE is -).

    Each is shown to those the family chose. The same answer twice is one; another one never replaces it.
    """
    with sentences():
        class_folder = open_class_at(folder)
        store = class_folder.store()
        try:
            from portfolio.moments.replies_in import Replies

            replies = Replies(class_folder, store, _now, lambda: _now().astimezone().date(), _new_id)
            done = [one for file in files for one in _each(replies, file, student, home, who, lang)]
        finally:
            store.close()
    _report(done, as_json=as_json)


def _now() -> datetime:
    return datetime.now(UTC)


def _new_id() -> str:
    import secrets

    return secrets.token_hex(4)


def _each(replies: Replies, file: Path, student: str, home: str, who: str, lang: str) -> Iterator[Got]:
    """Yield what became of each answer in a file; trouble with one stops no other."""
    from portfolio.moments.reply_text import read_file, read_from

    pasted = str(file) == "-"
    name = voice()("pasted text") if pasted else file.name
    try:
        text = read_from(sys.stdin.buffer) if pasted else read_file(file)
        coming = replies.read(text, student=student, home=home, who=who)
    except PortfolioError as trouble:
        yield name, trouble
        return
    for one in coming:
        try:
            yield name, replies.keep(one, lang=lang)
        except PortfolioError as trouble:
            yield name, trouble


def _report(done: list[Got], *, as_json: bool) -> None:
    speech = voice()
    if as_json:
        tell(json.dumps([_data(name, one, speech) for name, one in done], ensure_ascii=False, indent=1))
    for name, one in done if not as_json else ():
        if isinstance(one, PortfolioError):
            typer.echo(f"{name}: {say(one, speech)}", err=True)
        else:
            tell(f"{name}: {_line(one, speech)}")
    troubles = [one for _, one in done if isinstance(one, PortfolioError)]
    if troubles:
        raise typer.Exit(troubles[0].exit_code if len(troubles) == len(done) else NOT_EVERYBODY)


def _line(one: Kept, speech: Speech) -> str:
    from portfolio.moments.reply_words import became, home_words, readers

    return (
        f"{home_words(one.whose, speech)}. {became(one.kind, speech)} {readers(one.said, one.whose, speech)}"
    )


def _data(name: str, one: Kept | PortfolioError, speech: Speech) -> dict[str, Any]:
    if isinstance(one, PortfolioError):
        return {"file": name, "became": "refused", "trouble": say(one, speech)}
    whose = one.whose
    return {
        "file": name,
        "student": whose.student.student_id,
        "household": whose.household.household_id,
        "round": whose.round,
        "became": one.kind,
        "child_may_read": one.said.shared,
        "private_talk": one.said.talk,
        "trouble": None,
    }
