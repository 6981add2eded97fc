"""What a class hopes for tells nobody who: small groups, one-child classes, languages, names, orders."""

from __future__ import annotations

import itertools
import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio import files
from portfolio.model import (
    ClassTemplate,
    Goal,
    Helper,
    HomeWords,
    Household,
    Passage,
    Portfolio,
    PortfolioMeta,
    SchoolClass,
    Student,
    Teacher,
    Translation,
)
from portfolio.rules.class_hopes import (
    FEWEST,
    FEWEST_HOMES,
    OTHER,
    ClassHopes,
    class_hopes,
    helper_group,
    joined,
)
from portfolio.rules.masked import HIDDEN, masked, names_of
from portfolio.store.template_file import load_template
from portfolio.views.class_charts import draw_groups, standing_alone
from portfolio.words import speak

ORDER = ("subject", "habits", "feelings", "own")
SCHOOL = SchoolClass(
    class_id="c",
    name="Class 4B",
    age_band="3-5",
    round="Fall",
    teachers=(Teacher(teacher_id="t", name="Ms. Rivera"),),
)
TEMPLATE: ClassTemplate = load_template(files.class_templates() / "3-5.yaml")

chosen = st.frozensets(st.sampled_from((*ORDER, "old-one", "older-one")), max_size=3)
crowds = st.lists(st.tuples(chosen, st.integers(min_value=1, max_value=6)), max_size=6)
classes = crowds.map(lambda parts: [one for one, times in parts for _ in range(times)])
"""Classes in which several children often chose the same: only there groups are shown at all."""

Books = list[tuple[Student, Portfolio]]


def child(n: int, *homes: Household, name: str = "") -> Student:
    """Return a child of an invented class."""
    return Student(student_id=f"s{n}", name=name or f"Child{n}", households=homes)


def book(n: int, **shelves: object) -> Portfolio:
    """Return the portfolio of a child."""
    meta = PortfolioMeta(
        portfolio_id=f"p{n}",
        student_id=f"s{n}",
        round="Fall",
        started_on=date(2026, 9, 1),
        age_band="3-5",
        template_id="x",
    )
    return Portfolio.model_validate({"meta": meta, **shelves})


def goal(area: str | None = None, *helpers: str, picks: tuple[str, ...] = (), n: int = 1) -> Goal:
    """Return a goal about something, with helpers."""
    return Goal(
        entry_id=f"goal-{n}", area=area, helpers=tuple(Helper(who=who) for who in helpers), helper_picks=picks
    )


def hopes(text: str, lang: str = "en", *others: Translation) -> tuple[HomeWords, ...]:
    """Return what a home hopes."""
    return (
        HomeWords(
            entry_id="home-1", household_id="h", hopes=Passage(text=text, lang=lang, translations=others)
        ),
    )


def shown(books: Books) -> ClassHopes:
    """Return what may be shown of these children."""
    return class_hopes(SCHOOL, TEMPLATE, books, [student for student, _ in books])


# ------------------------------------------------------------------------------------------------------ groups


@given(classes)
def test_nobody_is_in_a_small_group_and_nobody_outside_of_a_large_one(answers: list[frozenset[str]]) -> None:
    """Of every group that is shown by its name, three children and more are in it, and as many are not."""
    said = [one for one in answers if one]
    for name, children in joined(answers, ORDER):
        if name != OTHER:
            assert children == sum(name in one for one in said)
            assert FEWEST <= children <= len(said) - FEWEST


@given(classes)
def test_what_was_joined_hides_what_it_was(answers: list[frozenset[str]]) -> None:
    """“Other things” stands for several things of three children and more, so that nobody can work it out."""
    groups = dict(joined(answers, ORDER))
    said = [one for one in answers if one]
    there = set().union(*said)
    named = set(groups) - {OTHER}
    rest = there - named
    if groups:
        assert (OTHER in groups) == bool(rest)
    if OTHER in groups:
        assert len(rest) >= 2
        assert groups[OTHER] == sum(bool(one & rest) for one in said) >= FEWEST


@given(classes, st.randoms(use_true_random=False))
def test_whose_answers_they_are_changes_nothing(answers: list[frozenset[str]], chance: random.Random) -> None:
    """However the answers are dealt out among the children, the drawing is the same: it cannot know who."""
    dealt = list(answers)
    chance.shuffle(dealt)
    assert joined(dealt, ORDER) == joined(answers, ORDER)


