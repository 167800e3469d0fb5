"""Who may send a form for a unit."""

from namro.organisation.rules import check_capability
from namro.organisation.terms import Capability, Refused, Viewer
from namro.sources.terms import FormDef


def check_can_submit(form: FormDef, viewer: Viewer, *, unit_id: int, unit_name: str, is_asked: bool) -> None:
    """Refuse unless the form is asked of the unit and the viewer, with leave to fill forms, stands at or above it."""
    if not is_asked:
        raise Refused(f"Biểu «{form.title}» không giao cho {unit_name}; hãy chọn đúng biểu của đơn vị.")
    check_capability(viewer, Capability.FILL_FORMS)
    if not viewer.sees_unit(unit_id):
        raise Refused(f"Bạn không thuộc {unit_name} hay cấp trên của đơn vị này nên không gửi thay được.")


def can_submit(form: FormDef, viewer: Viewer, *, unit_id: int, is_asked: bool) -> bool:
    """Whether check_can_submit would let the viewer pass."""
    try:
        check_can_submit(form, viewer, unit_id=unit_id, unit_name="", is_asked=is_asked)
    except Refused:
        return False
    return True
