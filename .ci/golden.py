"""Write the golden pages anew: ``python .ci/golden.py``. Look at the difference before you commit it.

They are whole pages of the small book without their style sheet, so that they can be read, opened in a
browser and compared line by line. The tests never write them.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"

_OURS = re.compile(r"<style>.*?</style>|'sha256-[^']*'", re.DOTALL)
_TAG = re.compile(
    r"(?<=>)(?=<(?:section|p|h[1-6]|ul|ol|li|div|figure|dl|nav|main|header|footer|form|fieldset)\b)"
)


def pages() -> dict[str, str]:
    """Return the golden pages by file name: one block a line, styles and their hash left out."""
    from portfolio.rules import for_audience
    from portfolio.testing import small_book
    from portfolio.views.home import home_page
    from portfolio.views.pages import render, talk_page

    book = small_book()
    views = {home: for_audience(book, "home", home) for home in ("papa", "mama")}
    made: dict[str, str] = {
        f"home-{name}.html": render(home_page(view, lambda _: b"")) for name, view in views.items()
    }
    made["talk.html"] = render(talk_page(for_audience(book, "conference"), lambda _: b""))
    made |= papers()
    return {name: _TAG.sub("\n", _OURS.sub("", page)) + "\n" for name, page in made.items()}


def papers() -> dict[str, str]:
    """Return every paper for a home in the languages we have texts in, by file name."""
    from portfolio.model import Passage, Teacher, Translation
    from portfolio.model.people import ClassWords, Contact, Learning
    from portfolio.rules.papers import PAPERS, paper_view
    from portfolio.testing import small_book
    from portfolio.views.papers import paper_sheet, render_page, render_sheet, title_of

    book = small_book()
    words = ClassWords(
        learning=(
            Learning(subject="Reading", words=Passage(text="Long stories. We look for text evidence.")),
        ),
        about_school=Passage(text="Ring the bell at the blue door.\n\nWe eat at noon."),
        letter=Passage(
            text="I like maps and bad jokes.",
            translations=(Translation(lang="es", text="Me gustan los mapas.", made_by="draft"),),
        ),
        invitation=Passage(
            text="There will be tea.",
            translations=(Translation(lang="es", text="Habrá té.", made_by="human"),),
        ),
        place="Room 7",
        contacts=(Contact(name="Mr. Okoye", about="buses, forms", reach="555 0101"),),
    )
    teachers = (Teacher(teacher_id="t1", name="Ms. Rivera", role="class teacher", reach="555 0100"),)
    school = book.school_class.but(words=words, teachers=teachers)
    view = paper_view(school, book.template, book.student, book.student.households[0], book.portfolio.meta)
    made: dict[str, str] = {}
    for lang in ("en", "es", "ar"):
        for paper in PAPERS:
            sheet = paper_sheet(paper, view, lang=lang)
            page = render_page([render_sheet(sheet)], sheet.say, title_of(paper, sheet.say))
            made[f"paper-{paper}.{lang}.html"] = page
    return made


def main() -> int:
    """Write every page and say which changed."""
    sys.path.insert(0, str(ROOT))
    GOLDEN.mkdir(exist_ok=True)
    for name, page in pages().items():
        path = GOLDEN / name
        same = path.is_file() and path.read_text("utf-8") == page
        path.write_text(page, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'the same' if same else 'changed'}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
