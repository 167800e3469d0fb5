"""Colours: one list for both ways into the dark, enough contrast for words, paper colours as on the page."""

import re
from pathlib import Path

import pytest

import namro
from namro.pages.charts import themes

CSS = Path(namro.__file__).parent / "static" / "css" / "tokens.css"
TEXT = CSS.read_text(encoding="utf-8")
TONES = ("ok", "late", "progress", "over", "risk", "finding", "wait", "none")


def _block(start: str) -> dict[str, str]:
    """Return the tokens of the block that begins there."""
    body = TEXT[TEXT.index(start) :]
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", body[: body.index("}")]))


LIGHT = _block(":root {\n  color-scheme: light")
DARK = LIGHT | _block(':root[data-theme="dark"]')


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_system_and_the_person_get_the_same_dark() -> None:
    assert _block(':root:not([data-theme="light"])') == _block(':root[data-theme="dark"]')


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface", "sunken"])
@pytest.mark.parametrize("ink", ["ink", "ink-2", "brand", *(f"{tone}-ink" for tone in TONES)])
def test_words_can_be_read(theme: dict[str, str], ground: str, ink: str) -> None:
    assert _contrast(theme[ink], theme[ground]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("tone", TONES)
def test_words_can_be_read_on_their_own_soft_ground(theme: dict[str, str], tone: str) -> None:
    assert _contrast(theme[f"{tone}-ink"], theme[f"{tone}-soft"]) >= 4.5
    assert _contrast(theme["ink"], theme[f"{tone}-soft"]) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_fields_and_counts_can_be_read(theme: dict[str, str]) -> None:
    assert _contrast(theme["on-brand"], theme["brand"]) >= 4.5
    assert _contrast(theme["on-over"], theme["over"]) >= 4.5
    assert _contrast(theme["edge"], theme["surface"]) >= 3


def test_a_document_has_the_colours_of_the_light_page() -> None:
    own = {"ink": "#000000", "ink-2": "#333333", "paper": "#ffffff"}
    assert {name: LIGHT[name] for name in themes.DOCUMENT_COLOURS} | own == themes.DOCUMENT_COLOURS


def test_paper_leaves_no_token_of_the_dark() -> None:
    paper = (CSS.parent / "print.css").read_text(encoding="utf-8")
    assert set(LIGHT) <= set(re.findall(r"--([a-z0-9-]+):", paper))
