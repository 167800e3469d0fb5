"""The ledger of the assistant, summed: how many, how, how fast, at what cost, and what people thought."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.db.models import Count, Q

from namro.assistant.models import Opinion, Turn


@dataclass(frozen=True)
class Ledger:
    """Turns since a moment; milliseconds are of the search and of the whole, cost in đồng.

    Of those for which a model could have spoken: `modelled` were its words, `fallbacks` it was heard in vain, `unheard`
    it was not asked (busy, or resting after faults), and `left` nobody waited for. `estimated` is the
    part of the cost that was reckoned by letters.
    """

    turns: int
    by_kind: dict[str, int]
    modelled: int
    fallbacks: int
    unheard: int
    left: int
    cut: int
    found_ms: tuple[int, int]
    total_ms: tuple[int, int]
    cost: Decimal
    estimated: Decimal
    useful: int
    opinions: int


_SUMS = """
SELECT count(*), count(*) FILTER (WHERE voice = 'model'),
       count(*) FILTER (WHERE fallback NOT IN ('', 'busy', 'resting', 'left')),
       count(*) FILTER (WHERE fallback IN ('busy', 'resting')), count(*) FILTER (WHERE fallback = 'left'),
       coalesce(sum(cut), 0), coalesce(sum(cost), 0), coalesce(sum(cost) FILTER (WHERE is_estimate), 0),
       coalesce(percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY found_ms), ARRAY[0, 0]),
       coalesce(percentile_disc(ARRAY[0.5, 0.95]) WITHIN GROUP (ORDER BY total_ms), ARRAY[0, 0])
FROM assistant_turn WHERE at >= %s
"""


def ledger_since(moment: datetime) -> Ledger:
    """Return the sums of the ledger since a moment; three queries."""
    with connection.cursor() as cursor:
        cursor.execute(_SUMS, [moment])
        turns, modelled, fallbacks, unheard, left, cut, cost, estimated, found, total = cursor.fetchone()
    kinds = Turn.objects.filter(at__gte=moment).order_by().values_list("kind").annotate(n=Count("pk"))
    useful = Count("pk", filter=Q(is_useful=True))
    said = Opinion.objects.filter(at__gte=moment).aggregate(all=Count("pk"), useful=useful)
    return Ledger(
        turns,
        dict(kinds),
        modelled,
        fallbacks,
        unheard,
        left,
        cut,
        tuple(found),
        tuple(total),
        cost,
        estimated,
        said["useful"],
        said["all"],
    )
