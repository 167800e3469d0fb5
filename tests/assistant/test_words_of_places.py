"""Names of places name no matter: a question that says where it is asked reads as if it did not."""

import pytest
from tests.builders import World, unit

from namro.assistant.formulas.questions import terms_of, words_from
from namro.assistant.queries.words import words
from namro.organisation.terms import UnitKind

PLACES = words_from((), (), ["Phường Liên Chiểu", "Xã Tam Anh", "Thành phố Đà Nẵng"])


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("khai tử ở phường Liên Chiểu", "khai tử"),
        ("khai tử tại Liên Chiểu", "khai tử"),
        ("khai tử quận Liên Chiểu", "khai tử"),
        ("Liên Chiểu khai tử", "khai tử"),
        ("khai tu o lien chieu", "khai tu"),
        ("khai tu tp da nang", "khai tu"),
        ("nộp đơn ở thành phố Đà Nẵng", "nộp đơn"),
    ],
)
def test_where_it_is_asked_is_not_sought(said: str, meant: str) -> None:
    assert terms_of(said, PLACES) == terms_of(meant, PLACES)


@pytest.mark.parametrize("said", ["nop tam anh", "nộp tấm ảnh", "chiều liên tục"])
def test_what_only_sounds_like_a_place_is_sought(said: str) -> None:
    assert terms_of(said, PLACES) == terms_of(said, words_from((), ()))


def test_a_new_unit_is_known_at_once(world: World) -> None:
    asked = "khai tử ở xã Mường Khăng"
    assert ("khang",) in terms_of(asked, words())
    unit("29999", "Xã Mường Khăng", UnitKind.COMMUNE, world.city)
    assert ("khang",) not in terms_of(asked, words())
