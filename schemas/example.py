"""A pack's own test: a lease that complies with it, and faults that each break one requirement."""

from pydantic import BaseModel, ConfigDict, model_validator


class Fault(BaseModel):
    """One change to a lease: `replace` is exchanged for `by`, or `add` stands as a paragraph before the signatures.

    `breaks` is the id of the requirement that must then fail, or a topic ("deposit_return") where any requirement of it will
    do; `also` are further ones that may rightly be reported with it.

    >>> Fault(breaks="US-OH.deposit_return", replace="30 days", by="60 days").planted("within 30 days")
    'within 60 days'
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    breaks: str
    also: tuple[str, ...] = ()
    replace: str = ""
    by: str = ""
    add: str = ""

    def allows(self, requirement: str, topic: str) -> bool:
        """Whether a requirement that fails is one of those this fault breaks.

        >>> Fault(breaks="deposit_return", add="...").allows("US-OH.deposit_return", "deposit_return")
        True
        """
        names = {requirement, requirement.partition(".")[2], topic}
        return not names.isdisjoint((self.breaks, *self.also))

    @model_validator(mode="after")
    def _is_one_change(self) -> "Fault":
        if bool(self.add) == bool(self.replace):
            raise ValueError(f"{self.breaks}: a fault either adds a clause or replaces words")
        return self

    def planted(self, lease: str) -> str:
        """The lease with this fault.

        Raises:
            ValueError: the words to replace are not in it.
        """
        if self.add:
            body, _, signatures = lease.rstrip().rpartition("\n\n")
            return f"{body}\n\n{self.add}\n\n{signatures}\n"
        if self.replace not in lease:
            raise ValueError(f"the lease does not say {self.replace!r}")
        return lease.replace(self.replace, self.by)


class Example(BaseModel):
    """A lease that complies with a jurisdiction's pack, and the faults that break it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lease: str
    faults: tuple[Fault, ...]
