"""Amendments and the leases they amend: which belongs to which, what is changed, and the terms that result."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from schemas import LeaseTerms, Result, Tenancy
from schemas.tenancy import Amends

_OWN = frozenset({"lease_id", "new_or_amendment", "agreement_signed_date"})  # of the document, not of the tenancy
KEPT = _OWN | {"tenancy_start_date"}  # the tenancy began when the lease says, not when an extension does
_LIKE = 85.0  # of 100, from which two names or addresses are the same


@dataclass(frozen=True, slots=True)
class Key:
    """What a lease or an amendment is known by."""

    path: str
    sha256: str
    amendment: bool
    address: str
    tenants: str
    owners: str
    dated: str

    @classmethod
    def of(cls, result: Result) -> "Key | None":
        """The key of a lease or an amendment; None for anything else."""
        terms, document = result.terms, result.document
        if not isinstance(terms, LeaseTerms) or result.status == "failed":
            return None
        return cls.made(document.path, document.sha256, result.doc_type == "lease_amendment", terms)

    @classmethod
    def made(cls, path: str, sha256: str, amendment: bool, terms: LeaseTerms) -> "Key":
        """The key of terms, wherever they are from."""
        return cls(
            path,
            sha256,
            amendment,
            _folded(terms.property_address.value or ""),
            _folded(" ".join(terms.tenant_name.value or ())),
            _folded(" ".join(terms.owner_name.value or ())),
            terms.agreement_signed_date.value or "",
        )


def lease_of(amendment: Key, leases: Iterable[Key]) -> Key | None:
    """The lease an amendment amends: same premises, same tenant, not dated after it; the latest where several fit.

    Where a document does not say the address (or the tenant), both parties' names (or address and landlord) decide.
    """
    fitting = [
        lease
        for lease in leases
        if not lease.amendment and _same_tenancy(amendment, lease) and not _after(lease.dated, amendment.dated)
    ]
    return max(fitting, key=lambda lease: (lease.dated, lease.path), default=None)


def changes(amendment: LeaseTerms, lease: LeaseTerms) -> list[str]:
    """The fields an amendment gives another value than the lease.

    >>> changes(LeaseTerms(), LeaseTerms())
    []
    """
    return [name for name in LeaseTerms.model_fields if name not in _OWN and _changed(name, amendment, lease)]


def amends(amendment: Result, lease: Result) -> Amends:
    """What an amendment's result says of the lease it amends."""
    assert isinstance(amendment.terms, LeaseTerms) and isinstance(lease.terms, LeaseTerms)
    return Amends(path=lease.document.path, sha256=lease.document.sha256, changes=changes(amendment.terms, lease.terms))


def consolidate(lease: Result, amendments: Sequence[Result]) -> Tenancy:
    """The terms in force: the lease's, each replaced by the latest amendment that changes it.

    Args:
        lease: the lease's result.
        amendments: results of its amendments, in any order; the later date wins.
    """
    assert isinstance(lease.terms, LeaseTerms)
    terms, origins = lease.terms, {n: lease.document.path for n in LeaseTerms.model_fields if _said(lease.terms, n)}
    ordered = sorted(amendments, key=_dated)
    for amendment in ordered:
        said = amendment.terms
        assert isinstance(said, LeaseTerms)
        changed = [n for n in LeaseTerms.model_fields if n not in KEPT and _changed(n, said, terms)]
        terms = terms.model_copy(update={name: getattr(said, name) for name in changed})
        origins |= dict.fromkeys(changed, amendment.document.path)
    return Tenancy(documents=[r.document.path for r in (lease, *ordered)], terms=terms, origins=origins)


def tenancies(results: Iterable[Result]) -> list[Tenancy]:
    """Every lease among the results with its amendments, as consolidated terms, in the order of the leases."""
    keyed = [(key, result) for result in results if (key := Key.of(result))]
    leases = [(key, result) for key, result in keyed if not key.amendment]
    theirs: dict[str, list[Result]] = {key.path: [] for key, _ in leases}
    for key, result in keyed:
        if key.amendment and (found := lease_of(key, (lease for lease, _ in leases))):
            theirs[found.path].append(result)
    return [consolidate(result, theirs[key.path]) for key, result in leases]


def _same_tenancy(amendment: Key, lease: Key) -> bool:
    place = _alike(amendment.address, lease.address)
    tenant, owner = _alike(amendment.tenants, lease.tenants), _alike(amendment.owners, lease.owners)
    if place is None:
        return bool(tenant and owner)
    if tenant is None:
        return bool(place and owner)
    return place and tenant


def _alike(one: str, other: str) -> bool | None:
    """Whether two names or addresses are the same; None if one is not known. Numbers in both must agree somewhere."""
    if not one or not other:
        return None
    a, b = set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))
    return fuzz.token_set_ratio(one, other) >= _LIKE and (not a or not b or bool(a & b))


def _after(one: str, other: str) -> bool:
    return bool(one and other) and one > other


def _dated(result: Result) -> tuple[str, str]:
    assert isinstance(result.terms, LeaseTerms)
    return result.terms.agreement_signed_date.value or "", result.document.path


def _said(terms: LeaseTerms, name: str) -> bool:
    return getattr(terms, name).value is not None


def _changed(name: str, amendment: LeaseTerms, lease: LeaseTerms) -> bool:
    new, old = getattr(amendment, name).value, getattr(lease, name).value
    return new is not None and _comparable(new) != _comparable(old)


def _comparable(value: object) -> object:
    if isinstance(value, list):
        return sorted(_folded(str(item)) for item in value)
    return _folded(value) if isinstance(value, str) else value


def _folded(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", text.casefold()).strip()
