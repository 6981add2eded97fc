# long: one list, from a spreadsheet to card, file, backup, screen and commands
"""Places that help: only what the school wrote down; rows told by number; cards, folded list, backup, screen and commands."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import InputRefused, NotFound
from portfolio.model.record import clean_text
from portfolio.moments import papers as moment
from portfolio.moments.home import home_file, kit_of
from portfolio.moments.room import Brought
from portfolio.moments.run_plan import planned
from portfolio.moments.sent import Wishes
from portfolio.moments.teacher.before_room import BeforeRoom
from portfolio.moments.teacher.room import TeacherDesk
from portfolio.rules import for_audience
from portfolio.rules.help_places import HEADINGS, LONGEST, MOST_PLACES, HelpPlace, column_of
from portfolio.store.backup import make_backup
from portfolio.store.backup_restore import restore_backup
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.help_places_file import FILE, empty_list, parse_places
from portfolio.testing import small_book
from portfolio.views.home import home_page
from portfolio.views.pages import render
from portfolio.words import speak
from tests.handouts import PLACES, Seen
from tests.hostile import TEXTS
from tests.teachers import form, sample_desk, sample_folder

LIST = "name,what,what (es),phone\nTool Shed,Borrow a hammer,Presten un martillo,555-0143\n"


def read(text: str, lang: str = "en") -> tuple[list[str], list[str]]:
    """Return the names in a list, and what is told of it."""
    found = parse_places(text.encode(), "list.csv", lang)
    return [one.name for one in found.places], [str(one) for one in found.trouble]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TeacherDesk]:
    """Return the desk of a sample class."""
    desk = sample_desk(tmp_path)
    yield desk
    desk.store.close()


def home_of(folder: ClassFolder, student: str = "mateo", household: str = "dad") -> str:
    """Return a home's file."""
    store = folder.store()
    try:
        book = book_of(store, folder.template(), folder.outline(), student)
        return home_file(book, household, kit_of(folder, store)).page
    finally:
        store.close()


def test_the_list_we_give_out_has_every_column_we_read() -> None:
    """What is handed out to be filled in is read back, in each language homes read; a list of headings has no place."""
    text = empty_list(("es", "zh-Hans")).decode("utf-8-sig")
    cells = text.strip().split(",")
    assert [column_of(cell) for cell in cells].count(None) == 0
    assert {field for field, _ in map(column_of, cells) if field} == set(HEADINGS)  # type: ignore[misc]  # none is None
    assert column_of("what (zh-Hans)") == ("what", "zh-hans")
    assert read(text) == ([], [])


@pytest.mark.parametrize(
    "text",
    [
        "Name;What it is;Telephone\nLibrary;Books;555-0111\n",
        "\ufeffNombre\tQué es\tTeléfono\nLibrary\tLibros\t555-0111\n",
        "الاسم,ما هو,الهاتف\nLibrary,كتب,555-0111\n",
        'name,what\nLibrary,"Books,\nand tables"\n',
    ],
)
def test_a_list_is_read_however_a_spreadsheet_wrote_it(text: str) -> None:
    """Commas, semicolons or tabs, headings in the languages of teachers, lines inside a cell."""
    assert read(text) == (["Library"], [])


def test_a_row_that_cannot_be_used_is_left_out_and_told_by_its_number() -> None:
    """The others are used; the sentence says which row, what is wrong, what to do."""
    rows = ["name,what,notes", "Library,Books,x", ",Food,x", "Shed,,x", f"Long,{'a' * (LONGEST + 1)},x"]
    names, told = read("\n".join(rows))
    assert names == ["Library"]
    assert "the column “notes” is not used" in told[0]
    assert "row 3: the name of the place is missing" in told[1]
    assert "row 4: “Shed” stands alone" in told[2]
    assert "row 5: “what” has more than 300 letters" in told[3]
    many = "name,phone\n" + "".join(f"Place {n},555-0100\n" for n in range(MOST_PLACES + 2))
    names, told = read(many)
    assert len(names) == MOST_PLACES and len(told) == 2 and "at most 60 places" in told[0]


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04rest", b"what,phone\nBooks,1\n", b'name,what\n"open,1\nA,2\nB,3\n']
)
def test_what_is_no_list_is_refused_with_a_sentence(data: bytes) -> None:
    """An empty file, a spreadsheet that was not saved as CSV, no column for names, an open quotation mark."""
    with pytest.raises(InputRefused):
        parse_places(data, "list.csv", "en")


