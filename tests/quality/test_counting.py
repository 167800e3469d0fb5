"""The index from dossiers: each count by hand, each reading, the city, and what cost the points."""

from datetime import date
from fractions import Fraction

import pytest
from pytest_django import DjangoAssertNumQueries
from tests.builders import World
from tests.quality.made import at, dossier

from namro.dossiers.terms import Channel, Outcome, State
from namro.ground.period import Period
from namro.procedures.models import Procedure
from namro.quality.actions import AnnouncementRow, ReportedRow, put_announcements, put_reported
from namro.quality.queries import (
    Where,
    costing,
    costing_count,
    mendable,
    months_of,
    scheme,
    score_of,
    scores,
    span_of,
)
from namro.quality.queries.reported import reported
from namro.quality.terms import Readings

DECEMBER = Period.parse("2025-12")


def counts(world: World, code: str, at_unit: int = 0, **readings: str) -> tuple[Fraction, Fraction]:
    """Return numerator and denominator of a part of a ward's December."""
    found = score_of(world.communes[at_unit], DECEMBER, readings).part(code).count
    return found.numerator, found.denominator


def codes(world: World, code: str, **readings: str) -> list[str]:
    """Return what cost points in a part of the first ward's December."""
    chosen: Readings = scheme().chosen | readings
    return costing(scheme().part(code), Where(world.communes[0], span_of(DECEMBER), chosen))


def test_on_time_takes_off_the_stopped_clock_and_measures_the_unfinished_at_the_end(world: World) -> None:
    ward = world.communes[0]
    dossier(ward)  # done on time
    late = dossier(ward, finished_at=at(12))
    dossier(ward, finished_at=None, due_at=at(20), stopped_since=at(18), state=State.SUPPLEMENT_ASKED)
    running = dossier(ward, finished_at=None, due_at=at(30))
    dossier(ward, finished_at=None, due_at=at(5, 1, 2026))  # in time at the period's end
    asked = dossier(ward, supplements=2, late_on=date(2025, 12, 3))  # asked a second time on the 3rd
    noted = dossier(ward, late_on=date(2025, 12, 11), due_at=at(29))  # extended after it had become late
    dossier(ward, received_at=at(30, 11), promised_at=at(2), due_at=at(2))  # of November
    assert counts(world, "giai_quyet_dung_han") == (3, 7)
    assert counts(world, "giai_quyet_dung_han", bo_sung_lan_hai="bo_qua") == (4, 7)
    assert codes(world, "giai_quyet_dung_han") == [late.code, running.code, asked.code, noted.code]


def test_a_month_that_ended_is_measured_at_its_end_whatever_came_later(world: World) -> None:
    november = Period.parse("2025-11")
    dossier(world.communes[0], received_at=at(20, 11), due_at=at(3), finished_at=at(8))
    dossier(
        world.communes[0], received_at=at(20, 11), due_at=at(3), finished_at=at(8), late_on=date(2025, 12, 4)
    )
    dossier(world.communes[0], received_at=at(20, 11), supplements=2, late_on=date(2025, 12, 2))
    found = score_of(world.communes[0], november, {}).part("giai_quyet_dung_han").count
    assert (found.numerator, found.denominator) == (3, 3)


def test_what_was_carried_over_counts_where_the_city_reads_so(world: World) -> None:
    ward = world.communes[0]
    dossier(ward)
    carried = dossier(ward, received_at=at(20, 11), due_at=at(3), finished_at=at(8))
    dossier(ward, received_at=at(20, 11), due_at=at(28, 11), finished_at=at(27, 11))  # done before December
    assert counts(world, "giai_quyet_dung_han") == (1, 1)
    both = {"tien_do_pham_vi": "ca_ton_ky_truoc"}
    assert counts(world, "giai_quyet_dung_han", **both) == (1, 2)
    assert codes(world, "giai_quyet_dung_han", **both) == [carried.code]
    received = dossier(ward, synced_at=None)
    assert received.code in codes(world, "dong_bo_ho_so", **both)
    assert carried.code not in codes(world, "dong_bo_ho_so", **both)  # November's is not asked of December


def test_a_limit_that_nobody_could_read_counts_or_is_left_out(world: World) -> None:
    dossier(world.communes[0])
    dossier(world.communes[0], limit_is_default=True, finished_at=at(12))
    assert counts(world, "giai_quyet_dung_han") == (1, 2)
    assert counts(world, "giai_quyet_dung_han", khong_ngay_hen="khong_tinh") == (1, 1)


