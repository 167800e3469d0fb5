"""Old wards and districts: who asks where one went, or of what one was made, hears what the list of units says."""

from datetime import timedelta

import pytest
from tests.assistant.conftest import asked
from tests.builders import TODAY, World, unit

from namro.assistant.queries.answering import answer
from namro.assistant.rules.places import named_in
from namro.assistant.terms import Answer, AnswerKind
from namro.organisation.models import Successor, Unit
from namro.organisation.terms import Part, UnitKind

END = TODAY - timedelta(days=8)


@pytest.fixture
def merged(world: World) -> World:
    """Two old wards and a commune that was divided went into the wards of today."""
    country, (ward, commune, _island) = world.country, world.communes
    district = unit("cu-lc", "Quận Liên Chiểu", UnitKind.DISTRICT, country, None, END)
    rural = unit("cu-hv", "Huyện Hòa Vang", UnitKind.DISTRICT, country, None, END)
    for code, name, above, into, part in (
        ("1", "Phường Hòa Hiệp Bắc", district, [ward], Part.WHOLE),
        ("2", "Phường Hòa Hiệp", district, [ward], Part.WHOLE),
        ("3", "Xã Hòa Liên", rural, [ward, commune], Part.PART),
    ):
        old = unit(code, name, UnitKind.WARD, above, None, END)
        for new in into:
            Successor.objects.create(old=old, new=new, part=part, change="merged", day=END)
    return world


def lines(found: Answer) -> list[str]:
    """Return the sentences of an answer."""
    return [each.text for each in found.sentences]


@pytest.mark.parametrize(
    "words",
    [
        "phường Hòa Hiệp Bắc nay thuộc phường nào",
        "phuong hoa hiep bac gio thuoc phuong nao",
        "phường Hoà Hiệp Bắc sáp nhập vào đâu rồi ạ",
        "Hòa Hiệp Bắc bây giờ là phường gì",
    ],
)
def test_where_an_old_ward_went(merged: World, words: str) -> None:
    found = answer(asked(words))
    assert (found.kind, found.items) == (AnswerKind.UNIT, ("1",))
    assert lines(found) == [
        "Phường Hòa Hiệp Bắc (Quận Liên Chiểu cũ) từ ngày 01/07/2025 nhập vào Phường Hải Vân."
    ]
    assert lines(found)[0] in found.passages[0].text
    assert found.passages[0].url == ""


def test_of_a_divided_commune_each_part_is_told(merged: World) -> None:
    found = lines(answer(asked("xã Hòa Liên nay thuộc xã nào")))
    assert ["một phần" in line for line in found] == [True, True]
    assert [line.rpartition("nhập vào ")[2] for line in found] == ["Phường Hải Vân.", "Xã Hòa Vang."]


def test_a_district_went_into_the_units_of_today(merged: World) -> None:
    found = lines(answer(asked("quận Liên Chiểu nay là phường nào")))
    assert found == [
        "Quận Liên Chiểu kết thúc hoạt động từ ngày 01/07/2025; địa bàn nay thuộc:",
        "Phường Hải Vân",
    ]


def test_of_which_old_units_a_ward_was_made(merged: World) -> None:
    found = answer(asked("phường Hải Vân gồm những phường cũ nào"))
    assert found.items == ("20194",)
    assert lines(found) == [
        "Phường Hải Vân được lập từ ngày 01/07/2025 trên địa bàn của:",
        "Phường Hòa Hiệp (Quận Liên Chiểu cũ)",
        "Phường Hòa Hiệp Bắc (Quận Liên Chiểu cũ)",
        "một phần của Xã Hòa Liên (Huyện Hòa Vang cũ)",
    ]


@pytest.mark.parametrize(
    "words",
    [
        "đăng ký kết hôn ở phường Hòa Hiệp Bắc nộp ở đâu",
        "hồ sơ đăng ký khai sinh ở phường Hải Vân gồm những gì",
        "sáp nhập doanh nghiệp thì nộp gì",
    ],
)
def test_who_asks_for_a_procedure_there_is_told_of_the_procedure(merged: World, words: str) -> None:
    assert answer(asked(words)).kind is not AnswerKind.UNIT


def test_before_the_day_nothing_had_gone(merged: World) -> None:
    before = answer(asked("phường Hòa Hiệp Bắc nay thuộc phường nào tại ngày 30/06/2025"))
    assert before.kind is not AnswerKind.UNIT


def test_a_longer_name_is_not_taken_for_a_part_of_it(merged: World) -> None:
    named = named_in("phường Hòa Hiệp Bắc và phường Hòa Hiệp", Unit.objects.all())
    assert [each.code for each in named] == ["1", "2"]
