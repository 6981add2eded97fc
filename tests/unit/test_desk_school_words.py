# long: one list of small behaviours on one desk
"""School words at a child's desk: found beside its answers, chosen for, and never in anybody's way."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import InputRefused, NotFound
from portfolio.model import Passage
from portfolio.model.people import AgeBand
from portfolio.moments import desk_past
from portfolio.moments.desk import StudentDesk
from portfolio.moments.school_words import LONGEST, WordChoices, browser_places
from portfolio.testing import NOON, small_book, small_store
from portfolio.widgets.wire import PlainWords, SchoolWord
from portfolio.words.glossary import Glossary, from_data

WHY = "I have an IEP, and our rubric is on the wall."
OWN = from_data(
    [
        {
            "id": "falcon-time",
            "term": "Falcon time",
            "plain": "Half an hour in which everybody reads.",
            "kid": "Our half hour for reading.",
            "swap": {"sg": "reading time"},
        },
        {
            "id": "iep",
            "term": "IEP",
            "kind": "acronym",
            "plain": "A plan for help at school.",
            "swap": {"sg": "learning help plan"},
            "tr": {
                "es": {"plain": "Un plan de ayuda en la escuela.", "status": "draft"},
                "fr": {"plain": "Un plan pour aider à l’école.", "status": "human", "by": "A. Roy"},
            },
        },
    ]
)


def desk(
    band: AgeBand = "3-5", language: str = "en", glossary: Glossary = OWN, **shelves: Any
) -> StudentDesk:
    """Return the desk of the small book in a band and a language, with a small glossary of its own."""
    book = small_book(**shelves)
    meta = book.portfolio.meta.but(age_band=band, language=language)
    book = book.but(portfolio=book.portfolio.but(meta=meta))
    numbers = itertools.count(1)
    return StudentDesk(
        small_store(book),
        book,
        now=lambda: NOON,
        new_id=lambda: f"new{next(numbers)}",
        glossary=lambda: glossary,
    )


def words_of(opened: StudentDesk, field: str = "why") -> list[dict[str, Any]] | None:
    """Return the school words the form shows for an answer of the first goal."""
    card = opened.form("goals")["cards"][0]
    found: list[dict[str, Any]] | None = next(f for f in card["fields"] if f["field"] == field).get(
        "school_words"
    )
    return found


def write(opened: StudentDesk, text: str, base: int = 1, field: str = "why") -> list[dict[str, Any]]:
    """Save an answer of the first goal and return its school words."""
    found = opened.save("goals", "goal-1", field, text, base).school_words
    assert found is not None
    return found


def cut(text: str, start: int, end: int) -> str:
    """Return what a browser cuts out of a text: places count UTF-16 code units."""
    units = text.encode("utf-16-le", "surrogatepass")
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def test_a_save_tells_which_school_words_stand_in_the_answer() -> None:
    """Word, place, a child's explanation and the plain words are told; nothing is chosen yet."""
    (word,) = write(desk(), "I have an IEP.")
    assert word == {
        "term": "iep",
        "word": "IEP",
        "start": 10,
        "end": 13,
        "kid": "A plan for help at school.",
        "lang": "en",
        "draft": False,
        "swap": {"start": 7, "end": 13, "text": "a learning help plan"},
        "chosen": "",
    }
    assert set(word) == set(SchoolWord.__annotations__)
    assert set(word["swap"]) == set(PlainWords.__annotations__)


def test_the_form_tells_the_same_as_the_save_before() -> None:
    """A page that is opened later shows what the save has shown; a text without any has none."""
    opened = desk()
    saved = write(opened, "My IEP helps. Falcon time, too.")
    assert [word["term"] for word in saved] == ["iep", "falcon-time"]
    assert words_of(opened) == saved
    assert words_of(opened, "goal") == []


def test_a_childs_own_explanation_comes_first() -> None:
    """Where the glossary has words for a child, those are told."""
    (word,) = write(desk(), "We read in Falcon time.")
    assert word["kid"] == "Our half hour for reading."


