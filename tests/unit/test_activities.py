"""Ten minutes at home: cards that go with the goal, never a wrong one; a class's own; what a family must not be asked for."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portfolio.errors import TemplateMistake
from portfolio.files import class_templates
from portfolio.model import AgeBand, Choice, Passage
from portfolio.rules import for_audience
from portfolio.rules.activities import MOST, NONE, Deck, Topic, for_home, suggested, topic_of
from portfolio.rules.family_view import FamilyView, GoalSeen, GoalsPart, Said
from portfolio.store.activities_file import beginning, laid_over, parse_file, written_deck
from portfolio.store.class_folder import book_of
from portfolio.store.our_deck import FILE, our_deck
from portfolio.store.template_file import load_template
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.views.pages import render
from portfolio.words import speak
from tests.handouts import Seen
from tests.hostile import TEXTS
from tests.teachers import sample_folder

BANDS: tuple[AgeBand, ...] = get_args(AgeBand)
OWN = """\
activities:
  - id: our-garden
    about: reading
    grades: [k-2, 3-5]
    what: Water a plant and read its name aloud.
    with: a cup
    say: What is new?
    es: {what: Rieguen una planta y lean su nombre., with: una taza}
"""


def goal(text: str = "", *, area: str = "", label: str = "", pick: str = "", lang: str = "en") -> GoalSeen:
    """Return a goal as a home sees it."""
    picks = (Choice(id=pick, label=pick),) if pick else ()
    return GoalSeen(
        goal=Said(field="goal", words=Passage(text=text, lang=lang), picks=picks),
        area=Choice(id=area, label=label or area) if area else None,
        **dict.fromkeys(("by_when", "obstacle", "obstacle_around", "know_by", "evidence", "how_far")),  # type: ignore[arg-type]  # nothing said
        **dict.fromkeys(("why", "now", "steps", "if_thens", "helpers", "helper_picks", "look_again"), ()),  # type: ignore[arg-type]  # nothing said
        set_together=False,
    )


def name_of(topic: Topic | None) -> str:
    """Return the id of a topic, "" for none."""
    return topic.topic_id if topic else ""


def view_with(*goals: GoalSeen) -> FamilyView:
    """Return what a home sees of the small book, with these goals."""
    view = for_audience(small_book(), "home", "mama")
    part = next((part for part in view.parts if isinstance(part.content, GoalsPart)), view.parts[0])
    return view.but(parts=(part.but(content=GoalsPart(goals=goals, open_slots=0)),))


def test_our_cards_are_ready_made_of_what_is_written() -> None:
    """What the program reads is what the file says that people edit; where it is not: ``python .ci/activities.py``."""
    assert our_deck() == written_deck()


@pytest.mark.parametrize("band", BANDS)
def test_every_area_and_picture_of_our_templates_has_cards(band: AgeBand) -> None:
    """Whatever a child may choose leads to cards for its grades; what says nothing of its own leads to cards for any goal."""
    deck, goals = our_deck(), load_template(class_templates() / f"{band}.yaml").section("goals")
    assert goals is not None
    asked = {p.field: p.choices for p in goals.prompts}
    for choice in asked["area"]:
        topic = topic_of(goal(area=choice.id, label=choice.label), deck)
        assert (topic is None) == (choice.id in ("own", "subject")), choice.id
        assert suggested(topic, band, deck)
    for choice in asked.get("picks", ()):
        topic = topic_of(goal(area="own", pick=choice.id), deck)
        assert (topic is None) == (choice.id == "other"), choice.id
        assert suggested(topic, band, deck).topic == topic


@pytest.mark.parametrize(
    ("said", "topic"),
    [
        (goal("read a whole book", area="own"), "reading"),
        (goal("Leer un cuento entero", area="own", lang="es"), "reading"),
        (goal("Leer un cuento entero", area="own", lang="en"), ""),  # a word counts in its own language
        (goal("write the story of the bridge", area="subject"), "writing"),
        (goal("be ready in time", area="own"), ""),  # "ready" is not "read"
        (goal("read and write every day", area="own"), ""),  # two things: no guess which
        (goal("read more", area="friends"), "friends"),  # what the child chose counts before its words
        (goal("", area="reading", pick="counting"), "numbers"),  # a picture is nearer than an area
        (goal("play a song", area="subject"), ""),
        (goal("do better", area="our-writing", label="writing"), "writing"),  # an area of the class's own
        (goal("", area=""), ""),
    ],
)
def test_a_goal_is_about_what_it_says_and_nothing_is_guessed(said: GoalSeen, topic: str) -> None:
    """A picture, an area, or exactly one topic named in whole words; anything else is about no topic."""
    assert name_of(topic_of(said, our_deck())) == topic


def test_a_home_gets_cards_for_the_childs_own_goal_while_it_lives() -> None:
    """The goal the child set counts before the one set together; a goal that is done, or none at all, has no cards."""
    deck = our_deck()
    together = goal(area="friends").but(set_together=True)
    assert name_of(for_home(view_with(together, goal("read aloud")), deck).topic) == "reading"
    assert name_of(for_home(view_with(together), deck).topic) == "friends"
    for over in ("done", "changed_my_mind"):
        assert for_home(view_with(goal("read aloud").but(how_far=over)), deck) == NONE
    assert for_home(view_with(), deck) == NONE


@given(
    text=st.text(max_size=60) | st.sampled_from(sorted(TEXTS.values(), key=len)[:10]),
    area=st.sampled_from(["", "subject", "reading", "zzz"]),
    lang=st.sampled_from(["en", "ar", "vi", "zh-Hans"]),
    band=st.sampled_from(BANDS),
)
def test_any_goal_gets_one_to_three_cards_for_its_grades(
    text: str, area: str, lang: str, band: AgeBand
) -> None:
    """Whatever is written: at most three cards, all for the child's grades, of one topic or of none."""
    deck = our_deck()
    found = suggested(topic_of(goal(text, area=area, lang=lang), deck), band, deck)
    assert 1 <= len(found.cards) <= MOST
    assert all(band in card.bands and card.topic == name_of(found.topic) for card in found.cards)


