"""Sentences as offices write them, vague and clear, and a good draft in which they are checked."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from namro.tasks.clarity import Draft, Finding, check_clarity, load_clears, load_words

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
