"""Reading class templates: what is right opens, what is wrong is told by file and line.

The wrong ones are ``tests/cases/templates/*.yaml``. Add one: begin it with the sentence it should
bring, one comment line ``# Says: …`` for each line of it.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import NotFound, TemplateMistake
from portfolio.files import class_templates
from portfolio.model import AgendaPreset, AgendaStep, Choice, ClassTemplate, Column, Prompt, Section
from portfolio.model.fields import RECORD, controls_for
from portfolio.model.template import Holds
from portfolio.store import yaml_lines
from portfolio.store.template_file import load_template, parse_template
from portfolio.store.yaml_lines import LARGEST
from portfolio.store.yaml_mistakes import LONGEST_LIST, Listed

ROOT = Path(__file__).resolve().parents[2]
CASES = sorted((ROOT / "tests" / "cases" / "templates").glob("*.yaml"))
MARK = "# Says: "
SHIPPED = (class_templates() / "3-5.yaml").read_text(encoding="utf-8")

SMALL = """\
template_id: ours
version: 1
title: Ours
age_band: 3-5
about_words: 40
scales:
  yes_no:
    - {id: up, label: yes}
    - {id: side, label: no}
sections:
  - section_id: feels
    title: "on"
    icon: feels
    holds: ratings
    optional: yes
    prompts:
      - {field: mornings, ask: 2026-10-05, control: scale, choices: yes_no}
agendas:
  - preset_id: short
    title: Short
    child_minutes: 1
    all_minutes: 1
    steps:
      - {step_id: show, title: Show, speaker: student, minutes: 1}
"""


def refusal(text: str) -> TemplateMistake:
    """Return the error a text brings."""
    with pytest.raises(TemplateMistake) as caught:
        parse_template(text, "ours.yaml")
    return caught.value


def the_only_line(mistake: TemplateMistake) -> object:
    """Return the line a single mistake points at."""
    assert "mistakes" not in mistake.values
    return mistake.values["line"]


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_wrong_template_is_answered_with_its_sentence(
    path: Path, loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each case brings exactly the sentence at its top, with the fast parser of YAML and the plain one."""
    monkeypatch.setattr(yaml_lines, "_LOADER", getattr(yaml, loader))
    says = [
        line.removeprefix(MARK)
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith(MARK)
    ]
    with pytest.raises(TemplateMistake) as caught:
        load_template(path)
    assert str(caught.value).splitlines() == says


def test_there_are_cases() -> None:
    """The folder of wrong templates is found, and each of them says what it should bring."""
    assert len(CASES) > 50
    assert all(path.read_text(encoding="utf-8").startswith(MARK) for path in CASES)


def test_a_text_stays_what_was_written() -> None:
    """Words that YAML would turn into truth values, dates or numbers stay words; a truth value is one."""
    section = parse_template(SMALL, "ours.yaml").sections[0]
    assert [choice.label for choice in section.prompts[0].choices] == ["yes", "no"]
    assert (section.title, section.prompts[0].ask, section.optional) == ("on", "2026-10-05", True)


def test_a_scale_is_put_where_it_is_named() -> None:
    """A scale written once stands in every question that names it."""
    template = parse_template(SHIPPED, "3-5.yaml")
    feels = template.section("feels")
    assert feels is not None
    mornings, breaks = feels.prompt("mornings"), feels.prompt("breaks")
    assert mornings is not None and breaks is not None
    assert len(mornings.choices) == 5 and mornings.choices == breaks.choices


