"""One's own account: the visits and the password."""

import pytest
from django.test import Client
from tests.builders import PASSWORD
from tests.pages.account.doing import come_in, is_in
from tests.pages.reading import text_of

from namro.access.models import Visit
from namro.audit.models import Entry
from namro.organisation.models import Person

NEW = "bon-con-trau-gam-co"


def test_the_visits_are_listed_and_the_others_ended(clerk: Person, client: Client) -> None:
    other = come_in(clerk, REMOTE_ADDR="203.0.113.77")
    page = text_of(client, "/tai-khoan/")
    assert "Firefox, Windows" in page
    assert "203.0.113.0/24" in page
    assert "203.0.113.77" not in page
    assert client.post("/tai-khoan/phien/ket-thuc/")["Location"] == "/tai-khoan/"
    assert other.get("/don-vi/")["Location"].startswith("/dang-nhap/")
    assert client.get("/don-vi/").status_code == 200
    assert "203.0.113.0/24" not in text_of(client, "/tai-khoan/")
    assert Visit.objects.filter(ended_at__isnull=False).count() == 1


def test_a_new_password_ends_the_other_visits(clerk: Person, client: Client) -> None:
    other = come_in(clerk)
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert client.post("/tai-khoan/mat-khau/", sent)["Location"] == "/tai-khoan/"
    assert client.get("/don-vi/").status_code == 200
    assert "phiên này" in text_of(client, "/tai-khoan/")
    assert other.get("/don-vi/").status_code == 302
    assert is_in(come_in(clerk, NEW))
    assert not is_in(come_in(clerk, PASSWORD))
    assert NEW not in str([line.after for line in Entry.objects.all()])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"old_password": "sai"}, "Mật khẩu hiện nay không đúng"),
        ({"new_password2": "khac-han-di-nao"}, "không giống nhau"),
        ({"new_password1": "ngan", "new_password2": "ngan"}, "12"),
        ({"new_password1": "Matkhau@2025!", "new_password2": "Matkhau@2025!"}, "từ phổ biến"),
        ({"new_password1": "qjqjqjqjqjqjqj", "new_password2": "qjqjqjqjqjqjqj"}, "lặp lại"),
        ({"new_password1": "x9" * 129, "new_password2": "x9" * 129}, "256"),
    ],
)
def test_a_password_that_cannot_be_is_refused_in_a_sentence(
    client: Client, change: dict[str, str], words: str
) -> None:
    sent = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW} | change
    answer = client.post("/tai-khoan/mat-khau/", sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_long_password_of_any_signs_is_fine(clerk: Person, client: Client) -> None:
    long = "Dưới cầu nước chảy trong veo, bên cầu tơ liễu bóng chiều thướt tha. " * 3
    sent = {"old_password": PASSWORD, "new_password1": long, "new_password2": long}
    assert client.post("/tai-khoan/mat-khau/", sent).status_code == 302
    assert is_in(come_in(clerk, long))
