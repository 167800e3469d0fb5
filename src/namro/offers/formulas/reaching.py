"""The verdict of a rule on each entry of its register: reached, or the first reason why not."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from namro.ground.calendar import WorkingCalendar
from namro.offers.formulas.occasions import occasions
from namro.offers.rules import holds
from namro.offers.terms import Facts, Occasion, OfferRuleDef, Outcome, Verdict, Window


def verdicts(
    rule: OfferRuleDef, entries: Iterable[Facts], window: Window, calendar: WorkingCalendar
) -> Iterator[Verdict]:
    """Yield a verdict for each occasion that falls into the window; entries that the rule is not about have none."""
    for facts in entries:
        if is_about(rule, facts):
            for occasion in occasions(rule.when, rule.lead, facts.days, window, calendar):
                yield Verdict(facts, occasion, outcome_of(rule, facts, occasion))


def is_about(rule: OfferRuleDef, facts: Facts) -> bool:
    """Whether an entry holds what the rule asks for."""
    return all(facts.words.get(name, "") in allowed for name, allowed in rule.where.items())


def outcome_of(rule: OfferRuleDef, facts: Facts, occasion: Occasion) -> Outcome:
    """Return whether a person is reached. Consent comes first: without it nothing else is looked at."""
    if not any(holds(agreed, occasion.reach_on) for agreed in facts.agreed):
        return _without_consent(facts, occasion.reach_on)
    if facts.never_again:
        return Outcome.NEVER_AGAIN
    if occasion.on in facts.offered:
        return Outcome.ALREADY_OFFERED
    since = occasion.reach_on - timedelta(days=rule.recent_days)
    if any(day >= since for day in facts.filed):
        return Outcome.HAS_DOSSIER
    if any(not has(facts, name) for name in rule.prefill.values()):
        return Outcome.MISSING
    return Outcome.REACHED


def has(facts: Facts, name: str) -> bool:
    """Whether an entry has a value in the field."""
    return name in facts.days or bool(facts.words.get(name, "").strip())


def _without_consent(facts: Facts, day: date) -> Outcome:
    """Say how a person who is not reached stands: withdrawn, ended, or never agreed."""
    begun = [agreed for agreed in facts.agreed if agreed.first <= day]
    if any(agreed.withdrawn is not None and agreed.withdrawn <= day <= agreed.last for agreed in begun):
        return Outcome.WITHDRAWN
    return Outcome.CONSENT_ENDED if begun else Outcome.NO_CONSENT
