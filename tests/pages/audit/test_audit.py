"""The log as people read it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from tests.builders import TODAY, World
from tests.house.building import routes, sources
from tests.pages.reading import text_of

from namro.audit.actions import line, record, record_many
from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.terms import Capability, Role
from namro.pages.audit.told import Change, changes
from namro.pages.audit.verbs import TAKING, VERBS, VERBS_OF_KIND
from namro.tasks.models import Evidence

Enter = Callable[[Role], Client]


def test_only_what_changed_is_told_in_words() -> None:
    before = {"percent": 10, "active": True, "same": 1}
    after = {"percent": 60, "active": False, "same": 1, "units": ["a", "b"], "note": None}
    assert changes(before, after) == [
        Change("percent", "10", "60"),
        Change("active", "có", "không"),
        Change("units", "—", "a, b"),
    ]
    assert changes(None, None) == []


def test_newest_first_fifty_a_page_and_on(world: World, signed_in: Enter) -> None:
    for number in range(60):
        record(by=None, verb=f"viec-{number:02d}", obj=world.city)
    client = signed_in(Role.INSPECTOR)
    first = client.get("/nhat-ky/")
    second = client.get(first.context["next_url"])
    verbs = [line.what for page in (first, second) for line in page.context["lines"]]
    assert verbs == [f"viec-{number:02d}" for number in reversed(range(60))]
    assert second.context["next_url"] == ""


def test_found_by_person_verb_or_row(world: World, signed_in: Enter) -> None:
    who = world.people[Role.OFFICER]
    record(by=who, verb="export", obj=world.city, after={"rows": 7})
    record(by=None, verb="load_units", obj=world.country)
    client = signed_in(Role.INSPECTOR)
    for words in (who.full_name, "export", "Đà Nẵng"):
        assert lines_of(client, f"q={words}") == ["Xuất dữ liệu"]


def test_before_and_after_are_shown_and_nothing_can_run(world: World, signed_in: Enter) -> None:
    record(
        by=None, verb="edit", obj=world.city, before={"title": "cũ"}, after={"title": "<script>1</script>"}
    )
    page = text_of(signed_in(Role.INSPECTOR), "/nhat-ky/")
    assert "<del>cũ</del>" in page
    assert "&lt;script&gt;" in page


def test_a_cursor_that_is_none_shows_the_first_page(world: World, signed_in: Enter) -> None:
    record(by=None, verb="viec", obj=world.city)
    assert "viec" in text_of(signed_in(Role.INSPECTOR), "/nhat-ky/?truoc=abc")


def lines_of(client: Client, query: str) -> list[str]:
    """What the lines of a page tell, newest first."""
    return [line.what for line in client.get(f"/nhat-ky/?{query}").context["lines"]]


def test_each_narrowing_finds_its_lines(world: World, signed_in: Enter) -> None:
    who = world.people[Role.OFFICER]
    with clock.at(TODAY - timedelta(days=9)):
        record(by=who, verb="edit", obj=world.agencies[0], unit="H17.KHCN", ground="theo công văn 57")
    record(by=None, verb="load_units", obj=world.communes[0], unit="20194")
    client = signed_in(Role.INSPECTOR)
    everything = lines_of(client, "")
    assert len(everything) == 2
    first, second = everything[1:], everything[:1]
    asked = {
        "q=công+văn+57": first, f"nguoi={who.username}": first, "nguoi=khong-co-ai": [], "viec=edit": first,
        "viec=load_units": second, "loai=organisation.unit": everything, "loai=tasks.task": [],
        f"loai=organisation.unit&khoa={world.communes[0].pk}": second, "don_vi=20194": second,
        "don_vi=48": everything, "tu=09/07/2025": second, "den=05/07/2025": first, "viec=khong-co": everything,
    }  # fmt: skip
    assert {query: lines_of(client, query) for query in asked} == asked


def test_what_is_not_understood_is_told_and_left_out(world: World, signed_in: Enter) -> None:
    record(by=None, verb="viec", obj=world.city)
    page = text_of(signed_in(Role.INSPECTOR), "/nhat-ky/?tu=31/02/2025&don_vi=khong-co-don-vi-nay")
    assert "31/02/2025" in page
    assert page.count('role="alert"') == 2
    assert "viec" in page


def test_who_took_what_is_told_in_words(world: World, signed_in: Enter) -> None:
    taken = {"table": "tasks", "rows": 1154, "kind": "xlsx", "filter": {"so": "tw"}, "day": TODAY}
    record(by=world.people[Role.OFFICER], verb="export", obj=world.city, after=taken)
    record(by=world.people[Role.OFFICER], verb="edit", obj=world.city)
    page = text_of(signed_in(Role.INSPECTOR), "/nhat-ky/xuat-du-lieu/")
    for words in ("Danh sách nhiệm vụ", "1.154", "xlsx", "sổ: tw", "1 người đã lấy dữ liệu ra 1 lần"):
        assert words in page
    assert page.count("<tr>") == 2  # the head and one line


def test_every_way_to_take_data_out_leaves_a_line(world: World, signed_in: Enter) -> None:
    """Also a route that somebody adds later: whatever needs the right to export must log it."""
    client, asked = signed_in(Role.SECRETARIAT), []
    for route in routes():
        if route.arguments or Capability.EXPORT not in getattr(route.view, "needs", ()):
            continue
        before = Entry.objects.filter(verb__in=TAKING).count()
        answer = client.get(reverse(route.name))
        assert answer.status_code == 200, route.name
        assert Entry.objects.filter(verb__in=TAKING).count() == before + 1, route.name
        asked.append(route.name)
    assert {"task_export", "league_export", "indicators_export"} <= set(asked)


def test_a_file_taken_leaves_a_line(world: World, signed_in: Enter) -> None:
    task = world.task(world.agencies[1])
    proof = Evidence(
        task=task, moment=task.moments.latest("pk"), name="a.pdf", kind="application/pdf", size=4
    )
    proof.file.save("a.pdf", ContentFile(b"%PDF"))
    assert signed_in(Role.OFFICER).get(f"/nhiem-vu/{task.code}/minh-chung/{proof.pk}/").status_code == 200
    entry = Entry.objects.get(verb="download")
    assert (entry.by_id, entry.unit_code) == (world.people[Role.OFFICER].pk, "H17.KHCN")
    assert signed_in(Role.CLERK).get(f"/nhiem-vu/{task.code}/minh-chung/{proof.pk}/").status_code == 404
    assert Entry.objects.filter(verb="download").count() == 1


@pytest.mark.parametrize("path", ["/nhat-ky/", "/nhat-ky/xuat-du-lieu/"])
def test_as_many_queries_for_many_lines_as_for_few(
    world: World, signed_in: Enter, path: str, django_assert_max_num_queries
) -> None:
    client = signed_in(Role.INSPECTOR)
    record_many(line(by=None, verb="export", obj=world.city, after={"table": f"t{n}"}) for n in range(60))
    client.get(path)
    with django_assert_max_num_queries(13):
        client.get(f"{path}?nguoi=a&don_vi=48")


def test_every_act_in_the_code_has_its_words() -> None:
    written = re.compile(r'verb="([a-z_]+)"')
    found = {verb for path in sources() for verb in written.findall(path.read_text(encoding="utf-8"))}
    assert found - set(VERBS) - {verb for _kind, verb in VERBS_OF_KIND} == set()
