"""What a criterion is about, by its words: the earliest cue decides, and a cue that says more beats one that says less."""

import re
from typing import Literal

Category = Literal[
    "consent", "pregnancy", "age", "sex", "diagnosis", "disease severity", "prior therapy", "concomitant medication",
    "laboratory", "organ function", "vital signs", "infection", "allergy", "substance use", "surgery", "comorbidity",
    "study participation", "compliance", "other",
]  # fmt: skip

_Kind = Literal["inclusion", "exclusion"]
_CUES: tuple[tuple[Category, int, str], ...] = (
    ("consent", -160, r"informed consent|\bassent\b|consent form|(?:provide|give|sign)\w*\b.{0,30}\bconsent|"
                      r"legally (?:authori[sz]ed|acceptable) representative|written consent|authori[sz]ation for (?:use|release)"),
    ("pregnancy", -160, r"pregnan|breast-?\s?feed|lactat(?:e|ing)|\bnursing\b(?! (?:home|facilit|staff))|contracepti|"
                        r"(?:non-?)?child-?\s?bearing|\bWOCBP\b|birth control|donat\w+ (?:of )?(?:sperm|ova|eggs)|\bsperm\b|must be\W+post-?\s?menopausal"),
    ("allergy", -120, r"hypersensitiv|\bsensitivity to|allerg(?:y|ic|ies)|anaphyla|\bintoleran(?:ce|t)\b|contra-?indicat\w+ to"),
    ("study participation", -75, r"(?:another|other|previous|prior(?! to)|different|same|interventional|investigational)\W+(?:\w+\W+){0,3}"
                                  r"(?:clinical )?(?:trial|study|studies)\b(?! (?:drug|treatment|medication))|"
                                  r"investigational (?:\w+[ /]){0,4}(?:drug|product|agent|device|medicin|compound|therap|treatment|vaccine)|"
                                  r"(?:previous(?:ly)?|already) (?:been )?(?:enrol|randomi[sz]|participat|complet)|"
                                  r"\bparticipat\w+,?(?: within [^,]{3,20},)? in\b(?! (?:the|this) (?:study|trial)).{0,30}\b(?:trial|study|studies)|involve\w* (?:in|with) the (?:planning|conduct|study)|employee|(?:site|study|sponsor) (?:staff|personnel)|"
                                  r"investigator site|directly (?:involved|affiliated)|family member"),
    ("substance use", -90, r"\balcohol(?:ism|ic)?\b|(?:drug|substance)s? (?:of )?(?:abuse|dependence|misuse|use disorder|addiction)|illicit|"
                           r"\bsmok(?:e|er|es|ing)\b|tobacco|nicotine|recreational drug|cannabis|marijuana|drug screen|toxicology|caffeine|xanthine"),
    ("age", -70, r"\badults? (?:male|female|m[ae]n|wom[ae]n|participant|patient|subject|volunteer)|\ban adult\b|\bage[ds]?\b(?!.{0,4}(?:-matched|-appropriate))|years old|years? of age|\d years\)? or older|[≥>]\s?\d\d years|\bages\b"),
    ("infection", -60, r"\bHIV\b|human immunodeficiency|hepatitis [BC]\b|\bHB[sV]|\bHCV\b|tubercul|\bTB\b|\binfect(?:ion|ed|ious)|sepsis|COVID|SARS-CoV|herpes|syphilis|bacter(?:ial|emia)"),
    ("organ function", -80, r"(?:adequate|acceptable|sufficient|normal|preserved)\W+(?:\w+[\W]+){0,6}?(?:function|reserve)\b|organ (?:and|function)|"
                            r"end[- ]organ"),
    ("laboratory", -20, r"laborator(?:y|ies)|ha?emoglobin|\bHgb\b|platelets?|neutrophil|\bANC\b|\bALT\b|\bAST\b|\bSGOT\b|\bSGPT\b|transaminase|"
                        r"aminotransferase|bilirubin|creatinine|\be?GFR\b|Hb ?A1c|\bA1C\b|\bINR\b|potassium|triglycerid|\bTSH\b|"
                        r"\bFSH\b|calcitonin|amylase|lipase|glucose (?:level|concentration|value|[≥≤<>])|C-peptide|\bWBC\b|leu[ck]ocyte|"
                        r"lymphocyte count|proteinuria|cholesterol|ceruloplasmin|\balbumin\b(?!-)|serum (?:calcium|sodium)|antibod(?:y|ies)\b.{0,20}(?:positive|titer)|"
                        r"drug test|serolog|ha?ematolog(?:y|ic) (?:value|parameter|abnormal)|urinalysis"),
    ("vital signs", -20, r"blood pressure|hypotension|\b(?:systolic|diastolic|[sd]bp)\b|hypertensi(?:ve|on)\b.{0,60}(?:\d|uncontrolled)|\bQTc|QT interval|heart rate|pulse|\bECG\b|electrocardiogra|"
                         r"body mass index|\bBMI\b|body weight|\bweigh(?:s|t|ing)\b(?! loss)|body temperature"),
    ("disease severity", -30, r"\bECOG\b|Karnofsky|performance status|\bNYHA\b|Child-?\s?Pugh|\bEDSS\b|\bMMSE\b|mini-mental|\bCDR\b|Hachinski|\bLVEF\b|ejection fraction|"
                              r"measurable (?:disease|lesion)|\bRECIST\b|\bPASI\b|\bDAS28|\bDLQI\b|\bBCVA\b|visual acuity|\bFEV|life expectancy|"
                              r"(?:swollen|tender) joint|\bstages? (?:[0-4]|[IVX]+)\b|severity (?:score|of)|score (?:of )?[≥≤<>\d]|active disease|BCLC|\bNt-?pro"),
    ("compliance", -60, r"(?:willing|able|ability|unable|unwilling|inability|unlikely|likely|agree[sd]?|commit\w*)\b.{0,80}?\b(?:comply|compl(?:y|iance)|adhere|follow|attend|"
                        r"complete|understand|communicate|cooperate|participate|return|perform|swallow|use|abstain|refrain|stay|undergo|accept|discontinue|avoid|reside|remain)|"
                        r"non-?complian|\bcomplian|adherence|geographic|language|literate|reliable informant|caregiver|study partner|accessible|"
                        r"institutionali[sz]ed|prisoner|legal(?:ly)? (?:incompet|incapac|detain)|available for|venous access|visit schedule|"
                        r"travel|psychological, (?:familial|social)"),
    ("surgery", 15, r"\bsurg(?:ery|ical|eries)|transplant|amputation|bypass|revasculari[sz]ation|biops(?:y|ies)|resection|implant(?:ed|ation)|"
                     r"pacemaker|catheter|\bPCI\b|\bCABG\b|angioplasty|splenectomy|hysterectomy|vitrectomy|TIPS\b|ablation"),
    ("prior therapy", -45, r"\b(?:prior|previous(?:ly)?|recent|past)\W+(?:\w+\W+){0,5}?(?:therap(?:y|ies)|treat(?:ed|ment)s?|use|exposure|medication|vaccin\w+|"
                           r"administration|chemotherapy|radiotherapy|immunotherap\w*|inject\w+|receipt|transfusion)|\b(?:ha(?:s|ve|d)|who|was|were)? ?received\b|\breceipt of|"
                           r"washed? ?-?out|treatment[- ]na[iï]ve|\btreated with\b|been treated|history of (?:treatment|use|exposure)|prior to (?:randomi[sz]ation|screening|baseline).{0,20}therapy|"
                           r"vaccinat(?:ed|ion) (?:with|against)|discontinu(?:ed|ation) (?:of )?|radiotherapy|radiation therapy|chemotherapy|transfusion|"
                           r"treatment (?:\w+ ){0,3}(?:within|with|for)\b|inadequate response|failed|refractory to|blood (?:donation|loss)|donat\w+ (?:of )?(?:\w+ )?(?:blood|plasma)"),
    ("concomitant medication", -45, r"concomitant(?:ly)?(?! (?:condition|disease|illness|disorder))|concurrent(?:ly)? (?:use|treat|med|ther|admin|receiv|tak)|(?:current(?:ly)?|chronic|regular|planned|anticipated|ongoing) (?:\w+ ){0,2}?"
                                    r"(?:use|treat|tak|receiv|therap|on|administ|medic)\w*|stable (?:dose|regimen|treatment|background)|background (?:therap|treat|medic)|"
                                    r"\buse of\b|\btaking\b|\breceiving\b|\brequir\w+ (?:\w+ ){0,4}(?:therapy|treatment|medication|insulin|anti\w+|oxygen|steroid)|CYP\d|"
                                    r"corticosteroid|immunosuppress(?:ive|ant)|anticoagula|prohibited|live (?:attenuated )?vaccine|"
                                    r"\bon (?:a |an )?(?:stable|maximal|standard)|\bmedications?\b"),
    ("prior therapy", 40, r"(?:[a-z]{3,8})?therap(?:y|ies)\b|\btreatments?\b|at any time prior to|any time prior"),
)  # fmt: skip
_DISEASE = re.compile(
    r"diagnos(?:is|ed|tic)|confirmed|histolog|documented|clinical(?:ly)? (?:significant|relevant|evidence)|history of|presence of|evidence of|"
    r"disease|disorder|syndrome|cancer|carcinoma|tumou?r|malignan|neoplas|diabet|hypertension|heart failure|stroke|infarction|angina|arrhythmia|seizure|"
    r"epilep|psychiatr|depress|dementia|suicid|asthma|COPD|fibrosis|arthritis|psoria|cirrhosis|insufficiency|impairment|failure|ulcer|bleeding|"
    r"hemorrhage|haemorrhage|thrombo|embol|retinopath|glaucoma|neuropath|nephropath|an(?:a)?emia|metasta|lesion|trauma|injur|edema|ascites|"
    r"encephalopath|illness|condition|pancreatitis|ketoacidosis|hypoglyc|hyperglyc|medical|pain|attack|detach|aphakia|proliferati|neovascular|inflamm|deficien|abnormal|dysfunction|defect|decompensat|hospitali[sz]|palsy|bradycard|tachycard|heart block|cardi(?:ac|omyo|ovasc)|\bhepatic|\brenal|pulmon|neurolog|phaeochromocytoma|pheochromocytoma",
    re.IGNORECASE,
)
_SEX = re.compile(r"\b(?:fe)?males?\b|\b(?:wo)?men\b", re.IGNORECASE)


