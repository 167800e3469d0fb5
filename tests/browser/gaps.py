"""What fills the gaps in the addresses of the walk: what the loaded city holds, and what a person puts there."""

import hashlib
import io
import json
import secrets
from functools import cache
from typing import Any

from openpyxl import load_workbook
from playwright.sync_api import FilePayload, Page
from tests.browser.city import City
from tests.house.boards import CHART
from tests.procedures.records import lines, record

PDF = FilePayload(name="ke-hoach.pdf", mimeType="application/pdf", buffer=b"%PDF-1.7\n%%EOF\n")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

STANDING = """
    SELECT
      (SELECT min(code) FROM tasks_task WHERE stage = 'submitted'),
      (SELECT min(t.code) FROM tasks_extension e JOIN tasks_task t ON t.id = e.task_id WHERE e.status = 'asked'),
      (SELECT min(t.code) FROM tasks_task t JOIN organisation_person p ON p.id = t.lead_person_id
        WHERE t.stage = 'in_progress' AND t.issued_day < '2025-05-01' AND p.username = 'chuyenvien'),
      (SELECT min(t.code) FROM tasks_task t JOIN organisation_unit u ON u.id = t.lead_unit_id
        WHERE t.late_from <= '2025-07-09' AND t.code LIKE 'TW-%%' AND u.path LIKE 'VN/48/%%')
"""
KEYS = ("submitted", "extension_asked", "begun", "overdue")


def standing(city: City) -> dict[str, Any]:
    """What the loaded city already holds, by the name of the gap it fills."""
    [row] = city.ask(STANDING)
    [(pk, code)] = city.ask(
        "SELECT e.id, t.code FROM tasks_evidence e JOIN tasks_task t ON t.id = e.task_id ORDER BY e.id LIMIT 1"
    )
    [(person, post)] = city.ask(
        "SELECT p.id, o.id FROM organisation_person p JOIN organisation_post o ON o.person_id = p.id "
        "WHERE p.username = 'motcua'"
    )
    return dict(zip(KEYS, row, strict=True)) | delivered(city) | {
        "evidence": pk, "with_evidence": code, "person": person, "post": post, "program": program(city),
        "chart": hung(city), "chart_group": "walk", "landed": landed(city), "source_draft": making(city),
        "ticket": city.ask("SELECT min(key) FROM queues_ticket")[0][0], "appointment": booked(city),
        "handed": handed(city),
        "alert": city.ask("SELECT id FROM alerts_alert WHERE state = 'open' ORDER BY level DESC, id LIMIT 1")[0][0],
    }  # fmt: skip


HANDED = """
    INSERT INTO assistant_handover (client_id, at, unit_id, question, conversation, contact, state, reply)
    SELECT gen_random_uuid(), '2025-07-09 09:00+07', id, 'Việc này hỏi ai?', '[]', '', 'waiting', ''
    FROM organisation_unit WHERE code = '20200' RETURNING client_id::text
"""


@cache
def handed(city: City) -> object:
    """A question that waits for the people of a ward, by its address."""
    return city.ask(HANDED)[0][0]


BOOKED = """
    INSERT INTO queues_appointment (client_id, code, office_id, service_id, day, slot, state, phone_digest, phone_tail,
        dossier_code, made_at)
    SELECT gen_random_uuid(), 'WALKED', office_id, id, '2025-07-10', 540, 'booked', '', '000', '', '2025-07-09 06:00+07'
    FROM queues_service WHERE code = 'ho_tich' RETURNING code
"""


@cache
def booked(city: City) -> object:
    """A slot that somebody took, by its code."""
    return city.ask(BOOKED)[0][0]


