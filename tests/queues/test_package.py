"""The queues as a package says them."""

from pathlib import Path

import pytest
from tests.queues.conftest import SAID, package, put_office

from namro.ground.reviewed import FileRefused
from namro.queues import actions
from namro.queues.models import Counter, Office


def test_a_package_loads_twice_as_once_and_says_what_is_wrong(office: Office, tmp_path: Path) -> None:
    key = office.key
    assert put_office(tmp_path).key == key
    assert Counter.objects.count() == 3
    for wrong, told in (
        ("services: [dat_dai]}", "services: [khong_co]}"),
        ('"07:30", "11:30"', '"07:30", "25:30"'),
        ('["13:30", "17:30"]', '["10:30", "17:30"]'),
        ("letter: C", "letter: A"),
        ('unit: "20194"', 'unit: "99999"'),
    ):
        with pytest.raises(FileRefused):
            actions.load_package(package(tmp_path, SAID.replace(wrong, told)))
