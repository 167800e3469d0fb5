"""Files in an S3-compatible bucket, those written since the last that landed."""

import fnmatch
import functools
from collections.abc import Iterator
from datetime import UTC, datetime

import pyarrow as pa
from pyarrow.fs import FileInfo, FileSelector, FileType, S3FileSystem

from namro.outside.addresses import check_is_source
from namro.outside.connectors import Asked, Shipment, Unreadable, id_of, secret
from namro.outside.sheets import read_sheet

MOST_BYTES = 512 * 1024**2


def read(asked: Asked) -> Iterator[Shipment]:
    """Yield the files of the bucket that match the pattern, the oldest first, from the cursor's moment on."""
    bucket, pattern = str(asked.settings["bucket"]), str(asked.settings["pattern"])
    disk = _disk(asked)
    try:
        found = disk.get_file_info(FileSelector(bucket, recursive=True))
        wanted = [file for file in found if _is_wanted(file, bucket, pattern, asked.cursor)]
        for file in sorted(wanted, key=lambda file: (file.mtime_ns or 0, file.path)):
            yield _shipment(disk, file, asked)
    except OSError as fault:
        raise Unreadable(f"Không đọc được kho S3 «{bucket}» ({str(fault)[:150]}).") from None


def _disk(asked: Asked) -> S3FileSystem:
    key, hidden = secret(asked.settings, "key_env"), secret(asked.settings, "secret_env")
    endpoint = str(asked.settings.get("endpoint", ""))
    if endpoint:
        check_is_source(endpoint)
    return S3FileSystem(
        access_key=key or None,
        secret_key=hidden or None,
        anonymous=not key,  # never by keys that the machine holds for something else
        endpoint_override=endpoint or None,
        scheme="http" if endpoint.startswith("http://") else "https",
        region=str(asked.settings.get("region", "us-east-1")),
        connect_timeout=10,
        request_timeout=60,
    )


def _is_wanted(file: FileInfo, bucket: str, pattern: str, cursor: str) -> bool:
    name = file.path.removeprefix(f"{bucket}/")
    return file.type == FileType.File and fnmatch.fnmatch(name, pattern) and _moment(file) >= cursor


def _moment(file: FileInfo) -> str:
    return datetime.fromtimestamp((file.mtime_ns or 0) / 1e9, UTC).isoformat(timespec="microseconds")


def _shipment(disk: S3FileSystem, file: FileInfo, asked: Asked) -> Shipment:
    if (file.size or 0) > MOST_BYTES:
        raise Unreadable(f"Tệp {file.path} lớn hơn 512 MB; hãy chia nhỏ.")
    with disk.open_input_stream(file.path) as stream:
        content = stream.read()
    return Shipment(
        origin=f"s3://{file.path}",
        rows=functools.partial(_rows, content, file.path, asked),
        id=id_of(asked.source, content),
        size=len(content),
        cursor=_moment(file),
    )


def _rows(content: bytes, name: str, asked: Asked) -> pa.Table:
    headings = [heading for names in asked.headings.values() for heading in names]
    return read_sheet(content, name.rpartition("/")[2], asked.settings, headings)
