"""Second factors: each code once, only so many tries, passkeys that answer only this house."""

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from tests.access.authenticator import Authenticator, code_of

from namro.access.actions import codes, passkeys
from namro.access.actions.factors import clear_factors, remove_factor
from namro.access.models import Factor, RecoveryCode
from namro.access.queries import factors_of, has_factor, recovery_codes_left
from namro.audit.models import Entry
from namro.organisation.models import Person
from namro.organisation.terms import Refused, Viewer

HOST = "localhost"


@pytest.fixture(autouse=True)
def _still_clock() -> Iterator[None]:
    """No half minute ends while a test shows its codes."""
    with time_machine.travel(int(time.time()), tick=False):
        yield


def with_totp(person: Person) -> str:
    """Give the person an application; return its seed."""
    seed = codes.new_seed()
    codes.add_totp(person=person, seed=seed, code=code_of(seed, away=-1), by=person)
    return seed


def with_passkey(person: Person, device: Authenticator) -> Factor:
    """Give the person a passkey on the device."""
    options, state = passkeys.offer_passkey(person, HOST)
    answer = device.make(sent(options))
    return passkeys.add_passkey(
        person=person, host=HOST, state=state, answer=answer, name="máy cơ quan", by=person
    )


def sent(options: dict[str, Any]) -> dict[str, Any]:
    """Return options as the browser gets them: as JSON."""
    return json.loads(json.dumps(options))


def test_a_code_is_taken_once(officer: Person) -> None:
    seed = with_totp(officer)
    code = code_of(seed)
    assert codes.use_code(officer, code)
    assert not codes.use_code(officer, code)
    assert codes.use_code(officer, code_of(seed, away=1))
    assert not codes.use_code(officer, code), "an earlier step than the last used is none"


def test_the_seed_lies_sealed_in_the_database(officer: Person) -> None:
    seed = with_totp(officer)
    assert base64.b32decode(seed) not in bytes(Factor.objects.get(person=officer).secret)


def test_an_old_code_is_none(officer: Person) -> None:
    seed = with_totp(officer)
    assert not codes.use_code(officer, code_of(seed, away=-4))


def test_a_wrong_code_adds_no_application(officer: Person) -> None:
    seed = codes.new_seed()
    with pytest.raises(Refused, match="Mã không đúng"):
        codes.add_totp(person=officer, seed=seed, code="000000", by=officer)
    assert not has_factor(officer)


def test_only_so_many_codes_may_be_tried_and_then_again_after_a_while(officer: Person) -> None:
    seed = with_totp(officer)
    with time_machine.travel(time.time(), tick=False) as clock:
        for _ in range(codes.MOST_TRIES):
            assert not codes.use_code(officer, "abc")
        with pytest.raises(Refused, match="quá nhiều lần"):
            codes.use_code(officer, code_of(seed))
        clock.shift(codes.TRIES_SECONDS)
        assert codes.use_code(officer, code_of(seed))


def test_a_recovery_code_opens_once_and_new_ones_void_the_old(officer: Person) -> None:
    with_totp(officer)
    first = codes.renew_recovery_codes(person=officer, by=officer)
    assert len(set(first)) == codes.RECOVERY_CODES
    assert codes.use_code(officer, first[0].lower().replace("-", " "))
    assert not codes.use_code(officer, first[0])
    assert recovery_codes_left(officer) == codes.RECOVERY_CODES - 1
    codes.renew_recovery_codes(person=officer, by=officer)
    assert not codes.use_code(officer, first[1])
    assert not RecoveryCode.objects.filter(digest__in=first).exists()


def test_a_passkey_is_made_and_answers(officer: Person) -> None:
    device = Authenticator()
    with_passkey(officer, device)
    options, state = passkeys.ask_passkey(officer, HOST)
    used = passkeys.use_passkey(person=officer, host=HOST, state=state, answer=device.sign(sent(options)))
    assert (used.name, used.sign_count) == ("máy cơ quan", 1)


@pytest.mark.parametrize(
    "device", [Authenticator(origin="https://localhost.example.org"), Authenticator(house="example.org")]
)
def test_a_passkey_of_another_house_is_not_taken(officer: Person, device: Authenticator) -> None:
    with pytest.raises(Refused, match="không được chấp nhận"):
        with_passkey(officer, device)


def test_an_answer_is_good_for_its_own_question_only(officer: Person) -> None:
    device = Authenticator()
    with_passkey(officer, device)
    options, state = passkeys.ask_passkey(officer, HOST)
    answer = device.sign(sent(options))
    passkeys.use_passkey(person=officer, host=HOST, state=state, answer=answer)
    _, later = passkeys.ask_passkey(officer, HOST)
    for asked in (later, state, {}):  # another question; the same one again; none
        with pytest.raises(Refused):
            passkeys.use_passkey(person=officer, host=HOST, state=asked, answer=answer)


def test_a_copied_passkey_is_noticed(officer: Person) -> None:
    device = Authenticator()
    with_passkey(officer, device)
    for count in (5, 3):
        options, state = passkeys.ask_passkey(officer, HOST)
        device.count = count
        answer = device.sign(sent(options))
        if count == 5:
            passkeys.use_passkey(person=officer, host=HOST, state=state, answer=answer)
    with pytest.raises(Refused):
        passkeys.use_passkey(person=officer, host=HOST, state=state, answer=answer)


@pytest.mark.parametrize(
    "answer",
    [
        {},
        {"id": 1},
        {"rawId": "x", "response": {}},
        {
            "id": "AA",
            "rawId": "AA",
            "response": {"clientDataJSON": "e30", "attestationObject": "oA"},
            "type": "public-key",
        },
    ],
)
def test_a_garbled_answer_is_refused(officer: Person, answer: dict[str, Any]) -> None:
    with_passkey(officer, Authenticator())
    _, offer = passkeys.offer_passkey(officer, HOST)
    _, question = passkeys.ask_passkey(officer, HOST)
    with pytest.raises(Refused):
        passkeys.add_passkey(person=officer, host=HOST, state=offer, answer=answer, name="", by=officer)
    with pytest.raises(Refused):
        passkeys.use_passkey(person=officer, host=HOST, state=question, answer=answer)


def test_with_the_last_factor_go_the_recovery_codes(officer: Person) -> None:
    with_totp(officer)
    codes.renew_recovery_codes(person=officer, by=officer)
    remove_factor(factor=factors_of(officer)[0], by=officer)
    assert not has_factor(officer)
    assert recovery_codes_left(officer) == 0


def test_the_administration_may_clear_what_was_lost(
    officer: Person, administrator: tuple[Person, Viewer]
) -> None:
    with_totp(officer)
    by, viewer = administrator
    assert clear_factors(person=officer, by=by, viewer=viewer) == 1
    assert Entry.objects.filter(verb="clear_factors", by_id=by.pk).count() == 1
