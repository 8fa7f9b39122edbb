"""A term with the evidence for it, and the terms of each document type. Field descriptions live here, once."""

from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

T = TypeVar("T")

Money = Annotated[Decimal, PlainSerializer(float, return_type=float, when_used="json")]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$", examples=["2024-03-15", "2024-03"])]
Comparator = Literal[
    "exact", "id", "date", "money", "int", "phrase", "text", "names", "names1", "items", "texts", "cells", "bool",
    "state", "place", "address", "version",
]  # fmt: skip


class Evidence(BaseModel):
    """Where a value stands: page (from 1), offsets in the document's text, that very slice, boxes in PDF points."""

    model_config = ConfigDict(frozen=True)

    page: int
    start: int
    end: int
    quote: str
    boxes: list[tuple[float, float, float, float]] = Field(default_factory=list)


class Term(BaseModel, Generic[T]):
    """One extracted value with its confidence (0..1), its evidence, what is odd about it, and who said it."""

    value: T | None = None
    confidence: float = Field(default=0.0, ge=0.0, le=1.0)
    evidence: list[Evidence] = Field(default_factory=list)
    flags: list[str] = Field(default_factory=list)
    source: str = ""


def term(description: str, comparator: Comparator) -> Any:
    """A field of a terms model: empty by default, with its one description and how two values of it are compared."""
    return Field(default_factory=Term, description=description, json_schema_extra={"comparator": comparator})


class LeaseTerms(BaseModel):
    """The terms of a lease or of a lease amendment."""

    lease_id: Term[str] = term(
        'title of the agreement as written ("Residential Lease Agreement", "LEASE", "OFFICE LEASE")', "phrase")  # fmt: skip
    new_or_amendment: Term[Literal["new", "amendment"]] = term('"new" or "amendment"', "exact")
    agreement_signed_date: Term[IsoDate] = term(
        "the date of the agreement (dated / made / executed as of), ISO YYYY-MM-DD (YYYY-MM when no day is given)", "date")  # fmt: skip
    state: Term[str] = term(
        'US state (full name) or, outside the US, country-level region (e.g. "Ireland") of the leased property', "state")  # fmt: skip
    county: Term[str] = term("county of the leased property, without the word County, if stated", "place")
    city: Term[str] = term("city or town of the leased property", "place")
    zipcode: Term[str] = term("ZIP code or postcode of the leased property", "id")
    property_address: Term[str] = term(
        "address of the leased premises (street, unit, city, state as written)", "address")  # fmt: skip
    owner_name: Term[list[str]] = term(
        'names of the landlord(s)/lessor(s) as written, without the trailing legal description ("a Delaware corporation")', "names")  # fmt: skip
    tenant_name: Term[list[str]] = term(
        'names of the tenant(s)/lessee(s) as written, without the trailing legal description ("a Delaware corporation")', "names")  # fmt: skip
    tenancy_start_date: Term[IsoDate] = term(
        'commencement date of the term, ISO; null if only "upon substantial completion" without a date', "date")  # fmt: skip
    tenancy_end_date: Term[IsoDate] = term(
        "expiration date of the initial term, ISO; if only derivable exactly from start date and term length, the derived date", "date")  # fmt: skip
    rent_amount: Term[Money] = term(
        "the MONTHLY base rent at the start of the term, a number (if only annual rent is stated: annual/12 rounded to cents)", "money")  # fmt: skip
    rent_currency: Term[str] = term('ISO 4217 code of the rent ("USD", "EUR", "GBP", "CNY" ...)', "exact")
    rent_paid_by_day_of_month: Term[int] = term("day of the month the rent is due, 1-31", "int")
    deposit_amount: Term[Money] = term("security deposit, a number", "money")
    deposit_paid_by_date: Term[str] = term(
        'ISO date the deposit is due, or the exact phrase when it is relative ("upon execution of this Lease")', "phrase")  # fmt: skip
    late_fee: Term[str] = term('the late charge as stated, short ("5% of the overdue amount", "$50 per day")', "phrase")
    termination_notice_min_days: Term[int] = term(
        "minimum notice, in days, that the lease requires to end the tenancy (termination, non-renewal, month-to-month); "
        "a month counts 30 days; not the cure period of a default", "int")  # fmt: skip
    renewal_option: Term[str] = term('option to renew or extend, short ("two 5-year options")', "phrase")
    utilities_terms_electricity: Term[Literal["tenant", "owner", "shared"]] = term(
        'who pays electricity for the premises: "tenant", "owner" or "shared"', "exact")  # fmt: skip
    pets_allowed: Term[bool] = term("whether pets are allowed: true or false, null if the lease does not say", "bool")
    fixtures: Term[list[str]] = term(
        "appliances, furniture and trade fixtures the lease says the LANDLORD provides with the premises", "items")  # fmt: skip
    premises_area_sqft: Term[Money] = term("rentable or leased square feet, if stated", "money")
    permitted_use: Term[str] = term("what the premises may be used for, short", "phrase")


