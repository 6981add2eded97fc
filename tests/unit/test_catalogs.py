"""The catalogues: Spanish says everything, Arabic all a family reads; each gap is found by the one judge."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import write_po

import catalogs
from portfolio.words import LANGUAGES

FAMILY_TEXT = "My strengths"
DESK_TEXT = "Your words are saved while you write."
NAMED = "{name}’s book"
PLURAL = "{n} picture without words"


@pytest.fixture(scope="module")
def texts() -> Catalog:
    """Return every text of ours, gathered from the source."""
    return catalogs.gather()


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the catalogues that a test may break."""
    shutil.copytree(catalogs.CATALOGS, tmp_path / "catalogs")
    monkeypatch.setattr(catalogs, "CATALOGS", tmp_path / "catalogs")
    return tmp_path / "catalogs"


def write(language: str, catalog: Catalog) -> None:
    """Keep a changed catalogue where the judge looks for it."""
    with catalogs.po(language).open("wb") as sink:
        write_po(sink, catalog)


@pytest.mark.more
def test_texts_are_found_wherever_they_are_said(texts: Catalog) -> None:
    """Modules, error classes, page templates, class templates and plural forms all hand in their texts."""
    for said in (DESK_TEXT, FAMILY_TEXT, NAMED, PLURAL, "{file} is no class template.", "Who are you?"):
        assert texts.get(said) is not None, said


def test_both_sides_of_a_choice_are_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said one way or the other is gathered both ways, in modules and in page templates."""
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    module, page = tmp_path / "a.py", tmp_path / "a.html.j2"
    module.write_text('say("One" if new else "Two", n="no")\nraise NotFound(why or "Three", file="no")\n')
    page.write_text('{{ say("Four" if new else "Five") }}{{ lead(lang, name or "Six") }}{{ icon("no") }}')
    found = [*catalogs.in_python(module, {"NotFound"}), *catalogs.in_page(page)]
    assert sorted(found) == sorted(
        [(text, "a.py") for text in ("One", "Two", "Three")]
        + [(text, "a.html.j2") for text in ("Four", "Five", "Six")]
    )


def test_texts_said_in_a_roundabout_way_are_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A voice made on the spot, the sentence of a finding behind its kind and place, and a page's plural count."""
    monkeypatch.setattr(catalogs, "ROOT", tmp_path)
    module, page = tmp_path / "a.py", tmp_path / "a.html.j2"
    module.write_text(
        'voice()("One")\nFinding("kind", "place", "Two", {"why": "no"})\nFinding(True, "Three")\n'
    )
    page.write_text('{{ say("Four") if n else say.many("{n} five", "{n} fives", n) }}')
    found = [text for text, _ in [*catalogs.in_python(module, {"Finding"}), *catalogs.in_page(page)]]
    assert sorted(found, key=str) == sorted(
        ["One", "Two", "Three", "Four", ("{n} five", "{n} fives")], key=str
    )


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_catalogue_has_no_gap(language: str, texts: Catalog) -> None:
    """Spanish holds all, Arabic what families read: translated, nothing fuzzy, same names, right forms, DRAFT."""
    assert catalogs.gaps(language, texts) == []


@pytest.mark.parametrize("language", ["es", "ar"])
def test_what_is_shipped_is_what_was_written(language: str) -> None:
    """The compiled catalogue has the very bytes its source compiles to."""
    assert not catalogs.stale(language)


def test_spanish_is_more_than_arabic_and_arabic_is_all_a_family_reads(texts: Catalog) -> None:
    """Arabic leaves out what only desks and teachers read, and nothing of the home file."""
    family, every = catalogs.wanted("ar", texts), catalogs.wanted("es", texts)
    assert family.get(FAMILY_TEXT) is not None
    assert family.get(DESK_TEXT) is None
    assert every.get(DESK_TEXT) is not None


@pytest.mark.parametrize(("language", "forms"), [("es", 2), ("ar", 6)])
def test_a_language_has_as_many_plural_forms_as_it_needs(language: str, forms: int) -> None:
    """The header counts the forms as the language does, and its rule gives each of them for some number."""
    catalog = catalogs.read(language)
    assert catalog.num_plurals == forms
    with catalogs.po(language).with_suffix(".mo").open("rb") as source:
        rule = read_mo(source).plural_expr
    from gettext import c2py

    assert {c2py(rule)(n) for n in range(200)} == set(range(forms))


