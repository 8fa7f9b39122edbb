"""The labels that title pages and synopses put before a value, by what they introduce, and their comparison by words."""

import re
from functools import cache

_LABELS: dict[str, str] = {
    "title": "title; protocol title; study title; title of study; full title; official title; long title; scientific title; full study title; "
    "title of the protocol; clinical study title; study full title; complete title; study protocol title; formal title",
    "short_title": "short title; brief title; lay title; public title; abbreviated title; study short title; short study title; brief public title",
    "acronym": "acronym; study acronym; short name; acronym short title; protocol acronym; short title acronym; study name; trial name; "
    "study acronym short title; study short name; title acronym",
    "protocol_id": "protocol number; master protocol; sponsor protocol identifier; irb number; irb protocol number; irb no; local protocol number; institutional protocol number; protocol no; protocol id; protocol code; protocol; study number; study no; study code; study id; study identifier; "
    "protocol identifier; protocol identifying number; sponsor protocol number; sponsor protocol no; isn protocol; protocol amendment no; "
    "sponsor study number; bi study number; study protocol number; clinical study protocol number; protocol reference number; "
    "clinical study protocol; clinical protocol; clinical study number; sponsor study code; clinical study code; study reference number; "
    "unique protocol id; protocol study number; sponsor protocol id; sponsor protocol code; protocol identification number; clinical study protocol no; "
    "bayer study number; protocol number version; sponsor reference number; sponsor number; company study number; sponsor study id; protocol ref",
    "nct": "nct number; nct; nct no; clinicaltrials gov identifier; clinicaltrials gov; clinicaltrials gov number; clinicaltrials gov id; nct id; "
    "clinicaltrials gov registration number; clinicaltrials gov no; clinical study registry; national clinical study identified number",
    "eudract": "eudract number; eudract no; eudract; eu ct number; european clinical studies database eudract number; eudract id; eu study number; "
    "ctis number; eudract ctis number; eu ct no; eu clinical study number; eudract eu ct number",
    "ind": "ind number; ind no; ind; us ind number; united states us investigational new drug ind number; investigational new drug application number; "
    "investigational new drug number; ind ide number; fda ind number; us ind; us ind no; ind sponsor number; investigational new drug ind number; "
    "ind application number; investigational new drug ind no; investigational new drug ind application number",
    "version": "version; version number; protocol version; version no; amendment; amendment number; protocol amendment number; protocol amendment; "
    "protocol version number; document version; current version; amendment no; version of protocol; protocol edition number; document status; "
    "document type; version number amendment; status; protocol version amendment; local amendment number; protocol version date; version date; "
    "revised protocol number; protocol amendment no; protocol version no; version and date; edition number; clinical protocol amendment; status version",
    "date": "date; version date; date of protocol; protocol date; approval date; release date; effective date; issue date; date of version; "
    "amendment date; document date; date final; protocol version date; date of issue; version and date; date of current version; revised date; "
    "date of protocol amendment; protocol amendment date; date of amendment; date of document; revision date; date of last revision; "
    "amendment effective date; last revised; document history date; protocol approval date; date of approval; revision chronology; date of final protocol; "
    "edition date; final date; finalization date; protocol issue date",
    "sponsor": "sponsor; funding sponsor; sponsor name; study sponsor; name of sponsor; legal sponsor; sponsor legal name; regulatory sponsor; name of sponsor company; "
    "sponsor company; company name; name of company; sponsor organization; name of sponsor organization; sponsored by; sponsor name address; sponsor address; "
    "ind sponsor; coordinating sponsor; lead sponsor; sponsor name and legal registered address; protocol sponsor; study sponsored by; "
    "company; ind ide sponsor; sponsor contact; sponsor information; sponsor representative; prepared by; study sponsor name; sponsor funder",
    "phase": "phase; study phase; development phase; phase of development; clinical phase; clinical study phase; phase of study; clinical development phase; "
    "phase of clinical development; stage of development; phase of clinical study; study development phase; phase type; development stage",
    "indication": "indication; disease; study indication; target disease; disease under study; condition; medical condition; therapeutic indication; "
    "target indication; medical condition or disease under investigation; indication studied; disease studied; condition studied; indication population; "
    "medical condition disease under investigation; disease condition; proposed indication; disease indication; condition disease; disease or condition; "
    "indication under study; study disease; diagnosis; medical condition under investigation",
    "population": "study population; target population; target patient population; patient population; population; planned study population; "
    "diagnosis main criteria inclusion; diagnosis key subject selection criteria; type of subject; study population diagnosis; brief study population; "
    "diagnosis main criteria for inclusion exclusion; diagnosis eligibility; population studied; population under study",
    "product": "investigational product; test product; name of study drug; study drug; investigational product name; drug substance; compound; "
    "investigational medicinal product; name of investigational product; study treatment; investigational drug; test drug; name of active ingredient; "
    "product; drug; study medication; compound number; study intervention; name of finished product; compound name; active ingredient; study product; "
    "investigational agent; investigational product imp; bayer study drug; test product dose mode administration; investigational therapy; test article; "
    "investigational product dosage mode administration; investigational product dose mode administration; product name; study vaccine; name of test drug; "
    "test formulation; investigational treatment; name of finished product; investigational vaccine; experimental drug; study agent; product code; "
    "test drug product; investigational compound; generic name; non proprietary name; sponsor product; name of active substance; intervention; "
    "intervention name; test treatment; bi investigational product; experimental treatment; experimental intervention; name of investigational drug; study vaccine product; "
    "product name dosage form; investigational medicinal product imp; study intervention name; investigational product ip; abbvie investigational product; "
    "compound number inn trademark; test therapy; study drug name",
    "comparator": "reference therapy; comparator; comparative drug; reference therapy dose mode administration; control; comparator product; reference product; "
    "active comparator; control product; comparator drug; comparator treatment; reference treatment; control group; comparator control; placebo; control drug; "
    "control treatment; comparator product dose mode administration; reference drug; reference medicinal product; control vaccine; "
    "comparator dosage mode administration; comparator intervention; reference therapy dosage mode administration; comparator reference therapy",
    "arms": "study arm; treatment arm; treatment group; intervention group; study group; study arm duration; intervention group duration; study treatment arm; "
    "study treatment group; description of study arm; arm; study arms and treatment; treatment plan; study intervention group; arm intervention; "
    "treatment assignment; arm group; treatment group duration; arm and intervention; study arms and duration; vaccination group; randomized treatment",
    "enrollment": "number of subject; planned number of subject; number of subject planned; sample size; number of subject to be randomized; planned sample size; "
    "number of subject to be enrolled; total number of subject; estimated enrollment; planned enrollment; target enrollment; subject number; "
    "planned number of subject to be enrolled; target sample size; planned number of subject to be randomized; estimated number of subject; "
    "study site number of subject; number of subject number of site; number of randomized subject; target number of subject; total subject; total enrollment; "
    "planned total number of subject; subject planned; approximate number of subject; enrollment; accrual goal; target accrual; number of evaluable subject; "
    "total number of subject planned; number of subject site; estimated number of subject to be enrolled; number subject planned analyzed; accrual; "
    "number of subject planned to be enrolled; study size; sample size determination; number subject to be enrolled randomized; study population size",
    "sites": "number of site; planned number of site; study site; study site location; number of site planned; site; planned total number of study site location; "
    "number of study site; number of investigational site; planned number of study site; study center number of subject; number of investigator study site; "
    "number of planned site; estimated number of site; study site planned; study site country; planned number of investigational site; number of investigator site; "
    "description of site facility enrolling subject; number of site country; location; number of site enrolling subject; investigator study site; region; "
    "number of site location; investigator site; planned study site; site number; investigational site; planned site; number of center planned",
    "duration": "duration of treatment; study and treatment duration per subject; study treatment duration; treatment duration; duration of subject treatment; length of treatment; treatment period; duration of study treatment; "
    "planned duration of treatment; study treatment duration; duration of therapy; duration of intervention; duration of administration; "
    "planned treatment duration; duration of investigational product; intervention duration; duration of dosing; dosing duration; treatment duration subject; "
    "duration of study drug treatment; duration of treatment period; duration of treatment with investigational product; duration of treatment follow up; "
    "planned duration of study treatment; treatment duration follow up; duration of study intervention; duration of exposure; duration treatment subject",
    "participation": "duration of subject participation; study duration; duration of study; subject duration; duration of participation; "
    "duration of subject participation in study; planned study duration; subject participation duration; length of study; study period; total duration; "
    "planned duration of study; estimated study duration; duration of study participation; total study duration; estimated duration of study; "
    "study duration for subject; duration of study for each subject; total duration of subject participation; duration of subject involvement; "
    "expected duration of subject participation; study participation duration",
    "objectives": "objective; study objective; primary objective; objective and endpoint; study objective endpoint; objective endpoint; objective estimand; "
    "objective hypothesis; primary efficacy objective; primary study objective; objective outcome measure; objective of study; main objective; "
    "purpose; objective endpoint estimand; study aim; specific aim; primary aim; primary safety objective; co primary objective",
    "endpoints": "endpoint; study endpoint; primary endpoint; efficacy endpoint; criteria for evaluation; primary efficacy endpoint; outcome measure; "
    "primary outcome measure; primary outcome; primary variable; primary efficacy variable; primary efficacy outcome; primary study endpoint; efficacy; "
    "primary estimand; co primary endpoint; main criteria evaluation; efficacy evaluation; primary safety endpoint; primary efficacy measure; "
    "efficacy variable; efficacy assessment; primary efficacy assessment; main endpoint; primary criteria evaluation; primary end point",
    "design": "study design; design; overall design; methodology; study methodology; trial design; description of study design; study design overview; design configuration; "
    "overall study design; summary of study design; overview of study design; type of study; study type; investigational plan; study design methodology; "
    "general design; study design description; design of study; brief summary; study description; overall study design and plan",
    "masking": "masking; blinding; type of blinding; study blinding; level of blinding; masking blinding",
    "age": "age; age range; age group; age of subject; minimum age; subject age; age limit; age criteria",
    "sex": "sex; gender; sex eligible; sex gender; gender eligible; subject sex",
    "eligibility": "inclusion criteria; exclusion criteria; eligibility criteria; main criteria for inclusion; key inclusion criteria; key exclusion criteria; "
    "inclusion; exclusion; inclusion exclusion criteria; selection criteria; main inclusion criteria; main exclusion criteria; criteria inclusion exclusion; "
    "key eligibility criteria; subject selection criteria; main selection criteria; eligibility; diagnosis main criteria inclusion",
    "other": "principal investigator; coordinating investigator; investigator; study period; medical monitor; rationale; study rationale; background; "
    "statistical method; statistical analysis; statistical consideration; statistical methods planned; statistic; data analysis; safety; safety assessment; "
    "secondary objective; secondary endpoint; exploratory objective; exploratory endpoint; tertiary objective; other objective; safety objective; safety endpoint; "
    "secondary outcome; secondary efficacy endpoint; key secondary endpoint; key secondary objective; mode of administration; route of administration; dose; dosage; "
    "dosage form; dose regimen; dosing regimen; legal registered address; manufacturer; regulatory agency identifying number; regulatory agency identifier number; "
    "investigator information; study center; emergency contact; author; confidentiality statement; confidentiality; keyword; data monitoring committee; "
    "interim analysis; pharmacokinetic; pharmacokinetics; biomarker; safety evaluation; safety variable; hypothesis; estimand; stratification; randomization; "
    "concomitant medication; prohibited medication; telephone; fax; address; follow up; screening period; dates amended; "
    "original protocol; original protocol date; protocol history; revision history; approved by; compliance; template; doc no; document number; "
    "universal study number; who number; utn; who utn; co sponsor; funded by; funding; funder; collaborator; study director; responsible medical officer; "
    "sponsor signatory; contact; clinical study leader; study contact; cro; contract research organization; collaborators; planned study period; "
    "property of; document id; template version; parent doc id; secondary outcome measure; rescue medication; background therapy; study start date",
}  # fmt: skip

