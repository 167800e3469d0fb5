"""The page of one task: what it tells, and each verb done on it by those who may."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.builders import World
from tests.pages.reading import text_of

from namro.organisation.terms import Role
from namro.tasks.models import Comment, Evidence, Extension, Moment, ProgressReport, Task
from namro.tasks.terms import ExtensionStatus, Stage, State

Enter = Callable[[Role], Client]


def url_of(task: Task) -> str:
    return f"/nhiem-vu/{task.code}/"


def do(client: Client, task: Task, deed: str, **typed: object):
    given = {"client_id": str(uuid4()), "version": Task.objects.get(pk=task.pk).version} | typed
    return client.post(f"{url_of(task)}lam/{deed}/", given)


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def proof(name: str = "ket-qua.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "Kết quả đã nghiệm thu".encode())


def test_a_task_goes_from_given_to_done_on_its_page(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[0], State.NOT_STARTED, register="xp")
    commune, secretary = signed_in(Role.COMMUNE_OFFICER), signed_in(Role.SECRETARIAT)
    assert do(commune, task, "tiep-nhan").status_code == 302
    assert (
        do(commune, task, "bao-cao", percent=40, words="Đã khảo sát xong", files=[proof()]).status_code == 302
    )
    assert do(commune, task, "nop", words="Đã xong", files=[proof("bien-ban.txt")]).status_code == 302
    assert "đã nộp, chờ công nhận" in text_of(secretary, url_of(task))
    assert do(secretary, task, "cong-nhan", note="Đạt").status_code == 302
    task.refresh_from_db()
    assert task.stage == Stage.DONE
    page = text_of(commune, url_of(task))
    assert "Hoàn thành đúng hạn" in page
    assert "Báo cáo tiến độ: 40 %" in page


def test_the_buttons_are_those_that_may_be_used(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[0], State.NOT_STARTED)
    assert "lam/tiep-nhan/" in text_of(signed_in(Role.COMMUNE_OFFICER), url_of(task))
    for role in (Role.INSPECTOR, Role.IOC_OPERATOR):
        assert "/lam/" not in text_of(signed_in(role), url_of(task))
    assert "lam/tiep-nhan/" not in text_of(signed_in(Role.SECRETARIAT), url_of(task))
    assert "lam/thu-hoi/" in text_of(signed_in(Role.SECRETARIAT), url_of(task))


def test_another_units_task_is_not_there_to_read_or_to_touch(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[1], State.NOT_STARTED)
    client = signed_in(Role.COMMUNE_OFFICER)
    assert client.get(url_of(task)).status_code == 404
    assert do(client, task, "tiep-nhan").status_code == 404
    assert Task.objects.get(pk=task.pk).stage == Stage.ISSUED


def test_a_marked_task_is_not_there_for_whoever_may_not_read_marks(world: World, signed_in: Enter) -> None:
    task = world.task(world.agencies[1], State.IN_PROGRESS, mark="secret")
    assert signed_in(Role.OFFICER).get(url_of(task)).status_code == 404
    assert signed_in(Role.AGENCY_LEAD).get(url_of(task)).status_code == 200


def test_a_report_sent_twice_is_one_report(world: World, signed_in: Enter) -> None:
    task, once = world.task(world.communes[0]), str(uuid4())
    for _ in range(2):
        answer = do(
            signed_in(Role.COMMUNE_OFFICER), task, "bao-cao", percent=55, words="Một lần", client_id=once
        )
        assert answer.status_code == 302
    assert ProgressReport.objects.filter(task=task).count() == 1
    assert Moment.objects.filter(task=task, client_id=once).count() == 1


def test_what_another_has_just_written_is_not_overwritten_and_nothing_typed_is_lost(
    world: World, signed_in: Enter
) -> None:
    task = world.task(world.communes[0])
    seen = task.version
    do(signed_in(Role.COMMUNE_OFFICER), task, "bao-cao", percent=60, words="Người thứ nhất")
    answer = do(
        signed_in(Role.COMMUNE_OFFICER), task, "bao-cao", percent=70, words="Lời của tôi", version=seen
    )
    assert answer.status_code == 422
    page = words(answer)
    assert "vừa được Người commune_officer" in page
    assert "Lời của tôi</textarea>" in page
    assert f'name="version" value="{seen}"' not in page
    again = dict(
        re.findall(
            r'name="(client_id|version)" value="([^"]+)"', page.split("lam/bao-cao/")[1].split("</form>")[0]
        )
    )
    answer = do(signed_in(Role.COMMUNE_OFFICER), task, "bao-cao", percent=70, words="Lời của tôi", **again)
    assert answer.status_code == 302
    assert Task.objects.get(pk=task.pk).percent == 70


@pytest.mark.parametrize(
    ("deed", "typed", "said"),
    [
        ("bao-cao", {"percent": 140, "words": "Giữ lại"}, "100"),
        ("bao-cao", {"percent": 40, "words": ""}, "Hãy điền mục này."),
        ("nop", {"words": "Giữ lại"}, "Hãy đính kèm ít nhất một minh chứng"),
        ("xin-gia-han", {"due_after": "31/02/2026", "reason": "Giữ lại"}, "không có trong lịch"),
        ("xin-gia-han", {"due_after": "01/01/2025", "reason": "Giữ lại"}, "phải sau hạn hiện tại"),
    ],
)
def test_a_refusal_stands_beside_its_field_and_keeps_what_was_typed(
    world: World, signed_in: Enter, deed: str, typed: dict[str, object], said: str
) -> None:
    task = world.task(world.communes[0])
    answer = do(signed_in(Role.COMMUNE_OFFICER), task, deed, **typed)
    assert answer.status_code == 422
    page = words(answer)
    assert said in page
    if typed["words" if "words" in typed else "reason"]:
        assert "Giữ lại</textarea>" in page
    assert Moment.objects.filter(task=task).count() == 4


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.exe", b"MZ\x90\x00", "không thuộc loại được nhận"),
        ("a.pdf", b"<script>alert(1)</script>", "không thuộc loại được nhận"),
        ("a.txt", b"", "rỗng"),
    ],
)
def test_a_file_of_a_wrong_kind_is_refused_by_its_content(
    world: World, signed_in: Enter, name: str, content: bytes, said: str
) -> None:
    task = world.task(world.communes[0])
    files = [SimpleUploadedFile(name, content)]
    answer = do(signed_in(Role.COMMUNE_OFFICER), task, "bao-cao", percent=10, words="Kèm tệp", files=files)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Evidence.objects.exists()


def test_lateness_is_never_erased_and_an_extension_names_its_ground(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[0], State.IN_PROGRESS_LATE)
    do(
        signed_in(Role.COMMUNE_OFFICER),
        task,
        "xin-gia-han",
        due_after="2025-08-29",
        reason="Mất điện ba ngày",
    )
    chair = signed_in(Role.STEERING)
    page = text_of(chair, url_of(task))
    assert "Đang đề nghị gia hạn đến 29/08/2025, chờ quyết định." in page
    assert 'value="29/08/2025"' in page
    refused = do(chair, task, "gia-han", due_after="2025-08-29", granted_by="Phó Trưởng Ban", document="")
    assert refused.status_code == 422
    answer = do(
        chair,
        task,
        "gia-han",
        due_after="2025-08-29",
        granted_by="Phó Trưởng Ban",
        document="Công văn 12-CV/BCĐ",
    )
    assert answer.status_code == 302
    page = text_of(chair, url_of(task))
    assert "Hạn ban đầu 27/06/2025" in page
    assert "Gia hạn từ 27/06/2025 đến 29/08/2025" in page
    assert "Phó Trưởng Ban quyết định · căn cứ Công văn 12-CV/BCĐ" in page
    assert "Hạn hiện tại 29/08/2025: còn 51 ngày" in page
    assert "quá hạn" in text_of(chair, f"{url_of(task)}?ngay=2025-07-08")


def test_a_request_may_be_refused_with_the_reason(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[0])
    do(signed_in(Role.COMMUNE_OFFICER), task, "xin-gia-han", due_after="2026-03-02", reason="Chưa kịp")
    answer = do(signed_in(Role.STEERING), task, "khong-gia-han", answer="Việc là điều kiện của việc khác")
    assert answer.status_code == 302
    assert Extension.objects.get().status == ExtensionStatus.REFUSED
    assert "Không gia hạn, giữ hạn 30/12/2025" in text_of(signed_in(Role.COMMUNE_OFFICER), url_of(task))


def test_a_result_is_returned_with_the_reason_and_worked_on_again(world: World, signed_in: Enter) -> None:
    task = world.task(world.communes[0])
    do(signed_in(Role.COMMUNE_OFFICER), task, "nop", words="Xong", files=[proof()])
    assert do(signed_in(Role.SECRETARIAT), task, "tra-lai", note="").status_code == 422
    assert do(signed_in(Role.SECRETARIAT), task, "tra-lai", note="Thiếu biên bản").status_code == 302
    page = text_of(signed_in(Role.COMMUNE_OFFICER), url_of(task))
    assert "Thiếu biên bản" in page
    assert "lam/nop/" in page


def test_the_person_in_charge_is_one_of_the_lead_unit(world: World, signed_in: Enter) -> None:
    task = world.task(world.agencies[1])
    lead = signed_in(Role.AGENCY_LEAD)
    assert do(lead, task, "phan-cong", person=world.people[Role.COMMUNE_OFFICER].pk).status_code == 422
    assert do(lead, task, "phan-cong", person=world.people[Role.OFFICER].pk).status_code == 302
    assert Task.objects.get(pk=task.pk).lead_person == world.people[Role.OFFICER]


def test_words_said_twice_by_a_shaky_line_are_said_once(world: World, signed_in: Enter) -> None:
    task, once = world.task(world.communes[0]), str(uuid4())
    for _ in range(2):
        do(signed_in(Role.COMMUNE_OFFICER), task, "trao-doi", text="<b>Xin ý kiến</b>", client_id=once)
    assert Comment.objects.count() == 1
    assert "&lt;b&gt;Xin ý kiến" in text_of(signed_in(Role.SECRETARIAT), url_of(task))


def test_evidence_is_handed_out_to_those_who_may_open_the_task_and_never_run(
    world: World, signed_in: Enter
) -> None:
    task = world.task(world.communes[0])
    do(
        signed_in(Role.COMMUNE_OFFICER),
        task,
        "bao-cao",
        percent=10,
        words="Kèm",
        files=[proof("Biên bản.txt")],
    )
    url = f"{url_of(task)}minh-chung/{Evidence.objects.get().pk}/"
    answer = signed_in(Role.SECRETARIAT).get(url)
    assert b"".join(answer.streaming_content).decode() == "Kết quả đã nghiệm thu"  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert signed_in(Role.OFFICER).get(url).status_code == 404
    other = world.task(world.agencies[1])
    assert signed_in(Role.OFFICER).get(url.replace(task.code, other.code)).status_code == 404


def test_as_of_a_past_day_nothing_later_is_told_and_nothing_can_be_done(
    world: World, signed_in: Enter
) -> None:
    task = world.task(world.communes[0], State.DONE)
    page = text_of(signed_in(Role.SECRETARIAT), f"{url_of(task)}?ngay=2025-04-10")
    assert "Chưa thực hiện" in page
    assert "Công nhận hoàn thành" not in page
    assert "/lam/" not in page
    assert signed_in(Role.SECRETARIAT).get(f"{url_of(task)}?ngay=2025-01-10").status_code == 404


def test_the_five_clears_say_what_is_missing_and_how_to_mend_it(world: World, signed_in: Enter) -> None:
    task = world.task(world.agencies[1], State.IN_PROGRESS)
    Task.objects.filter(pk=task.pk).update(authority="")
    page = text_of(signed_in(Role.SECRETARIAT), url_of(task))
    assert "Rõ thẩm quyền" in page
    assert "Còn thiếu" in page
    assert "Ghi chức danh người quyết định" in page


def test_a_task_carries_its_parent_and_its_children(world: World, signed_in: Enter) -> None:
    above = world.task(world.agencies[1], title="Việc của thành phố")
    below = world.task(world.communes[0], title="Việc của phường", parent=above)
    assert "Việc của phường" in text_of(signed_in(Role.SECRETARIAT), url_of(above))
    assert "Việc của thành phố" in text_of(signed_in(Role.SECRETARIAT), url_of(below))
    assert f"cap_tren={above.code}" in text_of(signed_in(Role.SECRETARIAT), url_of(above))


def test_the_number_of_queries_does_not_grow_with_the_history(
    world: World, signed_in: Enter, django_assert_max_num_queries: Callable
) -> None:
    task = world.task(world.communes[0], due=date(2025, 12, 30))
    client = signed_in(Role.COMMUNE_OFFICER)
    client.get(url_of(task))
    for _ in range(2):
        for number in range(12):
            do(client, task, "trao-doi", text=f"Lời {number}")
        with django_assert_max_num_queries(32):
            client.get(url_of(task))
