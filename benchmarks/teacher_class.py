# long: the invented class and its measuring belong together
"""Measure the way to the class on the teacher's desk: ``python benchmarks/teacher_class.py``.

    python benchmarks/teacher_class.py --sizes 35,200 --rounds 5
    python benchmarks/teacher_class.py --make FOLDER --students 35       # only make such a class, to look at

Invented classes in the middle of it all: some children have not begun, some choose work, write, practise, say they
are ready; books were given back, looked at, have gone home. Measured is the kernel's side, from the open desk to the
finished HTML of the screen, after everything is imported, each figure in a new process: for the first time ever;
when the desk is opened again; when it is shown again; and after one child has written.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final, get_args

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.invented import invented, invented_school  # noqa: E402 - found only once the root is on the path
from portfolio import files  # noqa: E402 - the same
from portfolio.model import (  # noqa: E402 - the same
    Agreement,
    Approval,
    Comment,
    Passage,
    Portfolio,
    Teacher,
    TeacherNote,
)
from portfolio.model.people import Cloth  # noqa: E402 - the same
from portfolio.model.portfolio import Status  # noqa: E402 - the same
from portfolio.moments.teacher.room import TeacherDesk  # noqa: E402 - the same
from portfolio.store.class_folder import ClassFolder, create_class, open_class  # noqa: E402 - the same
from portfolio.store.template_file import load_template  # noqa: E402 - the same

NOW = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
LAST_WEEK = NOW - timedelta(days=7)
BY = "teacher:rivera"


@dataclass(frozen=True)
class Stage:
    """Where an invented child is: how many of its pages are filled (None: it has no book), and its status."""

    share: float | None
    status: Status = "draft"
    also: str = ""


STAGES: Final = (
    Stage(0.3),
    Stage(0.9, "ready"),
    Stage(0.7),
    Stage(None),
    Stage(1.0, "practising"),
    Stage(0.95, "draft", "words"),
    Stage(0.6, "draft", "given back"),
    Stage(1.0, "checked", "looked at"),
    Stage(0.5),
    Stage(1.0, "draft", "no note"),
    Stage(0.1),
    Stage(1.0, "presented", "promise"),
    Stage(0.8, "draft", "bare strength"),
    Stage(1.0, "home"),
)
"""In turn, child by child."""


def make_class(path: Path, students: int, *, band: str = "3-5", seed: int = 1) -> ClassFolder:
    """Make an invented class in the middle of its work at ``path`` (a new folder), and return it."""
    source = files.class_templates() / f"{band}.yaml"
    template = load_template(source)
    chance = random.Random(seed)  # noqa: S311 - nobody's desk is opened with it
    school = invented_school(students, template).but(
        name="Class 4B",
        teachers=(Teacher(teacher_id="rivera", name="Ms. Rivera", role="class teacher"),),
        conference_on=date(2026, 11, 25),
    )
    folder = create_class(path, source, school, randomness=chance.randbytes)
    store = folder.store()
    try:
        with store.together():
            for n, told in enumerate(invented(students, template, seed=seed)):
                stage = STAGES[n % len(STAGES)]
                homes = told.student.households
                store.keep_student(
                    told.student.but(households=(homes[0].but(interpreter=n % 11 == 5), *homes[1:]))
                )
                if stage.share is not None:
                    at = NOW - timedelta(hours=3) if n % 3 == 0 else LAST_WEEK
                    store.keep_portfolio(_book(told.portfolio, stage, chance), by="student", at=at)
                    _besides(store, told.portfolio.meta.portfolio_id, stage)
    finally:
        store.close()
    return folder


def _book(whole: Portfolio, stage: Stage, chance: random.Random) -> Portfolio:
    """Return as much of a book as its stage has, page by page from the front, now and then one left out."""
    share = stage.share or 0.0
    entries = [one for one in whole.entries() if not isinstance(one, TeacherNote | Agreement)]
    kept = entries[: round(share * len(entries))]
    kept = [one for one in kept if share >= 1 or chance.random() < 0.9]
    if stage.also == "bare strength":
        bare = {
            "proof": Passage(),
            "piece": None,
            "pictures": (),
            "media": (),
            "quote": Passage(),
            "besides": (),
        }
        kept = [one.but(**bare) if getattr(one, "kind", "") == "strength" else one for one in kept]
    return Portfolio.of(whole.meta.but(status=stage.status, cloth=chance.choice(get_args(Cloth))), kept)


def _besides(store: Any, portfolio_id: str, stage: Stage) -> None:
    """Add what others put into a book at its stage."""

    def keep(entry: Any) -> None:
        store.keep(portfolio_id, entry, expected=0, by=BY, at=LAST_WEEK)

    if stage.also == "words":
        first = store.portfolio(portfolio_id).answers[0]
        told = Passage(text="I used text evidence, and my rubric says that I met the learning target.")
        version = store.entry(portfolio_id, first.entry_id).version
        store.keep(portfolio_id, first.but(words=told), expected=version, by="student", at=NOW)
    if stage.also == "given back":
        words = Passage(text="Your map is clear.\n\nOne thing to try: where did you get stuck?")
        keep(
            Comment(entry_id="back-1", teacher_id="rivera", words=words, on=LAST_WEEK.date(), sends_back=True)
        )
    if stage.status in ("ready", "checked", "presented", "home"):
        keep(
            TeacherNote(
                entry_id="note-rivera", teacher_id="rivera", strength=Passage(text="Asks good questions.")
            )
        )
    if stage.also == "promise":
        what = Passage(text="Bring a list of books about bridges")
        keep(Agreement(entry_id="agreement-1", who="teacher", what=what, by_when=date(2026, 11, 18)))
    if stage.also == "looked at":
        approval = Approval(teacher_id="rivera", on=LAST_WEEK.date(), revision=store.revision(portfolio_id))
        meta, version = store.meta(portfolio_id)
        store.keep_meta(meta.but(approved=approval), expected=version)


# ------------------------------------------------------------------------------------------------- measuring


def desk_of(folder: ClassFolder, store: Any) -> TeacherDesk:
    """Return an open desk whose clock stands still."""
    return TeacherDesk(
        folder=folder, store=store, teacher_id="rivera", now=lambda: NOW, today=NOW.date, new_id=lambda: "n1",
        randomness=os.urandom, new_key=lambda: "k", fingerprint=lambda key: key,
    )  # fmt: skip


def taken(work: Callable[[], object]) -> dict[str, float]:
    """Do something and return its milliseconds: of the processor, and by the clock."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return {"cpu": (time.process_time() - cpu) * 1000, "wall": (time.perf_counter() - wall) * 1000}


