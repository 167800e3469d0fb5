"""Demo or real: what was asked for must agree with what is there."""

import pytest

from namro.config.kind import Kind, WrongKind, decide_demo


@pytest.mark.parametrize(
    ("found", "asked", "demo"),
    [
        (None, None, True),
        (None, "0", False),
        (Kind.DEMO, None, True),
        (Kind.DEMO_LOADING, "1", True),
        (Kind.REAL, None, False),
        (Kind.REAL, "false", False),
    ],
)
def test_an_agreement(
    found: Kind | None, asked: str | None, demo: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NAMRO_TODAY", raising=False)
    _ask(asked, monkeypatch)
    assert decide_demo(found) is demo


@pytest.mark.parametrize(("found", "asked"), [(Kind.REAL, "1"), (Kind.DEMO, "0"), (Kind.DEMO_LOADING, "no")])
def test_a_clash_is_refused(found: Kind, asked: str, monkeypatch: pytest.MonkeyPatch) -> None:
    _ask(asked, monkeypatch)
    with pytest.raises(WrongKind, match="--data"):
        decide_demo(found)


def test_the_demo_has_its_day_and_a_real_place_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    monkeypatch.delenv("NAMRO_TODAY", raising=False)
    _ask("0", monkeypatch)
    decide_demo(None)
    assert "NAMRO_TODAY" not in os.environ
    _ask("1", monkeypatch)
    decide_demo(None)
    assert os.environ["NAMRO_TODAY"] == "2025-07-09"


def _ask(asked: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    # Set first, so that monkeypatch puts back what decide_demo writes.
    monkeypatch.setenv("NAMRO_DEMO", asked or "")
    monkeypatch.setenv("NAMRO_TODAY", "")
    monkeypatch.delenv("NAMRO_TODAY")
