"""The list of indicators, one indicator, and their downloads."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.audit.actions import record
from namro.ground.text import sort_key
from namro.indicators.queries import find_definition, latest_by_unit
from namro.indicators.terms import IndicatorDef
from namro.organisation.terms import Capability
from namro.pages.indicators import export, panels, sentence
from namro.pages.indicators.asked import STATES, Asked, asked_of, units_to_choose
from namro.pages.indicators.listing import Line, by_theme, lines, narrowed
from namro.pages.links import address
from namro.pages.naming import named
from namro.pages.sheet import KINDS, download
from namro.pages.viewing import needs, viewer_of

FILTERS = ("q", "nhom", "chu_tri", "tinh_trang")


@require_safe
@needs()
def indicators(request: HttpRequest) -> HttpResponse:
    """Show every indicator with its last figure, by theme; found without regard to marks."""
    asked = asked_of(request, viewer_of(request))
    every = lines(asked)
    shown = _narrowed(request, every)
    context = {
        "asked": asked,
        "as_of": asked.as_of,
        "themes": by_theme(shown),
        "sentence": _summary(shown),
        "filters": {name: request.GET.get(name, "").strip() for name in FILTERS},
        "choices": _choices(asked, every),
        "is_narrowed": asked.as_of.is_past or any(request.GET.get(name) for name in FILTERS[1:]),
        "exports": _exports(request, asked, "indicators_export"),
    }
    return render(request, "indicators/indicators.html", context)


def _narrowed(request: HttpRequest, every: list[Line]) -> list[Line]:
    words, theme, owner, state = (request.GET.get(name, "").strip() for name in FILTERS)
    return narrowed(every, words=words, theme=theme, owner=owner, state=state if state in STATES else "")


def _summary(shown: list[Line]) -> str:
    return sentence.summary(
        len({line.definition.code for line in shown}),
        breached=sum(line.state == "breached" and not line.is_missing for line in shown),
        missing=sum(line.is_missing for line in shown),
        behind=sum(line.is_behind for line in shown),
    )


def _choices(asked: Asked, every: list[Line]) -> dict[str, object]:
    owners = {line.definition.owner: line.owner for line in every}
    return {
        "themes": [(theme.code, theme.name) for theme in by_theme(every)],
        "owners": sorted(owners.items(), key=lambda owner: sort_key(owner[1])),
        "units": units_to_choose(asked),
        "states": [
            ("breached", _("Số liệu không khớp")), ("behind", _("Chậm mục tiêu")), ("missing", _("Chưa có số liệu")),
            ("late", _("Nộp muộn")), ("fresh", _("Đúng hạn")),
        ],
    }  # fmt: skip


def _exports(request: HttpRequest, asked: Asked, route: str, *args: str) -> list[tuple[str, str]]:
    """Return the downloads of what is shown, for those who may export."""
    if not asked.viewer.can(Capability.EXPORT):
        return []
    kept = {name: request.GET.get(name, "") for name in (*FILTERS, "don_vi", "phan_to", "ngay")}
    names = {"xlsx": _("Xuất Excel"), "csv": _("Xuất CSV")}
    return [(names[kind], address(route, *args, **(kept | {"dang": kind}))) for kind in KINDS]


@require_safe
@needs()
def indicator(request: HttpRequest, code: str) -> HttpResponse:
    """Show one indicator of one unit: the number and all that stands behind it; 404 for a code that is none."""
    definition = _definition(code)
    asked = asked_of(request, viewer_of(request))
    about = panels.subject(asked, definition, request.GET.get("phan_to", ""))
    if not about.rows and not asked.chosen and not asked.is_city:
        asked = Asked(asked.viewer, asked.as_of, asked.city, asked.city)
        about = panels.subject(asked, definition, request.GET.get("phan_to", ""))
    context = panels.context(asked, about, request.GET.get("cap", ""))
    context["choices_of_unit"] = units_to_choose(asked)
    context["exports"] = _exports(request, asked, "indicator_export", code)
    return render(request, "indicators/indicator.html", context)


def _definition(code: str) -> IndicatorDef:
    found = find_definition(code)
    if found is None:
        raise Http404(code)
    return found


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def export_list(request: HttpRequest) -> HttpResponse:
    """Hand out the list as a file, leaving a line in the log of who took what."""
    asked = asked_of(request, viewer_of(request))
    shown = _narrowed(request, lines(asked))
    rows = [
        (line.definition, cell.row, line.part) for line in shown for cell in (line.own, line.city) if cell
    ]
    sheet = export.table(_("Các chỉ số của %s") % asked.unit.name, asked, rows)
    return _handed_out(request, asked, sheet, name="chi-so", table="indicators")


@require_safe
@needs(Capability.EXPORT)
@transaction.atomic
def export_one(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out one indicator: the periods of the unit, then every unit for its last period."""
    definition = _definition(code)
    asked = asked_of(request, viewer_of(request))
    about = panels.subject(asked, definition, request.GET.get("phan_to", ""))
    others = latest_by_unit(asked.viewer, code, asked.as_of.day, about.breakdown)
    seen = {(row.unit_id, row.period) for row in about.rows}
    rows = [*about.rows, *(row for row in others if (row.unit_id, row.period) not in seen)]
    sheet = export.table(named(definition), asked, [(definition, row, about.part) for row in rows])
    return _handed_out(request, asked, sheet, name=f"chi-so-{code}", table=code)


def _handed_out(
    request: HttpRequest, asked: Asked, sheet: export.Lines, *, name: str, table: str
) -> HttpResponse:
    kind = request.GET.get("dang", "xlsx")
    taken = {"table": table, "rows": len(sheet) - 4, "kind": kind, "day": asked.as_of.day}
    record(by=request.user, verb="export", obj=asked.unit, after=taken, unit=asked.unit.code)
    return download(sheet, name=f"{name}-{asked.as_of.day.isoformat()}", kind=kind)
