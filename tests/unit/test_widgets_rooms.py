# long: one widget, every message it may hear
"""The teacher's desk without a browser: what it shows, what it takes, what it never does."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portfolio.carry import phrases as room_phrases
from portfolio.carry import source
from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.moments.room import Asked, Download, Looked, Outcome, Screen
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.widgets import phrases
from portfolio.widgets.rooms import Rooms
from portfolio.widgets.rooms_host import OpenRooms
from portfolio.widgets.wire import Look
from tests.teachers import sample_desk
from tests.wires import answers, ask, wires, write_trait

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
BODY = SafePage('<h2>Hello</h2><svg><use href="#i-lamp"/></svg>')


@pytest.fixture(autouse=True)
def on_wires() -> Iterator[None]:
    """Let every widget speak through a wire."""
    with wires():
        yield


@dataclass
class Host:
    """Rooms that write down what they are asked and answer as a test wants."""

    outcome: Any = field(default_factory=Outcome)
    body: Any = BODY
    trouble: Exception | None = None
    gone: bool = False
    lost: bool = False
    lang: str = "en"
    asked: list[tuple[str, Asked]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)

    def start(self) -> str:
        return "class"

    def ways(self) -> list[tuple[str, str, str]]:
        return [("class", "The class", "book")]

    def way_of(self, place: str) -> str:
        if self.lost:
            raise LookupError(place)
        return "class"

    def show(self, place: str) -> Screen:
        self.shown.append(place)
        if self.gone:
            raise NotFound("{name} is not here.", name="Maya")
        return Screen("A title", self.body, back=("class", "The class"))

    def do(self, place: str, asked: Asked) -> Outcome:
        self.asked.append((place, asked))
        if self.trouble:
            raise self.trouble
        return self.outcome  # type: ignore[no-any-return]  # a test may hand in anything

    def say(self, error: PortfolioError) -> str:
        return str(error)

    def words(self) -> Mapping[str, str]:
        return room_phrases.words()

    def childrens_words(self) -> Mapping[str, str]:
        return phrases.words(str.upper)

    def general(self) -> str:
        return "Something did not work."

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return nothing: no screen here is watched."""
        return None

    def look(self) -> Look:
        return {"lang": self.lang, "dir": "ltr", "band": "68", "cloth": "sea"}

    def who(self) -> tuple[str, str]:
        return "Class 4B", "Ms. Rivera"

    def alias(self) -> str:
        return "abc"

    def leave(self) -> str:
        return "done"

    def now(self) -> datetime:
        return NOW


def do(what: str = "send", rev: int = 1, **more: Any) -> dict[str, Any]:
    """Return the message of a form that acts; ``keep=True`` for one that keeps itself."""
    said = {"type": "do", "place": "child/maya", "what": what, "values": [], "files": [], "keep": False}
    return {**said, "rev": rev, **more}


# ------------------------------------------------------------------------------------------------ screens


def test_the_first_screen_needs_no_question() -> None:
    """The state of the widget holds the screen one comes to, with heading, ways and the drawings it shows."""
    first = Rooms(Host()).get_state()["first"]
    assert (first["title"], first["place"], first["way"]) == ("A title", "class", "class")
    assert first["html"].startswith("<h2>Hello")
    assert {"lamp", "book"} <= set(first["drawings"])
    assert first["names"] == ["Class 4B", "Ms. Rivera"]


def test_a_link_leads_to_its_screen() -> None:
    """Whoever goes somewhere is shown what the room shows there now."""
    host = Host()
    answer = ask(Rooms(host), {"type": "go", "to": "child/maya", "rev": 5})
    assert (answer["type"], answer["rev"], answer["place"]) == ("screen", 5, "child/maya")
    assert answer["back"] == ["class", "The class"]
    assert host.shown == ["class", "child/maya"]


def test_a_place_that_is_not_there_is_a_sentence_and_a_way_back() -> None:
    """The desk stays: heading, the sentence, the way to the class."""
    answer = ask(Rooms(Host(gone=True)), {"type": "go", "to": "child/x", "rev": 5})
    assert (answer["type"], answer["trouble"], answer["html"]) == ("screen", "Maya is not here.", "")
    assert answer["back"] == ["class", "The class"]


