"""Files in a bucket, over the protocol itself: a server on loopback that speaks S3."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import boto3
import pytest
from moto.server import ThreadedMotoServer
from tests.builders import TODAY
from tests.sources import landing
from tests.sources.landing import GOOD, csv, declared, lying, workbook

from namro.flows.intake import run_source
from namro.ground import clock
from namro.sources.models import Source
from namro.sources.terms import BatchState

SETTINGS = {"kind": "s3", "pattern": "nuoc/*.csv", "key_env": "NGUON_MA", "secret_env": "NGUON_KHOA"}


@dataclass
class Store:
    """A bucket of its own on the server."""

    endpoint: str
    bucket: str

    @property
    def client(self) -> Any:
        """The maker's own client, as a program that puts files there uses it."""
        keys = {"aws_access_key_id": "ma", "aws_secret_access_key": "khoa", "region_name": "us-east-1"}
        return boto3.client("s3", endpoint_url=self.endpoint, **keys)

    def put(self, name: str, content: bytes) -> None:
        """Put a file there."""
        self.client.put_object(Bucket=self.bucket, Key=name, Body=content)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """An S3 server on a free port of loopback."""
    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def store(server: str, lake: None, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The bucket of the test source."""
    monkeypatch.setenv(clock.FIXED_DAY, TODAY.isoformat())
    monkeypatch.setenv("NGUON_MA", "ma")
    monkeypatch.setenv("NGUON_KHOA", "khoa")
    landing.world()
    made = Store(server, f"nguon-{uuid4()}")
    made.client.create_bucket(Bucket=made.bucket)
    source(made)
    return made


def source(of: Store, **changed: str) -> Source:
    """The test source, read from the bucket."""
    return declared(connector=SETTINGS | {"endpoint": of.endpoint, "bucket": of.bucket} | changed)


def test_files_that_match_land_oldest_first_and_once(store: Store) -> None:
    store.put("nuoc/1.csv", csv(GOOD))
    store.put("khac/2.csv", csv(GOOD))
    store.put("nuoc/3.txt", csv(GOOD))
    [batch] = run_source("muc_nuoc")
    assert (batch.state, batch.rows_landed) == ("landed", 1)
    assert batch.origin == f"s3://{store.bucket}/nuoc/1.csv"
    # The cursor's own moment is read again; what has landed lands once.
    assert run_source("muc_nuoc") == [batch]
    store.put("nuoc/4.csv", csv(GOOD.replace("T1", "T2")))
    assert [each.origin.rpartition("/")[2] for each in run_source("muc_nuoc")] == ["1.csv", "4.csv"]
    assert lying("ma_tram") == [("T1",), ("T2",)]


def test_more_files_than_one_answer_of_the_store_lists_are_all_seen(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "10")  # what one answer lists at most
    client = store.client
    for number in range(10):
        client.put_object(Bucket=store.bucket, Key=f"nuoc/{number:04}.txt", Body=b"")
    store.put("nuoc/z.csv", csv(GOOD))
    assert [each.rows_landed for each in run_source("muc_nuoc")] == [1]


def test_workbooks_are_read_from_a_store_too(store: Store) -> None:
    source(store, pattern="*.xlsx")
    head = ["Ngày đo", "Mã trạm", "Xã", "Mực nước", "Số lần đo", "Trạng thái"]
    store.put("a.xlsx", workbook([["SỞ"], head, ["01/07/2025", "T9", "20194", 1.5, 3, "tốt"]]))
    assert [each.rows_landed for each in run_source("muc_nuoc")] == [1]
    assert lying("ma_tram", "muc_nuoc") == [("T9", "1.5")]


@pytest.mark.parametrize("changed", [{"bucket": "khong-co"}, {"endpoint": "http://127.0.0.1:9"}])
def test_a_store_that_is_not_there_is_told(store: Store, changed: dict[str, str]) -> None:
    source(store, **changed)
    [batch] = run_source("muc_nuoc")
    assert batch.state == BatchState.FAILED
    assert "Không đọc được kho S3" in batch.error


def test_a_key_that_is_not_set_is_told_by_name(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NGUON_KHOA")
    [batch] = run_source("muc_nuoc")
    assert batch.error.startswith("Chưa đặt biến môi trường NGUON_KHOA")
