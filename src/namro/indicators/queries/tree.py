"""The tree as pairs, for the formulas."""

from namro.organisation.models import Unit


def pairs_above() -> list[tuple[str, str]]:
    """Return (unit, a unit above it) by code for every unit that has not ended; one query."""
    paths = Unit.objects.filter(valid_to__isnull=True).values_list("code", "path")
    return [(code, upper) for code, path in paths for upper in path.rstrip("/").split("/")[:-1]]
