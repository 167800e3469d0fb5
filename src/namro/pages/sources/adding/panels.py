"""What the steps of adding a source show: how far one is, the sample, what a dry run came to."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from namro.ground.clock import VIETNAM
from namro.ground.days import format_day
from namro.ground.numbers import format_number
from namro.sources.models import SourceDraft
from namro.sources.queries.drafts import sample_of
from namro.sources.rules.drafts import done_steps, is_open
from namro.sources.terms import ContractDef
from namro.sources.terms.drafts import Step

if TYPE_CHECKING:
    import pyarrow as pa

    from namro.sources.formulas.checking import Checked

TEMPLATES = {
    Step.CONNECT: "connect", Step.SAMPLE: "sample", Step.COLUMNS: "columns",
    Step.CHECKS: "checks", Step.DUTIES: "duties", Step.LOAD: "load",
}  # fmt: skip
# Duties that stand in the contract as they are typed.
PLAIN_DUTIES = ("answers", "group", "why", "legal_basis", "freshness_hours", "mode", "min_people")
ROWS_SHOWN = 20
GOOD_SHOWN, BAD_SHOWN, CAUSES_SHOWN = 5, 20, 8
LONGEST_CELL = 60
# What a sentence quotes differs from row to row: without it, equal causes are one.
_QUOTED = re.compile(r": «.*?»|«[^«»]*» không phải|dòng \d[\d.]*|: \S+\.$")


def steps(draft: SourceDraft, now: Step) -> list[dict[str, Any]]:
    """Return the steps with how each stands; those that can be gone to have an address."""
    has_sample = sample_of(draft) is not None
    done = done_steps(draft.body, has_sample=has_sample)
    return [
        {
            "label": step.label,
            "current": step == now,
            "done": step in done,
            "url": f"/nguon/moi/{draft.pk}/{step.value}/"
            if is_open(step, draft.body, has_sample=has_sample)
            else "",
        }
        for step in Step
    ]


def table_of(rows: "pa.Table", covered: Collection[str]) -> dict[str, Any]:
    """Return the first rows of a sample as cells; those of some columns are covered."""
    first = rows.slice(0, ROWS_SHOWN)
    return {
        "headings": first.column_names,
        "rows": [
            [_cell(row[name], name in covered) for name in first.column_names] for row in first.to_pylist()
        ],
        "shown": first.num_rows,
    }


def _cell(value: str | None, is_hidden: bool) -> str:
    if is_hidden and value:
        return _("đã che")
    return (value or "")[:LONGEST_CELL]


def of_key(headings: Sequence[str], different: int, rows: int) -> str:
    """Say whether the columns of the key tell the rows of the sample apart."""
    if not headings:
        return _("Chưa chọn khóa.")
    told = {"n": format_number(different), "all": format_number(rows), "key": ", ".join(headings)}
    if different == rows:
        return _("Khóa (%(key)s) phân biệt đủ %(all)s dòng mẫu.") % told
    return (
        _("Khóa (%(key)s) chỉ phân biệt %(n)s trên %(all)s dòng mẫu; dòng trùng khóa sẽ bị giữ lại.") % told
    )


class Tried:
    """What a dry run came to, in words and rows."""

    def __init__(self, checked: "Checked", contract: ContractDef) -> None:
        self.good, self.bad = checked.good.num_rows, checked.bad.num_rows
        self.total = self.good + self.bad
        self._checked, self._contract = checked, contract

    @property
    def sentence(self) -> str:
        """How many rows would land."""
        told = {
            "n": format_number(self.good),
            "all": format_number(self.total),
            "bad": format_number(self.bad),
        }
        if not self.bad:
            return _("Cả %(all)s dòng sẽ được nhận. Chưa ghi gì.") % told
        return _("%(n)s trên %(all)s dòng sẽ được nhận, %(bad)s dòng bị giữ lại. Chưa ghi gì.") % told

    @property
    def causes(self) -> list[tuple[str, int, str]]:
        """The causes for which rows are held, most frequent first: words, rows, one example."""
        counts: Counter[str] = Counter()
        examples: dict[str, str] = {}
        for reason, rows in self._reasons():
            cause = _QUOTED.sub("", reason).strip(" .:")
            counts[cause] += rows
            examples.setdefault(cause, reason)
        return [(cause, n, examples[cause]) for cause, n in counts.most_common(CAUSES_SHOWN)]

    def _reasons(self) -> Iterator[tuple[str, int]]:
        """Yield each different sentence with how many rows it stands at, counted in columns."""
        import pyarrow.compute as pc  # noqa: PLC0415 - loads with the first dry run

        told = pc.value_counts(pc.list_flatten(self._checked.bad["_reasons"]))
        yield from ((each["values"], each["counts"]) for each in told.to_pylist())

    @property
    def held(self) -> list[dict[str, Any]]:
        """The first rows that would be held, with their reasons."""
        bad = self._checked.bad.slice(0, BAD_SHOWN).select(["_row", "_reasons"]).to_pylist()
        return [{"row": each["_row"], "reasons": each["_reasons"]} for each in bad]

    @property
    def landing(self) -> dict[str, Any]:
        """The first rows as they would lie in the lake, and the unit each is counted to."""
        columns = [column for column in self._contract.kept if not column.personal]
        first = self._checked.good.slice(0, GOOD_SHOWN).to_pylist()
        cells = [[*(_said(row[column.name]) for column in columns), row["_unit"]] for row in first]
        return {"headings": [*(column.label for column in columns), _("Tính cho đơn vị")], "rows": cells}


def _said(value: Any) -> str:
    """Return a typed value as people read it."""
    match value:
        case None:
            return "—"
        case bool():
            return _("có") if value else _("không")
        case datetime():
            return f"{value.astimezone(VIETNAM):%H:%M} {format_day(value.astimezone(VIETNAM))}"
        case date():
            return format_day(value)
        case Decimal():
            return format_number(value.normalize(), max(0, -int(value.normalize().as_tuple().exponent)))
        case int():
            return format_number(value)
    return str(value)[:LONGEST_CELL]
