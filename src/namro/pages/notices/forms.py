"""Forms of the settings and of the administrators."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from namro.delivery.rules import channels_of, required_of
from namro.delivery.terms import Channel, Level, PolicyDef
from namro.ground import clock
from namro.organisation.models import Person, Post, Unit
from namro.organisation.queries import unit_named
from namro.organisation.terms import Refused
from namro.pages.dayfield import DayField

Choices = Mapping[tuple[Level, Channel], bool]


class Cell(NamedTuple):
    """One box of the table of channels."""

    channel: str
    bound: forms.BoundField


class ChannelsForm(forms.Form):
    """By which channel a person hears of each level; what the role must receive is ticked and cannot be taken off."""

    def __init__(
        self, *args: Any, policy: PolicyDef, roles: Collection[str], choices: Choices, channels: Collection[Channel],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self._cells = [(level, channel) for level in reversed(Level) for channel in channels]
        for level, channel in self._cells:
            required = channel in required_of(roles, level, policy)
            self.fields[_name(level, channel)] = forms.BooleanField(
                label=f"{level.label}: {channel.label}",
                required=False,
                disabled=required,
                initial=channel in channels_of(roles, level, choices, policy),
                help_text=_("vai trò của bạn phải nhận") if required else "",
            )

    def rows(self) -> Iterator[tuple[Level, list[Cell]]]:
        """The table: a row a level, a box a channel."""
        for level in reversed(Level):
            held = [channel for row, channel in self._cells if row == level]
            yield level, [Cell(str(channel.label), self[_name(level, channel)]) for channel in held]

    def wanted(self) -> dict[tuple[Level, Channel], bool]:
        """What was chosen."""
        return {
            (level, channel): bool(self.cleaned_data[_name(level, channel)]) for level, channel in self._cells
        }


def _name(level: Level, channel: Channel) -> str:
    return f"{channel.value}_{level.value}"


class EmailForm(forms.Form):
    """Where one gets mail."""

    email = forms.EmailField(
        label=_("Địa chỉ thư điện tử"), required=False, max_length=254,
        help_text=_("Dùng hộp thư công vụ. Để trống thì chỉ xem tin trong hệ thống."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip


class DeputyForm(forms.Form):
    """Who stands in for which post, from which day to which (the last day is inside)."""

    post = forms.ModelChoiceField(label=_("Chức vụ của bạn"), queryset=Post.objects.none(), empty_label=None)
    deputy = forms.ModelChoiceField(
        label=_("Người thay"), queryset=Person.objects.none(), empty_label=_("Chọn người thay"),
        help_text=_("Người cùng đơn vị. Trong thời gian này, họ nhận tin thay và làm được việc của chức vụ."),
    )  # fmt: skip
    start = DayField(label=_("Từ ngày"))
    last_day = DayField(label=_("Đến hết ngày"))
    ground = forms.CharField(
        label=_("Căn cứ"), max_length=300, help_text=_("Ví dụ: nghỉ phép, đi công tác, số văn bản.")
    )

    def __init__(self, *args: Any, posts: QuerySet[Post], people: QuerySet[Person], **kwargs: Any) -> None:
        kwargs["initial"] = {"start": clock.today()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts  # type: ignore[attr-defined]
        self.fields["deputy"].queryset = people  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What the action takes: the day after the last one ends it."""
        held = self.cleaned_data
        end: date = held["last_day"] + timedelta(days=1)
        kept = {name: held[name] for name in ("post", "deputy", "start", "ground")}
        return kept | {"end": end}


class WebhookForm(forms.Form):
    """A webhook of a unit or of a person."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    url = forms.URLField(
        label=_("Địa chỉ"), max_length=500, assume_scheme="https",
        help_text=_("Bắt đầu bằng https://, máy chủ trên mạng công cộng."),
    )  # fmt: skip
    unit = forms.CharField(
        label=_("Đơn vị"), required=False, max_length=200,
        help_text=_("Nhận mọi tin về đơn vị này. Mã hoặc tên, gõ không dấu cũng được."),
    )  # fmt: skip
    username = forms.CharField(
        label=_("hoặc người dùng"),
        required=False,
        max_length=60,
        help_text=_("Tên đăng nhập của người nhận."),
    )
    level = forms.TypedChoiceField(
        label=_("Từ mức"), choices=Level.choices, coerce=lambda text: Level(int(text)), initial=Level.WARNING
    )

    def clean_unit(self) -> Unit | None:
        """Return the unit meant; an unknown name is refused with the nearest ones."""
        text = self.cleaned_data["unit"]
        try:
            return unit_named(text) if text else None
        except Refused as refusal:
            raise ValidationError(refusal.sentence) from None

    def clean_username(self) -> Person | None:
        """Return the person of that sign-in name."""
        text = self.cleaned_data["username"]
        found = Person.objects.filter(username__iexact=text).first() if text else None
        if text and found is None:
            raise ValidationError(_("Không có người dùng mang tên đăng nhập này; hãy kiểm tra lại."))
        return found


def put_refusal(form: forms.Form, refusal: Refused) -> None:
    """Set a refusal beside the field it names (the last day stands for the end), or above the form."""
    field = {"end": "last_day"}.get(refusal.field, refusal.field)
    form.add_error(field if field in form.fields else None, refusal.sentence)
