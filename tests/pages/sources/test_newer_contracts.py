"""A source of the web gets a newer contract: on the web again, or from a package that takes it over."""

import pytest
from tests.pages.sources.adding import COLUMNS, HEAD, ROWS, Wizard
from tests.sources.landing import csv

from namro.organisation.terms import Refused
from namro.sources.actions import declare_sources
from namro.sources.models import Source

pytestmark = pytest.mark.usefixtures("lake", "world")


def test_a_newer_contract_is_a_new_version_of_the_same_source(wizard: Wizard) -> None:
    wizard.all_but_the_last()
    wizard.post("nap")
    code = Source.objects.get().code
    wizard.page = wizard.client.post(f"/nguon/{code}/sua/")["Location"].removesuffix("ket-noi/")
    wizard.upload(csv(*ROWS, head=HEAD))
    assert 'value="mg/l"' in wizard.get("cot")
    changed = COLUMNS | {"c4-type": "text"}
    wizard.post("cot", **changed)
    assert wizard.client.post(f"{wizard.page}nap/")["Location"].endswith("/kiem-tra/")
    wizard.post("kiem-tra")
    refused = wizard.post("nap")
    assert (refused.status_code, "đã lưu với kiểu khác" in refused.content.decode()) == (422, True)
    wizard.post("cot", **(COLUMNS | {"c3-high": "10"}))
    wizard.post("kiem-tra")
    wizard.post("nap")
    source = Source.objects.get()
    assert (source.version, source.definition.by_name["clo_du_mg_l"].maximum) == (2, 10)


class TestTakenOver:
    """A package may take a source of the web over, with a contract that is not older."""

    def test_a_package_takes_it_over_and_its_batches_stay(self, wizard: Wizard) -> None:
        wizard.all_but_the_last()
        wizard.post("nap")
        source = Source.objects.get()
        declare_sources([(source.definition, source.body)], package="danang")
        source.refresh_from_db()
        assert (source.package, source.batches.count()) == ("danang", 1)
        assert wizard.client.post(f"/nguon/{source.code}/sua/").status_code == 404

    def test_an_older_file_or_another_package_is_refused(self, wizard: Wizard) -> None:
        wizard.all_but_the_last()
        wizard.post("nap")
        Source.objects.update(version=3)
        source = Source.objects.get()
        older = [(source.definition, source.body)]
        with pytest.raises(Refused, match="đã ở phiên bản 3, tệp trong gói mới là phiên bản 1"):
            declare_sources(older, package="danang")
        Source.objects.update(package="hue")
        with pytest.raises(Refused, match="đã thuộc gói «hue»"):
            declare_sources(older, package="danang")
