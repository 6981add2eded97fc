"""The invented sample class: from readable files to a class folder like any other.

``sample_data/<class>/class.yaml`` holds the class, its students and their households;
``glossary.yaml`` its own school words, if it has any (so ``activities.yaml`` and ``places-that-help.csv``); ``<student>.<round>.yaml`` one portfolio each, in the shape of :class:`portfolio.model.Portfolio`, where a
plain text stands for a passage in the portfolio's language. ``file: name.jpg`` stands for a picture, and
``file: name.mp3`` (a sound, a film, a document, a text, a program) for a medium: both come in the way a
child's own files do, and what stands beside ``file`` (``alt``, ``transcript``, …) is laid on what they became.
"""

from __future__ import annotations

import secrets
import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import yaml

from portfolio import files
from portfolio.errors import NotFound
from portfolio.model import Portfolio, SchoolClass, Student
from portfolio.moments.arrivals import Arrivals, Value
from portfolio.moments.send_home import send_home
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder, create_class, open_class
from portfolio.store.glossary_layers import CLASS_FILE
from portfolio.store.glossary_write import write_glossary
from portfolio.store.help_places_file import FILE as PLACES
from portfolio.store.our_deck import FILE as ACTIVITIES
from portfolio.store.port import ClassStore
from portfolio.store.uploads import LARGEST_PART, Uploads
from portfolio.words import Speech

PICTURES: Final = (".jpg", ".png")
"""How the names of files end that come in as pictures; all others come in as media."""


def sample_classes() -> tuple[str, ...]:
    """Return the names of the sample classes we ship."""
    return tuple(sorted(p.parent.name for p in files.sample_class().glob("*/class.yaml")))


def make_sample(name: str, target: Path, *, at: datetime, randomness: Callable[[int], bytes]) -> ClassFolder:
    """Make the class folder ``target`` from a sample class and return it.

    ``at`` is the time (with zone) the entries are said to be written; ``randomness`` gives secret bytes.
    Raises ``NotFound`` for an unknown name and ``InputRefused`` if the folder is not empty.
    """
    source = files.sample_class() / name
    if not (source / "class.yaml").is_file():
        raise NotFound(
            "There is no sample class “{name}”. Known are: {known}.",
            name=name,
            known=", ".join(sample_classes()),
        )
    listed = _read(source / "class.yaml")
    template = files.class_templates() / str(listed["template"])
    school = SchoolClass.model_validate(listed["class"])
    folder = create_class(target, template, school, randomness=randomness)
    try:
        _fill(folder, listed, sorted(source.glob("*.*.yaml")), at)
        words = source / CLASS_FILE
        if words.is_file():
            write_glossary(folder.path / CLASS_FILE, words.read_text(encoding="utf-8"))
        for beside in (ACTIVITIES, PLACES):
            if (source / beside).is_file():
                write_atomically(folder.path / beside, (source / beside).read_bytes())
    except BaseException:  # half a class would look like a whole one the next time
        shutil.rmtree(folder.path, ignore_errors=True)
        raise
    return folder


def _fill(folder: ClassFolder, listed: dict[str, Any], portfolios: list[Path], at: datetime) -> None:
    store = folder.store()
    try:
        for student in listed["students"]:
            store.keep_student(Student.model_validate(student))
        for path in portfolios:
            _put_portfolio(store, _read(path), at)
    finally:
        store.close()


def _read(path: Path) -> dict[str, Any]:
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _put_portfolio(store: ClassStore, told: dict[str, Any], at: datetime) -> None:
    meta = told["meta"]
    lang = str(meta.get("language", "en"))
    with tempfile.TemporaryDirectory() as waiting:  # nothing of ours waits in a class folder
        uploads = Uploads(Path(waiting) / "uploads")
        arrivals = Arrivals(store, uploads, str(meta["student_id"]), lang, lambda: at)
        whole = _with_files(told, arrivals)
    portfolio = Portfolio.model_validate(whole, context={"lang": lang})
    store.keep_portfolio(portfolio, by="student", at=at)


def _with_files(value: Any, arrivals: Arrivals) -> Any:
    """Return the value with every ``{file: …}`` replaced by the picture or medium it became."""
    if isinstance(value, list):
        return [_with_files(item, arrivals) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _with_files(item, arrivals) for key, item in value.items()}
    name = whole.pop("file", None)
    return whole if name is None else _laid_on(_arrived(arrivals, str(name)), whole)


def _laid_on(made: Value, told: Value) -> Value:
    """Return what a file became with what is told about it.

    Told of the words of a file (their language, a translation), it stands beside those words.
    """
    whole = {**made, **told}
    for name, more in told.items():
        if isinstance(more, dict) and isinstance(made.get(name), str):
            whole[name] = {"text": made[name], **more}
    return whole


def _arrived(arrivals: Arrivals, name: str) -> Value:
    """Bring a file of ours in, part by part, as a child's page does, and return what it became."""
    pictured = name.endswith(PICTURES)
    places = (files.sample_class() / folder / name for folder in ("pictures", "media"))
    raw = next(place for place in places if place.is_file()).read_bytes()
    upload = sha256(raw).hexdigest()  # the same file twice is cleaned once
    there = arrivals.where(upload)
    while there < len(raw):
        there = arrivals.part(upload, there, raw[there : there + LARGEST_PART], len(raw))
    return arrivals.take("photos" if pictured else "media", upload, len(raw), name)


def make_demo(
    target: Path, *, at: datetime, tell: Callable[[str], None], say: Speech
) -> tuple[ClassFolder, ...]:
    """Make the sample classes in ``target`` (those that are not there yet), export every home file, return them.

    What somebody wrote in the sample classes since stays.
    """
    classes = []
    for name in sample_classes():
        path = target / name
        there = (path / "class.yaml").is_file()
        folder = open_class(path) if there else make_sample(name, path, at=at, randomness=secrets.token_bytes)
        classes.append(folder)
        for sent in send_home(folder):
            who = f"{sent.student.name} ({sent.household.label if sent.household else '–'})"
            tell(f"  {who}: {sent.path or say('not yet')}")
    tell(say("One file for each home is ready in {path}.", path=target))
    return tuple(classes)
