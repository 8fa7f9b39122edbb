"""A protocol's result as a study definition of the CDISC Unified Study Definitions Model, version 4.0.

Model, terminology and conformance rules: https://github.com/cdisc-org/DDF-RA (Deliverables: UML, API, CT, RULES). What the model
requires and the protocol's terms do not say is filled with the least that is true, and said so in its description.
"""

import json
import re
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from pipeline.export import usdm_codes as ct
from pipeline.export.usdm_nodes import Node, Nodes, in_order, unlike, xhtml
from pipeline.export.usdm_schedule import Scheduled, scheduled
from schemas import Activity, Criterion, ProtocolTerms, Result, ScheduleOfActivities, Visit

_NOT_STATED = "Not among the extracted terms."
_SCHOOL = re.compile(r"\b(?:universit|hospital|college|institute of|academ|school of|clinic\b)", re.I)
_PLACEBO = re.compile(r"\bplacebo|\bsham\b|\bvehicle\b", re.I)
_CROSSOVER = re.compile(r"\bcross[- ]?over\b", re.I)
_OLDEST = 100.0
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")


def usdm_json(result: Result) -> bytes:
    """The study as USDM v4 JSON; the same result always gives the same bytes.

    Args:
        result: of a protocol, with its schedule of activities and eligibility criteria where they were found.
    """
    return json.dumps(study_definition(result), indent=2, ensure_ascii=False).encode("utf-8", "replace")


def study_definition(result: Result) -> Node:
    """The USDM wrapper object of a protocol's result.

    >>> from schemas import DocumentInfo, Term
    >>> terms = ProtocolTerms(protocol_id=Term(value="AB-1"))
    >>> study_definition(Result(document=DocumentInfo(path="a.pdf"), doc_type="clinical_protocol", terms=terms))["study"]["name"]
    'AB-1'
    """
    terms = result.terms if isinstance(result.terms, ProtocolTerms) else ProtocolTerms()
    nodes = Nodes()
    name = terms.protocol_id.value or terms.acronym.value or result.document.path or "Study"
    document, version_of_document = _document(terms, name, nodes)
    study = {
        "id": str(uuid5(NAMESPACE_URL, f"urn:sha256:{result.document.sha256 or name}")),
        "name": name,
        "description": terms.title.value,
        "label": terms.acronym.value or name,
        "versions": [_version(terms, result, name, version_of_document, nodes)],
        "documentedBy": [document],
        "instanceType": "Study",
    }
    return {"study": study, "usdmVersion": "4.0.0", "systemName": "Clauseline", "systemVersion": None}


def _version(terms: ProtocolTerms, result: Result, name: str, document_version: Node, nodes: Nodes) -> Node:
    plan = scheduled(result.schedule_of_activities or _named_only(terms), nodes)
    organizations, identifiers, sponsor = _organizations(terms, name, nodes)
    interventions = _interventions(terms, nodes)
    criteria, items = _criteria(terms, result.eligibility, nodes)
    design = _design(terms, plan, criteria, interventions, nodes)
    version = nodes(
        "StudyVersion", versionIdentifier=terms.version.value or "1", rationale=_NOT_STATED,
        documentVersionIds=[document_version["id"]], dateValues=_dates(terms, ct.ISSUED_DATE, nodes), amendments=[],
        businessTherapeuticAreas=[], studyIdentifiers=identifiers, referenceIdentifiers=[], studyDesigns=[design],
        titles=_titles(terms, name, nodes), eligibilityCriterionItems=items, narrativeContentItems=[], abbreviations=[],
        organizations=organizations, studyInterventions=interventions, conditions=plan.conditions,
        administrableProducts=[], medicalDevices=[], productOrganizationRoles=[], biomedicalConcepts=[], bcCategories=[],
        bcSurrogates=plan.surrogates, dictionaries=[], notes=[],
    )  # fmt: skip
    role = nodes(
        "StudyRole", name="Sponsor", label="Sponsor", description="Sponsor of the study", code=nodes.code(ct.SPONSOR),
        appliesToIds=[version["id"]], assignedPersons=[], organizationIds=[sponsor["id"]], masking=None, notes=[],
    )  # fmt: skip
    return version | {"roles": [role]}


