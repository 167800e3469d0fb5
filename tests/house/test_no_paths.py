"""No file names the host of a package registry, nor a place on the machine of whoever wrote it."""

import re
from pathlib import Path

import pytest

from tests.house.building import ROOT, kept_files

# Written in pieces, so that this file does not name what it forbids.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"), ("proxy", "golang", "org"), ("repo", "maven", "apache", "org"),
        ("conda", "anaconda", "org"),
    )
]  # fmt: skip
FOLDERS = ["work", "root", "home", "Users", "farm", "mnt"]
MACHINE = re.compile(r"(?<![\w.}\])-])/(?:" + "|".join(FOLDERS) + r")/[\w.-]+")
BINARY = {".woff2", ".png", ".jpg", ".docx", ".xlsx", ".pdf", ".ico"}


def texts() -> list[tuple[str, str]]:
    """Return the name and the text of every kept file that is text."""
    kept = [path for path in kept_files() if path.suffix not in BINARY and path != Path(__file__).resolve()]
    return [(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="ignore")) for path in kept]


def test_no_registry_is_named() -> None:
    assert [(name, host) for name, text in texts() for host in HOSTS if host in text] == []


def test_no_machine_is_named() -> None:
    ours = [(name, text) for name, text in texts() if "vendor" not in Path(name).parts]
    assert [(name, found.group()) for name, text in ours if (found := MACHINE.search(text))] == []


@pytest.mark.parametrize("text", ["cd /work" + "/main", "open('/home" + "/an/x')", "path=/root" + "/y"])
def test_the_pattern_knows_a_path_when_it_sees_one(text: str) -> None:
    assert MACHINE.search(text)


@pytest.mark.parametrize(
    "text", ["templates/home/home.html", "https://example.org/work/x", "{{ url }}/home/x"]
)
def test_the_pattern_leaves_relative_paths_alone(text: str) -> None:
    assert not MACHINE.search(text)
