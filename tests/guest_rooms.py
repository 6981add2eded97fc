"""A small room for pages without a kernel: every kind of form once, kept in one JSON file for each home."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, cast

from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound
from portfolio.moments.conference.table import Table
from portfolio.moments.room import Asked, At, Download, Looked, Outcome, Screen
from portfolio.serve.room_hosts import RoomPage
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage

FAMILY = RoomPage("family", "tests.guest_rooms", "TinyRoom")
CUES = RoomPage("cues", "tests.guest_rooms", "TinyRoom")

_IMPORT = """{% from "teacher/_forms.html.j2" import field, long, file, button, keeps %}
{% from "_icons.html.j2" import icon %}"""

BODY = """<p class="lede">{{ who }}</p><p><a class="quiet-link" href="#{{ place }}/two">{{ icon("next") }}The second screen</a></p>
<form data-keep="letter" data-version="{{ version }}" class="stack">{{ long("letter", "A letter back", letter) }}{{ keeps() }}</form>
<form data-do="send" class="stack"><h2>To the teacher</h2>{{ long("words", "Your words") }}{{ file("voice", "A recording") }}{{ button("Send", icon="letter", kind="main") }}</form>
<form data-do="glow">{{ button("A glow") }}</form><form data-do="out">{{ button("Bring it out") }}</form>
<form data-do="slow">{{ button("Take long") }}</form><form data-do="break">{{ button("Break") }}</form>
<div id="live-glows" aria-live="polite">{{ glows }}</div>"""

GLOWS = """<p>{{ n }} glows, {{ sent }} letters sent.</p>"""


def _page(text: str, **values: Any) -> SafePage:
    return SafePage(environment().from_string(_IMPORT + text).render(**values))


def state_at(path: Path) -> dict[str, Any]:
    """Return what a room has on disk."""
    if not path.is_file():
        return {"letter": "", "version": 0, "sent": [], "glows": 0, "looks": 0}
    return cast("dict[str, Any]", json.loads(path.read_text("utf-8")))


class TinyRoom:
    """A room of one screen and another behind it, for a home or a child. ``made`` counts rooms, ``looks`` looks."""

    made = 0
    looks = 0

    def __init__(self, table: Table) -> None:
        self.table = table
        self.path = table.folder.hidden / f"tiny-{table.student_id}-{table.household_id}.json"
        self.place = "family" if table.household_id else "cues"
        self.lang = ""
        TinyRoom.made += 1

    def show(self, at: At) -> Screen:
        """Return the screen, or the second one; ``es`` shows the first in another language."""
        self.lang = at[0] if at[:1] in (("es",), ("ar",)) else ""
        if at == ("two",):
            return Screen("The second screen", _page("<p>Nothing else.</p>"), back=(self.place, "Back"))
        if at and not self.lang:
            raise NotFound("There is no such page here. Go back to the first one.")
        state = state_at(self.path)
        body = _page(BODY, **state | {"glows": self._glows(state)}, who=self.table.by, place=self.place)
        return Screen("What I say", body, seen=self._seen(state))

    def do(self, at: At, asked: Asked) -> Outcome:
        """Do what a form asks; every act is written down."""
        state = state_at(self.path)
        done = {"letter": self._letter, "send": self._send, "glow": self._glow}.get(asked.what)
        if asked.what == "break":
            raise ZeroDivisionError("on purpose")
        if asked.what == "out":
            return Outcome(
                say="It is on your computer.", downloads=(Download("a.txt", "text/plain", b"abc"),)
            )
        if asked.what == "slow":
            time.sleep(2)
            return Outcome(say="It took long.")
        if done is None:
            raise NotFound(
                "This page is older than the program (“{what}”). Load it again.", what=asked.what[:40]
            )
        outcome = done(state, asked)
        self.path.write_text(json.dumps(state), "utf-8")
        return outcome

    def look(self, at: At, seen: str, here: str) -> Looked:
        """Return the glows if there are others than were seen."""
        TinyRoom.looks += 1
        state = state_at(self.path)
        now = self._seen(state)
        return Looked(now, {} if now == seen else {"live-glows": self._glows(state)})

    def _letter(self, state: dict[str, Any], asked: Asked) -> Outcome:
        if asked.version != state["version"]:
            raise ChangedMeanwhile(
                "Somebody else wrote here.", theirs={"letter": state["letter"]}, version=state["version"]
            )
        state |= {"letter": asked.one("letter"), "version": state["version"] + 1}
        return Outcome(version=state["version"])

    def _send(self, state: dict[str, Any], asked: Asked) -> Outcome:
        if not asked.one("words"):
            raise InputRefused("Write something first.", field="words")
        files = [[one.name, len(one.data)] for one in asked.files if one.name]
        state["sent"].append([asked.one("words"), *files])
        return Outcome(say="Your teacher has it.")

    def _glow(self, state: dict[str, Any], asked: Asked) -> Outcome:
        del asked
        state["glows"] += 1
        return Outcome(say="The child can read it.", stay=True, asides={"live-glows": self._glows(state)})

    def _glows(self, state: dict[str, Any]) -> SafePage:
        return _page(GLOWS, n=state["glows"], sent=len(state["sent"]))

    def _seen(self, state: dict[str, Any]) -> str:
        return f"{state['glows']}-{len(state['sent'])}"
