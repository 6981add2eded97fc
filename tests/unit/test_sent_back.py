# long: every way a text comes back is read in one place
"""Answers as text: what a family's file writes is read again, whatever a mail does to it; codes say whose it is."""

from __future__ import annotations

import dataclasses
import re
import textwrap
import time
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.rules.near_labels import doubtful
from portfolio.rules.reply_code import groups_in, trouble_with
from portfolio.rules.sent_back import (
    CODE,
    FACE_OF,
    KNOWN,
    LONGEST,
    SIGNS,
    TEXTS,
    SentBack,
    alike,
    as_text,
    code_in,
    code_of,
    held_back,
    label,
    parse,
    whose,
)

SECRET, CLASS = b"s" * 32, "class-4b"
HOMES = (("amal", "teta", "amal-1"), ("mateo", "dad", "mateo-1"), ("mateo", "mama", "mateo-1"))
LABELS = {number: label(number, "كتبتُ إلى مايا: I notice what you do there") for number in KNOWN}
CODES = st.sampled_from([code_of(SECRET, CLASS, home).replace("-", "") for home in HOMES])

PIECES = (
    "[21 I notice]",
    "[51]",
    "［٢١ x］",
    "\\[45]",
    "\\\\[45 a]",
    "[ 9 9 ]",
    "【53】",
    "[\n> 99] abcd",
    "see",
    " ",
    "\n",
    "> ",
)
SIGNS_OF_ALL = st.text(
    st.sampled_from("abzéñ àعلم日本語 []［］\\0129٢２.,“”’'>-–—()\n:;!?🙂"), min_size=1, max_size=200
)
WORDS = st.one_of(
    SIGNS_OF_ALL, st.lists(st.sampled_from(PIECES), min_size=1, max_size=9).map("".join)
).filter(lambda text: any(sign.isalnum() for sign in text))
"""Words with everything in them that means something in a label, and with whole labels."""

SAID = st.builds(
    SentBack,
    code=CODES,
    who=st.text(st.sampled_from("abcÉ علم"), max_size=12),
    face=st.sampled_from(["", *FACE_OF.values()]),
    shared=st.booleans(),
    talk=st.booleans(),
    call=st.booleans(),
    texts=st.dictionaries(st.sampled_from(sorted(TEXTS.values())), WORDS, max_size=4),
)


def told(said: SentBack) -> SentBack:
    """Return an answer so that what a mail may change in it makes no difference."""
    texts = {key: re.sub(r"[\s>]", "", alike(words)) for key, words in said.texts.items()}
    return dataclasses.replace(said, who=re.sub(r"[\s>]", "", alike(said.who)), texts=texts)


def quoted(text: str) -> str:
    """Return a text as it is quoted in an answer to it."""
    return "Am 3. Mai schrieb Mama:\n" + "\n".join(f"> {line}" for line in text.split("\n"))


def wrapped(text: str) -> str:
    """Return a text as an old mail program sends it: no line over 72 letters."""
    lines = (
        textwrap.wrap(line, 72, break_long_words=False, break_on_hyphens=False) or [""]
        for line in text.split("\n")
    )
    return "\n".join(part for line in lines for part in line)


def rewritten(text: str) -> str:
    """Return a text with other digits, spaces, quotation marks and line ends than it was written with."""
    return text.translate(str.maketrans("0123456789 \"'", "０１２３４５６７８９\u00a0”’")).replace(
        "\n", "\r\n"
    )


MANGLED: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    quoted,
    lambda text: quoted(quoted(text)),
    wrapped,
    lambda text: quoted(wrapped(text)),
    rewritten,
    lambda text: text.replace("\n", "\n\n"),
    lambda text: "\ufeff" + "\n".join(f"\u200f{line}\u200e" for line in text.split("\n")),
    lambda text: (
        f"Hello Ms Lee,\nhere it is.\n\n{text}\n-- \nSent from my phone [2] [page 21]\nhttps://example.org/[21]"
    ),
    lambda text: text.replace("[", "\u2067[").replace("]", "]\u2069"),
)


@given(SAID)
def test_what_is_written_is_read_again(said: SentBack) -> None:
    """Every answer comes back letter by letter, but for white space at its ends, also with labels in its words."""
    text = as_text("Our answer to Maya", LABELS, said)
    (read,) = parse(text)
    texts = dict(said.texts.items())
    assert told(read) == told(dataclasses.replace(said, texts=texts))


