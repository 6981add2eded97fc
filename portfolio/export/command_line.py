"""What is different when ``jupyter nbconvert`` runs: trouble is one line and an exit code, never a traceback."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

from traitlets.config import Application


def running_app() -> Any:
    """Return the program ``jupyter nbconvert`` if this is it, else ``None``; the program has no types."""
    # never imported here: nbconvert makes one of each exporter while it defines its program
    program = getattr(sys.modules.get("nbconvert.nbconvertapp"), "NbConvertApp", None)
    if program is None or not Application.initialized():
        return None
    app = Application._instance  # noqa: SLF001 - instance() would make another one where the classes differ
    return app if isinstance(app, program) else None


def stop_with(sentence: str) -> NoReturn:
    """End the program with a sentence. nbconvert would print a traceback with every ``ConversionException``."""
    running_app().log.error(sentence)
    raise SystemExit(1)