def one(folder: ClassFolder, warm_up: ClassFolder) -> dict[str, dict[str, float]]:
    """Return what each way to the screen takes, in this process, once everything is imported."""
    from portfolio.moments.teacher.class_found import FILE
    from portfolio.moments.teacher.class_room import ClassRoom

    with _desk(warm_up) as desk:
        ClassRoom(desk).show(())
    figures = {}
    (folder.hidden / FILE).unlink(missing_ok=True)
    for name in ("first", "again"):
        with _desk(folder) as desk:
            figures[name] = taken(lambda d=desk: ClassRoom(d).show(()))  # type: ignore[misc]  # mypy guesses no lambda's default
    with _desk(folder) as desk:
        room = ClassRoom(desk)
        room.show(())
        figures["shown"] = taken(lambda: room.show(()))
        _write(desk)
        figures["one"] = taken(lambda: room.show(()))
        figures["changed"] = taken(lambda: room.show(("changed",)))
        figures["words"] = taken(lambda: room.show(("words",)))
    return figures


class _desk:  # noqa: N801 - stands in a with statement like a function
    def __init__(self, folder: ClassFolder) -> None:
        self._folder = folder

    def __enter__(self) -> TeacherDesk:
        self._store = self._folder.store()
        return desk_of(self._folder, self._store)

    def __exit__(self, *_: object) -> None:
        self._store.close()


def _write(desk: TeacherDesk) -> None:
    """Let the first child that has a book write something."""
    portfolio_id = desk.store.latest()[0].portfolio_id
    kept = next(k for k in desk.store.entries(portfolio_id) if getattr(k.entry, "kind", "") == "answer")
    words = Passage(text=f"I changed my mind {time.time_ns()} times.")
    desk.store.keep(
        portfolio_id, kept.entry.but(words=words), expected=kept.version, by="student", at=datetime.now(UTC)
    )


ROWS: Final[Mapping[str, str]] = {
    "first": "the class for the first time ever",
    "again": "the desk opened again",
    "shown": "shown again, nothing changed",
    "one": "shown again, one child has written",
    "changed": "who wrote since yesterday",
    "words": "school words of the class",
}


def table(figures: Mapping[int, Sequence[Mapping[str, Mapping[str, float]]]]) -> str:
    """Return the medians as a Markdown table."""
    heads = " | ".join(f"{n} children: CPU ms | by the clock, ms" for n in figures)
    lines = [f"| | {heads} |", "|--|" + "--:|" * (2 * len(figures))]
    for name, words in ROWS.items():
        cells = (
            f"{statistics.median(run[name][what] for run in runs):.0f}"
            for runs in figures.values()
            for what in ("cpu", "wall")
        )
        lines.append(f"| {words} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _runs(
    place: Path, sizes: Sequence[int], rounds: int
) -> Iterator[tuple[int, dict[str, dict[str, float]]]]:
    for _ in range(rounds):
        for size in sizes:
            command = [
                sys.executable,
                str(Path(__file__).resolve()),
                "--one",
                str(place / str(size)),
                str(place / "8"),
            ]
            told = subprocess.run(command, check=True, capture_output=True, text=True)
            yield size, json.loads(told.stdout)


def main(arguments: Sequence[str] | None = None) -> int:
    """Make the classes, measure, print the table."""
    reader = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    reader.add_argument("--sizes", default="35,200")
    reader.add_argument("--rounds", type=int, default=5)
    reader.add_argument("--make", type=Path, metavar="FOLDER", help="only make a class there")
    reader.add_argument("--students", type=int, default=35)
    reader.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked: Any = reader.parse_args(arguments)
    if asked.one:
        print(json.dumps(one(open_class(asked.one[0]), open_class(asked.one[1]))))
        return 0
    if asked.make:
        print(make_class(asked.make, asked.students).path)
        return 0
    sizes = sorted(int(n) for n in asked.sizes.split(","))
    with tempfile.TemporaryDirectory(prefix="portfolio-class-") as name:
        place = Path(name)
        for size in {8, *sizes}:
            make_class(place / str(size), size)
        figures: dict[int, list[dict[str, dict[str, float]]]] = {size: [] for size in sizes}
        for size, run in _runs(place, sizes, asked.rounds):
            figures[size].append(run)
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "not known"
    print(
        f"{table(figures)}\n\nMedians of {asked.rounds} runs, each in a new process; load at the end {load}."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