@given(st.dictionaries(st.sampled_from(sorted(TEXTS.values())), WORDS, min_size=1, max_size=3), CODES)
def test_words_keep_every_letter_where_no_mail_changed_them(texts: dict[str, str], code: str) -> None:
    """A saved file gives the very words: line breaks, brackets, strokes, ``>``."""
    texts = {key: words.strip() + "." * 81 for key, words in texts.items()}  # a line no mail has broken
    (read,) = parse(as_text("T", LABELS, SentBack(code=code, texts=texts)))
    ends = [[line.rstrip(" \t") for line in words.split("\n")] for words in texts.values()]
    assert sorted(read.texts) == sorted(texts)
    assert sorted(words.split("\n") for words in read.texts.values()) == sorted(ends)


@pytest.mark.parametrize("mangle", MANGLED)
@given(SAID)
def test_a_mail_does_no_harm(mangle: Callable[[str], str], said: SentBack) -> None:
    """Quoted, wrapped, with other digits, spaces and marks, between a greeting and a signature: the same answer."""
    text = as_text("Our answer to Maya", LABELS, said)
    (read,) = parse(mangle(text))
    assert told(read) == told(said)


def test_a_quotation_is_taken_off_and_a_familys_own_stays() -> None:
    """What a mail put before each line goes; the ``>`` that stood in the words stays."""
    words = "You wrote:\n> I can\nYes, you can."
    (read,) = parse(quoted(quoted(as_text("T", LABELS, SentBack(texts={"letter-own": words})))))
    assert read.texts == {"letter-own": words}


def test_lines_a_mail_broke_are_put_together_again() -> None:
    """A long sentence that was broken is one line again; paragraphs and short lines stay as they were."""
    words = f"{'We read it twice and talked about it the whole evening. ' * 4}\n\nThank you!\nDad and Nana".replace(
        " \n", "\n"
    )
    text = as_text("T", LABELS, SentBack(texts={"letter-own": words}))
    for sent in (wrapped(text), quoted(wrapped(text))):
        assert parse(sent)[0].texts == {"letter-own": words}


@given(st.text(max_size=300))
def test_any_text_is_read_without_trouble(text: str) -> None:
    """Nonsense is no answer and no traceback."""
    for one in parse(text):
        assert isinstance(one.texts, dict)


@given(WORDS)
def test_nothing_somebody_writes_is_a_label(words: str) -> None:
    """Held back, no words begin a label, whatever stands in them."""
    assert parse(held_back(words)) == ()


def test_two_answers_in_one_text_are_two() -> None:
    """Each ends with its code; the second does not run into the first."""
    codes = [code_of(SECRET, CLASS, home).replace("-", "") for home in HOMES[:2]]
    one, two = (SentBack(code=code, texts={"notice": f"words {code}"}) for code in codes)
    assert [(a.code, a.texts) for a in parse(as_text("A", LABELS, one) + as_text("B", LABELS, two))] == [
        (one.code, one.texts),
        (two.code, two.texts),
    ]


def test_what_a_hand_types_is_enough() -> None:
    """Only the numbers count: no words in the labels, on one line with the answer, no code."""
    (read,) = parse("[10] Teta\n[11]\n[21] I notice you count aloud.\n[45] Well done!\n[51]")
    assert (read.who, read.face, read.shared, read.code) == ("Teta", "face-5", True, "")
    assert read.texts == {"notice": "I notice you count aloud.", "letter-own": "Well done!"}


def test_who_reads_is_the_teacher_alone_unless_it_says_otherwise() -> None:
    """Nothing chosen, both chosen, or the teacher chosen: the child does not read it."""
    assert [one.shared for text in ("[21] a", "[21] a [51] [52]", "[21] a [52]", "[21] a [51]") for one in parse(text)] == [
        False, False, False, True,
    ]  # fmt: skip


def test_a_code_finds_its_home_and_no_other() -> None:
    """Every home of a round has a code of its own, always the same; another secret, class or round has others."""
    codes = [code_of(SECRET, CLASS, home) for home in HOMES]
    assert len(set(codes)) == len(HOMES) and codes == [code_of(SECRET, CLASS, home) for home in HOMES]
    for code, home in zip(codes, HOMES, strict=True):
        assert whose(SECRET, CLASS, HOMES, code_in(code)) == home
        assert whose(b"t" * 32, CLASS, HOMES, code_in(code)) is None
        assert whose(SECRET, "class-5", HOMES, code_in(code)) is None
        assert not [part for part in (*home, CLASS) if part in code]


@given(CODES, st.integers(0, SIGNS - 1), st.sampled_from("23456789abcdefghijkmnpqrstuvwxyz"))
def test_a_wrong_letter_finds_nobody(code: str, at: int, sign: str) -> None:
    """One letter changed: it is no code, or nobody's."""
    changed = code[:at] + sign + code[at + 1 :]
    read = code_in(changed)
    assert changed == code or not read or whose(SECRET, CLASS, HOMES, read) is None


