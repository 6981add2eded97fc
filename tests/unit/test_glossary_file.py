# long: one list of what can stand in a glossary file
"""Glossary files: what they say is read, every mistake is a sentence with its place, nothing stops a class."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from portfolio import files
from portfolio.errors import InputRefused, NotFound, TemplateMistake
from portfolio.model.record import Identifier
from portfolio.moments.glossary import check_file
from portfolio.store.class_folder import ClassFolder
from portfolio.store.glossary_file import parse_glossary, put_over, read_glossary
from portfolio.words import find
from portfolio.words.glossary import load, starter
from portfolio.words.glossary.shape import EntryShape, MatchShape, SwapShape
from portfolio.words.terms import Swap, Term

SKIPS = attrgetter("skip")
"""What a word is never found beside; asked so because ``.skip`` is also how a test would be left out."""

SHIPPED = sorted((Path(load.__file__).parent / "en").glob("*.yaml"))

GOOD = """\
# our words
schema: 1
entries:
- id: falcon-time
  term: Falcon time
  plain: Half an hour on Friday when children practice alone.
  match: {variants: falcon half hour, inflect: false}
- {id: iep, off: true}
- id: exit-ticket
  plain: A question on a card before we go.
"""

ONE = "entries:\n- id: a-word\n  term: a word\n  plain: what it means\n"

FULL = """\
entries:
- id: a-word
  term: a word
  plain: what it means
  swap: {sg: sheet, pl: sheets}
  match:
    case: title_or_cue
    inflect: false
    variants: [other way]
    cue: {near: [desk, chair], after: page}
    skip: {before: left, after: [hand, foot]}
