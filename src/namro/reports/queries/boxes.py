"""Numbers as a unit stated them in the boxes of a form, with the doubt that checks cast on them."""

from django.db.models import Q

from namro.ground.period import Period
from namro.reports.catalog.figures import FigureDef
from namro.reports.catalog.templates import TemplateDef
from namro.reports.queries.figures import definition_door, unknown, written
from namro.reports.terms import Door, FigureRef, Subject
from namro.sources.models import Submission
from namro.sources.queries import as_known_on, findings_on, forms
from namro.sources.rules.reading import numbers
from namro.sources.terms import FieldType, FormDef, SourceState


def box_figures(template: TemplateDef, subject: Subject) -> dict[str, FigureRef]:
    """Return the figures that stand in a box of a form sent by the unit, or by another about it; three queries."""
    asked = [figure for figure in template.figures.values() if figure.origin == "form"]
    declared = {form.code: form for form in forms()}
    sent = _last_sent(subject, [declared[figure.code] for figure in asked if figure.code in declared])
    doubts = _doubts(subject, sent)
    found = {}
    for figure in asked:
        form, row = declared.get(figure.code), sent.get(figure.code)
        if form is None or row is None:
            label = form.by_code[figure.box].label if form and figure.box in form.by_code else figure.key
            found[figure.key] = unknown(figure, subject, label)
        else:
            found[figure.key] = _of_box(figure, form, row, doubts.get(row.pk, set()), subject)
    return found


def _last_sent(subject: Subject, declared: list[FormDef]) -> dict[str, Submission]:
    """Return the return of each form by the unit itself, or about it: that of the reported period, where the form
    is asked for such periods, else the last one. What was sent for an earlier period does not stand in for a later."""
    about = {form.code for form in declared if form.about == subject.unit}
    own = {form.code for form in declared}
    kind = Period.parse(subject.period).kind
    same = {form.code for form in declared if form.period == kind}
    rows = as_known_on(subject.as_of).filter(Q(form__in=own, unit__code=subject.unit) | Q(form__in=about))
    timely = rows.filter(~Q(form__in=same) | Q(period=subject.period))
    return {row.form: row for row in sorted(timely, key=lambda row: row.period_start)}


def _doubts(subject: Subject, sent: dict[str, Submission]) -> dict[int, set[str]]:
    """Return the boxes in doubt of each return by its id."""
    found: dict[int, set[str]] = {}
    for finding in findings_on(subject.as_of, forms=sent):
        found.setdefault(finding.submission_id, set()).update(finding.fields)
    return found


def _of_box(
    figure: FigureDef, form: FormDef, row: Submission, doubted: set[str], subject: Subject
) -> FigureRef:
    box, value = form.by_code[figure.box], numbers(form, row.values).get(figure.box)
    measure = "yes_no" if box.type is FieldType.BOOL else box.unit_of_measure
    late = row.version == 1 and row.submitted_day > row.due_day
    state = SourceState.BREACHED if figure.box in doubted else SourceState.LATE if late else SourceState.FRESH
    door = Door("form", (form.code, row.period, row.unit.code))
    return FigureRef(
        key=figure.key,
        label=figure.label or box.label,
        unit=form.about or row.unit.code,
        unit_name=row.unit.name,
        period=row.period,
        value=value,
        text=written(value, measure),
        as_of=row.as_of,
        source=f"{form.title} – {row.unit.name}" + (" (số liệu mẫu)" if row.synthetic else ""),
        source_state=state,
        unit_of_measure=measure,
        how=f"Ô «{box.label}» của biểu «{form.title}», như đơn vị nêu",
        rows=door,
        definition=definition_door(figure.definition, subject.unit, subject.as_of)
        if figure.definition
        else door,
    )
