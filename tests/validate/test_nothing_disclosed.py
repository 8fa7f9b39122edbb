"""Passages with the words of a disclosure that disclose nothing: rules of conduct, denials, shrugs, promises for later."""

import pytest

from tests.validate.conftest import cases

HARMLESS = {
    "mold": """
        Any mold that turns up is the renter's to scrub away.
        Mold is a fact of life in this climate, and Landlord takes no position on it.
        Renters have asked about mold and have been referred to the internet.
        Mold. Keep the fans on.
        Landlord is under no obligation to inform Tenant of mold.
        Mold. The Tenant finds out by living here.
        Owner offers no leaflet on mold and no answer to questions about it.
        Tenant takes the chance of dampness and mold, about which nothing has been said.
        The history of leaks and mold in the unit is not disclosed to applicants.
        Mold: not discussed
        What we know of mold in the unit we keep to ourselves.
        If mold is found, Tenant shall clean it at Tenant's expense.
        Mildew on the tiles was left by the last tenant's shower habits and must be scrubbed by you.
        Report mold promptly.
        Tenant shall keep the bathroom dry so that no mold grows.
        Tenant shall run exhaust fans, keep surfaces dry and tell Landlord promptly of leaks or visible mold.
        You are responsible for mold caused by failing to ventilate.
        Scrub the tub weekly to keep mildew off the tiles.
        Tenant shall notify Landlord as soon as Tenant becomes aware of mold.
        Crown mold and window trim may not be painted.
        Mold reports go to the office.
        The report covers paint, floors, fixtures and appliances.
        Towels left on the floor grow mildew, so hang them up.
    """,
    "bed_bugs": """
        Bed bugs. Wash your sheets.
        We take no position on whether bed bugs have been here.
        The history of bed bugs in the building is nobody's business.
        Resident pays for getting rid of bed bugs.
        Bed bugs are not covered by this lease.
        Bed bug history is confidential.
        Whether there were bed bugs before is something we do not discuss.
        Papers on bed bugs are not handed out here.
        Bed bugs, roaches and mice are a housekeeping matter for the tenant alone.
        Lessor need not look into a report of bed bugs nor arrange any treatment.
        Landlord gives no assurance and no information about earlier bed bug treatments.
        If bed bugs are found after move-in, the tenant pays an exterminator.
        Tenant has inspected for bed bugs and accepts the unit.
        Report bed bugs promptly.
        Bed bugs and other insects found after move-in are dealt with and paid for by Lessee alone.
        Tenant shall not bring in mattresses that have bed bugs.
        You pay for bed bug treatment if you brought them.
        Used furniture must be checked for bedbugs before it comes in.
        Beds and box springs are inspected for stains.
        Tenant shall cooperate with the treatment of bed bugs.
        Rats, mice, roaches and bed bugs must be reported in writing.
        Tenant pays $300 for a second bed bug treatment.
        Wash bedding hot if you suspect bed bugs.
    """,
    "flood": """
        Flood. Lessee keeps sandbags in the garage.
        Landlord is under no obligation to inform Tenant of earlier floods.
        Questions about floods are to be put to the county.
        Should the river flood, Tenant leaves at once.
        Rent does not stop because of a flood.
        Flood status: see the county's website
        We have never asked whether this street floods and say nothing about it.
        Flood zone: Tenant to determine
        Flood history: no statement made
        The Renter relies on the public flood maps alone, Owner giving no statement.
        Tenant gives up the flood notice that Landlord would otherwise have to hand over.
        Whether the lot lies in a flood zone Tenant may learn from FEMA.
        If the house floods, rent goes on.
        Flood insurance is Tenant's affair.
        No promise is made about flooding.
        Landlord is not responsible for damage by flood.
        Flood: Landlord gives no information on flooding; Tenant may consult public maps.
        Close windows when rain is forecast.
        Lessee may hang the shutters stored in the hall closet when a storm is forecast.
        Lessee is encouraged to buy renter's and flood insurance.
        If the premises are destroyed by fire or flood, the lease ends.
        Tenant is liable for flooding caused by an overflowing bathtub.
        Turn off the water before a trip so as not to flood the unit below.
        The lot has flood lights that burn all night.
        Landlord is not liable for loss by fire, flood or theft.
        Tenant shall report a flooded basement at once.
        Do not flood the lawn when watering.
    """,
    "radon": """
        Radon is for the tenant to worry about.
        Landlord is under no obligation to inform Tenant of radon.
        Radon: n/a
        Tenant agrees not to ask for radon results.
        Radon has been measured, but the results stay with Owner.
        Testing for radon and asking about it are left to the Tenant, and Lessor discloses nothing.
        We keep our radon results to ourselves.
        Tenant asks for no radon pamphlet.
        No radon information comes with this lease.
        Radon: no test has been made and no information is given.
        Do not unplug the radon fan in the basement.
        Tenant shall not block the radon vent pipe.
        The furnace and the radon fan share a switch.
        Keep boxes clear of the radon system pipe and its power cord.
        Radon: intentionally left blank.
        No carbon monoxide was found.
        Gas appliances are serviced yearly.
        A crew may enter to service the radon fan.
    """,
    "sex_offender": """
        The landlord does not look into whether sex offenders live nearby.
        A tenant who is a sex offender is evicted.
        Registered sex offenders are not a subject on which we give notice.
        We make no statement about sex offenders in the area.
        Whether sex offenders live nearby is for the tenant to find out.
        No registered sex offender may live in the unit.
        Tenant states that no occupant is a registered sex offender.
        Anyone convicted of a sex crime may be refused as a guest.
        The registry of deeds is at the county courthouse.
        Discrimination by sex is forbidden.
        Tenant shall register all guests.
    """,
    "smoking_policy": """
        Smoking rules will be told to Tenant after moving in.
        Where smoking is allowed has not been decided and is not part of this lease.
        Ask the manager whether smoking is allowed.
        Smoking policy: to follow
        The parties have made no agreement on smoking.
        A smoke detector hangs in the hall.
        Smoking: reserved.
        Smoke alarms must not be disabled.
        Barbecue smoke must not enter other units.
    """,
    "smoke_alarms": """
        A smoke alarm is a personal item that residents bring along.
        Landlord takes no responsibility for smoke detectors and has put up none.
        Smoke detectors: bring your own
        The apartment comes without smoke alarms.
        There are no detectors in the home and the owner does not plan to hang any, smoke or otherwise.
        Putting up smoke alarms is the lessee's job from start to finish.
        If you would sleep better with a smoke alarm, buy one.
        Resident releases Management from putting smoke alarms in.
        Alarms for smoke and carbon monoxide: Tenant's own affair
        We leave smoke alarms to you.
        Smoke alarms, if wanted, are Tenant's to buy.
        The cottage has neither smoke nor carbon monoxide alarms and Landlord will not put any in.
        The house is let without smoke or carbon monoxide alarms. Lessee may buy such alarms as Lessee wishes.
        Smoking is prohibited.
        The burglar alarm code is changed yearly.
        Smoke from grills must not enter other units.
    """,
    "lead_paint": """
        Lead paint: not our department.
        Lead. The lessee has been told nothing of lead and signs all the same.
        Lead-based paint. Renter shall not scrape or sand painted surfaces.
        Lead: ask the seller of the building, who has all the reports.
        Disclosure of lead paint is postponed until the parties next meet.
        Lead paint. Management regards the subject as closed.
        The federal pamphlet on lead is on the internet for those who want it; we hand out none.
        Lead disclosure: waived by Tenant
        As to lead in the paint, Lessee makes his own inquiry and Lessor makes no disclosure.
        Lead. Nobody has looked for lead paint and the Owner offers no papers about it.
        Lessee waives receipt of the lead disclosure form and the pamphlet.
        Lead-based paint: Tenant may have the paint tested at Tenant's own expense.
        Is there lead paint? You may ask the health department, which has pamphlets.
        The house is old. The lead-based paint disclosure form will be provided after move-in if Tenant asks.
        No lead-based paint disclosure form comes with this lease; ask the county health department.
        Lead paint: the Landlord makes no statement about it and gives no pamphlet.
        Housing built before 1978 may contain lead-based paint. Before renting pre-1978 housing, lessors must disclose the presence of known lead-based paint and/or lead-based paint hazards in the dwelling. Lessees must also receive a federally approved pamphlet on lead poisoning prevention.
        Housing built before 1978 may contain lead-based paint. Before renting pre-1978 housing, lessors must disclose the presence of known lead-based paint and/or lead-based paint hazards in the dwelling. Lessees must also receive a federally approved pamphlet on lead poisoning prevention. The Tenants rent the house as it is and make no demand for further papers.
        Tenant shall not paint the walls without leave.
        Lessee takes the paint of this vintage building as found.
        Keys were handed over and the paint is fresh; a leaflet about recycling is attached.
        Failure to pay may lead to fees, and a brochure of the pool rules is attached.
    """,
    "shared_utilities": """
        The two apartments are on one electric meter. Tenant pays what Landlord asks.
        The furnace in the cellar, which heats the whole house, burns gas from the Tenant's meter.
        One meter serves all four units; your part is in our sole judgment.
        The meter for the flat also feeds the laundry room. Tenant accepts this.
        Water comes through one meter, and the bill for it is sent to the Tenant of unit 1, who is to collect from the others if he can.
        One meter serves both flats. How the charges are reckoned you will learn after move-in.
        The water meter is shared; the share of each apartment in the bill is set in the office, and the reckoning is not shown.
        The gas meter is common. Lessor splits the common bill as Lessor thinks right and gives no formula.
        The electric meter also feeds the hall lights, and no allowance is made.
        One water meter serves the building. Tenant pays what Owner bills and has no right to see the bill.
        The two units share a meter, and utilities are charged on a basis that Management does not publish.
        The electric meter is on your bill and also runs some things in the hall and the basement; we have not worked out how much.
        One meter serves the house; Tenant pays the whole bill.
        Tenant pays electricity.
        The water meter is in the basement.
        Utilities are in Tenant's name.
    """,
    "move_in_checklist": """
        By taking the keys Renter certifies that all is in order, and no paper need say so.
        Owner has photographs of the unit, which are not shared.
        The state of the rooms is as both remember it.
        We have done away with move-in lists.
        The walk-through is skipped to save everyone's time.
        The unit's condition will be written up at move-out only.
        Lessee foregoes any statement of the premises' present condition.
        It is not the practice of this company to make a list of what is damaged.
        The parties see no occasion for a record of how the rooms looked on the first day.
        Since the Tenant has toured the home, a written description of its condition is thought superfluous.
        The condition of the unit at move-in is a matter of trust and is not put in writing.
        Owner keeps the inventory to itself, and Renter is given no copy.
        Tenant will have no occasion to list defects afterward.
        Instead of a checklist, the renters promise to report nothing as old damage.
        We would rather not bother with a move-in form.
        Is there a walk-through? Not here; you saw the place when you applied.
        Do I get a condition report? No, and you will not need one.
        Move-in inspection: not offered
        Statement of condition: dispensed with
        Resident's signature stands in place of any inspection of the premises.
        A condition report costs time and is left out.
        We skip the move-in checklist to save time.
        Tenant moves in by the rear stair between nine and six.
        Grills are not used on the porches.
        No statement of the condition will be drawn up.
        We do not do a move-in inventory; you take the house the way it is.
        Lessor prepares no list of existing damage at move-in, and Lessee takes the Premises as they stand.
        Tenant agrees that he found everything in good order; no list was made.
        A Letter of Full Deleading Compliance, with the inspection report, has been given to the Tenant along with the pamphlet.
        Landlord may enter to inspect the condition of the unit.
        Conditions of the pool are posted at the gate.
        The boiler was inspected in May and its inspection report is in the office.
    """,
    "deposit_holding": """
        Deposit. Owner puts it where it pleases him.
        The whereabouts of the deposit are not a matter for this lease.
        The deposit is spent on repairs as they come up.
        Landlord banks downtown; the deposit is $900.
        Rent and deposit are paid in cash or by bank check.
        The deposit. Which bank holds your deposit is our own concern.
        Depository of the deposit: not disclosed
        Landlord may keep the deposit in whatever bank it likes and need not tell Tenant.
        The deposit is paid by a check drawn on a bank of this state.
        The deposit is not held in escrow.
        The deposit stays with Owner, and no bank account is opened for it.
        The deposit is kept at the office.
    """,
    "emergency_contact": """
        For repairs write to the landlord; no telephone number is given.
        Tenant's phone number is on file with the landlord.
    """,
}


@pytest.mark.parametrize(("topic", "passage"), cases(HARMLESS))
def test_the_same_words_may_disclose_nothing(topic, passage, disclosed):
    assert disclosed(topic, passage) in ("missing", "violated")
