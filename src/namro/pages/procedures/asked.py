"""What is asked of the catalogue: read from the address and kept by every link; what is unknown asks nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.http import HttpRequest

from namro.pages.links import address
from namro.procedures import queries
from namro.procedures.terms import Flag, Level

# Parameter of the address → what it narrows.
NARROWING = {"linh_vuc": "field", "cap": "level", "doi_tuong": "applicant", "su_kien": "event", "co": "flag"}
SWITCHES = {"truc_tuyen": "online", "het": "ended"}
MOST_LETTERS = 300


@dataclass(frozen=True)
class Asked:
    """The filter, the query that leads back to it, and the cursor."""

    filter: queries.Asked
    query: Mapping[str, str]
    after: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked at all."""
        return bool(self.query)

    def address(self, name: str = "procedures", **change: str) -> str:
        """The address of the list with some of the query changed (empty: left out)."""
        return address(name, **(dict(self.query) | change))


def asked_of(request: HttpRequest) -> Asked:
    """Return what the address asks for."""
    given = {name: _said(request, name) for name in ("q", *NARROWING)}
    if given["cap"] not in Level.values:
        given["cap"] = ""
    if given["co"] not in Flag.values:
        given["co"] = ""
    switched = {name: "1" for name in SWITCHES if request.GET.get(name) == "1"}
    query = {name: value for name, value in given.items() if value} | switched
    narrowed = {column: given[name] for name, column in NARROWING.items()}
    turned = {column: name in switched for name, column in SWITCHES.items()}
    asked = replace(queries.Asked(words=given["q"]), **narrowed, **turned)  # type: ignore[arg-type]
    return Asked(asked, query, _said(request, "sau"))


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\x00", "").strip()[:MOST_LETTERS]
