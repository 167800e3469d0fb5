"""The letters a PNG is drawn with: Tinos, as wide as Times New Roman, in which documents are set.

resvg takes any installed font for a letter that the first one lacks (Debian's old Liberation fonts lack most
Vietnamese letters), so it is given exactly the files it may use: the drawing is the same on every machine.
"""

from namro.reports.renderers.pdf import LETTERS

FAMILY = "Tinos"


def font_files() -> list[str]:
    """Return the font files a PNG may use, one a weight."""
    return [str(LETTERS / f"Tinos-{weight}-normal.ttf") for weight in (400, 700)]
