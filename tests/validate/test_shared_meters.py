"""Meters that serve more than the home: seen in plain words, and shared in a way that is told or not."""

import pytest

UNTOLD = [
    "Lessee pays for electricity, and the meter for 1R also feeds the rear stair lamps and the sump pump, with no allowance in the rent.",
    "The cellar and outside lights are wired to the meter of Apartment 2, and the Renter's bill covers them too.",
    "One meter records the electricity of the whole building. Each month Management bills Resident what it judges to be Resident's share.",
    "The hallway lights and the washing machine run on Tenant's electric meter.",
    "Tenant's gas meter supplies the furnace that heats both apartments.",
    "The unit isn't separately metered. Landlord bills Tenant for a portion of the electric cost as Landlord sees fit.",
    "The building is master-metered for water. You pay your share, as we estimate it, with the rent.",
    "The two apartments share a water meter, and the bills are apportioned by Landlord in its discretion.",
    "Gas: Tenant pays. The neighbor's stove is on the same meter.",
    "Lessee's electric account takes in the cellar sockets and the stair lighting.",
]
TOLD = [
    "One water meter serves the whole house. The bill is divided equally among the eight apartments.",
    "The meter of the apartment also serves the porch light; Landlord lowers the rent by a credit of $10 a month for it.",
    "Water for the building is master-metered and allocated by the number of occupants of each apartment.",
    "The furnace runs on Tenant's meter and heats the hall as well. In exchange the rent has been reduced by $25 a month.",
]
APART = [
    "Tenant pays gas and electricity on a meter that serves this unit only.",
    "No meter serves any area outside the apartment.",
    "Nothing outside the unit is on that meter.",
    "Tenant's meters do not also serve the hallway or another unit.",
    "You pay for electricity; each flat has its own meter, and so does the basement laundry, which is on our bill.",
    "Not included: electricity, which the renter buys from the supplier through the unit's own meter.",
    "Landlord pays water, and lights the porch and stairs on a separate house meter.",
]


def _lease(passage):
    return f"1. RENT. Rent is $900 a month.\n\n2. {passage}\n\n3. KEYS. Tenant has two keys.\n"


@pytest.mark.parametrize("passage", UNTOLD)
def test_a_shared_meter_without_a_share_is_a_fault(met, judged, passage):
    assert met("meter_shared", _lease(passage))
    assert judged("shared_utilities", _lease(passage)) == "missing"


@pytest.mark.parametrize("passage", TOLD)
def test_a_share_that_is_told_is_enough(met, judged, passage):
    assert met("meter_shared", _lease(passage))
    assert judged("shared_utilities", _lease(passage)) == "satisfied"


@pytest.mark.parametrize("passage", APART)
def test_a_meter_of_ones_own_asks_for_nothing(met, passage):
    assert not met("meter_shared", _lease(passage))
