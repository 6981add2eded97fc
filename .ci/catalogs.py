"""Our texts and their translations: gather them from the source, bring catalogues up to date, compile.

    python .ci/catalogs.py            gather, update every .po, compile every .mo
    python .ci/catalogs.py --check    change nothing; say what is missing and exit with 1

Texts are found where they are said: ``N_("…")``, ``say("…")`` and its relatives, the message of an error
class, calls in our page templates, and the words of the class templates we ship.
"""

from __future__ import annotations

import ast
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import jinja2
import yaml
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CATALOGS = ROOT / "portfolio" / "words" / "catalogs"
PAGES = ROOT / "templates" / "pages"
CLASSES = ROOT / "templates" / "classes"
ACTIVITIES = ROOT / "templates" / "activities"

SAYERS = {"N_", "say", "also", "speech", "voice", "_", "translate", "_say"}
"""Names whose call says a text: the first text in the call is the message."""
TEXTS = frozenset({"title", "ask", "hint", "lead", "intro", "each", "add", "label", "add_label", "starters"})
"""Keys of a class template whose value is read by people."""
CARD_TEXTS = frozenset({"title", "what", "with", "say"})
"""Keys of a card for ten minutes at home whose value is read by people."""

FAMILY = (
    "templates/pages/home",
    "templates/pages/_",
    "templates/pages/papers/",
    "templates/pages/quick_look",
    "templates/pages/own_time",
    "templates/pages/calls/",
    "templates/pages/meeting/",
    "templates/pages/meeting_papers/",
    "templates/pages/talk",
    "templates/pages/teacher/meetings_phone",
    "portfolio/carry/checks",
    "portfolio/carry/phrases",
    "portfolio/media/declined",
    "portfolio/media/refusals",
    "portfolio/media/video_refusals",
    "portfolio/moments/conference/",
    "portfolio/moments/meeting_papers",
    "portfolio/moments/room",
    "portfolio/rules/answering",
    "portfolio/rules/cue_cards",
    "portfolio/rules/meeting_papers",
    "portfolio/rules/now_shown",
    "portfolio/rules/quick_look",
    "portfolio/rules/quiet_",
    "portfolio/rules/conversation",
    "portfolio/rules/home_words",
    "portfolio/rules/papers",
    "portfolio/serve/family_pages",
    "portfolio/serve/room_hosts",
    "portfolio/store/database_trouble",
    "portfolio/views/",
    "portfolio/widgets/host",
    "portfolio/rules/audience",
    "templates/classes/",
    "templates/activities/",
)
"""Where families' texts are said, and what may go wrong on a home's own page: beginnings of paths.

A catalogue in ``FAMILY_ONLY`` holds these texts and no others.
"""
FAMILY_ONLY = {"ar"}

Found = Iterator[tuple[str | tuple[str, str], str]]


def error_classes() -> set[str]:
    """Return the names of our error classes, and of ``Finding``, whose message is a text too."""
    tree = ast.parse((ROOT / "portfolio" / "errors.py").read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)} | {"Finding"}


def in_python(path: Path, errors: set[str]) -> Found:
    """Yield the texts a module says."""
    place = path.relative_to(ROOT).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        func = node.func.func if isinstance(node.func, ast.Call) else node.func  # voice()("…")
        name = func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")
        texts = [found for arg in node.args if (found := list(_choices(arg)))]
        if name == "many" and len(texts) > 1:
            yield (texts[0][0], texts[1][0]), place
        elif name in SAYERS | errors and texts:
            said = texts[-1] if name == "Finding" else texts[0]  # what was found, and where, come before it
            yield from ((text, place) for text in said)


def _choices(arg: ast.AST | nodes.Node) -> Iterator[str]:
    """Yield the text an argument is, or the texts it may be: ``say("a" if b else "c")``, ``say(d or "e")``."""
    if isinstance(arg, ast.Constant | nodes.Const) and isinstance(arg.value, str) and arg.value:
        yield arg.value
    inner = {ast.IfExp: ("body", "orelse"), nodes.CondExpr: ("expr1", "expr2"), nodes.Or: ("left", "right")}
    for name in inner.get(type(arg), ()):
        yield from _choices(getattr(arg, name))
    if isinstance(arg, ast.BoolOp):
        for value in arg.values:
            yield from _choices(value)


def in_page(path: Path) -> Found:
    """Yield the texts a page template says."""
    env = jinja2.Environment(autoescape=True)
    place = path.relative_to(ROOT).as_posix()
    for call in env.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call):
        name = getattr(call.node, "name", getattr(call.node, "attr", ""))
        texts = [found for arg in call.args if (found := list(_choices(arg)))]
        if name == "many" and len(texts) > 1:
            yield (texts[0][0], texts[1][0]), place
        elif name in SAYERS | {"lead"} and texts:
            yield from ((text, place) for text in texts[0])


def in_class_template(path: Path) -> Found:
    """Yield the words a class template shows."""
    place = path.relative_to(ROOT).as_posix()
    for text in _texts(yaml.safe_load(path.read_text(encoding="utf-8"))):
        yield text, place


def in_cards(path: Path) -> Found:
    """Yield the words of cards for ten minutes at home."""
    place = path.relative_to(ROOT).as_posix()
    for text in _texts(yaml.safe_load(path.read_text(encoding="utf-8")), keys=CARD_TEXTS):
        yield text, place


