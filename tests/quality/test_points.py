"""The index to two decimals, by cases that were computed by hand; what does not apply; what raises the total."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.ground.reviewed import FileRefused
from namro.quality.catalog import read_scheme
from namro.quality.formulas import (
    best_actions,
    gain,
    needed,
    points,
    scored,
    settlement_liked,
    synchronised_base,
)
from namro.quality.rules import readings_of
from namro.quality.terms import READINGS, Count, Level, ReadingRefused

FILE = Path(__file__).parents[2] / "packages/danang/quality/index766.yaml"
SCHEME = read_scheme(FILE)

# A ward's month: numerator and denominator of each part, and the points computed by hand.
WARD = {
    "cong_bo_dung_han": (47, 50, "5.64"),  # 47 ÷ 50 × 6
    "cong_khai_dung_han": (50, 50, None),  # not computed below the city
    "cong_khai_du_noi_dung": (199, 203, "1.96"),  # 0,980295 × 2 = 1,96059
    "dong_bo_ho_so": (2_488, 2_531, "5.90"),  # 0,983011 × 6 = 5,89806
    "giai_quyet_dung_han": (2_404, 2_531, "19.00"),  # 0,949822 × 20 = 18,99644
    "nop_truc_tuyen": (611, 1_300, "11.28"),  # 47 % of 50 %: 0,94 × 12
    "thu_tuc_thanh_toan": (31, 40, "1.94"),  # 77,5 % of 80 %: 0,96875 × 2 = 1,9375
    "thu_tuc_co_giao_dich": (25, 31, "2.00"),  # 80,65 %, beyond the threshold
    "ho_so_thanh_toan": (333, 1_000, "2.00"),  # 0,333 × 6 = 1,998
    "ket_qua_dien_tu": (1_001, 1_500, "4.00"),  # 0,667333 × 6 = 4,004
    "so_hoa_ho_so": (400, 1_000, "2.00"),  # 40 % of 80 %
    "ban_sao_dien_tu": (1, 8, "0.25"),
    "dung_lai_du_lieu": (799, 1_000, "2.00"),  # 79,9 % of 80 %: 1,9975
    "ket_noi_chia_se": (2, 3, "2.67"),
    "thu_tuc_dan_cu": (1, 3, "0.67"),
    "ho_so_dan_cu": (0, 9, "0.00"),
    "phan_anh_dung_han": (0, 0, None),  # nobody wrote
    "hai_long_phan_anh": (0, 0, None),
    "hai_long_giai_quyet": (2_022, 2_400, "5.62"),  # 84,25 % of 90 %: 0,936111 × 6 = 5,61667
}
COUNTS = {code: Count.of(top, bottom) for code, (top, bottom, _) in WARD.items()}
GIVEN = Decimal("66.93")  # the sum of the points above
APPLICABLE = Decimal(84)  # 100 − 4 (1.2) − 6 (5.2) − 6 (5.3)


@pytest.mark.parametrize("code", list(WARD))
def test_a_part_gives_the_points_computed_by_hand(code: str) -> None:
    found = scored(SCHEME, COUNTS, Level.COMMUNE, SCHEME.chosen).part(code).points
    by_hand = WARD[code][2]
    assert found == (None if by_hand is None else Decimal(by_hand))


@pytest.mark.parametrize(
    ("treatment", "total"), [("chia_lai", "79.68"), ("khong_diem", "66.93"), ("tron_diem", "82.93")]
)
def test_the_total_says_what_it_does_with_what_does_not_apply(treatment: str, total: str) -> None:
    readings = readings_of(SCHEME, {"khong_ap_dung": treatment})
    score = scored(SCHEME, COUNTS, Level.COMMUNE, readings)
    assert (score.points, score.applicable, score.total) == (GIVEN, APPLICABLE, Decimal(total))
    assert score.part("phan_anh_dung_han").why_not
    assert score.part("cong_khai_dung_han").why_not == "Không tính ở cấp này"


def test_a_month_in_which_nothing_happened_has_no_total() -> None:
    score = scored(SCHEME, {}, Level.COMMUNE, SCHEME.chosen)
    assert score.total is None
    assert score.applicable == 0


@pytest.mark.parametrize(
    ("reading", "choice", "part", "by_hand"),
    [
        ("tien_do_quy_doi", "nguong_chung", "giai_quyet_dung_han", "20.00"),  # 94,98 % ≥ 80 %
        ("nguong_khong_ghi", "nguong_chung", "ket_qua_dien_tu", "5.01"),  # 66,7333 % of 80 %: 5,005
        ("nguong_khong_ghi", "nguong_chung", "ho_so_thanh_toan", "2.00"),  # stated linear: unmoved
        ("nguong_khong_ghi", "nguong_chung", "giai_quyet_dung_han", "19.00"),  # has a reading of its own
        ("cong_khai_cap_xa", "khong_ap_dung", "cong_bo_dung_han", None),
    ],
)
def test_another_reading_gives_other_points(
    reading: str, choice: str, part: str, by_hand: str | None
) -> None:
    readings = readings_of(SCHEME, {reading: choice})
    found = scored(SCHEME, COUNTS, Level.COMMUNE, readings).part(part)
    assert found.points == (None if by_hand is None else Decimal(by_hand))


def test_the_city_is_measured_where_a_ward_is_not() -> None:
    score = scored(SCHEME, COUNTS, Level.CITY, SCHEME.chosen)
    assert score.part("cong_khai_dung_han").points == 4
    assert score.applicable == 88


@pytest.mark.parametrize(
    ("reported", "portal", "months", "greater", "base"),
    [
        (2_600, 2_531, 1, True, Fraction(2_600)),
        (2_600, 2_531, 1, False, Fraction(2_531)),
        (0, 0, 1, True, Fraction(30_001, 12)),  # last year's total ÷ 12
        (0, 0, 3, True, Fraction(30_001, 4)),
    ],
)
def test_what_synchronised_dossiers_are_divided_by(
    reported: int, portal: int, months: int, greater: bool, base: Fraction
) -> None:
    found = synchronised_base(
        reported=reported, portal=portal, last_year=30_001, months=months, takes_greater=greater
    )
    assert found == base


def test_late_and_disliked_are_taken_off_twice_or_once() -> None:
    told = {"settled": 200, "late": 12, "unhappy": 10, "both": 4}
    assert settlement_liked(**told, adds_rates=True) == Count.of(178, 200)
    assert settlement_liked(**told, adds_rates=False) == Count.of(182, 200)
    assert settlement_liked(settled=2, late=2, unhappy=2, both=2, adds_rates=True) == Count.of(0, 2)


def test_what_raises_the_total_most_comes_first() -> None:
    readings = readings_of(SCHEME, {"khong_ap_dung": "khong_diem"})
    score = scored(SCHEME, COUNTS, Level.COMMUNE, readings)
    actions = best_actions(SCHEME, score, {"so_hoa_ho_so": 600, "ho_so_thanh_toan": 100, "ho_so_dan_cu": 0})
    assert [(each.part.code, each.count, each.gain) for each in actions] == [
        ("so_hoa_ho_so", 400, Decimal("2.00")),  # from 400 to 800 of 1.000: no more is needed
        ("ho_so_thanh_toan", 100, Decimal("0.60")),  # 433 of 1.000: 2,598 → 2,60
    ]
    assert needed(score.part("thu_tuc_co_giao_dich")) == 0


def test_a_gain_counts_what_a_shared_weight_makes_of_it() -> None:
    score = scored(SCHEME, COUNTS, Level.COMMUNE, SCHEME.chosen)
    # 66,93 + 2 = 68,93 of 84: 82,06 − 79,68.
    assert gain(SCHEME, score, score.part("so_hoa_ho_so"), 400) == Decimal("2.38")


@given(st.integers(0, 500), st.integers(1, 500), st.sampled_from([Decimal(50), Decimal(80), Decimal(100)]))
def test_points_stay_within_their_bounds_and_rise_with_the_numerator(
    numerator: int, denominator: int, threshold: Decimal
) -> None:
    here = points(Decimal(6), threshold, Count.of(numerator, denominator))
    more = points(Decimal(6), threshold, Count.of(numerator + 1, denominator))
    assert 0 <= here <= more <= 6
    assert (here == 6) or numerator * 100 < denominator * threshold


def test_an_unknown_reading_or_choice_is_refused_in_a_sentence() -> None:
    with pytest.raises(ReadingRefused, match="Không có cách hiểu «la»"):
        readings_of(SCHEME, {"la": "x"})
    with pytest.raises(ReadingRefused, match="không có lựa chọn «x»"):
        readings_of(SCHEME, {"khong_ap_dung": "x"})


def test_the_file_declares_every_reading_of_the_program() -> None:
    assert set(SCHEME.chosen) == set(READINGS)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("{code: cong_khai, name: \"Công khai, minh bạch\", name_en: Publicity, max: 18}",
         "{code: cong_khai, name: \"Công khai, minh bạch\", name_en: Publicity, max: 17}", "các phần cộng 18"),
        ("chosen: chia_lai", "chosen: chia_doi", "không có lựa chọn ấy"),
        ("measure: in_time", "measure: on_time", "không đọc được"),
        ("full_at: 50", "full_at: 500", "phần trăm"),
        ("readings: [phi_mau_so]", "readings: [phi]", "không có cách hiểu «phi»"),
        ("- code: phi_mau_so\n", "- code: phi\n", "thiếu hoặc không biết đến"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_named_with_its_line(tmp_path: Path, old: str, new: str, fault: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    bad = tmp_path / "index766.yaml"
    bad.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused, match=rf"index766.yaml, dòng \d+: .*{fault}"):
        read_scheme(bad)
