"""The communes' returns of the demo: seeded and marked; most in time, some late, some missing, a few wrong."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from namro.ground.clock import VIETNAM
from namro.ground.numbers import format_number, percent, round_half_up
from namro.ground.period import Period
from namro.ground.reviewed import demand, read_reviewed
from namro.organisation.models import Unit
from namro.organisation.queries import communes_of, working_calendar
from namro.sources.actions import Parcel, submit_many
from namro.sources.queries import forms
from namro.sources.rules.due import due_day, periods_asked
from namro.sources.terms import FormDef

Values = dict[str, str]
Progress = Callable[[float, str], None]
FEWEST_PEOPLE = 900


@dataclass(frozen=True)
class Commune:
    """A commune as the generator sees it: its size, and how well it keeps its house (0 to 1)."""

    unit: Unit
    people: int
    order: float

    def random(self, *words: object) -> Random:
        """Return the dice of one thing: the same for the same words, whatever was thrown before."""
        return Random(":".join(map(str, (self.unit.code, *words))))  # noqa: S311 - made-up numbers, no secret


def load_forms(folder: Path, root: Unit, today: date, *, progress: Progress | None = None) -> int:
    """Send the communes' returns for the last periods before the day; those there stay. Returns how many are new."""
    file = folder / "demo" / "forms.yaml"
    if not file.is_file():
        return 0
    said = read_reviewed(file)
    demand(file, said, "seed", "periods", "slips")
    declared = [form for form in forms() if form.code in MAKERS and form.kinds]
    communes = _communes(root, today, said["seed"])
    slips = _slips(communes, said)
    sent = submit_many(
        p for form in declared for commune in communes for p in _sendings(form, commune, slips, said, today)
    )
    if progress:
        progress(1.0, "biểu mẫu của xã, phường, đặc khu")
    return sent


def _communes(root: Unit, today: date, seed: int) -> list[Commune]:
    found = []
    for unit in communes_of(root, today).select_related("profile"):
        profile = getattr(unit, "profile", None)
        people = (profile.population if profile else None) or FEWEST_PEOPLE
        order = Random(f"{seed}:{unit.code}").betavariate(4, 2)  # noqa: S311 - made-up numbers, no secret
        found.append(Commune(unit, max(people, FEWEST_PEOPLE), order))
    return found


def _slips(communes: Sequence[Commune], said: Mapping[str, Any]) -> dict[str, tuple[str, bool]]:
    """Return which communes write which kind of wrong number, and which of them mend it themselves."""
    kinds = [kind for kind in SLIPS for _ in range(said["slips"].get(kind, 0))]
    random = Random(said["seed"])  # noqa: S311 - made-up numbers, no secret
    chosen = random.sample([commune.unit.code for commune in communes], min(len(kinds), len(communes)))
    random.shuffle(kinds)
    return {
        code: (kind, n < said.get("mended", 0))
        for n, (code, kind) in enumerate(zip(chosen, kinds, strict=False))
    }


def _sendings(
    form: FormDef,
    commune: Commune,
    slips: Mapping[str, tuple[str, bool]],
    said: Mapping[str, Any],
    today: date,
) -> Iterator[Parcel]:
    """Yield what a commune sends on a form: one return a period, and the correction of one that was wrong."""
    asked = periods_asked(form, today)[-said["periods"] :]
    for month, period in enumerate(asked):
        is_last = month == len(asked) - 1
        slip, is_mended = slips.get(commune.unit.code, ("", False)) if is_last else ("", False)
        # Older periods have had more time to be caught up with.
        on = _sent_on(form, commune, period, said, today, share=0 if slip else (month + 1) / len(asked))
        right = MAKERS[form.code](commune, month)
        wrong = SLIPS[slip](dict(right)) if slip and SLIP_FORMS[slip] == form.code else right
        if on is None:
            continue
        yield _parcel(form, commune, period, wrong, on, 1)
        if wrong != right and is_mended and on < today:
            yield _parcel(form, commune, period, right, on + timedelta(days=1), 2)


def _sent_on(
    form: FormDef, commune: Commune, period: Period, said: Mapping[str, Any], today: date, *, share: float
) -> date | None:
    """Return the day on which a return is sent, None if it never is; `share` scales how many are missing or late."""
    random = commune.random(said["seed"], form.code, period.key, "sent")
    due = due_day(form.due, period, working_calendar(), born=commune.unit.valid_from)
    fate = random.random() + (commune.order - 0.66) / 4
    missing, late = said["missing_share"] * share, said["late_share"] * share
    if fate < missing:
        return None
    wait = random.randint(1, 2) if fate < missing + late else -random.choice((0, 0, 3, 4, 5))
    return min(due + timedelta(days=wait), today)


