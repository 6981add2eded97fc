# long: every command about glossaries with all it says, so that its answers are worded alike
"""Commands for school words: ``glossary check``, ``add``, ``find`` and ``show``."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from portfolio.cli.face import AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.errors import InputRefused
from portfolio.words import Speech
from portfolio.words import say as say_error
from portfolio.words.language_names import named

if TYPE_CHECKING:
    from portfolio.moments.glossary import Looked, Told, Written
    from portfolio.words.glossary.load import Glossary
    from portfolio.words.terms import Term

glossaries = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
app.add_typer(
    glossaries, name="glossary", help="School words: check a glossary, add a word, see what is found."
)

OfClass = Annotated[Path | None, typer.Option("--class", metavar="CLASS", help="The folder of the class.")]


@glossaries.command(epilog="Example: portfolio glossary check --class class-4b")
def check(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="A glossary file.")] = None,
    folder: OfClass = None,
    as_json: AsJson = False,
) -> None:
    """Say whether a glossary is well written; ends with 3 if something must be mended. Nothing is changed."""
    from portfolio.moments.glossary import check_class_glossary, check_file

    with sentences():
        if (file is None) == (folder is None):
            raise InputRefused("Name a glossary file, or a class: portfolio glossary check --class CLASS")
        looked = (check_file(file),) if file else check_class_glossary(open_class_at(folder or Path()))
        speech = voice()
        if as_json:
            tell(json.dumps([_data(one, speech) for one in looked], ensure_ascii=False, indent=1))
        else:
            for line in _lines(looked, speech):
                tell(line)
        if not all(one.well for one in looked):
            raise typer.Exit(InputRefused.exit_code)


def _lines(looked: tuple[Looked, ...], speech: Speech) -> Iterator[str]:
    if not looked:
        yield speech("This class has no school words of its own. It uses those the program knows.")
    for one in looked:
        if one.trouble is not None:
            yield say_error(one.trouble, speech)
            continue
        yield speech.many(
            "{file}: {n} school word.", "{file}: {n} school words.", one.words, file=one.name
        ) + (" " + speech.many("{n} is taken away.", "{n} are taken away.", one.off) if one.off else "")
        for remark in sorted(one.remarks, key=lambda remark: not remark.mistake):
            mark = speech("MEND") if remark.mistake else speech("think about it")
            yield f"{mark}: {say_error(remark.sentence, speech)}"
        for lang, counts in one.translated:
            yield "  " + speech(
                "{lang}: {checked} checked by a person, {drafts} drafts, {none} missing",
                lang=named(lang, speech.lang),
                checked=counts.get("human", 0),
                drafts=counts.get("draft", 0) + counts.get("machine", 0),
                none=counts.get("none", 0),
            )
        for term, langs in one.lost:
            yield "  " + speech(
                "“{term}” has no explanation in {languages}: yours stands in place of ours. "
                "Families who read that are told it in English.",
                term=term,
                languages=", ".join(langs),
            )
        if one.well:
            yield speech("Nothing must be mended.") if one.lost else speech("All is well.")


def _data(one: Looked, speech: Speech) -> dict[str, object]:
    return {
        "file": one.name,
        "well": one.well,
        "words": one.words,
        "off": one.off,
        "trouble": say_error(one.trouble, speech) if one.trouble else None,
        "remarks": [
            {
                "sentence": say_error(remark.sentence, speech),
                "mistake": remark.mistake,
                **_place(remark.sentence),
            }
            for remark in one.remarks
        ],
        "translations": dict(one.translated),
        "no_longer_translated": {term: list(langs) for term, langs in one.lost},
    }


def _place(sentence: InputRefused) -> dict[str, object]:
    return {name: sentence.values.get(name) for name in ("line", "term")}


@glossaries.command(
    epilog='Example: portfolio glossary add class-4b "Falcon time" --plain "Time on Friday to practice alone."'
)
def add(
    folder: Folder,
    term: Annotated[list[str], typer.Argument(metavar="TERM", help="The school word, as you write it.")],
    plain: Annotated[
        str, typer.Option("--plain", help="What it means, for a family: at most 25 words.")
    ] = "",
    kid: Annotated[str, typer.Option("--kid", help="What it means, for a child.")] = "",
    swap: Annotated[str, typer.Option("--swap", help="Plain words that can stand in its place.")] = "",
    off: Annotated[
        bool, typer.Option("--off", help="It is no school word here: it is fine as it stands.")
    ] = False,
    on: Annotated[bool, typer.Option("--on", help="A word that was switched off counts again.")] = False,
    school: Annotated[
        bool,
        typer.Option("--school", help="Write it into school-glossary.yaml, for all classes of the school."),
    ] = False,
) -> None:
    """Add a school word to the class's own glossary, change one, or take one away. Its file keeps your comments."""
    from portfolio.moments.glossary import NewWord, add_word

    with sentences():
        word = NewWord(_quoted(term), plain, kid, swap, off, on)
        for line in _written_lines(add_word(open_class_at(folder), word, school=school), voice(), school):
            tell(line)


