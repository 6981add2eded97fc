"""The teacher comes back by a word at a computer children use: who gets in, who does not, and what is said."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tornado.httpclient import HTTPResponse

from portfolio.serve.door import Setup
from portfolio.serve.doorstep import shown_path
from portfolio.serve.keys import Visit
from portfolio.serve.patience import IN_A_ROW, PAUSE, Patience
from portfolio.serve.teacher_start import TeacherStart, tell_link, visits_of
from portfolio.store.class_folder import ClassFolder
from portfolio.store.own_word import LONGEST_WORD, OwnWord
from portfolio.words import speak
from tests.teachers import NOW, sample_folder
from tests.unit.test_teacher_door import House

WORD = "Purple Teapot 7"
FIELD = b'name="word"'


class Quick(Patience):
    """Counts like the real one, and lets nobody wait."""

    def wait_for(self, address: str) -> float:
        """Count, and give no seconds."""
        super().wait_for(address)
        return 0.0


@pytest.fixture
def served(tmp_path: Path) -> Iterator[House]:
    """A first grade at one computer; its teacher has a word. ``seconds`` moves the clock of its patience."""
    house = opened(sample_folder(tmp_path, "ladybirds"))
    yield house
    house.store.close()


def opened(folder: ClassFolder, *, word: str = WORD, setup: Setup = Setup.ONE_MACHINE) -> House:
    """Return a class that is served, with a word if one is given."""
    house = House(folder, setup=setup)
    house.teachers.own_word = OwnWord(folder.hidden, "teacher-1")
    if word:
        house.teachers.own_word.keep(word, secrets.token_bytes)
    house.front.patience = Quick(lambda: seconds[0])
    seconds[0] = 0.0
    return house


seconds = [0.0]


def tried(house: House, *words: str, visit: Visit | None = None) -> list[HTTPResponse]:
    """Return the answers to words, one after the other."""
    headers = house.cookie(visit)
    return house.send(*(("/t", headers, "POST", urlencode({"word": word})) for word in words))


# ----------------------------------------------------------------------------------------- coming in


def test_the_right_word_opens_the_desk_and_closes_the_childs_book(served: House) -> None:
    """The same admission as a link's: a cookie no script can read, a visit of the teacher, and the child's is over."""
    child = served.child()
    (came,) = tried(served, WORD, visit=child)
    assert (came.code, came.headers["Location"]) == (303, "/in?to=teacher")
    assert came.headers["Cache-Control"] == "no-store"
    told = next(c for c in came.headers.get_list("Set-Cookie") if c.startswith(served.front.cookie_name))
    assert "HttpOnly" in told and "SameSite=Lax" in told
    visit = served.front.visit_in(told.split(";")[0].partition("=")[2])
    assert visit is not None and (visit.role, visit.teacher_id) == ("teacher", "teacher-1")
    assert served.front.visit_in(served.front.cookie(child)) is None


def test_another_word_opens_nothing_and_ends_nothing(served: House) -> None:
    """Big letters, a part, one letter more, nothing at all: no visit begins, the child's book stays open."""
    child = served.child()
    words = (WORD.lower(), WORD[:-1], f"{WORD}7")
    for answer in (*tried(served, *words, visit=child), *opened_empty(served, child)):
        assert answer.code == 403
        assert not any(c.startswith(served.front.cookie_name) for c in answer.headers.get_list("Set-Cookie"))
        assert b"This is not the word" in answer.body and FIELD in answer.body
        assert WORD.encode() not in answer.body
    assert served.front.visit_in(served.front.cookie(child)) is not None
    assert served.teachers._open == {}


def opened_empty(house: House, visit: Visit) -> list[HTTPResponse]:
    """Return the answer to a form without a word."""
    return house.send(("/t", house.cookie(visit), "POST", ""))


def test_a_word_in_an_address_does_nothing(served: House) -> None:
    """Only what is posted counts: an address may stand in a browser's memory or on a wall."""
    query = urlencode({"word": WORD})
    asked, posted = served.send(
        (f"/t?{query}", served.cookie(None), "GET", None),
        (f"/t?{query}", served.cookie(None), "POST", ""),
    )
    assert (asked.code, posted.code) == (200, 403)
    assert served.teachers._open == {} and WORD.encode() not in asked.body + posted.body


def test_a_form_of_another_site_opens_nothing(served: House) -> None:
    """Neither with a foreign Origin nor without the token that only our own page knows."""
    body, own = urlencode({"word": WORD}), served.cookie(None)
    foreign, tokenless = served.send(
        ("/t", {**own, "Origin": "https://elsewhere.example"}, "POST", body),
        ("/t", {"Cookie": own["Cookie"]}, "POST", body),
    )
    assert (foreign.code, tokenless.code) == (404, 403)
    assert served.teachers._open == {}
    (through_the_field,) = served.send(
        ("/t", {"Cookie": own["Cookie"]}, "POST", f"{body}&_xsrf={own['X-XSRFToken']}")
    )
    assert through_the_field.code == 303


@pytest.mark.parametrize(
    "word", ["x" * 60_000, "😀" * 2_000, "\x00\x01", WORD + " " * LONGEST_WORD + "x", "مرحبا"]
)
def test_words_of_any_length_and_script_are_answered_kindly(served: House, word: str) -> None:
    """A novel, emoji, control signs: a sentence, never a trouble page."""
    (answer,) = tried(served, word)
    assert answer.code == 403 and b"This is not the word" in answer.body


