"""Recordings, documents, writing and links on the family's pages: with words beside them, safe, and small."""

from __future__ import annotations

import re
from typing import Any

import pytest

from portfolio.model import (
    Answer,
    Concern,
    Document,
    Goal,
    GrowthPair,
    Helper,
    IfThen,
    Link,
    Passage,
    Record,
    SectionChoice,
    Strength,
    Translation,
    Work,
    Writing,
)
from portfolio.model.portfolio import StepMinutes
from portfolio.rules import for_audience
from portfolio.testing import (
    dots,
    small_book,
)
from portfolio.views.phrases import host, length
from portfolio.words import speak
from tests.media_books import Tags, film, home, sound, talk, with_media

HOSTILE = (
    "<script>alert(1)</script>",
    "\"' onplay=alert(1) x=\"'><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}",
    "</code></pre><b>",
    "\ue000\ue001\ue002\ue003 <\ue001>",
    "\u202egnp.exe",
)


# ------------------------------------------------------------------------------------------------- each one


@pytest.mark.parametrize("make", [home, talk])
def test_players_are_in_the_page_quiet_and_named(make: Any) -> None:
    """Sound and film stand as data in the page, load nothing before somebody plays, and have a name."""
    tags = Tags(make(small_book()))
    (audio,), (video,) = tags.all("audio"), tags.all("video")
    assert str(audio["src"]).startswith("data:audio/wav;base64,UklGR")
    assert str(video["src"]).startswith("data:video/mp4;base64,")
    assert str(video["poster"]).startswith("data:image/webp;base64,")
    assert [p["preload"] for p in (audio, video)] == ["none", "none"]
    assert audio["aria-label"] == "I read my poem"
    assert video["aria-label"] == "A paper boat floats in the sink."
    assert all("controls" in p and "autoplay" not in p for p in (audio, video))


@pytest.mark.parametrize("make", [home, talk])
def test_what_is_heard_stands_in_words(make: Any) -> None:
    """The transcript is always there, not folded; where nobody wrote one, the page says so."""
    page = make(small_book())
    assert "The rain is a drum." in page
    assert "Nobody has written down yet what you hear." in page
    assert "The rain is a drum." not in "".join(re.findall(r"<details>.*?</details>", page, re.DOTALL))


def test_a_document_shows_its_first_page_and_folds_the_others() -> None:
    """The first page is in sight with its words, the others are a press away; how many there were is said."""
    page = home(small_book())
    assert "2 of 3 pages" in page
    (folded,) = re.findall(r"<details>.*?</details>", page, re.DOTALL)
    assert 'alt="A page of notes"' in page.replace(folded, "")
    assert 'alt="Page 2"' in folded
    whole = with_media(Document(pages=(dots(0),), page_count=1))
    assert "1 page<" in home(whole)
    assert 'alt="Page 1"' in home(whole)


def test_writing_keeps_its_lines_and_code_its_spaces() -> None:
    """A text becomes paragraphs in its own language; a program stays as it was typed, left to right."""
    story = Writing(text=Passage(text="Uno\ndos\n\ntres", lang="es"))
    code = Writing(text=Passage(text="\n  a <b> & 'c'\n\td"), sort="code", language="C")
    page = home(with_media(story, code))
    assert '<p lang="es" dir="auto">Uno<br>dos</p><p lang="es" dir="auto">tres</p>' in page
    assert '<pre dir="ltr" translate="no"><code>\n  a &lt;b&gt; &amp; &#39;c&#39;\n\td</code></pre>' in page
    assert "A program in C" in page


def test_a_link_says_where_it_leads_and_says_nothing_of_the_reader() -> None:
    """A link names the place it leads to, is printed in full, and is followed only by whoever taps it."""
    link = Link(address="https://good.example@evil.example:8443/a?b=1&c=2", caption=Passage(text="See"))
    page = home(with_media(link))
    assert "Open evil.example<" in page
    (found,) = [a for a in Tags(page).all("a") if not str(a["href"]).startswith("#")]
    assert (found["rel"], found["href"]) == ("noreferrer noopener", link.address)
    assert f">{link.address.replace('&', '&amp;')}</p>" in page


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("https://a.example/x", "a.example"),
        ("http://[::1", "http://[::1"),
        ("https://", "https://"),
        ("https://A.Example", "a.example"),
    ],
)
def test_the_place_of_an_address(address: str, place: str) -> None:
    """The host alone; an address nothing can be made of is shown as it is."""
    assert host(address) == place


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "1 second"),
        (0.6, "1 second"),
        (42, "42 seconds"),
        (60, "1 minute"),
        (185.2, "3 minutes 5 seconds"),
        (36_000, "600 minutes"),
    ],
)
def test_how_long_in_words(seconds: float, words: str) -> None:
    """A length is minutes and seconds in words, never nothing."""
    assert length(seconds, speak("en")) == words


