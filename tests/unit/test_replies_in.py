# long: every way an answer may come in or be refused is read in one place
"""Answers that come back: they reach those the family chose, once, and nobody else's ever gets in."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from typer.testing import CliRunner

from portfolio.cli import app
from portfolio.errors import InputRefused, NotFound, PortfolioError, TextRefused
from portfolio.model import Reply, ToTeacher
from portfolio.moments.home import answer_code, home_file, kit_of
from portfolio.moments.replies_in import Replies
from portfolio.moments.reply_doubts import first_line, refuse_two_in_one
from portfolio.moments.reply_text import LARGEST, read_file, text_of
from portfolio.moments.reply_words import beside
from portfolio.rules.sent_back import KNOWN, SentBack, as_text, label, parse
from portfolio.store.class_folder import ClassFolder, book_of
from portfolio.store.port import ClassStore
from portfolio.views.answer_form import is_title
from portfolio.words import say, speak
from tests.samples import make_sample

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
LABELS = {number: label(number, "words of ours") for number in KNOWN} | {
    51: label(51, "Who may read this? Mateo and the teacher")
}
SAID = SentBack(
    who="Dad",
    face="face-5",
    shared=True,
    texts={
        "notice": "You count aloud.",
        "wonder": "Why stars?",
        "letter-own": "MARKER-ours\n\nWe are proud.",
    },
)


def sample(path: Path, sign: bytes) -> ClassFolder:
    """Return a class of the samples with a secret of its own."""
    return make_sample("class-4b", path, at=AT, randomness=lambda n: sign * n)


@pytest.fixture
def folder(tmp_path: Path) -> ClassFolder:
    """Return a class of the samples."""
    return sample(tmp_path / "class", b"7")


@pytest.fixture
def store(folder: ClassFolder) -> Iterator[ClassStore]:
    """Hand out its store."""
    opened = folder.store()
    yield opened
    opened.close()


def desk(folder: ClassFolder, store: ClassStore, day: int = 24) -> Replies:
    """Return where answers come in, on a day in November."""
    return Replies(folder, store, lambda: AT, lambda: date(2026, 11, day), lambda: "new")


def code(folder: ClassFolder, store: ClassStore, student: str, home: str) -> str:
    """Return the code on the file of a home."""
    book = book_of(store, folder.template(), folder.outline(), student)
    return answer_code(book, home, kit_of(folder, store).secret)


def sent(
    folder: ClassFolder, store: ClassStore, student: str = "mateo", home: str = "dad", said: SentBack = SAID
) -> str:
    """Return what a home sends back."""
    return as_text("Our answer", LABELS, dataclasses.replace(said, code=code(folder, store, student, home)))


def entries(store: ClassStore, student: str = "mateo") -> tuple[list[Reply], list[ToTeacher]]:
    """Return the answers and the words for the teacher that came in."""
    book = store.portfolio(store.rounds(student)[-1].portfolio_id)
    return (
        [one for one in book.replies if "sent" in one.entry_id or one.on == date(2026, 11, 24)],
        list(book.to_teacher),
    )


def taken(replies: Replies, text: str) -> list[str]:
    """Take a text in and return what became of each answer in it."""
    return [replies.keep(one).kind for one in replies.read(text)]


def pages(folder: ClassFolder, store: ClassStore) -> dict[str, str]:
    """Return every home file of the class, by home."""
    kit = kit_of(folder, store)
    made: dict[str, str] = {}
    for student in store.students():
        if not any(meta.round == store.school_class().round for meta in store.rounds(student.student_id)):
            continue
        book = book_of(store, folder.template(), folder.outline(), student.student_id)
        for home in student.households:
            made[f"{student.student_id}/{home.household_id}"] = home_file(book, home.household_id, kit).page
    return made


def test_what_a_home_shares_is_kept_for_the_child_and_its_own_next_file_alone(
    folder: ClassFolder, store: ClassStore
) -> None:
    """An entry for each way, given today by that home; it stands in its next file and in no other home's."""
    assert taken(desk(folder, store), sent(folder, store)) == ["kept"]
    replies, notes = entries(store)
    assert {one.form for one in replies} == {"notice_wonder", "letter", "faces"} and not notes
    assert all((one.who, one.household_id, one.share_with_child) == ("Dad", "dad", True) for one in replies)
    by = {
        store.history(store.rounds("mateo")[-1].portfolio_id, one.entry_id)[-1].changed_by for one in replies
    }
    assert by == {"family:dad"}
    assert [home for home, page in pages(folder, store).items() if "MARKER-ours" in page] == ["mateo/dad"]