def test_only_pages_of_our_templates_are_shown(caplog: pytest.LogCaptureFixture) -> None:
    """Text that is no SafePage never goes to the page as HTML, whatever room it comes from."""
    with caplog.at_level(logging.CRITICAL):
        answer = ask(Rooms(Host(body="<b>not ours</b>")), {"type": "go", "to": "x", "rev": 1})
    assert answer["html"] == ""
    assert answer["trouble"] == "Something did not work."


def test_the_frame_follows_a_change_of_language() -> None:
    """When the class changes its language, its words come with the next screen, once."""
    host = Host()
    one = Rooms(host)
    host.lang = "es"
    first = ask(one, {"type": "go", "to": "class", "rev": 1})
    assert first["look"]["lang"] == "es"
    assert "saved" in first["words"]
    assert "words" not in ask(one, {"type": "go", "to": "class", "rev": 2})


# ------------------------------------------------------------------------------------------- what forms ask


def test_a_form_acts_and_the_screen_is_shown_anew() -> None:
    """The room gets every value in order and the bytes of the files; the answer says what became of it."""
    host = Host(outcome=Outcome(say="Sent back.", focus="next"))
    values = [["who", "a"], ["who", "b"], ["how", "kind"]]
    sent = do(values=values, files=[{"field": "list", "name": "C:\\x\\my list.csv"}], version=3)
    answer = ask(Rooms(host), sent, b"a,b\n")
    ((place, asked),) = host.asked
    assert (place, asked.what, asked.version) == ("child/maya", "send", 3)
    assert (asked.all("who"), asked.one("how"), asked.one("nothing")) == (("a", "b"), "kind", "")
    assert (asked.files[0].field, asked.files[0].name, asked.files[0].data) == (
        "list",
        "my list.csv",
        b"a,b\n",
    )
    assert (answer["type"], answer["say"], answer["focus"]) == ("screen", "Sent back.", "next")
    assert answer["place"] == "child/maya"


def test_an_outcome_may_lead_elsewhere() -> None:
    """``go`` shows another place; its screen says where one is."""
    answer = ask(Rooms(Host(outcome=Outcome(go="setup"))), do())
    assert answer["place"] == "setup"


def test_what_was_done_is_said_even_if_its_screen_is_gone() -> None:
    """A child is taken out, its page is not there any more: the deed is told, and the way back."""
    host = Host(outcome=Outcome(say="Taken out."))
    one = Rooms(host)
    host.gone = True
    answer = ask(one, do())
    assert (answer["say"], answer["trouble"]) == ("Taken out.", "Maya is not here.")


def test_downloads_come_as_bytes_beside_the_screen() -> None:
    """Names and types stand in the answer, the bytes in its buffers."""
    host = Host(outcome=Outcome(downloads=(Download("list.pdf", "application/pdf", b"%PDF"),)))
    one = Rooms(host)
    answer = ask(one, do())
    assert answer["downloads"] == [{"name": "list.pdf", "media_type": "application/pdf"}]


def test_the_same_question_twice_is_done_once() -> None:
    """A page that never heard our answer asks again: it hears the same, and nothing happens a second time."""
    host = Host(outcome=Outcome(say="Sent."))
    one = Rooms(host)
    first = ask(one, do(rev=7))
    assert ask(one, do(rev=7)) == first
    assert len(host.asked) == 1
    host.trouble = InputRefused("No.")
    refused = ask(one, do(rev=8))
    host.trouble = None
    assert ask(one, do(rev=8)) == refused
    assert len(host.asked) == 2


def test_a_deed_whose_screen_breaks_is_not_done_again(caplog: pytest.LogCaptureFixture) -> None:
    """The frame fails after the deed: a sentence, also for a link, and the same question does nothing more."""
    host = Host()
    one = Rooms(host)
    host.lost = True
    with caplog.at_level(logging.CRITICAL):
        assert ask(one, {"type": "go", "to": "x", "rev": 4})["sentence"] == "Something did not work."
        assert ask(one, do(rev=5))["sentence"] == "Something did not work."
        ask(one, do(rev=5))
    assert len(host.asked) == 1


