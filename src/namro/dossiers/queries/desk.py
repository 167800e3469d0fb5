"""The rules of the desk, the route of a procedure, and what holds for a procedure now."""

from datetime import date, datetime

from namro.dossiers.catalog import DeskRulesDef
from namro.dossiers.formulas.promising import Promise, promise
from namro.dossiers.models import DeskRules, DeskStep, Dossier, Route
from namro.organisation.queries import working_calendar
from namro.organisation.terms import Refused
from namro.procedures.catalog import from_body
from namro.procedures.models import Procedure, ProcedureVersion
from namro.procedures.terms import ProcedureDef

ONE_STOP = "mot-cua"
# What filing needs of a procedure; its words for finding it would only be carried along.
FILED_BY = [f"procedure__{name}" for name in ("code", "name", "field", "levels", "is_online")]


def desk_rules() -> DeskRulesDef:
    """The rules of the one-stop desk; one query."""
    row = DeskRules.objects.filter(code=ONE_STOP).first()
    if row is None:
        raise Refused("Chưa nạp quy định của bộ phận một cửa; hãy nạp gói địa phương.")
    return DeskRulesDef.from_body(row.body)


def record_of(version: ProcedureVersion) -> ProcedureDef:
    """The text a dossier was filed under."""
    if version.body is None:
        raise ValueError("an end has no text")
    return from_body(version.body)


def text_in_force(code: str, day: date) -> tuple[Procedure, int]:
    """The procedure of a code and the id of its text that holds on the day; refuses one that has ended, has not begun,
    or is none. One query, which leaves the text itself where it is."""
    held = ProcedureVersion.objects.filter(procedure__code=code, valid_from__lte=day).order_by("-number")
    found = held.select_related("procedure").only("is_end", *FILED_BY).first()
    if found is None or found.is_end:
        raise Refused(
            f"Thủ tục {code} không còn hiệu lực nên không nhận hồ sơ mới; hãy tìm thủ tục thay thế.",
            field="procedure",
        )
    return found.procedure, found.pk


def promise_of(version: ProcedureVersion, channel: str, received: datetime) -> Promise:
    """When a dossier received at the moment is due under the text."""
    return promise(record_of(version), channel, received, desk_rules(), working_calendar())


def route_of(procedure: Procedure) -> Route:
    """The first route that fits the procedure; the package has one that fits all. One query."""
    for route in Route.objects.filter(is_current=True):
        if (
            (not route.procedures or procedure.code in route.procedures)
            and (not route.fields or procedure.field in route.fields)
            and (not route.levels or set(route.levels) & set(procedure.levels))
        ):
            return route
    raise Refused("Chưa khai báo quy trình nội bộ nào; hãy nạp gói địa phương.")


def next_desk(dossier: Dossier) -> DeskStep | None:
    """The desk after the one where the dossier waits: the first of its route before any, None after the last."""
    if dossier.desk is None:
        return route_of(dossier.procedure).steps.filter(is_current=True).order_by("order").first()
    later = DeskStep.objects.filter(
        route_id=dossier.desk.route_id, order__gt=dossier.desk.order, is_current=True
    )
    return later.order_by("order").first()
