# long: the desk of the browser tests in one piece: forms, keeper, host
"""A desk to try controls on: every control once, kept in one JSON file, so that a reload finds it again.

A notebook of a test imports this in its kernel. It is the fake beside the real keeper of
``portfolio.moments``: same promises, no database.
"""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qs

from portfolio.errors import ChangedMeanwhile, PortfolioError
from portfolio.model import Reading
from portfolio.store.uploads import Uploads
from portfolio.widgets import Saved
from portfolio.widgets.keeper import Brought, Carrier, Moved
from portfolio.widgets.reading import Question, questions
from portfolio.widgets.wire import (
    Card,
    Choice,
    Earlier,
    Field,
    Form,
    LikesToRead,
    Link,
    Look,
    MediumValue,
    NoteForChild,
    PastDay,
    PathPart,
    PhotoValue,
    Standing,
    Value,
    WhoSees,
    every_field,
)

CLOTHS = ("moss", "sea", "brick", "berry", "ochre", "night")
FACES = ("great", "good", "so-so", "not so good", "hard")
EARLIER: list[Earlier] = [
    {"round": "Fall 2025", "word": "hard", "icon": "face-1"},
    {"round": "Spring 2026", "word": "so-so", "icon": "face-3"},
]
PICTURES = ("painting", "building", "reading", "counting", "singing", "sharing")


def choices(*labels: str, icons: Sequence[str] = ()) -> list[Choice]:
    """Return things to pick; ids are the labels with underscores."""
    given = [*icons, *([None] * len(labels))]
    return [{"id": _id(label), "label": label, "icon": given[i]} for i, label in enumerate(labels)]


def _id(label: str) -> str:
    return label.replace(" ", "_").replace("-", "_")


def ask(field: str, text: str, control: Any, **more: Any) -> Field:
    """Return a question with nothing answered."""
    empty: Any = [] if control in ("picks", "photos", "media", "rows", "dates") else None
    plain: Any = {
        "field": field,
        "ask": text,
        "control": control,
        "hint": "",
        "lead": "",
        "starters": [],
        "words": None,
        "at_most": None,
        "choices": [],
        "columns": [],
        "value": "" if control in ("line", "long") else empty,
        "lang": "en",
        "spoken": "",
        "besides": [],
        "earlier": [],
    }
    return cast("Field", {**plain, **more})


def with_besides(field: Field) -> Field:
    """Return a question for words that may also be said, drawn or photographed."""
    name, text = field["field"], field["ask"]
    pictures = ask(f"{name}.pictures", f"Pictures for: {text}", "photos", at_most=4)
    media = ask(f"{name}.media", f"Recordings for: {text}", "media", at_most=3)
    return {**field, "besides": [pictures, media]}


def form(section: str, title: str, icon: str, cards: list[Card], **more: Any) -> Form:
    """Return a section."""
    plain: Any = {
        "section": section,
        "title": title,
        "icon": icon,
        "intro": "",
        "each": "",
        "add": "",
        "at_least": 1,
        "at_most": max(1, len(cards)),
        "kept_for_the_table": 0,
        "cards": cards,
        "addable": False,
        "movable": False,
        "who_sees": None,
        "steps": {"back": False, "forth": False},
    }
    return cast("Form", {**plain, **more})


def card(entry: str, *fields: Field, title: str = "", removable: bool = False) -> Card:
    """Return a card nobody has kept yet."""
    return {"entry_id": entry, "version": 0, "title": title, "fields": list(fields), "removable": removable}


def strength(n: int, entry: str | None = None) -> Card:
    """Return the n-th strength."""
    return card(
        entry or f"strength-{n}",
        ask("what", "One thing I do well is", "line", words=8, starters=["I can …", "I know how to …"]),
        ask("proof", "You can see it in", "long", hint="A page, a moment, something real.", words=40),
        title=f"Strength {n}",
        removable=True,
    )


def goal() -> Card:
    """Return a goal with rows, days and a day."""
    columns = [{"field": "what", "ask": "What"}, {"field": "when", "ask": "When"}]
    return card(
        "goal-1",
        ask("goal", "What will you learn?", "line", lead="By winter I will"),
        ask("steps", "My steps", "rows", columns=columns, at_most=3),
        ask("by_when", "By when?", "date"),
        ask("look_again", "When do we look again?", "dates", at_most=2),
        ask("now_piece", "Where I am now", "piece", choices=choices("My volcano", icons=["work"])),
        title="Goal 1",
    )


def forms() -> dict[str, Form]:
    """Return the sections of the desk: between them, every control."""
    return {**_about_me(), **_about_work()}


