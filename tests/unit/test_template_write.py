"""A class template as text: read back it is the same, and it looks as a teacher would have written it."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

from portfolio.files import class_templates
from portfolio.model import ClassTemplate
from portfolio.store import yaml_lines
from portfolio.store.template_file import load_template, parse_template
from portfolio.store.template_write import HEAD, template_text
from tests.templates_made import templates

BANDS = ("k-2", "3-5", "6-8", "9-12")
SLOW = settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def shipped(band: str) -> tuple[str, ClassTemplate]:
    """Return the text of a template we ship, and what it says."""
    path = class_templates() / f"{band}.yaml"
    return path.read_text("utf-8"), load_template(path)


@pytest.mark.more
@SLOW
@given(templates())
def test_what_is_written_is_read_back(template: ClassTemplate) -> None:
    """Any template a file may say is written so that reading it gives the same one."""
    assert parse_template(template_text(template), "class.yaml") == template


@settings(SLOW, max_examples=40)
@given(templates())
def test_a_reader_without_our_rules_sees_the_same_texts(template: ClassTemplate) -> None:
    """Whoever reads the file with plain YAML finds each text as a text: no “yes” becomes true, no day a date."""
    told = yaml.safe_load(template_text(template))
    section = told["sections"][0]
    first = template.sections[0]
    assert (told["title"], section["section_id"], section["title"]) == (
        template.title,
        first.section_id,
        first.title,
    )
    for prompt, asked in zip(section.get("prompts", ()), first.prompts, strict=True):
        assert (prompt["field"], prompt["ask"], prompt.get("hint", "")) == (
            asked.field,
            asked.ask,
            asked.hint,
        )
        assert tuple(prompt.get("starters", ())) == asked.starters


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("band", BANDS)
def test_the_shipped_templates_keep_their_look(
    band: str, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Written anew beside its old text, a shipped template keeps its head, its scales and nearly all of its lines."""
    monkeypatch.setattr(yaml_lines, "_LOADER", getattr(yaml, loader))
    old, template = shipped(band)
    new = template_text(template, like=old)
    assert parse_template(new, "class.yaml") == template
    head = old.split("template_id")[0]
    assert new.startswith(head) and HEAD not in new
    scales = [
        line
        for line in old.split("sections:")[0].splitlines()
        if line.startswith("  ") and line.endswith(":")
    ]
    assert [line for line in new.splitlines() if line in scales] == scales
    kept = set(new.splitlines())
    lines = [line for line in old.splitlines() if line.strip() and "{field:" not in line and "#" not in line]
    assert sum(line in kept for line in lines) / len(lines) > 0.97
    assert len(new.splitlines()) < len(old.splitlines()) * 1.12


@pytest.mark.parametrize("band", BANDS)
def test_writing_again_changes_nothing(band: str) -> None:
    """A file that was written by us and written again is the same file, byte for byte."""
    once = template_text(shipped(band)[1])
    assert template_text(parse_template(once, "class.yaml"), like=once) == once


def test_choices_that_are_shared_stand_once() -> None:
    """What several questions offer is written below “scales” and named; what one offers stands with it."""
    text = template_text(shipped("3-5")[1])
    assert text.count("label: so-so") == 1 and text.count(" choices: faces\n") == 3
    assert "  faces:\n    - {id: great, label: great, icon: face-5}" in text
    assert "choices:\n          - {id: proud" in text


def test_a_teachers_remarks_and_names_stay() -> None:
    """Remarks at the head of the old file and the names it gave to scales stay; text that cannot be read is let go."""
    old, template = shipped("3-5")
    mine = "# For room 12.\n# Ask Ana.\n\n" + old.split("\n\n", 1)[1].replace("faces", "five_faces")
    text = template_text(template, like=mine)
    assert (
        text.startswith("# For room 12.\n# Ask Ana.\n\ntemplate_id: 3-5\n") and "choices: five_faces" in text
    )
    assert template_text(template, like="{{{") == template_text(template)


def test_what_no_file_may_say_is_written_and_told() -> None:
    """A template that breaks the rules of files is written all the same, and reading it says what is wrong."""
    template = shipped("3-5")[1]
    first = template.sections[0]
    wrong = first.but(at_least=3, at_most=1)
    text = template_text(template.but(sections=(wrong, *template.sections[1:])))
    with pytest.raises(Exception, match="“at_least” is 3, but “at_most” only 1"):
        parse_template(text, "class.yaml")


def test_nothing_needs_an_escape_that_json_does_not_know() -> None:
    """Texts in quotation marks are written as every program writes them: a teacher sees the letters, not codes."""
    template = shipped("3-5")[1]
    odd = 'Say: "أهلا" \\ or #1'
    text = template_text(template.but(title=odd))
    (line,) = (one for one in text.splitlines() if one.startswith("title:"))
    assert json.loads(line.removeprefix("title: ")) == odd and "أهلا" in line
