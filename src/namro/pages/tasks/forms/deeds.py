"""One small form a verb: what is asked for it, and the action it calls."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.ground import clock
from namro.ground.days import format_day
from namro.organisation.queries import people_of
from namro.pages.dayfield import DayField
from namro.pages.fields import DeedForm, words
from namro.pages.tasks.forms.files import FilesField
from namro.tasks import actions
from namro.tasks.models import Extension, Task
from namro.tasks.terms import ExtensionStatus, Verb

FILES_HINT = _(
    "PDF, ảnh, Word, Excel, PowerPoint hoặc văn bản thuần; mỗi tệp tối đa 25 MB. Chọn được nhiều tệp."
)


class TaskDeed(DeedForm):
    """A verb done to one task; `carry_out` raises Refused."""

    verb: Verb
    open_from_start = False

    def __init__(self, *args: Any, task: Task, **options: Any) -> None:
        self.task = task
        super().__init__(*args, **options)
        self.initial.setdefault("version", task.version)

    @property
    def draft(self) -> str:
        """The name under which the browser keeps what is typed."""
        return f"task-{self.task.code}-{self.slug}"


class IssueForm(TaskDeed):
    """Give the draft out."""

    verb, slug, opens, sends = Verb.ISSUE, "giao", _("Giao nhiệm vụ"), _("Giao cho đơn vị chủ trì")
    done = _("Đã giao nhiệm vụ.")
    tells = _("Sau khi giao, nội dung không sửa được nữa; hạn chỉ dời bằng gia hạn có căn cứ.")

    def act(self, **given: Any) -> Any:
        """Issue."""
        return actions.issue(self.task.pk, **given)


class AcceptForm(TaskDeed):
    """Take the task on."""

    verb, slug, opens, sends = Verb.ACCEPT, "tiep-nhan", _("Tiếp nhận"), _("Tiếp nhận nhiệm vụ")
    done = _("Đã tiếp nhận nhiệm vụ.")
    tells = _("Tiếp nhận là nhận trách nhiệm về việc, hạn và kết quả ghi trên trang này.")

    def act(self, **given: Any) -> Any:
        """Accept."""
        return actions.accept(self.task.pk, **given)


class AssignForm(TaskDeed):
    """Put somebody of the lead unit in charge."""

    verb, slug, opens, sends = Verb.ASSIGN, "phan-cong", _("Phân công"), _("Giao cho người này")
    done = _("Đã phân công người phụ trách.")
    person: Any = forms.ModelChoiceField(None, label=_("Người phụ trách"), empty_label=_("Chọn một người"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["person"].queryset = people_of([self.task.lead_unit_id], clock.today())  # type: ignore[attr-defined]
        self.initial.setdefault("person", self.task.lead_person_id)

    def act(self, **given: Any) -> Any:
        """Assign."""
        return actions.assign(self.task.pk, **given)


class ReportForm(TaskDeed):
    """Tell how far the work is."""

    verb, slug, opens, sends = Verb.REPORT, "bao-cao", _("Báo cáo tiến độ"), _("Gửi báo cáo")
    done = _("Đã ghi báo cáo tiến độ.")
    percent = forms.IntegerField(
        label=_("Tiến độ, %"), min_value=0, max_value=100, widget=forms.NumberInput(attrs={"class": "short"})
    )
    words = words(_("Đã làm được gì, còn vướng gì"))
    files: Any = FilesField(label=_("Tệp kèm theo"), required=False, help_text=FILES_HINT)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.initial.setdefault("percent", self.task.percent)

    def act(self, **given: Any) -> Any:
        """Report."""
        return actions.report(self.task.pk, **given)


class SubmitForm(TaskDeed):
    """Hand in the result with what shows it."""

    verb, slug, opens, sends = Verb.SUBMIT, "nop", _("Nộp kết quả"), _("Nộp kết quả")
    done = _("Đã nộp kết quả; cơ quan giám sát sẽ công nhận hoặc trả lại.")
    words = words(_("Kết quả đạt được"))
    files: Any = FilesField(label=_("Minh chứng"), required=False, help_text=FILES_HINT)

    def act(self, **given: Any) -> Any:
        """Submit."""
        return actions.submit(self.task.pk, **given)


class ApproveForm(TaskDeed):
    """Accept the result as done."""

    verb, slug, opens, sends = Verb.APPROVE, "cong-nhan", _("Công nhận"), _("Công nhận hoàn thành")
    done = _("Đã công nhận hoàn thành.")
    note = words(_("Ý kiến"), required=False)

    def act(self, **given: Any) -> Any:
        """Approve."""
        return actions.approve(self.task.pk, **given)


class ReturnForm(TaskDeed):
    """Send the result back with the reason."""

    verb, slug, opens, sends = Verb.RETURN, "tra-lai", _("Trả lại"), _("Trả lại kết quả")
    done = _("Đã trả lại kết quả cho đơn vị chủ trì.")
    danger = True
    note = words(_("Lý do trả lại và việc cần làm thêm"))

    def act(self, **given: Any) -> Any:
        """Return."""
        return actions.return_(self.task.pk, reason=given.pop("note"), **given)


class AskExtensionForm(TaskDeed):
    """Ask for more time."""

    verb, slug, opens, sends = Verb.ASK_EXTENSION, "xin-gia-han", _("Đề nghị gia hạn"), _("Gửi đề nghị")
    done = _("Đã gửi đề nghị gia hạn; hạn cũ còn hiệu lực đến khi có quyết định.")
    due_after = DayField(label=_("Đề nghị đến ngày"))
    reason = words(_("Lý do"), _("Nêu rõ vì sao không kịp và căn cứ, ví dụ số văn bản đã trình."))

    def act(self, **given: Any) -> Any:
        """Ask; what somebody else wrote meanwhile does not matter to a request."""
        given.pop("version")
        return actions.ask_extension(self.task.pk, **given)


class GrantExtensionForm(TaskDeed):
    """Move the due date, by whose leave and on which document."""

    verb, slug, opens, sends = Verb.GRANT_EXTENSION, "gia-han", _("Gia hạn"), _("Gia hạn")
    done = _("Đã gia hạn; hạn ban đầu vẫn ghi trong sổ.")
    due_after = DayField(label=_("Hạn mới"))
    granted_by = forms.CharField(label=_("Ai quyết định"), max_length=200)
    document = forms.CharField(label=_("Văn bản căn cứ"), help_text=_("Số, ngày văn bản."), max_length=200)
    reason = words(_("Ghi chú"), required=False, rows=2)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = open_request(self.task)
        if asked is not None:
            self.initial.setdefault("due_after", asked.due_after)
            self.fields["due_after"].help_text = _("Đơn vị đề nghị đến %(day)s.") % {
                "day": format_day(asked.due_after)
            }

    def act(self, **given: Any) -> Any:
        """Grant."""
        return actions.grant_extension(self.task.pk, **given)


class RefuseExtensionForm(TaskDeed):
    """Answer a request with no."""

    verb, slug, opens, sends = Verb.REFUSE_EXTENSION, "khong-gia-han", _("Không gia hạn"), _("Không gia hạn")
    done = _("Đã trả lời không gia hạn; hạn cũ còn hiệu lực.")
    danger = True
    answer = words(_("Lý do không gia hạn"))

    def act(self, **given: Any) -> Any:
        """Refuse the open request, or find the one this very act has refused."""
        given.pop("version")
        asked = open_request(self.task) or self.task.extensions.order_by("pk").last()
        if asked is None:
            raise Extension.DoesNotExist
        return actions.refuse_extension(asked.pk, **given)


class WithdrawForm(TaskDeed):
    """Take the task back."""

    verb, slug, opens, sends = Verb.WITHDRAW, "thu-hoi", _("Thu hồi"), _("Thu hồi nhiệm vụ")
    done = _("Đã thu hồi nhiệm vụ; lịch sử vẫn còn.")
    danger = True
    note = words(_("Lý do và văn bản căn cứ"))

    def act(self, **given: Any) -> Any:
        """Withdraw."""
        return actions.withdraw(self.task.pk, reason=given.pop("note"), **given)


class CommentForm(TaskDeed):
    """Say something."""

    verb, slug, opens, sends = Verb.COMMENT, "trao-doi", _("Trao đổi"), _("Gửi")
    done = _("Đã gửi trao đổi.")
    text = words(_("Nội dung trao đổi"))

    def act(self, **given: Any) -> Any:
        """Comment."""
        given.pop("version")
        return actions.comment(self.task.pk, **given)


DEEDS: tuple[type[TaskDeed], ...] = (
    IssueForm, AcceptForm, SubmitForm, ReportForm, ApproveForm, ReturnForm, GrantExtensionForm, RefuseExtensionForm,
    AssignForm, AskExtensionForm, WithdrawForm, CommentForm,
)  # fmt: skip
BY_SLUG = {deed.slug: deed for deed in DEEDS}


def open_request(task: Task) -> Extension | None:
    """The request to extend that waits for a decision."""
    return task.extensions.filter(status=ExtensionStatus.ASKED).first()
