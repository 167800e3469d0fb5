"""Vietnamese text: one folding, one alphabetical order, one likeness of names for the whole house."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

# Ð (eth) and Ɖ (African d) look like Đ and stand in its place in old files.
_STROKES = str.maketrans({"Ð": "đ", "ð": "đ", "Ɖ": "đ", "ɖ": "đ", "Đ": "đ"})
_D = str.maketrans({"đ": "d"})
_MARKS = re.compile("[\u0300-\u036f]+")
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile("(?:[^\\W_]|[\u0300-\u036f])+")
_LETTER_OR_NUMBER = re.compile("[0-9]+|.", re.DOTALL)

# The order of the school alphabet: ngang (0), huyền, hỏi, ngã, sắc, nặng.
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_TONE = re.compile("[" + "".join(_TONES) + "]")
_ALPHABET = (
    "a0 ă1 â2 b0 c0 d0 đ1 e0 ê1 f0 g0 h0 i0 j0 k0 l0 m0 n0 o0 ô1 ơ2 p0 q0 r0 s0 t0 u0 ư1 v0 w0 x0 y0 z0"
)


# The kinds of units that people write or leave out in front of a name.
_KIND = re.compile(
    r"""(?: (?P<city>thành\ phố|thanh\ pho|tp\b\.?) | (?P<province>tỉnh|tinh)
          | (?P<town>thị\ xã|thi\ xa|tx\b\.?)       | (?P<township>thị\ trấn|thi\ tran|tt\b\.?)
          | (?P<zone>đặc\ khu|dac\ khu|đk\b\.?)     | (?P<ward>phường|phuong|p\.)
          | (?P<commune>xã|xa|x\.)                  | (?P<district>huyện|huyen|quận|quan|h\.|q\.)
        )(?:\b|(?<=\.))\s*(?=\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_LIKE_ENOUGH = 0.6


def nfc(s: str) -> str:
    """Return the text in Unicode NFC, the one form in which text is stored."""
    return unicodedata.normalize("NFC", s)


def fold(s: str) -> str:
    """Return the text without case, marks and punctuation, words apart by one space: 'Hoà Vang!' → 'hoa vang'."""
    return nfc(_NOT_WORD.sub(" ", _MARKS.sub("", _decompose(s)).translate(_D)).strip())


def syllables(s: str) -> list[str]:
    """Return the folded syllables of a text in their order."""
    return fold(s).split()


def slug(s: str) -> str:
    """Return the folded text in ASCII joined by hyphens, for addresses and file names."""
    return "-".join(re.findall("[a-z0-9]+", fold(s)))


def tones(s: str) -> list[tuple[str, str]]:
    """Return each word as (letters without tone, tone '0'–'5'): equal for 'Hòa' and 'Hoà', other for 'Hóa'.

    Words are those of `syllables`, one for one: a mark without a letter is no word.
    """
    return [word for word in map(_split_tone, _WORD.findall(_decompose(s))) if _MARKS.sub("", word[0])]


def sort_key(s: str) -> str:
    """Return a key of [0-9a-z] that puts Vietnamese text in alphabetical order under C and every other collation.

    Letters decide first (a ă â b … d đ …), then the tones of the words; numbers go by value, before letters.
    """
    words = tones(s)
    letters = "0".join("".join(map(_rank, _LETTER_OR_NUMBER.findall(word))) for word, _ in words)
    # "0" parts words and no word begins with it, so "00" ends the shorter of two names before the longer goes on.
    return letters + "00" + "".join(tone for _, tone in words)


def same_name(a: str, b: str) -> bool:
    """Tell whether two names mean the same, whatever the case, the place of the tone or the kind in front.

    A name typed wholly without marks matches any marks; 'Phường X' matches 'X' but not 'Xã X'.
    """
    return any(
        _same_words(name_a, name_b)
        for kind_a, name_a in _readings(a)
        for kind_b, name_b in _readings(b)
        if not (kind_a and kind_b and kind_a != kind_b)
    )


def nearest(name: str, names: Iterable[str], n: int = 3) -> list[str]:
    """Return at most n of the names that look most like the given one, best first; those too unlike are left out."""
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(_bare(name))
    found = []
    for other in dict.fromkeys(names):
        matcher.set_seq1(_bare(other))
        if matcher.real_quick_ratio() >= _LIKE_ENOUGH and matcher.quick_ratio() >= _LIKE_ENOUGH:
            found.append((-matcher.ratio(), not same_name(name, other), sort_key(other), other))
    return [other for score, *_, other in sorted(found)[:n] if -score >= _LIKE_ENOUGH]


def _decompose(s: str) -> str:
    """Return the text in lower case with every mark apart from its letter."""
    apart = unicodedata.normalize("NFKD", s.translate(_STROKES)).lower()
    return unicodedata.normalize("NFKD", apart).translate(_STROKES)


def _split_tone(word: str) -> tuple[str, str]:
    """Return the letters of a decomposed word without tone, and its first tone."""
    tone = _TONE.search(word)
    return nfc(_TONE.sub("", word)), _TONES[tone.group()] if tone else "0"


_RANKS = {entry[0]: _MARKS.sub("", unicodedata.normalize("NFD", entry[0])).translate(_D) + entry[1]
          for entry in _ALPHABET.split()}  # fmt: skip


def _rank(token: str) -> str:
    """Return the code of one letter (two characters) or of one number (its length leads, so that 2 < 10)."""
    if token in _RANKS:
        return _RANKS[token]
    if token.isascii() and token.isdigit():
        digits = token.lstrip("0")[:99]
        return f"1{len(digits):02d}{digits}"
    plain = fold(token)
    return _RANKS.get(plain) or f"zz{ord(token[0]):06x}"


def _readings(name: str) -> Iterator[tuple[str | None, str]]:
    """Yield the ways to read a name: as it stands, and with the kind of unit taken off its front."""
    whole = " ".join(nfc(name).split())
    yield None, whole
    kind = _KIND.match(whole)
    if kind:
        yield kind.lastgroup, whole[kind.end() :]


def _same_words(a: str, b: str) -> bool:
    """Tell whether two names are equal, where one without any marks was typed on a keyboard without them."""
    if tones(a) == tones(b):
        return bool(tones(a))
    return fold(a) == fold(b) != "" and (_is_plain(a) or _is_plain(b))


def _is_plain(name: str) -> bool:
    """Tell whether a name bears no Vietnamese mark at all."""
    return name.isascii()


def _bare(name: str) -> str:
    """Return the folded name without the kind in front: what a person mistypes is rarely the kind."""
    return fold(list(_readings(name))[-1][1])
