"""Who somebody is: only by a word signed for this very errand, with a number that tells people apart."""

from datetime import date
from typing import Any

import pytest

from namro.outside import identity, openid
from namro.outside.identity import Errand, IdentityFault, Sandbox, Who

SOMEBODY = Who("citizen", "048090000001", "Nguyễn Văn Thử", date(1990, 1, 2))


def test_a_word_is_good_for_its_errand_alone() -> None:
    errand = Errand.new()
    word = Sandbox().word_on(SOMEBODY, errand.nonce)
    assert Sandbox().who(errand, word, "") == SOMEBODY
    with pytest.raises(IdentityFault, match="nonce"):
        Sandbox().who(Errand.new(), word, "")


def test_a_word_that_nobody_signed_is_refused() -> None:
    errand = Errand.new()
    word = Sandbox().word_on(SOMEBODY, errand.nonce)
    for forged in ("", "x", word[1:], word[:-1]):
        with pytest.raises(IdentityFault):
            Sandbox().who(errand, forged, "")


def test_the_way_there_carries_the_errand_and_no_secret() -> None:
    errand = Errand.new()
    way = Sandbox().way_there(errand, "https://example.org/ve/")
    assert errand.state in way and errand.nonce in way
    assert errand.verifier not in way


def test_claims_without_a_number_are_nobody(settings: Any) -> None:
    settings.NAMRO_CITIZEN_NUMBER_CLAIM = "so_dinh_danh"
    claims = {"sub": "1", "name": "Trần Thị Thử", "so_dinh_danh": "048190000002", "birthdate": "0000-05-01"}
    assert identity.who_of(claims) == Who("citizen", "048190000002", "Trần Thị Thử")
    assert identity.who_of(claims | {"birthdate": "1991-05-01"}).birth_day == date(1991, 5, 1)
    assert identity.who_of(claims | {"subject_kind": "king"}).kind == "citizen"
    for missing in ("name", "so_dinh_danh"):
        with pytest.raises(IdentityFault):
            identity.who_of({key: value for key, value in claims.items() if key != missing})


def test_the_real_provider_goes_before_the_sandbox(settings: Any) -> None:
    settings.NAMRO_CITIZEN_OPENID_ISSUER, settings.NAMRO_CITIZEN_SANDBOX = "", False
    assert identity.provider() is None
    settings.NAMRO_CITIZEN_SANDBOX = True
    found = identity.provider()
    assert found is not None and found.is_sandbox
    settings.NAMRO_CITIZEN_OPENID_ISSUER = "https://id.example.org"
    found = identity.provider()
    assert found is not None and not found.is_sandbox


def test_a_provider_that_does_not_answer_is_a_fault(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def silent(_: str) -> None:
        raise openid.OpenIdFault("timeout")

    settings.NAMRO_CITIZEN_OPENID_ISSUER = "https://id.example.org"
    monkeypatch.setattr(openid, "discover", silent)
    for asked in (
        lambda: identity.OpenId().way_there(Errand.new(), ""),
        lambda: identity.OpenId().who(Errand.new(), "code", ""),
    ):
        with pytest.raises(IdentityFault, match="timeout"):
            asked()
