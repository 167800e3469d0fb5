"""What the rows of a sheet may name, read from the database in a handful of queries whatever the number of rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID, uuid5

from django.db.models import Q

from namro.ground.text import fold, nearest, tones
from namro.organisation.models import Person, Post, Unit
from namro.organisation.queries import unit_named, unit_or_successor
from namro.organisation.terms import Refused, UnitKind, Viewer
from namro.tasks.actions.drafting import check_may_lead
from namro.tasks.actions.importing.reading import SheetRow
from namro.tasks.models import Directive, Register, Task
from namro.tasks.queries.scope import visible_to
from namro.tasks.terms import Stage

MOST_SUGGESTED = 40  # likeness to thousands of names costs time: a sheet of nonsense must not stop the server


class UnitNames:
    """Finds units by code or name in memory; what is not in force today goes to the tree's own search, once a name."""

    def __init__(self, day: date, city_id: int) -> None:
        self._day = day
        self._by_key: dict[str, dict[int, Unit]] = defaultdict(dict)
        self._answers: dict[str, Unit | Refused] = {}
        self._suggested = 0
        units = list(Unit.objects.valid_on(day).order_by("path"))
        city = next((unit for unit in units if unit.pk == city_id), None)
        self._home = city.path if city else ""
        for unit in units:
            for key in _keys(unit):
                self._by_key[key][unit.pk] = unit

    def find(self, text: str) -> Unit:
        """The unit meant; Refused with the nearest names, or with those an old name leads to."""
        if text not in self._answers:
            self._answers[text] = self._answer(_code_in_brackets(text) or text)
        answer = self._answers[text]
        if isinstance(answer, Refused):
            raise answer
        return answer

    def _answer(self, text: str) -> Unit | Refused:
        found = self._narrowed(text, list(self._by_key.get(fold(text), {}).values()))
        if len(found) == 1:
            return found[0]
        try:
            return self._searched(text)
        except Refused as refusal:
            return refusal

    def _narrowed(self, text: str, found: list[Unit]) -> list[Unit]:
        """The best of several: that code, the name with its marks, a unit of this city."""
        for better in (
            [unit for unit in found if unit.code == text],
            [unit for unit in found if tones(unit.name) == tones(text)],
            [unit for unit in found if unit.path.startswith(self._home)],
        ):
            found = better or found
        return found

    def _searched(self, text: str) -> Unit:
        unit = unit_or_successor(text, on=self._day)
        if unit is not None:
            return unit
        self._suggested += 1
        if self._suggested > MOST_SUGGESTED:
            raise Refused(f"Không có đơn vị «{text}»; hãy ghi đúng tên hoặc mã trong danh mục của tệp mẫu.")
        return unit_named(text, on=self._day)


def _keys(unit: Unit) -> set[str]:
    """What a unit may be called: code, name, short name, and the name without its kind in front."""
    kind = fold(str(UnitKind(unit.kind).label))
    bare = (
        unit.folded.removeprefix(f"{kind} ")
        if kind in ("phuong", "xa", "dac khu", "thanh pho", "tinh")
        else ""
    )
    return {fold(unit.code), unit.folded, fold(unit.short_name), bare} - {""}


def _code_in_brackets(text: str) -> str:
    """The code of «Sở Nội vụ (H17.NV)», as the lists of the template write a unit."""
    head, bracket, tail = text.rpartition("(")
    return tail[:-1].strip() if head and bracket and text.endswith(")") and " " not in tail.strip() else ""


_key = lru_cache(maxsize=4096)(fold)  # a sheet names the same few things in every row