def test_cards_need_no_money_and_are_short() -> None:
    """No card names anything to buy, an app or the internet; each says what to do, with what, and one thing to say."""
    for card in our_deck().activities:
        whole = f"{card.what.text} {card.needs.text} {card.tell.text}"
        assert not re.search(
            r"\b(buy|app|apps|internet|download|subscribe|worksheet)\b", whole, re.IGNORECASE
        )
        assert card.what and card.needs and card.tell, card.activity_id
        assert len(card.what.text.split()) <= 22 and len(card.tell.text.split()) <= 12, card.activity_id
        assert card.tell.text.count("?") <= 2


@pytest.mark.parametrize("lang", ["es", "ar"])
def test_cards_are_said_in_the_languages_of_homes(lang: str) -> None:
    """Every text of every card stands in the catalogues, so that no home reads half a card in English."""
    say, deck = speak(lang), our_deck()
    texts = [t.title.text for t in deck.topics]
    texts += [p.text for card in deck.activities for p in (card.what, card.needs, card.tell)]
    assert not [text for text in texts if say(text) == text]


def test_a_classs_own_cards_come_first_and_ours_can_be_taken_away() -> None:
    """A class adds cards, replaces one by its id, takes some away, or uses its own alone; it may name further topics."""
    deck = our_deck()
    reading = next(topic for topic in deck.topics if topic.topic_id == "reading")

    def cards(text: str) -> list[str]:
        made = laid_over(deck, parse_file(text, FILE, deck), "en")
        return [card.activity_id for card in suggested(reading, "3-5", made).cards]

    ours = [card.activity_id for card in suggested(reading, "3-5", deck).cards]
    assert cards(OWN) == ["our-garden", *ours[:2]]
    assert cards(OWN.replace("our-garden", ours[1])) == [ours[1], ours[0], ours[2]]
    assert cards(f"off: [{ours[0]}]\n{OWN}") == ["our-garden", *ours[1:]]
    assert cards(f"only_ours: yes\n{OWN}") == ["our-garden"]
    music = "topics:\n  - {id: music, title: music, words: {en: [song]}}\n" + OWN.replace(
        "about: reading", "about: music"
    )
    made = laid_over(deck, parse_file(music, FILE, deck), "en")
    assert [c.activity_id for c in for_home(view_with(goal("play a song")), made).cards] == ["our-garden"]