def _about_me() -> dict[str, Form]:
    pictures = choices(*PICTURES, icons=PICTURES)
    return {
        "me": form(
            "me",
            "Me",
            "me",
            [
                card(
                    "me.like",
                    ask("picks", "What do you like? Pick two.", "picks", choices=pictures, at_most=2),
                ),
                card(
                    "me.best",
                    ask(
                        "picks",
                        "What do you like most?",
                        "one",
                        choices=pictures[:3],
                        spoken="/spoken/best.mp3",
                    ),
                ),
            ],
            who_sees="home",
        ),
    }


def _about_work() -> dict[str, Form]:
    habits = choices("always", "mostly", "sometimes", "not yet")
    faces = choices(*FACES, icons=[f"face-{n}" for n in (5, 4, 3, 2, 1)])
    return {
        "strengths": form(
            "strengths",
            "My strengths",
            "strength",
            [strength(1), strength(2)],
            intro="Three things you do well, and something a person can look at.",
            each="Strength {n}",
            add="One more strength",
            at_most=3,
            addable=True,
            movable=True,
        ),
        "work": form(
            "work",
            "My work",
            "work",
            [card("work-1", ask("pictures", "Show it. Look, here!", "photos", at_most=3), title="Piece 1")],
            who_sees="home",
        ),
        "feels": form(
            "feels",
            "How school feels",
            "feels",
            [
                card(
                    "feels.mornings",
                    ask("answer", "In the mornings", "scale", choices=faces, earlier=EARLIER),
                    with_besides(ask("example", "because", "line", starters=["I am", "We sing."])),
                ),
                card("feels.listen", ask("answer", "I listen", "scale", choices=habits)),
            ],
        ),
        "goals": form("goals", "My goal", "goal", [goal()], kept_for_the_table=1, at_most=2, addable=True),
    }


