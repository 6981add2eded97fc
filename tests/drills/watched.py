"""A program that takes hostile names and links everywhere they can come in, while every path it opens is watched.

``watched.py FOLDER EVERY`` works in ``FOLDER/ours`` with every so-manieth name and prints as JSON how many
things were tried, how many paths were looked at, which of them lay elsewhere, and which errors were no
sentence. ``watched.py FOLDER 0`` only shows that the watcher sees: it reads and writes elsewhere on purpose.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from tests.drills.watcher import Watcher
from tests.specimens import corners, plain_jpeg

AT = datetime(2026, 11, 22, 10, 15, tzinfo=UTC)
NAMES = (
    "../outside", "../../outside/secret.txt", "..", ".", "", "/", "con", "nul.txt", "a/b", "a\\b", "..\\outside",
    "x\0y", "~", "~root", "%2e%2e%2foutside", "\ud800", "ines/../../outside", "ｅvil", "A", "é", "a" * 5000, "a.",
    "file:///etc/passwd", ".hidden", "-rf", "$(touch x)", "{x}", "*", "\n", "ines\n", "aux.webp", ".saving-1-1.tmp",
    "../class.sqlite", "ines/", "//outside", "C:\\outside", "\u202e", "ines:stream",
)  # fmt: skip


class Tries:
    """Tries everything, and notes which errors are no sentences."""

    def __init__(self, place: Path, every: int) -> None:
        from portfolio import files
        from portfolio.media import clean_picture
        from portfolio.model import Answer, Household, Passage, Picture, PortfolioMeta, Student
        from portfolio.store.class_folder import ClassFolder, create_class
        from portfolio.store.uploads import Uploads
        from portfolio.testing import SILENCE, small_class

        self.names, self.tried, self.raw = NAMES[::every], 0, set[str]()
        self.place, self.ours, self.outside = place, place / "ours", place / "outside"
        template = files.class_templates() / "3-5.yaml"

        def make(path: Path) -> ClassFolder:
            return create_class(path, template, small_class(), randomness=lambda n: b"s" * n)

        self.make = make
        self.folder = make(self.ours / "class")
        self.store = self.folder.store()
        homes = (Household(household_id="mama", label="Mama"),)
        self.store.keep_student(Student(student_id="ines", name="Inés", households=homes))
        meta = PortfolioMeta(
            portfolio_id="p1", student_id="ines", round="Fall 2026", started_on=date(2026, 9, 1), age_band="3-5",
            template_id="3-5",
        )  # fmt: skip
        self.store.keep_meta(meta, expected=0)
        made = clean_picture(plain_jpeg(corners()))
        self.dots, self.sha, self.silence = made.data, made.sha256, SILENCE
        self.store.keep_picture("ines", self.sha, self.dots, made.thumb)
        picture = Picture(sha256=self.sha, width=made.width, height=made.height, alt=Passage(text="dots"))
        answer = Answer(entry_id="welcome.today", section="welcome", prompt="today", pictures=(picture,))
        self.store.keep("p1", answer, expected=0, by="student", at=AT)
        self.spool = Uploads(self.folder.hidden / "uploads")
        self.spool.put("ines", "0" * 16, 0, b"abc", 6, now=AT)

    def each(self, work: Callable[[], object]) -> None:
        """Try one thing; it may be refused with a sentence or by a record."""
        from pydantic import ValidationError

        from portfolio.errors import PortfolioError

        self.tried += 1
        try:
            work()
        except (PortfolioError, ValidationError):
            pass
        except Exception as error:  # noqa: BLE001 - that is what is counted
            self.raw.add(f"{type(error).__name__}: {error}"[:200])

    def must(self, work: Callable[..., object], *args: Any, **more: Any) -> None:
        """Do what has to work: a refusal is told like an error that is no sentence."""
        from portfolio.errors import PortfolioError

        try:
            work(*args, **more)
        except PortfolioError as error:
            raise AssertionError(f"refused: {error}") from error

    def new_student(self, name: str) -> None:
        """Put a student with this id on the roster."""
        from portfolio.model import Student

        self.store.keep_student(Student(student_id=name, name="x"))

    def new_goal(self, name: str) -> None:
        """Keep an entry with this id."""
        from portfolio.model import Goal

        self.store.keep("p1", Goal(entry_id=name), expected=0, by="student", at=AT)

    def store_names(self) -> Iterator[Callable[[], object]]:
        """Names as ids of students, pictures, portfolios, entries and kept files."""
        s, sha, dots, silence = self.store, self.sha, self.dots, self.silence
        silent = hashlib.sha256(silence).hexdigest()
        for n in self.names:
            suffix: Any = n
            yield partial(self.new_student, n)
            yield partial(s.student, n)
            yield partial(s.rounds, n)
            yield partial(s.portfolio, n)
            yield partial(s.entry, "p1", n)
            yield partial(s.history, n, n)
            yield partial(self.new_goal, n)
            yield partial(s.picture, n, sha)
            yield partial(s.picture, "ines", n)
            yield partial(s.thumb, n, sha)
            yield partial(s.thumb, "ines", n)
            yield partial(s.keep_picture, n, sha, dots, dots)
            yield partial(s.keep_picture, "ines", n, dots, dots)
            yield partial(s.keep_media, n, silent, "wav", silence)
            yield partial(s.keep_media, "ines", silent, suffix, silence)
            yield partial(s.media, "ines", silent, suffix)
            yield partial(s.media, n, n, "wav")
            yield partial(s.media_names, n)
            yield partial(s.drop_media, "ines", n)
            yield partial(s.drop_media, n, n)
            yield partial(s.student_for_key, n)
            yield partial(s.add_key, "ines", n)

    def parts(self) -> Iterator[Callable[[], object]]:
        """Names as ids of students and of files that come in."""
        spool = self.spool
        for n in self.names:
            for student, upload in ((n, "0" * 16), ("ines", n)):
                yield partial(spool.have, student, upload)
                yield partial(spool.put, student, upload, 0, b"abc", 6, now=AT)
                yield partial(spool.whole, student, upload, 3)
                yield partial(spool.note, student, upload, {"x": 1})
                yield partial(spool.noted, student, upload)
                yield partial(spool.all_noted, student)
                yield partial(spool.drop, student, upload)

    def packed(self) -> Iterator[Callable[[], object]]:
        """Names inside of archives and backups, and in what is asked of them."""
        from portfolio.moments import erasing
        from portfolio.moments.archive_in import take_in
        from portfolio.moments.archiving import archive_class
        from portfolio.moments.keeping import back_up, restore
        from portfolio.moments.send_home import send_home
        from portfolio.words import speak

        made = archive_class(self.folder, made_at=AT, say=speak("en")).path
        saved = back_up(self.folder, made_at=AT).path
        other = self.make(self.ours / "other")
        for at, n in enumerate(self.names):
            yield partial(take_in, other, repacked(made, n), at=AT)
            yield partial(take_in, other, repacked(made, f"students/ines/media/{n}"), at=AT)
            yield partial(take_in, other, repacked(made, "", said=n), at=AT)
            yield partial(take_in, other, made, at=AT, students=["ines"], as_id=n)
            yield partial(restore, repacked(saved, n), self.ours / f"again-{at}")
            yield partial(restore, repacked(saved, f"media/{n}"), self.ours / f"again-m{at}")
            yield partial(archive_class, self.folder, made_at=AT, say=speak("en"), students=[n])
            yield partial(send_home, self.folder, students=[n])
            yield partial(erasing.look, self.folder, n)
            yield partial(erasing.erase, self.folder, n)
        # and once everything as it should be, under the same eyes
        yield partial(self.must, take_in, other, made, at=AT)
        yield partial(self.must, restore, saved, self.ours / "again")
        yield partial(self.must, back_up, self.folder, self.ours / "b.zip", made_at=AT)
        yield partial(
            self.must,
            archive_class,
            self.folder,
            self.ours / "a.zip",
            made_at=AT,
            say=speak("en"),
            history=True,
        )
        yield partial(self.must, erasing.erase, other, "ines")
        yield partial(take_in, other, linked(made), at=AT)
        yield partial(restore, linked(saved), self.ours / "linked")

    def links(self) -> Iterator[Callable[[], object]]:
        """Links to elsewhere in the place of folders, files and pictures of a notebook."""
        from portfolio.moments.send_home import send_home

        media, sha = self.folder.media, self.sha
        yield partial(send_home, self.folder)
        for name in (f"{sha}.webp", f"{sha}.thumb.webp"):
            (media / "ines" / name).unlink(missing_ok=True)
            (media / "ines" / name).symlink_to(self.outside / "secret.txt")
        yield partial(self.store.picture, "ines", sha)
        yield partial(self.store.thumb, "ines", sha)
        yield partial(send_home, self.folder)
        yield partial(self.store.keep_picture, "ines", sha, self.dots, self.dots)
        shutil.rmtree(media / "ines")
        (media / "ines").symlink_to(self.outside)
        yield partial(self.store.keep_picture, "ines", sha, self.dots, self.dots)
        yield partial(self.store.media_names, "ines")
        yield partial(self.store.drop_media, "ines", f"{'0' * 64}.webp")
        page = next(self.folder.home.glob("*.html"), self.folder.home / "ines-mama.html")
        page.unlink(missing_ok=True)
        page.symlink_to(self.outside / "secret.txt")
        yield partial(send_home, self.folder)
        shutil.rmtree(self.folder.hidden / "uploads" / "ines")
        (self.folder.hidden / "uploads" / "ines").symlink_to(self.outside)
        yield partial(self.spool.put, "ines", "0" * 16, 0, b"abc", 6, now=AT)
        yield partial(self.spool.all_noted, "ines")
        yield partial(self.store.forget_student, "ines")

    def notebook(self) -> Iterator[Callable[[], object]]:
        """Pictures that a teacher's own cell names elsewhere."""
        from portfolio.moments.send_home import send_home

        (self.folder.path / "link.png").symlink_to(self.outside / "secret.txt")
        told = json.loads(self.folder.student_notebook.read_text(encoding="utf-8"))
        for name in (
            "../../outside/secret.txt",
            str(self.outside / "secret.txt"),
            "link.png",
            "attachment:x.png",
        ):
            cell = {
                "cell_type": "markdown",
                "id": f"c{len(told['cells'])}",
                "metadata": {},
                "source": f"![x]({name})",
            }
            told["cells"].append(cell)
        self.folder.student_notebook.write_text(json.dumps(told), encoding="utf-8")
        yield self.folder.outline
        yield partial(send_home, self.folder)


