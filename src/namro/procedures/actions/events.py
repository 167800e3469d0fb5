"""Life events: kept as the package declares them, and put to the procedures that belong to them."""

from collections.abc import Callable, Iterable
from dataclasses import asdict

from namro.procedures.catalog.events import Events, LifeEventDef, Rule
from namro.procedures.models import LifeEvent, Procedure, Saying

BATCH = 500


def put_events(said: Events) -> None:
    """Store the life events and sayings of a package, no others; procedures follow where they changed."""
    before = _stored()
    for order, event in enumerate(said.events):
        LifeEvent.objects.update_or_create(
            code=event.code,
            defaults={"name": event.name, "name_en": event.name_en, "order": order, "body": _body(event)},
        )
    LifeEvent.objects.exclude(code__in=[event.code for event in said.events]).delete()
    Saying.objects.exclude(says__in=[saying.says for saying in said.sayings]).delete()
    Saying.objects.bulk_create(
        [Saying(says=saying.says, means=saying.means) for saying in said.sayings],
        update_conflicts=True, unique_fields=["says"], update_fields=["means"],
    )  # fmt: skip
    if _stored() != before:
        _put_to_procedures()


def belonging() -> Callable[[str, str, str], list[str]]:
    """Return what tells the events of a procedure by its code, folded name and field; one query."""
    events = [_read(row) for row in LifeEvent.objects.all()]
    return lambda code, name, field: [event.code for event in events if event.holds(code, name, field)]


def _stored() -> list[tuple[str, object]]:
    return list(LifeEvent.objects.values_list("code", "body"))


def _body(event: LifeEventDef) -> dict[str, object]:
    return {"about": event.about, "about_en": event.about_en, "codes": list(event.codes),
            "rules": [{name: list(value) for name, value in asdict(rule).items()} for rule in event.rules]}  # fmt: skip


def _read(row: LifeEvent) -> LifeEventDef:
    rules = tuple(Rule(tuple(each["words"]), tuple(each["fields"])) for each in row.body["rules"])
    said = row.body
    return LifeEventDef(
        row.code, row.name, row.name_en, said["about"], said["about_en"], tuple(said["codes"]), rules
    )


def _put_to_procedures() -> None:
    holds = belonging()
    rows: Iterable[Procedure] = Procedure.objects.only("code", "folded_name", "field", "events")
    changed = []
    for row in rows:
        events = holds(row.code, row.folded_name, row.field)
        if events != row.events:
            row.events = events
            changed.append(row)
    Procedure.objects.bulk_update(changed, ["events"], batch_size=BATCH)
