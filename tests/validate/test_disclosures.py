"""What counts as a disclosure of each topic: sound ones in many styles, and passages of the same words that disclose nothing."""

import pytest

from pipeline.knowledge import load_pack
from pipeline.knowledge.rules import rules
from pipeline.validate.clause import check_clause_required
from pipeline.validate.passages import ReadText
from schemas import ClauseRequired, LeaseTerms

SOUND = {
    "mold": """
        Mold: none that Owner knows of.
        Nobody has reported mold in this unit, and none was seen on May 2.
        The department's leaflet on mold, which you have received, does not replace the duty to report leaks.
        Landlord makes no warranty about mold but knows of none.
        Mold. The unit was looked over on June 2 and no mold was seen in any room.
        Any mold? Not to our knowledge.
        You have in hand the state's brochure about indoor mold and how to keep it away.
        Mold. Landlord has no knowledge of mold in the dwelling.
        To the best of the Owner's knowledge there is no visible mold in the unit.
        Is there any mold? None that we know of.
        We looked for mold before you moved in and found none.
        Tenant has received the booklet on mold and shall report dampness.
        The pamphlet "A Brief Guide to Mold, Moisture and Your Home" is attached as Exhibit C.
        Mold disclosure: none known.
        The inspection on May 3 showed no evidence of mold in readily accessible areas.
        Lessor discloses that mold was found behind the shower in 2021 and was remediated.
        The premises are free of visible mold as of the date of this lease.
        You have been given the state's leaflet about mold, and signed for it.
        Information on the health hazards of indoor mold, approved by the Department of Health, is attached.
        Exposure to mould may affect health; the department's leaflet was handed over.
        Owner is not aware of any mold or mildew condition.
        MOLD: None known to Landlord.
        There is no mold in the unit as far as we know.
        The move-in report states whether there is visible evidence of mold; none was seen.
    """,
    "bed_bugs": """
        Neither we nor the last tenants saw bed bugs, and the booklet on them is yours to keep.
        We have had no reports of bed bugs in this unit or the units next to it.
        Unit 6 was treated for bed bugs in March and has been clear since.
        Bed bugs: no history in this unit.
        Any bed bugs here? None in the past two years that anyone has told us of.
        The bed bug sheet of the health department is attached as Rider C.
        Landlord has no knowledge of an infestation with bed bugs in the dwelling.
        Bed bugs. Tenant has received the City's brochure on the prevention of bed bug infestations.
        Lessee has received the City brochure "Preventing Bed Bug Infestations in Apartments".
        Are there bed bugs? We know of none, here or next door.
        Owner discloses that unit 4 was treated for bedbugs in March 2024 and cleared in April.
        BED BUG DISCLOSURE: no infestation known.
        The building has had no bedbug infestation in the past year.
        Information about bed bugs. Bed bugs have six legs. Adults are about a quarter inch long.
        The form DBB-N on bedbug infestation history is attached.
        We do not rent a unit that we know to have bed bugs, and know of none in the next units.
        Educational materials on bed bugs are attached as Exhibit B.
        This apartment was last inspected for bed bugs on June 1, 2025; no bed bugs were found.
        To our knowledge the unit is free of bed bugs.
        I have not seen bed bugs in the flat and have had no reports of them.
        Bedbug history: none.
        You were given the notice on bed bugs.
    """,
    "flood": """
        The house is not in a flood zone and has not flooded in the past five years.
        Not known to be in a flood hazard area; no flood damage known.
        No water has ever flooded the basement as far as Lessor is aware.
        Flood notice: Landlord is not aware that the dwelling is in a 100-year floodplain.
        Has it flooded? Not since we bought it in 2011.
        The dwelling lies in FEMA flood zone AE and was flooded in 2017.
        Landlord is not aware that the dwelling is located in a 100-year floodplain.
        The home is not in a 100-year flood plain.
        The property lies in a FEMA Special Flood Hazard Area.
        Flood zone: X. No known flooding.
        Has the house ever flooded? No, not while we have owned it.
        Owner has no knowledge of any flooding that has damaged the unit.
        The premises have not suffered flood damage from a natural flood event.
        In 2018 the garage was flooded to a depth of six inches.
        Landlord has not filed a claim with an insurer relating to flood damage.
        The separate flood disclosure of section 83.512 was signed by Tenant.
        FLOOD DISCLOSURE: none known.
        The building is outside every mapped flood hazard area.
        We know of no flood here in the last five years.
        Tenant received the flood risk notice required by N.J.S.A. 46:8-50.
        No part of the property is in the 500-year floodplain.
        I am not aware of any past flooding of the flat.
    """,
    "radon": """
        No radon test is on record; the state's guide was handed to you.
        Radon has not been found above the action level.
        No elevated radon concentration is known to Landlord.
        Radon. The 2022 test showed 1.9 pCi/L; the report is in your packet.
        Radon is a naturally occurring radioactive gas that may present health risks.
        Landlord has no knowledge of elevated radon in the building.
        Tested for radon on February 11, 2023; result 1.6 pCi/L.
        Radon: no test has been made.
        Tenant has received the "Radon Guide for Tenants".
        Has the flat been tested for radon? Yes, in 2022, with a result of 2.1.
        A radon mitigation system was installed in 2019; the report is attached.
        Owner knows of no radon hazard in the unit.
        RADON GAS DISCLOSURE attached as Exhibit D.
        We gave you the state's brochure on radon before you signed.
        The Department strongly recommends that all tenants have an indoor radon test performed.
        No radon records or reports exist for this home.
        Radon levels in the home were last measured in 2020.
        Tenant has the right to test for radon.
        The unit is on the fourth floor, and no radon test was done.
    """,
    "sex_offender": """
        The registry of sex offenders is open to all at the website of the state police; Landlord makes no inquiry of its own.
        For information on registered sex offenders see the department's website.
        Information about registered sex offenders is available at www.meganslaw.ca.gov.
        Megan's Law notice: the registry is on the web.
        You may look up registered sex offenders with the state police.
        The Louisiana Bureau of Criminal Identification keeps a registry of sex offenders.
        Sexual offender registry: call 800-555-0100.
        The national sex offender public website is nsopw.gov.
    """,
    "smoking_policy": """
        Nobody may smoke within twenty feet of a door.
        Smoking is not permitted anywhere in the building or on its grounds.
        Where may I smoke? Only in the yard, away from the windows.
        No smoking. No vaping.
        Smoking is allowed on balconies; no smoking unit is beside this one.
        Smoking is prohibited on the entire premises.
        No smoking inside; the yard is fine.
        This is a smoke-free building.
        May you smoke? Only on the back patio.
        Tobacco and vaping are not allowed in the unit.
        Nobody may smoke in the halls.
        Smoking policy: allowed in private units only.
    """,
    "smoke_alarms": """
        Smoke alarms hang in every bedroom and were tried on the day you moved in; do not take them down.
        No gas is used in the home, so it has no carbon monoxide alarm, but smoke alarms are in place.
        Landlord puts in the smoke alarms at no charge; you change the batteries.
        Each floor has a hard-wired smoke detector, which Lessee shall not disconnect.
        Landlord leaves working smoke alarms in every room.
        Smoke alarms work on the day of move-in.
        The house has a smoke detector in every bedroom.
        Smoke and carbon monoxide alarms are installed and tested.
        Tenant acknowledges that the unit has a functional smoke detector.
        Detectors: smoke detectors in hall and bedroom, tested.
        The fire alarm system is serviced yearly.
    """,
    "lead_paint": """
        Lead paint. Owner has never tested for lead and knows of none; you have the EPA pamphlet and signed the form.
        We hold no reports on lead paint, know of no hazard, and gave you the EPA booklet.
        LEAD-BASED PAINT. Lessor has no knowledge of lead-based paint and no reports. Lessee has received the pamphlet. No further disclosure is made.
        Lead. The signed disclosure is Attachment 2 and includes the warning statement.
        Lead: we know of none, we hold no reports, and you have the EPA booklet on lead in your hands.
        The signed lead disclosure form is attached as Exhibit B, with the EPA pamphlet.
        Lead-based paint disclosure: Landlord has no knowledge of lead-based paint and no reports. Tenant has received Protect Your Family From Lead in Your Home.
        Lead Warning Statement and disclosure are attached as Exhibit B; the pamphlet was handed over.
        The house may have lead-based paint. We know of none and have no reports or records. You got the pamphlet Protect Your Family From Lead in Your Home.
        Lead paint: the disclosure form signed by both parties is attached, with the pamphlet.
        Owner discloses lead-based paint on the window trim, found in 2017; Tenant received the report and the pamphlet.
        Lead hazards: Lessor knows of no lead hazards. Lessee acknowledges receipt of the federal pamphlet.
    """,
    "shared_utilities": """
        The gas meter serves both flats. The bill is divided equally.
        One meter serves the house; you pay 40 percent of each bill, a copy of which we show you.
        The hall light is on your meter, for which $4 a month is taken off the rent.
        Water is on a common meter; each unit's part goes by the number of its occupants, and the bills may be seen at the office.
        The meter also serves unit B; Landlord will pay for the common areas.
        Utilities are allocated by square footage.
        The gas meter is shared and its cost is divided equally between the two units.
        Water bills are split pro rata by number of occupants.
        Utility costs under the common meter: Tenant pays 40 percent.
        One meter serves both flats; we agree that each pays half by formula in Exhibit C.
    """,
    "move_in_checklist": """
        The parties have looked through the rooms together and noted every mark and defect on the attached sheet.
        Management's staff and Resident record the condition of the unit together, and each has a copy.
        Neither party signs before the walk-through is done and its list of damage attached.
        No deposit is taken until the list of existing damage has been handed over.
        You were given two blank copies of the checklist and may note anything we missed.
        If Tenant does not object to the condition report within five days, it is taken as correct.
        Is there a checklist? Yes, we fill it in together on the first day.
        A checklist of the condition of the premises is attached and signed.
        Landlord and Tenant walk through the unit together and note its condition in writing.
        A move-in inspection report was completed and both hold a copy.
        Before you move in we go through the flat together and list any damage.
        Tenant receives two blank copies of an inventory checklist to return within seven days.
        The Lessor gives a written statement of the present condition of the apartment.
        Condition at move-in: see the signed condition report.
        You may ask for an initial inspection to note deficiencies.
        Management offers Resident an initial inspection at move-in, to note deficiencies.
        A check-in sheet is handed over with the keys.
    """,
    "deposit_holding": """
        The deposit is not held with Owner's own money; it is in trust at Harbor Savings Bank.
        Deposit held at: Key Bank, 12 Main Street, Albany
        The deposit lies in an escrow account at First Federal, and the bank will not change without notice to Tenant.
        Where is my deposit? At Citizens Bank on Elm Street, in an account for deposits only.
    """,
}

HARMLESS = {
    "mold": """
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


def _cases(told):
    return [(topic, line.strip()) for topic, lines in told.items() for line in lines.strip().splitlines()]


def _check(topic):
    if topic == "lead_paint":
        return next(r.check for r in load_pack("US").requirements if r.id == "US.lead_paint")
    return ClauseRequired.model_validate(rules()[topic]["check"])


def _result(topic, passage, document_of):
    text = f"1. RENT. Rent is $900 a month.\n\n2. {passage}\n\n3. KEYS. Tenant has two keys.\n"
    return check_clause_required(_check(topic), ReadText(document_of(text)), LeaseTerms()).result


@pytest.mark.parametrize(("topic", "passage"), _cases(SOUND))
def test_a_sound_disclosure_is_seen(topic, passage, document_of):
    assert _result(topic, passage, document_of) == "satisfied"


@pytest.mark.parametrize(("topic", "passage"), _cases(HARMLESS))
def test_the_same_words_may_disclose_nothing(topic, passage, document_of):
    assert _result(topic, passage, document_of) in ("missing", "violated")
