"""Launching a run that somebody has seen: an offer to each person it reaches, all or none; and stopping it."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from namro.audit.actions import once, record, take_turn
from namro.dossiers.queries import today
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.offers.actions.simulating import check_may_run, digest_of, judged
from namro.offers.models import Consent, Offer, OfferRun, RegisterEntry
from namro.offers.queries import text_of
from namro.offers.queries.own import agreed_of
from namro.offers.rules import check_can_launch, holds
from namro.offers.terms import OfferRuleDef, OfferState, Outcome, RunState, Verdict, Window
from namro.organisation.models import Person
from namro.organisation.queries import current_by_code
from namro.organisation.terms import Refused, Viewer
from namro.procedures.models import Procedure

BATCH = 1000


@once
def launch(run_id: int, *, client_id: UUID, by: Person, viewer: Viewer) -> OfferRun:
    """Make the offers of a run, each to be read from its own day on; launched twice is as once. Refused when who would
    be reached is no longer what was simulated. OfferRun.DoesNotExist for an unknown run."""
    take_turn("offers")  # of two runs of a rule the second sees what the first offered
    run = _locked(run_id, viewer)
    if run.state == RunState.LAUNCHED:
        return run
    definition = run.rule.definition
    check_can_launch(run.state, run.first, today.today(), definition.bases, text_of(definition.procedure))
    if not run.rule.is_live or run.rule.version != run.version:
        raise Refused("Quy tắc đã đổi từ khi mô phỏng; hãy mô phỏng lại rồi mở.")
    found = judged(run.rule, run.unit, Window(run.first, run.last))
    reached = [each for each in found if each.outcome == Outcome.REACHED]
    _check_as_seen(run, reached)
    run.state, run.launched_at, run.launched_by = RunState.LAUNCHED, today.now(), by
    run.save(update_fields=["state", "launched_at", "launched_by"])
    Offer.objects.bulk_create(_offers(run, reached), batch_size=BATCH)
    after = {"rule": run.rule.code, "offers": len(reached), "client_id": str(client_id)}
    record(by=by, verb="launch_offers", obj=run, after=after, unit=run.unit.code)
    return run


@once
def stop(run_id: int, *, reason: str, client_id: UUID, by: Person, viewer: Viewer) -> OfferRun:
    """Take back all offers of a run that nobody has answered, for a reason that stands in the log; twice is as once."""
    run = _locked(run_id, viewer)
    if run.state == RunState.STOPPED:
        return run
    if run.state != RunState.LAUNCHED:
        raise Refused("Đợt này chưa mở nên không có gì để dừng.")
    if not reason.strip():
        raise Refused("Hãy ghi vì sao dừng đợt này.", field="reason")
    run.state, run.stopped_at = RunState.STOPPED, today.now()
    run.save(update_fields=["state", "stopped_at"])
    taken_back = run.offers.filter(state=OfferState.OPEN).update(
        state=OfferState.TAKEN_BACK, answered_at=run.stopped_at, answer_id=client_id
    )
    after = {"taken_back": taken_back}
    record(by=by, verb="stop_offers", obj=run, after=after, unit=run.unit.code, ground=reason.strip())
    return run


def _locked(run_id: int, viewer: Viewer) -> OfferRun:
    related = OfferRun.objects.select_related("rule__register", "unit")
    run = related.select_for_update(of=("self",)).get(pk=run_id)
    check_may_run(viewer, run.unit)
    return run


def _check_as_seen(run: OfferRun, reached: list[Verdict]) -> None:
    if digest_of(reached) != run.digest:
        then = format_number(run.outcomes.get(Outcome.REACHED, 0))
        raise Refused(
            f"Dữ liệu đã đổi từ khi mô phỏng: khi đó mời {then} lượt, nay {format_number(len(reached))} lượt hoặc là "
            "những người khác. Hãy mô phỏng lại, xem rồi mở."
        )
    if not reached:
        raise Refused("Đợt này không mời được ai nên không có gì để mở.")


def _offers(run: OfferRun, reached: list[Verdict]) -> Iterable[Offer]:
    """Build the offers of a run: reason and first entries of the dossier from what the register says."""
    definition = run.rule.definition
    procedure = Procedure.objects.get(code=definition.procedure)
    settles = current_by_code().get(definition.settled_by) if definition.settled_by else None
    entries = RegisterEntry.objects.select_related("unit").in_bulk([each.facts.key for each in reached])
    consents = _consents(run, {each.facts.person for each in reached})
    for each in reached:
        filled, reasons = filled_of(definition, each), reasons_of(definition, each)
        yield Offer(
            run=run, rule=run.rule, entry=entries[each.facts.key], applicant_id=each.facts.person,
            consent=_standing(consents[each.facts.person], each.occasion.reach_on), procedure=procedure,
            unit=settles or entries[each.facts.key].unit, occasion=each.occasion.on, filled=filled,
            reach_on=each.occasion.reach_on, closes_on=each.occasion.closes_on, reason=reasons[0], reason_en=reasons[1],
        )  # fmt: skip


def _consents(run: OfferRun, people: set[int]) -> Mapping[int, list[Consent]]:
    found: dict[int, list[Consent]] = {person: [] for person in people}
    for consent in Consent.objects.filter(register=run.rule.register, applicant_id__in=people).order_by(
        "-last"
    ):
        found[consent.applicant_id].append(consent)
    return found


def _standing(consents: list[Consent], day: date) -> Consent:
    """The consent that an offer rests on: of those that stand on the day the one that ends last."""
    return next(consent for consent in consents if holds(agreed_of(consent), day))


def filled_of(rule: OfferRuleDef, verdict: Verdict) -> dict[str, str]:
    """What the dossier begins with, days as people write them."""
    said = _said(verdict)
    return {place: said[name] for place, name in rule.prefill.items()}


def reasons_of(rule: OfferRuleDef, verdict: Verdict) -> tuple[str, str]:
    """Why the person is offered this, in Vietnamese and English."""
    said = _said(verdict) | {"on": format_day(verdict.occasion.on)}
    return rule.reason.format(**said), rule.reason_en.format(**said)


def _said(verdict: Verdict) -> dict[str, str]:
    days = {name: format_day(day) for name, day in verdict.facts.days.items()}
    return {**verdict.facts.words, **days}