def _named_only(terms: ProtocolTerms) -> ScheduleOfActivities | None:
    """A schedule of names without cells, where only the names of visits and activities are known."""
    visits, activities = terms.soa_visits.value or [], terms.soa_activities.value or []
    if not visits:
        return None
    return ScheduleOfActivities(
        visits=[Visit(name=v) for v in visits], activities=[Activity(name=a) for a in activities]
    )


def _document(terms: ProtocolTerms, name: str, nodes: Nodes) -> tuple[Node, Node]:
    """The protocol as a document, and the version of it that was read."""
    version = nodes(
        "StudyDefinitionDocumentVersion", version=terms.version.value or "1", status=nodes.code(ct.FINAL),
        dateValues=_dates(terms, ct.APPROVAL_DATE, nodes), contents=[], notes=[],
    )  # fmt: skip
    document = nodes(
        "StudyDefinitionDocument", name=f"Protocol {name}", label="Protocol", description=terms.title.value,
        language=nodes.code(("en", "English"), "ISO 639-1", "2002"), type=nodes.code(ct.PROTOCOL), templateName="Sponsor",
        versions=[version], childIds=[], notes=[],
    )  # fmt: skip
    return document, version


def _dates(terms: ProtocolTerms, kind: ct.Term, nodes: Nodes) -> list[Node]:
    """The date of this version; the model has no place for a month without a day."""
    day = terms.version_date.value
    if not day or not _FULL_DATE.match(day):
        return []
    world = nodes("GeographicScope", type=nodes.code(ct.GLOBAL), code=None)
    said = {"name": kind[1], "label": kind[1], "description": "Date of this protocol version"}
    return [nodes("GovernanceDate", **said, type=nodes.code(kind), dateValue=day, geographicScopes=[world])]


def _titles(terms: ProtocolTerms, name: str, nodes: Nodes) -> list[Node]:
    official = nodes("StudyTitle", text=terms.title.value or name, type=nodes.code(ct.OFFICIAL_TITLE))
    acronym = terms.acronym.value
    return [official, *([nodes("StudyTitle", text=acronym, type=nodes.code(ct.ACRONYM))] if acronym else [])]


def _organizations(terms: ProtocolTerms, name: str, nodes: Nodes) -> tuple[list[Node], list[Node], Node]:
    """Who gave the study its numbers, the numbers, and the sponsor among the organizations."""
    said = terms.sponsor.value or "Sponsor"
    kind = ct.ACADEMIA if _SCHOOL.search(said) else ct.COMPANY
    numbers = [
        (said, kind, "Name", said, terms.protocol_id.value or name),
        ("ClinicalTrials.gov", ct.REGISTRY, "USGOV", "CT-GOV", terms.nct_id.value),
        ("European Medicines Agency", ct.REGULATOR, "EUGOV", "EMA", terms.eudract_number.value),
        ("Food and Drug Administration", ct.REGULATOR, "USGOV", "FDA", terms.ind_number.value),
    ]
    organizations, identifiers = [], []
    for label, type_, scheme, identifier, number in numbers:
        if number:
            organization = nodes(
                "Organization", name=label, label=label, type=nodes.code(type_), identifierScheme=scheme,
                identifier=identifier, legalAddress=None, managedSites=[],
            )  # fmt: skip
            organizations.append(organization)
            identifiers.append(nodes("StudyIdentifier", text=number, scopeId=organization["id"]))
    return organizations, identifiers, organizations[0]


def _interventions(terms: ProtocolTerms, nodes: Nodes) -> list[Node]:
    products = [(name, ct.EXPERIMENTAL) for name in terms.investigational_products.value or []]
    products += [(n, ct.PLACEBO if _PLACEBO.search(n) else ct.ACTIVE) for n in terms.comparators.value or []]
    names = unlike([name for name, _ in products], "Intervention")
    return [
        nodes(
            "StudyIntervention", name=name, label=name, description=name, role=nodes.code(role), type=nodes.code(_type(name)),
            minimumResponseDuration=None, codes=[], administrations=[], notes=[],
        )
        for name, (_, role) in zip(names, products, strict=True)
    ]  # fmt: skip