LANDED = """
    WITH landed AS (
        INSERT INTO sources_batch (id, source_id, state, started_at, ended_at, rows_in, rows_landed, rows_quarantined,
            bytes, cursor, months, error, origin)
        SELECT '8c1d1c7e-0d55-4f0e-9d0b-57a1c5a0b002', id, 'landed', '2025-07-09 06:00+07', '2025-07-09 06:00+07', 2, 1,
            1, 100, '', '{2025-07}', '', 'mau.csv' FROM sources_source WHERE code = 'mua_muc_nuoc' RETURNING id
    ), held AS (
        INSERT INTO sources_quarantinedrow (batch_id, row, body, reasons, state)
        SELECT id, 2, '{}', '["Thiếu «Mã trạm»."]', 'open' FROM landed
    ) SELECT id FROM landed
"""
MAKING = """
    INSERT INTO sources_sourcedraft (id, code, body, state, version, begun_by_id, begun_at, saved_by_id, saved_at)
    SELECT '8c1d1c7e-0d55-4f0e-9d0b-57a1c5a0b003', 'walk', %s::jsonb, 'open', 1, id, '2025-07-09 09:00+07', id,
           '2025-07-09 09:00+07' FROM organisation_person WHERE username = 'trucioc' RETURNING id
"""
PROGRAM = """
    INSERT INTO access_serviceaccount (name, purpose, unit_id, contact_id, at)
    SELECT 'Kho số liệu (mẫu)', 'Đọc số liệu', o.unit_id, p.id, '2025-07-09 09:00+07' FROM organisation_person p
    JOIN organisation_post o ON o.person_id = p.id WHERE p.username = 'quantri' LIMIT 1 RETURNING id
"""
TOLD = """
    INSERT INTO delivery_told (event, topic, person_id, level, title, reason, body, path, confidential, at, is_routed)
    SELECT 'walk', 'walk', id, 2, 'Việc mẫu quá hạn', 'bạn phụ trách nhiệm vụ', '', '/ban-lam-viec/', false,
           '2025-07-09 09:00+07', true FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""
DEAD = """
    INSERT INTO delivery_message (id, channel, person_id, level, made_at, state, attempts, next_try_at)
    SELECT gen_random_uuid(), 'email', id, 2, '2025-07-09 09:00+07', 'dead', 8, '2025-07-09 09:00+07'
    FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""
LINK = """
    INSERT INTO delivery_calendarlink (person_id, digest, made_at)
    SELECT id, %s, '2025-07-09 09:00+07' FROM organisation_person WHERE username = 'chuyenvien' RETURNING id
"""


HUNG = """
    WITH made AS (
        INSERT INTO indicators_servicegroup (code, name, name_en, owner, "order", icon, package, is_active)
        VALUES ('walk', 'Nhóm đi thăm', 'Group of the walk', 'TU.VP', 900, '', 'walk', true) RETURNING id)
    INSERT INTO indicators_chart (code, group_id, "order", body, owner, next_review, package, is_active)
    SELECT 'walk', id, 900, %s::jsonb, 'TU.VP', '2026-01-15', 'walk', true FROM made RETURNING code
"""


@cache
def hung(city: City) -> str:
    """A chart over tasks in a group of its own, made once: what the package declares may change."""
    body = CHART | {"code": "walk", "group": "walk", "next_review": "2026-01-15"}
    return str(city.ask(HUNG, json.dumps(body))[0][0])


@cache
def landed(city: City) -> str:
    """A batch with a row that was held back, made once: what the demo lands may change."""
    return str(city.ask(LANDED)[0][0])


@cache
def making(city: City) -> str:
    """A source in the making that waits for its sample, made once."""
    body = {"code": "walk", "name": "Nguồn mẫu", "means": "sql"}
    connector = {"kind": "sql", "url_env": "NGUON_MAU", "table": "mau"}
    return str(city.ask(MAKING, json.dumps(body | {"connector": connector}))[0][0])


@cache
def program(city: City) -> int:
    """A service account, made once."""
    return int(str(city.ask(PROGRAM)[0][0]))


@cache
def delivered(city: City) -> dict[str, Any]:
    """A notice, a dead letter and a calendar's link of the officer: the demo has no mail server to make them."""
    [(notice,)], [(dead,)], token = city.ask(TOLD), city.ask(DEAD), secrets.token_urlsafe()
    city.ask(LINK, hashlib.sha256(token.encode()).hexdigest())
    return {"notice": notice, "topic": "walk", "dead": dead, "token": token}


def write_draft(page: Page) -> str:
    """Write a draft that says little, under a directive of its own with a file; returns its code."""
    page.goto("/nhiem-vu/moi/")
    page.locator("#id_directive").select_option("moi")
    page.locator("details:has(#id_new_number) > summary").click()
    page.locator("#id_new_register").select_option(index=1)
    for name, words in (("kind", "Kế hoạch"), ("number", "57-KH/BCĐ"), ("issuer", "Ban Chỉ đạo (mẫu)")):
        page.locator(f"#id_new_{name}").fill(words)
    page.locator("#id_new_day").fill("01/07/2025")
    page.locator("#id_new_title").fill("Kế hoạch mẫu về dữ liệu dùng chung")
    page.locator("#id_new_file").set_input_files(PDF)
    page.locator("#id_title").fill("Sớm hoàn thiện dữ liệu dùng chung")
    page.locator("#id_lead_unit").fill("Sở Khoa học và Công nghệ")
    page.locator("#id_due_day").fill("15/10/2025")
    page.get_by_role("button", name="Lưu dự thảo").click()
    page.wait_for_url(lambda url: not url.endswith("/moi/"))
    return page.url.rstrip("/").rpartition("/")[2]


