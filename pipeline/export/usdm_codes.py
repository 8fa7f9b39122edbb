"""The CDISC controlled terms the export uses: NCI Thesaurus codes with the names that USDM v4 gives them.

Source: CDISC Controlled Terminology (SDTM, Protocol and DDF packages) as the NCI publishes it,
https://www.cancer.gov/about-nci/organization/cbiit/vocabulary/cdisc, and the value sets of USDM v4 (USDM_CT of
https://github.com/cdisc-org/DDF-RA); `VERSION` is the release the names were checked against.
"""

VERSION = "2025-09-26"
SYSTEM = "http://www.cdisc.org"

Term = tuple[str, str]  # NCI code, name

PHASES: dict[str, Term] = {
    "1": ("C15600", "Phase I Trial"),
    "1a": ("C199990", "Phase Ia Trial"),
    "1b": ("C199989", "Phase Ib Trial"),
    "1/2": ("C15693", "Phase I/II Trial"),
    "2": ("C15601", "Phase II Trial"),
    "2a": ("C49686", "Phase IIa Trial"),
    "2b": ("C49688", "Phase IIb Trial"),
    "2/3": ("C15694", "Phase II/III Trial"),
    "3": ("C15602", "Phase III Trial"),
    "3a": ("C49687", "Phase IIIa Trial"),
    "3b": ("C49689", "Phase IIIb Trial"),
    "4": ("C15603", "Phase IV Trial"),
}
MASKING: dict[str, Term] = {  # the codelist has nothing beyond double blind
    "open-label": ("C49659", "Open Label Study"),
    "single-blind": ("C28233", "Single Blind Study"),
    "double-blind": ("C15228", "Double Blind Study"),
    "triple-blind": ("C15228", "Double Blind Study"),
}
SEX: dict[str, tuple[Term, ...]] = {
    "female": (("C16576", "Female"),),
    "male": (("C20197", "Male"),),
    "all": (("C16576", "Female"), ("C20197", "Male")),
}
CATEGORY: dict[str, Term] = {
    "inclusion": ("C25532", "Inclusion Criteria"),
    "exclusion": ("C25370", "Exclusion Criteria"),
}
TIMING: dict[str, Term] = {
    "after": ("C201356", "After"),
    "before": ("C201357", "Before"),
    "fixed": ("C201358", "Fixed Reference"),
}
EPOCHS: tuple[tuple[str, Term], ...] = (  # what the name of a period says, tried in this order
    ("pre-?screen", ("C199844", "Pre-Screening Epoch")),
    ("screen|eligib|pre-?treatment|enrol", ("C202487", "Screening Epoch")),
    ("run[- ]?in|lead[- ]?in", ("C98779", "Run-in Period")),
    ("wash[- ]?out", ("C42872", "Washout Period")),
    ("long[- ]?term follow|survival", ("C202577", "Long-term Follow-up Epoch")),
    ("follow[- ]?up|post[- ]?(?:treatment|dos|stud)|end of (?:study|trial)", ("C202578", "Follow-Up Epoch")),
    ("extension|continu|maintenance", ("C123452", "Continuation Therapy Epoch")),
    ("induction", ("C123453", "Induction Therapy Epoch")),
    ("open[- ]label", ("C102256", "Open Label Treatment Epoch")),
    ("blind", ("C102255", "Blinded Treatment Epoch")),
    ("baseline|check[- ]?in|admission", ("C125938", "Baseline Epoch")),
    ("observation", ("C165873", "Observation Study Epoch")),
)
TREATMENT_EPOCH: Term = ("C101526", "Treatment Epoch")

INTERVENTIONAL: Term = ("C98388", "Interventional Study")
SINGLE_GROUP: Term = ("C82640", "Single Group Study")
PARALLEL: Term = ("C82639", "Parallel Study")
CROSSOVER: Term = ("C82637", "Crossover Study")
RANDOMIZED: Term = ("C46079", "Randomized")

OFFICIAL_TITLE: Term = ("C207616", "Official Study Title")
ACRONYM: Term = ("C207646", "Study Acronym")
SPONSOR: Term = ("C70793", "Sponsor")
COMPANY: Term = ("C54149", "Pharmaceutical Company")
ACADEMIA: Term = ("C18240", "Academic Institution")
REGISTRY: Term = ("C93453", "Clinical Study Registry")
REGULATOR: Term = ("C188863", "Regulatory Agency")

EXPERIMENTAL_ARM: Term = ("C174266", "Investigational Arm")
PLACEBO_ARM: Term = ("C174268", "Placebo Control Arm")
COMPARATOR_ARM: Term = ("C174267", "Active Comparator Arm")
TREATMENT_ARM: Term = ("C15538", "Protocol Treatment Arm")
DATA_OF_STUDY: Term = ("C188866", "Data Generated Within Study")
EXPERIMENTAL: Term = ("C41161", "Experimental Intervention")
PLACEBO: Term = ("C753", "Placebo")
ACTIVE: Term = ("C68609", "Active Comparator")
DRUG: Term = ("C1909", "Pharmacologic Substance")
BIOLOGICAL: Term = ("C307", "Biological Agent")
VACCINE: Term = ("C923", "Vaccine")

PRIMARY_OBJECTIVE: Term = ("C85826", "Trial Primary Objective")
PRIMARY_ENDPOINT: Term = ("C94496", "Primary Endpoint")
VISIT: Term = ("C25716", "Visit")
START_TO_START: Term = ("C201355", "Start to Start")
PROTOCOL: Term = ("C70817", "Protocol")
FINAL: Term = ("C25508", "Final")
APPROVAL_DATE: Term = ("C71476", "Approval Date")
ISSUED_DATE: Term = ("C215664", "Issued Date")
GLOBAL: Term = ("C68846", "Global")
YEAR: Term = ("C29848", "Year")
