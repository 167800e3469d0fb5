"""The clerk's list: what is late or due first, by group; words and codes find one dossier among all."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from namro.dossiers.models import Dossier
from namro.dossiers.queries.finding import Times
from namro.dossiers.queries.paging import MOST_COUNTED, counts, page_of
from namro.dossiers.queries.scope import MAY_READ
from namro.dossiers.queries.today import notice
from namro.dossiers.terms import Channel, Group
from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.organisation.terms import Capability, Viewer
from namro.pages.counted import counted, figure
from namro.pages.dossiers.asked import FOR_OTHERS, MINE, Asked, asked_of
from namro.pages.dossiers.words import standing, time_left, tone_of
from namro.pages.links import address
from namro.pages.viewing import needs, viewer_of

# What is said first: what is late, then what will be, then what waits for us.
TOLD_FIRST = (Group.LATE, Group.AT_RISK, Group.TO_RECEIVE, Group.TO_HAND_OVER)


@require_safe
@needs(*MAY_READ)
def dossiers(request: HttpRequest) -> HttpResponse:
    """Show the dossiers that the viewer may open and that are asked for; a whole code opens its dossier at once."""
    viewer = viewer_of(request)
    asked = asked_of(request, viewer)
    times = Times.read()
    # Beside words no counts: they would be of all dossiers, not of those that hold the words.
    found = {} if asked.filter.words else counts(viewer, asked.filter, times)
    page = page_of(viewer, asked.filter, after=asked.after, times=times)
    if asked.filter.code and len(page.dossiers) == 1 and page.dossiers[0].code == asked.filter.code:
        return HttpResponseRedirect(address("dossier", str(page.dossiers[0].code)))
    context = {
        "asked": asked, "sentence": sentence(found, asked.filter.words), "tabs": tabs(asked, found),
        "notice_line": notice(),
        "dateline": _dateline(asked, page.times.now), "rows": [_row(each, page.times.now) for each in page.dossiers],
        "next_url": asked.address(sau=page.after) if page.after else "", "channels": Channel.choices,
        "first_url": asked.address() if asked.after else "", "chosen": _chosen(asked),
        "may_receive": viewer.can(Capability.RECEIVE_DOSSIERS), "own_ways": _own_ways(viewer, asked),
    }  # fmt: skip
    return render(request, "dossiers/dossiers.html", context)


def sentence(found: dict[str, int], asked_words: str = "") -> str:
    """«3 hồ sơ quá hạn, 12 sắp quá hạn, 5 chờ tiếp nhận»; only what there is. Where words are asked for, these."""
    if asked_words:
        return _("Hồ sơ có “%s”") % asked_words
    words = {
        Group.LATE: _("%s quá hạn"), Group.AT_RISK: _("%s sắp quá hạn"),
        Group.TO_RECEIVE: _("%s chờ tiếp nhận"), Group.TO_HAND_OVER: _("%s chờ trả kết quả"),
    }  # fmt: skip
    told = [words[group] % counted(found[group], most=MOST_COUNTED) for group in TOLD_FIRST if found[group]]
    if not told:
        return _("Không hồ sơ nào quá hạn, sắp quá hạn hay chờ ở quầy")
    return _("Hồ sơ một cửa: %s") % ", ".join(told)


def tabs(asked: Asked, found: dict[str, int]) -> list[dict[str, Any]]:
    """The groups with their counts; those beyond what is counted, or not counted, show none."""
    return [
        {
            "label": Group(group).label, "url": asked.address(nhom=group), "current": asked.filter.group == group,
            "count": figure(found.get(group), most=MOST_COUNTED),
        }
        for group in Group
    ]  # fmt: skip


def _row(row: Dossier, now: Any) -> dict[str, Any]:
    when, when_tone = time_left(row, now)
    return {
        "row": row, "href": address("dossier", str(row.code)), "when": when, "when_tone": when_tone,
        "tone": tone_of(row, now), "standing": standing(row, now),
    }  # fmt: skip


def _dateline(asked: Asked, now: Any) -> str:
    unit = asked.unit.name if asked.unit else ""
    day = _("đến %(day)s") % {"day": format_day(now.astimezone(VIETNAM))}
    return " · ".join(part for part in (unit, day) if part)


def _chosen(asked: Asked) -> list[tuple[str, str]]:
    """Narrowings that the filter bar has no field for: words, and the address without them."""
    told = {
        "ban": asked.desk_words,
        "nguoi": asked.holder_words,
        "thu_tuc": asked.procedure.name if asked.procedure else "",
        "tiep_nhan": _("nhận thay đơn vị khác") if asked.filter.for_others else "",
    }
    return [(words, asked.address(**{key: ""})) for key, words in told.items() if words]


def _own_ways(viewer: Viewer, asked: Asked) -> list[tuple[str, str]]:
    """Short ways: what is in my hands, what we received for others; what people say, what they are offered."""
    ways = []
    if viewer.can(Capability.SETTLE_DOSSIERS):
        ways.append((_("Hồ sơ tôi đang giữ"), asked.address(nguoi=MINE, nhom=Group.RUNNING)))
    if viewer.can(Capability.RECEIVE_DOSSIERS):
        ways.append((_("Nhận thay đơn vị khác"), asked.address(tiep_nhan=FOR_OTHERS, nhom=Group.ALL)))
    ways.append((_("Phản ánh, kiến nghị"), address("feedbacks")))
    if viewer.can(Capability.SETTLE_DOSSIERS) or viewer.can(Capability.READ_ALL):
        ways.append((_("Dịch vụ chủ động"), address("offer_rules")))
    return ways
