"""What another template means for books that are begun: each change is told, and whose words it touches."""
# long: one table of what can be different, and what becomes of whose words

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portfolio.errors import InputRefused
from portfolio.files import class_templates
from portfolio.model import (
    AgendaChoice,
    Answer,
    Beside,
    Choice,
    ClassTemplate,
    Comment,
    Goal,
    OwnCell,
    Passage,
    Picture,
    Portfolio,
    PortfolioMeta,
    Prompt,
    Rating,
    Section,
    SectionCell,
    SectionChoice,
    Strength,
)
from portfolio.moments.template_told import sentences
from portfolio.rules.template_changes import Change, Changes, effective, shown_sections, template_changes
from portfolio.rules.template_places import moved, shown_places, words_in
from portfolio.rules.template_renames import (
    Renames,
    carried_over,
    check_renames,
    composed,
    inverse,
    keeps_its_choice,
    taken_names,
)
from portfolio.store.template_file import load_template
from portfolio.words import speak

TEMPLATE = load_template(class_templates() / "3-5.yaml")
IDS = [section.section_id for section in TEMPLATE.sections]
NAMES = {"ana": "Ana", "ben": "Ben"}


def book(student: str, *entries: Any, **meta: Any) -> Portfolio:
    """Return a child's portfolio with these entries."""
    known = PortfolioMeta(
        portfolio_id=f"{student}.fall", student_id=student, round="Fall", started_on=date(2026, 9, 1),
        age_band="3-5", template_id="3-5", **meta,
    )  # fmt: skip
    return Portfolio.of(known, entries)


def answer(section: str, prompt: str, words: str = "", **more: Any) -> Answer:
    """Return an answer as a desk keeps it."""
    return Answer(
        entry_id=f"{section}.{prompt}", section=section, prompt=prompt, words=Passage(text=words), **more
    )


ANA = book(
    "ana",
    answer("me", "love", "Drawing trees with a soft pencil."),
    answer("friends", "happy", "At lunch."),
    Rating(entry_id="feels.mornings", section="feels", question="mornings", answer="hard", example=Passage(text="It is loud.")),
    Strength(entry_id="strength-1", what=Passage(text="I wait.")),
    Goal(entry_id="goal-1", goal=Passage(text="Read.")),
)  # fmt: skip
BEN = book("ben", answer("me", "love", ""), answer("me", "stuck", "I ask."))
EMPTY = book("cy")
BOOKS = (ANA, BEN, EMPTY)


def with_section(section_id: str, template: ClassTemplate = TEMPLATE, **changes: Any) -> ClassTemplate:
    """Return a template where one section is another."""
    return template.but(
        sections=tuple(s.but(**changes) if s.section_id == section_id else s for s in template.sections)
    )


def section(section_id: str, template: ClassTemplate = TEMPLATE) -> Section:
    """Return a section that is there."""
    found = template.section(section_id)
    assert found is not None
    return found


def with_prompt(section_id: str, field: str, **changes: Any) -> ClassTemplate:
    """Return the template where one question is another."""
    there = section(section_id)
    return with_section(
        section_id, prompts=tuple(p.but(**changes) if p.field == field else p for p in there.prompts)
    )


def without(section_id: str, *fields: str) -> ClassTemplate:
    """Return the template without some questions of a section."""
    return with_section(
        section_id, prompts=tuple(p for p in section(section_id).prompts if p.field not in fields)
    )


def changes(after: ClassTemplate, order: list[str] | None = None, **more: Any) -> Changes:
    """Return what is different once a class asks this."""
    return template_changes(TEMPLATE, after, IDS, IDS if order is None else order, BOOKS, **more)


def only(after: ClassTemplate, order: list[str] | None = None) -> Change:
    """Return the one thing that is different."""
    (found,) = changes(after, order).all
    return found


def test_the_same_is_no_change() -> None:
    """The same template under another version changes nothing."""
    assert not changes(TEMPLATE.but(version=99)) and changes(TEMPLATE).touched == ()


def test_a_page_that_goes_out_of_the_books() -> None:
    """Its words stay, out of sight; only who wrote there is named. Put back, they are shown again."""
    order = [name for name in IDS if name != "me"]
    gone = only(TEMPLATE, order)
    assert (gone.what, gone.section, gone.before, gone.touched, gone.words) == (
        "page_off", "me", "Me as a learner", ("ana", "ben"), "out_of_sight",
    )  # fmt: skip
    (back,) = template_changes(TEMPLATE, TEMPLATE, order, IDS, BOOKS).all
    assert (back.what, back.touched, back.words) == ("page_on", ("ana", "ben"), "shown")


