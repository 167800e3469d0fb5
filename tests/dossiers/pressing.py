"""For each verb of the dossiers a call that may be made now, in a hall that everybody sees."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial

from tests.dossiers.conftest import NOW, Hall
from tests.pressing import Call

from namro.dossiers import actions
from namro.dossiers.models import Dossier
from namro.dossiers.terms import Channel
from namro.ground import clock
from namro.outside.payments import Notice

PDF = b"%PDF-1.7 mot to giay"


class DossierDeeds:
    """The calls, named as the verbs are."""

    hall: Hall

    def dossiers_save_draft(self) -> Call:
        return partial(actions.save_draft, self.hall.draft(filled={"a": 1}), **self.hall.by("citizen"))

    def dossiers_file(self) -> Call:
        return partial(actions.file, self.hall.draft(), **self.hall.by("citizen"))

    def dossiers_receive_at_desk(self) -> Call:
        draft = self.hall.draft(channel=Channel.DESK, applicant_id=self.hall.citizen.pk)
        return partial(actions.receive_at_desk, draft, **self.hall.by("other_clerk"))

    def dossiers_submit(self) -> Call:
        return partial(actions.submit, self._drafted().pk, **self.hall.by("citizen"))

    def dossiers_renew_draft(self) -> Call:
        return partial(actions.renew_draft, self._drafted().pk, **self.hall.by("citizen"))

    def dossiers_receive(self) -> Call:
        return self._upon(self.hall.filed(), actions.receive, "clerk")

    def dossiers_turn_away(self) -> Call:
        return self._upon(self.hall.filed(), actions.turn_away, "clerk", grounds="Sai nơi nộp")

    def dossiers_check(self) -> Call:
        return self._upon(self.hall.received(), actions.check, "clerk")

    def dossiers_send(self) -> Call:
        checked = actions.check(self.hall.received().pk, **self.hall.by("clerk")).dossier
        return self._upon(checked, actions.send, "clerk")

    def dossiers_claim(self) -> Call:
        return self._upon(self.hall.at_desk(), actions.claim, "settler")

    def dossiers_release(self) -> Call:
        held = actions.claim(self.hall.at_desk().pk, **self.hall.by("settler")).dossier
        return self._upon(held, actions.release, "settler")

    def dossiers_move_on(self) -> Call:
        return self._upon(self.hall.at_desk(), actions.move_on, "settler")

    def dossiers_reassign(self) -> Call:
        given = {"to": self.hall.people["colleague"], "reason": "Nghỉ ốm"}
        return partial(actions.reassign, self.hall.at_desk().pk, **given, **self.hall.by("head"))

    def dossiers_transfer(self) -> Call:
        said = {"unit": self.hall.units["20320"], "reason": "Đúng thẩm quyền"}
        return self._upon(self.hall.received(), actions.transfer, "head", **said)

    def dossiers_ask_supplement(self) -> Call:
        return self._upon(self.hall.received(), actions.ask_supplement, "clerk", words="Thiếu giấy")

    def dossiers_answer_supplement(self) -> Call:
        asked = self.dossiers_ask_supplement()()
        return partial(actions.answer_supplement, asked.dossier.pk, **self.hall.by("citizen"))  # type: ignore[attr-defined]

    def dossiers_note_data(self) -> Call:
        data = actions.DataUsed(0, uses_population_data=True, needs_paper_result=False)
        return self._upon(self.hall.received(), actions.note_data, "clerk", data=data)

    def dossiers_decide(self) -> Call:
        result = actions.take_paper("ket-qua", "ket-qua.pdf", PDF)
        return self._upon(self.hall.at_last_desk(), actions.decide, "head", result=result)

    def dossiers_refuse(self) -> Call:
        return self._upon(self.hall.at_desk(), actions.refuse, "head", grounds="Không đủ điều kiện")

    def dossiers_hand_over_result(self) -> Call:
        decided = actions.decide(self.hall.at_last_desk().pk, **self.hall.by("head")).dossier
        return self._upon(decided, actions.hand_over_result, "clerk")

    def dossiers_withdraw(self) -> Call:
        return self._upon(self.hall.filed(), actions.withdraw, "citizen")

    def dossiers_apologise(self) -> Call:
        dossier = self.hall.received()
        Dossier.objects.filter(pk=dossier.pk).update(due_at=NOW - timedelta(days=1))
        said = {"new_at": clock.now() + timedelta(days=9), "reason": "Thiếu người"}
        return partial(actions.apologise, dossier.pk, **said, **self.hall.by("head"))

    def dossiers_attach(self) -> Call:
        paper = actions.take_paper("1", "to-khai.pdf", PDF)
        return partial(actions.attach, self._drafted().pk, paper=paper, **self.hall.by("citizen"))

    def dossiers_digitise(self) -> Call:
        paper = actions.take_paper("1", "to-khai.pdf", PDF)
        return partial(actions.digitise, self.hall.received().pk, paper=paper, **self.hall.by("clerk"))

    def dossiers_drop_paper(self) -> Call:
        done = self.dossiers_attach()()
        file = done.dossier.files.get()  # type: ignore[attr-defined]
        return partial(actions.drop_paper, file.dossier_id, file_id=file.pk, **self.hall.by("citizen"))

    def dossiers_reuse_paper(self) -> Call:
        done = self.dossiers_attach()()
        actions.submit(done.dossier.pk, **self.hall.by("citizen"))  # type: ignore[attr-defined]
        held = done.dossier.files.get()  # type: ignore[attr-defined]
        said = {"key": "2", "file_id": held.pk}
        return partial(actions.reuse_paper, self._drafted().pk, **said, **self.hall.by("citizen"))

    def dossiers_ask_fee(self) -> Call:
        return self._upon(self.hall.received(), actions.ask_fee, "clerk", amount=20_000)

    def dossiers_take_fee(self) -> Call:
        return partial(actions.take_fee, self._owing().pk, **self.hall.by("clerk"))

    def dossiers_begin_payment(self) -> Call:
        return partial(actions.begin_payment, self._owing().pk, **self.hall.by("citizen"))

    def dossiers_pay_back(self) -> Call:
        dossier = self._owing()
        order = actions.begin_payment(dossier.pk, **self.hall.by("citizen"))
        actions.hear_payment(Notice(order.reference, 5_000, is_paid=True, number="N1"), gateway="thử")
        return partial(actions.pay_back, dossier.pk, **self.hall.by("clerk"))

    def dossiers_rate(self) -> Call:
        refused = self.dossiers_refuse()()
        said = {"handling": 5, "is_settlement_liked": False}
        return partial(actions.rate, refused.dossier.pk, **said, **self.hall.by("citizen"))  # type: ignore[attr-defined]

    def _upon(self, dossier: Dossier, verb: Callable[..., object], who: str, **said: object) -> Call:
        """The verb on the version that the page showed: who was seen and is repeated is not called stale."""
        dossier.refresh_from_db()
        return partial(verb, dossier.pk, version=dossier.version_no, **said, **self.hall.by(who))

    def _drafted(self) -> Dossier:
        return actions.save_draft(self.hall.draft(), **self.hall.by("citizen"))

    def _owing(self) -> Dossier:
        return actions.ask_fee(self.hall.received().pk, amount=50_000, **self.hall.by("clerk")).dossier
