"""Whatever a hand or a mail does to an answer: what was meant for the teacher alone reaches no child."""

from __future__ import annotations

import quopri
import textwrap
from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from portfolio.moments.reply_doubts import first_line, refuse_two_in_one, without_doubt
from portfolio.rules.sent_back import BOTH_READ, FACE_OF, FOR_SCHOOL, NUMBER, SentBack, as_text, label, parse
from portfolio.views.answer_form import TICKS, alone_line, groups_of, school_lines
from portfolio.words import speak

CODE = "abcd-efgh-jkmn-pqrs"
SECRET = "SECRETWORDS"
WORDS = st.text(st.sampled_from("abz éعلم\n,.!¿0129>-[]()\\"), min_size=1, max_size=90)


def labels(tag: str) -> dict[int, str]:
    """Return every label of the form of a home, as its file has it."""
    say = speak(tag)
    lines = [line for group in groups_of(say, own_time=True) for line in group.lines]
    whole = {line.number: line.label for line in (*lines, *school_lines(say), alone_line(say))}
    ticks = {number: label(number, say(words, name="Mateo")) for number, words in TICKS.items()}
    read = label(BOTH_READ, f"{say('Who may read this?')} {say(TICKS[BOTH_READ], name='Mateo')}")
    return {
        **whole,
        **ticks,
        **{n: label(n, "x") for n in FACE_OF},
        10: "[10 From]",
        99: "[99 x]",
        BOTH_READ: read,
    }


LABELS = {tag: labels(tag) for tag in ("en", "es", "ar")}


def flowed(text: str) -> str:
    """Return a text as mail programs send it that may break lines: each part but the last ends with a space."""
    made = []
    for line in text.split("\n"):
        *parts, last = textwrap.wrap(line, 66, break_long_words=False, break_on_hyphens=False) or [""]
        made += [*(f"{part} " for part in parts), last]
    return "\n".join(made)


def other(opening: str, closing: str) -> Callable[[str], str]:
    """Return what gives a text other brackets."""
    return lambda text: text.translate(str.maketrans("[]", opening + closing))


MANGLED: tuple[Callable[[str], str], ...] = (
    flowed,
    lambda text: "\n".join(f"> {line}" for line in text.split("\n")),
    lambda text: "\n".join(f"\u200f{line}\u200f" for line in text.split("\n")).replace("[", "\u2066[\u200f"),
    lambda text: text.translate(str.maketrans("0123456789 ", "٠١٢٣٤٥٦٧٨٩\u00a0")),
    lambda text: quopri.encodestring(text.encode()).decode("ascii"),
    lambda text: text.upper(),
    lambda text: text.replace("\n", " "),
    lambda text: f"From: Dad\r\nSent: Monday\r\nSubject: RE: Our answer\r\n\r\n{text}".replace("\n", "\r\n"),
    *(
        other(opening, closing)
        for opening, closing in ("［］", "【】", "「」", "⟦⟧", "()", "{}", "[)", "(]", "<>")
    ),
    lambda text: text.replace("[", ""),
    lambda text: text.replace("]", ""),
)


@given(
    st.sampled_from(sorted(LABELS)),
    st.sampled_from(sorted(FOR_SCHOOL)),
    st.dictionaries(st.sampled_from(sorted(NUMBER.keys() - FOR_SCHOOL)), WORDS, max_size=3),
    st.sampled_from(["", "left out", "another", "one more"]),
    st.integers(0, 200),
    st.sampled_from(list("[](){}「⟧0123456789 \n>-.,:٧６x")),
    st.lists(st.sampled_from(MANGLED), max_size=3),
)
def test_words_for_the_teacher_reach_no_child(
    tag: str,
    key: str,
    texts: dict[str, str],
    slip: str,
    at: int,
    sign: str,
    mangles: list[Callable[[str], str]],
) -> None:
    """One slip of a finger in the label above them, and what mail programs do: they are the teacher's, or no answer."""
    said = SentBack(code=CODE, who="Dad", shared=True, texts={**texts, key: SECRET})
    text, above = as_text("Our answer to Mateo", LABELS[tag], said), LABELS[tag][NUMBER[key]]
    cut = text.index(above) + at % len(above)
    if slip:
        text = text[:cut] + (sign if slip != "left out" else "") + text[cut + (slip != "one more") :]
    for mangle in mangles:
        text = mangle(text)
    for one in parse(text):
        read = without_doubt(one)
        assert first_line(read).isprintable()
        shown = "".join(words for name, words in read.texts.items() if name not in FOR_SCHOOL)
        assert not read.child_reads or SECRET not in f"{shown}{read.who}".replace(" ", "").replace("\n", "")


@given(WORDS, WORDS)
def test_an_answer_is_one_or_refused(one: str, two: str) -> None:
    """Nothing anybody writes raises anything but a sentence."""
    said = SentBack(code=CODE, shared=True, texts={"notice": one, "ask": two})
    (read,) = parse(as_text("Our answer to Mateo", LABELS["en"], said))
    refuse_two_in_one(read, {"Mateo"})
    assert without_doubt(read).shared
