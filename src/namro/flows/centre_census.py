"""The count of the operations centre: what really came in, is really drawn, and what its warnings came to."""

from pathlib import Path
from typing import Any

from namro.alerts.models import Rule, RuleTrial
from namro.flows.backtesting import try_untried
from namro.flows.known_faults import known_faults
from namro.flows.proving import Fault, Proof, together
from namro.flows.proving_feeds import prove_feeds
from namro.indicators.catalog.charts import BY_PARTS, ChartDef, Level
from namro.indicators.models import Figure
from namro.indicators.queries.charts import charts
from namro.organisation.queries import current_by_code
from namro.organisation.terms import AGENCY_KINDS, COMMUNE_KINDS, PROVINCE_KINDS
from namro.sources.models import Source
from namro.sources.terms import BatchState, ContractDef

Shown = set[tuple[str, str, str, Level]]


def centre_census(package: Path) -> dict[str, Any]:
    """Return the counts; a rule of which this version was never tried is tried now, and that is kept."""
    landed = _landed()
    declared, shown = charts(), _shown()
    drawn = [chart for chart in declared if _has_figure(chart, shown)]
    ids = {code: unit.pk for code, unit in current_by_code().items()}
    faults = known_faults(package, ids)
    proof = _proof(package, faults)
    planted = [fault for fault in faults if not fault.expected]
    return {
        "sources": len(landed),
        "agencies": len({giver for contract in landed for giver in (contract.owner, *contract.givers)}),
        "service_groups": len({chart.group for chart in drawn}),
        "charts": len(declared),
        "charts_with_figures": len(drawn),
        "alert_kinds": _rules_at_work(),
        "planted": {"total": len(planted), "found": len(proof.found), "missed": proof.missed},
        "calls": proof.calls,
        "false_alarms": proof.false_alarms,
        "precision": proof.precision,
        "recall": proof.recall,
        "lead_days": proof.lead,
    }


def _landed() -> list[ContractDef]:
    """Return the contracts of the sources of which something is in the lake."""
    rows = Source.objects.filter(is_active=True, batches__state=BatchState.LANDED, batches__rows_landed__gt=0)
    return [row.definition for row in rows.distinct()]


def _shown() -> Shown:
    """Return of which indicator, breakdown and kind of period there is a figure, of the city, communes or agencies."""
    tiers = {Level.CITY: PROVINCE_KINDS, Level.COMMUNE: COMMUNE_KINDS, Level.AGENCY: AGENCY_KINDS}
    return {
        (*place, level)
        for level, kinds in tiers.items()
        for place in Figure.objects.filter(unit__kind__in=kinds, value__isnull=False)
        .values_list("indicator", "breakdown", "period_kind")
        .distinct()
    }


def _has_figure(chart: ChartDef, shown: Shown) -> bool:
    """Whether there is a figure of what it shows; a chart by parts shows any part but the whole."""
    levels, by_parts = {*chart.levels, chart.among}, chart.over in BY_PARTS
    return any(
        indicator in chart.indicators
        and period == chart.period
        and level in levels
        and (bool(part) if by_parts else part == chart.breakdown)
        for indicator, part, period, level in shown
    )


def _rules_at_work() -> int:
    """Return how many rules in use look at something that there is."""
    figured = set(Figure.objects.values_list("indicator", flat=True).distinct())
    rules = Rule.objects.filter(is_live=True).values_list("indicator", flat=True)
    return sum(not indicator or indicator in figured for indicator in rules)


def _proof(package: Path, faults: list[Fault]) -> Proof:
    trials = try_untried(package)
    return together([*map(_proof_of, trials), prove_feeds(faults)], faults)


def _proof_of(trial: RuleTrial) -> Proof:
    lead = round(trial.lead or 0)
    return Proof(trial.calls, trial.right, dict.fromkeys(trial.found, lead), list(trial.missed))
