"""The cloth of the book: the child chooses it, and it never means anything else."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import traitlets

from portfolio.errors import PortfolioError
from portfolio.widgets.base import Kit, Ours


class Cloths(Ours):
    """Six cloths to choose from.

    ``choices``: name and word of each · ``chosen``: the name of the one the book has · ``keep``: keeps a
    choice, may raise ``PortfolioError`` · ``say``: words such an error for the child.
    """

    shows = traitlets.Unicode("cloths").tag(sync=True)
    choices: traitlets.List[list[str]] = traitlets.List().tag(sync=True)
    chosen = traitlets.Unicode().tag(sync=True)

    def __init__(
        self,
        choices: Sequence[tuple[str, str]],
        chosen: str,
        *,
        keep: Callable[[str], None],
        say: Callable[[PortfolioError], str],
        kit: Kit | None = None,
    ) -> None:
        self._keep = keep
        self._say = say
        super().__init__(kit=kit, choices=[list(choice) for choice in choices], chosen=chosen)

    def hear(self, content: object, buffers: list[Any]) -> None:  # noqa: ARG002 - a choice carries none
        """Keep the cloth a child chose and say so, or say why not and which one it still is."""
        if not isinstance(content, Mapping) or content.get("type") != "cloth":
            return
        cloth = content.get("cloth")
        try:
            self._keep(cloth if isinstance(cloth, str) else "")
        except PortfolioError as error:
            self.tell({"type": "refused", "sentence": self._say(error), "cloth": self.chosen})
        else:
            self.chosen = str(cloth)
            self.tell({"type": "saved", "cloth": self.chosen})