def test_bytes_that_are_no_text_are_refused(served: House) -> None:
    """A broken form gets a page and no traceback; the next word works."""
    (answer,) = served.send(("/t", served.cookie(None), "POST", "word=%ff%fe"))
    assert answer.code == 400 and b"Traceback" not in answer.body
    assert tried(served, WORD)[0].code == 303


def test_five_wrong_words_in_a_row_make_a_minutes_pause(served: House) -> None:
    """In the pause nothing is looked at, not even the right word; after it the right one opens, a wrong one pauses again."""
    answers = tried(served, *["wrong word"] * IN_A_ROW)
    assert [b"Wait a minute" in answer.body for answer in answers] == [False] * (IN_A_ROW - 1) + [True]
    seconds[0] = PAUSE - 1
    (early,) = tried(served, WORD)
    assert early.code == 403 and b"Wait a minute" in early.body
    seconds[0] = PAUSE
    (again,) = tried(served, "wrong word")
    assert b"Wait a minute" in again.body
    seconds[0] = 2 * PAUSE
    assert tried(served, WORD)[0].code == 303


def test_the_right_word_forgives_the_wrong_ones(served: House) -> None:
    """Whoever mistypes four times and then gets it right begins at nought the next time."""
    wrong = ["wrong word"] * (IN_A_ROW - 1)
    answers = tried(served, *wrong, WORD, *wrong, WORD)
    assert [answer.code for answer in answers] == ([403] * (IN_A_ROW - 1) + [303]) * 2


def test_the_link_opens_the_desk_in_a_pause_too(served: House) -> None:
    """Children who try words keep the teacher out for a minute by the word, never by the link."""
    tried(served, *["wrong word"] * IN_A_ROW)
    assert served.get(f"/t/{served.key}").code == 303


def test_too_many_at_once_are_not_looked_at(served: House) -> None:
    """While the server is full of waiting answers a word gets "one moment", right or wrong."""
    served.front.patience.waiting = 20
    assert tried(served, WORD)[0].code == 429


# ------------------------------------------------------------------------------------ where it is asked


def test_without_a_word_there_is_no_such_door(tmp_path: Path) -> None:
    """No address, no link to it, no field: neither for reading nor for posting."""
    house = opened(sample_folder(tmp_path, "ladybirds"), word="")
    assert [house.get("/t").code, tried(house, WORD)[0].code] == [404, 404]
    for path in ("/", "/teacher", "/teacher?done", "/t/nobodys"):
        body = house.get(path).body
        assert FIELD not in body and b'href="/t"' not in body and b'action="/t"' not in body
    assert b"newest teacher" in house.get("/teacher?done").body
    house.store.close()


def test_a_word_that_is_taken_away_closes_the_door_at_once(served: House) -> None:
    """No start anew is needed for a word that is set, changed or taken away."""
    assert served.teachers.own_word is not None
    served.teachers.own_word.keep("Another Teapot", secrets.token_bytes)
    assert [answer.code for answer in tried(served, WORD, "Another Teapot")] == [403, 303]
    served.teachers.own_word.drop()
    assert [served.get("/t").code, tried(served, "Another Teapot")[0].code] == [404, 404]


@pytest.mark.parametrize("setup", list(Setup))
def test_every_page_on_the_way_has_the_field_or_the_way_to_it(tmp_path: Path, setup: Setup) -> None:
    """Closed, done, a link that is over: the field is there, with our token; the children's first page links to it."""
    house = opened(sample_folder(tmp_path, "ladybirds"), setup=setup)
    for path in ("/t", "/teacher", "/teacher?done", "/t/nobodys"):
        body = house.get(path).body
        assert body.count(FIELD) == 1 and b'action="/t"' in body
        assert re.search(rb'name="_xsrf" value="[^"]+"', body) and b'type="password"' in body
        assert b"children\xe2\x80\x99s start" in body
    assert b'href="/t"' in house.get("/").body
    house.store.close()


def test_after_i_am_done_the_page_says_that_the_teacher_closed_it(served: House) -> None:
    """It reads like the end of work, not like an accident: no minutes, no link that is over."""
    done, closed = served.get("/teacher?done").body, served.get("/teacher").body
    assert b"Your desk is closed now" in done and b"Children can use this computer." in done
    assert b"45 minutes" in closed and b"45 minutes" not in done
    visit = served.teacher()
    assert b'href="/teacher?done"' in served.ask(("/done", served.cookie(visit), "POST"))[0].body


def test_a_teacher_whose_desk_is_open_is_asked_for_nothing(served: House) -> None:
    """The quiet link leads straight back to an open desk."""
    answer = served.get("/t", served.teacher())
    assert (answer.code, answer.headers["Location"]) == (303, "/teacher")


def test_the_log_names_the_door_and_nothing_else() -> None:
    """A log line has the address without what was asked; a key stays out as before."""
    assert [shown_path(path) for path in ("/t", "/t/abc")] == ["/t", "/t/…"]


def test_the_start_says_whether_there_is_a_word(served: House) -> None:
    """The teacher's link comes first, then one line about the word."""
    teachers = visits_of(served.folder, served.store, "")
    for word, told in (
        (WORD, "There is a word to come back with, too: http://x/t"),
        ("", "There is no word"),
    ):
        assert teachers.own_word is not None
        teachers.own_word.keep(word, secrets.token_bytes) if word else teachers.own_word.drop()
        lines: list[str] = []
        tell_link(teachers, TeacherStart(), "http://x/", now=NOW, tell=lines.append, say=speak("en"))
        assert len(lines) == 2 and "desk: http://x/t/" in lines[0] and lines[1].startswith(told)
        assert WORD not in "".join(lines)
