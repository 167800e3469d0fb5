"""What must be mended in the catalogue: how many procedures in force bear each doubt."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Func

from namro.procedures.models import Procedure
from namro.procedures.terms import TOLD, Flag


@dataclass(frozen=True)
class Doubt:
    """A kind of doubt, the sentence that tells it, and how many procedures bear it."""

    flag: Flag
    sentence: Any
    count: int


def doubts() -> list[Doubt]:
    """Every kind of doubt with its count, the commonest first; one query."""
    each = Procedure.objects.filter(current__isnull=False).annotate(flag=Func("flags", function="unnest"))
    held = dict(each.order_by().values_list("flag").annotate(n=Count("pk")))
    found = [Doubt(flag, TOLD[flag][1], held.get(flag.value, 0)) for flag in Flag]
    return sorted(found, key=lambda doubt: -doubt.count)