def test_a_film_that_not_every_phone_plays_says_so() -> None:
    """Only a film that some phones refuse carries the remark."""
    remark = "Not every phone can play this."
    assert remark in home(with_media(film(plays="some")))
    assert remark not in home(with_media(film()))


def test_a_draft_translation_of_a_transcript_comes_first_and_says_so() -> None:
    """A Spanish home reads what was said in Spanish, marked as a draft, and the child's words after it."""
    said = Passage(text="The rain.", translations=(Translation(lang="es", text="La lluvia."),))
    page = home(with_media(sound(transcript=said)), household="mama")
    said_in_spanish = page.index("La lluvia.")
    mark = page.index(speak("es")("draft translation"), said_in_spanish)
    assert mark < page.index("The rain.")


def test_media_stand_wherever_they_can_be_put() -> None:
    """Answers, strengths, pairs and pieces of work show what was put to them."""
    one = (sound(caption=Passage(text="HERE")),)
    for shelves in (
        {"answers": (Answer(entry_id="a", section="welcome", prompt="today", media=one),)},
        {"strengths": (Strength(entry_id="strength-1", what=Passage(text="x"), media=one),)},
        {"growth_pairs": (GrowthPair(entry_id="pair-1", before_media=one),)},
        {"growth_pairs": (GrowthPair(entry_id="pair-1", now_media=one),)},
        {"work": (Work(entry_id="work-1", media=one),)},
    ):
        empty: dict[str, Any] = {"work": (), "strengths": (), "goals": ()}
        assert "HERE" in home(small_book(**(empty | shelves))), shelves


# ------------------------------------------------------------------------------------------- who may see it


@pytest.mark.parametrize("medium", [sound(), film(), Document(pages=(dots(0),), page_count=1)])
def test_others_wait_for_a_tick(medium: Any) -> None:
    """What others can be seen or heard in stays out of the file until somebody agreed; the table has it."""
    asked, agreed = medium.but(others=True), medium.but(others=True, others_agreed=True)
    shown = [page(with_media(one)) for page, one in ((home, asked), (home, agreed), (talk, asked))]
    assert ['class="medium' in page for page in shown] == [False, True, True]


def test_a_still_and_a_page_with_others_wait_by_themselves() -> None:
    """A film goes home without a still that shows others, a document without such a page."""
    friends = dots(1, "FRIENDS").but(others=True)
    pages = Document(pages=(dots(0), friends), page_count=2)
    book = with_media(film(poster=friends), pages, Document(pages=(friends,), page_count=1))
    found = for_audience(book, "home", "papa")
    assert friends.sha256 not in found.model_dump_json()
    tags = Tags(home(book))
    assert [v.get("poster") for v in tags.all("video")] == [None]
    assert "1 of 2 pages" in tags.text
    assert len([f for f in tags.all("figure") if f.get("class") == "medium document"]) == 1


def test_a_section_can_stay_out_of_the_file_alone() -> None:
    """What the child keeps out of the home copy is at the table and not in any file."""
    book = small_book()
    choice = SectionChoice(section="work", in_home_copy=False)
    kept = book.but(portfolio=book.portfolio.but(meta=book.portfolio.meta.but(sections=(choice,))))
    sections = {a: [p.section for p in for_audience(kept, a, "papa").parts] for a in ("home", "conference")}
    assert "work" not in sections["home"]
    assert "work" in sections["conference"]
    assert "My way to school" not in for_audience(kept, "home", "papa").short.model_dump_json()


