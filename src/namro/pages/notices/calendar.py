"""The calendar of what a person owes, read by a calendar program through a link that can be revoked."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from namro.delivery.actions import open_calendar
from namro.ground import clock
from namro.organisation.queries import viewer
from namro.organisation.terms import Capability, Viewer
from namro.pages.links import address
from namro.pages.naming import named, period_words
from namro.sources.queries import due_forms
from namro.tasks.models import Task
from namro.tasks.queries import visible_to
from namro.tasks.terms import OPEN_STAGES, Mark

MOST = 500
UID_HOST = "namro"


@login_not_required
@never_cache
@require_safe
def calendar_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar of the person whose link it is; a link that is none, or was revoked, leads to nothing."""
    person = open_calendar(token)
    seen = viewer(person) if person else None
    if seen is None:
        return HttpResponseNotFound()
    with override("vi"):
        body = _calendar(seen, request.build_absolute_uri("/").rstrip("/"))
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="nam-ro.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _calendar(viewer: Viewer, here: str) -> bytes:
    site = settings.NAMRO_SITE or here
    made = Calendar()
    made.add("prodid", "-//Nam Ro//vi")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Năm Rõ: việc đến hạn"))
    made.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for event in (*_tasks(viewer, site), *_forms(viewer, site)):
        made.add_component(event)
    return bytes(made.to_ical())


def _tasks(viewer: Viewer, site: str) -> Iterator[Event]:
    """Open tasks of the person in charge; for a lead, those that the own units lead too."""
    owed = Q(lead_person_id=viewer.person_id)
    if viewer.can(Capability.LEAD_UNIT):
        owed |= Q(lead_unit_id__in=viewer.post_unit_ids)
    rows = visible_to(viewer).filter(owed, stage__in=OPEN_STAGES).order_by("due_day", "pk")
    for task in rows.only("code", "title", "mark", "due_day")[:MOST]:
        yield _event(f"task-{task.code}", task.due_day, _words(task), site + address("task", task.code))


def _words(task: Task) -> str:
    """What stands in the calendar: it lies on phones and with others' servers, so a mark hides the title."""
    if task.mark != Mark.NORMAL:
        return _("Hạn nhiệm vụ %(code)s (có độ mật)") % {"code": task.code}
    return _("Hạn: %(title)s") % {"title": task.title}


def _forms(viewer: Viewer, site: str) -> Iterator[Event]:
    """Forms that the own units owe and have not sent."""
    if not viewer.can(Capability.FILL_FORMS):
        return
    for owed in due_forms(viewer, clock.today()):
        if owed.first_sent is None:
            key = f"form-{owed.form.code}-{owed.period.key}-{owed.unit.code}"
            words = _("Hạn nộp: %(form)s, %(period)s (%(unit)s)") % {
                "form": named(owed.form),
                "period": period_words(owed.period),
                "unit": owed.unit.label,
            }
            way = address("form", owed.form.code, owed.period.key, owed.unit.code)
            yield _event(key, owed.due, words, site + way)


def _event(key: str, day: date, words: str, url: str) -> Event:
    event = Event()
    event.add("uid", f"{key}@{UID_HOST}")
    event.add("dtstamp", clock.now())
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words)
    event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event
