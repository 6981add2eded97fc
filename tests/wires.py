"""Widgets without a browser: a comm that writes down what would be sent, and a page that can ask."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import comm
import ipywidgets
from comm.base_comm import BaseComm
from ipywidgets.widgets.widget import _instances


class Wire(BaseComm):
    """A comm that keeps every message."""

    sent: list[dict[str, Any]]

    def publish_msg(self, msg_type: str, data: Any = None, *_: Any, **__: Any) -> None:
        """Keep a message instead of sending it."""
        if not hasattr(self, "sent"):
            self.sent = []
        self.sent.append({"type": msg_type, **(data or {})})


@contextmanager
def wires() -> Iterator[None]:
    """Let all widgets made inside speak through wires; at the end none of them is left."""
    before, others = comm.create_comm, set(_instances)
    comm.create_comm = Wire
    try:
        yield
    finally:
        comm.create_comm = before
        for model_id, widget in list(_instances.items()):
            if model_id not in others:
                widget.close()


def answers(widget: ipywidgets.Widget) -> list[dict[str, Any]]:
    """Return the custom messages a widget has sent, oldest first."""
    return [m["content"] for m in widget.comm.sent if m.get("method") == "custom"]


def ask(widget: ipywidgets.Widget, content: Any, *buffers: bytes) -> dict[str, Any]:
    """Send a message as a page does and return the last answer."""
    before = len(answers(widget))
    data = {"method": "custom", "content": content}
    widget.comm.handle_msg({"content": {"data": data}, "buffers": [memoryview(b) for b in buffers]})
    new = answers(widget)[before:]
    assert len(new) <= 1, "more than one answer"
    return new[0] if new else {}


def write_trait(widget: ipywidgets.Widget, **state: Any) -> None:
    """Try to write traits as a page could."""
    data = {"method": "update", "state": state, "buffer_paths": []}
    widget.comm.handle_msg({"content": {"data": data}, "buffers": []})