def send_report(page: Page, city: City) -> int:
    """Send the ward's report of June; returns its key."""
    page.goto("/bao-cao/dinh-ky/monthly/2025-06/20200/")
    page.get_by_label("Kết quả nổi bật").fill("Đã niêm yết công khai thủ tục tại trụ sở.")
    page.get_by_role("button", name="Gửi báo cáo").click()
    page.get_by_role("status").filter(has_text="Đã gửi và khóa").wait_for()
    [(pk,)] = city.ask("SELECT id FROM reports_sentreport ORDER BY id LIMIT 1")
    return int(str(pk))


def send_sheet(page: Page) -> str:
    """Send in the template with a row in which nearly everything is missing; returns the name of the batch."""
    template = page.request.get("/nhiem-vu/nhap-excel/mau/").body()
    book, filled = load_workbook(io.BytesIO(template)), io.BytesIO()
    book.worksheets[0].append(["tw"])
    book.save(filled)
    page.goto("/nhiem-vu/nhap-excel/")
    sheet = FilePayload(name="viec.xlsx", mimeType=EXCEL, buffer=filled.getvalue())
    page.locator("input[type=file]").set_input_files(sheet)
    page.locator("main form[enctype] button").first.click()
    page.wait_for_url("**/nhap-excel/*-*/")
    return page.url.rstrip("/").rpartition("/")[2]


def send_catalogue(page: Page) -> str:
    """Send in two procedures, one without a name; returns the name of the import."""
    page.goto("/thu-tuc/nhap/")
    sent = lines(record("1.990001"), record("1.990002", name=""))
    file = FilePayload(name="thu-tuc.jsonl", mimeType="application/x-ndjson", buffer=sent)
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main form[enctype] button").first.click()
    page.wait_for_url("**/nhap/*-*/")
    return page.url.rstrip("/").rpartition("/")[2]


def invited(page: Page, city: City) -> dict[str, Any]:
    """A launched run of the demo, and the key of one of its offers as a printed letter bears it."""
    [(run,)] = city.ask("SELECT id FROM offers_offerrun WHERE state = 'launched' ORDER BY id LIMIT 1")
    page.goto(f"/chu-dong/dot/{run}/thu/")
    address = page.locator(".letter .address").first.inner_text()
    return {"offer_run": run, "offer_token": address.rstrip("/").rpartition("/")[2]}


def said(page: Page, city: City) -> dict[str, Any]:
    """Say something to Hòa Khánh ward; returns the number that its officers know it by, and the sender's code."""
    page.goto("/gop-y/")
    page.locator("#id_unit").fill("Phường Hòa Khánh")
    page.locator("#id_words").fill("Hôm qua tôi chờ ở quầy hơn một giờ.")
    page.get_by_role("button", name="Gửi", exact=True).click()
    page.wait_for_url("**/gop-y/GY-*/")
    [(number, code)] = city.ask("SELECT id, code FROM dossiers_feedback ORDER BY id DESC LIMIT 1")
    return {"feedback": number, "feedback_code": code}


APOLOGY = """
    INSERT INTO dossiers_apology (dossier_id, client_id, number, old_at, new_at, reason, at, signed_by_id)
    SELECT d.id, gen_random_uuid(), d.code || '/XL1', '2025-07-09 09:00+07', '2025-07-15 17:30+07', 'Thiếu người',
           '2025-07-09 09:00+07', p.id FROM dossiers_dossier d, organisation_person p
    WHERE d.code = %s AND p.username = 'xaphuong' RETURNING id
"""


def received(page: Page, city: City) -> dict[str, Any]:
    """Receive a dossier at the ward's desk and scan a paper of it; an apology is put down for it."""
    page.goto("/mot-cua/tiep-nhan/1.001193/")
    page.locator("#id_number").fill("999085000101")
    page.locator("#id_name").fill("Người Nộp Mẫu")
    page.get_by_role("button", name="Tiếp nhận, còn kiểm tra").click()
    page.wait_for_url("**/phieu/?moi=1")
    code = page.locator(".slip-code").inner_text().strip()
    page.goto(f"/mot-cua/ho-so/{code}/")
    page.locator("summary", has_text="Thêm giấy tờ").click()
    page.locator("#scan-file").set_input_files(PDF)
    page.get_by_role("button", name="Đưa bản quét vào hồ sơ").click()
    page.get_by_role("status").filter(has_text="Đã đưa giấy tờ").wait_for()
    [(file,)] = city.ask(
        "SELECT f.id FROM dossiers_dossierfile f JOIN dossiers_dossier d ON d.id = f.dossier_id WHERE d.code = %s",
        code,
    )
    return {"dossier": code, "dossier_file": file, "apology": city.ask(APOLOGY, code)[0][0]}
