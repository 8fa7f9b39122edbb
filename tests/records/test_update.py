"""What a document does to the records of its unit: created, renewed, amended, closed, or told why not."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import WrongUsage
from pipeline.records import Update, closed, update
from schemas import LeaseRecord, Result
from tests.records.leases import AMENDMENT, LEASE, NOW, RENEWAL, SUCCESSOR, document


class Shelf:
    """The records of one unit: takes documents one after the other, and checks what every store checks."""

    def __init__(self) -> None:
        self.versions: dict[str, list[LeaseRecord]] = {}

    def add(self, result: Result, now: datetime = NOW, **how: Any) -> Update:
        found = update(result, self.last(), now=now, **how)
        for record in found.records:
            self.put(record)
        assert sum(record.status == "open" for record in self.last()) <= 1
        return found

    def put(self, record: LeaseRecord) -> None:
        kept = self.versions.setdefault(record.tenancy, [])
        assert record.version == len(kept) + 1
        kept.append(record)

    def last(self) -> list[LeaseRecord]:
        return [kept[-1] for kept in self.versions.values()]

    def of(self, *documents: Result) -> "Shelf":
        for each in documents:
            self.add(each)
        return self

    def tenant(self, name: str) -> LeaseRecord:
        return next(r for r in self.last() if name in (r.terms.tenant_name.value or [""])[0].upper())


def test_a_validated_lease_begins_a_record() -> None:
    found = Shelf().add(LEASE)
    (record,) = found.records
    assert found.outcome == "created" and found.tenancy == record.tenancy and record.tenancy.startswith(record.unit)
    assert (record.version, record.status, record.change, record.changed) == (1, "open", "created", NOW)
    assert record.terms.rent_amount.value == 900 and record.jurisdiction == LEASE.jurisdiction
    assert [(s.path, s.validated, s.dated) for s in record.sources] == [("lease.pdf", True, "2023-05-01")]
    assert record.origins["rent_amount"] == LEASE.document.sha256


def test_the_same_document_again_changes_nothing() -> None:
    shelf = Shelf().of(LEASE, SUCCESSOR)
    for again in (LEASE, SUCCESSOR):
        assert shelf.add(again).outcome == "unchanged"
    assert [record.version for record in shelf.last()] == [2, 1]


def test_a_renewal_gives_its_terms_and_lists_both_documents() -> None:
    shelf = Shelf().of(LEASE, RENEWAL)
    record = shelf.tenant("BYRON")
    assert (record.version, record.change, record.status) == (2, "renewed", "open")
    assert record.terms.rent_amount.value == 1000 and record.terms.tenancy_end_date.value == "2025-08-31"
    assert record.terms.pets_allowed.value is None  # a new lease says everything anew
    assert [source.path for source in record.sources] == ["lease.pdf", "renewal.pdf"]


def test_an_amendment_changes_what_it_says_and_no_more() -> None:
    shelf = Shelf().of(LEASE, AMENDMENT)
    record = shelf.tenant("BYRON")
    assert (record.version, record.change) == (2, "amended")
    assert record.terms.rent_amount.value == 950 and record.terms.pets_allowed.value is False
    assert record.terms.property_address.value == "12 Elm Street, Unit 4, Powell, Ohio 43065"
    assert record.terms.tenancy_start_date.value == "2023-06-01"
    assert record.origins["rent_amount"] == AMENDMENT.document.sha256
    assert record.origins["pets_allowed"] == LEASE.document.sha256


def test_an_older_document_is_listed_and_overwrites_nothing() -> None:
    shelf = Shelf().of(RENEWAL)
    assert [shelf.add(older).outcome for older in (LEASE, AMENDMENT)] == ["documented", "documented"]
    record = shelf.tenant("BYRON")
    assert record.terms.rent_amount.value == 1000 and record.version == 3
    assert [source.path for source in record.sources] == ["lease.pdf", "amendment.pdf", "renewal.pdf"]


def test_an_older_amendment_fills_in_what_a_newer_one_left() -> None:
    later = document("later", "lease_amendment", agreement_signed_date="2023-11-01", rent_amount=980)
    earlier = document(
        "earlier", "lease_amendment", agreement_signed_date="2023-08-01", rent_amount=920, pets_allowed=True
    )
    record = Shelf().of(LEASE, later, earlier).tenant("BYRON")
    assert record.terms.rent_amount.value == 980 and record.terms.pets_allowed.value is True


def test_another_tenant_ends_the_tenancy_before() -> None:
    shelf = Shelf().of(LEASE)
    found = shelf.add(SUCCESSOR)
    ended, begun = found.records
    assert (ended.status, ended.change, ended.closed_on, ended.version) == ("closed", "closed", date(2024, 5, 31), 2)
    assert (begun.status, begun.version) == ("open", 1) and found.outcome == "created"
    assert ended.unit == begun.unit and ended.tenancy != begun.tenancy


def test_one_that_would_have_gone_on_ends_the_day_before_the_next_begins() -> None:
    early = document(
        "early", tenant_name=["Max Planck"], agreement_signed_date="2024-01-20", tenancy_start_date="2024-02-01"
    )
    assert Shelf().of(LEASE, early).tenant("BYRON").closed_on == date(2024, 1, 31)


def test_a_lease_of_a_former_tenant_begins_a_record_that_is_closed() -> None:
    shelf = Shelf().of(SUCCESSOR)
    (former,) = shelf.add(LEASE).records
    assert (former.status, former.closed_on, former.version) == ("closed", date(2024, 5, 31), 1)
    assert shelf.tenant("PLANCK").status == "open"


def test_a_tenant_who_comes_back_has_the_same_record() -> None:
    back = document("back", agreement_signed_date="2026-09-01", tenancy_start_date="2026-10-01")
    shelf = Shelf().of(LEASE, SUCCESSOR, back)
    assert (shelf.tenant("BYRON").status, shelf.tenant("BYRON").version) == ("open", 3)
    assert (shelf.tenant("PLANCK").status, shelf.tenant("PLANCK").closed_on) == ("closed", date(2026, 9, 30))


def test_a_person_ends_a_tenancy_and_their_date_stays() -> None:
    shelf = Shelf().of(LEASE)
    shelf.put(closed(shelf.tenant("BYRON"), date(2024, 3, 15), now=NOW))
    shelf.of(SUCCESSOR, AMENDMENT)
    record = shelf.tenant("BYRON")
    assert (record.status, record.closed_on, record.closed_by_hand) == ("closed", date(2024, 3, 15), True)
    with pytest.raises(WrongUsage, match="closed already"):
        closed(record, date(2024, 4, 1), now=NOW)
    assert Shelf().of(LEASE).add(RENEWAL).records[0].status == "open"
    assert shelf.add(RENEWAL).outcome == "renewed"  # they stayed after all, until the next tenant came
    assert shelf.tenant("BYRON").closed_on == date(2025, 8, 31)


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (document("a", valid=False), "not fully validated"),
        (LEASE.model_copy(update={"validation": None}), "not checked"),
        (document("a", property_address=None), "no address"),
        (document("a", tenant_name=None), "no tenant"),
        (document("a", tenant_name=[]), "no tenant"),
        (Result(document=LEASE.document, doc_type="other"), "no lease"),
        (LEASE.model_copy(update={"status": "failed"}), "no lease"),
        (AMENDMENT, "not recorded"),
        (document("a", "lease_amendment", rent_amount=1), "no date"),
    ],
)
def test_what_can_be_no_record_says_why(result: Result, why: str) -> None:
    found = update(result, (), now=NOW)
    assert found.outcome == "refused" and why in found.reason and not found.records


def test_a_person_may_take_what_is_not_validated() -> None:
    (record,) = update(document("a", valid=False), (), now=NOW, accept=True).records
    assert record.sources[0].validated is False


def test_a_second_lease_without_a_date_or_of_the_same_day_is_not_guessed_about() -> None:
    shelf = Shelf().of(LEASE)
    assert "no date" in shelf.add(document("undated")).reason
    same = document(
        "same", tenant_name=["Max Planck"], agreement_signed_date="2023-05-01", tenancy_start_date="2023-06-01"
    )
    assert "same day" in shelf.add(same).reason
    assert shelf.tenant("BYRON").version == 1


def test_an_amendment_of_another_tenant_is_left_alone() -> None:
    other = document("x", "lease_amendment", agreement_signed_date="2023-09-01", tenant_name=["Max Planck"])
    assert Shelf().of(LEASE).add(other).outcome == "refused"


YEARS = range(2015, 2027)


@st.composite
def stories(draw: st.DrawFn) -> list[Result]:
    """Leases of a unit, a year each, to two tenants in turn as it happens, with amendments; all on different days."""
    found: list[Result] = []
    for year in draw(st.lists(st.sampled_from(YEARS), min_size=1, max_size=4, unique=True)):
        tenant = draw(st.sampled_from(["Ada Byron", "Max Planck", "Emmy Noether"]))
        written = draw(st.sampled_from([tenant, tenant.upper(), tenant.replace(" ", " Q. ")]))
        found.append(
            document(
                f"{year}", tenant_name=[written], agreement_signed_date=f"{year - 1}-12-01", rent_amount=year,
                tenancy_start_date=f"{year}-01-01", tenancy_end_date=f"{year}-12-31", owner_name=["Elm LLC"],
            )
        )  # fmt: skip
        for month in draw(st.lists(st.integers(2, 9), max_size=2, unique=True)):
            changes = draw(
                st.dictionaries(st.sampled_from(["rent_amount", "deposit_amount"]), st.integers(1, 99), min_size=1)
            )
            found.append(
                document(
                    f"{year}-{month}", "lease_amendment", tenant_name=[tenant], owner_name=["Elm LLC"],
                    agreement_signed_date=f"{year}-0{month}-01", **changes,
                )
            )  # fmt: skip
    return found


@settings(max_examples=40, deadline=None)
@given(story=stories(), data=st.data())
def test_in_any_order_the_documents_end_in_the_same_records(story: list[Result], data: st.DataObject) -> None:
    """An amendment is not before the first lease of its tenancy; what is refused for that is given again at the end."""
    shelves = Shelf(), Shelf()
    for shelf, order in zip(shelves, (sorted(story, key=_dated), data.draw(st.permutations(story))), strict=True):
        waiting = [each for each in order if shelf.add(each).outcome == "refused"]
        assert all(shelf.add(each).outcome != "refused" for each in waiting)
        assert all(shelf.add(each).outcome == "unchanged" for each in story)
    one, other = ({r.tenancy: r for r in shelf.last()} for shelf in shelves)
    assert one.keys() == other.keys()
    apart = {"version", "change"}  # how many steps it took is another matter
    for key in one:
        assert one[key].model_dump(exclude=apart) == other[key].model_dump(exclude=apart)


def _dated(result: Result) -> str:
    said: Any = result.terms
    return str(said.agreement_signed_date.value)
