"""The invented sample class: from readable files to a class folder like any other.

``sample_data/<class>/class.yaml`` holds the class, its students and their households;
``<student>.<round>.yaml`` one portfolio each, in the shape of :class:`portfolio.model.Portfolio`, where a
plain text stands for a passage in the portfolio's language and ``file: name.jpg`` for a picture.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from portfolio import files
from portfolio.errors import NotFound
from portfolio.media import clean_picture
from portfolio.model import Portfolio, SchoolClass, Student
from portfolio.moments.home import send_home
from portfolio.store.class_folder import ClassFolder, create_class, open_class
from portfolio.store.port import ClassStore
from portfolio.words import Speech


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
    whole = _with_pictures(told, store, str(meta["student_id"]))
    lang = str(meta.get("language", "en"))
    portfolio = Portfolio.model_validate(whole, context={"lang": lang})
    store.keep_meta(portfolio.meta, expected=0)
    for entry in portfolio.entries():
        store.keep(portfolio.meta.portfolio_id, entry, expected=0, by="student", at=at)  # type: ignore[arg-type]  # entries() gives AnyEntry


def _with_pictures(value: Any, store: ClassStore, student_id: str) -> Any:
    """Return the value with every ``{file: …}`` replaced by a kept picture."""
    if isinstance(value, list):
        return [_with_pictures(item, store, student_id) for item in value]
    if not isinstance(value, dict):
        return value
    whole = {key: _with_pictures(item, store, student_id) for key, item in value.items()}
    name = whole.pop("file", None)
    if name is None:
        return whole
    made = clean_picture((files.sample_class() / "pictures" / str(name)).read_bytes())
    store.keep_picture(student_id, made.sha256, made.data, made.thumb)
    return {"sha256": made.sha256, "width": made.width, "height": made.height, **whole}


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