def _texts(value: object, key: str = "", keys: frozenset[str] = TEXTS) -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(inner, str(name), keys)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner, key, keys)
    elif isinstance(value, str) and value.strip() and key in keys:
        yield " ".join(value.split())


def gather() -> Catalog:
    """Return every text of ours with the places that say it."""
    catalog = Catalog(project="Portfolio", charset="utf-8", fuzzy=False)
    errors = error_classes()
    found: list[tuple[str | tuple[str, str], str]] = []
    for path in sorted((ROOT / "portfolio").rglob("*.py")):
        found += in_python(path, errors)
    for path in sorted(PAGES.rglob("*.j2")):
        found += in_page(path)
    for path in sorted(CLASSES.glob("*.yaml")):
        found += in_class_template(path)
    for path in sorted(ACTIVITIES.glob("*.yaml")):
        found += in_cards(path)
    for text, place in found:
        catalog.add(text, locations=[(place, 0)])
    return catalog


def languages() -> list[str]:
    """Return the languages that have a catalogue."""
    return sorted(path.parent.parent.name for path in CATALOGS.glob("*/LC_MESSAGES/portfolio.po"))


def po(language: str) -> Path:
    """Return where the catalogue of a language lies."""
    return CATALOGS / language / "LC_MESSAGES" / "portfolio.po"


def read(language: str) -> Catalog:
    """Return the catalogue of a language."""
    with po(language).open("rb") as source:
        return read_po(source, locale=language)


def wanted(language: str, texts: Catalog) -> Catalog:
    """Return the texts a language is to have: all, or those families read."""
    if language not in FAMILY_ONLY:
        return texts
    family = Catalog(fuzzy=False)
    for message in texts:
        if message.id and any(place.startswith(FAMILY) for place, _ in message.locations):
            family.add(message.id, locations=message.locations)
    return family


def gaps(language: str, every: Catalog) -> list[str]:
    """Return what is wrong with a catalogue: missing, fuzzy, left over, plural forms, ``{names}``, its header."""
    known, texts = read(language), wanted(language, every)
    wrong = [] if _says_who(language, known) else ["the header does not say who reviewed it, or DRAFT"]
    wrong += [found for message in texts if message.id and (found := _gap(known, message.id))]
    wrong += [f"no longer said: {m.id!r}" for m in known if m.id and texts.get(m.id) is None]
    return [f"{language}: {found}" for found in wrong]


def _gap(known: Catalog, msgid: Any) -> str:
    """Return what is wrong with the translation of one text; empty if nothing is."""
    there = known.get(msgid)
    if there is None or there.fuzzy or not _said(there.string):
        return f"not translated: {msgid!r}"
    if isinstance(msgid, (tuple, list)) and len(there.string or ()) != known.num_plurals:
        return f"needs {known.num_plurals} plural forms: {msgid!r}"
    return "" if _same_names(msgid, there.string) else f"other names in braces: {msgid!r}"


def _says_who(language: str, catalog: Catalog) -> bool:
    """Return whether a header calls a catalogue a draft, or names who reviewed it as the languages table does."""
    from portfolio.words import LANGUAGES

    person = LANGUAGES[language].reviewed_by
    return person in catalog.header_comment if person else "DRAFT" in catalog.header_comment


def _said(string: object) -> bool:
    return all(string) if isinstance(string, (tuple, list)) else bool(string)


def _same_names(msgid: object, string: object) -> bool:
    """Return whether a translation fills the same names; a plural form may leave the number out, and what ours leaves out."""
    asked = [_names(text) for text in (msgid if isinstance(msgid, (tuple, list)) else [msgid])]
    forms = string if isinstance(string, (tuple, list)) else [string]
    every = set[str]().union(*(names or set() for names in asked))
    free = {"n"} | {name for name in every if any(name not in (names or set()) for names in asked)}
    free = free if len(asked) > 1 else set[str]()
    found = [_names(form) for form in forms]
    return None not in found and all(every - free <= (names or set()) <= every for names in found)


def _names(text: object) -> set[str] | None:
    """Return the names in braces in a text, or ``None`` where the braces do not close."""
    try:
        return {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}
    except ValueError:
        return None


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it."""
    sink = io.BytesIO()
    write_mo(sink, catalog)
    return sink.getvalue()


def update(texts: Catalog) -> None:
    """Bring every catalogue up to date with the source and compile it."""
    for language in languages():
        catalog = read(language)
        made, revised = catalog.creation_date, catalog.revision_date
        catalog.update(wanted(language, texts), no_fuzzy_matching=True)
        catalog.obsolete.clear()
        catalog.creation_date, catalog.revision_date = made, revised  # a date alone is no change
        with po(language).open("wb") as sink:
            write_po(sink, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
        po(language).with_suffix(".mo").write_bytes(compiled(read(language)))


def stale(language: str) -> bool:
    """Return whether the compiled catalogue is not what its ``.po`` says."""
    mo = po(language).with_suffix(".mo")
    return not mo.is_file() or mo.read_bytes() != compiled(read(language))


def main() -> int:
    """Gather, then check or update."""
    texts = gather()
    if "--check" not in sys.argv:
        update(texts)
    wrong = [line for language in languages() for line in gaps(language, texts)]
    wrong += [
        f"{one}: the .mo is not the .po: run python .ci/catalogs.py" for one in languages() if stale(one)
    ]
    print("\n".join(wrong) or f"{len(list(texts)) - 1} texts, complete in: {', '.join(languages())}")
    return 1 if wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())
