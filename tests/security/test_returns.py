"""Returns of a form: each unit its own; those of others are not there, neither to read, to check nor to send."""

from collections.abc import Callable

import pytest
from django.test import Client

from namro.organisation.terms import Role
from tests.house.place import Place

# A commune's form, seen from the commune 20200: its own, its neighbour's; and one of a department other than ours.
OWN, BESIDE, AGENCY = (
    "ho_so_cap_xa/2025-06/20200",
    "ho_so_cap_xa/2025-06/20194",
    "so_hoa_tai_lieu/2025-H1/H17.NV",
)
READ_ALL = {Role.STEERING, Role.SECRETARIAT, Role.IOC_OPERATOR, Role.INSPECTOR}
AT_COMMUNE = {Role.COMMUNE_OFFICER, Role.CLERK}


def readers(one: str) -> set[Role]:
    """Who may read a return."""
    return READ_ALL | {OWN: AT_COMMUNE, BESIDE: set(), AGENCY: set()}[one]


@pytest.mark.parametrize("one", [OWN, BESIDE, AGENCY])
def test_a_return_is_there_for_its_unit_and_for_those_who_read_all(
    here: Place, enter: Callable[[Role], Client], one: str
) -> None:
    answers = {role: enter(role).get(f"/bieu-bao-cao/{one}/").status_code for role in Role}
    assert answers == {role: 200 if role in readers(one) else 404 for role in Role}


def test_what_is_not_there_cannot_be_sent_or_checked(here: Place, enter: Callable[[Role], Client]) -> None:
    for role in (Role.CLERK, Role.OFFICER, Role.ADMINISTRATOR):
        for one in (OWN, BESIDE, AGENCY):
            if role not in readers(one):
                for path in (f"/bieu-bao-cao/{one}/", f"/bieu-bao-cao/{one}/kiem-tra/"):
                    assert enter(role).post(path, {"x": "1"}).status_code == 404, (role, path)


def test_an_export_of_a_form_holds_no_foreign_return(here: Place, enter: Callable[[Role], Client]) -> None:
    text = (
        enter(Role.COMMUNE_OFFICER)
        .get("/bieu-bao-cao/ho_so_cap_xa/xuat/?ky=2025-06&dang=csv")
        .content.decode()
    )
    own, beside = here.world.communes
    assert own.name in text
    assert beside.name not in text
