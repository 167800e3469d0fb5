"""The river of the demo city: the documents' figures come out exactly, twice is as once, a dry feed stops nothing."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

from django.test import TestCase

from namro.flows.daily import FEEDS, Feed, recompute_form, run_day
from namro.flows.demo.forms import load_forms
from namro.ground import clock
from namro.ground.period import Period
from namro.indicators.actions import load_package as load_indicators
from namro.indicators.models import Definition, Figure, Target
from namro.indicators.queries import definition, figure, findings_behind, target
from namro.organisation.actions import load_package as load_organisation
from namro.organisation.models import Unit
from namro.sources.actions import load_package as load_returns
from namro.sources.actions import load_sources, submit
from namro.sources.models import FeedRun, Finding, Form, Submission
from namro.sources.queries import feed_states, findings_on, known_measures, stated
from namro.sources.terms import Observation

DANANG = Path(__file__).parents[2] / "packages" / "danang"
DAY = date(2025, 7, 9)
TABLES = (Form, Submission, Finding, FeedRun, Definition, Target, Figure)


def load() -> Unit:
    """Load the demo city without its people and tasks."""
    load_organisation(DANANG)
    load_returns(DANANG)
    load_sources(DANANG)
    load_indicators(DANANG)
    root = Unit.objects.get(code="48", valid_to=None)
    load_forms(DANANG, root, DAY)
    return root


def census() -> dict[str, int]:
    """Rows by table."""
    return {table.__name__: table.objects.count() for table in TABLES}


def snapshot() -> list[tuple]:
    """Every figure with its value, in the order in which they were first stored."""
    return list(
        Figure.objects.order_by("pk").values_list(
            "indicator", "unit", "period", "breakdown", "value", "as_of"
        )
    )


class River(TestCase):
    """Loaded once for all of them: each test sees the city as it was."""

    city: Unit

    @classmethod
    def setUpTestData(cls) -> None:
        with clock.at(DAY):
            cls.city = load()

    def setUp(self) -> None:
        self.enterContext(clock.at(DAY))

    def test_the_documents_figures_come_out_exactly_and_twice_is_as_once(self) -> None:
        first = run_day(DAY)
        assert first.failed == ()
        before, figures = census(), snapshot()
        assert load() == self.city
        again = run_day(DAY)
        assert (census(), again.findings) == (before, 0)
        assert snapshot() == figures

        assert stated("dinh_danh_dien_tu", "H17.CA", "kich_hoat", DAY) == 703574
        assert stated("chinh_ly_tai_lieu", "H17.NV", "ty_le_dang", DAY) == 24
        assert stated("so_hoa_tai_lieu", "H17.NV", "ty_le_chua", DAY) == 34
        by_tier = {
            tier: figure("ho_so_so_hoa_theo_cap", "48", DAY, tier).value
            for tier in ("", "xa_phuong", "so_nganh")
        }
        assert by_tier == {"": Decimal("60.5"), "xa_phuong": Decimal("92.7"), "so_nganh": Decimal("14.7")}
        money = {
            code: figure("du_an_von", "48", DAY, code).value for code in ("cntt", "dau_tu_cong", "tu_nhan")
        }
        assert money == {
            "cntt": 53_700_000_000,
            "dau_tu_cong": 2_348_000_000_000,
            "tu_nhan": 7_000_000_000_000,
        }
        assert figure("hoi_nghi_diem_cau", "48", DAY).value == 93
        assert figure("tieu_chi_xa_so", "48", DAY).value == 16

    def test_pages_digitised_does_not_add_up_and_the_house_says_so_by_itself(self) -> None:
        run_day(DAY)
        found = {f.check_code: f for f in findings_on(DAY, forms=["chinh_ly_tai_lieu", "so_hoa_tai_lieu"])}
        assert set(found) == {"cac_phan_cong_lai", "ty_le_chua_khop"}
        assert found["cac_phan_cong_lai"].difference == 10_000
        assert "thiếu 10.000 trang" in found["cac_phan_cong_lai"].text
        assert (found["ty_le_chua_khop"].stated, found["ty_le_chua_khop"].expected) == (34, 33)

        pages, metres = definition("ho_so_so_hoa_trang"), definition("ho_so_chinh_ly_met")
        assert figure(pages.code, "48", DAY).source_state == "breached"
        assert figure(metres.code, "48", DAY).source_state == "fresh"
        assert figure(pages.code, "48", DAY).text(pages) == "47\u00a0%"
        assert findings_behind(pages, DAY).count() == 2
        assert not findings_behind(metres, DAY).exists()

    def test_targets_are_known_from_the_day_they_are_set(self) -> None:
        assert target("kinh_te_so_grdp", "48", DAY) is None
        assert target("kinh_te_so_grdp", "48", date(2026, 3, 11)).final[1] == 27
        assert target("tang_truong_grdp", "48", date(2026, 3, 11)).final[1] == 11

    def test_the_communes_show_gaps_and_do_not_touch_what_the_city_stated(self) -> None:
        run_day(DAY)
        rows = Submission.objects.filter(form="tieu_chi_xa", period="2025-06")
        complete = figure("bieu_day_du", "48", DAY, "tieu_chi_xa")
        assert (complete.numerator, complete.denominator) == (rows.count(), 94)
        assert 80 < rows.count() < 94
        timely = figure("bieu_dung_han", "48", DAY, "tieu_chi_xa")
        assert timely.numerator < complete.numerator
        assert {
            s.synthetic for s in Submission.objects.filter(unit__parent=self.city, form="tieu_chi_xa")
        } == {True}
        assert not Submission.objects.filter(synthetic=True, unit__code__startswith="H17").exists()
        met = figure("tieu_chi_xa_dat", "48", DAY)
        assert met.denominator == 16 * rows.count()
        assert (met.source_state, met.synthetic) == ("missing", True)
        assert met.source.endswith("(số liệu mẫu)")
        assert not figure("hoi_nghi_diem_cau", "48", DAY).synthetic
        assert Finding.objects.filter(submission__synthetic=True, closed_day=None).count() >= 4
        assert Finding.objects.filter(submission__synthetic=True, closed_day__isnull=False).exists()

    def test_a_feed_that_fails_is_recorded_and_shown_and_the_river_goes_on(self) -> None:
        def dry(day: date) -> Iterator[Observation]:
            yield Observation("nhiem_vu.tong", "48", day.isoformat(), Decimal(75), day, "x", breakdown="tw")
            raise ConnectionError("đứt cáp")

        given = Observation("nhiem_vu.tong", "48", "2025-07-09", Decimal(5), DAY, "x")
        run_day(DAY, feeds=(Feed("tasks", "nhiem_vu.", lambda day: [given]), FEEDS[0]))
        run = run_day(DAY, feeds=(Feed("tasks", "nhiem_vu.", dry), FEEDS[0]))
        assert run.failed == ("tasks",)
        states = {state.feed: state for state in feed_states(DAY)}
        assert (states["sources"].state, states["tasks"].state) == ("ok", "failed")
        assert "đứt cáp" in states["tasks"].error
        assert figure("nhiem_vu_tong", "48", DAY).value == 5, "what the feed gave before stays"
        assert figure("hoi_nghi_diem_cau", "48", DAY).value == 93

    def test_what_a_feed_no_longer_gives_for_the_day_goes(self) -> None:
        def tasks(unit: str) -> tuple[Feed, ...]:
            given = Observation("nhiem_vu.tong", unit, "2025-07-09", Decimal(5), DAY, "x")
            return (Feed("tasks", "nhiem_vu.", lambda day: [given]),)

        run_day(DAY, feeds=tasks("H17.NV"))
        run_day(DAY, feeds=tasks("H17.TC"))
        assert figure("nhiem_vu_tong", "H17.NV", DAY) is None
        assert figure("nhiem_vu_tong", "H17.TC", DAY).value == 5
        assert figure("nhiem_vu_tong", "VN", DAY).value == 5

    def test_a_return_moves_its_own_figures_and_leaves_them_as_the_river_would(self) -> None:
        run_day(DAY)
        figures = snapshot()
        recompute_form("tieu_chi_xa", "2025-06", DAY)
        assert snapshot() == figures
        submit(
            form="hoi_nghi_so_ket", unit=Unit.objects.get(code="TU.VP"), period=Period.parse("2025-H1"), by=None,
            viewer=None, values={"so_diem_cau": "94", "so_tieu_chi": "16"}, as_of=DAY, client_id=uuid4(),
            expected_version=1,
        )  # fmt: skip
        recompute_form("hoi_nghi_so_ket", "2025-H1", DAY)
        assert figure("hoi_nghi_diem_cau", "48", DAY).value == 94

    def test_an_earlier_day_run_later_changes_nothing_of_what_is_known_now(self) -> None:
        run_day(DAY)
        now = figure("tieu_chi_xa_dat", "48", DAY)
        run_day(date(2025, 7, 4))
        assert figure("tieu_chi_xa_dat", "48", DAY) == now
        earlier = figure("tieu_chi_xa_dat", "48", date(2025, 7, 4))
        assert earlier.denominator < now.denominator

    def test_feeds_give_only_measures_that_the_catalogues_may_name(self) -> None:
        known = known_measures()
        for feed in FEEDS:
            assert {row.measure for row in feed.observations(DAY)} <= set(known)
