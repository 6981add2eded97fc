"""What importing the store costs."""

from __future__ import annotations

import subprocess
import sys


def test_importing_the_store_is_light() -> None:
    """The package brings in no database, picture, YAML or notebook library."""
    heavy = "sqlalchemy", "PIL", "yaml", "nbformat", "nbconvert", "matplotlib"
    say = f"import portfolio.store, sys; print([m for m in {heavy!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