class Lookups:
    """All that the rows name; made for one sheet and one viewer."""

    def __init__(self, rows: Sequence[SheetRow], *, batch: UUID, viewer: Viewer, day: date) -> None:
        self._viewer, self._day, self._batch = viewer, day, batch
        self._units = UnitNames(day, viewer.city_id)
        self._registers = {fold(name): each for each in Register.objects.all() for name in _names(each)}
        self._directives = _directives(row.text("directive") for row in rows)
        self._people = self._people_of(rows)
        self._parents = _parents(viewer, (row.text("parent") for row in rows))
        self._titles = _titles(rows, (each for found in self._directives.values() for each in found))

    def register(self, text: str) -> Register:
        """The register of that code or name."""
        found = self._registers.get(_key(text))
        if found is None:
            names = sorted({f"{each.short_name} ({each.code})" for each in self._registers.values()})
            raise Refused(f"Không có sổ theo dõi «{text}»; hãy ghi một trong: {', '.join(names)}.")
        return found

    def directive(self, register: Register, text: str) -> Directive:
        """The directive of that number in the register; of several the sheet must say the issuer too."""
        found = [each for each in self._directives.get(_key(text), []) if each.register_id == register.pk]
        if len(found) == 1:
            return found[0]
        if found:
            ways = "; ".join(f"«{each.number} ({each.issuer})»" for each in found)
            raise Refused(f"Có nhiều văn bản số «{text}»; hãy ghi kèm cơ quan ban hành: {ways}.")
        raise Refused(f"Sổ «{register.short_name}» không có văn bản số «{text}»{self._near(register, text)}")

    def _near(self, register: Register, text: str) -> str:
        numbers = Directive.objects.filter(register=register).values_list("number", flat=True)[:500]
        close = nearest(text, numbers)
        return (
            f"; gần nhất là: {', '.join(close)}."
            if close
            else "; hãy ghi nhận văn bản ở trang Giao nhiệm vụ trước."
        )

    def unit(self, text: str) -> Unit:
        """The unit of that name or code; an old name leads to the new one."""
        return self._units.find(text)

    def lead(self, text: str) -> Unit:
        """The unit, if the viewer may make it lead."""
        unit = self._units.find(text)
        check_may_lead(unit, self._day, self._viewer)
        return unit

    def person(self, unit: Unit, text: str) -> Person:
        """The person of that full name or sign-in name who holds a post in the unit."""
        here = self._people.get(unit.pk, [])
        found = [each for each in here if each.username.lower() == text.lower()]
        found = found or [each for each in here if _key(each.full_name) == _key(text)]
        if len(found) == 1:
            return found[0]
        if found:
            raise Refused(f"{unit} có {len(found)} người tên «{text}»; hãy ghi tên đăng nhập.")
        close = nearest(text, [each.full_name for each in here])
        instead = (
            f"; gần nhất là: {', '.join(close)}." if close else "; hãy để trống, đơn vị sẽ tự phân công."
        )
        raise Refused(f"{unit} không có người phụ trách «{text}»{instead}")

    def parent(self, code: str) -> Task:
        """The task of that code among those the viewer may open."""
        found = self._parents.get(code.upper())
        if found is None:
            raise Refused(f"Không có nhiệm vụ cấp trên mã «{code}»; hãy chép mã từ danh sách nhiệm vụ.")
        return found

    def is_there(self, row: int, directive: Directive, title: str, lead: Unit) -> str:
        """The code of a task of that directive, title and lead that this very row has not made."""
        own = uuid5(self._batch, str(row))
        there = self._titles.get((directive.pk, title, lead.pk), [])
        return next((code for client_id, code in there if client_id != own), "")

    def _people_of(self, rows: Sequence[SheetRow]) -> dict[int, list[Person]]:
        """People with a post today in the lead units for which a row names somebody. One query."""
        units = set()
        for row in rows:
            if row.text("lead_person"):
                units |= self._lead_ids(row.text("lead_unit"))
        held = Post.objects.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=self._day),
            valid_from__lte=self._day, unit_id__in=units, person__is_active=True,
        )  # fmt: skip
        found: dict[int, dict[int, Person]] = defaultdict(dict)
        for post in held.select_related("person"):
            found[post.unit_id][post.person_id] = post.person
        return {unit: list(people.values()) for unit, people in found.items()}

    def _lead_ids(self, text: str) -> set[int]:
        try:
            return {self._units.find(text).pk} if text else set()
        except Refused:
            return set()


def _names(register: Register) -> tuple[str, ...]:
    return register.code, register.name, register.short_name


def _directives(texts: Iterable[str]) -> dict[str, list[Directive]]:
    """Directives by folded number, alone and with the issuer. One query."""
    wanted = {_key(text) for text in texts}
    found: dict[str, list[Directive]] = defaultdict(list)
    for each in Directive.objects.only("number", "issuer", "register_id"):
        for key in (fold(each.number), fold(f"{each.number} ({each.issuer})")):
            if key in wanted:
                found[key].append(each)
    return found


def _parents(viewer: Viewer, codes: Iterable[str]) -> dict[str, Task]:
    wanted = {code.upper() for code in codes if code}
    rows = visible_to(viewer).filter(code__in=wanted).exclude(stage=Stage.WITHDRAWN)
    return {task.code: task for task in rows.only("code", "register_id")} if wanted else {}


Titles = dict[tuple[int, str, int], list[tuple[UUID, str]]]


def _titles(rows: Sequence[SheetRow], directives: Iterable[Directive]) -> Titles:
    """Tasks of the directives that bear a title of the sheet, by (directive, title, lead). One query a 5,000 titles."""
    ids = {each.pk for each in directives}
    titles = sorted({row.text("title") for row in rows})
    found: Titles = defaultdict(list)
    for start in range(0, len(titles) if ids else 0, 5000):
        there = Task.objects.filter(directive_id__in=ids, title__in=titles[start : start + 5000])
        there = there.exclude(stage=Stage.WITHDRAWN)
        for directive, title, lead, client_id, code in there.values_list(
            "directive_id", "title", "lead_unit_id", "client_id", "code"
        ):
            found[(directive, title, lead)].append((client_id, code))
    return found
