"""How I like to read: letters, size, room between the lines, contrast. The child chooses, the page follows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import traitlets

from portfolio.errors import N_, PortfolioError
from portfolio.model import Reading
from portfolio.widgets.base import Kit, Ours
from portfolio.widgets.wire import LikesToRead

Question = tuple[str, str, Sequence[tuple[str, str]]]
"""A question about reading: its name in the model, its words, and the answers (value and word)."""

QUESTIONS: Final[Sequence[Question]] = (
    ("letters", N_("Letters"), (("book", N_("as in a book")), ("plain", N_("plain")))),
    ("size", N_("Size"), (("usual", N_("usual")), ("large", N_("large")), ("larger", N_("larger")))),
    ("spacing", N_("Room between words and lines"), (("usual", N_("usual")), ("wide", N_("wide")))),
    ("contrast", N_("Ink and paper"), (("usual", N_("usual")), ("high", N_("strong")))),
)
"""What may be chosen, as :class:`portfolio.model.Reading` has it, in English."""


def questions(translate: Callable[[str], str] = str) -> Sequence[Question]:
    """Return the four questions, each word put through ``translate``."""
    return tuple(
        (name, translate(ask), tuple((choice, translate(word)) for choice, word in choices))
        for name, ask, choices in QUESTIONS
    )


class ReadingPanel(Ours):
    """Four questions about reading, each with a few answers.

    ``asks``: the questions in the child's language · ``chosen``: the answers now (the model's own if ``None``) ·
    ``keep``: keeps one change and returns all answers, may raise ``PortfolioError`` · ``say``: words such an
    error for the child.
    """

    shows = traitlets.Unicode("reading").tag(sync=True)
    asks: traitlets.List[Any] = traitlets.List().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        asks: Sequence[Question],
        chosen: LikesToRead | None = None,
        *,
        keep: Callable[[Mapping[str, str]], LikesToRead],
        say: Callable[[PortfolioError], str],
        kit: Kit | None = None,
    ) -> None:
        self._keep = keep
        self._say = say
        now = dict(chosen or Reading().model_dump())
        told = [[name, ask, [list(choice) for choice in choices]] for name, ask, choices in asks]
        super().__init__(kit=kit, asks=told, chosen=now)

    def hear(self, content: object, buffers: list[Any]) -> None:  # noqa: ARG002 - a choice carries none
        """Keep one answer and say so, or say why not and what holds still."""
        if not isinstance(content, Mapping) or content.get("type") != "reading":
            return
        name, choice = str(content.get("name")), str(content.get("choice"))
        try:
            self.chosen = dict(self._keep({name: choice}))
        except PortfolioError as error:
            self.tell({"type": "refused", "sentence": self._say(error), "reading": self.chosen})
        else:
            self.tell({"type": "saved", "reading": self.chosen})
