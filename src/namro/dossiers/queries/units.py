"""The units that may be named when something is filed with them or said to them, with what suggests them."""

from django.db.models import QuerySet

from namro.dossiers.queries.today import today
from namro.organisation.models import Unit
from namro.organisation.terms import COMMUNE_KINDS, UnitKind
from namro.procedures.models import Procedure
from namro.procedures.terms import Level

AGENCIES = frozenset({UnitKind.DEPARTMENT, UnitKind.VERTICAL_AGENCY})


def units_that_settle(procedure: Procedure) -> list[Unit]:
    """The units that may be meant: communes where the procedure is theirs alone, the agencies too where it is not."""
    return list(_of_kinds(COMMUNE_KINDS if procedure.levels == [Level.COMMUNE] else COMMUNE_KINDS | AGENCIES))


def units_that_answer() -> list[Unit]:
    """The units to which one may say something about the service."""
    return list(_of_kinds(COMMUNE_KINDS | AGENCIES))


def _of_kinds(kinds: frozenset[UnitKind]) -> QuerySet[Unit]:
    return Unit.objects.valid_on(today()).filter(kind__in=kinds).only("code", "name", "folded")
