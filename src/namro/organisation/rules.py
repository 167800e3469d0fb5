"""Who may do what: the one table from roles to capabilities; who may stand in for whom."""

from datetime import date

from namro.organisation.terms import Capability, Refused, Role, Viewer

CAPABILITIES: dict[Role, frozenset[Capability]] = {
    Role.STEERING: frozenset(
        {
            Capability.READ_ALL,
            Capability.READ_MARKED,
            Capability.ASSIGN_TASKS,
            Capability.JUDGE_RESULTS,
            Capability.GRANT_EXTENSIONS,
            Capability.HANDLE_ALERTS,
            Capability.EXPORT,
        }
    ),
    Role.SECRETARIAT: frozenset(
        {
            Capability.READ_ALL,
            Capability.READ_MARKED,
            Capability.ASSIGN_TASKS,
            Capability.JUDGE_RESULTS,
            Capability.FILL_FORMS,
            Capability.HANDLE_ALERTS,
            Capability.PUBLISH_PROCEDURES,
            Capability.EXPORT,
        }
    ),
    Role.AGENCY_LEAD: frozenset(
        {
            Capability.READ_MARKED,
            Capability.LEAD_UNIT,
            Capability.WORK_TASKS,
            Capability.FILL_FORMS,
            Capability.HANDLE_ALERTS,
            Capability.SETTLE_DOSSIERS,
            Capability.DECIDE_DOSSIERS,
            Capability.RUN_DESK,
            Capability.EXPORT,
        }
    ),
    Role.OFFICER: frozenset(
        {
            Capability.WORK_TASKS,
            Capability.FILL_FORMS,
            Capability.HANDLE_ALERTS,
            Capability.SETTLE_DOSSIERS,
            Capability.EXPORT,
        }
    ),
    # A commune has no lead of its own among the roles: its officer settles, decides and runs the desk.
    Role.COMMUNE_OFFICER: frozenset(
        {
            Capability.WORK_TASKS,
            Capability.FILL_FORMS,
            Capability.HANDLE_ALERTS,
            Capability.SETTLE_DOSSIERS,
            Capability.DECIDE_DOSSIERS,
            Capability.RUN_DESK,
            Capability.EXPORT,
        }
    ),
    Role.IOC_OPERATOR: frozenset(
        {Capability.READ_ALL, Capability.HANDLE_ALERTS, Capability.RUN_SOURCES, Capability.EXPORT}
    ),
    Role.CLERK: frozenset({Capability.RECEIVE_DOSSIERS}),
    Role.INSPECTOR: frozenset(
        {Capability.READ_ALL, Capability.READ_MARKED, Capability.READ_AUDIT, Capability.EXPORT}
    ),
    Role.ADMINISTRATOR: frozenset(
        {Capability.ADMINISTER, Capability.READ_AUDIT, Capability.RUN_SOURCES, Capability.PUBLISH_PROCEDURES}
    ),
}

REFUSALS: dict[Capability, str] = {
    Capability.ASSIGN_TASKS: "Chỉ Ban Chỉ đạo và Tổ thư ký được giao nhiệm vụ; hãy gửi đề nghị tới Tổ thư ký.",
    Capability.JUDGE_RESULTS: "Chỉ Ban Chỉ đạo và Tổ thư ký được công nhận kết quả; đơn vị chủ trì chỉ nộp kết quả.",
    Capability.GRANT_EXTENSIONS: "Chỉ Ban Chỉ đạo được quyết định gia hạn; Tổ thư ký trình ý kiến.",
    Capability.LEAD_UNIT: "Chỉ lãnh đạo đơn vị chủ trì được làm việc này.",
    Capability.WORK_TASKS: "Vai trò của bạn chỉ được xem, không được cập nhật nhiệm vụ.",
    Capability.FILL_FORMS: "Vai trò của bạn chỉ được xem, không được gửi biểu báo cáo.",
    Capability.HANDLE_ALERTS: "Vai trò của bạn chỉ được xem cảnh báo, không được xử lý.",
    Capability.RUN_SOURCES: "Chỉ trực trung tâm điều hành và quản trị hệ thống được khai báo nguồn và nhận số liệu.",
    Capability.PUBLISH_PROCEDURES: "Chỉ Tổ thư ký và quản trị hệ thống được nhập và công bố thủ tục hành chính.",
    Capability.RECEIVE_DOSSIERS: "Chỉ cán bộ một cửa được tiếp nhận và trả kết quả hồ sơ.",
    Capability.SETTLE_DOSSIERS: "Chỉ công chức giải quyết hồ sơ được làm việc này; cán bộ một cửa chuyển hồ sơ tới.",
    Capability.DECIDE_DOSSIERS: "Chỉ người có thẩm quyền ở đơn vị giải quyết được quyết định hồ sơ.",
    Capability.RUN_DESK: "Chỉ người phụ trách được điều hành bộ phận một cửa của đơn vị.",
    Capability.EXPORT: "Vai trò của bạn không được xuất dữ liệu; hãy đề nghị quản trị hệ thống.",
    Capability.READ_AUDIT: "Chỉ bộ phận kiểm tra và quản trị được xem nhật ký.",
    Capability.ADMINISTER: "Chỉ quản trị hệ thống được làm việc này.",
    Capability.READ_ALL: "Bạn chỉ được xem dữ liệu của đơn vị mình.",
    Capability.READ_MARKED: "Bạn không thuộc diện được xem nhiệm vụ có độ mật.",
}


def capabilities_of(roles: frozenset[Role]) -> frozenset[Capability]:
    """All that the posts of a person give together."""
    return frozenset().union(*(CAPABILITIES[role] for role in roles)) if roles else frozenset()


def check_capability(viewer: Viewer, capability: Capability) -> None:
    """Refuse in a sentence when no post of the viewer gives the capability."""
    if not viewer.can(capability):
        raise Refused(REFUSALS[capability])


def check_inside(viewer: Viewer, unit_id: int) -> None:
    """Refuse when the unit is none of those where the viewer's own posts stand or below them."""
    if viewer.unit_ids is not None and unit_id not in viewer.unit_ids:
        raise Refused("Việc này thuộc đơn vị khác; hãy nhờ đơn vị chủ trì hoặc Tổ thư ký.")


def check_deputising(*, start: date, end: date, today: date, itself: bool) -> None:
    """Refuse days that have passed or run backwards, and whoever would stand in for themselves."""
    if itself:
        raise Refused("Không tự thay chính mình; hãy chọn người khác.", field="deputy")
    if start < today:
        raise Refused("Không khai thay cho ngày đã qua; hãy chọn từ hôm nay trở đi.", field="start")
    if end <= start:
        raise Refused("Ngày kết thúc không được trước ngày bắt đầu.", field="end")