class ProtocolTerms(BaseModel):
    """The terms of a clinical-trial protocol."""

    protocol_id: Term[str] = term("the sponsor's protocol number", "id")
    nct_id: Term[str] = term('ClinicalTrials.gov number ("NCT01234567")', "id")
    eudract_number: Term[str] = term('EudraCT or EU CT number ("2014-001234-12")', "id")
    ind_number: Term[str] = term('US IND number ("123456")', "id")
    title: Term[str] = term("full protocol title", "text")
    acronym: Term[str] = term("study acronym or short name if the document gives one", "id")
    version: Term[str] = term(
        'protocol version or amendment label of THIS document ("Amendment 3", "5.0", "Version 2.0")', "version")  # fmt: skip
    version_date: Term[IsoDate] = term("ISO date of this version", "date")
    sponsor: Term[str] = term("sponsor's legal name", "names1")
    phase: Term[str] = term('"1", "1/2", "2", "2/3", "3", "3b" or "4"', "exact")
    indication: Term[str] = term("the condition studied, short", "phrase")
    investigational_products: Term[list[str]] = term("names of the investigational products", "items")
    comparators: Term[list[str]] = term(
        "names of the comparators (placebo, active comparator, standard of care ...)", "items")  # fmt: skip
    arms: Term[list[str]] = term(
        "arm names or descriptions, short, as the document defines them for randomisation/assignment", "items")  # fmt: skip
    planned_enrollment: Term[int] = term(
        "number of participants planned to be randomised/enrolled (the headline number)", "int")  # fmt: skip
    allocation: Term[Literal["randomized", "non-randomized"]] = term('"randomized" or "non-randomized"', "exact")
    masking: Term[Literal["open-label", "single-blind", "double-blind", "triple-blind"]] = term(
        '"open-label", "single-blind", "double-blind" or "triple-blind"', "exact")  # fmt: skip
    min_age_years: Term[float] = term("lowest age admitted, in years; null if there is no limit", "int")
    max_age_years: Term[float] = term("highest age admitted, in years; null if there is no limit", "int")
    sex: Term[Literal["all", "female", "male"]] = term('"all", "female" or "male"', "exact")
    primary_objectives: Term[list[str]] = term("the primary objectives, verbatim or nearly", "texts")
    primary_endpoints: Term[list[str]] = term("the primary endpoints, verbatim or nearly", "texts")
    inclusion_criteria_count: Term[int] = term(
        "number of top-level inclusion criteria in the main eligibility section", "int")  # fmt: skip
    exclusion_criteria_count: Term[int] = term(
        "number of top-level exclusion criteria in the main eligibility section", "int")  # fmt: skip
    inclusion_criteria: Term[list[str]] = term("the inclusion criteria, one item per top-level criterion", "texts")
    exclusion_criteria: Term[list[str]] = term("the exclusion criteria, one item per top-level criterion", "texts")
    n_sites: Term[int] = term("planned number of sites/centres, if stated", "int")
    treatment_duration: Term[str] = term("how long a participant is treated, short", "phrase")
    soa_visits: Term[list[str]] = term(
        "visit/column names of the main Schedule of Activities table (the first one if there are several), in order", "cells")  # fmt: skip
    soa_activities: Term[list[str]] = term("row names (procedures) of that table, in order", "cells")


class NoTerms(BaseModel):
    """The terms of a document that is neither a lease nor a protocol: none."""


Terms = LeaseTerms | ProtocolTerms | NoTerms