def test_what_is_for_the_teacher_alone_is_in_no_file(folder: ClassFolder, store: ClassStore) -> None:
    """Not shared: one message for the teacher, with the face, and a wish for a talk beside it; no reply, no page."""
    said = dataclasses.replace(SAID, shared=False, talk=True)
    assert taken(desk(folder, store), sent(folder, store, said=said)) == ["kept"]
    replies, notes = entries(store)
    assert not replies and sorted(one.private_talk for one in notes) == [False, True]
    words = next(one for one in notes if not one.private_talk)
    assert "MARKER-ours" in words.words.text and "Why stars?" in words.words.text and words.face == "face-5"
    assert not [home for home, page in pages(folder, store).items() if "MARKER-ours" in page]


def test_what_is_for_the_school_stays_there_whoever_reads_the_rest(
    folder: ClassFolder, store: ClassStore
) -> None:
    """A letter for the child and a question for the school: each goes where it belongs."""
    said = SentBack(
        who="Dad",
        shared=True,
        call=True,
        texts={"letter-own": "for you", "question": "MARKER-school", "reach": "at six"},
    )
    taken(desk(folder, store), sent(folder, store, said=said))
    replies, notes = entries(store)
    assert [line.words.text for one in replies for line in one.lines] == ["for you"]
    assert {(one.about, one.words.text.split("\n")[-1]) for one in notes} == {
        ("question", "MARKER-school"),
        ("tell", "at six"),
    }
    assert not [home for home, page in pages(folder, store).items() if "MARKER-school" in page]


@pytest.mark.parametrize("shared", [True, False])
def test_the_same_answer_twice_is_one_also_on_another_day(
    folder: ClassFolder, store: ClassStore, shared: bool
) -> None:
    """Sent again next week, quoted and wrapped by a mail: it was there already, and nothing is in there twice."""
    said = dataclasses.replace(SAID, shared=shared, talk=True)
    text = sent(folder, store, said=said)
    assert taken(desk(folder, store), text) == ["kept"]
    before = store.revision(store.rounds("mateo")[-1].portfolio_id)
    again = "\n".join(f"> {line}" for line in text.split("\n")).replace("'", "’")
    assert taken(desk(folder, store, 30), again) == ["already"]
    assert store.revision(store.rounds("mateo")[-1].portfolio_id) == before


@pytest.mark.parametrize(
    ("words", "child_reads"),
    [
        ("", True),
        ("¿Quién puede leer esto? Mateo Luis y quien enseña", None),
        ("Mateo and the teacher", True),
        ("WHO MAY READ THIS?  Mateo > and the\nteacher", True),
        ("only the teacher", False),
        ("Who may read this? only the teacher", False),
        ("nobody else", False),
    ],
)
def test_a_number_that_says_another_thing_than_its_words_shows_the_child_nothing(
    folder: ClassFolder, store: ClassStore, words: str, child_reads: bool | None
) -> None:
    """Who types “[51 only the teacher]” has mistyped the number: the teacher alone reads it."""
    if child_reads is None:  # the words of the Spanish form, whatever they are just now
        words = speak("es")("{name} and the teacher", name="Mateo Luis")
    (coming,) = desk(folder, store).read(f"[21 I notice]\nMARKER\n[51 {words}]", student="mateo", home="dad")
    assert coming.said.shared is (child_reads is not False)


