"""What is vendored is what docs/vendored.md says it is, to the byte."""

import hashlib
import re
from pathlib import Path

import namro

VENDOR = Path(namro.__file__).parent / "static" / "vendor"
TABLE = Path(__file__).resolve().parents[3] / "docs" / "vendored.md"


def test_every_file_has_its_checksum_in_the_table() -> None:
    told = dict(
        re.findall(r"^\| `([^`]+)` \| `([0-9a-f]{64})` \|$", TABLE.read_text(encoding="utf-8"), re.MULTILINE)
    )
    files = (file for file in VENDOR.rglob("*") if file.is_file())
    found = {str(file.relative_to(VENDOR)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert found == told


def test_every_package_brings_its_licence() -> None:
    assert all((folder / "LICENSE").exists() for folder in VENDOR.iterdir())
