"""Firefox for tests, spoken to as it is (WebDriver BiDi over a WebSocket): no driver beside it, a profile of its own."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

PREFERENCES = {
    "remote.prefs.recommended": True,  # nothing is updated, asked home, or restored
    "media.autoplay.default": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
    "network.proxy.type": 1,  # whatever leaves this machine ends at a closed door
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
}
# Set before anything of the page runs: whatever breaks its policy is written down.
_WATCH = """() => { window.broken = [];
  document.addEventListener('securitypolicyviolation', one => window.broken.push(one.violatedDirective + ' ' + one.blockedURI)) }"""


class Firefox:
    """One running Firefox with one window."""

    def __init__(self, socket: ClientConnection) -> None:
        """Begin to speak with it."""
        self._socket, self._number = socket, 0
        self.told: list[str] = []
        self.asked: list[str] = []
        self.ask("session.new", capabilities={})
        self.ask("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
        self._window = self.ask("browsingContext.getTree")["contexts"][0]["context"]
        self.ask("script.addPreloadScript", functionDeclaration=_WATCH)

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """Return the answer to one command; what is told meanwhile is kept. Raises AssertionError if it is refused."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": params}))
        while True:
            heard = json.loads(self._socket.recv(timeout=120))
            if heard.get("id") == self._number:
                assert heard["type"] == "success", heard
                return dict(heard["result"])
            self._note(heard)

    def _note(self, heard: dict[str, Any]) -> None:
        params = heard.get("params", {})
        if heard.get("method") == "log.entryAdded" and params["level"] in ("error", "warn"):
            self.told.append(str(params["text"]))
        elif heard.get("method") == "network.beforeRequestSent":
            self.asked.append(str(params["request"]["url"])[:200])

    def open(self, path: Path) -> None:
        """Open a file from the disk; wait until all of it is there."""
        self.told, self.asked = [], []
        self.ask("browsingContext.navigate", context=self._window, url=path.as_uri(), wait="complete")

    def wide(self, width: int, height: int) -> None:
        """Make the window as large as this."""
        self.ask(
            "browsingContext.setViewport", context=self._window, viewport={"width": width, "height": height}
        )

    def evaluate(self, script: str) -> Any:
        """Return what a script gives at once, as JSON would carry it; it works where pages may run none."""
        target = {"context": self._window}
        answer = self.ask(
            "script.evaluate",
            expression=f"JSON.stringify({script} ?? null)",
            target=target,
            awaitPromise=False,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"]["value"])


@contextmanager
def firefox(program: str, profile: Path, *, scripts: bool = True) -> Iterator[Firefox]:
    """Start Firefox with a new profile in a folder; with ``scripts`` off, pages run none."""
    profile.mkdir(parents=True)
    chosen = PREFERENCES | ({} if scripts else {"javascript.enabled": False})
    lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items())
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [
        program,
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--remote-debugging-port",
        "0",
    ]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr is not None
            address = _address(process.stderr)
            threading.Thread(
                target=process.stderr.read, daemon=True
            ).start()  # it would wait with its pipe full
            with connect(f"{address}/session", max_size=None, open_timeout=60) as socket:
                yield Firefox(socket)
        finally:
            process.terminate()


def _address(lines: IO[str]) -> str:
    for line in lines:
        if found := re.search(r"BiDi listening on (ws://\S+)", line):
            return found[1]
    raise AssertionError("Firefox ended before one could speak with it")
