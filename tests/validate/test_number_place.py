"""Each number belongs to its own verb phrase: of notices to end a tenancy and of rent increases."""

import pytest

from pipeline.knowledge import load_pack
from pipeline.validate.check import run_check
from pipeline.validate.passages import ReadText
from schemas import LeaseTerms

BOTH = "Then we can end it with written notice {end} before the end of a rental month, and we can raise the rent with written notice of at least {rise}."


def _result(pack, rule, passage, document_of):
    check = [r.check for r in load_pack(pack).requirements if r.id == f"{pack}.{rule}"][-1]
    return run_check(check, ReadText(document_of(f"1. END. {passage}\n\n2. KEYS. Two keys.\n")), LeaseTerms()).result


@pytest.mark.parametrize(
    ("pack", "rule", "passage", "expected"),
    [
        ("US-IA", "month_to_month_notice", BOTH.format(end="ten days", rise="30 days"), "violated"),
        ("US-IA", "rent_increase_notice", BOTH.format(end="ten days", rise="30 days"), "satisfied"),
        ("US-IA", "month_to_month_notice", BOTH.format(end="30 days", rise="ten days"), "satisfied"),
        ("US-IA", "rent_increase_notice", BOTH.format(end="30 days", rise="ten days"), "violated"),
        ("US-RI", "month_to_month_notice", "Once the tenancy is month-to-month the Landlord may put up the rent on fifteen days' written notice.", "incomplete"),
        ("US-IL", "month_to_month_notice", "The tenancy is month to month; either party may end it by written notice of not less than fifteen (15) days.", "violated"),
        ("US-CA", "rent_increase_notice", "Landlord may post a new rent at the office, effective with the next payment falling ten or more days later.", "violated"),
        ("US-OR", "no_cause_after_first_year", "Owner: the same, with no cause to be stated and no relocation money owed, in the first year or later.", "violated"),
        ("US-OR", "no_cause_after_first_year", "After the first year, only for a cause, or for a qualifying reason with 90 days' notice.", "satisfied"),
        ("US-TX", "smoke_alarms_waiver", "Resident waives the installation of smoke alarms by Owner.", "violated"),
        ("US-TX", "smoke_alarms_waiver", "Smoke alarms are installed; Resident shall not disable a smoke alarm.", "satisfied"),
    ],
)  # fmt: skip
def test_a_number_is_its_own_verbs(pack, rule, passage, expected, document_of):
    assert _result(pack, rule, passage, document_of) == expected