def test_minutes_a_teacher_changed_are_those_of_the_agenda() -> None:
    """A step has the minutes the teacher gave it; the others keep theirs; an unknown step changes nothing."""
    book = small_book()
    before = {s.title: s.minutes for s in for_audience(book, "conference").agenda}
    agenda = book.portfolio.meta.agenda.but(
        minutes=(StepMinutes(step="work", minutes=17), StepMinutes(step="gone", minutes=3))
    )
    changed = book.but(portfolio=book.portfolio.but(meta=book.portfolio.meta.but(agenda=agenda)))
    after = {s.title: s.minutes for s in for_audience(changed, "conference").agenda}
    assert {t: m for t, m in after.items() if m != before[t]} == {"My work": 17}


def test_a_concern_is_answered_in_its_own_homes_file_only() -> None:
    """You said, we did: the page is in that household's copy, before the letter back, and nowhere else."""
    worry = Concern(
        entry_id="concern-1",
        household_id="mama",
        words=Passage(text="HEAVY"),
        answer=Passage(text="LOCKER"),
        status="closed",
        closed_with=Passage(text="BETTER"),
    )
    book = small_book(concerns=(worry,))
    page = home(book, household="mama")
    assert 0 < page.index("HEAVY") < page.index("LOCKER") < page.index("BETTER") < page.index('id="answer"')
    assert "HEAVY" not in home(book) + talk(book)
    assert "you-said-we-did" not in home(book)


def test_a_plan_for_each_thing_in_the_way_is_shown() -> None:
    """Every if-then plan that has both halves stands in the goal, and whether each helper said yes."""
    goal = Goal(
        entry_id="goal-1",
        goal=Passage(text="G"),
        if_this=Passage(text="rain"),
        then_that=Passage(text="read inside"),
        if_thens=(
            IfThen(if_this=Passage(text="noise"), then_that=Passage(text="earmuffs")),
            IfThen(if_this=Passage(text="HALF")),
        ),
        helpers=(
            Helper(who="Jo", what=Passage(text="listens"), agreed=False),
            Helper(who="Bo", what=Passage(text="reads"), ask_by="Friday"),
        ),
    )
    page = home(small_book(goals=(goal,)))
    assert "earmuffs" in page
    assert "HALF" not in page
    assert page.count("has not said yes yet") == 1
    assert 'I ask by: <span lang="en" dir="auto">Friday</span>' in page  # the child's own words


# ---------------------------------------------------------------------------------------------- what is hostile


def put(value: Any, text: str) -> Any:
    """Return a record with every written text in it replaced; addresses and languages keep their form."""
    if isinstance(value, tuple):
        return tuple(put(one, text) for one in value)
    if not isinstance(value, Record):
        return value
    changes = {}
    for name, info in type(value).model_fields.items():
        now = getattr(value, name)
        free = isinstance(now, str) and "clean_text" in f"{info.annotation}{info.metadata}"
        if name == "address":
            changes[name] = f"https://x.example/{text}"
        elif free:
            changes[name] = text if now else now
        else:
            changes[name] = put(now, text)
    return value.but(**changes)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_in_every_field_stay_words(text: str) -> None:
    """Whatever is typed into any field of portfolio, child and class adds no tag and no attribute."""
    shapes, seen = [], []
    for words in (text, "plain"):
        book = small_book()
        full = book.but(
            portfolio=put(book.portfolio, words),
            student=put(book.student, words),
            school_class=put(book.school_class, words),
        )
        pages = [home(full), talk(full)]
        shapes.append([(t, sorted(a)) for page in pages for t, a in Tags(page).tags])
        seen.append(pages)
    assert shapes[0] == shapes[1]
    assert all(one != other for one, other in zip(*seen, strict=True)), "the words came nowhere"


def test_no_style_attribute_and_no_script_in_a_page_with_everything() -> None:
    """The strict policy holds for each medium: no inline style, no script but the answer's, nothing that loads by itself."""
    for page, scripts in ((home(small_book()), 1), (talk(small_book()), 0)):
        assert re.findall(r"<(script|iframe|object|embed|link)\b", page) == ["script"] * scripts
        for tag, attrs in Tags(page).tags:
            assert not [a for a in attrs if a.startswith("on") or a in ("style", "autoplay", "srcset")], tag
            for name in ("src", "poster"):
                assert str(attrs.get(name) or "data:").startswith("data:")