@given(st.lists(st.lists(st.text(max_size=20), max_size=9), max_size=6))
def test_any_cells_give_places_or_sentences(rows: list[list[str]]) -> None:
    """Whatever stands in the cells: names that are there, no more rows than there were, and never anything made up."""
    from portfolio.rules.help_places import places_of

    found = places_of([(1, tuple(HEADINGS)), *enumerate(map(tuple, rows), 2)], "x.csv", "en")
    cells = {" ".join(str(clean_text(cell)).split()) for row in rows for cell in row}
    for place in found.places:
        texts = (
            place.name,
            place.what.text,
            place.when.text,
            place.phone,
            place.address,
            place.languages,
            place.cost.text,
        )
        assert place.name and {text for text in texts if text} <= cells
    assert len(found.places) <= len(rows)


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
def test_a_homes_file_holds_the_list_folded_in_its_language(lang: str) -> None:
    """Folded, at the end of the book; each place with what the school wrote, in the home's language where it did so."""
    view = for_audience(small_book(), "home", "mama").but(reads=(lang,))
    page = render(home_page(view, lambda _: b"", help_places=PLACES))
    block = page[page.index('id="Places"') : page.index("</section>", page.index('id="Places"'))]
    say, text = speak(lang), Seen(block).text
    assert "<details><summary>" in block and block.count("<li><h3>") == len(PLACES)
    assert ("Libros y mesas tranquilas" in text) == (lang == "es")
    assert ("Books and quiet tables" in text) == (lang != "es")
    assert "555-0111" in text and say("Places that help") in text
    assert page.index('id="Places"') < page.index('id="answer"')


def test_without_a_list_no_place_is_told_of(tmp_path: Path) -> None:
    """A school that wrote nothing down gets no list, no link to one and no card; nothing stands in for it."""
    folder = sample_folder(tmp_path)
    assert 'id="Places"' in home_of(folder)
    (folder.path / FILE).unlink()
    page = home_of(folder)
    assert '"#Places"' not in page and "555-01" not in page
    store = folder.store()
    try:
        with pytest.raises(InputRefused, match="no list of places"):
            moment.homes(folder, store, (), ("help-places",))
    finally:
        store.close()


@pytest.mark.parametrize("text", [t for t in TEXTS.values() if t.strip() and len(t) < 200])
def test_hostile_words_in_the_list_stay_words(text: str) -> None:
    """Whatever a cell holds arrives as that text: no tag more, no link, no address."""
    view = for_audience(small_book(), "home", "mama")

    def tags(words: str) -> list[str]:
        told = dict.fromkeys(("name", "phone", "address", "languages"), words)
        place = HelpPlace.model_validate({**told, **dict.fromkeys(("what", "when", "cost"), words)})
        return [tag for tag, _ in Seen(render(home_page(view, lambda _: b"", help_places=(place,)))).tags]

    assert tags(text) == tags("plain")


def test_a_changed_list_makes_files_anew(tmp_path: Path) -> None:
    """A file that is ready counts as ready only while list and cards are the ones it was made with."""
    folder = sample_folder(tmp_path)

    def states() -> list[str]:
        return [one.state for one in planned(folder, Wishes(), folder.home).homes]

    first = states()
    assert states() == first
    (folder.path / FILE).write_text(LIST, encoding="utf-8")
    second = states()
    (folder.path / "activities.yaml").write_text("only_ours: yes\n", encoding="utf-8")
    assert len({*first, *second, *states()}) == 3 * len(first)


