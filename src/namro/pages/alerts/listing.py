"""The list of alerts for somebody who has hundreds: by level, narrowed, grouped, and done with many at once."""

from collections.abc import Collection
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from namro.alerts.models import Rule
from namro.alerts.queries import counts_by_kind, counts_by_unit, how_many_on, page_of
from namro.alerts.terms import Kind, Outcome
from namro.delivery.terms import Level
from namro.ground import clock
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.models import Person, Unit
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.alerts import sentence
from namro.pages.alerts.asked import AGES, LEVELS, VIEWS, Asked, asked_of
from namro.pages.alerts.forms import TOGETHER, AlertForm
from namro.pages.alerts.rows import grouped, rows_of
from namro.pages.alerts.tile import counts_of
from namro.pages.viewing import needs, viewer_of

SHOWN = 50
MOST_AT_ONCE = 500
MOST_TOLD = 8


@require_safe
@needs()
def alerts(request: HttpRequest) -> HttpResponse:
    """Show the alerts within the viewer's reach that meet the filter, or how many there are by kind and unit."""
    viewer, asked = viewer_of(request), asked_of(request)
    context = page(viewer, asked)
    if request.GET.get("gop"):
        context["by_kind"], context["by_unit"] = by_kind(viewer, asked), by_unit(viewer, asked)
    return render(request, "alerts/alerts.html", context)


def page(
    viewer: Viewer, asked: Asked, tried: AlertForm | None = None, picked: Collection[int] = ()
) -> dict[str, Any]:
    """All that the list shows; `tried` is what was refused and stays open with what was typed and picked."""
    today = clock.today()
    counts = counts_of(viewer, asked.filter)
    found = page_of(viewer, asked.filter, after=asked.after, size=SHOWN)
    rows = rows_of(found.alerts, today, how_many_on(viewer, {alert.object_key for alert in found.alerts}))
    label = str(VIEWS[asked.view][1])
    return {
        "asked": asked,
        "sentence": sentence.of_view(label, counts) if asked.view else sentence.calling(counts),
        "dateline": _("Cảnh báo sớm · đến %(day)s") % {"day": format_day(today)},
        "tabs": tabs(asked, counts),
        "views": [
            (words, asked.address(xem=code, muc=""), code == asked.view)
            for code, (_s, words) in VIEWS.items()
        ],
        "groups": grouped(rows, asked),
        "count": len(rows),
        "next_url": asked.address(sau=found.after) if found.after else "",
        "first_url": asked.address() if asked.after else "",
        "summary_url": asked.address(gop="1"),
        "kinds": Kind.choices,
        "ages": [(code, words) for code, (_n, words) in AGES.items()],
        "rule": Rule.objects.filter(code=asked.filter.rule).first() if asked.filter.rule else None,
        "deeds": deeds(viewer, asked, tried),
        "picked": set(picked),
        "tried": tried,
        "together_url": asked.address("alerts_together"),
    }


def tabs(asked: Asked, counts: dict[Level, int]) -> list[dict[str, Any]]:
    """All, then each level from the gravest down, with its count; beyond the bound the count is left out."""
    codes = {level: code for code, level in LEVELS.items()}
    total, bound = sum(counts.values()), sentence.MOST_COUNTED
    is_cut = any(n > bound for n in counts.values())
    shown = [_tab(asked, "", _("Mọi mức"), None if is_cut else total)]
    return shown + [
        _tab(asked, codes[level], str(level.label), None if n > bound else n) for level, n in counts.items()
    ]


def _tab(asked: Asked, code: str, label: str, count: int | None) -> dict[str, Any]:
    return {
        "label": label,
        "url": asked.address(muc=code),
        "count": count,
        "current": asked.query.get("muc", "") == code,
    }


def deeds(viewer: Viewer, asked: Asked, tried: AlertForm | None) -> list[AlertForm]:
    """What may be done to many at once, for who handles alerts; the one tried as it was typed."""
    if not viewer.can(Capability.HANDLE_ALERTS) or asked.view == "da-dong":
        return []
    return [tried if isinstance(tried, form) else form(viewer=viewer, **form.together()) for form in TOGETHER]


def by_kind(viewer: Viewer, asked: Asked) -> list[tuple[str, int, str]]:
    """How many call by kind of rule, the most first: words, count, door."""
    found = counts_by_kind(viewer)
    most = sorted(found.items(), key=lambda item: -item[1])
    return [(str(Kind(kind).label), n, asked.address(loai=kind, quy_tac="")) for kind, n in most]


def by_unit(viewer: Viewer, asked: Asked) -> list[tuple[str, int, str]]:
    """The units with the most alerts that call: name, count, door."""
    found = counts_by_unit(viewer)
    units = Unit.objects.in_bulk([unit_id for unit_id, _n in found])
    return [(units[unit_id].label, n, asked.address(don_vi=units[unit_id].code)) for unit_id, n in found]


@require_POST
@needs(Capability.HANDLE_ALERTS)
def together(request: HttpRequest) -> HttpResponse:
    """Do one thing to the alerts picked; say how many, and of the others why not. A refusal keeps what was picked."""
    viewer, asked = viewer_of(request), asked_of(request)
    form_class = next((form for form in TOGETHER if form.slug == request.POST.get("deed")), None)
    if form_class is None:
        messages.warning(request, _("Chưa chọn việc cần làm với các cảnh báo."))
        return HttpResponseRedirect(asked.address())
    form, ids = form_class(request.POST, viewer=viewer, **form_class.together()), _picked(request)
    if form.is_valid() and not ids:
        form.add_error(None, _("Chưa chọn cảnh báo nào; hãy đánh dấu vào ô trước cảnh báo."))
    if form.is_valid():
        try:
            outcome = form.carry_out(ids, by=cast(Person, request.user), viewer=viewer)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            _tell(request, form, outcome)
            return HttpResponseRedirect(asked.address())
    return render(request, "alerts/alerts.html", page(viewer, asked, form, ids), status=422)


def _picked(request: HttpRequest) -> list[int]:
    wanted = request.POST.getlist("alert")[:MOST_AT_ONCE]
    return [int(pk) for pk in wanted if pk.isdecimal() and len(pk) < 18]


def _tell(request: HttpRequest, form: AlertForm, outcome: Outcome) -> None:
    n = len(outcome.done)
    if n:
        template = ngettext("%(deed)s: %(n)s cảnh báo.", "%(deed)s: %(n)s cảnh báo.", n)
        messages.success(request, template % {"deed": form.opens, "n": format_number(n)})
    for why in list(dict.fromkeys(said for _pk, said in outcome.refused))[:MOST_TOLD]:
        messages.warning(request, why)
