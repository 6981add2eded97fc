"""The independent checkers of our pages that are no Python packages, and what they need to run.

HTML_CodeSniffer (BSD-3-Clause; 0.3 MB to fetch) runs inside the browser. The Nu HTML checker (MIT; 30 MB) needs a
Java 17, Firefox (80 MB, with what plays films 110 MB) is the second browser: these two only in the drills. Packages come through npm, at one
version, held to the hash of what we tested, and stay in ``.venv/checkers``: from the second run on nothing is fetched.
Standard library only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from environment import VENV, Trouble, say

PLACE: Final = VENV / "checkers"


@dataclass(frozen=True)
class Package:
    """One file out of a package: ``sha256`` is that of the package, ``inside`` where the file lies in it."""

    name: str
    version: str
    sha256: str
    inside: str

    @property
    def path(self) -> Path:
        """Where the file is once it was fetched."""
        return PLACE / f"{self.name}-{self.version}" / Path(self.inside).name


SNIFFER: Final = Package(
    "html_codesniffer",
    "2.5.1",
    "fbcd1b31b97e08fea1e64d12727caf63436b2d83df0b7df255836c61086067e5",
    "package/build/HTMLCS.js",
)
NU: Final = Package(
    "vnu-jar",
    "26.9.27",
    "5970d3ffca91a627cf0965e5d91bb2e4242307c29292998de0b419d6a901b2b7",
    "package/build/dist/vnu.jar",
)


def found(package: Package) -> Path:
    """Return where a package's file is. Raises Trouble with what to do if it was not fetched yet."""
    if not package.path.is_file():
        raise Trouble(
            f"{package.name} {package.version} is not here yet. Fetch it: python .ci/make.py set-up (for the drills: "
            "python .ci/make.py drill)."
        )
    return package.path


def ensure(package: Package) -> Path:
    """Return where a package's file is, fetching it if it is not there. Raises Trouble if that fails."""
    if package.path.is_file():
        return package.path
    npm = shutil.which("npm") or _from_apt("npm", "npm")
    if not npm:
        raise Trouble(
            f"Fetching {package.name} needs npm, which comes with Node.js. Install it; then try again."
        )
    say(f"Fetching {package.name} {package.version} with npm (checks our pages)")
    with tempfile.TemporaryDirectory() as folder:
        wanted = f"{package.name}@{package.version}"
        step = [npm, "pack", wanted, "--silent", "--ignore-scripts", "--pack-destination", folder]
        subprocess.run(step, cwd=folder, stdout=subprocess.DEVNULL, check=False)
        packed = next(Path(folder).glob("*.tgz"), None)
        if packed is None:
            raise Trouble(f"npm could not fetch {wanted}. Is there a network? Then try again.")
        if hashlib.sha256(packed.read_bytes()).hexdigest() != package.sha256:
            raise Trouble(f"{wanted} is not what it was when we tested it. Nothing of it was used.")
        _take_out(packed, package)
    return package.path


def _take_out(packed: Path, package: Package) -> None:
    """Put the one file we use where it belongs, whole or not at all."""
    with tarfile.open(packed) as archive:
        inside = archive.extractfile(package.inside)
        if inside is None:
            raise Trouble(f"{package.name} {package.version} holds no {package.inside}.")
        package.path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = package.path.with_suffix(f".{os.getpid()}.part")
        unfinished.write_bytes(inside.read())
        unfinished.replace(package.path)


# ------------------------------------------------------------------------------------- Firefox and Java

_FIREFOX = ("firefox-esr", "firefox")
_FIREFOX_PLACES = (
    "/Applications/Firefox.app/Contents/MacOS/firefox",
    os.path.expandvars(r"%ProgramFiles%\Mozilla Firefox\firefox.exe"),
)


def find_firefox() -> str | None:
    """Return the path of a Firefox on this computer, or None: PORTFOLIO_FIREFOX, PATH, the usual places."""
    given = os.environ.get("PORTFOLIO_FIREFOX")
    if given:
        return shutil.which(given)
    named = next((path for path in map(shutil.which, _FIREFOX) if path), None)
    return named or next((place for place in _FIREFOX_PLACES if Path(place).is_file()), None)


def ensure_firefox() -> str:
    """Return the path of a Firefox, installing one if there is none. Raises Trouble if that fails."""
    path = find_firefox()
    if not path and _from_apt("firefox-esr", "firefox-esr", "--install-recommends"):  # what plays films
        path = find_firefox()
    if not path:
        raise Trouble(
            "The drills need Firefox, and none could be found or installed. Install it, or set "
            "PORTFOLIO_FIREFOX to where it is; then try again."
        )
    return path


def find_java() -> str | None:
    """Return the path of a Java that starts (macOS has one that only tells how to install it), or None."""
    home = os.environ.get("JAVA_HOME")
    path = shutil.which("java", path=str(Path(home) / "bin")) if home else shutil.which("java")
    if not path or subprocess.run([path, "-version"], capture_output=True, check=False).returncode:
        return None
    return path


def ensure_java() -> str:
    """Return the path of a Java, installing one if there is none. Raises Trouble if that fails."""
    path = find_java()
    if not path and _from_apt("java", "default-jre-headless"):
        path = find_java()
    if not path:
        raise Trouble(
            "The drills check our pages with the Nu HTML checker, which needs Java 17 or newer. Install it; then try again."
        )
    return path


def _from_apt(program: str, package: str, beside: str = "--no-install-recommends") -> str | None:
    """Install a package where apt-get can do so, and return where its program is."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return None
    say(f"Installing {package} with apt-get (for the tests)")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update", "-qq"], ["install", "-y", "-qq", beside, package]):
        subprocess.run(["apt-get", *step], env=quiet, stdout=subprocess.DEVNULL, check=False)
    return shutil.which(program)
