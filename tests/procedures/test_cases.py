"""Only a heading that names some people's case lets papers be left out; what everybody brings stays."""

import pytest

from namro.procedures.formulas.cases import cases_among


@pytest.mark.parametrize(
    "heading",
    [
        "Trường hợp ủy quyền thực hiện thủ tục:",
        "b) Đối với cấp lại",
        "(1.2) Đối với công trình theo tuyến:",
        "(Truong hop khai thác được thông tin)",
    ],
)
def test_a_case_of_some_people_is_one(heading: str) -> None:
    assert cases_among(["", heading, "Lưu ý:", heading]) == [heading]


@pytest.mark.parametrize(
    "heading",
    ["Giấy tờ phải xuất trình:", "Giấy tờ phải nộp:", "Lưu ý :", "a) Thành phần hồ sơ:", "Bao gồm", ""],
)
def test_what_everybody_brings_is_none(heading: str) -> None:
    assert cases_among([heading, "Hồ sơ năng lực"]) == []
