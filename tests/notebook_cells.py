"""Notebooks made in memory, cell by cell, and their outlines."""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import Any

from PIL import Image

from portfolio.files import class_templates
from portfolio.media import clean_drawing
from portfolio.model import Outline, OwnCell, SectionCell
from portfolio.store.notebook_file import parse_outline
from portfolio.store.notebook_new import student_notebook
from portfolio.store.template_file import load_template

Cell = dict[str, Any]
"""A cell or an output as JSON."""
TEMPLATE = load_template(class_templates() / "3-5.yaml")
CELLS: list[Cell] = json.loads(student_notebook(TEMPLATE, "Our class"))["cells"]


def picture(kind: str, size: tuple[int, int] = (8, 6), **more: object) -> str:
    """Return a picture as notebooks save it: base64 of a file of this kind, ``more`` as Pillow takes it."""
    file = BytesIO()
    Image.new("RGB", size, "#88aa66").save(file, kind, **more)
    return base64.b64encode(file.getvalue()).decode()


PNG = base64.b64encode(clean_drawing(base64.b64decode(picture("PNG")), most=300_000)[1]).decode()
JPEG = picture("JPEG")
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>ä</title></svg>'


def notebook(*cells: Cell) -> str:
    """Return the text of a notebook with these cells."""
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


def text(source: str, **more: object) -> Cell:
    """Return a Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def code(source: str, *outputs: Cell, **metadata: object) -> Cell:
    """Return a code cell with saved outputs."""
    return {"cell_type": "code", "metadata": metadata, "source": source, "outputs": list(outputs)}


def shown(data: dict[str, object], **metadata: object) -> Cell:
    """Return a saved output."""
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def show(section: str) -> Cell:
    """Return a cell that shows a section."""
    return code(f'desk.section("{section}")')


def outline(*cells: Cell) -> Outline:
    """Return the outline of a notebook with these cells."""
    return parse_outline(notebook(*cells), "student.ipynb")


def sections(found: Outline) -> list[str]:
    """Return the sections of an outline that has nothing else."""
    assert all(isinstance(cell, SectionCell) for cell in found)
    return [cell.section for cell in found if isinstance(cell, SectionCell)]


def own(*cells: Cell) -> OwnCell:
    """Return the one cell of the teacher's these cells make."""
    (found,) = outline(*cells)
    assert isinstance(found, OwnCell)
    return found
