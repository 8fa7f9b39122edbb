"""What a store of lease records can do."""

from collections.abc import Iterator
from typing import Protocol

from schemas import LeaseRecord


class RecordStore(Protocol):
    """The lease records of a team: every version kept, the last one in force."""

    def get(self, tenancy: str) -> LeaseRecord | None:
        """The last version of a tenancy's record."""
        ...

    def open_for(self, unit: str) -> LeaseRecord | None:
        """The record of the tenancy that a unit is let under, if one is open."""
        ...

    def of_unit(self, unit: str) -> Iterator[LeaseRecord]:
        """The last version of every record of a unit, open or closed, by tenancy."""
        ...

    def put(self, records: tuple[LeaseRecord, ...]) -> None:
        """Keep new versions, all or none; each must follow the last version kept of its tenancy (the first is 1).

        Putting the same version again changes nothing. There is one record of a tenancy among them at most; one that
        closes a tenancy and one that opens another of the same unit may come in any order.

        Raises:
            Conflict: another version with that number is there already, the one before it is not there, or another tenancy
                of the unit is open.
        """
        ...

    def history(self, tenancy: str) -> Iterator[LeaseRecord]:
        """Every version of a tenancy's record, oldest first."""
        ...

    def find(self, *, state: str | None = None, status: str | None = None) -> Iterator[LeaseRecord]:
        """The last version of each record that matches, by tenancy; as a stream.

        Args:
            state: full name of the state of the premises.
            status: "open" or "closed".
        """
        ...
