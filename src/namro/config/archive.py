"""The file of a backup: a tar of the database's dump and the files, then a manifest that tells the hash of each.

The manifest stands at the end, with its own hash after it: an archive that was cut short has none.
"""

import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO, Any, Self

FORMAT = 1
DATABASE = "database.dump"
FOLDERS = ("media", "lake")
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
AT_ONCE = 1024**2


class BadArchive(Exception):
    """A file that is no whole backup of ours; the message says what is wrong, in Vietnamese and English."""


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: of which program and place, how many rows, which files with which hash (SHA-256, hex)."""

    format: int
    program: str
    made_at: str
    kind: str
    migrations: list[str]
    census: dict[str, int]
    checkpoint: str
    files: dict[str, str]
    # Files that the database names and that could not be read, or are not as they were sent in.
    faulty: list[str] = field(default_factory=list)

    @classmethod
    def parse(cls, text: bytes) -> Self:
        """Return the manifest of its text; BadArchive for one of another format."""
        try:
            values = json.loads(text)
            if values["format"] != FORMAT:
                raise BadArchive(f"Dạng sao lưu {values['format']} không đọc được. / Unknown format.")
            return cls(**values)
        except (ValueError, KeyError, TypeError) as fault:
            raise _broken("bảng kê / manifest") from fault


class Hashed:
    """A stream that is hashed while it is read."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream, self._hash = stream, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        read = self._stream.read(size)
        self._hash.update(read)
        return read

    @property
    def digest(self) -> str:
        """The hash of what was read so far."""
        return self._hash.hexdigest()


class Writer:
    """An archive that is being written."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar
        self.files: dict[str, str] = {}

    def add(self, name: str, stream: IO[bytes], size: int) -> str:
        """Put a file in; returns its hash."""
        hashed = Hashed(stream)
        self._tar.addfile(_member(name, size), hashed)
        self.files[name] = hashed.digest
        return hashed.digest

    def close(self, manifest: Manifest) -> None:
        """Put the manifest and its hash at the end: only now it is a backup."""
        text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
        seal = hashlib.sha256(text).hexdigest().encode()
        for name, content in ((MANIFEST, text), (SEAL, seal)):
            self._tar.addfile(_member(name, len(content)), BytesIO(content))


def _member(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member


@contextmanager
def writing(file: Path) -> Iterator[Writer]:
    """Write an archive beside its place and put it there when it is whole; a cut-off one never has the name."""
    partial = file.with_name(f".{file.name}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as tar:
                yield Writer(tar)
            stream.flush()
            os.fsync(stream.fileno())
        partial.rename(file)
    finally:
        partial.unlink(missing_ok=True)


def check(file: Path) -> Manifest:
    """Read an archive through and return its manifest; BadArchive unless every byte is as it was written."""
    found, ends = _read_all(file)
    if set(ends) != {MANIFEST, SEAL}:
        raise _broken("thiếu phần cuối / the end is missing")
    if hashlib.sha256(ends[MANIFEST]).hexdigest().encode() != ends[SEAL]:
        raise _broken("bảng kê / manifest")
    manifest = Manifest.parse(ends[MANIFEST])
    wrong = sorted(name for name in found | manifest.files if found.get(name) != manifest.files.get(name))
    if wrong or DATABASE not in found:
        raise _broken(", ".join(wrong[:3]) or DATABASE)
    return manifest


def _read_all(file: Path) -> tuple[dict[str, str], dict[str, bytes]]:
    """The hash of every file, and what stands at the end."""
    found: dict[str, str] = {}
    ends: dict[str, bytes] = {}
    with _telling_what_is_broken():
        for name, stream in _members(file):
            if name in (MANIFEST, SEAL):
                ends[name] = stream.read()
            else:
                found[name] = _read_through(stream)
    return found, ends


def extract(file: Path, manifest: Manifest, folder: Path) -> None:
    """Write the files of a checked archive into a folder, readable by us only; BadArchive if it changed meanwhile."""
    with _telling_what_is_broken():
        for name, stream in _members(file):
            if name in manifest.files and _write(folder / name, stream) != manifest.files[name]:
                raise _broken(name)


def _write(target: Path, stream: IO[bytes]) -> str:
    """Write a stream into a new file; returns its hash."""
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    hashed = Hashed(stream)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as written:
        while part := hashed.read(AT_ONCE):
            written.write(part)
    return hashed.digest


def _members(file: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Every member as a stream; names that lead elsewhere, links and devices are refused."""
    with tarfile.open(file, "r:") as tar:
        for member in tar:
            stream = tar.extractfile(member) if member.isreg() and _is_ours(member.name) else None
            if stream is None:
                raise _broken(member.name)
            yield member.name, stream


@contextmanager
def _telling_what_is_broken() -> Iterator[None]:
    try:
        yield
    except (tarfile.TarError, EOFError, FileNotFoundError, IsADirectoryError) as fault:
        raise _broken(str(fault)) from fault


def _is_ours(name: str) -> bool:
    if name in (DATABASE, MANIFEST, SEAL):
        return True
    path = PurePosixPath(name)
    plain = ".." not in path.parts and not path.is_absolute() and str(path) == name
    return plain and len(path.parts) > 1 and path.parts[0] in FOLDERS


def _read_through(stream: IO[bytes]) -> str:
    hashed = Hashed(stream)
    while hashed.read(AT_ONCE):
        pass
    return hashed.digest


def _broken(what: Any) -> BadArchive:
    return BadArchive(
        f"Tệp sao lưu không nguyên vẹn ({what}); không có gì bị thay đổi. / "
        "The backup is not whole; nothing was changed."
    )
