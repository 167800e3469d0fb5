"""The acts that stand in the log, in the words of people."""

from django.utils.translation import gettext_lazy as _

from namro.tasks.terms import VERB_LABELS

VERBS = {
    **{str(verb): label for verb, label in VERB_LABELS.items()},
    "sign_in": _("Đăng nhập"),
    "sign_out": _("Đăng xuất"),
    "export": _("Xuất dữ liệu"),
    "add_person": _("Thêm người dùng"),
    "give_post": _("Giao chức vụ"),
    "end_post": _("Thôi giữ chức vụ"),
    "set_active": _("Khóa hoặc mở tài khoản"),
    "load_units": _("Nạp đơn vị"),
    "put_directive": _("Ghi văn bản giao việc"),
    "receive_sheet": _("Gửi tệp nhập Excel"),
    "import_tasks": _("Nhập nhiệm vụ từ Excel"),
    "load_demo_tasks": _("Nạp nhiệm vụ trình diễn"),
    "declare_form": _("Khai báo biểu"),
    "declare_source": _("Khai báo nguồn số liệu"),
    "take_in": _("Nhận lô số liệu"),
    "fail_batch": _("Không nhận được lô số liệu"),
    "send_rows_again": _("Gửi lại dòng cách ly"),
    "drop_rows": _("Bỏ dòng cách ly"),
    "declare_indicator": _("Khai báo chỉ số"),
    "set_target": _("Đặt mục tiêu"),
    "declare_report": _("Khai báo mẫu báo cáo"),
    "download": _("Tải tệp"),
    "add_account": _("Thêm tài khoản dịch vụ"),
    "add_endpoint": _("Thêm nơi nhận tự động"),
    "end_endpoint": _("Thôi gửi tới nơi nhận tự động"),
    "add_factor": _("Thêm cách xác thực"),
    "remove_factor": _("Bỏ cách xác thực"),
    "clear_factors": _("Xóa mọi cách xác thực"),
    "renew_recovery_codes": _("Tạo lại mã dự phòng"),
    "use_recovery_code": _("Dùng mã dự phòng"),
    "bind_identity": _("Gắn tài khoản của thành phố"),
    "change_password": _("Đổi mật khẩu"),
    "issue_reset": _("Cấp lối đặt lại mật khẩu"),
    "end_visits": _("Kết thúc các phiên khác"),
    "make_key": _("Tạo khóa API"),
    "revoke_key": _("Thu hồi khóa API"),
    "use_key": _("Dùng khóa API"),
    "choose_channels": _("Chọn kênh nhận tin"),
    "retry_message": _("Gửi lại tin"),
    "make_calendar_link": _("Tạo lối vào lịch"),
    "revoke_calendar_link": _("Thu hồi lối vào lịch"),
    "set_email": _("Đặt thư điện tử"),
    "deputise": _("Ủy quyền"),
    "end_deputising": _("Thôi ủy quyền"),
    "hand_over": _("Bàn giao chức vụ"),
    "declare_alert_rule": _("Khai báo quy tắc cảnh báo"),
    "close_alert": _("Đóng cảnh báo"),
    "urge": _("Đôn đốc"),
    "send_report": _("Gửi báo cáo"),
    "declare_charts": _("Khai báo biểu đồ"),
    "arrange_board": _("Xếp bảng riêng"),
}
# Where one verb means another thing to another kind of row.
VERBS_OF_KIND = {("sources.submission", "submit"): _("Nộp biểu")}
# Acts by which data left the house.
TAKING = ("export", "download")
