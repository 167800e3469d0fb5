"""The rules over figures as questions to the figures: alerts know rules, indicators know figures, this knows both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from namro.alerts.models import Rule
from namro.alerts.terms import SIGN_KINDS, Comparison, Kind, RuleDef, Side
from namro.indicators.queries import signs
from namro.indicators.terms import Ask, Sign

SIDES = {Side.UP: 1, Side.DOWN: -1, Side.BOTH: 0}


def asks_in_use(day: date) -> list[Ask]:
    """Return what the rules in use ask of the figures on a day; one query."""
    rules = Rule.objects.filter(is_live=True, kind__in=SIGN_KINDS).order_by("pk")
    return [ask_on(rule.pk, rule.definition, day) for rule in rules]


def asks_of(rules: Mapping[int, Rule], day: date) -> list[Ask]:
    """Return the same of some rules, stored or not, by the key that stands for each."""
    return [ask_on(key, rule.definition, day) for key, rule in rules.items() if rule.kind in SIGN_KINDS]


def ask_on(key: int, rule: RuleDef, day: date) -> Ask:
    """Return what a rule asks on a day: only the periods that still speak then."""
    compare = _compare(rule)
    since = signs.since(compare.period, day, is_silence=rule.kind is Kind.FIGURE_SILENT)
    return ask_since(key, rule, since)


def ask_since(key: int, rule: RuleDef, since: date) -> Ask:
    """Return what a rule asks of all periods from a day on."""
    compare = _compare(rule)
    second = compare.second
    ask = Ask(
        rule_id=key,
        kind=Sign(rule.kind.value),
        indicator=rule.indicator,
        breakdown=rule.breakdown,
        period_kind=compare.period,
        since=since,
        needed=since,
        side=SIDES[compare.side],
        many=compare.last,
        against=compare.against,
        bound=compare.limit,
        floor=compare.floor,
        at_least=compare.least,
        second=second.indicator if second else "",
        second_from=second.at_least if second else None,
        second_to=second.at_most if second else None,
        frame=compare.frame,
    )
    return replace(ask, needed=signs.needed(ask))


def indicators_of(asks: Iterable[Ask]) -> set[str]:
    """Return the indicators that are asked of, the second ones too."""
    return {name for ask in asks for name in (ask.indicator, ask.second) if name}


def _compare(rule: RuleDef) -> Comparison:
    if rule.comparison is None:
        raise ValueError(f"{rule.code} compares nothing")
    return rule.comparison
