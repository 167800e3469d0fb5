"""English is the second language of everything people see; Vietnamese pages stay Vietnamese."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.urls import reverse

from namro.assistant.models import LawArticle
from tests.house import catalogue
from tests.house.building import DOMAINS, SOURCE, sources
from tests.house.catalogue import CONTEXT, PLURAL, VIETNAMESE, Shown
from tests.house.place import Place
from tests.house.test_query_counts import Page, pages

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|{\w*}")
# Names that have no English, and words that are quoted to say what may be left out of a search.
KEPT = re.compile(r"Năm Rõ|\bxã\b|\bphường\b")
# Words that only English has: none is a Vietnamese syllable.
ENGLISH = re.compile(r"\b(?:the|of|and|is|are|was|with|this|not|your|yet|sign|unit|tasks?)\b", re.IGNORECASE)
# Samples of the design are Vietnamese; charts are given their words; official documents are Vietnamese by law.
SPARED = ("pages/look/", "pages/charts/", "pages/dossiers/documents", "templates/look/", "templates/reports/")
# The log shows rows as they are stored, with the names of their columns.
AS_STORED = ("audit",)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert catalogue.compiled() == catalogue.written()


def test_every_sentence_has_an_english_one() -> None:
    known = catalogue.written()
    assert {key: where for key, where in catalogue.sentences().items() if key not in known} == {}


def test_what_is_filled_in_stays_the_same() -> None:
    broken = [key for key, words in catalogue.written().items() if key and not _same(key, words)]
    assert broken == []


def _same(key: str, words: str) -> bool:
    """Whether each form of the translation is filled in with what the Vietnamese is filled in with."""
    wanted = _filled(key.rpartition(CONTEXT)[2].partition(PLURAL)[0])
    return all(_filled(form) == wanted for form in words.split(PLURAL))


def _filled(words: str) -> Counter[str]:
    return Counter(PLACEHOLDER.findall(words.replace("%%", "")))


def test_english_is_english() -> None:
    still = [words for words in catalogue.written().values() if VIETNAMESE.search(KEPT.sub("", words))]
    assert still == []


def _spared(path: str) -> bool:
    return any(part in path for part in SPARED)


def test_pages_say_nothing_that_is_not_marked_for_translation() -> None:
    inside = [path for path in sources(".py") if SOURCE / "pages" in path.parents and not _spared(str(path))]
    found = {path.name: catalogue.bare_in_program(path.read_text(encoding="utf-8")) for path in inside}
    assert {name: words for name, words in found.items() if words} == {}


def test_templates_say_nothing_that_is_not_marked_for_translation() -> None:
    inside = [path for path in sources(".html") if not _spared(str(path))]
    found = {path.name: catalogue.bare_in_template(path.read_text(encoding="utf-8")) for path in inside}
    assert {
        name: words for name, words in found.items() if VIETNAMESE.search(KEPT.sub("", " ".join(words)))
    } == {}


def test_scripts_take_their_words_from_the_page() -> None:
    inside = [path for path in sources(".js") if not _spared(str(path))]
    said = {path.name: VIETNAMESE.search(path.read_text(encoding="utf-8")) for path in inside}
    assert {name for name, found in said.items() if found} == set()


def test_each_language_is_shown_without_the_other(here: Place) -> None:
    visited = [*pages(here), ("sign_in", reverse("sign_in"), Client())]
    data = _data()
    assert list(_foreign(visited, "vi", ENGLISH, data)) == []
    assert list(_foreign(visited, "en", VIETNAMESE, data)) == []


def _foreign(
    visited: Iterable[Page], language: str, other: re.Pattern[str], data: re.Pattern[str]
) -> Iterator[tuple[str, str]]:
    """Yield what is of the other language on each page, outside elements marked as such."""
    asked = {"accept-language": language}
    for name, address, client in visited:
        if name in AS_STORED:
            continue
        answer = client.get(address, headers=asked)
        if answer["Content-Type"].startswith("text/html"):
            page = Shown(b"".join(answer).decode(), language)  # also of a page that is sent in parts
            strange = (words for words in page.words if other.search(words))
            yield from ((name, words) for words in strange if other.search(data.sub("", words)))


def _data() -> re.Pattern[str]:
    """Return what people and packages have written: it stands on pages as it was written."""
    kept = {"Năm Rõ", "tỷ đồng"}
    # The pages mark what a procedure or an article says as Vietnamese; their fifty megabytes would make no pattern.
    told = [domain for domain in DOMAINS if domain != "procedures"]
    models_of = (model for domain in told for model in apps.get_app_config(domain).get_models())
    for model in (model for model in models_of if model is not LawArticle):
        fields = [
            field.name
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model._default_manager.values_list(*fields) if fields else []:
            kept.update(_strings(list(row)))
    longest = sorted(kept, key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)), re.IGNORECASE)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str) and len(value) > 1:
        yield " ".join(value.split())
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


@pytest.mark.django_db
def test_the_language_one_chooses_stays() -> None:
    client = Client()
    assert "Đăng nhập Năm Rõ" in client.get(reverse("sign_in")).content.decode()
    client.post(reverse("set_language"), {"language": "en", "next": reverse("sign_in")})
    page = client.get(reverse("sign_in")).content.decode()
    assert '<html lang="en"' in page
    assert "Sign in to Năm Rõ" in page


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ('_("Hạn")', ["Hạn"]),
        ('pgettext("mục", "Hạn")', [f"mục{CONTEXT}Hạn"]),
        ('ngettext("%(n)s ngày", "%(n)s ngày", n)', [f"%(n)s ngày{PLURAL}%(n)s ngày"]),
        ("_(words)", []),
        ("f\"{_('biểu')}\"", ["biểu"]),
    ],
)
def test_the_reader_knows_a_sentence_of_a_program(text: str, keys: list[str]) -> None:
    assert catalogue.of_program(text) == keys


def test_the_reader_knows_the_sentences_of_a_template() -> None:
    text = "{% load i18n %}{% trans 'Hạn (ngày)' %}{% blocktrans with a=b %}xin {{ a }}{% endblocktrans %}"
    assert catalogue.of_template(text) == ["Hạn (ngày)", "xin %(a)s"]


def test_the_reader_sees_what_is_bare() -> None:
    assert catalogue.bare_in_program('"""Đọc."""\nx = _("Hạn")\ny = "Đến"') == ["Đến"]
    assert catalogue.bare_in_template("{% trans 'Hạn' %}\n<p>Đến</p>") == ["<p>Đến</p>"]
    assert Shown('<p>Hạn <b lang="en">Due</b><br>Đến</p>', "vi").words == ["Hạn", "Đến"]
