"""Commands for what a school lays beside the books: ``places`` and ``activities``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio.cli.face import AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.errors import InputRefused
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from portfolio.moments.beside_home import Looked, Sort

Begin = Annotated[bool, typer.Option("--begin", help="Write a file to fill in into the class.")]


@app.command("places", epilog="Example: portfolio places class-4b --begin")
def places(folder: Folder, begin: Begin = False, as_json: AsJson = False) -> None:
    """Show the school's list of places that help, and what is wrong in it; --begin writes an empty one."""
    _do(folder, "places", begin=begin, as_json=as_json)


@app.command("activities", epilog="Example: portfolio activities class-4b")
def activities(folder: Folder, begin: Begin = False, as_json: AsJson = False) -> None:
    """Show the cards for ten minutes at home, ours and the class's own; --begin writes a file for your own."""
    _do(folder, "activities", begin=begin, as_json=as_json)


def _do(folder: Path, sort: Sort, *, begin: bool, as_json: bool) -> None:
    from portfolio.moments import beside_home

    with sentences():
        class_folder, speech = open_class_at(folder), voice()
        if begin:
            path = beside_home.begin(class_folder, sort)
            tell(speech("Fill in this file, then look at it with: portfolio {command} CLASS", command=sort))
            tell(path)
            return
        store = class_folder.store()
        try:
            looked = beside_home.look(class_folder, store.school_class().language)
        finally:
            store.close()
        if as_json:
            tell(json.dumps(_data(looked, sort, speech), ensure_ascii=False, indent=1))
        else:
            for line in _places(looked, speech) if sort == "places" else _cards(looked, speech):
                tell(line)
            for trouble in looked.trouble[sort]:
                tell(say(trouble, speech))
        if looked.trouble[sort]:
            raise typer.Exit(InputRefused.exit_code)


def _places(looked: Looked, speech: Speech) -> Iterator[str]:
    if not looked.places and not looked.trouble["places"]:
        yield speech("There is no place in the list yet.")
        if not looked.own["places"]:
            yield speech("Families see only what your school writes down: portfolio places CLASS --begin")
    for one in looked.places:
        parts = (one.what.text, one.when.text, one.phone, one.address, one.languages, one.cost.text)
        yield f"{one.name}: {' · '.join(part for part in parts if part)}"


def _cards(looked: Looked, speech: Speech) -> Iterator[str]:
    for card in looked.deck.activities:
        topic = card.topic or speech("any goal")
        yield f"{card.activity_id} ({topic}; {', '.join(card.bands)}): {_said(card.what.text, speech, ours=card.ours)}"
    if not looked.own["activities"]:
        yield speech("All of them are ours. Add your own: portfolio activities CLASS --begin")


def _said(text: str, speech: Speech, *, ours: bool) -> str:
    return speech(text) if ours else text


def _data(looked: Looked, sort: Sort, speech: Speech) -> dict[str, object]:
    trouble = [say(one, speech) for one in looked.trouble[sort]]
    found = looked.places if sort == "places" else looked.deck.activities
    return {sort: [one.model_dump(mode="json") for one in found], "trouble": trouble}
