"""One return: which form, period and unit, what was sent, and what the viewer may do with it."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import Http404

from namro.ground import clock
from namro.ground.period import Period
from namro.organisation.models import Unit
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused, Viewer
from namro.pages.asof import AsOf
from namro.pages.links import address
from namro.sources.models import Finding, Submission
from namro.sources.queries import form as form_named
from namro.sources.queries import is_asked, open_findings, versions
from namro.sources.rules.due import due_day, return_state
from namro.sources.rules.permission import can_submit
from namro.sources.terms import FormDef, ReturnState


@dataclass(frozen=True)
class OneReturn:
    """A form of a unit for a period as the viewer sees it on a day."""

    form: FormDef
    unit: Unit
    period: Period
    viewer: Viewer
    as_of: AsOf

    @cached_property
    def versions(self) -> list[Submission]:
        """Every version known on the day, newest first."""
        return [
            row for row in versions(self.form.code, self.unit, self.period) if row.known_on <= self.as_of.day
        ]

    @property
    def current(self) -> Submission | None:
        """The version in force on the day."""
        return self.versions[0] if self.versions else None

    @property
    def version(self) -> int:
        """The number of the version in force, 0 if nothing was sent."""
        return self.current.version if self.current else 0

    @cached_property
    def last(self) -> Submission | None:
        """What was sent for the period before, as known on the day."""
        every = versions(self.form.code, self.unit, self.period.previous())
        return next((row for row in every if row.known_on <= self.as_of.day), None)

    @cached_property
    def findings(self) -> dict[int, list[Finding]]:
        """What did not hold in each version, by its id."""
        return open_findings(self.versions)

    @cached_property
    def due(self) -> date:
        """The last day on which the return is on time."""
        return due_day(self.form.due, self.period, working_calendar(), born=self.unit.valid_from)

    @property
    def state(self) -> ReturnState:
        """How the return stands on the day."""
        first = self.versions[-1].submitted_day if self.versions else None
        return return_state(due=self.due, sent=first, day=self.as_of.day)

    @property
    def may_fill(self) -> bool:
        """Whether the viewer may send it, today."""
        asked = is_asked(self.form, self.unit)
        return not self.as_of.is_past and can_submit(
            self.form, self.viewer, unit_id=self.unit.pk, is_asked=asked
        )

    @property
    def url(self) -> str:
        """Where it stands."""
        return address("form", self.form.code, self.period.key, self.unit.code, **self.as_of.query)

    @property
    def draft(self) -> str:
        """The name under which a browser keeps what is being typed on top of the version in force."""
        return f"bieu:{self.form.code}:{self.period.key}:{self.unit.code}:{self.version}"


def one_return(viewer: Viewer, as_of: AsOf, *, form: str, period: str, unit: str) -> OneReturn:
    """Return what the address names; 404 for what is not there, not asked, not begun, or not within reach."""
    declared, when, who = form_or_404(form), _period(period), _unit(unit)
    wrong_time = when.kind is not declared.period or when < Period.parse(declared.first_period)
    if (
        wrong_time
        or when.start > clock.today()
        or not is_asked(declared, who)
        or not viewer.sees_unit(who.pk)
    ):
        raise Http404(f"{form}/{period}/{unit}")
    return OneReturn(declared, who, when, viewer, as_of)


def form_or_404(code: str) -> FormDef:
    """Return a form in use; 404 for a code that is none."""
    try:
        return form_named(code)
    except Refused as refusal:
        raise Http404(code) from refusal


def _period(key: str) -> Period:
    try:
        return Period.parse(key)
    except ValueError as refusal:
        raise Http404(key) from refusal


def _unit(code: str) -> Unit:
    rows = Unit.objects.filter(code=code)
    found = rows.valid_on(clock.today()).first() or rows.order_by("-valid_from").first()
    if found is None:
        raise Http404(code)
    return found
