"""A class's glossary files over one another: one that cannot be used takes no more with it than it must."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from portfolio.store.class_folder import ClassFolder

SCHOOL = "entries:\n- {id: falcon-time, term: Falcon time, plain: Our half hour.}\n"
BROKEN = "entries:\n- {id: falcon-time, term: Falcon time, plain: Our half hour., trem: x}\n"
OURS = """\
entries:
- {id: falcon-time, plain: What we call our half hour.}
- {id: owl-time, off: true}
- {id: exit-ticket, plain: A card before we go.}
- {id: rubric, off: true}
- {id: crew-day, term: Crew day, plain: The day we clean up.}
"""


def opened(place: Path, school: str, ours: str = OURS) -> ClassFolder:
    """Return a class folder with a school's file and a class's file."""
    (place / "school-glossary.yaml").write_text(school, "utf-8")
    (place / "glossary.yaml").write_text(ours, "utf-8")
    return ClassFolder(place)


def test_a_mistake_in_the_schools_file_leaves_the_classs_words(tmp_path: Path) -> None:
    """What stands alone in the class's file is used; a change of a word that is not there now is left out."""
    glossary = opened(tmp_path, BROKEN).glossary()
    assert glossary.term("exit-ticket").plain == "A card before we go."
    assert "crew-day" in glossary and "rubric" not in glossary and "falcon-time" not in glossary


def test_it_is_said_which_words_wait_for_the_schools_file(tmp_path: Path) -> None:
    """The mistake itself comes first, then one sentence with the ids; nothing says that a term is missing."""
    first, second = map(str, opened(tmp_path, BROKEN).glossary_troubles())
    assert first.startswith("school-glossary.yaml, line 2: “trem” is not known here.")
    assert second == (
        "glossary.yaml: these entries say something about words of school-glossary.yaml, which cannot be used: "
        "falcon-time, owl-time. They are left out until school-glossary.yaml is mended."
    )


def test_many_waiting_words_are_not_all_named(tmp_path: Path) -> None:
    """Ten ids are enough for a sentence."""
    ours = "entries:\n" + "".join(f"- {{id: falcon-{n}, plain: x}}\n" for n in range(12))
    told = str(opened(tmp_path, BROKEN, ours).glossary_troubles()[1])
    assert "falcon-9 …. They" in told and "falcon-10" not in told


@pytest.mark.parametrize(
    "ours", ["entries:\n- {id: crew-day, term: Crew day, plain: x}\n", "# nothing yet\n"]
)
def test_words_that_stand_alone_need_no_second_sentence(tmp_path: Path, ours: str) -> None:
    """If nothing is left out, only the school's mistake is told."""
    assert len(opened(tmp_path, BROKEN, ours).glossary_troubles()) == 1


def test_with_a_good_school_file_half_an_entry_is_still_a_mistake(tmp_path: Path) -> None:
    """Nothing is left out silently where no other file is to blame."""
    folder = opened(tmp_path, SCHOOL, "entries:\n- {id: falcon-tim, plain: x}\n")
    assert "line 2: “term” is missing here." in str(folder.glossary_troubles()[0])
    assert "falcon-time" in folder.glossary()


def test_when_the_schools_file_is_mended_all_words_are_back(tmp_path: Path) -> None:
    """The class's wording lies over the school's word again."""
    opened(tmp_path, BROKEN).glossary()
    folder = opened(tmp_path, SCHOOL, OURS.replace("- {id: owl-time, off: true}\n", ""))
    assert folder.glossary_troubles() == ()
    assert folder.glossary().term("falcon-time").plain == "What we call our half hour."


@pytest.mark.parametrize("own", [False, True])
def test_who_has_no_words_of_its_own_pays_nothing_for_reading_them(tmp_path: Path, own: bool) -> None:
    """What reads glossary files is imported only where there is one: every home file of a class would wait for it."""
    if own:
        (tmp_path / "glossary.yaml").write_text(SCHOOL, "utf-8")
    code = (
        "import sys; from pathlib import Path; from portfolio.store.class_folder import ClassFolder; "
        "print('falcon-time' in ClassFolder(Path(sys.argv[1])).glossary(), 'portfolio.store.glossary_file' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [str(own)] * 2