"""

BROKEN = {
    "an unknown name": (ONE + "  trem: x\n", "line 5: “trem” is not known here. Did you mean “term”?"),
    "an unknown name at the top": ("enteries: []\n", "line 1: “enteries” is not known here. Did you mean"),
    "an unknown name in match": (ONE + "  match: {variant: x}\n", "line 5: “variant” is not known here."),
    "an unknown side of a cue": (ONE + "  match:\n    cue: {behind: x}\n", "line 6: “behind” is not known here."),
    "an unknown case": (ONE + "  match: {case: uper}\n", "line 5: “uper” is not known here. Did you mean “upper”?"),
    "an unknown kind": (ONE + "  kind: wrod\n", "line 5: “wrod” is not known here. Did you mean “word”?"),
    "an unknown part of speech": (ONE + "  pos: nuon\n", "line 5: “nuon” is not known here. Did you mean “noun”?"),
    "an unknown status": (ONE + "  tr: {es: {status: checked}}\n", "line 5: “checked” is not known here."),
    "an unknown form of a swap": (ONE + "  swap: {singular: x}\n", "line 5: “singular” is not known here."),
    "no id": ("entries:\n- term: x\n  plain: y\n", "line 2: “id” is missing here."),
    "no explanation": ("entries:\n- id: a-word\n  term: a word\n", "line 2: “plain” is missing here."),
    "no term": ("entries:\n- id: a-word\n  plain: what it means\n", "line 2: “term” is missing here."),
    "an id that is none": ("entries:\n- id: A Word\n", "line 2: “A Word” cannot be used as “id”."),
    "an id twice": (ONE + "- {id: a-word, off: true}\n", "line 5: “a-word” stands here a second time (first in line 2)."),
    "a name twice": (ONE + "  plain: again\n", "line 5: “plain” stands here a second time (first in line 4)."),
    "off that is neither": ("entries:\n- {id: iep, off: perhaps}\n", "line 2: “off” should be true or false"),
    "off for no word": ("entries:\n- {id: exit-tickett, off: true}\n", "line 2: there is no school word “exit-tickett”"),
    "a text for entries": ("entries: many\n", "line 1: “entries” should be a list"),
    "a text for an entry": ("entries:\n- IEP\n", "line 2: an entry should be lines such as “id: exit-ticket”."),
    "an empty entry": ("entries:\n-\n- id: iep\n", "line 2: an entry should be lines"),
    "a text for match": (ONE + "  match: upper\n", "line 5: an entry of “match” should be lines"),
    "a list for an explanation": (ONE.replace("what it means", "[a, b]"), "line 4: “plain” should be a text."),
    "a term without end": (ONE.replace("a word\n", "a" * 99 + "\n", 1), "line 3: “term” is too long."),
    "another version": ("schema: 2\nentries: []\n", "line 1: “schema” should be 1 or less"),
    "no glossary": ("just words\n", "line 1: a glossary begins with the line “entries:”"),
    "two glossaries": (ONE + "---\n" + ONE, "line 5: a second glossary begins here."),
    "an alias": ("a: &a [x]\nentries: *a\n", "line 1: a word that begins with “&” or “*”"),
    "a tag": ("entries: !!python/object:os.system x\n", "line 1: a word that begins with “!”"),
    "a tab": ("entries:\n- id: iep\n\toff: true\n", "line 3: the line begins with a tab."),
    "an open quotation mark": (ONE + '  kid: "open\n', "line 5: a quotation mark opens here"),
    "an open bracket": (ONE + "  tags: [a, b\n", "line 5: a bracket opens here"),
    "a colon too many": (ONE.replace("what it means", "it means: this"), "line 4: this cannot be read."),
    "deep nesting": ("entries: " + "[" * 40 + "]" * 40 + "\n", "line 1: this stands too deep"),
    "a sign nobody sees": (ONE + "# \x07\n", "line 5: there is a character here that cannot be shown."),
    "too many words near": (ONE + f"  match: {{cue: {{near: [{'a, ' * 401}a]}}}}\n", "line 5: “near” has 402 entries."),
    "a sign that only an escape writes": (ONE + '  kid: "a\\0b\\e[2J"\n', "line 5: there is a character here that cannot be"),
    "a line end of another kind": (ONE + '  kid: "a\\Nb"\n', "line 5: there is a character here that cannot be shown."),
    "such a sign in a name": (ONE + '  "k\\x07id": x\n', "line 5: there is a character here that cannot be shown."),
    "an explanation of nothing but spaces": (ONE.replace("what it means", '" "'), "line 4: “plain” is missing here."),
    "a term of nothing but spaces": (ONE.replace("term: a word", 'term: "\u2003"'), "line 3: “term” is missing here."),
    "an id no choice can be kept under": (f"entries:\n- id: {'a' * 65}\n", "line 2: “id” is too long. At most 64 letters"),
    "a translation into no language": (ONE + "  tr: {Spanish!: {plain: x}}\n", "“Spanish!” is no short form of a language."),
    "comments without end": (ONE + "# a\n" * 260_000, "is far too big for a glossary."),
    "nothing but comments without end": ("# a\n" * 260_000, "is far too big for a glossary."),
    "more spellings than can be looked for": (
        "entries:\n" + "".join(
            f"- {{id: w{n}, term: w{n}, plain: x, match: {{variants: [{', '.join(f'v{n} {m}' for m in range(399))}]}}}}\n"
            for n in range(11)
        ),
        "glossary.yaml has 4400 ways to write its words. At most 4000 can be used.",
    ),
    "too much of it": ("#" + "x" * 1_000_001 + "\nentries: []\n", "is far too big for a glossary."),
}  # fmt: skip


def told(text: str) -> str:
    """Return the sentence a glossary's text is answered with."""
    with pytest.raises(TemplateMistake) as error:
        put_over(starter(), parse_glossary(text, "glossary.yaml"))
    return str(error.value)


def class_with(place: Path, **files: str) -> ClassFolder:
    """Return a class folder with these glossary files (a name without its ending, and the text)."""
    for name, text in files.items():
        (place / f"{name.replace('_', '-')}.yaml").write_text(text, "utf-8")
    return ClassFolder(place)


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_answered_with_one_sentence_and_its_place(what: str) -> None:
    """Whatever is wrong is told in one line that names the file, and what was written there."""
    text, sentence = BROKEN[what]
    answer = told(text)
    assert answer.startswith("glossary.yaml") and sentence in answer
    assert "\n" not in answer and "pydantic" not in answer.lower()


