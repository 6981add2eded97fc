"""Portfolio: student-led conferences in Jupyter.

One value passes through all of it. Widgets make a new one, the store keeps it, rules look at it, views
turn it into pages, edges carry the pages out::

    cli  notebook                              one thin command per moment; what a notebook's first cell calls
     │
    widgets  export  serve                     EDGES: what hands touch, files that leave, who may come in
     │
    carry                                      WHAT A PAGE ASKS AND GETS: rooms carried to a widget, or over HTTP
     │
    moments                                    WHAT HAPPENS: one function per thing people do
     │
    views  store                               HOW THEY LOOK, WHERE THEY ARE KEPT
     │
    rules  words  media                        WHAT IS TRUE, WHAT IT SAYS, WHAT COMES IN
     │
    model                                      WHAT THINGS ARE: frozen records
     │
    errors  files                              sentences for trouble; where things lie

An arrow only ever points down; a machine checks it. Pages for families take a ``FamilyView`` and nothing
else, so what is not on that type cannot leave by accident.

The public face: :func:`open_desk`, :func:`open_rehearsal`, :func:`open_conference` and :func:`open_teacher_desk`
(a notebook's first cell),
:func:`open_class` (a class folder, for scripts), ``__version__``. Everything is imported where it is used:
``import portfolio`` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from portfolio.notebook import open_conference, open_desk, open_rehearsal, open_teacher_desk
    from portfolio.store.class_folder import open_class

__version__ = "0.1.0"
__all__ = ["__version__", "open_class", "open_conference", "open_desk", "open_rehearsal", "open_teacher_desk"]

_WHERE = {
    "open_desk": "portfolio.notebook",
    "open_conference": "portfolio.notebook",
    "open_rehearsal": "portfolio.notebook",
    "open_teacher_desk": "portfolio.notebook",
    "open_class": "portfolio.store.class_folder",
}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_WHERE[name]), name)
