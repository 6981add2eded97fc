"""What the server imports and never asks: it is imported when it is first asked, not while children wait for the door.

jupyter_server brings a checker of international web addresses, ``rfc3987_syntax``, which builds a whole parser as
soon as it is imported: two thirds of the time until our server answers. It comes by way of jsonschema, which keeps one
function of it and calls it only where a schema speaks of such addresses; no schema here does.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

SLOW: Final = "rfc3987_syntax"
"""The package whose import takes so long."""


@contextmanager
def put_off(name: str = SLOW) -> Iterator[None]:
    """While the block runs, let whoever imports functions of this package get some that import it when they are called.

    Afterwards all is as it was: who imports the package then gets the package. Nothing is done where it is not
    installed, or imported already.
    """
    if name in sys.modules or importlib.util.find_spec(name) is None:
        yield
        return
    stand_in = sys.modules[name] = _StandIn(name)
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]


class _StandIn(ModuleType):
    """A package that has any function anybody asks for."""

    def __getattr__(self, function: str) -> Any:
        if function.startswith("__"):  # what importing itself asks: not a function of the package
            raise AttributeError(function)

        def later(*given: Any, **named: Any) -> Any:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]
            return getattr(importlib.import_module(self.__name__), function)(*given, **named)

        return later
