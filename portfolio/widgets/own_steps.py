"""Which versions of a card our own page has made, so that none of them is taken for somebody else's."""

from __future__ import annotations


class OwnSteps:
    """The steps one sheet took: from which version of an entry to which."""

    def __init__(self) -> None:
        self._taken: dict[tuple[str, str], dict[int, int]] = {}

    def newest(self, entry: str, field: str, base: int) -> int:
        """Return the version a value was really written on; without a field, the one of the whole card.

        A page may send twice before the first answer is back; then its ``base`` is older than its own
        last step, and the keeper must not take that step for somebody else's.
        """
        for _ in range(1000):
            step = self._taken.get((entry, field), {}).get(base) or self._taken.get((entry, ""), {}).get(base)
            if step is None:
                break
            base = step
        return base

    def took(self, entry: str, field: str, base: int, version: int, *, alone: bool) -> None:
        """Note a step with one answer, or (without a field) with the card as a whole.

        ``alone``: nobody else changed the card in between, so it is true for its other answers too.
        """
        if field:
            self._taken.setdefault((entry, field), {})[base] = version
        if alone:
            self._taken.setdefault((entry, ""), {})[base] = version

    def forget(self) -> None:
        """Forget them all: something brought back an earlier version, and what came before leads nowhere."""
        self._taken.clear()
