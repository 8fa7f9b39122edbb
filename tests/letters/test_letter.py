"""Letters written from a record."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.calendar import calendar_of
from pipeline.errors import WrongUsage
from pipeline.letters import BLANK, Letter, letter_kinds, write_letter
from schemas import LeaseRecord
from tests.calendar.tenancies import year

DAY = date(2026, 2, 20)
LEASE = year(
    owner_name=["Maple Homes LLC"], tenant_name=["Ada Byron", "Charles Babbage"], property_address="12 Elm St, Powell",
    rent_amount=1450, rent_currency="USD", late_fee="$50 after the 5th", termination_notice_min_days=60,
)  # fmt: skip


def letter(kind: str, record: LeaseRecord = LEASE, folder: Path | None = None, **fill: str) -> Letter:
    return write_letter(kind, record, calendar_of(record, DAY), DAY, fill=fill, folder=folder)


def test_a_reminder_says_what_the_record_says() -> None:
    reminder = letter("reminder")
    assert "the rent of 1,450.00 USD" in reminder.text
    assert "due on March 1, 2026" in reminder.text
    assert "before March 6, 2026" in reminder.text
    assert reminder.text.startswith("February 20, 2026\n\nFrom: Maple Homes LLC\nTo: Ada Byron and Charles Babbage\n")
    assert not reminder.blanks


def test_what_no_record_has_is_a_blank_and_is_told() -> None:
    renewal = letter("renewal")
    assert renewal.blanks == ("new_end", "new_rent", "answer_by")
    assert f"at a monthly rent of {BLANK} (until then: 1,450.00 USD)" in renewal.text
    filled = letter("renewal", new_rent="1,500.00 USD", new_end="May 31, 2027", answer_by="April 1, 2026")
    assert not filled.blanks and BLANK not in filled.text


@pytest.mark.parametrize("kind", letter_kinds())
def test_an_empty_record_makes_letters_of_blanks_never_of_inventions(kind: str) -> None:
    empty = year(tenancy_start_date=None, tenancy_end_date=None, rent_paid_by_day_of_month=None, deposit_amount=None)
    written = letter(kind, empty)
    assert {"landlord", "tenants", "premises"} <= set(written.blanks)
    assert written.text.count(BLANK) >= len(written.blanks)
    assert "None" not in written.text


def test_a_non_renewal_names_its_law_and_asks_for_the_cause_where_one_is_needed() -> None:
    assert "Ohio Rev. Code § 5321.17(B)" in letter("non-renewal").text
    washington = letter("non-renewal", year(state="Washington", termination_notice_min_days=60))
    assert "cause" in washington.blanks and "RCW 59.18.650" in washington.text


def test_a_deposit_return_names_its_day_and_law() -> None:
    returned = letter("deposit-return")
    assert "due by June 30, 2026 (Ohio Rev. Code § 5321.16(B))" in returned.text
    assert set(returned.blanks) == {"forwarding_address", "deductions", "amount_returned", "payment"}


@given(st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60))
def test_no_name_gets_out_of_the_page(name: str) -> None:
    page = letter("reminder", year(tenant_name=[f"<script>{name}</script>"], property_address="12 <b>Elm</b> St")).html
    body = page.partition("<body>")[2]
    assert "<script" not in body and "<b>" not in body
    assert "&lt;b&gt;Elm&lt;/b&gt;" in body


def test_a_page_has_heading_paragraphs_and_lists() -> None:
    page = letter("renewal").html
    assert "<h1>Renewal of your lease</h1>" in page
    assert "<li>otherwise on the terms of your lease</li>" in page
    assert page.startswith("<!doctype html>")


def test_a_teams_own_template_comes_first_and_may_be_a_new_letter(tmp_path: Path) -> None:
    (tmp_path / "reminder.md.j2").write_text("Rent, please: {{ due_date }}.")
    (tmp_path / "welcome.md.j2").write_text("Welcome to {{ premises }}!")
    assert letter("reminder", folder=tmp_path).text == "Rent, please: March 1, 2026.\n"
    assert letter("welcome", folder=tmp_path).text == "Welcome to 12 Elm St, Powell!\n"
    assert letter_kinds(tmp_path) == ["deposit-return", "non-renewal", "reminder", "renewal", "welcome"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("Dear {{ tennants }}", "says tennants; letters have today"),
        ("{% if rent %}", "is wrong"),
        ("{{ rent.__class__.__mro__ }}", "is wrong"),
        ("{{ 1 // 0 }}", "is wrong"),
    ],
)
def test_a_wrong_or_wicked_template_is_told_in_one_line(tmp_path: Path, template: str, said: str) -> None:
    (tmp_path / "own.md.j2").write_text(template)
    with pytest.raises(WrongUsage, match=said) as raised:
        letter("own", folder=tmp_path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("kind", ["farewell", "../reminder", ""])
def test_a_letter_there_is_no_template_for_is_told(kind: str) -> None:
    with pytest.raises(WrongUsage, match="there are deposit-return, non-renewal, reminder, renewal"):
        letter(kind)
    with pytest.raises(WrongUsage, match="letters have no colour"):
        letter("reminder", colour="red")
