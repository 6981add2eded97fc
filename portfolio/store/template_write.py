"""A class template as text: the file a teacher would like to find, read back to the same template.

Names stand in the order of the shipped files, what is as usual is left out, choices that several questions share
are written once below ``scales``. Remarks at the head of an earlier text and its names of scales can be kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final

import yaml

from portfolio.errors import TemplateMistake
from portfolio.model import AgendaPreset, Choice, ClassTemplate, Prompt, Record, Section
from portfolio.store.yaml_lines import Group, plain, read_yaml
from portfolio.store.yaml_mistakes import Mistakes

HEAD: Final = """\
# What this class asks: the pages of its books, their questions, and the steps of the meeting.
# Written by the teacher's desk. It may be changed here as well: docs/class-templates.md says how.
"""

_SCALES_SAY: Final = '# Choices that several questions share. A question names one of them: "choices: faces".'
_AGENDAS_SAY: Final = (
    "# The meeting. The first agenda is the one a class starts with. The minutes of the steps must add up."
)
_KNOWN: Final[Mapping[str, str]] = {
    "great good so_so not_so_good hard": "faces",
    "always mostly sometimes not_yet": "four_words",
    "mostly sometimes": "thumbs",
    "just_starting getting_there nearly done changed_my_mind": "stickers",
    "just_starting getting_there nearly": "first_stickers",
}
"""How the shipped files call choices with these ids."""

_BARE: Final = re.compile(r"[^\W_](?:[\w '’().!/…–—?,;&+-]|\{n\})*")
"""What needs no quotation marks on a line of its own."""
_BARE_INSIDE: Final = re.compile(r"[^\W_](?:[\w '’().!/…–—-])*")
"""What needs none inside of ``{ }`` and ``[ ]``."""
_RESOLVER: Final[Any] = yaml.resolver.Resolver()
_COUNTED: Final = ("at_least", "at_most")
_FREE: Final = ("answers", "ratings")

Scale = tuple[Choice, ...]


def template_text(template: ClassTemplate, *, like: str = "") -> str:
    """Return the text of ``class.yaml`` for a template; reading it gives the same template again.

    ``like`` is an earlier text of the file: remarks at its head and its names of scales are kept. A template that
    no file may say (a question of ratings with photos) is written all the same: reading it tells what is wrong.
    """
    names = _scale_names(template, like)
    top = ("template_id", "version", "title", "age_band", "language", "about_words")
    lines = [*(_head_of(like) or HEAD.splitlines()), ""]
    lines += [f"{name}: {_word(getattr(template, name))}" for name in top]
    if names:
        lines += ["", _SCALES_SAY, "scales:"]
        for scale, name in names.items():
            lines += [f"  {name}:", *(f"    - {_inside(choice)}" for choice in scale)]
    lines += ["", "sections:" if template.sections else "sections: []"]
    for section in template.sections:
        lines += [*_section_lines(section, names), ""]
    lines += [_AGENDAS_SAY, "agendas:" if template.agendas else "agendas: []"]
    for agenda in template.agendas:
        lines += [*_agenda_lines(agenda), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section_lines(section: Section, names: Mapping[Scale, str]) -> Iterator[str]:
    mark = "  - "
    counted = section.holds not in _FREE
    for name, field in Section.model_fields.items():
        value = getattr(section, name)
        usual = not field.is_required() and value == field.default
        if name == "prompts" or (usual and not (counted and name in _COUNTED)):
            continue
        yield f"{mark}{name}: {_word(value)}"
        mark = "    "
    if section.prompts:
        yield "    prompts:"
    for prompt in section.prompts:
        yield from _prompt_lines(prompt, names)


def _prompt_lines(prompt: Prompt, names: Mapping[Scale, str]) -> Iterator[str]:
    mark = "      - "
    for name, field in Prompt.model_fields.items():
        value = getattr(prompt, name)
        if not field.is_required() and value == field.default:
            continue
        if name == "choices" and value in names:
            yield f"{mark}choices: {names[value]}"
        elif name in ("choices", "columns"):
            yield f"{mark}{name}:"
            yield from (f"          - {_inside(one)}" for one in value)
        else:
            said = f"[{', '.join(map(_quoted, value))}]" if name == "starters" else _word(value)
            yield f"{mark}{name}: {said}"
        mark = "        "


def _agenda_lines(agenda: AgendaPreset) -> Iterator[str]:
    mark = "  - "
    for name in ("preset_id", "title", "child_minutes", "all_minutes"):
        yield f"{mark}{name}: {_word(getattr(agenda, name))}"
        mark = "    "
    yield "    steps:" if agenda.steps else "    steps: []"
    for step in agenda.steps:
        yield f"      - {_inside(step)}"


def _inside(record: Record) -> str:
    """Return a small record on one line, in braces, without what is as usual."""
    said = []
    for name, field in type(record).model_fields.items():
        value = getattr(record, name)
        if field.is_required() or value != field.default:
            ids = isinstance(value, tuple)  # the pages of a step
            words = [_word(one, inside=True) for one in (value if ids else (value,))]
            word = f"[{', '.join(words)}]" if ids else words[0]
            said.append(f"{name}: {word}")
    return "{" + ", ".join(said) + "}"


def _word(value: object, *, inside: bool = False) -> str:
    """Return a value as YAML, in quotation marks wherever it could be taken for anything else."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    bare = _BARE_INSIDE if inside else _BARE
    if bare.fullmatch(text) and _is_text(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\ufeff", "\\ufeff")
    return f'"{escaped}"'


def _is_text(text: str) -> bool:
    """Return whether other readers of YAML take it for a text too, and not for a day, a number, or yes."""
    return bool(_RESOLVER.resolve(yaml.ScalarNode, text, (True, False)) == "tag:yaml.org,2002:str")


def _scale_names(template: ClassTemplate, like: str) -> dict[Scale, str]:
    """Return a name for all choices that more than one question has, in the order they first stand."""
    asked = [(p.choices, p.field) for section in template.sections for p in section.prompts if p.choices]
    used, written = Counter(choices for choices, _ in asked), _written_scales(like)
    names: dict[Scale, str] = {}
    for choices, field in asked:
        if choices in names or (used[choices] < 2 and choices not in written):
            continue
        ids = " ".join(choice.id for choice in choices)
        wanted = written.get(choices) or _KNOWN.get(ids) or f"{field}_choices"
        numbered = (wanted if n == 1 else f"{wanted}_{n}" for n in range(1, len(names) + 2))
        names[choices] = next(name for name in numbered if name not in names.values())
    order = [*written.values(), *names.values()]
    return dict(sorted(names.items(), key=lambda named: order.index(named[1])))


def _written_scales(like: str) -> dict[Scale, str]:
    """Return how an earlier text names its choices; nothing if it cannot be read."""
    found: dict[Scale, str] = {}
    try:
        scales = read_yaml(like, Mistakes("class.yaml")).get("scales") if like else None
        for name, (_, node) in scales.entries.items() if isinstance(scales, Group) else ():
            if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,63}", name) and name != "null":
                found.setdefault(tuple(Choice.model_validate(one) for one in plain(node)), name)
    except (TemplateMistake, ValueError, TypeError):
        return {}
    return found


def _head_of(text: str) -> list[str]:
    """Return the remarks a file begins with."""
    head: list[str] = []
    for line in text.lstrip("\ufeff").splitlines():
        if not line.startswith("#"):
            break
        head.append(line.rstrip())
    return head
