"""Names of what a criterion measures: laboratory tests, vital signs, scores, age; spellings mapped to one name each."""

import re

_KNOWN: tuple[tuple[str, str], ...] = (
    ("age", r"\bage[ds]?\b|\bages\b|\byears of age\b"),
    ("platelets", r"\bplatelets?(?: count)?|thrombocytes?"),
    ("neutrophils", r"(?:absolute )?neutrophils?(?: count)?|\bANC\b"),
    ("lymphocytes", r"(?:absolute )?lymphocytes?(?: count)?"),
    ("white blood cells", r"white (?:blood )?cells?(?: count)?|\bWBCs?\b|leu[ck]ocytes?(?: count)?"),
    ("eosinophils", r"eosinophils?(?: count)?"),
    ("hemoglobin", r"ha?emoglobin(?! ?A1c)|\bHgb\b|\bHb\b"),
    ("HbA1c", r"Hb ?A1c|glycated ha?emoglobin|glycosylated ha?emoglobin|ha?emoglobin A1c|\bA1C\b"),
    ("hematocrit", r"ha?ematocrit"),
    ("CD4 count", r"CD4\+?(?: T)?[- ]?(?:cell|lymphocyte)?s?(?: count)?"),
    ("eGFR", r"\be?GFR\b|glomerular filtration rate"),
    ("creatinine clearance", r"creatinine clearance|\bCr ?Cl\b|\bCLcr\b"),
    ("UACR", r"\bUACR\b|albumin[- ]to[- ]creatinine ratio|albumin[/:]creatinine ratio"),
    ("creatinine", r"creatinine(?! clearance)"),
    ("AST/ALT", r"\b(?:AST|SGOT)\b[^.;]{0,60}\b(?:ALT|SGPT)\b|\b(?:ALT|SGPT)\b[^.;]{0,60}\b(?:AST|SGOT)\b|transaminases?|aminotransferases\b|liver enzymes"),
    ("ALT", r"\bALT\b|\bSGPT\b|alanine (?:amino)?trans(?:aminase|ferase)|alanine aminotransferase"),
    ("AST", r"\bAST\b|\bSGOT\b|aspartate (?:amino)?trans(?:aminase|ferase)|aspartate aminotransferase"),
    ("bilirubin", r"(?:(?:total|serum|direct) ){0,2}bilirubin"),
    ("alkaline phosphatase", r"alkaline phosphatase|\bALP\b"),
    ("GGT", r"\bGGT\b|gamma[- ]glutamyl ?transferase"),
    ("albumin", r"(?:serum )?albumin(?!-?/?:?(?: to|-to|[-/:]))"),
    ("INR", r"\bINR\b|international normali[sz]ed ratio"),
    ("aPTT", r"\ba?PTT\b|partial thromboplastin time"),
    ("prothrombin time", r"prothrombin time"),
    ("amylase", r"amylase"),
    ("lipase", r"lipase"),
    ("calcitonin", r"calcitonin"),
    ("troponin", r"troponin"),
    ("NT-proBNP", r"NT[- ]?pro[- ]?BNP"),
    ("BNP", r"\bBNP\b"),
    ("CPK", r"\bCP?K\b|creatine (?:phospho)?kinase"),
    ("C-reactive protein", r"\b(?:hs-?)?CRP\b|C-reactive protein"),
    ("fasting plasma glucose", r"fasting (?:plasma |serum |blood )?glucose|\bFPG\b"),
    ("glucose", r"(?:plasma |serum |blood )?glucose"),
    ("C-peptide", r"C-peptide"),
    ("LDL cholesterol", r"LDL(?:[- ]?C(?:holesterol)?)?\b"),
    ("HDL cholesterol", r"HDL(?:[- ]?C(?:holesterol)?)?\b"),
    ("triglycerides", r"triglycerides?|\bTGs?\b"),
    ("total cholesterol", r"(?:total )?cholesterol"),
    ("potassium", r"potassium"),
    ("sodium", r"(?:serum )?sodium"),
    ("calcium", r"(?:serum |corrected ){0,2}calcium"),
    ("magnesium", r"magnesium"),
    ("phosphate", r"(?:serum )?phosph(?:ate|orus)"),
    ("uric acid", r"uric acid"),
    ("ferritin", r"ferritin"),
    ("TSH", r"\bTSH\b|thyroid[- ]stimulating hormone"),
    ("FSH", r"\bFSH\b|follicle[- ]stimulating hormone"),
    ("testosterone", r"testosterone"),
    ("PSA", r"\bPSA\b|prostate[- ]specific antigen"),
    ("HBV DNA", r"HBV[- ]DNA"),
    ("HCV RNA", r"HCV[- ]RNA"),
    ("HIV RNA", r"HIV(?:-1)?[- ]RNA|viral load"),
    ("proteinuria", r"proteinuria|urine protein"),
    ("ceruloplasmin", r"ceruloplasmin"),
    ("immunoglobulin G", r"\bIgG\b"),
    ("immunoglobulin E", r"\bIgE\b"),
    ("systolic blood pressure", r"systolic(?: blood pressure| BP)?(?: ?[(\[]S?BP[)\]])?|\bSBP\b"),
    ("diastolic blood pressure", r"diastolic(?: blood pressure| BP)?(?: ?[(\[]D?BP[)\]])?|\bDBP\b"),
    ("blood pressure", r"blood pressure(?:s)?|\bBP\b"),
    ("heart rate", r"heart rate|pulse(?: rate)?\b"),
    ("QTc interval", r"\bQT ?c[FB]?\b|corrected QT|QT interval"),
    ("PR interval", r"\bPR interval"),
    ("LVEF", r"\bLVEF\b|(?:left ventricular )?ejection fraction"),
    ("FEV1", r"\bFEV ?1\b|forced expiratory volume"),
    ("oxygen saturation", r"oxygen saturation|\bSp?O2\b"),
    ("temperature", r"temperature"),
    ("BMI", r"\bBMI\b|body mass index"),
    ("body weight", r"(?:body )?weight\b"),
    ("height", r"\bheight\b"),
    ("life expectancy", r"life expectancy|expected survival"),
    ("ECOG performance status", r"\bECOG\b|performance status|\bPS\b"),
    ("Karnofsky performance status", r"Karnofsky|\bKPS\b"),
    ("NYHA class", r"\bNYHA\b"),
    ("Child-Pugh score", r"Child-?\s?Pugh"),
    ("MMSE", r"\bMMSE\b|mini[- ]mental"),
    ("intraocular pressure", r"intraocular pressure|\bIOP\b"),
    ("visual acuity", r"\bBCVA\b|visual acuity|ETDRS letters"),
    ("PASI", r"\bPASI\b"),
    ("DAS28", r"\bDAS ?28\b"),
    ("MELD", r"\bMELD\b"),
    ("EDSS", r"\bEDSS\b"),
)  # fmt: skip
_ANY = re.compile(
    "(?<![A-Za-z])(?:" + "|".join(f"(?P<t{k}>{pattern})" for k, (_, pattern) in enumerate(_KNOWN)) + ")", re.IGNORECASE
)
_GENERIC = re.compile(
    r"((?:[\w/-]+ ){0,3}[\w/-]+(?: \([\w-]+\))? (?:score|index|scale|questionnaire))s?\b[^.;]{0,40}$", re.IGNORECASE
)
_GENERIC_WORD = re.compile(r"score|index|scale|questionnaire", re.IGNORECASE)
_STOP = re.compile(
    r"^(?:(?:an?|the|and|or|with|have|has|having|of|must|be|is|at|by|in|on|to|for|any|subjects?|patients?|participants?) )+",
    re.IGNORECASE,
)
_NEAR = 25  # characters between the word age and its bound; amenorrhoea has a time too
_BREAK = re.compile(r"[;]|\.(?=\s)|:\s*$")


def measured_in(before: str) -> str:
    """The name of the test that the words before a bound name last, "" if they name none.

    >>> measured_in("with an absolute neutrophil count (ANC) of "), measured_in("received a dose of "), measured_in("a pain score of ")
    ('neutrophils', '', 'pain score')
    """
    parts = _BREAK.split(before)
    before = parts[-1]
    last = next(iter(list(_ANY.finditer(before))[::-1]), None)
    generic = _GENERIC.search(before) if _GENERIC_WORD.search(before) else None
    if generic and (last is None or last.end() <= generic.start(1)):
        return _STOP.sub("", generic.group(1))
    if last is None or not last.lastgroup:
        return ""
    name = _KNOWN[int(last.lastgroup[1:])][0]
    return "" if name == "age" and len(before) - last.end() > _NEAR else name
