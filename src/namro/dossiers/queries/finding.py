"""What may be asked of the dossiers, and those that answer it: by group, unit, desk, person, procedure, words, code."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.search import SearchQuery
from django.db.models import BooleanField, F, Func, Q, QuerySet

from namro.dossiers.formulas.promising import risk_line
from namro.dossiers.models import Dossier, Payment
from namro.dossiers.queries import today
from namro.dossiers.queries.desk import desk_rules
from namro.dossiers.queries.scope import MAY_READ
from namro.dossiers.terms import FILED, FINAL, HELD, RUNNING, Group, PaymentState, State
from namro.ground.text import fold
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Viewer

CODE = re.compile(r"[A-Z0-9.]{3,30}-\d{1,6}(-\d{0,6})?")
MOST_SYLLABLES = 12
# Asked for as a desk or a holder: dossiers that have none.
NONE = 0


@dataclass(frozen=True)
class Asked:
    """What is asked of the dossiers; empty fields ask nothing. `for_others`: received here, settled elsewhere."""

    group: str = Group.RUNNING
    unit_id: int | None = None
    desk_id: int | None = None
    holder_id: int | None = None
    procedure_id: int | None = None
    channel: str = ""
    words: str = ""
    for_others: bool = False

    @property
    def code(self) -> str:
        """The beginning of a code, where one is asked for."""
        said = self.words.strip().upper()
        return said if CODE.fullmatch(said) else ""

    @property
    def syllables(self) -> list[str]:
        """The words asked for, without marks."""
        return [] if self.code else fold(self.words).split()[:MOST_SYLLABLES]


@dataclass(frozen=True)
class Times:
    """The moments by which a list tells late from at risk, read once a page."""

    now: datetime
    risk: datetime

    @classmethod
    def read(cls) -> "Times":
        """By the dossiers' own time and the rules of the desk; two queries."""
        now = today.now()
        return cls(now, risk_line(now, desk_rules(), working_calendar()))


def find(viewer: Viewer, asked: Asked, times: Times, *, as_typed: bool = False) -> QuerySet[Dossier]:
    """Dossiers of the viewer that meet what is asked, unordered; `as_typed`: the last syllable is no beginning."""
    rows = without_words(viewer, asked, times)
    return rows.filter(words=words_query(asked.syllables, as_typed=as_typed)) if asked.syllables else rows


def without_words(viewer: Viewer, asked: Asked, times: Times) -> QuerySet[Dossier]:
    """The same, but for the words."""
    rows = _of_units(viewer, asked).filter(group_condition(asked.group, times))
    if asked.holder_id:
        rows = rows.filter(state__in=HELD)  # said, for the index that is made for it
    exact = {
        "desk_id": asked.desk_id or None, "holder_id": asked.holder_id or None,
        "desk_id__isnull": asked.desk_id == NONE or None, "holder_id__isnull": asked.holder_id == NONE or None,
        "procedure_id": asked.procedure_id,
        "channel": asked.channel or None, "code__startswith": asked.code or None,
    }  # fmt: skip
    return rows.filter(**{name: value for name, value in exact.items() if value is not None})


def _of_units(viewer: Viewer, asked: Asked) -> QuerySet[Dossier]:
    """Dossiers by the unit that settles them, or that received them for others; none for whoever has no part in it."""
    if not any(viewer.can(each) for each in MAY_READ):
        return Dossier.objects.none()
    units = units_asked(viewer, asked)
    if asked.for_others:
        rows = Dossier.objects.filter(~Q(received_unit=F("unit")), state__in=FILED)
        return rows if units is None else rows.filter(received_unit_id__in=units)
    return Dossier.objects.all() if units is None else Dossier.objects.filter(unit_id__in=units)


def units_asked(viewer: Viewer, asked: Asked) -> list[int] | None:
    """The units meant, within the viewer's reach; None when that is every unit."""
    if asked.unit_id is None:
        return None if viewer.unit_ids is None else sorted(viewer.unit_ids)
    return [asked.unit_id] if viewer.sees_unit(asked.unit_id) else []


def group_condition(group: str, times: Times) -> Q:
    """The condition of a group at the moment."""
    runs = Q(state__in=RUNNING)
    late = Q(late_on__isnull=False) | Q(due_at__lt=times.now)
    conditions: dict[str, Q] = {
        Group.TO_RECEIVE: Q(state=State.SUBMITTED),
        Group.RUNNING: runs,
        Group.AT_RISK: runs & Q(due_at__gte=times.now, due_at__lte=times.risk, late_on__isnull=True),
        Group.LATE: runs & late,
        Group.STOPPED: Q(state=State.SUPPLEMENT_ASKED),
        Group.TO_HAND_OVER: Q(state=State.DECIDED),
        Group.TO_PAY_BACK: Q(state__in=FILED, pk__in=_owed_back()),
        Group.FINISHED: Q(state__in=FINAL),
    }
    return conditions.get(group, Q(state__in=FILED))


def _owed_back() -> QuerySet[Payment, int]:
    return Payment.objects.filter(state=PaymentState.TO_PAY_BACK).values_list("dossier_id", flat=True)


def words_query(syllables: Sequence[str], *, as_typed: bool = False) -> SearchQuery:
    """All syllables must stand in the dossier; the last one may be the beginning of a syllable, if not `as_typed`."""
    *whole, last = syllables
    tail = last if as_typed or len(last) < 2 else f"{last}:*"
    return SearchQuery(" & ".join([*whole, tail]), config="simple", search_type="raw")


class HoldsWords(Func):
    """Whether the row holds the words, as a plain function: the planner walks in order instead of through the index."""

    function = "ts_match_vq"
    output_field = BooleanField()

    def __init__(self, syllables: Sequence[str], *, as_typed: bool = False) -> None:
        super().__init__(F("words"), words_query(syllables, as_typed=as_typed))