class FileKeeper:
    """Keeps one section in a JSON file, with a version for each card and each answer."""

    def __init__(self, path: Path, section: str) -> None:
        self.path = path
        self.section = section

    def _all(self) -> dict[str, Any]:
        return json.loads(self.path.read_text("utf-8")) if self.path.is_file() else {}

    def _write(self, kept: dict[str, Any]) -> None:
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(kept), "utf-8")
        part.replace(self.path)

    def form(self) -> Form:
        """Return the section with what stands now."""
        found = forms()[self.section]
        kept = self._all().get(self.section, {})
        for one in self._all().get("strengths", {}).values():  # what one is good at can be pointed to
            if self.section == "goals" and isinstance(one, dict) and "what" in one["fields"]:
                pieces = next(f for f in found["cards"][0]["fields"] if f["control"] == "piece")
                pieces["choices"] += choices(one["fields"]["what"]["value"], icons=["strength"])
        known = {c["entry_id"]: c for c in found["cards"]}
        order = kept.get("order") or list(known)
        found["cards"] = [self._filled(known.get(entry) or strength(0, entry), kept) for entry in order]
        found["who_sees"] = kept.get("who_sees", found["who_sees"])
        for n, one in enumerate(found["cards"], 1):
            one["title"] = found["each"].replace("{n}", str(n)) or one["title"]
        return found

    def _filled(self, one: Card, kept: Mapping[str, Any]) -> Card:
        stored = kept.get(one["entry_id"], {"version": 0, "fields": {}})
        one["version"] = stored["version"]
        for field in every_field([one]):
            if field["field"] in stored["fields"]:
                field["value"] = stored["fields"][field["field"]]["value"]
            if field["control"] == "photos":
                field["value"] = [
                    {**photo, "thumb": self._thumb(photo["sha256"])} for photo in field["value"]
                ]
        return one

    def save(self, entry: str, field: str, value: Value, base: int) -> Saved:
        """Keep a value, unless the same answer was changed since ``base``."""
        if isinstance(value, str) and value.startswith("FREEZE"):
            import time

            time.sleep(float(value.split()[1]))
        if value == "REFUSE":
            raise PortfolioError("These words did not fit, {name}. Please change them.", name="Noa")
        if value == "CRASH":
            raise ZeroDivisionError("a mistake of ours")
        everything = self._all()
        kept = everything.setdefault(self.section, {}).setdefault(entry, {"version": 0, "fields": {}})
        there = kept["fields"].get(field, {"version": 0, "value": ""})
        if there["version"] > base:
            raise ChangedMeanwhile("Changed.", theirs=there["value"], version=kept["version"])
        merged = kept["version"] > base
        kept["version"] += 1
        kept["fields"][field] = {"version": kept["version"], "value": value}
        self._write(everything)
        return Saved(kept["version"], merged)

    def choose_word(self, entry: str, term: str, how: str, base: int) -> Saved:
        """Keep nothing: nobody looks for school words here."""
        return Saved(base)

    def add(self) -> Card:
        """Add a strength."""
        entries = [c["entry_id"] for c in self.form()["cards"]]
        new = next(f"strength-{n}" for n in range(1, 99) if f"strength-{n}" not in entries)
        self._order([*entries, new])
        return self.form()["cards"][-1]

    def remove(self, entry: str, base: int) -> list[Card]:
        """Take a card away."""
        self._order([c["entry_id"] for c in self.form()["cards"] if c["entry_id"] != entry])
        return self.form()["cards"]

    def arrange(self, order: list[str]) -> list[Card]:
        """Keep a new order."""
        self._order(order)
        return self.form()["cards"]

    def show_to(self, who: WhoSees) -> WhoSees:
        """Keep who sees the section; the work nobody may hide."""
        if self.section == "work":
            raise PortfolioError("This page stays as it is, {name}.", name="Noa")
        everything = self._all()
        everything.setdefault(self.section, {})["who_sees"] = who
        self._write(everything)
        return who

    def read_note(self, entry: str) -> list[NoteForChild]:
        """Read nothing: no teacher writes here."""
        raise PortfolioError("This comment is not there any more.")

    def take_back(self) -> Moved:
        """Take nothing back: a file knows no earlier days."""
        raise PortfolioError("There is nothing more to take back here.")

    do_again = take_back

    def past(self) -> list[PastDay]:
        """Return no days."""
        return []

    def bring_back(self, entry: str, version: int, base: int) -> Moved:
        """Bring nothing back."""
        return self.take_back()

    def _order(self, order: list[str]) -> None:
        everything = self._all()
        everything.setdefault(self.section, {})["order"] = order
        self._write(everything)

    def _uploads(self) -> Uploads:
        return Uploads(self.path.parent / "uploads")

    def where(self, upload: str) -> int:
        """Return how many bytes are here."""
        return self._uploads().have(self.path.stem.casefold(), upload)

    def part(self, upload: str, offset: int, data: bytes, size: int) -> int:
        """Take some bytes."""
        now = datetime.now(UTC)
        return self._uploads().put(self.path.stem.casefold(), upload, offset, data, size, now=now)

    def take(self, control: Carrier, upload: str, size: int, name: str, still: bytes) -> Brought:
        """Clean and keep a picture as the real keeper does."""
        from io import BytesIO

        from PIL import Image

        from portfolio.media import clean_picture

        raw = self._uploads().whole(self.path.stem.casefold(), upload, size)
        made = clean_picture(raw)
        arrived = Image.open(BytesIO(raw)).size
        (self.path.parent / f"{made.sha256}.thumb").write_bytes(made.thumb)
        (self.path.parent / f"{made.sha256}.webp").write_bytes(made.data)
        (self.path.parent / f"{made.sha256}.size").write_text(f"{name} {len(raw)} {arrived}")
        self._uploads().drop(self.path.stem.casefold(), upload)
        photo: PhotoValue = {
            "sha256": made.sha256,
            "width": made.width,
            "height": made.height,
            "alt": "",
            "caption": "",
            "written": "",
            "looks": [],
            "others": False,
            "thumb": self._thumb(made.sha256),
        }
        self._uploads().note(self.path.stem.casefold(), upload, photo)
        return photo

    def whole(self, sha256: str) -> bytes:
        """Return a picture in its full size."""
        return (self.path.parent / f"{sha256}.webp").read_bytes()

    def link(self, address: str) -> MediumValue:
        """Take every address."""
        return {"kind": "link", "address": address, "caption": ""}

    def brought(self) -> Sequence[Brought]:
        """Return the pictures that came in."""
        return cast("list[Brought]", list(self._uploads().all_noted(self.path.stem.casefold())))

    def _thumb(self, sha256: str) -> str:
        data = (self.path.parent / f"{sha256}.thumb").read_bytes()
        return "data:image/webp;base64," + base64.b64encode(data).decode()


