"""What every page's frame shows: the ways through the house, the city, the day, and whether this is the demo."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from namro.delivery.queries import unread_count
from namro.ground import clock
from namro.organisation.terms import Capability, Viewer
from namro.pages.asof import as_of
from namro.pages.links import address
from namro.tasks.queries.desk import waiting_count

DOSSIERS = (Capability.RECEIVE_DOSSIERS, Capability.SETTLE_DOSSIERS, Capability.READ_ALL)
QUEUES = (Capability.RECEIVE_DOSSIERS, Capability.RUN_DESK, Capability.READ_ALL)
# Name of the route, words, and the capabilities of which one is needed (none named: any post).
WAYS: tuple[tuple[str, Any, tuple[Capability, ...]], ...] = (
    ("home", _("Toàn cảnh"), ()),
    ("desk", _("Bàn làm việc"), ()),
    ("tasks", pgettext_lazy("mục", "Nhiệm vụ"), ()),
    ("league", _("Bảng xếp hạng"), ()),
    ("centre", _("Trung tâm điều hành"), ()),
    ("dossiers", _("Hồ sơ một cửa"), DOSSIERS),
    ("indicators", pgettext_lazy("mục", "Chỉ số"), ()),
    ("forms", _("Biểu báo cáo"), ()),
    ("sources", _("Nguồn số liệu"), ()),
    ("alerts", pgettext_lazy("mục", "Cảnh báo"), ()),
    ("reports", _("Báo cáo"), ()),
    ("procedures", _("Thủ tục hành chính"), ()),
    ("officer_assistant", _("Hỏi đáp"), ()),
    ("quality", _("Chất lượng phục vụ"), ()),
    ("queue_offices", _("Hàng đợi một cửa"), QUEUES),
    ("units", pgettext_lazy("mục", "Đơn vị"), ()),
    ("audit", _("Nhật ký"), (Capability.READ_AUDIT,)),
    ("administration", _("Quản trị"), (Capability.ADMINISTER,)),
)

# The bottom bar of a phone holds five: long names have a short form there.
SHORT = {"desk": _("Bàn việc"), "league": _("Xếp hạng"), "dossiers": _("Một cửa")}
# Who sits at the one-stop desk has it among the first ways.
FIRST_AT_THE_DESK = ("home", "desk", "dossiers")

# Ways that lead to a page of the same past day.
READ_AS_OF = {"home", "centre", "tasks", "league", "indicators", "units"}


def page(request: HttpRequest) -> dict[str, Any]:
    """The frame's values; empty ways for whoever is not signed in or holds no post."""
    frame: dict[str, Any] = {"demo": settings.DEMO, "today": clock.today()}
    viewer = request.viewer() if hasattr(request, "viewer") else None
    if viewer is None:
        return frame
    waiting = waiting_count(viewer)
    return frame | {
        "nav": ways(request, viewer, waiting),
        "city_name": viewer.city_name,
        "urgent": waiting,
        "unread": unread_count(viewer.person_id),
        "person_role": viewer.role.label,
        "may_administer": viewer.can(Capability.ADMINISTER),
    }


def ways(request: HttpRequest, viewer: Viewer, waiting: int) -> list[dict[str, Any]]:
    """The entries of the navigation that the viewer may follow; the current one is marked by its path."""
    shown, day = [], as_of(request).query
    for name, label, needed in WAYS:
        if needed and not any(viewer.can(each) for each in needed):
            continue
        url = reverse(name)
        current = request.path == url if name == "home" else request.path.startswith(url)
        count = waiting if name == "desk" else None
        item = {
            "name": name,
            "url": address(name, **day) if name in READ_AS_OF else url,
            "label": label,
            "short": SHORT.get(name, label),
        }
        shown.append(item | {"count": count, "current": current})
    if viewer.can(Capability.RECEIVE_DOSSIERS):
        shown.sort(key=lambda item: item["name"] not in FIRST_AT_THE_DESK)
    return shown
