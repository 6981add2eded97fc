"""What a class template must also be, beyond the shape of its records.

Each check looks at one thing and yields sentences; :mod:`portfolio.store.template_file` gathers them.
"""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter
from typing import Any

from portfolio.errors import TemplateMistake
from portfolio.model import Prompt, Section
from portfolio.model.fields import RECORD, askable, controls_for
from portfolio.model.template import Holds
from portfolio.store.template_sentences import SHOWN, literals_of, not_known, record_in
from portfolio.store.yaml_lines import Group, Node, Rows, Words, line_of

WRITTEN = ("line", "long")
"""Controls a child writes in: only these have a beginning, starters and a word count."""
CHOSEN = ("picks", "one", "scale")
"""Controls that need choices."""
COUNTED = ("picks", "photos", "media", "rows", "dates")
"""Controls that can hold several: only these say ``at_most``."""
LONGEST_ENTRY_ID = 64
"""Letters of ``<section>.<prompt>``, the name an answer is kept under."""

_NAMED_BY = {
    "sections": "section_id",
    "agendas": "preset_id",
    "steps": "step_id",
    "prompts": "field",
    "columns": "field",
    "choices": "id",
}
_FITS: dict[str, tuple[str, ...]] = {
    "words": WRITTEN,
    "lead": WRITTEN,
    "starters": WRITTEN,
    "choices": CHOSEN,
    "columns": ("rows",),
    "at_most": COUNTED,
}
"""Which controls each extra of a prompt belongs to."""
_NEEDED: dict[str, tuple[str, ...]] = {"choices": CHOSEN, "columns": ("rows",)}


class _At:
    """A place in a file: gives the values ``file`` and ``line`` of a sentence."""

    def __init__(self, file: str, node: Node, *path: object) -> None:
        self.file, self._node, self._path = file, node, path

    def __call__(self, *path: object) -> dict[str, Any]:
        return {"file": self.file, "line": line_of(self._node, *self._path, *path)}


def check_section(section: Section, node: Node, file: str) -> Iterator[TemplateMistake]:
    """Yield what is wrong in one section, whose lines are in ``node``."""
    yield from _check_counts(section, _At(file, node))
    for place, prompt in enumerate(section.prompts):
        at = _At(file, node, "prompts", place)
        yield from _check_field(section, prompt, at)
        yield from _check_extras(prompt, at)
        yield from _check_columns(section, prompt, at)
        yield from _check_choices(section, prompt, at)


def check_whole(page: Group, file: str) -> Iterator[TemplateMistake]:
    """Yield what only shows in the whole file: names used twice, unknown sections, sums of minutes."""
    yield from _check_names(page, file)
    known = [name.text for _, name in _named(page.get("sections"), "section_id")]
    for name in ("sections", "agendas"):
        rows = page.get(name)
        if isinstance(rows, Rows) and not rows.items:
            yield TemplateMistake(
                "{file}, line {line}: “{name}” is empty. A template needs at least one entry there.",
                **_At(file, page)(name),
                name=name,
            )
    agendas = page.get("agendas")
    for agenda in agendas.items if isinstance(agendas, Rows) else ():
        yield from _check_steps(agenda, known, file)
        yield from _check_minutes(agenda, file)


def _check_counts(section: Section, at: _At) -> Iterator[TemplateMistake]:
    if section.at_least > section.at_most:
        yield TemplateMistake(
            "{file}, line {line}: “at_least” is {least}, but “at_most” only {most}. It cannot be more.",
            **at("at_least"),
            least=section.at_least,
            most=section.at_most,
        )
    if section.kept_for_the_table and section.kept_for_the_table >= section.at_most:
        yield TemplateMistake(
            "{file}, line {line}: {kept} of at most {most} are kept for the table, so none is left for before. "
            "“kept_for_the_table” should be smaller than “at_most”.",
            **at("kept_for_the_table"),
            kept=section.kept_for_the_table,
            most=section.at_most,
        )
    if not _only_counts(section.each):
        yield TemplateMistake(
            "{file}, line {line}: “each” may hold {mark} for the number, and no other braces.",
            **at("each"),
            mark="{n}",
        )


def _only_counts(text: str) -> bool:
    try:
        return all(part[1:] in ((None, None, None), ("n", "", None)) for part in Formatter().parse(text))
    except ValueError:
        return False


def _check_field(section: Section, prompt: Prompt, at: _At) -> Iterator[TemplateMistake]:
    fitting = controls_for(section.holds, prompt.field)
    if not fitting:
        yield not_known(name=prompt.field, allowed=list(askable(section.holds)), **at("field"))
    elif prompt.control not in fitting:
        yield TemplateMistake(
            "{file}, line {line}: “{name}” of {holds} cannot be asked with “{control}”. Allowed are: {allowed}.",
            **at("control"),
            name=prompt.field,
            holds=section.holds,
            control=prompt.control,
            allowed=", ".join(fitting),
        )
    if len(f"{section.section_id}.{prompt.field}") > LONGEST_ENTRY_ID:
        yield TemplateMistake(
            "{file}, line {line}: “{name}” is too long together with the name of its section. Shorten one.",
            **at("field"),
            name=prompt.field,
        )


