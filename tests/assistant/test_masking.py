"""Personal data does not leave the machine, and what is no personal data stays as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from namro.assistant.rules.masking import PLACES, mask, without_places


@pytest.mark.parametrize(
    ("text", "kind", "gone"),
    [
        ("cccd của tôi là 048099001234 làm lại sao", "identity", "048099001234"),
        ("CCCD 048 099 001 234", "identity", "001 234"),
        ("số 048.099.001.234 bị sai", "identity", "048.099"),
        ("gọi em 0905 123 456 nhé", "phone", "0905 123 456"),
        ("sđt +84905123456", "phone", "905123456"),
        ("chứng minh 201234567 cũ", "number", "201234567"),
        ("chứng minh 201 234 567 cũ", "number", "234 567"),
        ("mã số thuế 4001234567", "number", "4001234567"),
        ("gửi về an.nguyen+1@example.com.vn", "email", "example.com"),
        ("hộ chiếu C1234567 hết hạn", "passport", "C1234567"),
        ("xe 43A-123.45 sang tên", "plate", "43A-123.45"),
        ("stk 0071000123456 Vietcombank", "account", "0071000123456"),
        ("tôi sinh ngày 12/03/1990 thì sao", "birthday", "12/03/1990"),
        ("mật khẩu VNeID là abc123 đó", "secret", "abc123"),
        ("mã OTP: 482913", "secret", "482913"),
        ("số nhà 12/4 Lê Lợi", "address", "12/4"),
        ("tôi tên Nguyễn Văn An muốn khai sinh", "name", "Văn An"),
        ("ông Trần Bá có nợ thuế không", "name", "Trần Bá"),
        ("hồ sơ của Lê Thị Hồng Nhung đâu", "name", "Hồng Nhung"),
        ("hồ sơ của Hồ Thị Bích đâu", "name", "Thị Bích"),
        ("của Vương Thị Lụa", "name", "Lụa"),
        ("Đinh Văn Sáu nộp hộ được không", "name", "Văn Sáu"),
        ("Trương Mỹ Lan Anh hỏi", "name", "Lan Anh"),
        ("NGUYỄN VĂN AN xin trích lục", "name", "VĂN AN"),
        ("tôi tên TRẦN THỊ BÌNH", "name", "THỊ BÌNH"),
        ("tôi là Alăng Bhuốch muốn khai sinh", "name", "Bhuốch"),
        ("vợ tôi là Zơrâm Thị Nhớ", "name", "Nhớ"),
        ("gọi,0905123456", "phone", "0905123456"),
        ("sđt.0905123456 nhé", "phone", "0905123456"),
        ("An,048099001234", "identity", "048099001234"),
        ("35,0905123456", "number", "0905123456"),
        ("048099 - 001234", "identity", "001234"),
        ("0905 - 123 - 456", "phone", "123 - 456"),
        ("(0236) 3822115", "phone", "3822115"),
        ("thẻ 9704 3668 1234 5678 bị khóa", "account", "3668"),
        ("tk 1903 6582 9210 15", "account", "6582"),
        ("ho chieu c1234567", "passport", "c1234567"),
        ("xe 43a-123.45", "plate", "43a-123.45"),
        ("toi ten la Nguyen Van An muon khai sinh", "name", "Van An"),
        ("toi ten la nguyen van an muon khai sinh", "name", "van an"),
        ("chồng tôi tên là nguyễn văn nam mất cccd", "name", "văn nam"),
        ("Ho so cua Le Van Binh dau", "name", "Van Binh"),
        ("ong Tran Ba No nop thue", "name", "Tran Ba"),
        ("Pham Thi Hoa hoi ve khai sinh", "name", "Thi Hoa"),
        ("TRAN THI BINH xin trich luc", "name", "THI BINH"),
        ("nhà tôi ở 12 Nguyễn Lương Bằng", "address", "Nguyễn Lương Bằng"),
    ],
)
def test_personal_data_is_hidden(text: str, kind: str, gone: str) -> None:
    masked = mask(text)
    assert gone not in masked.text
    assert masked.hidden[kind] == 1


@pytest.mark.parametrize(
    "text",
    [
        "thủ tục 1.004194 cần gì",
        "1.004194.000.00.00.H17 là gì",
        "Điều 31 Luật 68/2020/QH14 nói gì",
        "Nghị định 118/2025/NĐ-CP ngày 09/6/2025",
        "vay 1.500.000.000 đồng",
        "nộp 100000000 đồng thì sao",
        "lệ phí 50.000 đồng, 5 ngày làm việc",
        "phường Hòa Khánh, đặc khu Hoàng Sa, thành phố Hồ Chí Minh",
        "làm căn cước cho con 14 tuổi ở đâu",
        "quên mật khẩu VNeID thì làm sao",
        "Cán bộ gọi điện xin mã OTP thì có đọc không?",
        "ông bà nội xin trích lục khai sinh cho cháu",
        "từ năm 2024 đến 2025",
        "bộ phận một cửa ở 12 Nguyễn Lương Bằng",
        "đường Đinh Tiên Hoàng thuộc phường nào",
        "chuyển hộ khẩu của Hà Nội về thành phố Hồ Chí Minh",
        "XIN CẤP PHIẾU LÝ LỊCH TƯ PHÁP Ở ĐẶC KHU HOÀNG SA",
        "cán bộ của La Dêê",
        "từ 2020 2021 2022 đến nay",
        "Dang Ky Tam Tru o thanh pho Ho Chi Minh",
        "le phi cua Ho So la bao nhieu",
        "con ten la gi cung duoc",
        "duong Nguyen Thi Minh Khai thuoc phuong nao",
        "XIN CAP LAI GIAY KHAI SINH",
        "vay 1 500 000 000 dong",
    ],
)
def test_what_is_no_personal_data_stays(text: str) -> None:
    assert mask(text).text == text


@given(st.text(max_size=200))
def test_hiding_twice_is_hiding_once(text: str) -> None:
    once = mask(text).text
    assert mask(once).text == once


@given(
    st.text(alphabet="abc đường,.;:()/-", max_size=30),
    st.from_regex(r"0\d{11}", fullmatch=True),
    st.text(alphabet="abc đường,.;:()/-", max_size=30),
)
def test_no_identity_number_survives_whatever_stands_beside_it(before: str, number: str, behind: str) -> None:
    assert not re.search(r"\d{9}", mask(f"{before}{number}{behind}").text)


def test_what_stands_for_the_hidden_is_left_out_of_what_is_sought() -> None:
    typed = "Mất cccd 048099001234, tôi tên Nguyễn Văn An, xe 43A-123.45 thì làm lại sao"
    assert without_places(mask(typed).text) == "Mất cccd , tôi tên , xe thì làm lại sao"
    assert "[số định danh]" in PLACES
