"""Where dossiers wait: by unit, and inside a unit by desk and person; handing over what somebody cannot do."""

from collections import Counter
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from namro.dossiers.actions import Hand, reassign_many
from namro.dossiers.models import Dossier
from namro.dossiers.queries.finding import Times
from namro.dossiers.queries.scope import MAY_READ
from namro.dossiers.queries.today import notice, today
from namro.dossiers.queries.workload import DeskLoad, UnitLoad, load_by_unit, load_of_unit
from namro.dossiers.terms import RUNNING, Group
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of
from namro.organisation.terms import Capability, Viewer
from namro.pages.dossiers.asked import MOST_LETTERS, NONE
from namro.pages.fields import RequestForm, shown_unit
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

MOST_AT_ONCE = 200
MOST_TOLD = 5


class HandOverForm(RequestForm):
    """Whose dossiers at which desk go to whom, how many, and why."""

    desk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    holder = forms.IntegerField(widget=forms.HiddenInput, required=False)
    # How many the person saw there: a second sending finds another number and moves nothing more.
    seen = forms.IntegerField(widget=forms.HiddenInput)
    many = forms.IntegerField(
        label=gettext_lazy("Bao nhiêu hồ sơ, đến hạn trước đi trước"), min_value=1, max_value=MOST_AT_ONCE,
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    to: Any = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Giao cho"),
        required=False,
        empty_label=gettext_lazy("Về bàn chung, ai rảnh nhận"),
    )
    reason = forms.CharField(
        label=gettext_lazy("Lý do"), max_length=500, widget=forms.TextInput(),
        help_text=gettext_lazy("Ví dụ: người giữ nghỉ phép, quá tải."),
    )  # fmt: skip

    def __init__(self, *args: Any, people: QuerySet[Person], **options: Any) -> None:
        super().__init__(*args, **options)
        to: Any = self.fields["to"]
        to.queryset = people
        # The people read once stand in every form of the page; a field of its own would ask for them anew.
        to.choices = [("", to.empty_label), *((each.pk, str(each)) for each in people)]

    def is_of(self, row: DeskLoad) -> bool:
        """Whether it hands over what waits there."""
        there = (row.desk, row.holder)
        return [str(self[name].value() or "") for name in ("desk", "holder")] == [
            str(each.pk) if each else "" for each in there
        ]

    def look_again(self, seen: int) -> None:
        """Let what was typed be sent again: the person now sees how many there are."""
        sent = cast(QueryDict, self.data).copy()
        sent["seen"] = str(seen)
        self.data = sent


@require_safe
@needs(*MAY_READ)
def workload(request: HttpRequest) -> HttpResponse:
    """Units where dossiers wait, most late first; for one unit its desks and people."""
    viewer = viewer_of(request)
    return _page(request, viewer, _unit(request, viewer))


def _page(
    request: HttpRequest, viewer: Viewer, unit: Unit | None, tried: HandOverForm | None = None
) -> HttpResponse:
    """All that the page shows; `tried` was refused and stays open at its row with what was typed."""
    times = Times.read()
    day = _("đến %(day)s") % {"day": format_day(times.now.astimezone(VIETNAM))}
    context: dict[str, Any] = {
        "unit": unit,
        "shown_unit": shown_unit(unit),
        "dateline": day,
        "notice_line": notice(),
    }
    if unit is None:
        units = load_by_unit(viewer, times)
        context |= {"units": [_unit_row(each) for each in units], "sentence": city_sentence(units)}
    else:
        context |= _of_unit(viewer, unit, times, tried)
    return render(request, "dossiers/workload.html", context, status=200 if tried is None else 422)


def _unit(request: HttpRequest, viewer: Viewer) -> Unit | None:
    """The unit asked for, 404 out of reach; for who reaches no further than one, that one."""
    code = request.GET.get("don_vi", "").strip()[:MOST_LETTERS]
    found = Unit.objects.filter(code=code, valid_to__isnull=True).first() if code else None
    if found is not None and not viewer.sees_unit(found.pk):
        raise Http404(code)
    if found is not None:
        return found
    return None if viewer.unit_ids is None else Unit.objects.get(pk=viewer.home_unit_id)


def _unit_row(row: UnitLoad) -> dict[str, Any]:
    def rows(group: Group) -> str:
        return address("dossiers", don_vi=row.unit.code, nhom=group)

    return {
        "unit": row.unit, "load": row.load, "href": address("dossier_workload", don_vi=row.unit.code),
        "doors": [
            (row.load.running, rows(Group.RUNNING)), (row.load.late, rows(Group.LATE)),
            (row.load.at_risk, rows(Group.AT_RISK)), (row.to_receive, rows(Group.TO_RECEIVE)),
            (row.stopped, rows(Group.STOPPED)), (row.to_hand_over, rows(Group.TO_HAND_OVER)),
        ],
    }  # fmt: skip


def city_sentence(rows: list[UnitLoad]) -> str:
    """«Hồ sơ quá hạn nhiều nhất ở Phường Hòa Khánh: 12 trong 340 đang giải quyết»."""
    if not rows:
        return _("Chưa có hồ sơ nào đang chờ")
    worst = rows[0]
    if not worst.load.late:
        running = sum(each.load.running for each in rows)
        return _("%(n)s hồ sơ đang giải quyết, không hồ sơ nào quá hạn") % {"n": format_number(running)}
    said = {
        "unit": worst.unit.name,
        "late": format_number(worst.load.late),
        "n": format_number(worst.load.running),
    }
    return _("Quá hạn nhiều nhất ở %(unit)s: %(late)s trong %(n)s hồ sơ đang giải quyết") % said


