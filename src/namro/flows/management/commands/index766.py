"""`namro index766 --unit 20200 --month 2025-12 --json`: the service-quality index down to what cost points."""

import json
from argparse import ArgumentParser
from fractions import Fraction
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.dossiers.queries.today import today
from namro.ground.numbers import format_number, format_percent, round_half_up
from namro.ground.period import Kind, Period
from namro.organisation.models import Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused
from namro.quality.formulas import best_actions
from namro.quality.models import QualityIndex
from namro.quality.queries import Where, costing, mendable, scheme, score_of, span_of
from namro.quality.terms import NOT_APPLICABLE, PartScore, ReadingRefused, Scheme, Score


class Command(BaseCommand):
    """Print the index of a unit and month: each part with numerator, denominator, points and what cost points."""

    help = "Tính bộ chỉ số 766 của một đơn vị, một kỳ / the service-quality index of a unit and period"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the unit, the month (a quarter or year will do), other readings, and the form."""
        parser.add_argument("--unit", required=True, metavar="CODE", help="mã hoặc tên đơn vị, ví dụ 20200")
        parser.add_argument(
            "--month", required=True, metavar="KỲ", help="2025-12, cũng nhận 2025-Q4 hoặc 2025"
        )
        parser.add_argument(
            "--reading", action="append", default=[], metavar="MÃ=LỰA_CHỌN",
            help="cách hiểu khác với cách địa phương chọn, ví dụ khong_ap_dung=khong_diem",
        )  # fmt: skip
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and print; refusals are one sentence."""
        try:
            period = _begun(_period(options["month"]))
            unit = unit_named(options["unit"], on=period.end)
            asked = dict(_pair(each) for each in options["reading"])
            index, score = scheme(), score_of(unit, period, asked)
        except (Refused, ReadingRefused, ValueError) as refusal:
            raise CommandError(str(refusal)) from None
        except QualityIndex.DoesNotExist:
            raise CommandError("Chưa nạp bộ chỉ số; hãy chạy ./namro load packages/danang.") from None
        told = as_json(index, unit, period, score) if options["json"] else None
        self.stdout.write(
            json.dumps(told, ensure_ascii=False, indent=2) if told else _lines(index, unit, period, score)
        )


def _period(key: str) -> Period:
    period = Period.parse(key)
    if period.kind not in (Kind.MONTH, Kind.QUARTER, Kind.HALF, Kind.YEAR):
        raise ValueError("Bộ chỉ số tính theo tháng, quý, nửa năm hoặc năm")
    return period


def _begun(period: Period) -> Period:
    if period.start > today():
        raise ValueError(f"{period.label[0].upper()}{period.label[1:]} chưa bắt đầu; chưa có gì để tính")
    return period


def _pair(text: str) -> tuple[str, str]:
    name, sign, choice = text.partition("=")
    if not sign:
        raise ReadingRefused(f"«{text}» phải có dạng mã=lựa_chọn.")
    return name, choice


def as_json(index: Scheme, unit: Unit, period: Period, score: Score) -> dict[str, Any]:
    """Return all that is known of a score: parts, readings, what cost points, and what raises it most."""
    where = Where(unit, span_of(period), score.readings)
    actions = best_actions(index, score, mendable(score, where))
    return {
        "index": index.code, "version": index.version, "source": index.source, "standing": index.standing,
        "unit": unit.code, "unit_name": unit.name, "period": period.key,
        "measured_at": where.span.cut.isoformat(timespec="seconds"),
        "total": _number(score.total), "points": _number(score.points), "applicable": _number(score.applicable),
        "not_applicable": [each.part.number or each.part.code for each in score.parts if not each.applies],
        "readings": [_reading(index, code, choice) for code, choice in score.readings.items()],
        "parts": [_part(each, where) for each in score.parts],
        "best_actions": [
            {"part": each.part.code, "action": each.part.action, "count": each.count, "gain": _number(each.gain)}
            for each in actions
        ],
    }  # fmt: skip


def _part(each: PartScore, where: Where) -> dict[str, Any]:
    part = each.part
    return {
        "code": part.code, "number": part.number, "name": part.name, "group": part.group,
        "max": _number(part.most), "numerator": _number(each.count.numerator),
        "denominator": _number(each.count.denominator), "rate": _number(each.rate), "full_at": _number(each.full_at),
        "points": _number(each.points), "not_applicable": each.why_not,
        "readings": {code: where.readings[code] for code in part.readings}, "standing": part.standing,
        "costs": {"of": part.costs.value, "codes": costing(part, where) if each.applies else []},
    }  # fmt: skip


def _reading(index: Scheme, code: str, choice: str) -> dict[str, str]:
    reading = {each.code: each for each in index.readings}[code]
    told = {"code": code, "choice": choice, "says": f"{reading.name}: {reading.choice(choice).name}"}
    return told | {"of_the_city": reading.chosen}


def _number(value: Any) -> float | int | None:
    """Return a number as JSON has it: whole ones whole, the others as exact as two decimals."""
    if value is None:
        return None
    whole = isinstance(value, Fraction) and value.denominator == 1
    return int(value) if whole else float(round_half_up(value, 2))


def _lines(index: Scheme, unit: Unit, period: Period, score: Score) -> str:
    """The score in lines for reading."""
    treatment = _reading(index, NOT_APPLICABLE, score.readings[NOT_APPLICABLE])["says"]
    head = f"{index.name}: {unit.name}, {period.label}: {format_number(score.total, 2)} điểm"
    kept = (
        f"({format_number(score.points, 2)} / {format_number(score.applicable, 2)} điểm áp dụng. {treatment})"
    )
    return "\n".join([head, kept, *(_line(each) for each in score.parts)])


def _line(each: PartScore) -> str:
    title = f"{each.part.number or '–':>4} {each.part.name}"
    if not each.applies:
        return f"{title}: {each.why_not.lower()}"
    counted = f"{_counted(each.count.numerator)} / {_counted(each.count.denominator)}"
    points = f"{format_number(each.points, 2)} / {format_number(each.part.most, 2)}"
    return f"{title}: {counted} = {format_percent(each.rate, 2)} → {points}"


def _counted(number: Fraction) -> str:
    return format_number(round_half_up(number, 0 if number.denominator == 1 else 2))
