"""Trying a rule before it reaches anybody: how many would be reached, where and when, and why the others not."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from namro.audit.actions import once, record
from namro.dossiers.queries import today
from namro.offers.formulas.reaching import verdicts
from namro.offers.models import OfferRule, OfferRun
from namro.offers.queries import facts_of
from namro.offers.rules import check_window
from namro.offers.terms import Outcome, Verdict, Window
from namro.organisation.models import Person, Unit
from namro.organisation.queries import working_calendar
from namro.organisation.queries.tree import subtree_ids
from namro.organisation.rules import check_capability, check_inside
from namro.organisation.terms import Capability, Refused, Viewer


@once
def simulate(
    rule_code: str, *, unit: Unit, first: date, last: date, client_id: UUID, by: Person, viewer: Viewer
) -> OfferRun:
    """Try a rule for a unit and all below it over some days; nobody is told anything, no name is kept."""
    if known := OfferRun.objects.filter(client_id=client_id).first():
        return known
    check_may_run(viewer, unit)
    rule = OfferRule.objects.select_related("register").filter(code=rule_code, is_live=True).first()
    if rule is None:
        raise Refused("Quy tắc này không còn dùng; hãy chọn quy tắc khác.")
    window = Window(first, last)
    check_window(window, today.today())
    found = judged(rule, unit, window)
    run = OfferRun.objects.create(
        client_id=client_id, rule=rule, version=rule.version, unit=unit, first=first, last=last,
        simulated_at=today.now(), simulated_by=by, **summary(found),
    )  # fmt: skip
    record(by=by, verb="simulate_offers", obj=run, after={"rule": rule.code, **run.outcomes}, unit=unit.code)
    return run


def check_may_run(viewer: Viewer, unit: Unit) -> None:
    """Refuse whoever may not decide for the unit."""
    check_capability(viewer, Capability.DECIDE_DOSSIERS)
    check_inside(viewer, unit.pk)


def judged(rule: OfferRule, unit: Unit, window: Window) -> list[Verdict]:
    """The verdicts of a rule on all entries of a unit and those below it."""
    return list(verdicts(rule.definition, facts_of(rule, subtree_ids([unit])), window, working_calendar()))


def summary(found: Iterable[Verdict]) -> dict[str, Any]:
    """What a simulation came to, in numbers alone: by outcome, by unit, by week, and a digest of who is reached."""
    found = list(found)
    reached = [each for each in found if each.outcome == Outcome.REACHED]
    codes = dict(Unit.objects.filter(pk__in={each.facts.unit for each in reached}).values_list("pk", "code"))
    weeks = Counter(_monday(each.occasion.reach_on).isoformat() for each in reached)
    return {
        "outcomes": dict(Counter(each.outcome.value for each in found)),
        "by_unit": dict(Counter(codes[each.facts.unit] for each in reached)),
        "by_week": dict(sorted(weeks.items())),
        "digest": digest_of(reached),
    }


def digest_of(reached: Iterable[Verdict]) -> str:
    """Which entries are reached about what and when: equal as long as nothing of it changed."""
    lines = sorted(f"{each.facts.key} {each.occasion.on} {each.occasion.reach_on}" for each in reached)
    return sha256("\n".join(lines).encode()).hexdigest()


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
