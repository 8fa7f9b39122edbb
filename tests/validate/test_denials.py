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
    ],
)
def test_what_is_done_or_taken_back_is_no_promise(kind: str, sentence: str) -> None:
    assert not promises(sentence, [kind])
