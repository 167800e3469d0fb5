"""A sent return as a table to read: each box, the last period beside it, what does not add up under it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from namro.ground.clock import VIETNAM
from namro.ground.numbers import format_number, format_percent, round_half_up
from namro.indicators.queries import definitions
from namro.indicators.rules import light as light_of
from namro.indicators.terms import IndicatorDef, IndicatorKind, Light
from namro.pages.forms.one import OneReturn
from namro.pages.forms.values import changes, label, light, shown
from namro.sources.models import Finding, Submission
from namro.sources.rules.counts import counts_of
from namro.sources.rules.reading import numbers
from namro.sources.terms import CountKind, FormDef

LIGHT_TONES = {Light.GREEN: "ok", Light.AMBER: "risk", Light.RED: "over", Light.NONE: "none"}


@dataclass(frozen=True)
class Row:
    """One box as read."""

    label: str
    help: str
    value: str
    light: str
    last: str
    doubts: list[str]


def rows(one: OneReturn, sent: Submission) -> list[Row]:
    """Return the boxes of a version, in the order of the form."""
    doubts = by_field(one.findings.get(sent.pk, []))
    last = one.last.values if one.last else {}
    return [
        Row(
            label=label(field),
            help=field.help,
            value=shown(one.form, field, sent.values.get(field.code)),
            light=light(one.form, field, sent.values.get(field.code)),
            last=shown(one.form, field, last.get(field.code)) if last else "",
            doubts=doubts.get(field.code, []),
        )
        for field in one.form.fields
    ]


def by_field(found: Iterable[Finding]) -> dict[str, list[str]]:
    """Return the sentences under the box that was tested; the others in doubt are named by the sentence."""
    doubts: dict[str, list[str]] = {}
    for finding in found:
        doubts.setdefault(finding.fields[0], []).append(finding.text)
    return doubts


@dataclass(frozen=True)
class Verdict:
    """What the criteria of a return come to: how many are met, of how many, with the light of the indicator."""

    words: str
    rate: str
    light: str
    tone: str
    href_code: str


def verdict(form: FormDef, values: Mapping[str, str], declared: Iterable[IndicatorDef]) -> Verdict | None:
    """Return what the indicator with lights makes of a form's counts; None for a form without criteria."""
    made = next((each for each in declared if _judges(each, form)), None)
    if made is None:
        return None
    counts = {f"bieu.{form.code}.{code}": n for code, n in counts_of(form, numbers(form, values)).items()}
    met, answered = (counts[measure] for measure in made.measures)
    ratio = made.of_parts(met, answered)
    value = None if ratio is None else round_half_up(ratio, made.decimals)
    shade = light_of(value, made.lights, made.direction)
    return Verdict(
        words=_("%(met)s / %(all)s tiêu chí đạt")
        % {"met": format_number(met), "all": format_number(answered)},
        rate=format_percent(value, made.decimals),
        light=str(shade.label),
        tone=LIGHT_TONES[shade],
        href_code=made.code,
    )


def judging() -> list[IndicatorDef]:
    """Return the indicators that have lights; one query."""
    return [each for each in definitions() if each.lights and each.kind is IndicatorKind.RATIO]


def _judges(definition: IndicatorDef, form: FormDef) -> bool:
    """Whether an indicator with lights is the share of a form's criteria that are met."""
    counted = {f"bieu.{form.code}.{count.code}": count.kind for count in form.counts}
    kinds = [counted.get(measure) for measure in definition.measures]
    return bool(definition.lights) and kinds == [CountKind.YES, CountKind.ANSWERED]


def history(one: OneReturn) -> list[dict[str, Any]]:
    """Return the versions, newest first: when, who, what changed; each opens as it was sent."""
    found = []
    for place, sent in enumerate(one.versions):
        before = one.versions[place + 1] if place + 1 < len(one.versions) else None
        found.append(_moment(one, sent, before))
    return found


def _moment(one: OneReturn, sent: Submission, before: Submission | None) -> dict[str, Any]:
    changed = changes(one.form, before.values, sent.values) if before else []
    doubts = len(one.findings.get(sent.pk, []))
    what = _("Bản %s: đính chính") % sent.version if before else _("Bản %s: nộp lần đầu") % sent.version
    told = [*changed, _("Căn cứ: %s") % sent.source if sent.source else "", _doubt_words(doubts)]
    return {
        "at": _when(sent),
        "who": who(sent),
        "what": what,
        "href": f"{one.url}{'&' if '?' in one.url else '?'}ban={sent.version}",
        "detail": "; ".join(part for part in told if part),
        "tone": "finding" if doubts else "",
    }


def _doubt_words(doubts: int) -> str:
    return _("%s chỗ chưa khớp khi gửi") % format_number(doubts) if doubts else ""


def _when(sent: Submission) -> datetime:
    return sent.submitted_at.astimezone(VIETNAM)


def who(sent: Submission) -> str:
    """Return who sent a version: a person, a document taken in, or the demo's generator."""
    if sent.submitted_by:
        return str(sent.submitted_by)
    return _("số liệu mẫu") if sent.synthetic else _("nhập từ văn bản")
