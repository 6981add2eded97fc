"""The JSON Schemas in ``docs/schema`` say what the records say, and our own documents keep to them.

``jsonschema`` comes with JupyterLab (nbformat and jupyter-events need it); the product never imports it.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema  # type: ignore[import-untyped]  # it carries no types
import pytest
import yaml

import schema
from portfolio.files import class_templates
from portfolio.model import KIND, SCHEMA_VERSION, Document, Link, Portfolio, Sound, Video, Writing
from portfolio.moments.sample import sample_classes
from portfolio.testing import small_portfolio
from portfolio.words.glossary import load
from portfolio.words.glossary.shape import GLOSSARY_VERSION
from tests.samples import make_sample

FOLDER = schema.FOLDER
MEDIA = (Document, Link, Sound, Video, Writing)
PORTFOLIO = f"portfolio-{SCHEMA_VERSION}.schema.json"
TEMPLATE = f"class-template-{SCHEMA_VERSION}.schema.json"
GLOSSARY = f"glossary-{GLOSSARY_VERSION}.schema.json"
SHIPPED = Path(load.__file__).parent / "en"


def checker(name: str) -> Any:
    """Return what checks a document against a committed schema, dates included."""
    told = json.loads((FOLDER / name).read_text("utf-8"))
    kind = jsonschema.validators.validator_for(told)
    kind.check_schema(told)
    return kind(told, format_checker=kind.FORMAT_CHECKER)


def as_json(portfolio: Portfolio) -> Any:
    """Return a portfolio as it stands in a JSON file."""
    return json.loads(portfolio.model_dump_json())


def wrong(name: str, document: Any) -> list[str]:
    """Return where a document breaks a schema."""
    return [error.json_path for error in checker(name).iter_errors(document)]


@pytest.mark.parametrize("name", [PORTFOLIO, TEMPLATE, GLOSSARY])
def test_the_committed_schema_is_what_the_records_say(name: str) -> None:
    """The file in docs/schema is, sign by sign, what .ci/schema.py would write now."""
    assert (FOLDER / name).read_text("utf-8") == schema.documents()[name]


def test_there_are_no_other_schemas() -> None:
    """Every schema in the folder is one we write, or that of an older portfolio, which we still read."""
    older = {f"portfolio-{version}.schema.json" for version in range(1, SCHEMA_VERSION)}
    assert {path.name for path in FOLDER.iterdir()} == set(schema.documents()) | older


@pytest.mark.parametrize("name", sample_classes())
def test_every_portfolio_of_the_sample_class_keeps_to_the_schema(name: str, tmp_path: Path) -> None:
    """What the store hands out for the sample children is a document of the schema, and comes back from it."""
    folder = make_sample(
        name, tmp_path / name, at=datetime(2026, 11, 20, tzinfo=UTC), randomness=secrets.token_bytes
    )
    store = folder.store()
    try:
        metas = [meta for student in store.students() for meta in store.rounds(student.student_id)]
        portfolios = [store.portfolio(meta.portfolio_id) for meta in metas]
    finally:
        store.close()
    assert len(portfolios) > 3
    for portfolio in portfolios:
        document = as_json(portfolio)
        assert wrong(PORTFOLIO, document) == []
        assert Portfolio.model_validate_json(json.dumps(document)) == portfolio


def test_the_schema_knows_every_kind_of_entry() -> None:
    """Each entry and each medium that can stand in a portfolio has its place among the definitions, with its kind."""
    definitions = json.loads((FOLDER / PORTFOLIO).read_text("utf-8"))["$defs"]
    kinds = {
        name: told["properties"]["kind"]["const"]
        for name, told in definitions.items()
        if "kind" in told["properties"]
    }
    media = {record.__name__: record.model_fields["kind"].default for record in MEDIA}
    assert kinds == {record.__name__: kind for kind, record in KIND.items()} | media


def _unknown_field(document: Any) -> None:
    document["strengths"][0]["grade"] = "A"


def _no_id(document: Any) -> None:
    del document["goals"][0]["entry_id"]


def _strange_word(document: Any) -> None:
    document["meta"]["status"] = "excellent"


def _no_day(document: Any) -> None:
    document["meta"]["started_on"] = "soon"


def _other_version(document: Any) -> None:
    document["meta"]["schema_version"] = SCHEMA_VERSION + 1


MISTAKES: dict[Callable[[Any], None], str] = {
    _unknown_field: "$.strengths[0]",
    _no_id: "$.goals[0]",
    _strange_word: "$.meta.status",
    _no_day: "$.meta.started_on",
    _other_version: "$.meta.schema_version",
}


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.__name__)
def test_the_schema_finds_a_mistake_at_its_place(mistake: Callable[[Any], None]) -> None:
    """A field too many, a missing id, a word we do not know, no date, another version: each is found."""
    document = as_json(small_portfolio())
    assert wrong(PORTFOLIO, document) == []
    mistake(document)
    assert wrong(PORTFOLIO, document) == [MISTAKES[mistake]]


@pytest.mark.parametrize("path", sorted(class_templates().glob("*.yaml")), ids=lambda path: path.stem)
def test_every_class_template_we_ship_keeps_to_the_schema(path: Path) -> None:
    """The files teachers start from are documents of the schema as they are written, scales included."""
    assert wrong(TEMPLATE, yaml.safe_load(path.read_text("utf-8"))) == []


def test_the_template_schema_finds_a_misspelled_name() -> None:
    """A question with “contrl” breaks the schema where the question stands."""
    document = yaml.safe_load((class_templates() / "3-5.yaml").read_text("utf-8"))
    prompt = document["sections"][0]["prompts"][0]
    prompt["contrl"] = prompt.pop("control")
    assert set(wrong(TEMPLATE, document)) == {"$.sections[0].prompts[0]"}


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_glossary_file_we_ship_keeps_to_the_schema(path: Path) -> None:
    """The files of the starter glossary are documents of the schema as they are written."""
    document = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes texts only
    document["schema"] = int(document["schema"])
    for entry in document["entries"]:
        match = entry.get("match", {})
        match |= {name: match[name] == "true" for name in ("inflect",) if name in match}
        match |= {name: True for name in ("hyphen", "det") if match.get(name) == "true"}
    assert wrong(GLOSSARY, document) == []


def test_the_glossary_schema_finds_a_misspelled_name() -> None:
    """A word with “plian” and a cue with “nera” break the schema where they stand."""
    document = {"entries": [{"id": "a", "plian": "b"}, {"id": "b", "match": {"cue": {"nera": ["c"]}}}]}
    assert wrong(GLOSSARY, document) == ["$.entries[0]", "$.entries[1].match.cue"]
