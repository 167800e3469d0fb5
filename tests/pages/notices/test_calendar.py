"""The calendar of what one owes: by a link that can be revoked, scoped to its person, silent on what is marked."""

import logging
from collections.abc import Callable
from datetime import date

from django.test import Client
from icalendar import Calendar
from tests.builders import World

from namro.config.redaction import HideTokens
from namro.delivery.models import CalendarLink
from namro.organisation.terms import Role
from namro.tasks.terms import Mark, State

Enter = Callable[[Role], Client]
LINK = "/thong-bao/cai-dat/lich/"


def link_of(client: Client) -> str:
    """Make a link and return the path it shows once."""
    url = str(client.post(LINK).context["link"])
    assert url not in client.get("/thong-bao/cai-dat/").content.decode()
    return url.removeprefix("http://testserver")


def events(path: str) -> dict[str, date]:
    """Read the calendar as a calendar program does, without signing in."""
    answer = Client().get(path)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer["Cache-Control"]
    found = Calendar.from_ical(answer.content)
    return {str(event["summary"]): event.decoded("dtstart") for event in found.walk("VEVENT")}


def test_it_holds_what_the_person_owes_and_nothing_of_others(world: World, signed_in: Enter) -> None:
    officer, agency, commune = world.people[Role.OFFICER], world.agencies[1], world.communes[0]
    world.task(agency, State.IN_PROGRESS, title="Việc của tôi", lead_person=officer)
    world.task(agency, State.IN_PROGRESS, title="Việc của đơn vị")
    world.task(commune, State.IN_PROGRESS, title="Việc của xã")
    world.task(agency, State.DONE, title="Việc đã xong", lead_person=officer)
    assert events(link_of(signed_in(Role.OFFICER))) == {"Hạn: Việc của tôi": date(2025, 12, 30)}
    assert set(events(link_of(signed_in(Role.AGENCY_LEAD)))) == {"Hạn: Việc của tôi", "Hạn: Việc của đơn vị"}


def test_a_mark_hides_the_title(world: World, signed_in: Enter) -> None:
    marked = {"title": "Tên việc mật", "mark": Mark.SECRET, "lead_person": world.people[Role.OFFICER]}
    task = world.task(world.agencies[1], State.IN_PROGRESS, **marked)
    path = link_of(signed_in(Role.OFFICER))
    assert set(events(path)) == {f"Hạn nhiệm vụ {task.code} (có độ mật)"}
    assert "Tên việc mật" not in Client().get(path).content.decode()


def test_a_link_ends_when_it_is_revoked_replaced_or_its_person_goes(world: World, signed_in: Enter) -> None:
    client, who = signed_in(Role.OFFICER), world.people[Role.OFFICER]
    first, second = link_of(client), link_of(client)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    who.is_active = False
    who.save()
    assert Client().get(second).status_code == 404
    who.is_active = True
    who.save()
    assert client.post(LINK, {"viec": "thu-hoi"}).status_code == 302
    assert Client().get(second).status_code == 404
    assert Client().get("/lich/doan-mo.ics").status_code == 404


def test_the_token_stands_nowhere(world: World, signed_in: Enter) -> None:
    token = link_of(signed_in(Role.OFFICER)).removeprefix("/lich/").removesuffix(".ics")
    assert len(token) >= 43
    link = CalendarLink.objects.get()
    assert token not in {str(value) for value in vars(link).values()}
    line = logging.LogRecord("django.request", 40, "", 0, "Server Error: %s", (f"/lich/{token}.ics",), None)
    assert HideTokens().filter(line)
    assert token not in line.getMessage()