def test_a_link_to_another_place_is_not_followed(tmp_path: Path) -> None:
    """A class never reaches out of its folder, also not for a list."""
    folder = sample_folder(tmp_path)
    outside = tmp_path / "outside.csv"
    outside.write_text(LIST, encoding="utf-8")
    (folder.path / FILE).unlink()
    (folder.path / FILE).symlink_to(outside)
    found = folder.help_places("en")
    assert not found.places and "is a link to another place" in str(found.trouble[0])


def test_a_backup_brings_list_and_cards_back(tmp_path: Path) -> None:
    """Both files of the school are in a backup and in the class made of it."""
    folder = sample_folder(tmp_path)
    (folder.path / "activities.yaml").write_text("off: [own-job]\n", encoding="utf-8")
    made = make_backup(folder, tmp_path / "class.zip", made_at=datetime(2026, 11, 22, tzinfo=UTC))
    again = restore_backup(made.path, tmp_path / "again", randomness=lambda n: b"r" * n)
    for name in (FILE, "activities.yaml"):
        assert (again.path / name).read_bytes() == (folder.path / name).read_bytes()


def test_the_teacher_sees_takes_and_brings_the_list(desk: TeacherDesk) -> None:
    """What is there is shown; the list comes as a file; one that is brought takes its place; a bad one changes nothing."""
    room = BeforeRoom(desk)
    assert "Heron Street Library" in Seen(room.show(("beside",)).body).text
    (given,) = room.do(("beside",), form("take-beside", sort="places")).downloads
    assert (given.name, given.data) == (FILE, (desk.folder.path / FILE).read_bytes())
    done = room.do(
        ("beside",),
        form("bring-beside", Brought("file-places", "C:\\lists\\new.csv", LIST.encode()), sort="places"),
    )
    assert done.say == "1 place is in the list now."
    text = Seen(room.show(("beside",)).body).text
    assert "Tool Shed" in text and "Heron Street" not in text
    with pytest.raises(InputRefused) as caught:
        room.do(
            ("beside",), form("bring-beside", Brought("file-places", "x.csv", b"name,what\n"), sort="places")
        )
    assert "has no place in it yet" in str(caught.value) and caught.value.values["field"] == "file-places"
    assert desk.folder.help_places("en").places[0].name == "Tool Shed"
    desk.folder.path.joinpath(FILE).write_text("name,what\nA,b\n,c\n", encoding="utf-8")
    assert "row 3: the name of the place is missing" in Seen(room.show(("beside",)).body).text


def test_the_teacher_brings_cards_of_the_classs_own(desk: TeacherDesk) -> None:
    """The file to begin with is handed out; a file with a mistake is refused; a good one is counted and shown."""
    room = BeforeRoom(desk)
    (given,) = room.do(("beside",), form("take-beside", sort="activities")).downloads
    assert given.name == "activities.yaml" and b"our-garden" in given.data

    def bring(data: bytes) -> str:
        return room.do(
            ("beside",), form("bring-beside", Brought("file-activities", "a.yaml", data), sort="activities")
        ).say

    with pytest.raises(InputRefused, match="no topic of a goal"):
        bring(b"activities:\n  - {id: a, about: cars, what: x}\n")
    assert not (desk.folder.path / "activities.yaml").exists()
    assert (
        bring(b"activities:\n  - {id: a, about: reading, what: Read to the cat.}\n")
        == "1 card of your own is there now."
    )
    assert "Read to the cat." in Seen(room.show(("beside",)).body).text


@pytest.mark.parametrize(
    ("what", "sort"), [("take-beside", "secrets"), ("bring-beside", ""), ("other", "places")]
)
def test_nonsense_from_a_browser_is_a_sentence(desk: TeacherDesk, what: str, sort: str) -> None:
    """A sort or act we do not have, a place below the screen, no file: told, nothing written."""
    room = BeforeRoom(desk)
    with pytest.raises(NotFound):
        room.do(("beside",), form(what, sort=sort))
    with pytest.raises(NotFound):
        room.show(("beside", "x"))
    with pytest.raises(InputRefused, match="Choose a file first"):
        room.do(("beside",), form("bring-beside", sort="places"))