@given(classes)
def test_the_order_tells_nothing(answers: list[frozenset[str]]) -> None:
    """Groups stand in the order of the template, not by how many are in them."""
    named = [name for name, _ in joined(answers, ORDER)]
    assert named == [name for name in (*ORDER, OTHER) if name in named]


@given(st.lists(chosen, max_size=5))
def test_a_small_class_is_not_drawn(answers: list[frozenset[str]]) -> None:
    """Of fewer than six children, and of one child most of all, nothing is shown."""
    assert joined(answers, ORDER) == ()


def test_a_class_of_one_mind_is_not_drawn() -> None:
    """Where everybody chose the same, the drawing would tell what each of them chose."""
    assert joined([frozenset({"subject"})] * 30, ORDER) == ()
    assert joined([frozenset({"subject"})] * 28 + [frozenset({"own"})] * 2, ORDER) == ()


def test_a_single_small_group_takes_another_one_with_it() -> None:
    """One child with a goal of its own is not “other things” alone: the smallest other group is joined to it."""
    answers = [frozenset({"subject"})] * 8 + [frozenset({"habits"})] * 4 + [frozenset({"own"})]
    assert joined(answers, ORDER) == (("subject", 8), (OTHER, 5))
    two = [*answers, frozenset({"feelings"})]
    assert joined(two, ORDER) == (("subject", 8), (OTHER, 6))
    forgotten = [frozenset({"subject"})] * 8 + [frozenset({"habits"})] * 4 + [frozenset({"old-one"})] * 3
    assert joined(forgotten, ORDER) == (("subject", 8), (OTHER, 7))


def test_an_ordinary_class_is_drawn() -> None:
    """The rules leave something to see: groups of a usual class stand by their names."""
    answers = [frozenset({"subject"})] * 9 + [frozenset({"habits"})] * 7 + [frozenset({"feelings"})] * 4
    assert joined(answers, ORDER) == (("subject", 9), ("habits", 7), ("feelings", 4))


@settings(max_examples=25, deadline=None)
@given(st.lists(chosen, min_size=0, max_size=12))
def test_what_is_drawn_of_a_class_is_what_was_joined(answers: list[frozenset[str]]) -> None:
    """From whole books: the drawing's groups are those of the rule, with words of the template, and no more."""
    books = [
        (child(n), book(n, goals=tuple(goal(area, n=i) for i, area in enumerate(sorted(one)))))
        for n, one in enumerate(answers)
    ]
    found = shown(books)
    assert [(group.group_id, group.children) for group in found.areas] == list(joined(answers, ORDER))
    assert all(group.label for group in found.areas)


# ----------------------------------------------------------------------------------------------------- helpers


def test_helpers_are_groups_and_never_names() -> None:
    """Whom a child wrote down by name is counted as home, teacher, friend or somebody else."""
    mine = child(0, Household(household_id="h", label="Nonna’s", adults=("Nonna Pia",)), name="Amal")
    people = [mine, child(1, name="Théo")]
    told = {"nonna": "home", "Pia and me": "home", "ms rivera": "teacher", "Theo": "friend", "AMAL": "me"}
    assert {who: helper_group(who, mine, people, SCHOOL) for who in told} == told
    assert helper_group("Coach Bo", mine, people, SCHOOL) not in ("me", "home", "teacher", "friend")


def test_names_of_helpers_are_in_no_drawing() -> None:
    """A helper three children share is still “other people”: its name is never a group of its own."""
    books: Books = [(child(n), book(n, goals=(goal("own", "Coach Bo"),))) for n in range(5)]
    books += [(child(n), book(n, goals=(goal("own", picks=("teacher",)),))) for n in range(5, 10)]
    books += [(child(n), book(n, goals=(goal("own", f"Aunt {n}"),))) for n in range(10, 12)]
    found = shown(books).helpers
    assert [(group.group_id, group.children) for group in found] == [("teacher", 5), (OTHER, 7)]
    assert "Bo" not in str([group.label for group in found])


# ---------------------------------------------------------------------------------------------- words of homes


def home_books(*texts: str, lang: str = "en") -> Books:
    """Return children each of whom has a home that hopes something."""
    return [(child(n), book(n, home_words=hopes(text, lang))) for n, text in enumerate(texts)]


