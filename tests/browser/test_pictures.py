"""The pictures of the README, taken anew by NAMRO_PICTURES=1; the rest of the tests do not change them."""

import io
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.city import City
from tests.browser.conftest import LAPTOP, PHONE, Enter

Image = pytest.importorskip("PIL.Image")

pytestmark = [
    pytest.mark.skipif(not os.environ.get("NAMRO_PICTURES"), reason="only on asking: NAMRO_PICTURES=1"),
]

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
COLOURS = 128
MOST_BYTES = 250 * 1024
DARK: dict[str, Any] = {"color_scheme": "dark"}
# A task that has been through it: extended, reported on, handed in.
TELLING = """
    SELECT t.code FROM tasks_task t JOIN tasks_extension e ON e.task_id = t.id AND e.status = 'granted'
    JOIN organisation_unit u ON u.id = t.lead_unit_id
    WHERE t.code LIKE 'TW-%%' AND u.path LIKE 'VN/48/%%' AND t.stage = 'in_progress'
    GROUP BY t.code ORDER BY (SELECT count(*) FROM tasks_progressreport r JOIN tasks_task o ON o.id = r.task_id
      WHERE o.code = t.code) DESC, t.code LIMIT 1
"""
# Who looks at which page on what, and how far down.
PICTURES = {
    "home": ("thuky", "/", LAPTOP, 0),
    "home-dark": ("thuky", "/", LAPTOP | DARK, 0),
    "phone": ("xaphuong", "/", PHONE, 0),
    "task": ("kiemtra", "/nhiem-vu/{telling}/", LAPTOP, 0),
    "league": ("thuky", "/xep-hang/?so=tw&nhom=tinh-thanh", LAPTOP, 0),
    "indicator": ("kiemtra", "/chi-so/ho_so_so_hoa_xa/", LAPTOP, 560),
    "report": ("thuky", "/bao-cao/conference/", LAPTOP, 0),
    "centre": ("xaphuong", "/trung-tam/don-vi/20200/", LAPTOP, 0),
    "wall": ("trucioc", "/trung-tam/tuong/", LAPTOP, 0),
    "alerts": ("trucioc", "/canh-bao/", LAPTOP, 0),
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_taken(name: str, enter: Enter, city: City) -> None:
    who, path, device, down = PICTURES[name]
    page = enter(who, device)
    [(telling,)] = city.ask(TELLING)
    page.goto(path.format(telling=telling))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("down => window.scrollTo({ top: down, behavior: 'instant' })", down)
    keep(page, FOLDER / f"{name}.png")


def keep(page: Page, file: Path) -> None:
    """Write what the window shows, in few colours: a README is read over thin lines."""
    page.evaluate("document.fonts.ready.then(() => null)")
    picture = Image.open(io.BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    file.parent.mkdir(exist_ok=True)
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    assert file.stat().st_size < MOST_BYTES