def test_the_commands_begin_a_file_once_and_tell_what_is_wrong(tmp_path: Path) -> None:
    """``--begin`` never writes over a file; a list with a mistake ends with 3; without a file there is a next step."""
    folder, run = sample_folder(tmp_path, "ladybirds"), CliRunner()
    where = str(folder.path)
    empty = run.invoke(app, ["places", where])
    assert empty.exit_code == 0 and "portfolio places CLASS --begin" in empty.output
    begun = run.invoke(app, ["places", where, "--begin"])
    assert begun.exit_code == 0 and "what (es)" in (folder.path / FILE).read_text(encoding="utf-8-sig")
    assert run.invoke(app, ["places", where, "--begin"]).exit_code == InputRefused.exit_code
    (folder.path / FILE).write_text("name,what\nShed,Tools\n,x\n", encoding="utf-8")
    told = run.invoke(app, ["places", where])
    assert (
        told.exit_code == InputRefused.exit_code and "Shed: Tools" in told.output and "row 3" in told.output
    )
    assert '"name": "Shed"' in run.invoke(app, ["places", where, "--json"]).output
    cards = run.invoke(app, ["activities", where])
    assert cards.exit_code == 0 and "read-in-turns (reading; k-2, 3-5): Read in turns." in cards.output
    assert run.invoke(app, ["activities", where, "--begin"]).exit_code == 0


def test_cards_on_paper_go_with_the_goal_of_each_child(tmp_path: Path) -> None:
    """Each home's sheet has the cards for its own child's goal; a child whose book has not begun gets cards for any goal."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    try:
        found = moment.homes(folder, store, (), ("home-cards", "help-places"))
    finally:
        store.close()
    topics = {one.student.student_id: one.view.activities.topic for one in found}
    assert topics["mateo"] and topics["mateo"].topic_id == "writing"
    assert topics["linh"] is None and all(one.view.activities for one in found)
    assert all(len(one.view.help_places) == 4 for one in found)


def test_getting_to_know_each_other_has_a_side_for_each_language_of_a_home(tmp_path: Path) -> None:
    """Who reads Arabic and English gets both sides with the same numbers; who reads one language gets one side."""
    folder = sample_folder(tmp_path)
    store = folder.store()
    try:
        found = {one.student.student_id: one for one in moment.homes(folder, store)}
    finally:
        store.close()
    both = list(moment.sheets([found["amal"]], ("know-you",)))
    assert ['lang="ar"' in both[0], 'lang="en"' in both[1]] == [True, True] and len(both) == 2
    for page in both:
        text = Seen(page).text
        assert [n for n in range(1, 12) if f"{n}. " in text] == list(range(1, 10))
    assert len(list(moment.sheets([found["linh"]], ("know-you",)))) == 1
    assert len(list(moment.sheets([found["amal"]], ("know-you",), lang="es"))) == 1


@pytest.mark.parametrize("lang", ["en", "es", "ar"])
def test_getting_to_know_each_other_asks_nothing_that_intrudes(lang: str) -> None:
    """It asks nothing of papers, income, belief or illness; says that everything may be left out; K–2 has pictures and room to draw."""
    from tests.handouts import sheet, view

    text = Seen(sheet("know-you", "en")).text.casefold()
    for word in (
        "income",
        "passport",
        "immigra",
        "religio",
        "church",
        "diagnos",
        "illness",
        "medic",
        "birth",
        "married",
        "job",
    ):
        assert word not in text
    say = speak(lang)
    seen = Seen(sheet("know-you", lang)).text
    assert say("Which languages do you speak at home?") in seen
    assert (
        say(
            "Nobody knows {name} as you do. Write what you like, in any language, and leave out what you like.",
            name="Inés",
        )
        in seen
    )
    young, older = (sheet("know-you", lang, view().but(age_band=band)) for band in ("k-2", "6-8"))
    assert "draw-box" in young and "i-language" in young
    assert "draw-box" not in older and "i-language" not in older
