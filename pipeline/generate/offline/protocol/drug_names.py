"""Names of medicines in prose: international nonproprietary names by their stems, sponsors' codes, vaccines, placebo."""

import re
from collections.abc import Iterator
from typing import NamedTuple

# Stems of the WHO INN programme ("The use of stems in the selection of International Nonproprietary Names", 2018).
_STEMS = (
    "mab", "nib", "tinib", "rafenib", "metinib", "zomib", "lisib", "degib", "ciclib", "parib", "toclax", "clax", "rasib", "senib", "denib", "stat", "gliflozin", "gliptin",
    "glutide", "glitazone", "glinide", "gliclazide", "glimepiride", "formin", "tirzepatide", "statin", "sartan", "pril", "olol", "dipine", "vir", "buvir", "asvir", "previr", "tegravir",
    "ciclovir", "amivir", "limus", "imod", "domide", "tide", "tidine", "relix", "relin", "reotide", "xaban", "gatran", "parin", "grel", "grelor", "prazole", "azole", "conazole",
    "cillin", "penem", "bactam", "mycin", "micin", "thromycin", "floxacin", "cycline", "cyclin", "oxacin", "fungin", "nidazole", "ectin", "bendazole", "quine", "cept", "kinra", "alfa", "ase",
    "stim", "grastim", "poetin", "platin", "taxel", "rubicin", "trexate", "trexed", "citabine", "tecan", "poside", "mustine", "bulin", "blastine", "cristine", "dotin", "tansine",
    "tecan", "tesirine", "lutamide", "terone", "sterone", "trozole", "oxifene", "strant", "gestrel", "estradiol", "solone", "sonide", "onide", "olone", "terol", "tropium", "clidinium",
    "lukast", "phylline", "triptan", "gepant", "ditan", "pam", "lam", "azepam", "bamate", "racetam", "toin", "gabalin", "gabapentin", "pentin", "mazepine", "zonisamide", "triazine", "apine", "peridone",
    "piprazole", "idone", "azine", "promazine", "peridol", "oxetine", "pramine", "triptyline", "faxine", "xetine", "giline", "dopa", "capone", "pexole", "nirole", "pezil", "stigmine", "mantine", "meline",
    "fibrate", "cetrapib", "rapib", "dronate", "semide", "thiazide", "renone", "flunomide", "lidomide", "temide", "nesimod", "limod", "cortisone", "prednisone", "methasone", "nidine", "ephrine", "amadol", "vaptan", "entan", "afil", "ciguat", "prost", "osin", "steride", "pressin", "tocin", "terenol", "caine",
    "curium", "curonium", "fentanil", "orphine", "codone", "methadone", "nalox", "naltrex", "trexone", "coxib", "fenac", "profen", "oxicam", "colchicine", "salazine", 
    "nercept", "leucel", "siran", "rsen", "ersen", "gene", "vec", "parvovec", "insulin", "glargine", "lispro", "aspart", "degludec", "detemir", "setron", "dronabinol", "sulfan",
    "cobalamin", "calcitriol", "calcet", "tirome", "ferric", "iron", "globulin", "interferon", "heparin", "warfarin", "aspirin", "clopidogrel", "prednisone", "digoxin", "nitisinone", "uracil", "leucovorin",
    "etine", "opram", "melatonin", "orexant", "plon", "pidem", "lorant", "vacaftor", "caftor", "lumacaftor", "factor", "copan", "inidase", "sertib", "tamide", "thiouracil", "tretinoin", "tinoin",
)  # fmt: skip
_SURE = tuple(s for s in _STEMS if len(s) >= 3)
_COMMON = frozenset(
    ["disease", "increase", "decrease", "release", "phase", "base", "case", "please", "database", "phosphatase", "transferase", "aminotransferase", "lipase", "amylase", "kinase", "protease", "dehydrogenase", "purchase", "lease", "cease", "ease", "peptide", "nucleotide", "beside", "outside", "provide", "guide", "tide", "wide", "include", "decide", "side", "suicide", "amide", "oxide", "dioxide", "chloride", "fluoride", "hydroxide", "triglyceride", "glyceride", "vaccine", "medicine", "routine", "guideline", "baseline", "decline", "deadline", "discipline", "machine", "line", "medline", "examine", "determine", "combine", "define", "online", "saline", "alanine", "creatinine", "urine", "caffeine", "nicotine", "gene", "hygiene", "therapeutic", "model", "mode", "period", "program", "exam", "team", "cream", "stream", "system", "spam", "skin", "kin", "parkin", "napkin", "stat", "status", "test", "excel", "cancel", "channel", "panel", "level", "label", "gel", "cel", "vessel", "personnel", "travel", "novel", "parallel", "iron", "environ", "enzyme", "antigen", "oxygen", "nitrogen", "estrogen", "hydrogen", "estradiol", "testosterone", "hormone", "progesterone", "cortisone", "zone", "alone", "done", "none", "phone", "bone", "stone", "tone", "prone", "cyclone", "clone", "telephone", "milestone", "factor", "actor", "contractor", "indicator", "serum", "uracil", "random", "fragile", "profile", "mobile", "while", "file", "facile", "agile", "albumin", "bilirubin", "hemoglobin", "immunoglobulin", "globulin", "insulin-dependent", "codeine", "median", "medium", "protein", "vitamin", "margin", "origin", "begin", "admin", "domain", "within", "mutation", "capsule", "module", "schedule", "adolescent", "program", "diagram", "kilogram", "histogram", "gram", "mammogram", "program", "electrocardiogram", "echocardiogram", "telegram", "milligram", "synthase", "polymerase", "reductase", "transcriptase", "oxidase", "esterase", "lactase", "catalase", "convertase", "caspase", "tyrosine", "cysteine", "histamine", "amine", "dopamine", "serotonin", "melatonin", "adrenaline", "epinephrine", "norepinephrine", "paradigm", "regimen", "specimen", "abdomen", "acumen", "phenomenon", "symptom", "bottom", "custom", "accustomed", "whole", "sole", "role", "pole", "parole", "console", "control", "protocol", "alcohol", "cholesterol", "glycerol", "mode", "code", "node", "hypotension", "polyp", "group", "medicinal", "clinical", "trial", "placebo", "study", "comparing", "azole", "imide", "timide", "intimate", "azine", "magazine", "dine", "undine", "sardine", "confine", "refine", "decline", "outline", "pipeline", "antecedent", "sone", "person", "season", "reason", "treason", "prior", "unit", "limit", "visit", "kit", "submit", "permit", "commit", "transit", "deposit", "credit", "audit", "alfa", "stem", "problem", "oncology", "hospital", "vitamin-k", "rone", "drone", "throne", "mod", "nomod", "clide", "slide", "glide", "bromide", "iodide", "cyanide", "sulfide", "peroxide", "lipid", "iodine", "thyroxine", "purine", "pyrimidine", "guanine", "adenine", "cytosine", "thymidine", "uridine", "histidine", "arginine", "lysine", "glycine", "serine", "threonine", "creatine", "carnitine", "taurine", "choline", "betaine", "glutamine", "tyramine", "latrine", "doctrine", "marine", "submarine", "trampoline", "gasoline", "feline", "canine", "bovine", "porcine", "equine", "murine", "ovine", "endocrine", "exocrine", "paracrine", "crystalline", "alkaline", "hyaline", "asinine", "feminine", "masculine", "genuine", "imagine", "engine", "combine", "turbine", "vaccinia", "machine", "shrine", "combine", "tetracycline-resistant", "leukine", "interleukin", "cytokine", "chemokine", "bradykinin", "kinin", "cathepsin", "renin", "trypsin", "pepsin", "keratin", "collagen", "elastin", "fibrin", "myoglobin", "troponin", "ferritin", "transferrin", "angiotensin", "vasopressin", "glucagon", "oxytocin", "prolactin", "leptin", "ghrelin", "calcitonin", "thyroglobulin", "haptoglobin", "prothrombin", "thrombin", "antithrombin", "plasmin", "plasminogen", "fibrinogen", "combination", "inhibitor", "monoclonal", "except", "accept", "concept", "intercept", "worsen", "timeline", "phrase", "oncogene", "chitinase", "freebase", "phosphokinase", "transaminase", "proteinase", "islam", "flam", "exempt", "cram", "clam", "macrolide", "overdose", "decade", "facade", "grade", "upgrade", "trade", "made", "shade", "blade", "parade", "masquerade", "brigade", "cascade", "arcade", "persuade", "stride", "bride", "pride", "override"]
)  # fmt: skip

