"""Words looked for in the labels of alerts: as people type them, without marks or with, in small letters or great."""

import unicodedata
from itertools import product

from django.db.models import CharField, Func, Q, QuerySet, Value
from django.db.models.functions import Lower

from namro.alerts.models import Alert

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_VOWELS = {"a": "aăâ", "e": "eê", "i": "i", "o": "oôơ", "u": "uư", "y": "y"}
_BARE = {"đ": "d"} | {
    unicodedata.normalize("NFC", vowel + tone): plain
    for plain, vowels in _VOWELS.items()
    for vowel, tone in product(vowels, _TONES)
}
_TABLE = str.maketrans(_BARE)


def bare(text: str) -> str:
    """Return the text in small letters without Vietnamese marks: «Nhiệm vụ» → «nhiem vu»."""
    return unicodedata.normalize("NFC", text).lower().translate(_TABLE)


def holding(rows: QuerySet[Alert], words: str) -> QuerySet[Alert]:
    """The alerts whose label holds the words, or whose object ends in them (a code)."""
    label = Func(
        Lower("object_label"),
        Value("".join(_BARE)),
        Value("".join(_BARE.values())),
        function="translate",
        output_field=CharField(),
    )
    return rows.alias(bare=label).filter(Q(bare__contains=bare(words)) | Q(object_key__endswith=words))
