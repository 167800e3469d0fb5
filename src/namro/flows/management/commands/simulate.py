"""`namro simulate queue --unit 20200 [--days 60 --counters 2-8 --online 60 --booked 30 --limit 30] [--json]`."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from namro.ground.numbers import format_number, format_percent
from namro.queues.formulas import erlang
from namro.queues.formulas.comparing import Asked, Line, Outcome, compare, needed
from namro.queues.queries import Counted, office_of, rhythm_of_office

WORDS = {
    Line.OLD: "Xếp hàng kiểu cũ", Line.NUMBERS: "Lấy số, một hàng chung", Line.ONLINE: "Thêm nộp trực tuyến",
    Line.BOOKED: "Thêm đặt hẹn",
}  # fmt: skip


class Command(BaseCommand):
    """Compare the old line with numbers, online filing and appointments, for each number of counters."""

    help = "Mô phỏng hàng đợi một cửa theo nhịp của một phường / simulate the line of a one-stop desk"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is simulated, the ward, and what is asked."""
        parser.add_argument("what", choices=["queue"])
        parser.add_argument("--unit", required=True, help="mã đơn vị có nơi xếp hàng, ví dụ 20200")
        parser.add_argument("--counters", default="2-8", help="từ mấy đến mấy quầy")
        parser.add_argument("--days", type=int, default=60, help="số ngày thử")
        parser.add_argument("--seed", type=int, default=57)
        parser.add_argument("--online", type=float, help="phần trăm hồ sơ trực tuyến; mặc định theo gói")
        parser.add_argument("--booked", type=float, help="phần trăm lượt đến có hẹn; mặc định theo gói")
        parser.add_argument("--limit", type=float, default=30.0, help="chờ không quá bao nhiêu phút")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Simulate and print."""
        office = office_of(options["unit"])
        if office is None:
            raise CommandError(f"Đơn vị {options['unit']} không có nơi xếp hàng. / No queue at this unit.")
        online = office.online * 100 if options["online"] is None else options["online"]
        booked = office.booked * 100 if options["booked"] is None else options["booked"]
        if not (
            0 <= online <= 100 and 0 <= booked <= 100 and 0 < options["days"] <= 2000 and options["limit"] > 0
        ):
            raise CommandError("--online và --booked từ 0 đến 100, --days từ 1 đến 2000, --limit lớn hơn 0.")
        asked = Asked(
            _range(options["counters"]),
            options["days"],
            options["seed"],
            online / 100,
            booked / 100,
            options["limit"],
        )
        counted = rhythm_of_office(office)
        outcomes = compare(counted.rhythm, asked)
        told = _json(counted, asked, outcomes) if options["json"] else _lines(counted, asked, outcomes)
        self.stdout.write(told)


def _range(text: str) -> range:
    """Return the counters of '2-8' or '5'."""
    first, _, last = text.partition("-")
    try:
        found = range(int(first), int(last or first) + 1)
    except ValueError:
        found = range(0)
    if not found or found[0] < 1 or found[-1] > 50:
        raise CommandError(f"--counters {text}: hãy viết như 2-8, từ 1 đến 50 quầy.")
    return found


def _json(counted: Counted, asked: Asked, outcomes: list[Outcome]) -> str:
    rhythm = counted.rhythm
    said = {
        "days_counted": counted.days, "is_synthetic": counted.is_synthetic, "days": asked.days, "seed": asked.seed,
        "online": asked.online, "booked": asked.booked, "limit": asked.limit, "usual_minutes": rhythm.usual_minutes,
        "needed": {line: needed(outcomes, line) for line in Line},
        "erlang_c_at_the_mean": {str(n): _known(counted, asked, n) for n in asked.counters},
        "outcomes": [asdict(each) for each in outcomes],
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, indent=2)


def _known(counted: Counted, asked: Asked, counters: int) -> float | None:
    """Return the mean wait by Erlang C if people came evenly through the day, None where the line would grow."""
    rhythm = counted.rhythm
    open_minutes = sum(closes - opens for opens, closes in rhythm.halves)
    wait = erlang.mean_wait(rhythm.demand.visits(asked.online) / open_minutes, rhythm.usual_minutes, counters)
    return wait if wait != float("inf") else None


def _lines(counted: Counted, asked: Asked, outcomes: list[Outcome]) -> str:
    basis = f"nhịp đếm trong {counted.days} ngày" if counted.days else "nhịp khai trong gói (giả định)"
    synthetic = ", dữ liệu mô phỏng" if counted.is_synthetic else ""
    lines = [f"Theo {basis}{synthetic}; {asked.days} ngày thử, hạt giống {asked.seed}."]
    for line in Line:
        found = needed(outcomes, line)
        lines.append(f"{WORDS[line]}: {f'{found} quầy là đủ' if found else 'chưa đủ với số quầy đã xét'}")
        lines += [_line(each) for each in outcomes if each.line == line]
    return "\n".join(lines)


def _line(each: Outcome) -> str:
    return (
        f"  {each.counters} quầy: {format_number(each.visits_a_day, 0)} lượt/ngày, chờ trung bình "
        f"{format_number(each.mean_wait, 1)} phút, 9/10 người không quá {format_number(each.p90_wait, 0)} phút, "
        f"quá mức {format_percent(each.percent_over)}, quầy bận {format_percent(each.busy * 100, 0)}"
    )