def _type(product: str) -> ct.Term:
    """Vaccines and antibodies by their names; else a drug."""
    if re.search(r"vaccin", product, re.I):
        return ct.VACCINE
    return ct.BIOLOGICAL if re.search(r"(?:mab|cept)\b", product, re.I) else ct.DRUG


def _design(
    terms: ProtocolTerms, plan: Scheduled, criteria: list[Node], interventions: list[Node], nodes: Nodes
) -> Node:
    arms = _arms(terms, nodes)
    elements = [
        nodes("StudyElement", name=epoch["name"], label=epoch["name"], description=epoch["description"],
              transitionStartRule=None, transitionEndRule=None, studyInterventionIds=[], notes=[])
        for epoch in plan.epochs
    ]  # fmt: skip
    cells = [
        nodes("StudyCell", armId=arm["id"], epochId=epoch["id"], elementIds=[element["id"]])
        for arm in arms
        for epoch, element in zip(plan.epochs, elements, strict=True)
    ]
    crossover = _CROSSOVER.search(terms.title.value or "")
    model = ct.SINGLE_GROUP if len(arms) == 1 else ct.CROSSOVER if crossover else ct.PARALLEL
    phase, masking, indication = terms.phase.value, terms.masking.value, terms.indication.value
    return nodes(
        "InterventionalStudyDesign", name="Study Design", label="Study Design", description="The main design of the study",
        studyType=nodes.code(ct.INTERVENTIONAL), studyPhase=nodes.alias(ct.PHASES[phase]) if phase in ct.PHASES else None,
        therapeuticAreas=[], characteristics=[nodes.code(ct.RANDOMIZED)] if terms.allocation.value == "randomized" else [],
        encounters=plan.encounters, activities=plan.activities, arms=arms, studyCells=cells, rationale=_NOT_STATED,
        epochs=plan.epochs, elements=elements, estimands=[],
        indications=[nodes("Indication", name=indication, label=indication, description=indication, codes=[], isRareDisease=False, notes=[])] if indication else [],
        studyInterventionIds=[i["id"] for i in interventions], objectives=_objectives(terms, nodes),
        population=_population(terms, criteria, nodes), scheduleTimelines=plan.timelines, biospecimenRetentions=[],
        documentVersionIds=[], eligibilityCriteria=criteria, analysisPopulations=[], subTypes=[], model=nodes.code(model),
        intentTypes=[], blindingSchema=nodes.alias(ct.MASKING[masking]) if masking in ct.MASKING else None, notes=[],
    )  # fmt: skip


def _arms(terms: ProtocolTerms, nodes: Nodes) -> list[Node]:
    """The arms as the protocol names them; a study that names none has one, of all its participants."""
    stated = terms.arms.value or []
    products = " ".join(terms.investigational_products.value or []).casefold()
    told = [(arm, arm, _arm_type(arm, products)) for arm in stated]
    told = told or [("All participants", "The protocol's terms name no arms.", ct.TREATMENT_ARM)]
    names = unlike([name for name, _, _ in told], "Arm")
    return [
        nodes(
            "StudyArm", name=name, label=name, description=description, type=nodes.code(kind),
            dataOriginDescription="Data collected from participants", dataOriginType=nodes.code(ct.DATA_OF_STUDY),
            populationIds=[], notes=[],
        )
        for name, (_, description, kind) in zip(names, told, strict=True)
    ]  # fmt: skip


def _arm_type(arm: str, products: str) -> ct.Term:
    """What an arm is by what it is called: one that names an investigational product is an investigational arm."""
    words = [w for w in re.findall(r"[a-z0-9-]{4,}", products) if w not in ("placebo", "matching")]
    if any(word in arm.casefold() for word in words):
        return ct.EXPERIMENTAL_ARM
    if _PLACEBO.search(arm):
        return ct.PLACEBO_ARM
    return ct.COMPARATOR_ARM if re.search(r"comparator|control|standard|usual care", arm, re.I) else ct.TREATMENT_ARM


