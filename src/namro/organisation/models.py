"""Units, people and posts."""

from datetime import date
from typing import Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.ground.text import fold, sort_key
from namro.organisation.terms import Part, Role, UnitKind


class UnitQuerySet(models.QuerySet["Unit"]):
    """Units by day and by place in the tree."""

    def valid_on(self, day: date) -> Self:
        """Units in force on the day."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        )

    def below(self, unit: "Unit") -> Self:
        """The unit and all under it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """Đơn vị: a node of the two-tier tree, in force from a day to a day (exclusive)."""

    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    short_name = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(
        max_length=200, db_collation="C", help_text="codes from the root, each closed by /"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    folded = models.CharField(max_length=200, db_index=True)
    sort_key = models.CharField(max_length=400, db_collation="C")

    objects = UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("đơn vị")
        ordering = ["sort_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"], nulls_distinct=False, name="unit_code_from_unique"
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gt=models.F("valid_from")),
                name="unit_ends_after_start",
            ),
        ]
        indexes = [
            models.Index(fields=["path"], name="unit_path"),
            models.Index(fields=["kind"], name="unit_kind"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    def fill_derived(self, parent_path: str) -> None:
        """Set path, folded name and sort key from code and name."""
        self.path = f"{parent_path}{self.code}/"
        self.folded = fold(self.name)[:200]
        self.sort_key = sort_key(self.name)[:400]


class Successor(models.Model):
    """Kế thừa: where an ended unit went, whole or in part."""

    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    part = models.CharField(max_length=10, choices=Part.choices)
    change = models.CharField(max_length=40)
    day = models.DateField()
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("kế thừa đơn vị")
        constraints = [models.UniqueConstraint(fields=["old", "new"], name="successor_unique")]

    def __str__(self) -> str:
        return f"{self.old} → {self.new}"


class Boundary(models.Model):
    """Ranh giới: the outline of a unit as a GeoJSON geometry, WGS 84."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="boundary")
    geometry = models.JSONField()

    class Meta:
        verbose_name = _("ranh giới")

    def __str__(self) -> str:
        return f"ranh giới {self.unit}"


class Neighbour(models.Model):
    """Giáp ranh: two units whose outlines have a stretch of border in common; kept in both directions, derived."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("giáp ranh")
        constraints = [models.UniqueConstraint(fields=["unit", "other"], name="neighbour_unique")]

    def __str__(self) -> str:
        return f"{self.unit_id} | {self.other_id}"


class Profile(models.Model):
    """Hồ sơ đơn vị: area in km² and people, as published, with the source of each."""

    unit = models.OneToOneField(Unit, on_delete=models.CASCADE, related_name="profile")
    area_km2 = models.DecimalField(max_digits=10, decimal_places=2, null=True)
    population = models.IntegerField(null=True)
    source = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta:
        verbose_name = _("hồ sơ đơn vị")

    def __str__(self) -> str:
        return f"hồ sơ {self.unit}"


class SwappedDay(models.Model):
    """Ngày hoán đổi: a working day made free, or a free day made a working day, by yearly decision."""

    off = models.DateField(null=True)
    worked = models.DateField(null=True)
    source = models.CharField(max_length=300)
    standing = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("ngày hoán đổi")
        constraints = [
            models.UniqueConstraint(
                fields=["off", "worked"], nulls_distinct=False, name="swapped_day_unique"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.off} ↔ {self.worked}"


class PersonManager(BaseUserManager["Person"]):
    """Finds a person by the sign-in name, without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """The person of that sign-in name."""
        return self.get(username__iexact=username)


class Person(AbstractBaseUser):
    """Người dùng: someone who signs in; what they may do comes from their posts."""

    username = models.CharField(max_length=60, unique=True)
    full_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True, help_text="where notices go; empty means none by mail")
    sort_key = models.CharField(max_length=240, db_collation="C", blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, help_text="exists only with the demo, only on loopback")

    objects = PersonManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = _("người dùng")
        ordering = ["sort_key"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the sort key with the name."""
        self.sort_key = sort_key(self.full_name)[:240]
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class Post(models.Model):
    """Chức vụ: a role of a person in a unit, from a day to a day (exclusive)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("chức vụ")
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "role", "valid_from"], name="post_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.unit}"


class Deputising(models.Model):
    """Ủy quyền: someone stands in for the holder of a post from a day to a day (exclusive)."""

    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="deputisings")
    deputy = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="deputisings")
    start = models.DateField()
    end = models.DateField()
    ground = models.CharField(max_length=300, help_text="the stated reason or document")

    class Meta:
        verbose_name = _("ủy quyền")
        ordering = ["-start", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(end__gte=models.F("start")), name="deputising_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["deputy", "end"], name="deputising_deputy")]

    def __str__(self) -> str:
        return f"{self.deputy} thay {self.post.person}"


class Declared(models.Model):
    """What a package declares in a reviewed file (`body`), with the unit that owns it and when it is reviewed next."""

    code = models.CharField(max_length=60, unique=True)
    version = models.PositiveIntegerField()
    body = models.JSONField()
    owner = models.CharField(max_length=40, help_text="unit code")
    next_review = models.DateField()
    package = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        abstract = True
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} v{self.version}"
