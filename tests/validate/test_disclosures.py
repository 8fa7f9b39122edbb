"""What counts as a disclosure of each topic: sound ones in many styles (test_nothing_disclosed.py: the same words, nothing told)."""

import pytest

from tests.validate.conftest import cases

SOUND = {
    "mold": """
        I have lived here ten years and never had mold.
        A leak in 2022 led to mold in the bath, which was cut out and the wall renewed; nothing has shown since.
        Mold sheet of the department of health: given to Tenant with this lease
        Was there ever mold? Once, in 2019, behind the washer; it was removed.
        No visible mold was present at the walk-through.
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
        The apartment has never had bed bugs that I heard of.
        Bed bugs. You have read and signed the state's two-page sheet about them.
        Have there been bed bugs? Yes, in 3B in 2023; it was heat-treated and cleared.
        The unit and those around it have been free of bed bugs for a year.
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
        The river has not reached the house in living memory, and it lies outside the flood zone.
        Lessor is aware that the lot is in the 100-year floodplain.
        We were flooded in 2017 up to the porch; since then, no.
        FLOOD: zone X; no past flooding known to owner
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
        Radon. The basement was tested in 2021 and read 2.3.
        I have never had the house tested for radon and know of no level; here is the state's leaflet.
        Radon gas is found in many buildings, and long exposure may harm health.
        RADON: 1.1 pCi/L (2024)
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
        Where registered sex offenders live can be seen at www.nsopw.gov.
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
        Smokers go to the far side of the lot.
        No one smokes in here.
        This home is smoke-free inside; outside is up to you.
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
        There's a smoke alarm in each bedroom; press the button monthly.
        Detectors for smoke were tested in Tenant's presence.
        Lessor warrants the presence of working smoke detectors on every level.
        You must not cover the smoke alarm.
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
        Lead paint. The house dates from 1920. I know of no lead paint in it and have no papers about lead. You got the EPA's booklet from me.
        As to lead: Lessor has disclosed the inspection report of 2016, and Lessee has had the federal pamphlet and ten days to read both.
        The lead disclosure, signed by all, is stapled to the back.
        LEAD WARNING STATEMENT and disclosure: see Addendum A, signed today; pamphlet given.
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
        The two apartments are on one electric meter. You pay half of each bill.
        Gas for the whole house runs through your meter; the rent was cut by $60 for it.
        One water meter serves four units. Each pays a quarter.
        The meter also runs the porch light; we pay you back $3 a month.
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
        On the day of the keys you and I write up what is scratched, and both sign.
        The premises' condition is set out in Schedule B, initialed by both.
        Lessee has seven days to fill in the condition form and send it back.
        We took photos of each room and its condition on May 1; you have them on a memory stick.
        A joint inspection was held on June 1 and its report signed.
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
        Owner keeps the deposit at Pine Savings Bank, Main Street.
        The deposit went into escrow account 5521 at Wells Bank.
        Your deposit is with the state-chartered Credit Union of Ohio.
        The deposit is not held with Owner's own money; it is in trust at Harbor Savings Bank.
        Deposit held at: Key Bank, 12 Main Street, Albany
        The deposit lies in an escrow account at First Federal, and the bank will not change without notice to Tenant.
        Where is my deposit? At Citizens Bank on Elm Street, in an account for deposits only.
    """,
}


@pytest.mark.parametrize(("topic", "passage"), cases(SOUND))
def test_a_sound_disclosure_is_seen(topic, passage, disclosed):
    assert disclosed(topic, passage) == "satisfied"
