"""Who may do what: the one table from roles to capabilities."""

from namro.organisation.terms import Capability as C
from namro.organisation.terms import Refused, Role, Viewer

CAPABILITIES: dict[Role, frozenset[C]] = {
    Role.STEERING: frozenset(
        {C.READ_ALL, C.READ_MARKED, C.ASSIGN_TASKS, C.JUDGE_RESULTS, C.GRANT_EXTENSIONS, C.EXPORT}
    ),
    Role.SECRETARIAT: frozenset(
        {C.READ_ALL, C.READ_MARKED, C.ASSIGN_TASKS, C.JUDGE_RESULTS, C.FILL_FORMS, C.EXPORT}
    ),
    Role.AGENCY_LEAD: frozenset({C.READ_MARKED, C.LEAD_UNIT, C.WORK_TASKS, C.FILL_FORMS, C.EXPORT}),
    Role.OFFICER: frozenset({C.WORK_TASKS, C.FILL_FORMS, C.EXPORT}),
    Role.COMMUNE_OFFICER: frozenset({C.WORK_TASKS, C.FILL_FORMS, C.EXPORT}),
    Role.IOC_OPERATOR: frozenset({C.READ_ALL, C.EXPORT}),
    Role.CLERK: frozenset(),
    Role.INSPECTOR: frozenset({C.READ_ALL, C.READ_MARKED, C.READ_AUDIT, C.EXPORT}),
    Role.ADMINISTRATOR: frozenset({C.ADMINISTER, C.READ_AUDIT}),
}

REFUSALS: dict[C, str] = {
    C.ASSIGN_TASKS: "Chỉ Ban Chỉ đạo và Tổ thư ký được giao nhiệm vụ; hãy gửi đề nghị tới Tổ thư ký.",
    C.JUDGE_RESULTS: "Chỉ Ban Chỉ đạo và Tổ thư ký được công nhận kết quả; đơn vị chủ trì chỉ nộp kết quả.",
    C.GRANT_EXTENSIONS: "Chỉ Ban Chỉ đạo được quyết định gia hạn; Tổ thư ký trình ý kiến.",
    C.LEAD_UNIT: "Chỉ lãnh đạo đơn vị chủ trì được làm việc này.",
    C.WORK_TASKS: "Vai trò của bạn chỉ được xem, không được cập nhật nhiệm vụ.",
    C.FILL_FORMS: "Vai trò của bạn chỉ được xem, không được gửi biểu báo cáo.",
    C.EXPORT: "Vai trò của bạn không được xuất dữ liệu; hãy đề nghị quản trị hệ thống.",
    C.READ_AUDIT: "Chỉ bộ phận kiểm tra và quản trị được xem nhật ký.",
    C.ADMINISTER: "Chỉ quản trị hệ thống được làm việc này.",
    C.READ_ALL: "Bạn chỉ được xem dữ liệu của đơn vị mình.",
    C.READ_MARKED: "Bạn không thuộc diện được xem nhiệm vụ có độ mật.",
}


def capabilities_of(roles: frozenset[Role]) -> frozenset[C]:
    """All that the posts of a person give together."""
    return frozenset().union(*(CAPABILITIES[role] for role in roles)) if roles else frozenset()


def check_capability(viewer: Viewer, capability: C) -> None:
    """Refuse in a sentence when no post of the viewer gives the capability."""
    if not viewer.can(capability):
        raise Refused(REFUSALS[capability])


def check_inside(viewer: Viewer, unit_id: int) -> None:
    """Refuse when the unit is none of those where the viewer's own posts stand or below them."""
    if viewer.unit_ids is not None and unit_id not in viewer.unit_ids:
        raise Refused("Việc này thuộc đơn vị khác; hãy nhờ đơn vị chủ trì hoặc Tổ thư ký.")
