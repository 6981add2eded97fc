"""What another template would do to work that is begun: looked at, told, and nothing changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from portfolio.errors import InputRefused, NotebookMistake, TemplateMistake
from portfolio.model import ClassTemplate, Portfolio
from portfolio.moments.template_rescue import as_far_as_read
from portfolio.moments.template_settle import NOTEBOOK, TEMPLATE, renames_in, settle
from portfolio.rules.template_changes import Changes, effective, shown_sections, template_changes
from portfolio.rules.template_renames import (
    Renames,
    carried_over,
    check_renames,
    composed,
    inverse,
    renamed,
    taken_names,
)
from portfolio.store import template_pair as pairs
from portfolio.store.class_folder import ClassFolder
from portfolio.store.notebook_edit import arranged
from portfolio.store.notebook_file import parse_outline
from portfolio.store.port import ClassStore
from portfolio.store.template_file import parse_template
from portfolio.store.template_pair import Pair
from portfolio.store.template_write import template_text

_VERSION: Final = re.compile(r"(?m)^version:[ \t]*\d+[ \t]*(?=\r?$|#)")


class OtherGrades(InputRefused):
    """The template is for other grades than the class; ``theirs`` and ``ours`` are the bands."""


@dataclass(frozen=True)
class Review:
    """What a push would do. ``changes`` in data, ``names`` of the students by id, ``shown``: the pages in order.

    ``seen`` is the digest of both files as they were looked at; ``pair`` is what would be written.
    """

    before: ClassTemplate
    after: ClassTemplate
    shown: tuple[str, ...]
    changes: Changes
    names: Mapping[str, str]
    seen: str
    pair: Pair = field(repr=False)
    different: bool = True
    renames: Renames = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()
    """The names of the files that could not be read: they are kept beside themselves."""

    def __bool__(self) -> bool:
        """Return whether anything would be different, be it only a cell of the teacher's own."""
        return self.different


def review(
    folder: ClassFolder,
    store: ClassStore,
    after: ClassTemplate,
    section_ids: Sequence[str],
    *,
    renames: Renames | None = None,
) -> Review:
    """Return what putting ``after``, with these pages in this order, in the place of what is there would do.

    Nothing is changed. The version of ``after`` does not matter: it becomes the next one. ``renames`` as in
    :mod:`portfolio.rules.template_renames`. Raises ``TemplateMistake`` for a template no file may say,
    ``NotebookMistake`` for a notebook that cannot be read, ``NotFound`` for a page the template does not have,
    ``InputRefused`` for renames that are none, for a book without any page, and for a template of other grades.
    """
    settle(folder, store)
    now = _Now.of(folder)
    if not section_ids:
        raise InputRefused("A book needs a page. Put one in, then try again.")
    after = after.but(version=now.template.version + 1)
    check_renames(now.template, after, renames or {})
    text = _template_text(now, after)
    retitled = {
        s.section_id for s in after.sections if (t := now.titled.section(s.section_id)) and t.title != s.title
    }
    notebook = arranged(now.pair.notebook_text, after, section_ids, retitled=retitled, name=NOTEBOOK)
    return _reviewed(
        store, now, parse_template(text, TEMPLATE), Pair(text.encode(), notebook.encode()), renames or {}
    )


def review_earlier(folder: ClassFolder, store: ClassStore, stamp: str) -> Review:
    """Return what bringing back an earlier pair would do; raises as :func:`review`, and ``NotFound``.

    Names given since are taken back with it. It can also be looked at when the files there are now cannot be read.
    """
    settle(folder, store)
    pair, _ = pairs.earlier_pair(folder, stamp)
    there = parse_template(pair.template_text, TEMPLATE)
    parse_outline(pair.notebook_text, NOTEBOOK)
    renames = _back_to(folder, stamp)
    now = _Now.or_as_read(folder, there, pair, renames)
    after = there.but(version=now.template.version + 1)
    text = _VERSION.sub(f"version: {after.version}", pair.template_text, count=1)
    text = text if _says(text, after) else template_text(after, like=pair.template_text)
    try:
        check_renames(now.template, after, renames)
    except InputRefused:
        renames = {}  # a name has been given to something else since: the words stay where they are
    return _reviewed(store, now, after, Pair(text.encode(), pair.notebook_text.encode()), renames)


def _back_to(folder: ClassFolder, stamp: str) -> Renames:
    """Return which names were given since an earlier pair, from those of now to those of then."""
    newest_first = pairs.stamps(folder)
    renames: Renames = {}
    for one in newest_first[: newest_first.index(stamp) + 1]:
        renames = composed(renames, inverse(renames_in(pairs.about_earlier(folder, one))))
    return renames


