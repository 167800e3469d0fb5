"""The log as people read it."""

from collections.abc import Callable

from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.audit.actions import record
from namro.organisation.terms import Role
from namro.pages.audit.told import Change, changes

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
        page = text_of(client, f"/nhat-ky/?q={words}")
        assert "Xuất dữ liệu" in page
        assert "Nạp đơn vị" not in page


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
