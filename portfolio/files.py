"""Where templates, notebooks and sample data lie: the only module that knows.

In a checkout (and an editable install) they are folders beside the package. In a wheel they travel
inside the package as ``portfolio/_shipped/``; what Jupyter itself must find (the Voilà and nbconvert
templates) is also installed under ``share/jupyter``.
"""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped(*parts: str) -> Path:
    """Return the path of something we ship, for example ``shipped("templates", "classes")``.

    A checkout wins over the wheel's copy, so that edits show at once. The path is returned even if
    nothing is there: whoever opens it says what is missing.
    """
    inside = _PACKAGE / "_shipped"
    root = inside if inside.is_dir() else _PACKAGE.parent
    return root.joinpath(*parts)


def class_templates() -> Path:
    """Return the folder of the class templates teachers start from (one YAML file per age band)."""
    return shipped("templates", "classes")


def home_activities() -> Path:
    """Return the file with the cards for ten minutes at home."""
    return shipped("templates", "activities", "home.yaml")


def home_deck() -> Path:
    """Return the same cards as ``.ci/activities.py`` has put them together, ready to be read."""
    return shipped("templates", "activities", "home.json")


def page_templates() -> Path:
    """Return the folder of the Jinja pages, their parts, styles, icons and fonts."""
    return shipped("templates", "pages")


def jupyter_templates() -> Path:
    """Return the folder that must be on ``JUPYTER_PATH``: it holds ``voila/`` and ``nbconvert/``."""
    return shipped("templates")


def sample_class() -> Path:
    """Return the folder of the invented sample class."""
    return shipped("sample_data")


def widget_scripts() -> Path:
    """Return the folder of the scripts and styles that stand beside our widgets."""
    return _PACKAGE / "widgets" / "static"


def catalogs() -> Path:
    """Return the folder of the gettext catalogues: ``<language>/LC_MESSAGES/portfolio.po|mo``."""
    return _PACKAGE / "words" / "catalogs"