def test_words_of_homes_wait_until_five_children_have_some() -> None:
    """Four homes are too few; two homes of one child are not two children."""
    few = home_books("a", "b", "c", "d")
    assert shown(few).hopes == ()
    two = HomeWords(entry_id="home-2", household_id="h2", hopes=Passage(text="e"))
    doubled = [(s, p.but(home_words=(*p.home_words, two))) for s, p in few]
    assert shown(doubled).hopes == ()
    assert len(shown(home_books(*"abcde")).hopes) == FEWEST_HOMES


def test_the_order_of_words_tells_nothing() -> None:
    """However the words are dealt out among the homes, they stand there the same."""
    texts = ("that he sleeps", "A friend", "zebras", "Écoute", "more books")
    lists = {shown(home_books(*dealt)).hopes for dealt in itertools.permutations(texts)}
    assert len(lists) == 1


def test_a_language_of_few_homes_stays_back() -> None:
    """Words in a language only two homes write in would tell who they are; a person's translation may stand instead."""
    books = home_books("one", "two", "three", "four", "five")
    books += [(child(9), book(9, home_words=hopes("ya sami abota", "ha")))]
    found = shown(books)
    assert all(one.lang == "en" for one in found.hopes)
    assert found.held_back
    put = Translation(lang="en", text="that he finds a friend", made_by="human")
    books[-1] = (child(9), book(9, home_words=hopes("ya sami abota", "ha", put)))
    assert "that he finds a friend" in [one.text for one in shown(books).hopes]
    assert not shown(books).held_back
    machine = put.model_copy(update={"made_by": "machine"})
    books[-1] = (child(9), book(9, home_words=hopes("ya sami abota", "ha", machine)))
    assert shown(books).held_back


NAMES = ("Amal", "Mateo García", "李小龙", "نورة", "Bà Ngoại", "O’Neil", "Jean-Luc", "Zoë")


@given(
    st.sampled_from(NAMES),
    st.sampled_from(("upper", "lower", "title", "plain")),
    st.text("abc .,'’-", max_size=8),
)
def test_no_name_of_the_class_is_left_in_words(name: str, how: str, around: str) -> None:
    """Children, grown-ups and teachers are masked, in capitals or not, with whatever stands around them."""
    people = [child(n, Household(household_id="h", label="", adults=(one,))) for n, one in enumerate(NAMES)]
    names = names_of(SCHOOL, people)
    written = name if how == "plain" else str(getattr(name, how)())
    text = masked(f"we hope {written} {around}", names)
    for word in name.replace("-", " ").replace("’", " ").split():
        if len(word) > 1:
            assert word.casefold() not in text.casefold().replace(around.casefold(), "")
    assert HIDDEN in text
    assert text.startswith("we hope ")


def test_names_are_masked_in_what_is_shown() -> None:
    """Also names of children whose home said nothing, and of who teaches."""
    books = home_books("that Quinn reads", "that Ms. Rivera laughs", "c", "d", "e")
    quiet = child(7, name="Quinn")
    found = class_hopes(SCHOOL, TEMPLATE, books, [*(s for s, _ in books), quiet])
    assert "that … reads" in [one.text for one in found.hopes]
    assert not any("Rivera" in one.text or "Quinn" in one.text for one in found.hopes)


def test_ordinary_words_stay() -> None:
    """Small words of a label are no names: "the" and "and" stay in what people hope."""
    people = [child(0, Household(household_id="h", label="Mama and the boys", adults=("The Garcías",)))]
    assert masked("the books and the boys", names_of(SCHOOL, people)) == "the books and the boys"


# ---------------------------------------------------------------------------------------------------- drawings


def test_a_drawing_is_the_same_each_time_and_holds_no_style() -> None:
    """The SVG passes a strict page, says its numbers in words, and has nothing of the hour or the machine in it."""
    groups = shown([(child(n), book(n, goals=(goal(ORDER[n % 2]),))) for n in range(12)]).areas
    one, two = (draw_groups(groups, "What our goals are about", speak("en")) for _ in range(2))
    assert one == two
    assert "style=" not in one.svg and "<style" not in one.svg and "metadata" not in one.svg
    assert one.summary == "a subject: 6 children. how I work: 6 children."
    alone = standing_alone(one).decode()
    assert alone.startswith("<svg xmlns=") and "var(" not in alone and "currentColor" not in alone


def test_a_drawing_is_made_in_every_language_of_ours() -> None:
    """Also where one reads from the right."""
    groups = shown([(child(n), book(n, goals=(goal(ORDER[n % 2]),))) for n in range(12)]).areas
    made = {draw_groups(groups, "x", speak(lang)).svg for lang in ("en", "es", "ar")}
    assert len(made) == 3
