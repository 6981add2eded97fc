"""What a browser may do with our pages, said in headers.

The door's own pages run no inline script and no inline style. A notebook's page needs more, and only
because of what JupyterLab and the widgets do in the browser; each exception says who needs it.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import Final


def _said(rules: Mapping[str, str]) -> str:
    return "; ".join(f"{kind} {places}" for kind, places in rules.items())


_STRICT: Final = {
    "default-src": "'none'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}

NOTHING: Final = _said({"default-src": "'none'", "frame-ancestors": "'none'"})

RECORDING: Final = f"{NOTHING}; sandbox"
"""A recording that is opened by itself may do nothing, whatever its bytes are taken for."""

DOOR: Final = _said(
    {
        **_STRICT,
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data:",  # the wobbly line of the book is a data: picture in the style sheet
    }
)

ROOM: Final = _said(
    {
        **_STRICT,
        "script-src": "'self'",
        "style-src": "'self'",
        "font-src": "'self'",
        "img-src": "'self' data: blob:",  # pictures of a book stand in its page; blob: one that was chosen just now
        "media-src": "'self' data: blob:",
        "connect-src": "'self'",
    }
)
"""A page of rooms that the server sends by itself. Nothing of a notebook is on it, so it needs none of its exceptions."""

FRAME: Final = f"{DOOR}; frame-src 'self'"
"""The page around the file that goes home."""


def framed(own: str) -> str:
    """Return the policy of a whole page that stands in a frame of ours: its ``own`` one, and locked in."""
    return f"{own}; frame-ancestors 'self'; sandbox"


ALWAYS: Final = {
    "Server": "Portfolio",
    "X-Content-Type-Options": "nosniff",
    # not "no-referrer": with it a browser sends "Origin: null" even with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()",
}

# voilà writes this line into a page whose notebook is slow; it is the only inline script
_HEARTBEAT: Final = base64.b64encode(hashlib.sha256(b"window.voila_heartbeat()").digest()).decode()


def notebook(host: str) -> str:
    """Return the policy of a notebook's page; ``host`` is the Host header, for old Safari's websocket rule."""
    sockets = f" ws://{host} wss://{host}" if re.fullmatch(r"[A-Za-z0-9.:\[\]-]+", host) else ""
    return _said(
        {
            **_STRICT,
            # blob: is how anywidget loads a control's module
            "script-src": f"'self' blob: 'sha256-{_HEARTBEAT}'",
            "style-src": "'self' 'unsafe-inline'",  # JupyterLab and anywidget add <style> elements
            "font-src": "'self' data:",
            "img-src": "'self' data: blob:",
            "media-src": "'self' data: blob:",
            "connect-src": f"'self'{sockets}",
        }
    )
