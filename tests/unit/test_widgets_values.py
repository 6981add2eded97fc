"""What each control may hold: what fits is put in order, what does not is refused."""

from __future__ import annotations

from typing import Any

import pytest

from portfolio.errors import InputRefused, PictureRefused, TextRefused
from portfolio.widgets import checks
from portfolio.widgets.wire import Field, PhotoValue
from tests.desk_kernel import ask, choices

SHA = "a" * 64
PHOTO: PhotoValue = {
    "sha256": SHA, "width": 4, "height": 3, "alt": "", "caption": "", "written": "", "looks": [], "others": False, "thumb": "data:,"
}  # fmt: skip
THREE = choices("one", "two", "three")
COLUMNS = [{"field": "what", "ask": "What"}, {"field": "when", "ask": "When"}]

FIELDS: dict[str, Field] = {
    "line": ask("f", "?", "line"),
    "picks": ask("f", "?", "picks", choices=THREE, at_most=2),
    "old picks": ask("f", "?", "picks", choices=THREE, value=["gone"]),
    "one": ask("f", "?", "one", choices=THREE),
    "rows": ask("f", "?", "rows", columns=COLUMNS, at_most=2),
    "date": ask("f", "?", "date"),
    "dates": ask("f", "?", "dates", at_most=2),
    "photos": ask("f", "?", "photos", at_most=2),
}


@pytest.mark.parametrize(
    ("control", "given", "kept"),
    [
        ("line", "مرحبا\u200f 🦜", "مرحبا\u200f 🦜"),
        ("picks", ["two", "one"], ["two", "one"]),
        ("old picks", ["gone", "one"], ["gone", "one"]),
        ("one", "three", "three"),
        ("one", None, None),
        ("rows", [{"what": "read"}], [{"what": "read", "when": ""}]),
        ("date", "2026-12-01", "2026-12-01"),
        ("date", "", None),
        ("dates", ["2026-12-01"], ["2026-12-01"]),
        ("photos", [], []),
    ],
)
def test_what_fits_is_kept(control: str, given: Any, kept: Any) -> None:
    """Every control's values pass, in the shape the keeper gets."""
    assert checks.value(FIELDS[control], given, {}) == kept


@pytest.mark.parametrize(
    ("control", "given"),
    [
        ("line", None),
        ("line", ["x"]),
        ("picks", "one"),
        ("picks", ["four"]),
        ("picks", ["one", "one"]),
        ("picks", ["one", "two", "three"]),
        ("one", "four"),
        ("one", {"id": "one"}),
        ("rows", [{"what": 3}]),
        ("rows", [{"else": "x"}]),
        ("rows", ["x"]),
        ("rows", [{}, {}, {}]),
        ("date", "tomorrow"),
        ("date", 20261201),
        ("dates", ["2026-13-01"]),
        ("photos", [{"sha256": "b" * 64}]),
        ("photos", [{"sha256": SHA, "alt": 7}]),
        ("photos", [{"sha256": SHA, "others": "yes"}]),
        ("photos", [{"sha256": SHA, "looks": [{"x": 2, "y": 0, "words": ""}]}]),
        ("photos", [{"sha256": SHA, "looks": [{"x": "<b>", "y": 0}]}]),
        ("photos", [{"sha256": SHA, "looks": ["here"]}]),
        ("photos", "all"),
    ],
)
def test_what_does_not_fit_is_refused(control: str, given: Any) -> None:
    """Wrong types, unknown choices, impossible days, too many: a sentence, never a crash."""
    with pytest.raises(InputRefused) as refused:
        checks.value(FIELDS[control], given, {SHA: PHOTO})
    assert str(refused.value).endswith(".")


def test_a_picture_is_what_we_kept_with_the_pages_words_on_it() -> None:
    """Size and name come from the kept picture whatever the page says; no thumbnail travels back."""
    given = [
        {
            "sha256": SHA,
            "width": 9999,
            "alt": "a wall",
            "written": "My wall\nis blue.",
            "looks": [{"x": 0.5, "y": 1, "words": "here"}],
            "evil": 1,
        }
    ]
    (kept,) = checks.value(FIELDS["photos"], given, {SHA: PHOTO})
    assert kept == {
        "sha256": SHA,
        "width": 4,
        "height": 3,
        "alt": "a wall",
        "caption": "",
        "written": "My wall\nis blue.",
        "looks": [{"x": 0.5, "y": 1.0, "words": "here"}],
        "others": False,
    }


def test_too_much_is_said_in_its_own_words() -> None:
    """A text beyond all measure and a picture too many each have a sentence that says what to do."""
    with pytest.raises(TextRefused, match="Take some of it away"):
        checks.value(FIELDS["line"], "x" * 200_001, {})
    with pytest.raises(PictureRefused, match="room for 2"):
        checks.value(FIELDS["photos"], [{"sha256": SHA}] * 3, {SHA: PHOTO})
