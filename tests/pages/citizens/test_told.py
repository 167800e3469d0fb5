"""Whether letters go to applicants depends on the place: the field for the mail says so, and so does the receipt."""

from uuid import uuid4

import pytest
from django.test import override_settings
from tests.dossiers.conftest import BIRTH
from tests.pages.citizens.conftest import Enter
from tests.pages.citizens.test_filing import WHERE, send_paper

from namro.dossiers.models import Dossier

MAIL = {"NAMRO_MAIL": True, "EMAIL_HOST": "127.0.0.1"}
TOLD = {
    False: ("chưa gửi thư hay tin nhắn cho người nộp", "chưa gửi thư hay tin nhắn: hãy tra để biết"),
    True: ("Báo khi hồ sơ được tiếp nhận, phải bổ sung", "hệ thống gửi thư tới địa chỉ đã ghi"),
}


@pytest.mark.parametrize("sends", [False, True])
def test_who_files_is_told_whether_letters_come(come_in: Enter, sends: bool) -> None:
    by_the_field, on_the_receipt = TOLD[sends]
    with override_settings(**(MAIL if sends else {})):
        client, there = come_in(), f"/nop-ho-so/{BIRTH}/"
        assert by_the_field in client.get(there).content.decode()
        client.post(there, WHERE | {"email": "mo@example.org", "client_id": str(uuid4())})
        row = Dossier.objects.latest("pk")
        send_paper(client, row)
        sent = {"client_id": str(uuid4()), "agree": "on"}
        filed = client.post(f"/nop-ho-so/ban-nhap/{row.client_id}/nop/", sent, follow=True)
    assert on_the_receipt in filed.content.decode()
