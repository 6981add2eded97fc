"""The shape of our documents as JSON Schema, written from the records themselves.

    python .ci/schema.py            write docs/schema/*.schema.json
    python .ci/schema.py --check    change nothing; exit with 1 if a file is not what the records say

``portfolio-8`` is a portfolio as JSON: one child, one round. ``class-template-8`` is a ``class.yaml`` as a
teacher writes it, scales included, so that an editor can help while typing. The number is the version of the
documents (``SCHEMA_VERSION``), not of the program. ``glossary-1`` is a ``glossary.yaml``, whose version is the
number it says under ``schema``. A schema says what a document looks like; what must add
up (minutes, names used once) only the program checks.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from environment import ROOT, say
from portfolio.model import SCHEMA_VERSION, ClassTemplate, Portfolio
from portfolio.words.glossary.shape import GLOSSARY_VERSION, GlossaryShape

FOLDER = ROOT / "docs" / "schema"
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def portfolio_schema() -> dict[str, Any]:
    """Return the schema of a portfolio as JSON."""
    return _headed(Portfolio.model_json_schema(), "portfolio")


def class_template_schema() -> dict[str, Any]:
    """Return the schema of a class template file.

    The file knows one thing more than the record: choices that several questions share stand once, under
    ``scales``, and a question names them.
    """
    schema = ClassTemplate.model_json_schema()
    choices = schema["$defs"]["Prompt"]["properties"]["choices"]
    schema["properties"]["scales"] = {
        "title": "Scales",
        "description": "Choices that several questions share, by a name that “choices” may say.",
        "type": "object",
        "additionalProperties": {"type": "array", "items": choices["items"]},
    }
    listed = {"type": "array", "items": choices["items"]}
    schema["$defs"]["Prompt"]["properties"]["choices"] = {
        "title": choices["title"],
        "default": choices["default"],
        "anyOf": [listed, {"type": "string", "description": "The name of one of the scales."}],
    }
    return _headed(schema, "class-template")


def glossary_schema() -> dict[str, Any]:
    """Return the schema of a glossary file: ours, a school's, a class's.

    A new word needs its term and explanation, one that is known needs neither: only the program can tell which.
    """
    return _headed(GlossaryShape.model_json_schema(by_alias=True), "glossary", GLOSSARY_VERSION)


def _headed(schema: dict[str, Any], name: str, version: int = SCHEMA_VERSION) -> dict[str, Any]:
    """Return the schema with what it is and which version; its texts as plain sentences."""
    known = {"$schema": DIALECT, "$id": f"urn:student-led-portfolio:{name}-{version}"}
    return {**known, **_plain(schema)}


def _plain(value: Any) -> Any:
    """Return the value with the marks of docstrings taken out of every description, and lines joined."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: " ".join(inner.replace("``", "`").split())
        if key == "description" and isinstance(inner, str)
        else _plain(inner)
        for key, inner in value.items()
    }


def documents() -> dict[str, str]:
    """Return every schema file as text, by its name."""
    schemas = {"portfolio": portfolio_schema(), "class-template": class_template_schema()}
    named = {f"{name}-{SCHEMA_VERSION}": schema for name, schema in schemas.items()}
    named[f"glossary-{GLOSSARY_VERSION}"] = glossary_schema()
    return {
        f"{name}.schema.json": json.dumps(schema, ensure_ascii=False, indent=1) + "\n"
        for name, schema in named.items()
    }


def main() -> int:
    """Write the files, or say which are not what the records say."""
    wanted = documents()
    if "--check" not in sys.argv:
        FOLDER.mkdir(parents=True, exist_ok=True)
        for name, text in wanted.items():
            (FOLDER / name).write_bytes(text.encode("utf-8"))  # the same line ends everywhere
    stale = [name for name, text in wanted.items() if not _says(name, text)]
    say(
        "\n".join(f"{name}: run python .ci/schema.py" for name in stale)
        or f"as the records: {', '.join(wanted)}"
    )
    return 1 if stale else 0


def _says(name: str, text: str) -> bool:
    path = FOLDER / name
    return path.is_file() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    raise SystemExit(main())
