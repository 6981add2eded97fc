"""The command ``portfolio``, with the small room of ``tests/guest_rooms.py`` in place of the real ones."""

from __future__ import annotations

from portfolio.serve import family_door
from tests import guest_rooms

if __name__ == "__main__":
    from portfolio.cli import main

    vars(family_door).update(FAMILY=guest_rooms.FAMILY, CUES=guest_rooms.CUES)
    main()
