"""Names and periods in the language of the page."""

from dataclasses import dataclass
from datetime import date

import pytest
from django.utils.translation import override

from namro.ground.period import Kind, Period
from namro.pages.naming import named, period_words

DAY = date(2025, 8, 9)


@dataclass
class Form:
    """Something that has a title in both languages."""

    title: str = "Số hóa tài liệu"
    title_en: str = "Digitisation of records"


@pytest.mark.parametrize("kind", Kind)
def test_a_period_is_called_in_vietnamese_as_its_label_says(kind: Kind) -> None:
    period = Period.containing(kind, DAY)
    assert period_words(period) == period.label


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Kind.DAY, "09/08/2025"),
        (Kind.WEEK, "week 32/2025"),
        (Kind.MONTH, "month 8/2025"),
        (Kind.QUARTER, "quarter III/2025"),
        (Kind.HALF, "second half of 2025"),
        (Kind.YEAR, "2025"),
    ],
)
def test_a_period_has_english_words_around_the_same_number(kind: Kind, words: str) -> None:
    with override("en"):
        assert period_words(Period.containing(kind, DAY)) == words


def test_a_name_is_english_only_where_the_page_is_and_where_there_is_one() -> None:
    with override("en"):
        assert named(Form()) == "Digitisation of records"
        assert named(Form(title_en="")) == "Số hóa tài liệu"
    with override("vi"):
        assert named(Form()) == "Số hóa tài liệu"
