"""Nothing is sent to an applicant: whoever files is told so beside the field for the mail, and on the receipt."""

from uuid import uuid4

from tests.dossiers.conftest import BIRTH
from tests.pages.citizens.conftest import Enter
from tests.pages.citizens.test_filing import begun, send_paper

NOTHING_SENT = "Hệ thống chưa gửi thư hay tin nhắn"


def test_who_files_is_told_that_nothing_will_be_sent(come_in: Enter) -> None:
    client = come_in()
    assert NOTHING_SENT in client.get(f"/nop-ho-so/{BIRTH}/").content.decode()
    row = begun(client)
    send_paper(client, row)
    filed = client.post(
        f"/nop-ho-so/ban-nhap/{row.client_id}/nop/", {"client_id": str(uuid4()), "agree": "on"}, follow=True
    )
    assert f"{NOTHING_SENT}: hãy tra để biết khi phải bổ sung" in filed.content.decode()
