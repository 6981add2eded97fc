"""Small PDFs for tests."""

from __future__ import annotations

from io import BytesIO

import pypdfium2


def blank_pdf(pages: int, *, mark: int = 0) -> bytes:
    """Return a PDF with so many empty pages; ``mark`` makes them wider, so that one can tell whose they are."""
    made = BytesIO()
    with pypdfium2.PdfDocument.new() as document:
        for _ in range(pages):
            document.new_page(500 + mark, 800)
        document.save(made)
    return made.getvalue()


def texts_of(data: bytes, password: str = "") -> list[str]:
    """Return the words on each page."""
    with pypdfium2.PdfDocument(BytesIO(data), password=password or None) as document:
        return [document[n].get_textpage().get_text_range() for n in range(len(document))]
