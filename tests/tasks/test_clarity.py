"""The clarity check finds what is vague where it stands, and leaves what is clear alone."""

import pytest
from tests.tasks.sentences import CLEAR_RESULTS, CLEAR_WORKS, VAGUE_RESULTS, VAGUE_WORKS, check, codes

from namro.tasks.clarity import Severity


@pytest.mark.parametrize("work", CLEAR_WORKS)
def test_clear_work_is_left_alone(work: str) -> None:
    assert codes(work=work) == []


@pytest.mark.parametrize(("work", "code", "said"), VAGUE_WORKS)
def test_vague_work_is_found_where_it_stands(work: str, code: str, said: str) -> None:
    (finding,) = check(work=work)
    assert finding.code == code
    assert finding.severity is Severity.VAGUE
    assert work[slice(*finding.span)] == said
    assert f"“{said}”" in finding.message
    assert finding.suggestion.strip()


@pytest.mark.parametrize("result", VAGUE_RESULTS)
def test_a_result_that_nobody_could_measure_is_found(result: str) -> None:
    (finding,) = check(result=f" {result} ")
    assert (finding.code, finding.clear, finding.field) == ("unmeasured_result", "result", "result")
    assert f" {result} "[slice(*finding.span)] == result


@pytest.mark.parametrize("result", CLEAR_RESULTS)
def test_a_measurable_result_is_left_alone(result: str) -> None:
    assert codes(result=result) == []


def test_weak_verbs_are_found_once_and_only_without_a_measurable_result() -> None:
    work = "Tăng cường phối hợp chặt chẽ, đẩy mạnh tuyên truyền"
    weak, unmeasured = check(work=work, result="Nhận thức chuyển biến tích cực")
    assert (weak.code, unmeasured.code) == ("weak_verb", "unmeasured_result")
    assert "“Tăng cường”, “phối hợp chặt chẽ”, “đẩy mạnh”" in weak.message
    assert (
        codes(work=work, result="Nhận thức tốt", proof_kind="indicator", has_indicator=True, has_target=True)
        == []
    )


def test_several_works_in_one_are_to_be_parted() -> None:
    work = "Xây dựng kế hoạch số hóa; tổ chức 02 lớp tập huấn;\n- báo cáo kết quả"
    (finding,) = check(work=work)
    assert finding.code == "several_works"
    assert "3 việc" in finding.message
    assert "“Xây dựng kế hoạch số hóa”; “tổ chức 02 lớp tập huấn”; “báo cáo kết quả”" in finding.suggestion
    assert work[finding.span[0] :].startswith("tổ chức")
    assert codes(work="1) Rà soát hồ sơ\n2) Và cập nhật dữ liệu") == ["several_works"]


@pytest.mark.parametrize(
    ("authority", "expected"),
    [
        ("Theo thẩm quyền", ["vague_authority"]),
        ("Theo quy định của pháp luật", ["vague_authority"]),
        ("Giám đốc Sở Nội vụ quyết định theo thẩm quyền", []),
        ("Chủ tịch UBND thành phố", []),
        ("Cấp trên quyết định", ["vague_higher_authority"]),
    ],
)
def test_authority_names_who_decides(authority: str, expected: list[str]) -> None:
    assert codes(authority=authority) == expected
