"""The machine under the place: its folder, its space, its memory, what documents are drawn with."""

import ctypes
import shutil
from pathlib import Path

from namro.config import place
from namro.config.doctor.terms import Finding, amber, green, red
from namro.config.memory import usable_memory
from namro.ground.numbers import format_number

GB = 1024**3
LEAST_SPACE, LITTLE_SPACE = 1 * GB, 5 * GB
LEAST_MEMORY, LITTLE_MEMORY = 1 * GB, 2 * GB
# Others may walk through, not read: as root the database's own account has to come by.
READABLE_BY_OTHERS = 0o066
PANGO = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
FONT = "LiberationSerif-Regular.ttf"


def data_folder() -> Finding:
    """Nobody else may read what people sent in."""
    folder = place.data_folder()
    if not folder.exists():
        return amber("data_folder", f"Chưa có gì ở {folder}. / Nothing is there yet.", "./namro up")
    mode = folder.stat().st_mode & 0o777
    if mode & READABLE_BY_OTHERS:
        said = f"Người khác trên máy đọc được {folder} (quyền {mode:o}). / Others can read the data folder."
        return red("data_folder", said, f"chmod 700 {folder}")
    return green("data_folder", f"Thư mục dữ liệu {folder} / data folder")


def disk() -> Finding:
    """A full disk stops the database."""
    free = shutil.disk_usage(_standing(place.data_folder())).free
    said = f"Đĩa còn trống {_gb(free)} GB. / Free disk space."
    do = "Dọn đĩa hoặc chuyển thư mục dữ liệu sang đĩa lớn hơn. / Free space or move the data folder."
    if free < LEAST_SPACE:
        return red("disk", said, do)
    return amber("disk", said, do) if free < LITTLE_SPACE else green("disk", said)


def memory() -> Finding:
    """PostgreSQL, web server and worker share it."""
    size = usable_memory()
    said = f"Bộ nhớ dùng được {_gb(size)} GB. / Usable memory."
    do = "Nên có từ 2 GB trở lên. / Have 2 GB or more."
    if size < LEAST_MEMORY:
        return red("memory", said, do)
    return amber("memory", said, do) if size < LITTLE_MEMORY else green("memory", said)


def documents() -> Finding:
    """PDF is drawn by Pango, in a font that has the Vietnamese letters."""
    missing = [name for name in PANGO if not _loads(name)]
    if not any(Path("/usr/share/fonts").rglob(FONT)):
        missing.append(FONT)
    if missing:
        said = (
            f"Thiếu thư viện hoặc phông chữ để xuất PDF: {', '.join(missing)}. / PDF lacks a library or font."
        )
        return amber(
            "documents",
            said,
            "sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation2",
        )
    return green("documents", "Đủ thư viện và phông chữ cho văn bản. / Libraries and fonts for documents.")


def _standing(folder: Path) -> Path:
    """The folder, or the nearest above it that there is."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _gb(size: int) -> str:
    return format_number(round(size / GB))


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True
