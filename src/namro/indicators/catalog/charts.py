"""Charts: one YAML file a service group, read into ChartDef and checked with file and line."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from namro.ground.period import Kind
from namro.indicators.catalog.groups import GROUPS_FILE
from namro.indicators.terms import IndicatorDef
from namro.sources.catalog.reading import Entry, Reading

MOST_PERIODS = 120


class ChartForm(StrEnum):
    """How a chart is drawn."""

    LINE = "line"
    COLUMN = "column"
    BAR = "bar"
    HEAT = "heat"
    MAP = "map"
    GAUGE = "gauge"
    FUNNEL = "funnel"
    TABLE = "table"


class Over(StrEnum):
    """What the values of a chart lie beside each other by."""

    TIME = "time"
    UNITS = "units"
    PARTS = "parts"
    UNITS_TIME = "units_time"
    PARTS_TIME = "parts_time"
    NOW = "now"


class Level(StrEnum):
    """On whose board a chart stands."""

    CITY = "city"
    COMMUNE = "commune"
    AGENCY = "agency"


FITTING: Mapping[ChartForm, frozenset[Over]] = {
    ChartForm.LINE: frozenset({Over.TIME, Over.PARTS_TIME}),
    ChartForm.COLUMN: frozenset({Over.TIME, Over.PARTS, Over.UNITS}),
    ChartForm.BAR: frozenset({Over.UNITS, Over.PARTS, Over.NOW}),
    ChartForm.HEAT: frozenset({Over.UNITS_TIME, Over.PARTS_TIME}),
    ChartForm.MAP: frozenset({Over.UNITS}),
    ChartForm.GAUGE: frozenset({Over.NOW}),
    ChartForm.FUNNEL: frozenset({Over.NOW, Over.PARTS}),
    ChartForm.TABLE: frozenset(Over),
}
# Forms that show several indicators side by side; all others show one.
MANY = frozenset(
    {
        (ChartForm.LINE, Over.TIME),
        (ChartForm.COLUMN, Over.TIME),
        (ChartForm.BAR, Over.NOW),
        (ChartForm.FUNNEL, Over.NOW),
    }
)
TIMED = frozenset({Over.TIME, Over.UNITS_TIME, Over.PARTS_TIME})
BY_PARTS = frozenset({Over.PARTS, Over.PARTS_TIME})
BY_UNITS = frozenset({Over.UNITS, Over.UNITS_TIME})

_HEAD = ("group", "owner", "next_review", "charts")
_NEEDED = ("code", "title", "title_en", "form", "over", "indicators", "period", "levels", "why")
_ALLOWED = (*_NEEDED, "last", "breakdown", "among")


@dataclass(frozen=True)
class ChartDef:
    """Biểu đồ: which figures are shown in which form, on whose boards, and why.

    `last` counts periods back from the last one known; `among` names the tier whose units stand beside each other.
    """

    code: str
    group: str
    title: str
    title_en: str
    form: ChartForm
    over: Over
    indicators: tuple[str, ...]
    period: Kind
    levels: tuple[Level, ...]
    why: str
    owner: str
    next_review: date
    last: int = 1
    breakdown: str = ""
    among: Level = Level.COMMUNE

    @property
    def shows(self) -> Iterator[tuple[object, ...]]:
        """Yield, for each of its boards, what it shows: no two charts may yield the same."""
        part = "*" if self.over in BY_PARTS else self.breakdown
        among = self.among if self.over in BY_UNITS else ""
        for level in self.levels:
            yield (frozenset(self.indicators), part, self.over, among, self.period, level)


def read_charts(
    folder: Path, *, today: date, units: set[str], groups: set[str], indicators: Mapping[str, IndicatorDef]
) -> tuple[list[tuple[ChartDef, Entry]], Reading]:
    """Return the charts of a folder with their entries as stored, and the warnings; PackageRefused with every fault.

    A chart that shows what another one already shows is a fault, whatever the two are called.
    """
    reading, found = Reading(folder), []
    known = _Known(groups, indicators)
    for file in reading.entries():
        if not _head_holds(reading, file, today, units, groups):
            continue
        for entry in file["charts"]:
            whole = entry | {key: file[key] for key in ("group", "owner", "next_review")}
            before = reading.count
            _check(reading, whole, known)
            if reading.count == before:
                found.append((chart_of(whole), whole))
                known.take(reading, whole, found[-1][0])
    reading.check()
    return found, reading


def chart_of(entry: Entry) -> ChartDef:
    """Return the chart of a checked entry, or of the body stored from one."""
    review = entry["next_review"]
    return ChartDef(
        code=entry["code"],
        group=entry["group"],
        title=entry["title"],
        title_en=entry["title_en"],
        form=ChartForm(entry["form"]),
        over=Over(entry["over"]),
        indicators=tuple(entry["indicators"]),
        period=Kind(entry["period"]),
        levels=tuple(Level(level) for level in entry["levels"]),
        why=entry["why"],
        owner=entry["owner"],
        next_review=review if isinstance(review, date) else date.fromisoformat(review),
        last=int(entry.get("last", 1)),
        breakdown=str(entry.get("breakdown", "")),
        among=Level(entry.get("among", Level.COMMUNE)),
    )


class _Known:
    """What there is to point at, and the charts met so far: by code and by what they show."""

    def __init__(self, groups: set[str], indicators: Mapping[str, IndicatorDef]) -> None:
        self.groups, self.indicators = groups, indicators
        self.codes: set[str] = set()
        self.shown: dict[tuple[object, ...], str] = {}

    def take(self, reading: Reading, entry: Entry, chart: ChartDef) -> None:
        """Remember a chart; keep a fault where its code or what it shows is taken."""
        if chart.code in self.codes:
            reading.fault(entry, f"mã biểu đồ «{chart.code}» đã khai báo")
        self.codes.add(chart.code)
        for key in chart.shows:
            other = self.shown.setdefault(key, chart.code)
            if other != chart.code:
                reading.fault(entry, f"biểu đồ «{chart.code}» trình bày đúng điều «{other}» đã trình bày")
                return


def _head_holds(reading: Reading, file: Entry, today: date, units: set[str], groups: set[str]) -> bool:
    """Whether the head of a file can be used; what cannot is a fault."""
    reading.only(file, *_HEAD)
    if not reading.need(file, *_HEAD):
        return False
    before = reading.count
    reading.need_review(file, today)
    if file["owner"] not in units:
        reading.fault(file, f"không có đơn vị mã «{file['owner']}» để chịu trách nhiệm biểu đồ")
    if file["group"] not in groups:
        reading.fault(file, f"không có nhóm «{file['group']}» trong {GROUPS_FILE}")
    return reading.count == before


def _check(reading: Reading, entry: Entry, known: _Known) -> None:
    """Keep a fault for each key that is missing, unknown, or does not go with the others."""
    reading.only(entry, *_ALLOWED, "group", "owner", "next_review")
    if not reading.need(entry, *_NEEDED):
        return
    before = reading.count
    lists = (("levels", Level), ("indicators", None))
    for key, allowed in (("form", ChartForm), ("over", Over), ("period", Kind)):
        reading.need_one_of(entry, key, set(allowed))
    for key, kind in lists:
        if not isinstance(entry[key], list):
            reading.fault(entry, f"«{key}» phải là một danh sách, viết như [{entry[key]}]")
        elif kind is not None and set(entry[key]) - set(kind):
            reading.fault(entry, f"«{key}» chỉ gồm: {', '.join(kind)}")
    if entry.get("among"):
        reading.need_one_of(entry, "among", {Level.COMMUNE, Level.AGENCY})
    if reading.count == before:
        _check_form(reading, entry)
        _check_indicators(reading, entry, known)


def _check_form(reading: Reading, entry: Entry) -> None:
    """Keep a fault where form, axis, number of indicators and of periods do not go together."""
    form, over, last = ChartForm(entry["form"]), Over(entry["over"]), entry.get("last", 1)
    if over not in FITTING[form]:
        told = ", ".join(sorted(FITTING[form]))
        reading.fault(entry, f"dạng «{form}» không đi với «over: {over}»; chỉ đi với: {told}")
    if len(entry["indicators"]) > 1 and (form, over) not in MANY and form is not ChartForm.TABLE:
        reading.fault(entry, f"dạng «{form}» theo «{over}» chỉ trình bày một chỉ tiêu")
    if type(last) is not int or not 1 <= last <= MOST_PERIODS:
        reading.fault(entry, f"«last» là số kỳ từ 1 đến {MOST_PERIODS}, đã ghi «{last}»")
    elif over in TIMED and last < 2:
        reading.fault(entry, "biểu đồ theo thời gian cần «last» từ 2 kỳ trở lên")


def _check_indicators(reading: Reading, entry: Entry, known: _Known) -> None:
    """Keep a fault for each indicator that is none, or has no figures of the period or the breakdown."""
    for code in entry["indicators"]:
        definition = known.indicators.get(code)
        if definition is None:
            reading.fault(entry, f"không có chỉ tiêu «{code}»")
            continue
        if entry["period"] not in definition.periods:
            reading.fault(entry, f"chỉ tiêu «{code}» không có kỳ «{entry['period']}»")
        _check_part(reading, entry, definition)
    measured = {
        known.indicators[code].unit_of_measure for code in entry["indicators"] if code in known.indicators
    }
    if len(measured) > 1 and (entry["form"], entry["over"]) in MANY:
        told = ", ".join(sorted(measured))
        reading.fault(
            entry, f"các chỉ tiêu khác đơn vị tính ({told}) không đứng chung một trục; dùng «form: table»"
        )


def _check_part(reading: Reading, entry: Entry, definition: IndicatorDef) -> None:
    """Keep a fault where the indicator does not have the part that the chart is of."""
    part = str(entry.get("breakdown", ""))
    if part and definition.breakdowns and part not in definition.breakdowns:
        reading.fault(entry, f"chỉ tiêu «{definition.code}» không có phần «{part}»")
