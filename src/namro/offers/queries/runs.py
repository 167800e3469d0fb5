"""Runs as officers see them: of their units, with how people answered."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, QuerySet

from namro.offers.models import Offer, OfferRule, OfferRun
from namro.offers.terms import OfferState
from namro.organisation.terms import Viewer


def runs_of(rule: OfferRule, viewer: Viewer) -> QuerySet[OfferRun]:
    """The runs of a rule within the viewer's reach, the latest first."""
    return _visible(viewer).filter(rule=rule)


def latest_runs(viewer: Viewer) -> QuerySet[OfferRun]:
    """All runs within the viewer's reach, the latest first."""
    return _visible(viewer)


def one_run(viewer: Viewer, pk: int) -> OfferRun | None:
    """A run, None where it lies beyond the viewer's reach."""
    return _visible(viewer).filter(pk=pk).first()


def offers_of_run(run: OfferRun, viewer: Viewer) -> QuerySet[Offer]:
    """The offers of a run by the day people are reached, those alone whose unit the viewer sees."""
    rows = run.offers.select_related("applicant", "entry__unit", "consent", "dossier").order_by(
        "reach_on", "pk"
    )
    return rows if viewer.unit_ids is None else rows.filter(entry__unit_id__in=viewer.unit_ids)


def waiting_of_run(run: OfferRun, viewer: Viewer, day: date, *, after: int = 0) -> QuerySet[Offer]:
    """The offers of a run that wait for an answer on the day, from behind a key on."""
    rows = offers_of_run(run, viewer).select_related("procedure", "unit", "applicant", "consent")
    rows = rows.filter(state=OfferState.OPEN, reach_on__lte=day, closes_on__gte=day, pk__gt=after)
    return rows.order_by("pk")


def answers(run: OfferRun) -> dict[str, int]:
    """How many offers of a run are in each state."""
    return answers_of_runs([run]).get(run.pk, {})


def answers_of_runs(runs: Iterable[OfferRun]) -> dict[int, dict[str, int]]:
    """How many offers of each run are in each state; one query."""
    rows = (
        Offer.objects.filter(run__in=list(runs))
        .order_by()
        .values_list("run_id", "state")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for run_id, state, count in rows:
        found.setdefault(run_id, {})[state] = count
    return found


def _visible(viewer: Viewer) -> QuerySet[OfferRun]:
    rows = OfferRun.objects.select_related("rule__register", "unit", "simulated_by", "launched_by")
    return rows if viewer.unit_ids is None else rows.filter(unit_id__in=viewer.unit_ids)
