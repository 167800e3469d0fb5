"""What a chart says, in one sentence made of its figures; and what a board says of its charts."""

from collections.abc import Sequence
from decimal import Decimal
from typing import overload

from django.utils.translation import gettext as _

from namro.ground.numbers import format_number, format_percent, percent
from namro.indicators.catalog.charts import ChartForm, Over
from namro.indicators.queries.boards import Peers
from namro.indicators.rules import Seen
from namro.indicators.terms import AddsUp, Direction, Light
from namro.pages.centre.view import View
from namro.pages.indicators.sentence import difference
from namro.pages.naming import named, period_words


def says(view: View) -> str:
    """Return the sentence under a chart; '' where no value is known."""
    told = _WORDS[view.chart.over](view)
    limit = against_threshold(view)
    whole = "; ".join(part for part in (told, limit) if part)
    return f"{whole[:1].upper()}{whole[1:]}." if whole else ""


def against_threshold(view: View) -> str:
    """Return how what is told stands against what is asked of it: the unit's last value, or of many units the worst;
    '' where nothing is asked."""
    found, definition = view.reading, view.definition
    light = _worst_light(view) if view.chart.over in (Over.UNITS, Over.UNITS_TIME) else found.light
    if found.threshold is None or light is Light.NONE:
        return ""
    limit = definition.show(found.threshold)
    if definition.direction is Direction.DOWN:
        words = _("trong ngưỡng %s") if light is Light.GREEN else _("vượt ngưỡng %s")
    else:
        words = _("đạt ngưỡng %s") if light is Light.GREEN else _("chưa đạt ngưỡng %s")
    return words % limit


def _worst_light(view: View) -> Light:
    worst = view.reading.low if view.definition.direction is Direction.UP else view.reading.high
    return view.light_of(worst.value if worst else None)


def _over_time(view: View) -> str:
    """Return the last value, how it moved, and the highest of what is drawn."""
    found, definition = view.reading, view.definition
    if found.last is None:
        return ""
    told = [_("%(when)s: %(value)s%(moved)s") % {
        "when": _when(view, found.last), "value": definition.show(_exact(found.last.value)), "moved": _moved(view)
    }]  # fmt: skip
    if found.high and len(view.own) > 2 and found.high.when != found.last.when:
        told.append(_("cao nhất %(value)s %(when)s") % _at(view, found.high))
    return "; ".join(told)


def _moved(view: View) -> str:
    last, before = view.reading.last, view.reading.before
    if last is None or before is None:
        return ""
    if last.value == before.value:
        return _(", không đổi")
    words = _(", tăng %s") if last.value > before.value else _(", giảm %s")
    return words % difference(view.definition, abs(_exact(last.value) - _exact(before.value)))


def _over_units(view: View) -> str:
    """Return both ends of the units, the worse first, and how many are in the red."""
    found = view.reading
    high, low = found.high, found.low
    if high is None or low is None:
        return _own_now(view)
    if high.value == low.value:
        told = [_("%(n)s nơi cùng mức %(value)s") % {
            "n": format_number(found.known), "value": view.definition.show(_exact(high.value))
        }]  # fmt: skip
    else:
        ends = [
            _("cao nhất %(value)s ở %(where)s") % _where(view, high),
            _("thấp nhất %(value)s ở %(where)s") % _where(view, low),
        ]
        told = ends if view.definition.direction is not Direction.UP else ends[::-1]
    if found.red:
        told.append(
            _("%(red)s/%(n)s nơi ở mức đỏ")
            % {"red": format_number(found.red), "n": format_number(found.known)}
        )
    return ", ".join(told)


def _own_now(view: View) -> str:
    last = view.reading.last
    return _("%(when)s: %(value)s") % {
        "when": _when(view, last), "value": view.definition.show(_exact(last.value))
    } if last else ""  # fmt: skip


def _over_units_time(view: View) -> str:
    high, low = view.reading.high, view.reading.low
    if high is None or low is None:
        return ""
    worst = low if view.definition.direction is Direction.UP else high
    words = (
        _("thấp nhất %(value)s ở %(where)s, %(when)s")
        if worst is low
        else _("cao nhất %(value)s ở %(where)s, %(when)s")
    )
    return words % (_where(view, worst) | _at(view, worst))


def _over_parts(view: View) -> str:
    """Return the largest part, its share where parts make a whole, and the smallest."""
    now = sorted(view.now, key=lambda cell: cell.value or 0)
    if not now:
        return ""
    high, low = now[-1], now[0]
    told = _("nhiều nhất: %(part)s %(value)s%(share)s") % {
        "part": part_words(view, high.part), "value": view.definition.show(_exact(high.value)), "share": _share_of(view)
    }  # fmt: skip
    if len(now) < 2:
        return told
    least = _("ít nhất: %(part)s %(value)s") % {
        "part": part_words(view, low.part), "value": view.definition.show(_exact(low.value))
    }  # fmt: skip
    return f"{told}; {least}"


