"""The command ``examine``: read everything of a class, say what is damaged, mend what can be mended."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from portfolio.cli.face import AsJson, Folder, app, open_class_at, sentences, tell, voice
from portfolio.errors import N_, StorageTrouble
from portfolio.words import Speech, say

if TYPE_CHECKING:
    from portfolio.store.class_folder import ClassFolder
    from portfolio.store.findings import Finding

# what was wrong is told in the first place; after mending it would read as if it still were
_MENDED: Final[dict[str, str]] = {
    "entry": N_("“{where}” was damaged, and has its last good state from its history again."),
    "thumb": N_("The small picture “{where}” was made again."),
    "permissions": N_("“{where}” can be read by you alone now."),
}
_NEEDS_NO_BACKUP: Final = frozenset(
    {"permissions", "template", "notebook", "media_missing", "media_damaged", "thumb"}
)


@app.command(epilog="Example: portfolio examine class-4b --mend")
def examine(
    folder: Folder,
    mend: Annotated[
        bool, typer.Option("--mend", help="Mend what can be mended without losing anything.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read everything in a class and say what is damaged; ends with 7 if something is. It takes a while."""
    from portfolio.moments.mending import mend_all
    from portfolio.store import integrity

    with sentences():
        class_folder = _any_class_at(folder)
        found = integrity.examine(class_folder)
        done = [(finding, False) for finding in found]
        if mend:
            at = datetime.now(UTC).astimezone()
            done = list(mend_all(class_folder, found, by="teacher:examine", at=at))
        if as_json:
            tell(json.dumps([_data(*one) for one in done], ensure_ascii=False, indent=1))
        else:
            _tell_findings(done, mending=mend)
        if any(_still_damaged(*one) for one in done):
            raise typer.Exit(StorageTrouble.exit_code)


def _any_class_at(path: Path) -> ClassFolder:
    """Return the class in a folder, also one whose parts are missing: that is what is looked for."""
    from portfolio.store.class_folder import ClassFolder

    folder = ClassFolder(path.absolute())
    known = folder.template_file.exists() or folder.database.exists()
    return folder if known else open_class_at(path)


def _still_damaged(finding: Finding, mended: bool) -> bool:
    return not (finding.harmless or mended)


def _data(finding: Finding, mended: bool) -> dict[str, object]:
    return {
        "what": finding.what,
        "where": finding.where,
        "sentence": say(finding.sentence(), voice()),
        "harmless": finding.harmless,
        "mendable": finding.mendable,
        "mended": mended,
    }


def _tell_findings(done: list[tuple[Finding, bool]], *, mending: bool) -> None:
    speech = voice()
    for finding, mended in done:
        word = speech("mended") if mended else speech("harmless") if finding.harmless else speech("DAMAGED")
        tell(f"{word}: {_sentence(finding, mended, speech)}")
    if not done:
        return tell(speech("Everything in the class was read, and all is well."))
    if mending:
        counted = [sum(mended for _, mended in done), sum(_still_damaged(*one) for one in done)]
        tell(speech("{mended} mended, {left} still damaged.", mended=counted[0], left=counted[1]))
    elif any(finding.mendable for finding, _ in done):
        return tell(speech("Some of this can be mended without losing anything: add --mend"))
    if any(_still_damaged(*one) and one[0].what not in _NEEDS_NO_BACKUP for one in done):
        tell(
            speech(
                "Keep this folder as it is. To get a class out of a backup beside it: "
                "portfolio restore BACKUP NEW-FOLDER"
            )
        )
    return None


def _sentence(finding: Finding, mended: bool, speech: Speech) -> str:
    if mended and finding.what in _MENDED:
        return speech(_MENDED[finding.what], where=finding.where)
    return say(finding.sentence(), speech)
