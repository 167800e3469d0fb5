"""Keeping the lake: many small files into few, old snapshots away, and what nothing refers to any more."""

import time
from collections.abc import Iterator
from datetime import date

from pyarrow.fs import FileInfo, FileSelector, FileSystem, FileType
from pyiceberg.table import Table

from namro.lake.catalogue import LakeFiles, locked
from namro.lake.tables import DAY, marked, one_of, table_of, told

SMALL = 32 * 1024**2
FEW = 8
# A file that no snapshot names may belong to a batch that is just being written.
GRACE_SECONDS = 24 * 60 * 60
# Whoever copies the lake's files holds it shared, whoever throws some away alone.
CLEARING = "clearing"


def compact(code: str) -> list[str]:
    """Write the months anew that lie in many small files, one commit a month; returns these months."""
    months = _crowded(table_of(code))
    for month in months:
        with locked(code):
            _rewrite(table_of(code), month)
    return months


def expire(code: str, older_than: date) -> int:
    """Forget snapshots from before a day, but the last of them: the lake as of that day can still be asked.

    Returns how many; their files stay until `sweep`.
    """
    with locked(code):
        table = table_of(code)
        kept = marked(table, DAY)
        before = [each for each in kept if told(each).day < older_than]
        if len(before) < 1:
            return 0
        order = [each.snapshot_id for each in table.snapshots()]
        away = order[: order.index(before[-1].snapshot_id)]
        away = [each for each in away if each != table.metadata.current_snapshot_id]
        if away:
            table.maintenance.expire_snapshots().by_ids(away).commit()
        return len(away)


def sweep(code: str) -> int:
    """Delete the files of a table that nothing refers to and that are older than a day; returns how many."""
    with locked(CLEARING), locked(code):
        table = table_of(code)
        named = set(_named(table))
        now = time.time()
        lost = [
            each for each in _lying(table) if each.path not in named and now - _written(each) > GRACE_SECONDS
        ]
        for each in lost:
            _disk(table).delete_file(each.path)
        return len(lost)


def _crowded(table: Table) -> list[str]:
    sizes: dict[str, list[int]] = {}
    for task in table.scan().plan_files():
        sizes.setdefault(str(task.file.partition[0]), []).append(task.file.file_size_in_bytes)
    return sorted(month for month, found in sizes.items() if sum(size < SMALL for size in found) > FEW)


def _rewrite(table: Table, month: str) -> None:
    """Put the same rows into fresh files; the day known of the table stays that of its last batch."""
    rows = (
        table.scan(row_filter=one_of("_month", [month]))
        .to_arrow()
        .sort_by([("_unit", "ascending"), ("_day", "ascending")])
    )
    day = told(marked(table, DAY)[-1]).day
    with table.transaction() as change:
        change.delete(one_of("_month", [month]))
        change.append(rows, snapshot_properties={DAY: day.isoformat()})


def _named(table: Table) -> Iterator[str]:
    """Yield the path of every file that some snapshot or the table's own history refers to."""
    locations = [table.metadata_location, *(each.metadata_file for each in table.metadata.metadata_log)]
    seen: set[str] = set()
    for snapshot in table.snapshots():
        locations.append(snapshot.manifest_list)
        for manifest in snapshot.manifests(table.io):
            if manifest.manifest_path not in seen:
                seen.add(manifest.manifest_path)
                locations.append(manifest.manifest_path)
                entries = manifest.fetch_manifest_entry(table.io, discard_deleted=True)
                locations += [entry.data_file.file_path for entry in entries]
    for location in locations:
        yield LakeFiles.parse_location(location, table.io.properties)[2]


def _lying(table: Table) -> list[FileInfo]:
    path = _place(table)[2]
    found = _disk(table).get_file_info(FileSelector(path, recursive=True))
    return [each for each in found if each.type == FileType.File]


def _disk(table: Table) -> FileSystem:
    scheme, host, _ = _place(table)
    return LakeFiles(table.io.properties).fs_by_scheme(scheme, host)


def _place(table: Table) -> tuple[str, str, str]:
    return LakeFiles.parse_location(table.location(), table.io.properties)


def _written(file: FileInfo) -> float:
    return (file.mtime_ns or 0) / 1e9
