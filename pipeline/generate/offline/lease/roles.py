"""Words for who lets and who rents, as leases of all kinds have them, plain language included."""

OWNER_WORDS = r"(?:sub-?)?(?:land\s?lords?|lessors?|licensors?|owners?|housing providers?|management|manager|community|cooperative|party a|we|i)"
TENANT_WORDS = r"(?:sub-?)?(?:tenants?|lessees?|renters?|residents?|occupants?|licensees?|roommates?|members?|students?|party b|you)"