MISTYPED = (
    "[41 Only for the teacher]",
    "[45 Solo para la maestra]",
    "[21 للمعلّم فقط]",
    "[41 The best way to reach us, and the best time]",
    "[10 For the teacher only]",
    "[11 only the teacher]",
)


def test_a_label_whose_words_are_for_the_teacher_shows_the_child_nothing(
    folder: ClassFolder, store: ClassStore
) -> None:
    """Whatever its number says: nothing is shared, the label is told, and the words are kept for the teacher."""
    replies = desk(folder, store)
    fine = ("[45 In your own words]", "[45]", "[45 for my Mateo]", "[45 كتبتُ إلى مايا]")
    for label_ in (*fine, *MISTYPED):
        (coming,) = replies.read(f"[21]\nYou count.\n{label_}\nMARKER\n[51]", student="mateo", home="dad")
        told = " ".join(beside(coming.said, speak("en")))
        assert coming.said.shared is (label_ in fine), label_
        assert (f"“{label_}” may be a label with a mistake" in told) is (label_ in MISTYPED)
    replies.keep(coming)
    answers, notes = entries(store)
    assert not answers and "You count." in notes[0].words.text


def test_of_several_answers_the_bad_one_is_told_and_the_others_are_kept(
    folder: ClassFolder, store: ClassStore
) -> None:
    """Three homes in one mail, the code of the second is off: which one it is, how it begins, which group."""
    own = code(folder, store, "amal", "teta-mama-baba")
    bad = sent(folder, store, "amal", "teta-mama-baba", SentBack(shared=True, texts={"ask": "BAD ONE"}))
    text = sent(folder, store) + bad.replace(own[5:9], "oooo") + sent(folder, store, home="mama-y-abuelo")
    one, two, three = desk(folder, store).read(text)
    assert one.trouble is None is three.trouble and one.whose and three.whose
    told = str(two.trouble)
    assert told.startswith("Answer 2 of 3, “BAD ONE”: Group 2 of this code, “oooo”, does not check.")
    assert two.trouble and "BAD ONE" in (spanish := say(two.trouble, speak("es"))) and "Group" not in spanish
    assert refused(lambda: desk(folder, store).keep(two)) == told
    code_, said = run(str(folder.path), "-", pasted=text)
    assert code_ == 10 and said.count("It is kept.") == 2 and told in " ".join(said.split())
    code_, said = run(
        str(folder.path), "-", pasted=f"{sent(folder, store)}\n[10]\nNana\n[45]\nNo code.\n[51]\n"
    )
    assert code_ == 10 and "Answer 2 of 2, “No code.”: This answer has no code." in said


def test_an_answer_that_has_lost_its_end_runs_into_no_other(folder: ClassFolder, store: ClassStore) -> None:
    """Cut off anywhere, and another home's below it without a name: nothing of the first gets into the second's book."""
    said = SentBack(shared=True, texts={"notice": "MARKER-first", "letter-own": "MARKER-letter"})
    first = sent(folder, store, "amal", "teta-mama-baba", said)
    second = sent(folder, store, said=SentBack(shared=True, texts={"wonder": "second", "promise": "yes"}))
    replies = desk(folder, store)
    second = second.replace("Our answer", speak("en")("Our answer to {name}", name="Mateo"))
    for cut in range(first.index("MARKER-first") + 12, first.index("[99")):
        for between in ("\n", "\n> From: Dad <dad@example.org>\n> Subject: "):
            (one,) = parse(first[:cut] + between + second)
            with pytest.raises(InputRefused, match="Two answers have become one"):
                refuse_two_in_one(one, {"Amal", "Mateo"})
    assert "Two answers have become one" in refused(lambda: replies.read(f"{first[:90]}\n{second}"))
    whole = replies.read(first + second)
    assert [one.whose.student.student_id for one in whole if one.whose] == ["amal", "mateo"]
    spanish = speak("es")("Our answer to {name}", name="Mateo")
    assert is_title(f" > Re: {spanish} ", {"Amal", "Mateo"})
    for line in ("Our answer to you", "This is our answer to Mateo", "Our answer to Mateo is yes", ""):
        assert not is_title(line, {"Mateo"})


