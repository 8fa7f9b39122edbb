"""The lease record of a tenancy: what a validated lease makes of it, or an amendment, a renewal, the next tenant."""

from pipeline.records.keep import keep
from pipeline.records.keys import same_tenants, tenancy_key, unit_key
from pipeline.records.update import Outcome, Update, amended_record, closed, update

__all__ = ["Outcome", "Update", "amended_record", "closed", "keep", "same_tenants", "tenancy_key", "unit_key", "update"]
