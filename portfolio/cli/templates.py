"""Commands for class templates: ``template check``, ``take``, ``give`` and ``back``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio.cli.face import AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.cli.rosters import somebody_is_there

if TYPE_CHECKING:
    from portfolio.moments.template_push import Review
    from portfolio.store.class_folder import ClassFolder
    from portfolio.store.port import ClassStore

templates = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    templates,
    name="template",
    help="What a class is asked: check a template, take one in, give yours to others.",
)

File = Annotated[Path, typer.Argument(metavar="FILE", help="A class template, saved as one file.")]
Yes = Annotated[bool, typer.Option("--yes", help="Do it without asking.")]


@templates.command(epilog="Example: portfolio template check our-class.yaml")
def check(file: File) -> None:
    """Say whether a class template is well written; ends with 3 if something must be mended. Nothing is changed."""
    from portfolio.store.template_file import load_template

    with sentences():
        found, say = load_template(file), voice()
        prompts = sum(len(section.prompts) for section in found.sections)
        pages = say.many("{n} page", "{n} pages", len(found.sections))
        questions = say.many("{n} question", "{n} questions", prompts)
        tell(say("{file} is well: {pages}, {questions}.", file=file.name, pages=pages, questions=questions))


@templates.command(epilog="Example: portfolio template take class-4b our-class.yaml")
def take(folder: Folder, file: File, yes: Yes = False, as_json: AsJson = False) -> None:
    """Show what another template would change in a class, and whose words it touches; take it in when you say yes."""
    from portfolio.moments.template_share import files_beside, review_shared
    from portfolio.store.template_file import load_template

    with sentences():
        class_folder = open_class_at(folder)
        after, say = load_template(file), voice()
        store = class_folder.store()
        try:
            looked = review_shared(class_folder, store, after)
            _told_and_done(class_folder, store, looked, yes=yes, as_json=as_json)
        finally:
            store.close()
        missing = [name for name in files_beside(after) if not (class_folder.path / name).is_file()]
        if missing and not as_json:
            tell(
                say(
                    "These files belong to it. Put them into the folder of the class: {files}",
                    files=", ".join(missing),
                )
            )


@templates.command(epilog="Example: portfolio template give class-4b our-class.yaml")
def give(folder: Folder, file: Annotated[Path, typer.Argument(metavar="FILE", help="The new file.")]) -> None:
    """Write what a class is asked into one file for others. No child is in it."""
    from portfolio.moments.template_share import give as written_for_others

    with sentences():
        given, say = written_for_others(open_class_at(folder), file), voice()
        tell(say.many("{path}: {n} page.", "{path}: {n} pages.", given.pages, path=given.path))
        if given.beside:
            tell(
                say(
                    "Give these files along, from the folder of the class: {files}",
                    files=", ".join(given.beside),
                )
            )


@templates.command(epilog="Example: portfolio template back class-4b 20261120T120000Z")
def back(
    folder: Folder,
    version: Annotated[
        str, typer.Argument(metavar="VERSION", help="The earlier version; none lists them.")
    ] = "",
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """List the earlier versions of what a class was asked, or bring one back: its pages, questions and own cells."""
    from portfolio.moments.template_push import earlier, review_earlier

    with sentences():
        class_folder, say = open_class_at(folder), voice()
        if not version:
            for one in earlier(class_folder):
                day = say.day(one.at.astimezone().date())
                tell(f"{one.stamp}  {day}  " + say("“{title}”, version {n}", title=one.title, n=one.version))
            if not earlier(class_folder):
                tell(say("There are no earlier versions yet."))
            return
        store = class_folder.store()
        try:
            looked = review_earlier(class_folder, store, version)
            _told_and_done(class_folder, store, looked, yes=yes, as_json=as_json)
        finally:
            store.close()


def _told_and_done(
    folder: ClassFolder, store: ClassStore, looked: Review, *, yes: bool, as_json: bool
) -> None:
    """Say what would change, ask, and do it."""
    from portfolio.moments.template_push import push

    say = voice()
    for line in () if as_json else _lines(looked):
        tell(line)
    wanted = bool(looked) and (yes or (not as_json and _agreed()))
    if wanted:
        teachers = store.school_class().teachers
        by = f"teacher:{teachers[0].teacher_id}" if teachers else "teacher"
        push(folder, store, looked, by=by, at=datetime.now(UTC))
    if as_json:
        tell(json.dumps(_data(looked, done=wanted), ensure_ascii=False, indent=1))
    elif wanted:
        tell(say("Done. What was there before is kept: portfolio template back {path}", path=folder.path))
    elif looked:
        tell(say("Nothing was changed. To do it, add --yes."))


def _agreed() -> bool:
    return somebody_is_there() and typer.confirm(voice()("Change this?"))


def _lines(looked: Review) -> Iterator[str]:
    """Yield each change with its page, and whose words it touches."""
    from portfolio.moments.template_told import sentences as told_of

    say = voice()
    if not looked:
        yield say("This is what the class has already.")
    title = {s.section_id: s.title for s in (*looked.before.sections, *looked.after.sections)}
    for one in told_of(looked.changes, looked.names, say):
        page = title.get(one.change.section, "") if one.change.field else ""
        yield (f"{say(page)}: " if page else "") + one.what
        if one.words:
            yield f"  {one.words}"


def _data(looked: Review, *, done: bool) -> dict[str, object]:
    return {
        "done": done,
        "version": looked.after.version,
        "pages": list(looked.shown),
        "changes": [
            {
                "what": one.what,
                "where": one.section,
                "field": one.field,
                "before": one.before,
                "after": one.after,
                "students": list(one.touched),
                "words": one.words,
            }
            for one in looked.changes.all
        ],
    }