class DemoHost:
    """Says what the desk asks, as the real host does: for one child, in English."""

    def __init__(self, asked: str | None = None) -> None:
        """Take what the page's address asks for: ``desk`` (a name), ``band``, ``child``, ``leave``."""
        query = parse_qs(os.environ.get("QUERY_STRING", "") if asked is None else asked)
        given = {name: values[0] for name, values in query.items()}
        folder = Path(os.environ.get("DESK_FOLDER", "."))
        self.path = folder / f"{given.get('desk', 'desk')}.json"
        self.band = given.get("band", "35")
        self.child = given.get("child", "noa")
        self.goodbye = given.get("leave", "")

    def words(self) -> Mapping[str, str]:
        """Return nothing: English."""
        return {}

    def look(self) -> Look:
        """Return the band asked for."""
        look: Any = {
            "lang": "en",
            "dir": "ltr",
            "band": self.band,
            "cloth": self._cloth(),
            "reading": self._reading(),
        }
        return cast("Look", look)

    def _cloth(self) -> str:
        chosen = self.path.with_suffix(".cloth")
        return chosen.read_text("utf-8") if chosen.is_file() else "moss"

    def say(self, error: PortfolioError) -> str:
        """Return the English sentence."""
        return str(error)

    def alias(self) -> str:
        """Return the child's name on this browser."""
        return self.child

    def owner(self) -> tuple[str, str]:
        """Return whose book it is."""
        return "Noa’s book", "Fall 2026"

    def section_ids(self) -> Sequence[str]:
        """Return every section."""
        return list(forms())

    def form(self, section_id: str) -> Form:
        """Return a section."""
        return self.keeper(section_id).form()

    def keeper(self, section_id: str) -> FileKeeper:
        """Return the keeper of a section."""
        return FileKeeper(self.path, section_id)

    def parts(self) -> Sequence[PathPart]:
        """Return the pages: filled in once every card was saved, started after one."""
        return [self._part(section) for section in self.section_ids()]

    def _part(self, section: str) -> PathPart:
        found = self.form(section)
        kept = sum(c["version"] > 0 for c in found["cards"])
        state: Any = "filled" if kept == len(found["cards"]) else "started" if kept else "empty"
        word = {"filled": "filled in", "started": "started", "empty": "not yet"}[state]
        return {"id": section, "title": found["title"], "icon": found["icon"], "state": state, "word": word}

    def cloths(self) -> list[tuple[str, str]]:
        """Return all cloths."""
        return [(name, name) for name in CLOTHS]

    def choose_cloth(self, cloth: str) -> None:
        """Keep one of them beside the words."""
        if cloth not in CLOTHS:
            raise PortfolioError("There is no cloth called {cloth}.", cloth=cloth)
        self.path.with_suffix(".cloth").write_text(cloth, "utf-8")

    def reading_asks(self) -> Sequence[Question]:
        """Return the questions about reading."""
        return questions()

    def _reading(self) -> LikesToRead:
        chosen = self.path.with_suffix(".reading")
        known = json.loads(chosen.read_text("utf-8")) if chosen.is_file() else {}
        return cast("LikesToRead", Reading(**known).model_dump())

    def choose_reading(self, chosen: Mapping[str, str]) -> LikesToRead:
        """Keep it beside the words."""
        try:
            now = Reading.model_validate({**self._reading(), **chosen}).model_dump_json()
        except ValueError as error:
            raise PortfolioError("Pages cannot be shown like that.") from error
        self.path.with_suffix(".reading").write_text(now, "utf-8")
        return self._reading()

    def last_section(self) -> str:
        """Return the section the file was told about last."""
        kept = json.loads(self.path.read_text("utf-8")) if self.path.is_file() else {}
        return next(reversed(kept), "")

    def standing(self) -> Standing:
        """Return which parts nobody has begun."""
        empty: Any = [{"id": p["id"], "title": p["title"]} for p in self.parts() if p["state"] == "empty"]
        ready = self.path.with_suffix(".ready").is_file()
        return {"ready": ready, "final": False, "empty": empty, "unshown": [], "nudges": []}

    def set_ready(self, ready: bool) -> None:
        """Keep a file that says so, or take it away."""
        mark = self.path.with_suffix(".ready")
        mark.touch() if ready else mark.unlink(missing_ok=True)

    def pick_for_next(self, section_id: str, on: bool) -> None:
        """Keep nothing: no page is offered here."""

    def notes(self) -> Mapping[str, list[NoteForChild]]:
        """Return no notes."""
        return {}

    def revision(self) -> int:
        """Return one number: nobody else writes here."""
        return 1

    def who_sees(self) -> Sequence[tuple[str, str]]:
        """Return who sees the desk."""
        return [("Now", "you and Mr. L."), ("After 24 November", "your family")]

    def links(self) -> Sequence[Link]:
        """Return the preview."""
        return [{"label": "See it as your family will", "href": "#me", "icon": "eye"}]

    def leave(self) -> str:
        """Return where "I'm done" leads."""
        return self.goodbye

    def now(self) -> datetime:
        """Return the present moment."""
        return datetime.now(UTC)
