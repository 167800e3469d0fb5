"""Words of a source that is being added on the web: the steps, and what the columns of a sample look like."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from namro.organisation.terms import Refused
from namro.sources.terms.contracts import Codes, ColumnType, Means, Personal

# Stands as the package of a source that was declared on the web.
WEB = "web"
# Only variables of this name may be named on the web: others hold the house's own keys and addresses.
OPEN_VARIABLES = "NGUON_"
# What can be added on the web; tables of the house itself are for reviewed files.
ADDED = (Means.UPLOAD, Means.FOLDER, Means.SQL, Means.REST, Means.S3, Means.PUSH)


class DraftState(TextChoices):
    """Tình trạng bản nháp."""

    OPEN = "open", _("Đang làm dở")
    DECLARED = "declared", _("Đã khai báo")
    DISCARDED = "discarded", _("Đã bỏ")


class Step(TextChoices):
    """Bước of adding a source, in their order; the value stands in the address."""

    CONNECT = "ket-noi", _("Kết nối")
    SAMPLE = "lay-mau", _("Lấy mẫu")
    COLUMNS = "cot", _("Ghép cột")
    CHECKS = "kiem-tra", _("Kiểm tra")
    DUTIES = "trach-nhiem", _("Trách nhiệm")
    LOAD = "nap", _("Nạp lần đầu")


class StaleDraft(Refused):
    """Someone saved the draft meanwhile; `current` is the version that is there."""

    def __init__(self, sentence: str, *, current: int) -> None:
        super().__init__(sentence)
        self.current = current


@dataclass(frozen=True)
class Guess:
    """What a column of a sample looks like: its type, whether it is about a person, what stands in it."""

    heading: str
    name: str
    type: ColumnType
    personal: Personal | None
    filled: int
    different: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Guessed:
    """What a sample looks like: its columns, how numbers are written (not sure: `ambiguous`, with an example)."""

    rows: int
    columns: tuple[Guess, ...]
    numbers: str
    ambiguous: str = ""


@dataclass(frozen=True)
class UnitMatch:
    """How well a column names units by a code list: how many different values do, and some that do not."""

    heading: str
    codes: Codes
    known: int
    different: int
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Origin:
    """Where a sample is from: a file or an address, the id of what came, and whether it is the whole."""

    words: str
    id: UUID
    whole: bool
