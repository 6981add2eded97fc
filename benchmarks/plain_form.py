"""The peer of the desk: the same questions as a good teacher would ask them with ipywidgets alone.

``form(folder)`` runs inside the peer's notebook: it reads ``questions.json``, shows each question with the
nearest ipywidgets control, writes ``answers.json`` whenever a value changes and then says "Saved". Nothing in
it is slowed down on purpose; it is what the ipywidgets documentation teaches.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from portfolio.model import ClassTemplate, Prompt


def questions(template: ClassTemplate) -> list[dict[str, Any]]:
    """Return every question a child's desk asks, as plain data: title of the section, question, control, choices."""
    found: list[dict[str, Any]] = []
    for section in template.sections:
        if section.holds in ("teacher_page", "replies", "look_backs"):
            continue
        cards = 1 if section.holds in ("answers", "ratings") else max(1, section.at_least)
        for n in range(cards):
            found += [_question(section.section_id, section.title, n, prompt) for prompt in section.prompts]
    return found


def _question(section: str, title: str, n: int, prompt: Prompt) -> dict[str, Any]:
    return {
        "name": f"{section}.{n}.{prompt.field}",
        "section": title,
        "ask": prompt.ask,
        "control": prompt.control,
        "choices": [choice.label for choice in prompt.choices],
        "rows": [column.ask for column in prompt.columns],
    }


def form(folder: Path) -> Any:
    """Return the form as one box of widgets (called in the peer's notebook, without Portfolio)."""
    import ipywidgets as w

    asked = json.loads((folder / "questions.json").read_text("utf-8"))
    kept = folder / "answers.json"
    answers: dict[str, Any] = json.loads(kept.read_text("utf-8")) if kept.exists() else {}
    saved = w.HTML("")
    boxes: list[Any] = [saved]
    title = ""
    for question in asked:
        if question["section"] != title:
            title = question["section"]
            boxes.append(w.HTML(f"<h2>{title}</h2>"))
        control = _control(w, question, answers.get(question["name"]))
        boxes += [w.Label(question["ask"]), control]

        def keep(change: Any, name: str = question["name"]) -> None:
            answers[name] = (
                change["new"] if isinstance(change["new"], str | list | tuple) else str(change["new"])
            )
            kept.write_text(json.dumps(answers), "utf-8")
            saved.value = "Saved"

        control.observe(keep, "value")
    return w.VBox(boxes)


def _control(w: Any, question: dict[str, Any], value: Any) -> Any:
    wide = w.Layout(width="90%")
    kind = question["control"]
    if kind in ("line", "piece"):
        return w.Text(value=value or "", layout=wide)
    if kind in ("long", "rows"):
        return w.Textarea(value=value or "", layout=wide)
    if kind == "picks":
        return w.SelectMultiple(options=question["choices"])
    if kind in ("one", "scale"):
        return w.ToggleButtons(options=["–", *question["choices"]])
    if kind in ("date", "dates"):
        return w.DatePicker()
    return w.FileUpload(multiple=True)