def test_for_the_youngest_nothing_is_found_or_sent() -> None:
    """In grades K to 2 the glossary is not even asked, and no form or answer speaks of school words."""

    def never() -> Glossary:
        raise AssertionError("the glossary was asked")

    opened = desk("k-2")
    opened = StudentDesk(opened.store, opened.book, now=opened.now, new_id=opened.new_id, glossary=never)
    assert opened.save("goals", "goal-1", "why", WHY, 1).school_words is None
    assert "school_words" not in str(opened.form("goals"))


def test_controls_without_words_of_ones_own_have_none() -> None:
    """Pictures, picks, rows and days are not looked at."""
    card = desk().form("goals")["cards"][0]
    with_words = {f["control"] for f in card["fields"] if "school_words" in f}
    assert with_words == {"line", "long"} & {f["control"] for f in card["fields"]}


@pytest.mark.parametrize(
    "text",
    [
        "My IEP (a plan that helps me learn) is new.",  # explained by the text itself
        "I like apples.",
        "   ",
        "",
    ],
)
def test_what_needs_no_word_is_left_alone(text: str) -> None:
    """A word the text explains, ordinary words and empty answers are not told."""
    assert write(desk(), text) == []


def test_a_word_that_may_be_an_everyday_one_is_the_teachers() -> None:
    """What is only perhaps a school word is never shown to a child."""
    glossary = from_data(
        [
            {
                "id": "map-test",
                "term": "map",
                "plain": "A test on a computer.",
                "match": {"cue": {"near": ["score", "test"]}},
            }
        ]
    )
    opened = desk(glossary=glossary)
    assert write(opened, "I drew a map of the river.") == []
    assert [word["term"] for word in write(opened, "My map test score went up.", 2)] == ["map-test"]


def test_a_class_without_a_glossary_of_its_own_has_the_one_we_ship() -> None:
    """A desk that is given nothing looks the words up in the starter glossary."""
    opened = desk()
    opened = StudentDesk(opened.store, opened.book, now=opened.now, new_id=opened.new_id)
    assert [word["term"] for word in write(opened, WHY)] == ["iep", "rubric"]


def test_a_glossary_that_changes_is_seen_at_the_next_save() -> None:
    """The glossary is asked anew each time: a teacher may mend it while a desk is open."""
    given = [OWN]
    opened = desk()
    opened = StudentDesk(
        opened.store, opened.book, now=opened.now, new_id=opened.new_id, glossary=lambda: given[0]
    )
    assert write(opened, "My IEP helps.")
    given[0] = from_data([])
    assert write(opened, "My IEP helps a lot.", 2) == []


# ------------------------------------------------------------------------------------------- places


@pytest.mark.parametrize(
    "before",
    ["", "😀 ", "👩‍👩‍👧 and 🇲🇽: ", "é ü ", "مرحبا ", "我的", "line\nline\n\t", "\ud83d ", "𝔸𝔹 "],
)
def test_places_count_as_a_browser_counts(before: str) -> None:
    """Whatever stands before a word, the page cuts out exactly that word, and exactly what is swapped."""
    text = f"{before}an IEP 😀"
    (word,) = write(desk(), text)
    assert cut(text, word["start"], word["end"]) == "IEP"
    assert cut(text, word["swap"]["start"], word["swap"]["end"]) in ("an IEP", "IEP")


@given(
    st.lists(
        st.sampled_from(
            [
                "an IEP",
                "Falcon time",
                "my IEP’s page",
                "IEPs",
                "😀",
                "🇲🇽",
                "e\u0301",
                "\n",
                "I like",
                "Our",
                ",",
                ".",
            ]
        ),
        max_size=30,
    )
)
def test_every_word_is_where_it_is_said_to_be(pieces: list[str]) -> None:
    """In any text, words come in order, never over one another, and stand where they are said to stand."""
    text = " ".join(pieces)
    last = 0
    for word in write(desk(), text):
        assert cut(text, word["start"], word["end"]) == word["word"]
        assert last <= word["start"] < word["end"]
        last = word["end"]
        if word["swap"]:
            assert word["swap"]["start"] <= word["start"] < word["end"] <= word["swap"]["end"]


