"""Personal data in what people type: hidden before it is stored or leaves the machine."""

import re
from collections import Counter
from dataclasses import dataclass, field

from namro.assistant.rules.plain_names import COMMON, PATTERNS, RARER
from namro.ground.text import nfc

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_LOWER = _UPPER.lower()
_WORD, _CAPITALS = rf"[{_UPPER}][{_LOWER}]*(?![{_UPPER}])", rf"[{_UPPER}]+(?![{_LOWER}])"
_NAME = rf"{_WORD}(?:\s+{_WORD}){{0,5}}"
# Surnames that begin so much else that a word in front must say that a person follows.
_DOUBTFUL = "Văn|La|Ông|Thân|Từ|Vương"
# What begins like a name and is a place.
_NO_PERSON = (
    r"(?!Hồ Chí Minh\b|La (?:Dêê|Êê)\b|(?:Hà (?:Nội|Nam|Tĩnh|Giang|Tây|Tiên|Nha)|Thái (?:Bình|Nguyên)|Lâm Đồng|"
    rf"Cao Bằng|Châu (?:Đốc|Thành|Á|Âu)|Mai Châu|Từ Sơn|Lý Sơn)\b(?!\s+[{_UPPER}]))"
)
_SURNAME = rf"{_NO_PERSON}(?:{COMMON}|{RARER}|{_DOUBTFUL})"
_BARE = rf"{_NO_PERSON}(?:{COMMON}|{RARER})"
_NAMED_AFTER = rf"[{_UPPER}][{_LOWER}]+(?:\s+[{_UPPER}][{_LOWER}]+){{1,4}}\b"
_IN_CAPITALS = rf"(?!HỒ CHÍ MINH)(?:{COMMON.upper()})"
# A street is no person: what follows the number of a house or the word.
_NO_STREET = r"(?<!\d )(?<!đường )(?<!Đường )(?<!phố )(?<!Phố )"
# A sum is written with its currency, an identity number is not.
_NO_SUM = r"(?!\d)(?!\s*(?i:đ\b|đồng|dong|vnđ|vnd|usd|triệu|trieu|nghìn|ngàn|tỷ|%))"
# A number may stand right behind a word, a comma or a full stop; it is no part of a longer number.
_ALONE = r"(?<!\d)(?<!\d[.,])"
_NO_YEARS = r"(?!(?:19|20)\d\d(?:[ \-](?:19|20)\d\d)+(?!\d|[ \-]\d))"
_GAP = r"(?: ?[.\-] ?| |(?<=\d)\) ?)?"


@dataclass(frozen=True)
class Masked:
    """A text without personal data, and how much of each kind was hidden."""

    text: str
    hidden: Counter[str] = field(default_factory=Counter)


_CALLED = r"tên là|tên tôi là|tôi tên|em tên|mình tên|họ tên|họ và tên"
_SPOKEN = rf"{_CALLED}|tôi là|mình là|em là|tên|ông|bà|anh|chị|cháu|chồng tôi là|vợ tôi là|con tôi là|của"
_I_AM = r"tôi là|mình là|em là|(?:vợ|chồng|con) tôi là"
_AT_HOME = r"tôi ở|em ở|mình ở|nhà ở|nhà em ở|nhà tôi ở"
_SECRETS = r"mật khẩu|mat khau|password|otp|mã pin|ma pin|cvv"
_ACCOUNTS = r"(?:số tài khoản|so tai khoan|\bstk|số thẻ|so the)"
_BIRTHS = r"ngày sinh|ngay sinh|sinh ngày|sinh ngay|sinh"
_PLACES = r"số nhà|so nha|địa chỉ|dia chi|ngõ|ngo|hẻm|hem|kiệt|kiet"
_DAY = r"\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
_ROAD = rf"\s*,?\s*(?:(?:đường|duong|phố|pho)\s+)?{_NAME}"
_STREET = rf"(?:{_ROAD})?"


def _rule(kind: str, place: str, pattern: str, *, keep: str = "") -> tuple[str, str, re.Pattern[str]]:
    """A kind, what stands in its place, and its pattern, in which what is to `keep` stays in front."""
    kept = f"(?P<keep>(?i:{keep}))" if keep else "(?P<keep>)"
    return kind, place, re.compile(kept + pattern)