def _lowered(pattern: str) -> re.Pattern[str]:
    """A pattern for text in small letters, which is searched faster than text of any case."""
    return re.compile(
        "(?<![a-z])(?:" + re.sub(r"\\.|[A-Z]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern) + ")"
    )


_COMPILED = tuple((name, bias, _lowered(pattern)) for name, bias, pattern in sorted(_CUES, key=lambda cue: cue[1]))
_GROUPS: tuple[tuple[Category, re.Pattern[str]], ...] = (
    ("consent", re.compile(r"informed consent", re.IGNORECASE)),
    ("pregnancy", re.compile(r"^\W*(?:contracepti|pregnan|reproduct)", re.IGNORECASE)),
    ("age", re.compile(r"^\W*age\b(?! and)", re.IGNORECASE)),
    ("allergy", re.compile(r"^\W*allerg", re.IGNORECASE)),
    ("study participation", re.compile(r"clinical (?:trial|study) (?:experience|participation)", re.IGNORECASE)),
    ("concomitant medication", re.compile(r"^\W*concomitant", re.IGNORECASE)),
)
_AT_CONSENT = re.compile(r"\btime of (?:\w+ ){0,3}(?:informed consent|consent|assent)\b")
_WINDOW = 240  # characters in which a criterion says what it is about
_DISEASE_BIAS = 10  # a disease stands back behind a cue that follows at once
_CUE = 80  # characters of the longest cue


