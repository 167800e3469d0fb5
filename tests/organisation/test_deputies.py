"""Standing in for a post: within its days, and no further."""

from datetime import date
from typing import Any

import pytest
from tests import builders

from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.actions import deputise, end_deputising, set_email
from namro.organisation.models import Deputising, Person
from namro.organisation.queries import deputies_on, deputisings_of, holders, viewer
from namro.organisation.terms import Capability, Refused, Role

pytestmark = pytest.mark.django_db
START, END = date(2025, 7, 10), date(2025, 7, 15)


@pytest.fixture
def world(db: None) -> Any:
    with clock.at(builders.TODAY):
        yield builders.world()


def stand_in(
    world: builders.World, by: Role = Role.AGENCY_LEAD, deputy: Role = Role.OFFICER, **more: Any
) -> Deputising:
    who = world.people[by]
    asked = {
        "post": world.people[Role.AGENCY_LEAD].posts.get(), "deputy": world.people[deputy],
        "start": START, "end": END, "ground": "nghỉ phép", "by": who, "viewer": builders.seen_by(who),
    }  # fmt: skip
    return deputise(**(asked | more))


def test_a_deputy_has_the_post_s_powers_while_it_lasts_and_keeps_the_own_home(world: builders.World) -> None:
    deputy = world.people[Role.OFFICER]
    stand_in(world)
    for day, has in ((date(2025, 7, 9), False), (START, True), (date(2025, 7, 14), True), (END, False)):
        found = viewer(deputy, day)
        assert found is not None
        assert found.can(Capability.LEAD_UNIT) is has
        assert found.can(Capability.READ_MARKED) is has
        assert found.role == Role.OFFICER


def test_a_deputy_from_elsewhere_reaches_that_unit_too_and_the_own_comes_first(world: builders.World) -> None:
    far, unit = world.people[Role.COMMUNE_OFFICER], world.agencies[1]
    stand_in(world, Role.ADMINISTRATOR, Role.COMMUNE_OFFICER)
    found = viewer(far, START)
    assert found is not None
    assert found.home_unit_id == world.communes[0].pk
    assert found.post_unit_ids == {world.communes[0].pk, unit.pk}
    assert found.sees_unit(unit.pk)


def test_the_powers_end_with_the_post_itself(world: builders.World) -> None:
    stand_in(world)
    world.people[Role.AGENCY_LEAD].posts.update(valid_to=date(2025, 7, 12))
    found = viewer(world.people[Role.OFFICER], date(2025, 7, 13))
    assert found is not None
    assert not found.can(Capability.LEAD_UNIT)
    assert deputies_on({world.people[Role.AGENCY_LEAD].pk}, date(2025, 7, 13)) == {}


def test_a_deputy_cannot_pass_the_post_on(world: builders.World) -> None:
    stand_in(world, start=builders.TODAY)
    with pytest.raises(Refused, match="quản trị"):
        stand_in(world, by=Role.OFFICER, start=END, end=date(2025, 7, 20))


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"by": Role.COMMUNE_OFFICER}, "quản trị"),
        ({"deputy": Role.AGENCY_LEAD}, "chính mình"),
        ({"deputy": Role.COMMUNE_OFFICER}, "cùng đơn vị"),
        ({"start": date(2025, 7, 8)}, "đã qua"),
        ({"end": START}, "trước ngày bắt đầu"),
    ],
)
def test_what_may_not_be_is_refused_in_a_sentence(
    world: builders.World, more: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        stand_in(world, **more)
    assert not Deputising.objects.exists()


def test_whose_account_is_shut_or_who_holds_no_post_cannot_stand_in(world: builders.World) -> None:
    Person.objects.filter(pk=world.people[Role.OFFICER].pk).update(is_active=False)
    world.people[Role.OFFICER].refresh_from_db()
    with pytest.raises(Refused, match="tài khoản"):
        stand_in(world)


def test_the_same_twice_is_as_once_and_two_do_not_overlap(world: builders.World) -> None:
    assert stand_in(world) == stand_in(world)
    assert Entry.objects.filter(verb="deputise").count() == 1
    other = builders.person(Role.OFFICER, world.agencies[1])
    with pytest.raises(Refused, match="10/07/2025"):
        stand_in(world, deputy=Role.OFFICER, start=date(2025, 7, 14), end=date(2025, 7, 20))
    assert stand_in(world, start=END, end=date(2025, 7, 20)).start == END
    assert other.pk not in {row.deputy_id for row in Deputising.objects.all()}


@pytest.mark.parametrize(
    ("by", "allowed"), [(Role.AGENCY_LEAD, True), (Role.OFFICER, True), (Role.CLERK, False)]
)
def test_the_holder_and_the_deputy_may_end_it(world: builders.World, by: Role, allowed: bool) -> None:
    made, who = stand_in(world, start=builders.TODAY), world.people[by]
    if not allowed:
        with pytest.raises(Refused):
            end_deputising(deputising=made, by=who, viewer=builders.seen_by(who))
        return
    end_deputising(deputising=made, by=who, viewer=builders.seen_by(who))
    end_deputising(deputising=made, by=who, viewer=builders.seen_by(who))
    assert not builders.seen_by(world.people[Role.OFFICER]).can(Capability.LEAD_UNIT)
    assert Entry.objects.filter(verb="end_deputising").count() == 1


def test_one_that_has_not_begun_never_begins(world: builders.World) -> None:
    made, who = stand_in(world), world.people[Role.AGENCY_LEAD]
    end_deputising(deputising=made, by=who, viewer=builders.seen_by(who))
    assert not deputies_on({who.pk}, START)
    assert not deputisings_of(who.pk, builders.TODAY).filter(end__gt=START).exists()


def test_holders_by_unit_and_role(world: builders.World) -> None:
    agency = world.agencies[1]
    second = builders.person(Role.AGENCY_LEAD, agency)
    gone, shut = builders.person(Role.AGENCY_LEAD, agency), builders.person(Role.AGENCY_LEAD, agency)
    gone.posts.update(valid_to=builders.TODAY)
    Person.objects.filter(pk=shut.pk).update(is_active=False)
    units = [agency.pk, world.communes[0].pk]
    found = holders(units, [Role.AGENCY_LEAD, Role.COMMUNE_OFFICER], builders.TODAY)
    assert found == {
        agency.pk: [world.people[Role.AGENCY_LEAD].pk, second.pk],
        world.communes[0].pk: [world.people[Role.COMMUNE_OFFICER].pk],
    }


def test_the_log_keeps_no_address(world: builders.World) -> None:
    who, other = world.people[Role.OFFICER], world.people[Role.CLERK]
    set_email(person=who, email=" can.bo@example.org ", by=who, viewer=builders.seen_by(who))
    who.refresh_from_db()
    assert who.email == "can.bo@example.org"
    line = Entry.objects.get(verb="set_email")
    assert "example" not in f"{line.before} {line.after}"
    with pytest.raises(Refused):
        set_email(person=who, email="", by=other, viewer=builders.seen_by(other))