def test_several_mistakes_are_told_together_first_line_first() -> None:
    """Two mistakes come as two sentences of one answer."""
    lines = told("entries:\n- id: iep\n  kidd: x\n- id: A B\n").splitlines()
    assert lines[0] == "glossary.yaml has 2 mistakes:"
    assert [line.split(":")[0] for line in lines[1:]] == ["glossary.yaml, line 3", "glossary.yaml, line 4"]


def test_a_word_is_new_changed_or_taken_away() -> None:
    """A class's word is found; a known one keeps how it is found when only its explanation changes; "off" removes."""
    glossary = put_over(starter(), parse_glossary(GOOD, "glossary.yaml"))
    text = "In Falcon time we wrote exit slips and read my IEP."
    assert [text[one.start : one.end] for one in find(text, glossary)] == ["Falcon time", "exit slips"]
    ours, known = glossary.term("exit-ticket"), starter().term("exit-ticket")
    assert ours.plain == "A question on a card before we go."
    assert (ours.match, ours.kid, ours.swap) == (known.match, known.kid, known.swap)
    assert known.translations and ours.translations == ()
    assert "iep" not in glossary and "iep" in starter()


def test_what_match_and_swap_do_not_say_stays_below() -> None:
    """One more spelling leaves case, cues, skips and the other spellings; one side of a cue leaves the others."""
    below = put_over(starter(), parse_glossary(FULL, "school-glossary.yaml"))
    known = below.term("a-word")

    def over(said: str) -> Term:
        text = f"entries:\n- id: a-word\n  {said}\n"
        return put_over(below, parse_glossary(text, "glossary.yaml")).term("a-word")

    assert known.match.cue and SKIPS(known.match) and known.swap
    more = over("match: {variants: [third way, other way]}")
    assert more.match == replace(known.match, variants=("other way", "third way"))
    assert (more.swap, more.plain) == (known.swap, known.plain)
    cue = replace(known.match.cue, near=frozenset({"paper"}))
    assert over("match: {cue: {near: paper}}").match == replace(known.match, cue=cue)
    skip = replace(SKIPS(known.match), after=frozenset())
    assert over("match: {skip: {after: []}, case: fold}").match == replace(
        known.match, case="fold", skip=skip
    )
    assert over("swap: {pl: papers}").swap == Swap(sg="sheet", pl="papers")


def test_one_text_for_a_swap_stands_for_every_form() -> None:
    """A class that gives one text takes the place of singular and plural; no form of ours stays beside it."""
    below = put_over(starter(), parse_glossary(FULL, "school-glossary.yaml"))
    text = "entries:\n- {id: a-word, swap: paper}\n"
    assert put_over(below, parse_glossary(text, "glossary.yaml")).term("a-word").swap == Swap(sg="paper")


def test_a_shipped_word_is_still_recognised_as_before_with_one_more_spelling() -> None:
    """“stem” keeps its case, cues and skips when a class adds how it writes it."""
    text = "entries:\n- {id: stem, match: {variants: [maker hour]}}\n"
    ours, known = (
        put_over(starter(), parse_glossary(text, "g.yaml")).term("stem").match,
        starter().term("stem").match,
    )
    assert ours.variants == (*known.variants, "maker hour")
    assert replace(ours, variants=()) == replace(known, variants=())
    assert known.cue or SKIPS(known) or known.case != "fold"


def test_an_id_of_64_letters_can_be_chosen() -> None:
    """The longest id a file may have is one a child's choice is kept under."""
    longest = "a" * 64
    assert parse_glossary(ONE.replace("a-word", longest), "g.yaml").entries[0].said["id"] == longest
    assert TypeAdapter(Identifier).validate_python(longest) == longest


