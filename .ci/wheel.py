"""Build what we ship, install it into a new environment, and use it there as a stranger would.

Nothing of the checkout is in reach then: another folder, an empty home, no JUPYTER_PATH. Run by
``make wheel``; prints each thing it tried and exits with 1 at the first that fails.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path
from typing import NoReturn

from environment import ROOT, new_environment, pip, venv_python

# One of each kind of thing that travels beside the code, and what must never travel.
MUST_TRAVEL = (
    r"portfolio/py\.typed",
    r"portfolio/widgets/static/.+\.js",
    r"portfolio/_shipped/templates/classes/.+\.ya?ml",
    r"portfolio/_shipped/templates/pages/.+\.j2",
    r"portfolio/_shipped/templates/.+\.woff2",
    r"portfolio/_shipped/notebooks/.+\.ipynb",
    r"portfolio/_shipped/sample_data/.+",
    r".+\.data/data/share/jupyter/voila/templates/portfolio/.+",
    r".+\.data/data/share/jupyter/nbconvert/templates/portfolio/.+",
    r".+\.dist-info/licenses/LICENSE",
    r".+\.dist-info/licenses/.*OFL.*",
)
MUST_STAY = r"(^|/)(tests|docs|benchmarks|\.ci|__pycache__|\.ipynb_checkpoints)/|\.(pyc|sqlite|db)$"
HEAVIEST = 15_000_000

# Asked of the installed package, inside its own environment. Each prints or raises.
EXPORTER = """
from nbconvert.exporters import get_exporter
exporter = get_exporter("portfolio")
print(exporter.__module__, exporter.__name__, "writes", exporter().file_extension)
"""
TEMPLATES = """
from jupyter_core.paths import jupyter_path
from pathlib import Path
for kind in ("voila", "nbconvert"):
    found = [p for p in map(Path, jupyter_path(kind, "templates", "portfolio")) if p.is_dir()]
    assert found, f"Jupyter finds no {kind} template called portfolio"
    print(found[0])
"""
PLACE = """
import portfolio.files as files
from pathlib import Path
for folder in (files.class_templates(), files.page_templates(), files.sample_class(), files.jupyter_templates()):
    assert "_shipped" in folder.parts and any(folder.iterdir()), folder
print(Path(files.__file__).parent)
"""


def fail(text: str) -> NoReturn:
    """End with a sentence."""
    sys.exit(f"wheel: {text}")


def build(folder: Path) -> Path:
    """Build sdist and, from it, the wheel into ``folder``; return the wheel's path."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    built = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if built.returncode:
        fail(f"cannot be built:\n{built.stdout[-2000:]}{built.stderr[-2000:]}")
    (path,) = folder.glob("*.whl")
    return path


def look_inside(path: Path) -> None:
    """Check that all that must travel is in the wheel, and nothing that must stay here."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    missing = [wanted for wanted in MUST_TRAVEL if not any(re.fullmatch(wanted, name) for name in names)]
    if missing:
        fail(f"{path.name} lacks: {', '.join(missing)}")
    stray = [name for name in names if re.search(MUST_STAY, name)]
    if stray:
        fail(f"{path.name} holds what should have stayed: {', '.join(stray[:5])}")
    if path.stat().st_size > HEAVIEST:
        fail(f"{path.name} weighs {path.stat().st_size:,} bytes, {HEAVIEST:,} are allowed")
    print(f"    {len(names)} files, {path.stat().st_size:,} bytes")


def strangers_surroundings(home: Path, python: Path) -> dict[str, str]:
    """Return environment variables with an empty home and without a trace of the checkout."""
    ours = re.compile(r"^(PYTHON|JUPYTER|IPYTHON|VIRTUAL_ENV|PORTFOLIO_|XDG_)")
    env = {name: value for name, value in os.environ.items() if not ours.match(name)}
    clean_path = [
        part for part in env.get("PATH", "").split(os.pathsep) if not Path(part).is_relative_to(ROOT)
    ]
    env["PATH"] = os.pathsep.join([str(python.parent), *clean_path])
    for name in ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA"):
        env[name] = str(home)
    return env


def attempt(what: str, command: list[str], where: Path, env: dict[str, str]) -> str:
    """Run ``command`` as a stranger and return what it printed; end if it fails or shows a traceback."""
    begun = time.monotonic()
    ran = subprocess.run(
        command,
        cwd=where,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if ran.returncode or "Traceback (most recent call last)" in ran.stderr:
        fail(f"{what}: exit code {ran.returncode}\n{ran.stdout[-2000:]}{ran.stderr[-3000:]}")
    print(f"{time.monotonic() - begun:6.1f} s  {what}", flush=True)
    for line in ran.stdout.strip().splitlines()[:4]:
        print(f"          {line}")
    return ran.stdout


def look_at_home_files(folder: Path) -> None:
    """Check that ``portfolio demo`` left whole pages that load nothing from the network.

    A link that a child put in is only followed by whoever taps it.
    """
    pages = sorted(folder.rglob("*.html"))
    if not pages:
        fail("`portfolio demo --no-serve` wrote no .html file")
    for page in pages:
        text = page.read_text("utf-8")
        if not re.match(r"\s*<!doctype html>", text, re.IGNORECASE) or "</html>" not in text:
            fail(f"{page.name} is not a whole page")
        loading = re.sub(r"<a\s[^>]*>", "", text, flags=re.IGNORECASE)
        if re.search(r"(?:src|srcset|poster|data|href)\s*=\s*[\"']?(?:https?:)?//", loading, re.IGNORECASE):
            fail(f"{page.name} loads from an address on the network")
    weights = [page.stat().st_size for page in pages]
    print(f"          {len(pages)} pages of {min(weights):,} to {max(weights):,} bytes")


def try_out(scratch: Path, built: Path) -> None:
    """Install the wheel into a new environment under ``scratch`` and use it from an empty folder."""
    python = venv_python(scratch / "venv")
    new_environment([sys.executable], scratch / "venv")
    if pip(python, str(built)).returncode:
        fail("the wheel cannot be installed with the pins (pip's own words stand above)")
    place, home = scratch / "class", scratch / "nobody"
    place.mkdir()
    home.mkdir()
    env = strangers_surroundings(home, python)
    for what, code in {
        "our files": PLACE,
        "Jupyter's templates": TEMPLATES,
        "the exporter": EXPORTER,
    }.items():
        attempt(what, [str(python), "-c", code], place, env)
    bin_folder = python.parent
    attempt(
        "nbconvert --to portfolio",
        [str(bin_folder / "jupyter"), "nbconvert", "--to", "portfolio", "--help"],
        place,
        env,
    )
    attempt("portfolio --help", [str(bin_folder / "portfolio"), "--help"], place, env)
    attempt("portfolio doctor", [str(bin_folder / "portfolio"), "doctor"], place, env)
    attempt("portfolio demo --no-serve", [str(bin_folder / "portfolio"), "demo", "--no-serve"], place, env)
    look_at_home_files(place)


def main() -> None:
    """Build, look inside, try out; all in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="portfolio-wheel-") as name:
        scratch = Path(name)
        built = build(scratch / "dist")
        print(f"built {built.name} from its own sdist", flush=True)
        look_inside(built)
        try_out(scratch, built)
    print("the wheel works")


if __name__ == "__main__":
    main()
