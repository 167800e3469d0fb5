"""For each verb of the offers and of the feedback a call that may be made now, in a hall that everybody sees."""

from copy import deepcopy
from datetime import date
from functools import partial
from typing import Any
from uuid import uuid4

from tests.dossiers.conftest import PACKAGE, Hall
from tests.offers.conftest import NOW, REGISTER, RULE
from tests.pressing import Call

from namro.dossiers.actions import Hand, applicant_of
from namro.dossiers.actions import feedback as saying
from namro.dossiers.actions.feedback import Said
from namro.dossiers.actions.feedback_act import FeedbackHand
from namro.dossiers.actions.feedback_limits import load_feedback
from namro.dossiers.models import Feedback
from namro.offers import actions
from namro.offers.models import Consent, Offer, OfferRule, OfferRun, PersonalRegister, RegisterEntry
from namro.offers.terms import Channel

WARD = "20200"


class OfferDeeds:
    """The calls, named as the verbs are."""

    hall: Hall

    def offers_simulate(self) -> Call:
        self._entry()
        return partial(actions.simulate, "the_het_han", **self._days(), **self._by())

    def offers_launch(self) -> Call:
        return partial(actions.launch, self._simulated().pk, **self._by())

    def offers_stop(self) -> Call:
        return partial(actions.stop, self._offered().run_id, reason="Nhầm", **self._by())

    def offers_accept_offer(self) -> Call:
        return partial(actions.accept_offer, self._offered().pk, client_id=uuid4())

    def offers_refuse_offer(self) -> Call:
        return partial(actions.refuse_offer, self._offered().pk, client_id=uuid4())

    def offers_give_consent(self) -> Call:
        who = applicant_of(kind="citizen", number=f"{uuid4().int}"[:12], name="Người thử")
        self._rule()
        said = {"last": date(2026, 7, 1), "hand": Hand.of_applicant(who), "client_id": uuid4()}
        return partial(actions.give_consent, who, "can_cuoc", **said)

    def offers_withdraw_consent(self) -> Call:
        consent = Consent.objects.select_related("applicant").get(applicant=self._entry().applicant)
        hand = Hand.of_applicant(consent.applicant)
        return partial(actions.withdraw_consent, consent.pk, hand=hand, client_id=uuid4())

    def dossiers_send_feedback(self) -> Call:
        load_feedback(PACKAGE)
        return partial(
            saying.send_feedback, Said("feedback", self.hall.units[WARD], "Chờ lâu."), client_id=uuid4()
        )

    def dossiers_take_feedback(self) -> Call:
        return partial(saying.take_feedback, self._said().pk, **self._officer())

    def dossiers_return_feedback(self) -> Call:
        return partial(saying.return_feedback, self._said().pk, grounds="Sai nơi", **self._officer())

    def dossiers_ask_more_of_feedback(self) -> Call:
        return partial(saying.ask_more_of_feedback, self._said().pk, words="Quầy nào?", **self._officer())

    def dossiers_add_to_feedback(self) -> Call:
        asked = saying.ask_more_of_feedback(self._said().pk, words="Quầy nào?", **self._officer())
        return partial(saying.add_to_feedback, asked.pk, words="Quầy 3", client_id=uuid4())

    def dossiers_answer_feedback(self) -> Call:
        return partial(saying.answer_feedback, self._taken().pk, words="Đã sửa", **self._officer())

    def dossiers_publish_feedback(self) -> Call:
        return partial(
            saying.publish_feedback, self._answered().pk, words="Chờ lâu", answer="Đã sửa", **self._officer()
        )

    def dossiers_rate_feedback(self) -> Call:
        return partial(saying.rate_feedback, self._answered().pk, is_satisfied=True, client_id=uuid4())

    def _rule(self) -> OfferRule:
        head = {key: REGISTER[key] for key in ("name", "name_en")}
        register, _new = PersonalRegister.objects.get_or_create(
            code="can_cuoc", defaults={**head, "order": 1, "longest_years": 3, "body": REGISTER}
        )
        said = {key: RULE[key] for key in ("version", "name", "name_en", "owner", "next_review")}
        more = {"register": register, "procedure_code": "1.000003", "body": deepcopy(RULE)}
        return OfferRule.objects.get_or_create(code="the_het_han", defaults={**said, **more})[0]

    def _entry(self) -> RegisterEntry:
        rule, number = self._rule(), f"{uuid4().int}"[:12]
        who = applicant_of(kind="citizen", number=number, name="Người thử", unit=self.hall.units[WARD])
        Consent.objects.create(
            client_id=uuid4(), applicant=who, register=rule.register, words="x", channel=Channel.ONLINE,
            first=date(2025, 1, 1), last=date(2026, 7, 1), given_at=NOW,
        )  # fmt: skip
        return RegisterEntry.objects.create(
            register=rule.register, applicant=who, unit=self.hall.units[WARD], key=number, as_of=NOW.date(),
            values={"het_han": "2025-08-07", "so_cuoi": number[-4:]},
        )  # fmt: skip

    def _days(self) -> dict[str, Any]:
        return {"unit": self.hall.units[WARD], "first": NOW.date(), "last": date(2025, 8, 31)}

    def _by(self) -> dict[str, Any]:
        hand = self.hall.hand("head")
        return {"by": hand.person, "viewer": hand.viewer, "client_id": uuid4()}

    def _simulated(self) -> OfferRun:
        self._entry()
        return actions.simulate("the_het_han", **self._days(), **self._by())

    def _offered(self) -> Offer:
        entry = self._entry()
        run = actions.simulate("the_het_han", **self._days(), **self._by())
        actions.launch(run.pk, **self._by())
        return Offer.objects.get(entry=entry)

    def _officer(self) -> dict[str, Any]:
        hand = self.hall.hand("settler")
        return {"hand": FeedbackHand(hand.person, hand.viewer), "client_id": uuid4()}

    def _said(self) -> Feedback:
        made: Any = self.dossiers_send_feedback()()
        return made

    def _taken(self) -> Feedback:
        return saying.take_feedback(self._said().pk, **self._officer())

    def _answered(self) -> Feedback:
        return saying.answer_feedback(self._taken().pk, words="Đã sửa", **self._officer())
