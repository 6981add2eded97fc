"""Rooms to try the teacher's desk on: every kind of form once, kept in one JSON file that two windows share.

A notebook of a test imports this in its kernel. Their HTML is made by our macros, as that of the real rooms.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs

from portfolio.carry import phrases as room_phrases
from portfolio.errors import ChangedMeanwhile, InputRefused, NotFound, PortfolioError
from portfolio.moments.room import Asked, Download, Looked, Outcome, Screen
from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.widgets import phrases
from portfolio.widgets.rooms import Rooms
from portfolio.widgets.wire import Look

_IMPORT = """{% from "teacher/_forms.html.j2" import field, long, choose, one, tick, ticks, day, number, file, hidden, button, sure, keeps %}
{% from "_icons.html.j2" import icon %}"""

LIST = """
<p class="lede">Two children, by name.</p>
<p><a href="#below">What stands below</a> <a href="#child/nobody">A child who has left</a></p>
<ul class="plain">{% for name in names %}<li><a class="quiet-link" href="#child/{{ name }}">{{ icon("book") }}{{ name | title }}</a></li>{% endfor %}</ul>
<form data-do="add" class="stack"><h2>One more child</h2>{{ field("name", "Name", hint="As it is called.") }}
{{ long("why", "A few words") }}{{ button("Add", icon="plus", kind="main") }}</form>
<form data-do="count" class="stack"><h2 id="below">A list</h2>{{ file("list", "Your list", hint="A file with names.") }}{{ button("Count the lines") }}</form>
<form data-do="slow">{{ button("Take long") }}</form><form data-do="break">{{ button("Break") }}</form>
<p class="row noprint"><button class="btn" type="button" data-print>{{ icon("print") }}<span>Print this list</span></button></p>
<p class="onlyprint">On paper</p>"""

CHILD = """
<form data-keep="note" data-version="{{ version }}" class="stack">{{ long("strength", "One strength I see", kept.strength, lang="en") }}
{{ field("step", "One next step", kept.step) }}{{ tick("spoken", "We have spoken", kept.spoken) }}
{{ one("form", "Which form", [("short", "The short one"), ("long", "The long one")], kept.form or "short") }}{{ keeps() }}
<div id="count" aria-live="polite"><p>{{ (kept.strength) | length }} letters.</p></div></form>
<form data-do="send" class="stack">{{ long("words", "Words for {name}") }}{{ hidden("child", name) }}
<p class="row">{{ button("Send", "how", "kind", icon="letter") }}{{ button("Bring it out", "how", "out", icon="save") }}</p></form>
{% call sure("Take " ~ name ~ " out of the class", "remove") %}<p>This cannot be taken back.</p><form data-do="remove">{{ button("Take out", icon="remove") }}</form>{% endcall %}"""

TRY = """<p>This is what a child sees.</p><div data-sheet="{{ sheet }}"></div>"""


def _page(text: str, **values: Any) -> SafePage:
    return SafePage(environment().from_string(_IMPORT + text).render(**values))


class TryHost:
    """A :class:`portfolio.widgets.rooms.RoomsHost` over a JSON file."""

    def __init__(self, path: Path, lang: str = "en", way_out: str = "") -> None:
        self.path = path
        self.lang = lang
        self.way_out = way_out

    def _read(self) -> dict[str, Any]:
        if not self.path.is_file():
            return {"names": ["amal", "maya"], "kept": {}, "done": []}
        return cast("dict[str, Any]", json.loads(self.path.read_text("utf-8")))

    def _write(self, state: Mapping[str, Any]) -> None:
        self.path.write_text(json.dumps(state), "utf-8")

    def start(self) -> str:
        """Begin at the list."""
        return "class"

    def ways(self) -> Sequence[tuple[str, str, str]]:
        """Return two ways."""
        return [("class", "The class", "book"), ("try", "Trying out", "edit")]

    def way_of(self, place: str) -> str:
        """Mark the class for its children."""
        return "try" if place.startswith("try") else "class"

    def show(self, place: str) -> Screen:
        """Return one of three screens."""
        state = self._read()
        room, _, name = place.partition("/")
        if room in ("", "class"):
            return Screen("The class", _page(LIST, names=state["names"]))
        if room == "child" and name in state["names"]:
            one = {"version": 0, "strength": "", "step": "", "spoken": "", "form": ""} | state["kept"].get(
                name, {}
            )
            body = _page(CHILD.replace("{name}", name.title()), version=one["version"], kept=one, name=name)
            return Screen(name.title(), body, back=("class", "The class"))
        if room == "try":
            from tests.desk_kernel import forms

            told = {"form": forms()["strengths"], "look": {"band": "35", "cloth": "moss"}}
            return Screen("Trying out", _page(TRY, sheet=json.dumps(told)))
        raise NotFound("This child is not in the class any more. Go back to the class.")

    def do(self, place: str, asked: Asked) -> Outcome:
        """Do what the forms above ask; every act is written down."""
        state = self._read()
        if asked.what == "note":
            return self._keep(place, asked, state)
        if asked.what == "break":
            raise ZeroDivisionError("on purpose")
        if asked.what == "slow":
            time.sleep(9)
        state["done"].append([asked.what, {name: list(all_) for name, all_ in asked.values.items()}])
        outcome = self._act(place, asked, state)
        self._write(state)
        return outcome

    def _act(self, place: str, asked: Asked, state: dict[str, Any]) -> Outcome:
        name = place.partition("/")[2]
        if asked.what == "add":
            new = asked.one("name").lower()
            if not new:
                raise InputRefused("Nobody has a name without letters.", field="name")
            state["names"].append(new)
            return Outcome(say=f"{new.title()} is in the class now.")
        if asked.what == "count":
            lines = asked.files[0].data.splitlines()
            return Outcome(say=f"{asked.files[0].name}: {len(lines)} lines.")
        if asked.what == "send" and asked.one("how") == "out":
            words = Download("words.txt", "text/plain", asked.one("words").encode())
            return Outcome(say="The file is on your computer.", downloads=(words,))
        if asked.what == "remove":
            state["names"].remove(name)
            return Outcome(say="Taken out.", go="class")
        return Outcome(say="It is done.")

    def _keep(self, place: str, asked: Asked, state: dict[str, Any]) -> Outcome:
        name = place.partition("/")[2]
        if "refuse" in asked.one("step"):
            raise InputRefused("This step cannot be kept.", field="step")
        one = state["kept"].setdefault(name, {"version": 0})
        if asked.version != one["version"]:
            theirs = {key: one.get(key, "") for key in ("strength", "step") if one.get(key) != asked.one(key)}
            if theirs:
                raise ChangedMeanwhile(
                    "Somebody else wrote here.", theirs=theirs, version=one["version"], id=name
                )
        one |= {key: asked.one(key) for key in ("strength", "step", "form", "spoken")}
        one["version"] += 1
        self._write(state)
        letters = SafePage(f"<p>{len(one['strength'])} letters.</p>")
        return Outcome(version=one["version"], asides={"count": letters})

    def say(self, error: PortfolioError) -> str:
        """Word an error in English."""
        return str(error)

    def words(self) -> Mapping[str, str]:
        """Return the phrases in English."""
        return room_phrases.words()

    def childrens_words(self) -> Mapping[str, str]:
        """Return the children's phrases in English."""
        return phrases.words()

    def general(self) -> str:
        """Return the sentence nobody foresaw."""
        return room_phrases.GENERAL

    def watch(self, place: str, seen: str, here: str) -> Looked | None:
        """Return nothing: no screen here is watched."""
        return None

    def look(self) -> Look:
        """Return how it looks; right to left in Arabic."""
        return {
            "lang": self.lang,
            "dir": "rtl" if self.lang == "ar" else "ltr",
            "band": "68",
            "cloth": "sea",
        }

    def who(self) -> tuple[str, str]:
        """Return class and teacher."""
        return "Class 4B", "Ms. Rivera"

    def alias(self) -> str:
        """Return one name for each file."""
        return f"rooms-{self.path.stem}"

    def leave(self) -> str:
        """Stay on the page, unless a test asks for a way out."""
        return self.way_out

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)


def open_rooms() -> Rooms:
    """Return the desk a test has asked for: ``?desk=<name>&lang=<tag>&out=<address>``, kept in ``ROOMS_FOLDER``."""
    asked = parse_qs(os.environ.get("QUERY_STRING", ""))
    name, lang = asked.get("desk", ["desk"])[0], asked.get("lang", ["en"])[0]
    path = Path(os.environ["ROOMS_FOLDER"]) / f"{name}.json"
    return Rooms(TryHost(path, lang, asked.get("out", [""])[0]))
