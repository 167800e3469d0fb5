"""Ca trực: who is on duty now and in the days to come, and the three things done with it: set, hand over, take back."""

from collections.abc import Callable
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from namro.alerts import actions
from namro.alerts.models import Duty
from namro.alerts.queries import duty_units, one_duty, roster
from namro.alerts.rules import is_on_duty, shift_day
from namro.alerts.terms import Shift
from namro.ground import clock
from namro.ground.days import format_day
from namro.indicators.queries.charts import service_groups
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of
from namro.organisation.terms import Capability, Refused, Viewer
from namro.pages.alerts.forms import words
from namro.pages.dayfield import DayField
from namro.pages.fields import RequestForm
from namro.pages.naming import named
from namro.pages.viewing import needs, viewer_of


class DutyForm(RequestForm):
    """Put somebody of one of the viewer's units on duty."""

    person: Any = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Ai trực"))
    unit: Any = forms.ModelChoiceField(
        Unit.objects.none(), label=gettext_lazy("Trực cho đơn vị"), empty_label=None
    )
    first = DayField(label=gettext_lazy("Từ ngày"))
    last = DayField(label=gettext_lazy("Đến hết ngày"))
    shift = forms.ChoiceField(label=gettext_lazy("Ca"), choices=Shift.choices)
    group = forms.ChoiceField(
        label=gettext_lazy("Nhóm dịch vụ"), required=False,
        help_text=gettext_lazy("Để trống là trực mọi nhóm; nhóm nào có người riêng thì người ấy nhận."),
    )  # fmt: skip
    note = words(gettext_lazy("Ghi chú"), required=False)

    def __init__(self, *args: Any, viewer: Viewer, **options: Any) -> None:
        super().__init__(*args, **options)
        units = duty_units(viewer)
        choose: Any = self.fields
        choose["unit"].queryset = units
        choose["person"].queryset = people_of([unit.pk for unit in units], clock.today()).order_by(
            "full_name"
        )
        choose["group"].choices = [
            ("", _("Mọi nhóm")),
            *((each.code, named(each)) for each in service_groups()),
        ]


class HandOverForm(RequestForm):
    """Hand a duty over from a day on."""

    to: Any = forms.ModelChoiceField(Person.objects.none(), label=gettext_lazy("Ai nhận ca"))
    day = DayField(label=gettext_lazy("Từ ngày"))
    note = words(gettext_lazy("Việc đang dở cần nhớ"), gettext_lazy("Người nhận ca đọc dòng này đầu tiên."))

    def __init__(self, *args: Any, duty: Duty, people: QuerySet[Person], **options: Any) -> None:
        options.setdefault("auto_id", f"ban-giao-{duty.pk}-%s")
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        to.queryset = people
        # People read once stand in every form of the page; a field of its own would ask for them anew.
        others = ((each.pk, str(each)) for each in people if each.pk != duty.person_id)
        to.choices = [("", "---------"), *others]
        self.initial.setdefault("day", max(duty.first, shift_day(Shift(duty.shift), clock.now())))


@require_safe
@needs(Capability.HANDLE_ALERTS)
def duties(request: HttpRequest) -> HttpResponse:
    """Show who stands duty for the viewer's units, now and in the days to come."""
    return render(request, "alerts/duties.html", _page(viewer_of(request)))


def _page(
    viewer: Viewer, new: DutyForm | None = None, tried: tuple[int, HandOverForm] | None = None
) -> dict[str, Any]:
    """All that the page shows; `new` and `tried` are what was refused and stay open with what was typed."""
    now, units = clock.now(), list(duty_units(viewer))
    rows = roster([unit.pk for unit in units], now)
    standing = [duty for duty in rows if is_on_duty(duty.first, duty.last, Shift(duty.shift), now)]
    names = {group.code: named(group) for group in service_groups()}
    people = {unit.pk: _people(unit.pk) for unit in units}
    tried_at, refused = tried or (0, None)
    forms_ = {
        duty.pk: HandOverForm(duty=duty, people=people[duty.unit_id]) if duty.pk != tried_at else refused
        for duty in rows
    }
    return {
        "sentence": sentence(standing),
        "dateline": _("Ca trực · đến %(day)s") % {"day": format_day(clock.today())},
        "crumbs": [(_("Cảnh báo"), reverse("alerts"))],
        "rows": [
            {
                "duty": duty,
                "group": names.get(duty.group, duty.group) or _("Mọi nhóm"),
                "now": duty in standing,
                "form": forms_[duty.pk],
                "is_open": duty.pk == tried_at,
            }
            for duty in rows
        ],
        "form": new or DutyForm(viewer=viewer, initial={"first": clock.today(), "last": clock.today()}),
        "units": units,
    }


def sentence(standing: list[Duty]) -> str:
    """«Đang trực: Châu Minh Tiệp.» or what happens where nobody is."""
    if not standing:
        return _("Chưa ai trong ca trực: cảnh báo báo cho mọi chuyên viên của đơn vị.")
    people = ", ".join(dict.fromkeys(str(duty.person) for duty in standing))
    return _("Đang trực: %(people)s.") % {"people": people}


def _people(unit_id: int) -> QuerySet[Person]:
    """Who may take a duty of the unit over."""
    return people_of([unit_id], clock.today()).order_by("full_name")


@require_POST
@needs(Capability.HANDLE_ALERTS)
def duty_act(request: HttpRequest, deed: str) -> HttpResponse:
    """Set a duty, hand one over, take one back; a refusal stands beside its field with everything typed still there."""
    if deed not in DEEDS:
        raise Http404(deed)
    return DEEDS[deed](request, viewer_of(request))


def _set(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    form = DutyForm(request.POST, viewer=viewer)
    if _done(form, actions.put_on_duty, request, viewer):
        messages.success(
            request, _("Đã ghi ca trực; trong ca, cảnh báo báo cho người trực thay cho cả đơn vị.")
        )
        return HttpResponseRedirect(reverse("duties"))
    return render(request, "alerts/duties.html", _page(viewer, form), status=422)


def _hand_over(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    duty = _duty(request, viewer)
    form = HandOverForm(request.POST, duty=duty, people=_people(duty.unit_id))
    if _done(form, actions.hand_over_duty, request, viewer, duty.pk):
        messages.success(request, _("Đã bàn giao ca trực."))
        return HttpResponseRedirect(reverse("duties"))
    return render(request, "alerts/duties.html", _page(viewer, tried=(duty.pk, form)), status=422)


def _end(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    duty = _duty(request, viewer)
    form = RequestForm(request.POST)
    if _done(form, actions.end_duty, request, viewer, duty.pk):
        messages.success(request, _("Đã bỏ ca trực từ hôm nay."))
    return HttpResponseRedirect(reverse("duties"))


DEEDS: dict[str, Callable[[HttpRequest, Viewer], HttpResponse]] = {
    "lap": _set,
    "ban-giao": _hand_over,
    "bo": _end,
}


def _duty(request: HttpRequest, viewer: Viewer) -> Duty:
    text = request.POST.get("duty", "")
    duty = one_duty(viewer, int(text)) if text.isdecimal() and len(text) < 18 else None
    if duty is None:
        raise Http404(text)
    return duty


def _done(
    form: RequestForm, act: Callable[..., Any], request: HttpRequest, viewer: Viewer, *about: int
) -> bool:
    """Whether it was done; a refusal goes onto the form."""
    if not form.is_valid():
        return False
    values = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    try:
        act(*about, **values, by=cast(Person, request.user), viewer=viewer)
    except Refused as refusal:
        form.refuse(refusal)
        return False
    return True
