"""Voilà on a free port of this machine, with our templates, for tests that need a real page."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from pathlib import Path
from socket import create_server
from typing import Any

from portfolio.files import jupyter_templates

REPO = Path(__file__).resolve().parent.parent


def notebook(*cells: tuple[str, str], **ours: Any) -> str:
    """Return a notebook's text: ("md", text) and ("py", code) cells; ``ours`` goes into its metadata."""
    made: list[dict[str, Any]] = []
    for n, (kind, source) in enumerate(cells):
        one: dict[str, Any] = {"cell_type": "markdown", "id": f"c{n}", "metadata": {}, "source": source}
        if kind == "py":
            one |= {"cell_type": "code", "execution_count": None, "outputs": []}
        made.append(one)
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    metadata = {"kernelspec": kernel, "title": "My book", "portfolio": ours}
    return json.dumps({"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5})


def free_port() -> int:
    """Return a port nobody listens on."""
    with create_server(("127.0.0.1", 0)) as socket:
        return int(socket.getsockname()[1])


@contextlib.contextmanager
def voila(path: Path, *options: str, env: Mapping[str, str] = {}) -> Iterator[str]:
    """Serve one notebook and give its address; the server and its kernels are gone afterwards."""
    port = free_port()
    widgets = '["anywidget", "@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8"]'
    command = [
        sys.executable,
        "-c",
        "from portfolio.serve.later import put_off\nwith put_off():\n    from voila.app import main\nmain()",
        str(path),
        "--no-browser",
        f"--port={port}",
        "--Voila.ip=127.0.0.1",
    ]
    command += ["--Voila.port_retries=0", f"--VoilaConfiguration.extension_allowlist={widgets}"]
    command += [*(options or ("--template=portfolio",))]
    places = {"JUPYTER_PATH": str(jupyter_templates()), "PYTHONPATH": str(REPO)}
    log = path.with_suffix(".log")
    with log.open("wb") as out:
        server = subprocess.Popen(command, env={**os.environ, **places, **env}, stdout=out, stderr=out)
    try:
        address = f"http://127.0.0.1:{port}/"
        _wait_for(f"{address}voila/static/voila.js", server, log)
        yield address
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310 - an address of our own
            answer.read(1)
            return
        time.sleep(0.1)
    raise AssertionError(f"Voilà did not start:\n{log.read_text('utf-8')[-3000:]}")
