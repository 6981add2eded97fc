"""Make the font subsets of our pages from the full open fonts.

    npm pack @fontsource-variable/literata @fontsource/andika @fontsource/noto-naskh-arabic
    (unpack each into a folder of its own: literata/, andika/, noto-naskh-arabic/)
    python .ci/fonts.py FOLDER

Out come, in ``templates/pages/fonts``: the ``woff2`` files, ``fonts.css`` (for pages that are served),
``fonts.json`` (for pages that carry their fonts inside) and the licences. Same input, same bytes.
Hinting is dropped (it doubles the size and only old screens use it); of the weights 400 to 700 stay.
"""

from __future__ import annotations

import io
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

OUT = Path(__file__).resolve().parent.parent / "templates" / "pages" / "fonts"

# Letters every page needs: English, Spanish, French, German, Portuguese, Haitian Creole, quotes and dashes.
LATIN = (
    "20-7E A0-FF 131 152 153 2BB 2BC 2C6 2DA 2DC 300-304 308 323 2009 2010 2011 2013 2014 2018-201A 201C-201E "
    "2022 2026 2032 2033 2039 203A 2044 20AC 2122 2191 2193 2212"
)
# Polish, Turkish, Czech, Romanian, Hungarian, Baltic, Hausa, Twi, Azeri, Hawaiian …
EXT = (
    "100-17F 181 186 18A 18F 190 192 198 199 1B3 1B4 1CD-1DC 1F8 1F9 218-21B 253 254 257 259 25B 300-304 323 1E44 1E45 "
    "1E62 1E63 1E80-1E85 1E9E 202F 2020 2030 2116 2190 2192"
)
VIET = "102 103 110 111 128 129 168 169 1A0 1A1 1AF 1B0 300 301 303 309 323 1EA0-1EF9 20AB"
# Arabic, Persian, Urdu, Pashto, Kurdish (Sorani), with digits and marks.
ARABIC = (
    "60C 61B 61F 621-63A 640-655 660-66D 670 671 679 67C 67E 681 685-686 688 689 691 693 695 696 698 69A 6A4 6A9 6AB "
    "6AF 6B5 6BA 6BC 6BE 6C0-6C3 6C6 6C7 6CA 6CC 6CD 6CE 6D0 6D2-6D5 6F0-6F9 200C-200F FDFC"
)
LATIN_FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum"]
ARABIC_FEATURES = [
    "init",
    "medi",
    "fina",
    "rlig",
    "liga",
    "calt",
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "kern",
    "curs",
]


@dataclass(frozen=True)
class Face:
    """One file to make: where it comes from, what stays in it, how styles ask for it."""

    out: str
    source: str
    family: str
    weight: str
    style: str
    script: str
    letters: str
    axis: tuple[float, float] | float | None = None


def _faces() -> list[Face]:
    """List the files in the order in which a page wants them."""
    faces = []
    for script, part, letters in (
        ("latin", "latin", LATIN),
        ("ext", "latin-ext", EXT),
        ("viet", "vietnamese", VIET),
    ):
        lit = f"literata/files/literata-{part}-wght"
        hand = f"andika/files/andika-{part}"
        faces += [
            Face(
                f"literata-{script}",
                f"{lit}-normal",
                "Literata",
                "400 700",
                "normal",
                script,
                letters,
                (400, 700),
            ),
            Face(
                f"literata-italic-{script}",
                f"{lit}-italic",
                "Literata",
                "400 700",
                "italic",
                script,
                letters,
                400,
            ),
            Face(f"andika-{script}", f"{hand}-400-normal", "Andika", "400", "normal", script, letters),
            Face(f"andika-bold-{script}", f"{hand}-700-normal", "Andika", "700", "normal", script, letters),
        ]
    naskh = "noto-naskh-arabic/files/noto-naskh-arabic-arabic"
    for out, weight in (("naskh-arabic", "400"), ("naskh-bold-arabic", "700")):
        source = f"{naskh}-{weight}-normal"
        faces.append(Face(out, source, "Noto Naskh Arabic", weight, "normal", "arabic", ARABIC))
    return faces


def _numbers(spec: str) -> set[int]:
    """Read ``20-7E A0`` as a set of code points."""
    found: set[int] = set()
    for part in spec.split():
        first, _, last = part.partition("-")
        found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _ranges(points: set[int]) -> str:
    """Write code points as a CSS ``unicode-range``."""
    runs: list[list[int]] = []
    for point in sorted(points):
        if runs and point == runs[-1][1] + 1:
            runs[-1][1] = point
        else:
            runs.append([point, point])
    return ",".join(f"U+{a:X}" if a == b else f"U+{a:X}-{b:X}" for a, b in runs)


def _reopen(font: TTFont) -> TTFont:
    """Save and open again, so that later steps see only what is left."""
    font.flavor = None
    copy = io.BytesIO()
    font.save(copy)
    copy.seek(0)
    return TTFont(copy, recalcTimestamp=False)


def _make(face: Face, sources: Path) -> tuple[bytes, set[int]]:
    """Return the woff2 bytes of one face and the code points it can show."""
    font = TTFont(sources / f"{face.source}.woff2", recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = ARABIC_FEATURES if face.script == "arabic" else LATIN_FEATURES
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    keep = subset.Subsetter(options)
    keep.populate(unicodes=_numbers(face.letters))
    keep.subset(font)
    font = _reopen(font)
    if face.axis is not None:
        font = instancer.instantiateVariableFont(font, {"wght": face.axis})
    shown = set(font.getBestCmap())
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue(), shown


def _rule(entry: dict[str, object]) -> str:
    """Return the @font-face rule of one file, with an address beside the style sheet."""
    return (
        f'@font-face{{font-family:"{entry["family"]}";font-style:{entry["style"]};font-weight:{entry["weight"]};'
        f'font-display:swap;src:url({entry["file"]}) format("woff2");unicode-range:{entry["range"]}}}'
    )


def main(sources: Path) -> None:
    """Make every file and print its size."""
    OUT.mkdir(parents=True, exist_ok=True)
    taken: dict[tuple[str, str, str], set[int]] = {}
    index: list[dict[str, object]] = []
    for face in _faces():
        data, shown = _make(face, sources)
        before = taken.setdefault((face.family, face.weight, face.style), set())
        name = f"{face.out}.woff2"
        (OUT / name).write_bytes(data)
        index.append(
            {
                "file": name,
                "family": face.family,
                "weight": face.weight,
                "style": face.style,
                "script": face.script,
                "bytes": len(data),
                "range": _ranges(shown - before),
            }
        )
        before |= shown
        print(f"{len(data):7} {name} ({len(shown)} letters)")
    (OUT / "fonts.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")
    (OUT / "fonts.css").write_text("\n".join(map(_rule, index)) + "\n", encoding="utf-8")
    for package in ("literata", "andika", "noto-naskh-arabic"):
        licence = (sources / package / "LICENSE").read_text(encoding="utf-8")
        (OUT / f"OFL-{package}.txt").write_text(licence.rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
