"""Following a dossier by its code, without an account and without showing whose it is."""

import re
from datetime import datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.dossiers.models import Dossier, DossierEvent
from namro.dossiers.queries.one import PUBLIC_VERBS
from namro.dossiers.queries.today import notice, now
from namro.dossiers.rules import late_on_at
from namro.dossiers.terms import State
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.pages.citizens.limits import is_too_often
from namro.pages.dossiers.way import way_of
from namro.pages.dossiers.words import history_of, standing, time_left, tone_of
from namro.pages.links import address

CODE = re.compile(r"[A-Z0-9.]{2,20}-\d{6}-\d{4,6}")


@login_not_required
@require_safe
def track(request: HttpRequest) -> HttpResponse:
    """Ask for a code; one that was typed leads to its dossier."""
    typed = request.GET.get("ma", "").strip().upper().replace(" ", "")[:40]
    if CODE.fullmatch(typed):
        return HttpResponseRedirect(address("tracked", typed))
    return _missed(request, typed) if typed else render(request, "citizens/track.html")


@login_not_required
@require_safe
def tracked(request: HttpRequest, code: str) -> HttpResponse:
    """Where the dossier of a code is, when it is due and what happened; no person, no paper, no grounds."""
    if is_too_often(request, "tracked from"):
        return render(request, "citizens/track.html", {"too_often": True}, status=429)
    rows = Dossier.objects.select_related("procedure", "unit", "received_unit", "desk")
    row = rows.filter(code=code[:40]).first()
    if row is None:
        return _missed(request, code[:40])
    events = DossierEvent.objects.filter(dossier=row, verb__in=PUBLIC_VERBS).select_related("desk")
    return render(request, "citizens/tracked.html", _shown(row, list(events)))


def _missed(request: HttpRequest, code: str) -> HttpResponse:
    return render(request, "citizens/track.html", {"missed": code}, status=404)


def _shown(row: Dossier, events: list[DossierEvent]) -> dict[str, Any]:
    moment = now()
    when, _tone = time_left(row, moment)
    return {
        "row": row, "sentence": sentence(row, when), "notice_line": notice() if row.is_synthetic else "",
        "dateline": f"{row.code} · {_('đến %(day)s') % {'day': format_day(moment.date())}}", "sub": advice(row, moment),
        "tone": tone_of(row, moment), "standing": standing(row, moment), "steps": way_of(row, events),
        "moments": history_of(events, for_public=True), "apologies": row.apologies.all(),
        "own_url": address("own_dossier", str(row.code)),
    }  # fmt: skip


def sentence(row: Dossier, when: str) -> str:
    """«Hồ sơ đang xử lý, còn 2 ngày làm việc»: the finding first."""
    words = {
        State.SUBMITTED: _("Hồ sơ đã nộp, chờ cán bộ tiếp nhận"),
        State.RECEIVED: _("Hồ sơ đã được tiếp nhận"),
        State.CHECKED: _("Hồ sơ đủ giấy tờ, chờ chuyển xử lý"),
        State.IN_PROCESS: _("Hồ sơ đang được xử lý"),
        State.SUPPLEMENT_ASKED: _("Hồ sơ chờ bạn bổ sung"),
        State.DECIDED: _("Đã có kết quả, mời bạn tới nhận"),
        State.RESULT_GIVEN: _("Đã trả kết quả"),
        State.REFUSED: _("Hồ sơ bị từ chối"),
        State.WITHDRAWN: _("Hồ sơ đã rút"),
    }
    if row.state == State.DECIDED and row.result_is_electronic:
        return _("Đã có kết quả điện tử, mời bạn nhận trên mạng")
    said = words[State(row.state)]
    return f"{said}, {when}" if when and row.state != State.SUPPLEMENT_ASKED else said


def advice(row: Dossier, moment: datetime) -> str:
    """What follows from it for whoever waits."""
    if row.state == State.SUPPLEMENT_ASKED:
        return _(
            "Định danh ở cuối trang để đọc còn thiếu gì và gửi bổ sung; chưa bổ sung thì đồng hồ còn dừng."
        )
    if row.state == State.SUBMITTED:
        return _("Ngày hẹn trả có khi cán bộ một cửa tiếp nhận.")
    late_on = late_on_at(row, moment)
    if late_on is not None and row.finished_at is None:
        late = format_day(late_on)
        return _("Quá hạn từ %(day)s. Cơ quan giải quyết phải xin lỗi bằng văn bản và hẹn lại ngày.") % {
            "day": late
        }
    if row.due_at is not None and row.finished_at is None:
        return _("Hẹn trả lúc %(at)s.") % {"at": f"{row.due_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"}
    return ""
