"""Whose state the home page shows: the whole city for those who read everything, else the viewer's own unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from namro.organisation.models import Unit
from namro.organisation.terms import COMMUNE_KINDS, Viewer
from namro.pages.asof import AsOf
from namro.tasks.models import Register
from namro.tasks.queries import Counts, counts_by_register, counts_by_tree


@dataclass(frozen=True)
class Scope:
    """The unit in view with all below it, and the wider one it is held against (the country; for a unit: the city)."""

    viewer: Viewer
    as_of: AsOf
    unit: Unit
    city: Unit
    wider: Unit | None
    registers: Sequence[Register]

    @property
    def is_city(self) -> bool:
        """Whether the whole city is in view."""
        return self.unit.pk == self.city.pk

    @cached_property
    def counts(self) -> Mapping[int, Counts]:
        """Counts of the unit in view by register."""
        return self._by_register(self.unit, self.registers)

    @cached_property
    def wider_counts(self) -> Mapping[int, Counts]:
        """Counts of the wider unit: for the country only the first register, which alone is given to all of it."""
        if self.wider is None:
            return {}
        return self._by_register(self.wider, self.registers[:1] if self.is_city else self.registers)

    def _by_register(self, unit: Unit, registers: Sequence[Register]) -> Mapping[int, Counts]:
        ids = [register.pk for register in registers]
        return counts_by_register(self.viewer, self.as_of.day, tops=[unit.pk], register_ids=ids)

    @cached_property
    def city_units(self) -> list[Unit]:
        """Communes and agencies directly under the city on the day, in Vietnamese order."""
        return list(Unit.objects.valid_on(self.as_of.day).filter(parent=self.city))

    @property
    def communes(self) -> list[Unit]:
        """Wards, communes and special zones of the city on the day."""
        return [unit for unit in self.city_units if unit.kind in COMMUNE_KINDS]

    @property
    def agencies(self) -> list[Unit]:
        """The other units of the city on the day."""
        return [unit for unit in self.city_units if unit.kind not in COMMUNE_KINDS]

    @cached_property
    def by_unit(self) -> Mapping[int, Counts]:
        """Counts of each commune and agency, with what stands below it, over all registers."""
        ids = [register.pk for register in self.registers]
        return counts_by_tree(self.viewer, self.as_of.day, units=self.city_units, register_ids=ids)


def scope_of(viewer: Viewer, as_of: AsOf) -> Scope:
    """Return what the viewer's home page shows on the day; two queries."""
    rows = Unit.objects.select_related("parent")
    units = {unit.pk: unit for unit in rows.filter(pk__in={viewer.city_id, viewer.home_unit_id})}
    city = units[viewer.city_id]
    reads_all = viewer.unit_ids is None
    unit = city if reads_all else units[viewer.home_unit_id]
    wider = city if unit.pk != city.pk else city.parent
    return Scope(viewer, as_of, unit, city, wider, list(Register.objects.all()))
