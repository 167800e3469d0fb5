"""ECharts options into SVG that a strict page may hold inline (no style, no script), and SVG into PNG for documents."""

import hashlib
import json
import re
from functools import lru_cache
from typing import Any, Literal

import resvg_py
from django.utils.html import escape

from namro.pages.charts import engine, letters, themes

Theme = Literal["page", "document"]
KEPT = 4096  # drawings of some 5 kB each: a wall of 250 charts for a dozen units

_STYLE_ELEMENT = re.compile(r"<style.*?</style>", re.DOTALL)
_NEEDLESS = re.compile(
    r' (?:class="zr\d+-cls-\d+"|ecmeta_\w+="[^"]*"|pointer-events="visible"|xml:space="preserve")'
)
_STYLE_ATTRIBUTE = re.compile(r' style="([^"]*)"')
_IDS = re.compile(r"zr\d+-(c|p|g)(?=\d)")
_ROOT = re.compile(r"<svg [^>]*>")


def render_svg(
    option: dict[str, Any], width: int, height: int, *, alt: str = "", theme: Theme = "page"
) -> str:
    """Return the SVG of an option; a page's colours are tokens and follow light and dark, a document's are fixed."""
    return _rendered(json.dumps(option, ensure_ascii=False, sort_keys=True), width, height, alt, theme)


def render_png(svg: str, zoom: float = 2.0) -> bytes:
    """Return a document's SVG as a PNG on white, twice its size so that print is sharp."""
    png = resvg_py.svg_to_bytes(
        svg_string=svg.replace(themes.DOCUMENT_FONT, letters.FAMILY),
        background="#ffffff",
        zoom=zoom,
        font_files=letters.font_files(),
        skip_system_fonts=True,
    )
    return bytes(png)


@lru_cache(maxsize=KEPT)
def _rendered(option: str, width: int, height: int, alt: str, theme: Theme) -> str:
    """Draw once for each option, size and theme."""
    name = hashlib.sha256(f"{width}.{height}.{option}".encode()).hexdigest()[:8]
    svg = clean(engine.draw(json.loads(option), width, height), name, width, height, alt)
    return themes.for_document(svg) if theme == "document" else svg


def clean(svg: str, name: str, width: int, height: int, alt: str) -> str:
    """Return ECharts' SVG without <style>, style= and its own bookkeeping; ids are told apart by the chart's name."""
    bare = _NEEDLESS.sub("", _STYLE_ELEMENT.sub("", svg))
    bare = _IDS.sub(lambda found: f"{name}-{found[1]}", bare)
    bare = _STYLE_ATTRIBUTE.sub(_as_attributes, bare)
    words = f'role="img" aria-label="{escape(alt)}"' if alt else 'aria-hidden="true"'
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    root = f'<svg xmlns="http://www.w3.org/2000/svg" {size} {words}>'
    return _ROOT.sub(lambda _: root, bare, count=1).replace("\n", "")


def _as_attributes(found: re.Match[str]) -> str:
    """Return "font-size:12px;font-weight:600" as presentation attributes, which no policy forbids."""
    pairs = (part.split(":", 1) for part in found[1].replace("&quot;", "").split(";") if ":" in part)
    return "".join(f' {key.strip()}="{value.strip()}"' for key, value in pairs)
