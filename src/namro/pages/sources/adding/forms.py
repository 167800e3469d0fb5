"""What each step of adding a source asks for."""

import os
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from namro.ground import clock
from namro.indicators.queries.charts import service_groups
from namro.pages.dayfield import DayField
from namro.pages.fields import RequestForm, UnitField
from namro.pages.naming import named
from namro.pages.sources.forms import KINDS as KINDS_OF_FILE
from namro.pages.sources.forms import FileForm
from namro.sources.terms import Every, Means
from namro.sources.terms.drafts import ADDED, OPEN_VARIABLES

KINDS = {
    Means.UPLOAD: _("Người của cơ quan gửi tệp Excel, CSV trên trang này. Dễ nhất để bắt đầu."),
    Means.FOLDER: _("Phần mềm của cơ quan đặt tệp vào một thư mục; hệ thống tự nhận."),
    Means.SQL: _("Đọc một bảng hoặc khung nhìn của PostgreSQL, MySQL, MariaDB, SQL Server."),
    Means.REST: _("Gọi một API trả lời JSON, theo trang."),
    Means.S3: _("Đọc tệp trong một kho S3 hoặc tương thích (MinIO, Ceph)."),
    Means.PUSH: _("Phần mềm của cơ quan tự gửi từng lô tới API, có chữ ký."),
}


class BeginForm(RequestForm):
    """The name of a new source, and by what means it comes."""

    name = forms.CharField(
        label=_("Tên nguồn"), help_text=_("Người xem bảng đọc tên này, ví dụ: Chất lượng nước sinh hoạt."),
        max_length=120,
    )  # fmt: skip
    means = forms.ChoiceField(
        label=_("Số liệu đến bằng cách nào?"),
        choices=[(kind.value, kind.label) for kind in ADDED],
        widget=forms.RadioSelect,
    )
    code = forms.CharField(
        label=_("Mã nguồn"), required=False, max_length=40,
        help_text=_("Để trống thì lấy từ tên, ví dụ: chat_luong_nuoc. Đặt rồi không đổi."),
    )  # fmt: skip


def variables() -> list[str]:
    """Return the environment variables that are set on this server and may be named here."""
    return sorted(name for name, value in os.environ.items() if name.startswith(OPEN_VARIABLES) and value)


class VariableField(forms.CharField):
    """The name of an environment variable that holds a secret; the page says which are set."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=80, **options)
        self.widget.attrs |= {
            "list": "variables", "autocomplete": "off", "spellcheck": "false", "placeholder": f"{OPEN_VARIABLES}…",
        }  # fmt: skip


class ConnectForm(RequestForm):
    """The settings of a means; each means has its own."""

    def settings(self) -> dict[str, Any]:
        """Return what was typed as a contract holds it."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("client_id", "version") and value not in ("", None)
        }


PATTERN: dict[str, Any] = {
    "label": _("Mẫu tên tệp"),
    "help_text": _(
        "Dấu * thay cho mọi chữ: *.csv là mọi tệp CSV, nuoc-*.xlsx là các tệp bắt đầu bằng “nuoc-”."
    ),
    "max_length": 120,
    "initial": "*.*",
}
SHEET: dict[str, Any] = {
    "label": _("Trang tính"),
    "help_text": _("Chỉ với Excel có nhiều trang; để trống thì lấy trang đầu."),
    "max_length": 60,
    "required": False,
}


class UploadForm(ConnectForm):
    """A file that people send."""

    sheet = forms.CharField(**SHEET)


class FolderForm(ConnectForm):
    """Files in the folder of the source."""

    pattern = forms.CharField(**PATTERN)
    sheet = forms.CharField(**SHEET)


class SqlForm(ConnectForm):
    """A table of another database."""

    url_env = VariableField(
        label=_("Biến môi trường giữ địa chỉ cơ sở dữ liệu"),
        help_text=_(
            "Giá trị dạng postgresql://tài-khoản:mật-khẩu@máy/cơ-sở-dữ-liệu; tài khoản chỉ cần quyền đọc."
        ),
    )
    table = forms.CharField(
        label=_("Bảng hoặc khung nhìn"),
        help_text=_("Có thể kèm lược đồ, ví dụ: cap_nuoc.chi_so"),
        max_length=120,
    )


class RestForm(ConnectForm):
    """A JSON API."""

    PAGES: ClassVar = [
        ("", _("Trả lời một lần là đủ")), ("page", _("Trang số 1, 2, 3…")),
        ("link", _("Câu trả lời có địa chỉ trang sau")), ("cursor", _("Câu trả lời có dấu nối của trang sau")),
    ]  # fmt: skip
    url = forms.CharField(label=_("Địa chỉ API"), max_length=500, widget=forms.URLInput)
    token_env = VariableField(
        label=_("Biến môi trường giữ khóa truy cập"), required=False,
        help_text=_("Gửi kèm dạng Bearer, chỉ qua https; để trống nếu API không cần khóa."),
    )  # fmt: skip
    rows = forms.CharField(
        label=_("Chỗ của danh sách dòng"), required=False, max_length=120,
        help_text=_("Ví dụ: data.items; để trống nếu câu trả lời chính là danh sách. Bước sau cho biết nếu sai."),
    )  # fmt: skip
    page = forms.ChoiceField(label=_("Cách chia trang"), choices=PAGES, required=False)
    page_name = forms.CharField(
        label=_("Tên tham số trang hoặc chỗ của dấu nối"), required=False, max_length=60,
        help_text=_("Để trống thì dùng page (trang số) hoặc next (dấu nối, địa chỉ)."),
    )  # fmt: skip

    def settings(self) -> dict[str, Any]:
        """Return the settings, with the rule of the pages as the connector takes it."""
        said = super().settings()
        kind, name = said.pop("page", ""), said.pop("page_name", "")
        if kind:
            key = "param" if kind == "page" else "path"
            said["page"] = {"kind": kind, key: name or ("page" if kind == "page" else "next")}
        return said


