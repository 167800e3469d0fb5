"""The rules of the alerts: what is watched, and one rule with what it would have called in the past."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from namro.alerts.models import Rule
from namro.alerts.queries import live_rules, one_rule, responses, trials_of
from namro.alerts.terms import SIGN_KINDS, Audience, Kind, RuleDef
from namro.delivery.terms import Level
from namro.flows.trial import Trial, TriedObject, trial
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.models import Unit
from namro.organisation.terms import Capability, Viewer
from namro.pages.alerts.became import acted_of, became_words
from namro.pages.alerts.insisting import insisting_words
from namro.pages.alerts.panels import thresholds_of, units_of_measure
from namro.pages.alerts.tried import tried_rows
from namro.pages.charts import options
from namro.pages.charts.chart import Chart, Table
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.viewing import needs, viewer_of

# How far back a rule is tried: each day is judged anew, so that more takes longer.
SPANS: dict[str, Any] = {
    "30": gettext_lazy("30 ngày qua"),
    "90": gettext_lazy("90 ngày qua"),
    "180": gettext_lazy("180 ngày qua"),
}
MOST_OBJECTS = 30


@require_safe
@needs(Capability.HANDLE_ALERTS, Capability.READ_ALL)
def alert_rules(request: HttpRequest) -> HttpResponse:
    """Show the rules in use with their thresholds and how many alerts each holds open."""
    rules = list(live_rules())
    names, units = _names({rule.owner for rule in rules}), units_of_measure()
    became = responses(clock.today())
    rows = [
        {
            "rule": rule,
            "thresholds": thresholds_of(rule.definition, units),
            "owner": names.get(rule.owner, rule.owner),
            "acted": acted_of(became.get(rule.code)),
            "href": address("alerts", quy_tac=rule.code, xem="tat-ca"),
        }
        for rule in rules
    ]
    told = ngettext("%(n)s quy tắc đang dùng", "%(n)s quy tắc đang dùng", len(rules))
    context = {
        "rows": rows,
        "sentence": told % {"n": format_number(len(rules))},
        "dateline": _("Cảnh báo sớm · đến %(day)s") % {"day": format_day(clock.today())},
        "crumbs": [(_("Cảnh báo"), reverse("alerts"))],
    }
    return render(request, "alerts/rules.html", context)


@require_safe
@needs(Capability.HANDLE_ALERTS, Capability.READ_ALL)
def alert_rule(request: HttpRequest, code: str) -> HttpResponse:
    """Show one rule, and when asked what it would have called in the days past."""
    viewer, rule = viewer_of(request), one_rule(code)
    if rule is None:
        raise Http404(code)
    span = request.GET.get("thu", "")
    is_of_history = rule.kind in SIGN_KINDS
    context = _told(rule) | {"spans": SPANS.items(), "span": span if span in SPANS else ""}
    context |= {"is_of_history": is_of_history, "trials": tried_rows(trials_of(rule.code))}
    if span in SPANS and not is_of_history:
        context |= _tried(rule, int(span), viewer)
    return render(request, "alerts/rule.html", context)


def _names(codes: set[str]) -> dict[str, str]:
    return {unit.code: unit.label for unit in Unit.objects.filter(code__in=codes, valid_to__isnull=True)}


def _told(rule: Rule) -> dict[str, Any]:
    """What the rule says, in words."""
    definition = rule.definition
    return {
        "rule": rule,
        "definition": definition,
        "sentence": named(rule),
        "dateline": Kind(rule.kind).label,
        "crumbs": [(_("Cảnh báo"), reverse("alerts")), (_("Quy tắc cảnh báo"), reverse("alert_rules"))],
        "text": shown_text(definition.text),
        "thresholds": thresholds_of(definition, units_of_measure()),
        "hears": [(Level(level).label, _audience(who)) for level, who in sorted(definition.hears.items())],
        "urging": _urging(definition),
        "became": became_words(responses(clock.today(), rule.code).get(rule.code)),
        "insisting": insisting_words(definition.insisting),
        "owner": _names({rule.owner}).get(rule.owner, rule.owner),
        "open_href": address("alerts", quy_tac=rule.code, xem="tat-ca") if rule.is_live else "",
    }


def shown_text(text: str) -> str:
    """The text of a rule with its places named: «(tên việc): quá hạn (số) ngày»."""
    return text.format(object=_("(tên việc)"), unit=_("(đơn vị)"), value=_("(số)"), due=_("(hạn)"))


def _audience(who: tuple[Audience, ...]) -> str:
    return ", ".join(str(Audience(each).label) for each in who)


def _urging(definition: RuleDef) -> str:
    """«trước hạn 7, 3, 1 ngày làm việc; quá hạn mỗi 7 ngày; 3 ngày làm việc không ai trả lời thì lên cấp trên»."""
    urging, parts = definition.urging, []
    if urging.before:
        days = ", ".join(format_number(day) for day in urging.before)
        parts.append(_("trước hạn %(days)s ngày làm việc") % {"days": days})
    if urging.every_days:
        parts.append(_("sau đó cách %(n)s ngày một lần") % {"n": format_number(urging.every_days)})
    if urging.grace:
        grace = {"n": format_number(urging.grace)}
        parts.append(_("%(n)s ngày làm việc không ai trả lời thì lên cấp trên") % grace)
    return "; ".join(parts)


def _tried(rule: Rule, days: int, viewer: Viewer) -> dict[str, Any]:
    """What the rule would have called, by week and on what; only what the viewer may see is named."""
    today = clock.today()
    tried = trial(rule, today - timedelta(days=days), today)
    seen = [thing for thing in tried.loudest if _may_see(thing, viewer)]
    return {
        "tried": tried,
        "trial_words": words_of(tried),
        "chart": _chart(tried) if tried.calls else None,
        "objects": seen[:MOST_OBJECTS],
    }


def _may_see(thing: TriedObject, viewer: Viewer) -> bool:
    return viewer.sees_unit(thing.unit_id) and (not thing.is_marked or viewer.can(Capability.READ_MARKED))


def words_of(tried: Trial) -> str:
    """«Từ 10/04/2025 đến 09/07/2025: 43 lần gọi về 31 việc, 3,3 lần mỗi tuần, nhiều nhất 20 cùng lúc.»"""
    return _(
        "Từ %(first)s đến %(last)s: %(calls)s lần gọi về %(things)s việc, %(week)s lần mỗi tuần, "
        "nhiều nhất %(most)s cùng lúc."
    ) % {
        "first": format_day(tried.first),
        "last": format_day(tried.last),
        "calls": format_number(tried.calls),
        "things": format_number(len(tried.objects)),
        "week": format_number(tried.per_week, 1),
        "most": format_number(tried.most_at_once),
    }


def _chart(tried: Trial) -> Chart:
    """The calls by week as level bars."""
    weeks = sorted(tried.weeks.items())
    labels = [_("tuần %(day)s") % {"day": f"{monday:%d/%m}"} for monday, _calls in weeks]
    calls = [calls for _monday, calls in weeks]
    told = [[label, format_number(n)] for label, n in zip(labels, calls, strict=True)]
    return Chart(
        key="trial",
        title="",
        alt="; ".join(f"{label}: {n}" for label, n in told),
        draw=partial(options.bars, labels, calls, unit=_("lần")),
        table=Table((_("Tuần"), _("Số lần gọi")), told),
        as_of=tried.last,
        heights=options.heights(len(labels)),
    )