def test_both_parsers_of_yaml_read_the_shipped_templates_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without the fast parser reads the same templates."""
    fast = [load_template(path) for path in sorted(class_templates().glob("*.yaml"))]
    monkeypatch.setattr(yaml_lines, "_LOADER", yaml.SafeLoader)
    assert [load_template(path) for path in sorted(class_templates().glob("*.yaml"))] == fast


def test_windows_line_ends_and_a_byte_order_mark_change_nothing(tmp_path: Path) -> None:
    """A template saved by a Windows editor is the same template."""
    path = tmp_path / "class.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SHIPPED.replace("\n", "\r\n").encode())
    assert load_template(path) == parse_template(SHIPPED, "3-5.yaml")


def test_a_missing_file_is_told_with_its_place(tmp_path: Path) -> None:
    """Where no file is, the sentence says where it was looked for."""
    with pytest.raises(NotFound) as caught:
        load_template(tmp_path / "class.yaml")
    assert str(tmp_path / "class.yaml") in str(caught.value)


def test_a_folder_is_no_template(tmp_path: Path) -> None:
    """A folder in place of a file is told in a sentence."""
    with pytest.raises(TemplateMistake, match="cannot be opened"):
        load_template(tmp_path)


def test_letters_of_another_encoding_are_told_with_their_line(tmp_path: Path) -> None:
    """A file that is not UTF-8 is refused at the line where that shows."""
    path = tmp_path / "class.yaml"
    path.write_bytes("template_id: ours\ntitle: Año\n".encode("latin-1"))
    with pytest.raises(TemplateMistake) as caught:
        load_template(path)
    assert the_only_line(caught.value) == 2


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """More than a megabyte is no template, from a file or as a text."""
    path = tmp_path / "class.yaml"
    path.write_text("#" * (LARGEST + 1))
    with pytest.raises(TemplateMistake, match="too big"):
        load_template(path)
    assert "too big" in str(refusal("a: " + "ü" * (LARGEST // 2)))


@pytest.mark.parametrize(
    "bomb",
    [
        "a: " + "[" * 400_000,
        "- " * 400_000 + "a",
        "a: &a [x]\n" + "".join(f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)),
        "? " * 300_000,
        "a: !!python/object/apply:os.system [ls]",
    ],
    ids=["brackets", "dashes", "aliases", "question marks", "tag"],
)  # fmt: skip
def test_a_bomb_is_put_out_at_once(bomb: str) -> None:
    """Deep nesting, aliases of aliases and tags end in a sentence within a blink."""
    start = time.process_time()
    refusal(bomb)
    assert time.process_time() - start < 2


def test_a_scale_cannot_make_a_small_file_huge() -> None:
    """A scale named a thousand times is stopped before it is filled in."""
    prompts = "".join(
        "      - {field: mornings, ask: How, control: scale, choices: yes_no}\n" for _ in range(1_000)
    )
    head, tail = SMALL.split("agendas:")
    assert "At most 30" in str(refusal(f"{head}{prompts}agendas:{tail}"))


def test_many_mistakes_are_told_from_the_first_on() -> None:
    """With more mistakes than one reads, the first twenty are listed, in the order of the lines."""
    mistake = refusal(SHIPPED.replace("control: ", "controll: "))
    listed = mistake.values["mistakes"]
    assert isinstance(listed, Listed)
    lines = [int(str(one.values["line"])) for one in listed]
    assert len(lines) == LONGEST_LIST and lines == sorted(lines)
    assert mistake.values["count"] == SHIPPED.count("control: ")
    assert str(mistake).count("\n") == LONGEST_LIST


@pytest.mark.parametrize("record", [ClassTemplate, Section, Prompt, Choice, Column, AgendaPreset, AgendaStep])
def test_the_guide_for_teachers_names_everything(record: type[ClassTemplate]) -> None:
    """Every name a template may hold is explained in the guide."""
    guide = (ROOT / "docs" / "class-templates.md").read_text(encoding="utf-8")
    assert not [name for name in record.model_fields if f"`{name}`" not in guide]


def test_the_example_of_the_guide_opens() -> None:
    """The template printed in the guide is a right one, and a sentence printed there is a true one."""
    guide = (ROOT / "docs" / "class-templates.md").read_text(encoding="utf-8")
    example = guide.split("```yaml\n")[1].split("```")[0]
    template = parse_template(example, "class.yaml")
    assert [section.section_id for section in template.sections] == ["our_garden"]
    says = str(refusal(example.replace("control: photos", "contrl: photos"))).replace(
        "ours.yaml", "class.yaml"
    )
    assert says in " ".join(guide.split())


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="ab:-&*!?|>'\"{}[],#%@ \n\t0", max_size=120))
def test_any_text_is_a_template_or_a_sentence(text: str) -> None:
    """No text brings anything but a template or a TemplateMistake."""
    assert str(refusal(text))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_template_is_told_where_it_is_damaged(data: st.DataObject) -> None:
    """A shipped template with a line lost, doubled, indented or cut opens, or names lines that exist."""
    lines = SHIPPED.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    line = lines[place]
    changed: tuple[list[str], ...] = (
        [],
        [line, line],
        ["  " + line],
        [line[: data.draw(st.integers(0, len(line)))]],
    )
    lines[place : place + 1] = data.draw(st.sampled_from(changed))
    try:
        parse_template("\n".join(lines), "ours.yaml")
    except TemplateMistake as mistake:
        told = mistake.values.get("mistakes", (mistake,))
        assert isinstance(told, tuple)
        numbers = [one.values["line"] for one in told]
        assert all(isinstance(number, int) and 1 <= number <= len(lines) for number in numbers)


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(RECORD)),
    st.sampled_from(["what", "goal", "steps", "pictures", "look_again", "sort"]),
)
def test_a_question_fits_its_record_or_is_refused(holds: Holds, field: str) -> None:
    """Exactly the fields and controls the records allow are accepted."""
    for control in ("line", "photos", "date"):
        text = SMALL.replace("holds: ratings", f"holds: {holds}").replace(
            "{field: mornings, ask: 2026-10-05, control: scale, choices: yes_no}",
            f"{{field: {field}, ask: What, control: {control}}}",
        )
        fits = control in controls_for(holds, field)
        try:
            parse_template(text, "ours.yaml")
        except TemplateMistake:
            assert not fits
        else:
            assert fits
