"""The rules over figures as questions to the figures: alerts know rules, indicators know figures, this knows both."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from namro.alerts.catalog.comparing import comparison_of
from namro.alerts.models import Rule
from namro.alerts.terms import SIGN_KINDS, Comparison, Kind, Side, Worse
from namro.indicators.queries import signs
from namro.indicators.terms import Ask, Sign

SIDES = {Side.UP: 1, Side.DOWN: -1, Side.BOTH: 0}
READ = ("pk", "code", "kind", "indicator", "breakdown", "worse", "watch", "warning", "critical", "body")


def asks_in_use(day: date) -> list[Ask]:
    """Return what the rules in use ask of the figures on a day; one query."""
    rules = Rule.objects.filter(is_live=True, kind__in=SIGN_KINDS).order_by("pk")
    return [ask_on(rule.pk, rule, day) for rule in rules.only(*READ)]


def asks_of(rules: Mapping[int, Rule], day: date) -> list[Ask]:
    """Return the same of some rules, stored or not, by the key that stands for each."""
    return [ask_on(key, rule, day) for key, rule in rules.items() if rule.kind in SIGN_KINDS]


def ask_on(key: int, rule: Rule, day: date) -> Ask:
    """Return what a rule asks on a day: only the periods that still speak then."""
    compare = _compare(rule)
    since = signs.since(compare.period, day, is_silence=rule.kind == Kind.FIGURE_SILENT)
    return _ask(key, rule, compare, since)


def ask_since(key: int, rule: Rule, since: date) -> Ask:
    """Return what a rule asks of all periods from a day on."""
    return _ask(key, rule, _compare(rule), since)


def _ask(key: int, rule: Rule, compare: Comparison, since: date) -> Ask:
    second = compare.second
    ask = Ask(
        rule_id=key,
        kind=Sign(rule.kind),
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
        mild=_mild(rule),
        turn=-1 if rule.worse == Worse.DOWN else 1,
    )
    return replace(ask, needed=signs.needed(ask))


def _mild(rule: Rule) -> float | None:
    """The mildest mark of a rule: the first there is, from the lightest level up."""
    marks = (rule.watch, rule.warning, rule.critical)
    return next((float(mark) for mark in marks if mark is not None), None)


def indicators_of(asks: Iterable[Ask]) -> set[str]:
    """Return the indicators that are asked of, the second ones too."""
    return {name for ask in asks for name in (ask.indicator, ask.second) if name}


def _compare(rule: Rule) -> Comparison:
    compare = comparison_of(rule.body.get("compare"))
    if compare is None:
        raise ValueError(f"{rule.code} compares nothing")
    return compare
