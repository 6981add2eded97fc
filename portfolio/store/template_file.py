"""Class templates: YAML files in, :class:`~portfolio.model.ClassTemplate` out, mistakes told by line.

Read in stages: lines (:mod:`portfolio.store.yaml_lines`), scales put in their place, every section and
agenda checked by itself (so that all mistakes are told together, not one a day), what only shows in
the whole (:mod:`portfolio.store.template_checks`), and at last the template.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import ValidationError

from portfolio.errors import NotFound, TemplateMistake
from portfolio.model import AgendaPreset, ClassTemplate, Record, Section
from portfolio.store.template_checks import check_section, check_whole
from portfolio.store.template_sentences import SCALES, Place, not_known, one_for_each, sentence_for
from portfolio.store.yaml_lines import Group, Node, Rows, Words, line_of, plain, read_yaml, written
from portfolio.store.yaml_mistakes import Mistakes

MOST = {
    "sections": 60,
    "agendas": 12,
    "steps": 30,
    "prompts": 30,
    "choices": 24,
    "starters": 12,
    "columns": 6,
}
"""How long the lists of a template may be: far more than a child can use, little enough to stay quick."""

R = TypeVar("R", bound=Record)


def load_template(path: Path) -> ClassTemplate:
    """Return the class template in a YAML file.

    Raises ``NotFound`` if there is no such file and ``TemplateMistake`` for what cannot be used in it.
    """
    missing = NotFound("There is no class template at {place}.", place=str(path))
    return parse_template(written(path, missing), path.name)


def parse_template(text: str, name: str) -> ClassTemplate:
    """Return the class template a YAML text says; ``name`` is the file's name in sentences.

    Raises ``TemplateMistake``: one mistake as it is, several as one error whose value ``mistakes``
    lists them (each with ``file`` and ``line``), the first line first.
    """
    mistakes = Mistakes(name)
    page = read_yaml(text, mistakes)
    _refuse_long_lists(page, mistakes)
    mistakes.tell()
    page = _with_scales(page, mistakes)
    sections = _made_one_by_one(Section, page, "sections", mistakes)
    agendas = _made_one_by_one(AgendaPreset, page, "agendas", mistakes)
    for section, node in sections:
        for mistake in check_section(section, node, name):
            mistakes.add(mistake)
    for mistake in check_whole(page, name):
        mistakes.add(mistake)
    template = _whole(page, sections, agendas, mistakes)
    mistakes.tell()
    if template is None:  # every reason for this has been told above; a guard for the type checker
        raise TemplateMistake("{file} is no class template.", file=name)
    return template


def _refuse_long_lists(node: Node, mistakes: Mistakes) -> None:
    if isinstance(node, Rows):
        for item in node.items:
            _refuse_long_lists(item, mistakes)
    if not isinstance(node, Group):
        return
    for name, (line, value) in node.entries.items():
        most = MOST.get(name, MOST["sections"])
        if isinstance(value, Rows) and len(value.items) > most:
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: “{name}” has {count} entries. At most {most} can be used.",
                    file=mistakes.file,
                    line=line,
                    name=name[:60],
                    count=len(value.items),
                    most=most,
                )
            )
        _refuse_long_lists(value, mistakes)


def _with_scales(page: Group, mistakes: Mistakes) -> Group:
    """Return the page without its scales, each put where a prompt says ``choices: its-name``.

    A prompt that names no scale of the file is told and left out, so that nothing follows from it.
    """
    scales = page.get(SCALES)
    known = {name: node for name, (_, node) in scales.entries.items()} if isinstance(scales, Group) else {}
    for name, node in known.items():
        if not isinstance(node, Rows):
            mistakes.add(
                TemplateMistake(
                    "{file}, line {line}: “{name}” should be a list: each entry on its own line, after “- ”.",
                    file=mistakes.file,
                    line=node.line,
                    name=name[:60],
                )
            )
    if scales is not None and not isinstance(scales, Group):
        mistakes.add(
            TemplateMistake(
                "{file}, line {line}: “scales” should hold names, each with its list of choices.",
                file=mistakes.file,
                line=line_of(page, SCALES),
            )
        )
    rest = {
        name: (line, _filled(node, known, mistakes) or node)
        for name, (line, node) in page.entries.items()
        if name != SCALES
    }
    return Group(rest, page.line)


def _filled(node: Node, known: dict[str, Node], mistakes: Mistakes) -> Node | None:
    if isinstance(node, Rows):
        items = (_filled(item, known, mistakes) for item in node.items)
        return Rows(tuple(item for item in items if item is not None), node.line)
    if not isinstance(node, Group):
        return node
    entries = {
        name: (line, _filled(inner, known, mistakes) or inner) for name, (line, inner) in node.entries.items()
    }
    line, choices = entries.get("choices", (0, None))
    if isinstance(choices, Words) and not choices.empty:
        if choices.text not in known:
            mistakes.add(_unknown_scale(mistakes.file, line, choices.text, list(known)))
        if not isinstance(known.get(choices.text), Rows):
            return None
        entries["choices"] = (line, known[choices.text])
    return Group(entries, node.line)


def _unknown_scale(file: str, line: int, name: str, known: list[str]) -> TemplateMistake:
    if not known:
        return TemplateMistake(
            "{file}, line {line}: “{name}” should be a scale, but this file has no “scales”. Write the choices "
            "here as a list, or add “scales” at the top.",
            file=file,
            line=line,
            name=name[:60],
        )
    return not_known(file, line, name, known)


def _made_one_by_one(record: type[R], page: Group, name: str, mistakes: Mistakes) -> list[tuple[R, Node]]:
    rows = page.get(name)
    made = []
    for place, node in enumerate(rows.items if isinstance(rows, Rows) else ()):
        try:
            made.append((record.model_validate(plain(node)), node))
        except ValidationError as trouble:
            _add(trouble, page, (name, place), mistakes)
    return made


def _whole(
    page: Group,
    sections: list[tuple[Section, Node]],
    agendas: list[tuple[AgendaPreset, Node]],
    mistakes: Mistakes,
) -> ClassTemplate | None:
    values = plain(page)
    for name, made in (("sections", sections), ("agendas", agendas)):
        if isinstance(values.get(name), list):
            values[name] = tuple(record for record, _ in made)
    try:
        return ClassTemplate.model_validate(values)
    except ValidationError as trouble:
        _add(trouble, page, (), mistakes)
    return None


def _add(trouble: ValidationError, page: Group, place: Place, mistakes: Mistakes) -> None:
    for error in one_for_each(trouble.errors(include_url=False)):
        # what the records say about a whole (sums, names) check_whole says too, with the exact line
        keep = mistakes.add_in_general if error["type"] == "value_error" else mistakes.add
        keep(sentence_for(mistakes.file, page, place, error))
