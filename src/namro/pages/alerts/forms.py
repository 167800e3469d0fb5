"""One small form for each thing done with alerts, one or many: what is asked, and the action it calls."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.alerts import actions
from namro.alerts.models import Alert
from namro.alerts.queries import subject_of
from namro.alerts.terms import Outcome
from namro.ground import clock
from namro.organisation.models import Person
from namro.organisation.queries import people_of
from namro.organisation.terms import Viewer
from namro.pages import fields
from namro.pages.dayfield import DayField


def words(label: Any, hint: Any = "", *, required: bool = True) -> forms.CharField:
    """A field for a sentence or two."""
    return fields.words(label, hint, required=required, rows=2, most=2000)


class AlertForm(fields.DeedForm):
    """Something done with alerts, one or many; `carry_out` raises Refused."""

    def __init__(self, *args: Any, viewer: Viewer, alert: Alert | None = None, **options: Any) -> None:
        self.viewer, self.alert = viewer, alert
        super().__init__(*args, **options)

    @classmethod
    def together(cls) -> dict[str, Any]:
        """What makes it one of several within one form: names of its own, and nothing that the browser insists on."""
        return {"prefix": cls.slug, "auto_id": "%s", "use_required_attribute": False}

    @property
    def draft(self) -> str:
        """The name under which the browser keeps what is typed."""
        return f"alert-{self.alert.pk if self.alert else 'many'}-{self.slug}"

    def carry_out(self, ids: Collection[int], **who: Any) -> Outcome:
        """Do it to the alerts with what was typed; an alert has no version that one could have missed."""
        made: Outcome = self.act(ids, client_id=self.cleaned_data["client_id"], **self.typed, **who)
        return made


class AcknowledgeForm(AlertForm):
    """Take alerts on, by a day."""

    slug, opens, sends = "nhan", _("Nhận xử lý"), _("Nhận xử lý")
    done = _("Đã ghi người nhận và ngày hẹn; đến ngày đó không đôn đốc tiếp.")
    owner: Any = forms.ModelChoiceField(
        Person.objects.none(), label=_("Người xử lý"), required=False, empty_label=_("Tôi")
    )
    deadline = DayField(label=_("Hẹn xong ngày"))
    note = words(_("Sẽ làm gì"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.alert is None:
            del self.fields["owner"]
            return
        units = {self.alert.unit_id, *self.viewer.post_unit_ids}
        self.fields["owner"].queryset = people_of(units, clock.today()).exclude(pk=self.viewer.person_id)  # type: ignore[attr-defined]

    def act(self, ids: Collection[int], **given: Any) -> Outcome:
        """Acknowledge."""
        return actions.acknowledge(ids, instead_of=self.alert.owner_id if self.alert else None, **given)


class SilenceForm(AlertForm):
    """Keep alerts quiet for a time."""

    slug, opens, sends = "tam-im", _("Tạm im"), _("Tạm im đến ngày này")
    done = _("Đã tạm im; hết ngày đó cảnh báo lên tiếng lại nếu điều kiện còn.")
    until = DayField(label=_("Đến hết ngày"))
    reason = words(_("Lý do"), _("Người xem sau phải hiểu vì sao không cần làm gì lúc này."))

    def act(self, ids: Collection[int], **given: Any) -> Outcome:
        """Silence."""
        return actions.silence(ids, **given)


class CloseForm(AlertForm):
    """Close alerts with a reason."""

    slug, opens, sends = "dong", _("Đóng"), _("Đóng cảnh báo")
    done = _("Đã đóng; cảnh báo chỉ mở lại khi tình hình nặng thêm, hoặc hết rồi lại xảy ra.")
    danger = True
    reason = words(_("Lý do đóng"))

    def act(self, ids: Collection[int], **given: Any) -> Outcome:
        """Close."""
        return actions.close(ids, **given)


class UrgeForm(AlertForm):
    """Urge by hand, with words."""

    slug, opens, sends = "don-doc", _("Đôn đốc"), _("Gửi đôn đốc")
    done = _("Đã gửi đôn đốc tới người phụ trách; lần này được ghi vào lịch sử.")
    words = words(_("Lời đôn đốc"), _("Cần làm gì, trước ngày nào."))

    def act(self, ids: Collection[int], **given: Any) -> Outcome:
        """Urge what the alert is about."""
        if self.alert is None:
            raise Alert.DoesNotExist
        actions.urge_by_hand(subject_of(self.alert), **given)
        return Outcome((self.alert.pk,))


TOGETHER: tuple[type[AlertForm], ...] = (AcknowledgeForm, SilenceForm, CloseForm)
HANDLING: tuple[type[AlertForm], ...] = TOGETHER
EVERY: tuple[type[AlertForm], ...] = (*HANDLING, UrgeForm)
BY_SLUG = {form.slug: form for form in EVERY}