def _share_of(view: View) -> str:
    """Return the share of the largest part in brackets where the parts add up to a whole."""
    values = [_exact(cell.value) for cell in view.now]
    if view.definition.adds_up != AddsUp.SUM or len(values) < 2:
        return ""
    whole = sum((value for value in values if value is not None), Decimal(0))
    largest = max(value for value in values if value is not None)
    return f" ({format_percent(percent(largest, whole), 0)})" if whole > 0 else ""


def _now(view: View) -> str:
    """Return the value of now; of several indicators the way from the first to the last, or the largest."""
    if len(view.series) == 1:
        last, before = view.reading.last, view.reading.before
        return f"{_own_now(view)}{_moved(view) if before else ''}" if last else ""
    values = [view.value_of(series) for series in view.series]
    if view.chart.form is ChartForm.FUNNEL and values[0] and values[-1] is not None:
        return _("từ %(first)s %(one)s còn %(last)s %(other)s (%(share)s)") % {
            "first": view.definitions[0].show(_exact(values[0])), "one": _quiet(named(view.definitions[0])),
            "last": view.definitions[-1].show(_exact(values[-1])), "other": _quiet(named(view.definitions[-1])),
            "share": format_percent(percent(values[-1], values[0]), 0),
        }  # fmt: skip
    known = [(value, each) for value, each in zip(values, view.definitions, strict=True) if value is not None]
    value, each = max(known, key=lambda pair: pair[0], default=(None, view.definition))
    return _("%(name)s cao nhất: %(value)s") % {"name": named(each), "value": each.show(_exact(value))}


_WORDS = {
    Over.TIME: _over_time,
    Over.UNITS: _over_units,
    Over.PARTS: _over_parts,
    Over.UNITS_TIME: _over_units_time,
    Over.PARTS_TIME: _over_parts,
    Over.NOW: _now,
}


def beside_peers(view: View, peers: Peers | None, among: str) -> str:
    """Return where the unit stands among its peers: 'thứ 12 trong 94 xã, phường; ở giữa là 45,0 %'; '' where alone."""
    if peers is None or peers.known < 2:
        return ""
    better = peers.below if view.definition.direction is Direction.DOWN else peers.above
    middle = view.definition.show(peers.median)
    told = {"n": format_number(peers.known), "among": among, "middle": middle}
    if view.definition.direction is Direction.NONE:
        return _("Ở giữa %(n)s %(among)s là %(middle)s.") % told
    return _("Thứ %(rank)s trong %(n)s %(among)s; ở giữa là %(middle)s.") % (
        told | {"rank": format_number(better + 1)}
    )


def headline(where: str, lights: dict[Light, int], worst: Sequence[str]) -> str:
    """Return the first sentence of a board: how many indicators are in the red, and in which services above
    all, where it has several."""
    total = sum(number for light, number in lights.items() if light is not Light.NONE)
    red = lights.get(Light.RED, 0)
    if not total:
        return _("%s chưa có chỉ số nào đặt ngưỡng có số liệu.") % where
    if not red:
        told = {"where": where, "n": format_number(total)}
        return _("%(where)s: không chỉ số nào trong %(n)s chỉ số có ngưỡng ở mức đỏ.") % told
    told = {"where": where, "red": format_number(red), "n": format_number(total)}
    if not worst:
        return _("%(where)s: %(red)s trong %(n)s chỉ số có ngưỡng ở mức đỏ.") % told
    told["worst"] = _listed(worst)
    return _("%(where)s: %(red)s trong %(n)s chỉ số có ngưỡng ở mức đỏ, nhiều nhất ở %(worst)s.") % told


def part_words(view: View, part: str) -> str:
    """Return what a part is called."""
    return view.definition.breakdowns.get(part, part) if part else _("Tất cả")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else _("%(first)s và %(last)s") % {
        "first": ", ".join(words[:-1]), "last": words[-1]
    }  # fmt: skip


def _where(view: View, seen: Seen) -> dict[str, str]:
    return {"value": view.definition.show(_exact(seen.value)), "where": view.place.name(int(seen.where))}


def _at(view: View, seen: Seen) -> dict[str, str]:
    return {"value": view.definition.show(_exact(seen.value)), "when": _when(view, seen)}


def _when(view: View, seen: Seen) -> str:
    return period_words(view.period(seen.when))


@overload
def _exact(value: float) -> Decimal: ...
@overload
def _exact(value: None) -> None: ...
def _exact(value: float | None) -> Decimal | None:
    """Return a value as the decimal it prints."""
    return None if value is None else Decimal(repr(value))


def _quiet(words: str) -> str:
    return f"{words[:1].lower()}{words[1:]}"