def _objectives(terms: ProtocolTerms, nodes: Nodes) -> list[Node]:
    """The primary objectives; each has its endpoint where there are as many, else the first has them all."""
    endpoints = [
        nodes("Endpoint", name=f"Primary endpoint {number}", label=f"Primary endpoint {number}", description=None, text=xhtml(text),
              dictionaryId=None, purpose="", level=nodes.code(ct.PRIMARY_ENDPOINT), notes=[])
        for number, text in enumerate(terms.primary_endpoints.value or [], 1)
    ]  # fmt: skip
    texts = terms.primary_objectives.value or ([_NOT_STATED] if endpoints else [])
    paired = len(texts) == len(endpoints)
    return [
        nodes("Objective", name=f"Primary objective {number + 1}", label=f"Primary objective {number + 1}", description=None,
              text=xhtml(text), dictionaryId=None, level=nodes.code(ct.PRIMARY_OBJECTIVE), notes=[],
              endpoints=[endpoints[number]] if paired else endpoints if number == 0 else [])
        for number, text in enumerate(texts)
    ]  # fmt: skip


def _population(terms: ProtocolTerms, criteria: list[Node], nodes: Nodes) -> Node:
    """Who is studied. The model's age range has two ends: as in CDISC's own examples, 100 years stand for no upper limit."""
    low, high = terms.min_age_years.value, terms.max_age_years.value
    age: Node | None = None
    notes: list[Node] = []
    if low is not None or high is not None:
        ends = (low or 0.0, high if high is not None else max(_OLDEST, low or 0.0))
        if ends[0] < ends[1]:
            age = nodes("Range", minValue=nodes.quantity(ends[0], ct.YEAR), maxValue=nodes.quantity(ends[1], ct.YEAR), isApproximate=False)  # fmt: skip
        if low is None or high is None:
            notes.append(nodes.note(f"The protocol's terms state no {'lower' if low is None else 'upper'} age limit."))
    planned = terms.planned_enrollment.value
    said: dict[str, Any] = {
        "name": "Study population",
        "label": "Study population",
        "description": terms.indication.value,
    }
    return nodes(
        "StudyDesignPopulation", **said, includesHealthySubjects=bool(re.search(r"healthy", terms.title.value or "", re.I)),
        plannedEnrollmentNumber=nodes.quantity(planned) if planned is not None else None, plannedCompletionNumber=None,
        plannedSex=[nodes.code(term) for term in ct.SEX.get(terms.sex.value or "", ())],
        criterionIds=[c["id"] for c in criteria], plannedAge=age, notes=notes, cohorts=[],
    )  # fmt: skip


def _criteria(terms: ProtocolTerms, eligibility: list[Criterion], nodes: Nodes) -> tuple[list[Node], list[Node]]:
    """The eligibility criteria and the items that hold their texts, sub-items within the text of their criterion."""
    found = eligibility or [
        Criterion(kind=kind, number=str(number), text=text)
        for kind, texts in (
            ("inclusion", terms.inclusion_criteria.value),
            ("exclusion", terms.exclusion_criteria.value),
        )
        for number, text in enumerate(texts or [], 1)
    ]
    criteria, items, counted = [], [], {"inclusion": 0, "exclusion": 0}
    for criterion in found:
        counted[criterion.kind] += 1
        name = f"{criterion.kind[:2].upper()}{counted[criterion.kind]:02}"
        label = f"{criterion.kind.capitalize()} {criterion.number or counted[criterion.kind]}"
        said = {"name": name, "label": label, "description": criterion.category}
        item = nodes("EligibilityCriterionItem", **said, text=xhtml(_whole(criterion)), dictionaryId=None, notes=[])
        items.append(item)
        identifier = criterion.number or str(counted[criterion.kind])
        category = nodes.code(ct.CATEGORY[criterion.kind])
        criteria.append(
            nodes("EligibilityCriterion", **said, category=category, identifier=identifier, criterionItemId=item["id"], notes=[])
        )  # fmt: skip
    return in_order(criteria), items


def _whole(criterion: Criterion, depth: int = 0) -> str:
    """A criterion with its sub-items, one a line."""
    if depth > 20:
        return criterion.text
    lines = [criterion.text, *(f"{c.number} {_whole(c, depth + 1)}".strip() for c in criterion.children)]
    return "\n".join(line for line in lines if line)
