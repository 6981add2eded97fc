"""The cards for ten minutes at home that we ship: ``home.yaml``, which people edit, put together in ``home.json``.

    python .ci/activities.py            put together
    python .ci/activities.py --check    change nothing; exit with 1 if ``home.json`` is not current

The same file gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from portfolio import files  # noqa: E402 - found through the line above
from portfolio.store.activities_file import written_deck  # noqa: E402 - found through the line above


def main(arguments: list[str]) -> int:
    """Put the cards together, or say whether they are."""
    made = written_deck().model_dump_json(exclude_defaults=True) + "\n"
    path = files.home_deck()
    if path.is_file() and path.read_text(encoding="utf-8") == made:
        return 0
    if "--check" in arguments:
        print(f"{path.name} is not what home.yaml says: run .ci/activities.py")
        return 1
    path.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
