"""Every table has a Vietnamese name, stands in the glossary, and points downwards; nothing goes around the floors."""

import re

import pytest
from django.apps import apps
from django.db.models import Field, Model

from tests.house.building import DOMAINS, ROOT, SOURCE, sources

MODELS = [model for model in apps.get_models() if model.__module__.startswith("namro.")]
GLOSSARY = ROOT / "docs" / "glossary.md"
MARKED = re.compile("[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]")
BACK_DOORS = {
    "a signal": re.compile(r"django\.(?:db\.models\.signals|dispatch)|\bpost_save\b|\bpre_save\b|@receiver"),
    "a model by name": re.compile(r"\bget_model\("),
    "the clock itself": re.compile(r"\bdate\.today\(|datetime\.now\(|timezone\.now\(|localdate\("),
    "markup past the escape": re.compile(r"\|\s*safe\b|autoescape off"),
}
# The one door to each: the file that may.
DOORS = {"the clock itself": {SOURCE / "ground" / "clock.py"}}


def pointers(model: type[Model]) -> list[Field]:
    """Return the foreign keys of a model to a model of ours."""
    related = [
        field for field in model._meta.get_fields() if isinstance(field, Field) and field.related_model
    ]
    return [field for field in related if field.related_model in MODELS]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_has_a_vietnamese_name_and_a_sentence(model: type[Model]) -> None:
    name = str(model._meta.verbose_name)
    assert name != model._meta.model_name
    assert MARKED.search(name.lower())
    assert not (model.__doc__ or "").startswith(f"{model.__name__}(")


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_model_stands_in_the_glossary_under_its_name(model: type[Model]) -> None:
    rows = [
        line for line in GLOSSARY.read_text(encoding="utf-8").splitlines() if f"`{model._meta.label}`" in line
    ]
    assert len(rows) == 1
    assert str(model._meta.verbose_name).lower() in rows[0].lower()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_foreign_key_points_down_and_leaves_no_way_back(model: type[Model]) -> None:
    for field in pointers(model):
        target = field.related_model._meta.app_label
        if target == model._meta.app_label:
            continue
        assert DOMAINS.index(target) < DOMAINS.index(model._meta.app_label), field
        assert field.remote_field.related_name == "+", field


@pytest.mark.parametrize("what", BACK_DOORS)
def test_no_back_door(what: str) -> None:
    files = [*sources(), *(sources(".html") if what == "markup past the escape" else [])]
    found = [
        f"{path.relative_to(SOURCE)}:{number}"
        for path in files
        if path not in DOORS.get(what, set())
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if BACK_DOORS[what].search(line)
    ]
    assert found == []
