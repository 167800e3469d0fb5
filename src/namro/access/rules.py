"""Pure decisions of the door: how long a key lives, what a password may be, how coarsely a visit is remembered."""

import hashlib
import ipaddress
import re
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from itertools import pairwise

from namro.ground.text import fold
from namro.organisation.terms import Refused

LONGEST_KEY = timedelta(days=366)
LEAST_DIFFERENT = 5
LONGEST_PASSWORD = 256
# What a browser says of itself, from the particular to the general: Edge and Chrome also call themselves Safari.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("coc_coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
            ("Safari/", "Safari"))  # fmt: skip
SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
           ("Linux", "Linux"))  # fmt: skip
# The words that first come to mind here, beside the list of Django, which is of other countries.
LOCAL_WORDS = frozenset(
    "matkhau danang thanhphodanang vietnam viet nam quantri nguoidung toiyeuvietnam namro hanoi saigon chuyendoiso "
    "nghiquyet57 ubnd thanhuy xinchao anhyeuem emyeuanh toilaai".split()
)


def check_key_end(end: date, today: date) -> None:
    """Refuse an end that has passed, or that lies further away than a year."""
    if end <= today:
        raise Refused("Ngày hết hạn phải sau hôm nay.", field="end")
    if end - today > LONGEST_KEY:
        raise Refused(
            "Khóa API dùng nhiều nhất một năm; hãy chọn ngày gần hơn rồi cấp khóa mới khi cần.", field="end"
        )


def check_scopes(scopes: Collection[str], known: Collection[str]) -> None:
    """Refuse a key that may read nothing, or a scope that does not exist."""
    if not scopes:
        raise Refused("Hãy chọn ít nhất một phạm vi cho khóa.", field="scopes")
    if unknown := sorted(set(scopes) - set(known)):
        raise Refused(f"Không có phạm vi «{unknown[0]}».", field="scopes")


def check_handover(start: date, day: date, today: date, same_person: bool) -> None:
    """Refuse to hand a post over to its own holder, before it began, or on a day that has not come."""
    if same_person:
        raise Refused("Người nhận đang giữ chính chức vụ này; hãy chọn người khác.", field="receiver")
    if day <= start:
        raise Refused("Ngày bàn giao phải sau ngày bắt đầu giữ chức vụ.", field="day")
    if day > today:
        raise Refused("Chỉ bàn giao khi đã đến ngày; hãy làm việc này vào ngày bàn giao.", field="day")


def is_known_password(password: str, listed: Collection[str]) -> bool:
    """Whether the password, without case, marks, digits or signs at its ends, is a word that attackers try first."""
    plain = re.sub(r"\s+", "", fold(password))
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    words = (password.lower().strip(), plain, core, _undoubled(core))
    return any(word in listed or word in LOCAL_WORDS for word in words if word)


def _undoubled(text: str) -> str:
    """Return 'danang' for 'danangdanang', the text itself where nothing is repeated."""
    again = re.fullmatch(r"(.+?)\1+", text)
    return again.group(1) if again else text


def is_monotonous(password: str) -> bool:
    """Whether the password is few signs over and over, or signs in a row."""
    text = password.casefold()
    steps = {ord(after) - ord(before) for before, after in pairwise(text)}
    return len(set(text)) < LEAST_DIFFERENT or steps <= {1, -9} or steps <= {-1, 9}  # after 9 comes 0


def device_of(user_agent: str) -> str:
    """Return 'Chrome, Windows' of what a browser says of itself; a word for what says nothing."""
    named = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(filter(None, named)) or "không rõ thiết bị"


def _first(names: Iterable[tuple[str, str]], text: str) -> str:
    return next((name for sign, name in names if sign in text), "")


def coarse_address(address: str) -> str:
    """Return the neighbourhood of an address ('203.0.113.0/24'): enough to know one's own, no more is kept."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    return str(ipaddress.ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def digest_of(words: str) -> str:
    """Return the digest by which random words (80 bits and more) are kept; guessing these needs no slow hash."""
    return hashlib.sha256(words.encode()).hexdigest()