def _quoted(words: list[str]) -> str:
    """Return the one word of an argument: without quotation marks the computer hands over several."""
    if len(words) > 1:
        raise InputRefused(
            '“{words}” came as several words. Put it in quotation marks: "{words}". So too each text behind '
            'an option: --plain "…"',
            words=" ".join(words)[:120],
        )
    return words[0]


def _written_lines(done: Written, speech: Speech, school: bool) -> Iterator[str]:
    """Yield what was done with a word, and what else is different now."""
    values = {"term": done.term, "id": done.term_id}
    if done.how == "off":
        yield (
            (
                speech(
                    "“{term}” is switched off in all classes that have this school-glossary.yaml.", **values
                )
                if school
                else speech("“{term}” is switched off in this class.", **values)
            )
            + " "
            + speech("Home files made before still show it: send them again.")
        )
        return
    yield {
        "new": speech("“{term}” is written down ({id}).", **values),
        "changed": speech("“{term}” is changed ({id}).", **values),
        "on": speech("“{term}” is switched on again ({id}).", **values),
    }[done.how]
    if done.known:
        yield speech(
            "The program knew this word and said: “{plain}” Here, your words stand in its place now.",
            plain=done.known.plain,
        )
    if done.lost:
        yield speech(
            "The explanation in {languages} goes with the old words: families who read that get your English words.",
            languages=", ".join(done.lost),
        )
    if done.kid_gone:
        yield speech("What it said for a child went with the old words too. Say it anew with --kid.")
    if done.kid:
        yield speech("For a child it says: “{text}” If that does not fit, say it with --kid.", text=done.kid)


@glossaries.command(
    epilog='Example: portfolio glossary find "We took the benchmark and I met with my IEP team."'
)
def find(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help="Any text; “-” reads it from the input.")],
    folder: OfClass = None,
    as_json: AsJson = False,
) -> None:
    """Say which school words stand in a text, and what a family would read about each."""
    from portfolio.moments.glossary import told_of

    with sentences():
        speech = voice()
        given = " ".join(text)
        whole = typer.get_text_stream("stdin").read() if given == "-" else given
        told = told_of(whole, _glossary(folder))
        if as_json:
            tell(json.dumps([_told_data(one) for one in told], ensure_ascii=False, indent=1))
            return
        for one in told:
            tell(f"“{one.text}”: {one.term.plain}{_told_mark(one, speech)}")
        if not told:
            tell(speech("No school words."))


def _told_mark(one: Told, speech: Speech) -> str:
    if one.finding.explained:
        return f" ({speech('explained in the text')})"
    return f" ({speech('perhaps')})" if one.finding.confidence == "maybe" else ""


def _told_data(one: Told) -> dict[str, object]:
    return {
        "start": one.finding.start,
        "end": one.finding.end,
        "text": one.text,
        "term": one.term.term_id,
        "confidence": one.finding.confidence,
        "explained": one.finding.explained,
        "plain": one.term.plain,
    }


def _glossary(folder: Path | None) -> Glossary:
    from portfolio.words.glossary import starter

    return open_class_at(folder).glossary() if folder else starter()


@glossaries.command(epilog="Example: portfolio glossary show IEP --class class-4b")
def show(
    word: Annotated[list[str], typer.Argument(metavar="WORD", help="A school word or its id.")],
    folder: OfClass = None,
) -> None:
    """Say what is known of a school word."""
    from portfolio.moments.glossary import looked_up, switched_off

    with sentences():
        speech, name = voice(), " ".join(word)
        off = switched_off(name, open_class_at(folder)) if folder else None
        if off is not None:
            tell(_off_line(off[0], off[1] == "school-glossary.yaml", str(folder), speech))
        for line in _term_lines(off[0] if off else looked_up(name, _glossary(folder)), speech):
            tell(line)


def _off_line(term: Term, school: bool, folder: str, speech: Speech) -> str:
    command = f"portfolio glossary add {shlex.quote(folder)} {shlex.quote(term.term_id)} --on"
    return speech(
        "“{term}” is switched off in this class. To switch it on again: {command}",
        term=term.term,
        command=command + (" --school" if school else ""),
    )


def _term_lines(term: Term, speech: Speech) -> Iterator[str]:
    yield f"{term.term} ({term.term_id})"
    for text in term.expand:
        yield f"  = {text}"
    yield "  " + term.plain
    if term.kid:
        yield "  " + speech("For a child: {text}", text=term.kid)
    if term.swap:
        yield "  " + speech("Instead: {text}", text=term.swap.sg or term.swap.base)
    if term.match.variants:
        yield "  " + speech("Also written: {forms}", forms=", ".join(term.match.variants))
    for one in term.translations:
        draft = "" if one.status == "human" else f" ({speech('a draft, checked by nobody')})"
        yield f"  {named(one.lang, speech.lang)}: {one.term + ': ' if one.term else ''}{one.plain}{draft}"