def _of_unit(viewer: Viewer, unit: Unit, times: Times, tried: HandOverForm | None) -> dict[str, Any]:
    rows = load_of_unit(viewer, unit.pk, times)
    may = viewer.can(Capability.RUN_DESK) and viewer.sees_unit(unit.pk)
    most = max((each.load.running for each in rows), default=1)
    people = people_of([unit.pk], today()) if may else None
    named = Counter(each.desk.name for each in rows if each.desk)
    return {
        "desks": [
            _desk_row(unit, each, most, people, tried)
            | {"route": each.desk.route if each.desk and named[each.desk.name] > 1 else None}
            for each in rows
        ],
        "sentence": unit_sentence(unit, rows),
    }


def unit_sentence(unit: Unit, rows: list[DeskLoad]) -> str:
    """«Hồ sơ dồn ở bước Thẩm định: 40, 12 quá phần thời gian của bước»: where it is stuck, if anywhere."""
    if not rows:
        return _("%(unit)s không có hồ sơ nào đang giải quyết") % {"unit": unit.name}
    by_desk: dict[str, tuple[int, int]] = {}
    for each in rows:
        name = str(each.desk) if each.desk else _("chờ chuyển xử lý")
        running, over = by_desk.get(name, (0, 0))
        by_desk[name] = (running + each.load.running, over + each.load.over_share)
    name, (running, over) = max(by_desk.items(), key=lambda item: (item[1][1], item[1][0]))
    said = {"desk": name, "n": format_number(running), "over": format_number(over)}
    if not over:
        return _("Đông nhất ở bước %(desk)s: %(n)s hồ sơ, chưa hồ sơ nào quá phần thời gian của bước") % said
    return _("Dồn ở bước %(desk)s: %(over)s trong %(n)s hồ sơ đã quá phần thời gian của bước") % said


def _desk_row(
    unit: Unit, row: DeskLoad, most: int, people: QuerySet[Person] | None, tried: HandOverForm | None
) -> dict[str, Any]:
    """A line of the table; with `people` also the form that hands over to one of them."""
    asked = {
        "don_vi": unit.code,
        "ban": str(row.desk.pk) if row.desk else NONE,
        "nguoi": str(row.holder.pk) if row.holder else NONE,
    }
    form = None
    if people is not None and row.desk is not None:
        form = tried if tried is not None and tried.is_of(row) else _hand_over(row, people)
    return {
        "desk": row.desk, "holder": row.holder, "load": row.load,
        "form": form,
        "share": round(100 * row.load.running / most),
        "running_url": address("dossiers", nhom=Group.RUNNING, **asked),
        "late_url": address("dossiers", nhom=Group.LATE, **asked),
        "risk_url": address("dossiers", nhom=Group.AT_RISK, **asked),
    }  # fmt: skip


def _hand_over(row: DeskLoad, people: QuerySet[Person]) -> HandOverForm:
    desk, holder = row.desk.pk if row.desk else None, row.holder.pk if row.holder else None
    many = min(row.load.running, MOST_AT_ONCE)
    initial = {"many": many, "desk": desk, "holder": holder, "seen": row.load.running}
    return HandOverForm(people=people, initial=initial, auto_id=f"giao-{desk or 0}-{holder or 0}-%s")


@require_POST
@needs(Capability.RUN_DESK)
def workload_hand_over(request: HttpRequest, code: str) -> HttpResponse:
    """Give so many dossiers of a desk and person to somebody else, those due first; say of the others why not. What
    was refused is shown again as it was typed."""
    viewer = viewer_of(request)
    found = get_object_or_404(Unit, code=code, valid_to__isnull=True)
    if not viewer.sees_unit(found.pk):
        raise Http404(code)
    there = address("dossier_workload", don_vi=code)
    form = HandOverForm(request.POST, people=people_of([found.pk], today()))
    if not form.is_valid():
        messages.error(request, _("Hãy ghi số hồ sơ và lý do giao lại."))
        return _page(request, viewer, found, form)
    said = form.cleaned_data
    there_now = _waiting(found, said["desk"], said["holder"])
    if len(there_now) != said["seen"]:
        messages.error(request, _("Số hồ sơ ở bàn này vừa đổi; hãy xem lại rồi giao."))
        form.look_again(len(there_now))
        return _page(request, viewer, found, form)
    hand = Hand.of_officer(cast(Person, request.user), viewer)
    done, refused = reassign_many(
        there_now[: said["many"]],
        to=said["to"],
        reason=said["reason"],
        hand=hand,
        client_id=said["client_id"],
    )
    if done:
        messages.success(request, _("Đã giao lại %(n)s hồ sơ.") % {"n": format_number(len(done))})
    for _row, why in refused[:MOST_TOLD]:
        messages.warning(request, why)
    return HttpResponseRedirect(there)


def _waiting(unit: Unit, desk: int | None, holder: int | None) -> list[int]:
    """What runs at a desk with a person, due first."""
    rows = Dossier.objects.filter(unit=unit, state__in=RUNNING, desk_id=desk, holder_id=holder)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True))
