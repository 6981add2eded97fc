"""What is chosen for a book as a whole: its cloth, how its pages are read, whether it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from portfolio.errors import ChangedMeanwhile, TextRefused
from portfolio.model import PortfolioMeta, Reading
from portfolio.model.portfolio import CueLines, Status
from portfolio.store.port import ClassStore

TRIES: Final = 5
"""How often a choice is laid over what somebody else chose meanwhile."""

IN_THE_MAKING: Final[tuple[Status, ...]] = ("draft", "practising")
"""Where a book is before its child has said that it is ready."""


@dataclass(frozen=True)
class Cover:
    """The cover of one book in a store. A choice is laid over others made meanwhile; none of them is lost."""

    store: ClassStore
    portfolio_id: str

    def status(self) -> Status:
        """Return where the book is on its way."""
        return self.store.meta(self.portfolio_id)[0].status

    def choose_cloth(self, cloth: str) -> None:
        """Bind the book in another cloth: the child chooses. Raises ``TextRefused`` for one we do not have."""
        try:
            self._change(lambda meta: meta.but(cloth=cloth))
        except ValidationError as error:
            raise TextRefused("This cloth is not in the shop. Please choose another one.") from error

    def choose_reading(self, chosen: Mapping[str, object]) -> Reading:
        """Keep how the child likes to read and return it; what ``chosen`` does not name stays as it is.

        Raises ``TextRefused`` for a choice we do not offer.
        """
        try:
            meta = self._change(
                lambda meta: meta.but(reading=Reading.model_validate({**meta.reading.model_dump(), **chosen}))
            )
        except ValidationError as error:
            raise TextRefused("We cannot show pages this way. Please choose another way.") from error
        return meta.reading

    def choose_cue_lines(self, chosen: CueLines) -> CueLines:
        """Keep how much of its lines the child wants to see while it presents, and return it."""
        return self._change(lambda meta: meta.but(cue_lines=chosen)).cue_lines

    def set_ready(self, ready: bool) -> Status:
        """Note that the child calls its book ready, or not yet, and return where the book is now.

        A book the teacher has taken further (checked, presented, at home) stays where it is.
        """

        def change(meta: PortfolioMeta) -> PortfolioMeta:
            if ready and meta.status in IN_THE_MAKING:
                return meta.but(status="ready")
            return meta if ready or meta.status != "ready" else meta.but(status="draft")

        return self._change(change).status

    def _change(self, change: Callable[[PortfolioMeta], PortfolioMeta]) -> PortfolioMeta:
        for _ in range(TRIES):
            meta, version = self.store.meta(self.portfolio_id)
            changed = change(meta)
            if changed == meta:
                return meta
            try:
                self.store.keep_meta(changed, expected=version)
            except ChangedMeanwhile:
                continue
            return changed
        raise ChangedMeanwhile("Many people are writing here just now. Please wait a moment and try again.")