def _parcel(
    form: FormDef, commune: Commune, period: Period, values: Values, on: date, version: int
) -> Parcel:
    name = f"namro-demo:{form.code}:{commune.unit.code}:{period.key}:{version}"
    minute = commune.random(form.code, period.key, version).randint(0, 8 * 60 - 1)
    return Parcel(
        form=form,
        unit=commune.unit,
        period=period,
        values=values,
        as_of=min(period.end, on),
        client_id=uuid5(NAMESPACE_URL, name),
        at=datetime.combine(on, time(8 + minute // 60, minute % 60), VIETNAM),
        version=version,
        synthetic=True,
    )


def _criteria(commune: Commune, month: int) -> Values:
    """Return which of the criteria a commune meets: once met they stay met, the better kept the sooner."""
    codes = [f"tc{number:02d}" for number in range(1, 17)]
    hard = {code: commune.random("tieu_chi", code).random() for code in codes}
    reach = 0.25 + commune.order * 0.85 + month * 0.12
    return {code: "có" if hard[code] < reach else "không" for code in codes}


def _records(commune: Commune, month: int) -> Values:
    """Return metres and pages of records: what is there grows a little, what is done grows faster."""
    random = commune.random("ho_so")
    metres = round(commune.people / 400 * random.uniform(0.7, 1.4)) + 12 + month
    pages = metres * random.randint(900, 1400) + month * random.randint(20, 90)
    done = min(0.97, 0.12 + commune.order * 0.62 + month * random.uniform(0.03, 0.08))
    under_way = (1 - done) * random.uniform(0.2, 0.6)
    digitised, being = round(pages * done), round(pages * under_way)
    arranged = round_half_up(metres * min(0.99, done + 0.08), 1)
    return {
        "met_tong": format_number(metres),
        "met_chinh_ly": format_number(arranged),
        "trang_tong": format_number(pages),
        "trang_da": format_number(digitised),
        "trang_dang": format_number(being),
        "trang_chua": format_number(pages - digitised - being),
    }


def _online(commune: Commune, month: int) -> Values:
    """Return dossiers of a month, how many came online, and how many people were helped."""
    random = commune.random("truc_tuyen", month)
    dossiers = max(12, round(commune.people / 45 * random.uniform(0.85, 1.15)))
    online = round(dossiers * min(0.96, 0.2 + commune.order * 0.6 + month * 0.05))
    return {
        "ho_so": format_number(dossiers),
        "truc_tuyen": format_number(online),
        "nguoi_duoc_giup": format_number(round(online * random.uniform(0.3, 0.7))),
        "ty_le_truc_tuyen": format_number(percent(online, dossiers)),
    }


MAKERS: dict[str, Callable[[Commune, int], Values]] = {
    "tieu_chi_xa": _criteria,
    "ho_so_cap_xa": _records,
    "ho_tro_truc_tuyen": _online,
}


def _pages_short(values: Values) -> Values:
    """A thousand pages are forgotten among those still to be digitised."""
    left = int(values["trang_chua"].replace(".", ""))
    return values | {"trang_chua": format_number(max(0, left - 1000))}


def _rate_misread(values: Values) -> Values:
    """A rate of another month is left standing."""
    return values | {"ty_le_truc_tuyen": "97,5"}


def _more_online_than_all(values: Values) -> Values:
    """The two boxes are filled in the wrong way round; the rate is that of before."""
    return values | {"ho_so": values["truc_tuyen"], "truc_tuyen": values["ho_so"]}


def _digit_too_many(values: Values) -> Values:
    """A nought too many in the total and in what is left."""
    total, left = (int(values[code].replace(".", "")) for code in ("trang_tong", "trang_chua"))
    return values | {"trang_tong": format_number(total * 10), "trang_chua": format_number(left + total * 9)}


SLIPS: dict[str, Callable[[Values], Values]] = {
    "pages_short": _pages_short,
    "rate_misread": _rate_misread,
    "more_online_than_all": _more_online_than_all,
    "digit_too_many": _digit_too_many,
}
SLIP_FORMS = {
    "pages_short": "ho_so_cap_xa",
    "digit_too_many": "ho_so_cap_xa",
    "rate_misread": "ho_tro_truc_tuyen",
    "more_online_than_all": "ho_tro_truc_tuyen",
}