def test_a_page_that_goes_from_the_template() -> None:
    """A page taken out of the template altogether is told once, with its words; a new one not shown yet has none."""
    less = TEMPLATE.but(
        sections=tuple(s for s in TEMPLATE.sections if s.section_id != "friends"),
        agendas=tuple(
            a.but(
                steps=tuple(s.but(sections=tuple(n for n in s.sections if n != "friends")) for s in a.steps)
            )
            for a in TEMPLATE.agendas
        ),
    )
    order = [name for name in IDS if name != "friends"]
    page = [one for one in changes(less, order).all if one.section == "friends"]
    assert [(one.what, one.touched, one.words) for one in page] == [("page_gone", ("ana",), "out_of_sight")]
    (ready,) = template_changes(less, TEMPLATE, order, order, BOOKS).of("friends")
    assert (ready.what, ready.touched) == ("page_ready", ())


def test_two_pages_that_hold_the_same() -> None:
    """Where another page shows the same entries, nothing goes out of sight."""
    twin = section("strengths").but(section_id="strengths_too")
    more = TEMPLATE.but(sections=(*TEMPLATE.sections, twin))
    order = [*(name for name in IDS if name != "strengths"), "strengths_too"]
    off = [one for one in changes(more, order).all if one.what == "page_off"]
    assert [(one.touched, one.words) for one in off] == [(("ana",), "shown")]


