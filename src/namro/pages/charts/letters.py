"""The letters a PNG is drawn with: Tinos (as wide as Times New Roman, every Vietnamese letter) from our own files.

resvg takes any installed font for a letter that the first one lacks (Debian's old Liberation fonts lack most
Vietnamese letters), so it is given exactly the files it may use: the drawing is the same on every machine.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from fontTools.merge import Merger, Options  # type: ignore[import-untyped]

FAMILY = "Tinos"
WOFF = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "tinos-5.3.0"
NAME_OF_FAMILY = (1, 16)  # ids in a font's table of names
LAYOUT = ["GSUB", "GPOS", "GDEF", "STAT"]  # cannot be joined, and a chart does without


@cache
def font_files() -> list[str]:
    """Return the font files a PNG may use: one TrueType file a weight, made once a process.

    resvg reads no woff2 and joins no subsets of a family.
    """
    folder = Path(tempfile.mkdtemp(prefix="namro-letters-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return [str(_joined(weight, folder / f"{weight}.ttf")) for weight in (400, 700)]


def _joined(weight: int, target: Path) -> Path:
    """Write the subsets of a weight as one file, named as the one family."""
    font = Merger(Options(drop_tables=LAYOUT)).merge(sorted(WOFF.glob(f"*-{weight}-normal.woff2")))
    for record in font["name"].names:
        if record.nameID in NAME_OF_FAMILY:
            record.string = FAMILY
    font.save(target)
    return target
