"""What a filing stands on, read in one statement: who files waits, and others of the unit wait behind."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from namro.dossiers.queries import today
from namro.dossiers.queries.desk import ONE_STOP, TEXT_IN_FORCE, check_text, procedure_of
from namro.dossiers.queries.prepared import one_row
from namro.ground import clock
from namro.organisation.models import Unit
from namro.organisation.terms import Refused
from namro.procedures.models import Procedure

UNIT = ("id", "code", "name")
# A dossier of the number may be there already; the id of the new one is drawn so that its event can point at it.
BASIS = f"""
SELECT known.id, nextval(pg_get_serial_sequence('dossiers_dossier', 'id')), made_up.last_day,
       rules.body ->> 'code_prefix', unit.id, unit.code, unit.name, text.*
FROM (SELECT max(last_day) AS last_day FROM dossiers_seedrun) made_up
LEFT JOIN dossiers_dossier known ON known.client_id = %(client_id)s
LEFT JOIN dossiers_deskrules rules ON rules.code = %(rules)s
LEFT JOIN organisation_unit unit ON unit.id = %(unit)s AND unit.valid_to IS NULL
LEFT JOIN LATERAL (
    {TEXT_IN_FORCE.format(day="greatest(%(day)s, made_up.last_day)")}
) text ON true
"""  # noqa: S608 - of our own words


@dataclass(frozen=True)
class Basis:
    """The dossier filed under the number before (None: none), the id and moment of a new one, the procedure with the
    id of its text in force, the unit that settles, and how codes begin."""

    known_id: int | None
    new_id: int
    at: datetime
    procedure: Procedure
    version_id: int
    unit: Unit
    prefix: str


def basis_of(procedure_code: str, unit_id: int, client_id: UUID) -> Basis:
    """Read what a filing stands on; refuses a procedure without text in force, a unit that there is not, and a place
    without rules of the desk."""
    moment = clock.now()
    asked: dict[str, Any] = {
        "client_id": client_id, "rules": ONE_STOP, "unit": unit_id, "code": procedure_code, "day": moment.date(),
    }  # fmt: skip
    known_id, new_id, last_day, prefix, *rest = one_row(BASIS, asked)
    unit, text = rest[: len(UNIT)], rest[len(UNIT) :]
    check_text(procedure_code, text)
    if unit[0] is None:
        raise Refused("Hãy chọn đơn vị giải quyết hồ sơ.", field="unit")
    if prefix is None:
        raise Refused("Chưa nạp quy định của bộ phận một cửa; hãy nạp gói địa phương.")
    return Basis(
        known_id, new_id, today.as_of(moment, last_day), procedure_of(text), text[0],
        Unit.from_db(connection.alias, UNIT, unit), prefix,
    )  # fmt: skip