def test_online_and_fees_are_counted_over_their_own_dossiers(world: World) -> None:
    ward, online = world.communes[0], {"channel": Channel.ONLINE, "is_eligible_online": True}
    paid = {"fee": 8_000, "fee_paid_at": at(2)}
    dossier(ward, **online, **paid, paid_online=True)
    paper = dossier(ward, **online, needs_paper_result=True)
    desk = dossier(ward, is_eligible_online=True, **paid)
    owed = dossier(ward, "1.000002", fee=5_000)
    dossier(ward, "1.000003", fee=0)
    assert counts(world, "nop_truc_tuyen") == (2, 3)
    assert counts(world, "nop_truc_tuyen", nop_truc_tuyen="khong_giay_to") == (1, 3)
    assert codes(world, "nop_truc_tuyen", nop_truc_tuyen="khong_giay_to") == [paper.code, desk.code]
    assert counts(world, "ho_so_thanh_toan") == (1, 3)
    assert counts(world, "ho_so_thanh_toan", phi_mau_so="da_nop_phi") == (1, 2)
    assert codes(world, "ho_so_thanh_toan") == [desk.code, owed.code]
    assert counts(world, "thu_tuc_thanh_toan") == (1, 2)  # procedures: 1.000001 of 1.000001 and 1.000002
    assert codes(world, "thu_tuc_thanh_toan") == ["1.000002"]
    assert counts(world, "thu_tuc_co_giao_dich") == (1, 1)


def test_what_can_still_be_mended_is_less_than_what_cost_points(world: World) -> None:
    ward = world.communes[0]
    dossier(ward, fee=8_000, fee_paid_at=at(2))
    dossier(ward, fee=8_000)
    where = Where(ward, span_of(DECEMBER), scheme().chosen)
    assert costing_count(scheme().part("ho_so_thanh_toan"), where) == 2
    dossier(ward, result_is_electronic=True, is_digitised=True)
    may = mendable(score_of(ward, DECEMBER, {}), where)
    assert may["ho_so_thanh_toan"] == 1
    assert "giai_quyet_dung_han" not in may
    for code in ("dong_bo_ho_so", "ket_qua_dien_tu", "so_hoa_ho_so", "ket_noi_chia_se"):
        assert may[code] == costing_count(scheme().part(code), where) > 0, code


def test_digitisation_counts_what_was_granted_in_the_month(world: World) -> None:
    ward = world.communes[0]
    dossier(ward, result_is_electronic=True, is_digitised=True, synced_at=at(6))
    scanned = dossier(ward, "1.000002", is_digitised=True)
    dossier(ward, outcome=Outcome.REFUSED)
    dossier(ward, received_at=at(20, 11), result_is_electronic=True)  # received before, settled in it
    dossier(ward, finished_at=None)
    assert counts(world, "ket_qua_dien_tu") == (2, 3)
    assert codes(world, "ket_qua_dien_tu") == [scanned.code]
    assert counts(world, "ket_qua_dien_tu", ket_qua_don_vi_dem="thu_tuc") == (1, 2)
    assert codes(world, "ket_qua_dien_tu", ket_qua_don_vi_dem="thu_tuc") == ["1.000002"]
    assert counts(world, "so_hoa_ho_so") == (1, 3)
    assert counts(world, "ket_noi_chia_se") == (1, 2)


def test_reuse_copies_and_population_data_have_denominators_of_their_own(world: World) -> None:
    ward = world.communes[0]
    dossier(ward, channel=Channel.ONLINE, certified_copies=1, uses_population_data=True)
    dossier(ward, channel=Channel.ONLINE, reused_papers=2)
    dossier(ward, "1.000002", certified_copies=1)
    assert counts(world, "ban_sao_dien_tu") == (1, 2)
    assert counts(world, "ban_sao_dien_tu", ban_sao_mau_so="tat_ca") == (2, 3)
    assert counts(world, "dung_lai_du_lieu") == (1, 3)
    assert counts(world, "thu_tuc_dan_cu") == (1, 2)
    assert counts(world, "ho_so_dan_cu") == (1, 3)


def test_late_and_disliked_settlements_are_taken_off(world: World) -> None:
    ward = world.communes[0]
    for _ in range(6):
        dossier(ward, liked=True)
    dossier(ward, finished_at=at(12))
    dossier(ward, liked=False)
    both = dossier(ward, finished_at=at(12), liked=False)
    dossier(ward, outcome=Outcome.WITHDRAWN, state=State.WITHDRAWN)
    assert counts(world, "hai_long_giai_quyet") == (5, 9)  # 9 − 2 late − 2 disliked
    assert counts(world, "hai_long_giai_quyet", khong_hai_long="moi_ho_so_mot_lan") == (6, 9)
    assert both.code in codes(world, "hai_long_giai_quyet")
    assert len(codes(world, "hai_long_giai_quyet")) == 3


def test_synchronised_by_the_greater_count_or_last_years(world: World) -> None:
    ward = world.communes[0]
    dossier(ward, synced_at=at(2))
    left = dossier(ward)
    assert counts(world, "dong_bo_ho_so") == (1, 2)
    put_reported([ReportedRow(ward.pk, DECEMBER, 4)], is_synthetic=False)
    assert counts(world, "dong_bo_ho_so") == (1, 4)
    assert counts(world, "dong_bo_ho_so", dong_bo_mau_so="cua_cong") == (1, 2)
    assert codes(world, "dong_bo_ho_so") == [left.code]
    put_reported([ReportedRow(world.communes[1].pk, Period.parse("2024"), 30)], is_synthetic=False)
    assert counts(world, "dong_bo_ho_so", at_unit=1) == (0, Fraction(30, 12))


