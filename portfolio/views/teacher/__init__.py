"""The screens of the teacher's desk: a dataclass for each, whose fields are exactly what its template may use."""

from __future__ import annotations

import dataclasses
from typing import ClassVar, Protocol

from portfolio.views.environment import environment
from portfolio.views.safe import SafePage
from portfolio.words import Speech


class TeacherPage(Protocol):
    """A screen, or a part of one: a frozen dataclass with a ``template`` and a voice."""

    template: ClassVar[str]

    @property
    def say(self) -> Speech:
        """Our texts in the teacher's language."""


def render(page: TeacherPage) -> SafePage:
    """Return a screen as HTML: a fragment, without head and frame. Templates stand in ``pages/teacher``."""
    values = {one.name: getattr(page, one.name) for one in dataclasses.fields(page)}  # type: ignore[arg-type]  # a dataclass, by its promise
    return SafePage(environment().get_template(f"teacher/{page.template}").render(values))
