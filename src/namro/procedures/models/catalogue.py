"""The catalogue: procedures, their versions (appended only), codes that went, and what happens in a life."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.organisation.models import Person
from namro.procedures.models.imports import ProcedureImport

Words = SearchVector("folded_name", weight="A", config="simple") + SearchVector(
    "folded_rest", weight="C", config="simple"
)


class Procedure(models.Model):
    """Thủ tục hành chính: one code of the catalogue; what can be asked of it stands here, its text in its version."""

    code = models.CharField(max_length=30, unique=True)
    current = models.ForeignKey(
        "procedures.ProcedureVersion", null=True, on_delete=models.PROTECT, related_name="+",
        help_text="the version in force; none when the procedure has ended",
    )  # fmt: skip
    name = models.CharField(max_length=2000)
    field = models.CharField(max_length=2000)
    ministry = models.CharField(max_length=200, blank=True)
    agency = models.TextField(blank=True)
    levels = ArrayField(models.CharField(max_length=8))
    applicants = ArrayField(models.CharField(max_length=200))
    is_online = models.BooleanField()
    flags = ArrayField(models.CharField(max_length=40))
    events = ArrayField(models.CharField(max_length=40), default=list, help_text="life events it belongs to")
    order_key = models.CharField(max_length=240, help_text="the name by the Vietnamese alphabet")
    folded_name = models.TextField(help_text="name without marks")
    folded_rest = models.TextField(help_text="field, agency and result without marks")
    words = models.GeneratedField(expression=Words, output_field=SearchVectorField(), db_persist=True)

    class Meta:
        verbose_name = _("thủ tục hành chính")
        indexes = [
            GinIndex(fields=["words"], name="procedure_words"),
            GinIndex(fields=["flags"], name="procedure_flags"),
            GinIndex(fields=["events"], name="procedure_events"),
            models.Index(
                fields=["order_key", "id"], name="procedure_in_force", condition=Q(current__isnull=False)
            ),
            models.Index(fields=["field"], name="procedure_field"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ProcedureVersion(models.Model):
    """Phiên bản thủ tục: a published text of a procedure, or its end; appended only (a trigger refuses a change)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    valid_from = models.DateField(help_text="holds until the day of the next version, exclusive")
    is_end = models.BooleanField(default=False)
    body = models.JSONField(null=True, help_text="the record; none where the procedure ends")
    digest = models.CharField(max_length=64, blank=True)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    batch = models.ForeignKey(ProcedureImport, on_delete=models.PROTECT, related_name="versions")
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="none: the package itself"
    )

    class Meta:
        verbose_name = _("phiên bản thủ tục")
        ordering = ["procedure_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number"),
            models.CheckConstraint(
                condition=Q(is_end=True, body__isnull=True) | Q(is_end=False, body__isnull=False),
                name="procedure_version_body",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id} v{self.number}"


class Succession(models.Model):
    """Kế thừa mã thủ tục: the code that took the place of an old one, and what that is founded on."""

    old_code = models.CharField(max_length=30)
    old_name = models.CharField(max_length=2000, blank=True)
    new_code = models.CharField(max_length=30)
    basis = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("kế thừa mã thủ tục")
        ordering = ["old_code", "new_code"]
        constraints = [
            models.UniqueConstraint(fields=["old_code", "new_code"], name="procedure_succession_once"),
        ]
        indexes = [models.Index(fields=["new_code"], name="procedure_succession_new")]

    def __str__(self) -> str:
        return f"{self.old_code} → {self.new_code}"


class LifeEvent(models.Model):
    """Sự kiện trong đời: what happened to a person, which leads to procedures; declared by the package."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100)
    name_en = models.CharField(max_length=100)
    order = models.PositiveSmallIntegerField()
    body = models.JSONField(help_text="about, pinned codes, rules")

    class Meta:
        verbose_name = _("sự kiện trong đời")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class Saying(models.Model):
    """Cách nói của người dân: what people call a thing, and the catalogue's words for it; declared by the package."""

    says = models.CharField(max_length=100, unique=True)
    means = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("cách nói của người dân")
        ordering = ["says"]

    def __str__(self) -> str:
        return f"{self.says} = {self.means}"
