"""The clarity check on sentences as offices write them, vague and clear."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from namro.ground.reviewed import FileRefused, read_reviewed, storable
from namro.tasks.clarity import (
    FIVE_CLEARS,
    Draft,
    Finding,
    Severity,
    check_clarity,
    clears_of,
    load_clears,
    load_words,
    words_of,
)

DANANG = Path(__file__).parents[2] / "packages" / "danang"
WORDS = load_words(DANANG / "clarity.yaml")
CLEARS = load_clears(DANANG / "clears.yaml")

GOOD = Draft(
    work="Số hóa tài liệu lưu trữ lịch sử của Sở Nội vụ",
    result="100 % trang tài liệu được số hóa, có 01 biên bản nghiệm thu",
    proof_kind="product",
    lead_unit="Sở Nội vụ",
    lead_kind="department",
    has_lead_person=True,
    supervisor="Văn phòng Thành ủy",
    cooperating=("Sở Khoa học và Công nghệ", "Sở Tài chính"),
    start=date(2025, 7, 9),
    due=date(2025, 9, 30),
    authority="Giám đốc Sở Nội vụ quyết định",
    escalate_to="Ủy ban nhân dân thành phố",
    lead_covers=True,
)


def check(**changes: object) -> list[Finding]:
    """Return the findings on the good draft with some fields changed."""
    return check_clarity(replace(GOOD, **changes), WORDS)


def codes(**changes: object) -> list[str]:
    """Return the codes of the findings, in order."""
    return [finding.code for finding in check(**changes)]


CLEAR_WORKS = [
    "Xây dựng hệ thống cảnh báo sớm sạt lở đất tại 12 xã miền núi",
    "Xay dung he thong canh bao som sat lo dat tai 12 xa mien nui",
    "Ban hành Quy chế vận hành Trung tâm Giám sát, điều hành thông minh",
    "Tổ chức 03 lớp tập huấn kỹ năng số cho cán bộ 94 xã, phường, đặc khu",
    "Hoàn thành kết nối 30 nguồn dữ liệu vào kho dữ liệu dùng chung trước ngày 30/9/2025",
    "Hoàn thành trong quý III/2025 việc lắp đặt trạm phát sóng tại 5 thôn chưa có sóng",
    "Ban hành kế hoạch trước ngày 15/8/2025 và hoàn thành số hóa trước ngày 30/9/2025",
    "Thẩm định dự toán chi thường xuyên năm 2026 cho chuyển đổi số",
    "Lập danh sách học viên Trung tâm Giáo dục thường xuyên học lớp kỹ năng số",
    "Khẩn trương chỉnh lý 66 mét giá tài liệu, xong trước ngày 30/9/2025",
    "Kiểm tra định kỳ hằng tháng đường truyền của 94 điểm cầu",
    "Phản hồi kiến nghị của xã, phường kịp thời, trong 05 ngày làm việc",
    "Phối hợp với các đơn vị liên quan (Sở Tài chính, Công an thành phố) cấp mã định danh",
    "Phối hợp với các cơ quan liên quan gồm Sở Tài chính và Công an thành phố rà soát dữ liệu dân cư",
    "Ký quy chế chia sẻ dữ liệu giữa các sở, ngành",
    "Số hóa hồ sơ hộ tịch lập trước ngày 01/7/2025 của các quận, huyện cũ",
    "Tăng cường 20 cán bộ công nghệ thông tin về xã theo Kế hoạch số 57-KH/TU ngày 12/3/2025",
    "Đẩy mạnh cấp tài khoản định danh điện tử mức 2 cho người dân phường Hòa Khánh",
    "Xây dựng kho dữ liệu tập trung của thành phố; lưu tại Trung tâm dữ liệu",
    "Triển khai Nghị quyết số 57-NQ/TW tại Sở Nội vụ",
    "Công bố dữ liệu mở về giá đất theo thời gian thực, cập nhật liên tục mỗi ngày",
    "Vận hành trợ lý ảo trên Cổng dịch vụ công, hoạt động liên tục 24/7",
]


@pytest.mark.parametrize("work", CLEAR_WORKS)
def test_clear_work_is_left_alone(work: str) -> None:
    assert codes(work=work) == []


VAGUE_WORKS = [
    ("Sớm hoàn thành việc chỉnh lý tài liệu", "vague_time", "Sớm"),
    ("Som hoan thanh viec chinh ly tai lieu", "vague_time", "Som"),
    ("SỚM HOÀN THÀNH VIỆC CHỈNH LÝ", "vague_time", "SỚM"),
    ("Khẩn trương rà soát cơ sở dữ liệu đất đai", "vague_time", "Khẩn trương"),
    ("Tháo gỡ kịp thời vướng mắc của xã, phường", "vague_time", "kịp thời"),
    ("Rà soát thủ tục hành chính trong thời gian tới", "vague_time", "trong thời gian tới"),
    ("Giải ngân vốn đầu tư công theo tiến độ", "vague_time", "theo tiến độ"),
    ("Hoàn thành hồ sơ trong thời gian sớm nhất", "vague_time", "trong thời gian sớm nhất"),
    ("Từng bước thay thế máy chủ cũ", "vague_time", "Từng bước"),
    ("Sớm ban hành quy chế. Báo cáo trước ngày 30/9/2025", "vague_time", "Sớm"),
    ("Lắp máy phát điện; khẩn trương bàn giao", "vague_time", "khẩn trương"),
    ("Kiểm tra thường xuyên các điểm cầu", "vague_frequency", "thường xuyên"),
    ("Kiểm tra định kỳ máy chủ", "vague_frequency", "định kỳ"),
    ("Phối hợp với các đơn vị liên quan cấp mã định danh", "vague_who", "các đơn vị liên quan"),
    ("Phoi hop voi cac don vi lien quan cap ma dinh danh", "vague_who", "cac don vi lien quan"),
    ("Đề nghị các cơ quan chức năng vào cuộc", "vague_who", "các cơ quan chức năng"),
    ("Đôn đốc các sở, ban, ngành nộp báo cáo", "vague_who", "các sở, ban, ngành"),
    ("Hướng dẫn các địa phương cài đặt phần mềm", "vague_who", "các địa phương"),
    ("Trình cấp có thẩm quyền phê duyệt đề án", "vague_higher_authority", "cấp có thẩm quyền"),
]


@pytest.mark.parametrize(("work", "code", "said"), VAGUE_WORKS)
def test_vague_work_is_found_where_it_stands(work: str, code: str, said: str) -> None:
    (finding,) = check(work=work)
    assert finding.code == code
    assert finding.severity is Severity.VAGUE
    assert work[slice(*finding.span)] == said
    assert f"“{said}”" in finding.message
    assert finding.suggestion.strip()


VAGUE_RESULTS = [
    "Nhận thức của cán bộ, công chức được nâng cao",
    "Chuyển biến rõ rệt về kỷ luật, kỷ cương",
    "Thực hiện tốt kế hoạch đề ra",
    "Đạt kế hoạch",
    "Hoàn thành theo Nghị quyết số 57-NQ/TW ngày 22/12/2024",
    "Hệ thống chính trị vận hành thông suốt",
    "Ứng dụng công nghệ thông tin rộng rãi",
    "Người dân hài lòng",
    "Thực hiện đúng Quyết định 766/QĐ-TTg năm 2022",
    "Đáp ứng yêu cầu giai đoạn 2025",
    "x",
]


@pytest.mark.parametrize("result", VAGUE_RESULTS)
def test_a_result_that_nobody_could_measure_is_found(result: str) -> None:
    (finding,) = check(result=f" {result} ")
    assert (finding.code, finding.clear, finding.field) == ("unmeasured_result", "result", "result")
    assert f" {result} "[slice(*finding.span)] == result


CLEAR_RESULTS = [
    "01 báo cáo",
    "Báo cáo kết quả rà soát",
    "Bao cao ket qua ra soat",
    "Tỷ lệ hồ sơ đúng hạn đạt 95 %",
    "94/94 xã, phường, đặc khu có đường truyền dự phòng",
    "Quyết định ban hành bộ chỉ số của thành phố",
    "Phần mềm theo dõi nhiệm vụ được bàn giao",
    "Toàn bộ hồ sơ hộ tịch được làm sạch",
    "Không còn thôn nào chưa có sóng",
    "Danh sách đầu mối có số điện thoại",
    "Thỏa thuận đã ký",
    "Đường, điện và cáp quang của phân khu được nghiệm thu đưa vào dùng",
    "Mỗi bài toán có dữ liệu đầu vào và mức kinh phí",
    "Trung tâm dữ liệu đạt mức 3 theo tiêu chuẩn quốc gia",
]


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
    ("work", "said"),
    [
        ("Bàn giao phần mềm trước ngày 31/12/2025", "trước ngày 31/12/2025"),
        ("Bàn giao phần mềm trước 31/12", "trước 31/12"),
        ("Bàn giao phần mềm trong quý IV/2025", "trong quý IV/2025"),
        ("Bàn giao phần mềm trong quý 4 năm 2025", "trong quý 4 năm 2025"),
        ("Bàn giao phần mềm trong tháng 8", "trong tháng 8"),
        ("Bàn giao phần mềm hết năm 2026", "hết năm 2026"),
        ("Bàn giao phần mềm chậm nhất là ngày 15 tháng 8 năm 2025", "chậm nhất là ngày 15 tháng 8 năm 2025"),
        ("Ban giao phan mem truoc ngay 31/12/2025", "truoc ngay 31/12/2025"),
    ],
)
def test_a_text_that_says_another_time_than_the_due_date(work: str, said: str) -> None:
    (finding,) = check(work=work)
    assert (finding.code, finding.clear) == ("contradicts_due", "time")
    assert work[slice(*finding.span)] == said
    assert "30/09/2025" in finding.message


@pytest.mark.parametrize(
    "work",
    [
        "Bàn giao phần mềm trước ngày 01/10/2025",
        "Bàn giao phần mềm trong tháng 9/2025",
        "Bàn giao phần mềm trong 6 tháng cuối năm 2025",
        "Bàn giao phần mềm trước tháng 10 năm 2025",
        "Bàn giao phần mềm hết năm 2025",
        "Bàn giao phần mềm trước tháng 13",
        "Xây dựng đề án chuyển đổi số đến năm 2030",
    ],
)
def test_a_text_that_agrees_with_the_due_date(work: str) -> None:
    assert codes(work=work) == []


def test_a_day_that_does_not_exist() -> None:
    (finding,) = check(authority="Giám đốc Sở quyết định theo ủy quyền ngày 31/02/2025")
    assert finding.code == "no_such_day"
    assert finding.message == "Ngày 31/02/2025 không có trong lịch: tháng 2 năm 2025 có 28 ngày."


def test_a_due_date_before_the_start_keeps_from_issuing() -> None:
    (finding,) = check(due=date(2025, 7, 8))
    assert (finding.code, finding.severity) == ("due_before_start", Severity.MISSING)


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


def test_a_lead_whose_authority_does_not_cover_the_work() -> None:
    (warned,) = check(lead_covers=False)
    assert (warned.code, warned.clear, warned.severity) == ("beyond_lead", "authority", Severity.VAGUE)
    (stopped,) = check(lead_covers=False, escalate_to="")
    assert (stopped.code, stopped.severity) == ("missing_coverage", Severity.MISSING)


def test_work_beyond_a_commune_needs_somebody_to_climb_to() -> None:
    commune = {"lead_kind": "ward", "work": "Lắp đặt camera trên địa bàn toàn thành phố"}
    assert codes(**commune, escalate_to="") == ["beyond_commune"]
    assert codes(**commune) == []
    assert codes(work=commune["work"], escalate_to="") == []


MISSING = [
    ({"lead_unit": " "}, "person", "lead_unit"),
    ({"has_lead_person": False}, "person", "lead_person"),
    ({"work": "…"}, "work", "work"),
    ({"start": None}, "time", "start"),
    ({"due": None}, "time", "due"),
    ({"authority": ""}, "authority", "authority"),
    ({"result": "-"}, "result", "result"),
    ({"proof_kind": None}, "result", "proof_kind"),
    ({"proof_kind": "indicator", "has_indicator": True}, "result", "proof_kind"),
]


@pytest.mark.parametrize(("changes", "clear", "field"), MISSING)
def test_a_missing_clear_keeps_from_issuing(changes: dict[str, object], clear: str, field: str) -> None:
    missing = [each for each in check(**changes) if each.severity is Severity.MISSING]
    assert [(each.clear, each.field) for each in missing] == [(clear, field)]


def test_an_empty_draft_lacks_every_clear_in_order() -> None:
    findings = check_clarity(Draft(), WORDS)
    assert list(dict.fromkeys(each.clear for each in findings)) == [
        clear.code for clear in FIVE_CLEARS.clears
    ]
    assert all(each.severity is Severity.MISSING for each in findings)


def test_the_sets_of_clears_are_configuration() -> None:
    five, six_products, six_inspection = CLEARS
    assert five == FIVE_CLEARS
    assert [len(each.clears) for each in CLEARS] == [5, 6, 6]
    draft = replace(GOOD, supervisor="", authority="", has_lead_person=False)
    found = {each.code: [finding.clear for finding in check_clarity(draft, WORDS, each)] for each in CLEARS}
    assert found[five.code] == ["person", "authority"]
    assert found[six_products.code] == ["responsibility", "authority"]
    assert found[six_inspection.code] == ["responsibility", "inspection"]


def test_lists_kept_as_json_read_the_same() -> None:
    def kept(name: str) -> dict[str, object]:
        return json.loads(json.dumps(storable(read_reviewed(DANANG / name))))

    stored = words_of(kept("clarity.yaml"))
    for work, *_ in VAGUE_WORKS:
        draft = replace(GOOD, work=work)
        assert check_clarity(draft, stored) == check_clarity(draft, WORDS)
    assert clears_of(kept("clears.yaml")) == CLEARS
    assert check_clarity(GOOD, words_of({})) == []


phrases = st.sampled_from(
    [phrase for entry in read_reviewed(DANANG / "clarity.yaml")["lists"] for phrase in entry["words"]]
)
fillers = st.sampled_from(
    ["rà soát dữ liệu", "trước ngày 31/12/2025", "của xã", ";", ".", "2025", "tại phường", "(", ""]
)
sentences = st.lists(phrases | fillers, max_size=8).map(" ".join)
texts = st.text() | sentences
drafts = st.builds(
    Draft,
    work=texts,
    result=texts,
    proof_kind=st.sampled_from(["product", "indicator", None]),
    has_indicator=st.booleans(),
    has_target=st.booleans(),
    lead_unit=st.text(max_size=5),
    lead_kind=st.sampled_from(["ward", "department", ""]),
    cooperating=st.lists(st.sampled_from(GOOD.cooperating), max_size=2).map(tuple),
    start=st.none() | st.dates(),
    due=st.none() | st.dates(),
    authority=texts,
    escalate_to=st.sampled_from(["", "Ủy ban nhân dân thành phố"]),
    lead_covers=st.none() | st.booleans(),
)


@given(drafts)
def test_no_text_breaks_the_check_and_spans_lie_inside_the_text(draft: Draft) -> None:
    for finding in check_clarity(draft, WORDS):
        start, end = finding.span
        text = getattr(draft, finding.field, "")
        assert 0 <= start <= end <= (len(text) if isinstance(text, str) else 0)
        assert finding.message.endswith(".")
        assert finding.suggestion


@settings(max_examples=200)
@given(sentences, st.sampled_from(["work", "result"]))
def test_doing_what_the_suggestion_says_removes_the_finding(text: str, field: str) -> None:
    draft = replace(GOOD, **{field: text})
    before = [each for each in check_clarity(draft, WORDS) if each.field == field and each.replacement]
    for finding in before:
        start, end = finding.span
        mended = replace(draft, **{field: text[:start] + finding.replacement + text[end:]})
        after = [
            each.code for each in check_clarity(mended, WORDS) if each.field == field and each.replacement
        ]
        assert after.count(finding.code) < [each.code for each in before].count(finding.code)


@given(st.integers(0, 400), st.sampled_from(["trước ngày {}", "chậm nhất là {}", "hết ngày {}"]))
def test_every_day_out_of_the_leeway_contradicts(days: int, form: str) -> None:
    written = GOOD.start + timedelta(days=days)
    found = "contradicts_due" in codes(work=f"Bàn giao phần mềm {form.format(f'{written:%d/%m/%Y}')}")
    agrees = timedelta(0) <= written - GOOD.due <= timedelta(days=3)
    assert found is not (agrees or days == 0)


@pytest.mark.parametrize(
    ("was", "becomes", "message"),
    [
        ("owner: TU.VP", "", "thiếu “owner”"),
        ("topic: due", "topic: weather", "“topic” không nhận “weather”"),
        ("cleared_by: names", "cleared_by: luck", "“cleared_by” không nhận “luck”"),
        ("{units}", "{who}", "không nhận “who”"),
        ("- kịp thời", "- no", "không phải là chữ"),
        ("products:", "product:", "thiếu “products”"),
    ],
)
def test_wrong_lists_are_refused_with_file_and_line(
    tmp_path: Path, was: str, becomes: str, message: str
) -> None:
    text = (DANANG / "clarity.yaml").read_text(encoding="utf-8")
    path = tmp_path / "clarity.yaml"
    path.write_text(text.replace(was, becomes), encoding="utf-8")
    with pytest.raises(FileRefused, match=rf"clarity\.yaml, dòng \d+: .*{message}"):
        load_words(path)
