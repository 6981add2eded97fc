"""Whether a page asks for anything: a proxy that counts requests."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BROWSERS_OWN = ("/favicon.ico", "content-autofill.googleapis.com:443")
"""What Chromium asks of itself on every page: its little picture, and, where there are fields, what they are for."""


class Proxy(socketserver.ThreadingTCPServer):
    """Counts and refuses whatever a browser asks for, but one page it hands out itself."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        """Listen on a free port of this machine."""
        super().__init__(("127.0.0.1", 0), _Line)
        self.asked: list[str] = []
        self.page = b""


class _Line(socketserver.StreamRequestHandler):
    """One connection of a browser to the proxy."""

    server: Proxy

    def handle(self) -> None:
        """Read what is asked for, give the page or nothing."""
        first = self.rfile.readline().decode("latin-1").strip()
        while self.rfile.readline().strip():
            pass
        if first.startswith("GET http://home.example/file.html "):
            head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(self.server.page)}\r\nConnection: close\r\n\r\n"
            self.wfile.write(head.encode() + self.server.page)
            return
        if first and not any(own in first for own in BROWSERS_OWN):
            self.server.asked.append(first)
        self.wfile.write(b"HTTP/1.1 502 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


@contextmanager
def listening() -> Iterator[Proxy]:
    """Start a proxy, and stop it at the end."""
    with Proxy() as made:
        threading.Thread(target=made.serve_forever, daemon=True).start()
        yield made
        made.shutdown()


@contextmanager
def proxied(browser: Browser, proxy: Proxy, *, scripts: bool = True, **more: Any) -> Iterator[Page]:
    """Open a window whose every request goes to a proxy, those to this machine included; not what the browser does for itself."""
    where: Any = {"server": f"http://127.0.0.1:{proxy.server_address[1]}", "bypass": "<-loopback>"}
    context = browser.new_context(java_script_enabled=scripts, proxy=where, service_workers="block", **more)
    yield context.new_page()
    context.close()
