"""Which groups of papers are cases: the catalogue puts papers under headings, and only some of these exclude others."""

import re
from collections.abc import Iterable

from namro.ground.text import fold

# «Trường hợp ủy quyền …», «b) Đối với cấp lại»; not «Giấy tờ phải xuất trình», which everybody has to bring.
_CASE = re.compile(r"\b(truong hop|doi voi)\b")


def cases_among(headings: Iterable[str]) -> list[str]:
    """Return the headings that name a case of some people only, each once, in their order. Papers under any other are
    for everybody: rather one paper too many is asked than one too few."""
    return [each for each in dict.fromkeys(headings) if _CASE.search(fold(each))]