def category(text: str, group: str = "", kind: _Kind = "inclusion") -> Category:
    """What a criterion is about.

    Args:
        text: the criterion.
        group: the heading it stands under.
        kind: a disease that is asked for is the diagnosis, one that excludes is a comorbidity.

    >>> category("Women of childbearing potential must use contraception"), category("Aged 18 to 75 years")
    ('pregnancy', 'age')
    >>> category("Known hypersensitivity to any excipient"), category("History of stroke", kind="exclusion")
    ('allergy', 'comorbidity')
    """
    said = _AT_CONSENT.sub("", " ".join(text[: 2 * _WINDOW].split())[:_WINDOW].lower())
    best, place = _first(said)
    headed = next((name for name, pattern in _GROUPS if pattern.search(group)), None)
    if headed and (best is None or place > 0):
        return headed
    disease = None
    if place > _DISEASE_BIAS:
        disease = _DISEASE.search(said, 0, min(place - _DISEASE_BIAS, _WINDOW) + _CUE)
    if disease and disease.start() + _DISEASE_BIAS < place:
        return "diagnosis" if kind == "inclusion" else "comorbidity"
    if best:
        return best
    return "sex" if _SEX.search(said) else "other"


def _first(said: str) -> tuple[Category | None, int]:
    """The category whose cue stands first, counting from where cues of its strength may stand."""
    best: Category | None = None
    place = 10**6
    for name, bias, pattern in _COMPILED:
        if bias >= place:
            break
        m = pattern.search(said, 0, min(place - bias, _WINDOW) + _CUE)
        if m and m.start() + bias < place:
            best, place = name, m.start() + bias
    return best, place