def test_an_answer_without_a_name_says_so(folder: ClassFolder, store: ClassStore) -> None:
    """Cut off at its beginning, or never signed: it is kept in the name of the home, and that is told."""
    text = sent(folder, store)
    for given, told in ((text, False), (text[text.index("[21") :], True)):
        code_, said = run(str(folder.path), "-", pasted=given)
        assert code_ == 0 and ("No name stands in it" in said) is told


def test_a_later_one_stands_beside(folder: ClassFolder, store: ClassStore) -> None:
    """Other words of the same adult never take the place of those that are there."""
    replies = desk(folder, store)
    taken(replies, sent(folder, store))
    later = dataclasses.replace(SAID, face="", texts={"letter-own": "One more thing."})
    assert taken(replies, sent(folder, store, said=later)) == ["kept"]
    letters = [line.words.text for one in entries(store)[0] if one.form == "letter" for line in one.lines]
    assert sorted(letters) == ["MARKER-ours\n\nWe are proud.", "One more thing."]


def test_what_the_family_took_back_stays_away(folder: ClassFolder, store: ClassStore) -> None:
    """Taken back on the family's page, the same file does not bring it in again."""
    replies, said = desk(folder, store), dataclasses.replace(SAID, face="", texts={"letter-own": "Not this."})
    text = sent(folder, store, said=said)
    taken(replies, text)
    book = store.rounds("mateo")[-1].portfolio_id
    (one,) = entries(store)[0]
    store.remove(book, one.entry_id, expected=1, by="family:dad", at=AT)
    assert taken(replies, text) == ["taken_back"] and not entries(store)[0]


def test_no_name_is_the_name_of_the_home(folder: ClassFolder, store: ClassStore) -> None:
    """An answer without a name says which home it is from."""
    taken(desk(folder, store), sent(folder, store, said=dataclasses.replace(SAID, who="")))
    assert {one.who for one in entries(store)[0]} == {"Dad"}


def refused(act: Callable[[], object]) -> str:
    """Return the sentence something is refused with."""
    with pytest.raises(PortfolioError) as told:
        act()
    return str(told.value)


def test_what_is_not_right_is_refused_with_a_sentence_each(
    folder: ClassFolder, store: ClassStore, tmp_path: Path
) -> None:
    """Another child's, another home's, another class's, forged, damaged, without a code, without words: nothing is kept."""
    replies, own = desk(folder, store), sent(folder, store)
    before = {
        meta.portfolio_id: store.revision(meta.portfolio_id)
        for one in store.students()
        for meta in store.rounds(one.student_id)
    }
    other = sample(tmp_path / "other", b"8")
    theirs = other.store()
    forged = sent(other, theirs)
    theirs.keep_class(theirs.school_class().but(class_id="another"))
    strange = sent(other, theirs)
    theirs.close()
    sentences = [
        refused(lambda: replies.read(own, student="amal")),
        refused(lambda: replies.read(own, student="mateo", home="mama-y-abuelo")),
        refused(lambda: replies.read(strange)),
        refused(lambda: replies.read(forged)),
        refused(lambda: replies.read(own.replace(code(folder, store, "mateo", "dad")[-4:], "zz22"))),
        refused(lambda: replies.keep(*replies.read("[21] words"))),
        refused(lambda: replies.read("[21] words", student="mateo")),
        refused(lambda: replies.read("[10] Dad")),
        refused(lambda: replies.read("Dear teacher, thank you.")),
        refused(lambda: replies.keep(*replies.read(own, who="x" * 99))),
        refused(lambda: replies.keep(*replies.read(own), lang="nonsense!")),
    ]
    assert len(set(sentences)) == len(sentences)
    assert "Amal" in sentences[0] and "another class" in sentences[2] and "Group 4" in sentences[4]
    assert before == {book: store.revision(book) for book in before}
    with pytest.raises(NotFound, match="Known are"):
        replies.read(own, student="nobody")


