"""What is asked of the list of tasks: read from the address, kept by every link; what cannot be is said and dropped."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from namro.ground.days import DayRefused, parse_day
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.asof import AsOf, as_of
from namro.pages.fields import named_unit, shown_unit
from namro.pages.links import address
from namro.tasks.models import Directive, Register, Task
from namro.tasks.queries import TaskFilter
from namro.tasks.terms import STATE_GROUPS, Involvement

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

T = TypeVar("T")

ALL, WAITING, DRAFTS = "all", "waiting", "draft"
FIRST_SEEN = "open"
STATE_LABELS: dict[str, "_StrPromise"] = {
    "open": _("Đang làm"),
    "overdue": _("Quá hạn"),
    "in_time": _("Còn hạn"),
    "not_started": _("Chưa thực hiện"),
    "in_progress": _("Đang thực hiện"),
    "not_started_late": _("Chưa thực hiện, quá hạn"),
    "in_progress_late": _("Đang thực hiện, quá hạn"),
    "done": _("Đã xong"),
    "done_on_time": _("Xong đúng hạn"),
    "done_late": _("Xong quá hạn"),
    WAITING: _("Chờ công nhận"),
    DRAFTS: _("Dự thảo"),
}
EITHER = "any"
INVOLVEMENTS: dict[str, "_StrPromise"] = {
    Involvement.LEAD: _("Chủ trì"),
    Involvement.COOPERATING: _("Phối hợp"),
    EITHER: _("Chủ trì hoặc phối hợp"),
}


@dataclass
class Asked:
    """The list asked for: the filter, the day, the query that leads back to it, and what was refused in it."""

    as_of: AsOf
    filter: TaskFilter = field(default_factory=TaskFilter)
    query: dict[str, str] = field(default_factory=dict)
    unit: Unit | None = None
    person: Person | None = None
    directive: Directive | None = None
    parent: Task | None = None
    registers: list[Register] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    state: str = ""
    after: str = ""

    def address(self, name: str = "tasks", **change: str) -> str:
        """The address of the list, or of another page of it, with some of the query changed (empty: left out)."""
        return address(name, **(self.query | self.as_of.query | change))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """Narrowings that the filter bar has no field for."""
        return [(key, self.query[key]) for key in ("nguoi", "van_ban", "cap_tren") if key in self.query]

    @property
    def shown(self) -> dict[str, str]:
        """The query as the filter bar shows it: a unit by its name."""
        return self.query | {"don_vi": shown_unit(self.unit)}


def asked_of(request: HttpRequest, viewer: Viewer) -> Asked:
    """The list that the address asks for. Whoever asks nothing gets what is being done, in the own city where one reads
    beyond it."""
    asked = Asked(as_of(request), registers=list(Register.objects.all()))
    get: QueryDict = request.GET
    if not get.keys() - {"ngay"}:
        get = _first_asked(viewer)
    state = get.get("trang_thai", "") if get.get("trang_thai") in STATE_LABELS else ""
    involvement = get.get("vai_tro", "") if get.get("vai_tro") in INVOLVEMENTS else ""
    _read_named(asked, get)
    register = next((each.code for each in asked.registers if each.code == get.get("so")), "")
    due_from, due_to = (_taken(asked, partial(_day, get, key)) for key in ("tu", "den"))
    asked.filter = TaskFilter(
        register=register,
        state=state if state in STATE_GROUPS or state.endswith("_late") else "",
        unit_id=asked.unit.pk if asked.unit else None,
        involvement={"": Involvement.LEAD, EITHER: ""}.get(involvement, involvement),
        person_id=asked.person.pk if asked.person else None,
        directive_id=asked.directive.pk if asked.directive else None,
        parent_id=asked.parent.pk if asked.parent else None,
        due_from=due_from,
        due_to=due_to,
        words=get.get("q", ""),
        waiting=state == WAITING,
        drafts=state == DRAFTS,
        day=asked.as_of.day if asked.as_of.is_past else None,
    )
    asked.query = _query(asked, state, involvement)
    asked.state = state
    asked.after = _cursor(get.get("sau", ""))
    return asked


def _first_asked(viewer: Viewer) -> QueryDict:
    """What the bare address means to a viewer."""
    get = QueryDict(mutable=True)
    get["trang_thai"] = FIRST_SEEN
    if viewer.can(Capability.READ_ALL):
        get["don_vi"] = str(Unit.objects.values_list("code", flat=True).get(pk=viewer.city_id))
    return get


def _query(asked: Asked, state: str, involvement: str) -> dict[str, str]:
    """The part of the address that was understood, in one order."""
    known = {
        "q": asked.filter.words.strip(),
        "so": asked.filter.register,
        "trang_thai": state or ALL,
        "don_vi": asked.unit.code if asked.unit else "",
        "vai_tro": involvement,
        "nguoi": str(asked.person.pk) if asked.person else "",
        "van_ban": str(asked.directive.pk) if asked.directive else "",
        "cap_tren": asked.parent.code if asked.parent else "",
        "tu": asked.filter.due_from.isoformat() if asked.filter.due_from else "",
        "den": asked.filter.due_to.isoformat() if asked.filter.due_to else "",
    }
    return {key: value for key, value in known.items() if value}


def _read_named(asked: Asked, get: QueryDict) -> None:
    """The rows that the address names; those that are not there are left out."""
    text = get.get("don_vi", "").strip()
    if text:
        asked.unit = _taken(asked, lambda: _unit(text, asked.as_of))
    person, directive = get.get("nguoi", ""), get.get("van_ban", "")
    if person.isdecimal():
        asked.person = Person.objects.filter(pk=int(person[:18])).first()
    if directive.isdecimal():
        asked.directive = Directive.objects.filter(pk=int(directive[:18])).first()
    if get.get("cap_tren"):
        asked.parent = Task.objects.only("code").filter(code=get["cap_tren"]).first()


def _unit(text: str, day: AsOf) -> Unit:
    """The unit of a code as it was on the day, also one that has ended since; else by its name."""
    return Unit.objects.valid_on(day.day).filter(code=text).first() or named_unit(text)


def _taken(asked: Asked, read: Callable[[], T]) -> T | None:
    try:
        return read()
    except Refused as refusal:
        asked.refusals.append(refusal.sentence)
    except DayRefused as refusal:
        asked.refusals.append(f"{refusal}.")
    return None


def _day(get: QueryDict, key: str) -> date | None:
    return parse_day(get.get(key, "")) if get.get(key, "").strip() else None


def _cursor(text: str) -> str:
    """The cursor of a page, empty when it is none of ours."""
    day, _line, pk = text.partition("_")
    try:
        date.fromisoformat(day)
    except ValueError:
        return ""
    return text if pk.isdecimal() and len(pk) < 18 else ""
