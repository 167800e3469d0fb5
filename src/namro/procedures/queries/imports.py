"""Imports as the people who publish them see them."""

from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from namro.procedures.models import Procedure, ProcedureChange, ProcedureImport


def imports() -> QuerySet[ProcedureImport]:
    """All imports, the latest first."""
    return ProcedureImport.objects.select_related("received_by", "published_by").order_by(
        "-received_at", "-pk"
    )


def changes_of(batch: ProcedureImport, kind: str = "") -> QuerySet[ProcedureChange]:
    """What an import would do, by code; `base` comes along for the comparison."""
    rows = batch.changes.select_related("base").order_by("code")
    return rows.filter(kind=kind) if kind else rows


def stale_changes(batch: ProcedureImport) -> QuerySet[ProcedureChange]:
    """Changes whose procedure has got another version since the import was received."""
    current = Procedure.objects.filter(code=OuterRef("code")).values("current")[:1]
    rows = batch.changes.annotate(now=Subquery(current))
    return rows.exclude(Q(now=F("base")) | Q(now__isnull=True, base__isnull=True)).order_by("code")
