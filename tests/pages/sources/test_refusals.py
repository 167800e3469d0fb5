"""What is said wrongly of a source that is being added: refused in a sentence, and kept on the page."""

from typing import Any

import pytest
from tests.pages.sources.adding import COLUMNS, HEAD, ROWS, Wizard
from tests.sources.landing import csv

pytestmark = pytest.mark.usefixtures("lake", "world")
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"time": "Điểm lấy mẫu"}, "phải có kiểu Ngày"),
    ({"unit": "Số CCCD người lấy"}, "không thể là dữ liệu cá nhân"),
    ({"c1-take": ""}, "Cột đơn vị phải là một cột được lấy"),
    ({"c0-needed": ""}, "Cột ngày phải có ở mọi dòng"),
    ({"c0-key": "", "c2-key": ""}, "cùng nhau chỉ đúng một dòng"),
    ({"c5-key": "on", "c5-personal": "drop"}, "không thể là khóa"),
    ({"c3-low": "6"}, "mức thấp nhất lớn hơn"),
    ({"c3-high": "nhiều"}, "không phải là số"),
    ({"time": ""}, "Hãy điền mục này"),
]


@pytest.mark.parametrize(("said", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_a_choice_that_makes_no_contract_is_refused_and_kept(
    wizard: Wizard, said: dict[str, Any], told: str
) -> None:
    wizard.begin()
    wizard.upload(csv(*ROWS, head=HEAD))
    answer = wizard.post("cot", **{key: value for key, value in (COLUMNS | said).items() if value})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert told in page
    assert 'value="mg/l"' in page
    assert "columns" not in wizard.draft.body


CONNECTIONS: list[tuple[str, dict[str, str], str]] = [
    ("sql", {"url_env": "DATABASE_URL", "table": "a"}, "Chỉ dùng biến môi trường có tên bắt đầu bằng NGUON_"),
    ("sql", {"url_env": "NGUON_A", "table": "a; DROP TABLE b"}, "Tên bảng chỉ gồm"),
    ("rest", {"url": "ftp://a.vn/"}, "phải bắt đầu bằng https://"),
    ("rest", {"url": "https://an:matkhau@a.vn/"}, "Không ghi tài khoản, mật khẩu trong địa chỉ"),
    ("rest", {"url": "http://169.254.169.254/latest"}, "của chính hạ tầng máy chủ"),
    ("rest", {"url": "http://a.vn/x", "token_env": "NGUON_A"}, "chỉ được gửi qua https"),
    ("rest", {"url": "https://a.vn/x", "token_env": "SECRET_KEY"}, "Chỉ dùng biến môi trường"),
    ("s3", {"bucket": "Kho Của Tôi", "pattern": "*.csv"}, "Tên kho S3"),
    ("folder", {"pattern": "../*.csv"}, "không được ra ngoài thư mục"),
    ("push", {"secret_env": "SECRET_KEY"}, "Chỉ dùng biến môi trường"),
]


@pytest.mark.parametrize(("means", "said", "told"), CONNECTIONS, ids=[told for _, _, told in CONNECTIONS])
def test_a_way_in_that_is_none_or_leads_to_our_own_secrets_is_refused(
    wizard: Wizard, means: str, said: dict[str, str], told: str
) -> None:
    wizard.begin(means=means)
    answer = wizard.post("ket-noi", **said)
    assert (answer.status_code, told in answer.content.decode()) == (422, True)
    assert "connector" not in wizard.draft.body


def test_the_page_says_which_variables_are_set(wizard: Wizard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NGUON_KHO_NUOC", "postgresql://an:bi-mat@kho/nuoc")
    wizard.begin(means="sql")
    wizard.post("ket-noi", url_env="NGUON_KHO_KHAC", table="nuoc")
    page = wizard.get("ket-noi")
    assert "NGUON_KHO_NUOC" in page
    assert "chưa đặt" in page
    assert "bi-mat" not in page
    refused = wizard.post("lay-mau")
    assert refused.status_code == 422
    assert "Chưa đặt biến môi trường NGUON_KHO_KHAC" in refused.content.decode()
