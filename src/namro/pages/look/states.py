"""How the states of a task are shown: words, tone and mark; codes are those of the tasks domain, taken as strings."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Shown:
    """A state as people see it: words, short words for legends, tone (a role of tokens.css), mark (of signs.py)."""

    words: "_StrPromise"
    short: "_StrPromise"
    tone: str
    mark: str


# In the order of a band, from what is finished to what must be acted on.
STATES: Final[dict[str, Shown]] = {
    "done": Shown(_("Hoàn thành đúng hạn"), _("xong đúng hạn"), "ok", "done"),
    "done_late": Shown(_("Hoàn thành quá hạn"), _("xong quá hạn"), "late", "done_late"),
    "in_progress": Shown(_("Đang thực hiện"), _("đang làm"), "progress", "in_progress"),
    "not_started": Shown(_("Chưa thực hiện"), _("chưa làm"), "idle", "not_started"),
    "in_progress_late": Shown(
        _("Đang thực hiện, quá hạn"), _("đang làm, quá hạn"), "over", "in_progress_late"
    ),
    "not_started_late": Shown(
        _("Chưa thực hiện, quá hạn"), _("chưa làm, quá hạn"), "over", "not_started_late"
    ),
    "draft": Shown(_("Dự thảo"), _("dự thảo"), "none", "draft"),
    "withdrawn": Shown(_("Đã thu hồi"), _("đã thu hồi"), "none", "withdrawn"),
}

# The mark that goes with a tone where there is no task state (a form, a figure, a proposal).
MARK_OF_TONE: Final[dict[str, str]] = {
    "ok": "done",
    "late": "done_late",
    "progress": "in_progress",
    "over": "in_progress_late",
    "risk": "risk",
    "finding": "finding",
    "wait": "wait",
    "none": "draft",
    "idle": "not_started",
}