@dataclass(frozen=True)
class _Now:
    """What the class has at this moment, read at once. What could not be read is as an earlier pair has it."""

    pair: Pair
    template: ClassTemplate
    titled: ClassTemplate
    shown: tuple[str, ...]
    unreadable: tuple[str, ...] = ()

    @classmethod
    def or_as_read(cls, folder: ClassFolder, known: ClassTemplate, earlier: Pair, renames: Renames) -> _Now:
        """Return what the class has; for a file that cannot be read, what the earlier pair says under the names of now."""
        pair, unreadable = pairs.read_pair(folder), []
        try:
            template = parse_template(pair.template_text, TEMPLATE)
        except TemplateMistake:
            unreadable.append(TEMPLATE)
            template = as_far_as_read(pair.template_text, renamed(known, inverse(renames)))
        try:
            outline = parse_outline(pair.notebook_text, NOTEBOOK)
        except NotebookMistake:
            unreadable.append(NOTEBOOK)
            outline = parse_outline(earlier.notebook_text, NOTEBOOK)
        titled, shown = effective(template, outline), shown_sections(template, outline)
        return cls(pair, template, titled, shown, tuple(unreadable))

    @classmethod
    def of(cls, folder: ClassFolder) -> _Now:
        pair = pairs.read_pair(folder)
        template = parse_template(pair.template_text, TEMPLATE)
        outline = parse_outline(pair.notebook_text, NOTEBOOK)
        return cls(pair, template, effective(template, outline), shown_sections(template, outline))


def _check_band(store: ClassStore, now: _Now, after: ClassTemplate) -> None:
    """Refuse a template of other school years: the books are drawn for the years of the class."""
    band = store.school_class().age_band
    known = (band,) if TEMPLATE in now.unreadable else (band, now.template.age_band)
    if after.age_band not in known:
        raise OtherGrades(
            "This template is for grades {theirs}, your class is {ours}. Change “age_band” in the file, if its "
            "questions fit.",
            theirs=after.age_band,
            ours=band,
        )


def _reviewed(store: ClassStore, now: _Now, after: ClassTemplate, pair: Pair, renames: Renames) -> Review:
    _check_band(store, now, after)
    outline = parse_outline(pair.notebook_text, NOTEBOOK)
    titled, shown = effective(after, outline), shown_sections(after, outline)
    books = _books(store)
    taken = [name for book in books for name in taken_names(after, carried_over(book, renames))]
    if taken:
        raise InputRefused(
            "The name “{name}” was that of another question before, and its answers are still kept under it. Give the "
            "new question another name.",
            name=taken[0],
        )
    changes = template_changes(now.titled, titled, now.shown, shown, books, renames=renames)
    return Review(
        before=now.template,
        after=after,
        shown=shown,
        changes=changes,
        names={student.student_id: student.name for student in store.students()},
        seen=now.pair.digest,
        pair=pair,
        different=bool(now.unreadable) or bool(changes) or _cells(pair) != _cells(now.pair),
        renames=renames,
        unreadable=now.unreadable,
    )


def _cells(pair: Pair) -> list[dict[str, Any]]:
    """Return the cells of a notebook without what only we read: their ids, and what we wrote about them."""
    found = []
    for cell in json.loads(pair.notebook_text)["cells"]:
        more = {
            name: value for name, value in dict(cell.get("metadata") or {}).items() if name != "portfolio"
        }
        source = cell.get("source", "")
        text = source if isinstance(source, str) else "".join(source)
        found.append({**cell, "id": "", "metadata": more, "source": text})
    return found


def _books(store: ClassStore) -> tuple[Portfolio, ...]:
    """Return everybody's portfolio of this round, in roster order; who has none is left out."""
    now, rounds = store.school_class().round, store.all_rounds()
    metas = (meta for student in store.students() for meta in rounds.get(student.student_id, ()))
    return tuple(store.portfolio(meta.portfolio_id) for meta in metas if meta.round == now)


def _template_text(now: _Now, after: ClassTemplate) -> str:
    """Return the text of class.yaml: as it is but for its version if nothing else is different, else written anew."""
    same = _VERSION.sub(f"version: {after.version}", now.pair.template_text, count=1)
    if after.but(version=now.template.version) == now.template and _says(same, after):
        return same
    text = template_text(after, like=now.pair.template_text)
    if parse_template(text, TEMPLATE) != after:
        raise TemplateMistake("{file} would not say what was asked for. Nothing was changed.", file=TEMPLATE)
    return text


def _says(text: str, template: ClassTemplate) -> bool:
    try:
        return parse_template(text, TEMPLATE) == template
    except TemplateMistake:
        return False
