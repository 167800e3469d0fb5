"""The form by which a task is written down: grouped by the clears, its directive chosen or recorded on the way."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.core.files.base import ContentFile
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from namro.ground import clock
from namro.organisation.models import Person, Unit
from namro.organisation.queries import people_of
from namro.organisation.terms import Refused, Viewer
from namro.pages.dayfield import DayField
from namro.pages.fields import NumberField, RequestForm, UnitField, named_unit
from namro.pages.tasks.forms.parts import ParentField, PartnersField
from namro.tasks.actions import TaskDraft, put_directive
from namro.tasks.actions.evidence import Attachment, check_attachment
from namro.tasks.models import Directive, Register, Task
from namro.tasks.terms import Mark, Proof

NEW = "moi"
MOST_DIRECTIVES = 300

SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (_("Rõ việc"), ("title", "detail", "parent", "mark")),
    (_("Rõ người"), ("lead_unit", "lead_person", "cooperating", "supervisor_unit")),
    (_("Rõ thời gian"), ("start_day", "due_day")),
    (_("Rõ thẩm quyền"), ("authority", "escalate_to")),
    (_("Rõ kết quả"), ("result", "proof_kind", "proof_indicator", "proof_target")),
)
DIRECTIVE_FIELDS = (
    "new_register",
    "new_kind",
    "new_number",
    "new_issuer",
    "new_day",
    "new_title",
    "new_file",
)
MAY_BE_LEFT_OUT = {"detail", "parent", "cooperating", "supervisor_unit", "start_day", "escalate_to"}
# Fields that go into the draft as they stand.
PLAIN = (
    "title", "detail", "mark", "start_day", "due_day", "authority", "result", "proof_kind", "proof_indicator",
    "proof_target",
)  # fmt: skip
# A field of the clarity check or of an action, and the field of this form that it speaks of.
SPEAKS_OF = {
    "work": "title", "due": "due_day", "start": "start_day", "supervisor": "supervisor_unit", "file": "new_file",
    "files": "new_file",
}  # fmt: skip


def area(rows: int) -> forms.Textarea:
    """A field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class TaskForm(RequestForm):
    """A task as it is written: what cannot stand is refused by the action, what is vague is told while one types."""

    alert = forms.IntegerField(widget=forms.HiddenInput, required=False)
    directive = forms.ChoiceField(label=_("Văn bản giao việc"))
    new_register = forms.ModelChoiceField(
        Register.objects.all(), label=_("Sổ theo dõi"), required=False, empty_label=_("Chọn sổ")
    )
    new_kind = forms.CharField(
        label=_("Loại văn bản"),
        required=False,
        max_length=60,
        help_text=_("Nghị quyết, kết luận, kế hoạch, thông báo…"),
    )
    new_number = forms.CharField(label=_("Số, ký hiệu"), required=False, max_length=80)
    new_issuer = forms.CharField(label=_("Cơ quan ban hành"), required=False, max_length=200)
    new_day = DayField(label=_("Ngày ban hành"), required=False)
    new_title = forms.CharField(label=_("Trích yếu"), required=False, max_length=500, widget=area(2))
    new_file = forms.FileField(
        label=_("Tệp văn bản"), required=False, help_text=_("PDF hoặc Word, tối đa 25 MB.")
    )

    title = forms.CharField(
        label=_("Nhiệm vụ"), max_length=500, widget=area(2), help_text=_("Một việc, bắt đầu bằng động từ.")
    )
    detail = forms.CharField(label=_("Nội dung chi tiết"), required=False, max_length=8000, widget=area(3))
    parent = ParentField(
        label=_("Nhiệm vụ cấp trên"),
        required=False,
        max_length=40,
        help_text=_("Mã của nhiệm vụ mà việc này góp vào."),
    )
    mark = forms.ChoiceField(
        label=_("Độ mật"), choices=Mark.choices, help_text=_("Tuyệt mật không nhập vào hệ thống.")
    )

    lead_unit = UnitField(
        label=_("Đơn vị chủ trì"), help_text=_("Đúng một đơn vị; tên cũ được dẫn tới đơn vị mới.")
    )
    lead_person = forms.ModelChoiceField(
        Person.objects.none(),
        label=_("Người phụ trách"),
        required=False,
        empty_label=_("Chọn sau khi có đơn vị chủ trì"),
    )
    cooperating = PartnersField(label=_("Đơn vị phối hợp"), required=False)
    supervisor_unit = UnitField(
        label=_("Cơ quan giám sát"),
        required=False,
        help_text=_("Cơ quan công nhận kết quả; để trống là cơ quan của bạn."),
    )

    start_day = DayField(label=_("Bắt đầu"), required=False, help_text=_("Để trống là hôm nay."))
    due_day = DayField(
        label=_("Hạn hoàn thành"), help_text=_("Hạn rơi vào ngày nghỉ kéo tới hết ngày làm việc kế tiếp.")
    )

    authority = forms.CharField(
        label=_("Ai quyết định"),
        required=False,
        max_length=300,
        help_text=_("Chức danh quyết định và trong phạm vi nào."),
    )
    escalate_to = UnitField(label=_("Khi vượt thẩm quyền, trình"), required=False)

    result = forms.CharField(
        label=_("Kết quả phải có"), required=False, max_length=4000, widget=area(2),
        help_text=_("Sản phẩm hoặc con số đo được, ví dụ “01 quy chế được ban hành”."),
    )  # fmt: skip
    proof_kind = forms.ChoiceField(
        label=_("Chứng minh bằng"), choices=Proof.choices, widget=forms.RadioSelect
    )
    proof_indicator = forms.CharField(label=_("Mã chỉ số"), required=False, max_length=80)
    proof_target = NumberField(label=_("Mức phải đạt"), required=False, max_length=30)

    def __init__(self, *args: Any, viewer: Viewer, task: Task | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer, self.task = viewer, task
        self.findings: dict[str, list[Any]] = {}
        self.fields["directive"].choices = self._directives()  # type: ignore[attr-defined]
        self.fields["parent"].viewer = viewer  # type: ignore[attr-defined]
        self.fields["lead_person"].widget.attrs |= {
            "hx-get": reverse("lead_people"),
            "hx-trigger": "change from:#id_lead_unit",
            "hx-include": "#id_lead_unit",
        }
        lead = self._lead()
        if lead is not None:
            chosen = self.fields["lead_person"]
            chosen.queryset = people_of([lead.pk], clock.today())  # type: ignore[attr-defined]
            chosen.empty_label = _("Chọn một người")  # type: ignore[attr-defined]

    def _directives(self) -> list[tuple[str, Any]]:
        """The newest directives, the one already chosen, and the way to record another."""
        newest = Directive.objects.select_related("register").order_by("-day", "number")[:MOST_DIRECTIVES]
        chosen = [self.task.directive] if self.task else []
        shown = {each.pk: each for each in [*chosen, *newest]}
        choices = [(str(pk), f"{each} · {each.issuer} · {each.day:%d/%m/%Y}") for pk, each in shown.items()]
        return [("", _("Chọn văn bản")), (NEW, _("Ghi nhận văn bản mới…")), *choices]

    def _lead(self) -> Unit | None:
        """The lead unit typed or stored, so that its people can be chosen."""
        typed = self.data.get("lead_unit", "") if self.is_bound else self.initial.get("lead_unit")
        if isinstance(typed, Unit) or not typed:
            return typed or None
        try:
            return named_unit(str(typed))
        except Refused:
            return None

    def clean(self) -> dict[str, Any]:
        """A new directive needs its number, issuer and day."""
        values = super().clean() or {}
        if values.get("directive") == NEW:
            for name in ("new_register", "new_kind", "new_number", "new_issuer", "new_day", "new_title"):
                if not values.get(name) and name not in self.errors:
                    self.add_error(name, _("Hãy điền mục này để ghi nhận văn bản mới."))
        return values

    def clean_title(self) -> str:
        """The work on one line."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_new_file(self) -> Attachment | None:
        """The file of a new directive, checked by its content."""
        sent = self.cleaned_data.get("new_file")
        if not sent:
            return None
        attachment = Attachment.read(sent.name, sent)
        try:
            check_attachment(attachment)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal
        return attachment

    def draft(self, *, by: Person) -> TaskDraft:
        """What was written, with its directive recorded where it is new; Refused by the action that records it."""
        values = self.cleaned_data
        directive_id = self._put_directive(by).pk if values["directive"] == NEW else int(values["directive"])
        plain = {name: values[name] for name in PLAIN}
        return TaskDraft(
            directive_id=directive_id,
            lead_unit_id=_pk(values["lead_unit"]),
            lead_person_id=_pk(values["lead_person"]),
            cooperating_ids=tuple(unit.pk for unit in values["cooperating"]),
            escalate_to_id=_pk(values["escalate_to"]),
            supervisor_unit_id=_pk(values["supervisor_unit"]),
            parent_id=_pk(values["parent"]),
            **plain,
        )

    def _put_directive(self, by: Person) -> Directive:
        values = self.cleaned_data
        return put_directive(
            client_id=uuid5(values["client_id"], "directive"),
            register=values["new_register"],
            kind=values["new_kind"],
            number=values["new_number"],
            issuer=values["new_issuer"],
            day=values["new_day"],
            title=values["new_title"],
            file=_stored(values["new_file"]),
            by=by,
            viewer=self.viewer,
        )

    def issue_id(self) -> UUID:
        """The id of giving it out, made from that of writing it down: both may be sent twice."""
        return uuid5(self.cleaned_data["client_id"], "issue")

    def refuse(self, refusal: Refused) -> None:
        """Put the sentence beside the field it speaks of."""
        super().refuse(Refused(refusal.sentence, field=SPEAKS_OF.get(refusal.field, refusal.field)))

    def sections(self) -> Iterator[tuple[Any, list[tuple[BoundField, bool, list[Any]]]]]:
        """The fields by clear, each with whether a task can be given out without it, and what is vague in it."""
        for title, names in SECTIONS:
            yield (
                title,
                [(self[name], name in MAY_BE_LEFT_OUT, self.findings.get(name, [])) for name in names],
            )

    def directive_fields(self) -> list[BoundField]:
        """The fields of a new directive."""
        return [self[name] for name in DIRECTIVE_FIELDS]

    @property
    def makes_directive(self) -> bool:
        """Whether the fields of a new directive stand open."""
        return self["directive"].value() == NEW or any(self[name].errors for name in DIRECTIVE_FIELDS)


def _stored(attachment: Attachment | None) -> ContentFile | None:
    return ContentFile(attachment.content, name=attachment.name) if attachment else None


def _pk(row: Any) -> int | None:
    return row.pk if row is not None else None


def initial_of(task: Task) -> dict[str, Any]:
    """A stored task as the form shows it."""
    names = (
        "title", "detail", "mark", "lead_unit", "lead_person", "start_day", "due_day", "authority", "escalate_to",
        "result", "proof_kind", "proof_indicator", "proof_target", "version", "supervisor_unit",
    )  # fmt: skip
    partners = (
        task.participations.filter(involvement="cooperating")
        .select_related("unit")
        .order_by("unit__sort_key")
    )
    return {name: getattr(task, name) for name in names} | {
        "directive": str(task.directive_id),
        "parent": task.parent.code if task.parent else "",
        "cooperating": [f"{row.unit.name} ({row.unit.code})" for row in partners],
    }
