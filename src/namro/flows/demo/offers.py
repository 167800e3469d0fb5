"""The personal registers of the demo: made-up people by a seed, what they agreed to, and two runs launched."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from namro.dossiers.actions.people import digest_of
from namro.dossiers.models import Applicant
from namro.dossiers.queries import today
from namro.ground.clock import VIETNAM
from namro.ground.reviewed import demand, read_reviewed, storable
from namro.offers import actions
from namro.offers.models import Consent, PersonalRegister, RegisterEntry
from namro.offers.terms import Channel
from namro.organisation.models import Person, Unit
from namro.organisation.queries import viewer

SPACE = uuid5(NAMESPACE_URL, "urn:namro:demo:offers")
AGE = 6
NUMBER = 999_200_000_000
CITIZEN = "citizen"


@dataclass(frozen=True)
class Someone:
    """A made-up person: number, name, where they live, and the registers in which they stand."""

    number: str
    name: str
    unit: Unit
    registers: tuple[str, ...]


def load_offers(folder: Path, units: Mapping[str, Unit]) -> int:
    """Put the made-up registers, consents and runs of a package's demo; twice is as once. Returns how many entries."""
    file = folder / "demo" / "offers.yaml"
    if not file.is_file():
        return 0
    said = read_reviewed(file)
    demand(file, said, "seed", "people", "first", "last", "shares", "known", "played_by")
    registers = {row.code: row for row in PersonalRegister.objects.all()}
    people = [*_known(said, units), *_made_up(folder, said, units)]
    applicants = _put_people(people)
    entries = [entry for someone in people for entry in _entries(said, someone, applicants, registers)]
    RegisterEntry.objects.bulk_create(entries, ignore_conflicts=True, batch_size=1000)
    consents = [each for someone in people for each in _consents(said, someone, applicants, registers)]
    Consent.objects.bulk_create(consents, ignore_conflicts=True, batch_size=1000)
    _play(said, units)
    return len(entries)


def _known(said: Mapping[str, Any], units: Mapping[str, Unit]) -> Iterator[Someone]:
    for entry in said["known"]:
        unit = units[str(entry["unit"])]
        yield Someone(str(entry["number"]), entry["name"], unit, tuple(entry["registers"]))


def _made_up(folder: Path, said: Mapping[str, Any], units: Mapping[str, Unit]) -> Iterator[Someone]:
    """As many people a unit as the file asks for, the same ones every time."""
    names = read_reviewed(folder / "demo" / "people.yaml")["generated"]
    random = Random(said["seed"])  # noqa: S311 - repeatable on purpose
    number, shares = NUMBER, storable(said["shares"])
    for code, count in storable(said["people"]).items():
        for _place in range(count if code in units else 0):
            number += random.randint(1, 900)
            name = " ".join(random.choice(names[part]) for part in ("family", "middle", "given"))
            held = [each for each, share in shares.items() if random.randrange(100) < share]
            yield Someone(str(number), name, units[code], tuple(held))


def _put_people(people: list[Someone]) -> dict[str, Applicant]:
    """The applicants of the people by number."""
    digests = {digest_of(CITIZEN, each.number): each for each in people}
    rows = [
        Applicant(
            kind=CITIZEN, name=each.name, identity_digest=digest, identity_tail=each.number[-4:], unit=each.unit,
            is_synthetic=True,
        )
        for digest, each in digests.items()
    ]  # fmt: skip
    Applicant.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
    stored = Applicant.objects.filter(identity_digest__in=digests)
    return {digests[row.identity_digest].number: row for row in stored}


def _entries(
    said: Mapping[str, Any], someone: Someone, applicants: Mapping[str, Applicant],
    registers: Mapping[str, PersonalRegister],
) -> Iterator[RegisterEntry]:  # fmt: skip
    random = Random(f"{said['seed']}/{someone.number}")  # noqa: S311 - repeatable on purpose
    for code in someone.registers:
        yield RegisterEntry(
            register=registers[code], applicant=applicants[someone.number], unit=someone.unit,
            key=f"{code}-{someone.number}", values=_values(said, code, someone, random), as_of=said["first"],
            is_synthetic=True,
        )  # fmt: skip


def _values(said: Mapping[str, Any], code: str, someone: Someone, random: Random) -> dict[str, str]:
    """What a register says of somebody: a day of the span of the demo, and words."""
    span = (said["last"] - said["first"]).days
    day: date = said["first"] + timedelta(days=random.randrange(span))
    if code == "khai_sinh":
        born = date(day.year - AGE, day.month, min(day.day, 28))
        return {"ho_ten_con": f"{someone.name.split()[0]} {random.choice(['An', 'Bình', 'Chi', 'Duy', 'Giang'])}",
                "ngay_sinh": born.isoformat()}  # fmt: skip
    return {
        "can_cuoc": {"het_han": day.isoformat(), "so_cuoi": someone.number[-4:]},
        "tam_tru": {"den_ngay": day.isoformat(), "dia_chi": random.choice(said["streets"])},
        "chung_chi_thu_y": {"het_han": day.isoformat(), "so": f"{random.randrange(1, 400):03d}/CCHN-TY"},
        "bao_hiem_xa_hoi": {"huong_tu": day.isoformat(), "loai": random.choice(said["benefits"])},
    }[code]


def _consents(
    said: Mapping[str, Any], someone: Someone, applicants: Mapping[str, Applicant],
    registers: Mapping[str, PersonalRegister],
) -> Iterator[Consent]:  # fmt: skip
    """What somebody agreed to before the demo began; whoever is known by name agreed to all."""
    random = Random(f"{said['seed']}/consent/{someone.number}")  # noqa: S311 - repeatable on purpose
    known = {str(each["number"]) for each in said["known"]}
    for code in someone.registers:
        lot = random.randrange(100)
        if lot >= said["agreed"] and someone.number not in known:
            continue
        first = said["first"] - timedelta(days=random.randrange(20, 180))
        ends = lot < said["ending"] and someone.number not in known
        went = lot >= said["agreed"] - said["withdrawn"] and someone.number not in known
        yield Consent(
            client_id=uuid5(SPACE, f"{code}/{someone.number}"), applicant=applicants[someone.number],
            register=registers[code], words=registers[code].definition.agreed, channel=Channel.ONLINE, first=first,
            last=said["first"] + timedelta(days=40) if ends else first + timedelta(days=730), given_at=_at(first),
            withdrawn_at=_at(said["first"]) if went else None, is_synthetic=True,
        )  # fmt: skip


def _at(day: date) -> datetime:
    return datetime.combine(day, time(9), VIETNAM)


def _play(said: Mapping[str, Any], units: Mapping[str, Unit]) -> None:
    """Try the sample runs as the account that plays them, and launch those that are to be launched."""
    person = Person.objects.filter(username=said["played_by"]).first()
    seen = viewer(person) if person else None
    if person is None or seen is None:
        return
    first = today.today()
    for entry in said["runs"]:
        number = uuid5(SPACE, f"{entry['rule']}/{entry['unit']}")
        last = first + timedelta(days=entry["days"])
        run = actions.simulate(
            entry["rule"], unit=units[str(entry["unit"])], first=first, last=last, client_id=number, by=person,
            viewer=seen,
        )  # fmt: skip
        if entry["launch"] and run.launched_at is None:
            actions.launch(run.pk, client_id=uuid5(number, "launch"), by=person, viewer=seen)