def test_the_file_to_begin_with_changes_nothing_and_its_example_can_be_used() -> None:
    """It may be saved as it is; with the signs before the example taken away, there is one card more."""
    deck = our_deck()
    assert laid_over(deck, parse_file(beginning(), FILE, deck), "en") == deck
    used = re.sub(r"^#(?=  )", "", beginning(), flags=re.MULTILINE)
    assert len(laid_over(deck, parse_file(used, FILE, deck), "en").activities) == len(deck.activities) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("activities:\n  - id: a\n    about: cars\n    what: x\n", "line 2: “cars” is no topic of a goal."),
        ("activities:\n  - id: a\n", "line 2: “what” is missing here."),
        ("activities:\n  - id: a\n    what: x\n    grades: [k-3]\n", "line 4: “k-3” is not known here."),
        ("activities:\n  - id: a\n    what: x\n    es: {whatt: y}\n", "line 4: “whatt” is not known here."),
        ("activities:\n  - id: a\n    what: x\n    spanisch: {what: y}\n", "is no short form of a language"),
        (
            "activities:\n  - {id: a, what: x}\n  - {id: a, what: y}\n",
            "line 3: the card “a” stands here twice.",
        ),
        ("off: [nope]\n", "line 1: there is no card “nope” to take away."),
        ("activities:\n  - hello\n", "what stands at “activities” cannot be read."),
        ("activities: &a [*a]\n", "special meaning in YAML"),
        (f"activities:\n  - {{id: a, what: {'y' * 400}}}\n", "what stands at “what” cannot be read."),
    ],
)
def test_a_mistake_is_a_sentence_with_its_line(text: str, said: str) -> None:
    """What is wrong in a class's own cards is told with the line and what is allowed."""
    with pytest.raises(TemplateMistake) as caught:
        parse_file(text, FILE, our_deck())
    assert said in str(caught.value)


def test_a_file_with_a_mistake_keeps_no_page_from_going_home(tmp_path: Path) -> None:
    """The cards are ours then, and the mistake is told; once it is mended, the class's own are there at once."""
    folder = sample_folder(tmp_path)
    (folder.path / FILE).write_text("activities: nonsense", encoding="utf-8")
    assert folder.activities("en") == our_deck() and len(folder.activities_troubles("en")) == 1
    (folder.path / FILE).write_text(OWN, encoding="utf-8")
    assert folder.activities("en").activities[0].activity_id == "our-garden"
    assert folder.activities_troubles("en") == ()


def home_text(lang: str, deck: Deck) -> tuple[str, Seen]:
    """Return a home's file for a goal about reading, as HTML and as one reads it."""
    view = view_with(goal("read a whole book")).but(reads=(lang,), age_band="3-5")
    page = render(home_page(view, lambda _: b"", activities=for_home(view, deck)))
    return page, Seen(page)


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
def test_cards_stand_in_the_homes_file_in_its_language(lang: str) -> None:
    """Three cards, folded; what to do is seen, with what and what to say inside; the class's own in its translation."""
    say, deck = speak(lang), our_deck()
    page, seen = home_text(lang, laid_over(deck, parse_file(OWN, FILE, deck), "en"))
    assert page.count('<div class="try"><details><summary>') == 1
    block = page[page.index('id="Try"') : page.index("</section>", page.index('id="Try"'))]
    assert block.count("<details>") == MOST and "<details open" not in block
    own = "Rieguen una planta y lean su nombre." if lang == "es" else "Water a plant and read its name aloud."
    assert own in seen.text and say("Read in turns. One line is yours, the next is the child’s.") in seen.text
    assert f'<span lang="{"es" if lang == "es" else "en"}" dir="auto">{own}' in page
    assert 'href="#Try"' in page


@pytest.mark.parametrize("text", [t for t in TEXTS.values() if len(t.strip()) > 0 and len(t) < 200])
def test_hostile_words_of_a_class_stay_words(text: str) -> None:
    """Whatever a card holds arrives as that text and adds no tag."""
    deck = our_deck()
    card = deck.activities[0]

    def made(words: str) -> tuple[str, Seen]:
        own = card.but(
            ours=False, what=Passage(text=words), needs=Passage(text=words), tell=Passage(text=words)
        )
        return home_text("en", deck.but(activities=(own,)))

    tags, plain = made(text)[1].tags, made("plain")[1].tags
    assert [tag for tag, _ in tags] == [tag for tag, _ in plain]


def test_only_the_goal_a_home_may_see_chooses_the_cards(tmp_path: Path) -> None:
    """A goal page the child keeps back gives no card: what it is about would be told by them."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), "mateo")
    finally:
        store.close()
    assert name_of(for_home(for_audience(book, "home", "dad"), our_deck()).topic) == "writing"
    hidden = book.portfolio.but(
        meta=book.portfolio.meta.but(sections=({"section": "goals", "shown_to_family": False},))
    )
    assert for_home(for_audience(book.but(portfolio=hidden), "home", "dad"), our_deck()) == NONE
