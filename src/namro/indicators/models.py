"""Tables of the indicators: definitions, targets, figures, charts and whose board they stand on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from namro.ground.period import Kind, Period
from namro.indicators.catalog.charts import ChartDef, chart_of
from namro.indicators.catalog.definitions import definition_of
from namro.indicators.catalog.peers import PeerDef
from namro.indicators.catalog.targets import target_of
from namro.indicators.terms import IndicatorDef, TargetDef
from namro.organisation.models import Declared, Person, Unit
from namro.sources.terms import SourceState


class Definition(Declared):
    """Định nghĩa chỉ tiêu: an indicator as its package declares it; `body` is the reviewed file."""

    class Meta(Declared.Meta):
        verbose_name = _("định nghĩa chỉ tiêu")

    @property
    def definition(self) -> IndicatorDef:
        """The definition as a value."""
        return definition_of(self.body)


class Target(models.Model):
    """Mục tiêu: what an indicator of a unit is to reach by when; set anew on another day, the older stays."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    breakdown = models.CharField(max_length=60, blank=True)
    set_on = models.DateField()
    body = models.JSONField()
    package = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("mục tiêu")
        ordering = ["indicator", "unit", "-set_on"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "unit", "breakdown", "set_on"], name="target_unique")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.set_on:%d/%m/%Y}"

    @property
    def target(self) -> TargetDef:
        """The target as a value."""
        return target_of(self.body)


class Figure(models.Model):
    """Số liệu: a value of an indicator for a unit, a period and perhaps a breakdown, as known since a day; derived."""

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    period_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    period_start = models.DateField()
    period = models.CharField(max_length=10, help_text="key of the period")
    breakdown = models.CharField(max_length=60, blank=True)
    value = models.DecimalField(
        max_digits=38, decimal_places=15, null=True, help_text="no value is no data, not 0"
    )
    numerator = models.DecimalField(max_digits=38, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=38, decimal_places=6, null=True)
    below = models.DecimalField(
        max_digits=38,
        decimal_places=15,
        null=True,
        help_text="what the units below add up to, where it states its own",
    )
    as_of = models.DateField()
    source = models.CharField(max_length=500)
    source_state = models.CharField(max_length=10, choices=SourceState.choices)
    version = models.PositiveIntegerField(help_text="version of the definition")
    synthetic = models.BooleanField(default=False, help_text="some of it was made by the demo's generator")

    class Meta:
        verbose_name = _("số liệu")
        ordering = ["indicator", "unit", "period_start", "breakdown", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period_kind", "period_start", "breakdown", "as_of"],
                name="figure_unique",
            ),
        ]
        indexes = [
            models.Index(
                fields=["indicator", "breakdown", "-period_start", "unit", "-as_of"], name="figure_period"
            ),
            models.Index(
                fields=["unit", "indicator", "breakdown", "-period_start", "-as_of"], name="figure_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.period} {self.breakdown}".strip()

    @property
    def when(self) -> Period:
        """Its period as a value."""
        return Period(Kind(self.period_kind), self.period_start)


class ServiceGroup(models.Model):
    """Nhóm dịch vụ: a service of the city whose charts stand together; the package gives their order."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    owner = models.CharField(max_length=40, help_text="unit code")
    order = models.PositiveIntegerField()
    icon = models.CharField(max_length=40, blank=True)
    package = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        verbose_name = _("nhóm dịch vụ")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Chart(models.Model):
    """Biểu đồ: which figures are shown in which form, as its package declares it; `body` is the reviewed entry."""

    code = models.CharField(max_length=80, unique=True)
    group = models.ForeignKey(ServiceGroup, on_delete=models.PROTECT, related_name="+")
    order = models.PositiveIntegerField(help_text="place within the package")
    body = models.JSONField()
    owner = models.CharField(max_length=40, help_text="unit code")
    next_review = models.DateField()
    package = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        verbose_name = _("biểu đồ")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.code

    @property
    def chart(self) -> ChartDef:
        """The chart as a value."""
        return chart_of(self.body)


class Annotation(models.Model):
    """Mốc sự kiện: what happened on a day, marked on the time axis of charts; no groups = on all of them."""

    day = models.DateField()
    words = models.CharField(max_length=60)
    words_en = models.CharField(max_length=60)
    source = models.CharField(max_length=500)
    groups = models.JSONField(default=list)
    package = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("mốc sự kiện")
        ordering = ["day", "words"]
        constraints = [models.UniqueConstraint(fields=["package", "day", "words"], name="annotation_unique")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.words}"


class BoardPlace(models.Model):
    """Chỗ trên bảng riêng: a chart that a person has put on their own board, and where."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    chart = models.ForeignKey(Chart, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("chỗ trên bảng riêng")
        ordering = ["person", "place"]
        constraints = [models.UniqueConstraint(fields=["person", "chart"], name="board_place_unique")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.place}"


class Forecast(models.Model):
    """Dự báo: what a figure of a unit is expected to be in the next periods, as made on a day; derived.

    `body` is the Outlook; None where the history allows none.
    """

    indicator = models.CharField(max_length=60)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    breakdown = models.CharField(max_length=60, blank=True)
    period_kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    last_start = models.DateField(help_text="start of the last period known then")
    digest = models.CharField(max_length=64, help_text="of the history it was made of")
    body = models.JSONField(null=True)
    as_of = models.DateField()

    class Meta:
        verbose_name = _("dự báo")
        ordering = ["indicator", "unit", "period_kind", "as_of"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "indicator", "breakdown", "period_kind", "as_of"], name="forecast_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.as_of:%d/%m/%Y}"


class PeerGroup(models.Model):
    """Nhóm ngang hàng: units that are compared with each other, by kind and number of people; the first that fits."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    kinds = models.JSONField()
    people_from = models.PositiveIntegerField(null=True)
    people_below = models.PositiveIntegerField(null=True)
    order = models.PositiveIntegerField()
    owner = models.CharField(max_length=40, help_text="unit code")
    next_review = models.DateField()
    package = models.CharField(max_length=60)
    is_active = models.BooleanField(default=True, help_text="still declared by its package")

    class Meta:
        verbose_name = _("nhóm ngang hàng")
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name

    @property
    def definition(self) -> PeerDef:
        """The group as a value."""
        names = ("code", "name", "name_en", "owner", "next_review", "order", "people_from", "people_below")
        return PeerDef(**{name: getattr(self, name) for name in names}, kinds=tuple(self.kinds))


class SourceMark(models.Model):
    """Mốc tính: up to where the figures of a source of the lake are computed, and by which definitions and tree."""

    source = models.CharField(max_length=60, unique=True, help_text="code")
    digest = models.CharField(max_length=64, blank=True, help_text="of the definitions and the tree of units")
    day = models.DateField(null=True, help_text="day of the last computation")

    class Meta:
        verbose_name = _("mốc tính số liệu")
        ordering = ["source"]

    def __str__(self) -> str:
        return self.source


class BatchMark(models.Model):
    """Lô đã tính: a batch of the lake that the figures already know."""

    batch = models.UUIDField(primary_key=True)
    source = models.ForeignKey(SourceMark, on_delete=models.CASCADE, related_name="batches")

    class Meta:
        verbose_name = _("lô đã tính")
        ordering = ["source", "batch"]

    def __str__(self) -> str:
        return str(self.batch)