@pytest.mark.parametrize("lang", ["es", "zh-Hans", "hmn"])
def test_a_translation_has_a_short_form_of_its_language(lang: str) -> None:
    """A language tag is taken as it is written, for a word and for the whole file."""
    text = f"tr: {{{lang}: {{by: us}}}}\n{ONE}  tr: {{{lang}: {{plain: x}}}}\n"
    term = put_over(starter(), parse_glossary(text, "g.yaml")).term("a-word")
    assert [(one.lang, one.by) for one in term.translations] == [(lang, "us")]


def test_a_file_that_is_far_too_big_is_told_and_does_not_check_well(tmp_path: Path) -> None:
    """One word and comments without end: reading and looking both say that the file is too big."""
    path = tmp_path / "glossary.yaml"
    path.write_text(ONE + "# a\n" * 260_000, "utf-8")
    with pytest.raises(TemplateMistake, match="far too big for a glossary"):
        read_glossary(path)
    looked = check_file(path)
    assert not looked.well and "far too big" in str(looked.trouble)


@pytest.mark.parametrize(
    ("match", "told"),
    [
        ("{variants: [a, the]}", ["“a” is also an everyday word", "“the” is also an everyday word"]),
        ("{variants: [a, the], cue: {near: page}}", []),
        ('{variants: ["", " "]}', ["“” has no letters", "“ ” has no letters"]),
    ],
)
def test_every_way_to_write_a_word_is_looked_at(tmp_path: Path, match: str, told: list[str]) -> None:
    """A spelling that is one everyday word gets a hint, one without letters must be mended; a cue guards it."""
    text = f"entries:\n- id: a-word\n  term: zorblax board\n  plain: what it means\n  match: {match}\n"
    (tmp_path / "glossary.yaml").write_text(text, "utf-8")
    looked = check_file(tmp_path / "glossary.yaml")
    sentences = [str(one.sentence) for one in looked.remarks]
    assert len(sentences) == len(told) and all(map(str.__contains__, sentences, told))
    assert looked.well == ("has no letters" not in str(told))


def test_one_text_stands_for_a_list_and_needed_for_true() -> None:
    """``variants: x`` is a list of one, ``hyphen: needed`` is true, ``swap: x`` is its one form."""
    text = ONE + "  swap: plain word\n  match: {variants: other word, hyphen: needed}\n"
    term = put_over(starter(), parse_glossary(text, "g.yaml")).term("a-word")
    assert term.match.variants == ("other word",) and term.match.hyphen
    assert term.swap and term.swap.sg == "plain word"


