"""The table of the drills: every promise has its row, every row its drill, and nothing was lost."""

from __future__ import annotations

import contextlib
import json
import re
from pathlib import Path

import pytest

import reliability
from tests.tally import FILE, tally

ROOT = Path(__file__).resolve().parents[2]
LINE = {
    "promise": 1, "what": "kills", "drill": "tests/a.py::test_a[200]", "tried": 200, "survived": 200, "lost": 0,
    "worst": "", "done": True,
}  # fmt: skip


def printed_rows() -> list[list[str]]:
    """Return the cells of the table on the page."""
    text = reliability.PAGE.read_text(encoding="utf-8")
    figures = text.partition(reliability.BEGIN)[2].partition(reliability.END)[0]
    lines = [line for line in figures.splitlines() if re.match(r"\| \d", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_every_promise_has_a_row_with_a_drill_that_exists() -> None:
    """The page names for each promise what was tried, and a test that is there."""
    rows = printed_rows()
    assert {int(row[0].partition(":")[0]) for row in rows} == set(reliability.PROMISES)
    for *_, drill in rows:
        file, _, name = drill.strip("`").partition("::")
        assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8")


def test_nothing_was_lost() -> None:
    """Each drill on the page tried something, and all of it survived."""
    for row in printed_rows():
        tried, survived, lost = (int(cell.replace(",", "")) for cell in row[2:5])
        assert tried > 0
        assert (survived, lost) == (tried, 0)


def test_the_full_count_wins_over_the_short_form() -> None:
    """Of two counts of the same kind of try the larger one goes into the table."""
    short = {**LINE, "tried": 10, "survived": 10}
    (row,) = reliability.rows([json.dumps(LINE), json.dumps(short)])
    assert row.tried == 200
    assert "| 200 | 200 | 0 |" in reliability.table([row])
    assert row.place == "tests/a.py::test_a"


def test_a_loss_hides_behind_no_larger_count() -> None:
    """What a short form lost is told, though the full count of the same kind lost nothing."""
    lost = {**LINE, "tried": 10, "survived": 9, "lost": 1}
    for lines in ((LINE, lost), (lost, LINE)):
        told = reliability.complaints(reliability.rows(map(json.dumps, lines)))
        assert any("lost 1 of 10" in sentence for sentence in told)


@pytest.mark.parametrize(
    ("change", "words"),
    [({"done": False}, "did not come to its end"), ({"tried": 0}, "tried nothing"), ({"lost": 3}, "lost 3 of 200")],
)  # fmt: skip
def test_bad_news_is_told(change: dict[str, object], words: str) -> None:
    """What failed, tried nothing or lost something is said, and so is a promise nobody tried."""
    told = reliability.complaints(reliability.rows([json.dumps(LINE | change)]))
    assert any(words in sentence for sentence in told)
    assert "promise 20 has no drill" in told


def test_bad_news_is_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a loss the page stays as it was; with good news the table stands between the marks."""
    page, told = tmp_path / "page.md", tmp_path / "tally.jsonl"
    page.write_text(f"a\n{reliability.BEGIN}\n{reliability.END}\nb\n", encoding="utf-8")
    monkeypatch.setattr(reliability, "PAGE", page)
    good = [json.dumps(LINE | {"promise": number}) for number in reliability.PROMISES]
    told.write_text("\n".join([*good, json.dumps(LINE | {"what": "more", "lost": 1})]), encoding="utf-8")
    assert reliability.main([str(told), "--write"]) == 1
    assert "kills" not in page.read_text(encoding="utf-8")
    told.write_text("\n".join(good), encoding="utf-8")
    assert reliability.main([str(told), "--write"]) == 0
    assert page.read_text(encoding="utf-8").count("kills") == len(good)


def test_a_drill_that_fails_is_counted_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tally writes what was tried and lost also when the drill raises, and that it did not end well."""
    monkeypatch.setenv(FILE, str(tmp_path / "told"))
    with contextlib.suppress(ValueError), tally(1, "kills") as count:
        count.count(4)
        with count.attempt():
            raise ValueError("torn")
    (line,) = (tmp_path / "told").read_text(encoding="utf-8").splitlines()
    told = json.loads(line)
    assert (told["tried"], told["survived"], told["lost"], told["done"]) == (5, 4, 1, False)
    assert told["drill"].endswith("test_reliability.py::test_a_drill_that_fails_is_counted_too")
