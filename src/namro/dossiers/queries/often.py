"""What a unit receives most: the procedures a clerk reaches for first."""

from datetime import timedelta

from django.db.models import Count

from namro.dossiers.models import Dossier
from namro.dossiers.queries.today import now
from namro.dossiers.terms import FILED
from namro.procedures.models import Procedure

DAYS = 30


def often_received(unit_id: int, most: int) -> list[Procedure]:
    """Return the procedures most filed with the unit in the last thirty days, the most frequent first. Two queries."""
    since = now() - timedelta(days=DAYS)
    rows = Dossier.objects.filter(unit_id=unit_id, state__in=FILED, submitted_at__gte=since)
    counted = rows.values("procedure").annotate(count=Count("pk")).order_by("-count", "procedure")
    ids = [row["procedure"] for row in counted[:most]]
    found = Procedure.objects.filter(current__isnull=False).in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]
