"""The conference report as a person takes it along."""

import io
import zipfile

from playwright.sync_api import expect
from pypdf import PdfReader
from tests.browser.conftest import Enter


def test_the_report_is_taken_along_as_word_and_as_pdf(enter: Enter) -> None:
    page = enter("thuky")
    page.goto("/bao-cao/")
    page.locator("main a.door").first.click()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    taken = {}
    for link in page.locator(".report-files a").all():
        with page.expect_download() as download:
            link.click()
        name = download.value.suggested_filename
        taken[name.rpartition(".")[2]] = download.value.path().read_bytes()
    document = zipfile.ZipFile(io.BytesIO(taken["docx"])).read("word/document.xml").decode()
    pages = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(taken["pdf"])).pages)
    for words in (document, pages):
        assert "42,7" in words
        assert "10.000" in words
