"""Words of the door: ways of coming in, kinds of second factor, scopes of an API key."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Method(TextChoices):
    """Cách đăng nhập: by what a person proved who they are."""

    PASSWORD = "password", _("Mật khẩu")
    OPENID = "openid", _("Tài khoản của thành phố")


class FactorKind(TextChoices):
    """Loại xác thực lớp hai."""

    TOTP = "totp", _("Ứng dụng sinh mã")
    PASSKEY = "passkey", _("Khóa thông hành")


class Scope(TextChoices):
    """Phạm vi of an API key: what may be read or sent with it, never more than the unit of its account reaches."""

    UNITS_READ = "units:read", _("Đọc đơn vị")
    TASKS_READ = "tasks:read", _("Đọc nhiệm vụ")
    FIGURES_READ = "figures:read", _("Đọc số liệu")
    ALERTS_READ = "alerts:read", _("Đọc cảnh báo")
    BATCHES_SEND = "batches:send", _("Gửi lô số liệu của nguồn")
    DOSSIERS_SYNCHRONISE = "dossiers:synchronise", _("Đồng bộ hồ sơ lên Cổng dịch vụ công quốc gia")


@dataclass(frozen=True)
class Claims:
    """What a city's own accounts say of someone who signed in there: who, under which name, proved how and when."""

    issuer: str
    subject: str
    username: str
    full_name: str
    methods: frozenset[str]
    proved_at: int | None

    @property
    def has_second_factor(self) -> bool:
        """Whether they proved more there than a password (RFC 8176, `amr`)."""
        return "mfa" in self.methods
