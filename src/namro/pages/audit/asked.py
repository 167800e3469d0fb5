"""What is asked of the log: person, act, kind of row, unit, days, words; each a part of the address."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.http import HttpRequest

from namro.audit.terms import Sought
from namro.ground.days import DayRefused, format_day, parse_day
from namro.ground.text import sort_key
from namro.organisation.models import Person, Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused
from namro.pages.audit.told import kinds
from namro.pages.audit.verbs import VERBS

# In the order of the page; each is the name of a field of the filter and of a part of the address.
NAMES = ("q", "nguoi", "viec", "loai", "khoa", "don_vi", "tu", "den")
LONGEST = 100
MOST_PEOPLE = 200


@dataclass
class Asked:
    """What was typed, what it means, from which line on, and what could not be understood."""

    typed: dict[str, str]
    sought: Sought
    before_id: int | None
    refusals: list[str] = field(default_factory=list)


def asked_of(request: HttpRequest, *, verbs: Collection[str] = ()) -> Asked:
    """Read the address; what is not understood is told and left out. `verbs` narrows a page to some acts."""
    typed = {name: text for name in NAMES if (text := request.GET.get(name, "").strip()[:LONGEST])}
    refusals: list[str] = []
    verb = typed.get("viec", "")
    sought = Sought(
        words=typed.get("q", ""),
        people=_people(typed.get("nguoi", "")),
        verbs=[verb] if verb in VERBS and (not verbs or verb in verbs) else verbs,
        kind=kind if (kind := typed.get("loai", "")) in kinds() else "",
        key=typed.get("khoa", ""),
        units=_units(typed, refusals),
        start=_day(typed, "tu", refusals),
        end=_day(typed, "den", refusals),
    )
    return Asked(typed, sought, _before(request), refusals)


def _people(words: str) -> list[int] | None:
    """Numbers of the people whose name or sign-in name begins with or holds the words; None where none are asked."""
    if not words:
        return None
    named = Q(username__icontains=words) | Q(full_name__icontains=words)
    without_marks = Q(sort_key__startswith=sort_key(words).partition("00")[0])
    return list(Person.objects.filter(named | without_marks).values_list("pk", flat=True)[:MOST_PEOPLE])


def _units(typed: dict[str, str], refusals: list[str]) -> list[str] | None:
    """Codes of the unit asked for and of those below it."""
    if "don_vi" not in typed:
        return None
    try:
        unit = unit_named(typed["don_vi"])
    except Refused as refusal:
        refusals.append(refusal.sentence)
        return None
    return list(Unit.objects.filter(path__startswith=unit.path).values_list("code", flat=True))


def _day(typed: dict[str, str], name: str, refusals: list[str]) -> date | None:
    if name not in typed:
        return None
    try:
        day = parse_day(typed[name])
    except DayRefused as refusal:
        refusals.append(f"{refusal}.")
        return None
    typed[name] = format_day(day)
    return day


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("truoc", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None