def test_words_that_are_too_long_keep_nothing_of_the_answer(folder: ClassFolder, store: ClassStore) -> None:
    """One text of a whole answer is too long: the others are not kept without it."""
    said = dataclasses.replace(SAID, texts={"notice": "short", "letter-own": "long " * 5000})
    replies = desk(folder, store)
    with pytest.raises(TextRefused):
        replies.keep(*replies.read(sent(folder, store, said=said)))
    assert not entries(store)[0]


def test_a_teacher_says_whose_it_is_where_no_code_does(folder: ClassFolder, store: ClassStore) -> None:
    """Typed by hand, with the child and the home said: kept for them, in the language that is said."""
    replies = desk(folder, store)
    (one,) = replies.read("[45] Muy bien\n[51]", student="mateo", home="mama-y-abuelo", who="Abuelo")
    assert replies.keep(one, lang="es").kind == "kept"
    (reply,) = entries(store)[0]
    assert (reply.who, reply.household_id, reply.lines[0].words.lang) == ("Abuelo", "mama-y-abuelo", "es")


def test_without_a_secret_the_form_has_no_code_and_says_so(folder: ClassFolder, store: ClassStore) -> None:
    """A class whose secret is gone still makes files: the form asks for the child's name."""
    folder.secret.unlink()
    page = pages(folder, store)["mateo/dad"]
    assert "This sheet has no code" in page and 'data-code=""' in page


def test_a_word_for_the_teacher_beside_a_letter_reaches_the_teacher_alone(
    folder: ClassFolder, store: ClassStore
) -> None:
    """The letter is for the child, the word apart is not: in no file of any home, and in no answer."""
    said = dataclasses.replace(SAID, texts={**SAID.texts, "teacher-only": "MARKER-apart"})
    assert taken(desk(folder, store), sent(folder, store, said=said)) == ["kept"]
    replies, (note,) = entries(store)
    assert note.words.text == "MARKER-apart" and note.household_id == "dad" and not note.private_talk
    assert replies and "MARKER-apart" not in "".join(one.model_dump_json() for one in replies)
    made = pages(folder, store)
    assert "MARKER-ours" in made["mateo/dad"] and not [home for home in made if "MARKER-apart" in made[home]]


def test_words_below_an_unknown_number_reach_no_child(folder: ClassFolder, store: ClassStore) -> None:
    """Shared or not, what stands below a number nobody knows is kept once, for the teacher alone."""
    text = sent(folder, store).replace("\n[51", "\n[46] MARKER-strange\n\n[51", 1)
    replies = desk(folder, store)
    assert taken(replies, text) == ["kept"] and taken(replies, text) == ["already"]
    answers, (note,) = entries(store)
    assert note.words.text == "[46] MARKER-strange" and answers
    assert not [home for home, page in pages(folder, store).items() if "MARKER-strange" in page]


def test_what_was_put_into_a_wrong_book_comes_out_and_may_go_in_again(
    folder: ClassFolder, store: ClassStore
) -> None:
    """All of it is taken out, with its history kept, and what a family took back is told apart from that."""
    said = dataclasses.replace(SAID, talk=True, texts={**SAID.texts, "teacher-only": "Apart."})
    replies, text = desk(folder, store), sent(folder, store, said=said)
    (kept,) = (replies.keep(one) for one in replies.read(text))
    assert len(kept.entries) == 5
    replies.take_out(kept.whose, kept.entries)
    assert entries(store) == ([], [])
    for entry_id in kept.entries:
        past = store.history(kept.whose.portfolio_id, entry_id)
        assert past[0].entry is not None and past[-1].entry is None and past[-1].changed_by == "teacher"
    with pytest.raises(NotFound, match="not in the book of Mateo"):
        replies.take_out(kept.whose, kept.entries)
    assert taken(replies, text) == ["kept"]
    assert {one.entry_id for found in entries(store) for one in found} == set(kept.entries)