def _check_extras(prompt: Prompt, at: _At) -> Iterator[TemplateMistake]:
    for name, controls in _FITS.items():
        if getattr(prompt, name) and prompt.control not in controls:
            yield TemplateMistake(
                "{file}, line {line}: “{name}” does not go with “{control}”. It goes with: {allowed}.",
                **at(name),
                name=name,
                control=prompt.control,
                allowed=", ".join(controls),
            )
    for name, controls in _NEEDED.items():
        if not getattr(prompt, name) and prompt.control in controls:
            yield TemplateMistake(
                "{file}, line {line}: “{control}” needs “{name}”, a list of what there is.",
                **at("control"),
                name=name,
                control=prompt.control,
            )


def _check_columns(section: Section, prompt: Prompt, at: _At) -> Iterator[TemplateMistake]:
    if prompt.control != "rows" or prompt.control not in controls_for(section.holds, prompt.field):
        return
    row = record_in(RECORD[section.holds].model_fields[prompt.field].annotation)
    allowed = list(row.model_fields) if row else []
    for place, column in enumerate(prompt.columns):
        if column.field not in allowed:
            yield not_known(name=column.field, allowed=allowed, **at("columns", place, "field"))


def fixed_choices(holds: Holds, field: str) -> tuple[str, ...]:
    """Return the only choices a record can keep in a field (ids); empty where any will do."""
    fields = RECORD[holds].model_fields
    name = "answer" if holds == "ratings" else field
    return literals_of(fields[name].annotation) if holds != "answers" and name in fields else ()


def _check_choices(section: Section, prompt: Prompt, at: _At) -> Iterator[TemplateMistake]:
    """Yield choices a record could not keep: how far a goal is has five words, a piece of work five sorts."""
    allowed = fixed_choices(section.holds, prompt.field)
    for place, choice in enumerate(prompt.choices):
        if allowed and choice.id not in allowed:
            yield not_known(name=choice.id, allowed=allowed, **at("choices", place, "id"))


def _named(rows: Node | None, key: str) -> Iterator[tuple[Group, Words]]:
    for item in rows.items if isinstance(rows, Rows) else ():
        name = item.get(key) if isinstance(item, Group) else None
        if isinstance(item, Group) and isinstance(name, Words):
            yield item, name


def _check_names(node: Node, file: str) -> Iterator[TemplateMistake]:
    """Yield names used twice in a list, and those with a dot, which joins section and prompt."""
    if isinstance(node, Rows):
        for item in node.items:
            yield from _check_names(item, file)
    if not isinstance(node, Group):
        return
    for list_name, (_, rows) in node.entries.items():
        first: dict[str, int] = {}
        for _, name in _named(rows, _NAMED_BY.get(list_name, "")):
            if name.text in first:
                yield TemplateMistake(
                    "{file}, line {line}: “{name}” is used twice in “{list}” (first in line {first}). "
                    "Give each its own name.",
                    file=file,
                    line=name.line,
                    name=name.text[:SHOWN],
                    list=list_name,
                    first=first[name.text],
                )
            first.setdefault(name.text, name.line)
            if "." in name.text:
                yield TemplateMistake(
                    "{file}, line {line}: “{name}” has a dot in it. Use “-” or “_” instead.",
                    file=file,
                    line=name.line,
                    name=name.text[:SHOWN],
                )
        yield from _check_names(rows, file)


def _check_steps(agenda: Node, known: list[str], file: str) -> Iterator[TemplateMistake]:
    for step, _ in _named(agenda.get("steps") if isinstance(agenda, Group) else None, "step_id"):
        shown = step.get("sections")
        for item in shown.items if isinstance(shown, Rows) else ():
            if isinstance(item, Words) and item.text not in known:
                yield not_known(file, item.line, item.text, known)


def _check_minutes(agenda: Node, file: str) -> Iterator[TemplateMistake]:
    steps = agenda.get("steps") if isinstance(agenda, Group) else None
    said = [_number(agenda, name) for name in ("child_minutes", "all_minutes")]
    if not isinstance(agenda, Group) or not isinstance(steps, Rows) or None in said:
        return
    minutes = [(_number(step, "minutes"), _says_yes(step, "private")) for step in steps.items]
    summed = [sum(m or 0 for m, private in minutes if not private), sum(m or 0 for m, _ in minutes)]
    plain = all(m is not None and 1 <= m <= 60 for m, _ in minutes)  # others are told by themselves
    if summed != said and plain:
        yield TemplateMistake(
            "{file}, line {line}: the minutes of the steps add up to {child} for the child’s part and {all} with "
            "private minutes, but here it says {child_said} and {all_said}.",
            **_At(file, agenda)("child_minutes"),
            child=summed[0],
            all=summed[1],
            child_said=said[0],
            all_said=said[1],
        )


def _number(node: Node, name: str) -> int | None:
    value = node.get(name) if isinstance(node, Group) else None
    return (
        int(value.text)
        if isinstance(value, Words) and value.text.isdecimal() and len(value.text) < 10
        else None
    )


def _says_yes(node: Node, name: str) -> bool:
    value = node.get(name) if isinstance(node, Group) else None
    return isinstance(value, Words) and value.text.lower() in ("true", "yes", "on", "y", "t", "1")
