"""A count that stops: what is beyond is said to be more, never shown as a figure."""

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number


def counted(*counts: int, most: int) -> str:
    """Return the sum of counts that were each counted no further than one beyond `most`: '12', 'hơn 1.000'."""
    whole = format_number(sum(min(count, most) for count in counts))
    return _("hơn %s") % whole if any(count > most for count in counts) else whole


def figure(count: int | None, *, most: int) -> int | None:
    """Return the count to show as a figure; None for one that was not counted to its end, or not at all."""
    return None if count is None or count > most else count
