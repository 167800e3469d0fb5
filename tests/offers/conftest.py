"""A small city with one rule over cards that end, and three people of one commune."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest
from tests import builders
from tests.builders import TODAY, World
from tests.house.building import PACKAGE
from tests.offers.material import ENDS
from tests.procedures.conftest import package

from namro.dossiers.actions import Hand, applicant_of, load_package
from namro.dossiers.models import Applicant
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.offers import actions
from namro.offers.models import Consent, Offer, OfferRule, OfferRun, PersonalRegister, RegisterEntry
from namro.offers.terms import Channel
from namro.organisation.queries import viewer
from namro.organisation.terms import Role
from namro.procedures.actions import load_package as load_procedures

NOW = datetime.combine(TODAY, time(9), VIETNAM)
REGISTER = {
    "code": "can_cuoc", "name": "Thẻ căn cước", "name_en": "Identity card", "keeper": "48",
    "agreed": "Dùng ngày hết hạn của thẻ.", "agreed_en": "Use the last day of my card.",
    "fields": [
        {"code": "het_han", "name": "Ngày hết hạn", "name_en": "Last day", "kind": "day"},
        {"code": "so_cuoi", "name": "Bốn số cuối", "name_en": "Last four", "kind": "text"},
    ],
}  # fmt: skip
RULE = {
    "code": "the_het_han", "version": 1, "name": "Thẻ sắp hết hạn", "name_en": "A card ends", "owner": "48",
    "next_review": "2026-01-15", "register": "can_cuoc", "procedure": "1.000003", "when": {"date": "het_han"},
    "lead": {"days": 30, "open_after": 60}, "reason": "Thẻ số cuối {so_cuoi} hết hạn ngày {on}.",
    "reason_en": "The card {so_cuoi} ends on {on}.", "why": "Thẻ hết hạn làm tắc mọi việc.",
    "bases": [{"document": "Thủ tục 1.000003", "says": "Đổi thẻ", "source": "Danh mục", "standing": "public",
               "quote": "Cấp đổi thẻ căn cước"}],
    "prefill": {"so_cuoi_the_cu": "so_cuoi", "ngay_het_han": "het_han"},
}  # fmt: skip


@dataclass
class Place:
    """The world, its rule and register, and who decides in its first commune."""

    world: World
    register: PersonalRegister
    rule: OfferRule

    def person(self, number: str, *, agreed: bool = True, ends: date = ENDS) -> RegisterEntry:
        """Return the entry of somebody of the first commune whose card ends on the day."""
        applicant = applicant_of(
            kind="citizen", number=number, name=f"Người thử {number}", unit=self.world.communes[0]
        )
        if agreed:
            self.agree(applicant)
        return RegisterEntry.objects.create(
            register=self.register, applicant=applicant, unit=self.world.communes[0], key=number, as_of=TODAY,
            values={"het_han": ends.isoformat(), "so_cuoi": number[-4:]},
        )  # fmt: skip

    def agree(self, applicant: Applicant, *, last: date = date(2026, 7, 1)) -> Consent:
        """Return a consent that began this January."""
        return Consent.objects.create(
            client_id=uuid4(), applicant=applicant, register=self.register, words="x", channel=Channel.ONLINE,
            first=date(2025, 1, 1), last=last, given_at=NOW,
        )  # fmt: skip

    def by(self, role: Role = Role.COMMUNE_OFFICER) -> dict[str, Any]:
        """Return who acts, with a new number of the act."""
        who = self.world.people[role]
        return {"by": who, "viewer": viewer(who), "client_id": uuid4()}

    def simulate(self, **more: Any) -> OfferRun:
        """Return a run of the rule for the first commune until the end of August."""
        said = {"unit": self.world.communes[0], "first": TODAY, "last": date(2025, 8, 31), **self.by()}
        return actions.simulate("the_het_han", **said | more)

    def offer(self, number: str = "000000000001") -> Offer:
        """Return the offer that a launched run made to a new person who is reached today or before."""
        self.person(number, ends=date(2025, 8, 7))
        actions.launch(self.simulate().pk, **self.by())
        return Offer.objects.get(entry__key=number)

    def hand(self, offer: Offer) -> Hand:
        """Return the hand of the person of an offer."""
        return Hand.of_applicant(offer.applicant)


@pytest.fixture
def place(db: None, tmp_path: Any) -> Iterator[Place]:
    """The place at nine in the morning of the day of the tests."""
    with clock.at(NOW):
        world = builders.world()
        load_procedures(package(tmp_path))
        load_package(PACKAGE)
        head = {key: REGISTER[key] for key in ("code", "name", "name_en")}
        register = PersonalRegister.objects.create(**head, order=1, longest_years=3, body=REGISTER)
        said = {key: RULE[key] for key in ("code", "version", "name", "name_en", "owner", "next_review")}
        rule = OfferRule.objects.create(
            **said, register=register, procedure_code="1.000003", body=deepcopy(RULE)
        )
        yield Place(world, register, rule)
