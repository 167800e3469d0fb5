"""What happened to a dossier: its events (appended only), its papers, supplements, payments and apologies."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from namro.dossiers.models.dossier import Dossier
from namro.dossiers.models.routes import DeskStep
from namro.dossiers.terms import PaymentState, Scan, State
from namro.organisation.models import Person


class DossierEvent(models.Model):
    """Diễn biến hồ sơ: one act; appended, never changed (a trigger refuses it)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="events", db_index=False)
    client_id = models.UUIDField(null=True, help_text="none: by the machine or loaded")
    at = models.DateTimeField()
    verb = models.CharField(max_length=24)
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="none: the applicant or the machine",
    )  # fmt: skip
    state_before = models.CharField(max_length=16, blank=True)
    state_after = models.CharField(max_length=16)
    desk = models.ForeignKey(DeskStep, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True, help_text="that holds after the act")
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("diễn biến hồ sơ")
        ordering = ["dossier_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["client_id"], name="dossier_event_once", condition=Q(client_id__isnull=False)
            ),
        ]
        indexes = [models.Index(fields=["dossier", "id"], name="dossier_event_of")]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.verb}"


class DossierFile(models.Model):
    """Giấy tờ trong hồ sơ: a file as it was sent, its type found in its content, stored once under its digest."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="files")
    client_id = models.UUIDField(unique=True)
    paper = models.CharField(
        max_length=40, help_text="of the version's papers: its place; result: the result"
    )
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=Scan.choices)
    reused_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    signature = models.JSONField(null=True, help_text="who signed, with which certificate, sandbox or not")
    bears_signature = models.BooleanField(
        default=False, help_text="whoever sent it had it signed: inside the PDF"
    )
    is_dropped = models.BooleanField(default=False, help_text="taken out of the draft before it was filed")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("giấy tờ trong hồ sơ")
        ordering = ["dossier_id", "id"]

    def __str__(self) -> str:
        return self.name


class Supplement(models.Model):
    """Yêu cầu bổ sung: what is missing, asked and answered; the clock stands in between."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="supplement_requests")
    number = models.PositiveSmallIntegerField(help_text="1 for the first; each further one counts as late")
    words = models.TextField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    state_before = models.CharField(max_length=16, choices=State.choices)

    class Meta:
        verbose_name = _("yêu cầu bổ sung")
        ordering = ["dossier_id", "number"]
        constraints = [models.UniqueConstraint(fields=["dossier", "number"], name="supplement_number")]

    def __str__(self) -> str:
        return f"{self.dossier_id} lần {self.number}"


class Payment(models.Model):
    """Thanh toán phí, lệ phí: an order under a reference of ours, and what the gateway said of it."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="payments")
    client_id = models.UUIDField(unique=True)
    reference = models.CharField(max_length=40, unique=True)
    amount = models.PositiveBigIntegerField(help_text="đồng")
    received = models.PositiveBigIntegerField(null=True, help_text="đồng that came, where it is another sum")
    state = models.CharField(max_length=12, choices=PaymentState.choices, default=PaymentState.ASKED)
    gateway = models.CharField(max_length=80, blank=True, help_text="empty: paid at the desk")
    gateway_number = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    heard_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("thanh toán phí, lệ phí")
        ordering = ["dossier_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["dossier"], name="payment_paid_once", condition=Q(state=PaymentState.PAID)
            ),
        ]
        indexes = [
            models.Index(
                fields=["dossier"], name="payment_to_pay_back", condition=Q(state=PaymentState.TO_PAY_BACK)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def came(self) -> int:
        """The sum that came, đồng: what was ordered unless another is on record."""
        return self.amount if self.received is None else self.received


class Apology(models.Model):
    """Phiếu xin lỗi: owed when a dossier is late, with the new day (Decree 118/2025/NĐ-CP)."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="apologies")
    client_id = models.UUIDField(unique=True)
    number = models.CharField(max_length=60, unique=True)
    old_at = models.DateTimeField(help_text="what was promised before")
    new_at = models.DateTimeField(help_text="what is promised now; the due moment itself does not move")
    reason = models.TextField()
    at = models.DateTimeField()
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("phiếu xin lỗi")
        ordering = ["dossier_id", "id"]

    def __str__(self) -> str:
        return self.number


class Satisfaction(models.Model):
    """Đánh giá của người nộp: asked once when a dossier has ended."""

    dossier = models.OneToOneField(Dossier, on_delete=models.PROTECT, related_name="satisfaction")
    client_id = models.UUIDField(unique=True)
    handling = models.PositiveSmallIntegerField(help_text="how one was served, 1 to 5")
    is_settlement_liked = models.BooleanField(help_text="content with the settlement itself")
    words = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("đánh giá của người nộp")
        constraints = [
            models.CheckConstraint(condition=Q(handling__range=(1, 5)), name="satisfaction_handling"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier_id} {self.handling}"
