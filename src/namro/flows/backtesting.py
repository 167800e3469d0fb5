"""Rules tried on the history of the lake, held against what was known to go wrong, and the result kept."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path

from namro.alerts.actions import keep_trial
from namro.alerts.models import Rule, RuleTrial
from namro.alerts.terms import SIGN_KINDS
from namro.flows.backtest import calls_of
from namro.flows.known_faults import known_faults
from namro.flows.proving import Proof, Watched, prove
from namro.ground import clock
from namro.indicators.queries import definitions
from namro.organisation.models import Unit
from namro.organisation.queries import current_by_code

YEARS = timedelta(days=730)


def backtest(rules: Iterable[Rule], first: date, last: date, package: Path) -> list[RuleTrial]:
    """Try the rules over figures among those given, keep what each version came to, and return it by code."""
    kept = {rule.pk: rule for rule in rules if rule.kind in SIGN_KINDS}
    ids = {code: unit.pk for code, unit in current_by_code().items()}
    calls = calls_of(kept.values(), first, last)
    proofs = prove(calls, known_faults(package, ids), watched_by(kept), units_below())
    return [_kept(kept[key], proof, first, last) for key, proof in proofs.items()]


def try_untried(package: Path) -> list[RuleTrial]:
    """Try the rules in use over figures of which this version was never tried; return the last result of each."""
    rules = list(Rule.objects.filter(is_live=True, kind__in=SIGN_KINDS).order_by("code"))
    kept = {(trial.rule, trial.version): trial for trial in RuleTrial.objects.order_by("last", "at")}
    if new := [rule for rule in rules if (rule.code, rule.version) not in kept]:
        tried = backtest(new, clock.today() - YEARS, clock.today(), package)
        kept |= {(trial.rule, trial.version): trial for trial in tried}
    return [kept[rule.code, rule.version] for rule in rules]


def watched_by(rules: Mapping[int, Rule]) -> dict[int, Watched]:
    """Return what each rule over figures looks at."""
    tables = {definition.code: definition.table for definition in definitions()}
    found = {}
    for key, rule in rules.items():
        second = rule.definition.comparison.second if rule.definition.comparison else None
        names = frozenset({rule.indicator, second.indicator} if second else {rule.indicator})
        sources = frozenset(tables[name] for name in names if tables.get(name))
        found[key] = Watched(sources, names, rule.kind)
    return found


def units_below() -> dict[int, frozenset[int]]:
    """Return of each unit in force itself and all that stand under it; one query."""
    paths = dict(Unit.objects.filter(valid_to__isnull=True).values_list("path", "pk"))
    below: dict[int, set[int]] = {key: {key} for key in paths.values()}
    for path, key in paths.items():
        parts = path.rstrip("/").split("/")
        for length in range(1, len(parts)):
            upper = paths.get("/".join(parts[:length]) + "/")
            if upper is not None:
                below[upper].add(key)
    return {key: frozenset(inside) for key, inside in below.items()}


def _kept(rule: Rule, proof: Proof, first: date, last: date) -> RuleTrial:
    return keep_trial(
        rule,
        first,
        last,
        calls=proof.calls,
        right=proof.right,
        found=sorted(proof.found),
        missed=proof.missed,
        lead=proof.lead,
    )


def as_json(trial: RuleTrial) -> dict[str, object]:
    """Return a result as JSON can hold it."""
    return {
        "rule": trial.rule,
        "version": trial.version,
        "from": trial.first.isoformat(),
        "to": trial.last.isoformat(),
        "calls": trial.calls,
        "right": trial.right,
        "false_alarms": trial.false_alarms,
        "found": trial.found,
        "missed": trial.missed,
        "precision": None if trial.precision is None else round(trial.precision, 3),
        "recall": None if trial.recall is None else round(trial.recall, 3),
        "lead_days": trial.lead,
    }
