"""What does not add up in what was sent: derived from it, closed by what mends it, never erased."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from namro.sources.models import Finding, Submission
from namro.sources.queries.forms import forms
from namro.sources.rules.checks import breaches
from namro.sources.rules.reading import numbers
from namro.sources.terms import Breach, FormDef

Key = tuple[str, int, date]


def derive_findings(rows: Iterable[Submission]) -> int:
    """Derive the findings of what was sent and store what changed; returns how many rows changed. Twice is as once."""
    sent = sorted(rows, key=lambda row: (row.submitted_at, row.version))
    ledger = _Ledger(sent)
    for row in sent:
        ledger.take(row)
    return ledger.save()


class _Ledger:
    """The findings of some forms and units while a batch of returns comes in, in the order in which they were sent."""

    def __init__(self, sent: list[Submission]) -> None:
        self.forms = {form.code: form for form in forms()}
        taken = {row.pk for row in sent}
        around = Submission.objects.filter(
            form__in={row.form for row in sent}, unit_id__in={row.unit_id for row in sent}
        ).order_by("version")
        self.in_force: dict[Key, Submission] = {_key(row): row for row in around if row.pk not in taken}
        self.found: dict[int, dict[str, Finding]] = {}
        for finding in Finding.objects.filter(submission__in=around):
            self.found.setdefault(finding.submission_id, {})[finding.check_code] = finding
        self.before = {
            finding.pk: _state(finding) for kept in self.found.values() for finding in kept.values()
        }

    def take(self, row: Submission) -> None:
        """Check a return, close what its earlier version left open, and check the next period's jump against it."""
        replaced = self.in_force.get(_key(row))
        if replaced and replaced.version > row.version:
            return
        if replaced and replaced.pk != row.pk:
            self._close(self.found.get(replaced.pk, {}).values(), by=row)
        self.in_force[_key(row)] = row
        self._check(row, cause=row)
        following = self.in_force.get((row.form, row.unit_id, row.when.next().start))
        if following:
            self._check(following, cause=row)

    def save(self) -> int:
        """Store the findings that are new or changed."""
        every = [finding for kept in self.found.values() for finding in kept.values()]
        new = [finding for finding in every if finding.pk is None]
        changed = [f for f in every if f.pk is not None and self.before[f.pk] != _state(f)]
        Finding.objects.bulk_create(new, batch_size=1000)
        Finding.objects.bulk_update(changed, _FIELDS, batch_size=500)
        return len(new) + len(changed)

    def _check(self, row: Submission, *, cause: Submission) -> None:
        form = self.forms.get(row.form)
        if form is None:
            return
        found = {
            breach.check: breach
            for breach in breaches(form, numbers(form, row.values), self._last(form, row))
        }
        kept = self.found.setdefault(row.pk, {})
        self._close((finding for code, finding in kept.items() if code not in found), by=cause)
        for code, breach in found.items():
            finding = kept.setdefault(code, _finding(row, breach, cause.submitted_day))
            finding.text, finding.fields = breach.text, list(breach.fields)
            finding.stated, finding.expected, finding.difference = (
                breach.stated,
                breach.expected,
                breach.difference,
            )
            finding.closed_day = finding.closed_by = None

    def _last(self, form: FormDef, row: Submission) -> dict[str, Decimal]:
        before = self.in_force.get((row.form, row.unit_id, row.when.previous().start))
        return numbers(form, before.values) if before else {}

    @staticmethod
    def _close(findings: Iterable[Finding], *, by: Submission) -> None:
        for finding in findings:
            if finding.closed_day is None:
                finding.closed_day, finding.closed_by = by.submitted_day, by


_FIELDS = ["text", "fields", "stated", "expected", "difference", "closed_day", "closed_by"]


def _state(finding: Finding) -> tuple[object, ...]:
    """Return what may change in a finding, to see whether it did."""
    values = (finding.stated, finding.expected, finding.difference)
    return (finding.text, tuple(finding.fields), *values, finding.closed_day, finding.closed_by_id)


def _finding(row: Submission, breach: Breach, day: date) -> Finding:
    return Finding(
        form=row.form,
        unit_id=row.unit_id,
        period_kind=row.period_kind,
        period_start=row.period_start,
        period=row.period,
        check_code=breach.check,
        kind=breach.kind,
        submission=row,
        opened_day=day,
    )


def _key(row: Submission) -> Key:
    return (row.form, row.unit_id, row.period_start)
