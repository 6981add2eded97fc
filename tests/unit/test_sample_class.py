"""The sample classes: twelve invented children, whole, with every kind of work, and what became of promises."""
# long: all of it looks at the same twelve books, which are made once

from __future__ import annotations

import json
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from portfolio import files
from portfolio.media.links import check_link
from portfolio.model import Book, Document, Link, Passage, Portfolio, Record, Sound, Video, Work, Writing
from portfolio.model.people import AgeBand
from portfolio.model.portfolio import Reading
from portfolio.moments.check import check_class
from portfolio.moments.sample import make_sample, sample_classes
from portfolio.moments.send_home import send_home
from portfolio.rules import for_audience
from portfolio.rules.family_view import LookBacksPart, pictures_in
from portfolio.rules.needs import referenced_media
from portfolio.store.class_folder import ClassFolder, book_of, open_class
from portfolio.views.room import HOME_LIMIT

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MEDIA = files.sample_class() / "media"
HANDMADE = {"quiz.py", "poem_tr.txt", "night_bus.txt"}
KINDS = (Sound, Video, Document, Writing, Link)


@pytest.fixture(scope="module")
def classes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ClassFolder]:
    """Every sample class, made once."""
    root = tmp_path_factory.mktemp("samples")
    return {
        name: make_sample(name, root / name, at=AT, randomness=secrets.token_bytes)
        for name in sample_classes()
    }


@pytest.fixture(scope="module")
def books(classes: dict[str, ClassFolder]) -> dict[str, Book]:
    """The book of every sample child, by id."""
    found: dict[str, Book] = {}
    for folder in classes.values():
        store, template, outline = folder.store(), folder.template(), folder.outline()
        for student in store.students():
            assert student.student_id not in found, "two sample children with one id"
            found[student.student_id] = book_of(store, template, outline, student.student_id)
        store.close()
    return found


def rounds(book: Book) -> tuple[Portfolio, ...]:
    """Return all portfolios of a child, oldest first."""
    return (*book.earlier, book.portfolio)