def test_a_text_that_looks_like_something_else_stays_a_text() -> None:
    """YAML's yes, numbers and days are read as they were written."""
    text = "entries:\n- {id: yes, term: on, plain: 2026-11-22}\n- {id: '504', term: 504, plain: 3.10}\n"
    said = [entry.said for entry in parse_glossary(text, "g.yaml").entries]
    assert said == [
        {"id": "yes", "term": "on", "plain": "2026-11-22"},
        {"id": "504", "term": "504", "plain": "3.10"},
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_file_with_nothing_in_it_is_a_glossary_without_words(text: str) -> None:
    """An empty file, or one with only comments, changes nothing."""
    assert parse_glossary(text, "g.yaml").entries == ()


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_file_we_ship_is_read(path: Path) -> None:
    """The starter glossary's own files can be used as a school's file."""
    assert len(read_glossary(path).entries) > 20


@pytest.mark.parametrize("coding", ["utf-16", "latin-1"])
def test_other_encodings_are_told_with_their_line(tmp_path: Path, coding: str) -> None:
    """A file saved in another encoding is answered with how to save it."""
    path = tmp_path / "glossary.yaml"
    path.write_bytes(ONE.replace("means", "meäns").encode(coding))
    with pytest.raises(TemplateMistake, match=r"line \d: the letters here are not saved as UTF-8"):
        read_glossary(path)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    """What is not there is not found; a folder cannot be opened."""
    with pytest.raises(NotFound, match="There is no glossary at"):
        read_glossary(tmp_path / "glossary.yaml")
    with pytest.raises(TemplateMistake, match="cannot be opened"):
        read_glossary(tmp_path)


@given(st.text(max_size=200), st.sampled_from(sorted(EntryShape.model_fields)))
def test_any_text_is_read_or_refused_with_a_sentence(text: str, name: str) -> None:
    """Nothing that stands in a file ends in anything but a glossary or one of our sentences."""
    for whole in (text, f"entries:\n- id: iep\n  {name}: {text}\n"):
        refused = ""
        try:
            put_over(starter(), parse_glossary(whole, "g.yaml"))
        except InputRefused as error:
            refused = str(error)
        assert not refused or refused.startswith("g.yaml")


# ------------------------------------------------------------------------------------------ in a class


def test_a_class_without_files_has_the_words_we_ship(tmp_path: Path) -> None:
    """Missing files are fine."""
    folder = ClassFolder(tmp_path)
    assert len(folder.glossary()) == len(starter()) and folder.glossary_troubles() == ()


def test_the_class_stands_over_the_school_and_the_school_over_ours(tmp_path: Path) -> None:
    """The latest layer wins: ours, the school's, the class's; a class can take a word back in."""
    school = "entries:\n- {id: iep, plain: the school says}\n- {id: rubric, plain: the school says}\n"
    ours = (
        "entries:\n- {id: iep, plain: the class says}\n- {id: a-word, term: a word, plain: the class says}\n"
    )
    glossary = class_with(tmp_path, school_glossary=school, glossary=ours).glossary()
    assert {glossary.term(name).plain for name in ("iep", "a-word")} == {"the class says"}
    assert glossary.term("rubric").plain == "the school says"


def test_a_broken_file_is_left_out_and_told(tmp_path: Path) -> None:
    """A class with a mistake in its file has the layers below, and one sentence of trouble; nothing is raised."""
    school = "entries:\n- {id: iep, plain: the school says}\n"
    folder = class_with(tmp_path, school_glossary=school, glossary="entries: many\n")
    assert folder.glossary().term("iep").plain == "the school says"
    assert [str(one) for one in folder.glossary_troubles()] == [
        "glossary.yaml, line 1: “entries” should be a list: each entry on its own line, after “- ”."
    ]


def test_a_file_is_read_again_only_when_it_changed(tmp_path: Path) -> None:
    """The same files give the very same glossary; a new text gives a new one, and an end to the trouble."""
    folder = class_with(tmp_path, glossary="entries: many\n")
    first = folder.glossary()
    assert folder.glossary() is first and folder.glossary_troubles()
    class_with(tmp_path, glossary="entries:\n- {id: iep, off: true}\n")
    assert "iep" not in folder.glossary() and folder.glossary_troubles() == ()


def test_a_link_to_another_place_is_not_followed(tmp_path: Path) -> None:
    """A glossary file that is a link is left out and told: a class never reaches out of its folder."""
    (tmp_path / "class").mkdir()
    (tmp_path / "other.yaml").write_text("entries:\n- {id: iep, off: true}\n", "utf-8")
    (tmp_path / "class" / "glossary.yaml").symlink_to(tmp_path / "other.yaml")
    folder = ClassFolder(tmp_path / "class")
    assert "iep" in folder.glossary()
    assert "is a link to another place" in str(folder.glossary_troubles()[0])


# ------------------------------------------------------------------------------------------ the guide

GUIDE = (files.shipped("docs") / "plain-words.md").read_text("utf-8")


def test_the_example_in_the_guide_is_a_good_glossary(tmp_path: Path) -> None:
    """The file shown in docs/plain-words.md is read, and nothing in it must be mended."""
    (tmp_path / "glossary.yaml").write_text(GUIDE.split("```yaml\n")[1].split("```")[0], "utf-8")
    looked = check_file(tmp_path / "glossary.yaml")
    assert looked.trouble is None and [str(one.sentence) for one in looked.remarks] == []


@pytest.mark.parametrize(
    "name", [*EntryShape.model_fields, *MatchShape.model_fields, *SwapShape.model_fields]
)
def test_the_guide_names_every_name(name: str) -> None:
    """Whatever a file may say is told in the guide."""
    assert f"`{name}" in GUIDE
