"""The same content for everybody: one child's book as our class folder and as an ordinary notebook.

Three strengths, three goals, three charts, six photos of twelve megapixels as a phone writes them (EXIF
with a place on the map, one held sideways), one widget. All of it is invented, from fixed seeds.
Run as a program it makes a folder::

    photos/ small/     the photos as they come from the phone, and as our desk keeps them
    class/ thirty/     a class folder with the one child, and one with thirty
    usual/ strongest/  the child's notebook: not run, beside full photos; run, beside small ones
"""

from __future__ import annotations

import json
import shutil
import sys
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import yaml
from nbclient import NotebookClient
from PIL import Image

from portfolio import files
from portfolio.media import CleanPicture, clean_picture
from portfolio.model import (
    AgendaChoice,
    Answer,
    AnyEntry,
    Goal,
    Household,
    Passage,
    Picture,
    PortfolioMeta,
    Rating,
    SchoolClass,
    Step,
    Strength,
    Student,
    Work,
)
from portfolio.store.class_folder import ClassFolder, create_class
from portfolio.store.port import ClassStore
from tests.specimens import camera_jpeg

WIDTH, HEIGHT, PHOTOS, CLASS_SIZE = 4032, 3024, 6, 30
AT = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ROUNDS = ("Spring 2026", "Fall 2026")

WELCOME = "Today I will show you my volcano, my map and my longest story. You can stop me and ask."
STRENGTHS = (
    ("trying again.", "my volcano. The third one worked."),
    ("finding a mistake before it is too late.", "my math page. I counted again and it was 322."),
    ("telling a story so that people want to know the end.", "The night the lights went out."),
)
GOALS = (
    ("I will read one chapter aloud every week.", "so that I stop skipping the long words.", "after dinner"),
    ("I will check my math before I hand it in.", "because I lose points on easy ones.", "in math"),
    ("I will ask when I am stuck for five minutes.", "so that I do not sit there alone.", "at my table"),
)
WORK = (
    ("My volcano, and why it waited", "it did not work the first time, and it did not work the second time."),
    ("23 times 14, in boxes", "I got it wrong and then I found out why."),
    ("The night the lights went out", "it is the longest story I have written."),
)
ALTS = (
    "A brown volcano on a board with white foam at its foot.",
    "The same volcano from above, its mouth narrow.",
    "Squared paper with four pencil boxes and a sum.",
    "The corner of the page with a note about checking.",
    "A page of round handwriting with one word crossed out.",
    "A drawing of a dark window with a candle.",
)
QUESTIONS = {
    "feels": ("faces", ("mornings", "lessons", "breaks")),
    "habits": ("four_words", ("keep_trying", "ask_when_stuck", "check_my_work")),
    "reading": ("four_words", ("keep_trying", "ask_when_stuck", "check_my_work")),
}
ANSWERS = {"faces": ("good", "so_so", "great"), "four_words": ("sometimes", "mostly", "always")}
TITLES = {"feels": "How school feels", "habits": "How I work", "reading": "How I read"}


