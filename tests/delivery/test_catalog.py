"""The package's rule of delivery is read whole, and what is wrong in it is named with its line."""

from datetime import time
from pathlib import Path

import pytest

from namro.delivery.catalog import policy_of, read_policy
from namro.delivery.terms import Channel, Level, When
from namro.ground.reviewed import FileRefused, storable

FILE = Path(__file__).resolve().parents[2] / "packages" / "danang" / "delivery.yaml"


def test_the_package_says_how_each_level_goes_out() -> None:
    policy, said = read_policy(FILE)
    assert policy.digest_hours == (time(7, 30), time(13, 30))
    assert policy.levels[Level.CRITICAL].when is When.AT_ONCE
    assert policy.levels[Level.CRITICAL].quiet is None
    assert all(policy.levels[level].quiet for level in Level if level < Level.CRITICAL)
    assert policy.required["agency_lead"][Level.CRITICAL] == {Channel.EMAIL}
    assert policy_of(storable(said)) == policy


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('["07:30", "13:30"]', "[13:30]", "ngoặc kép"),
        ('["07:30", "13:30"]', '["23:00"]', "yên lặng"),
        ("  critical: {when: at_once, channels: [email]}\n", "", "critical"),
        ("when: soon", "when: sometimes", "sometimes"),
        (
            "required:\n  steering: {critical: [email]}",
            "required:\n  steering: {critical: [in_app]}",
            "in_app",
        ),
        ("  steering:", "  king:", "king"),
        ("attempts: 8", "attempts: many", "attempts"),
        ("next_review: 2026-01-15", "next_review:", "next_review"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, old: str, new: str, words: str) -> None:
    text = FILE.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "delivery.yaml"
    broken.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(FileRefused, match=words):
        read_policy(broken)