@pytest.mark.parametrize(
    ("after", "what", "touched", "words"),
    [
        (with_section("me", title="All about me"), "page_renamed", (), ""),
        (with_section("me", intro="Read first."), "page_words", (), ""),
        (with_section("goals", at_least=2), "page_counts", (), ""),
        (with_prompt("me", "love", ask="What is fun?"), "question_reworded", ("ana",), "shown"),
        (with_prompt("me", "love", control="line"), "question_control", ("ana",), "shown"),
        (with_prompt("me", "love", control="photos", starters=(), words=None), "question_control", ("ana",), "out_of_sight"),
        (with_prompt("me", "love", words=3), "question_cap", ("ana",), "over"),
        (with_prompt("me", "love", words=60), "question_cap", (), ""),
        (with_prompt("me", "love", words=None), "question_cap", (), ""),
        (with_prompt("me", "love", starters=("I like",)), "question_beginnings", ("ana",), "shown"),
        (with_prompt("me", "love", hint="Think."), "question_help", ("ana",), "shown"),
        (without("me", "love"), "question_removed", ("ana",), "out_of_sight"),
        (without("me", "try"), "question_removed", (), ""),
        (without("feels", "mornings"), "question_removed", ("ana",), "out_of_sight"),
        (without("feels", "example"), "question_removed", ("ana",), "out_of_sight"),
        (without("strengths", "what"), "question_removed", ("ana",), "out_of_sight"),
        (with_section("strengths", holds="growing", prompts=()), "page_kind", ("ana",), "out_of_sight"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_each_change_is_told_with_whose_words(
    after: ClassTemplate, what: str, touched: tuple[str, ...], words: str
) -> None:
    """One change of the template gives one change told: what it is, whose words, and what becomes of them."""
    found = [one for one in changes(after).all if one.what == what]
    assert [(one.touched, one.words) for one in found] == [(touched, words)]
    assert {one.what for one in changes(after).all} <= {
        what,
        "question_beginnings",
        "question_cap",
        "question_removed",
    }


def test_an_answer_beside_words_counts() -> None:
    """Who drew or spoke an answer is touched as one who wrote."""
    drawn = Beside(field="words", pictures=(Picture(sha256="a" * 64, width=9, height=9),))
    there = book("ana", answer("me", "try", besides=(drawn,)))
    (gone,) = template_changes(TEMPLATE, without("me", "try"), IDS, IDS, (there,)).all
    assert (gone.touched, gone.words) == (("ana",), "out_of_sight")


def test_choices_that_go() -> None:
    """Who picked what is offered no more keeps it out of sight; who picked something else is shown."""
    faces = section("feels").prompts[0].choices
    hard = with_prompt("feels", "mornings", choices=faces[:-1])
    assert [(c.what, c.touched, c.words) for c in changes(hard).all] == [
        ("question_choices", ("ana",), "out_of_sight")
    ]
    great = with_prompt("feels", "mornings", choices=faces[1:])
    assert [(c.touched, c.words) for c in changes(great).all] == [(("ana",), "shown")]


def test_fewer_than_there_are() -> None:
    """A page or a question that takes fewer than somebody has says so; nothing is cut."""
    two = book("ana", *(Goal(entry_id=f"goal-{n}", goal=Passage(text="Read.")) for n in (1, 2)))
    one = with_section("goals", at_most=1, at_least=1, kept_for_the_table=0)
    (less,) = template_changes(TEMPLATE, one, IDS, IDS, (two, BEN)).all
    assert (less.what, less.touched, less.words) == ("page_counts", ("ana",), "over")
    picked = book("ana", answer("ask_me", "cards", picks=("proudest", "helped", "feels")))
    (fewer,) = template_changes(TEMPLATE, with_prompt("ask_me", "cards", at_most=2), IDS, IDS, (picked,)).all
    assert (fewer.what, fewer.before, fewer.after, fewer.words) == ("question_at_most", "3", "2", "over")


def test_who_sees_a_page_from_the_start() -> None:
    """Whoever has begun a page and never chose keeps it as it was; who chose, or has not begun, is not named."""
    chose = book("dee", answer("friends", "happy", "Here."), sections=(SectionChoice(section="friends"),))
    books = (*BOOKS, chose)
    (opened,) = template_changes(TEMPLATE, with_section("friends", shown_to_family=True), IDS, IDS, books).all
    assert (opened.what, opened.after, opened.touched, opened.words) == (
        "page_family",
        "shown",
        ("ana",),
        "as_chosen",
    )
    stopped = book("ana", answer("friends", "not_asked_any_more", "Mine."))
    assert keeps_its_choice(stopped, section("friends")) and not keeps_its_choice(EMPTY, section("friends"))


def test_the_agendas() -> None:
    """An agenda that goes names who had chosen it; new, changed and reordered ones are told."""
    full = book("ana", agenda=AgendaChoice(preset="full"))
    short = TEMPLATE.but(agendas=TEMPLATE.agendas[:1])
    (gone,) = template_changes(TEMPLATE, short, IDS, IDS, (full, BEN)).all
    assert (gone.what, gone.section, gone.touched) == ("agenda_removed", "full", ("ana", "ben"))
    (new,) = template_changes(short, TEMPLATE, IDS, IDS, ()).all
    assert (new.what, new.section) == ("agenda_added", "full")
    assert only(TEMPLATE.but(agendas=TEMPLATE.agendas[::-1])).what == "agendas_moved"
    other = TEMPLATE.but(agendas=(TEMPLATE.agendas[0].but(title="Quick"), TEMPLATE.agendas[1]))
    assert (only(other).what, only(other).after) == ("agenda_changed", "Quick")


def test_pages_and_questions_that_move() -> None:
    """Moving one page is one change, not one for every page it passes; so it is for the questions of a page."""
    order = [IDS[5], *IDS[:5], *IDS[6:]]
    assert (only(TEMPLATE, order).what, only(TEMPLATE, order).section) == ("page_moved", IDS[5])
    turned = with_section("me", prompts=section("me").prompts[::-1])
    assert (only(turned).what, only(turned).section) == ("questions_moved", "me")


@given(st.permutations(list("abcdefgh")), st.integers(0, 8))
def test_as_few_as_can_explain_it_have_moved(after: list[str], cut: int) -> None:
    """Without those told to have moved, what is left stands in its old order; nothing is told of the same order."""
    before = sorted(after)
    gone = moved(before, after[cut:])
    left = [name for name in after[cut:] if name not in gone]
    assert left == sorted(left) and moved(before, before) == ()


def test_words_are_counted_where_none_stand_apart() -> None:
    """Chinese and Thai have no spaces between words: two signs count as one word, about."""
    assert words_in(Passage(text="I like  trees")) == 3 and words_in("") == 0
    assert words_in(Passage(text="我喜欢和朋友一起画画")) == 5


# ---------------------------------------------------------------------------------------------- other names

RENAMES = {"me": "about_me", "me.love": "likes"}


def renamed_after(template: ClassTemplate = TEMPLATE) -> ClassTemplate:
    """Return the template where a page and a question of it go by other names."""
    me = section("me", template)
    other = me.but(
        section_id="about_me",
        prompts=tuple(p.but(field="likes") if p.field == "love" else p for p in me.prompts),
    )
    return template.but(
        sections=tuple(other if s is me else s for s in template.sections),
        agendas=tuple(
            a.but(
                steps=tuple(
                    s.but(sections=tuple("about_me" if n == "me" else n for n in s.sections)) for s in a.steps
                )
            )
            for a in template.agendas
        ),
    )


NEW_ORDER = ["about_me" if name == "me" else name for name in IDS]


def test_other_names_are_only_those_asked_for() -> None:
    """Without being told, a page of another name is another page; told, nothing but the name is different."""
    apart = {one.what for one in changes(renamed_after(), NEW_ORDER).all}
    assert {"page_on", "page_gone"} <= apart
    told = changes(renamed_after(), NEW_ORDER, renames=RENAMES).all
    assert [(one.what, one.before, one.after, one.touched, one.words) for one in told] == [
        ("page_id", "me", "about_me", ("ana", "ben"), "carried"),
        ("question_id", "me.love", "likes", ("ana",), "carried"),
    ]


def test_what_was_written_goes_along() -> None:
    """Answers, comments, who sees a page and what the next teacher gets go to the new name; ids of entries stay."""
    there = book(
        "ana",
        *ANA.answers,
        Comment(entry_id="comment-1", teacher_id="t", section="me", words=Passage(text="Look.")),
        sections=(SectionChoice(section="me", shown_to_family=False),),
        next_teacher=("me", "work"),
    )
    moved_along = carried_over(there, RENAMES)
    (first, second) = moved_along.answers
    assert (first.entry_id, first.section, first.prompt) == ("me.love", "about_me", "likes")
    assert second == there.answers[1] and moved_along.comments[0].section == "about_me"
    assert moved_along.meta.sections[0].section == "about_me" and moved_along.meta.next_teacher == (
        "about_me",
        "work",
    )
    assert carried_over(moved_along, RENAMES) == moved_along
    assert carried_over(moved_along, inverse(RENAMES)) == there


@pytest.mark.parametrize(
    "renames",
    [{"me": "work"},
        {"help": "letter"}, {"nothing": "about_me"}, {"me": "nothing"}, {"strengths": "about_me"}, {"me.love": "try"}, {"me.none": "likes"},
     {"strengths.what": "proof"}, {"me.love": "likes"}, {"feels.mornings": "example"}],
    ids=str,
)  # fmt: skip
def test_a_name_that_is_none_is_refused(renames: Renames) -> None:
    """Two things never become one, and nothing is renamed that is not there or of another kind."""
    with pytest.raises(InputRefused, match="cannot become"):
        check_renames(TEMPLATE, renamed_after(), renames)


def test_a_good_name_is_not_refused() -> None:
    """The page and the question of the other tests pass, and nothing at all does."""
    check_renames(TEMPLATE, renamed_after(), RENAMES)
    check_renames(TEMPLATE, TEMPLATE, {})


def test_an_old_name_is_not_given_again() -> None:
    """A question named as one that was renamed would write into its answers: it is found."""
    carried = carried_over(ANA, RENAMES)
    assert taken_names(TEMPLATE, carried) == ("me.love",)
    assert taken_names(renamed_after(), carried) == () == taken_names(TEMPLATE, ANA)


_NAMES = st.sampled_from(["a", "b", "c", "d"])


@st.composite
def _renames(draw: st.DrawFn) -> Renames:
    found: dict[str, str] = {}
    for old, new in zip("ab", draw(st.permutations(["p", "q"])), strict=True):
        if draw(st.booleans()):
            found[old] = new
        if draw(st.booleans()):
            found[f"{old}.x"] = draw(st.sampled_from(["y", "z"]))
    return found


def _then(renames: Renames, place: tuple[str, str]) -> tuple[str, str]:
    return renames.get(place[0], place[0]), renames.get(f"{place[0]}.{place[1]}", place[1])


@given(_renames(), st.sampled_from("ab"), st.sampled_from(["x", "w"]))
def test_names_are_taken_back(renames: Renames, old: str, field: str) -> None:
    """Renames and their inverse lead back, one after the other or as one."""
    there = _then(renames, (old, field))
    assert _then(inverse(renames), there) == (old, field)
    assert _then(composed(renames, inverse(renames)), (old, field)) == (old, field)
    assert not composed(renames, inverse(renames))


# ------------------------------------------------------------------------------------------------ the notebook


def test_the_template_as_the_notebook_makes_it() -> None:
    """Titles come from changed headings, the order from the notebook; pages it leaves out stay beside their neighbours."""
    outline = (
        SectionCell(section="work", heading="Our best"), OwnCell(markdown="# Part two"), SectionCell(section="chess"),
        SectionCell(section="welcome"), SectionCell(section="work"),
    )  # fmt: skip
    made = effective(TEMPLATE, outline)
    names = [s.section_id for s in made.sections]
    assert shown_sections(TEMPLATE, outline) == ("work", "welcome")
    assert sorted(names) == sorted(IDS) and names.index("work") < names.index("welcome") < names.index(
        "letter"
    )
    assert section("work", made).title == "Our best" and section("me", made).title == "Me as a learner"
    assert effective(TEMPLATE, tuple(SectionCell(section=name) for name in IDS)) == TEMPLATE
    assert effective(TEMPLATE, ()) == TEMPLATE


# ---------------------------------------------------------------------------------------------- nothing untold


def _edits(draw: st.DrawFn) -> Iterator[Section]:
    for there in TEMPLATE.sections:
        kept = [p for p in there.prompts if draw(st.integers(0, 6))]
        changed = [_edited(draw, there, p) for p in kept]
        yield there.but(
            prompts=tuple(draw(st.permutations(changed))) if draw(st.integers(0, 4)) == 0 else tuple(changed),
            title=draw(st.sampled_from([there.title, "Other"])),
        )


def _edited(draw: st.DrawFn, there: Section, prompt: Prompt) -> Prompt:
    if there.holds == "answers" and prompt.control == "long" and draw(st.integers(0, 4)) == 0:
        return Prompt(field=prompt.field, ask="Show it.", control="photos")
    if prompt.choices and draw(st.integers(0, 4)) == 0:
        return prompt.but(choices=prompt.choices[1:] or (Choice(id="new", label="new"),))
    return prompt.but(ask=draw(st.sampled_from([prompt.ask, "Why?"])))


@st.composite
def _other(draw: st.DrawFn) -> tuple[ClassTemplate, list[str]]:
    after = TEMPLATE.but(sections=tuple(_edits(draw)))
    return after, draw(st.permutations(IDS))[: draw(st.integers(1, len(IDS)))]


@settings(max_examples=60, deadline=None)
@given(_other())
def test_nothing_goes_out_of_sight_untold(other: tuple[ClassTemplate, list[str]]) -> None:
    """Whoever has an answer that was shown and is no more stands in a change that says it goes out of sight; no other."""
    after, order = other
    found = template_changes(TEMPLATE, after, IDS, order, BOOKS)
    hidden = {
        one.meta.student_id
        for one in BOOKS
        if shown_places(TEMPLATE, IDS, one) - shown_places(after, order, one)
    }
    picked = {s for one in found.all if one.what == "question_choices" for s in one.touched}
    told = {s for one in found.all if one.words == "out_of_sight" for s in one.touched}
    assert hidden <= told <= hidden | picked
    assert "cy" not in found.touched


@settings(max_examples=30, deadline=None)
@given(_other(), st.sampled_from(["en", "es", "ar"]))
def test_every_change_has_its_sentence(other: tuple[ClassTemplate, list[str]], lang: str) -> None:
    """Each change is a sentence without open braces; whose words it touches are named, and nobody else."""
    after, order = other
    found = template_changes(TEMPLATE, after, IDS, order, BOOKS)
    told = sentences(found, NAMES, speak(lang))
    assert [one.change for one in told] == list(found.all)
    for one in told:
        assert one.what and "{" not in str(one).replace("{n}", "")
        assert bool(one.words) == bool(one.change.touched)
        assert ("Ana" in one.words) == ("ana" in one.change.touched)


def test_many_names_are_not_a_roll_call() -> None:
    """Of thirty children six are named, and how many more."""
    names = {f"s{n}": f"Child {n}" for n in range(30)}
    change = Changes((Change("page_off", "me", before="Me", touched=tuple(names), words="out_of_sight"),))
    (told,) = sentences(change, names, speak("en"))
    assert "Child 0, Child 1, Child 2, Child 3, Child 4, Child 5 and 24 more" in told.words
