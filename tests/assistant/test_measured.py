"""The figures that a package ships: whose they are, whether they fell, and the page that shows them."""

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from namro.assistant.catalog import measured
from namro.assistant.catalog.measured import FILE, fallen, read_measured, version_of, write_measured
from namro.assistant.models import Wordbook
from namro.assistant.queries.measured import MEASURED
from namro.ground.reviewed import FileRefused


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A package with the lists and the figures of the demo."""
    shutil.copytree(Path(django_settings.DEMO_PACKAGE) / "assistant", tmp_path / "assistant")
    settings.DEMO_PACKAGE = tmp_path
    yield tmp_path


def figures(share: float) -> dict[str, Any]:
    """Return a report in which procedures are found by a share."""
    return {"procedures": {"n": 10, "hit@1": share, "hit@3": 0.9, "mrr@10": 0.8}}


def test_the_version_follows_the_lists_and_the_code_but_no_comment(folder: Path, monkeypatch: Any) -> None:
    """A word more in the list is another version, a weight another as well; a comment is not."""
    before = version_of(folder)
    here = folder / "code"
    shutil.copytree(measured._HERE, here)
    monkeypatch.setattr(measured, "_HERE", here)
    assert version_of(folder) == before
    ranking = here / "formulas" / "ranking.py"
    text = ranking.read_text(encoding="utf-8")
    ranking.write_text(text + "# a comment\n", encoding="utf-8")
    assert version_of(folder) == before
    for other in (text.replace('"citizen": 0.', '"citizen": 9.'), text.replace('"asked_in_name"', '"asked"')):
        ranking.write_text(other, encoding="utf-8")
        assert version_of(folder) != before
    ranking.write_text(text, encoding="utf-8")
    with (folder / "assistant" / "words.yaml").open("a", encoding="utf-8") as words:
        words.write("\n")
    assert version_of(folder) != before


def test_figures_of_another_version_are_refused(folder: Path) -> None:
    """The check says that it was measured before, and how to measure again."""
    write_measured(folder, figures(0.8), name="a.jsonl", source="thử", day=date(2025, 7, 9))
    call_command("assistant_measured")
    with (folder / "assistant" / "words.yaml").open("a", encoding="utf-8") as words:
        words.write("\n")
    with pytest.raises(CommandError, match="evaluate --set"):
        call_command("assistant_measured")


def test_figures_that_fell_are_seen_until_somebody_says_why(folder: Path) -> None:
    """Lower figures are named until it is written down why they are; another set is compared with nothing."""
    write_measured(folder, figures(0.8), name="a.jsonl", source="thử", day=date(2025, 7, 9))
    write_measured(folder, figures(0.7), name="a.jsonl", source="thử", day=date(2025, 7, 10))
    assert fallen(read_measured(folder)) == ["procedures.hit@1: 0.8 → 0.7"]
    with pytest.raises(CommandError, match=r"procedures\.hit@1: 0\.8 → 0\.7"):
        call_command("assistant_measured")
    body = read_measured(folder) | {"accepted": "nhanh gấp đôi"}
    (folder / FILE).write_text(json.dumps(body), encoding="utf-8")
    call_command("assistant_measured")
    write_measured(folder, figures(0.1), name="b.jsonl", source="thử", day=date(2025, 7, 11))
    assert fallen(read_measured(folder)) == []


def test_a_file_that_is_none_is_refused(folder: Path) -> None:
    """Neither rubbish nor half a file is shown to the public."""
    for text in ("{", '{"set": "a"}'):
        (folder / FILE).write_text(text, encoding="utf-8")
        with pytest.raises(FileRefused):
            read_measured(folder)


@pytest.mark.django_db
def test_the_page_shows_the_figures_with_set_day_and_version() -> None:
    """In public: how often the first source is right, on which questions, when and of which version."""
    assert "Đúng ngay nguồn đầu" not in Client().get("/hoi-dap/do-luong/").content.decode()
    shipped = read_measured(Path(django_settings.DEMO_PACKAGE))
    Wordbook.objects.create(code=MEASURED, body=shipped)
    page = Client().get("/hoi-dap/do-luong/").content.decode()
    assert shipped["version"] in page
    assert shipped["set"] in page
    assert f"{shipped['figures']['procedures']['hit@1'] * 100:.1f}".replace(".", ",") in page
    assert "Bản đang chạy khác bản đã đo" not in page
    Wordbook.objects.update(body=shipped | {"version": "other"})
    assert "Bản đang chạy khác bản đã đo" in Client().get("/hoi-dap/do-luong/").content.decode()
