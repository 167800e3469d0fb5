"""The steps of adding a source, as a browser without scripts sends them."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.sources.landing import csv

from namro.sources.models import SourceDraft

NEW = "/nguon/moi/"
HEAD = "Ngày lấy mẫu,Mã xã,Điểm lấy mẫu,Clo dư (mg/l),Đạt quy chuẩn,Số CCCD người lấy"
ROWS = (
    "01/07/2025,20194,N1,0.35,có,048200000001",
    "01/07/2025,20194,N2,0.41,có,048200000002",
    "02/07/2025,20320,N3,0.12,không,048200000003",
)
DUTIES = {
    "owner": "H17.KHCN", "answers": "Trưởng phòng Chất lượng", "group": "chung", "why": "Quyết định xả, sục đường ống",
    "legal_basis": "chưa xác minh", "every": "day", "at": "06:00", "freshness_hours": "30", "mode": "append",
    "min_people": "0", "next_review": "15/01/2026",
}  # fmt: skip
# What the columns are, as the page proposes it: by their place, what is ticked and chosen.
COLUMNS = {
    **{f"c{place}-take": "on" for place in range(6)},
    **{f"c{place}-needed": "on" for place in range(6)},
    **dict(zip([f"c{n}-type" for n in range(6)], ["date", "text", "text", "decimal", "boolean", "text"], strict=True)),
    **{f"c{place}-label": label for place, label in enumerate(HEAD.split(","))},
    "c0-key": "on", "c2-key": "on", "c5-personal": "hash", "c3-low": "0", "c3-high": "5", "c3-measure": "mg/l",
    "time": "Ngày lấy mẫu", "unit": "Mã xã", "codes": "units", "numbers": "plain",
}  # fmt: skip


@dataclass
class Wizard:
    """A person who adds a source."""

    client: Client
    page: str = ""

    def begin(self, name: str = "Chất lượng nước sạch", means: str = "upload", **more: Any) -> Any:
        """Begin one, and remember where its pages are."""
        said = {"name": name, "means": means, "code": "", "client_id": uuid4()} | more
        answer = self.client.post(NEW, said)
        self.page = answer.get("Location", "")
        return answer

    def get(self, step: str) -> str:
        """Return the words of a step."""
        return self.client.get(f"{self.page}{step}/").content.decode()

    def post(self, step: str, **said: Any) -> Any:
        """Send a step with the version that is there."""
        return self.client.post(f"{self.page}{step}/", {"version": self.draft.version} | said)

    def upload(self, content: bytes, name: str = "nuoc.csv") -> Any:
        """Send a sample."""
        return self.post("lay-mau", file=SimpleUploadedFile(name, content))

    def all_but_the_last(self, *rows: str) -> None:
        """Do every step but the last."""
        self.begin()
        self.upload(csv(*(rows or ROWS), head=HEAD))
        self.post("cot", **COLUMNS)
        self.post("kiem-tra")
        self.post("trach-nhiem", **DUTIES)

    @property
    def draft(self) -> SourceDraft:
        """The draft as it is stored."""
        return SourceDraft.objects.get(pk=self.page.rstrip("/").rpartition("/")[2])