def test_a_damaged_code_is_told_apart_from_none() -> None:
    """A code line without a whole code is damaged; no code line is no code."""
    good = code_of(SECRET, CLASS, HOMES[0])
    for text, damaged in (
        (f"[{CODE}] {good[:-2]}", True),
        (f"[{CODE}] {good.upper()}", False),
        ("[21] a", False),
    ):
        (read,) = parse(text)
        assert read.damaged is damaged


def test_a_label_is_one_line_without_brackets() -> None:
    """A name with brackets in it cannot end the label it stands in."""
    assert label(51, "M[a]x\n and  the teacher") == "[51 M a x and the teacher]"


def test_a_text_without_end_is_refused() -> None:
    """A text too long to be answers is refused with a sentence before anything is looked for."""
    with pytest.raises(InputRefused, match="too long"):
        parse("[21] a" * LONGEST)


def test_words_below_a_number_nobody_knows_are_kept_apart() -> None:
    """A mistyped number takes its words out of the letter, at the start, in the middle, on one line or quoted."""
    (read,) = parse(
        "[46] For you alone.\n[21] You count.\n  [15]\n[45] Well done! [67 For the teacher only] He is ill.\n[51]"
    )
    assert read.texts == {"notice": "You count.", "letter-own": "Well done!"}
    assert read.strange == ((46, "For you alone."), (15, ""), (67, "He is ill."))
    assert read.shared and read.child_reads and read.says_anything


def test_what_only_looks_like_a_number_of_ours_stays_in_the_words() -> None:
    """Years, notes, one digit, words of the file's own form: none of them is a strange number."""
    words = "See [1], [2026], [146] and [20 May 2026], \\[46] too."
    (read,) = parse(
        f"Hi! See [46] there.\n[45] {words}\n[99] {code_of(SECRET, CLASS, HOMES[0])}\n-- \n[14] High Street"
    )
    assert read.texts == {"letter-own": words.replace("\\", "")} and not read.strange


@pytest.mark.parametrize("date", ["[21/11/26, 12:03]", "[22.11.2026, 10:01:12]", "[31-12-26]", "[ 11 / 12 ]"])
def test_the_day_a_messenger_puts_before_words_is_no_label(date: str) -> None:
    """A day and an hour in brackets begin nothing, whatever number the day has."""
    (read,) = parse(f"{date} Teta: Our answer\n[23] Why?\n{date} Teta: and more\n[99]")
    assert read.texts == {"ask": f"Why?\n{date} Teta: and more"} and not read.face and not read.strange


@given(st.integers(0, 3), st.sampled_from("0ol1xy"), st.sampled_from(["-", " ", ""]))
def test_the_group_that_is_off_is_named(group: int, sign: str, between: str) -> None:
    """One group mistyped: its number and its signs are told, and nothing of the right ones."""
    codes = [code_of(SECRET, CLASS, home) for home in HOMES]
    parts = codes[1].split("-")
    right, wrong = parts[group], sign * 4
    typed = between.join((*parts[:group], wrong, *parts[group + 1 :]))
    told = str(trouble_with(typed, codes))
    assert f"Group {group + 1} " in told and f"“{wrong}”" in told and right not in told


def test_a_code_that_is_far_from_all_names_no_group() -> None:
    """Two groups off, a sign too few, nothing at all: how many signs there are, or that it is more than one place."""
    codes = [code_of(SECRET, CLASS, home) for home in HOMES]
    whole = codes[0].replace("-", "")
    assert "more than one place" in str(trouble_with(f"xxxx-xxxx-{whole[8:]}", codes))
    assert "it has 12 signs" in str(trouble_with(whole[:12], codes))
    assert "it has 0 signs" in str(trouble_with("", codes))
    assert groups_in(f"{codes[0]}\n-- \nSent from my phone") == tuple(codes[0].split("-"))
    assert "Group 2" in str(trouble_with(codes[0][:8] + codes[0][9:], codes))


@pytest.mark.parametrize(
    "line",
    [
        "[76",
        "[706 x]",
        "[6]",
        "[7б only you]",
        "[76 for [you] only]",
        "[77 part 2]",
        "> [7 6",
    ],
)
def test_a_label_that_may_be_mistyped_keeps_all_words_from_the_child(line: str) -> None:
    """What stands below it may be for the teacher alone: nothing is shared, nothing is lost."""
    (read,) = parse(f"[21 I notice]\nI see\n{line}\nnot for the child\n[51]\n[99]\n")
    assert not read.shared and "not for the child" in read.texts["notice"]