def test_old_answers_keep_no_files() -> None:
    """Downloads of long ago do not stay in memory; their question is still not done twice."""
    host = Host(outcome=Outcome(downloads=(Download("a", "text/plain", b"x" * 1000),)))
    one = Rooms(host)
    for rev in range(1, 8):
        ask(one, do(rev=rev))
    kept = [rev for rev, (_, files) in one._carrier._answered.items() if files]
    assert kept == [4, 5, 6, 7]
    assert ask(one, do(rev=1))["downloads"] == []
    assert len(host.asked) == 7


def test_large_files_are_kept_for_the_last_answer_alone() -> None:
    """Two classes taken along do not fill an old laptop's memory twice; the last one can still be asked for again."""
    host = Host(outcome=Outcome(downloads=(Download("a", "application/zip", bytes(60_000_000)),)))
    one = Rooms(host)
    for rev in (1, 2):
        ask(one, do(rev=rev))
    assert [rev for rev, (_, files) in one._carrier._answered.items() if files] == [2]
    assert ask(one, do(rev=2))["downloads"]


def test_a_refusal_names_its_field() -> None:
    """The sentence and the field come back; the screen stays as it is."""
    host = Host(trouble=InputRefused("A name has letters.", field="name"))
    answer = ask(Rooms(host), do())
    assert (answer["type"], answer["sentence"], answer["field"]) == (
        "refused",
        "A name has letters.",
        "name",
    )


def test_trouble_nobody_foresaw_is_one_sentence(caplog: pytest.LogCaptureFixture) -> None:
    """Nothing raises through a comm; the traceback is in the log, not on the page."""
    with caplog.at_level(logging.CRITICAL):
        answer = ask(Rooms(Host(trouble=ZeroDivisionError("secret"))), do())
    assert answer == {"type": "refused", "rev": 1, "sentence": "Something did not work."}


# ------------------------------------------------------------------------------------ forms that keep themselves


def test_a_form_that_keeps_itself_hears_version_time_and_asides() -> None:
    """The screen is not shown anew; what answers while one writes comes with its drawings."""
    aside = {"words": SafePage('<use href="#i-goal"/>')}
    host = Host(outcome=Outcome(version=4, asides=aside))
    answer = ask(Rooms(host), do("note", keep=True, version=3))
    assert (answer["type"], answer["version"], answer["at"]) == ("kept", 4, NOW.isoformat())
    assert answer["asides"] == {"words": '<use href="#i-goal"/>'}
    assert answer["names"] == list(host.who())  # the class may have got another name
    assert set(answer["drawings"]) == {"goal"}
    assert host.shown == ["class"]


def test_an_aside_that_is_no_page_of_ours_stays_away(caplog: pytest.LogCaptureFixture) -> None:
    """The words are kept already, so that is said; the foreign text does not reach the page."""
    host = Host(outcome=Outcome(version=4, asides={"words": "<b>x</b>"}))  # type: ignore[dict-item]  # on purpose
    with caplog.at_level(logging.CRITICAL):
        answer = ask(Rooms(host), do("note", keep=True, version=3))
    assert (answer["type"], answer["asides"]) == ("kept", {"words": ""})


def test_words_sent_before_the_answer_are_written_on_the_save_before() -> None:
    """Two saves at once from one window are no conflict: the second is based on what the first became."""
    host = Host(outcome=Outcome(version=4))
    one = Rooms(host)
    ask(one, do("note", rev=1, keep=True, version=3))
    ask(one, do("note", rev=2, keep=True, version=3, after=1))
    assert [asked.version for _, asked in host.asked] == [3, 4]
    ask(one, do("note", rev=3, keep=True, version=3, after=99))
    assert host.asked[-1][1].version == 3


