"""API keys: shown once, kept as a digest, ended by a day, by hand, or with the person who answers for them."""

from datetime import date, timedelta

import pytest
from tests.builders import TODAY, World, seen_by

from namro.access.actions.keys import add_account, make_key, note_use, revoke_key
from namro.access.models import ApiKey, ServiceAccount
from namro.access.queries import key_of, viewer_of_key
from namro.access.terms import Scope
from namro.audit.models import Entry
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Role, Viewer

END = date(2025, 12, 31)


@pytest.fixture
def account(world: World, officer: Person, administrator: tuple[Person, Viewer]) -> ServiceAccount:
    """A program that reads for a commune."""
    by, seen = administrator
    return add_account(
        name="Kho số liệu", purpose="Thử", unit=world.communes[0], contact=officer, by=by, viewer=seen
    )


@pytest.fixture
def made(account: ServiceAccount, administrator: tuple[Person, Viewer]) -> tuple[ApiKey, str]:
    """A key of it, with its words."""
    by, seen = administrator
    return make_key(account=account, scopes=[Scope.UNITS_READ], end=END, by=by, viewer=seen)


def test_a_key_opens_until_its_end(made: tuple[ApiKey, str]) -> None:
    key, words = made
    assert key_of(words) == key
    assert key_of(words + "x") is None
    with clock.at(END - timedelta(days=1)):
        assert key_of(words) == key
    with clock.at(END):
        assert key_of(words) is None


def test_nothing_kept_opens_the_door(made: tuple[ApiKey, str]) -> None:
    key, words = made
    assert words.startswith(key.prefix)
    assert words not in str(ApiKey.objects.values().get())
    assert words not in "".join(str(line.after) for line in Entry.objects.all())
    assert key_of(key.digest) is None


def test_a_revoked_key_opens_no_more(made: tuple[ApiKey, str], administrator: tuple[Person, Viewer]) -> None:
    key, words = made
    by, seen = administrator
    revoke_key(key=key, by=by, viewer=seen)
    revoke_key(key=key, by=by, viewer=seen)
    assert key_of(words) is None
    assert Entry.objects.filter(verb="revoke_key").count() == 1


def test_keys_rest_while_the_account_of_whoever_answers_is_shut(
    made: tuple[ApiKey, str], officer: Person
) -> None:
    officer.is_active = False
    officer.save()
    assert key_of(made[1]) is None


def test_a_key_reaches_its_unit_and_no_further(made: tuple[ApiKey, str], world: World) -> None:
    seen = viewer_of_key(made[0])
    assert seen.unit_ids == {world.communes[0].pk}
    assert not seen.capabilities


def test_the_first_use_of_a_day_goes_to_the_log(made: tuple[ApiKey, str]) -> None:
    for day in (TODAY, TODAY, TODAY + timedelta(days=1)):
        with clock.at(day):
            note_use(ApiKey.objects.get())
    assert Entry.objects.filter(verb="use_key").count() == 2


def test_only_the_administration_makes_keys(account: ServiceAccount, world: World) -> None:
    lead = world.people[Role.AGENCY_LEAD]
    seen = seen_by(lead)
    with pytest.raises(Refused):
        make_key(account=account, scopes=[Scope.UNITS_READ], end=END, by=lead, viewer=seen)


@pytest.mark.parametrize(("scopes", "end"), [([], END), (["tasks:write"], END), ([Scope.UNITS_READ], TODAY)])
def test_a_key_without_scope_or_end_is_refused(
    account: ServiceAccount, administrator: tuple[Person, Viewer], scopes: list[str], end: date
) -> None:
    by, seen = administrator
    with pytest.raises(Refused):
        make_key(account=account, scopes=scopes, end=end, by=by, viewer=seen)
    assert not ApiKey.objects.exists()