@pytest.mark.parametrize("language", ["es", "ar"])
def test_a_draft_says_so_at_its_top(language: str) -> None:
    """Who opens the file sees at once that a machine made it and nobody has read it yet."""
    head = catalogs.po(language).read_text(encoding="utf-8").splitlines()[:3]
    assert any("DRAFT: made by a machine, reviewed by nobody" in line for line in head)


def lost(catalog: Catalog) -> None:
    """Take a translation away."""
    catalog[FAMILY_TEXT].string = ""


def unsure(catalog: Catalog) -> None:
    """Mark a translation as a guess."""
    catalog[FAMILY_TEXT].flags.add("fuzzy")


def other_name(catalog: Catalog) -> None:
    """Translate a name in braces, as people do by mistake."""
    catalog[NAMED].string = "El libro de {nombre}"


def open_brace(catalog: Catalog) -> None:
    """Lose a closing brace."""
    catalog[NAMED].string = "El libro de {name"


def left_over(catalog: Catalog) -> None:
    """Keep a text nobody says any more."""
    catalog.add("A text of long ago", string="Un texto de hace mucho")


def one_form(catalog: Catalog) -> None:
    """Give one plural form where two are needed."""
    catalog[PLURAL].string = ("{n} imagen sin palabras",)


def half_a_plural(catalog: Catalog) -> None:
    """Leave one of the plural forms empty."""
    catalog[PLURAL].string = ("{n} imagen sin palabras", "")


def unmarked(catalog: Catalog) -> None:
    """Drop the line that says it is a draft."""
    catalog.header_comment = "# Portfolio, texts of ours."


@pytest.mark.parametrize(
    ("broken", "told"),
    [
        (lost, f"es: not translated: {FAMILY_TEXT!r}"),
        (unsure, f"es: not translated: {FAMILY_TEXT!r}"),
        (other_name, f"es: other names in braces: {NAMED!r}"),
        (open_brace, f"es: other names in braces: {NAMED!r}"),
        (left_over, "es: no longer said: 'A text of long ago'"),
        (one_form, f"es: needs 2 plural forms: {(PLURAL, '{n} pictures without words')!r}"),
        (half_a_plural, f"es: not translated: {(PLURAL, '{n} pictures without words')!r}"),
        (unmarked, "es: the header does not say who reviewed it, or DRAFT"),
    ],
)
def test_the_judge_finds_each_kind_of_gap(
    broken: Callable[[Catalog], None], told: str, texts: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A catalogue broken in one way gets exactly the one sentence about it."""
    catalog = catalogs.read("es")
    broken(catalog)
    monkeypatch.setattr(catalogs, "read", lambda _: catalog)
    assert catalogs.gaps("es", texts) == [told]


def test_a_changed_source_makes_the_compiled_one_stale(elsewhere: Path) -> None:
    """A translation mended in the .po but not compiled is found, and compiling mends it."""
    assert elsewhere.is_dir()
    catalog = catalogs.read("es")
    catalog[FAMILY_TEXT].string = "Mis puntos fuertes"
    write("es", catalog)
    assert catalogs.stale("es")
    catalogs.po("es").with_suffix(".mo").write_bytes(catalogs.compiled(catalogs.read("es")))
    assert not catalogs.stale("es")


def test_bringing_up_to_date_keeps_what_is_translated(elsewhere: Path, texts: Catalog) -> None:
    """A new text is added empty, an old one goes, every other translation stays, and twice changes nothing."""
    assert elsewhere.is_dir()
    catalog = catalogs.read("es")
    kept = catalog[NAMED].string
    left_over(catalog)
    catalog.delete(FAMILY_TEXT)
    write("es", catalog)
    catalogs.update(texts)
    once = catalogs.po("es").read_bytes()
    assert catalogs.gaps("es", texts) == [f"es: not translated: {FAMILY_TEXT!r}"]
    assert catalogs.read("es")[NAMED].string == kept
    catalogs.update(texts)
    assert catalogs.po("es").read_bytes() == once


def test_a_reviewed_catalogue_names_its_reader(elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the table names a reviewer, the header has to name the same person."""
    from dataclasses import replace

    assert elsewhere.is_dir()
    monkeypatch.setitem(LANGUAGES, "es", replace(LANGUAGES["es"], reviewed_by="Rosa Pérez"))
    nothing = Catalog(fuzzy=False)
    assert catalogs.gaps("es", nothing)[0] == "es: the header does not say who reviewed it, or DRAFT"
    catalog = catalogs.read("es")
    catalog.header_comment = "# Reviewed by Rosa Pérez."
    write("es", catalog)
    assert "header" not in catalogs.gaps("es", nothing)[0]