def all_of(value: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    """Yield every record of these kinds in a value, however deep."""
    if isinstance(value, kinds):
        yield value
    inner = vars(value).values() if isinstance(value, Record) else value if isinstance(value, tuple) else ()
    for one in inner:
        yield from all_of(one, kinds)


def told_files(value: Any) -> Iterator[str]:
    """Yield the name of every file a sample book names."""
    if isinstance(value, dict):
        if "file" in value:
            yield str(value["file"])
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from told_files(one)


def as_told(student_id: str) -> list[str]:
    """Return the files a child's sample books name, once for each time."""
    paths = files.sample_class().glob(f"*/{student_id}.*.yaml")
    return [name for path in paths for name in told_files(yaml.safe_load(path.read_text(encoding="utf-8")))]


def test_there_are_twelve_children_three_in_each_band(books: dict[str, Book]) -> None:
    """Each of the four bands has a class of three children."""
    bands = Counter(book.school_class.age_band for book in books.values())
    assert bands == dict.fromkeys(get_args(AgeBand), 3)


def test_every_child_is_told_apart_by_a_picture_of_its_own(books: dict[str, Book]) -> None:
    """No two children of a class stand under the same picture in the roster."""
    pairs = [(book.school_class.class_id, book.student.picture) for book in books.values()]
    assert len(set(pairs)) == len(pairs)


def test_the_children_are_at_different_places_on_their_way(books: dict[str, Book]) -> None:
    """Some have only begun, some are nearly ready, some have presented."""
    assert {"draft", "practising", "ready", "checked", "presented"} <= {
        b.portfolio.meta.status for b in books.values()
    }


def test_last_rounds_promises_are_shown_kept_or_not(books: dict[str, Book]) -> None:
    """Every home sees last round's promises of child and teacher, some kept and some not; a family's its own home alone."""
    for name, book in books.items():
        families = set()
        for household in book.student.households:
            view = for_audience(book, "home", household.household_id)
            (seen,) = (p.content for p in view.parts if isinstance(p.content, LookBacksPart))
            how_far = {promise.how_far for promise in seen.promises}
            assert {promise.who for promise in seen.promises} >= {"student", "teacher"}, name
            families |= {promise.who for promise in seen.promises} & {"family"}
            assert "done" in how_far, name
            assert how_far & {"just_starting", "getting_there", "nearly", "changed_my_mind"}, name
        assert families == {"family"}, name


def test_what_became_of_last_rounds_goals_is_told_by_the_child(books: dict[str, Book]) -> None:
    """Who had goals last time looks back at them with a reason; a changed mind says why."""
    goals = {(n, g.entry_id) for n, b in books.items() for g in b.earlier[-1].goals}
    told = {(n, i.goal_id): i for n, b in books.items() for i in b.portfolio.look_backs if i.goal_id}
    assert {n for n, _ in goals} == set(books)
    assert goals - set(told) <= {("tariq", "goal-count")}, "Tariq stopped after his tower"
    assert set(told) <= goals
    assert all(back.because for back in told.values())
    assert {"done", "just_starting", "getting_there", "changed_my_mind"} <= {b.result for b in told.values()}


def test_a_promise_of_ones_own_is_looked_back_on_in_every_class(books: dict[str, Book]) -> None:
    """In each class some child tells what became of its own promise, and as it stands in the promise itself."""
    seen = set()
    for name, book in books.items():
        mine = {a.entry_id: a for a in book.earlier[-1].agreements if a.who == "student"}
        for back in book.portfolio.look_backs:
            if back.promise_id:
                assert back.entry_id == f"look-back.{back.promise_id}", name
                assert back.because and back.result == mine[back.promise_id].how_far, name
                seen.add(book.school_class.age_band)
    assert seen == set(get_args(AgeBand))


def test_answers_come_in_other_ways_than_words_in_every_class(books: dict[str, Book]) -> None:
    """In each class somebody says, draws or photographs an answer to a question that asks for words."""
    ways: dict[str, set[str]] = {}
    for book in books.values():
        for entry in book.portfolio.entries():
            for beside in entry.besides:
                assert beside, entry.entry_id
                assert isinstance(getattr(entry, beside.field), Passage), "it stands beside words"
                said = {"said"} if beside.media else set()
                ways.setdefault(book.school_class.age_band, set()).update(
                    said | ({"shown"} if beside.pictures else set())
                )
    assert ways == {"k-2": {"said", "shown"}, "3-5": {"said"}, "6-8": {"shown"}, "9-12": {"shown"}}


def test_an_answer_may_have_no_words_at_all(books: dict[str, Book]) -> None:
    """Wren says hello, what was done and what comes later, and draws a goal; nothing of it is written."""
    wren = books["wren"].portfolio
    unwritten = {
        (entry.entry_id, beside.field)
        for entry in wren.entries()
        for beside in entry.besides
        if not getattr(entry, beside.field)
    }
    assert {("welcome.hello", "words"), ("work-drum", "did"), ("goal-1", "goal")} <= unwritten


def test_a_language_of_the_home_is_heard_and_told_in_english_too(books: dict[str, Book]) -> None:
    """Mateo's answer in Spanish has a Spanish transcript, and an English draft of it."""
    answer = books["mateo"].portfolio.answer("me", "try")
    assert answer is not None and not answer.words
    (heard,) = answer.beside("words").media
    assert isinstance(heard, Sound)
    assert heard.transcript.lang == "es"
    assert [(t.lang, t.made_by) for t in heard.transcript.translations] == [("en", "draft")]


def test_one_child_reads_in_letters_of_its_own_choice(books: dict[str, Book]) -> None:
    """Jonah's pages stand in plain letters with wide spacing; the others have those of the book."""
    chosen = {n: b.portfolio.meta.reading for n, b in books.items() if b.portfolio.meta.reading != Reading()}
    assert chosen == {"jonah": Reading(letters="plain", spacing="wide")}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_medium_is_somewhere(kind: type, books: dict[str, Book]) -> None:
    """Sounds, films, documents, writing and links all belong to some child's work."""
    assert [one for book in books.values() for one in all_of(book.portfolio.work, (kind,))]


def test_a_program_and_a_poem_of_the_home_are_what_they_are(books: dict[str, Book]) -> None:
    """The program is code in Python; the poem keeps its own language and has an English draft."""
    (program,) = all_of(books["caio"].portfolio.work, (Writing,))
    assert (program.sort, program.language, program.text.lang) == ("code", "python", "en")
    (poem,) = all_of(books["elif"].portfolio.work, (Writing,))
    assert (poem.sort, poem.text.lang) == ("text", "tr")
    assert poem.text.text == (MEDIA / "poem_tr.txt").read_text(encoding="utf-8")
    assert [(t.lang, t.made_by) for t in poem.text.translations] == [("en", "draft")]


def test_whatever_is_seen_or_heard_is_also_told_in_words(books: dict[str, Book]) -> None:
    """Pictures have alt words, sounds a transcript, films both and a still, links and documents words too."""
    for name, book in books.items():
        for portfolio in rounds(book):
            paged = {page.sha256 for paper in all_of(portfolio, (Document,)) for page in paper.pages}
            assert all(p.alt for p in pictures_in(portfolio) if p.sha256 not in paged), name
            for one in all_of(portfolio, KINDS):
                assert {
                    "sound": lambda m: m.transcript,
                    "video": lambda m: m.alt and m.transcript and m.poster,
                    "document": lambda m: m.alt,
                    "writing": lambda m: m.text,
                    "link": lambda m: m.caption,
                }[one.kind](one), (name, one.kind)


def test_every_file_a_book_names_has_come_in_once(
    classes: dict[str, ClassFolder], books: dict[str, Book]
) -> None:
    """As many pictures and recordings are kept as files are named; nothing lies about, nothing is missing."""
    for name, book in books.items():
        folder = classes[book.school_class.class_id]
        kept = {path.name for path in (folder.media / name).glob("*")} if as_told(name) else set()
        assert kept == {file for portfolio in rounds(book) for file in referenced_media(portfolio)}, name
        named = as_told(name)
        came = [m for p in rounds(book) for m in all_of(p, KINDS)]
        inline = sum(m.kind == "link" for m in came) + sum(not _is_ours(m) for m in came)
        in_media = [n for n in named if not n.endswith((".jpg", ".png"))]
        assert len(came) - inline == len(in_media), name


def _is_ours(medium: Any) -> bool:
    """Return whether a text stands in a file of ours; all but texts and links do."""
    texts = {(MEDIA / name).read_text(encoding="utf-8").rstrip("\n") for name in HANDMADE}
    return medium.kind == "link" or medium.kind != "writing" or medium.text.text.rstrip("\n") in texts


def test_no_two_children_show_the_same_work() -> None:
    """A picture or recording belongs to one child only."""
    owners = {
        (name, path.name.split(".")[0])
        for path in files.sample_class().glob("*/*.*.yaml")
        for name in told_files(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
    assert len({name for name, _ in owners}) == len(owners)


def test_every_home_gets_its_file(classes: dict[str, ClassFolder], books: dict[str, Book]) -> None:
    """Each household of each child gets one file, without trouble and far below the limit."""
    wanted = {(n, h.household_id) for n, b in books.items() for h in b.student.households}
    sent = [one for folder in classes.values() for one in send_home(folder)]
    assert {(s.student.student_id, s.household.household_id) for s in sent if s.household} == wanted
    assert [s.trouble for s in sent if s.trouble] == []
    assert max(s.size for s in sent) < HOME_LIMIT < 20_000_000
    assert max(s.size for s in sent) < 5_000_000


def test_homes_write_back_in_several_forms_and_languages(books: dict[str, Book]) -> None:
    """Replies come as letters, notices and wonders, and glows and promises, in at least five languages."""
    replies = [reply for book in books.values() for reply in book.portfolio.replies]
    assert {"letter", "notice_wonder", "glow_grow_promise"} <= {r.form for r in replies}
    assert len({line.words.lang for reply in replies for line in reply.lines}) >= 5
    for book in books.values():
        homes = {h.household_id for h in book.student.households}
        assert {r.household_id for r in book.portfolio.replies} <= homes
        assert {c.household_id for c in book.portfolio.concerns} <= homes


def test_worries_are_answered_and_one_is_closed_by_the_family(books: dict[str, Book]) -> None:
    """Concerns have an answer, somebody who takes care of them and a date; a closed one has the family's words."""
    concerns = [concern for book in books.values() for concern in book.portfolio.concerns]
    assert {"working", "answered", "closed"} <= {c.status for c in concerns}
    assert all(c.words and c.answer and c.owner and c.due for c in concerns)


def test_no_translation_says_a_person_made_it(books: dict[str, Book]) -> None:
    """No native reader has looked at the sample translations: each is marked as a draft."""
    told = [p.model_dump_json() for book in books.values() for p in rounds(book)]
    made = [t["made_by"] for text in told for t in _translations(json.loads(text))]
    assert len(made) > 50
    assert set(made) == {"draft"}


def _translations(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield from value.get("translations", ())
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _translations(one)


def test_every_address_in_the_samples_leads_nowhere(books: dict[str, Book]) -> None:
    """Links are as our check writes them, and lie under example.org, which belongs to nobody."""
    links = [one.address for book in books.values() for one in all_of(book.portfolio, (Link,))]
    assert links
    for address in links:
        assert check_link(address) == address
        assert address.split("/")[2].endswith("example.org")


def test_nothing_waits_in_a_fresh_sample_class(classes: dict[str, ClassFolder]) -> None:
    """The files came in like a child's, but no part of one is left on its way in."""
    for folder in classes.values():
        assert not [path for path in Path(folder.hidden).rglob("*") if "uploads" in path.parts]


def test_a_document_without_words_is_missed_once_it_has_none(
    classes: dict[str, ClassFolder], tmp_path: Path
) -> None:
    """The pages of a described document need no words of their own; take its words away and they are missed."""
    folder = open_class(Path(shutil.copytree(classes["grade-11"].path, tmp_path / "copy")))
    assert check_class(folder, ("jiayi",))[0].undescribed == 0
    store = folder.store()
    kept = store.entry("jiayi.fall-2026", "work-bridge")
    assert isinstance(kept.entry, Work)
    media = tuple(m.but(alt=Passage()) if isinstance(m, Document) else m for m in kept.entry.media)
    changed = kept.entry.but(media=media)
    store.keep("jiayi.fall-2026", changed, expected=kept.version, by="student", at=AT)
    store.close()
    assert check_class(folder, ("jiayi",))[0].undescribed == 3
