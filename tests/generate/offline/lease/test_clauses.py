"""What the premises may be used for, and options to renew, are told from what stands beside them."""

from collections.abc import Callable
from typing import Any

import pytest

Lease = Callable[..., dict[str, Any]]


@pytest.mark.parametrize(
    ("said", "use"),
    [
        ("USE. Tenant shall use the Premises for only the following use and purpose: general office use. A letter follows.", "general office use"),
        ("USE. Tenant shall use the Premises for general office purposes, Tenant shall notify Landlord of any change.", "general office purposes"),
        ("Permitted Use: offices save that the fourth floor is a flat", "offices"),
    ],
)  # fmt: skip
def test_the_permitted_use_is_its_own_words(lease: Lease, said: str, use: str) -> None:
    assert lease(rest=said).get("permitted_use") == use


def test_an_option_is_not_given_where_the_word_is_defined(lease: Lease) -> None:
    said = '38. OPTIONS. "Option" shall mean the right to extend the term of or renew this Lease, or any lease that Lessee has on other property.'
    assert "renewal_option" not in lease(rest=said)