_SYNONYMS = {
    "participant": "subject", "patient": "subject", "volunteer": "subject", "trial": "study", "center": "site", "centre": "site", "randomised": "randomized",
    "no": "number", "num": "number", "nr": "number", "enrolment": "enrollment", "enroled": "enrolled", "end": "endpoint", "outcomes": "outcome",
    "programme": "program", "medicine": "drug",
}  # fmt: skip
_SKIPPED = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "or",
        "for",
        "to",
        "be",
        "s",
        "in",
        "as",
        "is",
        "are",
        "at",
        "with",
        "by",
        "on",
        "per",
        "each",
        "planned",
        "total",
        "clinical",
        "full",
        "point",
        "u",
        "e",
    ]
)
_WORD = re.compile(r"[a-z]+")
_DIGIT = re.compile(r"\d")
_PAREN = re.compile(r"\([^)]*\)|\[[^]]*\]|®|™")


@cache
def _table() -> dict[frozenset[str], str]:
    table: dict[frozenset[str], str] = {}
    for key, labels in _LABELS.items():
        for label in labels.split(";"):
            table.setdefault(_words(label), key)
    return table


def _words(label: str) -> frozenset[str]:
    """The telling words of a label, in the singular, participants, patients and subjects being one."""
    found = []
    for word in _WORD.findall(label.lower()):
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "sis", "us")):
            word = word[:-1] if not word.endswith("criterias") else "criteria"
        word = _SYNONYMS.get(word, word)
        if word not in _SKIPPED:
            found.append(word)
    return frozenset(found)


@cache
def longest_label() -> int:
    """How many telling words the longest label has."""
    return max(len(words) for words in _table())


def label_key(label: str) -> str | None:
    """What a label introduces, None if it is unknown.

    >>> label_key("Title of Study"), label_key("Planned number of participants"), label_key("Phase of Development (US)"), label_key("Hello")
    ('title', 'enrollment', 'phase', None)
    """
    if len(label) > 90 or _DIGIT.search(label):
        return None
    words = _words(_PAREN.sub(" ", label) if "(" in label or "[" in label else label)
    return _table().get(words) if 0 < len(words) <= longest_label() else None
