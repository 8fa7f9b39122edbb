"""A promise not to do a thing is no clause that does it; one that takes its promise back is."""

import pytest

from pipeline.validate.denials import promises


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("self_help", "landlord shall not lock tenant out or shut off any utility."),
        ("self_help", "we will never change the locks to make you leave."),
        ("landlord_lien", "lessor claims no lien upon lessee's goods."),
        ("landlord_lien", "any landlord's lien is hereby waived."),
        ("retaliation", "owner may not raise the rent because renter called an inspector."),
        ("retaliation", "a complaint is never grounds for eviction."),
        ("acceleration", "management will not demand the rent of later months at once."),
        ("exculpation", "landlord is not liable for loss that was not caused by its negligence."),
        ("discrimination", "only tenant and her minor children may live here."),
        ("discrimination", "two people may live in the unit, not counting a child born during the lease."),
        ("discrimination", "assistance animals do not count as pets."),
        ("discrimination", "no dogs are kept in the building, except for service dogs."),
        ("self_help", "nor shall lessor bar the doors or cut off any service."),
        ("self_help", "possession is recovered only by a writ of the court, and owner does not suspend any utility."),
        ("self_help", "locks will not be changed nor services cut off."),
        ("self_help", "nobody may be put out of the apartment without a court's order."),
        ("attorney_fees", "landlord shall not charge to tenant what landlord spends on counsel."),
        ("entry_without_notice", "landlord retains the right to a duplicate key at all times."),
        (
            "habitability_waiver",
            "tenant is responsible for routine maintenance of the air conditioner and its filters.",
        ),
        ("exculpation", "tenant shall not deliberately or negligently damage any part of the premises."),
        ("exculpation", "for damage that comes from improper use party b is liable."),
        ("exculpation", "our policy does not cover your goods, though we are liable for our own negligence."),
        (
            "habitability_waiver",
            "lessee takes the premises as they are, subject to lessor's duty to keep them in repair.",
        ),
        ("notice_waiver", "landlord may end the lease by giving the notice that the law requires."),
        ("retaliation", "neither party is liable if the contract ends upon mandatory government action."),
    ],
)
def test_what_is_promised_is_not_done(kind: str, sentence: str) -> None:
    assert promises(sentence, [kind])


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("self_help", "landlord shall not lock tenant out, but may remove the door."),
        ("self_help", "landlord shall not be required to go to court and may change the locks."),
        ("landlord_lien", "landlord has a lien on all goods of tenant."),
        ("landlord_lien", "landlord waives no lien except on clothing."),
        ("retaliation", "landlord may raise the rent of a tenant who complains."),
        ("exculpation", "landlord is not liable whether or not the loss was caused by its negligence."),
        ("discrimination", "only families without children may live here."),
        ("jury_waiver", "landlord shall not ask for a jury."),
        ("discrimination", "no children and no dogs are kept, except for service dogs."),
        ("discrimination", "only adults may live here, besides one child under two."),
        ("self_help", "no court order is needed before the locks are changed."),
        ("self_help", "landlord may change the locks without a court's order."),
        ("entry_without_notice", "landlord has a duplicate key and may enter with it at any time."),
        ("entry_without_notice", "landlord has a key and may walk into the unit whenever landlord likes."),
        ("habitability_waiver", "tenant mends whatever breaks, and landlord keeps the rent."),
        ("habitability_waiver", "tenant does all maintenance, of filters, roof and boiler alike."),
        ("exculpation", "tenant shall not look to landlord for injury or damage due to its negligence."),
        ("notice_waiver", "landlord may end the lease without giving the notice that the law requires."),
        ("exculpation", "neither landlord nor its agents shall be liable for any damage to persons."),
        ("exculpation", "tenant releases landlord, though landlord is liable for any injury that it causes wilfully."),
    ],
)
def test_what_is_done_or_taken_back_is_no_promise(kind: str, sentence: str) -> None:
    assert not promises(sentence, [kind])