def test_a_quarter_is_reported_by_itself_or_as_the_sum_of_all_its_months(world: World) -> None:
    ward, quarter = world.communes[0].pk, Period.parse("2025-Q4")
    for month, received in (("2025-10", 5), ("2025-11", 7)):
        put_reported([ReportedRow(ward, Period.parse(month), received)], is_synthetic=False)
    assert reported([ward], [span_of(quarter)]).of(ward, quarter) == 0  # December is not there yet
    put_reported([ReportedRow(ward, DECEMBER, 9)], is_synthetic=False)
    assert score_of(world.communes[0], quarter, {}).part("dong_bo_ho_so").count.denominator == 21


def test_a_year_of_its_own_goes_before_its_months_and_stands_for_the_next_one(world: World) -> None:
    ward = world.communes[0].pk
    last_year = [ReportedRow(ward, Period.parse(f"2024-{month:02}"), 10) for month in range(1, 13)]
    put_reported(last_year, is_synthetic=False)
    assert counts(world, "dong_bo_ho_so") == (0, 10)  # 120 ÷ 12
    put_reported([ReportedRow(ward, Period.parse("2024"), 240)], is_synthetic=False)
    assert counts(world, "dong_bo_ho_so") == (0, 20)


def test_a_city_is_reported_by_itself_or_as_the_sum_of_its_units(world: World) -> None:
    rows = [ReportedRow(unit.pk, DECEMBER, 30) for unit in world.communes[:2]]
    put_reported([*rows, ReportedRow(world.communes[0].pk, Period.parse("2024"), 240)], is_synthetic=False)
    city = score_of(world.city, DECEMBER, {}).part("dong_bo_ho_so").count
    assert city.denominator == 60
    november = score_of(world.city, DECEMBER.previous(), {}).part("dong_bo_ho_so").count
    assert november.denominator == 20  # last year's of the one ward that told it ÷ 12
    put_reported([ReportedRow(world.city.pk, DECEMBER, 45)], is_synthetic=False)
    assert score_of(world.city, DECEMBER, {}).part("dong_bo_ho_so").count.denominator == 45


def test_announcements_are_the_citys_and_one_late_change_makes_a_procedure_late(world: World) -> None:
    keys = dict(Procedure.objects.values_list("code", "pk"))
    in_time = {"effective_on": date(2025, 12, 15), "decided_on": date(2025, 12, 8)}  # 5 working days before
    late = {"effective_on": date(2025, 12, 15), "decided_on": date(2025, 12, 9)}
    shown = {"published_on": date(2025, 12, 15), "whole_since": date(2025, 12, 15)}
    rows = [
        AnnouncementRow("1/QĐ-UBND", keys["1.000001"], **in_time, **shown),
        AnnouncementRow("1/QĐ-UBND", keys["1.000002"], **in_time, **shown | {"whole_since": None}),
        AnnouncementRow("2/QĐ-UBND", keys["1.000002"], **late, **shown),
        AnnouncementRow("2/QĐ-UBND", keys["1.000004"], **late, published_on=None, whole_since=None),
    ]
    assert put_announcements(world.city, rows, is_synthetic=False) == 4
    assert put_announcements(world.city, rows, is_synthetic=False) == 4  # twice is as once
    assert counts(world, "cong_bo_dung_han") == (1, 2)  # of the communes' procedures
    assert codes(world, "cong_bo_dung_han") == ["1.000002"]
    assert counts(world, "cong_khai_du_noi_dung") == (1, 2)
    city = score_of(world.city, DECEMBER, {})
    told = [city.part(code).count for code in ("cong_bo_dung_han", "cong_khai_dung_han")]
    assert [(each.numerator, each.denominator) for each in told] == [(1, 3), (2, 3)]


def test_the_city_adds_up_its_units_and_counts_a_procedure_once(world: World) -> None:
    for ward in world.communes[:2]:
        dossier(ward, fee=1_000, is_eligible_online=True)
        dossier(ward, finished_at=at(12))
    city = score_of(world.city, DECEMBER, {})
    assert city.part("giai_quyet_dung_han").count.denominator == 4
    assert city.part("giai_quyet_dung_han").rate == 50
    assert city.part("thu_tuc_thanh_toan").count.denominator == 1


@pytest.mark.parametrize("months", [1, 6])
def test_all_units_and_months_take_a_constant_number_of_queries(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries, months: int
) -> None:
    for ward in world.communes:
        dossier(ward)
    units = [world.city, *world.communes, *world.agencies]
    spans = months_of(date(2025, 13 - months, 1), date(2025, 12, 31), at(31))
    with django_assert_max_num_queries(13):
        found = scores(units, spans, {})
    assert len(found.scores) == len(units) * months
    for unit in units:
        assert found.scores[unit.pk, DECEMBER] == score_of(unit, DECEMBER, {})
