"""The place whose law a document falls under."""

from pydantic import BaseModel, ConfigDict


class Jurisdiction(BaseModel):
    """A place, from the country (ISO 3166-1 alpha-2) down to the postcode; `state` is the full name.

    >>> Jurisdiction(country="US", state="Ohio").code
    'US-OH'
    """

    model_config = ConfigDict(frozen=True)

    country: str
    state: str | None = None
    county: str | None = None
    city: str | None = None
    zipcode: str | None = None

    @property
    def code(self) -> str:
        """ISO 3166-2 code of the state if it is a US one ("US-OH"), else the country's code."""
        abbreviation = next((a for a, name in US_STATES.items() if name == self.state), None)
        return f"{self.country}-{abbreviation}" if self.country == "US" and abbreviation else self.country


US_STATES: dict[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
}  # fmt: skip