def test_a_later_answer_stands_above_the_earlier_one(folder: ClassFolder, store: ClassStore) -> None:
    """Sent again with other words: both are there, the newer first and called so; another adult's stands by itself."""
    for words, who, day in (
        ("MARKER-old", "Dad", 24),
        ("MARKER-new", "dad ", 25),
        ("MARKER-other", "Nana", 26),
    ):
        said = dataclasses.replace(SAID, who=who, face="", texts={"letter-own": words})
        assert taken(desk(folder, store, day), sent(folder, store, said=said)) == ["kept"]
    page = pages(folder, store)["mateo/dad"]
    marks = ["A newer answer", "MARKER-new", "An earlier answer", "MARKER-old", "MARKER-other"]
    at = [page.index(mark) for mark in marks]
    assert at == sorted(at)
    assert page.count("A newer answer") == page.count("An earlier answer") == 1


# -------------------------------------------------------------------------------------------------- files


def test_a_file_in_any_letters_is_read(folder: ClassFolder, store: ClassStore, tmp_path: Path) -> None:
    """UTF-8 with and without its mark, UTF-16, an old Windows file, a saved mail, a page: the same answer."""
    said = dataclasses.replace(SAID, texts={"notice": "Très bien, José – “oui”"})
    text = sent(folder, store, said=said)
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "a@example.org", "Our answer"
    mail.set_content(text, cte="quoted-printable")
    page = (
        "<html><body>"
        + "".join(f"<div>{line}</div>" for line in text.replace("<", "&lt;").split("\n"))
        + "</body></html>"
    )
    web = EmailMessage()
    web["From"] = "a@example.org"
    web.set_content(page, subtype="html", cte="base64")
    forms = (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("cp1252"), bytes(mail), bytes(web), page.encode())  # fmt: skip
    path = tmp_path / "answer.txt"
    for data in forms:
        path.write_bytes(data)
        (one,) = desk(folder, store).read(read_file(path))
        assert one.whose and one.whose.household.household_id == "dad"
        assert one.said.texts["notice"] == "Très bien, José – “oui”"


def test_what_is_no_text_is_refused_with_a_sentence_each(tmp_path: Path) -> None:
    """Empty, binary, far too large, a folder, not there: each has a sentence of its own; a huge file is not read whole."""
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.seek(100_000_000)
        file.write(b"x")
    sentences = [
        refused(lambda: text_of(b"")),
        refused(lambda: text_of(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))),
        refused(lambda: read_file(huge)),
        refused(lambda: read_file(tmp_path)),
        refused(lambda: read_file(tmp_path / "none.txt")),
    ]
    assert len(set(sentences)) == 5
    assert text_of(b"a" * LARGEST)


# ------------------------------------------------------------------------------------------- command line


def run(*args: str, pasted: str | None = None) -> tuple[int, str]:
    """Run a command and return its exit code and all it says."""
    made = CliRunner().invoke(app, ["reply", "import", *args], input=pasted)
    assert made.exception is None or isinstance(made.exception, SystemExit)
    return made.exit_code, made.output


