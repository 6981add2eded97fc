"""The rehearsal as the cells of its notebook know it: one call a cell, like the desk."""

from __future__ import annotations

from typing import Any

import ipywidgets

from portfolio.widgets.desk import Desk
from portfolio.widgets.path import Done


class Rehearsal(Desk):
    """A child's rehearsal in a notebook: the same controls as at its desk, on pages of their own.

    Its pages are ``say``, ``instead``, ``how-much`` and ``practise``.
    """

    def done(self) -> Done:
        """Return what stands at the end: where one goes from here, the way out."""
        return Done(self._host.links(), leave=self._host.leave(), kit=self._kit)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Show contents, saving line and how one likes to read."""
        box = ipywidgets.VBox([self.status(), self.path(), self.reading()])
        return box._repr_mimebundle_(**kwargs)