@pytest.mark.parametrize(
    "line",
    [
        "(76) a",
        "( 7 6 ) a",
        "76] a",
        "76) a",
        "{76} a",
        "<72> a",
        "76: a",
        "52 – a",
        "75",
        "76 a",
        "٧٦) a",
        "\u200f(٧٦) a",
        "> （７６） a",
        "76 For the teacher only] a",
        "71 solo para la maestra",
        "we are proud (76 for the teacher only) a",
        "so [76: 3 days] a",
        f"{'a ' * 38}\n(76) a",
    ],
)
def test_a_number_of_the_teachers_typed_with_other_brackets_shows_the_child_nothing(line: str) -> None:
    """Round, half or no brackets at the beginning of a line: the line is told, and nothing is shared."""
    (read,) = parse(f"[21 I notice]\nI see\n{line}\nnot for the child\n[51]\n[99]\n")
    assert not read.shared and "not for the child" in read.texts["notice"]
    assert read.doubt and read.doubt in line.replace("\u200f", "")
    (read,) = parse(f"[21 I notice]\nI see\n{line}\n[52]\n[99]\n")
    assert not read.doubt  # nobody wanted to share it


@pytest.mark.parametrize(
    "line",
    [
        "\\[76 or so",
        "[12/3/26, 10:15] Teta: more",
        "I have (76) apples",
        "3 apples",
        "1) one",
        "21) b",
        "75 books were read",
        "52 weeks",
        "71.5 kg",
        "7/5/26",
        "70s music",
        "75-year-old Nana",
        "74-76: a",
        "2076",
        "(2076)",
    ],
)
def test_words_that_look_a_little_like_a_label_are_shared_as_chosen(line: str) -> None:
    """Held-back brackets, days of messengers and numbers in a sentence are no mistyped label."""
    (read,) = parse(f"[21 I notice]\nI see\n{line}\n[51]\n[99]\n")
    assert read.shared and line.removeprefix("\\") in read.texts["notice"]


@pytest.mark.parametrize(
    ("text", "together"),
    [
        ("[21]\na\n[51]\n[21]\nb\n[51]\n[99]\n", True),
        ("[21]\na\n[51]\n[11]\n[52]\n", True),
        ("[21]\na\n[51]\n[52]\n[99]\n", False),
        ("[51]\n[21]\na\n[45]\nb\n[99]\n", False),
        ("[21]\na\n[51]\n[76]\nb\n[53]\n[99]\n", False),
    ],
)
def test_who_reads_it_is_said_once_in_one_answer(text: str, together: bool) -> None:
    """Said twice with words between, the end of another answer is missing: it is marked as two in one."""
    (read,) = parse(text)
    assert read.run_together is together


@pytest.mark.parametrize(
    "text", ["(" * 300_000, "76 " * 99_000, "> " * 150_000, "[ " * 150_000, "(76" * 99_000]
)
def test_lines_made_to_hang_are_looked_at_at_once(text: str) -> None:
    """What may be a label is looked for in one way through the words."""
    before = time.process_time()
    doubtful(text)
    assert time.process_time() - before < 5


def test_an_answer_without_its_end_never_flows_into_the_next_one() -> None:
    """Two names are two answers: the first has lost its code, and its words are nobody else's."""
    code = code_of(SECRET, CLASS, HOMES[1])
    lost, whole = parse(f"[10]\nTeta\n[21]\nhers\n[52]\n[10]\nDad\n[21]\nhis\n[51]\n[99]\n{code}\n")
    assert (lost.code, lost.who, dict(lost.texts), lost.shared) == ("", "Teta", {"notice": "hers"}, False)
    assert (whole.code, whole.who, dict(whole.texts)) == (code.replace("-", ""), "Dad", {"notice": "his"})


@pytest.mark.parametrize("number", [11, 51, 52, 53, 75])
def test_words_below_a_tick_are_the_teachers_and_not_lost(number: int) -> None:
    """Also where 76 was mistyped as 75; what stands behind a tick on its line is what it means."""
    (read,) = parse(f"[21]\nhello\n[51]\n[{number} x]\nfor you\n[99]\n")
    assert read.strange == ((number, "for you"),) and read.texts == {"notice": "hello"}
    (read,) = parse("[21]\nhello\n[11] good\n[51] both read\n[99]\n")
    assert not read.strange and read.shared


def test_text_made_to_hang_is_read_at_once() -> None:
    """Backslashes without end took minutes: each was looked at from each."""
    words = "\\" * 300_000
    (read,) = parse(f"[21]\n{words}\n[51]")
    assert read.texts["notice"] == words and held_back(words) == words
