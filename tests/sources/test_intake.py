"""A shipment becomes a batch: what holds lands, what does not waits with its reasons, the receipt tells both."""

from datetime import date
from typing import Any
from uuid import uuid4

import pyarrow as pa
import pytest
from tests.builders import TODAY
from tests.sources import landing
from tests.sources.landing import declared, lying, row, shipment

from namro.audit.models import Entry
from namro.ground import clock
from namro.lake import tables
from namro.organisation.terms import Refused, Role
from namro.outside.connectors import Shipment, Unreadable
from namro.sources.actions import intake
from namro.sources.actions.intake import mend, preview, take_in
from namro.sources.actions.quarantine import drop_rows, send_again
from namro.sources.models import Batch, QuarantinedRow, Source
from namro.sources.terms import BatchState, RowState

pytestmark = pytest.mark.usefixtures("lake")


@pytest.fixture
def source(lake: None, monkeypatch: pytest.MonkeyPatch) -> Source:
    """The test source in a small world, on a fixed day."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    landing.world()
    return declared()


def reasons(source: Source, changed: dict[str, Any]) -> list[str]:
    """Why a row that holds but for these values does not."""
    batch = take_in(source, shipment([row(changed)]))
    return [reason for held in batch.quarantined.all() for reason in held.reasons]


def test_what_holds_lands_and_what_does_not_waits(source: Source) -> None:
    batch = take_in(source, shipment([row(), row({"Mã trạm": "T2", "Mực nước": "99"})]))
    assert (batch.state, batch.rows_in, batch.rows_landed, batch.rows_quarantined) == ("landed", 2, 1, 1)
    assert batch.months == ["2025-07"]
    assert lying("ma_tram", "muc_nuoc", "ngay", "_unit", "_day", "_row", "_batch") == [
        ("T1", "1.5", "2025-07-01", "20194", "2025-07-01", 1, str(batch.pk))
    ]
    held = QuarantinedRow.objects.get()
    assert held.row == 2
    assert held.reasons == ["«Mực nước»: «99» lớn hơn mức cho phép 15,5."]
    assert held.body["muc_nuoc"] == "99"
    assert Entry.objects.get(verb="take_in").after["held"] == 1


BROKEN = {
    "không phải là ngày": {"Ngày đo": "31/02/2025"},
    "«Ngày» ở tương lai (hôm nay là 09/07/2025): 10/07/2025.": {"Ngày đo": "10/07/2025"},
    "quá xa trong quá khứ": {"Ngày đo": "01/07/0025"},
    "Thiếu «Ngày».": {"Ngày đo": None},
    "nhỏ hơn mức cho phép −2.": {"Mực nước": "-2.01"},
    "«Mực nước»: «1,5» không phải là số.": {"Mực nước": "1,5"},
    "không phải là số nguyên": {"Số lần đo": "1.5"},
    "«1000000000000» quá lớn: chỉ lưu được tới 12 chữ số phần nguyên": {"Mực nước": "1000000000000"},
    "«1e15» quá lớn": {"Mực nước": "1e15"},
    "quá lớn: chỉ lưu được tới 18 chữ số": {"Số lần đo": "9" * 19},
    "không có trong danh mục (tốt, hỏng)": {"Trạng thái": "Tốt"},
    "Không có đơn vị mã hoặc tên «99999», nay cũng như trước 01/7/2025.": {"Xã": "99999"},
    "nay thuộc nhiều đơn vị (20194, 20320)": {"Xã": "20196"},
    "dài quá 2.000 ký tự": {"Mã trạm": "T" * 2001},
    "Thiếu «Mã trạm».": {"Mã trạm": "  "},
}


def test_each_broken_promise_has_its_sentence(source: Source) -> None:
    rows = [row({"Mã trạm": f"T{number}"} | broken) for number, broken in enumerate(BROKEN.values())]
    batch = take_in(source, shipment(rows))
    found = [held.reasons for held in batch.quarantined.all()]
    assert [len(told) for told in found] == [1] * len(BROKEN)
    assert all(told in reason for told, [reason] in zip(BROKEN, found, strict=True)), found
    assert lying("ma_tram") == []


# The same code may be two units: which one depends on the day.
MEANT = [
    ("30/06/2025", "20195", "20194"),
    ("30/06/2025", "Phường Hòa Hiệp Nam", "20194"),
    ("30/06/2025", "498", "20333"),
    ("05/07/2025", "huyện hoàng sa", "20333"),
    ("05/07/2025", "20195", "20194"),
    ("30/06/2025", "20320", "20194"),
    ("01/07/2025", "20320", "20320"),
    ("30/06/2025", "Xã Hòa Vang", "20320"),
]


def test_old_codes_and_names_lead_to_the_unit_of_today(source: Source) -> None:
    rows = [row({"Ngày đo": day, "Xã": code, "Mã trạm": f"T{n}"}) for n, (day, code, _) in enumerate(MEANT)]
    assert take_in(source, shipment(rows)).rows_quarantined == 0
    assert lying("_row", "ma_xa", "_unit") == [(n, code, unit) for n, (_, code, unit) in enumerate(MEANT, 1)]


def test_a_divided_unit_counts_to_its_largest_part_where_the_contract_says_so(source: Source) -> None:
    divided = declared(unit={"column": "ma_xa", "codes": "former", "split": "largest"})
    assert reasons(divided, {"Xã": "20196"}) == []
    assert lying("_unit") == [("20194",)]


def test_today_s_codes_only_where_the_contract_says_so(source: Source) -> None:
    today_s = declared(unit={"column": "ma_xa", "codes": "units"})
    assert reasons(today_s, {"Xã": "20195"}) == ["Không có đơn vị mã «20195»."]
    agencies = declared(unit={"column": "ma_xa", "codes": "agencies"})
    assert reasons(agencies, {"Xã": "20194"}) == ["Không có đơn vị mã «20194»."]
    assert reasons(agencies, {"Xã": "H17.KHCN"}) == []


def test_the_same_key_twice_in_a_batch_is_told_and_in_a_later_batch_counts_anew(source: Source) -> None:
    batch = take_in(source, shipment([row(), row({"Mực nước": "2"})]))
    assert batch.quarantined.get().reasons == ["Trùng khóa (Mã trạm, Ngày) với dòng 1 của cùng lô."]
    take_in(source, shipment([row({"Mực nước": "3"})]))
    assert lying("muc_nuoc") == [("3",)]


def test_personal_data_is_hashed_or_dropped_at_the_door(source: Source) -> None:
    personal = {"Số định danh người đo": "048200000001", "Điện thoại": "0905000001"}
    take_in(source, shipment([row(personal), row(personal | {"Mực nước": "99", "Mã trạm": "T2"})]))
    [(hashed,)] = lying("so_dinh_danh")
    assert hashed.startswith("#")
    assert "dien_thoai" not in tables.columns("muc_nuoc").names
    held = QuarantinedRow.objects.get()
    assert held.body["so_dinh_danh"] == hashed
    told = str(held.body) + str(held.reasons) + str([entry.after for entry in Entry.objects.all()])
    assert "048200000001" not in told
    assert "0905000001" not in told


def test_the_same_batch_twice_is_as_once(source: Source) -> None:
    number = uuid4()
    first = take_in(source, shipment([row()], number))
    second = take_in(source, shipment([row({"Mực nước": "9"})], number))
    assert (first.pk, first.snapshot) == (second.pk, second.snapshot)
    assert lying("muc_nuoc") == [("1.5",)]
    assert Batch.objects.count() == 1


def test_the_number_of_a_batch_belongs_to_one_source(source: Source) -> None:
    number = uuid4()
    take_in(source, shipment([row()], number))
    with pytest.raises(Refused, match="nguồn khác"):
        take_in(declared(code="nguon_khac"), shipment([row()], number))


def test_a_correction_replaces_a_batch_by_its_number(source: Source) -> None:
    wrong = take_in(source, shipment([row(), row({"Mã trạm": "T2", "Ngày đo": "30/06/2025"})]))
    right = take_in(source, shipment([row({"Mực nước": "4"})]), replaces=wrong)
    assert lying("ma_tram", "muc_nuoc") == [("T1", "4")]
    assert right.replaces == wrong
    assert right.months == ["2025-06", "2025-07"]


def test_a_whole_replacement_again_as_it_once_was_counts(source: Source) -> None:
    whole = declared(mode="replace_all")
    number = uuid4()
    take_in(whole, shipment([row()], number))
    take_in(whole, shipment([row({"Mực nước": "2"})]))
    assert lying("muc_nuoc") == [("2",)]
    back = take_in(whole, shipment([row()], number))
    assert lying("muc_nuoc") == [("1.5",)]
    assert back.pk != number
    empty = take_in(whole, shipment([row({"Xã": "0"})]))
    assert empty.state == BatchState.FAILED
    assert lying("muc_nuoc") == [("1.5",)]


def test_columns_that_changed_stop_the_batch_and_say_which(source: Source) -> None:
    batch = take_in(source, shipment([{"Ngày đo": "01/07/2025", "Trạm": "T1", "Xã": "20194", "Mức": "1"}]))
    assert batch.state == BatchState.FAILED
    assert batch.error == (
        "Thiếu cột «Mã trạm», «Mực nước», «Trạng thái» của hợp đồng dữ liệu; tệp có: «Ngày đo», «Trạm», «Xã», «Mức». "
        "Hãy sửa tên cột rồi gửi lại."
    )


def test_a_source_gone_wrong_as_a_whole_lands_nothing(source: Source, monkeypatch: Any) -> None:
    monkeypatch.setattr(intake, "MOST_HELD", 2)
    batch = take_in(source, shipment([row(), *(row({"Xã": "?"}) for _ in range(3))]))
    assert batch.state == BatchState.FAILED
    assert "3 dòng sai hợp đồng dữ liệu" in batch.error
    assert lying("ma_tram") == []
    assert not QuarantinedRow.objects.exists()


def test_typed_columns_land_as_the_text_of_them_would(source: Source) -> None:
    typed = pa.table(
        {
            "ngay": pa.array([date(2025, 7, 1)]).cast(pa.timestamp("ns")),
            "ma_tram": pa.array(["T1"]).dictionary_encode(),
            "ma_xa": pa.array([20194]),
            "muc_nuoc": [0.1 + 0.2],
            "so_lan": [4.0],
            "trang_thai": ["tốt"],
        }
    )
    assert take_in(source, shipment(typed)).rows_landed == 1
    assert lying("ngay", "ma_tram", "_unit", "muc_nuoc", "so_lan") == [
        ("2025-07-01", "T1", "20194", "0.3", 4)
    ]


def test_vietnamese_numbers_where_the_contract_says_so(source: Source) -> None:
    vi = declared(numbers="vi")
    assert reasons(vi, {"Mực nước": "1,25", "Số lần đo": "1.154"}) == []
    assert lying("muc_nuoc", "so_lan") == [("1.25", 1154)]
    assert "không phải là số" in reasons(vi, {"Mực nước": "1.5", "Mã trạm": "T2"})[0]


def test_moments_are_of_viet_nam_unless_they_say_otherwise(source: Source) -> None:
    columns = [
        column | ({"type": "timestamp"} if column["name"] == "ngay" else {})
        for column in source.body["columns"]
    ]
    timed = declared(columns=columns, code="gio")
    rows = [
        row({"Ngày đo": moment})
        for moment in ("01/07/2025 00:30", "2025-06-30T17:31:00Z", "2025-07-01 00:32:00+07:00")
    ]
    assert take_in(timed, shipment(rows)).rows_landed == 3
    assert tables.files("gio", months=["2025-07"])
    assert not tables.files("gio", months=["2025-06"])
    ahead = take_in(
        timed, shipment([row({"Ngày đo": (clock.now().replace(hour=23, minute=59)).isoformat()})])
    )
    assert ahead.rows_quarantined == 1


def test_a_dry_run_leaves_nothing(source: Source) -> None:
    seen = preview(source, shipment([row(), row({"Xã": "?"})]))
    assert (seen.good.num_rows, seen.bad.num_rows) == (1, 1)
    assert not Batch.objects.exists()
    assert tables.tables() == []


def test_mended_rows_are_sent_again_and_others_given_up(source: Source) -> None:
    who = landing.builders.person(Role.IOC_OPERATOR, landing.builders.Unit.objects.get(code="TU.VP"))
    personal = {"Số định danh người đo": "048200000001"}
    bad = [row(personal | {"Mã trạm": f"T{number}", "Mực nước": "99"}) for number in range(3)]
    batch = take_in(source, shipment(bad))
    with pytest.raises(Refused, match="lý do"):
        drop_rows(batch, [3], ground=" ", by=who)
    assert drop_rows(batch, [3], ground="trạm đã bỏ", by=who) == 1
    number = uuid4()
    for _ in range(2):
        again = send_again(batch, {1: {"muc_nuoc": "9"}, 2: {}}, number=number, by=who)
    assert (again.rows_landed, again.rows_quarantined, again.by) == (1, 1, who)
    [(hashed, station)] = lying("so_dinh_danh", "ma_tram")
    assert station == "T0"
    assert hashed == batch.quarantined.get(row=1).body["so_dinh_danh"]
    states = dict(batch.quarantined.values_list("row", "state"))
    assert states == {1: RowState.RESENT, 2: RowState.RESENT, 3: RowState.DROPPED}
    with pytest.raises(Refused, match="không còn"):
        send_again(batch, {1: {}}, number=uuid4(), by=who)


def test_a_shipment_that_cannot_be_read_leaves_a_receipt(source: Source) -> None:
    def broken() -> pa.Table:
        raise Unreadable("Tệp a.csv hỏng.")

    batch = take_in(source, Shipment("a.csv", broken, uuid4()))
    assert (batch.state, batch.error) == (BatchState.FAILED, "Tệp a.csv hỏng.")
    assert batch.ended_at


@pytest.mark.parametrize("reached", [True, False])
def test_a_receipt_that_was_cut_off_is_mended_by_what_the_lake_knows(source: Source, reached: bool) -> None:
    number = uuid4()
    if reached:
        take_in(source, shipment([row()], number))
    values = {"state": "running", "ended_at": None, "rows_landed": 0, "months": []}
    Batch.objects.update_or_create(
        pk=number, defaults={**values, "source": source, "started_at": clock.now(), "origin": "thử"}
    )
    assert mend(source) == 1
    batch = Batch.objects.get(pk=number)
    if reached:
        assert (batch.state, batch.rows_landed, batch.months) == ("landed", 1, ["2025-07"])
    else:
        assert batch.state == "failed"
        assert "cắt ngang" in batch.error
        assert take_in(source, shipment([row()], number)).state == "landed"


def test_the_lake_as_of_a_day_before_the_correction(source: Source, monkeypatch: Any) -> None:
    first = take_in(source, shipment([row()]))
    monkeypatch.setenv(clock.FIXED_DAY, "2025-07-12")
    take_in(source, shipment([row({"Mực nước": "8"})]), replaces=first)
    assert lying("muc_nuoc", as_of=date(2025, 7, 11)) == [("1.5",)]
    assert lying("muc_nuoc") == [("8",)]