def test_the_command_takes_files_and_pasted_text_and_one_bad_file_stops_none(
    folder: ClassFolder, store: ClassStore, tmp_path: Path
) -> None:
    """A good file, a bad one and a good one: two are kept, the bad one has its sentence; again pasted it is there already."""
    good, bad, other = (tmp_path / f"{name}.txt" for name in ("good", "bad", "other"))
    good.write_text(sent(folder, store), encoding="utf-8")
    bad.write_bytes(bytes(range(256)))
    other.write_text(sent(folder, store, "amal", "teta-mama-baba"), encoding="utf-8")
    code_, told = run(str(folder.path), str(good), str(bad), str(other))
    assert code_ == 10 and told.count("It is kept.") == 2 and "bad.txt: This file is not a text" in told
    code_, told = run(str(folder.path), "-", pasted=good.read_text(encoding="utf-8"))
    assert code_ == 0 and "there already" in told
    code_, told = run(str(folder.path), "-", "--json", pasted=good.read_text(encoding="utf-8"))
    (data,) = json.loads(told)
    assert (data["student"], data["household"], data["became"], data["child_may_read"]) == (
        "mateo",
        "dad",
        "already",
        True,
    )
    code_, told = run(str(folder.path), str(good), "--student", "amal")
    assert code_ == InputRefused.exit_code and "not of Amal" in told


def test_an_answer_without_a_code_is_looked_at_before_it_is_kept(
    folder: ClassFolder, store: ClassStore
) -> None:
    """Placed by hand: whose book and how it begins are told, nothing is kept unasked, and it comes out again."""
    typed = "[10] Dad\n[45] MARKER-typed\nand more\n[46] Strange.\n[53]"
    args = (str(folder.path), "-", "--student", "mateo", "--home", "dad")
    code_, told = run(*args, pasted=typed)
    assert (
        code_ == InputRefused.exit_code
        and "Mateo, Dad" in told
        and "“MARKER-typed”" in told
        and "--yes" in told
    )
    assert entries(store) == ([], [])
    code_, told = run(*args, "--yes", pasted=typed)
    assert (
        code_ == 0
        and "Only you read it." in told
        and "talk alone with you" in told
        and "[46] is a number" in told
    )
    (line,) = (line for line in told.splitlines() if "portfolio reply undo" in line)
    asked = line.split("portfolio reply undo ")[1].split()
    made = CliRunner().invoke(app, ["reply", "undo", *asked])
    assert made.exit_code == 0 and "taken out again" in made.output
    book = store.portfolio(store.rounds("mateo")[-1].portfolio_id)
    assert "MARKER-typed" not in book.model_dump_json()
    again = CliRunner().invoke(app, ["reply", "undo", *asked])
    assert again.exit_code == NotFound.exit_code
    assert "not in the book of Mateo any more. Nothing was changed." in again.output
    code_, told = run(*args, "--yes", "--json", pasted=typed)
    (data,) = json.loads(told)
    assert (data["unknown_numbers"], data["private_talk"], data["child_may_read"]) == ([46], True, False)
    assert data["marks"] == asked[2:]


def test_the_help_says_how_a_sheet_is_typed_in() -> None:
    """Who may read, the numbers, and the other way at the desk stand in the help."""
    told = " ".join(CliRunner().invoke(app, ["reply", "import", "--help"]).output.split())
    for words in ("[51] the child and the teacher may read it", "[52] only the teacher", "“An answer on paper”".replace("“", '"').replace("”", '"')):  # fmt: skip
        assert words in told
    assert "An answer on paper" in refused(lambda: Replies.read(None, "nothing"))  # type: ignore[arg-type]  # no class is needed to find no answer


@pytest.mark.parametrize(
    "data",
    [
        b"From: a\nContent-Type: multipart/mixed; boundary=b0\n\n"
        + b"".join(
            b"--b%d\nContent-Type: multipart/mixed; boundary=b%d\n\n" % (n, n + 1) for n in range(3000)
        ),
        b"From: a\n" + b"Content-Type: message/rfc822\n\n" * 3000,
        b"From: a\nContent-Type: text/plain; charset=\0\n\n[21]\nhello\n",
        b"<html><![foo [21 x] ]]>hello",
        b"<html>" + b"<!--" * 200_000,
        b"<html>" + b"<a b='" * 200_000,
        b"<html><body>&#" + b"9" * 5000 + b"; &#xD800; hello",
    ],
)
def test_mails_and_pages_made_to_break_are_text_or_told(data: bytes) -> None:
    """Nested without end, letters nobody knows, marks never closed: at worst a sentence, and at once."""
    told = ""
    try:
        text_of(data)
    except InputRefused as trouble:
        told = str(trouble)
    assert not told or "not a text" in told