@pytest.mark.parametrize(
    ("theirs", "told"),
    [
        ("Their words", "Their words"),
        ({"step": "b", "who": ["a", "c"], "empty": None}, {"step": ["b"], "who": ["a", "c"], "empty": [""]}),
    ],
)
def test_what_somebody_else_wrote_comes_back(theirs: Any, told: Any) -> None:
    """A conflict brings their text (or texts by field) and the version it has."""
    error = ChangedMeanwhile("Somebody else wrote here.", theirs=theirs, version=9, field="step")
    answer = ask(Rooms(Host(trouble=error)), do("note", keep=True, version=3))
    assert (answer["type"], answer["theirs"], answer["base"]) == ("refused", told, 9)


# ------------------------------------------------------------------------------------ nothing is believed


def test_a_ping_is_answered() -> None:
    """The page learns that the kernel lives."""
    assert ask(Rooms(Host()), {"type": "ping"}) == {"type": "pong"}


STRANGE: list[Any] = [
    None,
    "go",
    {"type": "go"},
    {"type": "go", "to": "class", "rev": True},
    {"type": "go", "to": "class", "rev": -1},
    {"type": "go", "to": 5, "rev": 1},
    {"type": "go", "to": "x" * 301, "rev": 1},
    {"type": "steal", "rev": 1},
    do(values={"a": "b"}),
    do(values=[["a"]]),
    do(values=[["a", 5]]),
    do(values=[["a" * 201, "b"]]),
    do(values=[["a", "b"]] * 2001),
    do() | {"what": None},
    do(what="x" * 201),
    do(place=["class"]),
    do(version="3"),
    do(version=True),
    do(keep="yes"),
    do(after="1"),
    do(files=[{"field": "list", "name": "x.csv"}]),
    do(files="x"),
    do(rev=2**60),
]


@pytest.mark.parametrize("content", STRANGE)
def test_what_no_page_of_ours_sends_does_nothing(content: Any) -> None:
    """Whatever comes through the wire, the rooms are not asked, and the answer is a sentence."""
    host = Host()
    answer = ask(Rooms(host), content)
    assert answer["type"] == "refused"
    assert answer["sentence"].startswith("This page sent something")
    assert host.asked == []


def test_texts_and_files_have_their_limits() -> None:
    """A text too long for a field, too much altogether, a file over 5 MB: refused by name, nothing is done."""
    host = Host()
    one = Rooms(host)
    long = ask(one, do(rev=1, values=[["words", "x" * 200_001]]))
    assert (long["type"], long["field"]) == ("refused", "words")
    much = ask(one, do(rev=2, values=[["words", "x" * 190_000]] * 11))
    assert much["type"] == "refused"
    large = ask(one, do(rev=3, files=[{"field": "list", "name": "x.csv"}]), b"x" * 5_000_001)
    assert (large["field"], large["sentence"]) == (
        "list",
        "“x.csv” is too large. 5 MB is the most. Choose a smaller file.",
    )
    assert host.asked == []
    ask(
        one,
        do(rev=4, files=[{"field": "list", "name": "x.csv"}], values=[["w", "x" * 200_000]]),
        b"x" * 5_000_000,
    )
    assert len(host.asked) == 1


def test_a_question_that_was_refused_for_its_size_may_be_asked_again() -> None:
    """What never reached the rooms is not remembered as done: the same number with less text goes through."""
    host = Host()
    one = Rooms(host)
    ask(one, do(rev=1, values=[["words", "x" * 200_001]]))
    assert ask(one, do(rev=1, values=[["words", "x"]]))["type"] == "screen"


def test_texts_come_in_clean() -> None:
    """Half an emoji, control signs and the line ends of other systems are put in order before a room sees them."""
    host = Host()
    ask(Rooms(host), do(values=[["w", "a\ud800b\x00c\r\nd"]]))
    assert host.asked[0][1].one("w") == "a\ufffdbc\nd"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.sampled_from(["go", "do", "ping"]),
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["type", "rev", "to", "place", "what", "values", "files", "version", "keep", "x"]
            ),
            inside,
            max_size=9,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow])
@given(ANYTHING)
def test_nothing_raises_through_the_wire(content: Any) -> None:
    """Any message at all has one answer, and it can be sent as JSON."""
    one = Rooms(Host())
    answer = ask(one, content)
    assert answer["type"] in ("screen", "kept", "refused", "pong")
    json.dumps(answer)
    one.close()


