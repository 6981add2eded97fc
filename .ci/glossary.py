"""The school words we ship: ``en/*.yaml`` put together, with every form ready-made, in one ``en.json``.

    python .ci/glossary.py            compile
    python .ci/glossary.py --check    change nothing; exit with 1 if the compiled file is not current

The same files give the same bytes. Without a single YAML file nothing is written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portfolio.words.finder.index import layer_of  # noqa: E402 - found through the line above
from portfolio.words.glossary.load import term_of  # noqa: E402 - found through the line above

GLOSSARY = ROOT / "portfolio" / "words" / "glossary"


def read(paths: list[Path]) -> tuple[list[dict[str, Any]], dict[str, Any], list[str]]:
    """Return all entries, ordered by id, the header of translations, and a line for each id that comes twice.

    Of two entries with one id the first file's stays.
    """
    twice: list[str] = []
    entries: dict[str, dict[str, Any]] = {}
    where: dict[str, str] = {}
    header: dict[str, Any] = {}
    for path in paths:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        own = _plain(data.get("tr") or {})
        header = header or own
        for entry in data["entries"]:
            name = str(entry["id"])
            if name in where:
                twice.append(
                    f"{path.name}: the id “{name}” stands in {where[name]} already; rename or remove one."
                )
                continue
            where[name] = path.name
            entries[name] = _with_status(_plain(entry), own, header)
    return [entries[name] for name in sorted(entries)], header, twice


def _with_status(entry: dict[str, Any], own: dict[str, Any], header: dict[str, Any]) -> dict[str, Any]:
    """Write into an entry what its file says of its translations, where that is not what the first file says."""
    for lang, translation in (entry.get("tr") or {}).items():
        for key, value in (own.get(lang) or {}).items():
            if (header.get(lang) or {}).get(key) != value:
                translation.setdefault(key, value)
    return entry


def _plain(value: Any) -> Any:
    """Return YAML's values as JSON has them; dates become texts."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def compiled(entries: list[dict[str, Any]], header: dict[str, Any]) -> str:
    """Return the compiled glossary of all entries."""
    layer = layer_of(tuple(term_of(entry, header) for entry in entries))
    head = {
        "schema": 1,
        "lang": "en",
        "tr": header,
        "ids": layer.ids,
        "forms": layer.forms,
    }
    # One JSON value, an entry a line: the program reads only the lines of the words it meets.
    lines = ",\n".join(_json(entry) for entry in entries)
    return f'{_json(head)[:-1]},"entries":[\n{lines}\n],"sounds":{_json(layer.sounds())}}}\n'


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def main() -> None:
    """Compile, or check."""
    paths = sorted((GLOSSARY / "en").glob("*.yaml"))
    if not paths:
        sys.exit("There is no glossary in portfolio/words/glossary/en; nothing was written.")
    entries, header, twice = read(paths)
    text, target = compiled(entries, header), GLOSSARY / "en.json"
    if "--check" in sys.argv[1:]:
        if not target.is_file() or target.read_text(encoding="utf-8") != text:
            sys.exit("en.json is not what the YAML files say: run python .ci/glossary.py")
    else:
        target.write_text(text, encoding="utf-8", newline="\n")
        print(f"{target.name}: {len(entries)} entries, {len(text) // 1024} kB")
    if twice:
        sys.exit("\n".join(twice))


if __name__ == "__main__":
    main()
