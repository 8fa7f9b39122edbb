"""Clauses that the law of a place strikes and those beside them that it lets stand: reletting, smoke alarms, shared meters, negligence."""

import pytest


@pytest.mark.parametrize(
    ("place", "rule", "clause", "result"),
    [
        ("US-TX", "mitigation", "Landlord may leave the apartment empty until the term ends and still claim the rent.", "violated"),
        ("US-TX", "mitigation", "Landlord has no obligation to look for another tenant.", "violated"),
        ("US-MD", "mitigation", "Tenant owes the rent whether or not the house is rented again.", "violated"),
        ("US-MD", "mitigation", "Landlord need not relet the house in preference to other vacant ones.", "satisfied"),
        ("US-MD", "mitigation", "If Tenant leaves early, Landlord shall make reasonable efforts to relet.", "satisfied"),
        ("US-NC", "smoke_alarms_denied", "The house is let without smoke or carbon monoxide alarms.", "violated"),
        ("US-NC", "smoke_alarms_denied", "Tenant shall buy and install the smoke detectors.", "violated"),
        ("US-NC", "smoke_alarms_denied", "Tenant shall provide new batteries for the smoke alarms.", "satisfied"),
        ("US-NC", "smoke_alarms_denied", "Tenant shall not disable or remove a smoke alarm.", "satisfied"),
        ("US-CT", "shared_meter_charged", "The heating bills are divided among the apartments, and Tenant pays a share.", "violated"),
        ("US-CT", "shared_meter_charged", "Tenant pays for electricity measured by the apartment's own meter.", "satisfied"),
        ("US-PA", "exculpation_negligence", "Landlord is not liable for injuries, even if Landlord's negligence caused them.", "violated"),
        ("US-PA", "exculpation_negligence", "Landlord is liable for harm that Landlord's own negligence causes.", "satisfied"),
        ("US-OH", "exculpation", "Tenant shall not intentionally or negligently destroy, deface or damage any part of the premises.", "satisfied"),
        ("US-OH", "exculpation", "Tenant shall keep the unit clean; refrain, and forbid any guest, from intentionally or negligently "
            "destroying, defacing or removing any part of the premises; and keep quiet hours.", "satisfied"),
        ("US-OH", "exculpation", "Landlord is not liable even if its workmen negligently damage Tenant's furniture.", "violated"),
    ],
)  # fmt: skip
def test_a_clause_is_struck_where_the_law_strikes_it(place, rule, clause, result, judged_in):
    assert judged_in(place, rule, f"1. LEAVING. {clause}\n\n2. KEYS. Two keys.\n") == result