def repacked(path: Path, name: str, said: str | None = None) -> Path:
    """Return a zip with one more file of this name, or with another id told for the child."""
    with zipfile.ZipFile(path) as packed:
        found = {n: packed.read(n) for n in packed.namelist()}
    if said is None:
        found[name] = b"{}"
    else:
        found = {n: d.replace(b'"ines"', json.dumps(said).encode()) for n, d in found.items()}
    return _packed(path, found)


def _packed(path: Path, found: dict[str, bytes], link: str = "") -> Path:
    told = json.loads(found.pop("manifest.json"))
    told["files"] = {n: {"size": len(d), "sha256": hashlib.sha256(d).hexdigest()} for n, d in found.items()}
    made = path.with_name("changed.zip")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for n, data in {**found, "manifest.json": json.dumps(told).encode()}.items():
            info = zipfile.ZipInfo(n.encode("utf-8", "replace").decode())
            if n == link:
                info.external_attr = 0o120777 << 16
            new.writestr(info, data)
    made.write_bytes(buffer.getvalue())
    return made


def linked(path: Path) -> Path:
    """Return a zip in which a picture is a link to elsewhere."""
    with zipfile.ZipFile(path) as packed:
        found = {n: packed.read(n) for n in packed.namelist()}
    picture = next(n for n in found if n.endswith(".webp"))
    return _packed(path, {**found, picture: b"../../../outside/secret.txt"}, picture)


def main(place: Path, every: int) -> None:
    """Try everything under the eyes of the watcher."""
    tries = Tries(place, max(every, 1))
    watcher = Watcher(tries.ours.resolve())
    if every:
        for kind in (tries.store_names, tries.parts, tries.packed, tries.notebook, tries.links):
            for work in kind():
                watcher.watch(on=True)
                tries.each(work)
                watcher.watch(on=False)
    else:
        watcher.watch(on=True)
        (tries.outside / "secret.txt").read_bytes()
        (tries.ours / "away").symlink_to(tries.outside)
        (tries.ours / "away" / "new.txt").write_bytes(b"new")
        watcher.watch(on=False)
    tries.store.close()
    told: dict[str, Any] = {"tried": tries.tried, "seen": watcher.seen}
    told |= {"elsewhere": sorted(watcher.elsewhere), "raw": sorted(tries.raw)}
    print(json.dumps(told))  # noqa: T201 - this is how it tells


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
