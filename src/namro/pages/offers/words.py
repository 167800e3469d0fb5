"""Runs and offers in words: what a simulation came to, how sure a basis is, when people are reached."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.offers.models import Offer, OfferRun
from namro.offers.terms import Lead, LeapDay, OfferRuleDef, OfferState, Outcome, RunState, Standing
from namro.pages.naming import is_english

RUN_TONES = {RunState.SIMULATED: "wait", RunState.LAUNCHED: "ok", RunState.STOPPED: "none"}
OFFER_TONES = {
    OfferState.OPEN: "wait", OfferState.ACCEPTED: "ok", OfferState.REFUSED: "none", OfferState.TAKEN_BACK: "none",
}  # fmt: skip
STANDING_TONES = {Standing.SOURCE: "ok", Standing.PUBLIC: "ok", Standing.UNVERIFIED: "finding"}


def reached_words(run: OfferRun) -> str:
    """«Sẽ mời 12 lượt trong 40 lượt đến dịp»."""
    reached, whole = run.outcomes.get(Outcome.REACHED, 0), sum(run.outcomes.values())
    said = {"n": format_number(reached), "whole": format_number(whole)}
    if run.state == RunState.SIMULATED:
        return (
            ngettext(
                "Sẽ mời %(n)s trong %(whole)s lượt đến dịp",
                "Sẽ mời %(n)s trong %(whole)s lượt đến dịp",
                whole,
            )
            % said
        )
    return (
        ngettext(
            "Đã mời %(n)s trong %(whole)s lượt đến dịp", "Đã mời %(n)s trong %(whole)s lượt đến dịp", whole
        )
        % said
    )


def outcome_rows(run: OfferRun) -> list[dict[str, Any]]:
    """Each outcome with its count, those reached first; what did not occur is left out."""
    return [
        {"label": outcome.label, "count": run.outcomes[outcome], "reached": outcome == Outcome.REACHED}
        for outcome in Outcome
        if run.outcomes.get(outcome)
    ]


def week_rows(run: OfferRun) -> list[tuple[str, int]]:
    """How many are reached in the week of each Monday."""
    return [(format_day(date.fromisoformat(monday)), count) for monday, count in run.by_week.items()]


def basis_rows(rule: OfferRuleDef, lost: list[str]) -> list[dict[str, Any]]:
    """The bases with how sure each is, and whether its quote is gone from the procedure in force."""
    return [
        {
            "basis": basis, "tone": STANDING_TONES[basis.standing], "standing": Standing(basis.standing).label,
            "is_lost": basis.quote in lost if basis.quote else False,
        }
        for basis in rule.bases
    ]  # fmt: skip


def lead_words(lead: Lead) -> str:
    """«trước 30 ngày làm việc; nhận lời đến 60 ngày sau dịp»."""
    template = _("trước %s ngày làm việc") if lead.working else _("trước %s ngày")
    said = template % format_number(lead.days)
    if lead.open_after < 0:
        return said + _("; nhận lời chậm nhất %s ngày trước dịp") % format_number(-lead.open_after)
    return said + _("; nhận lời đến hết %s ngày sau dịp") % format_number(lead.open_after)


def leap_words(rule: OfferRuleDef) -> str:
    """How a birthday on 29 February is read; '' where the rule counts no years."""
    if not any(rule.when.years):
        return ""
    return _("Sinh ngày 29/02, năm thường tính là ngày %s") % LeapDay(rule.when.leap_day).label


def reason_of(offer: Offer) -> str:
    """Why the person is offered this, in the language of the page."""
    return offer.reason_en if is_english() and offer.reason_en else offer.reason


def standing_of(offer: Offer, day: date) -> str:
    """«Chờ trả lời, đến hết 30/09/2025»; an offer whose time has passed says so."""
    if offer.state != OfferState.OPEN:
        return str(OfferState(offer.state).label)
    if offer.reach_on > day:
        return _("Mời từ %s") % format_day(offer.reach_on)
    if offer.closes_on < day:
        return _("Hết hạn trả lời từ %s") % format_day(offer.closes_on)
    return _("Chờ trả lời, đến hết %s") % format_day(offer.closes_on)
