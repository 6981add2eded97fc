"""A class template as one file to share: looked at, taken into a class, given away."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from portfolio.errors import InputRefused, NotFound
from portfolio.model import ClassTemplate
from portfolio.moments.template_review import Review, review
from portfolio.rules.template_changes import effective, order_with, shown_sections
from portfolio.store.atomic import write_atomically
from portfolio.store.class_folder import ClassFolder
from portfolio.store.port import ClassStore
from portfolio.store.template_file import parse_template
from portfolio.store.template_write import template_text
from portfolio.store.yaml_lines import written


@dataclass(frozen=True)
class Given:
    """A template that was written for others: where, how many pages, which files a class needs beside it."""

    path: Path
    pages: int
    beside: tuple[str, ...]


def files_beside(template: ClassTemplate) -> tuple[str, ...]:
    """Return the recordings and pictures its questions name, as places in the folder of a class, sorted."""
    prompts = [prompt for section in template.sections for prompt in section.prompts]
    spoken = {f"spoken/{prompt.spoken}" for prompt in prompts if prompt.spoken}
    return tuple(sorted(spoken | {f"pictures/{prompt.picture}" for prompt in prompts if prompt.picture}))


def review_shared(folder: ClassFolder, store: ClassStore, after: ClassTemplate) -> Review:
    """Return what taking a template in would do; the pages are those :func:`order_with` finds.

    Raises as :func:`portfolio.moments.template_review.review`.
    """
    before, outline = folder.template(), folder.outline()
    return review(folder, store, after, order_with(before, shown_sections(before, outline), after))


def shared_text(folder: ClassFolder) -> str:
    """Return the template of a class as a text to give away: with the titles and the order of its notebook.

    Raises ``NotFound``, ``TemplateMistake`` or ``NotebookMistake``.
    """
    path = folder.template_file
    missing = NotFound("There is no class template at {place}.", place=str(path))
    return template_text(effective(folder.template(), folder.outline()), like=written(path, missing))


def give(folder: ClassFolder, to: Path) -> Given:
    """Write the template of a class to a file that must not be there yet. Raises ``PortfolioError``s in sentences."""
    if to.exists() or to.is_symlink():
        raise InputRefused("There is a file {path} already. Choose another name.", path=to)
    if not to.absolute().parent.is_dir():
        raise NotFound("There is no folder {path}. Make it first, or choose another place.", path=to.parent)
    text = shared_text(folder)
    write_atomically(to.absolute(), text.encode("utf-8"))
    template = parse_template(text, to.name)
    return Given(to, len(template.sections), files_beside(template))
