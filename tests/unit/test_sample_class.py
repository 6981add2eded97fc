"""The sample classes: twelve invented children, whole, with every kind of work, and what became of promises."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args

import numpy as np
import pytest
import yaml
from PIL import Image

from portfolio import files
from portfolio.media.documents import read_document
from portfolio.media.links import check_link
from portfolio.media.sound import clean_sound
from portfolio.media.video import clean_video
from portfolio.media.writing import read_writing
from portfolio.model import Book, Document, Link, Portfolio, Record, Sound, Video, Writing
from portfolio.model.people import AgeBand
from portfolio.moments.home import send_home
from portfolio.moments.sample import make_sample, sample_classes
from portfolio.rules import for_audience
from portfolio.rules.family_view import LookBacksPart, pictures_in
from portfolio.rules.needs import referenced_media
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.views.room import HOME_LIMIT
from sample_data.media import make, robot, sounds
from sample_data.pictures.ink import curve

AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MEDIA = files.sample_class() / "media"
HANDMADE = {"quiz.py", "poem_tr.txt", "night_bus.txt"}
SCRIPTS = {"__init__.py", "make.py", "sounds.py", "robot.py", "bridge.py", "README.md"}
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
    """Every home sees last round's promises of child, family and teacher, some of them kept and some not."""
    for name, book in books.items():
        for household in book.student.households:
            view = for_audience(book, "home", household.household_id)
            (seen,) = (p.content for p in view.parts if isinstance(p.content, LookBacksPart))
            how_far = {promise.how_far for promise in seen.promises}
            assert {promise.who for promise in seen.promises} == {"student", "family", "teacher"}, name
            assert "done" in how_far, name
            assert how_far & {"just_starting", "getting_there", "nearly", "changed_my_mind"}, name


def test_what_became_of_last_rounds_goals_is_told_by_the_child(books: dict[str, Book]) -> None:
    """Who had goals last time looks back at them with a reason; a changed mind says why."""
    goals = {(n, g.entry_id) for n, b in books.items() for g in b.earlier[-1].goals}
    told = {(n, back.goal_id): back for n, b in books.items() for back in b.portfolio.look_backs}
    assert {n for n, _ in goals} == set(books)
    assert goals - set(told) <= {("tariq", "goal-count")}, "Tariq stopped after his tower"
    assert set(told) <= goals
    assert all(back.because for back in told.values())
    assert {"done", "just_starting", "getting_there", "changed_my_mind"} <= {b.result for b in told.values()}


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


# ------------------------------------------------------------------------------------- the files themselves


def test_the_folder_holds_what_is_made_and_what_is_written_by_hand() -> None:
    """No file lies in the folder of media that no script makes and nobody wrote."""
    there = {path.name for path in MEDIA.iterdir() if path.is_file()}
    assert there == set(make.MADE) | HANDMADE | SCRIPTS


def test_the_committed_recordings_are_clean_already() -> None:
    """Cleaning a committed recording or film again changes no byte: there is nothing in it but sound and picture."""
    for path in MEDIA.glob("*.mp3"):
        assert clean_sound(path.read_bytes()).data == path.read_bytes(), path.name
    film = (MEDIA / "robot_car.mp4").read_bytes()
    made = clean_video(film)
    assert made.data == film
    assert (made.width, made.height, made.plays) == (320, 240, "everywhere")


def test_no_committed_file_names_a_maker_a_place_or_a_day() -> None:
    """Neither document, still nor recording carries a name, a date, a place or the program it came from."""
    for path in (MEDIA / name for name in make.MADE):
        data = path.read_bytes()
        for word in (b"/Author", b"/Creator", b"/Producer", b"/CreationDate", b"Exif", b"GPS", b"Lavf", b"TSSE", b"http"):  # fmt: skip
            assert word not in data, (path.name, word)
    with Image.open(MEDIA / "robot_car.jpg") as still:
        assert len(still.getexif()) == 0


def test_the_files_are_small_and_as_long_as_told() -> None:
    """A drum of 8 seconds, a tune of 15, a film of 6, a report of 3 pages; none larger than 150 kB."""
    assert 7 < clean_sound((MEDIA / "drum_rhythm.mp3").read_bytes()).seconds < 9
    assert 14 < clean_sound((MEDIA / "ukulele_tune.mp3").read_bytes()).seconds < 16
    assert clean_video((MEDIA / "robot_car.mp4").read_bytes()).seconds == pytest.approx(6, abs=0.2)
    assert len(read_document((MEDIA / "bridge_report.pdf").read_bytes()).pages) == 3
    assert max((MEDIA / name).stat().st_size for name in make.MADE) < 150_000
    assert (MEDIA / "ukulele_tune.mp3").stat().st_size < 80_000


def test_the_childs_program_runs_and_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quiz takes answers with spaces and capitals, counts the right ones and names those missed."""
    raw = (MEDIA / "quiz.py").read_bytes()
    assert read_writing(raw, "quiz.py").sort == "code"
    said: list[str] = []
    given = iter([" A ", "b", "c", "a"])
    names = {"input": lambda _: next(given), "print": lambda *words: said.append(" ".join(map(str, words)))}
    exec(compile(raw, "quiz.py", "exec"), names)  # noqa: S102 - our own file; the product never runs one
    assert "You have 3 of 4" in said
    assert said[-1] == "Look this up: Is there sound on the Moon?"


def test_the_same_seeds_make_the_same_sounds_and_pictures() -> None:
    """Made twice, the drum, the tune and the film's pictures are the same, and not silent or empty."""
    for sound in (sounds.drum_rhythm, sounds.ukulele_tune):
        first = sound()
        assert np.array_equal(first, sound())
        assert 0.8 < float(np.abs(first).max()) <= 1.0
    one, two = robot.frames(), robot.frames()
    assert len(one) == robot.FPS * robot.SECONDS
    assert all(a.tobytes() == b.tobytes() for a, b in zip(one, two, strict=True))


def test_the_car_follows_the_line_and_then_misses_the_turn() -> None:
    """The car is on the tape until the turn, and stands beside it at the end."""
    path = robot.way()
    tape = np.array(curve(robot.LINE, 2))
    off = np.array([np.hypot(*(tape - (x, y)).T).min() for x, y, _ in path])
    assert off[: len(off) // 2].max() < 2
    assert off[-1] > 40


def test_every_address_in_the_samples_leads_nowhere(books: dict[str, Book]) -> None:
    """Links are as our check writes them, and lie under example.org, which belongs to nobody."""
    links = [one.address for book in books.values() for one in all_of(book.portfolio, (Link,))]
    assert links
    for address in links:
        assert check_link(address) == address
        assert address.split("/")[2].endswith("example.org")


def test_an_unknown_file_is_refused_with_the_list_of_those_there_are() -> None:
    """Asking the script for a file it does not make names the ones it does."""
    with pytest.raises(SystemExit, match=r"No such file: moon\.mp3") as told:
        make.main(["moon.mp3"])
    assert "robot_car.mp4" in str(told.value)


def test_nothing_waits_in_a_fresh_sample_class(classes: dict[str, ClassFolder]) -> None:
    """The files came in like a child's, but no part of one is left on its way in."""
    for folder in classes.values():
        assert not [path for path in Path(folder.hidden).rglob("*") if "uploads" in path.parts]