# The first that fits takes the words.
_RULES = (
    _rule("email", "[thư điện tử]", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    _rule(
        "secret",
        "[mật khẩu]",
        r"(?=\S*\d)[^\s,;?\[]{4,}",
        keep=rf"\b(?:{_SECRETS})\b[^\n\d,.;?\[]{{0,25}}?[\s:=]\s*",
    ),
    _rule("account", "[số tài khoản]", r"\d(?:[ .\-]?\d){5,18}", keep=rf"{_ACCOUNTS}\D{{0,20}}"),
    _rule(
        "account",
        "[số tài khoản]",
        rf"{_ALONE}{_NO_YEARS}\d{{4}}(?:[ \-]\d{{4}}){{2,4}}(?:[ \-]\d{{1,3}})?{_NO_SUM}",
    ),
    _rule("identity", "[số định danh]", rf"{_ALONE}0{_GAP}(?:\d{_GAP}){{10}}\d(?!\d)"),
    _rule("phone", "[số điện thoại]", rf"{_ALONE}\(?(?:\+?84|0){_GAP}(?:\d{_GAP}){{7,9}}\d(?!\d)"),
    _rule("number", "[dãy số]", rf"{_ALONE}(?<!\d[/\-])\d{{9,}}{_NO_SUM}"),
    _rule("number", "[dãy số]", rf"{_ALONE}(?<!\d[/\-])\d{{3}}(?: \d{{3}}){{2,}}{_NO_SUM}"),
    _rule("number", "[dãy số]", r"(?<=\d[.,])0\d{9,11}(?!\d)"),
    _rule("passport", "[số hộ chiếu]", r"\b[A-Za-z]\d{7,8}\b"),
    _rule("plate", "[biển số]", r"\b\d{2}[A-Za-z][A-Za-z\d]?[ -]?\d{3}\.?\d{2}\b"),
    _rule("birthday", "[ngày sinh]", _DAY, keep=rf"\b(?:{_BIRTHS})\b\s*:?\s*"),
    _rule("address", "[địa chỉ]", rf"\d[\w/]*{_STREET}", keep=rf"\b(?:{_PLACES})\b\s*:?\s*"),
    _rule("address", "[địa chỉ]", rf"\d[\w/]*{_ROAD}", keep=rf"\b(?:{_AT_HOME})\s+"),
    _rule(
        "name",
        "[họ tên]",
        rf"(?:{_SURNAME}(?:\s+{_WORD}){{1,4}}|{_IN_CAPITALS}(?:\s+{_CAPITALS}){{1,4}})",
        keep=rf"\b(?:{_SPOKEN})\b\s*:?\s*",
    ),
    _rule("name", "[họ tên]", _NAME, keep=rf"\b(?:{_CALLED})\b\s*(?:là)?\s*:?\s*"),
    _rule("name", "[họ tên]", _NAMED_AFTER, keep=rf"\b(?:{_I_AM})\s+"),
    _rule("name", "[họ tên]", rf"{_NO_STREET}\b{_BARE}(?:\s+[{_UPPER}][{_LOWER}]+){{2,4}}\b"),
    _rule("name", "[họ tên]", rf"{_NO_STREET}(?<![{_UPPER}] )\b{_IN_CAPITALS}(?:\s+{_CAPITALS}){{2,4}}\b"),
    *(_rule("name", "[họ tên]", pattern, keep=keep) for keep, pattern in PATTERNS),
)

# What stands in the place of what was hidden, as it was typed by nobody.
PLACES = frozenset(place for _kind, place, _pattern in _RULES)
_ANY_PLACE = re.compile("|".join(map(re.escape, sorted(PLACES))))


def without_places(text: str) -> str:
    """Return a masked text without what stands for the hidden: nobody asked about “số định danh” who typed a number."""
    return " ".join(_ANY_PLACE.sub(" ", text).split())


def mask(text: str) -> Masked:
    """Return the text with personal data hidden; done twice is as once."""
    said, hidden = nfc(text), Counter[str]()
    for kind, place, pattern in _RULES:
        said, count = pattern.subn(rf"\g<keep>{place}", said)
        if count:
            hidden[kind] += count
    return Masked(said, hidden)