def test_a_page_cannot_write_what_the_desk_knows() -> None:
    """Screens and the way out are decided here; a page that writes them changes nothing."""
    one = Rooms(Host())
    write_trait(one, first={"html": "<script>"}, leave="https://elsewhere.example")
    write_trait(one.kit, source="alert(1)")
    assert one.first["html"].startswith("<h2>Hello")
    assert one.leave == "done"
    assert one.kit.source == source.rooms()


# ------------------------------------------------------------------------------------ the kit, the words, the real desk


def test_the_childrens_script_comes_only_when_it_is_asked_for() -> None:
    """The desk's own script is small; a preview asks for the children's, with their words."""
    kit = Rooms(Host()).kit
    assert len(kit.source) < 60_000
    assert kit.source != source.script()
    data = {"method": "custom", "content": {"type": "sheets"}}
    kit.comm.handle_msg({"content": {"data": data}, "buffers": []})
    given_ = answers(kit)[-1]["sheets"]
    assert given_["source"] == source.script()
    assert given_["words"]["keep_it"] == phrases.PHRASES["keep_it"].upper()


def test_a_page_without_our_server_gets_all_styles() -> None:
    """In JupyterLab the kernel sends the book's styles and those of every room."""
    kit = Rooms(Host()).kit
    kit.comm.handle_msg(
        {"content": {"data": {"method": "custom", "content": {"type": "styles"}}}, "buffers": []}
    )
    css = answers(kit)[-1]["css"]
    assert all(part in css for part in (".tdesk", "--cloth-ink", ".sure", ".spot"))


def test_every_macro_says_what_it_is() -> None:
    """Each control of ``_forms.html.j2`` has a label a reader finds, escapes what it shows, keeps line breaks."""
    made = (
        environment()
        .from_string(
            '{% from "teacher/_forms.html.j2" import field, long, choose, one, tick, ticks, day, clock, number, file %}'
            '{{ field("a", "A", "\\"><b>", hint="H") }}{{ long("b", "B", "\\n<x>") }}{{ choose("c", "C", [("1", "<o>")], "1") }}'
            '{{ one("d", "D", [("1", "x"), ("2", "y")], "2") }}{{ ticks("e", "E", [("1", "x")], ["1"]) }}{{ tick("f", "F", True) }}'
            '{{ day("g", "G") }}{{ clock("h", "H") }}{{ number("i", "I", 0, 0, 5) }}{{ file("j", "J") }}'
        )
        .render()
    )
    for name in "abcfghij":
        assert f'for="f-{name}"' in made
        assert f'id="f-{name}"' in made
    assert "<b>" not in made.replace("<body", "")
    assert "<x>" not in made
    assert 'aria-describedby="f-a-h"' in made
    assert ">\n\n&lt;x&gt;</textarea>" in made
    assert made.count(" checked") == 3
    assert 'min="0" max="5" step="1" value="0"' in made


def test_the_real_rooms_are_handed_on(tmp_path: Path) -> None:
    """The host says who sits there, in the language of the class; every class has its own opaque alias."""
    desk = sample_desk(tmp_path)
    other = sample_desk(tmp_path, "ladybirds")
    try:
        host, second = OpenRooms(desk, served=True), OpenRooms(other, served=False)
        assert host.who() == (desk.school_class.name, desk.teacher.name)
        assert host.start() == "class"
        assert host.ways()[0][0] == "class"
        assert (host.leave(), second.leave()) == ("done", "")
        assert len(host.alias()) == 16
        assert host.alias() == OpenRooms(desk, served=True).alias()
        assert host.alias() != second.alias()
        before = host.alias()
        desk.folder.secret.write_bytes(b"another class's secret, 32 bytes")
        assert host.alias() != before
        with pytest.raises(NotFound):
            host.show("nowhere")
        desk.store.keep_class(desk.school_class.but(language="ar"))
        assert host.look()["dir"] == "rtl"
    finally:
        desk.store.close()
        other.store.close()
