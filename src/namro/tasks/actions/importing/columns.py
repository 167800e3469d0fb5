"""The columns of the sheet by which tasks come in and go out."""

from dataclasses import dataclass

from namro.ground.text import fold


@dataclass(frozen=True)
class Column:
    """One column: its key in the program, its heading, what to write there, a sample, and how wide it is."""

    key: str
    heading: str
    hint: str
    sample: str
    required: bool = False
    width: int = 18


COLUMNS = (
    Column("register", "Sổ theo dõi", "Mã hoặc tên sổ, chọn trong danh sách", "bcd", required=True, width=14),
    Column(
        "directive", "Số văn bản giao việc", "Văn bản đã có trong hệ thống", "01-KH/BCĐ", required=True, width=22
    ),
    Column("title", "Nhiệm vụ", "Một việc, bắt đầu bằng động từ, tối đa 500 ký tự",
           "Xây dựng cơ sở dữ liệu đất đai dùng chung của thành phố", required=True, width=60),
    Column("detail", "Nội dung chi tiết", "Không bắt buộc", "", width=40),
    Column("lead_unit", "Đơn vị chủ trì", "Tên hoặc mã; tên cũ được dẫn tới đơn vị mới",
           "Sở Nông nghiệp và Môi trường", required=True, width=34),
    Column("lead_person", "Người phụ trách", "Họ tên hoặc tên đăng nhập của người ở đơn vị chủ trì", "", width=24),
    Column("cooperating", "Đơn vị phối hợp", "Nhiều đơn vị cách nhau bằng dấu chấm phẩy",
           "Sở Khoa học và Công nghệ; Sở Xây dựng", width=40),
    Column("start_day", "Ngày bắt đầu", "ngày/tháng/năm; để trống là ngày nhập", "01/08/2025", width=14),
    Column("due_day", "Hạn hoàn thành", "ngày/tháng/năm", "30/11/2025", required=True, width=14),
    Column("authority", "Thẩm quyền quyết định", "Ai quyết định việc gì",
           "Giám đốc Sở quyết định trong dự toán đã giao", width=40),
    Column("escalate_to", "Khi vượt thẩm quyền, trình", "Tên hoặc mã cơ quan cấp trên",
           "Ủy ban nhân dân thành phố", width=30),
    Column("result", "Kết quả phải có", "Sản phẩm hoặc con số đo được",
           "01 cơ sở dữ liệu được nghiệm thu, có biên bản", width=44),
    Column("proof_kind", "Chứng minh bằng", "Sản phẩm hoặc Chỉ số; để trống là Sản phẩm", "Sản phẩm", width=16),
    Column("proof_indicator", "Mã chỉ số", "Khi chứng minh bằng chỉ số", "", width=24),
    Column("proof_target", "Mức phải đạt", "Con số, ví dụ 95 hoặc 42,7", "", width=14),
    Column("parent", "Mã nhiệm vụ cấp trên", "Không bắt buộc", "", width=20),
    Column("mark", "Độ mật", "Thường, Mật, Tối mật; để trống là Thường. Tuyệt mật không được nhập", "Thường", width=12),
)  # fmt: skip

BY_KEY = {column.key: column for column in COLUMNS}
KEY_BY_HEADING = {fold(column.heading): column.key for column in COLUMNS}
REQUIRED = tuple(column for column in COLUMNS if column.required)
SAMPLE_BEGINS = "(Dòng mẫu, hãy xóa)"
REASON_HEADING = "Lý do chưa nhận"
