"""Recording: one line for one act, in the act's own transaction."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models

from namro.audit.models import Entry
from namro.ground import clock


def record(
    *,
    by: Any,
    verb: str,
    obj: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    unit: str = "",
    ground: str = "",
) -> Entry:
    """Append one line; call it inside the transaction of the write it tells of. `by` None means the machine."""
    entry = line(by=by, verb=verb, obj=obj, before=before, after=after, unit=unit, ground=ground)
    entry.save(force_insert=True)
    return entry


def record_many(entries: Iterable[Entry]) -> None:
    """Append the lines of a bulk act, built by `line`, in one statement per 1,000."""
    Entry.objects.bulk_create(entries, batch_size=1000)


def line(
    *,
    by: Any,
    verb: str,
    obj: models.Model,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    unit: str = "",
    ground: str = "",
) -> Entry:
    """Build a line without storing it."""
    return Entry(
        at=clock.now(),
        day=clock.today(),
        by_id=getattr(by, "pk", None),
        by_name=str(by) if by is not None else "",
        verb=verb,
        kind=obj._meta.label_lower,
        key=str(obj.pk),
        label=str(obj)[:300],
        unit_code=unit,
        before=plain(before),
        after=plain(after),
        ground=ground,
    )


def plain(values: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Values as JSON can hold them: days in ISO form, numbers exact as text."""
    if values is None:
        return None
    return {name: _plain_value(value) for name, value in values.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain_value(item) for item in value]
    if isinstance(value, Mapping):
        return plain(value)
    return value