def test_a_page_is_read_without_its_tags_comments_and_scripts() -> None:
    """What a mail program wraps words in is no part of them; signs of their own stay."""
    page = (
        '<html><head><title>no</title></head><body class="a>b"><!-- [22 no] --><style>p>a{}</style>'
        "<p>[21 I notice]</p><p>2 < 3 &amp; ok<br>you <b>count</b></p><script>if(a<b){}</script><![endif]></body></html>"
    )
    words = [line for line in text_of(page.encode()).split("\n") if line]
    assert words == ["[21 I notice]", "2 < 3 & ok", "you count"]


def test_letters_that_are_not_told_are_never_kept_as_others() -> None:
    """Mail headers pasted above Arabic keep it; letters of old Windows in Arabic are refused, Spanish ones are read."""
    words = "[21 ألاحظ]\nأنت تعد بصوت عال\n"
    assert words.strip() in text_of(f"From: Teta\nSubject: x\n\n{words}".encode())
    with pytest.raises(InputRefused, match="UTF-8"):
        text_of(words.encode("cp1256"))
    assert "corazón, ¿señor?" in text_of("[21]\nQué corazón, ¿señor?\n".encode("cp1252"))


WEST = (
    "Qué corazón, ¿señor? ¡Ñandú! 1º y 2ª, pingüino, François",
    "Très bien, José – “oui”, cœur, ça va où, 20 m³ de pâté",
    "Schöne Grüße von der Straße",
    "Não põe à mão, você é ótimo, coração, às três",
    "Perché è così, più là, né già però",
    "Åsas kære børn på ön",
    "réünie coördinatie één hè",
    "col·legi, això és açí",
    "Café – “naïve”, it’s 5°C, £5, ½ cup… 50€",
)
ELSEWHERE = (
    ("cp1250", "Widzę, że liczysz na głos. Są piękne książki."),
    ("cp1250", "Příště si přečteme, těšíme se."),
    ("cp1250", "Síťka a loď, buďte."),
    ("cp1250", "Örülök, hogy erős vagy. A gyűjtemény szép."),
    ("cp1250", "Îmi place că înveţi şi cânţi."),
    ("cp1250", "Vidim da brojiš naglas, također čuješ."),
    ("cp1254", "Yüksek sesle saydığını görüyorum."),
    ("cp1251", "Я вижу, что ты считаешь."),
    ("cp1253", "Βλέπω ότι μετράς."),
    ("cp1257", "Matau, kad šį žodį rašai."),
    ("mac_roman", "Qué corazón, señor."),
)


@pytest.mark.parametrize("words", WEST)
def test_letters_of_old_windows_in_the_west_are_read(words: str) -> None:
    """What mail programs of there save without a word on its letters."""
    assert text_of(f"[21]\n{words}\n".encode("cp1252")) == f"[21]\n{words}\n"


@pytest.mark.parametrize(("letters", "words"), ELSEWHERE)
def test_letters_of_old_windows_elsewhere_are_never_taken_for_those_of_the_west(
    letters: str, words: str
) -> None:
    """Refused with what to do; read where the page itself says which they are."""
    with pytest.raises(InputRefused, match="save it as “UTF-8”"):
        text_of(f"[21]\n{words}\n".encode(letters))
    if letters != "mac_roman":
        page = f'<html><head><meta charset="windows-{letters[2:]}"></head><body><p>{words}</p></body></html>'
        assert words in text_of(page.encode(letters))


def test_what_is_shown_before_it_is_kept_gives_a_terminal_no_orders() -> None:
    """The beginning of an answer stands in a question on a terminal."""
    line = first_line(SentBack(texts={"notice": "\x1b]0;owned\x07\x1b[2J evil"}))
    assert "evil" in line and line.isprintable()
