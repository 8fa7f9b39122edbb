"""Signatures, and places for them, are found where leases and deeds have them."""

import pytest


@pytest.mark.parametrize(
    "close",
    [
        "Executed by the parties as a Deed the day and year first before written.",
        "EXECUTED as a DEED by SUN ASSURANCE COMPANY LIMITED acting by a director and its secretary",
        "SIGNED, SEALED and DELIVERED by the Tenant in the presence of the witness below",
    ],
)
def test_a_deed_is_signed_though_schedules_follow_its_execution(judged_in, close):
    schedules = "THE FIRST SCHEDULE. The right to enter the premises at reasonable times on prior notice. " * 30
    assert judged_in("ANY", "signatures", f"{close}\n\n{schedules}") == "satisfied"


def test_a_duty_to_execute_a_deed_later_is_no_signature(judged_in):
    text = "A licence to assign shall be executed as a deed. " + "The tenant shall keep the premises in repair. " * 60
    assert judged_in("ANY", "signatures", text) == "missing"
