"""One file of a package under reading: every fault is kept with its line, so that all can be mended at once."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from namro.ground.reviewed import LINE, FileRefused, read_reviewed
from namro.sources.terms import Fault, PackageRefused

Entry = dict[str, Any]


class Reading:
    """Collects the faults and warnings of the files of one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.faults: list[Fault] = []
        self.file = folder

    def entries(self, pattern: str = "*.yaml") -> Iterator[Entry]:
        """Yield the mapping of each YAML file, in the order of their names; what cannot be read at all is a fault."""
        for file in sorted(self.folder.glob(pattern)):
            self.file = file
            try:
                yield read_reviewed(file)
            except FileRefused as refusal:
                line, what = _parts_of(refusal)
                self.faults.append(Fault(self._name, line, what))

    def fault(self, entry: Entry, what: str) -> None:
        """Keep a fault at the line of an entry of the present file."""
        self.faults.append(Fault(self._name, entry.get(LINE, 1), what))

    def warn(self, entry: Entry, what: str) -> None:
        """Keep a warning, which does not stop the load."""
        self.faults.append(Fault(self._name, entry.get(LINE, 1), what, is_warning=True))

    def need(self, entry: Entry, *keys: str) -> bool:
        """Whether each of the keys has a value; each that has none is a fault."""
        missing = [key for key in keys if entry.get(key) in (None, "", [])]
        for key in missing:
            self.fault(entry, f"thiếu «{key}»")
        return not missing

    def need_one_of(self, entry: Entry, key: str, allowed: Any) -> bool:
        """Whether the value of the key is one of those allowed."""
        if entry.get(key) in set(allowed):
            return True
        self.fault(entry, f"«{key}» là «{entry.get(key)}», phải là một trong: {', '.join(sorted(allowed))}")
        return False

    def only(self, entry: Entry, *keys: str) -> None:
        """Take every other key for a fault: a mistyped key must not pass as one that was not given."""
        for key in entry.keys() - {LINE, *keys}:
            self.fault(entry, f"không có mục «{key}»; chỉ có: {', '.join(keys)}")

    def need_review(self, entry: Entry, today: date) -> None:
        """Take a review day that is none for a fault, one that has passed for a warning."""
        review = entry.get("next_review")
        if type(review) is not date:
            self.fault(entry, "«next_review» phải là ngày dạng 2026-06-30")
        elif review < today:
            self.warn(entry, f"đã quá ngày rà soát {review:%d/%m/%Y}")

    @property
    def warnings(self) -> list[Fault]:
        """The faults that do not stop the load."""
        return [fault for fault in self.faults if fault.is_warning]

    def check(self) -> None:
        """Refuse the package if there was any fault that is not only a warning."""
        hard = [fault for fault in self.faults if not fault.is_warning]
        if hard:
            raise PackageRefused(hard)

    @property
    def count(self) -> int:
        """How many faults that stop the load there are so far."""
        return sum(not fault.is_warning for fault in self.faults)

    @property
    def _name(self) -> str:
        return f"{self.file.parent.name}/{self.file.name}"


def plain(value: Any) -> Any:
    """Return an entry as JSON can hold it: without line numbers, days in ISO form."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key != LINE}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def day_of(value: date | str) -> date:
    """Return the day of a YAML or JSON value."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def _parts_of(refusal: FileRefused) -> tuple[int, str]:
    """Return line and fault of a refusal whose message is 'file, dòng N: what'."""
    where, _, what = str(refusal).partition(": ")
    return int(where.rpartition(" ")[2]), what
