"""``python -m portfolio.export``: what the exporter can be told, as nbconvert's ``--help-all`` would say it."""

from __future__ import annotations

import sys
from typing import Any

from portfolio.export.exporter import PortfolioExporter
from portfolio.export.running import RunOwnCells

OURS = ("student", "household", "class_folder", "limit", "only_looked_at"), ("timeout", "all_together")


def main() -> None:
    """Write the help of our own wishes."""
    lines = ["jupyter nbconvert --to portfolio student.ipynb [wishes]", ""]
    ours: tuple[Any, ...] = (PortfolioExporter, RunOwnCells)  # traitlets has no types for its classes
    for about, names in zip(ours, OURS, strict=True):
        traits = about.class_traits(config=True)
        lines += (about.class_get_trait_help(traits[name]) for name in names)
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
