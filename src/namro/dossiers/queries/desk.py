"""The rules of the desk, the route of a procedure, and what holds for a procedure now."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

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
PROCEDURE = ("id", "code", "name", "field", "levels", "is_online")
# The text of a procedure (%(code)s) that holds on a day: its id, whether it is the procedure's end, the procedure.
TEXT_IN_FORCE = f"""
SELECT version.id, version.is_end, {", ".join(f"procedure.{name}" for name in PROCEDURE)}
FROM procedures_procedureversion version JOIN procedures_procedure procedure ON procedure.id = version.procedure_id
WHERE procedure.code = %(code)s AND version.valid_from <= {{day}} ORDER BY version.number DESC LIMIT 1
"""  # noqa: S608 - of our own words


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
    with connection.cursor() as cursor:
        cursor.execute(TEXT_IN_FORCE.format(day="%(day)s"), {"code": code, "day": day})
        found = cursor.fetchone()
    check_text(code, found)
    return procedure_of(found), found[0]


def check_text(code: str, found: Sequence[Any] | None) -> None:
    """Refuse a procedure that has no text in force (a row of TEXT_IN_FORCE, or none)."""
    if found is None or found[0] is None or found[1]:
        raise Refused(
            f"Thủ tục {code} không còn hiệu lực nên không nhận hồ sơ mới; hãy tìm thủ tục thay thế.",
            field="procedure",
        )


def procedure_of(found: Sequence[Any]) -> Procedure:
    """The procedure of a row of TEXT_IN_FORCE; what it does not hold is read when it is asked for."""
    return Procedure.from_db(connection.alias, PROCEDURE, found[2:])


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
