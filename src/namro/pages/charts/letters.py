"""Which letters a PNG is drawn with: one family that has every Vietnamese letter, never a mixture of two.

resvg takes any installed font for a letter the first one lacks (old Liberation fonts lack most Vietnamese letters), so
it is given exactly the files it may use: Liberation Serif 2 where Debian put it, else our own Be Vietnam Pro.
"""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

from fontTools.merge import Merger, Options  # type: ignore[import-untyped]

LIBERATION = Path("/usr/share/fonts/truetype/liberation2")
FAMILY, TYPOGRAPHIC_FAMILY = 1, 16  # ids in a font's table of names
OWN = Path(__file__).resolve().parent.parent.parent / "static" / "vendor" / "be-vietnam-pro-5.3.0"


@cache
def font_files() -> list[str]:
    """Return the font files that a PNG may use."""
    serif = [LIBERATION / f"LiberationSerif-{weight}.ttf" for weight in ("Regular", "Bold")]
    return [str(file) for file in (serif if all(file.exists() for file in serif) else _unpacked())]


def _unpacked() -> list[Path]:
    """Return our own letters as one TrueType file a weight: resvg reads no woff2 and joins no subsets."""
    folder = Path(tempfile.mkdtemp(prefix="namro-letters-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return [_joined(weight, folder / f"{weight}.ttf") for weight in (400, 600)]


def _joined(weight: int, target: Path) -> Path:
    """Write the subsets of a weight as one file, named as the one family."""
    font = Merger(Options(drop_tables=["GSUB", "GPOS", "GDEF", "STAT"])).merge(
        sorted(OWN.glob(f"*-{weight}-normal.woff2"))
    )
    for record in font["name"].names:
        if record.nameID in (FAMILY, TYPOGRAPHIC_FAMILY):
            record.string = "Be Vietnam Pro"
    font.save(target)
    return target
