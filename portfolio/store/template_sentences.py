"""What we say about a class template that does not fit: a sentence with the file and the line.

Pydantic finds most mistakes; here each of its findings is worded for a teacher who edits the file.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic_core import ErrorDetails

from portfolio.errors import TemplateMistake
from portfolio.model import ClassTemplate, Record
from portfolio.store.yaml_lines import Node, line_of

SCALES = "scales"
"""The name under which a file writes choices that several prompts share."""
SHOWN = 60
"""Characters of a teacher's own text that a sentence repeats."""

LONGEST_NAME = 64
"""Letters a name may have."""

Place = tuple[int | str, ...]
"""The way to something in a template: names, and places in lists counted from 0."""


def not_known(file: str, line: int, name: str, allowed: Sequence[str]) -> TemplateMistake:
    """Return the sentence for a name or word that is not one of ``allowed``; a near one is offered."""
    near = get_close_matches(name, allowed, n=1)
    values = {"file": file, "line": line, "name": name[:SHOWN], "allowed": ", ".join(allowed)}
    if near:
        return TemplateMistake(
            "{file}, line {line}: “{name}” is not known here. Did you mean “{near}”? Allowed are: {allowed}.",
            near=near[0],
            **values,
        )
    return TemplateMistake(
        "{file}, line {line}: “{name}” is not known here. Allowed are: {allowed}.", **values
    )


def sentence_for(
    file: str, page: Node, place: Place, error: ErrorDetails, root: type[Record] = ClassTemplate
) -> TemplateMistake:
    """Return the sentence for one finding of pydantic about what stands at ``place`` in ``page``.

    ``root`` is the record of the whole file.
    """
    path = (*place, *error["loc"])
    line = line_of(page, *path)
    name = str(next((step for step in reversed(path) if isinstance(step, str)), ""))[:SHOWN]
    known = _known_words(path, error, root)
    if known is not None:
        return not_known(
            file, line, name if error["type"] == "extra_forbidden" else str(error["input"]), known
        )
    say: Callable[..., TemplateMistake] = _SAY.get(error["type"], _does_not_fit)
    context: dict[str, Any] = error.get("ctx", {})
    if error["type"] == "string_pattern_mismatch" and len(str(error["input"])) > LONGEST_NAME:
        say, context = _too_long, {"max_length": LONGEST_NAME}
    return say(
        file=file,
        line=line,
        name=name,
        value=_shown(error["input"]),
        bound=context.get("ge", context.get("le", context.get("max_length", ""))),
        pattern=context.get("pattern", ""),
        what=context.get("error", ""),
    )


def _shown(value: object) -> str:
    """Return what somebody wrote as a sentence can repeat it."""
    if isinstance(value, list | dict):
        return "[…]" if isinstance(value, list) else "{…}"
    return str(value)[:SHOWN]


def one_for_each(errors: Sequence[ErrorDetails]) -> list[ErrorDetails]:
    """Return findings without those that only follow: a name written “tilte” is not missing as well."""
    unknown: dict[Place, list[str]] = {}
    for error in errors:
        if error["type"] == "extra_forbidden":
            unknown.setdefault(error["loc"][:-1], []).append(str(error["loc"][-1]))

    def follows(error: ErrorDetails) -> bool:
        near = unknown.get(error["loc"][:-1], []) if error["type"] == "missing" else []
        return bool(get_close_matches(str(error["loc"][-1]), near, n=1)) if near else False

    return [error for error in errors if not follows(error)]


def literals_of(annotation: Any) -> tuple[str, ...]:
    """Return the words an annotation allows (``Literal[...]``, also beside ``None``); empty if any will do."""
    if get_origin(annotation) is Literal:
        return get_args(annotation)
    return tuple(word for part in get_args(annotation) for word in literals_of(part))


def record_in(annotation: Any) -> type[Record] | None:
    """Return the record an annotation is about (``tuple[Step, ...]`` gives ``Step``), or ``None``."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    return next((found for part in get_args(annotation) if (found := record_in(part))), None)


def _known_words(path: Place, error: ErrorDetails, root: type[Record]) -> list[str] | None:
    """Return what would have been allowed, for findings that are about one of a few words."""
    if error["type"] not in ("extra_forbidden", "literal_error"):
        return None
    inside = _record_at(path[:-1], root)
    if error["type"] == "extra_forbidden":
        names = [field.alias or name for name, field in inside.model_fields.items()]
        return [*names, *([SCALES] if inside is ClassTemplate else [])]
    return list(literals_of(inside.model_fields[str(path[-1])].annotation))


def _record_at(path: Place, record: type[Record]) -> type[Record]:
    for step in path:
        if isinstance(step, str) and step in record.model_fields:  # a step may be a name of the teacher's own
            record = record_in(record.model_fields[step].annotation) or record
    return record


def _is_missing(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{name}” is missing here.", **values)


def _should_be_number(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{name}” should be a whole number, not “{value}”.", **values)


def _should_be_yes_or_no(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{name}” should be true or false, not “{value}”.", **values)


def _too_small(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{name}” should be {bound} or more, not {value}.", **values)


def _too_big(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{name}” should be {bound} or less, not {value}.", **values)


def _should_be_text(**values: Any) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: “{name}” should be a text. Is nothing written behind a “- ”, "
        "or are there “[ ]” where none belong?",
        **values,
    )


def _should_be_list(**values: Any) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: “{name}” should be a list: each entry on its own line, after “- ”.", **values
    )


def _should_be_group(**values: Any) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: an entry of “{name}” should be lines such as “title: Our page”.", **values
    )


def _too_long(**values: Any) -> TemplateMistake:
    return TemplateMistake(
        "{file}, line {line}: “{name}” is too long. At most {bound} letters fit.", **values
    )


def _odd_name(**values: Any) -> TemplateMistake:
    if "A-Z" in values["pattern"]:
        return TemplateMistake(
            "{file}, line {line}: “{value}” is no short form of a language. Write for example en, es or zh-Hans.",
            **values,
        )
    endings = re.search(r"\\\.\((.+?)\)", values["pattern"])
    if endings:
        return TemplateMistake(
            "{file}, line {line}: “{value}” cannot be the file for “{name}”. Write its name only, in small letters "
            "a to z, digits, “-” and “_”, with one of these endings: {endings}.",
            **values,
            endings=", ".join(endings[1].split("|")),
        )
    return TemplateMistake(
        "{file}, line {line}: “{value}” cannot be used as “{name}”. Use small letters a to z, digits, “-” and “_”, "
        "with a letter or digit first.",
        **values,
    )


def _says_the_model(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: {what}.", **values)


def _does_not_fit(**values: Any) -> TemplateMistake:
    return TemplateMistake("{file}, line {line}: “{value}” does not fit for “{name}”.", **values)


_SAY: dict[str, Callable[..., TemplateMistake]] = {
    "missing": _is_missing,
    "int_parsing": _should_be_number,
    "int_parsing_size": _should_be_number,
    "int_type": _should_be_number,
    "bool_parsing": _should_be_yes_or_no,
    "bool_type": _should_be_yes_or_no,
    "greater_than_equal": _too_small,
    "less_than_equal": _too_big,
    "string_type": _should_be_text,
    "tuple_type": _should_be_list,
    "model_type": _should_be_group,
    "string_too_long": _too_long,
    "too_long": _too_long,
    "string_pattern_mismatch": _odd_name,
    "value_error": _says_the_model,
}
"""Which sentence answers which finding of pydantic."""
