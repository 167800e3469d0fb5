"""What is known of each entry of a register when a rule is tried: read once, person by person put together."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from namro.dossiers.models import Dossier
from namro.dossiers.terms import State
from namro.ground.clock import VIETNAM
from namro.offers.models import Consent, Offer, OfferRule, RegisterEntry
from namro.offers.terms import Agreed, Facts, FieldKind, OfferState

GONE = (State.DRAFT, State.REFUSED, State.WITHDRAWN)


def facts_of(rule: OfferRule, unit_ids: Collection[int]) -> Iterator[Facts]:
    """Yield what is known of each entry of the rule's register in the units; five queries."""
    days = {field.code for field in rule.register.definition.fields if field.kind == FieldKind.DAY}
    agreed, offered, filed = _agreed(rule), _offered(rule), _filed(rule)
    silent = set(Offer.objects.filter(rule=rule, never_again=True).values_list("applicant_id", flat=True))
    entries = RegisterEntry.objects.filter(register=rule.register, unit_id__in=unit_ids).order_by("pk")
    columns = entries.values_list("pk", "applicant_id", "unit_id", "values")
    for key, person, unit, values in columns.iterator(chunk_size=2000):
        yield Facts(
            key, person, unit, _days(values, days), _words(values, days), tuple(agreed.get(person, ())),
            person in silent, frozenset(offered.get(key, ())), tuple(filed.get(person, ())),
        )  # fmt: skip


def _days(values: dict[str, Any], days: set[str]) -> dict[str, date]:
    return {name: date.fromisoformat(value) for name, value in values.items() if name in days and value}


def _words(values: dict[str, Any], days: set[str]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if name not in days}


def _agreed(rule: OfferRule) -> dict[int, list[Agreed]]:
    found: dict[int, list[Agreed]] = defaultdict(list)
    rows = Consent.objects.filter(register=rule.register).order_by("first", "pk")
    for person, first, last, withdrawn in rows.values_list("applicant_id", "first", "last", "withdrawn_at"):
        found[person].append(Agreed(first, last, withdrawn and withdrawn.astimezone(VIETNAM).date()))
    return found


def _offered(rule: OfferRule) -> dict[int, list[date]]:
    """The occasions of which people were told; what was taken back may be offered again."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = Offer.objects.filter(rule=rule).exclude(state=OfferState.TAKEN_BACK)
    for key, occasion in rows.values_list("entry_id", "occasion"):
        found[key].append(occasion)
    return found


def _filed(rule: OfferRule) -> dict[int, list[date]]:
    """The days on which people filed a dossier of the rule's procedure that was not refused or withdrawn."""
    found: dict[int, list[date]] = defaultdict(list)
    rows = Dossier.objects.filter(procedure__code=rule.procedure_code, applicant__isnull=False).exclude(
        state__in=GONE
    )
    for person, moment in rows.values_list("applicant_id", "submitted_at"):
        if person and moment:
            found[person].append(moment.astimezone(VIETNAM).date())
    return found