class Walked(str):  # noqa: SLOT000 - it needs a place for its count
    """A text that counts how often it is gone through or cut."""

    walks = 0

    def __iter__(self) -> Iterator[str]:
        """Count a walk."""
        self.walks += 1
        return super().__iter__()

    def __getitem__(self, at: SupportsIndex | slice) -> str:
        """Count a cut."""
        self.walks += 1
        return super().__getitem__(at)


@given(st.text(alphabet=st.sampled_from("a é我😀𝔸\n"), max_size=60))
def test_places_are_counted_in_one_walk_through_the_text(text: str) -> None:
    """However many places are asked for, and whatever emoji stand there, the text is gone through once."""
    walked = Walked(text)
    place = browser_places(walked)
    wanted = [len(text[:at].encode("utf-16-le")) // 2 for at in range(len(text) + 1)]
    assert [place(at) for at in range(len(text) + 1)] == wanted
    assert walked.walks <= 1


def test_only_the_first_of_a_kind_is_offered_to_be_said_plainly() -> None:
    """A word that stands there three times is offered once; when that is done, the next one is."""
    opened = desk()
    text = "My IEP is new. The IEP helps. I like my IEP."
    assert [bool(word["swap"]) for word in write(opened, text)] == [True, False, False]
    assert [bool(word["swap"]) for word in write(opened, text.replace("IEP", "plan", 1), 2)] == [True, False]


@pytest.mark.parametrize("before", ["", "word " * 20, "word " * 200, "w" * 700 + " ", "w-" * 400])
def test_how_a_word_is_said_plainly_depends_on_its_own_sentence_only(before: str) -> None:
    """Far behind in a long answer a word is swapped as it is at its beginning."""
    text = f"{before}This is an IEP."
    (word,) = write(desk(), text)
    swap = word["swap"]
    assert (
        text[: swap["start"]] + swap["text"] + text[swap["end"] :] == f"{before}This is a learning help plan."
    )


def test_a_text_beyond_measure_is_looked_at_as_far_as_it_costs_nothing() -> None:
    """Whoever pastes a whole book is not kept waiting: what stands far behind is not looked at."""
    found = write(desk(), "My IEP helps. " + "la " * LONGEST + "My IEP helps.")
    assert [word["start"] for word in found] == [3]


# ----------------------------------------------------------------------------------------- languages


@pytest.mark.parametrize(
    ("language", "kid", "lang", "draft"),
    [
        ("en", "A plan for help at school.", "en", False),
        ("es", "Un plan de ayuda en la escuela.", "es", True),
        ("fr", "Un plan pour aider à l’école.", "fr", False),
        ("ar", "A plan for help at school.", "en", False),
    ],
)
def test_a_word_is_explained_in_the_childs_language(language: str, kid: str, lang: str, draft: bool) -> None:
    """If somebody has put it so; a translation nobody has checked says that it is one; else in English, marked so."""
    (word,) = write(desk(language=language), "IEP")
    assert (word["kid"], word["lang"], word["draft"]) == (kid, lang, draft)


def test_english_words_are_not_put_into_a_text_of_another_language() -> None:
    """In a Spanish answer a school word can be explained, but nothing English is offered in its place."""
    (word,) = write(desk(language="es", goals=()), "Tengo un IEP.", 0)
    assert word["swap"] is None


# ------------------------------------------------------------------------------------------- choices


def choices(opened: StudentDesk) -> WordChoices:
    """Return what keeps the choices of a desk."""
    return WordChoices(opened.store, opened.portfolio_id, opened.by)


@pytest.mark.parametrize("how", ["explain", "fine"])
def test_a_choice_is_kept_with_the_entry(how: str) -> None:
    """It is one change of the entry, it is in the form again, and no word of the answer has changed."""
    opened = desk()
    write(opened, WHY)
    assert choices(opened).choose("goal-1", "iep", how, 2, NOON) == (3, False)
    goal = opened.fresh().portfolio.goals[0]
    assert (goal.chose("iep"), goal.why) == (how, Passage(text=WHY))
    assert [(word["term"], word["chosen"]) for word in words_of(opened) or []] == [("iep", how)]


def test_a_choice_is_taken_back() -> None:
    """Nothing is chosen then, as before; the other words' choices stay."""
    opened = desk()
    write(opened, WHY)
    choices(opened).choose("goal-1", "iep", "explain", 2, NOON)
    choices(opened).choose("goal-1", "falcon-time", "fine", 3, NOON)
    assert choices(opened).choose("goal-1", "iep", "", 4, NOON).version == 5
    goal = opened.fresh().portfolio.goals[0]
    assert (goal.chose("iep"), goal.chose("falcon-time")) == ("", "fine")


def test_the_same_choice_again_changes_nothing() -> None:
    """A message that is sent twice (a lost answer) makes no new version."""
    opened = desk()
    write(opened, WHY)
    first = choices(opened).choose("goal-1", "iep", "fine", 2, NOON)
    assert choices(opened).choose("goal-1", "iep", "fine", 3, NOON) == first


def test_a_choice_is_laid_over_what_somebody_else_wrote() -> None:
    """Another window's words stay, and it is told that they are there; a save from before is no conflict."""
    opened = desk()
    write(opened, WHY)
    opened.save("goals", "goal-1", "obstacle", "noise", 2)
    assert choices(opened).choose("goal-1", "iep", "fine", 2, NOON) == (4, True)
    saved = opened.save("goals", "goal-1", "why", WHY + " Yes.", 2)
    assert (saved.version, saved.merged) == (5, True)
    goal = opened.fresh().portfolio.goals[0]
    assert (goal.obstacle.text, goal.why.text, goal.chose("iep")) == ("noise", WHY + " Yes.", "fine")


@pytest.mark.parametrize(
    ("entry", "term", "how", "error"),
    [
        ("goal-9", "iep", "fine", NotFound),
        ("goal-1", "iep", "loud", InputRefused),
        ("goal-1", "<b>", "fine", InputRefused),
    ],
)
def test_a_choice_there_is_not_is_refused(entry: str, term: str, how: str, error: type[Exception]) -> None:
    """A card that is gone, a choice or a word that cannot be: a sentence, and nothing is kept."""
    opened = desk()
    with pytest.raises(error):
        choices(opened).choose(entry, term, how, 1, NOON)
    assert opened.fresh() == opened.book


def test_a_choice_can_be_taken_back_like_any_step() -> None:
    """“Take back” undoes it and “Do it again” does it again; the words stay as they are."""
    opened = desk()
    write(opened, WHY)
    choices(opened).choose("goal-1", "iep", "explain", 2, NOON)
    chosen: Callable[[], str] = lambda: opened.fresh().portfolio.goals[0].chose("iep")  # noqa: E731 - said where it is used
    desk_past.take_back(opened, "goals")
    assert (chosen(), opened.fresh().portfolio.goals[0].why.text) == ("", WHY)
    desk_past.do_again(opened, "goals")
    assert chosen() == "explain"


@given(
    st.lists(
        st.tuples(st.sampled_from(["write", "fine", "explain", "", "other"]), st.integers(0, 3)), max_size=12
    )
)
def test_choosing_never_loses_a_word_and_never_is_a_conflict(steps: list[tuple[str, int]]) -> None:
    """However saves, choices and another window's changes follow each other, the last words and the last choice stand."""
    opened = desk()
    text, how, base = "", "", 1
    for n, (step, late) in enumerate(steps):
        if step == "write":
            text = f"My IEP helps {n}."
            base = opened.save("goals", "goal-1", "why", text, base).version
        elif step == "other":
            version = opened.store.entry(opened.portfolio_id, "goal-1").version
            opened.save("goals", "goal-1", "obstacle", f"noise {n}", version)
        else:
            how = step
            choices(opened).choose("goal-1", "iep", how, max(0, base - late), NOON)
    goal = opened.fresh().portfolio.goals[0]
    assert goal.chose("iep") == how
    assert not text or goal.why.text == text
