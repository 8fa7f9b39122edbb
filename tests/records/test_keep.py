"""Documents put into a real store of records, by several at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pipeline.records import keep
from pipeline.settings import Settings
from pipeline.stores import open_records
from tests.records.leases import AMENDMENT, LEASE, RENEWAL, SUCCESSOR, document


def test_the_documents_of_a_unit_end_in_its_records(tmp_path: Path) -> None:
    with open_records(Settings(database=f"sqlite:///{tmp_path}/store.db")) as records:
        outcomes = [keep(each, records).outcome for each in (AMENDMENT, LEASE, AMENDMENT, SUCCESSOR, RENEWAL, LEASE)]
        assert outcomes == ["refused", "created", "amended", "created", "renewed", "unchanged"]
        (open_,), (closed,) = records.find(status="open"), records.find(status="closed")
        assert open_.terms.tenant_name.value == ["Max Planck"]
        assert [record.change for record in records.history(closed.tenancy)] == [
            "created", "amended", "closed", "renewed",
        ]  # fmt: skip


def test_many_who_keep_the_same_unit_at_once_take_each_other_into_account(tmp_path: Path) -> None:
    given = [
        document(f"{year}", agreement_signed_date=f"{year}-01-01", tenancy_start_date=f"{year}-02-01")
        for year in range(2010, 2020)
    ]
    with open_records(Settings(database=f"sqlite:///{tmp_path}/store.db")) as records:
        with ThreadPoolExecutor(5) as pool:
            list(pool.map(lambda each: keep(each, records), given * 2))
        (record,) = records.find()
        assert record.version == 10 and len(record.sources) == 10
        assert [each.version for each in records.history(record.tenancy)] == list(range(1, 11))
