"""Who may come in: the server of a class, and what a notebook may know of its visitor.

::

    keys.py       personal keys, signed visits, the secret of a class                    (pure)
    door.py       what the server must know about a class; the two set-ups               (pure)
    visit.py      the kernel's side: whose book a notebook may open                      (pure)
    pages.py      the door's own pages; templates in templates/pages/serve
    policies.py   what a browser may do with our pages, as headers                       (pure)
    patience.py   wrong links are answered more and more slowly                          (pure)
    front.py      whose visit a cookie is; which visits are over
    kernels.py    which kernel belongs to which visit; its environment; how it ends
    wire.py       what a browser may say to its kernel
    doorstep.py   base of all handlers          entrance.py   in and out
    media_door.py a child's own recordings, in parts if the browser likes
    notebooks.py  desk, talk and their kernels  statics.py    files for everybody
    passes.py     the pass of one home, for the square it scans                          (pure)
    family_door.py a family's own page, entered by a pass; the child's cues
    room_page.py  a page without a kernel: rooms over plain HTTP (room_bodies, room_shell, room_hosts)
    guests.py     who has such a page open, asked in turn, forgotten in time
    app.py        the list of all addresses there are
    run.py        ``serve()``                    later.py   what it imports and never asks

Only ``serve()`` imports voilà, and only when it is called: a kernel that asks who is visiting stays small.
"""

from portfolio.serve.door import Doorkeeper, RosterCard, Setup
from portfolio.serve.keys import Visit, key_fingerprint, new_key, read_or_make_secret
from portfolio.serve.run import serve
from portfolio.serve.visit import class_folder, current_visit

__all__ = [
    "Doorkeeper",
    "RosterCard",
    "Setup",
    "Visit",
    "class_folder",
    "current_visit",
    "key_fingerprint",
    "new_key",
    "read_or_make_secret",
    "serve",
]
