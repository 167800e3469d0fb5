"""The letters of documents: one file a style, made of the vendored subsets, with every Vietnamese letter in it."""

import unicodedata
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from namro.reports.renderers.pdf import LETTERS

VENDOR = Path(__file__).parents[2] / "src" / "namro" / "static" / "vendor" / "tinos-5.3.0"
STYLES = [f"{weight}-{style}" for weight in (400, 700) for style in ("normal", "italic")]
VOWELS, TONES = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
OTHERS = "đĐ«»“”–−÷×…0123456789.,;:%()/"


@pytest.mark.parametrize("style", STYLES)
def test_every_vietnamese_letter_is_in_the_one_file(style: str) -> None:
    letters = {unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES} | set(OTHERS)
    assert all(len(letter) == 1 for letter in letters)
    assert {
        letter for letter in letters if ord(letter) not in _letters(LETTERS / f"Tinos-{style}.ttf")
    } == set()


@pytest.mark.parametrize("style", STYLES)
def test_the_file_is_the_vendored_subsets_joined(style: str) -> None:
    subsets = [
        _letters(VENDOR / f"tinos-{subset}-{style}.woff2") for subset in ("latin", "latin-ext", "vietnamese")
    ]
    assert _letters(LETTERS / f"Tinos-{style}.ttf") == set().union(*subsets)


def _letters(file: Path) -> set[int]:
    return set(TTFont(file).getBestCmap())
