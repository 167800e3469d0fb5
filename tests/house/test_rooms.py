"""Every file stands in a room that has a name, and no file is too long to be read in one go."""

import pytest

from tests.house.building import DOMAINS, ROOT, SOURCE, kept_files, sources

ROOMS = {"terms", "rules", "catalog", "formulas", "models", "queries", "actions", "feeds"}
# What Django asks for by name, and the folder of reviewed definitions.
BESIDE = {"__init__", "apps", "jobs", "migrations", "management"}
# A room of its own kind in one domain, and why.
OWN_ROOMS = {
    ("tasks", "clarity"): "reads Vietnamese text: as large as a domain's rules, and pure like them",
    ("reports", "renderers"): "writes one frozen report as docx, pdf, html: outside effects, no rules",
}
BANNED_NAMES = {"utils", "helpers", "common", "services", "managers", "signals"}
LONGEST = 300


@pytest.mark.parametrize("domain", DOMAINS)
def test_a_domain_has_only_rooms(domain: str) -> None:
    names = {path.relative_to(SOURCE / domain).parts[0].removesuffix(".py") for path in _files_of(domain)}
    own = {room for owner, room in OWN_ROOMS if owner == domain}
    assert names - ROOMS - BESIDE - own == set()


def test_own_rooms_still_stand() -> None:
    assert [key for key in OWN_ROOMS if not (SOURCE / key[0] / key[1]).is_dir()] == []


def _files_of(domain: str) -> list:
    return [path for path in sources() if SOURCE / domain in path.parents]


def test_no_room_without_a_meaning() -> None:
    found = [
        path for path in kept_files() if path.suffix == ".py" and BANNED_NAMES & {path.stem, *path.parts}
    ]
    assert found == []


def test_no_file_is_too_long() -> None:
    lengths = {
        str(path.relative_to(SOURCE)): len(path.read_text(encoding="utf-8").splitlines())
        for path in sources()
    }
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert too_long == {}


def test_every_source_file_says_what_it_is() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources()
        if (text := path.read_text(encoding="utf-8")).strip() and not text.lstrip().startswith(('"""', "#!"))
    ]
    assert silent == []
