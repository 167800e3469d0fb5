"""Two ways to colour a drawing: by the tokens of the page (light and dark follow), or fixed for a printed document."""

import re
from typing import Final

# Hatch of "done late" inside a document; on a page it is base.html's.
DOCUMENT_HATCH: Final = (
    '<defs><pattern id="hatch-late" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#9cc3a9"/><rect width="2.5" height="6" fill="#2b7d55"/></pattern>'
    '<pattern id="hatch-none" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<rect width="6" height="6" fill="#ffffff"/><rect width="1.5" height="6" fill="#c9d1d5"/></pattern></defs>'
)
PAGE_FONT: Final = "Be Vietnam Pro"
DOCUMENT_FONT: Final = "Times New Roman, Tinos, Liberation Serif, serif"

# The light tokens, with ink made black: paper has one theme. A test holds them equal to tokens.css.
DOCUMENT_COLOURS: Final[dict[str, str]] = {
    "surface": "#ffffff",
    "paper": "#ffffff",
    "ink": "#000000",
    "ink-2": "#333333",
    "line": "#e1e6e6",
    "line-2": "#b9c4c8",
    "brand": "#0b5c6b",
    "ok": "#2b7d55",
    "ok-ink": "#256e4a",
    "late": "#9cc3a9",
    "progress": "#7ba3d0",
    "over": "#c2352b",
    "over-ink": "#b22c23",
    "risk": "#b96f08",
    "finding": "#6b4bb0",
    "wait": "#0b6c7c",
    "none": "#c9d1d5",
    "map-border": "#ffffff",
    "ramp-1": "#f3d9c6",
    "ramp-2": "#e9e2c3",
    "ramp-3": "#bbd9c4",
    "ramp-4": "#7dbdb0",
    "ramp-5": "#3b97a0",
    "ramp-6": "#0b6c7c",
    "series-1": "#0b6c7c",
    "series-2": "#b96f08",
    "series-3": "#6b4bb0",
    "series-4": "#4d7f2e",
    "series-5": "#b0446f",
    "series-6": "#50616d",
}

_TOKEN = re.compile(r"var\(--([a-z0-9-]+)\)")


def for_document(svg: str) -> str:
    """Return the drawing with fixed colours, the document's letters and its own hatches, able to stand alone."""
    coloured = _TOKEN.sub(lambda found: DOCUMENT_COLOURS[found[1]], svg)
    lettered = coloured.replace(f'font-family="{PAGE_FONT}"', f'font-family="{DOCUMENT_FONT}"')
    start = lettered.index(">") + 1
    return lettered[:start] + DOCUMENT_HATCH + lettered[start:]
