"""The environment everything runs in: ``.venv``, what is installed there, and the pins.

What is installed is remembered by a stamp in ``.venv`` (a hash of ``pyproject.toml`` and the pins):
while neither changes, nothing needs the network. pip is called with the machine's own configuration.
Standard library only, and nothing newer than Python 3.7: an old Python must be able to say that it is old.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "portfolio-installed.json"
PINS = ROOT / ".ci" / "constraints.txt"
DISTRIBUTION = "student-led-portfolio"
OLDEST = (3, 11)

# Which extras of pyproject.toml a command needs.
RUNTIME = ()
TEST = ("test",)
CHECK = ("test", "dev")


class Trouble(Exception):
    """Something is missing or went wrong; the text is a sentence for whoever runs this."""


def say(text: str) -> None:
    """Print at once, also into a file, so that what children print follows in order."""
    print(text, flush=True)


def venv_python(venv: Path = VENV) -> Path:
    """Return where an environment's Python is (or will be)."""
    return venv / "Scripts" / "python.exe" if os.name == "nt" else venv / "bin" / "python"


def new_environment(python: Sequence[str], folder: Path) -> None:
    """Make an environment in ``folder`` with the Python command ``python``.

    Raises Trouble where that Python has no venv; leaves nothing behind when it is interrupted.
    """
    if subprocess.run([*python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:
        raise Trouble(
            f"{' '.join(python)} cannot make environments: its venv part is missing. On Debian and Ubuntu: "
            "apt-get install python3-venv; then try again."
        )
    try:
        subprocess.run([*python, "-m", "venv", str(folder)], check=True)
    except BaseException:  # also Ctrl-C: half an environment would only confuse the next run
        shutil.rmtree(folder, ignore_errors=True)
        raise


def find_python() -> list[str]:
    """Return the command of a Python that is new enough: the running one, else one found on PATH.

    Raises Trouble if there is none.
    """
    if sys.version_info >= OLDEST:
        return [sys.executable]
    names = ["python3.13"], ["python3.12"], ["python3.11"], ["python3"], ["python"], ["py", "-3"]
    for command in names:
        if shutil.which(command[0]) and _new_enough(command):
            return command
    running = ".".join(map(str, sys.version_info[:2]))
    raise Trouble(
        f"Portfolio needs Python 3.11 or newer; this is {running}, and no newer one was found on PATH. "
        "Install one, then call it by its name: python3.12 .ci/make.py demo"
    )


def _new_enough(command: list[str]) -> bool:
    code = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    return subprocess.run([*command, "-c", code], capture_output=True, check=False).returncode == 0


def install(extras: Sequence[str]) -> None:
    """Make ``.venv`` hold Portfolio (editable) and ``extras``; do nothing if it already does.

    An environment made by hand is used as it is. Raises Trouble if something cannot be made or fetched.
    """
    if not VENV.exists():
        python = find_python()
        say(f"Making .venv with {' '.join(python)}")
        new_environment(python, VENV)
    there = _installed()
    if there is not None and set(extras) <= set(there):
        return
    wanted = sorted({*extras, *(there or ())})
    say(f"Installing Portfolio{''.join(f' and {name}' for name in wanted)} into .venv (1-2 minutes)")
    with contextlib.suppress(FileNotFoundError):
        STAMP.unlink()
    _ensure_pip()
    target = f"{ROOT}[{','.join(wanted)}]" if wanted else str(ROOT)
    if pip(venv_python(), "--editable", target).returncode:
        raise Trouble(
            "pip could not install what Portfolio needs (its own words stand above). "
            "Is there a network, and does pip reach your package index? Then try again."
        )
    STAMP.write_text(json.dumps({"fingerprint": _fingerprint(), "extras": wanted}) + "\n", encoding="utf-8")


def _ensure_pip() -> None:
    """Give ``.venv`` a pip if it has none (made by another tool, or cut short)."""
    for code in (["-c", "import pip"], ["-m", "ensurepip"]):
        with contextlib.suppress(OSError):
            if not subprocess.run([str(venv_python()), *code], capture_output=True, check=False).returncode:
                return
    raise Trouble(f"{VENV} is there but holds no working Python. Delete that folder and try again.")


def pip(python: Path, *arguments: str, pinned: bool = True) -> subprocess.CompletedProcess[bytes]:
    """Let an environment's pip install ``arguments``, held to the pins; its complaints are printed."""
    command = [str(python), "-m", "pip", "install", "-qq", "--no-input", "--disable-pip-version-check"]
    held = ["--constraint", str(PINS)] if pinned and PINS.exists() else []
    return subprocess.run([*command, *held, *arguments], cwd=str(ROOT), check=False)


def _installed() -> list[str] | None:
    """Return the extras in ``.venv``, or None if it does not fit pyproject.toml and the pins (any more)."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
        return list(stamp["extras"]) if stamp["fingerprint"] == _fingerprint() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _fingerprint() -> str:
    """Return a hash of everything that decides what stands in the environment."""
    parts = [str(ROOT).encode()]  # an editable install knows its place
    deciding = (VENV / "pyvenv.cfg", ROOT / "pyproject.toml", PINS)
    parts += [path.read_bytes() for path in deciding if path.exists()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def surroundings() -> dict[str, str]:
    """Return the environment variables for what we start: our ``.venv`` first, our templates found."""
    env = dict(os.environ)
    env["PATH"] = str(venv_python().parent) + os.pathsep + env.get("PATH", "")
    env["VIRTUAL_ENV"] = str(VENV)
    env["PYTHONUTF8"] = "1"
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else each of a hundred kernels compiles everything once more
    others = [path for path in env.get("JUPYTER_PATH", "").split(os.pathsep) if path]
    env["JUPYTER_PATH"] = os.pathsep.join([str(ROOT / "templates"), *others])
    return env


def start(command: Sequence[object], **extra: str) -> int:
    """Run ``command`` in the checkout with our surroundings (plus ``extra``); return its exit code."""
    child = subprocess.Popen([str(part) for part in command], cwd=str(ROOT), env={**surroundings(), **extra})
    while True:
        try:
            return child.wait()
        except KeyboardInterrupt:  # it reached the child as well, which says good-bye in its own time
            continue


def write_pins() -> int:
    """Write the versions of all we depend on into the pins; return how many. Called inside ``.venv``."""
    lines = ["# The exact versions we test with. Written by `make pins` from .venv; no addresses here."]
    lines += [f"{name}=={version}" for name, version in sorted(_needed().items())]
    PINS.write_bytes(("\n".join(lines) + "\n").encode())
    return len(lines) - 1


def _needed() -> dict[str, str]:
    from importlib.metadata import distribution

    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, str] = {}
    seen = set()
    todo = [(DISTRIBUTION, extra) for extra in ("", *CHECK)]
    while todo:
        name, extra = todo.pop()
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        there = distribution(name)
        found[name] = there.version
        for need in map(Requirement, there.requires or []):
            if need.marker is None or need.marker.evaluate({"extra": extra}):
                todo += [(canonicalize_name(need.name), more) for more in ("", *need.extras)]
    del found[DISTRIBUTION]
    return found
