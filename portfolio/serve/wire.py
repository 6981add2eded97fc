"""What a browser may say to its kernel.

voilà passes on any comm message. A page needs less: it asks once for the state of all widgets, and then
sends changes of widgets that the notebook made. It never makes a widget of its own, so that nothing but
the notebook's own controls is ever reachable from a browser.
"""

from __future__ import annotations

import json
from typing import Any, Final

from jupyter_server.services.kernels.connection.base import (
    deserialize_binary_message,
    deserialize_msg_from_ws_v1,
)
from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection

WIDGET_STATES: Final = "jupyter.widget.control"  # ipywidgets: "tell me the state of every widget"


BY_ITSELF: Final = frozenset({"ping", "look", "styles", "tools"})
"""Types of messages that our controls send without anybody's hand."""


def may_pass(header: dict[str, Any], content: dict[str, Any]) -> bool:
    """Return True unless the message opens something in the kernel that the notebook did not offer."""
    return header.get("msg_type") != "comm_open" or content.get("target_name") == WIDGET_STATES


def by_hand(header: dict[str, Any], content: dict[str, Any]) -> bool:
    """Return whether a message says that somebody is there: pages ask whether their kernel lives by themselves."""
    if header.get("msg_type") != "comm_msg":
        return False
    data = content.get("data")
    sent = data.get("content") if isinstance(data, dict) else None
    return not (isinstance(sent, dict) and sent.get("type") in BY_ITSELF)


class QuietConnection(ZMQChannelsWebsocketConnection):
    """The connection between one page and its kernel; drops what :func:`may_pass` refuses."""

    def handle_incoming_message(self, incoming_msg: str | bytes) -> None:
        """Hand a message of the browser to the kernel, if it may pass and can be read at all."""
        try:
            told = self._read(incoming_msg)
            handler: Any = self.websocket_handler
            passes = may_pass(*told) and handler.goes_on(by_hand=by_hand(*told))
        except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
            passes = False
        if passes:
            super().handle_incoming_message(incoming_msg)  # type: ignore[arg-type] # it takes bytes too
        else:
            self.log.warning("A message to kernel %s was not passed on.", self.kernel_id)

    def _read(self, message: str | bytes) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.subprotocol == "v1.kernel.websocket.jupyter.org":
            _, parts = deserialize_msg_from_ws_v1(message)  # type: ignore[no-untyped-call] # jupyter-server has no types here
            header, content = json.loads(parts[0]), json.loads(parts[3])
        elif isinstance(message, bytes):
            whole = deserialize_binary_message(message)  # type: ignore[no-untyped-call] # nor here
            header, content = whole["header"], whole["content"]
        else:
            whole = json.loads(message)
            header, content = whole["header"], whole["content"]
        if not (isinstance(header, dict) and isinstance(content, dict)):
            raise TypeError("a message has a header and a content")
        return header, content