def photo(seed: int) -> bytes:
    """Return a JPEG of twelve megapixels and about 3.5 MB: soft shapes, some texture, a little grain."""
    width, height = (HEIGHT, WIDTH) if seed == PHOTOS else (WIDTH, HEIGHT)
    chance = np.random.default_rng(seed)

    def cloth(step: int) -> Image.Image:
        dots = chance.integers(0, 256, (-(-height // step), -(-width // step), 3), dtype=np.uint8)
        return Image.fromarray(dots).resize((width, height), Image.Resampling.BICUBIC)

    seen = cloth(600)
    for step, share in ((150, 0.35), (40, 0.22), (12, 0.12), (4, 0.05), (1, 0.1)):
        seen = Image.blend(seen, cloth(step), share)
    return camera_jpeg(seen, 6 if seed == PHOTOS else 1, quality=90)


# ------------------------------------------------------------------------------------------ our class folders


def template(place: Path) -> Path:
    """Write our template for grades 3 to 5 with a third chart and a third goal; return its file."""
    told = yaml.safe_load((files.class_templates() / "3-5.yaml").read_text(encoding="utf-8"))
    sections = told["sections"]
    habits = next(s for s in sections if s["section_id"] == "habits")
    next(s for s in sections if s["section_id"] == "goals")["at_most"] = len(GOALS)
    third = {**habits, "section_id": "reading", "title": TITLES["reading"]}
    sections.insert(sections.index(habits) + 1, third)
    path = place / "template.yaml"
    told["sections"] = json.loads(json.dumps(sections))  # our reader takes no YAML aliases
    path.write_text(yaml.safe_dump(told, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def make_class(path: Path, template_file: Path, size: int, photos: list[CleanPicture]) -> ClassFolder:
    """Make a class folder of ``size`` children who all have the same book."""
    school = SchoolClass(class_id="bench", name="Class 4B", age_band="3-5", round=ROUNDS[-1])
    folder = create_class(path, template_file, school, randomness=lambda n: bytes(range(n)))
    store = folder.store()
    try:
        for n in range(1, size + 1):
            _put_child(store, f"child-{n}", photos)
    finally:
        store.close()
    return folder


def _put_child(store: ClassStore, student_id: str, photos: list[CleanPicture]) -> None:
    home = Household(household_id="home", label="Mama and Baba", adults=("Mama", "Baba"))
    student = Student(student_id=student_id, name=student_id.title(), grade="grade 4", households=(home,))
    store.keep_student(student)
    for made in photos:
        store.keep_picture(student_id, made.sha256, made.data, made.thumb)
    for n, name in enumerate(ROUNDS):
        meta = PortfolioMeta(
            portfolio_id=f"{student_id}.{n}",
            student_id=student_id,
            round=name,
            started_on=date(2026, 2 + 7 * n, 1),
            age_band="3-5",
            template_id="3-5",
            agenda=AgendaChoice(),
        )
        store.keep_meta(meta, expected=0)
        for entry in [*_ratings(n), *(_words(photos) if n else ())]:
            store.keep(meta.portfolio_id, entry, expected=0, by="student", at=AT)


def _ratings(at: int) -> list[AnyEntry]:
    return [
        Rating(
            entry_id=f"{section}.{question}",
            section=section,
            question=question,
            answer=ANSWERS[scale][(n + at) % 3],
        )
        for section, (scale, questions) in QUESTIONS.items()
        for n, question in enumerate(questions)
    ]


def _words(photos: list[CleanPicture]) -> list[AnyEntry]:
    shown = [
        Picture(sha256=made.sha256, width=made.width, height=made.height, alt=Passage(text=alt))
        for made, alt in zip(photos, ALTS, strict=True)
    ]
    welcome = Answer(entry_id="welcome.today", section="welcome", prompt="today", words=Passage(text=WELCOME))
    strengths = [
        Strength(entry_id=f"strength-{n}", what=Passage(text=what), proof=Passage(text=proof))
        for n, (what, proof) in enumerate(STRENGTHS)
    ]
    work = [
        Work(
            entry_id=f"work-{n}",
            title=Passage(text=title),
            why=Passage(text=why),
            pictures=tuple(shown[2 * n : 2 * n + 2]),
        )
        for n, (title, why) in enumerate(WORK)
    ]
    goals = [
        Goal(
            entry_id=f"goal-{n}",
            goal=Passage(text=goal),
            why=Passage(text=why),
            steps=(Step(what=Passage(text=goal), when=when),),
        )
        for n, (goal, why, when) in enumerate(GOALS)
    ]
    return [welcome, *strengths, *work, *goals]


# ------------------------------------------------------------------------------------- the same, as a notebook


def notebook(folder: str, names: list[str]) -> Any:
    """Return the same book as a good teacher writes it today: Markdown, matplotlib, a widget."""
    new: Any = nbformat.v4  # its functions have no types
    cells = [new.new_markdown_cell(f"# Child-1's book\n\n{WELCOME}")]
    cells += [
        new.new_markdown_cell("## My strengths\n\n" + "\n".join(f"- **{a}** {b}" for a, b in STRENGTHS))
    ]
    for n, (title, why) in enumerate(WORK):
        seen = [f"![{ALTS[i]}]({folder}/{names[i]})" for i in (2 * n, 2 * n + 1)]
        cells.append(
            new.new_markdown_cell(f"## {title}\n\nI chose this because {why}\n\n" + "\n\n".join(seen))
        )
    for section, (scale, questions) in QUESTIONS.items():
        lines = [[ANSWERS[scale][(n + at) % 3] for at in range(2)] for n in range(len(questions))]
        cells.append(new.new_code_cell(_plot(TITLES[section], scale, questions, lines)))
    steps = "\n".join(f"- **{goal}** {why} ({when})" for goal, why, when in GOALS)
    cells.append(new.new_markdown_cell(f"## My goals\n\n{steps}"))
    cells.append(
        new.new_code_cell("import ipywidgets\nipywidgets.ToggleButtons(options=['done', 'not yet'])")
    )
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new.new_notebook(cells=cells, metadata=kernel)


def _plot(title: str, scale: str, questions: tuple[str, ...], lines: list[list[str]]) -> str:
    drawn = "\n".join(
        f"plt.plot({ROUNDS!r}, [scale.index(a) for a in {line!r}], marker='o', label={question!r})"
        for question, line in zip(questions, lines, strict=True)
    )
    return (
        f"import matplotlib.pyplot as plt\nscale = {sorted(ANSWERS[scale])!r}\n"
        f"{drawn}\nplt.title({title!r})\nplt.legend()\nplt.show()"
    )


def _write(book: Any, path: Path) -> None:
    path.write_text(nbformat.writes(book), encoding="utf-8")  # type: ignore[no-untyped-call] # no types there


def make(place: Path) -> None:
    """Make everything, in a folder that is not there yet."""
    for name in ("photos", "small", "usual/photos", "strongest/small"):
        (place / name).mkdir(parents=True)
    clean = []
    for n in range(1, PHOTOS + 1):
        raw = photo(n)
        Image.open(BytesIO(raw)).verify()
        clean.append(clean_picture(raw))
        (place / "photos" / f"{n}.jpg").write_bytes(raw)
        (place / "small" / f"{n}.webp").write_bytes(clean[-1].data)
    shutil.copytree(place / "photos", place / "usual/photos", dirs_exist_ok=True)
    shutil.copytree(place / "small", place / "strongest/small", dirs_exist_ok=True)
    asked = template(place)
    make_class(place / "class", asked, 1, clean)
    make_class(place / "thirty", asked, CLASS_SIZE, clean)
    plain = notebook("photos", [f"{n}.jpg" for n in range(1, PHOTOS + 1)])
    _write(plain, place / "usual/student.ipynb")
    ready = notebook("small", [f"{n}.webp" for n in range(1, PHOTOS + 1)])
    NotebookClient(ready, timeout=600).execute()
    _write(ready, place / "strongest/student.ipynb")


if __name__ == "__main__":
    make(Path(sys.argv[1]))