_WORD = r"[A-Za-z][a-z]{3,24}(?:-[a-z]{4}(?![a-z]))?"
_CODE = r"[A-Z]{2,6}[ -]?\d{3,8}[A-Z]?(?![\w%-])"
_VACCINE = r"(?:[\w-]+\s){0,3}(?:vaccine|Vaccine|VACCINE)\b"
_ANY = re.compile(rf"(?<![\w-])(?:(?P<code>{_CODE})|(?P<word>{_WORD})(?![\w]))")
_NOT_CODE = re.compile(
    r"^(?:NCT|ISRCTN|COVID|SARS|HBV|HCV|HIV|IL|CD|CYP|ICD|DSM|ISO|CFR|EU|EC|AE|PD|PSA|BMI|ECOG|HER|SF|EQ|QLQ|NYHA|MELD|WHO|MRI|ACR|DAS|PASI|HAQ|FACT|RECIST|CTCAE|ICH|GCP|STAT|SGLT|GLP|DPP|TNF|JAK|BTK|KRAS|EGFR|PDL|FLT|IDH|BRAF|MMSE|ADAS|LDL|HDL)[ -]?\d",
    re.IGNORECASE,
)


class Drug(NamedTuple):
    """A medicine's name in a text."""

    name: str
    start: int
    end: int


def is_drug_word(word: str) -> bool:
    """Whether a word looks like a nonproprietary name.

    >>> [is_drug_word(w) for w in ("Nivolumab", "lenvatinib", "disease", "baseline", "baricitinib", "placebo", "efficacy")]
    [True, True, False, False, True, False, False]
    """
    lower = word.lower().split("-")[0]
    return len(lower) >= 6 and lower not in _COMMON and lower.rstrip("s") not in _COMMON and lower.endswith(_SURE)


def find_drugs(text: str) -> Iterator[Drug]:
    """The medicines named in a text, in order: nonproprietary names and codes.

    >>> [d.name for d in find_drugs("Baricitinib (XYZ-731) versus placebo, with methotrexate")]
    ['Baricitinib', 'XYZ-731', 'methotrexate']
    """
    for match in _ANY.finditer(text):
        if match["code"]:
            if not _NOT_CODE.match(match["code"]):
                yield Drug(match[0], match.start(), match.end())
        elif is_drug_word(match["word"]):
            yield Drug(match[0], match.start(), match.end())
