"""A dossier from its draft to its result: the clock, the desks, and every sentence of refusal on the way."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from tests.dossiers.conftest import BIRTH, NOW, Hall

from namro.audit.models import Entry
from namro.dossiers import actions
from namro.dossiers.models import Dossier, DossierEvent, DossierFile, Supplement
from namro.dossiers.terms import Outcome, State, Verb
from namro.ground import clock
from namro.ground.clock import VIETNAM
from namro.organisation.terms import Refused
from namro.procedures.models import ProcedureVersion

FRIDAY_EVENING = datetime(2025, 7, 11, 17, 30, tzinfo=VIETNAM)


def test_a_whole_dossier(hall: Hall) -> None:
    draft = actions.save_draft(hall.draft(filled={"child": "Lò Văn A"}), **hall.by("citizen"))
    assert (draft.state, draft.code, draft.fee) == (State.DRAFT, None, 0)
    filed = actions.submit(draft.pk, **hall.by("citizen")).dossier
    assert filed.code == "H17.20200-250709-0001"
    received = actions.receive(filed.pk, **hall.by("clerk")).dossier
    assert received.promised_at == datetime(2025, 7, 14, 17, 30, tzinfo=VIETNAM)  # three working days
    actions.check(filed.pk, **hall.by("clerk"))
    sent = actions.send(filed.pk, **hall.by("clerk")).dossier
    assert str(sent.desk) == "Thẩm tra, dự thảo kết quả"
    with pytest.raises(Refused, match="còn phải qua bước «Ký duyệt»"):
        actions.decide(filed.pk, **hall.by("head"))
    actions.claim(filed.pk, **hall.by("settler"))
    actions.move_on(filed.pk, **hall.by("settler"))
    actions.decide(filed.pk, words="Đủ điều kiện", **hall.by("head"))
    done = actions.hand_over_result(filed.pk, **hall.by("clerk")).dossier
    done.refresh_from_db()
    assert (done.state, done.outcome, done.late_on) == (State.RESULT_GIVEN, Outcome.GRANTED, None)
    events = list(done.events.values_list("verb", flat=True))
    assert len(events) == 9
    log = Entry.objects.filter(kind="dossiers.dossier", key=str(done.pk))
    assert list(log.order_by("id").values_list("verb", flat=True)) == events


def test_the_clock_stands_while_a_supplement_is_awaited_and_the_second_is_late(hall: Hall) -> None:
    dossier = hall.received()
    actions.ask_supplement(dossier.pk, words="Thiếu giấy chứng sinh", **hall.by("clerk"))
    with clock.at(NOW + timedelta(days=30)):
        back = actions.answer_supplement(dossier.pk, **hall.by("citizen")).dossier
    # Left when it stopped on Wednesday at ten: 5.5 hours, Thursday, Friday, Monday; it went on on Friday 8 August.
    assert back.due_at == datetime(2025, 8, 13, 17, 30, tzinfo=VIETNAM)
    assert (back.state, back.late_on, back.promised_at) == (State.RECEIVED, None, dossier.promised_at)
    with clock.at(NOW + timedelta(days=31)):
        again = actions.ask_supplement(dossier.pk, words="Còn thiếu", **hall.by("clerk")).dossier
    assert again.late_on == (NOW + timedelta(days=31)).date()
    assert Supplement.objects.filter(dossier=dossier).count() == 2


def test_lateness_is_never_erased(hall: Hall) -> None:
    dossier = hall.received()
    with clock.at(NOW + timedelta(days=20)):
        assert actions.note_late() == 1
        assert actions.note_late() == 0
    with clock.at(NOW - timedelta(days=2)):
        # The clock was set back: what was noted stays, and no event is earlier than the one before it.
        actions.ask_supplement(dossier.pk, words="Thiếu", **hall.by("clerk"))
        actions.answer_supplement(dossier.pk, **hall.by("citizen"))
    dossier.refresh_from_db()
    assert dossier.late_on == date(2025, 7, 14)
    moments = list(dossier.events.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)


def test_a_late_dossier_is_owed_an_apology_that_makes_nothing_timely(hall: Hall) -> None:
    dossier = hall.received()
    new_at = FRIDAY_EVENING + timedelta(days=21)
    with pytest.raises(Refused, match="chưa quá hạn"):
        actions.apologise(dossier.pk, new_at=new_at, reason="Thiếu người", **hall.by("head"))
    with clock.at(NOW + timedelta(days=6)):
        done = actions.apologise(dossier.pk, new_at=new_at, reason="Thiếu người", **hall.by("head"))
    letter = done.dossier.apologies.get()
    assert (letter.number, letter.old_at, letter.new_at) == (f"{dossier.code}/XL1", dossier.due_at, new_at)
    assert (done.dossier.due_at, done.dossier.late_on) == (dossier.due_at, dossier.due_at.date())


def test_a_dossier_is_received_anywhere_for_any_unit(hall: Hall) -> None:
    draft = hall.draft(channel="desk", applicant_id=hall.citizen.pk)
    dossier = actions.receive_at_desk(draft, **hall.by("other_clerk"))
    assert (dossier.unit.code, dossier.received_unit.code) == ("20200", "20320")
    assert (dossier.state, dossier.fee) == (State.RECEIVED, 50_000)
    assert dossier.promised_at == datetime(2025, 7, 16, 17, 30, tzinfo=VIETNAM)
    actions.check(dossier.pk, **hall.by("clerk"))
    with pytest.raises(Dossier.DoesNotExist):
        actions.check(hall.received().pk, **hall.by("other_clerk"))


def test_of_two_who_take_a_dossier_one_is_refused(hall: Hall) -> None:
    dossier = hall.at_desk()
    actions.claim(dossier.pk, **hall.by("settler"))
    for verb in (actions.claim, actions.move_on, actions.release):
        with pytest.raises(Refused, match="đang do người khác xử lý"):
            verb(dossier.pk, **hall.by("colleague"))
    given = actions.reassign(dossier.pk, to=hall.people["colleague"], reason="Nghỉ ốm", **hall.by("head"))
    assert given.dossier.holder == hall.people["colleague"]
    with pytest.raises(Refused, match="không giữ chức vụ nào"):
        actions.reassign(dossier.pk, to=hall.people["other_clerk"], reason="Nghỉ", **hall.by("head"))
    with pytest.raises(Refused, match="Chỉ người phụ trách"):
        actions.reassign(dossier.pk, to=None, reason="Nghỉ", **hall.by("clerk"))


def test_a_version_that_is_not_the_last_is_refused_with_who_wrote(hall: Hall) -> None:
    dossier = hall.received()
    actions.check(dossier.pk, version=dossier.version_no, **hall.by("clerk"))
    with pytest.raises(Refused, match=r"Người clerk \(Kiểm tra hồ sơ, 10:00 09/07/2025\)"):
        actions.send(dossier.pk, version=dossier.version_no, **hall.by("clerk"))


def test_a_transfer_keeps_the_promise(hall: Hall) -> None:
    dossier = hall.at_desk()
    with pytest.raises(Refused, match="chính đơn vị này"):
        actions.transfer(dossier.pk, unit=hall.units["20200"], reason="Sai nơi", **hall.by("head"))
    moved = actions.transfer(
        dossier.pk, unit=hall.units["20320"], reason="Đúng thẩm quyền", **hall.by("head")
    ).dossier
    assert (moved.state, moved.desk, moved.due_at) == (State.RECEIVED, None, dossier.due_at)
    assert actions.check(dossier.pk, **hall.by("other_clerk")).dossier.state == State.CHECKED


def test_a_procedure_that_ended_takes_no_dossier(hall: Hall) -> None:
    draft = actions.save_draft(hall.draft(), **hall.by("citizen"))
    kept = draft.procedure.versions.get()
    kept.pk, kept.number, kept.is_end, kept.body, kept.valid_from = None, 2, True, None, clock.today()
    kept.save()
    for refused in (
        lambda: actions.submit(draft.pk, **hall.by("citizen")),
        lambda: hall.filed(),
    ):
        with pytest.raises(Refused, match=f"Thủ tục {BIRTH} không còn hiệu lực"):
            refused()
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_an_applicant_keeps_to_their_own(hall: Hall) -> None:
    dossier = hall.filed()
    with pytest.raises(Dossier.DoesNotExist):
        actions.withdraw(dossier.pk, **hall.by("neighbour"))
    with pytest.raises(Refused, match="do cơ quan giải quyết làm"):
        actions.receive(dossier.pk, **hall.by("citizen"))
    done = actions.withdraw(dossier.pk, reason="Nhầm thủ tục", **hall.by("citizen")).dossier
    assert (done.state, done.outcome) == (State.WITHDRAWN, Outcome.WITHDRAWN)
    with pytest.raises(Refused, match="«Đã rút»"):
        actions.receive(dossier.pk, **hall.by("clerk"))


def test_a_number_that_was_used_elsewhere_is_refused(hall: Hall) -> None:
    first, second, number = hall.filed(), hall.filed(), uuid4()
    actions.receive(first.pk, hand=hall.hand("clerk"), client_id=number)
    with pytest.raises(Refused, match="hồ sơ khác"):
        actions.receive(second.pk, hand=hall.hand("clerk"), client_id=number)
    again = actions.receive(first.pk, hand=hall.hand("clerk"), client_id=number)
    assert again.repeated
    assert DossierEvent.objects.filter(dossier=first, verb=Verb.RECEIVE).count() == 1


def test_a_repetition_finds_what_it_filed_and_nobody_elses(hall: Hall) -> None:
    number, draft = uuid4(), hall.draft()
    filed = actions.file(draft, hand=hall.hand("citizen"), client_id=number)
    assert actions.file(draft, hand=hall.hand("citizen"), client_id=number) == filed
    with pytest.raises(Refused, match="hồ sơ khác"):
        actions.file(draft, hand=hall.hand("neighbour"), client_id=number)
    kept = uuid4()
    actions.save_draft(draft, hand=hall.hand("citizen"), client_id=kept)
    with pytest.raises(Refused, match="hồ sơ khác"):
        actions.file(draft, hand=hall.hand("citizen"), client_id=kept)
    for who, said in (
        ("neighbour", draft),
        ("other_clerk", hall.draft(applicant_id=hall.neighbour.pk)),
        ("citizen", hall.draft(procedure_code="1.000003")),
    ):
        with pytest.raises(Refused, match="hồ sơ khác"):
            actions.save_draft(said, hand=hall.hand(who), client_id=kept)
    assert actions.file(draft, **hall.by("citizen")).code == "H17.20200-250709-0002"


def test_a_number_of_the_desk_stands_for_one_applicant(hall: Hall) -> None:
    number = uuid4()
    mine, theirs = (
        hall.draft(channel="desk", applicant_id=each.pk) for each in (hall.citizen, hall.neighbour)
    )
    for _ in range(2):
        actions.receive_at_desk(mine, hand=hall.hand("clerk"), client_id=number)
    with pytest.raises(Refused, match="hồ sơ khác"):
        actions.receive_at_desk(theirs, hand=hall.hand("clerk"), client_id=number)
    assert Dossier.objects.get().applicant == hall.citizen


def test_nothing_that_is_personal_stands_in_the_log(hall: Hall) -> None:
    actions.save_draft(hall.draft(filled={"child": "Lò Văn A"}), **hall.by("citizen"))
    dossier = hall.at_desk()
    actions.ask_supplement(dossier.pk, words="Thiếu giấy", **hall.by("settler"))
    actions.answer_supplement(dossier.pk, words="Con tôi là Lò Văn B", **hall.by("citizen"))
    actions.withdraw(dossier.pk, reason="Lò Văn C đã nộp", **hall.by("citizen"))
    told = " ".join(str(vars(entry)) for entry in Entry.objects.filter(kind__startswith="dossiers."))
    assert "Mơ" not in told
    assert "048099000001" not in told
    assert "Thiếu giấy" in told
    for name in "ABC":
        assert f"Lò Văn {name}" not in told


def test_the_machine_is_named_where_it_wrote_last(hall: Hall) -> None:
    dossier = hall.received()
    with clock.at(NOW + timedelta(days=20)):
        actions.note_late()
        with pytest.raises(Refused, match=r"hệ thống \(Ghi nhận quá hạn"):
            actions.check(dossier.pk, version=dossier.version_no, **hall.by("clerk"))


def test_a_supplement_that_never_comes_has_an_honest_end(hall: Hall) -> None:
    filed, received = hall.filed(), hall.received()
    for dossier in (filed, received):
        actions.ask_supplement(dossier.pk, words="Thiếu giấy", **hall.by("clerk"))
    with pytest.raises(Refused, match="đã được tiếp nhận"):
        actions.turn_away(received.pk, grounds="Không bổ sung", **hall.by("clerk"))
    with pytest.raises(Refused, match="chưa được tiếp nhận"):
        actions.refuse(filed.pk, grounds="Không bổ sung", **hall.by("head"))
    ends = [
        actions.turn_away(filed.pk, grounds="Không bổ sung", **hall.by("clerk")).dossier,
        actions.refuse(received.pk, grounds="Không bổ sung", **hall.by("head")).dossier,
    ]
    assert [(each.state, each.stopped_since) for each in ends] == [(State.REFUSED, None)] * 2


def test_no_result_is_handed_over_while_its_fee_is_owed(hall: Hall) -> None:
    dossier = hall.received()
    actions.ask_fee(dossier.pk, amount=20_000, **hall.by("clerk"))
    actions.check(dossier.pk, **hall.by("clerk"))
    actions.send(dossier.pk, **hall.by("clerk"))
    actions.move_on(dossier.pk, **hall.by("settler"))
    decided = actions.decide(dossier.pk, **hall.by("head")).dossier
    with pytest.raises(Refused, match="chưa nộp phí"):
        actions.hand_over_result(decided.pk, **hall.by("clerk"))
    actions.take_fee(decided.pk, **hall.by("clerk"))
    assert actions.hand_over_result(decided.pk, **hall.by("clerk")).dossier.state == State.RESULT_GIVEN


def test_a_draft_under_an_older_text_is_moved_and_looked_at_again(hall: Hall) -> None:
    draft = actions.save_draft(hall.draft(), **hall.by("citizen"))
    for key in ("1", "2"):
        DossierFile.objects.create(
            dossier=draft, client_id=uuid4(), paper=key, name="a.pdf", sha256="0" * 64, size=1,
            media_type="application/pdf", scan="clean", at=NOW,
        )  # fmt: skip
    old = draft.version
    body = {**old.body, "documents": old.body["documents"][1:]}  # type: ignore[dict-item,index]
    newer = ProcedureVersion.objects.get(pk=old.pk)
    newer.pk, newer.number, newer.body, newer.valid_from = None, old.number + 1, body, clock.today()
    newer.save()
    with pytest.raises(actions.OldText, match="bản mới"):
        actions.submit(draft.pk, **hall.by("citizen"))
    actions.renew_draft(draft.pk, **hall.by("citizen"))
    assert list(draft.files.order_by("pk").values_list("paper", flat=True)) == ["khac", "1"]
    assert actions.submit(draft.pk, **hall.by("citizen")).dossier.version_id == newer.pk


def test_asked_once(hall: Hall) -> None:
    dossier = hall.filed()
    actions.turn_away(dossier.pk, grounds="Không đúng thẩm quyền", **hall.by("clerk"))
    actions.rate(dossier.pk, handling=4, is_settlement_liked=True, **hall.by("citizen"))
    with pytest.raises(Refused, match="chỉ đánh giá một lần"):
        actions.rate(dossier.pk, handling=5, is_settlement_liked=True, **hall.by("citizen"))


def test_who_has_nothing_to_do_with_dossiers_opens_none(hall: Hall) -> None:
    with pytest.raises(Dossier.DoesNotExist):
        actions.receive(hall.filed().pk, **hall.by("administrator"))
    with pytest.raises(Refused, match="Chỉ cán bộ một cửa"):
        actions.receive(hall.filed().pk, **hall.by("inspector"))


@pytest.mark.parametrize("threshold", [None, 5])
def test_a_dossier_is_filed_with_plans_kept_and_behind_a_pooler_without(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, threshold: int | None
) -> None:
    monkeypatch.setattr(connection.connection, "prepare_threshold", threshold)
    codes = [hall.filed().code for _ in range(7)]
    assert len(set(codes)) == 7
    assert DossierEvent.objects.count() == 7