class S3Form(ConnectForm):
    """Files in a bucket."""

    endpoint = forms.CharField(
        label=_("Địa chỉ kho"), required=False, max_length=200, widget=forms.URLInput,
        help_text=_("Ví dụ: https://kho.example.org; để trống thì là AWS."),
    )  # fmt: skip
    bucket = forms.CharField(label=_("Tên kho (bucket)"), max_length=63)
    pattern = forms.CharField(**PATTERN)
    key_env = VariableField(label=_("Biến môi trường giữ mã truy cập (access key)"), required=False)
    secret_env = VariableField(label=_("Biến môi trường giữ khóa bí mật (secret key)"), required=False)
    region = forms.CharField(label=_("Vùng"), required=False, max_length=40)


class PushForm(ConnectForm):
    """Batches that another program sends."""

    secret_env = VariableField(
        label=_("Biến môi trường giữ khóa ký"),
        help_text=_("Bên gửi ký từng lô bằng khóa này (Standard Webhooks)."),
    )


CONNECT_FORMS: dict[str, type[ConnectForm]] = {
    Means.UPLOAD: UploadForm, Means.FOLDER: FolderForm, Means.SQL: SqlForm,
    Means.REST: RestForm, Means.S3: S3Form, Means.PUSH: PushForm,
}  # fmt: skip


class FetchForm(RequestForm):
    """Nothing to say: the connector reads."""


class SampleForm(RequestForm, FileForm):
    """A file from which the columns are seen."""

    file = forms.FileField(
        label=_("Tệp mẫu"),
        help_text=_("CSV, Excel hoặc Parquet, tối đa 25 MB. Tiêu đề có thể nằm dưới vài dòng tên bảng."),
        widget=forms.FileInput(attrs={"accept": KINDS_OF_FILE}),
        allow_empty_file=True,
    )


class DutiesForm(RequestForm):
    """Who owns the data and answers for it, on what ground, how often it comes and how old it may be."""

    owner = UnitField(label=_("Cơ quan quản lý số liệu"), help_text=_("Mã hoặc tên, gõ không dấu cũng được."))
    answers = forms.CharField(
        label=_("Chức vụ trả lời về số liệu"), max_length=120,
        help_text=_("Chức vụ, không phải tên người, ví dụ: Trưởng phòng Kỹ thuật."),
    )  # fmt: skip
    group = forms.ChoiceField(label=_("Nhóm dịch vụ"))
    why = forms.CharField(
        label=_("Số liệu này để quyết định việc gì?"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    legal_basis = forms.CharField(
        label=_("Căn cứ pháp lý"), max_length=300,
        help_text=_("Luật, nghị định, quyết định cho phép thu thập; chưa rõ thì ghi “chưa xác minh”."),
    )  # fmt: skip
    every = forms.ChoiceField(label=_("Số liệu đến theo nhịp nào?"), choices=Every.choices, initial=Every.DAY)
    at = forms.RegexField(
        label=_("Lúc"), regex=r"^([01]\d|2[0-3]):[0-5]\d$", initial="06:00",
        help_text=_("Giờ:phút của Việt Nam, ví dụ 06:00."),
        error_messages={"invalid": _("Ghi giờ:phút, ví dụ 06:00.")},
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )  # fmt: skip
    freshness_hours = forms.IntegerField(
        label=_("Cam kết số liệu không cũ hơn (giờ)"), min_value=1, max_value=24 * 400, initial=30,
        help_text=_("Quá số giờ này mà chưa có lô mới thì nguồn bị báo trễ hẹn."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    mode = forms.ChoiceField(
        label=_("Mỗi lần gửi là"),
        choices=[
            ("append", _("phần thêm vào; dòng trùng khóa thay dòng cũ")),
            ("replace_all", _("toàn bộ số liệu; thay hết cái cũ")),
        ],
        initial="append",
    )
    cursor = forms.ChoiceField(
        label=_("Đọc tiếp theo cột"), required=False,
        help_text=_("Lần sau chỉ đọc từ giá trị lớn nhất đã có của cột này; để trống thì mỗi lần đọc lại tất cả."),
    )  # fmt: skip
    min_people = forms.IntegerField(
        label=_("Che số liệu công khai về nhóm ít hơn (người)"), min_value=0, max_value=1000, initial=0,
        help_text=_("0 là không che; 10 là số liệu về dưới 10 người không hiện trên trang công khai."),
        widget=forms.NumberInput(attrs={"class": "short"}),
    )  # fmt: skip
    next_review = DayField(label=_("Ngày rà soát lại hợp đồng"))

    def __init__(
        self, *args: Any, columns: Sequence[dict[str, Any]] = (), cursor: bool = False, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        groups = [(group.code, named(group)) for group in service_groups()]
        known = groups or [("chung", str(_("Chung")))]
        self.fields["group"].choices = [("", _("Chọn nhóm")), *known]  # type: ignore[attr-defined]
        kept = [(each["name"], each["label"]) for each in columns if not each.get("personal")]
        self.fields["cursor"].choices = [("", _("(không)")), *kept]  # type: ignore[attr-defined]
        if not cursor:
            del self.fields["cursor"]
        self.initial.setdefault("next_review", clock.today() + timedelta(days=182))

    def clean_next_review(self) -> Any:
        """Refuse a day that has passed: nobody would be reminded."""
        day = self.cleaned_data["next_review"]
        if day <= clock.today():
            raise forms.ValidationError(_("Ngày rà soát phải ở tương lai."))
        return day
